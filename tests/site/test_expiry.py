"""What becomes of an article at `expires_at`, in every sink: by its own `on_expiry`, or by that of
the site."""

from __future__ import annotations

import re

import pytest

from tests.conftest import NOW, SITE, Digest
from tests.model.test_rights import BODY, FEEDS, WORDS, words_of

PAGE = "world/2026/11/01/a/index.html"
BEFORE, AFTER = "2026-11-20T00:00:00+00:00", NOW
HANDED_OUT = r"feed\.xml|rss\.xml|feed\.json|ninjs\.json|email\.(?:html|txt|eml)|\.epub"
LISTS = {
    f"{x}index.html"
    for x in ("", "world/", "tag/fog/", "author/ann-ames/", "archive/", "edition/2026-11/")
}


def site(digest: Digest, article: str = "", config: str = "") -> None:
    feeds = FEEDS.replace("kind: daily", "kind: monthly")
    digest.write("site.yaml", f"{SITE}{feeds}{config}")
    digest.write("content/world/inside.png", b"\x89PNG inside")
    digest.write("content/world/top.png", b"\x89PNG top")
    digest.article("other", "Another", date="2026-11-02", more="tags: [fog]\n")
    expires = "expires_at: 2026-11-22T12:00:00+00:00"
    words = "rights: {words: 5}\n" if "excerpt" in article + config else ""
    more = f"tags: [fog]\nimage: top.png\n{expires}\n{words}{article}"
    digest.article("a", "Headline", body=BODY, more=more)


def at(digest: Digest, moment: str, *arguments: str) -> dict[str, bytes]:
    digest.run("build", "--now", moment, *arguments)
    return digest.tree()


def handed_out(tree: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in tree.items() if re.search(HANDED_OUT, name)}


@pytest.mark.parametrize("where", ["article", "site"])
@pytest.mark.parametrize("kind", ["remove", "excerpt", "noindex"])
def test_in_every_sink(digest: Digest, kind: str, where: str) -> None:
    line = f"on_expiry: {kind}\n"
    site(digest, *((line, "on_expiry: remove\n") if where == "article" else ("", line)))
    before = at(digest, BEFORE)
    assert words_of(before[PAGE]) == set(WORDS)
    assert b"/2026/11/01/a/" in before["sitemap.xml"]
    for name in (
        "feed.xml",
        "rss.xml",
        "feed.json",
        "world/2026/11/01/a/ninjs.json",
        "edition/2026-11/email.html",
    ):
        assert words_of(before[name]) == set(WORDS), name
    tree = at(digest, AFTER)
    digest.run("clean")
    assert at(digest, AFTER) == tree  # the build after the moment comes out as a cold one
    naming = {
        name for name, data in tree.items() if b"Headline" in data or b"/2026/11/01/a/" in data
    }
    if kind == "remove":
        assert naming == set()
        assert "world/top.png" not in tree
        return
    assert naming >= LISTS | {PAGE}
    if kind == "excerpt":
        assert all(words_of(data) <= set(WORDS[:5]) for data in tree.values())
        assert words_of(tree[PAGE]) == set(WORDS[:5])
        assert b"noindex" not in tree[PAGE]
        assert "world/top.png" in tree
        assert "world/inside.png" not in tree
        assert b"/2026/11/01/a/" in tree["sitemap.xml"]
        for name in ("feed.xml", "rss.xml", "feed.json", "world/2026/11/01/a/ninjs.json"):
            assert words_of(tree[name]) == set(WORDS[:5]), name
        assert b'"partial"' in tree["world/2026/11/01/a/ninjs.json"]
    else:
        assert words_of(tree[PAGE]) == set(WORDS)
        assert b'<meta name="robots" content="noindex">' in tree[PAGE]
        assert b"ninjs" not in tree[PAGE]
        assert b"/2026/11/01/a/" not in tree["sitemap.xml"]
        assert b"other" in tree["sitemap.xml"]
        given = handed_out(tree)
        assert given.keys() >= {"feed.xml", "rss.xml", "feed.json", "tag/fog/feed.xml"}
        assert given.keys() >= {
            f"edition/2026-11/{x}" for x in ("email.html", "email.txt", "email.eml", "2026-11.epub")
        }
        for name, data in given.items():
            assert words_of(data) == set(), name
            assert b"Headline" not in data, name
        assert b"Another" in given["edition/2026-11/email.txt"]
        assert "world/2026/11/01/a/ninjs.json" not in tree


def test_the_news_sitemap_leaves_what_has_expired(digest: Digest) -> None:
    site(digest, config="on_expiry: noindex\n")
    digest.article(
        "b",
        "Fresh",
        date="2026-11-24T06:00:00+00:00",
        more="expires_at: 2026-11-24T10:00:00+00:00\n",
    )
    assert b"Fresh" in at(digest, "2026-11-24T09:00:00+00:00")["sitemap-news.xml"]
    assert b"Fresh" not in at(digest, AFTER)["sitemap-news.xml"]


def test_an_edition_of_which_nothing_is_left_to_hand_out_has_no_mail_and_no_book(
    digest: Digest,
) -> None:
    digest.write("site.yaml", f"{SITE}{FEEDS}on_expiry: noindex\n")
    digest.article("a", "Headline", more="expires_at: 2026-11-22\n")
    tree = at(digest, AFTER)
    assert [n for n in tree if n.startswith("edition/")] == ["edition/2026-11-01/index.html"]
    assert b"email" not in tree["edition/2026-11-01/index.html"]
    digest.run("check", "--now", AFTER, expect=None)


def test_an_excerpt_shows_no_more_than_the_rights_did(digest: Digest) -> None:
    site(digest, "on_expiry: excerpt\n")
    text = (
        (digest.root / "content/world/a.md")
        .read_text()
        .replace("rights: {words: 5}", "rights: {show: link}\nsource: Post")
    )
    digest.write("content/world/a.md", text)
    assert all(words_of(data) == set() for data in at(digest, AFTER).values())


def test_a_body_edit_of_an_expired_article_keeps_it_cut(digest: Digest) -> None:
    site(digest, "on_expiry: excerpt\nsummary: Short\n")
    at(digest, AFTER)
    path = digest.root / "content/world/a.md"
    path.write_text(path.read_text().replace(WORDS[2], "changed"))
    tree = at(digest, AFTER)
    assert b"changed" in tree[PAGE]
    assert all(words_of(data) <= {WORDS[n] for n in (0, 1, 3, 4)} for data in tree.values())
    digest.run("clean")
    assert at(digest, AFTER) == tree


def test_expired_articles_can_be_shown_as_they_were(digest: Digest) -> None:
    site(digest, "on_expiry: excerpt\n")
    assert words_of(at(digest, AFTER, "--expired")[PAGE]) == set(WORDS)


def test_list_shows_what_is_gone(digest: Digest) -> None:
    site(digest, "on_expiry: noindex\n")
    assert "expired" not in digest.run("list", "--now", AFTER).stdout
    site(digest)
    assert "expired" in digest.run("list", "--now", AFTER).stdout


def test_an_unknown_word_is_reported(digest: Digest) -> None:
    site(digest, "on_expiry: hide\n")
    assert "use remove, excerpt, noindex" in digest.build(expect=1).stderr
    site(digest, config="on_expiry: hide\n")
    assert "on_expiry" in digest.build(expect=2).stderr
