"""What a build puts into output/, and what it leaves out."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

from tests.conftest import NOW, SITE, Digest

ATOM = "{http://www.w3.org/2005/Atom}"
CO_AUTHORS = (
    "---\ntitle: A\ndate: 2026-11-01T10:00:00-05:00\nauthors: [Ann Ames, Bo Berg]\ntags:"
    " [tides]\nsource: {name: Salm Post, url: https://post.example/a}\n---\nWater.\n"
)


def test_every_kind_of_page_is_there(digest: Digest) -> None:
    digest.write("content/world/a.md", CO_AUTHORS)
    digest.build()
    expected = {
        "index.html",
        "world/index.html",
        "world/2026/11/01/a/index.html",
        "tag/tides/index.html",
        "author/bo-berg/index.html",
        "author/ann-ames/index.html",
        "source/salm-post/index.html",
        "tags/index.html",
        "authors/index.html",
        "sources/index.html",
        "archive/index.html",
        "feed.xml",
        "sitemap.xml",
        "robots.txt",
        "404.html",
    }
    assert expected <= digest.tree().keys()
    assert "Sitemap: https://t.example/sitemap.xml" in digest.page("robots.txt")


def test_each_co_author_is_in_byline_feed_and_structured_data(digest: Digest) -> None:
    digest.write("content/world/a.md", CO_AUTHORS)
    digest.build()
    page = digest.page("world/2026/11/01/a/index.html")
    data = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert [a["name"] for a in data["author"]] == ["Ann Ames", "Bo Berg"]
    assert data["datePublished"] == "2026-11-01T10:00:00-05:00"
    assert data["isBasedOn"] == "https://post.example/a"
    for name in ("ann-ames", "bo-berg"):
        assert f'href="/author/{name}/"' in page
    entry = ET.fromstring(digest.page("feed.xml")).find(f"{ATOM}entry")
    assert entry is not None
    assert [a.findtext(f"{ATOM}name") for a in entry.findall(f"{ATOM}author")] == [
        "Ann Ames",
        "Bo Berg",
    ]
    assert entry.findtext(f"{ATOM}published") == "2026-11-01T10:00:00-05:00"
    assert [x.get("href") for x in entry.findall(f"{ATOM}link") if x.get("rel") == "via"] == [
        "https://post.example/a"
    ]


@pytest.mark.parametrize(
    "more",
    [
        "status: draft",
        "status: withheld",
        "publish_at: 2030-01-01",
        "expires_at: 2026-01-01",
        "draft: true",
    ],
)
def test_unpublished_articles_leave_no_trace(digest: Digest, more: str) -> None:
    digest.article("a")
    digest.write("content/world/secret.png", b"\x89PNG")
    digest.article(
        "b",
        title="Hidden one",
        body="![x](secret.png)",
        more=f"{more}\ntags: [hushed]\nimage: secret.png",
    )
    digest.build("--strict")
    for name, data in digest.tree().items():
        assert "secret" not in name
        assert "hushed" not in name
        assert b"Hidden one" not in data
        assert b"hushed" not in data


def test_flags_show_what_is_held_back(digest: Digest) -> None:
    digest.article("draft", more="status: draft")
    digest.article("future", date="2027-01-01")
    digest.article("expired", more="expires_at: 2026-11-20")
    digest.article("withheld", more="status: withheld")
    digest.build()
    assert sum(n.startswith("world/") for n in digest.tree()) == 0
    digest.build("-D", "-F", "-E")
    pages = [n for n in digest.tree() if n.startswith(("world/2026/", "world/2027/"))]
    assert {n.split("/")[-2] for n in pages} == {"draft", "future", "expired"}


def test_a_withdrawn_article_leaves_a_tombstone_and_no_text(digest: Digest) -> None:
    digest.article("a", body="Sworn words.", more="status: withdrawn\nsummary: Told words")
    digest.build()
    assert "withdrawn" in digest.page("world/2026/11/01/a/index.html")
    assert not any(
        b"Sworn words" in data or b"Told words" in data for data in digest.tree().values()
    )


def test_a_summary_made_of_the_text_reads_like_a_sentence(digest: Digest) -> None:
    digest.article(
        "a",
        body=(
            "## A heading\n\n“It was *too loud*,” said [Cara](https://c.example/).[^1]\n\n[^1]:"
            " Twice."
        ),
    )
    digest.build()
    assert "“It was too loud,” said Cara." in digest.page("world/index.html")
    assert "A heading" not in digest.page("world/index.html")


@pytest.mark.parametrize(("show", "whole"), [("full", True), ("excerpt", False), ("link", False)])
def test_rights_hold_on_page_and_in_feed_alike(digest: Digest, show: str, whole: bool) -> None:
    body = " ".join(f"word{n}" for n in range(200))
    digest.article(
        "a",
        body=body,
        more=f"rights: {{show: {show}, words: 20}}\nsummary: Short\ncanonical: https://o.example/a",
    )
    digest.build()
    for name in ("world/2026/11/01/a/index.html", "feed.xml"):
        assert ("word150" in digest.page(name)) == whole, name
        assert ("word5 " in digest.page(name)) == (show != "link"), name


def test_second_build_writes_nothing_and_a_deleted_article_disappears(digest: Digest) -> None:
    digest.article("a")
    path = digest.article("b", title="Second")
    digest.build()
    assert "0 files written" in digest.build().stdout
    path.unlink()
    digest.build()
    assert not any(b"Second" in data for data in digest.tree().values())


def test_a_lost_cache_changes_nothing_but_speed(digest: Digest) -> None:
    import shutil

    digest.article("a")
    path = digest.article("b", title="Second")
    digest.write("output/foreign.txt", "mine")
    digest.build()
    path.unlink()
    shutil.rmtree(digest.root / ".sitegen-cache")
    digest.build()
    left = digest.tree()
    assert "foreign.txt" in left
    assert not any(b"Second" in data for data in left.values())
    shutil.rmtree(digest.root / "output")
    digest.build()
    assert digest.tree() | {"foreign.txt": b"mine"} == left


def test_lists_are_numbered_from_the_oldest(digest: Digest) -> None:
    digest.write("site.yaml", (digest.root / "site.yaml").read_text() + "pagination: 2\n")
    for n in range(1, 6):
        digest.article(f"a{n}", date=f"2026-11-0{n}T10:00:00Z")
    digest.build()
    first, second = digest.page("world/index.html"), digest.page("world/page/1/index.html")
    assert "/a5/" in first
    assert "/a3/" not in first
    assert "/a1/" in second
    assert "/a2/" in second
    before = digest.page("world/page/1/index.html")
    digest.article("a6", date="2026-11-06T10:00:00Z")
    digest.build()
    assert digest.page("world/page/1/index.html") == before


def test_a_site_below_a_path_links_below_it(digest: Digest) -> None:
    digest.article("a", body="[b](/world/) ![p](p.png)")
    digest.write("content/world/p.png", b"\x89PNG")
    digest.build("-b", "https://t.example/deep/down/")
    page = digest.page("world/2026/11/01/a/index.html")
    assert 'href="/deep/down/world/"' in page
    assert 'src="/deep/down/world/p.png"' in page
    assert 'href="/world/"' not in page
    assert "https://t.example/deep/down/world/2026/11/01/a/" in digest.page("sitemap.xml")


def test_aliases_redirect(digest: Digest) -> None:
    digest.article("a", more="aliases: [/old/name/, /older.html]")
    digest.build()
    for name in ("old/name/index.html", "older.html"):
        assert "url=/world/2026/11/01/a/" in digest.page(name)


def test_dry_run_changes_nothing_and_names_what_would_be_made(digest: Digest) -> None:
    digest.article("a")
    done = digest.build("--dry-run")
    assert "index.html: new" in done.stdout
    assert not (digest.root / "output").exists()


def test_keep_going_publishes_what_is_right_and_exits_with_one(digest: Digest) -> None:
    digest.article("a")
    digest.write("content/world/bad.md", "---\ntitle: x\n---\n")
    digest.build("--keep-going", expect=1)
    assert "world/2026/11/01/a/index.html" in digest.tree()


def test_explain_says_why(digest: Digest) -> None:
    digest.article("a")
    digest.build()
    same = digest.run("explain", "/world/", "--now", NOW)
    assert "would not be rebuilt" in same.stdout
    digest.article("a", title="Changed")
    assert "its content changed" in digest.run("explain", "/world/", "--now", NOW).stdout
    assert "no page" in digest.run("explain", "/wrld/", expect=1).stderr


def test_verify_notices_a_changed_file_whose_time_lies(digest: Digest) -> None:
    import os

    digest.article("a")
    digest.build()
    page = digest.root / "output/world/index.html"
    info, data = page.stat(), page.read_bytes()
    page.write_bytes(data.replace(b"<", b"[", 1))
    os.utime(page, ns=(info.st_atime_ns, info.st_mtime_ns))
    assert "0 files written" in digest.build().stdout
    digest.build("--verify")
    assert page.read_bytes() == data


def test_a_pool_of_workers_makes_the_same_bytes(
    digest: Digest, make_digest: Callable[[str], Digest]
) -> None:
    other = make_digest("elsewhere")
    for n in range(230):  # more than are done in one process
        for site in (digest, other):
            site.article(
                f"a{n}",
                date=f"2026-11-{n % 28 + 1:02}",
                more=f"tags: [t{n % 40}]",
                body=f"Body {n}[^1].\n\n[^1]: Note.",
            )
    done = digest.build("-j", "1", "--profile")
    assert "pages from article.html" in done.stdout
    assert "reading articles" in done.stdout
    assert "Most of the time, " in done.stdout or "No part of this build" in done.stdout
    other.build("-j", "3")
    assert other.tree() == digest.tree()


def test_bytes_do_not_depend_on_folder_zone_locale_or_workers(
    digest: Digest, make_digest: Callable[[str], Digest], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(site: Digest) -> None:
        for n in range(1, 10):
            site.article(f"a{n}", date=f"2026-11-0{n}", more=f"tags: [t{n % 3}, ü, Ä]")

    fill(digest)
    digest.build("-j", "1")
    other = make_digest("elsewhere")
    fill(other)
    for name, value in {
        "TZ": "Pacific/Kiritimati",
        "LANG": "de_DE.UTF-8",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
    }.items():
        monkeypatch.setenv(name, value)
    other.build("-j", "2")
    assert other.tree() == digest.tree()


@pytest.mark.parametrize(
    ("permalink", "page"),
    [
        ("/{section}/{slug}/", "world/a/index.html"),
        ("/{year}/{slug}.html", "2026/a.html"),
        ("/{year}.{month}/{slug}.htm", "2026.11/a.htm"),
        ("/{slug}.{year}/", "a.2026/index.html"),
    ],
)
def test_every_article_is_a_page_that_hosts_show(digest: Digest, permalink: str, page: str) -> None:
    digest.write("site.yaml", f"{SITE}permalink: {permalink}\n")
    digest.article("a")
    digest.build()
    url = "/" + page.removesuffix("index.html")
    assert f'href="https://t.example{url}"' in digest.page(page)
    digest.write("site.yaml", f"{SITE}permalink: /{{section}}/{{slug}}/\n")
    digest.build()
    assert "world/a/index.html" in digest.tree()


def test_a_name_with_a_line_break_is_refused(digest: Digest) -> None:
    digest.write("static/a\nb.txt", "x")
    assert "control characters" in digest.build(expect=1).stderr
