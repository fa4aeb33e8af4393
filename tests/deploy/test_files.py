"""The files of output/ as they belong at a target."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.base.text import digest
from sitegen.deploy.files import gather, made


@pytest.fixture
def output(tmp_path: Path) -> Path:
    for name in ("index.html", ".well-known/security.txt", "a.css", "a.css~", ".git/config"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    os.symlink(tmp_path / "index.html", tmp_path / "link.html")
    return tmp_path


def test_links_and_leftovers_stay_here(output: Path) -> None:
    items = gather(output, {}, frozenset(), None)
    assert sorted(items) == [".well-known/security.txt", "a.css", "index.html"]
    assert items["a.css"].digest == digest(b"a.css")
    assert items["a.css"].read() == b"a.css"


def test_headers_are_for_targets_that_set_them(output: Path) -> None:
    assert gather(output, {}, frozenset(), None)["a.css"].type == ""
    styled = gather(output, {}, frozenset(), {"*.css": "no-store"}, "gzip")["a.css"]
    assert (styled.type, styled.cache, styled.encoding) == (
        "text/css; charset=utf-8",
        "no-store",
        "gzip",
    )


def test_a_site_without_a_front_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SitegenError, match="no index"):
        gather(tmp_path, {}, frozenset(), None)


def test_a_file_of_the_target_alone() -> None:
    assert made("CNAME", b"x\n").read() == b"x\n"
