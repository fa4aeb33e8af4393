"""The lines of a scraped text, each with what it seems to be: a stamp, a byline, a credit, noise,
prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, takewhile
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
_MOST = 24  # words of one with a date
_MOST_WITHOUT_BARS = 16  # and of one in which nothing parts the two
_OF_PAGE = 60  # words of a line that may speak of the page
_BARS = re.compile(r"[|·•]")
SIGNATURES = ("stamp", "byline")  # what says by whom and when
LABELS_IN_HEAD = (*SIGNATURES, "names")
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
_QUOTES = '"“„«'
_INITIALS_END = re.compile(r"(?:Jr|Sr|[A-Z]|M\.?D|D)\.$")
_FIRST_WORD = re.compile(r"\W")
_CREDITED = frozenset(page_words("credit"))
_NUMBER_ONLY = re.compile(r"[\W\d_]+")


def is_short_line(text: str, words: int) -> bool:
    """Whether a text has at most so many ``words``, and does not end as a sentence does."""
    return count_words(text) <= words and not END.search(text)


class Line(Struct, frozen=True):
    """One line that is not empty: its number in the input, text, label and how much it is prose.

    ``gap`` counts the empty lines before it; ``credit`` is the credit found in or as this line, and
    ``caption`` what comes before that. ``key`` is the text for look-ups (`vocabulary.folded`),
    ``of_page`` the number of different words of a page's furniture in a line of up to 60 words.
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
    key: str = ""
    of_page: int = 0


def is_signature(line: Line) -> bool:
    """Whether a line is a byline or a date, as there is above most articles."""
    return line.label == "byline" or (line.label == "stamp" and bool(line.stamps))


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
    """Labels that only neighbours can give."""
    found: tuple[tuple[Label, Iterable[int]], ...] = (
        ("noise", _about_the_page(lines)),
        ("noise", _points_boxes(lines)),
        ("short", _teasers_below_videos(lines)),
        ("noise", _tweets(lines)),
    )
    out = list(lines)
    for label, places in found:
        for i in places:
            out[i] = _as(lines[i], label)
    return out


def _about_the_page(lines: list[Line]) -> list[int]:
    """Prose on the page, not the subject; in an article on subscriptions, cookies or comments no
    line is known to be that."""
    prose = [i for i, line in enumerate(lines) if line.label == "prose"]
    about = [i for i in prose if lines[i].of_page >= 2]
    return [] if len(about) * 3 > len(prose) else about


def _points_boxes(lines: list[Line]) -> Iterator[int]:
    """The lines of boxes that sum an article up: their headings and two to six points."""
    for i in filter(lambda i: _heads_points(lines[i]), range(len(lines))):
        most = lines[i + 1 : i + 8]
        points = len(list(takewhile(_may_be_point, most)))
        if 2 <= points <= 6 and i + 1 + points < len(lines):
            yield from range(i, i + 1 + points)


def _heads_points(line: Line) -> bool:
    return line.words <= 7 and bool(lexicon.KEY_POINTS.match(line.key))


def _may_be_point(line: Line) -> bool:
    return line.label in ("prose", "short") and 5 <= line.words <= 45


def _teasers_below_videos(lines: list[Line]) -> Iterator[int]:
    prose = (i for i, line in enumerate(lines) if line.label == "prose")
    return (i for i in prose if lines[i].words <= 60 and _is_below_video(lines, i))


def _is_below_video(lines: list[Line], i: int) -> bool:
    """Whether the name and the length of a video are above a line, and no byline is."""
    if i < 2 or not _is_length_of_video(lines[i - 1]):
        return False
    if i >= 4 and lines[i - 2].label == "byline":
        return False
    return any(map(_may_be_name_of_video, lines[max(0, i - 3) : i - 1]))


def _is_length_of_video(line: Line) -> bool:
    is_relative = line.label == "stamp" and not line.stamps
    return is_relative or bool(_DURATION.match(line.text))


def _may_be_name_of_video(line: Line) -> bool:
    return line.label in ("short", "box") and line.words >= 3


def _tweets(lines: list[Line]) -> Iterator[int]:
    """The lines above those that sign a tweet."""
    for i, (above, line) in enumerate(pairwise(lines)):
        if line.label == "noise" and above.words <= 60 and _TWEET.match(line.text):
            yield i


def _as(line: Line, label: Label) -> Line:
    return msgspec.structs.replace(line, label=label, prose=-0.5)


class _Unlabelled(Struct, frozen=True):
    """What the rules below look at: one line and its dates."""

    number: int
    text: str
    gap: int
    words: int
    prose: float
    folded: str
    stamps: tuple[Stamp, ...] = ()

    def labelled(self, label: Label, credit: str = "", caption: str = "") -> Line:
        stamps = self.stamps if label in SIGNATURES else ()
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
            self.folded,
            lexicon.page_words_in(self.text) if self.words <= _OF_PAGE else 0,
        )

    @property
    def unlisted(self) -> str:
        """The text without the bullet before it."""
        return BULLET.sub("", self.text, count=1)


def _label(number: int, text: str, gap: int, lang: str, country: str, zone: str) -> Line:
    """The line with the label of the first rule that knows it."""
    words = count_words(text)
    row = _Unlabelled(number, text, gap, words, _prose(text, words), lexicon.folded(text))
    line = _first_label(row, _RULES_WITHOUT_DATES)
    if line is not None:
        return line
    if words <= 30 and any(map(str.isdigit, text)):
        row = msgspec.structs.replace(row, stamps=tuple(find_stamps(text, lang, country, zone)))
    line = _first_label(row, _RULES)
    return line or row.labelled("prose" if row.prose > 0 else "short")


def _first_label(row: _Unlabelled, rules: Iterable[_Rule]) -> Line | None:
    labelled = (rule(row) for rule in rules)
    return next((line for line in labelled if line is not None), None)


def _team(row: _Unlabelled) -> Line | None:
    """A byline of more people than one line usually names."""
    if row.words <= _FEW or END.search(row.text):
        return None
    label = _label_of_team(row)
    return row.labelled(label) if label and names_several(row.text) else None


def _label_of_team(row: _Unlabelled) -> Label | None:
    """What a line is if it names several people: one with a lead, or a list."""
    if has_lead(row.text):
        return "byline"
    return "names" if row.text.count(",") * 4 >= row.words else None


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
    if not _may_be_dated(row):
        return None
    rest = _without_stamps(row.text, row.stamps)
    if len(rest) <= 2 or _is_stamp_and_a_word(row, rest):
        return row.labelled("stamp")
    if _is_dated_byline(row, rest):
        return row.labelled("byline")
    return row.labelled("stamp") if _is_short_and_dated(row, rest) else None


def _may_be_dated(row: _Unlabelled) -> bool:
    """Whether a line has a date; in more words than a byline has, a relative one says nothing."""
    if row.stamps:
        return True
    return row.words <= _MOST and bool(RELATIVE.search(row.text[:160]))


def _is_short_and_dated(row: _Unlabelled, rest: str) -> bool:
    if not row.stamps or row.words > 7 or _SENTENCE_END.search(row.text):
        return False
    return row.text.startswith(tuple("0123456789")) or len(rest.split()) <= 3


def _is_stamp_and_a_word(row: _Unlabelled, rest: str) -> bool:
    if not row.stamps or len(rest.split()) > 2 or END.search(row.text):
        return False
    return not has_lead(rest) and not names_only(rest)


def _is_dated_byline(row: _Unlabelled, rest: str) -> bool:
    if row.words > _MOST or END.search(row.text):
        return False
    if has_lead(rest):
        return True
    is_short = row.words <= _MOST_WITHOUT_BARS or _BARS.search(row.text) is not None
    return is_short and (names_only(_first_part(rest)) or names_only(_first_part(row.text)))


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
    led = row.words <= _FEW and has_lead(row.text) and _byline_like(row.text)
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


_Rule = Callable[[_Unlabelled], Line | None]
# In the order in which they are asked: first those that need no dates, which take time to find.
_RULES_WITHOUT_DATES: tuple[_Rule, ...] = (_team, _sure_caption, _long_paragraph)
_RULES: tuple[_Rule, ...] = (
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
    full = bool(END.search(text))
    if _is_heading_or_list(text, words, full):
        return -1.0
    if words < 5:
        return _prose_of_words(text, words, full)
    ends = bool(_SENTENCE_END.search(text))
    of_length = _prose_of_long if words >= 12 else _prose_of_line
    return of_length(text, words, full, ends)


def _is_heading_or_list(text: str, words: int, full: bool) -> bool:
    """Whether a text is all in capitals, or a list of names without an end."""
    if words > 5 and text.isupper():
        return True
    return words >= 8 and not full and _is_list_of_names(text, words)


def _is_list_of_names(text: str, words: int) -> bool:
    """Whether nearly all words begin with capitals, as in a list of topics."""
    return sum(word[:1].isupper() for word in text.split()) > words * 0.75


def _prose_of_long(text: str, words: int, full: bool, ends: bool) -> float:
    """How much a line of twelve words and more reads like running text."""
    if full and words < 25 and not text.endswith("?"):
        return 2.2
    sentences, none = (3.0, 1.6) if words >= 25 else (1.4, -0.5)
    return sentences if ends or INNER_END.search(text) else none


def _prose_of_line(text: str, words: int, full: bool, ends: bool) -> float:
    """The same of a line of five to eleven words."""
    if text.endswith("?"):
        return -0.4
    if full or (ends and text[:1] in _QUOTES):
        return 1.2
    return 0.2 if text.endswith(":") else -0.8


def _prose_of_words(text: str, words: int, full: bool) -> float:
    """The same of up to four words."""
    if not full or text.endswith("?"):
        return -1.0
    if text[:1] in _QUOTES:
        return 0.5
    return 0.3 if words >= 3 else -1.0


def _without_stamps(text: str, stamps: tuple[Stamp, ...]) -> str:
    """``text`` without its dates, weekdays and the words that announce them; separators trimmed."""
    for stamp in reversed(stamps):
        text = text[: stamp.start] + " " + text[stamp.end :]
    text = RELATIVE.sub(" ", text)
    text = re.sub(
        r"(?<=[a-zà-ÿ])(?=(?:Lesezeit|Last|Updated?|Actualizado|Published|Posted|Aktualisiert"
        r"|Mis|Publié)\b)",
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
    spans = _dates_in(line)
    if not spans:
        return line.text
    head = _ANNOUNCES.sub("", line.text[: min(start for start, _ in spans)])
    if _has_words(head):
        return head
    return line.text[max(end for _, end in spans) :].lstrip(" ,;|·•–—-:")


def _dates_in(line: Line) -> list[tuple[int, int]]:
    """Where the dates of a line begin and end."""
    spans = [(stamp.start, stamp.end) for stamp in line.stamps]
    relative = RELATIVE.search(line.text)
    return [*spans, relative.span()] if relative else spans


def _has_words(text: str) -> bool:
    """Whether a text has letters outside the words of the calendar."""
    words = (word for word in text.split() if lexicon.folded(word) not in _CALENDAR)
    return any(map(str.isalpha, "".join(words)))


_CALENDAR = frozenset(
    {
        *WEEKDAYS,
        *MONTHS,
        *"edt est et pt pdt pst gmt utc bst cet cest mez mesz ist uhr am pm a.m p.m".split(),
    }
)


def _first_part(text: str) -> str:
    return re.split(r"\s*[|·•]\s*|\s+[-–—]\s+|,|@", text, maxsplit=1)[0].strip()


def _byline_like(text: str) -> bool:
    """Whether a line that starts with ``By`` names people rather than begins a sentence."""
    if _ends_sentence(text):
        return False
    names = [person.name for person in split_byline(text)]
    is_long = any(len(name.split()) > 6 for name in names)
    return bool(names) and not is_long and _may_lead(names[0], text)


def _ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, and not in an initial."""
    return bool(END.search(text)) and not _INITIALS_END.search(text)


def _may_lead(name: str, text: str) -> bool:
    """Whether the first name of a byline may be one; a script without capitals needs a closer
    look."""
    if name[:1].lower() != name[:1].upper():
        return _may_be_person(name)
    return looks_like_name(name) and (":" in text or len(text.split()) <= 5)


def _may_be_person(name: str) -> bool:
    if name[:1].islower() or any(map(str.isdigit, name)):
        return False
    return looks_like_name(name) or is_organisation(name) or len(name.split()) <= 4


def country_of(url: str) -> str:
    """The last label of the host of ``url`` where that is a country's."""
    match = re.match(r"https?://([^/:?#]{1,253})", url or "")
    label = match[1].rsplit(".", 1)[-1].lower() if match else ""
    return label if len(label) == 2 else ""
