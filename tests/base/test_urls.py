"""URLs of sites and articles."""

from __future__ import annotations

import pytest

from sitegen.base.urls import comparable_url, originals, path_on_site, site_url, without_tracking


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("https://t.example/", "https://t.example/"),
        (" HTTPS://T.Example/Digest ", "https://t.example/Digest"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("https://bücher.example/ä/", "https://xn--bcher-kva.example/%C3%A4/"),
        ("https://t.example/a%20b/", "https://t.example/a%20b/"),
    ],
)
def test_the_url_of_a_site_is_ascii(value: str, url: str) -> None:
    assert site_url(value) == url


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("t.example", "not a web URL"),
        ("ftp://t.example/", "not a web URL"),
        ("https://t.example/?a=1", "query"),
        ("https://t.example/#a", "fragment"),
        ("https://me:secret@t.example/", "user name"),
        ("https://t.example/a b", "blanks"),
        ("https://t.example/../a", "cannot be part"),
        ("https://t.example/%2e%2e/a", "cannot be part"),
        ("https://t.example/%zz", "hexadecimal"),
        ("https://t.example:0/", "port"),
        ("https://t.example:99999/", "port"),
        ("https://-t-.example/", "host"),
        ("https:///a", "host"),
        ("https://ü\u200d.example/", "host"),
    ],
)
def test_a_url_that_no_site_can_have(value: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        site_url(value)


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://www.t.example/a/", "//t.example/a"),
        ("http://m.t.example/a#top", "//t.example/a"),
        ("https://t.example/a?utm_source=x&id=7", "//t.example/a?id=7"),
        ("https://t.example/a?id=7&fbclid=x", "//t.example/a?id=7"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_what_distinguishes_articles(url: str, same: str) -> None:
    assert comparable_url(url) == same


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://quill.press/d/a/?x=1#y", "/a/?x=1#y"),
        ("HTTP://QUILL.press/d/a.png", "/a.png"),
        ("//quill.press/d/a.png", "/a.png"),
        ("https://quill.press/d", "/"),
        ("https://quill.press/", ""),
        ("https://quill.press/digest/a.png", ""),
        ("https://quill.press:8443/d/a.png", ""),
        ("https://www.quill.press/d/a.png", ""),
        ("ftp://quill.press/d/a.png", ""),
        ("/d/a.png", ""),
        ("https://[quill/d/a.png", ""),
    ],
)
def test_the_path_of_a_url_below_a_site(url: str, path: str) -> None:
    assert path_on_site(url, "https://quill.press/d/") == path


def test_the_url_of_a_host_is_not_an_original() -> None:
    urls = ("https://t.example/b", "", "https://www.t.example/", "http://t.example/b/")
    assert originals(*urls) == ("//t.example/b",)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://t.example/a", "https://t.example/a"),
        ("https://t.example/a?utm_source=x", "https://t.example/a"),
        ("https://t.example/a?utm_source=x#b", "https://t.example/a#b"),
        ("https://t.example/a?id=7&gclid=x&p=2", "https://t.example/a?id=7&p=2"),
        ("https://t.example/a#b?utm_source=x", "https://t.example/a#b?utm_source=x"),
    ],
)
def test_what_only_counts_visitors_is_taken_from_a_url(url: str, kept: str) -> None:
    assert without_tracking(url) == kept
