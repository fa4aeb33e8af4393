"""Head, body, boxes and tail of a scraped text: the best path through all of its lines."""

from __future__ import annotations

from operator import add

from sitegen.importer.text.labels import Line

HEAD, BODY, BOX, TAIL = range(4)

Scores = tuple[float, float, float, float]

_START: Scores = (0.0, -1.0, -2.0, -4.0)
# Into (row) from (column): a box costs to open and to close, a tail is never left.
_MOVES: tuple[Scores, ...] = (
    (0.0, -9.0, -9.0, -99.0),
    (0.0, 0.0, -1.2, -99.0),
    (-3.0, -2.0, 0.0, -99.0),
    (-6.0, -1.5, -0.5, 0.0),
)
# The same where the line is the heading of a box: it ends a body.
_MOVES_AT_BOX: tuple[Scores, ...] = (
    *_MOVES[:BOX],
    (-3.0, -2.0 + 1.4, 0.0, -99.0),
    (-6.0, -1.5 + 1.4, -0.5, 0.0),
)
# What a line gains in each state by being above the known start of the body, or at it.
_ABOVE_START: Scores = (50.0, -50.0, -50.0, -50.0)
_AT_START: Scores = (-50.0, 0.0, 0.0, 0.0)
_ANYWHERE: Scores = (0.0, 0.0, 0.0, 0.0)

# How well a line with a label fits head, body, box and tail, whatever is around it.
_BY_LABEL: dict[str, Scores] = {
    "box": (0.0, -1.0, 1.6, 1.6),
    "stamp": (0.5, -1.0, 0.8, 0.9),
    "byline": (0.5, -1.0, 0.8, 0.9),
    "noise": (0.2, -0.25, 0.35, 0.4),
    "caption": (0.1, 0.0, -0.6, -0.3),
    "credit": (0.1, -0.1, 0.0, 0.0),
}
_HEADING: Scores = (0.15, -0.5, 0.3, 0.3)
_NAMES: Scores = (0.3, -1.2, 0.5, 0.6)
_SHORT_BELOW_SHORT: Scores = (0.15, -1.0, 0.5, 0.5)
_SHORT: Scores = (0.15, -0.55, 0.35, 0.35)
_WORD: Scores = (0.15, -0.8, 0.35, 0.35)


def divide(lines: list[Line], start: int = -1) -> list[int]:
    """The state (HEAD, BODY, BOX or TAIL) of each line: the best path through the whole document.

    ``start`` is the line before which there can be no body, where that is known.
    """
    scores: list[float] = list(_START)
    origins: list[list[int]] = []
    for i, line in enumerate(lines):
        moves = _MOVES_AT_BOX if line.label == "box" else _MOVES
        ways = [[*map(add, scores, row)] for row in moves]
        best = [*map(max, ways)]
        origins.append([way.index(score) for way, score in zip(ways, best, strict=True)])
        fits = map(add, _emission(lines, i), _by_start(i, start))
        scores = [*map(add, best, fits)]
    return _path(origins, scores.index(max(scores)))


def _by_start(i: int, start: int) -> Scores:
    """What line ``i`` gains in each state by where the body is known to begin (-1: nowhere)."""
    if i < start:
        return _ABOVE_START
    return _AT_START if i == start else _ANYWHERE


def _path(origins: list[list[int]], last: int) -> list[int]:
    """The states that lead to ``last``; ``origins`` says for each line and state where it came
    from."""
    path = [last]
    for row in reversed(origins[1:]):
        path.append(row[path[-1]])
    return path[::-1]


def _emission(lines: list[Line], i: int) -> Scores:
    """How well line ``i`` fits head, body, box and tail."""
    line = lines[i]
    before = lines[i - 1] if i else None
    after = lines[i + 1] if i + 1 < len(lines) else None
    if line.label == "prose":
        p = _weight_of_prose(line, before, after)
        return -p, p, -p * 0.75, -p * 0.7
    if line.label in ("short", "names"):
        return _of_short(line, before, after)
    return _BY_LABEL[line.label]


def _weight_of_prose(line: Line, before: Line | None, after: Line | None) -> float:
    """How much prose is like a paragraph of the body, by the lines around it."""
    p = line.prose
    if _is_teaser(line, before, after):
        p -= 0.8
    if _is_captioned(line, after):
        p *= 0.2
    if _is_alone(before, after):
        p *= 0.4 if line.words < 70 else 0.7
    return p


def _is_captioned(line: Line, after: Line | None) -> bool:
    """Whether a line may be the caption above a credit."""
    return after is not None and after.label == "credit" and line.words < 40


def _is_alone(before: Line | None, after: Line | None) -> bool:
    """Whether a line is between short lines: rather a teaser than a paragraph."""
    return _breaks(before) and (after is None or _breaks(after))


def _is_teaser(line: Line, before: Line | None, after: Line | None) -> bool:
    """Whether a line is the text of a teaser: its title is above it without an empty line."""
    if before is None or after is None or line.gap:
        return False
    return before.label in ("short", "box") and before.prose < 0 and after.prose < 0


def _breaks(line: Line | None) -> bool:
    return line is not None and line.label in ("short", "names", "stamp", "byline", "box")


def _of_short(line: Line, before: Line | None, after: Line | None) -> Scores:
    """How well a short line or names fit: between two paragraphs, they may be a heading."""
    above, below = _label(before), _label(after)
    if above == below == "prose":
        return _HEADING
    if line.label == "names":
        return _NAMES
    if above in ("short", "names", "stamp", "byline"):
        return _SHORT_BELOW_SHORT
    return _SHORT if line.words > 1 else _WORD


def _label(line: Line | None) -> str:
    return line.label if line is not None else ""
