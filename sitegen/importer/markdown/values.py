"""What single values in the head of a text of another generator say: people, source, image, rights,
corrections. The values are as YAML, TOML or JSON gave them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import merged, people_of
from sitegen.importer.markdown.author_names import KEYS, name_behind
from sitegen.importer.to_markdown import absolute
from sitegen.model.article import Correction, Image, Person, Rights, Show, Source
from sitegen.model.rights import read_terms

_IMAGE_SOURCES = ("src", "image", "url", "path", "relative", "feature", "teaser")
_YEAR = re.compile(r"(?:19|20)\d\d-")
_PARTED = re.compile(r"[,;&]")
_FOLDER_MARK = re.compile(r"^[{|](?:static|attach)[}|]")  # of Pelican


def authors(value: Any, known: Mapping[str, str]) -> tuple[Person, ...]:
    """The people of a byline, of a list of them or of entries with role and URL; ``known`` has the
    names of authors by their keys."""
    return _people(value, known, _from_byline)


def credited(value: Any, known: Mapping[str, str]) -> tuple[Person, ...]:
    """As `authors`, of who has a credit: `Photo: NAME`."""
    return _people(value, known, _from_credit)


def source(value: Any, canonical: str) -> Source:
    """Where a text was published first: a name, a URL or an entry with both and the licence."""
    if isinstance(value, dict):
        name, url, license = (_clean(value.get(key)) for key in ("name", "url", "license"))
        return Source(name, absolute(url, ""), license)
    text = _clean(value) if isinstance(value, str) else ""
    if text.startswith(("http://", "https://")):
        return Source("", absolute(text, ""))
    return Source(text, canonical)


def image(value: Any) -> Image | None:
    """The lead image: a URL, an entry with caption and credit, or the first of a list of these."""
    if isinstance(value, list):
        value = value[0] if value else None
    entry = value if isinstance(value, dict) else {"src": value}
    said = {
        str(key).lower().replace("_", ""): text
        for key, text in entry.items()
        if isinstance(text, str | int)
    }
    src = next((said[key] for key in _IMAGE_SOURCES if said.get(key)), "")
    src = _clean(src)
    if not src:
        return None
    alt, caption, creator, credit, notice, license = (
        _clean(said.get(key))
        for key in ("alt", "caption", "creator", "credit", "copyright", "license")
    )
    return Image(_FOLDER_MARK.sub("", src), alt, caption, creator, credit, notice, license)


def rights(value: Any) -> Rights:
    """What may be shown; what cannot be read allows no more than a link."""
    terms, problems = read_terms(value)
    show: Show = terms.get("show") or ("link" if problems else "full")
    holder, notice, license = (_clean(terms.get(key)) for key in ("holder", "notice", "license"))
    words = terms.get("words", Rights().words)
    return Rights(show, words, holder=holder, notice=notice, license=license)


def with_own_dates(head: dict[str, Any]) -> dict[str, Any]:
    """``head`` with its day as `date`: of a table of MkDocs (`date: {created: …, updated: …}`), or
    `published` of Obsidian, which for others says whether it is."""
    said = head.get("date")
    published = head.get("published")
    if not said and isinstance(published, str) and _YEAR.match(published):
        return {**{k: v for k, v in head.items() if k != "published"}, "date": published}
    if not isinstance(said, dict):
        return head
    changed = {"updated": said["updated"]} if said.get("updated") else {}
    return {**changed, **head, "date": said.get("created") or said.get("published")}


def have_date_and_text(value: Any) -> bool:
    """Whether each of the corrections has both; whether the date can be read is not asked."""
    entries = [entry if isinstance(entry, dict) else {} for entry in _listed(value)]
    return all(entry.get("date") and entry.get("text") for entry in entries)


def corrections(value: Any, when: Callable[[str], str]) -> tuple[Correction, ...]:
    """The corrections that have a date, read by ``when``, and a text."""
    entries = [entry for entry in _listed(value) if isinstance(entry, dict)]
    dated = ((when(str(entry.get("date") or "")), entry.get("text")) for entry in entries)
    return tuple(Correction(date, _clean(text)) for date, text in dated if date and text)


Read = Callable[[str], list[Person]]


def _people(value: Any, known: Mapping[str, str], read: Read) -> tuple[Person, ...]:
    """Each person of ``value`` once; ``read`` takes a text apart that names one or several."""
    out: list[Person] = []
    for entry in _listed(value):
        if isinstance(entry, dict):
            out += _from_entry(entry, known)
            continue
        text = _with_names(str(entry), known)
        out += _from_semicolons(text) if ";" in text else read(text)
    return merged(out)


def _with_names(text: str, known: Mapping[str, str]) -> str:
    """A byline whose keys of authors, alone or parted by commas, are their names."""
    if whole := name_behind(text, known):
        return whole
    parts = [part.strip() for part in _PARTED.split(text)]
    names = [name_behind(part, known) or _whole_name(part) for part in parts]
    return ", ".join(names) if known and all(names) else text


def _whole_name(text: str) -> str:
    """``text`` where it has several words, as names have and keys have not."""
    return text if " " in text else ""


def _from_entry(entry: Mapping[str, Any], known: Mapping[str, str]) -> list[Person]:
    """A person or an organisation with role and URL; one without a name is known by a key."""
    name, role, url, org = (_clean(entry.get(key)) for key in ("name", "role", "url", "org"))
    keys = (name_behind(_clean(entry.get(key)), known) for key in KEYS)
    name = name or next(filter(None, keys), "")
    if not (name or role or url or org):
        return []
    return [Person(name or org, role, absolute(url, ""), org if name else "")]


def _from_semicolons(text: str) -> list[Person]:
    """Names parted by semicolons, in either order: `Ibarra, Inés; Tomasz Wrona`."""
    parts = [part.strip() for part in text.split(";")]
    return [_in_order(part) for part in parts if part]


def _in_order(name: str) -> Person:
    if name.count(",") != 1:
        return Person(clean_inline(name))
    family, given = name.split(",")
    return Person(clean_inline(f"{given} {family}"))


def _from_credit(text: str) -> list[Person]:
    role, colon, name = text.partition(":")
    if colon and name.strip():
        return [Person(clean_inline(name), clean_inline(role).lower())]
    return [Person(clean_inline(text))]


def _from_byline(text: str) -> list[Person]:
    """The people of a byline; what is none is kept whole."""
    whole = _clean(text)
    return people_of([text]) or ([Person(whole)] if whole else [])


def _listed(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [value] if value else []


def _clean(value: Any) -> str:
    """``value`` as one line."""
    return clean_inline(str(value or ""))
