"""Messages of news agencies as they come over the wire: IPTC 7901 (dpa, APA, AFP …) and ANPA 1312
(AP, CP …), which differ in their header and trailer.

IPTC 7901: https://iptc.org/std/IPTC7901/1.0/specification/7901V5.pdf. ANPA 1312: ANPA 89-3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from sitegen.base.text import count_words, counted, unix_lines
from sitegen.importer.detect import decode_text
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import Dates
from sitegen.importer.kept import kind_of_line, measured, whole_text
from sitegen.importer.limits import others_left_out
from sitegen.importer.model import Batch, Imported, Note
from sitegen.importer.text.read import read_text
from sitegen.model.article import Source
from sitegen.model.base import Struct

MAX_MESSAGES = 50_000
SOH, STX, ETX, EOT, SYN = "\x01", "\x02", "\x03", "\x04", "\x16"
_MESSAGE = re.compile(rf"{SOH}(?P<head>[^{STX}]{{0,1000}}){STX}(?P<text>[^{ETX}]*)(?P<end>{ETX}?)")
_TRAILER = re.compile(rf"[^{SOH}{EOT}]{{0,300}}{EOT}?")
_TRAILERS = re.compile(rf"{ETX}[^{SOH}{EOT}]{{0,300}}{EOT}?")
# `dpa0123 4 vm 312  dpa 0456` (IPTC 7901, 4.1: source and number, priority, category, words)
_IPTC = re.compile(
    r"\s*(?P<source>[A-Za-z]{2,8}?)\s?(?P<number>\d{2,5})\s+(?P<priority>\d)\s+(?P<category>"
    r"[A-Za-z]{1,3})\s+"
    r"(?P<words>\d{1,5})\b"
)
_HEADER_LINE = re.compile(
    r"^[a-zA-Z]{3}\d{4} \d [a-zA-Z]{1,3} +\d{1,5} +(?:dpa|APA|sda|ats) \d{3,5}[ ]*$", re.M
)
_TRAILER_LINE = re.compile(r"^\d{6} [A-Za-zäé]{3,4}\.? \d{2}\s*$", re.M)
# `w1234 r a bc` in ANPA: service level, number, priority, category
_ANPA = re.compile(r"[\s\x16]*(?P<level>[a-z])(?P<number>\d{3,4})\W{1,3}(?P<priority>[a-z])\W")
_DAY_OF_IPTC = re.compile(
    r"\b(?P<day>\d{2})(?P<hour>\d{2})(?P<minute>\d{2})\s+(?:(?:GMT|UTC)\s+)?"
    r"(?P<month>[A-Za-zäéû]{3,4})[a-z]*\.?\s+(?P<year>\d{2,4})"
)
_DAY_OF_ANPA = re.compile(
    r"\b(?P<month>\d{2})-(?P<day>\d{2})-(?P<year>\d{2})\s+(?P<hour>\d{2})(?P<minute>\d{2})"
    r"(?P<zone>[A-Z]{3})?"
)
_DESK = re.compile(r"\b(?P<name>AP|CP|PA)-[A-Z]{2,4}-\d\d")  # `AP-NY-11-26-26`
_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan jän janv gen ene|feb fév fev|mar mär mrz mars|apr avr abr|may mai mag maj|jun juin"
        " giu|jul juil lug|aug aoû août aou ago|sep sept set|oct okt ott|nov|dec dez déc"
        " dic".split("|"),
        1,
    )
    for name in names.split()
}
_NAMES = {"dpa": "dpa", "apa": "APA", "afp": "AFP", "ap": "AP", "rtr": "Reuters", "reu": "Reuters"}
_AGENCY = re.compile(
    r"^[^\n]{2,80}?\((?P<name>dpa(?:/\w+)?|APA|AFP|AP|Reuters|ANSA|EFE|ats|sda|Keystone-SDA|TT|NTB"
    r"|CP|PA|PTI|"
    r"Xinhua|Kyodo|Belga|ANP|MTI|PAP|STT|Lusa)\)",
    re.M,
)
# What the desk writes to other desks: AP's lines end in `<`, dpa's last one is a key.
_OF_DESK = re.compile(
    r"\s*(?:(?:eds?|editors?):.*|\^?ap (?:photo|graphic|video)|with (?:ap )?photos?\b"
    r"|(?:by )?(?:the )?associated press(?: writers?)?|ap [\w ]{2,30} (?:writer|correspondent)s?"
    r"|\(?(?:mit|achtung|hinweis|notiz|redaktionelle)\b.{0,80}:"
    r"|\(schluss\).*|\(\(.*\)\)|\*(?:\s*\*)*|[a-z]{2,4}(?:/[a-z]{2,5}){1,4}"
    r"|#{1,2}\s*.{0,80}|dpa-notizblock|.{0,60}\bdpa [a-z]{2,3} [a-z\d ]{1,20})\W*",
    re.I,
)
_KEYWORDS = re.compile(r"[^\s/]{1,40}(?:/[^\s/]{0,40}){1,10}/?")
# `FERRY-SALM (UPDATE 1):UPDATE 1-` before a headline of Reuters
_SLUG_BEFORE = re.compile(
    r"[A-Z][A-Z0-9/&-]{2,40}(?: \([^()]{1,30}\))?:\s*(?:(?:UPDATE|CORRECTED|REFILE|WRAPUP)[ \d]*-)?"
    r"(?=\S)"
)
_KICKER = re.compile(r"\s*\((?:PRESENTATION|PREVIEW|ENCADRE|PAPIER GENERAL|LEAD|AVANT-PAPIER)\)")
_UNDER = re.compile(r"Utl\.:\s*")  # the line below a headline of APA
_HYPHENED = re.compile(r"[^\s-]{2,30}(?:-[^\s-]{2,30}){1,5}")  # the slug of AFP
_SLUG = re.compile(r"\s*(?:BC|AM|PM|AP)-{1,2}[^\s,]{1,80}.{0,100}")


_INDENTS = ("   ", "\t")
# Agencies mark the ends of lines and paragraphs with other signs than a line feed.
_AS_LINES = {0x1E: "\n", 0x1F: "\n\n", 0x0C: "\n", **dict.fromkeys((0x7F, 14, 15, 17, 18, 19, 20))}


class _Message(Struct, frozen=True):
    """One message: its header, text and trailer, the line that it begins in, and whether its end
    is there."""

    head: str
    text: str
    trailer: str
    line: int
    is_whole: bool


def is_wire(head: bytes) -> bool:
    """Whether a file begins as a message does: the header between SOH and STX, or a header of dpa
    or APA alone in a line, where a program has taken the controls off."""
    start = head[:4000].lstrip(b"\x16\r\n\0 ")
    if start.startswith(b"\x01"):
        return b"\x02" in start[:1000]
    return _HEADER_LINE.match(start.decode("latin-1")) is not None


def read_wire(data: bytes, zone: str = "") -> Batch:
    """An article for each message; what is outside of messages is reported."""
    text = unix_lines(decode_text(data)[0])
    text = text if SOH in text else _with_controls(text)
    found: list[Imported] = []
    notes: list[Note] = []
    empty = 0
    for message in _messages(text):
        if not any(sign.isalnum() for sign in message.text):
            empty += 1
            continue
        if len(found) >= MAX_MESSAGES:
            notes.append(others_left_out(MAX_MESSAGES, "messages"))
            break
        if not message.is_whole:
            notes.append(Note("the message has no end: it may be cut off", message.line))
        found.append(_article(message, zone))
    if empty:
        notes.append(Note(f"{counted(empty, 'message')} without text left out"))
    outside = count_words(_MESSAGE.sub(" ", _TRAILERS.sub(ETX, text)))
    if outside > 3:
        notes.append(Note(f"{counted(outside, 'word')} outside of messages left out"))
    return Batch(found, tuple(notes))


def _with_controls(text: str) -> str:
    """Messages without controls with those that their header and trailer would have."""
    starts = [match.start() for match in _HEADER_LINE.finditer(text)]
    out = [text[: starts[0]]]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        head, _, rest = text[start:end].partition("\n")
        trailer = next(_TRAILER_LINE.finditer(rest), None)
        at = trailer.start() if trailer else len(rest)
        out.append(f"{SOH}{head}{STX}{rest[:at]}{ETX}{rest[at:]}{EOT}")
    return "".join(out)


def _messages(text: str) -> Iterator[_Message]:
    line, counted_to = 1, 0
    for match in _MESSAGE.finditer(text):
        after = _TRAILER.match(text, match.end())
        line += text.count("\n", counted_to, match.start())
        counted_to = match.start()
        trailer = after[0] if after else ""
        yield _Message(match["head"], match["text"], trailer, line, bool(match["end"]))


def _article(message: _Message, zone: str) -> Imported:
    """One message as an article."""
    rows = _unbroken(message.text.translate(_AS_LINES).split("\n"))
    edited = _without_desk(rows)
    found = read_text("\n".join(edited.rows), zone=zone)
    dates = Dates(zone)
    date = found.date or dates(_day(message.trailer) or _day(message.head))
    head = _IPTC.match(message.head) or _ANPA.match(message.head)
    code = head.groupdict().get("source", "").lower() if head else ""
    found = msgspec.structs.replace(
        found,
        dek=clean_inline(edited.dek) or found.dek,
        source=Source(clean_inline(_agency(message, code))),
        tags=tuple(dict.fromkeys((*found.tags, *edited.keywords))),
        guid=f"{code}:{date}:{head['number']}" if head else "",
    )
    found = _with_evidence(found, date, f"from the message in line {message.line}")
    filled = list(_furniture(rows, edited))
    return measured(found, filled, kind_of=kind_of_line, whole=lambda: whole_text("\n".join(rows)))


def _agency(message: _Message, code: str) -> str:
    """The name of the agency that a message is of, which its text, its desk or its code says."""
    if agency := _AGENCY.search(message.text):
        return agency["name"]
    if desk := _DESK.search(message.trailer):
        return desk["name"]
    return _NAMES.get(code, code.upper())


def _with_evidence(found: Imported, date: str, where: str) -> Imported:
    """``found`` with ``date``, and the place ``where`` of what the text itself does not say."""
    evidence = (*found.evidence, ("source", where))
    if not date:
        return msgspec.structs.replace(found, date="", evidence=evidence)
    doubts = [doubt for doubt in found.doubts if not doubt.startswith("no date")]
    return msgspec.structs.replace(
        found, date=date, evidence=(*evidence, ("date", where)), doubts=tuple(doubts)
    )


def _furniture(rows: list[str], edited: _Edited) -> Iterator[tuple[str, str]]:
    """The lines that say something, each with the kind of furniture that it is, or an empty string
    for one of the article."""
    kept = {*edited.rows, edited.dek}
    for row in filter(str.strip, rows):
        text = _without_marks(row)
        forms = (text, _headline(text), _UNDER.sub("", text))
        yield row, "note of the desk" if kept.isdisjoint(forms) else ""


def _without_marks(row: str) -> str:
    """A line without the signs that agencies put around headlines and bylines."""
    return row.strip().strip("^<>").removesuffix("=").strip()


def _headline(text: str) -> str:
    """A headline without the slug before it and the genre behind it."""
    return _KICKER.sub("", _SLUG_BEFORE.sub("", text))


def _unbroken(rows: list[str]) -> list[str]:
    """``rows`` with the lines of each paragraph as one, where an indent begins a paragraph."""
    out: list[str] = []
    inside = False
    for row in rows:
        is_first = _begins_paragraph(row)
        is_text = bool(row.strip()) and not _OF_DESK.fullmatch(row)
        inside = is_text and (inside or is_first)
        if inside and not is_first:
            out[-1] = f"{out[-1]} {row.strip()}"
        else:
            out.append(row.rstrip())
    return out


def _begins_paragraph(row: str) -> bool:
    """Whether a line is indented, or begins with a place and the agency."""
    text = row.strip()
    return bool(text and (row.startswith(_INDENTS) or _AGENCY.match(text)))


class _Edited(Struct, frozen=True):
    """The lines of a message without what the desk says to other desks, its keywords, and the line
    below its headline."""

    rows: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    dek: str = ""


def _without_desk(rows: list[str]) -> _Edited:
    """Marks of the agencies are taken off, and what the desk says to other desks is left out."""
    out: list[str] = []
    keywords: tuple[str, ...] = ()
    dek = ""
    for row in rows:
        text = _without_marks(row)
        at_head = not any(map(str.strip, out))
        if at_head and _KEYWORDS.fullmatch(text):
            keywords = tuple(filter(None, text.split("/")))
        elif _OF_DESK.fullmatch(text) or (at_head and _is_slug(text)):
            continue
        elif at_head:
            out += [_headline(text), ""]
        elif _UNDER.match(text):
            dek = _UNDER.sub("", text)
        else:
            out += _paragraph(row, text)
    return _Edited(tuple(out), keywords, dek)


def _paragraph(row: str, text: str) -> list[str]:
    """A line as it is in copied text: a headline, a byline or an indented line is a paragraph of
    its own."""
    if row.strip().startswith("^") or row.rstrip().endswith(("=", "<")):
        return [text, ""]
    is_indented = row.startswith(_INDENTS)
    return ["", text] if is_indented and text else [text]


def _is_slug(text: str) -> bool:
    """Whether the first line of a message is a name for the desk, and no headline."""
    return bool(_SLUG.fullmatch(text) or _HYPHENED.fullmatch(text))


def _day(text: str) -> str:
    """The moment that a header or trailer names, in UTC unless it names a zone; else an empty
    string."""
    match = _DAY_OF_IPTC.search(text)
    if match:
        month = _MONTHS.get(match["month"].lower(), 0)
    elif match := _DAY_OF_ANPA.search(text):
        month = int(match["month"])
    else:
        return ""
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    try:
        moment = datetime(
            year, month, int(match["day"]), int(match["hour"]), int(match["minute"]), tzinfo=UTC
        )
    except ValueError:
        return ""
    zone = match.groupdict().get("zone") or "UTC"
    return f"{moment:%d %b %Y %H:%M} {zone}"
