"""Scraped text to an article: a classifier over all lines of the document.

Each line first gets a label by its own shape (noise, stamp, byline, credit, caption, prose, short).
A Viterbi pass then divides the document into head, body, boxes and tail, so that order and
neighbours count: a teaser with a full sentence among short lines is a box, a lone short line among
paragraphs a heading. Title, dek, byline and time stamp are then looked for in the head, where such
lines are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, compress, islice
from operator import ge, itemgetter

import msgspec

from sitegen.base.text import count_words, counted
from sitegen.importer.fields import vocabulary as lexicon
from sitegen.importer.fields.credits import credit_people, credit_role, whole_credit
from sitegen.importer.fields.dateline import CITY_POINT, dateline, without_dateline
from sitegen.importer.fields.language import guess_language
from sitegen.importer.fields.spun import spun_score
from sitegen.importer.fields.text import (
    MAX_CHARS,
    MAX_LINES,
    clean_inline,
    clean_line,
    escape_block,
    escape_heading,
    is_too_short,
    raw_lines,
)
from sitegen.importer.fields.timestamps import RELATIVE, find_stamps
from sitegen.importer.fields.values import change_after, merged
from sitegen.importer.model import Imported
from sitegen.importer.text.bare import BREAK, COPYRIGHT, URL_LINE, as_text, is_bare
from sitegen.importer.text.captions import is_caption
from sitegen.importer.text.division import divided, first_body
from sitegen.importer.text.headline import find_headline
from sitegen.importer.text.judged import WeighedLines, judge
from sitegen.importer.text.kicker import headline_of
from sitegen.importer.text.labels import (
    BULLET,
    LABELS_IN_HEAD,
    REPORTING,
    SIGNATURES,
    Label,
    Line,
    country_of,
    label_all,
    undated,
)
from sitegen.importer.text.repeats import LONG, LongParagraphs
from sitegen.importer.text.segments import BODY, TAIL
from sitegen.importer.text.signs import CopiedPage
from sitegen.importer.text.wrapped import Paragraph, unquoted, unwrap
from sitegen.importer.to_markdown import join_blocks, plain_block
from sitegen.model.article import Person, Source
from sitegen.names.byline import (
    byline_place,
    closing_helpers,
    has_lead,
    names_only,
    read_helpers,
    split_byline,
)
from sitegen.names.shape import is_organisation, looks_like_name

# Cities that German papers put in front of the first sentence, followed by a full stop only.
_STAMP_PLACE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][^\W\d_]+(?: [A-ZÀ-Þ][^\W\d_]+)?)(?: / [^\W\d_ ]+)?\s+[-–—]\s+(?=\d)"
)
_SIGN_OFF = re.compile(
    r"\(((?:[A-ZÀ-Þ][^()\d,;/]{3,40}[,;/]"
    r" ?){1,6})(?:dpa|AFP|APA|red|\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4})[^()]{0,30}\)\s*$"
)
_OF_RIGHTS = ("©", "opyright", "(c)")
_INTRO_BY = re.compile(r"(?:by|von|par|por|di|text|text:|author|autor|autorin)\s*:?", re.I)


_TAKEN = frozenset(
    ["title", "authors", "date", "updated", "source"]
)  # what a line says, and so need not be in the body
FIRST_WORDS = 9
_HEADING_WORDS = 16  # of a heading, at most
FOOT_LINES = 8  # that the page says below a text, at most
FOOT = 6  # lines at the end of a text that may sign it


LIKELY_DEK = 0.2  # chance of a line that is taken for the dek
LIKELY_DEK_OF_BRIEF = 0.3  # in a brief, which often begins without one
POSSIBLE_DEK = 0.1  # of one that the rules take for it
LIKELY_BYLINE = 0.5  # chance of a line that is read as a byline where the rules read none
LIKELY_LED_BYLINE = 0.3  # and of one that begins as bylines do
UNLIKELY_BYLINE = 0.2  # chance of a line that is not believed to be one
CLEARLY_LESS = 0.15  # than the likeliest byline: a line that is not believed beside it
TOP = 60  # lines behind the headline that the head may have
DEKS = 4  # paragraphs that may be above a byline
BRIEF_WORDS = 120  # of prose, up to which a text is a brief


def read_text(text: str, *, source_url: str = "", zone: str = "", lang: str = "") -> Imported:
    """Read a scraped article.

    ``text`` is what a person copied or a scraper saved, line by line. ``source_url`` is the URL
    that it came from, where known; ``zone`` the time zone for stamps that name none (without it
    they keep their day only); ``lang`` overrides the guess. Never raises for bad input: what makes
    the result unsure is in ``doubts``.
    """
    return read_with_lines(text, source_url=source_url, zone=zone, lang=lang)[0]


def read_with_lines(
    text: str, *, source_url: str = "", zone: str = "", lang: str = ""
) -> tuple[Imported, frozenset[int]]:
    """As `read_text`, and the numbers of the lines that headline, names and dates were read
    from."""
    lines, lang = lines_of_text(text, source_url, zone, lang)
    if not lines:
        return Imported(lang=lang, doubts=("is empty",)), frozenset()
    reading = _Reading(lines, lang, source_url)
    if len(text) > MAX_CHARS or text.count("\n") >= MAX_LINES:
        reading.doubts.append(
            f"only {MAX_CHARS:,} characters and {MAX_LINES:,} lines of a text are read: import it"
            " in parts"
        )
    found = reading.result()
    return found, frozenset(lines[i].number for i in reading.used)


def lines_of_text(
    text: str, source_url: str = "", zone: str = "", lang: str = ""
) -> tuple[list[Line], str]:
    """(the lines of a text that are not empty, each with its label; its language)."""
    rows = list(filter(_has_text, map(_cleaned, unwrap(unquoted(raw_lines(text))))))
    lang = lang or guess_language(_long_lines(rows) or text)
    return label_all(rows, lang, country_of(source_url), zone), lang


def _cleaned(row: Paragraph) -> Paragraph:
    return msgspec.structs.replace(row, text=clean_line(row.text))


def _has_text(row: Paragraph) -> bool:
    return bool(row.text)


def _long_lines(rows: list[Paragraph]) -> str:
    """The long lines of a text, which show its language best."""
    return "\n".join(row.text for row in rows if len(row.text) > 60)


def page_of(lines: list[Line], lang: str) -> CopiedPage:
    """Copied lines with what the rules say of them: head, body, boxes, tail, and the headline."""
    states = divided(lines, False)
    return CopiedPage(lines, states, find_headline(lines, states, False, lang))


class _Reading:
    """The lines of one document and what was found in them so far."""

    def __init__(self, lines: list[Line], lang: str, source_url: str) -> None:
        self.bare = is_bare(lines)
        self.lines = [as_text(line) for line in lines] if self.bare else lines
        self.lang, self.source_url = lang, source_url
        self.evidence: list[tuple[str, str]] = []
        self.doubts: list[str] = []
        self.judged: WeighedLines | None = None
        if self.bare:
            self.states = divided(self.lines, True)
            self.title_at = find_headline(self.lines, self.states, True, lang)
        else:
            page = page_of(self.lines, lang)
            self.judged = judge(page)
            self.states, self.title_at = list(page.states), self.judged.title()
        self.start = self._body_start()
        if self.start != first_body(self.states):
            self.states = divided(self.lines, self.bare, self.start)
        if self.judged is not None:
            self.states = self.judged.states(self.states)
        self.read_from: dict[str, int] = {}
        self.used: set[int] = set()
        self.authors: tuple[Person, ...] = ()
        self.helpers: tuple[Person, ...] = ()
        self.dek = ""
        self.dates = ("", "")

    def note(self, field: str, at: int, how: str = "line") -> None:
        self.evidence.append((field, f"from {how} {self.lines[at].number}"))
        self.read_from.setdefault(field, at)
        if how == "line" and field in _TAKEN:
            self.used.add(at)

    def _read_from(self, field: str, at: int) -> None:
        """Note that a field was read from line ``at`` after all (-1: from none)."""
        before = self.read_from.get(field, -1)
        if at == before:
            return
        self.used.discard(before)
        self.evidence = [one for one in self.evidence if one[0] != field]
        self.read_from.pop(field, None)
        self.note(field, at)

    # -- where the body begins

    def _body_start(self) -> int:
        begin = self.title_at + 1 if self.title_at >= 0 else 0
        opened = self._dateline_at(begin)
        if opened >= 0:
            return opened
        first = first_body(self.states)
        start = max(first, begin) if first < len(self.lines) else begin
        start = min(start, len(self.lines))
        last = self._last_of_head(begin)
        return last + 1 if last >= max(begin, start) else start

    def _top(self, begin: int) -> range:
        """The lines from ``begin`` on among which the body begins."""
        return range(begin, min(len(self.lines), begin + TOP))

    def _dateline_at(self, begin: int) -> int:
        """The line with a dateline, which opens the body whatever prose (deks, captions) precedes
        it, or -1."""
        prose = filter(lambda i: self._is_like_prose(self.lines[i]), self._top(begin))
        opening = filter(lambda i: self._begins_with_place(self.lines[i]), islice(prose, DEKS + 1))
        return next(opening, -1)

    def _begins_with_place(self, line: Line) -> bool:
        """Whether a paragraph begins with the place that it was written at."""
        if line.words <= 12 or CITY_POINT.match(line.text):
            return False
        return bool(dateline(line.text, self.lang))

    def _is_like_prose(self, line: Line) -> bool:
        return line.label == "prose" or line.prose >= 1.2

    def _last_of_head(self, begin: int) -> int:
        """The last byline, date or name above the body, or -1."""
        prose, last = 0, -1
        for i in self._above_middle(begin):
            if self._is_head_line(i, last):
                last, prose = i, 0
            elif self._is_paragraph(i):
                prose += 1
            if prose > (DEKS if last < 0 else 1):
                break
        return last

    def _above_middle(self, begin: int) -> range:
        """As `_top`; what signs a text without its page is below the middle."""
        top = self._top(begin)
        return range(begin, min(top.stop, self._middle(begin))) if self.bare else top

    def _is_paragraph(self, i: int) -> bool:
        line = self.lines[i]
        return line.label == "prose" and line.prose >= 1.2 and not self._is_caption(i)

    def _middle(self, begin: int) -> int:
        """The first line from ``begin`` on that has more prose above than below it, or the number
        of lines."""
        weights = [line.words if line.label == "prose" else 0 for line in self.lines[begin:]]
        above, below = 0, sum(weights)
        for i, weight in enumerate(weights, begin):
            below -= weight
            if above > below:
                return i
            above += weight
        return len(self.lines)

    def _is_head_line(self, i: int, last: int) -> bool:
        """Whether a line is of the head: a byline or a date, or names near the headline or one of
        these; ``last`` is the last such line above it (-1: none)."""
        label = self.lines[i].label
        if label in SIGNATURES or self._is_introduced(i):
            return True
        return label == "names" and self._are_names_of_head(i, last)

    def _is_introduced(self, i: int) -> bool:
        return i > 0 and self._introduces(i - 1)

    def _are_names_of_head(self, i: int, last: int) -> bool:
        """Whether names are above all other lines of the head, near the headline or one of them."""
        return last < 0 or i - self.title_at <= 2 or self._is_beside_signature(i)

    def _introduces(self, i: int) -> bool:
        """Whether a line is `Von` or the like, with names on the next line."""
        below = self.lines[i + 1 : i + 2]
        is_short = all(line.words <= 8 for line in below)
        return bool(below) and is_short and _INTRO_BY.fullmatch(self.lines[i].text) is not None

    def _is_beside_signature(self, i: int) -> bool:
        """Whether a date or a byline is within two lines of a line."""
        near = [*self.lines[max(0, i - 2) : i], *self.lines[i + 1 : i + 3]]
        return any(line.label in SIGNATURES for line in near)

    def _is_caption(self, i: int) -> bool:
        return is_caption(self.lines, self.states, self.bare, i)

    # -- the parts

    def result(self) -> Imported:
        lines, start = self.lines, self.start
        title = self._title() or self._first_words()
        authors = self.authors = self._judged_authors(self._authors(start))
        credits = self._credits()
        credits = merged(merged(credits, self.helpers), self._closing_helpers())
        date, updated = self.dates = self._dates(start)
        place = self._dateline(start)
        dek = self.dek = self._dek(start)
        canonical, source = self._source()
        body = self._whole_body() if self.bare else self._found_body()
        if is_too_short(body, complete=bool(title and date and authors)):
            self.doubts.append("no running text found")
            body = join_blocks(
                [escape_block(line.text) for i, line in enumerate(lines) if i not in self.used]
            )
        else:
            self._note_left_out(body)
        spun, marks = self._spun()
        return Imported(
            title=title,
            dek=dek,
            authors=authors,
            credits=credits,
            date=date,
            updated=updated,
            dateline=place,
            source=source,
            canonical=canonical,
            lang=self.lang,
            body=body,
            spun=spun,
            spun_words=marks,
            evidence=tuple(self.evidence),
            doubts=tuple(self.doubts),
            weighed=tuple(self.judged.weighed()) if self.judged else (),
            confidence=self.judged.confidence(self.read_from) if self.judged else {},
        )

    def _spun(self) -> tuple[float, tuple[str, ...]]:
        """How sure it is that words of an English text were replaced by others, and which ones."""
        if self.lang not in ("", "en"):
            return 0.0, ()
        spun, marks = spun_score("\n".join(self.lines[i].text for i in self._of_body()))
        if spun:
            self.evidence.append(("spun", "words in the place of others: " + ", ".join(marks[:8])))
        return spun, marks

    @property
    def _headline(self) -> str:
        """The line with the headline; empty where there is none."""
        return self.lines[self.title_at].text if self.title_at >= 0 else ""

    def _of_body(self) -> list[int]:
        """The lines of the body."""
        return [i for i, state in enumerate(self.states) if state == BODY]

    def _title(self) -> str:
        """The headline, without the section before it; empty where there is none."""
        title, change = headline_of(clean_inline(self._headline), self.lang)
        if title:
            self.note("title", self.title_at)
            self.used.add(self.title_at)
        if change:
            self.evidence.append(("title", change))
        return title

    def _first_words(self) -> str:
        """A title for a text that has none: its first words, behind the place it was written at."""
        first = next((line.text for line in self.lines if line.label == "prose"), "")
        if not first:
            self.doubts.append("no headline found")
            return ""
        self.doubts.append("the text has no headline: its first words are the title")
        words = clean_inline(without_dateline(first, self.lang)).split()
        return " ".join(words[:FIRST_WORDS]).rstrip(" ,;:.") + (
            "…" if len(words) > FIRST_WORDS else ""
        )

    def _note_left_out(self, body: str) -> None:
        """Report the lines that were taken for parts of a page around the article."""
        left = self._left_out(body)
        if not left:
            return
        shown = ", ".join(f"`{line.text[:30]}`" for line in left[:3])
        lines = f"{counted(len(left), 'line')} ({_ranges([line.number for line in left])})"
        self.evidence.append(("left out", f"{lines}, first {shown}"))

    def _left_out(self, body: str) -> list[Line]:
        """The lines that are neither in a field nor in the body."""
        kept = {lexicon.folded(plain_block(block)) for block in re.split(r"\n+", body)}
        return [line for i, line in enumerate(self.lines) if self._is_left_out(i, kept)]

    def _is_left_out(self, i: int, kept: set[str]) -> bool:
        """Whether a line is in no field, and not among the texts ``kept``."""
        line = self.lines[i]
        if i in self.used or line.credit or line.stamps:
            return False
        return line.key not in kept

    def _authors(self, start: int) -> tuple[Person, ...]:
        """The people that the first of these rules finds."""
        head = range(max(0, self.title_at - 2), min(len(self.lines), max(start, self.title_at + 1)))
        below = range(self.title_at + 1, head.stop)
        return (
            self._in_bylines(head)
            or self._below_intro(head)
            or self._in_names(below)
            or self._in_agencies(below)
            or self._signed()
            or self._signed_below()
            or self._before_agencies(below)
        )

    def _in_bylines(self, head: range) -> tuple[Person, ...]:
        """The people of the first byline that can be read; those with a lead come first."""
        bylines = [i for i in head if self.lines[i].label == "byline"]
        for i in sorted(bylines, key=lambda i: not has_lead(self.lines[i].text)):
            text = undated(self.lines[i])
            if people := split_byline(text):
                self.note("authors", i)
                self.helpers = read_helpers(text)
                return people
        return ()

    def _below_intro(self, head: range) -> tuple[Person, ...]:
        """The people below `Von` on a line of its own."""
        for i in filter(self._introduces, head):
            people = split_byline(self.lines[i + 1].text)
            if people and people[0].name[:1].isupper():
                self.note("authors", i + 1)
                self.used.add(i)
                return people
        return ()

    def _in_names(self, below: range) -> tuple[Person, ...]:
        """The people of the first line of nothing but names."""
        names = (i for i in below if self.lines[i].label == "names")
        at = next(filter(self._may_be_authors, names), -1)
        if at < 0:
            return ()
        self.note("authors", at)
        return self._with_org(split_byline(self.lines[at].text), at)

    def _may_be_authors(self, i: int) -> bool:
        """Whether names are authors: not in a menu; two capitalised words are often no name in
        German."""
        return not self._in_menu(i) and (self.lang != "de" or self._by_stamp(i))

    def _in_agencies(self, below: range) -> tuple[Person, ...]:
        """The first organisation below the headline, where no person is named."""
        at = next(filter(self._is_agency, below), -1)
        if at < 0:
            return ()
        self.note("authors", at)
        return (Person(self.lines[at].text),)

    def _is_agency(self, i: int) -> bool:
        """Whether a line is an organisation beside a date, and not the credit of an image."""
        line = self.lines[i]
        if line.label != "credit" or not is_organisation(line.text) or not self._by_stamp(i):
            return False
        return i > 0 and not self._is_caption(i - 1)

    def _before_agencies(self, below: range) -> tuple[Person, ...]:
        """The people of the first line of names and their agency below the headline."""
        at = next(filter(self._is_agency_byline, below), -1)
        if at < 0:
            return ()
        self.note("authors", at)
        return self._people_of(at)

    def _is_agency_byline(self, i: int) -> bool:
        """Whether a line is ``Ana Ruiz | EFE`` at the headline or a date, and no image's credit."""
        line = self.lines[i]
        if line.label != "credit" or not names_only(line.text) or self._is_caption(i - 1):
            return False
        return i == self.title_at + 1 or self._by_stamp(i)

    def _judged_authors(self, people: tuple[Person, ...]) -> tuple[Person, ...]:
        """The people of a page's likely bylines, where the rules found none or unlikely ones; and
        whoever is named on a line of their own right below."""
        if self.judged is None:
            return people
        chances = [one["byline"] for one in self.judged.chances]
        at = self.read_from.get("authors", -1)
        if not people or chances[at] < max(UNLIKELY_BYLINE, max(chances) - CLEARLY_LESS):
            at, people = self._likeliest_people(chances, at, people)
            self._read_from("authors", at)
        return self._with_names_below(chances, at, people)

    def _with_names_below(
        self, chances: list[float], at: int, people: tuple[Person, ...]
    ) -> tuple[Person, ...]:
        """``people``, who were read from line ``at``, and those of the likely bylines below it that
        are nothing but names."""
        likely = (i for i, chance in enumerate(chances) if chance >= LIKELY_BYLINE)
        for i in filter(lambda i: self.lines[i].label == "names", likely):
            if 0 < i - at <= 2:
                people, at = (*people, *self._others(i, people)), i
                self.used.add(i)
        return people

    def _others(self, i: int, people: tuple[Person, ...]) -> list[Person]:
        """The people of a line who are not among ``people``."""
        known = {person.name.casefold() for person in people}
        return [person for person in self._people_of(i) if person.name.casefold() not in known]

    def _likeliest_people(
        self, chances: list[float], at: int, people: tuple[Person, ...]
    ) -> tuple[int, tuple[Person, ...]]:
        """(the line that is the likeliest byline and can be read as one, its people), or what the
        rules found."""
        order = sorted(range(len(chances)), key=lambda i: (-chances[i], i))
        likely = (i for i in order if chances[i] >= self._least_of_byline(i))
        read = ((i, found) for i in likely if (found := self._people_of(i)))
        return next(read, (at, people))

    def _least_of_byline(self, i: int) -> float:
        """The chance from which a line is read as a byline; one that begins as a byline needs
        less."""
        return LIKELY_LED_BYLINE if self.lines[i].label == "byline" else LIKELY_BYLINE

    def _people_of(self, i: int) -> tuple[Person, ...]:
        people = split_byline(undated(self.lines[i]))
        named = (looks_like_name(p.name) or is_organisation(p.name) for p in people)
        return people if all(named) else ()

    def _signed_below(self) -> tuple[Person, ...]:
        """A byline below the text, where there is no page around it."""
        if not self.bare:
            return ()
        foot = range(max(self.start, len(self.lines) - FOOT), len(self.lines))
        bylines = [i for i in foot if self.lines[i].label == "byline"]
        for i in reversed(bylines):
            if people := split_byline(undated(self.lines[i])):
                self.note("authors", i)
                return people
        return ()

    def _with_org(self, people: tuple[Person, ...], at: int) -> tuple[Person, ...]:
        """An organisation alone on the line below a single name (`Jane Roe`, `BBC`) is theirs."""
        below = self.lines[at + 1].text if at + 1 < len(self.lines) else ""
        if len(people) == 1 and not people[0].org and is_organisation(below):
            return (Person(people[0].name, people[0].role, "", below),)
        return people

    def _by_stamp(self, i: int) -> bool:
        """Two capitalised words are often no name in German: only beside a time stamp they are
        taken for one."""
        return any(
            self.lines[k].label == "stamp"
            for k in range(max(0, i - 1), min(len(self.lines), i + 3))
        )

    def _in_menu(self, i: int) -> bool:
        """One of several lines of short labels, as in a list of topics."""
        near = self.lines[max(self.title_at + 1, i - 2) : i + 3]
        return sum(map(_may_be_of_menu, near)) >= 5

    def _signed(self) -> tuple[Person, ...]:
        """Names at the foot: ``(Jane Roe, John Doe, 3.5.2024)`` or ``Reporting by Jane Roe in Port
        Salm``."""
        for i in reversed(self._of_body()[-3:]):
            if people := _people_of_sign_off(self.lines[i].text):
                self.note("authors", i, "the sign-off in line")
                return people
        return ()

    def _dates(self, start: int) -> tuple[str, str]:
        """(date, updated): by the lines around the headline, below the text, or in its last one."""
        bodies = self._of_body()
        head = self._dated_head(start)
        foot = self._dated(bodies[-1] + 1, bodies[-1] + 7) if bodies else []
        date, updated, unclear = self._stamped(head, foot)
        if not date and bodies:
            date = self._date_of_sign_off(bodies[-1])
        if not date:
            self._doubt_days(unclear, [] if updated else head)
            date, updated = updated, ""
        return date, change_after(date, updated)

    def _doubt_days(self, unclear: int, head: list[int]) -> None:
        """Say why there is no date: line ``unclear`` (-1: none) may be read in two ways, the lines
        ``head`` count from an unknown day."""
        if unclear >= 0:
            line = self.lines[unclear]
            self.doubts.append(
                f"line {line.number}: day and month could be the other way round:"
                f" `{line.text[:60]}`"
            )
        if any(RELATIVE.search(self.lines[i].text) for i in head):
            self.doubts.append("the page shows only a relative date")

    def _dated(self, start: int, end: int) -> list[int]:
        """The dates and bylines among the lines from ``start`` to before ``end``."""
        within = range(start, min(len(self.lines), end))
        return [i for i in within if self.lines[i].label in SIGNATURES]

    def _dated_head(self, start: int) -> list[int]:
        """The dates and bylines around the headline; of a bare text also those at its foot."""
        title = max(0, self.title_at)
        head = self._dated(max(0, title - 4), max(start, title + 1))
        if not self.bare:
            return head
        count = len(self.lines)
        return head + self._dated(max(start, count - FOOT), count)

    def _stamped(self, head: list[int], foot: list[int]) -> tuple[str, str, int]:
        """(date, updated, the last line with a date that may be read in two ways) of these lines;
        below the text one date is enough."""
        found = {"date": "", "updated": ""}
        unclear = -1
        for i in [*head, *foot]:
            stamps = self.lines[i].stamps
            unclear = unclear if all(stamp.clear for stamp in stamps) else i
            self._keep_first(found, i)
            if found["date"] and (found["updated"] or i in foot):
                break
        return found["date"], found["updated"], unclear

    def _keep_first(self, found: dict[str, str], i: int) -> None:
        """Put the clear dates of a line in ``found``, unless an earlier one is there."""
        line = self.lines[i]
        for stamp in filter(lambda stamp: stamp.clear, line.stamps):
            is_change = lexicon.UPDATED.search(line.text[: stamp.start])
            field = "updated" if is_change else "date"
            if not found[field]:
                found[field] = stamp.value
                self.note(field, i)

    def _date_of_sign_off(self, i: int) -> str:
        """The date in the last words of the text, line ``i``; empty without."""
        match = _SIGN_OFF.search(self.lines[i].text[-240:])
        stamps = find_stamps(match[0], self.lang) if match else []
        date = next((stamp.value for stamp in stamps if stamp.value), "")
        if date:
            self.note("date", i, "the sign-off in line")
        return date

    def _dateline(self, start: int) -> str:
        at, place = next(filter(itemgetter(1), self._places(start)), (-1, ""))
        if place:
            self.note("dateline", at)
        return place

    def _places(self, start: int) -> Iterator[tuple[int, str]]:
        """(a line, the place that it says the text was written at, if any): of the first two
        paragraphs, then of the head."""
        paragraphs = (i for i in self._of_body() if self.lines[i].label == "prose")
        for i in islice(paragraphs, 2):
            yield i, dateline(self.lines[i].text, self.lang)
        for i in range(max(0, self.title_at), min(len(self.lines), start)):
            yield i, self._place_in_head(i)

    def _place_in_head(self, i: int) -> str:
        """The place in a byline, before a date, or as a German city before the first sentence."""
        line = self.lines[i]
        return _place_of_byline(line) or _place_before_date(line) or self._city(i)

    def _city(self, i: int) -> str:
        """The German city before the first sentence."""
        line = self.lines[i]
        if self.lang != "de" or line.prose < 1.2 or self._is_caption(i):
            return ""
        city = CITY_POINT.match(line.text)
        return city["place"] if city else ""

    def _dek(self, start: int) -> str:
        at = self._dek_in_head(start)
        if self.judged is not None:
            at = self._dek_on_page(self.judged, at)
        if at < 0:
            return ""
        self.note("dek", at)
        self.used.add(at)
        return clean_inline(self.lines[at].text)

    def _dek_on_page(self, judged: WeighedLines, by_rules: int) -> int:
        """The line among those of a page that is probably the dek, or -1; that of the rules needs
        less to be believed."""
        if self.title_at < 0:
            return -1
        chances = [one["dek"] for one in judged.chances]
        least = [self._least_of_dek()] * len(chances)
        if by_rules >= 0:
            least[by_rules] = POSSIBLE_DEK
        likely = compress(range(len(chances)), map(ge, chances, least))
        return max(filter(self._is_free, likely), key=chances.__getitem__, default=-1)

    def _is_free(self, i: int) -> bool:
        """Whether a line is no caption, and no other field was read from it."""
        return i not in self.used and not self._is_caption(i)

    def _least_of_dek(self) -> float:
        """The chance from which a line is taken for the dek."""
        return LIKELY_DEK_OF_BRIEF if self._prose_left() < BRIEF_WORDS else LIKELY_DEK

    def _dek_in_head(self, start: int) -> int:
        """The first line below the headline that is long enough for a dek, or -1."""
        if self.title_at < 0:
            return -1
        below = range(self.title_at + 1, start)
        metas = (i for i in reversed(below) if self.lines[i].label in LABELS_IN_HEAD)
        last = next(metas, self.title_at)
        return next(filter(lambda i: self._may_be_dek(i, last), below), -1)

    def _may_be_dek(self, i: int, last: int) -> bool:
        """Whether a line below the headline may be the dek; ``last`` is the last line of the head:
        below it, a few words without an end are none."""
        line = self.lines[i]
        if line.label not in ("prose", "short") or line.words < 6:
            return False
        is_label = line.prose < 0 and line.words < 8
        if is_label and i > last:
            return False
        return self._is_free(i) and not self._is_headline(line)

    def _is_headline(self, line: Line) -> bool:
        """Whether a line says what the headline does."""
        return line.key == lexicon.folded(self._headline)

    def _closing_helpers(self) -> tuple[Person, ...]:
        """Who else has worked on an article, by a line below its text."""
        lines = (line.text for line in self.lines if REPORTING.match(line.text))
        return tuple(chain.from_iterable(map(closing_helpers, lines)))

    def _credits(self) -> tuple[Person, ...]:
        found: dict[tuple[str, str], tuple[int, Person]] = {}
        for i in self._credited():
            for person in _people_of_credit(self.lines[i]):
                found.setdefault((person.name.casefold(), person.org.casefold()), (i, person))
        for i, _ in islice(found.values(), 1):
            self.note("credits", i)
        return tuple(person for _, person in found.values())

    def _credited(self) -> list[int]:
        """The lines with credits of the images of an article: those near its headline and body,
        but for its byline."""
        last = max(self._of_body(), default=len(self.lines) - 1)
        near = range(max(0, self.title_at - 3), min(len(self.lines), last + 3))
        lines = (i for i in near if i != self.read_from.get("authors"))
        return [i for i in lines if self.lines[i].credit and self.states[i] != TAIL]

    def _source(self) -> tuple[str, Source]:
        canonical = self._canonical()
        for i, line in enumerate(self.lines):
            if (self.bare or self.states[i] != BODY) and (holder := _holder(line)):
                self.note("source", i)
                return canonical, Source(clean_inline(holder), canonical)
        return canonical, Source(url=canonical)

    def _canonical(self) -> str:
        """The URL that was given, or that is a line of its own at the top or the foot."""
        if self.source_url:
            self.evidence.append(("canonical", "given"))
            return self.source_url
        count = len(self.lines)
        for i in (*range(min(6, count)), *range(max(0, count - 4), count)):
            if match := URL_LINE.fullmatch(self.lines[i].text):
                self.used.add(i)
                self.evidence.append(("canonical", f"from line {self.lines[i].number}"))
                return match[1]
        return ""

    # -- the body

    def _found_body(self) -> str:
        """The body among the lines of a page, or everything below the head where next to nothing
        of the prose would be left: a brief has too few lines to know it from its page."""
        body = self._body()
        prose = self._prose_left()
        if prose < BRIEF_WORDS and count_words(body) < prose * 0.6:
            self.evidence.append(("body", "everything below the head, as the text is short"))
            return self._whole_body(without=("noise", "box", "short"))
        return body

    def _prose_left(self) -> int:
        """The words of the prose that no field was read from."""
        left = (line for i, line in enumerate(self.lines) if i not in self.used)
        return sum(line.words for line in left if line.label == "prose")

    def _whole_body(self, without: tuple[Label, ...] = ()) -> str:
        """All that is below the head of a text without its page: paragraphs, headings, breaks,
        lists; but for lines of the kinds ``without``."""
        said = {lexicon.folded(self._headline), lexicon.folded(self.dek)} - {""}
        kept = (i for i, line in enumerate(self.lines) if line.label not in without)
        order = [i for i in kept if self._is_of_the_text(i, said)]
        blocks: list[str] = []
        for i, following in _with_next(order):
            blocks += self._block_of_whole(i, following, is_first=not blocks)
        return join_blocks(blocks)

    def _block_of_whole(self, i: int, following: int, *, is_first: bool) -> list[str]:
        """A line of a text without its page as a block of Markdown; nothing for a break that is not
        between two others."""
        text = self.lines[i].text
        if BREAK.fullmatch(text):
            return [] if is_first or following < 0 else ["***"]
        if bullet := BULLET.match(text):
            return ["- " + escape_block(text[bullet.end() :])]
        if not is_first and self._heads_paragraph(i, following):
            return ["## " + escape_heading(text)]
        return [escape_block(text)]

    def _heads_paragraph(self, i: int, following: int) -> bool:
        """Whether a line is a heading behind an empty line, with a paragraph below it."""
        line = self.lines[i]
        if line.prose > 0 or not line.gap:
            return False
        return self._is_heading(i, following) and self.lines[following].prose > 0

    def _is_of_the_text(self, i: int, said: set[str]) -> bool:
        """Whether a line is part of the text, and not what the front matter has: headline, byline,
        date, credit."""
        line = self.lines[i]
        if i in self.used or line.key in said:
            return False
        if line.label in ("caption", "credit"):
            return not self._is_caption(i)
        if self.bare and self._is_caption(i):
            return False  # of a brief on a page, no sentence may be lost
        return not self._is_of_head(i)

    def _is_of_head(self, i: int) -> bool:
        """Whether a line is beside the headline: its section, a date, a byline."""
        line = self.lines[i]
        is_section = i < self.title_at and line.words <= 6
        if is_section or (line.label == "stamp" and self._repeats_dates(line)):
            return True
        return line.label in LABELS_IN_HEAD and self.states[i] != BODY

    def _repeats_dates(self, line: Line) -> bool:
        """Whether all that a line says are the days of the article."""
        days = {date[:10] for date in self.dates}
        return bool(line.stamps) and all(stamp.value[:10] in days for stamp in line.stamps)

    def _body(self) -> str:
        order = self._paragraphs()
        kept = self._own_words(self._without_foot(order))
        blocks: list[str] = []
        for i, following in kept:
            blocks += self._block(i, following)
        while blocks and blocks[-1].startswith("## "):
            blocks.pop()
        return join_blocks(blocks)

    def _paragraphs(self) -> list[int]:
        """The lines of the body by the states of all lines."""
        body = (i for i, state in enumerate(self.states) if state == BODY and i not in self.used)
        kinds = ("prose", "short")
        return [i for i in body if self.lines[i].label in kinds or self._lone_names(i)]

    def _without_foot(self, order: list[int]) -> list[int]:
        """The lines ``order`` without those at the end in which the source speaks to its reader: on
        funding, rules for comments, its newsletter."""
        end = len(order)
        while len(order) - end < FOOT_LINES and end > 4 and self._is_of_foot(order[end - 1]):
            end -= 1
        return order[:end]

    def _is_of_foot(self, i: int) -> bool:
        line = self.lines[i]
        return line.prose <= 0 or (line.words < 90 and lexicon.speaks_to_reader(line.text))

    def _own_words(self, order: list[int]) -> Iterator[tuple[int, int]]:
        """(a line, the one behind it or -1) for the lines ``order`` that are no captions, no pull
        quotes, not repeated and not about an author."""
        about_author = set(filter(self._is_bio, self._last_prose(order)))
        longer = self._long_paragraphs()
        said = {lexicon.folded(self.dek)} if self.dek else set()
        for i, following in _with_next(order):
            if i in about_author or self._is_furniture(i, said, longer):
                continue
            said.add(self.lines[i].key)
            yield i, following

    def _last_prose(self, order: list[int]) -> list[int]:
        """The last paragraphs among the lines ``order``."""
        return [i for i in order if self.lines[i].prose > 0][-4:]

    def _is_furniture(self, i: int, said: set[str], longer: LongParagraphs) -> bool:
        """Whether a line is the headline again, a long one among those that are ``said``, a caption
        or a pull quote."""
        line = self.lines[i]
        if self._is_headline(line) or (line.words > 8 and line.key in said):
            return True
        return self._is_caption(i) or self._is_quoted(i, longer)

    def _long_paragraphs(self) -> LongParagraphs:
        long = [i for i in self._paragraphs() if self.lines[i].words > LONG]
        return LongParagraphs(long, [self.lines[i].key for i in long])

    def _is_quoted(self, i: int, longer: LongParagraphs) -> bool:
        """Whether a line is a pull quote, or says below one who said it."""
        line = self.lines[i]
        if longer.repeat(i, line):
            return True
        if not i or line.prose >= 0:
            return False
        above = self.lines[i - 1]
        if above.label == "names":
            return True
        return line.gap == 0 and longer.repeat(i - 1, above)

    def _block(self, i: int, following: int) -> list[str]:
        """A line of the body as a block of Markdown; nothing if it is a label."""
        line = self.lines[i]
        mark, text = _item_of(line)
        if mark or line.prose > 0:
            return [mark + escape_block(text)]
        if self._is_heading(i, following):
            return ["## " + escape_heading(text)]
        is_sentence = following >= 0 and _may_be_sentence(line)
        return [escape_block(text)] if is_sentence else []

    def _lone_names(self, i: int) -> bool:
        """A short heading of capitalised words between two paragraphs, which looks like a name."""
        if self.lines[i].label != "names" or not 0 < i < len(self.lines) - 1:
            return False
        text = self.lines[i].key
        is_author = any(lexicon.folded(person.name) in text for person in self.authors)
        return self.lines[i - 1].label == self.lines[i + 1].label == "prose" and not is_author

    def _is_bio(self, i: int) -> bool:
        """A line about an author at the foot: ``Jane Roe is a reporter …``, or below her name."""
        text = self.lines[i].text
        if any(_is_about(text, person.name) for person in self.authors):
            return True
        above = self.lines[i - 1].key if i else ""
        return bool(above) and above in {lexicon.folded(person.name) for person in self.authors}

    def _is_heading(self, i: int, following: int) -> bool:
        if following < 0 or not _may_be_heading(self.lines[i]):
            return False
        below = self.lines[following]
        return below.prose > 0 or (following - i <= 2 and below.words <= _HEADING_WORDS)


def _holder(line: Line) -> str:
    """Who holds the rights by a line such as `© 2026 The Salm Courier`; empty for another line."""
    if line.words > 30 or not any(sign in line.text for sign in _OF_RIGHTS):
        return ""
    match = COPYRIGHT.match(line.text)
    is_source = match and _may_be_source(match["name"]) and not whole_credit(line.text)
    return match["name"] if match and is_source else ""


def _may_be_source(name: str) -> bool:
    return name[0].isupper() and len(name.split()) <= 5


def _may_be_of_menu(line: Line) -> bool:
    """Whether a line may be one of a list of topics."""
    is_label = line.label in ("short", "names", "noise")
    return is_label and line.words <= 4 and not line.stamps


def _may_be_heading(line: Line) -> bool:
    """Whether a line is short enough for a heading, and does not shout a whole sentence."""
    if line.words > _HEADING_WORDS or len(line.text) > 120:
        return False
    return line.words <= 5 or not line.text.isupper()


def _item_of(line: Line) -> tuple[str, str]:
    """(the mark of an item if a line is one, its text without a bullet before it)."""
    bullet = BULLET.match(line.text)
    if bullet is None:
        return "", line.text
    is_item = line.prose > 0 or line.words > 3
    return "- " if is_item else "", line.text[bullet.end() :]


def _may_be_sentence(line: Line) -> bool:
    """Whether a line that reads like no text is kept all the same: it is neither short nor a
    list."""
    return line.words >= 6 and line.prose > -1


def _is_about(text: str, name: str) -> bool:
    """Whether a text begins as what is said about an author does."""
    if len(name) <= 4 or not text.startswith(name):
        return False
    return lexicon.BIO.match(text[len(name) :].lstrip(" ,")) is not None


def _people_of_sign_off(text: str) -> tuple[Person, ...]:
    """The people in the last words of a text, if these are a sign-off."""
    match = _SIGN_OFF.search(text[-240:])
    people = split_byline(match[1].strip(" ,;/")) if match else ()
    return tuple(person for person in people if looks_like_name(person.name))


def _people_of_credit(line: Line) -> tuple[Person, ...]:
    role = credit_role(line.text) if line.label == "credit" else "photo"
    return tuple(credit_people(line.credit, role))


def _place_of_byline(line: Line) -> str:
    """The place in a byline with a lead."""
    is_led = line.label == "byline" and has_lead(line.text)
    return byline_place(line.text) if is_led else ""


def _place_before_date(line: Line) -> str:
    """The place before the date of a line that is one, or has one beside its byline."""
    is_dated = line.label in SIGNATURES and bool(line.stamps)
    match = _STAMP_PLACE.match(line.text) if is_dated else None
    return match["place"] if match else ""


def _with_next(order: list[int]) -> Iterator[tuple[int, int]]:
    """(a line, the one behind it or -1) for the lines ``order``."""
    return zip(order, [*order[1:], -1], strict=False)


def _ranges(numbers: list[int]) -> str:
    """Line numbers, runs of them as one: ``3-7, 12``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number <= runs[-1][-1] + 2:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(map(_range, runs[:8])) + (" …" if len(runs) > 8 else "")


def _range(run: list[int]) -> str:
    return f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0])
