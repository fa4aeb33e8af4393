"""A staged file: it waits next to output/ until all are made."""

from __future__ import annotations

import os
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
    path, started = f"{folder}/{name}", started or time.perf_counter()
    make_folder(path.rpartition("/")[0], set())
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        info = os.fstat(file.fileno())
    seconds = time.perf_counter() - started
    return Made(name, template, digest(data), seconds, info.st_size, info.st_mtime_ns)


def make_folder(folder: str, made: set[str]) -> None:
    """Make ``folder`` and those above it, except those in ``made``, with as few system calls as
    possible."""
    if folder in made:
        return
    try:
        os.mkdir(folder)
    except FileNotFoundError:
        make_folder(folder.rpartition("/")[0], made)
        make_folder(folder, made)
    except FileExistsError:  # another worker was faster
        pass
    made.add(folder)
