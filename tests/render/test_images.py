"""The line below a picture names each person once."""

from __future__ import annotations

import pytest

from sitegen.model.article import Image
from sitegen.render.images import image_credit


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
