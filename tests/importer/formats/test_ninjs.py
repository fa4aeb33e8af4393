"""IPTC ninjs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sitegen.importer.formats.ninjs import read_ninjs
from sitegen.importer.model import Imported, Skipped

ITEM = {
    "uri": "urn:1",
    "type": "text",
    "headline": "Ferry returns",
    "byline": "By Ann Ames",
    "body_html": "<p>The ferry is back.</p>",
    "versioncreated": "2026-11-02T10:00:00+01:00",
    "located": "SALM",
    "language": "en",
    "infosource": [{"name": "Salm Agency"}],
}


def found(*items: Any, separator: str = "") -> list[Any]:
    """What a document of ``items`` gives."""
    text = separator.join(json.dumps(i) for i in items) if separator else json.dumps(list(items))
    return list(read_ninjs(text.encode(), zone="UTC").found)


def test_an_item() -> None:
    (one,) = found(ITEM)
    assert isinstance(one, Imported)
    assert (one.title, one.dateline, one.guid) == ("Ferry returns", "SALM", "urn:1")
    assert [p.name for p in one.authors] == ["Ann Ames"]
    assert one.date == "2026-11-02T10:00:00+01:00"
    assert one.html == "<p>The ferry is back.</p>"


@pytest.mark.parametrize(
    "value",
    [
        {"items": [ITEM]},
        {"results": [ITEM]},
        ITEM | {"headlines": [{"role": "main", "value": "Ferry returns"}], "headline": ""},
        ITEM | {"bodies": [{"contentType": "text/html", "value": ITEM["body_html"]}]},
    ],
)
def test_an_item_of_other_versions(value: Any) -> None:
    (one,) = read_ninjs(json.dumps(value).encode()).found
    assert isinstance(one, Imported)
    assert (one.title, one.html) == ("Ferry returns", "<p>The ferry is back.</p>")


def test_one_item_a_line() -> None:
    assert len(found(ITEM, ITEM | {"uri": "urn:2"}, separator="\n")) == 2


@pytest.mark.parametrize("more", [{"type": "picture"}, {"pubstatus": "canceled"}])
def test_what_is_not_imported_is_reported(more: dict[str, str]) -> None:
    (one,) = found(ITEM | more)
    assert isinstance(one, Skipped)


def test_all_pictures_of_an_item_are_kept() -> None:
    pictures = {
        f"picture{n}": {
            "type": "picture",
            "headline": f"Fog {n}",
            "byline": "Ruta Lind",
            "renditions": {"large": {"href": f"https://a.example/{n}.jpg"}},
        }
        for n in range(3)
    }
    (one,) = found(ITEM | {"associations": pictures})
    assert one.image.src == "https://a.example/0.jpg"
    assert [(image.alt, image.credit) for image in one.left_at_source] == [
        ("Fog 1", "Ruta Lind"),
        ("Fog 2", "Ruta Lind"),
    ]
