"""Recording the URLs of a built site, and where those lead that it no longer has."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.content.addresses import Address, old_addresses
from sitegen.engine.addresses import (
    Redirects,
    by_original,
    recording,
    redirects_of,
    with_old_urls,
    write_recording,
)
from sitegen.engine.site_folder import read_config
from tests.conftest import NOW, Digest

FILE = "addresses.tsv"


def record(digest: Digest, accept: bool = False) -> list[str]:
    """Build the site and record its URLs; the rows without dates and marks."""
    digest.build()
    write_recording(
        digest.root, recording(digest.root, digest.root / "output", "2026-11-24", accept)
    )
    lines = (digest.root / FILE).read_text().splitlines()[1:]
    return [" ".join(line.split("\t")[:3]).rstrip() for line in lines]


def moved(digest: Digest) -> Redirects:
    return redirects_of(digest.root, digest.root / "output", read_config(digest.root)[0])


@pytest.fixture
def site(digest: Digest) -> Digest:
    digest.article("a", "Ebb", more="tags: [oil]")
    digest.article("b", "Flow", "2026-11-02", more="tags: [oil]")
    return digest


def test_urls_of_pages_and_feeds_are_recorded_and_no_others(site: Digest) -> None:
    rows = record(site)
    assert "/world/2026/11/01/a/ article content/world/a.md" in rows
    assert {"/tag/oil/ tag oil", "/tag/oil/feed.xml feed tag/oil", "/tags/ terms tag"} <= set(rows)
    assert not [row for row in rows if "assets" in row or "404" in row or "sitemap" in row]
    assert rows == sorted(rows)
    assert record(site) == rows


def test_share_cards_are_not_recorded_and_a_site_with_them_builds_again(site: Digest) -> None:
    with (site.root / "site.yaml").open("a") as file:
        file.write("share: {cards: all}\n")
    rows = record(site)
    assert not [row for row in rows if "/assets/" in row]
    site.build()
    assert record(site) == rows


def test_a_renamed_article_and_a_renamed_tag(site: Digest) -> None:
    record(site)
    for name in ("a", "b"):
        path = site.root / f"content/world/{name}.md"
        path.write_text(path.read_text().replace("[oil]", "[crude]"))
    (site.root / "content/world/a.md").rename(site.root / "content/world/c.md")
    rows = record(site)
    assert "/world/2026/11/01/a/ article content/world/c.md" in rows
    assert {"/tag/oil/ tag crude", "/tag/oil/feed.xml feed tag/crude"} <= set(rows)
    assert "url=/world/2026/11/01/c/" in site.page("world/2026/11/01/a/index.html")
    assert "url=/tag/crude/" in site.page("tag/oil/index.html")
    assert "/tag/crude/feed.xml" in site.page("tag/oil/feed.xml")
    assert moved(site) == Redirects(
        (
            ("/tag/oil/", "/tag/crude/"),
            ("/tag/oil/feed.xml", "/tag/crude/feed.xml"),
            ("/world/2026/11/01/a/", "/world/2026/11/01/c/"),
        )
    )


def test_a_redirect_leads_to_the_last_url_whatever_the_history(site: Digest) -> None:
    record(site)
    config = site.root / "site.yaml"
    text = config.read_text()
    for pattern in ("/{slug}/", "/n/{slug}/", "/{year}/{slug}/"):
        config.write_text(f"{text}permalink: {pattern}\n")
        record(site)
    old = ("/world/2026/11/01/a/", "/a/", "/n/a/")
    assert {pair for pair in moved(site).pairs if pair[1] == "/2026/a/"} == {
        (url, "/2026/a/") for url in old
    }
    config.write_text(text)
    record(site)
    assert "/world/2026/11/01/a/" not in dict(moved(site).pairs)
    assert dict(moved(site).pairs)["/a/"] == "/world/2026/11/01/a/"


def test_a_deleted_article_is_a_warning_until_it_has_a_tombstone(site: Digest) -> None:
    record(site)
    (site.root / "content/world/b.md").unlink()
    said = site.build().stderr
    assert "warning[address-lost]: /world/2026/11/02/b/ was published and leads nowhere" in said
    assert "addresses.tsv:" in said
    assert "/archive/2026/11/02/" not in said
    assert "warning[address-lost]" in site.run("check", "--now", NOW).stderr
    with (site.root / "site.yaml").open("a") as file:
        file.write("check: {address-lost: error}\n")
    assert "error[address-lost]" in site.run("check", "--now", NOW, expect=1).stderr
    rows = record(site, accept=True)
    assert "/world/2026/11/02/b/ gone" in rows
    assert "address-lost" not in site.build().stderr
    assert "no longer published" in site.page("world/2026/11/02/b/index.html")
    assert moved(site).gone == ("/world/2026/11/02/b/",)


def test_an_article_that_is_gone_or_has_expired_needs_no_tombstone(site: Digest) -> None:
    site.article("c", "Spring", "2026-11-03")
    record(site)
    site.article("a", "Ebb", more="tags: [oil]\ngone: true\naliases: [/old/]")
    site.article("c", "Spring", "2026-11-03", more="expires_at: 2026-11-20")
    assert "address-lost" not in site.build().stderr
    assert moved(site).gone == ("/old/", "/world/2026/11/01/a/", "/world/2026/11/03/c/")


def test_a_broken_file_stops_the_build(site: Digest) -> None:
    record(site)
    site.write(FILE, "/a/\n")
    assert "error[addresses]: has no kind" in site.build(expect=1).stderr


def test_without_the_file_nothing_leads_anywhere(site: Digest, tmp_path: Path) -> None:
    site.build()
    assert moved(site) == Redirects()
    assert not (tmp_path / FILE).exists()


def test_an_old_url_that_an_article_has_as_its_original_leads_to_the_article(
    site: Digest,
) -> None:
    for name, end in (("quay", "1.html"), ("fog", "2"), ("mist", "2")):
        source = f"source: {{name: Old, url: 'https://old.example/x/{end}'}}"
        site.article(name, name.title(), more=source, body=f"Text of {name}.")
    record(site)
    old, _ = old_addresses(b"http://www.old.example/x/1.html\nhttps://old.example/x/2\n/x/1\n")
    found = recording(site.root, site.root / "output", "2026-11-25")
    found = with_old_urls(found, old, "2026-11-25", by_original(site.root))
    rows = {row.path: row for row in found.rows}
    assert (rows["/x/1.html"].kind, rows["/x/1.html"].id) == ("article", "content/world/quay.md")
    assert rows["/x/2"] == Address("/x/2", "old", "/x/2", "2026-11-25")  # two have that one
    write_recording(site.root, found)
    site.build()
    assert dict(moved(site).pairs)["/x/1.html"] == "/world/2026/11/01/quay/"
