"""Head, body, boxes and tail of a copied page."""

from sitegen.importer.text.labels import Label, Line
from sitegen.importer.text.segments import BODY, BOX, HEAD, TAIL, divide

PROSE = {"prose": 3.0}


def lines(*labels: Label) -> list[Line]:
    """Lines of these labels, each behind an empty line."""
    return [
        Line(n, "x", label, PROSE.get(label, -0.8), 40 if label == "prose" else 4, 1)
        for n, label in enumerate(labels, 1)
    ]


def test_a_head_a_body_and_what_follows() -> None:
    labels: tuple[Label, ...] = ("short", "byline", "stamp", "prose", "prose", "prose")
    after: tuple[Label, ...] = ("box", "short", "short", "short", "box", "short", "short")
    states = divide(lines(*labels, *after))
    assert states[:3] == [HEAD] * 3
    assert states[3:6] == [BODY] * 3
    assert set(states[6:]) == {TAIL}


def test_a_box_between_paragraphs_ends() -> None:
    states = divide(
        lines("prose", "prose", "box", "short", "short", "short", "prose", "prose", "prose")
    )
    assert states[:2] == [BODY] * 2 and states[-3:] == [BODY] * 3
    assert BOX in states[2:6]


def test_a_heading_between_paragraphs_is_of_the_body() -> None:
    assert divide(lines("prose", "prose", "short", "prose", "prose")) == [BODY] * 5


def test_no_body_begins_before_the_line_that_is_given() -> None:
    states = divide(lines("prose", "prose", "prose", "prose"), start=2)
    assert states == [HEAD, HEAD, BODY, BODY]
