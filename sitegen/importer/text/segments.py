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


def _breaks(line: Line | None) -> bool:
    return line is not None and line.label in ("short", "names", "stamp", "byline", "box")


def _emission(lines: list[Line], i: int) -> tuple[float, float, float, float]:
    """How well line ``i`` fits head, body, box and tail."""
    line = lines[i]
    if line.label == "prose":
        p = line.prose
        after = lines[i + 1] if i + 1 < len(lines) else None
        before = lines[i - 1] if i else None
        if (
            line.gap == 0
            and before is not None
            and before.label in ("short", "box")
            and before.prose < 0
            and after is not None
            and after.prose < 0
        ):
            p -= 0.8  # a teaser: title and text without a blank line between
        if after is not None and after.label == "credit" and line.words < 40:
            p *= 0.2
        if _breaks(before) and (_breaks(after) or after is None):
            p *= (
                0.4 if line.words < 70 else 0.7
            )  # alone among short lines: a teaser rather than a paragraph
        return -p, p, -p * 0.75, -p * 0.7
    if line.label in ("short", "names"):
        before, after = lines[i - 1] if i else None, lines[i + 1] if i + 1 < len(lines) else None
        lone = (
            before is not None
            and after is not None
            and before.label == "prose"
            and after.label == "prose"
        )
        if lone:
            return 0.15, -0.5, 0.3, 0.3
        if line.label == "names":
            return 0.3, -1.2, 0.5, 0.6
        if before is not None and before.label in ("short", "names", "stamp", "byline"):
            return 0.15, -1.0, 0.5, 0.5
        return 0.15, -0.55 if line.words > 1 else -0.8, 0.35, 0.35
    if line.label == "box":
        return 0.0, -1.0, 1.6, 1.6
    if line.label in ("stamp", "byline"):
        return 0.5, -1.0, 0.8, 0.9
    if line.label == "noise":
        return 0.2, -0.25, 0.35, 0.4
    if line.label == "caption":
        return 0.1, 0.0, -0.6, -0.3
    return 0.1, -0.1, 0.0, 0.0  # a credit
