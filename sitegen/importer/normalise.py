"""Fields as a digest shows them, whatever input they came from: topics for readers, names,
languages and dates that can be true.

The readers of inputs keep what their sources say. Here goes what a source says to machines only:
keys of its own system among the topics, a URL in the place of a name, a language that is not
that of the letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import msgspec

from sitegen.importer.fields.language import guess_language, language_code, language_of_letters
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.vocabulary import folded
from sitegen.importer.model import Imported
from sitegen.model.article import Person, Source

AT_ONCE = timedelta(minutes=5)  # a change so soon after the publication is a part of it
_PARTED = re.compile(r"\s*[,;](?=\S)\s*|\s*;\s*")
_NAMED = re.compile(
    r"(?:category|tag|topic|section|subject|keyword|kategorie|thema|rubrik|ressort)\s?:\s", re.I
)
# `path:news`, `Page: archived`, `/article`, `@front-river`, numbers and keys of a content
# management system
_MACHINE = re.compile(
    r"[@/\\].*|[a-z][a-z_-]{1,20}[:=]\S.*|(?:\w+"
    r" )?(?:page|brand|region|channel|template|format|source|author|site|type|clone|path|sponsor)"
    r"\s?[:=]"
    r" .*|\d{5,}|(?=\S*\d)[0-9a-f-]{16,}|[a-z]+_\w[\w-]*"
    r"|\w*(?:splitscreen|fullbleed|nosyndic|noads)\w*",
    re.I,
)
_FILED = frozenset(
    "uncategorized; uncategorised; unkategorisiert; sin categoría; non classé; senza categoria;"
    " geen categorie; sem categoria; web; print; article; articles; archive; archived; story; post;"
    " news article; homepage; home; frontpage; front page; featured; default; standard; none; null;"
    " undefined; n/a".replace(";", "\n")
    .replace("\n ", "\n")
    .split("\n")
)
_SLUGS = re.compile(r"[a-z]{2,}(?:-[a-z]{2,}){1,4}")
_ADDRESS = re.compile(r"(?:https?:)?//(?:www\.)?([^/\s]+)/?|www\.(\S+\.\S+?)/?", re.I)
_COMPANY = re.compile(
    r"(?<=\w)\s+[-–—|]\s+.{0,80}\b(?:GmbH|KG|AG|SE|Ltd|Inc|LLC|S\.?L|S\.?A|S\.?p\.?A|S\.?r\.?l"
    r"|B\.?V)\b\.?.{0,20}$"
)
# What a page is made with is not who publishes it.
_PLATFORMS = {
    "blogger": "blogger.com",
    "blogspot": "blogger.com",
    "wordpress": "wordpress.org",
    "wordpress.com": "wordpress.com",
    "medium": "medium.com",
    "tumblr": "tumblr.com",
    "squarespace": "squarespace.com",
    "wix.com": "wix.com",
    "weebly": "weebly.com",
    "ghost": "ghost.org",
    "joomla": "joomla.org",
    "drupal": "drupal.org",
    "typo3": "typo3.org",
}


def tidied(found: Imported) -> Imported:
    """``found`` with the topics, source, language and dates that its readers may see.

    Never raises.
    """
    source = _named_source(found)
    urls = {a.rstrip("/") for a in (found.canonical, source.url) if a}
    title = folded(found.title)
    return msgspec.structs.replace(
        found,
        source=source,
        authors=tuple(_without_own_url(p, urls) for p in found.authors),
        updated=found.updated if _later(found.updated, found.date) else "",
        dek="" if folded(found.dek) == title else found.dek,
        lang=_language(found),
        tags=(
            found.tags
            if found.own
            else topics(
                found.tags, found.title, [found.source.name, *(p.name for p in found.authors)]
            )
        ),
    )


def topics(tags: Iterable[str], title: str = "", names: Iterable[str] = ()) -> tuple[str, ...]:
    """Topics for readers: one a name, without a system's keys, the headline, and ``names`` of
    source and authors."""
    known = {key for name in (title, *names) if (key := folded(name))}
    out: dict[str, str] = {}
    for word in _words_of_tags(tags):
        key = folded(word)
        if _is_topic(word, key, known):
            out.setdefault(key.replace("-", " "), word)
    return tuple(_without_headline(_as_names(list(out.values())), title))


def _words_of_tags(tags: Iterable[str]) -> Iterator[str]:
    """The parts of tags, without signs and the names of their systems."""
    for tag in tags:
        for part in _PARTED.split(clean_inline(tag)):
            yield _NAMED.sub("", part).lstrip("#").strip(" \"'“”‘’")


def _is_topic(word: str, key: str, known: set[str]) -> bool:
    """Whether a word is a topic, and not a system's key or one of the ``known`` names."""
    if len(word) < 2 or not any(c.isalpha() or c.isdigit() for c in key):
        return False
    if key in _FILED or _MACHINE.fullmatch(word):
        return False
    return not any(name == key or (len(name) > 8 and name in key) for name in known)


def _as_names(words: list[str]) -> list[str]:
    """``words`` with blanks, if they are the last parts of URLs and not names."""
    slugs = [word for word in words if _SLUGS.fullmatch(word)]
    if len(slugs) < 2 or any(" " in word for word in words):
        return words
    return [word.replace("-", " ") if word in slugs else word for word in words]


def _without_headline(words: list[str], title: str) -> list[str]:
    """``words`` without those of the headline, if it was taken apart: that is no list of topics."""
    said = set(folded(title).split())
    cut_up = [word for word in words if word in said]
    if len(cut_up) < 3 or len(cut_up) * 2 <= len(words):
        return words
    return [word for word in words if word not in said]


def _named_source(found: Imported) -> Source:
    """The source without its company behind it, called by its host where its name is a URL or
    that of the software."""
    name = _COMPANY.sub("", found.source.name)
    host = (
        (urlsplit(found.canonical or found.source.url).hostname or "").removeprefix("www.")
        if _web(found)
        else ""
    )
    platform = _PLATFORMS.get(name.casefold().strip())
    if platform and host not in ("", platform):
        name = host
    elif match := _ADDRESS.fullmatch(name.strip()):
        name = match[1] or match[2]
    return (
        msgspec.structs.replace(found.source, name=name)
        if name != found.source.name
        else found.source
    )


def _web(found: Imported) -> bool:
    return (found.canonical or found.source.url).startswith(("http://", "https://"))


def _without_own_url(person: Person, urls: set[str]) -> Person:
    """An author's page is not the article itself."""
    return (
        msgspec.structs.replace(person, url="")
        if person.url and person.url.rstrip("/") in urls
        else person
    )


def _later(updated: str, date: str) -> bool:
    """Whether a change came after the publication: what is stamped earlier, or within minutes, is
    no update."""
    if not updated or not date:
        return bool(updated)
    if len(updated) <= 10 or len(date) <= 10:
        return _is_later_day(updated, date)
    first, last = _moment(date), _moment(updated)
    return last - first > AT_ONCE if first and last else updated != date


def _is_later_day(updated: str, date: str) -> bool:
    """As `_later`, where one of the two is a day; on the same day, a time is more than none."""
    if updated[:10] == date[:10]:
        return len(updated) > 10 >= len(date)
    return updated[:10] > date[:10]


def _moment(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _language(found: Imported) -> str:
    """The language as stated, unless the letters or the words of the text say that it cannot be."""
    text = f"{found.title}\n{found.dek}\n{found.body[:20_000]}"
    stated = language_code(found.lang)
    by_letters, possible = language_of_letters(text)
    if by_letters:
        return found.lang if stated in possible else by_letters
    is_short = len(text.split()) < 60
    guessed = "" if possible or is_short else guess_language(found.body)
    return found.lang if guessed in ("", stated) else guessed
