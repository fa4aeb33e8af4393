"""The share of an input's words that are in its article, and what happens below the floor."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.config.load import load_config
from sitegen.importer.formats.mail import read_mail
from sitegen.importer.kept import (
    LOW_SHARE,
    cheap_share,
    kind_of_line,
    lines_of_page,
    lines_of_text,
    measured,
    measured_html,
    measured_text,
    share_of,
    whole_text,
    words_in,
)
from sitegen.importer.model import Imported, ImportOptions, ImportReport
from sitegen.importer.run import import_all

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


def test_a_text_of_another_form_below_the_floor_is_kept_whole() -> None:
    lost = "\n\n".join(f"{KEEL} Part {n}." for n in range(4))
    found = measured_text(Imported(title="T", body=HERON), f"{HERON}\n\n{lost}")
    assert found.doubts[0].startswith(LOW_SHARE)
    assert found.body.count("pilot boat") == 4
    page = measured_html(Imported(title="T", body=HERON), f"<p>{HERON}</p><p>{lost}</p>")
    assert page.body.count("pilot boat") == 4


def test_a_short_text_has_no_low_share() -> None:
    assert measured(Imported(body="x"), lines_of_text("A few other words here.")).doubts == ()


@pytest.mark.parametrize(
    ("html", "body", "share"),
    [
        (f"<p>{HERON}</p>", HERON, 1.0),
        (f"<p>{HERON}</p><p>{KEEL}</p>", HERON, 0.48),
        (f"<p>{HERON}</p>", f"{HERON} {KEEL}", 1.0),
        ("", "", 1.0),
    ],
)
def test_the_cheap_measure(html: str, body: str, share: float) -> None:
    assert cheap_share(Imported(body=body), html) == pytest.approx(share, abs=0.02)


def bring(root: Path, text: str, name: str = "in.txt") -> tuple[ImportReport, str]:
    """(report, what was written) of importing a text."""
    (root / "content").mkdir()
    (root / name).write_text(text)
    site = "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n"
    config = load_config(site, "site.yaml")
    report = import_all(root, config, [str(root / name)], ImportOptions())
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


MAIL = (
    "From: Ann Ames <ann@quay.example>\nTo: desk@quay.example\nSubject: The heron\n"
    "Date: Thu, 26 Nov 2026 18:15:00 +0000\nMIME-Version: 1.0\n"
)


def of_mail(*parts: tuple[str, str], kind: str = "alternative") -> bytes:
    """A mail with parts of text/KIND."""
    head = f'Content-Type: multipart/{kind}; boundary="b"\n\n'
    texts = "".join(f"--b\nContent-Type: text/{sub}; charset=utf-8\n\n{t}\n" for sub, t in parts)
    return f"{MAIL}{head}{texts}--b--\n".encode()


@pytest.mark.parametrize(
    ("data", "says", "share"),
    [
        (of_mail(("html", f"<p>{HERON}</p>")), HERON, 1.0),
        (of_mail(("plain", HERON), ("html", f"<p>{HERON}</p>")), HERON, 1.0),
        (of_mail(("plain", f"{HERON}\n\n{KEEL}"), ("html", "<p>See the text.</p>")), KEEL, 1.0),
        (of_mail(("plain", HERON), ("plain", KEEL), kind="mixed"), KEEL, 1.0),
        (of_mail(("html", f"<p>{HERON}</p><p>Unsubscribe here</p>")), HERON, 1.0),
    ],
    ids=["html", "both", "html that only points to the text", "two parts", "furniture"],
)
def test_a_mail(data: bytes, says: str, share: float) -> None:
    found = read_mail(data)
    assert says in found.body
    assert found.share == pytest.approx(share, abs=0.15)


def test_a_mail_that_is_not_read_is_set_aside_whole() -> None:
    nested = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(90)
    )
    found = read_mail(f"{MAIL}{nested}Content-Type: text/plain\n\n{HERON}\n".encode())
    assert HERON in found.body
    assert found.doubts[0].startswith("no running text found")


@pytest.mark.parametrize(
    ("body", "share"),
    [
        (f"{HERON}\n\n{KEEL}", 1.0),
        (f"<!-- {KEEL} -->\n\n{HERON}", 1.0),
        (f"<script>{KEEL * 9}</script>\n\n{HERON}", 1.0),
    ],
    ids=["all", "a comment", "a script"],
)
def test_markdown_with_front_matter(tmp_path: Path, body: str, share: float) -> None:
    head = "---\ntitle: A heron\nauthor: Ann Ames\ndate: 2026-05-04\n---\n"
    report, written = bring(tmp_path, f"{head}{body}\n", "in.md")
    [item] = report.items
    assert item.outcome == "created"
    assert item.share == pytest.approx(share, abs=0.1)
    assert HERON in written
