"""The shapes of front pages and lists, chosen by what there is to show.

Heights are those of a page 1,232 pixels wide, in the type of `themes/base/assets/base.css`. They
need not be exact: they decide how many articles make columns of about the same height. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sitegen.base.headline import STEPS, width
from sitegen.model.base import Struct
from sitegen.model.site import Card
from sitegen.model.views import BlockRow, Top

ROW_CARDS = 12  # of which the rows of one section are made
LONE_CARDS = 24  # the same, where the site has one section only


# How high a card is ----------------------------------------------------------------------------
class Setting(Struct, frozen=True):
    """How a card is set: pixels of a line, letters on a line, lines at most."""

    head: float
    head_letters: int
    text: float = 24
    text_letters: int = 40
    text_lines: int = 0
    picture: float = 0
    others: float = 60  # section, byline, the room below


LEAD = Setting(58, 23, 27, 66, 5, 396, 80)
STACK = Setting(22, 31, 24, 40, 3, 204, 84)
BRIEF = Setting(21, 35, others=46)
FEATURE = Setting(38, 34, 24, 80, 3, 350, 70)
THUMB = Setting(22, 44, 24, 62, 2, 0, 72)
OPENING = Setting(38, 46, 24, 96, 3, 446, 70)
BESIDE_OPENING = Setting(22, 42, 24, 52, 3, 262, 84)


def height(card: Card, style: Setting, pictures: bool = True) -> float:
    """About how many pixels ``card`` takes in ``style``."""
    letters = width(card.title)
    steps = sum(letters > longest for longest, _ in STEPS)
    size = 1 - 0.12 * steps if style.head > 30 else 1
    head = min(4, _lines(letters, style.head_letters / size)) * style.head * size
    text = min(style.text_lines, _lines(width(card.summary), style.text_letters)) * style.text
    return head + text + style.others + (style.picture if pictures and card.image else 0)


def _lines(letters: int, on_a_line: float) -> int:
    return -int(-letters // on_a_line)


def filling(cards: Sequence[Card], style: Setting, room: float, pictures: bool = True) -> int:
    """How many of ``cards``, one below the other, come closest to a height of ``room``."""
    total, best, missed = 0.0, 0, room
    for number, card in enumerate(cards, 1):
        total += height(card, style, pictures)
        if abs(total - room) < missed:
            best, missed = number, abs(total - room)
    return best


# The top of a front page -----------------------------------------------------------------------
SIDE = range(2, 6)  # how many cards a column beside the lead may have
RAIL = range(4, 11)  # how many lines of the latest
LOWEST = 420  # pixels that the top has at least


def top_of(lead: Card, latest: Sequence[Card], pictures: bool) -> Top:
    """How the newest articles are set around the lead: a column beside it, a rail of lines, and
    pairs of articles below a lead that is lower than both."""
    if len(latest) < SIDE.start:
        return Top("solo", beside=len(latest))
    own = height(lead, LEAD, pictures)
    room = max(own, LOWEST)
    side = _within(SIDE, latest, STACK, room, pictures)
    if len(latest) < SIDE.start + RAIL.start:
        return Top("duo", beside=min(len(latest), side))
    side = min(side, len(latest) - RAIL.start)
    room = max(room, sum(height(card, STACK, pictures) for card in latest[:side]))
    under = _pairs(latest[side : len(latest) - RAIL.start], room - own)
    rail = latest[side + under :]
    return Top("trio", side, under, min(len(rail), _within(RAIL, rail, BRIEF, room)))


def _within(
    bounds: range, cards: Sequence[Card], style: Setting, room: float, pictures: bool = True
) -> int:
    """How many of ``cards`` fill ``room``, within ``bounds``."""
    return max(bounds.start, filling(cards[: bounds.stop - 1], style, room, pictures))


def _pairs(cards: Sequence[Card], room: float) -> int:
    """How many of ``cards`` fill ``room``, two side by side."""
    highest = [
        max(height(c, STACK, False) for c in cards[n : n + 2]) for n in (0, 2)[: len(cards) // 2]
    ]
    total, count = 0.0, 0
    for one in highest:
        total += one
        count += 2 if total - one / 2 < room else 0
    return count


# The rows of a section -------------------------------------------------------------------------
COLUMNS = 4
FEW = 3  # articles that make more than a pair
ENOUGH = 0.6  # of the height of a large picture, for what is beside it


class RowGiven(Struct, frozen=True):
    """What a row is chosen from: the numbers of the cards that are left, those of them with a
    picture."""

    left: tuple[int, ...]
    pictured: tuple[int, ...]


def _gallery(_: Sequence[Card], given: RowGiven) -> tuple[int, ...]:
    """Pictures side by side."""
    return given.pictured[:COLUMNS] if len(given.pictured) >= FEW else ()


def _feature(cards: Sequence[Card], given: RowGiven) -> tuple[int, ...]:
    """One large picture, and beside it as many others as are as high."""
    if not given.pictured or len(given.left) < FEW:
        return ()
    first, *others = _pictured_first(given)
    high = height(cards[first], FEATURE)
    beside = [cards[i] for i in others[:5]]
    count = max(2, filling(beside, THUMB, high))
    enough = sum(height(card, THUMB) for card in beside[:count]) > high * ENOUGH
    return (first, *others[:count]) if enough else ()


def _broad(_: Sequence[Card], given: RowGiven) -> tuple[int, ...]:
    """One picture with its text beside it, and below them a row of others."""
    if not given.pictured or len(given.left) < FEW:
        return ()
    return _pictured_first(given)[: COLUMNS + 1]


def _pictured_first(given: RowGiven) -> tuple[int, ...]:
    first = given.pictured[0]
    return (first, *(i for i in given.left if i != first))


def _headline(_: Sequence[Card], given: RowGiven) -> tuple[int, ...]:
    """One large headline, and beside it two or four others."""
    if given.pictured or len(given.left) < FEW:
        return ()
    return given.left[:5] if len(given.left) >= 5 else given.left[:3]


def _words(_: Sequence[Card], given: RowGiven) -> tuple[int, ...]:
    """Columns of text."""
    return given.left[:COLUMNS] if len(given.left) >= FEW else ()


def _lines_of(_: Sequence[Card], given: RowGiven) -> tuple[int, ...]:
    """Headlines only."""
    return (
        given.left[:9] if len(given.left) >= 9 else given.left[:6] if len(given.left) >= 6 else ()
    )


# Each shape with what it shows of the cards, in the order in which they are tried.
SHAPES = {
    "feature": _feature,
    "gallery": _gallery,
    "feature-end": _feature,
    "broad": _broad,
    "headline": _headline,
    "words": _words,
    "lines": _lines_of,
}


class RowsWanted(Struct, frozen=True):
    """What the rows of a section may be: how many, and with pictures or not; ``last`` are the
    shapes above them, the latest first."""

    rows: int = 1
    pictures: bool = True
    last: tuple[str, ...] = ()
    opinion: bool = False


def rows_of(cards: Sequence[Card], wanted: RowsWanted) -> Iterator[BlockRow]:
    """The rows in which a section shows its ``cards``; no shape is next to itself where another
    one would do, and none has an empty column."""
    left, last = _own_first(cards), wanted.last
    for number in range(wanted.rows):
        if not left or (number and len(left) < FEW):
            return
        row = _row(cards, left, wanted, last)
        left = tuple(i for i in left if i not in row.shown)
        last = (row.shape, *last)
        yield row


def _own_first(cards: Sequence[Card]) -> tuple[int, ...]:
    """The numbers of ``cards`` in their order, but the first is in the page's language if any of
    the first few is."""
    numbers = tuple(range(len(cards)))
    first = next((i for i in numbers[:4] if not cards[i].lang), 0)
    return (first, *(i for i in numbers if i != first)) if numbers else ()


def _row(
    cards: Sequence[Card], left: tuple[int, ...], wanted: RowsWanted, last: tuple[str, ...]
) -> BlockRow:
    if len(left) < FEW:
        return BlockRow("pair" if len(left) == 2 else "one", left)
    if wanted.opinion:
        return BlockRow("voices", left[:COLUMNS])
    given = RowGiven(left, _pictured(cards, left) if wanted.pictures else ())
    fitting = {name: shown for name, show in SHAPES.items() if (shown := show(cards, given))}
    name = min(fitting, key=lambda name: _worn(name, last))
    return BlockRow(name, fitting[name])


def _pictured(cards: Sequence[Card], left: Iterable[int]) -> tuple[int, ...]:
    """Those with an image, and in the page's language."""
    return tuple(i for i in left if cards[i].image and not cards[i].lang)


def _worn(shape: str, last: Sequence[str]) -> int:
    """How soon after itself a shape would be: 0 for one that has not been shown lately."""
    return max(0, 3 - last.index(shape)) if shape in last else 0


# Lists -----------------------------------------------------------------------------------------
OPENED = 7  # articles from which on a list has some at its top that are set larger
OWN_LANGUAGE = 3  # of the newest, in which one in the page's language is looked for


def opening(cards: Sequence[Card]) -> tuple[int, ...]:
    """The numbers of the cards at the top of a list that are set larger, the largest first: of the
    newest, one with a picture leads, and beside it are as many as are about as high. Of those, the
    first alone shows its picture."""
    if len(cards) < OPENED:
        return ()
    lead = _leading(cards)
    others = _beside(cards, lead)
    first, *below = (cards[i] for i in others)
    room = height(cards[lead], OPENING) - height(first, BESIDE_OPENING)
    count = max(1, filling(below, BESIDE_OPENING, room, pictures=False))
    return (lead, *others[: 1 + count])


def _leading(cards: Sequence[Card]) -> int:
    """The number of the newest card that leads: one with a picture, and in the page's language."""
    newest = range(OPENED - 1)
    own = [i for i in newest[:OWN_LANGUAGE] if not cards[i].lang] or list(newest)
    return next((i for i in own if cards[i].image), own[0])


def _beside(cards: Sequence[Card], lead: int) -> list[int]:
    """The numbers of the newest cards besides that which leads, without those that show its
    picture, if there are others."""
    left = [i for i in range(OPENED - 1) if i != lead]
    return [i for i in left if not _alike(cards[i], cards[lead])] or left


def _alike(one: Card, other: Card) -> bool:
    """Whether two cards show the same picture, as an article and its translation do."""
    return bool(one.image and other.image and one.image.src == other.image.src)
