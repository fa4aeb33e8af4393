"""The lines of a scraped text, each with what it seems to be: a stamp, a byline, a credit, noise,
prose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from sitegen.base.text import count_words
from sitegen.importer.fields import vocabulary as lexicon
from sitegen.importer.fields.credits import caption_and_credit, surely_caption, whole_credit
from sitegen.importer.fields.text import clean_lines
from sitegen.importer.fields.timestamps import RELATIVE, Stamp, find_stamps
from sitegen.importer.text.wrapped import Paragraph
from sitegen.model.base import Struct
from sitegen.names.byline import has_lead, names_only, split_byline
from sitegen.names.shape import is_organisation, looks_like_name

Label = Literal["noise", "box", "stamp", "byline", "names", "credit", "caption", "prose", "short"]
LABELS_IN_HEAD = ("stamp", "byline", "names")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$|[.!?…,][\"”»]$|:$|♦$|[\"”»]\.?$")
END = re.compile(r"[.!?…。！？][\"'”’»)\]]*(?:\s*♦)?$")
INNER_END = re.compile(r"[.!?…][\"'”’»)]*\s+[\"'“‘„«(]?[A-ZÀ-ÖØ-Þ0-9]")
BULLET = re.compile(r"[•▪◦‣·●■*–—-]\s+(?=\S)")
REPORTING = re.compile(
    r"\(?(?:Additional reporting|Reporting|Writing|Editing|Compiled|Our Standards|Edited) by\b",
    re.I,
)
_TWEET = re.compile(r"[—–-]\s.{2,60}\(@\w{1,20}\)")
_ANNOUNCES = re.compile(
    r"(?:[\s|·•,;:/(–—-]|\b(?:posted|published|updated|last|first|on|at|stand|am|vom|veröffentlicht|aktualisiert|publié|le"
    r"|mis à jour|publicado|el|actualizado|pubblicato|il|aggiornato"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi|dimanche)\b){1,20}$",
    re.I,
)
_DURATION = re.compile(
    r"(?:duration|video|dauer|durée|duración|durata)?\s*\d{0,2}:?\d{1,2}:\d\d\s*(?:min)?$", re.I
)
_NUMBER_ONLY = re.compile(r"[\W\d_]+")


class Line(Struct, frozen=True):
    """One line that is not empty: its number in the input, text, label and how much it is prose.

    ``gap`` counts the empty lines before it; ``credit`` is the credit found in or as this line, and
    ``caption`` what comes before that.
    """

    number: int
    text: str
    label: Label
    prose: float
    words: int
    gap: int
    stamps: tuple[Stamp, ...] = ()
    credit: str = ""
    caption: str = ""


def classify(text: str, lang: str = "") -> list[tuple[int, str, str]]:
    """(line number, label, text) of every line that is not empty: what `read_text` sees at
    first."""
    rows: list[Paragraph] = []
    gap = 0
    for number, row in enumerate(clean_lines(text), 1):
        if row:
            rows.append(Paragraph(number, row, gap))
        gap = 0 if row else gap + 1
    return [(line.number, line.label, line.text) for line in label_all(rows, lang, "", "")]


def label_all(rows: Iterable[Paragraph], lang: str, country: str, zone: str) -> list[Line]:
    """``rows``, none of them empty, each with its label."""
    return _second_look(
        [_label(row.number, row.text, row.gap, lang, country, zone) for row in rows]
    )


def _second_look(lines: list[Line]) -> list[Line]:
    """Labels that only neighbours can give: points boxes, teasers below a video, talk about the
    page."""
    prose = [i for i, line in enumerate(lines) if line.label == "prose"]
    about = {
        i
        for i in prose
        if lines[i].words <= 60
        and len({m.group().lower() for m in lexicon.PAGE_WORDS.finditer(lines[i].text)}) >= 2
    }
    if len(about) * 3 > len(prose):
        about = set()  # an article on subscriptions, cookies or comments
    out = list(lines)
    for i in about:
        out[i] = _as(lines[i], "noise")
    for i, line in enumerate(lines):
        if line.words <= 7 and lexicon.KEY_POINTS.match(lexicon.folded(line.text)):
            end = i + 1
            while (
                end < len(lines)
                and end - i <= 7
                and lines[end].label in ("prose", "short")
                and lines[end].words <= 45
                and lines[end].words >= 5
            ):
                end += 1
            if 2 <= end - i - 1 <= 6 and end < len(lines):
                for k in range(i, end):
                    out[k] = _as(lines[k], "noise")
        if i >= 2 and line.label == "prose" and line.words <= 60:
            above = lines[i - 1]
            video = (above.label == "stamp" and not above.stamps) or _DURATION.match(above.text)
            if (
                video
                and any(
                    lines[k].label in ("short", "box") and lines[k].words >= 3
                    for k in range(max(0, i - 3), i - 1)
                )
                and (i < 4 or lines[i - 2].label != "byline")
            ):
                out[i] = _as(line, "short")
        if line.label == "noise" and _TWEET.match(line.text) and i and lines[i - 1].words <= 60:
            out[i - 1] = _as(lines[i - 1], "noise")
    return out


def _as(line: Line, label: Label) -> Line:
    return msgspec.structs.replace(line, label=label, prose=-0.5)


def _label(number: int, text: str, gap: int, lang: str, country: str, zone: str) -> Line:
    words = count_words(text)
    prose = _prose(text, words)
    folded = lexicon.folded(text)
    bare = BULLET.sub("", text, count=1)

    def line(label: Label, prose: float = prose, **more: object) -> Line:
        return Line(number, text, label, prose, words, gap, **more)  # type: ignore[arg-type]

    if surely_caption(text):
        caption, credit = caption_and_credit(text)
        return line("caption", credit=credit, caption=caption or text)
    if words > 60 or (prose >= 2.0 and words > 45):
        return line("prose")
    stamps = (
        tuple(find_stamps(text, lang, country, zone))
        if words <= 30 and any(c.isdigit() for c in text)
        else ()
    )
    if stamps or RELATIVE.search(text[:160]):
        rest = _without_stamps(text, stamps)
        if len(rest) <= 2 or (
            stamps
            and len(rest.split()) <= 2
            and not END.search(text)
            and not has_lead(rest)
            and not names_only(rest)
        ):
            return line("stamp", stamps=stamps)
        named = words <= (16 if not re.search(r"[|·•]", text) else 24) and (
            names_only(_first_part(rest)) or names_only(_first_part(text))
        )
        if words <= 24 and not END.search(text) and (has_lead(rest) or named):
            return line("byline", stamps=stamps)
        if (
            words <= 7
            and stamps
            and (text.startswith(tuple("0123456789")) or len(rest.split()) <= 3)
            and not _SENTENCE_END.search(text)
        ):
            return line("stamp", stamps=stamps)
    if 2 <= words <= 30 and all(
        w in lexicon.NETWORKS
        for w in lexicon.folded(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)).split()
    ):
        return line("noise")
    if not folded or _NUMBER_ONLY.fullmatch(text) or folded in lexicon.EXACT:
        return line("noise" if not lexicon.BOX.match(folded) or folded in lexicon.EXACT else "box")
    if words <= 40 and REPORTING.match(bare):
        return line("noise")
    if words <= 14 and has_lead(text) and _byline_like(text, lang):
        return line("byline", stamps=stamps)
    credit = whole_credit(bare)
    if credit:
        return line("credit", credit=credit)
    if words <= 12 and lexicon.BOX.match(folded) and not (END.search(text) and words > 7):
        return line("box")
    if (
        words <= 45
        and lexicon.ASKS.match(folded if folded[:1] else text)
        and (words <= 26 or not text.startswith(("“", '"', "„", "«")))
        and not is_quote(text)
    ):
        return line("noise")
    if _TWEET.match(text) or "pic.twitter.com" in text or "https://t.co/" in text:
        return line("noise")
    if words >= 4:
        caption, credit = caption_and_credit(text)
        if credit and len(caption.split()) <= 90:
            return line("caption", credit=credit, caption=caption)
    if words <= 14 and prose < 1 and names_only(text) and not _SENTENCE_END.search(text):
        return line("names")
    return line("prose" if prose > 0 else "short")


def is_quote(text: str) -> bool:
    return text[:1] in '"“„«‘' and len(text.split()) > 5


def _prose(text: str, words: int) -> float:
    """From -1 (a label) to 3 (a paragraph): how much a line reads like running text."""
    ends = bool(_SENTENCE_END.search(text))
    full = bool(END.search(text))
    inner = bool(INNER_END.search(text))
    if text.isupper() and words > 5:
        return -1.0
    if words >= 8 and not full:
        capitals = sum(1 for w in text.split() if w[:1].isupper())
        if capitals > words * 0.75:
            return -1.0  # a list of topics or names
    if words >= 25:
        return 3.0 if ends or inner else 1.6
    if words >= 12:
        return 2.2 if full and not text.endswith("?") else 1.4 if ends or inner else -0.5
    if words >= 5:
        if text.endswith("?"):
            return -0.4
        return (
            1.2
            if full or (ends and text[:1] in '"“„«') or (full and inner)
            else 0.2
            if text.endswith(":")
            else -0.8
        )
    return (
        0.5
        if full and not text.endswith("?") and text[:1] in '"“„«'
        else 0.3
        if full and words >= 3 and not text.endswith("?")
        else -1.0
    )


def _without_stamps(text: str, stamps: tuple[Stamp, ...]) -> str:
    """``text`` without its dates, weekdays and the words that announce them; separators trimmed."""
    for stamp in reversed(stamps):
        text = text[: stamp.start] + " " + text[stamp.end :]
    text = RELATIVE.sub(" ", text)
    text = re.sub(
        r"(?<=[a-zà-ÿ])(?=(?:Lesezeit|Last|Updated?|Actualizado|Published|Posted|Aktualisiert|Mis|Publié)\b)",
        " ",
        text,
    )
    words = [w for w in text.split() if lexicon.folded(w) not in _CALENDAR]
    text = lexicon.STAMP_WORDS.sub(" ", " ".join(words))
    return " ".join(
        re.sub(r"[\d:.,;|·•()/\\+–—-]+(?=\s|$)|(?<!\S)[\d:.,;|·•()/\\+–—-]+", " ", text).split()
    )


def undated(line: Line) -> str:
    """The byline in a line that has dates too: what comes before the first one, else after the
    last."""
    relative = RELATIVE.search(line.text)
    starts = [s.start for s in line.stamps] + ([relative.start()] if relative else [])
    if not starts:
        return line.text
    head = _ANNOUNCES.sub("", line.text[: min(starts)])
    if any(
        c.isalpha() for word in head.split() if lexicon.folded(word) not in _CALENDAR for c in word
    ):
        return head
    return line.text[
        max([s.end for s in line.stamps] + ([relative.end()] if relative else [])) :
    ].lstrip(" ,;|·•–—-:")


def _calendar() -> frozenset[str]:
    from sitegen.base.calendar import MONTHS, WEEKDAYS

    return frozenset(
        {
            *WEEKDAYS,
            *MONTHS,
            "edt",
            "est",
            "et",
            "pt",
            "pdt",
            "pst",
            "gmt",
            "utc",
            "bst",
            "cet",
            "cest",
            "mez",
            "mesz",
            "ist",
            "uhr",
            "am",
            "pm",
            "a.m",
            "p.m",
        }
    )


_CALENDAR = _calendar()


def _first_part(text: str) -> str:
    return re.split(r"\s*[|·•]\s*|\s+[-–—]\s+|,|@", text, maxsplit=1)[0].strip()


def _byline_like(text: str, lang: str) -> bool:
    """Whether a line that starts with ``By`` names people rather than begins a sentence."""
    if END.search(text) and not re.search(r"(?:Jr|Sr|[A-Z]|M\.?D|D)\.$", text):
        return False
    people = split_byline(text)
    if not people or any(len(p.name.split()) > 6 for p in people):
        return False
    first = people[0].name
    if not first[:1].isupper() or any(c.isdigit() for c in first):
        return False
    return looks_like_name(first) or is_organisation(first) or len(first.split()) <= 4


def country_of(url: str) -> str:
    """The last label of the host of ``url`` where that is a country's."""
    match = re.match(r"https?://([^/:?#]{1,253})", url or "")
    label = match[1].rsplit(".", 1)[-1].lower() if match else ""
    return label if len(label) == 2 else ""
