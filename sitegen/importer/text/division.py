"""Which lines of a text are its head, its body, boxes and tail."""

from __future__ import annotations

from sitegen.importer.text.labels import Line
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
    pieces: list[list[int]] = []
    for i, state in enumerate(states):
        if state == BODY and lines[i].label == "prose":
            if pieces and i - pieces[-1][-1] <= 8:
                pieces[-1].append(i)
            else:
                pieces.append([i])
    if len(pieces) < 2:
        return states
    mass = [sum(lines[i].words for i in piece) for piece in pieces]
    main = max(range(len(pieces)), key=lambda k: mass[k])
    heads = [
        i
        for i, line in enumerate(lines)
        if line.label == "byline" or (line.label == "stamp" and line.stamps)
    ]
    # A piece below a byline or a date is the article's, however soon a box interrupts it.
    signed = [
        any(
            max(pieces[k - 1][-1] if k else -1, pieces[k][0] - 30) < h < pieces[k][0] for h in heads
        )
        for k in range(main + 1)
    ]
    first = next((k for k in range(main + 1) if mass[k] * 4 >= mass[main] or signed[k]), main)
    begin = pieces[first][0]
    return [HEAD if i < begin else state for i, state in enumerate(states)]
