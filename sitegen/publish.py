"""Put staged files into output/ so that a kill at any moment can be rolled forward."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from sitegen.base.diagnostics import fail
from sitegen.base.files import write_whole
from sitegen.model import Struct


class Journal(Struct, frozen=True):
    """A publish under way: staged files in the order of renaming, then files to delete."""

    output: str
    staging: str
    puts: tuple[str, ...]
    deletes: tuple[str, ...]


@contextlib.contextmanager
def lock(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold ``folder`` for one command at a time; calls ``waiting`` where another one holds it.

    The kernel frees the lock of a killed command. Raises SitegenError where the folder cannot be written.
    """
    while True:
        try:
            folder.mkdir(exist_ok=True)
            descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise fail("output", f"cannot be written: {error.strerror}", str(folder), help="correct the rights") from None
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            if _is_still(descriptor, folder / "lock"):
                yield
                return
        finally:
            os.close(descriptor)


def _is_still(descriptor: int, path: Path) -> bool:
    """Whether the lock file was not removed (by `clean`) while this process waited for it."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


def manifest_path(output: Path) -> Path:
    """Where the names of our files in ``output`` are kept, so that a lost cache orphans none."""
    return output.parent / f".{output.name}.sitegen-files"


def read_manifest(output: Path) -> list[str]:
    """Our files in ``output`` as last recorded; empty where there is no record."""
    try:
        return [name for name in manifest_path(output).read_text("utf-8").split("\n") if name]
    except (OSError, UnicodeDecodeError):
        return []


def write_manifest(output: Path, names: Iterable[str]) -> None:
    """Record our files in ``output``."""
    write_whole(manifest_path(output), "".join(f"{name}\n" for name in sorted(names)).encode())


def staging_folder(output: Path) -> Path:
    """Where files wait: beside output/, so that a rename never crosses file systems."""
    return output.parent / f".{output.name}.sitegen-staging"


def publish(journal: Journal, journal_path: Path) -> None:
    """Write the journal, rename every staged file into place, delete, remove the journal."""
    write_whole(journal_path, msgspec.json.encode(journal))
    roll_forward(journal_path)


def roll_forward(journal_path: Path) -> bool:
    """Finish the publish that a journal tells of. Returns whether there was one."""
    try:
        journal = msgspec.json.decode(journal_path.read_bytes(), type=Journal)
    except FileNotFoundError:
        return False
    except msgspec.MsgspecError:
        journal_path.unlink()
        return False
    output, staging = Path(journal.output), Path(journal.staging)
    ours = set(read_manifest(output))  # a journal that came with somebody else's site moves and deletes nothing
    if not ours.issuperset((*journal.puts, *journal.deletes)) or staging != staging_folder(output):
        journal_path.unlink()
        return False
    if journal.puts and staging.is_dir() and not (output.exists() or output.is_symlink()):
        output.parent.mkdir(parents=True, exist_ok=True)
        os.rename(staging, output)  # a first build appears as a whole
    made: set[Path] = set()
    for name in journal.puts if staging.is_dir() else ():
        target = output / name
        if target.parent not in made:
            _make_folder(target.parent, output)
            made.add(target.parent)
        with contextlib.suppress(FileNotFoundError):  # already moved, before a kill
            os.replace(staging / name, target)
    for name in journal.deletes:
        remove(output, name)
    shutil.rmtree(staging, ignore_errors=True)
    journal_path.unlink(missing_ok=True)
    return True


def _make_folder(folder: Path, output: Path) -> None:
    here = folder
    while here != output and here != here.parent:
        if here.is_symlink() or here.is_file():
            raise fail("output", "a file or link stands where a folder is needed", str(here), help="remove it")
        here = here.parent
    folder.mkdir(parents=True, exist_ok=True)


def remove(output: Path, name: str) -> None:
    """Remove one file of ``output`` and the folders that it leaves empty."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        (output / name).unlink()
    for parent in Path(name).parents:
        if str(parent) == ".":
            break
        try:
            (output / parent).rmdir()
        except OSError:
            break
