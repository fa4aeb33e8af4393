"""Which sizes of an image pages show, and whose credit they give."""

from __future__ import annotations

import pytest

from sitegen.config.schema import ImagesConfig
from sitegen.content.discover import Found
from sitegen.images.credits import Credits
from sitegen.images.metadata import ImageFacts
from sitegen.images.variants import broken, resized, shown_assets, with_sized_images
from sitegen.model.article import Image, Rights
from tests.samples import document, site

URL = "/world/crane.jpg"
FILE = {URL: Found("content/world/crane.jpg", 1, 1)}
IMAGES = ImagesConfig(widths=(400, 800), formats=("webp",))


def facts(**values: object) -> dict[str, ImageFacts]:
    given = {"digest": "d", "format": "jpeg", "width": 1000, "height": 500} | values
    return {FILE[URL].path: ImageFacts(**given)}


@pytest.mark.parametrize(
    ("width", "widths"), [(1000, [400, 800]), (600, [400, 600]), (300, [300]), (400, [400])]
)
def test_no_size_is_larger_than_the_image(width: int, widths: list[int]) -> None:
    image, jobs = resized(FILE, facts(width=width, height=width // 2), IMAGES)[URL]
    assert [w for _, w in image.sets[0].files] == widths
    assert (image.width, image.height) == (widths[-1], widths[-1] // 2)
    assert {(j.width, j.height, j.source) for j in jobs} == {
        (w, w // 2, FILE[URL].path) for w in widths
    }


@pytest.mark.parametrize("values", [{"moving": True}, {"moving": False, "images": ()}])
def test_what_moves_or_has_no_widths_stays_as_it_is(values: dict[str, object]) -> None:
    images = ImagesConfig(widths=()) if "images" in values else IMAGES
    image, jobs = resized(FILE, facts(moving=values["moving"]), images)[URL]
    assert (image.src, image.original, jobs) == (URL, "", ())


def test_a_broken_image_is_reported_where_it_is_shown_and_has_no_sizes() -> None:
    wrong = facts(wrong="is broken: cut")
    assert resized(FILE, wrong, IMAGES) == {}
    article = document("a", image=Image(URL), assets=(URL,))
    (problem,) = broken(FILE, wrong, site(article))
    assert (problem.code, problem.level, problem.path) == ("picture", "warning", FILE[URL].path)
    assert article.path in problem.help


@pytest.mark.parametrize(
    ("written", "creator", "credit"),
    [
        (Image(URL), "Ruta Lind", "Salm"),
        (Image(URL, creator="Ann Ames"), "Ann Ames", ""),
        (Image(URL, credit="AP"), "", "AP"),
    ],
)
def test_the_article_takes_precedence_over_the_file(
    written: Image, creator: str, credit: str
) -> None:
    digest = site(document("a", image=written, assets=(URL,)))
    known = {URL: Image(URL, creator="Ruta Lind", credit="Salm", copyright="© Salm")}
    image = with_sized_images(digest, known).cards[0].image
    assert image
    assert (image.creator, image.credit, image.copyright) == (creator, credit, "© Salm")


@pytest.mark.parametrize(
    ("show", "urls"), [("full", [URL, "/x.png"]), ("excerpt", [URL]), ("link", [URL])]
)
def test_rights_say_which_files_are_published(show: str, urls: list[str]) -> None:
    article = document("a", image=Image(URL), assets=(URL, "/x.png"), rights=Rights(show=show))
    assert list(shown_assets(article)) == urls


def test_credits_are_taken_from_the_file() -> None:
    image, _ = resized(FILE, facts(credits=Credits("Ruta Lind")), IMAGES)[URL]
    assert image.creator == "Ruta Lind"
