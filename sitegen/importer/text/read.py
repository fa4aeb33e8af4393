"""Scraped text to an article: a classifier over all lines of the document.

Each line first gets a label by its own shape (noise, stamp, byline, credit, caption, prose, short).
A Viterbi pass then divides the document into head, body, boxes and tail, so that order and
neighbours count: a teaser with a full sentence among short lines is a box, a lone short line among
paragraphs a heading. Title, dek, byline and time stamp are then looked for in the head, where such
lines are.
"""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from sitegen.base.text import count_words, counted
from sitegen.importer.fields import vocabulary as lexicon
from sitegen.importer.fields.credits import credit_people, credit_role, is_agency, whole_credit
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
from sitegen.importer.fields.values import merged
from sitegen.importer.model import Imported
from sitegen.importer.text.labels import (
    BULLET,
    END,
    INNER_END,
    LABELS_IN_HEAD,
    REPORTING,
    Label,
    Line,
    country_of,
    is_quote,
    label_all,
    undated,
)
from sitegen.importer.text.segments import BODY, HEAD, TAIL, divide
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
_URL_LINE = re.compile(
    r"(?:(?:source|url|link|quelle|original|fuente|fonte|read entire article|read full"
    r" article|from|via"
    r"|permalink)\s*:?\s*)?<?(https?://[^\s<>\"']{4,800})>?$",
    re.I,
)
_COPYRIGHT = re.compile(
    r"(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?:copyright\s*)?(?:(?:19"
    r"|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?,?\s*)?(?P<name>(?:The "
    r"|[A-Z])[\w.&’' -]{2,40}?)\s*(?:,|\.|\||$|LLC|Inc|Ltd|GmbH|All |[-–])",
    re.I,
)
_SMALL = frozenset(
    (
        "the and for are was you they will with this that from have has not but who why how what"
        " all can der die das und ist les des une est los las una que con per non che its his her"
    ).split()
)
_HOME = frozenset(
    ["home", "startseite", "accueil", "inicio", "portada", "homepage", "front", "start"]
)
_INTRO_BY = re.compile(r"(?:by|von|par|por|di|text|text:|author|autor|autorin)\s*:?", re.I)
_CAPTION_WORD = re.compile(
    r"\((?:left|right|centre|center|links|rechts|file|archiv(?:bild|foto)?|symbolbild|à gauche|à"
    r" droite|izquierda|derecha)\)"
    r"|\b(?:pictured|file (?:photo|image|picture)|archivbild|symbolbild|photo d['’]archives?|foto"
    r" de archivo|foto d['’]archivio"
    r"|imagen de archivo)\b",
    re.I,
)


_TAKEN = frozenset(
    ["title", "authors", "date", "updated", "source"]
)  # what a line says, and so need not be in the body
_BREAK = re.compile(r"[\W_]{1,80}")
FIRST_WORDS = 9
FOOT = 6  # lines at the end of a text that may sign it


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
    rows = [
        msgspec.structs.replace(p, text=clean_line(p.text))
        for p in unwrap(unquoted(raw_lines(text)))
    ]
    rows = [row for row in rows if row.text]
    lang = lang or guess_language("\n".join(row.text for row in rows if len(row.text) > 60) or text)
    country = country_of(source_url)
    lines = label_all(rows, lang, country, zone)
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


class _Reading:
    """The lines of one document and what was found in them so far."""

    def __init__(self, lines: list[Line], lang: str, source_url: str) -> None:
        self.bare = _is_bare(lines)
        self.lines = [_as_text(line) for line in lines] if self.bare else lines
        self.lang, self.source_url = lang, source_url
        self.evidence: list[tuple[str, str]] = []
        self.doubts: list[str] = []
        self.states = self._divided()
        self.title_at = self._find_title()
        self.start = self._body_start()
        if self.start != self._first_body():
            self.states = self._divided(self.start)
        self.used: set[int] = set()
        self.authors: tuple[Person, ...] = ()
        self.helpers: tuple[Person, ...] = ()
        self.dek = ""
        self.dates = ("", "")

    def note(self, field: str, at: int, how: str = "line") -> None:
        self.evidence.append((field, f"from {how} {self.lines[at].number}"))
        if how == "line" and field in _TAKEN:
            self.used.add(at)

    def _divided(self, start: int = -1) -> list[int]:
        """The state of each line.

        A text without its page around it is an article to its last line.
        """
        if not self.bare:
            return self._only_main(divide(self.lines, start))
        if start >= 0:
            return [HEAD if i < start else BODY for i in range(len(self.lines))]
        states = divide(self.lines)
        first = next((i for i, s in enumerate(states) if s == BODY), len(states))
        return [HEAD if i < first else BODY for i in range(len(states))]

    def _first_body(self) -> int:
        return next((i for i, s in enumerate(self.states) if s == BODY), len(self.lines))

    def _only_main(self, states: list[int]) -> list[int]:
        """``states`` with pieces of body far above the main one (blurbs in a menu) made part of the
        head."""
        pieces: list[list[int]] = []
        for i, state in enumerate(states):
            if state == BODY and self.lines[i].label == "prose":
                if pieces and i - pieces[-1][-1] <= 8:
                    pieces[-1].append(i)
                else:
                    pieces.append([i])
        if len(pieces) < 2:
            return states
        mass = [sum(self.lines[i].words for i in piece) for piece in pieces]
        main = max(range(len(pieces)), key=lambda k: mass[k])
        heads = [
            i
            for i, line in enumerate(self.lines)
            if line.label == "byline" or (line.label == "stamp" and line.stamps)
        ]
        # A piece below a byline or a date is the article's, however soon a box interrupts it.
        signed = [
            any(
                max(pieces[k - 1][-1] if k else -1, pieces[k][0] - 30) < h < pieces[k][0]
                for h in heads
            )
            for k in range(main + 1)
        ]
        first = next((k for k in range(main + 1) if mass[k] * 4 >= mass[main] or signed[k]), main)
        begin = pieces[first][0]
        return [HEAD if i < begin else state for i, state in enumerate(states)]

    # -- title

    def _find_title(self) -> int:
        """The index of the headline, or -1.

        Candidates are scored by shape, place and shared words.
        """
        first = self._first_body()
        limit = (
            min(len(self.lines), max(first + 1, 3))
            if first < len(self.lines)
            else min(len(self.lines), 12)
        )
        body_words = Counter(
            w for i in range(len(self.lines)) if self.states[i] == BODY for w in self._words(i)
        )
        counts: dict[str, int] = {}
        for line in self.lines:
            key = lexicon.folded(line.text)
            counts[key] = counts.get(key, 0) + 1
        best, best_score = -1, 0.6
        for i in range(limit):
            score = self._title_score(i, first, body_words, counts)
            if score > best_score:
                best, best_score = i, score
        if best < 0:
            best = next((i for i in range(limit) if self._may_be_title(i)), -1)
        return self._first_of_names(limit) if best < 0 and self.bare else best

    def _first_of_names(self, limit: int) -> int:
        """The first of two lines, or -1, that look like names in a script without capitals, where
        a short headline does, too: the second one is the author."""
        names = [i for i in range(limit) if self.lines[i].label in ("names", "byline")]
        first = names[0] if len(names) > 1 else -1
        text = self.lines[first].text
        caseless = text.lower() == text.upper()
        return first if first >= 0 and self.lines[first].label == "names" and caseless else -1

    def _may_be_title(self, i: int) -> bool:
        """Whether a line can be the headline for want of a better one: in a text without its page,
        no paragraph can."""
        line = self.lines[i]
        if line.label not in ("short", "prose") or not 2 <= line.words <= 40:
            return False
        return not self.bare or line.prose < 1.2 or line.words <= 14

    def _words(self, i: int) -> set[str]:
        """The different words of a line, without case and punctuation."""
        return {w.strip(".,:;!?'’\"“”").lower() for w in self.lines[i].text.split()[:400]}

    def _title_score(
        self, i: int, first: int, body_words: Counter[str], counts: dict[str, int]
    ) -> float:
        line = self.lines[i]
        if (
            line.label in ("stamp", "byline", "credit", "caption")
            or line.words < 2
            or line.words > 40
            or len(line.text) > 260
        ):
            return -1.0
        if (
            self.bare
            and line.words > 14
            and line.prose >= 1.2
            and (END.search(line.text) or dateline(line.text, self.lang))
        ):
            return -1.0  # a paragraph
        if line.label in ("noise", "names") or (line.label == "box" and line.words < 6):
            return -0.5 if line.words < 5 else 0.0
        words = [w.strip(".,:;!?'’\"“”‘").lower() for w in line.text.split()]
        content = [
            w for w in words if len(w) > 4 or (w.isalpha() and len(w) > 2 and w not in _SMALL)
        ]
        own = int(
            self.states[i] == BODY
        )  # a line of the body shares its words with itself: that says nothing
        shared = sum(body_words[w] > own for w in content) / len(content) if content else 0.3
        score = 1.6 * shared + min(line.words, 9) * 0.13
        score -= (
            0.9 if END.search(line.text) and not line.text.endswith(("?", "!", "…", "...")) else 0.0
        )
        score -= 0.8 if line.words > 24 else 0.3 if line.words > 20 else 0.0
        score += 0.5 if counts[lexicon.folded(line.text)] == 2 and line.words > 4 else 0.0
        near = range(i + 1, min(len(self.lines), i + 14))
        sure = min((k - i for k in near if self.lines[k].label in ("stamp", "byline")), default=99)
        named = min((k - i for k in near if self.lines[k].label == "names"), default=99)
        score += max(
            0.9 if sure <= 2 else 0.75 if sure <= 4 else 0.4 if sure <= 9 else 0.0,
            0.5 if named <= 2 else 0.2 if named <= 4 else 0.0,
        )
        score -= min(0.7, 0.015 * max(0, first - i - 8))
        if self._is_crumb(i):
            score -= 0.5
        # The dek is right below the headline: of two such lines the upper one is the headline.
        above = i - 1
        while above >= 0 and self.lines[above].label in ("credit", "noise", "stamp", "caption"):
            above -= 1
        if (
            above >= 0
            and self.lines[above].label == "short"
            and self.lines[above].words >= 5
            and not self._is_crumb(above)
        ):
            score -= 1.25 if self.bare else 0.75
        return score

    def _is_crumb(self, i: int) -> bool:
        """The last of a trail such as `Home`, `Politics`, `This very article`, with its headline
        still to come."""
        above = self.lines[max(0, i - 3) : i]
        trail = (
            bool(above)
            and all(line.words <= 2 and line.label in ("short", "noise") for line in above)
            and lexicon.folded(above[0].text) in _HOME
        )
        after = range(i + 1, min(len(self.lines), i + 12))
        meta = next((k for k in after if self.lines[k].label in ("stamp", "byline")), i + 5)
        # A headline and its dek still follow; a single line would be this one's own dek.
        follow = [
            k
            for k in range(i + 1, min(meta, len(self.lines)))
            if self.lines[k].label in ("short", "prose") and self.lines[k].words >= 5
        ]
        return trail and len(follow) >= 2

    # -- where the body begins

    def _body_start(self) -> int:
        first = self._first_body()
        t = self.title_at
        begin = t + 1 if t >= 0 else 0
        start = max(first, begin) if first < len(self.lines) else begin
        start = min(start, len(self.lines))
        # A dateline opens the body, whatever prose (deks, captions) precedes it.
        prose = 0
        for i in range(begin, min(len(self.lines), begin + 60)):
            if self.lines[i].label == "prose" or self.lines[i].prose >= 1.2:
                if (
                    dateline(self.lines[i].text, self.lang)
                    and self.lines[i].words > 12
                    and prose <= 4
                    and not CITY_POINT.match(self.lines[i].text)
                ):
                    return i
                prose += 1
        prose, last = 0, -1
        weight = [line.words if line.label == "prose" else 0 for line in self.lines]
        for i in range(begin, min(len(self.lines), begin + 60)):
            line = self.lines[i]
            if self.bare and sum(weight[begin:i]) > sum(weight[i + 1 :]):
                break  # what signs the text is below it
            if self._is_head_line(i, last):
                last, prose = i, 0
            elif line.label == "prose" and line.prose >= 1.2 and not self._is_caption(i):
                prose += 1
                if prose > (4 if last < 0 else 1):
                    break
        if last >= begin:
            start = max(last + 1, begin) if start <= last else start
        return start

    def _is_head_line(self, i: int, last: int) -> bool:
        line = self.lines[i]
        if line.label in ("stamp", "byline") or (
            i and _INTRO_BY.fullmatch(self.lines[i - 1].text) and line.words <= 8
        ):
            return True
        if line.label != "names":
            return False
        near = [
            self.lines[k].label for k in range(max(0, i - 2), min(len(self.lines), i + 3)) if k != i
        ]
        return "stamp" in near or "byline" in near or i - self.title_at <= 2 or last < 0

    def _is_caption(self, i: int) -> bool:
        """A line that has its credit with it, or right behind it.

        Without a page around the text only the first is sure.
        """
        line = self.lines[i]
        if line.label == "caption" and self.bare:
            return not is_agency(line.credit) or line.words < 12
        if line.label in ("caption", "credit"):
            return True
        follow = self.lines[i + 1] if i + 1 < len(self.lines) else None
        if self.bare:
            credited = follow is not None and follow.label == "credit"
            return credited and line.words <= 42 and bool(_CAPTION_WORD.search(line.text))
        if follow is None or follow.label != "credit" or line.label not in ("prose", "short"):
            return (
                bool(_CAPTION_WORD.search(line.text))
                and line.words <= 40
                and self.states[i] != BODY
            )
        return _is_captioned_by(line, follow)

    # -- the parts

    def result(self) -> Imported:
        lines, start = self.lines, self.start
        title = clean_inline(lines[self.title_at].text) if self.title_at >= 0 else ""
        if title:
            self.note("title", self.title_at)
            self.used.add(self.title_at)
        else:
            title = self._first_words()
        credits = self._credits()
        authors = self.authors = self._authors(start)
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
        )

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
                and not self._is_caption(i - 1)
            ):
                self.note("authors", i)
                return (Person(line.text),)
        return self._signed() or self._signed_below()

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
        t = max(0, self.title_at)
        head = [
            i
            for i in range(max(0, t - 4), min(len(self.lines), max(start, t + 1)))
            if self.lines[i].label in ("stamp", "byline")
        ]
        if self.bare:
            below = range(max(start, len(self.lines) - FOOT), len(self.lines))
            head += [i for i in below if self.lines[i].label in ("stamp", "byline")]
        bodies = [i for i, s in enumerate(self.states) if s == BODY]
        foot = (
            [
                i
                for i in range(bodies[-1] + 1, min(len(self.lines), bodies[-1] + 7))
                if self.lines[i].label in ("stamp", "byline")
            ]
            if bodies
            else []
        )
        date = updated = ""
        unclear = -1
        for i in [*head, *foot]:
            for stamp in self.lines[i].stamps:
                if not stamp.clear:
                    unclear = i
                    continue
                if lexicon.UPDATED.search(self.lines[i].text[: stamp.start]):
                    if not updated:
                        updated = stamp.value
                        self.note("updated", i)
                elif not date:
                    date = stamp.value
                    self.note("date", i)
            if date and (i in foot or updated):
                break
        if not date and bodies:
            match = _SIGN_OFF.search(self.lines[bodies[-1]].text[-240:])
            stamps = [s for s in find_stamps(match[0], self.lang) if s.value] if match else []
            if stamps:
                date = stamps[0].value
                self.note("date", bodies[-1], "the sign-off in line")
        if not date and unclear >= 0:
            self.doubts.append(
                f"line {self.lines[unclear].number}: day and month could be the other way round:"
                f" `{self.lines[unclear].text[:60]}`"
            )
        if not date and not updated and any(RELATIVE.search(self.lines[i].text) for i in head):
            self.doubts.append("the page shows only a relative date")
        if updated and not date:
            date, updated = updated, ""
        return date, updated if updated[:10] >= date[:10] and updated != date else ""

    def _dateline(self, start: int) -> str:
        bodies = [
            i for i, s in enumerate(self.states) if s == BODY and self.lines[i].label == "prose"
        ][:2]
        for i in bodies:
            place = dateline(self.lines[i].text, self.lang)
            if place:
                self.note("dateline", i)
                return place
        for i in range(max(0, self.title_at), min(len(self.lines), start)):
            line = self.lines[i]
            if (
                line.label == "byline"
                and has_lead(line.text)
                and (place := byline_place(line.text))
            ):
                self.note("dateline", i)
                return place
            if (
                line.label in ("stamp", "byline")
                and (match := _STAMP_PLACE.match(line.text))
                and line.stamps
            ):
                self.note("dateline", i)
                return match["place"]
            if (
                line.prose >= 1.2
                and not self._is_caption(i)
                and (match := CITY_POINT.match(line.text))
                and self.lang == "de"
            ):
                self.note("dateline", i)
                return match["place"]
        return ""

    def _dek(self, start: int) -> str:
        lines, t = self.lines, self.title_at
        if t < 0:
            return ""
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
            self.note("dek", i)
            self.used.add(i)
            return clean_inline(line.text)
        # Below byline and stamp: the first paragraph is the dek where buttons part it from the
        # rest.
        bodies = [
            i
            for i in range(start, min(len(lines), start + 12))
            if lines[i].prose >= 1.2 and self.states[i] in (HEAD, BODY) and not self._is_caption(i)
        ]
        if (
            not self.bare
            and len(bodies) >= 2
            and lines[bodies[0]].words <= 60
            and not dateline(lines[bodies[0]].text, self.lang)
        ):
            between = [
                k
                for k in range(bodies[0] + 1, bodies[1])
                if self._is_caption(k)
                or (
                    lines[k].label == "noise"
                    and not re.match(
                        r"(?:advert|anzeige|werbung|publicidad|pubblicit)", lines[k].text, re.I
                    )
                )
            ]
            if between and bodies[0] - last <= 12:
                self.states[bodies[0]] = HEAD
                self.note("dek", bodies[0])
                return clean_inline(lines[bodies[0]].text)
        return ""

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
        canonical, how = self.source_url, "given"
        if not canonical:
            edge = [
                *range(min(6, len(self.lines))),
                *range(max(0, len(self.lines) - 4), len(self.lines)),
            ]
            for i in edge:
                match = _URL_LINE.fullmatch(self.lines[i].text)
                if match:
                    canonical, how = match[1], f"from line {self.lines[i].number}"
                    self.used.add(i)
                    break
        if canonical:
            self.evidence.append(("canonical", how))
        for i, line in enumerate(self.lines):
            outside = self.bare or self.states[i] != BODY
            if (
                line.words <= 30
                and outside
                and any(sign in line.text for sign in ("©", "opyright", "(c)"))
            ):
                match = _COPYRIGHT.match(line.text)
                if (
                    match
                    and not whole_credit(line.text)
                    and match["name"][0].isupper()
                    and len(match["name"].split()) <= 5
                ):
                    self.note("source", i)
                    return canonical, Source(clean_inline(match["name"]), canonical)
        return canonical, Source(url=canonical)

    # -- the body

    def _found_body(self) -> str:
        """The body among the lines of a page, or everything below the head where next to nothing
        of the prose would be left: a brief has too few lines to know it from its page."""
        body = self._body()
        prose = sum(
            line.words
            for i, line in enumerate(self.lines)
            if line.label == "prose" and i not in self.used
        )
        if prose < BRIEF_WORDS and count_words(body) < prose * 0.6:
            self.evidence.append(("body", "everything below the head, as the text is short"))
            return self._whole_body(without=("noise", "box", "short"))
        return body

    def _whole_body(self, without: tuple[Label, ...] = ()) -> str:
        """All that is below the head of a text without its page: paragraphs, headings, breaks,
        lists; but for lines of the kinds ``without``."""
        lines = self.lines
        said = {
            lexicon.folded(t)
            for t in (lines[self.title_at].text if self.title_at >= 0 else "", self.dek)
            if t
        }
        order = [
            i
            for i in range(len(lines))
            if self._is_of_the_text(i, said) and lines[i].label not in without
        ]
        blocks: list[str] = []
        for place, i in enumerate(order):
            line = lines[i]
            bullet = BULLET.match(line.text)
            following = order[place + 1] if place + 1 < len(order) else -1
            if _BREAK.fullmatch(line.text):
                blocks += ["***"] if blocks and following >= 0 else []
            elif bullet:
                blocks.append("- " + escape_block(line.text[bullet.end() :]))
            elif (
                line.prose <= 0
                and line.gap
                and blocks
                and self._is_heading(i, following, -1)
                and lines[following].prose > 0
            ):
                blocks.append("## " + escape_heading(line.text))
            else:
                blocks.append(escape_block(line.text))
        return join_blocks(blocks)

    def _is_of_the_text(self, i: int, said: set[str]) -> bool:
        """Whether a line is part of the text, and not what the front matter has: headline, byline,
        date, credit."""
        line = self.lines[i]
        if i in self.used or lexicon.folded(line.text) in said - {""}:
            return False
        credited = line.label in ("caption", "credit")
        if (self.bare or credited) and self._is_caption(i):
            return False  # of a brief on a page, no sentence may be lost
        if credited:
            return True
        if i < self.title_at and line.words <= 6:
            return False  # what is above a headline is its section
        if (
            line.label == "stamp"
            and line.stamps
            and all(s.value[:10] in [d[:10] for d in self.dates] for s in line.stamps)
        ):
            return False
        return self.states[i] == BODY or line.label not in LABELS_IN_HEAD

    def _body(self) -> str:
        lines, states = self.lines, self.states
        paragraphs = {
            i
            for i, s in enumerate(states)
            if s == BODY
            and (lines[i].label in ("prose", "short") or self._lone_names(i))
            and i not in self.used
        }
        long = [lexicon.folded(lines[i].text) for i in sorted(paragraphs) if lines[i].words > 20]
        title = lexicon.folded(lines[self.title_at].text) if self.title_at >= 0 else ""
        order = sorted(paragraphs)
        blocks: list[str] = []
        seen: set[str] = {lexicon.folded(self.dek)} if self.dek else set()
        last_prose = [i for i in order if lines[i].prose > 0][-4:]
        # At the foot the source speaks to its reader: on funding, rules for comments, its
        # newsletter.
        for _ in range(8):
            last = lines[order[-1]] if len(order) > 4 else None
            if last is not None and (
                last.prose <= 0 or (last.words < 90 and lexicon.speaks_to_reader(last.text))
            ):
                order.pop()
        for place, i in enumerate(order):
            line = lines[i]
            key = lexicon.folded(line.text)
            if self._is_caption(i) or key == title or (key in seen and line.words > 8):
                continue
            if self._pulled(i, key, long) or (i in last_prose and self._is_bio(i)):
                continue
            if (
                i
                and line.prose < 0
                and (
                    lines[i - 1].label == "names"
                    or (
                        line.gap == 0
                        and self._pulled(i - 1, lexicon.folded(lines[i - 1].text), long)
                    )
                )
            ):
                continue  # who said the pull quote above
            seen.add(key)
            bullet = BULLET.match(line.text)
            text = line.text[bullet.end() :] if bullet else line.text
            if line.prose > 0 or (bullet and line.words > 3):
                blocks.append(("- " + escape_block(text)) if bullet else escape_block(text))
            elif self._is_heading(
                i,
                order[place + 1] if place + 1 < len(order) else -1,
                order[place - 1] if place else -1,
            ):
                blocks.append("## " + escape_heading(text))
            elif line.words >= 6 and line.prose > -1 and place + 1 < len(order):
                blocks.append(escape_block(text))
        while blocks and blocks[-1].startswith("## "):
            blocks.pop()
        return join_blocks(blocks)

    def _pulled(self, i: int, key: str, long: list[str]) -> bool:
        """A pull quote: its line is repeated inside a longer paragraph."""
        line = self.lines[i]
        return 4 <= line.words <= 45 and any(
            len(text) > len(key) + 20 and key in text for text in long
        )

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

    def _is_heading(self, i: int, following: int, before: int) -> bool:
        line = self.lines[i]
        if line.words > 16 or len(line.text) > 120 or following < 0:
            return False
        if line.text.isupper() and line.words > 5:
            return False
        return self.lines[following].prose > 0 or (
            following - i <= 2 and self.lines[following].words <= 16
        )


def _is_captioned_by(line: Line, credit: Line) -> bool:
    """Whether ``line``, directly above a credit line on a page, is the caption that it belongs to.

    Behind an empty line only what is certain: one short sentence that quotes nobody and reports
    nobody's words. Anything else may be a paragraph, and stays.
    """
    if credit.gap == 0:
        return 4 <= line.words <= 90
    spoken = is_quote(line.text) or lexicon.REPORTS.search(line.text)
    if spoken or INNER_END.search(line.text):
        return False
    stopped = END.search(line.text) and not line.text.endswith("?")
    least = 3 if stopped else 4  # a heading has no full stop
    return least <= line.words <= 25


def _is_bare(lines: list[Line]) -> bool:
    """Whether a text was copied without the page around it: no buttons, no teasers below it, one
    head."""
    if any(_is_furniture(line) for line in lines):
        return False
    stamps = [line for line in lines if line.label == "stamp"]
    if (
        len(stamps) > 3
        or any(not line.stamps for line in stamps)
        or sum(line.label == "credit" for line in lines) > 3
    ):
        return False
    first = next((i for i, line in enumerate(lines) if line.label == "prose"), len(lines))
    teasers = 0
    for line in lines[first:]:
        teasers = (
            teasers + 1
            if line.label in ("short", "names", "stamp")
            and line.gap
            and not BULLET.match(line.text)
            else 0
        )
        if teasers > 2:
            return False
    return True


def _is_furniture(line: Line) -> bool:
    """Whether a line is of the page around an article: a button, a share bar, a list of other
    articles."""
    if (
        line.label not in ("noise", "box")
        or _BREAK.fullmatch(line.text)
        or (line.words >= 12 and END.search(line.text))
    ):
        return False
    return not (
        REPORTING.match(line.text) or _COPYRIGHT.match(line.text) or _URL_LINE.fullmatch(line.text)
    )


def _as_text(line: Line) -> Line:
    """``line`` as what it is where there is no page around: no furniture."""
    if line.label not in ("noise", "box"):
        return line
    prose = max(line.prose, 1.2) if line.words >= 12 else line.prose
    return msgspec.structs.replace(line, label="prose" if prose > 0 else "short", prose=prose)


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
