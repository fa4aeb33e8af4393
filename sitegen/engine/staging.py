"""A staged file: it waits next to output/ until all are made."""

from __future__ import annotations

import time
from pathlib import Path

from sitegen.base.diagnostics import Diagnostic
from sitegen.base.text import digest
from sitegen.model.base import Struct


class Made(Struct, frozen=True):
    """The outcome of making one file: its stat and a digest of its bytes, or what went wrong."""

    output: str
    template: str
    digest: str
    seconds: float
    size: int = 0
    mtime_ns: int = 0
    problem: Diagnostic | None = None


def put(name: str, template: str, data: bytes, folder: Path) -> Made:
    """Write a file whose bytes need no rendering: a copy, or a file of a search index."""
    target, started = folder / name, time.perf_counter()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    info = target.stat()
    return Made(
        name, template, digest(data), time.perf_counter() - started, info.st_size, info.st_mtime_ns
    )
