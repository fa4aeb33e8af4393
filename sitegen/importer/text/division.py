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
    begin = pieces[_first_of_article(lines, pieces)][0]
    return [HEAD if i < begin else state for i, state in enumerate(states)]


def _first_of_article(lines: list[Line], pieces: list[list[int]]) -> int:
    """The piece that the article begins with: the one with most words, or one above it that is not
    much smaller, or has a byline or date."""
    mass = [_words(lines, piece) for piece in pieces]
    main = mass.index(max(mass))
    heads = list(filter(lambda i: is_signature(lines[i]), range(len(lines))))
    for k in range(main):
        if mass[k] * 4 >= mass[main] or _is_signed(pieces, k, heads):
            return k
    return main


def _words(lines: list[Line], piece: list[int]) -> int:
    return sum(lines[i].words for i in piece)


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
