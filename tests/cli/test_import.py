"""`sitegen import` as a user runs it: messy text and saved pages in, articles out that build
without a word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import NOW, Digest

CLIPPING = """\
Harbour Board Votes to Keep the Old Lamp
2 hours ago
1,204 views
Share
The decision ends four years of argument about a light that nobody steers by.

Image
The lamp on the north mole was lit for the first time in 1874.
Credit...Ruta Lind/Salm Pictures

By Ines CalderTomas McWey
Nov. 23, 2026, 6:15 p.m. ET

PORT SALM — The harbour board voted on Monday evening to keep  the lamp on the north mole burning, after four years in which it was
switched off twice and stolen once.

The vote was seven to two. Both members who opposed it said afterwards that they would miss the argument more than the lamp.

Sign up for the Harbour Morning newsletter

The lamp has guided no ship since 1991, when the channel was moved to the south, but the town has grown used to its green glow.

Read Entire Article
"""  # noqa: E501
PAGE = """\
<!doctype html><html lang="en"><head><title>Ferry timetable to be read aloud | Salm Post</title>
<link rel="canonical" href="https://post.example/ferry-aloud">
<script type="application/ld+json">
{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ferry timetable to be read aloud",
"datePublished":"2026-11-20T08:30:00+00:00","author":[{"@type":"Person","name":"Ann Ames"},{"@type":"Person","name":"Bo Berg"}],
"publisher":{"@type":"Organization","name":"Salm Post"}}</script></head><body><article><h1>Ferry timetable to be read aloud</h1>
<p>From Monday the timetable of the night ferry will be read aloud on the quay at six each evening, in a voice chosen by lottery.</p>
<p onclick="alert(1)">The ferry company says that the printed timetable had become too small to read, and that it tired of being asked.</p>
<p>Forty people have put their names down to read. The lottery will be drawn on Sunday in the waiting room, which seats twelve.</p>
<script>alert(1)</script></article></body></html>"""  # noqa: E501


def imported(digest: Digest) -> dict[str, str]:
    return {p.name: p.read_text() for p in (digest.root / "content").rglob("*.md")}


def test_a_clipping_becomes_an_article_with_its_attribution(digest: Digest) -> None:
    source = digest.write("in/clipping.txt", CLIPPING)
    done = digest.run("import", str(source), "--explain", "--now", NOW)
    assert "authors from line" in done.stdout
    name = "content/news/2026-11-23-harbour-board-votes-to-keep-the-old-lamp.md"
    text = (digest.root / name).read_text()
    head, body = text.split("\n---\n", 1)
    assert "- Ines Calder\n  - Tomas McWey\n" in head
    assert "date: 2026-11-23T18:15:00-05:00" in head
    assert "dateline: PORT SALM" in head
    assert "Ruta Lind" in head
    assert "Salm Pictures" in head
    assert "dek: The decision ends" in head
    for noise in (
        "views",
        "hours ago",
        "Credit",
        "Image",
        "Sign up",
        "Read Entire",
        "first time in 1874",
        "  ",
    ):
        assert noise not in body, noise
    done = digest.build("--strict")
    assert done.stderr == ""
    page = digest.page("news/2026/11/23/harbour-board-votes-to-keep-the-old-lamp/index.html")
    for name in ("Ines Calder", "Tomas McWey", "Ruta Lind"):
        assert name in page


def test_a_saved_page_becomes_an_article_and_its_scripts_stay_out(digest: Digest) -> None:
    source = digest.write("in/page.html", PAGE)
    digest.run("import", str(source), "--section", "world")
    (text,) = imported(digest).values()
    assert "title: Ferry timetable to be read aloud" in text
    assert "- Ann Ames\n  - Bo Berg\n" in text
    assert 'canonical: "https://post.example/ferry-aloud"' in text
    assert "alert" not in text
    digest.build("--strict")


def test_importing_again_changes_nothing_and_never_what_a_person_edited(digest: Digest) -> None:
    source = digest.write("in/clipping.txt", CLIPPING)
    digest.run("import", str(source))
    before = imported(digest)
    assert "1 unchanged" in digest.run("import", str(source)).stdout
    assert imported(digest) == before
    path = next((digest.root / "content").rglob("*.md"))
    path.write_text(path.read_text().replace("seven to two", "eight to one"))
    source.write_text(CLIPPING.replace("voted on Monday", "voted late on Monday"))
    done = digest.run("import", str(source))
    assert "1 kept" in done.stdout
    assert "eight to one" in path.read_text()


def test_dry_run_shows_and_writes_nothing(digest: Digest) -> None:
    source = digest.write("in/clipping.txt", CLIPPING)
    done = digest.run("import", str(source), "--dry-run")
    assert "+title: Harbour Board" in done.stdout
    assert imported(digest) == {}


def test_what_is_piped_in_is_read_and_the_report_is_data(digest: Digest) -> None:
    done = digest.run("import", "-", "--json", stdin=CLIPPING)
    (item,) = json.loads(done.stdout)["items"]
    assert (item["outcome"], item["title"]) == (
        "created",
        "Harbour Board Votes to Keep the Old Lamp",
    )


def test_what_cannot_be_read_is_kept_aside_with_the_reason_and_never_published(
    digest: Digest,
) -> None:
    digest.write("in/a.txt", CLIPPING)
    digest.write("in/b.bin", b"\x00\x01\x02" * 50)
    digest.write("in/c.txt", "Share\nMenu\nLog in\n")
    done = digest.run("import", str(digest.root / "in"), expect=1)
    assert done.stdout.endswith("1 imported: 1 published, 2 quarantined\n")
    assert list((digest.root / "content/_quarantine").iterdir())
    digest.build("--strict")
    assert not any("quarantine" in name for name in digest.tree())


def test_an_article_without_a_date_is_a_draft_that_says_what_is_missing(digest: Digest) -> None:
    source = digest.write("in/clipping.txt", CLIPPING.replace("Nov. 23, 2026, 6:15 p.m. ET\n", ""))
    done = digest.run("import", str(source))
    assert (
        "warning[import-incomplete]: the page shows only a relative date; no date found"
        in done.stderr
    )
    (text,) = imported(digest).values()
    assert "1 imported: 1 draft (no date: 1)" in done.stdout
    assert "status: draft" in text
    assert "\ndate:" not in text
    assert "1 draft" in digest.build("--strict").stdout


def test_nothing_to_import_is_wrong_usage(digest: Digest) -> None:
    assert "name files, folders or URLs" in digest.run("import", expect=2).stderr
    done = digest.run("import", "in/absent.txt", expect=1)
    assert "cannot be read" in done.stderr
    assert done.stdout.endswith("1 failed\n")
    assert "quarantined" not in done.stdout


@pytest.mark.skipif(
    not (Path(__file__).parent.parents[3] / "shared/plaintext").exists(),
    reason="the private texts are not here",
)
def test_the_seed_text(digest: Digest) -> None:
    seed = Path(__file__).parent.parents[3] / "shared/plaintext/dev/seed-nytimes.txt"
    truth = json.loads(seed.with_suffix(".json").read_text())
    digest.run("import", str(seed))
    (text,) = imported(digest).values()
    head, body = text.split("\n---\n", 1)
    assert "date: 2021-12-30T20:07:00-05:00" in head
    assert "spun:" in head
    for name in truth["authors"]:
        assert f"- {name}\n" in head
    for noise in truth["noise"]:
        assert noise not in body
    digest.build("--strict")


OPML = """\
<opml version="2.0"><head><title>Mine</title></head><body><outline text="Harbour">
<outline type="rss" text="Salm Post" xmlUrl="https://post.example/feed.xml"/></outline></body></opml>
"""


def test_the_feeds_of_an_opml_file_are_written_into_site_yaml(digest: Digest) -> None:
    before = "# Mine.\n" + (digest.root / "site.yaml").read_text()
    digest.write("site.yaml", before)
    source = digest.write("in/feeds.opml", OPML)
    shown = digest.run("import", str(source), "--write", "--dry-run").stdout
    assert "1 feed would be added to site.yaml" in shown
    assert (digest.root / "site.yaml").read_text() == before
    assert "1 feed added" in digest.run("import", str(source), "--write").stdout
    written = (digest.root / "site.yaml").read_text()
    assert written.startswith(before.rstrip("\n"))
    assert 'feed: "https://post.example/feed.xml"' in written
    assert "no feed to add" in digest.run("import", str(source), "--write").stdout
    assert (digest.root / "site.yaml").read_text() == written


def test_an_item_that_no_import_has_seen_is_an_error(digest: Digest) -> None:
    done = digest.run("import", "--why", "zeppelin", expect=1)
    assert "no item `zeppelin` is known" in done.stderr


def test_a_report_does_not_replace_another_file(digest: Digest) -> None:
    table = "title,url,date,text\nA,https://a.example/,2026-11-01,Some words of a text.\n"
    path = digest.write("in/c.csv", table)
    for name in ("in/c.csv", "site.yaml"):
        said = digest.run("import", "in/c.csv", "--report", name, expect=2)
        assert "is not a report of an import" in said.stderr
    assert path.read_text() == table
    assert not list((digest.root / "content").rglob("*.md"))
