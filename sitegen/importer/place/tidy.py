"""Items of the inbox that no longer belong there: dropped or taken elsewhere, or what the rules of
their source say now. Nothing is fetched for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sitegen.base.diagnostics import SitegenError
from sitegen.base.files import read_bytes
from sitegen.config.schema import Config
from sitegen.content.inbox import InboxItem, read_inbox
from sitegen.content.inbox_rules import refused
from sitegen.content.seal import is_sealed
from sitegen.importer.place.existing import Holdings
from sitegen.model.base import Struct


class Leaving(Struct, frozen=True):
    """An item that leaves the inbox, and why."""

    item: InboxItem
    reason: str


def leaving(
    root: Path, config: Config, holdings: Holdings, dropped: Mapping[str, str], now: float
) -> Iterator[Leaving]:
    """Every item that leaves the inbox. One that a person has edited stays, whatever the rules
    say."""
    for item in read_inbox(root, config):
        known = holdings.by_key.get(item.key)
        if item.key in dropped:
            yield Leaving(item, f"dropped from the inbox on {dropped[item.key]}")
        elif known is not None and "/_" not in known.path:
            yield Leaving(item, f"is in {known.path} already")
        elif (reason := refused(root, item, config, now)) and _is_untouched(root, item):
            yield Leaving(item, reason)


def _is_untouched(root: Path, item: InboxItem) -> bool:
    """Whether the file is still there, as an import wrote it."""
    try:
        data = read_bytes(root / item.path, item.path)
    except SitegenError:
        return False
    return is_sealed(data.decode("utf-8", "replace"))


def remove_from(root: Path, items: list[Leaving], failed: Callable[[str, OSError], None]) -> None:
    """Delete the files of items that leave; ``failed`` is called for one that stays."""
    for one in items:
        try:
            (root / one.item.path).unlink(missing_ok=True)
        except OSError as error:
            failed(one.item.path, error)
