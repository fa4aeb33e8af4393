"""The families of pages as the cache has them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sitegen.model.output import Key, Plan

OwnerRow = tuple[str, str, str | None, str | None]

_encode = msgspec.json.Encoder().encode
family_key = msgspec.json.Decoder(tuple[str | int, ...]).decode


def family_name(key: Key) -> str:
    """The family ``key`` as the cache has it."""
    return _encode(key).decode()


def owner_rows(plan: Plan) -> Iterator[OwnerRow]:
    """What is remembered of each output of ``plan``: its families, and its entry in the
    sitemap."""
    for output, keys in plan.owners.items():
        url, changed = plan.entries.get(output, (None, None))
        for key in keys:
            yield family_name(key), output, url, changed
