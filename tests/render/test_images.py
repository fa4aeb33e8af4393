"""The line below a picture names each person once."""

from __future__ import annotations

import pytest

from sitegen.model.article import Image, Person
from sitegen.render.images import image_credit, unnamed_credits, with_sizes


@pytest.mark.parametrize(
    ("given", "credit", "right"),
    [
        (
            {"creator": "Ruta Lind", "credit": "Ruta Lind/Salm Pictures"},
            "Ruta Lind / Salm Pictures",
            "",
        ),
        ({"creator": "Ruta Lind", "credit": "Salm Pictures"}, "Ruta Lind / Salm Pictures", ""),
        ({"creator": "Ruta Lind", "credit": "RUTA LIND"}, "Ruta Lind", ""),
        ({"creator": "Ruta Lind", "credit": "Foto: Ruta Lind"}, "Foto: Ruta Lind", ""),
        ({"creator": "Ruta Lind", "copyright": "2026 Ruta Lind"}, "", "© 2026 Ruta Lind"),
        (
            {"creator": "Ruta Lind", "credit": "Ruta Lind | Salm", "copyright": "© Ruta Lind"},
            "Salm",
            "© Ruta Lind",
        ),
        ({"creator": "Ruta Lind", "caption": "Fog, by Ruta Lind."}, "", ""),
        ({"creator": "Ann Lee", "caption": "Ann Leeming in the fog."}, "Ann Lee", ""),
        ({"credit": "AP · AP"}, "AP", ""),
        ({"creator": "山田太郎", "credit": "山田太郎/共同"}, "山田太郎 / 共同", ""),
        ({}, "", ""),
    ],
)
def test_each_name_is_given_once(given: dict[str, str], credit: str, right: str) -> None:
    assert image_credit(Image("/a.jpg", **given)) == (credit, right)


@pytest.mark.parametrize(
    ("caption", "credit", "shown"),
    [
        ("Fog.", {"creator": "Ruta Lind"}, 'Fog. <span class="credit">Ruta Lind</span>'),
        (
            "Fog.",
            {"creator": "Ruta Lind", "copyright": "2026 Salm"},
            'Fog. <span class="credit">Ruta Lind · © 2026 Salm</span>',
        ),
        ("Fog, by Ruta Lind.", {"creator": "Ruta Lind"}, "Fog, by Ruta Lind."),
        (
            'Fog. <span class="credit">Bo</span>',
            {"creator": "Ruta Lind"},
            'Fog. <span class="credit">Bo</span>',
        ),
        ("Fog.", {"creator": "<b>"}, 'Fog. <span class="credit">&lt;b&gt;</span>'),
        ("Fog.", {}, "Fog."),
    ],
)
def test_a_figure_in_a_text_has_the_credit_of_its_image(
    caption: str, credit: dict[str, str], shown: str
) -> None:
    html = f'<figure><img src="/a.jpg" alt=""><figcaption>{caption}</figcaption></figure>'
    made = with_sizes(html, {"/a.jpg": Image("/b.jpg", **credit)}, str)
    assert f"<figcaption>{shown}</figcaption>" in made


@pytest.mark.parametrize(
    ("person", "stays"),
    [
        (Person("Ruta Lind", "Illustration", org="Salm Pictures"), False),
        (Person("Ruta Lind", "photo"), False),
        (Person("Ruta Lind", "写真"), False),
        (Person("Ruta Lind", "reporting"), True),  # she wrote of it, too
        (Person("Ruta Lind", "photo", org="Agency"), True),  # which the caption does not name
        (Person("Ann Lee", "photo"), True),
    ],
)
def test_who_is_named_below_the_image_is_not_named_again(person: Person, stays: bool) -> None:
    image = Image("/a.jpg", creator="Ruta Lind", credit="Ruta Lind/Salm Pictures")
    assert unnamed_credits((person,), image) == ((person,) if stays else ())
    assert unnamed_credits((person,), None) == (person,)
