"""A warning for each entry of a menu that leads nowhere, at its line in site.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

from sitegen.base.diagnostics import Diagnostic, nearest_hint, problem
from sitegen.base.files import read_bytes, utf8
from sitegen.base.text import is_rooted
from sitegen.engine.dead_links import TextLines
from sitegen.model.views import SiteContext
from sitegen.pages.menus import LostEntry, places


def lost_entries(root: Path, lost: Iterable[LostEntry]) -> list[Diagnostic]:
    """The entries ``lost`` of the menus of the site at ``root``."""
    return _reported(root, [(one.written, one.message, one.help) for one in lost])


def dead_entries(
    root: Path, frames: Iterable[SiteContext], outputs: AbstractSet[str]
) -> list[Diagnostic]:
    """The entries of menus in ``frames`` whose URL is that of none of ``outputs``."""
    dead = [url for url in _own_urls(frames) if _file(url) not in outputs]
    if not dead:
        return []
    paths = {f"/{name.removesuffix('index.html')}" for name in outputs}
    advice = "correct or remove the entry"
    found = [(url, f"nothing is at `{url}`", nearest_hint(url, paths, advice)) for url in dead]
    return _reported(root, found)


def _own_urls(frames: Iterable[SiteContext]) -> list[str]:
    """The URLs of this site that the menus in ``frames`` have, each once."""
    menus = chain.from_iterable(frame.menus.values() for frame in frames)
    urls = dict.fromkeys(chain.from_iterable(map(places, menus)))
    return list(filter(is_rooted, urls))


def _file(url: str) -> str:
    """The output that is at the ``url``."""
    path = unquote(url.partition("#")[0].partition("?")[0])[1:]
    return f"{path}index.html" if not path or path.endswith("/") else path


def _reported(root: Path, found: list[tuple[str, str, str]]) -> list[Diagnostic]:
    """A warning for each of ``found``: what is written, what is wrong, and what to do."""
    if not found:
        return []
    text = utf8(read_bytes(root / "site.yaml", "site.yaml"), "site.yaml", "config")
    above, menus, below = text.partition("\nmenus:")
    first = above.count("\n") + 1 if menus else 0
    lines = below.split("\n") if menus else text.split("\n")
    return [
        problem(
            "menu",
            f"an entry of the menus leads nowhere: {message}",
            "site.yaml",
            first + TextLines("\n".join(lines)).line_with(written),
            1,
            help,
            level="warning",
        )
        for written, message, help in found
    ]
