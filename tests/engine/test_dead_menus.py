"""Entries of menus that lead nowhere."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from sitegen.engine.dead_menus import dead_entries, lost_entries
from sitegen.model.site import MenuItem
from sitegen.pages.menus import LostEntry
from sitegen.pages.site_context import frame
from tests.samples import config, site, theme

TEXT = """\
title: The wrold
menus:
  main:
  - world
  - wrold
  - /b%C3%A4r/
  - /fedd.xml
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "site.yaml").write_text(TEXT)
    return tmp_path


def test_a_lost_entry_is_reported_at_its_line(root: Path) -> None:
    lost = LostEntry("main", "wrold", "there is no section or page `wrold`", "did you mean …?")
    (found,) = lost_entries(root, [lost])
    assert (found.path, found.line, found.level, found.code) == ("site.yaml", 5, "warning", "menu")
    assert found.message.endswith("there is no section or page `wrold`")


def test_a_path_at_which_nothing_is_published_is_reported(root: Path) -> None:

    items = tuple(MenuItem(url, url) for url in ("/b%C3%A4r/", "/a/?q=1#x", "/fedd.xml", "//h/x"))
    shown = msgspec.structs.replace(
        frame(site(), theme(), config()), menus={"main": (MenuItem("More", "", items),)}
    )
    (found,) = dead_entries(root, [shown], {"bär/index.html", "a/index.html", "feed.xml"})
    assert (found.line, found.help) == (7, "did you mean `/feed.xml`?")
    assert "nothing is at `/fedd.xml`" in found.message
