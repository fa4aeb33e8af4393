"""Which lines of a text are its head, its body, boxes and tail."""

from __future__ import annotations

from sitegen.importer.text.labels import Line, is_signature
from sitegen.importer.text.segments import BODY, HEAD, divide


def divided(lines: list[Line], is_bare: bool, start: int = -1) -> list[int]:
    """The state of each line; ``start`` is where the body begins, if that is known.

    A text without its page around it is an article to its last line.
    """
    if not is_bare:
        return _only_main(lines, divide(lines, start))
    if start >= 0:
        return [HEAD if i < start else BODY for i in range(len(lines))]
    states = divide(lines)
    first = first_body(states)
    return [HEAD if i < first else BODY for i in range(len(states))]


def first_body(states: list[int]) -> int:
    """The first line of the body, or the number of lines without one."""
    return next((i for i, state in enumerate(states) if state == BODY), len(states))


def _only_main(lines: list[Line], states: list[int]) -> list[int]:
    """``states`` with pieces of body far above the main one (blurbs in a menu) made part of the
    head."""
    pieces = _pieces(lines, states)
    if len(pieces) < 2:
        return states
    mass = [sum(lines[i].words for i in piece) for piece in pieces]
    main = max(range(len(pieces)), key=lambda k: mass[k])
    heads = [i for i, line in enumerate(lines) if is_signature(line)]
    large = (k for k in range(main) if mass[k] * 4 >= mass[main] or _is_signed(pieces, k, heads))
    begin = pieces[next(large, main)][0]
    return [HEAD if i < begin else state for i, state in enumerate(states)]


def _pieces(lines: list[Line], states: list[int]) -> list[list[int]]:
    """The paragraphs of the body, parted where more than eight lines are between two."""
    pieces: list[list[int]] = []
    for i, state in enumerate(states):
        if state != BODY or lines[i].label != "prose":
            continue
        if pieces and i - pieces[-1][-1] <= 8:
            pieces[-1].append(i)
        else:
            pieces.append([i])
    return pieces


def _is_signed(pieces: list[list[int]], k: int, heads: list[int]) -> bool:
    """Whether a byline or a date is right above a piece: it is the article's, however soon a box
    interrupts it."""
    above = pieces[k - 1][-1] if k else -1
    first = pieces[k][0]
    return any(max(above, first - 30) < head < first for head in heads)
