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
from itertools import islice

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
    Label,
    Line,
    country_of,
    label_all,
    undated,
)
from sitegen.importer.text.repeats import LONG, LongParagraphs
from sitegen.importer.text.segments import BODY, TAIL
from sitegen.importer.text.signs import CopiedPage
from sitegen.importer.text.wrapped import unquoted, unwrap
from sitegen.importer.to_markdown import join_blocks, plain_block
from sitegen.model.article import Person, Source
from sitegen.names.byline import byline_place, has_lead, read_helpers, split_byline
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
    rows = [
        msgspec.structs.replace(p, text=clean_line(p.text))
        for p in unwrap(unquoted(raw_lines(text)))
    ]
    rows = [row for row in rows if row.text]
    lang = lang or guess_language("\n".join(row.text for row in rows if len(row.text) > 60) or text)
    return label_all(rows, lang, country_of(source_url), zone), lang


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
        prose = (i for i in self._top(begin) if self._is_like_prose(self.lines[i]))
        for i in islice(prose, DEKS + 1):
            text = self.lines[i].text
            opens = self.lines[i].words > 12 and dateline(text, self.lang)
            if opens and not CITY_POINT.match(text):
                return i
        return -1

    def _is_like_prose(self, line: Line) -> bool:
        return line.label == "prose" or line.prose >= 1.2

    def _last_of_head(self, begin: int) -> int:
        """The last byline, date or name above the body, or -1."""
        prose, last = 0, -1
        middle = self._middle(begin) if self.bare else len(self.lines)
        for i in self._top(begin):
            line = self.lines[i]
            if i >= middle:
                break  # what signs the text is below it
            if self._is_head_line(i, last):
                last, prose = i, 0
            elif line.label == "prose" and line.prose >= 1.2 and not self._is_caption(i):
                prose += 1
            if prose > (DEKS if last < 0 else 1):
                break
        return last

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
        line = self.lines[i]
        above = self.lines[i - 1].text if i else ""
        if line.label in ("stamp", "byline"):
            return True
        if line.words <= 8 and _INTRO_BY.fullmatch(above):
            return True
        if line.label != "names":
            return False
        return last < 0 or i - self.title_at <= 2 or self._is_beside_signature(i)

    def _is_beside_signature(self, i: int) -> bool:
        """Whether a date or a byline is within two lines of a line."""
        near = [*self.lines[max(0, i - 2) : i], *self.lines[i + 1 : i + 3]]
        return any(line.label in ("stamp", "byline") for line in near)

    def _is_caption(self, i: int) -> bool:
        return is_caption(self.lines, self.states, self.bare, i)

    # -- the parts

    def result(self) -> Imported:
        lines, start = self.lines, self.start
        title = self._title() or self._first_words()
        credits = self._credits()
        authors = self.authors = self._judged_authors(self._authors(start))
        credits = merged(credits, self.helpers)
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
        english = self.lang in ("", "en")
        spun, marks = (
            spun_score(
                "\n".join(line.text for i, line in enumerate(lines) if self.states[i] == BODY)
            )
            if english
            else (0.0, ())
        )
        if spun:
            self.evidence.append(("spun", "words in the place of others: " + ", ".join(marks[:8])))
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

    def _title(self) -> str:
        """The headline, without the section before it; empty where there is none."""
        line = self.lines[self.title_at].text if self.title_at >= 0 else ""
        title, change = headline_of(clean_inline(line), self.lang)
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
        kept = {lexicon.folded(plain_block(b)) for b in re.split(r"\n+", body)}
        left = [
            line
            for i, line in enumerate(self.lines)
            if i not in self.used
            and not line.credit
            and not line.stamps
            and lexicon.folded(line.text) not in kept
        ]
        if left:
            shown = ", ".join(f"`{line.text[:30]}`" for line in left[:3])
            lines = f"{counted(len(left), 'line')} ({_ranges([line.number for line in left])})"
            self.evidence.append(("left out", f"{lines}, first {shown}"))

    def _authors(self, start: int) -> tuple[Person, ...]:
        begin = max(0, self.title_at - 2)
        end = min(len(self.lines), max(start, self.title_at + 1))
        led = sorted(
            (i for i in range(begin, end) if self.lines[i].label == "byline"),
            key=lambda i: not has_lead(self.lines[i].text),
        )
        for i in led:
            people = split_byline(undated(self.lines[i]))
            if people:
                self.note("authors", i)
                self.helpers = read_helpers(undated(self.lines[i]))
                return people
        for i in range(begin, end):
            # `Von` on a line of its own, the name on the next.
            if (
                _INTRO_BY.fullmatch(self.lines[i].text)
                and i + 1 < len(self.lines)
                and self.lines[i + 1].words <= 8
            ):
                people = split_byline(self.lines[i + 1].text)
                if people and people[0].name[:1].isupper():
                    self.note("authors", i + 1)
                    self.used.add(i)
                    return people
        named = [
            i
            for i in range(self.title_at + 1, end)
            if self.lines[i].label == "names"
            and not self._in_menu(i)
            and (self.lang != "de" or self._by_stamp(i))
        ]
        if named:
            self.note("authors", named[0])
            return self._with_org(split_byline(self.lines[named[0]].text), named[0])
        for i in range(self.title_at + 1, end):
            line = self.lines[i]
            beside = [
                self.lines[k].label
                for k in range(max(0, i - 1), min(len(self.lines), i + 3))
                if k != i
            ]
            if (
                line.label == "credit"
                and is_organisation(line.text)
                and "stamp" in beside
                and i > 0
                and not is_caption(self.lines, self.states, self.bare, i - 1)
            ):
                self.note("authors", i)
                return (Person(line.text),)
        return self._signed() or self._signed_below()

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
        likely = (i for i, chance in enumerate(chances) if chance >= LIKELY_BYLINE)
        for i in likely:
            if 0 < i - at <= 2 and self.lines[i].label == "names":
                known = {person.name.casefold() for person in people}
                others = [p for p in self._people_of(i) if p.name.casefold() not in known]
                people, at = (*people, *others), i
                self.used.add(i)
        return people

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
        for i in (
            reversed(range(max(self.start, len(self.lines) - FOOT), len(self.lines)))
            if self.bare
            else ()
        ):
            people = split_byline(undated(self.lines[i])) if self.lines[i].label == "byline" else ()
            if people:
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
        near = range(max(self.title_at + 1, i - 2), min(len(self.lines), i + 3))
        return (
            sum(
                self.lines[k].label in ("short", "names", "noise")
                and self.lines[k].words <= 4
                and not self.lines[k].stamps
                for k in near
            )
            >= 5
        )

    def _signed(self) -> tuple[Person, ...]:
        """Names at the foot: ``(Jane Roe, John Doe, 3.5.2024)`` or ``Reporting by Jane Roe in Port
        Salm``."""
        for i in reversed([i for i, s in enumerate(self.states) if s == BODY][-3:]):
            match = _SIGN_OFF.search(self.lines[i].text[-240:])
            people = (
                tuple(p for p in split_byline(match[1].strip(" ,;/")) if looks_like_name(p.name))
                if match
                else ()
            )
            if people:
                self.note("authors", i, "the sign-off in line")
                return people
        return ()

    def _dates(self, start: int) -> tuple[str, str]:
        """(date, updated): by the lines around the headline, below the text, or in its last one."""
        bodies = [i for i, state in enumerate(self.states) if state == BODY]
        head = self._dated_head(start)
        foot = self._dated(bodies[-1] + 1, bodies[-1] + 7) if bodies else []
        date, updated, unclear = self._stamped(head, foot)
        if not date and bodies:
            date = self._date_of_sign_off(bodies[-1])
        if not date and unclear >= 0:
            line = self.lines[unclear]
            self.doubts.append(
                f"line {line.number}: day and month could be the other way round:"
                f" `{line.text[:60]}`"
            )
        if not date and not updated and any(RELATIVE.search(self.lines[i].text) for i in head):
            self.doubts.append("the page shows only a relative date")
        if updated and not date:
            date, updated = updated, ""
        return date, change_after(date, updated)

    def _dated(self, start: int, end: int) -> list[int]:
        """The dates and bylines among the lines from ``start`` to before ``end``."""
        within = range(start, min(len(self.lines), end))
        return [i for i in within if self.lines[i].label in ("stamp", "byline")]

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
        date = updated = ""
        unclear = -1
        for i in [*head, *foot]:
            for stamp in self.lines[i].stamps:
                is_change = bool(lexicon.UPDATED.search(self.lines[i].text[: stamp.start]))
                if not stamp.clear:
                    unclear = i
                elif is_change and not updated:
                    updated = stamp.value
                    self.note("updated", i)
                elif not is_change and not date:
                    date = stamp.value
                    self.note("date", i)
            if date and (i in foot or updated):
                break
        return date, updated, unclear

    def _date_of_sign_off(self, i: int) -> str:
        """The date in the last words of the text, line ``i``; empty without."""
        match = _SIGN_OFF.search(self.lines[i].text[-240:])
        stamps = find_stamps(match[0], self.lang) if match else []
        date = next((stamp.value for stamp in stamps if stamp.value), "")
        if date:
            self.note("date", i, "the sign-off in line")
        return date

    def _dateline(self, start: int) -> str:
        at, place = next(self._places(start), (-1, ""))
        if place:
            self.note("dateline", at)
        return place

    def _places(self, start: int) -> Iterator[tuple[int, str]]:
        """(a line, the place that it says the text was written at): of the first two paragraphs,
        then of the head."""
        bodies = (i for i, state in enumerate(self.states) if state == BODY)
        paragraphs = (i for i in bodies if self.lines[i].label == "prose")
        for i in islice(paragraphs, 2):
            if place := dateline(self.lines[i].text, self.lang):
                yield i, place
        for i in range(max(0, self.title_at), min(len(self.lines), start)):
            if place := self._place_in_head(i):
                yield i, place

    def _place_in_head(self, i: int) -> str:
        """The place in a byline, before a date, or as a German city before the first sentence."""
        line = self.lines[i]
        is_led = line.label == "byline" and has_lead(line.text)
        if is_led and (place := byline_place(line.text)):
            return place
        is_dated = line.label in ("stamp", "byline") and bool(line.stamps)
        if is_dated and (match := _STAMP_PLACE.match(line.text)):
            return match["place"]
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

        likely = LIKELY_DEK_OF_BRIEF if self._prose_left() < BRIEF_WORDS else LIKELY_DEK

        def least(i: int) -> float:
            return POSSIBLE_DEK if i == by_rules else likely

        free = (i for i, c in enumerate(judged.chances) if c["dek"] >= least(i))
        deks = [i for i in free if i not in self.used and not self._is_caption(i)]
        if self.title_at < 0 or not deks:
            return -1
        return max(deks, key=lambda i: judged.chances[i]["dek"])

    def _dek_in_head(self, start: int) -> int:
        """The first line below the headline that is long enough for a dek, or -1."""
        lines, t = self.lines, self.title_at
        if t < 0:
            return -1
        metas = [i for i in range(t + 1, start) if lines[i].label in LABELS_IN_HEAD]
        last = metas[-1] if metas else t
        title = lexicon.folded(lines[t].text)
        for i in range(t + 1, start):
            line = lines[i]
            if (
                line.label not in ("prose", "short")
                or line.words < 6
                or self._is_caption(i)
                or lexicon.folded(line.text) == title
                or i in self.used
            ):
                continue
            if line.prose < 0 and line.words < 8 and i > last:
                continue
            return i
        return -1

    def _credits(self) -> tuple[Person, ...]:
        out: dict[tuple[str, str], Person] = {}
        last_body = max(
            (i for i, s in enumerate(self.states) if s == BODY), default=len(self.lines) - 1
        )
        first = -1
        for i, line in enumerate(self.lines[: last_body + 3]):
            if not line.credit or (i < self.title_at - 3) or self.states[i] == TAIL:
                continue
            for person in credit_people(
                line.credit, credit_role(line.text) if line.label == "credit" else "photo"
            ):
                if (person.name.casefold(), person.org.casefold()) not in out:
                    out[person.name.casefold(), person.org.casefold()] = person
                    first = i if first < 0 else first
        if first >= 0:
            self.note("credits", first)
        return tuple(out.values())

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
        title = self.lines[self.title_at].text if self.title_at >= 0 else ""
        said = {lexicon.folded(title), lexicon.folded(self.dek)} - {""}
        kept = (i for i, line in enumerate(self.lines) if line.label not in without)
        order = [i for i in kept if self._is_of_the_text(i, said)]
        blocks: list[str] = []
        for i, following in _with_next(order):
            blocks += self._block_of_whole(i, following, is_first=not blocks)
        return join_blocks(blocks)

    def _block_of_whole(self, i: int, following: int, *, is_first: bool) -> list[str]:
        """A line of a text without its page as a block of Markdown; nothing for a break that is not
        between two others."""
        line = self.lines[i]
        if BREAK.fullmatch(line.text):
            return [] if is_first or following < 0 else ["***"]
        if bullet := BULLET.match(line.text):
            return ["- " + escape_block(line.text[bullet.end() :])]
        may_be_heading = line.prose <= 0 and bool(line.gap) and not is_first
        if may_be_heading and self._is_heading(i, following) and self.lines[following].prose > 0:
            return ["## " + escape_heading(line.text)]
        return [escape_block(line.text)]

    def _is_of_the_text(self, i: int, said: set[str]) -> bool:
        """Whether a line is part of the text, and not what the front matter has: headline, byline,
        date, credit."""
        line = self.lines[i]
        if i in self.used or lexicon.folded(line.text) in said:
            return False
        credited = line.label in ("caption", "credit")
        if (self.bare or credited) and self._is_caption(i):
            return False  # of a brief on a page, no sentence may be lost
        if credited:
            return True
        if i < self.title_at and line.words <= 6:
            return False  # what is above a headline is its section
        if line.label == "stamp" and self._repeats_dates(line):
            return False
        return self.states[i] == BODY or line.label not in LABELS_IN_HEAD

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
        lines = self.lines
        said = {lexicon.folded(self.dek)} if self.dek else set()
        title = lexicon.folded(lines[self.title_at].text) if self.title_at >= 0 else ""
        last_prose = [i for i in order if lines[i].prose > 0][-4:]
        longer = self._long_paragraphs()
        for i, following in _with_next(order):
            key = lexicon.folded(lines[i].text)
            repeated = key == title or (key in said and lines[i].words > 8)
            if repeated or self._is_caption(i) or self._is_quoted(i, longer):
                continue
            if i in last_prose and self._is_bio(i):
                continue
            said.add(key)
            yield i, following

    def _long_paragraphs(self) -> LongParagraphs:
        long = [i for i in self._paragraphs() if self.lines[i].words > LONG]
        return LongParagraphs(long, [lexicon.folded(self.lines[i].text) for i in long])

    def _is_quoted(self, i: int, longer: LongParagraphs) -> bool:
        """Whether a line is a pull quote, or says below one who said it."""
        line = self.lines[i]
        if longer.repeat(i, line, lexicon.folded(line.text)):
            return True
        if not i or line.prose >= 0:
            return False
        above = self.lines[i - 1]
        if above.label == "names":
            return True
        return line.gap == 0 and longer.repeat(i - 1, above, lexicon.folded(above.text))

    def _block(self, i: int, following: int) -> list[str]:
        """A line of the body as a block of Markdown; nothing if it is a label."""
        line = self.lines[i]
        bullet = BULLET.match(line.text)
        text = line.text[bullet.end() :] if bullet else line.text
        if bullet and (line.prose > 0 or line.words > 3):
            return ["- " + escape_block(text)]
        if line.prose > 0:
            return [escape_block(text)]
        if self._is_heading(i, following):
            return ["## " + escape_heading(text)]
        is_sentence = line.words >= 6 and line.prose > -1 and following >= 0
        return [escape_block(text)] if is_sentence else []

    def _lone_names(self, i: int) -> bool:
        """A short heading of capitalised words between two paragraphs, which looks like a name."""
        if self.lines[i].label != "names" or not 0 < i < len(self.lines) - 1:
            return False
        text = lexicon.folded(self.lines[i].text)
        return self.lines[i - 1].label == self.lines[i + 1].label == "prose" and not any(
            lexicon.folded(p.name) in text for p in self.authors
        )

    def _is_bio(self, i: int) -> bool:
        """A line about an author at the foot: ``Jane Roe is a reporter …``, or below her name."""
        text = self.lines[i].text
        above = lexicon.folded(self.lines[i - 1].text) if i else ""
        for person in self.authors:
            if (
                len(person.name) > 4
                and text.startswith(person.name)
                and lexicon.BIO.match(text[len(person.name) :].lstrip(" ,"))
            ):
                return True
            if above and lexicon.folded(person.name) == above:
                return True
        return False

    def _is_heading(self, i: int, following: int) -> bool:
        line = self.lines[i]
        if line.words > 16 or len(line.text) > 120 or following < 0:
            return False
        if line.text.isupper() and line.words > 5:
            return False
        return self.lines[following].prose > 0 or (
            following - i <= 2 and self.lines[following].words <= 16
        )


def _holder(line: Line) -> str:
    """Who holds the rights by a line such as `© 2026 The Salm Courier`; empty for another line."""
    if line.words > 30 or not any(sign in line.text for sign in _OF_RIGHTS):
        return ""
    match = COPYRIGHT.match(line.text)
    if match is None or whole_credit(line.text):
        return ""
    name = match["name"]
    return name if name[0].isupper() and len(name.split()) <= 5 else ""


def _with_next(order: list[int]) -> Iterator[tuple[int, int]]:
    """(a line, the one behind it or -1) for the lines ``order``."""
    return zip(order, [*order[1:], -1], strict=False)


def _ranges(numbers: list[int]) -> str:
    """Line numbers, runs of them as one: ``3-7, 12``."""
    out: list[list[int]] = []
    for n in numbers:
        if out and n <= out[-1][-1] + 2:
            out[-1] = [out[-1][0], n]
        else:
            out.append([n])
    shown = ", ".join(f"{r[0]}-{r[-1]}" if len(r) > 1 else str(r[0]) for r in out[:8])
    return shown + (" …" if len(out) > 8 else "")
