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


def put(name: str, template: str, data: bytes, folder: Path, started: float = 0.0) -> Made:
    """Write a file whose bytes need no rendering: a copy, an image, or a file of a search index.

    ``started`` is when the work on it began (`time.perf_counter`), if that is before this call.
    """
    target, started = folder / name, started or time.perf_counter()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    info = target.stat()
    seconds = time.perf_counter() - started
    return Made(name, template, digest(data), seconds, info.st_size, info.st_mtime_ns)
