"""The shapes of front pages and lists, by what there is to show."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sitegen.model.article import Image
from sitegen.model.site import Card, Link
from sitegen.pages.shapes import (
    BRIEF,
    FEATURE,
    LEAD,
    RAIL,
    SIDE,
    STACK,
    THUMB,
    RowsWanted,
    filling,
    height,
    opening,
    rows_of,
    top_of,
)

WORDS = "tide quay crane ferry lamp rope salt gull bell mast".split()


def cards(pattern: str) -> list[Card]:
    """One card for each letter: `p` with a picture, `t` text only, `s` without a summary, `f` in
    another language, `P` that with a picture, `l` with a long headline."""
    return [_card(n, letter) for n, letter in enumerate(pattern)]


def _card(number: int, letter: str) -> Card:
    return Card(
        title=" ".join(WORDS[(number + k) % 10] for k in range(25 if letter == "l" else 6)),
        url=f"/{number}/",
        date="2026-11-24",
        section=Link("World", "/world/"),
        summary="" if letter == "s" else "A sentence of some length about what happened. " * 3,
        image=Image(f"/{number}.jpg", "") if letter in "pP" else None,
        lang="fr" if letter in "fP" else "",
    )


@pytest.mark.parametrize(
    ("pattern", "shape"),
    [
        ("", "solo"),
        ("t", "solo"),
        ("tt", "duo"),
        ("tptpt", "duo"),
        ("tttttt", "trio"),
        ("pppppppppppp", "trio"),
        ("ssssssssssssssss", "trio"),
        ("llllllllllllllll", "trio"),
    ],
)
@pytest.mark.parametrize("lead", ["p", "t", "s", "l"])
def test_the_top_is_chosen_by_the_number_of_articles(pattern: str, shape: str, lead: str) -> None:
    latest = cards(pattern)
    top = top_of(cards(lead)[0], latest, pictures=True)
    assert top.shape == shape
    assert top.shown <= len(latest)
    if shape == "trio":
        assert top.beside in SIDE
        assert top.rail in RAIL
        assert top.under % 2 == 0


@pytest.mark.parametrize("pattern", ["t" * 16, "s" * 16, "l" * 16, "p" * 16, "tslptslptslptslp"])
@pytest.mark.parametrize("lead", ["p", "t", "s", "l"])
def test_columns_beside_the_lead_are_about_as_high_as_each_other(pattern: str, lead: str) -> None:
    latest, first = cards(pattern), cards(lead)[0]
    top = top_of(first, latest, pictures=True)
    side = sum(height(c, STACK) for c in latest[: top.beside])
    rail = sum(height(c, BRIEF) for c in latest[top.beside + top.under : top.shown])
    pairs = latest[top.beside : top.beside + top.under]
    middle = height(first, LEAD) + sum(height(c, STACK, False) for c in pairs) / 2
    highest = max(side, rail, middle)
    # A column may be lower than its neighbours by about one card, unless there are no more.
    assert highest - side < 400
    assert highest - middle < 300 or len(latest) - top.shown < 4
    assert highest - rail < 200 or top.shown == len(latest) or top.rail == RAIL.stop - 1


@pytest.mark.parametrize(
    ("pattern", "shapes"),
    [
        ("t", ["one"]),
        ("p", ["one"]),
        ("tt", ["pair"]),
        ("ttt", ["headline"]),
        ("ttttt", ["headline"]),
        ("ttttttttttttttt", ["headline", "words", "lines"]),
        ("pttttt", ["feature"]),
        ("pss", ["broad"]),
        ("ppp", ["gallery"]),
        ("tpptttpttpptpp", ["feature", "gallery", "feature-end"]),
        ("ptttttttttttttt", ["feature", "headline", "words"]),
    ],
)
def test_a_section_has_the_shape_of_what_it_has(pattern: str, shapes: list[str]) -> None:
    rows = list(rows_of(cards(pattern), RowsWanted(rows=3)))
    assert [row.shape for row in rows] == shapes


@pytest.mark.parametrize(
    "pattern", ["t" * 24, "p" * 24, "tpsl" * 6, "s", "fff", "PtPtPt", "l" * 24]
)
@pytest.mark.parametrize("rows", [1, 2, 4])
@pytest.mark.parametrize("pictures", [True, False])
def test_rows_show_no_article_twice_and_leave_no_column_empty(
    pattern: str, rows: int, pictures: bool
) -> None:
    given = cards(pattern)
    found = list(rows_of(given, RowsWanted(rows, pictures)))
    shown = [n for row in found for n in row.shown]
    assert len(shown) == len(set(shown))
    assert set(shown) <= set(range(len(given)))
    assert len(found) == rows or len(given) - len(shown) < 3
    assert all(row.shown for row in found)
    assert not any(a.shape == b.shape for a, b in pairwise(found))
    full = {"headline": (3, 5), "lines": (6, 9), "gallery": (3, 4), "words": (3, 4), "pair": (2,)}
    for row in found:
        assert len(row.shown) in full.get(row.shape, (len(row.shown),))
        if row.shape.startswith("feature"):
            first, *others = row.shown
            beside = sum(height(given[n], THUMB) for n in others)
            assert beside > height(given[first], FEATURE) * 0.6


def test_the_same_shape_is_not_below_itself() -> None:
    above = rows_of(cards("pttttt"), RowsWanted())
    last = tuple(row.shape for row in above)
    below = rows_of(cards("pttttt"), RowsWanted(last=last))
    assert (last, [row.shape for row in below]) == (("feature",), ["feature-end"])


def test_a_section_without_pictures_in_lists_is_text() -> None:
    assert [row.shape for row in rows_of(cards("ppppp"), RowsWanted(pictures=False))] == [
        "headline"
    ]


def test_opinion_names_its_authors_first() -> None:
    (row,) = rows_of(cards("ttttt"), RowsWanted(opinion=True))
    assert (row.shape, row.shown) == ("voices", (0, 1, 2, 3))


@pytest.mark.parametrize(
    ("pattern", "first"), [("fttttt", 1), ("ffffff", 0), ("Pptttt", 1), ("tttttt", 0)]
)
def test_what_is_large_is_in_the_language_of_the_page(pattern: str, first: int) -> None:
    (row,) = rows_of(cards(pattern), RowsWanted())
    assert row.shown[0] == first


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("tttttt", ()),
        ("ttttttt", (0, 1, 2)),
        ("tptttttt", (1, 0, 2, 3)),
        ("ftpttttt", (2, 0, 1, 3)),
        ("Pttttttt", (1, 0, 2)),
        ("psssssss", (0, 1, 2, 3, 4, 5)),
        ("pppppppp", (0, 1, 2)),
        ("plllllll", (0, 1, 2)),
    ],
)
def test_a_list_opens_with_a_picture_of_the_newest(pattern: str, expected: tuple[int, ...]) -> None:
    assert opening(cards(pattern)) == expected


def test_a_list_does_not_open_with_one_picture_twice() -> None:
    first, *others = cards("ppttttttt")
    twin = Card("Twin", "/twin/", "2026-11-24", first.section, image=first.image, lang="fr")
    assert opening([first, twin, *others[1:]]) == (0, 2, 3, 4)
    alike = [
        Card(f"Part {n}", f"/{n}/", "2026-11-24", first.section, image=first.image)
        for n in range(8)
    ]
    assert opening(alike)[:2] == (0, 1)


@pytest.mark.parametrize(("room", "count"), [(0, 0), (150, 1), (400, 2), (10_000, 4)])
def test_a_column_is_filled_to_the_height_that_it_comes_closest_to(room: int, count: int) -> None:
    assert filling(cards("tttt"), STACK, room) == count
