"""The lines of a scraped text, each with what it seems to be: a stamp, a byline, a credit, noise,
prose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from sitegen.base.calendar import MONTHS, WEEKDAYS
from sitegen.base.page_words import page_words
from sitegen.base.text import count_words
from sitegen.importer.fields import vocabulary as lexicon
from sitegen.importer.fields.credits import caption_and_credit, surely_caption, whole_credit
from sitegen.importer.fields.text import clean_lines
from sitegen.importer.fields.timestamps import RELATIVE, Stamp, find_stamps
from sitegen.importer.text.wrapped import Paragraph
from sitegen.model.base import Struct
from sitegen.names.byline import has_lead, names_only, names_several, split_byline
from sitegen.names.shape import is_organisation, looks_like_name

Label = Literal["noise", "box", "stamp", "byline", "names", "credit", "caption", "prose", "short"]
_FEW = 14  # words of a byline with a few names
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
_DAY_NAMES = "|".join(sorted(name for name in WEEKDAYS if len(name) > 3))
_ANNOUNCES = re.compile(
    r"(?:[\s|·•,;:/(–—-]|\b(?:posted|published|updated|last|first|on|at|stand|am|vom|veröffentlicht"
    r"|aktualisiert|publié|le|mis à jour|publicado|el|actualizado|pubblicato|il|aggiornato"
    rf"|{_DAY_NAMES})\b){{1,20}}$",
    re.I,
)
_DURATION = re.compile(
    r"(?:duration|video|dauer|durée|duración|durata)?\s*\d{0,2}:?\d{1,2}:\d\d\s*(?:min)?$", re.I
)
_FIRST_WORD = re.compile(r"\W")
_CREDITED = frozenset(page_words("credit"))
_NUMBER_ONLY = re.compile(r"[\W\d_]+")


def is_short_line(text: str, words: int) -> bool:
    """Whether a text has at most so many ``words``, and does not end as a sentence does."""
    return count_words(text) <= words and not END.search(text)


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


class _Unlabelled(Struct, frozen=True):
    """What the rules below look at: one line, its dates, and the language of the text."""

    number: int
    text: str
    gap: int
    words: int
    prose: float
    folded: str
    lang: str
    stamps: tuple[Stamp, ...] = ()

    def labelled(self, label: Label, credit: str = "", caption: str = "") -> Line:
        stamps = self.stamps if label in ("stamp", "byline") else ()
        return Line(
            self.number,
            self.text,
            label,
            self.prose,
            self.words,
            self.gap,
            stamps,
            credit,
            caption,
        )

    @property
    def unlisted(self) -> str:
        """The text without the bullet before it."""
        return BULLET.sub("", self.text, count=1)


def _label(number: int, text: str, gap: int, lang: str, country: str, zone: str) -> Line:
    """The line with the label of the first rule that knows it."""
    words = count_words(text)
    row = _Unlabelled(number, text, gap, words, _prose(text, words), lexicon.folded(text), lang)
    line = _team(row) or _sure_caption(row) or _long_paragraph(row)
    if line is not None:
        return line
    if words <= 30 and any(map(str.isdigit, text)):
        row = msgspec.structs.replace(row, stamps=tuple(find_stamps(text, lang, country, zone)))
    for rule in _RULES:
        line = rule(row)
        if line is not None:
            return line
    return row.labelled("prose" if row.prose > 0 else "short")


def _team(row: _Unlabelled) -> Line | None:
    """A byline of more people than one line usually names."""
    if row.words <= _FEW or END.search(row.text):
        return None
    is_led = has_lead(row.text)
    is_list = row.text.count(",") * 4 >= row.words
    if not (is_led or is_list) or not names_several(row.text):
        return None
    return row.labelled("byline" if is_led else "names")


def _sure_caption(row: _Unlabelled) -> Line | None:
    if not surely_caption(row.text):
        return None
    caption, credit = caption_and_credit(row.text)
    return row.labelled("caption", credit, caption or row.text)


def _long_paragraph(row: _Unlabelled) -> Line | None:
    long = row.words > 60 or (row.prose >= 2.0 and row.words > 45)
    return row.labelled("prose") if long else None


def _dated(row: _Unlabelled) -> Line | None:
    """A line that is a date and little else, or a byline with one."""
    if not row.stamps and not RELATIVE.search(row.text[:160]):
        return None
    rest = _without_stamps(row.text, row.stamps)
    if len(rest) <= 2 or _is_stamp_and_a_word(row, rest):
        return row.labelled("stamp")
    if _is_dated_byline(row, rest):
        return row.labelled("byline")
    begins = row.text.startswith(tuple("0123456789")) or len(rest.split()) <= 3
    short = row.words <= 7 and not _SENTENCE_END.search(row.text)
    return row.labelled("stamp") if row.stamps and short and begins else None


def _is_stamp_and_a_word(row: _Unlabelled, rest: str) -> bool:
    if not row.stamps or len(rest.split()) > 2 or END.search(row.text):
        return False
    return not has_lead(rest) and not names_only(rest)


def _is_dated_byline(row: _Unlabelled, rest: str) -> bool:
    if row.words > 24 or END.search(row.text):
        return False
    if has_lead(rest):
        return True
    most = 24 if re.search(r"[|·•]", row.text) else 16
    return row.words <= most and (
        names_only(_first_part(rest)) or names_only(_first_part(row.text))
    )


def _share_bar(row: _Unlabelled) -> Line | None:
    """A line of nothing but networks: ``FacebookXMail``."""
    if not 2 <= row.words <= 30:
        return None
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", row.text)
    only = all(word in lexicon.NETWORKS for word in lexicon.folded(parted).split())
    return row.labelled("noise") if only else None


def _known_noise(row: _Unlabelled) -> Line | None:
    known = row.folded in lexicon.EXACT
    if not (known or not row.folded or _NUMBER_ONLY.fullmatch(row.text)):
        return None
    return row.labelled("box" if lexicon.BOX.match(row.folded) and not known else "noise")


def _reporting(row: _Unlabelled) -> Line | None:
    """``Reporting by Jane Roe; Editing by John Doe``."""
    named = row.words <= 40 and REPORTING.match(row.unlisted)
    return row.labelled("noise") if named else None


def _led_byline(row: _Unlabelled) -> Line | None:
    if _FIRST_WORD.split(row.folded, maxsplit=1)[0] in _CREDITED and whole_credit(row.unlisted):
        return None  # `Photograph by Jane Roe`
    led = row.words <= _FEW and has_lead(row.text) and _byline_like(row.text, row.lang)
    return row.labelled("byline") if led else None


def _credit(row: _Unlabelled) -> Line | None:
    credit = whole_credit(row.unlisted)
    return row.labelled("credit", credit) if credit else None


def _box(row: _Unlabelled) -> Line | None:
    headed = row.words <= 12 and lexicon.BOX.match(row.folded)
    sentence = row.words > 7 and END.search(row.text)
    return row.labelled("box") if headed and not sentence else None


def _request(row: _Unlabelled) -> Line | None:
    """What asks the reader to subscribe, to comment, to share."""
    if row.words > 45 or not lexicon.ASKS.match(row.folded or row.text) or is_quote(row.text):
        return None
    spoken = row.words > 26 and row.text.startswith(("“", '"', "„", "«"))
    return None if spoken else row.labelled("noise")


def _tweet(row: _Unlabelled) -> Line | None:
    linked = "pic.twitter.com" in row.text or "https://t.co/" in row.text
    return row.labelled("noise") if linked or _TWEET.match(row.text) else None


def _credited_caption(row: _Unlabelled) -> Line | None:
    caption, credit = caption_and_credit(row.text) if row.words >= 4 else ("", "")
    short = len(caption.split()) <= 90
    return row.labelled("caption", credit, caption) if credit and short else None


def _names(row: _Unlabelled) -> Line | None:
    if row.words > _FEW or row.prose >= 1 or _SENTENCE_END.search(row.text):
        return None
    return row.labelled("names") if names_only(row.text) else None


# In the order in which they are asked, after the rules for sure captions and long paragraphs.
_RULES = (
    _dated,
    _share_bar,
    _known_noise,
    _reporting,
    _led_byline,
    _credit,
    _box,
    _request,
    _tweet,
    _credited_caption,
    _names,
)


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


_CALENDAR = frozenset(
    {
        *WEEKDAYS,
        *MONTHS,
        *"edt est et pt pdt pst gmt utc bst cet cest mez mesz ist uhr am pm a.m p.m".split(),
    }
)


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
    if first[:1].lower() == first[:1].upper():  # a script without capitals
        return looks_like_name(first) and (":" in text or len(text.split()) <= 5)
    if first[:1].islower() or any(c.isdigit() for c in first):
        return False
    return looks_like_name(first) or is_organisation(first) or len(first.split()) <= 4


def country_of(url: str) -> str:
    """The last label of the host of ``url`` where that is a country's."""
    match = re.match(r"https?://([^/:?#]{1,253})", url or "")
    label = match[1].rsplit(".", 1)[-1].lower() if match else ""
    return label if len(label) == 2 else ""
