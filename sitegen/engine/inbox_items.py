"""The items of the inbox, read in several processes: a first look at thousands takes seconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from sitegen.config.schema import Config
from sitegen.content.discover import Found
from sitegen.content.inbox import InboxItem, read_inbox, read_item
from sitegen.engine.workers import Processes, cores
from sitegen.model.base import Struct


class InboxJob(Struct, frozen=True):
    """Items to be read below ``root``, from their files."""

    root: str
    config: Config

    def start(self) -> Callable[[Sequence[Found]], list[InboxItem]]:
        """From files to items."""
        root = Path(self.root)
        return lambda files: [read_item(root, file, self.config) for file in files]


def inbox_items(
    root: Path,
    config: Config,
    known: Mapping[str, InboxItem] | None = None,
    files: Sequence[Found] | None = None,
) -> list[InboxItem]:
    """The items of the inbox, sorted by path; ``known`` are those read before, by path, ``files``
    its files if they have been listed."""
    job = InboxJob(str(root), config)
    read_many = partial(Processes(cores()).run, job)
    return read_inbox(root, config, read_many, known, files)
