"""Images at their places in the text of a page."""

from __future__ import annotations

from sitegen.importer.html.body import BodyPart, ShownText
from sitegen.importer.html.figures import Figure
from sitegen.importer.html.placed_images import lead_images, pictures_among, with_links

PARTS = [BodyPart("One.", 10), BodyPart("Two.", 20), BodyPart("Three.", 30)]


def figure(name: str, mark: str = "", loose: bool = False) -> Figure:
    return Figure(f"{name}.jpg", caption=name, mark=mark, loose=loose)


def test_the_images_that_may_be_the_articles_own() -> None:
    figures = [
        figure("late", "1"),
        figure("early", "2"),
        figure("head"),
        figure("unplaced", "3"),
        figure("loose", "4", True),
    ]
    shown = (ShownText(25, "1"), ShownText(15, "2"))
    found = [image.src for image in lead_images(figures, shown, PARTS)]
    assert found == ["head.jpg", "early.jpg", "unplaced.jpg"]


def test_images_among_the_text_have_the_number_of_blocks_before() -> None:
    figures = [figure("a", "1"), figure("b", "2"), figure("c", "3")]
    shown = (ShownText(25, "1"), ShownText(5, "2"), ShownText(5, "3", before=True))
    found = [(at, image.src) for at, image in pictures_among(PARTS, shown, figures)]
    assert found == [(2, "a.jpg"), (0, "b.jpg")]


def test_a_film_becomes_a_link_at_its_place() -> None:
    shown = (
        ShownText(15, "1", "https://www.v.example/(1)"),
        ShownText(25, "", "https://v.example/2", "A film"),
        ShownText(26, "", "https://w.example/3"),
    )
    parts, links = with_links(PARTS, shown, [figure("Caption", "1")])
    assert [part.text for part in parts] == [
        "One.",
        "[Caption](https://www.v.example/%281%29)",
        "Two.",
        "[A film](https://v.example/2)",
        "[w.example](https://w.example/3)",
        "Three.",
    ]
    assert links == [one.link for one in shown]
