"""BibTeX, as Zotero, JabRef and Google Scholar write it, to articles.

The grammar: https://www.bibtex.org/Format/. Accents of LaTeX become letters, other commands their
text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from sitegen.importer.detect import decode_text
from sitegen.importer.fields.values import Dates
from sitegen.importer.formats.references import Reference, article_of_reference, names_of
from sitegen.importer.limits import others_left_out
from sitegen.importer.model import Batch, Imported, Note
from sitegen.model.base import Struct

MAX_ENTRIES = 100_000
_BEGIN = re.compile(r"@(\w{1,30})\s*([{(])")
_KEY = re.compile(r"\s*([^\s,{}()=]{0,200})\s*,")
_FIELD = re.compile(r"\s*([A-Za-z][\w:.+-]{0,60})\s*=\s*")
_BARE = re.compile(r"[^\s,{}\"#()]{1,200}")
_JOINS = re.compile(r"\s*#\s*")
_URL = re.compile(r"https?://\S+")
_NOT_ENTRIES = frozenset(["comment", "preamble", "string"])
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
    "r": "\u030a",
}
_ACCENTED = re.compile(r"\\(?:(['`^\"~=.])\s*|([uvHckr])(?=[\s{])\s*)\{?(\\?[A-Za-z])\}?")
_LETTERS = {
    **{r"\ss": "ß", r"\ae": "æ", r"\AE": "Æ", r"\oe": "œ", r"\OE": "Œ", r"\o": "ø", r"\O": "Ø"},
    **{r"\aa": "å", r"\AA": "Å", r"\l": "ł", r"\L": "Ł", r"\i": "ı", r"\j": "ȷ"},
}
_LETTER = re.compile(r"\\(?:ss|ae|AE|oe|OE|aa|AA|[oOlLij])(?![A-Za-z])(?:\{\}|\s)?")
_ESCAPED = re.compile(r"\\([&%$#_{}])")
_COMMAND = re.compile(r"\\[A-Za-z]{1,30}\*?\s*")


class _Entry(Struct, frozen=True):
    """One entry: its fields by name in small letters, the line, and whether it has an end."""

    fields: dict[str, str]
    line: int
    is_whole: bool = True


def read_bibtex(data: bytes, zone: str = "") -> Batch:
    """An article for each entry; one that is cut off is read as far as it goes, and reported."""
    found: list[Imported] = []
    notes: list[Note] = []
    for entry in _entries(decode_text(data)[0]):
        if len(found) >= MAX_ENTRIES:
            notes.append(others_left_out(MAX_ENTRIES, "entries"))
            break
        if not entry.is_whole:
            what = "the entry has no end; it was read as far as it goes"
            notes.append(Note(what, entry.line))
        if entry.fields.get("title"):
            found.append(_article(entry.fields, zone))
        else:
            notes.append(Note("an entry without a title is left out", entry.line))
    return Batch(found, tuple(notes[:20]))


def _entries(text: str) -> Iterator[_Entry]:
    at, line, counted = 0, 1, 0
    strings = {month: month for month in _MONTHS}  # short names that values may use
    while begin := _BEGIN.search(text, at):
        at = begin.end()
        name = begin[1].lower()
        if name == "string":
            defined, at, _ = _fields(text, at, strings)
            strings |= defined
        if name in _NOT_ENTRIES:
            continue
        line += text.count("\n", counted, begin.start())
        counted = begin.start()
        key = _KEY.match(text, at)
        fields, at, is_whole = _fields(text, key.end() if key else at, strings)
        yield _Entry(fields, line, is_whole)


def _fields(text: str, at: int, strings: Mapping[str, str]) -> tuple[dict[str, str], int, bool]:
    """(the fields of an entry, where it ends, whether its end is there)."""
    out: dict[str, str] = {}
    while match := _FIELD.match(text, at):
        value, at = _value(text, match.end(), strings)
        out.setdefault(match[1].lower(), value)
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
    is_whole = text[at : at + 1] in ("}", ")")
    return out, at, is_whole


def _value(text: str, at: int, strings: Mapping[str, str]) -> tuple[str, int]:
    """(a value, where it ends); parts that `#` joins are one."""
    parts = []
    while at < len(text):
        if text[at] in '{"':
            end = _closing(text, at)
            parts.append(text[at + 1 : end])
            at = end + 1
        elif bare := _BARE.match(text, at):
            parts.append(strings.get(bare[0].lower(), bare[0]))
            at = bare.end()
        joined = _JOINS.match(text, at)
        if joined is None:
            break
        at = joined.end()
    return "".join(parts), at


_SIGN = re.compile(r'(?<!\\)[{}"]')
_DEPTHS = {"{": 1, "}": -1, '"': 0}


def _closing(text: str, at: int) -> int:
    """Where the value ends that begins with the brace or quote at ``at``."""
    closing = '"' if text[at] == '"' else "}"
    depth = 0
    for sign in _SIGN.finditer(text, at + 1):
        if sign[0] == closing and depth <= 0:
            return sign.start()
        depth += _DEPTHS[sign[0]]
    return len(text)


def _plain(value: str) -> str:
    """A value without LaTeX."""
    value = _ACCENTED.sub(_accented, value)
    value = _LETTER.sub(lambda m: _LETTERS.get(m[0].rstrip("{} \t\n"), m[0]), value)
    value = _COMMAND.sub("", _ESCAPED.sub(lambda m: f"\0{m[1]}", value))
    value = re.sub(r"(?<!\0)[{}]", "", value).replace("\0", "").replace("~", " ")
    return value.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")


def _accented(match: re.Match[str]) -> str:
    letter = match[3].lstrip("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[match[1] or match[2]])


_READ = frozenset(
    "title author journal journaltitle booktitle howpublished publisher url abstract keywords"
    " keyword langid language pages date year month day".split()
)


def _article(raw: dict[str, str], zone: str) -> Imported:
    dates = Dates(zone)
    said = {name: " ".join(_plain(value).split()) for name, value in raw.items()}

    def first(*names: str) -> str:
        return next((said[name] for name in names if said.get(name)), "")

    people = first("author")
    is_link = bool(_URL.search(first("howpublished")))
    printed = ("howpublished", "publisher")[is_link:]
    return article_of_reference(
        Reference(
            title=first("title"),
            authors=names_of(re.split(r"\s+and\s+", people)),
            day=_day(said),
            source=_URL.sub("", first("journal", "journaltitle", "booktitle", *printed)).strip(),
            url=first("url") or next(iter(_URL.findall(first("howpublished"))), ""),
            abstract=_plain(raw.get("abstract", "")),
            tags=tuple(re.split(r"[,;]", first("keywords", "keyword"))),
            lang=first("langid", "language"),
            page=first("pages"),
        ),
        dates,
        {name: value for name, value in said.items() if name not in _READ},
    )


def _day(said: dict[str, str]) -> str:
    """The day of publication as `2026-11-26`, where year, month and day are there."""
    if whole := said.get("date"):
        return whole.split("/")[0]
    year = said.get("year", "").strip()
    month = said.get("month", "").strip()
    day = said.get("day", "").strip() or _day_within(month)
    number = _month_named(month) or _month_numbered(month)
    if not all((year, number, day.isdigit())):
        return ""
    return f"{year}-{number:02}-{int(day):02}"


def _month_named(month: str) -> int:
    """The number of the month that is named in a value such as `nov # "~26"`, else 0."""
    names = (word[:3].lower() for word in re.findall(r"[A-Za-z]+", month))
    return next((_MONTHS.index(name) + 1 for name in names if name in _MONTHS), 0)


def _month_numbered(month: str) -> int:
    return int(month) if month.isdigit() and 0 < int(month) < 13 else 0


def _day_within(month: str) -> str:
    """The day that is beside the name of a month."""
    day = re.search(r"\b\d{1,2}\b", month)
    return day[0] if day and not month.isdigit() else ""
