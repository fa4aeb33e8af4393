"""Exports of Substack and Omnivore."""

from __future__ import annotations

import io
import json
import zipfile

from sitegen.importer.archives import Archive, open_zip
from sitegen.importer.formats.post_folders import read_post_folder
from sitegen.importer.model import Imported


def tree(files: dict[str, str]) -> Archive:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return Archive(open_zip(out.getvalue(), "export.zip"), "export.zip")


POSTS = (
    "post_id,post_date,is_published,title,subtitle\n"
    "1.clock,2026-11-26T18:15:00.000Z,true,The clock,Five minutes\n"
    "2.bees,,false,Bees,\n"
    "3.lost,,true,Lost,\n"
)


def test_substack() -> None:
    batch = read_post_folder(
        tree({"posts.csv": POSTS, "posts/1.clock.html": "<p>A</p>", "email_list.csv": "a@b"}), ""
    )
    assert batch is not None
    clock, bees, lost = [one for one in batch.found if isinstance(one, Imported)]
    assert (clock.title, clock.dek, clock.slug) == ("The clock", "Five minutes", "clock")
    assert clock.date.startswith("2026-11-26T18:15")
    assert clock.status == ""
    assert bees.status == "draft"
    assert lost.html == ""
    said = " ".join(note.message for note in batch.notes)
    assert "2 posts of posts.csv without a file" in said
    assert "1 other file" in said


def test_a_post_of_substack_that_is_in_no_list_and_one_to_hear() -> None:
    rows = "post_id,post_date,is_published,title,podcast_url\n1.a,,true,A,https://a.example/1.mp3\n"
    files = {"posts.csv": rows, "posts/1.a.html": "<p>A</p>", "posts/2.lost.html": "<p>B</p>"}
    batch = read_post_folder(tree(files), "")
    assert batch is not None
    heard, lost = [one for one in batch.found if isinstance(one, Imported)]
    assert heard.html == '<p>A</p><p><a href="https://a.example/1.mp3">1.mp3</a></p>'
    assert (lost.html, lost.slug, lost.status) == ("<p>B</p>", "lost", "draft")
    assert "1 post not in posts.csv" in batch.notes[0].message


def test_what_only_subscribers_of_substack_may_read_is_withheld() -> None:
    rows = "post_id,post_date,is_published,title,audience\n" + "".join(
        f"{n}.a,2026-11-26T18:15:00.000Z,{published},A,{audience}\n"
        for n, (published, audience) in enumerate(
            [("true", "everyone"), ("true", "only_paid"), ("false", "only_paid"), ("true", "")]
        )
    )
    batch = read_post_folder(tree({"posts.csv": rows, "posts/0.a.html": "<p>A</p>"}), "")
    assert batch is not None
    found = [(one.status, len(one.notes)) for one in batch.found if isinstance(one, Imported)]
    assert found == [("", 0), ("withheld", 1), ("draft", 1), ("", 0)]


def test_omnivore() -> None:
    item = {
        "slug": "clock",
        "title": "The clock",
        "author": "Edda Marsh",
        "url": "https://a.example/x",
        "labels": ["clocks"],
        "savedAt": "2026-11-27T00:00:00Z",
        "publishedAt": "2026-11-26T18:15:00Z",
    }
    files = {
        "o/metadata_0_to_20.json": json.dumps([item]),
        "o/content/clock.html": "<p>A</p>",
        "o/highlights/clock.md": "> a line",
    }
    batch = read_post_folder(tree(files), "")
    assert batch is not None
    [one] = batch.found
    assert isinstance(one, Imported)
    assert (one.html, one.source.url, one.tags) == ("<p>A</p>", "https://a.example/x", ("clocks",))
    assert one.extra["highlights"] == "> a line"
    assert one.extra["saved_at"] == "2026-11-27T00:00:00Z"


def test_any_other_folder_is_left_to_other_readers() -> None:
    assert read_post_folder(tree({"a.html": "<p>A</p>", "posts.csv": "x"}), "") is None
