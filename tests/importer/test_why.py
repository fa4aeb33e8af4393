"""The verdicts of imports are kept, bounded, and found again."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.config.load import load_config
from sitegen.importer import why as module
from sitegen.importer.model import Imported
from sitegen.importer.place.frontmatter_writer import to_markdown
from sitegen.importer.place.intake import Judged
from sitegen.importer.why import remember, why
from tests.conftest import SITE

CONFIG = load_config(SITE)


def one(number: int, said: str = "no rule drops it") -> Judged:
    return Judged(f"{number:016x}", f"https://p.example/{number}", f"Item {number}", "post", said)


def test_the_last_verdict_of_an_item_is_found(tmp_path: Path) -> None:
    assert why(tmp_path, CONFIG, "Item", 0.0) == []
    remember(tmp_path, [one(1), one(2)])
    remember(tmp_path, [one(1, "dropped by `drop: words < 4`")])
    (found,) = why(tmp_path, CONFIG, "https://p.example/1", 0.0)
    assert found.said == "dropped by `drop: words < 4`"
    assert {j.title for j in why(tmp_path, CONFIG, "item", 0.0)} == {"Item 1", "Item 2"}
    assert [j.title for j in why(tmp_path, CONFIG, "import-" + "0" * 15 + "2", 0.0)] == ["Item 2"]


def test_verdicts_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    for number in range(1, 6):
        remember(tmp_path, [one(number)])
    assert [j.title for j in why(tmp_path, CONFIG, "Item", 0.0)] == ["Item 3", "Item 4", "Item 5"]


def test_an_article_from_no_feed_was_judged_by_no_rule(tmp_path: Path) -> None:
    place = tmp_path / "content/news"
    place.mkdir(parents=True)
    found = Imported(title="Eels are back", canonical="https://tide.example/eels", body="Text.")
    (place / "eels.md").write_text(to_markdown(found, origin="eels.txt", key="ab" * 8))
    (place / "cut.md").write_text(f"---\ntitle: [\nextra:\n  import:\n    key: {'cd' * 8}\n---\n")
    for wanted in ("eels ARE", "content/news/eels.md", "https://tide.example/eels", "abab"):
        (item,) = why(tmp_path, CONFIG, wanted, 0.0)
        assert (item.title, item.source) == ("Eels are back", "eels.txt")
        assert item.said.startswith("is content/news/eels.md; no rule was asked")
