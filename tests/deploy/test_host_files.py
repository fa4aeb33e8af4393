"""Files that hosts read next to the site."""

from __future__ import annotations

import pytest

from sitegen.deploy.host_files import MAX_REDIRECTS, additions, headers_file, redirects_file


def test_headers() -> None:
    text = headers_file({"images/*": "public, max-age=60"}, "default-src 'self'").decode()
    assert "  Content-Security-Policy: default-src 'self'; frame-ancestors 'self'\n" in text
    assert "/images/*\n  Cache-Control: public, max-age=60\n" in text
    assert text.index("/*") < text.index("/images/*") < text.index("/assets/*")
    assert "Content-Security-Policy" not in headers_file({}).decode()


def test_redirects_are_sorted_and_no_line_can_be_added() -> None:
    pairs = [("/b/", "/x/"), ("/a/", "/y/"), ("/a/", "/y/"), ("/c/\n/evil/", "/z/")]
    assert redirects_file(pairs) == b"/a/ /y/ 301\n/b/ /x/ 301\n"
    many = [(f"/{number}/", "/x/") for number in range(MAX_REDIRECTS + 5)]
    assert redirects_file(many).count(b"\n") == MAX_REDIRECTS


@pytest.mark.parametrize(
    ("kind", "host", "cname", "names"),
    [
        ("folder", "", "", []),
        ("netlify", "", "", ["_headers", "_redirects"]),
        ("cloudflare", "", "", ["_headers", "_redirects"]),
        ("git", "github", "news.example", [".nojekyll", "CNAME"]),
        ("git", "gitlab", "", []),
    ],
)
def test_additions(kind: str, host: str, cname: str, names: list[str]) -> None:
    assert [item.path for item in additions(kind, host, cname, {}, ())] == names
