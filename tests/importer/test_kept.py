"""The share of an input's words that are in its article, and what happens below the floor."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.config.load import load_config
from sitegen.importer.kept import (
    LOW_SHARE,
    kind_of_line,
    lines_of_page,
    lines_of_text,
    measured,
    nearly_all,
    share_of,
    whole_text,
    words_in,
)
from sitegen.importer.model import Imported, ImportReport
from sitegen.importer.run import ImportOptions, import_all

HERON = (
    "The harbour master waited an hour for a heron to leave the slipway on Monday, and the ferry"
    " waited with him until it had eaten."
)
KEEL = (
    "Forty people came to the yard on Sunday to see the keel of the new pilot boat being laid, and"
    " most of them stayed for the soup."
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It *will* stay.", ["it", "will", "stay"]),
        ("[a plan](https://a.example/x)", ["a", "plan"]),
        ("co\xadop", ["coop"]),
        ("港口渡轮 2026", ["港", "口", "渡", "轮", "2026"]),
        ("Grüße, été!", ["grüsse", "été"]),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_in(text) == words


@pytest.mark.parametrize(
    ("text", "body", "share"),
    [
        (f"{HERON}\n{KEEL}", f"{HERON}\n\n{KEEL}", 1.0),
        (f"{HERON}\n{KEEL}", HERON, 0.48),
        (f"{HERON}\nShare\nAdvertisement\n{HERON}", HERON, 1.0),
        (
            "港口夜间渡轮恢复运行了十年以后居民很高兴。\n他们说很好很好非常好天天如此。",
            "港口夜间渡轮恢复运行了十年以后居民很高兴。",
            0.6,
        ),
    ],
    ids=["all", "half", "furniture and what is repeated", "without blanks"],
)
def test_a_text(text: str, body: str, share: float) -> None:
    counted = share_of(lines_of_text(text), [Imported(body=body)], kind_of_line)
    assert counted.share == pytest.approx(share, abs=0.02)


def test_what_is_left_out_of_a_page_has_a_kind() -> None:
    page = (
        "<html><body><nav><a href='/'>Home</a> and all of the other pages of this paper, each with"
        " a word</nav><h1>A heron</h1>"
        f"<p>{HERON}</p><div class='related'><p>{KEEL}</p></div><p><a href='/x'>{KEEL}</a></p>"
        "<p>We use cookies to see how many people read which of our pages on which days.</p>"
        f"<p>Short label</p><form><label>{KEEL}</label></form><script>{KEEL}</script>"
        "<footer><p>Published by the harbour office every day of the year but one</p></footer>"
    )
    counted = share_of(lines_of_page(page), [Imported(title="A heron", body=HERON)])
    assert counted.share == 1.0
    assert set(counted.furniture) == {"menu", "box", "links", "dialog", "label", "form", "footer"}


def test_below_the_floor_the_whole_text_is_kept_with_the_reason() -> None:
    lost = "\n".join(f"{KEEL} Part {n}." for n in range(4))
    found = measured(
        Imported(title="T", body=HERON),
        lines_of_text(f"{HERON}\n{lost}"),
        whole=lambda: whole_text(lost),
    )
    assert found.share < 0.3
    assert found.doubts[0].startswith(LOW_SHARE)
    assert found.body.count("pilot boat") == 4


def test_a_short_text_has_no_low_share() -> None:
    assert measured(Imported(body="x"), lines_of_text("A few other words here.")).doubts == ()


@pytest.mark.parametrize(
    ("html", "body", "is_all"),
    [
        (f"<p>{HERON}</p>", HERON, True),
        (f"<p>{HERON}</p><p>{KEEL}</p>", HERON, False),
        ("", "", True),
    ],
)
def test_the_cheap_measure(html: str, body: str, is_all: bool) -> None:
    assert nearly_all(Imported(body=body), html) is is_all


def bring(root: Path, text: str) -> tuple[ImportReport, str]:
    """(report, what was written) of importing a text."""
    (root / "content").mkdir()
    (root / "in.txt").write_text(text)
    site = "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n"
    config = load_config(site, "site.yaml")
    report = import_all(root, config, [str(root / "in.txt")], ImportOptions())
    return report, "\n".join(p.read_text() for p in sorted((root / "content").rglob("*.md")))


def test_labels_that_come_again_are_several_articles_and_never_one(tmp_path: Path) -> None:
    entry = "{0}\n\nBlurb: {1}\n\nAuthor: Ann Ames\n\nSource: The Salm Post\n\nDate: {2}\n\n"
    text = entry.format("A heron", HERON, "1 May 2026") + entry.format("A keel", KEEL, "2 May 2026")
    report, written = bring(tmp_path, text)
    outcomes = [item.outcome for item in report.items]
    assert outcomes in (["created", "created"], ["quarantined"])
    assert HERON in written and KEEL in written


def test_what_is_before_the_first_article_of_an_export_is_reported(tmp_path: Path) -> None:
    head = "The Salm Post\nMay 4, 2026 Monday\n\nLength: 80 words\nBody"
    document = f"{{0}}\n{head}\n\n{HERON}\n\n{KEEL}\n\nEnd of Document\n"
    cover = "User Name: Reader\nAbout LexisNexis | Privacy Policy | Terms\n"
    report, _ = bring(tmp_path, cover + document.format("A heron") + document.format("A keel"))
    assert [item.title for item in report.items] == ["A heron", "A keel"]
    assert any("belong to none of the articles" in d.message for d in report.diagnostics)
    assert all(item.share > 0.9 for item in report.items)
