"""One input read to an article, or to the reason why it cannot be read."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from sitegen.config.load import load_config
from sitegen.importer.input.unit import Unit
from sitegen.importer.model import Imported, ImportOptions, ImportReport, Skipped
from sitegen.importer.read import read_unit
from sitegen.importer.run import import_all
from tests.importer.samples import PAGE

CONFIG = load_config("title: T\nbase_url: https://t.example\ntimezone: UTC\n", "site.yaml")
IMAGES = (
    '<html><head><meta property="og:image" content="https://i.example/a.jpg"></head><body>'
    "<article><h1>Eels are back</h1><p>By Ida Holm</p><time>2026-11-20</time>"
    + "<p>Eels were counted on Sunday below the weir, more than anybody had seen for ten years.</p>"
    * 3
    + '<p><img src="https://i.example/b.jpg"></p>'
    + "<p>The warden wrote the number on a slate and hung the slate upon the gate.</p>" * 2
    + "</article></body></html>"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    return tmp_path


def brought(root: Path, text: str | bytes, **options: Any) -> ImportReport:
    given = {"-": text.encode() if isinstance(text, str) else text}
    return import_all(root, CONFIG, ["-"], ImportOptions(**options), given=given)


@pytest.mark.parametrize(
    ("unit", "title"),
    [
        (Unit("a.html", "a.html", "html", data=IMAGES.encode()), "Eels are back"),
        (
            Unit(
                "a.txt",
                "a.txt",
                "text",
                data=b"Eels are back\n\nBy Ida Holm\n\nEels were counted on Sunday below the weir.",
            ),
            "Eels are back",
        ),
        (Unit("f#1", "f", "feed", found=Imported(title="Eels", body="Text.\n")), "Eels"),
    ],
)
def test_a_unit_gives_its_article(unit: Unit, title: str) -> None:
    (reading,) = read_unit(unit, CONFIG)
    assert isinstance(reading.found, Imported)
    assert (reading.found.title, reading.reason) == (title, "")


def test_what_was_not_read_is_passed_on() -> None:
    skipped = Skipped("about.md", "a page, not an article")
    assert read_unit(Unit("about.md", "about.md", found=skipped), CONFIG)[0].found == skipped
    assert read_unit(Unit("a", "a", reason="is empty"), CONFIG)[0].reason == "is empty"


def test_a_file_that_is_gone_is_reported(tmp_path: Path) -> None:
    unit = Unit("a.txt", "a.txt", "text", path=str(tmp_path / "a.txt"))
    (reading,) = read_unit(unit, CONFIG)
    assert "a.txt" in reading.problems[0].path and reading.found is None


def test_a_page_without_its_library_fails_with_the_line_that_installs_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *a: None if name == "htmldate" else find(name, *a)
    )
    report = brought(root, PAGE)
    assert [(i.outcome, i.path) for i in report.items] == [("failed", "")]
    assert "pip install 'sitegen-digest[pages]'" in report.items[0].reason
    assert [(d.code, d.level) for d in report.diagnostics] == [("extra", "error")]
    assert list((root / "content").rglob("*")) == []


def test_images_that_stay_at_their_sources_are_counted_once(root: Path) -> None:
    report = brought(root, IMAGES)
    (note,) = [d for d in report.diagnostics if "not fetched" in d.message]
    assert note.message.startswith("2 images of 1 article ")
    assert "--pictures" in note.help and note.level == "note"
    again = brought(root, IMAGES)
    assert again.count("unchanged") == 1
    assert not [d for d in again.diagnostics if "not fetched" in d.message]
