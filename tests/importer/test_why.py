"""The verdicts of imports are kept, bounded, and found again."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.config.load import load_config
from sitegen.importer import why as module
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
