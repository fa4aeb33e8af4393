"""Values that other generators give to all texts of a folder, which no text writes itself.

Sources: https://jekyllrb.com/docs/configuration/front-matter-defaults/,
https://gohugo.io/content-management/front-matter/#cascade-1,
https://www.11ty.dev/docs/data-template-dir/, https://docs.getpelican.com/en/latest/settings.html.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from sitegen.importer.archives import Tree
from sitegen.importer.markdown.dialects import fold
from sitegen.importer.markdown.settings import head_of, settings_of
from sitegen.model.base import Struct

MAX_GIVEN = 5_000
# What the texts of a folder may share; a headline, a day or an URL belongs to one of them.
_SHARED = frozenset(
    "authors credits tags categories category section lang draft published status source image"
    " dateline rights license".split()
)
_STRONGER = ".11tydata.json"


class Given(Struct, frozen=True):
    """``values`` of the texts whose path matches ``pattern`` (`posts/*`), as `fnmatch` reads it."""

    pattern: str
    values: dict[str, Any]


def values_for(given: Iterable[Given], name: str, written: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a text at ``name``: those ``written`` in it, and those ``given`` to it that it
    does not write in any spelling; of several the last."""
    own = set(map(_canonical, written))
    out: dict[str, Any] = {}
    for one in given:
        if fnmatchcase(name, one.pattern):
            out |= {k: v for k, v in one.values.items() if _canonical(k) not in own}
    return {**out, **written}


def _canonical(key: str) -> str:
    """The key of docs/front-matter.md that ``key`` is a spelling of, or itself."""
    return next(iter(fold({key: "-"})[0]), str(key).lower())


def _shared(values: Any) -> dict[str, Any]:
    """Of what a generator gives, that which an article keeps."""
    known = _table(values).items()
    return {str(k): v for k, v in known if _canonical(str(k)) in _SHARED}


def _given(folder: str, values: Any) -> Iterator[Given]:
    """What is given to all texts below a folder, if any of it is kept."""
    kept = _shared(values)
    if kept:
        path = folder.strip("/").replace("[", "[[]")
        yield Given(f"{path}/*" if path else "*", kept)


def by_jekyll(settings: Mapping[str, Any]) -> tuple[Given, ...]:
    """`defaults` of `_config.yml`; the scope with the longer path is the stronger one."""
    rows = settings.get("defaults")
    found: list[Given] = []
    for row in map(_table, rows[:MAX_GIVEN] if isinstance(rows, list) else ()):
        scope = _table(row.get("scope"))
        folder = _below(str(scope.get("path") or ""), str(scope.get("type") or ""))
        found += _given(folder, row.get("values"))
    return _weakest_first(found)


def _below(path: str, kind: str) -> str:
    """The folder of a scope of Jekyll: of a kind of texts below a path."""
    folder = path.strip("/")
    if not kind or kind == "pages" or f"_{kind}" in folder.split("/"):
        return folder
    return f"{folder}/*_{kind}" if folder else f"*_{kind}"


def by_hugo(tree: Tree, settings: Mapping[str, Any], folders: Sequence[str]) -> tuple[Given, ...]:
    """`cascade` of the settings, and of the pages of sections (`_index.md`) below ``folders``."""
    found = [given for root in folders for given in _cascade(root, settings.get("cascade"))]
    for name in filter(_is_of_section, tree.names()):
        if len(found) >= MAX_GIVEN:
            break
        head = head_of(tree, name)
        found += _cascade(name.rpartition("/")[0], head.values.get("cascade"))
    return _weakest_first(found)


def _is_of_section(name: str) -> bool:
    return name.rpartition("/")[2].startswith("_index.")


def _cascade(folder: str, said: Any) -> Iterator[Given]:
    """What a cascade gives to the texts of a folder; one with a target gives to the path of that,
    and nothing if it means lists."""
    for values in map(_table, said if isinstance(said, list) else [said]):
        target = _table(values.get("_target") or values.get("target"))
        if target.get("kind", "page") == "page":
            place = _place_of_target(folder, str(target.get("path") or ""))
            yield from _given(place, {**values, **_table(values.get("params"))})


def _place_of_target(folder: str, path: str) -> str:
    """The folder that a target in a cascade of ``folder`` means."""
    root = folder.split("/")[0] if path.startswith("/") else folder
    below = path.replace("**", "").rstrip("*").strip("/")
    return f"{root}/{below}"


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def by_eleventy(tree: Tree) -> tuple[Given, ...]:
    """The data files of folders, `posts/posts.json` and as the stronger one
    `posts/posts.11tydata.json`; stronger than both is that of one text,
    `posts/clock.11tydata.json`."""
    names = sorted(filter(is_eleventy_data, tree.names()), key=lambda n: n.endswith(_STRONGER))
    of_folders: list[Given] = []
    of_texts: list[Given] = []
    for name in names[:MAX_GIVEN]:
        values = settings_of(tree, name)
        if _is_of_folder(name):
            of_folders += _given(name.rpartition("/")[0], values)
        else:
            of_texts.append(Given(f"{name.removesuffix(_STRONGER)}.*", dict(_table(values))))
    return (*_weakest_first(of_folders), *of_texts)


def is_eleventy_data(name: str) -> bool:
    """Whether a file holds the data of its folder, or of one text."""
    return name.endswith(_STRONGER) or _is_of_folder(name)


def _is_of_folder(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    own = folder.rpartition("/")[2]
    return bool(own) and file in (f"{own}.json", f"{own}{_STRONGER}")


def by_pelican(settings: Mapping[str, Any]) -> tuple[Given, ...]:
    """`DEFAULT_METADATA`."""
    return tuple(_given("", settings.get("DEFAULT_METADATA")))


def _weakest_first(found: Iterable[Given]) -> tuple[Given, ...]:
    """In the order in which later ones win: those of folders that are deeper."""
    return tuple(sorted(found, key=lambda one: one.pattern.count("/")))
