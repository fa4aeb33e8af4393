"""A folder of this machine: switched to a new release in one step, or changed file by file."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from sitegen.base.files import write_whole
from sitegen.base.text import digest
from sitegen.deploy.model import LOCK, MANIFEST, Entry, Item, Refused, Seen

KEPT = 3  # releases


class Folder:
    """A folder whose files are replaced one by one."""

    jobs, atomic = 4, False

    def __init__(self, path: Path) -> None:
        self.base = path
        self.name = str(path)

    def begin(self, writing: bool) -> None:
        """Make the folder."""
        if writing:
            self.base.mkdir(parents=True, exist_ok=True)

    def read(self, name: str) -> bytes | None:
        """A file's bytes, or None."""
        try:
            return (self.base / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def listing(self, verify: bool) -> dict[str, Seen] | None:
        """All files, but for those of version control, which are no part of a site."""
        return dict(_walk(str(self.base)))

    def same(self, item: Item) -> Entry | None:
        """Compare bytes."""
        path = self.base / item.path
        if (
            path.is_symlink()
            or not path.is_file()
            or path.stat().st_size != item.size
            or digest(path.read_bytes()) != item.digest
        ):
            return None
        return _entry(item, path)

    def put(self, item: Item) -> Entry:
        """Write beside, then rename."""
        path = self.base / item.path
        self._inside(path)
        write_whole(path, item.read())
        return _entry(item, path)

    def _inside(self, path: Path) -> None:
        for parent in path.parents:
            if parent == self.base:
                return
            if parent.is_symlink():
                raise Refused(f"`{parent}` is a link, and nothing is written through it: remove it")

    def delete(self, names: Iterable[str]) -> None:
        """Remove files and the folders that become empty."""
        for name in names:
            path = self.base / name
            self._inside(path)
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                path.unlink()
            for parent in path.parents:
                if parent == self.base:
                    break
                try:
                    parent.rmdir()
                except OSError:
                    break

    def write(self, name: str, data: bytes) -> None:
        """Write a small file whole."""
        write_whole(self.base / name, data)

    def claim(self, data: bytes) -> bool:
        """Make the lock file, unless there is one."""
        return _create(self.base / LOCK, data)

    def finish(self, release: int) -> None:
        """Nothing is left to do."""

    def close(self) -> None:
        """Nothing is open."""


class SwitchedFolder(Folder):
    """A link that leads to the newest release.

    Releases are next to it, in a folder of their own.
    """

    jobs, atomic = 4, True

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.link = path
        self.releases = path.parent / f".{path.name}.releases"

    def begin(self, writing: bool) -> None:
        """See that the place is ours."""
        if (
            self.link.exists()
            and not self.link.is_symlink()
            and (not self.link.is_dir() or any(self.link.iterdir()))
        ):
            raise Refused(
                "is not empty and was not made by sitegen: move it away, or write `switch: false`"
            )
        if self.link.is_symlink() and self.link.resolve().parent != self.releases.resolve():
            raise Refused(
                "is a link that sitegen did not make: name another path, or write `switch: false`"
            )
        if writing:
            self.releases.mkdir(parents=True, exist_ok=True)

    def claim(self, data: bytes) -> bool:
        """Make the lock file, unless there is one."""
        return _create(self.releases / LOCK, data)

    def read(self, name: str) -> bytes | None:
        """A file's bytes, or None."""
        return Folder(self.releases).read(name) if name == LOCK else super().read(name)

    def write(self, name: str, data: bytes) -> None:
        """Write a small file whole."""
        write_whole((self.releases if name == LOCK else self.base) / name, data)

    def delete(self, names: Iterable[str]) -> None:
        """Remove files of the release under way."""
        wanted = list(names)
        if wanted == [LOCK]:
            with contextlib.suppress(FileNotFoundError):
                (self.releases / LOCK).unlink()
            return
        super().delete(wanted)

    def prepare(self) -> None:
        """Start a release that has all files of the last one, as hard links; from here on
        everything is written to it."""
        new = self.releases / "new"
        shutil.rmtree(new, ignore_errors=True)
        if self.link.is_dir():
            clone(self.link.resolve(), new)
        else:
            new.mkdir(mode=0o755)
        self.base = new

    def finish(self, release: int) -> None:
        """Lead the link to the new release in one step; older ones than the last three go."""
        existing = [int(r.name) for r in _releases(self.releases)]
        final = self.releases / f"{max([release, *(n + 1 for n in existing)]):06d}"
        os.rename(self.base, final)
        _switch(self.link, final)
        self.base = self.link
        for old in _releases(self.releases)[:-KEPT]:
            shutil.rmtree(old, ignore_errors=True)

    def roll_back(self) -> int:
        """Lead the link to the release before the present one, whose number is returned."""
        if not self.link.is_symlink():
            raise Refused("has no releases: nothing was deployed here with `switch: true`")
        now = self.link.resolve()
        before = [r for r in _releases(self.releases) if r.name < now.name]
        if not before:
            raise Refused("has no earlier release")
        _switch(self.link, before[-1])
        for later in _releases(self.releases):
            if later.name > before[-1].name:
                shutil.rmtree(later, ignore_errors=True)
        return int(before[-1].name)


def clone(source: Path, to: Path) -> None:
    """The folder ``source`` once more at ``to``, as hard links, or copies where there cannot be
    any."""
    to.mkdir(mode=0o755)
    with os.scandir(source) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                clone(Path(entry.path), to / entry.name)
                continue
            try:
                os.link(entry.path, f"{to}/{entry.name}", follow_symlinks=False)
            except OSError:
                shutil.copy2(entry.path, to / entry.name, follow_symlinks=False)


def _switch(link: Path, to: Path) -> None:
    fresh = link.parent / f".{link.name}.sitegen-link"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(os.path.relpath(to, link.parent))
    if link.is_dir() and not link.is_symlink():
        link.rmdir()
    os.replace(fresh, link)


def _releases(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if re.fullmatch(r"\d{6,}", p.name))


def _create(path: Path, data: bytes) -> bool:
    try:
        with open(path, "xb") as file:
            file.write(data)
    except FileExistsError:
        return False
    return True


def _entry(item: Item, path: Path) -> Entry:
    info = path.stat()
    return Entry(
        item.digest, info.st_size, item.type, item.cache, item.encoding, str(info.st_mtime_ns)
    )


def _walk(root: str, below: str = "") -> Iterable[tuple[str, Seen]]:
    try:
        entries = list(os.scandir(f"{root}/{below}"))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.name in (".git", ".hg", ".svn", ".jj"):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(root, f"{below}{entry.name}/")
        elif not (entry.name.startswith(".sitegen-") and entry.name not in (MANIFEST, LOCK)):
            info = entry.stat(follow_symlinks=False)
            yield below + entry.name, Seen(info.st_size, str(info.st_mtime_ns))
