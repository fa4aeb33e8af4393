"""Two outputs with one path.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.base.files import folded_name, is_inside
from sitegen.model.output import Item, Plan
from sitegen.pages.search import FOLDER


def parents(name: str) -> Iterator[str]:
    """The folders that ``name`` is in, the inmost first."""
    while name := name.rpartition("/")[0]:
        yield name


def collisions(whole: Plan) -> list[Diagnostic]:
    """An error for every two outputs that are one file, also where case or Unicode form is folded,
    and for one outside output/."""
    seen: dict[str, Item] = {}
    folders: dict[str, Item] = {}
    out = []
    for item in whole.items():
        if not is_inside(item.output):
            message = (
                f"cannot be written to output/ as {item.output!r}: it leaves the folder, or has"
                " control characters in its name"
            )
            out.append(
                problem(
                    "unsafe-path",
                    message,
                    item.origin if item.origin.isprintable() else repr(item.origin),
                )
            )
            continue
        key = folded_name(item.output)
        other = seen.setdefault(key, item)
        if other is not item:
            out.append(_collision(item, other.origin))
        for parent in parents(key):
            if parent in folders:
                break
            folders[parent] = item
    if whole.shards:  # the names of its files are not known before they are made
        out += [
            _collision(item, "the search index")
            for key, item in seen.items()
            if f"{key}/".startswith(f"{FOLDER}/")
        ]
    for key in sorted(seen.keys() & folders.keys()):
        message = f"`{seen[key].output}` is both a file and a folder"
        out.append(
            problem(
                "collision",
                message,
                seen[key].origin,
                help=f"change the URL of {folders[key].origin}",
            )
        )
    return out


def _collision(item: Item, other: str) -> Diagnostic:
    message = f"has the same URL as {other}: `/{item.output}`"
    line = 1 if "." in item.origin.rsplit("/", 1)[-1] else 0
    return problem(
        "collision", message, item.origin, line, help="give one of them another `slug` or `url`"
    )
