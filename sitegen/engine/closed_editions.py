"""The records of closed editions: there is one for each day, so they are remembered."""

from __future__ import annotations

import msgspec

from sitegen.base.diagnostics import Diagnostic
from sitegen.base.makers import fingerprint
from sitegen.base.text import digest
from sitegen.content.closed_editions import read_manifests
from sitegen.content.discover import Found
from sitegen.engine.context import BuildContext
from sitegen.model.site import ClosedEdition

Editions = tuple[tuple[ClosedEdition, ...], list[Diagnostic]]


def closed_editions(context: BuildContext, files: tuple[Found, ...]) -> Editions:
    """What ``files`` record, and their diagnostics; read again only where one of them has
    changed."""
    root, config = context.root, context.config

    def read(_: str = "") -> bytes:
        return msgspec.msgpack.encode(read_manifests(root, files, config))

    if context.options.verify:
        record = read()
    else:
        names = [series.slug for series in config.series]
        key = digest(msgspec.msgpack.encode((fingerprint(), config.timezone, names, files)))
        record = context.store.derived("editions", {"": key}, read)[""]
    return msgspec.msgpack.decode(record, type=Editions)
