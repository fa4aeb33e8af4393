"""What an article's rights, or its withdrawal, keep back is in no file of output/."""

from __future__ import annotations

import io
import zipfile

import pytest
from conftest import SITE, Digest

WORDS = [f"qword{n}x" for n in range(1, 81)]
BODY = " ".join(WORDS[:40]) + ".\n\n![alt](inside.png)\n\n## " + " ".join(WORDS[40:60]) + "\n\n> " + " ".join(WORDS[60:])
SOURCES = "sources:\n  post: {name: Post, home: https://post.example/, rights: %s, words: 5, license: CC BY 4.0, notice: By leave}\n"
FEEDS = (
    "feeds: {formats: [atom, rss, json], text: [site, section, tag, author, source], ninjs: true}\n"
    "editions: {kind: daily, email: true, epub: true, sender: Desk <d@t.example>}\n"
)


def words_of(data: bytes) -> set[str]:
    if data.startswith(b"PK"):
        book = zipfile.ZipFile(io.BytesIO(data))
        data = b"".join(map(book.read, book.namelist()))
    text = data.decode("utf-8", "replace")
    return {w for w in WORDS if w in text}


def written(digest: Digest, more: str, config: str = "") -> dict[str, bytes]:
    digest.write("site.yaml", SITE + FEEDS + config)
    digest.write("content/world/inside.png", b"\x89PNG inside")
    digest.write("content/world/top.png", b"\x89PNG top")
    digest.article("other", "Another")
    digest.article("a", "Headline", body=BODY, more=f"tags: [fog]\nimage: top.png\n{more}")
    digest.build()
    return digest.tree()


@pytest.mark.parametrize(
    ("show", "allowed", "pictures"),
    [("full", set(WORDS), {"top", "inside"}), ("excerpt", set(WORDS[:5]), {"top"}), ("link", set(), set())],
)
@pytest.mark.parametrize("stated", ["article", "source", "host"])
def test_no_word_beyond_the_allowed_ones_leaves_the_build(
    digest: Digest, show: str, allowed: set[str], pictures: set[str], stated: str
) -> None:
    more, config = {
        "article": (f"rights: {{show: {show}, words: 5}}\n", ""),
        "source": ("source: post\n", SOURCES % show),
        "host": ("source: {url: 'https://www.post.example/a'}\n", SOURCES % show),
    }[stated]
    tree = written(digest, more, config)
    for name, data in tree.items():
        assert words_of(data) <= allowed, name
    page = tree["world/2026/11/01/a/index.html"]
    assert words_of(page) == allowed
    assert words_of(tree["feed.xml"]) == words_of(tree["rss.xml"]) == words_of(tree["feed.json"]) == allowed
    editions = [data for name, data in tree.items() if name.startswith("edition/") and not name.endswith("/index.html")]
    assert len(editions) > 1
    assert all(words_of(data) == allowed for data in editions)
    assert {p for p in ("top", "inside") if f"world/{p}.png" in tree} == pictures
    if stated != "article":
        assert b"By leave" in page
        assert b"CC BY 4.0" in page


def test_the_line_under_the_headline_and_the_summary_are_no_way_round(digest: Digest) -> None:
    more = f"rights: {{show: excerpt, words: 5}}\ndek: {' '.join(WORDS[20:30])}\nsummary: {' '.join(WORDS[50:60])}\n"
    shown = set().union(*map(words_of, written(digest, more).values()))
    assert shown == {*WORDS[:5], *WORDS[20:25], *WORDS[50:55]}


def test_what_is_kept_back_comes_and_goes_with_the_rights(digest: Digest) -> None:
    written(digest, "source: post\n", SOURCES % "full")
    digest.write("site.yaml", SITE + FEEDS + SOURCES % "link")
    digest.build()
    for name, data in digest.tree().items():
        assert words_of(data) == set(), name
    assert "world/inside.png" not in digest.tree()


def test_a_withdrawn_article_leaves_a_page_that_says_so_and_nothing_else(digest: Digest) -> None:
    more = "status: withdrawn\ndek: The dek\ncorrections: [{date: 2026-11-02, text: Taken back at request}]\naliases: [/old/]\n"
    tree = written(digest, more)
    page = tree.pop("world/2026/11/01/a/index.html").decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "This article has been withdrawn." in page
    assert "Taken back at request" in page
    assert "ld+json" not in page
    assert words_of(page.encode()) == set()
    assert "The dek" not in page
    assert "fog" not in page
    record = tree.pop("world/2026/11/01/a/ninjs.json")
    assert b'"pubStatus": "canceled"' in record
    assert words_of(record) == set()
    told = tree.pop("corrections/index.html").decode()
    assert "Taken back at request" in told
    assert words_of(told.encode()) == set()
    tree.pop("old/index.html")  # its old address leads to that page
    for name, data in tree.items():
        assert b"Headline" not in data, name
        assert b"/world/2026/11/01/a/" not in data, name
    assert not any(name.endswith(".png") for name in tree)


@pytest.mark.parametrize(("line", "told"), [("rights: some", "rights"), ("words: 0", "must lie between 1 and 1000")])
def test_settings_of_a_source_are_checked(digest: Digest, line: str, told: str) -> None:
    digest.write("site.yaml", f"{SITE}sources:\n  post: {{name: Post, {line}}}\n")
    assert told in digest.build(expect=2).stderr
