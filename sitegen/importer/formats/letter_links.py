"""A letter that gathers links, as an item for each of them.

An item has the headline of the link and what the letter says of it; its original is the page that
the link leads to. Which links are items is decided by what surrounds them: the text of a link, or
else the heading above it or the sentence that it is in, must say something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import filterfalse
from typing import NamedTuple
from urllib.parse import urlsplit

from sitegen.base.urls import comparable_url, site_of
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.model import Imported
from sitegen.importer.to_markdown import plain_block
from sitegen.model.article import Rights, Source

FEWEST = 2  # links of a letter that gathers some
MOST = 2_000
MIN_WORDS = 3  # of a headline
MAX_TITLE = 300
_URL = r"https?://[^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*"
_LINK = re.compile(
    r"(?<!!)\[((?:[^\[\]\\]|\\.|\[[^\[\]]{0,99}\]){1,400})\]" + rf"\(<?({_URL})>?(?: \"[^\"]*\")?\)"
)
_HEADING = re.compile(r"#{1,6} ")
_MARK = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+")  # of an entry of a list
# Links that letters have beside their subject, by words of their text.
_AROUND = re.compile(
    r"\b(?:unsubscribe|abbestell\w*|abmeld\w*|d[ée]sabonn\w*|d[ée]sinscri\w*|darse de baja"
    r"|cancelar (?:la )?(?:suscripci[óo]n|inscri\w*)|uitschrijven|disiscri\w*|avmeld\w*"
    r"|preferences|pr[ée]f[ée]rences|einstellungen|view (?:this |it )?(?:e?-?mail )?(?:in|on)"
    r"|in (?:your|the) browser|im browser|navigateur|navegador|online ansehen|web ?version"
    r"|privacy|datenschutz|impressum|imprint|confidentialit[ée]|forward to|weiterleiten"
    r"|share on|manage|sponsor\w*|anzeige|advertise\w*|werbung|refer a friend|subscribe"
    r"|abonnieren)\b",
    re.IGNORECASE,
)
_SOCIAL = frozenset(
    "facebook.com twitter.com x.com instagram.com linkedin.com youtube.com whatsapp.com t.me"
    " pinterest.com threads.net".split()
)
# Texts of links that name no headline.
_MORE = re.compile(
    r"(?:read|more|here|link|weiter|mehr|lesen|lire|suite|ici|leer|m[áa]s|aqu[íi]|leia|continue"
    r"|full story|article|artikel)\b.{0,24}",
    re.IGNORECASE,
)


class _LetterLink(NamedTuple):
    title: str
    url: str
    said: str


def split_links(letter: Imported) -> list[Imported]:
    """The items of a letter; the letter alone where it does not gather links."""
    found = list(_items(letter.body))
    if len(found) < FEWEST:
        return [letter]
    return [_item(letter, one) for one in found]


def _item(letter: Imported, one: _LetterLink) -> Imported:
    return Imported(
        title=one.title,
        date=letter.date,
        canonical=one.url,
        source=Source(site_of(one.url), one.url),
        rights=Rights(show="link"),
        lang=letter.lang,
        body=one.said or one.title,
        summary=one.said,
        evidence=(("title", f"a link in the letter {letter.title!r}"),),
    )


def _items(body: str) -> Iterator[_LetterLink]:
    """The links of a text that are items, each URL once; the longest title counts."""
    seen: dict[str, _LetterLink] = {}
    for found in _all_items(body):
        key = comparable_url(found.url)
        known = seen.setdefault(key, found)
        if not known.said:
            seen[key] = known._replace(said=found.said)
    yield from list(seen.values())[:MOST]


def _all_items(body: str) -> Iterator[_LetterLink]:
    """The links of a text that are items, in their order."""
    heading = ""
    for block in body.split("\n\n"):
        for part in _entries(block):
            yield from _in_block(part, heading)
        if _HEADING.match(block):
            heading = _plain(block)


def _entries(block: str) -> list[str]:
    """The entries of a list, or the block."""
    rows = re.split(r"\n(?=\s*(?:[-*+]|\d{1,3}[.)]) )", block)
    return rows if len(rows) > 1 else [block]


def _in_block(block: str, heading: str) -> Iterator[_LetterLink]:
    links = [_Link(_plain(match[1]), match[2]) for match in _LINK.finditer(block)]
    if not links:
        return
    rest = _without_more(block)
    beside = heading if heading and len(links) == 1 else _sentence(rest)
    least = 0 if _HEADING.match(block) else MIN_WORDS
    for link in filterfalse(_is_of_letter, links):
        title = link.words if _is_title(link.words) else beside
        if len(title.split()) >= least:
            yield _LetterLink(title[:MAX_TITLE], link.url, _said(rest, title))


class _Link(NamedTuple):
    """A link in Markdown: its words without marks, and its URL."""

    words: str
    url: str


def _is_of_letter(link: _Link) -> bool:
    """Whether a link is about the letter, such as that to its archive, or beside the articles."""
    return bool(_AROUND.search(link.words)) or _is_beside(link.url)


def _is_title(words: str) -> bool:
    """Whether the words of a link say what it leads to."""
    return len(words.split()) >= MIN_WORDS and not _MORE.fullmatch(words)


def _is_beside(url: str) -> bool:
    """Whether a URL is a page of a network, or the front page of a site."""
    parts = urlsplit(url)
    return site_of(url) in _SOCIAL or (parts.path in ("", "/") and not parts.query)


def _plain(text: str) -> str:
    return clean_inline(plain_block(text).lstrip("# "))


def _without_more(block: str) -> str:
    """What a block says, without its links to more."""
    return _plain(_LINK.sub(lambda m: "" if _MORE.fullmatch(_plain(m[1])) else m[1], block))


def _sentence(text: str) -> str:
    """The first sentence of a text."""
    return re.split(r"(?<=[.!?:。！？]) ", text, maxsplit=1)[0].strip(" →»›")


def _said(text: str, title: str) -> str:
    """What a text says besides the title."""
    rest = _MARK.sub("", text).removeprefix(title)
    rest = rest.strip(" :–—-·|→»›.")
    return rest if len(rest.split()) >= MIN_WORDS else ""
