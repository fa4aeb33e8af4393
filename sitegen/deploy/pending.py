"""Notifications that are still due: noted before a deployment begins, so that none is lost by a
failure or a kill."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from sitegen.base.files import write_whole

ALL = "*"  # in the place of paths: whatever has changed, it is not known what

Pending = dict[str, tuple[str, ...]]  # task of `after` -> changed paths


def read_pending(file: Path) -> Pending:
    """What was left undone; nothing without a note that can be read."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Pending)
    except (OSError, msgspec.MsgspecError):
        return {}


def write_pending(file: Path, pending: Mapping[str, tuple[str, ...]]) -> None:
    """Note what is to be done; where nothing is, remove the note."""
    left = {task: sorted(set(paths)) for task, paths in pending.items() if paths}
    if left:
        write_whole(file, msgspec.json.encode(left, order="sorted"))
    else:
        file.unlink(missing_ok=True)
