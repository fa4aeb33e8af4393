"""Keys and passwords in URLs reach no page, feed or message."""

from __future__ import annotations

import pytest

from sitegen.base.diagnostics import SitegenError, problem
from sitegen.base.secrets import has_secret, hidden, hidden_feed, is_private_feed, without_secrets
from sitegen.config.load import load_config
from tests.conftest import SITE, Digest

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
    ],
)
def test_what_is_published_of_a_url(url: str, published: str) -> None:
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
    ],
)
def test_a_feed_for_everybody_stays(url: str) -> None:
    assert not is_private_feed(url)


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
    digest.article(
        "a", more=source + "credits: [{name: Bo, url: 'https://bo.example/?password=S3cret'}]\n"
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


def test_import_prints_and_writes_no_secret(digest: Digest) -> None:
    for url in (
        "http://edda:S3cret@127.0.0.1:1/feed.xml",
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
