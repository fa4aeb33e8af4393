"""Files that hosts read next to the site."""

from __future__ import annotations

import re

import pytest

from sitegen.config.targets import (
    CloudflareTarget,
    DeployTarget,
    FolderTarget,
    GitTarget,
    NetlifyTarget,
)
from sitegen.deploy.host_files import (
    MAX_REDIRECTS,
    additions,
    headers_file,
    htaccess_file,
    redirects_file,
)
from sitegen.engine.addresses import Redirects


def test_headers() -> None:
    text = headers_file({"images/*": "public, max-age=60"}, "default-src 'self'").decode()
    assert "  Content-Security-Policy: default-src 'self'; frame-ancestors 'self'\n" in text
    assert "/images/*\n  Cache-Control: public, max-age=60\n" in text
    assert text.index("/*") < text.index("/images/*") < text.index("/assets/*")
    assert "Content-Security-Policy" not in headers_file({}).decode()
    with_editor = headers_file({}, "default-src 'self'", editor=True).decode()
    assert "  Content-Security-Policy: frame-ancestors 'self'\n" in with_editor


def test_redirects_are_sorted_and_no_line_can_be_added() -> None:
    pairs = (("/b/", "/x/"), ("/a/", "/y/"), ("/a/", "/y/"), ("/c/\n/evil/", "/z/"))
    moved = Redirects(pairs, ("/old/", "/e /"))
    assert redirects_file(moved) == b"/a/ /y/ 301\n/b/ /x/ 301\n"
    assert redirects_file(moved, forced=True) == (b"/old/ /old/ 410!\n/a/ /y/ 301!\n/b/ /x/ 301!\n")
    many = tuple((f"/{number}/", "/x/") for number in range(MAX_REDIRECTS + 5))
    assert redirects_file(Redirects(many)).count(b"\n") == MAX_REDIRECTS


def test_rules_of_apache_match_one_url_each() -> None:
    moved = Redirects((("/a.b/", "/y/"), ("/c", '/"x')), ("/old.html",))
    rules = htaccess_file(moved).decode().splitlines()
    assert rules == [
        'RedirectMatch gone "^/old\\.html$"',
        'RedirectMatch permanent "^/a\\.b/(?:index\\.html)?$" "/y/"',
        'RedirectMatch permanent "^/c$" "/%22x"',
    ]
    assert [re.match(rule.split('"')[1], "/a.b/index.html") for rule in rules].count(None) == 2


@pytest.mark.parametrize(
    ("kind", "target", "names"),
    [
        ("folder", FolderTarget(path="x"), []),
        ("folder", FolderTarget(path="x", htaccess=True), [".htaccess"]),
        ("netlify", NetlifyTarget(path="x"), ["_headers", "_redirects"]),
        ("cloudflare", CloudflareTarget(path="x"), ["_headers", "_redirects"]),
        ("git", GitTarget(cname="news.example"), [".nojekyll", "CNAME"]),
        ("git", GitTarget(host="gitlab"), []),
    ],
)
def test_additions(kind: str, target: DeployTarget, names: list[str]) -> None:
    assert [item.path for item in additions(target, kind, Redirects())] == names
