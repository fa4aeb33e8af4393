"""The manifest: a file beside output/ with the names of the files in it that sitegen wrote, one a
line.

It outlives the cache, so that deleting the cache orphans no file. All other files are the user's.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sitegen.base.files import is_inside, own_bytes, write_whole
from sitegen.base.text import digest
from sitegen.model.base import Struct


class OutputManifest(Struct, frozen=True):
    """The names that a manifest holds, and what is wrong with it, such as "is empty"; nothing where
    it is sound."""

    names: frozenset[str]
    fault: str = ""


def manifest_path(output: Path) -> Path:
    """Where the manifest of ``output`` is."""
    return output.parent / f".{output.name}.sitegen-files"


def manifest_mark(output: Path) -> str:
    """A digest of the manifest of ``output``; nothing where there is none."""
    try:
        return digest(own_bytes(manifest_path(output)))
    except OSError:
        return ""


def mark_of(names: Iterable[str]) -> str:
    """The digest of a manifest that holds ``names``."""
    return digest(_encoded(names))


def read_manifest(output: Path) -> OutputManifest:
    """The manifest of ``output``, with those of its names that lie in the folder."""
    try:
        data = own_bytes(manifest_path(output))
    except FileNotFoundError:
        return OutputManifest(frozenset(), "is missing")
    except OSError as error:
        return OutputManifest(frozenset(), f"cannot be read ({error.strerror})")
    if not data:
        return OutputManifest(frozenset(), "is empty")
    *lines, rest = data.split(b"\n")
    names = frozenset(name for line in lines if is_inside(name := line.decode("utf-8", "ignore")))
    sound = not rest and data == _encoded(names)
    return OutputManifest(names, "" if sound else "is damaged")


def write_manifest(output: Path, names: Iterable[str], durable: bool = True) -> None:
    """Record which files in ``output`` are ours; with ``durable`` the record outlives a power
    cut.

    Raises OSError, also for a folder in its place that is not empty, which is not ours.
    """
    path = manifest_path(output)
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    write_whole(path, _encoded(names), durable)


def _encoded(names: Iterable[str]) -> bytes:
    return "".join(f"{name}\n" for name in sorted(names)).encode()
