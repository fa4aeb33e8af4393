"""The figures of the private data sets, where they are present: a floor below which nothing may
fall."""

import gzip
import importlib.util
import json
import statistics
from pathlib import Path
from typing import Any

import pytest

from sitegen.importer.html.read import read_html
from sitegen.importer.text.read import read_text

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (SHARED / "plaintext").is_dir(), reason="the private data sets are not here"
    ),
]


def scorer(path: Path) -> Any:
    import sys

    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_seed_text() -> None:
    found = read_text((SHARED / "plaintext/dev/seed-nytimes.txt").read_text("utf-8"))
    assert [p.name for p in found.authors] == ["David E. Sanger", "Andrew E. Kramer"]
    assert (
        found.date == "2021-12-30T20:07:00-05:00" and found.dateline == "WASHINGTON" and found.dek
    )
    assert [(p.name, p.role, p.org) for p in found.credits] == [
        ("Stefani Reynolds", "photo", "The New York Times"),
        ("Evgeny Biyatov", "photo", "EPA, via Shutterstock"),
    ]
    assert found.spun > 0.5
    for noise in (
        "2 years ago",
        "475",
        "Credit",
        "Card 1",
        "Read Entire",
        "\nImage\n",
        "Understand the Escalating",
        "  ",
    ):
        assert noise not in found.body


def test_plain_text_figures() -> None:
    score = scorer(SHARED / "plaintext/score_plain.py")
    rows, spun = [], []
    for file in sorted((SHARED / "plaintext/dev").glob("*.json")):
        truth = json.loads(file.read_text("utf-8"))
        found = read_text(file.with_suffix(".txt").read_text("utf-8"))
        spun.append(bool(found.spun) == truth["spun"])
        if not truth.get("synthetic"):
            out = {
                "title": found.title,
                "authors": [p.name for p in found.authors],
                "date": found.date,
                "dateline": found.dateline,
                "body": found.body.replace("## ", ""),
            }
            rows.append(score.score_text(truth, out))
    assert all(spun)
    assert score.prf([r["body"] for r in rows])[0] > 0.97
    for field, floor in (
        ("authors", 0.95),
        ("date", 0.95),
        ("nodate", 1.0),
        ("dateline", 0.95),
        ("nodl", 1.0),
    ):
        assert statistics.mean(r[field] for r in rows if field in r) >= floor, field
    assert statistics.mean(r["leak"] for r in rows if "leak" in r) < 0.03


def test_some_pages() -> None:
    score = scorer(SHARED / "extraction/score.py")
    rows = []
    for file in sorted((SHARED / "extraction/dev").glob("fu-*/expected.json"))[::6]:
        truth = json.loads(file.read_text("utf-8"))
        found = read_html(
            gzip.decompress((file.parent / "page.html.gz").read_bytes()), url=truth["url"]
        )
        out = {
            "title": found.title,
            "authors": [p.name for p in found.authors],
            "date": found.date,
            "body": found.body,
        }
        rows.append(score.score_page(truth, out, False))
    for field, floor in (("title", 0.7), ("authors", 0.8), ("date", 0.93)):
        assert statistics.mean(r[field] for r in rows if field in r) >= floor, field
