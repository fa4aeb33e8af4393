"""The data files that templates use, read again only after they have changed."""

from __future__ import annotations

from typing import Any

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError
from sitegen.base.files import read_bytes
from sitegen.base.text import digest
from sitegen.content.site_data import as_tree, data_files, keys_of, read_data
from sitegen.engine.context import BuildContext
from sitegen.model.base import Struct


class _Read(Struct, frozen=True):
    """The value of one file, or what is wrong with it."""

    value: Any = None
    problems: tuple[Diagnostic, ...] = ()


def site_data(context: BuildContext) -> tuple[dict[str, Any], list[Diagnostic]]:
    """What templates use of the folder `data`, and what is wrong with those files."""
    names = frozenset(" ".join(context.data.values()).split())
    if not names:
        return {}, []
    places, problems = data_files(context.root, names)
    found: dict[str, bytes] = {}
    for place in places:
        try:
            found[place] = read_bytes(context.root / place, place)
        except SitegenError as error:
            problems += error.diagnostics

    def make(place: str) -> bytes:
        try:
            read = _Read(read_data(found[place], place))
        except SitegenError as error:
            read = _Read(problems=tuple(error.diagnostics))
        return msgspec.msgpack.encode(read)

    keys = {place: f"{place} {digest(data)}" for place, data in found.items()}
    values = {}
    for place, data in context.store.derived("data", keys, make).items():
        read = msgspec.msgpack.decode(data, type=_Read)
        values[keys_of(place)] = read.value
        problems += read.problems
    tree, more = as_tree(values)
    return tree, [*problems, *more]
