"""Head, body, boxes and tail of a scraped text: the best path through all of its lines."""

from __future__ import annotations

from sitegen.importer.text.labels import Line

HEAD, BODY, BOX, TAIL = range(4)
_START = (0.0, -1.0, -2.0, -4.0)
# From (row) to (column): a box costs to open and to close, a tail is never left.
_MOVE = (
    (0.0, 0.0, -3.0, -6.0),
    (-9.0, 0.0, -2.0, -1.5),
    (-9.0, -1.2, 0.0, -0.5),
    (-99.0, -99.0, -99.0, 0.0),
)

Scores = tuple[float, float, float, float]

# How well a line with a label fits head, body, box and tail, whatever is around it.
_BY_LABEL: dict[str, Scores] = {
    "box": (0.0, -1.0, 1.6, 1.6),
    "stamp": (0.5, -1.0, 0.8, 0.9),
    "byline": (0.5, -1.0, 0.8, 0.9),
    "noise": (0.2, -0.25, 0.35, 0.4),
    "caption": (0.1, 0.0, -0.6, -0.3),
    "credit": (0.1, -0.1, 0.0, 0.0),
}


def divide(lines: list[Line], start: int = -1) -> list[int]:
    """The state (HEAD, BODY, BOX or TAIL) of each line: the best path through the whole document.

    ``start`` is the line before which there can be no body, where that is known.
    """
    scores = list(_START)
    back: list[tuple[int, ...]] = []
    for i, line in enumerate(lines):
        emitted = _emission(lines, i)
        if i < start:
            emitted = (emitted[0] + 50, emitted[1] - 50, emitted[2] - 50, emitted[3] - 50)
        elif start >= 0 and i == start:
            emitted = (emitted[0] - 50, emitted[1], emitted[2], emitted[3])
        row, nexts = [], []
        for state in range(4):
            move = [
                scores[k]
                + _MOVE[k][state]
                + (1.4 if line.label == "box" and state >= BOX and k == BODY else 0.0)
                for k in range(4)
            ]
            best = max(range(4), key=lambda k: move[k])
            row.append(best)
            nexts.append(move[best] + emitted[state])
        back.append(tuple(row))
        scores = nexts
    state = max(range(4), key=lambda k: scores[k])
    path = [state]
    for row_ in reversed(back[1:]):
        state = row_[state]
        path.append(state)
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
    if after is not None and after.label == "credit" and line.words < 40:
        p *= 0.2
    if _breaks(before) and (_breaks(after) or after is None):
        p *= 0.4 if line.words < 70 else 0.7  # alone among short lines: rather a teaser
    return p


def _is_teaser(line: Line, before: Line | None, after: Line | None) -> bool:
    """Whether a line is the text of a teaser: its title is above it without an empty line."""
    if before is None or after is None or line.gap:
        return False
    return before.label in ("short", "box") and before.prose < 0 and after.prose < 0


def _breaks(line: Line | None) -> bool:
    return line is not None and line.label in ("short", "names", "stamp", "byline", "box")


def _of_short(line: Line, before: Line | None, after: Line | None) -> Scores:
    """How well a short line or names fit: between two paragraphs, they may be a heading."""
    above = before.label if before is not None else ""
    below = after.label if after is not None else ""
    if above == below == "prose":
        return 0.15, -0.5, 0.3, 0.3
    if line.label == "names":
        return 0.3, -1.2, 0.5, 0.6
    if above in ("short", "names", "stamp", "byline"):
        return 0.15, -1.0, 0.5, 0.5
    return 0.15, -0.55 if line.words > 1 else -0.8, 0.35, 0.35
