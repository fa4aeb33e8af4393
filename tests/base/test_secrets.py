"""Keys and passwords in URLs reach no page, feed or message."""

from __future__ import annotations

from time import process_time

import pytest

from sitegen.base.diagnostics import SitegenError, problem
from sitegen.base.secrets import (
    has_secret,
    hidden,
    hidden_feed,
    is_private_feed,
    text_without_secrets,
    without_secrets,
)
from sitegen.config.load import load_config
from tests.conftest import NOW, SITE, Digest

KEY = "0f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c"


@pytest.mark.parametrize(
    ("url", "published"),
    [
        ("https://edda:S3cret@h.example/x", "https://h.example/x"),
        ("https://S3cret@h.example", "https://h.example"),
        ("https://h.example/a?token=S3cret", "https://h.example/a"),
        ("https://h.example/a?x=1&Access_Token=S3cret&y=2#z", "https://h.example/a?x=1&y=2#z"),
        ("https://h.example/a?X-Amz-Signature=S3cret&part=1", "https://h.example/a?part=1"),
        ("https://h.example/a;jsessionid=S3cret?x=1", "https://h.example/a?x=1"),
        ("https://h.example/a#access_token=S3cret", "https://h.example/a"),
        (f"https://h.example/a?key={KEY}", "https://h.example/a"),
        ("https://h.example/a?key=12&id=4", "https://h.example/a?key=12&id=4"),
        ("https://h.example/thread?p=1&page=2", "https://h.example/thread?p=1&page=2"),
        ("https://h.example/a?q=a@b.example", "https://h.example/a?q=a@b.example"),
        ("mailto:edda@h.example?subject=token", "mailto:edda@h.example?subject=token"),
        ("/news/a/?token=1", "/news/a/?token=1"),
        ("https://h.example/a?user[password]=S3cret&x=1", "https://h.example/a?x=1"),
        ("https://h.example/a?share_token=S3cret", "https://h.example/a"),
        ("https://h.example/a?X-Api-Key=S3cret", "https://h.example/a"),
        ("https://h.example/a?oauthTokenSecret=S3cret", "https://h.example/a"),
        ("https://h.example/a?passwort=S3cret", "https://h.example/a"),
        ("https://h.example/a?contrase%C3%B1a=S3cret", "https://h.example/a"),
        ("https://h.example/a?mot_de_passe=S3cret", "https://h.example/a"),
        ("https://h.example/a?access_code=S3cret", "https://h.example/a"),
        ("https://h.example/a?page=2&pageToken=abc", "https://h.example/a?page=2&pageToken=abc"),
        ("https://h.example/a?city=compass&tokens=3", "https://h.example/a?city=compass&tokens=3"),
        ("https://h.example/a#/feed?token=S3cret", "https://h.example/a"),
        ("https://h.example/a?key=kJdHfGsKqPwOeIrUtYzLmNbV", "https://h.example/a"),
        ("https://h.example/a?k=q1W2%2Be3R4t5Y6u7I8%3D", "https://h.example/a"),
        ("//edda:S3cret@h.example/a", "//h.example/a"),
        ("//h.example/a?token=S3cret", "//h.example/a"),
        ("HTTPS://edda:S3cret@h.example/a", "HTTPS://h.example/a"),
        ("https:/edda:S3cret@h.example/a", "https:/h.example/a"),
        ("https:\\\\edda:S3cret@h.example/a", "https:\\\\h.example/a"),
        ("feed:https://edda:S3cret@h.example/a", "feed:https://h.example/a"),
        (
            "https://h.example/go?to=https://i.example/?token=S3cret&x=1",
            "https://h.example/go?to=https://i.example/&x=1",
        ),
        (
            "https://h.example/go?to=https%3A%2F%2Fedda%3AS3cret%40i.example%2Fb",
            "https://h.example/go?to=https%3A%2F%2Fi.example%2Fb",
        ),
        ("https://archive.example/https://m.example/@edda/a", None),
        ("https://maps.example/@52.1,4.3,15z", None),
        ("/@edda/a", None),
    ],
)
def test_what_is_published_of_a_url(url: str, published: str | None) -> None:
    published = url if published is None else published
    assert without_secrets(url) == published
    assert "S3cret" not in hidden(f"it is `{url}`, and {url}.")
    assert has_secret(url) == (published != url)
    assert hidden(published) == published


@pytest.mark.parametrize(
    "url",
    [
        "https://h.example/private.xml?token=SUBSCRIBER42",
        f"https://h.example/feed.xml?auth={KEY}&format=rss",
        f"https://h.example/feed.xml?z={KEY}",
        f"https://h.example/private/{KEY}/feed",
        f"https://h.example/rss/{KEY}.xml",
        "https://h.example/private/8d1f0c2a-6b7e-4c1d-9a3f-52e0b7c64d18.rss",
        "https://h.example/f/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln/rss",
        "https://edda:pw@h.example/feed",
        f"https://h.example/rss?{KEY}",
        "https://h.example/rss?u=a7Kp9Qz2",
        "https://h.example/rss/q1W2+e3R4t5Y6u7I8=",
        f"//h.example/{KEY}/rss",
    ],
)
def test_a_feed_of_one_reader_is_known(url: str) -> None:
    assert is_private_feed(url)
    for secret in (KEY, "SUBSCRIBER42", "8d1f0c2a", "eyJ", "edda"):
        assert secret not in hidden_feed(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://h.example/feed.xml",
        "https://h.example/2026/11/30/long-title-of-top-10-stories-in-2026/feed",
        "https://h.example/feeds/videos.xml?channel_id=UC4aB9xK2mQ7wE1rT5yU8iO3",
        "https://h.example/?feed=rss2&cat=12",
        "https://h.example/feed?tag=covid-19-b-1-1-7-2021-news",
        "https://h.example/rss.xml?v=20261130T120000Z",
        "https://h.example/top-5g-and-4g-phones-of-2026-b2b/feed",
    ],
)
def test_a_feed_for_everybody_stays(url: str) -> None:
    assert not is_private_feed(url)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("See https://edda:S3cret@h.example/a, she says.", "See https://h.example/a, she says."),
        ("(https://h.example/a?token=S3cret)", "(https://h.example/a)"),
        (
            "[a](https://h.example/a?token=S3cret),[b](https://i.example/?x=1)",
            "[a](https://h.example/a),[b](https://i.example/?x=1)",
        ),
        ("<https://h.example/x_(y)?token=S3cret>", "<https://h.example/x_(y)>"),
        ("ftp://edda:S3cret@h.example/a", "ftp://h.example/a"),
        ("**https://h.example/?a=1&token=S3cret**", "**https://h.example/?a=1**"),
        ("a//b@c and in//edda@h.example.mbox = 1", None),
        ("Mail edda@h.example, or see https://h.example/?q=a@b.example.", None),
    ],
)
def test_what_is_published_of_a_sentence(text: str, published: str | None) -> None:
    assert text_without_secrets(text) == (text if published is None else published)


@pytest.mark.parametrize(
    "text", ["//" * 50_000, "a://(" * 20_000, ":/" * 50_000, "?to=://@" * 9_000]
)
def test_hostile_texts_cost_little(text: str) -> None:
    start = process_time()
    assert hidden(text)
    assert text_without_secrets(text)
    assert process_time() - start < 2


def test_an_account_whose_key_is_elsewhere_is_no_secret() -> None:
    assert not has_secret("ssh://git@h.example/x.git")
    assert has_secret("ssh://git:S3cret@h.example/x.git")
    assert not has_secret("git@h.example:x.git")


def test_no_output_and_no_message_holds_a_secret(digest: Digest) -> None:
    feeds = (
        "feeds: {formats: [atom, rss, json], text: [site, source], ninjs: true}\neditions: {kind:"
        " daily, email: true, epub: true}\n"
    )
    outlet = (
        "sources:\n  a: {name: Tideway, home: 'https://t.example/', feed:"
        f" 'https://t.example/{KEY}/rss?token=S3cret'}}\n"
    )
    digest.write("site.yaml", SITE + feeds + outlet)
    source = (
        "source: {name: Tideway, url:"
        " 'https://edda:S3cret@t.example/a?x=1&token=S3cret'}\ncanonical:"
        " 'https://t.example/a?sig=S3cret'\n"
    )
    texts = "".join(
        f"{key}: 'See https://edda:S3cret@t.example/b and ftp://e:S3cret@t.example'\n"
        for key in ("dek", "summary", "dateline", "rights")
    )
    body = (
        "See https://edda:S3cret@t.example/c, <https://t.example/d?token=S3cret>,"
        " ftp://e:S3cret@t.example, [e](https://t.example/?sig=S3cret"
        " 'https://t.example/?sig=S3cret') and //t.example/?token=S3cret."
    )
    digest.article(
        "a",
        title="From https://t.example/?token=S3cret",
        body=body,
        more=source + texts + "credits: [{name: Bo, url: 'https://bo.example/?password=S3cret'}]\n",
    )
    said = digest.build()
    assert "private-feed" in said.stderr
    assert "`source` holds a key or password" in said.stderr
    for text in (
        said.stdout,
        said.stderr,
        *(data.decode("utf-8", "replace") for data in digest.tree().values()),
    ):
        assert "S3cret" not in text
        assert KEY not in text
    assert "https://t.example/a?x=1" in digest.page("feed.xml")
    assert "/source/tideway/feed.xml" in digest.page("sources.opml")


@pytest.mark.parametrize(
    "source",
    [
        f"a: {{name: A, feed: 'https://t.example/{KEY}/rss', colour: red}}",
        f"a: [https://t.example/{KEY}/rss]",
        f"a: {{name: A, feed: 'https://t.example/{KEY}/rss'",
    ],
)
def test_the_lines_of_settings_hide_the_keys_of_feeds(source: str) -> None:
    with pytest.raises(SitegenError) as found:
        load_config(f"{SITE}sources:\n  {source}\n")
    assert KEY not in repr(found.value.diagnostics)


def test_settings_are_shown_without_keys(digest: Digest) -> None:
    feed = f"https://edda:S3cret@t.example/{KEY}/rss"
    digest.write("site.yaml", f"{SITE}sources:\n  a: {{name: A, feed: '{feed}'}}\n")
    for arguments in (("config",), ("config", "--json"), ("config", "sources")):
        said = digest.run(*arguments).stdout
        assert "t.example/…/rss" in said
        assert "S3cret" not in said
        assert KEY not in said
    assert digest.run("config", "sources.a.feed").stdout.strip() == feed


def test_messages_hide_secrets_wherever_they_are() -> None:
    url = "https://edda:S3cret@h.example/?token=S3cret"
    assert "S3cret" not in repr(problem("x", url, url, 1, help=url, snippet=f"feed: {url}"))


@pytest.mark.parametrize(
    "target",
    [
        "{kind: git, repository: 'https://ci:S3cret@h.example/x.git'}",
        "{kind: git, repository: 'https://S3cret@h.example/x.git'}",
        "{kind: s3, bucket: b, endpoint: 'https://a:S3cret@h.example'}",
        "{kind: s3, bucket: b, secretAccessKey: S3cret}",
        "{kind: sftp, host: h, path: p, Password: S3cret}",
        "{kind: folder, path: p, base_url: 'https://a:S3cret@h.example/'}",
    ],
)
def test_secrets_of_targets_are_refused_and_not_printed(target: str) -> None:
    with pytest.raises(SitegenError) as found:
        load_config(f"{SITE}deploy:\n  live: {target}\n")
    assert found.value.exit_status == 2
    assert "secrets come from the environment" in found.value.diagnostics[0].help
    assert "S3cret" not in repr(found.value.diagnostics)


@pytest.mark.parametrize(
    "setting",
    [
        "sources: {a: {name: A, home: 'https://u:S3cret@t.example/'}}",
        "feeds: {hub: 'https://hub.example/?token=S3cret'}",
        "authors: {a: {name: A, links: ['https://social.example/a?token=S3cret']}}",
        "logo: https://S3cret@t.example/logo.png",
    ],
)
def test_settings_that_are_published_may_hold_no_secret(setting: str) -> None:
    with pytest.raises(SitegenError) as found:
        load_config(f"{SITE}{setting}\n")
    assert "holds a key or password" in found.value.diagnostics[0].message
    assert "S3cret" not in repr(found.value.diagnostics)


PAGE = """<html><head><link rel=canonical href="https://t.example/q?token=S3cret">
<meta name=author content="Edda Lum"><meta property="article:published_time"
content="2026-11-23T10:00:00Z"></head><body><article><h1>Quay nine opens</h1>
<p>The harbour board opened quay nine on Monday, and many people came to see the ships.</p>
<p>They read <a href="https://e:S3cret@t.example/z?mytoken=S3cret">the plan</a>, and
https://e:S3cret@t.example/y, before they went home by the last ferry of the day.</p>
<img src="https://t.example/p.jpg?sig=S3cret" alt="A ship">
</article></body></html>"""


def test_an_imported_page_holds_no_secret(digest: Digest) -> None:
    digest.write("in/page.html", PAGE)
    said = digest.run("import", "in/page.html", "--report", "r.csv", "--json", "--now", NOW)
    assert "keys or passwords in its URLs were left out" in said.stdout
    digest.build()
    written = [p for p in digest.root.rglob("*") if p.is_file() and p.parent.name != "in"]
    assert any("quay-nine" in p.name for p in written)
    for path in written:
        assert b"S3cret" not in path.read_bytes(), path


def test_import_prints_and_writes_no_secret(digest: Digest) -> None:
    for url in (
        "http://edda:S3cret@127.0.0.1:1/feed.xml",
        f"feed://edda:S3cret@127.0.0.1:1/{KEY}/feed.xml",
        f"FEED:http://127.0.0.1:1/{KEY}/feed.xml",
        f"//edda:S3cret@127.0.0.1:1/{KEY}/feed.xml",
        "https:/edda:S3cret@127.0.0.1:1/feed.xml",
        f"http://127.0.0.1:1/{KEY}/feed.xml?token=S3cret",
    ):
        said = digest.run("import", url, expect=None)
        assert "S3cret" not in said.stdout + said.stderr
        assert KEY not in said.stdout + said.stderr
        written = [p for p in (digest.root / "content").rglob("*") if p.is_file()]
        assert not [
            p
            for p in written
            if "S3cret" in p.read_text() or KEY in p.read_text() or "s3cret" in p.name
        ]


def test_a_list_of_feeds_is_printed_without_keys_and_written_with_them(digest: Digest) -> None:
    feed = f"https://edda:S3cret@t.example/{KEY}/rss?token=S3cret"
    home = "https://t.example/?sig=S3cret"
    outline = f'<outline type="rss" text="Tide" xmlUrl="{feed}" htmlUrl="{home}"/>'
    digest.write("in/o.opml", f'<opml version="2.0"><body>{outline}</body></opml>')
    for options in ((), ("--json",), ("--write", "-n"), ("--write",)):
        said = digest.run("import", "in/o.opml", *options, expect=None)
        assert "S3cret" not in said.stdout + said.stderr
        assert KEY not in said.stdout + said.stderr
        assert "Keys are hidden here" in said.stdout or options
    settings = (digest.root / "site.yaml").read_text()
    assert feed in settings
    assert "sig=S3cret" not in settings
    assert digest.run("config", "sources.tide.feed").stdout.strip() == feed
