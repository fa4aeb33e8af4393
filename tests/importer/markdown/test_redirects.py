"""Redirects of an old site."""

from __future__ import annotations

import pytest

from sitegen.importer.archives import Archive
from sitegen.importer.markdown.redirects import read_redirects
from tests.importer.generate.office import packed
from tests.importer.samples import opened


def read(**files: str) -> dict[str, tuple[str, ...]]:
    names = {f"site/{name.replace('__', '/')}": text for name, text in files.items()}
    named = {n.replace("htaccess", ".htaccess"): text for n, text in names.items()}
    return read_redirects(Archive(opened(packed({"site/a.md": "x", **named})), "x"))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("/old /new 301", {"new": ("/old",)}),
        ("/old/   /posts/new/", {"posts/new": ("/old",)}),
        ("/old https://a.example/new/index.html 302!", {"new": ("/old",)}),
        ("/a/* /b/:splat", {}),
        ("/same /same/", {}),
        ("# /old /new", {}),
        ("/old / 301", {}),
        ("/old /new 404", {}),
        ("/../x /new", {}),
    ],
)
def test_rules_of_netlify(line: str, found: dict[str, tuple[str, ...]]) -> None:
    assert read(_redirects=line) == found
    assert read(static___redirects=line) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Redirect 301 /old /new", {"new": ("/old",)}),
        ("RedirectPermanent /old https://a.example/new", {"new": ("/old",)}),
        ("Redirect /old /new", {"new": ("/old",)}),
        (r"RewriteRule ^old\.html$ /new [R=301,L]", {"new": ("/old.html",)}),
        ("RewriteRule ^a/old/?$ /new/ [L,R]", {"new": ("/a/old",)}),
        (r"RewriteRule ^(\d+)/(.*)$ /$2 [R=301]", {}),
        ("RewriteRule ^old$ /new [L]", {}),
        ("Options -Indexes", {}),
    ],
)
def test_rules_of_apache(line: str, found: dict[str, tuple[str, ...]]) -> None:
    assert read(htaccess=line) == found


def test_several_paths_may_lead_to_one() -> None:
    assert read(_redirects="/a /c\n/b /c\n/a /c") == {"c": ("/a", "/b")}
