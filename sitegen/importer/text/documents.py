"""Several articles in one text: where each begins.

An article is cut off only where its own head is: a headline with a byline or a date near it. A line
of stars or dashes with none below it is a pause within an article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise, takewhile

from sitegen.base.text import count_words, unix_lines
from sitegen.importer.fields.text import clean_line
from sitegen.importer.text.labels import INNER_END, Line, is_signature, label_all
from sitegen.importer.text.press_labels import (
    FIELD_OF,
    FOOT_IN_WORDS,
    NUMBER_OF_EUROPRESSE,
    NUMBER_OF_FACTIVA,
    OF,
    label_of,
)
from sitegen.importer.text.wrapped import Paragraph, unwrap
from sitegen.model.base import Struct
from sitegen.names.byline import has_lead

MAX_DOCUMENTS = 5_000
MIN_LABELS = 4  # of a document that an export describes by labels
LABELS = 2  # of a document that a count begins
LEAST = 25  # words of running text in an article that is cut off
_HEAD_LINES = 6
# A rule, what agencies and editors write below the last line (`-30-`, `ENDS`, `(end)`), or the
# number of a clipping.
_RULE = re.compile(
    r"(?:[*#•·~=_–—-]\s*){3,}|[⁂※❦❧]+"
    r"|(?i:[#*(\[{–—-]+\s*(?:30|ends?|fin|ende|fine|slut|koniec|конец|son|終|完|끝)\s*[#*)\]}–—-]+)"
    r"|ENDS?|FIN|ENDE|(?:(?i:no|nr|n[°º]|№|#)\.?\s?)?[(\[]?\d{1,3}[.)\]]"
)
_NAMED = (
    r"(?:documents?|documentos?|documenti|dokumente?n?|articles?|artikel|artículos?|articoli"
    r"|texte?s?|clippings?|items?|stor(?:y|ies))"
)
_COUNTED = re.compile(
    rf"\W*(?:(?P<before>{_NAMED})\s+)?(?P<n>\d{{1,4}})\s*{OF}\s*(?P<m>\d{{1,4}})"
    rf"(?:\s+(?P<after>{_NAMED}))?\W*",
    re.I,
)
# What press databases write below each document.
_FOOTS = (
    re.compile(rf"\s*{FOOT_IN_WORDS}\s*", re.I),
    re.compile(rf"\s*(?:AN\s+)?{NUMBER_OF_FACTIVA}\s*"),
    re.compile(r"\s*End Page\s*:\s*\w{1,6}\s*", re.I),
    re.compile(rf"\s*{NUMBER_OF_EUROPRESSE}\s*"),
    re.compile(r"\s*Gale Document Number\s*:\s*\S{4,40}\s*", re.I),
)
_CONTENT_TYPE = r"(?:Content Type|Inhaltstyp|Type de contenu)\b"
# the cover of Nexis Uni: who searched for what and when, and the list of contents
_COVER = re.compile(
    r"(?:User Name|Date and Time|Job Number|Client/Matter|Search (?:Terms|Type)"
    r"|Benutzername|Datum und Uhrzeit|Job-?nummer|Mandant/Akte|Such(?:begriffe|typ|art)"
    r"|Nom d'utilisateur|Date et heure|Num[ée]ro de t[âa]che|Client/Dossier"
    r"|Termes de (?:la )?recherche|Type de recherche|Nombre de usuario|Fecha y hora"
    r"|Narrowed by|Eingegrenzt (?:nach|durch)|Restreint par|Content Type)\s?:.*"
    r"|(?:Documents?|Dokumente?|Documentos?) \(\d+\)|\W{0,3}About LexisNexis\b.*"
    r"|(?:Copyright © \d{4} )?LexisNexis"
    rf"|\|?\s*{_CONTENT_TYPE}.{{0,40}}",
    re.I,
)
_NUMBERED = re.compile(r"\d{1,4}\. \S.*")  # an entry of the list of contents
_TABLE_HEAD = re.compile(rf"\|?\s*{_CONTENT_TYPE}(?!\s?:)", re.I)
_HASHES = re.compile(r"#{1,3}\s+(?=\S)")
_EMPHASIS = re.compile(r"^[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}$")
_STOP = re.compile(r"[.;,:。]$")


_Filled = tuple[int, str]  # a row that is not empty: its number from 0, its text


class ClippedDocument(Struct, frozen=True):
    """One article's part of a text: the lines before it, its own lines, and whether a press
    database wrote it."""

    before: int
    lines: tuple[str, ...]
    exported: bool = False


def split_documents(text: str) -> list[ClippedDocument]:
    """The articles of ``text``, in their order; one where there is no sign of several.

    All lines are in one of them, but for the rules between them and the cover of an export.
    """
    pages = unix_lines(text).replace("\x0c", "\n\x0c\n")
    rows = pages.split("\n")
    starts, is_exported = _starts(rows)
    if len(starts) < (1 if is_exported else 2):
        return [ClippedDocument(0, tuple(text.split("\n")))]
    end = _end_of_last(rows, starts[-1]) if is_exported else len(rows)
    before = _lines_before(rows)
    found = [
        ClippedDocument(before[a], tuple(_trimmed(rows[a:b])), is_exported)
        for a, b in zip(starts[: 2 * MAX_DOCUMENTS], [*starts[1:], end], strict=False)
    ]
    return list(filter(_has_text, found))[:MAX_DOCUMENTS]


def _starts(rows: list[str]) -> tuple[list[int], bool]:
    """Where the articles of a text begin, and whether they are the documents of an export."""
    starts = _by_count(rows)
    if len(starts) < 2 and not _is_counted(rows, starts):
        starts = _by_foot(rows) or _by_labels(rows)
    return (starts, True) if starts else (_by_head(rows), False)


def _has_text(document: ClippedDocument) -> bool:
    return any(map(str.isalnum, "".join(document.lines)))


def signs_of_several(text: str) -> str:
    """What shows that a text, which was not divided, holds several articles all the same: labels or
    counts of a press database that come again; else an empty string."""
    rows = [row.strip() for row in text.split("\n")]
    again = _repeated_labels(rows)
    if len(again) >= 3 and _say_of_article(again):
        shown = ", ".join(f"`{label}`" for label in again[:3])
        return f"the labels {shown} come more than once"
    most = max(sum(map(_is_foot, rows)), sum(map(_is_named_count, rows)))
    return f"{most} lines end or count articles" if most > 1 else ""


def _repeated_labels(rows: list[str]) -> list[str]:
    labels = Counter(label_of(row) for row in rows if len(row) < 400)
    return sorted(label for label, number in labels.items() if label and number > 1)


def _is_foot(row: str) -> bool:
    return len(row) < 120 and any(foot.fullmatch(row) for foot in _FOOTS)


def _is_named_count(row: str) -> bool:
    match = _COUNTED.fullmatch(row)
    return bool(match and (match["before"] or match["after"]))


def _lines_before(rows: list[str]) -> list[int]:
    """The number of lines of the file before each row: a form feed was given rows of its own."""
    feeds = accumulate((row == "\x0c" for row in rows), initial=0)
    return [at - 2 * count for at, count in zip(range(len(rows)), feeds, strict=False)]


def _trimmed(rows: list[str]) -> list[str]:
    """``rows`` with an empty line in the place of the rule or the count that parts it from its
    neighbours."""
    out = ["" if row == "\x0c" else row for row in rows]
    filled = _rows_with_text(out)
    edges = {*filled[:1], *filled[-1:]}
    for n in filter(lambda n: _parts_neighbours(out[n]), edges):
        out[n] = ""
    return out


def _parts_neighbours(row: str) -> bool:
    return bool(_RULE.fullmatch(row.strip()) or _COUNTED.fullmatch(row))


# Exports of press databases -----------------------------------------------------------------


class _Count(Struct, frozen=True):
    """A line such as `Document 2 of 3`: its row, the two numbers, and whether it says what it
    counts."""

    row: int
    number: int
    total: int
    is_named: bool


def _by_count(rows: list[str]) -> list[int]:
    """Where `1 of 3 DOCUMENTS`, `Document 2 of 3` and their like are.

    They count from 1, unless each begins a document with labels: files of an export that was
    saved in parts, or put together from several, count otherwise.
    """
    counts = _counts(rows)
    if _is_whole_count(counts) and _begin_articles(rows, counts):
        return _rows_of(counts)
    named = _rows_of(filter(_is_named, counts))
    return named if named and _each_has_labels(rows, named) else []


def _rows_of(counts: Iterable[_Count]) -> list[int]:
    return [count.row for count in counts]


def _is_named(count: _Count) -> bool:
    return count.is_named


def _begin_articles(rows: list[str], counts: list[_Count]) -> bool:
    """Whether counts say that they count articles, or each has a head below it."""
    return all(map(_is_named, counts)) or _each_has_head(rows, _rows_of(counts))


def _counts(rows: list[str]) -> list[_Count]:
    found = (_count(at, row) for at, row in enumerate(rows))
    return [count for count in found if count is not None]


def _count(at: int, row: str) -> _Count | None:
    """What a row counts, or None."""
    may_count = 2 < len(row) < 200 and any(map(str.isdigit, row))
    match = _COUNTED.fullmatch(row) if may_count else None
    if match is None:
        return None
    return _Count(at, int(match["n"]), int(match["m"]), bool(match["before"] or match["after"]))


def _is_whole_count(counts: list[_Count]) -> bool:
    """Whether ``counts`` go from 1 on, with a total that all of them name."""
    if not counts or counts[0].number != 1:
        return False
    return all(b.number == a.number + 1 and a.total == b.total for a, b in pairwise(counts))


def _each_has_labels(rows: list[str], starts: list[int]) -> bool:
    """Whether each document that begins in one of ``starts`` has labels of a press database."""
    labels = ({label_of(row.strip()) for row in part} - {""} for part in _parts(rows, starts))
    return all(len(own) >= LABELS for own in labels)


def _parts(rows: list[str], starts: list[int]) -> Iterator[list[str]]:
    """The rows from each of ``starts`` to the next one, or to the end."""
    return (rows[a:b] for a, b in pairwise([*starts, len(rows)]))


def _is_counted(rows: list[str], starts: list[int]) -> bool:
    """Whether a single `1 of 1` begins the one document of an export."""
    return bool(starts) and count_words(" ".join(rows[starts[0] :])) >= LEAST


def _by_foot(rows: list[str]) -> list[int]:
    """Where the documents of an export begin, each of which ends in a line of its own kind."""
    of_each_kind = (_ends(rows, foot) for foot in _FOOTS)
    ends = next(filter(None, of_each_kind), [])
    if not ends:
        return []
    starts = [_end_of_cover(rows[: ends[0]]), *(at + 1 for at in ends)]
    return starts if _is_document(rows[starts[-1] :]) else starts[:-1]


def _ends(rows: list[str], foot: re.Pattern[str]) -> list[int]:
    """The rows of the kind ``foot``."""
    return [at for at, row in enumerate(rows) if len(row) < 120 and foot.fullmatch(row)]


def _is_document(rows: list[str]) -> bool:
    """Whether the rows below the last foot are a document that was cut off, and no summary of the
    search or the like: they have a paragraph."""
    return any(count_words(row) >= LEAST and INNER_END.search(row) for row in rows)


def _end_of_last(rows: list[str], start: int) -> int:
    """Where the last document ends: below its foot, if it has one."""
    for foot in _FOOTS:
        ends = [at for at in range(start, len(rows)) if foot.fullmatch(rows[at])]
        if ends and not _is_document(rows[ends[-1] + 1 :]):
            return ends[-1] + 1
    return len(rows)


def _by_labels(rows: list[str]) -> list[int]:
    """Where the documents of an export begin that names headline, source, day and so on by labels:
    each begins with the same one."""
    at_label = _labels_of(rows)
    if not _say_of_article(label for _, label in at_label):
        return []
    filled = _rows_with_text(rows)
    if len(at_label) < MIN_LABELS:
        return filled[:1] if _is_head_of_labels(at_label, filled) else []
    if at_label[MIN_LABELS - 1][0] > filled[: 6 * MIN_LABELS][-1]:
        return []  # a text in which a few lines happen to begin so
    return _records(rows, filled, at_label)


def _rows_with_text(rows: list[str]) -> list[int]:
    return [at for at, row in enumerate(rows) if row.strip()]


def _labels_of(rows: list[str]) -> list[tuple[int, str]]:
    """(a row that begins with a label, the label) for all of these."""
    labels = enumerate(label_of(row.strip()) for row in rows)
    return [(at, label) for at, label in labels if label]


def _is_head_of_labels(at_label: list[tuple[int, str]], filled: list[int]) -> bool:
    """Whether the first three lines of a text are its only labels."""
    return len(at_label) == 3 and [at for at, _ in at_label] == filled[:3]


def _records(rows: list[str], filled: list[int], at_label: list[tuple[int, str]]) -> list[int]:
    """Where the documents begin whose labels are in the rows ``at_label``."""
    top, first_label = at_label[0]
    starts = [at for at, label in at_label if label == first_label]
    records = [b for a, b in pairwise(starts) if _is_record(at_label, a, b)]
    most = filled.index(top)
    return [_above_label(rows, filled, at, most) for at in (top, *records)]


def _say_of_article(labels: Iterable[str]) -> bool:
    """Whether labels name where and when a text was published, and who wrote it or its headline."""
    fields = {FIELD_OF[label] for label in labels}
    return (
        len(fields & {"source", "info", "date", "page"}) > 0
        and len(fields & {"title", "authors"}) > 0
    )


def _is_record(at_label: list[tuple[int, str]], begin: int, end: int) -> bool:
    """Whether there are labels enough for a document from one row to another."""
    first = bisect_left(at_label, (begin, ""))
    last = bisect_left(at_label, (end, ""))
    return len({label for _, label in at_label[first:last]}) >= MIN_LABELS - 1


def _above_label(rows: list[str], filled: list[int], at: int, most: int) -> int:
    """The row that a document begins with whose first label is in row ``at``: the headline may be
    above it, as it is above the first label of the file (``most`` filled rows), below a rule."""
    n = bisect_left(filled, at)
    above = filled[max(0, n - most) : n]
    rules = [row for row in above if _RULE.fullmatch(rows[row].strip())]
    return rules[-1] + 1 if rules else (above[0] if above else at)


def _end_of_cover(rows: list[str]) -> int:
    """The row below the cover that an export begins with, 0 without one.

    Headlines in its list of contents may go on in the next line; its last line is known.
    """
    filled = [(n, rows[n].strip()) for n in _rows_with_text(rows)]
    of_cover = [k for k, (_, row) in enumerate(filled) if _COVER.fullmatch(row)]
    if not of_cover or of_cover[0] > 2:
        return _end_of_list(filled)
    last = _last_of_table(filled, of_cover[-1])
    return max(filled[last][0] + 1, _end_of_list(filled[last + 1 :]))


def _last_of_table(filled: list[_Filled], k: int) -> int:
    """The ``k``-th line, or the row with the values, if that line is the head of a table."""
    if not _TABLE_HEAD.match(filled[k][1]):
        return k
    below = k + 2 if _is_table_rule(filled, k + 1) else k + 1
    return min(below, len(filled) - 1)


def _is_table_rule(filled: list[_Filled], k: int) -> bool:
    """Whether the ``k``-th line is the one below the head of a table."""
    return k < len(filled) and not any(sign.isalnum() for sign in filled[k][1])


def _end_of_list(filled: list[_Filled]) -> int:
    """The row below the list of contents that ``filled`` begins with, 0 without one."""
    entries = [n + 1 for n, row in takewhile(lambda line: _NUMBERED.match(line[1]), filled)]
    return entries[-1] if entries else 0


# Clippings ----------------------------------------------------------------------------------


_BESIDE = ("credit", "caption", "noise")


class _ClippingHead(Struct, frozen=True):
    """The head of a clipping: the row that it begins in, whether it has a byline and a date, and
    its lines."""

    row: int
    byline: bool
    date: bool
    length: int


def _by_head(rows: list[str]) -> list[int]:
    """Where clippings begin: at rules with a head below them, else at heads that have byline and
    date."""
    full = _filled(unwrap(rows))
    top = full[0][0] if full else 0
    if full and _RULE.fullmatch(full[0][1]):
        full = full[1:]
    if len(full) < 6:
        return []
    return _with_text(rows, _heads(rows, full, top))


def _filled(paragraphs: Iterable[Paragraph]) -> list[_Filled]:
    """(the row that it begins in, its text) of each paragraph that is not empty."""
    texts = ((p.number - 1, clean_line(p.text)) for p in paragraphs)
    return [(row, text) for row, text in texts if text]


def _heads(rows: list[str], full: list[_Filled], top: int) -> list[int]:
    """Where heads begin, each of them below a rule but for the first one, which is the row
    ``top``; without rules, where heads come again."""
    below = _heads_below_rules(rows, full)
    if not below:
        return _repeated_heads(rows, full)
    is_divided = len(below) > 1 or any(_head(full))
    return [top, *below] if is_divided else []


def _heads_below_rules(rows: list[str], full: list[_Filled]) -> list[int]:
    """The rows below rules in which heads begin."""
    below = [k for k in range(1, len(full)) if _is_below_rule(rows, full, k)]
    return [full[k][0] for k in below if any(_head(full[k : k + _HEAD_LINES]))]


def _repeated_heads(rows: list[str], full: list[_Filled]) -> list[int]:
    """Where heads are, each with headline, byline and date, or all of them with the same one of the
    two; the first begins the text."""
    top = full[0][0]
    heads = [_head_of_run(rows, full[a:b], top) for a, b in _between_paragraphs(full)]
    alike = _alike(list(filter(None, heads)))
    is_several = len(alike) > 1 and alike[0] == top
    return alike if is_several else []


def _alike(heads: list[_ClippingHead]) -> list[int]:
    """The rows of the heads that are like the first one, which is one of them."""
    return [head.row for head in heads if _are_alike(heads[0], head)]


def _head_of_run(rows: list[str], run: list[_Filled], top: int) -> _ClippingHead | None:
    """The head in a run of short lines, or None; ``top`` is the first row of the text."""
    if not any(_may_sign(text) for _, text in run):
        return None
    lines = _labelled(run)
    at = next((i for i, line in enumerate(lines) if line.label not in _BESIDE), 0)
    head = _ClippingHead(lines[at].number - 1, *_head(run[at:]), len(run) - at)
    is_apart = head.row == top or not rows[head.row - 1].strip()
    return head if is_apart and _is_signed(head, lines[at]) else None


def _is_signed(head: _ClippingHead, first: Line) -> bool:
    """Whether a head has a byline or a date; a day above a line is of a box within an article, as
    often as not."""
    return head.byline or (head.date and first.label != "stamp")


def _are_alike(first: _ClippingHead, other: _ClippingHead) -> bool:
    """Whether two heads have the same of byline and date, or a date at the same distance from the
    text."""
    if (other.byline, other.date) == (first.byline, first.date):
        return True
    return first.date and other.date and other.length == first.length


def _between_paragraphs(full: list[_Filled]) -> list[tuple[int, int]]:
    """The runs of short lines: before the first paragraph, and between two."""
    out, begin = [], 0
    for k, (_, row) in enumerate(full):
        words = count_words(row)
        if words > 20 or (words >= 8 and _STOP.search(row)):
            if k > begin:
                out.append((begin, k))
            begin = k + 1
    return out


def _may_sign(row: str) -> bool:
    """Whether a line may be a byline or a date: cheap, as it is asked of every line."""
    return len(row) <= 160 and (has_lead(row) or any(c.isdigit() for c in row))


def _is_below_rule(rows: list[str], full: list[_Filled], k: int) -> bool:
    """Whether the line before the ``k``-th one is a rule, or a page ends between them."""
    n, before = full[k][0], full[k - 1]
    return bool(_RULE.fullmatch(before[1])) or "\x0c" in rows[before[0] + 1 : n]


def _head(full: list[_Filled]) -> tuple[bool, bool]:
    """(has a byline, has a date) of the head that ``full`` begins with; both false where there is
    no headline."""
    lines = _labelled(full[:_HEAD_LINES])
    head = lines[: _length_of_head(lines)]
    signed = list(filter(is_signature, head))
    if len(signed) == len(head):
        return False, False
    return any(line.label == "byline" for line in signed), any(line.stamps for line in signed)


def _length_of_head(lines: list[Line]) -> int:
    """How many of ``lines`` are of a head: the text goes on with the first sentence."""
    has_title = False
    for n, line in enumerate(lines):
        if is_signature(line):
            continue
        if line.words > 20 or not (has_title or _is_title(line)):
            return n
        has_title = True
    return len(lines)


def _is_title(line: Line) -> bool:
    short = line.label in ("short", "prose", "names") and 2 <= line.words <= 30
    return short and not _STOP.search(line.text) and not INNER_END.search(line.text)


def _labelled(full: list[_Filled]) -> list[Line]:
    rows = [Paragraph(n + 1, _EMPHASIS.sub("", _HASHES.sub("", row)), 0) for n, row in full]
    return label_all([row for row in rows if row.text], "", "", "")


def _each_has_head(rows: list[str], starts: list[int]) -> bool:
    """Whether there are several articles, each with a head below its row of ``starts``."""
    return len(starts) > 1 and all(any(_head(_filled_below(rows, at))) for at in starts)


def _filled_below(rows: list[str], at: int) -> list[_Filled]:
    """The lines below a row, as `_filled`."""
    near = enumerate(rows[at + 1 : at + 20], at + 2)
    return _filled(Paragraph(number, row, 0) for number, row in near)


def _with_text(rows: list[str], starts: list[int]) -> list[int]:
    """``starts`` where each article has running text; none at all where one of them has not."""
    if not starts:
        return []
    words = (count_words(" ".join(part)) for part in _parts(rows, starts))
    return starts if min(words) >= LEAST else []
