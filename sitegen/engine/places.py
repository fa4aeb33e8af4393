"""Which folders a site may be written to: none that holds what it is made from."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from itertools import product
from pathlib import Path

from sitegen.base.files import folded_name

CACHE = ".sitegen-cache"
# folders of a site, besides its content
SOURCES = ("static", "themes", "theme", "plugins", "archetypes", "data")
# folders of other programs, and of sitegen itself
OWNED = (".git", ".hg", ".svn", ".jj", ".github", ".venv", "node_modules", CACHE)
OWN_OUTPUTS = ("preview", "deploy")  # what sitegen itself builds into the cache
_BESIDE_OUTPUT = re.compile(r"\..+\.sitegen-[a-z]+")  # the manifest, and where files wait


def refusal(root: Path, folder: Path, content: str, *taken: str, own_outputs: bool = False) -> str:
    """Why nothing may be written to ``folder``, for the site at ``root``; empty where it may be.

    ``content`` is the site's folder of articles, ``taken`` are more folders of it that serve
    another purpose. A folder is refused that is one of these, lies in one, or holds one: under any
    name, so that links, `..` and case do not matter (other machines may take `Content` for
    `content`). What sitegen itself builds into its cache is refused, too, unless ``own_outputs``.
    """
    wanted = {_parts(folder), _parts(folder, follow=False)}
    if not wanted.isdisjoint(map(_parts, (root, *root.parents))):
        return "holds the site itself"
    for name in (content, *SOURCES, *taken):
        if _mixes(root / name, wanted):
            return f"would mix with `{name}/` of the site"
    below = {part for one in wanted for part in one} - {*_parts(root), *_parts(root, follow=False)}
    for name in sorted(below & set(OWNED)):
        if not (own_outputs and name == CACHE and _is_own_output(root, folder)):
            return f"is in `{name}/`"
    if any(map(_BESIDE_OUTPUT.fullmatch, below)):
        return "has a name that sitegen itself uses"
    if (folder / "site.yaml").exists():
        return "holds a site.yaml: it is a site of its own"
    return ""


def _mixes(source: Path, wanted: Iterable[tuple[str, ...]]) -> bool:
    """Whether ``source`` lies in a folder of ``wanted``, or holds one, by whatever link."""
    sources = map(_parts, _with_links(source))
    return any(_overlap(one, other) for one, other in product(sources, wanted))


def _is_own_output(root: Path, folder: Path) -> bool:
    """Whether ``folder`` is one that sitegen itself builds into the cache of the site."""
    try:
        below = folder.resolve().relative_to((root / CACHE).resolve()).parts
    except ValueError:
        return False
    return bool(below) and below[0].startswith(OWN_OUTPUTS)


def _with_links(source: Path) -> list[Path]:
    """``source``, and what links directly in it lead to, such as a theme that is developed
    elsewhere."""
    try:
        return [source, *(Path(entry.path) for entry in os.scandir(source) if entry.is_symlink())]
    except OSError:
        return [source]


def _parts(path: Path, follow: bool = True) -> tuple[str, ...]:
    """The folders that ``path`` leads through, comparable whatever case or Unicode form they are
    written in."""
    full = os.path.realpath(path) if follow else os.path.abspath(path)
    return tuple(map(folded_name, Path(full).parts))


def _overlap(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]
