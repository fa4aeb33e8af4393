"""Folders and zip archives as one kind of thing: names, and bounded bytes behind them."""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Protocol

from sitegen.base.diagnostics import fail
from sitegen.base.files import read_bytes
from sitegen.base.text import safe_path

MAX_FILES = 100_000
MAX_DEPTH = 20
MAX_MEMBERS = 50_000
MAX_UNPACKED = 1024 * 1024 * 1024
# Of unpacked to packed bytes of one member: text reaches some hundred, a bomb a thousand and more.
MAX_RATIO = 2000
_ASKED_FOR = (".htaccess", ".authors.yml")  # are not listed, but may be asked for


class Tree(Protocol):
    """Files by their names relative to a root, with forward slashes."""

    name: str
    notes: list[str]
    hidden: set[str]  # names that begin with a dot, which are not read

    def names(self) -> list[str]:
        """The names of all regular files, sorted."""
        ...

    def read(self, name: str, limit: int) -> bytes:
        """The bytes of a file.

        Raises SitegenError where it is missing, no regular file, or longer than ``limit``.
        """
        ...

    def path(self, name: str) -> str:
        """Where the file is on disk, or an empty string where it is in an archive."""
        ...


class InputFolder:
    """A folder on disk.

    Hidden files and links are passed over, depth is bounded.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.name = root.resolve().name
        self.notes: list[str] = []
        self.hidden: set[str] = set()
        self._names: list[str] | None = None

    def names(self) -> list[str]:
        if self._names is None:
            self._names = [
                p.relative_to(self.root).as_posix()
                for p in input_files(self.root, self.notes, self.hidden)
            ]
        return self._names

    def read(self, name: str, limit: int) -> bytes:
        path = self.root / name
        if not path.resolve().is_relative_to(self.root.resolve()):
            raise fail("unsafe-path", "leads out of the folder that is imported", name)
        return read_bytes(path, name, limit)

    def path(self, name: str) -> str:
        return str(self.root / name)


def open_zip(data: bytes, name: str) -> zipfile.ZipFile:
    """A zip archive with its names.

    Raises SitegenError for one that is broken.
    """
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (
        zipfile.BadZipFile,
        ValueError,
        NotImplementedError,
        OSError,
        RuntimeError,
        struct.error,
    ) as error:
        raise fail("import", f"is a broken zip archive: {str(error)[:100]}", name) from None


class Archive:
    """A zip archive: unsafe names and links are left out, and what is unpacked is bounded by its
    real size."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.name = name
        self.notes: list[str] = []
        self.hidden: set[str] = set()
        self.left = MAX_UNPACKED
        self._zip, entries = archive, archive.infolist()
        if len(entries) > MAX_MEMBERS:
            raise fail("import", f"holds more than {MAX_MEMBERS} files", name)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            self._take(entry)
        tops = {n.split("/", 1)[0] for n in self._entries}
        self._top = (
            f"{next(iter(tops))}/"
            if len(tops) == 1 and all("/" in n for n in self._entries)
            else ""
        )

    def _take(self, entry: zipfile.ZipInfo) -> None:
        """List an entry under its path, or note why it is not read."""
        if entry.is_dir():
            return
        path = safe_path(entry.filename) or ""
        reason = _refusal(entry, path) or self._second(path)
        if reason:
            self.notes.append(f"`{_printable(entry.filename)}` {reason}")
            return
        hidden = _hidden_part(path)
        if hidden:
            self.hidden.add(hidden)
        if not hidden or path.endswith(_ASKED_FOR):
            self._entries[path] = entry

    def _second(self, path: str) -> str:
        """Why an entry is not read whose path another one has; a hidden one is not read anyway."""
        if path not in self._entries or _hidden_part(path):
            return ""
        return "is in the archive twice; the first one is read"

    def names(self) -> list[str]:
        listed = (n for n in self._entries if not n.endswith(_ASKED_FOR))
        return sorted(n.removeprefix(self._top) for n in listed)

    def read(self, name: str, limit: int) -> bytes:
        entry = self._entries.get(self._top + name)
        if entry is None:
            raise fail("unreadable", "is not in the archive", name)
        most = min(limit, self.left, max(1 << 20, entry.compress_size * MAX_RATIO))
        try:
            with self._zip.open(entry) as member:
                data = member.read(most + 1)
        except (
            zipfile.BadZipFile,
            ValueError,
            NotImplementedError,
            OSError,
            RuntimeError,
            EOFError,
            zlib.error,
        ) as error:
            raise fail(
                "import", f"cannot be unpacked: {str(error)[:100]}", f"{self.name}/{name}"
            ) from None
        if len(data) > most:
            raise fail(
                "too-large",
                "unpacks to more than is read",
                f"{self.name}/{name}",
                help="unpack the archive and import the folder",
            )
        self.left -= len(data)
        return data

    def path(self, name: str) -> str:
        return ""


def input_files(folder: Path, notes: list[str], hidden: set[str] | None = None) -> list[Path]:
    """Regular files below ``folder``, sorted; hidden ones (named in ``hidden``) and links are
    passed over, depth is bounded."""
    out: list[Path] = []
    stack = [(folder, 0)]
    while stack:
        here, depth = stack.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda e: e.name)
        except OSError as error:
            notes.append(
                f"the folder `{here.relative_to(folder).as_posix()[:120]}` cannot be read:"
                f" {error.strerror}"
            )
            continue
        for entry in entries:
            if entry.name.startswith("."):
                if hidden is not None:
                    hidden.add(entry.name)
                continue
            if entry.is_symlink():
                notes.append(
                    f"`{Path(entry.path).relative_to(folder).as_posix()[:120]}` is a link and was"
                    " not read"
                )
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth < MAX_DEPTH:
                    stack.append((Path(entry.path), depth + 1))
                else:
                    notes.append(f"folders deeper than {MAX_DEPTH} levels were passed over")
            elif entry.is_file(follow_symlinks=False):
                out.append(Path(entry.path))
                if len(out) >= MAX_FILES:
                    notes.append(f"only the first {MAX_FILES} files were read")
                    return sorted(out)
    return sorted(out)


__all__ = ["Archive", "InputFolder", "Tree", "input_files", "open_zip"]


def _refusal(entry: zipfile.ZipInfo, path: str) -> str:
    """Why an entry is not read, or an empty string; ``path`` is its name as a safe path."""
    reasons = {
        "would leave the folder and was not read": not path or _leaves_folder(entry.filename),
        "is a link and was not read": stat.S_ISLNK(entry.external_attr >> 16),
        "is encrypted and was not read": bool(entry.flag_bits & 1),
        "lies too deep and was not read": path.count("/") > MAX_DEPTH,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _leaves_folder(name: str) -> bool:
    """Whether a name is an absolute path, on any system."""
    return name.startswith("/") or "\\" in name or bool(re.match(r"[A-Za-z]:", name))


def _hidden_part(path: str) -> str:
    """The part of a path that programs hide, or an empty string."""
    parts = path.split("/")
    return next((part for part in parts if part.startswith(".") or part == "__MACOSX"), "")


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)[:120]
