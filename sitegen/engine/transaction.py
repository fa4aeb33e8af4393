"""Put staged files into output/: many in one step, few one by one under a journal from which an
interrupted publish is completed."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
import stat
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, fail, problem
from sitegen.base.disk import exchange, sync
from sitegen.base.files import (
    in_the_way,
    is_inside,
    own_bytes,
    remove_own,
    sync_folder,
    write_whole,
)
from sitegen.engine.manifest import read_manifest
from sitegen.model.base import Struct

# files to write and remove from which on the whole folder is exchanged, if they are also that part
# of all files: linking the others takes its time
LARGE, PART = 300, 0.1
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS)  # for which no other way is better


class Journal(Struct, frozen=True):
    """A publish under way: staged files in the order of renaming, then files to delete."""

    output: str
    staging: str
    puts: tuple[str, ...]
    deletes: tuple[str, ...]


@contextlib.contextmanager
def lock(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold ``folder`` for one command at a time; calls ``waiting`` where another one holds it.

    The kernel frees the lock of a killed command. Raises SitegenError where the folder cannot be
    written.
    """
    while True:
        try:
            folder.mkdir(exist_ok=True)
            if _is_folder(folder / "lock"):
                remove_own(folder / "lock")
            descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except FileExistsError:
            message = "is a file, and sitegen keeps its cache in a folder of this name"
            raise fail("output", message, str(folder), help="remove or rename it") from None
        except OSError as error:
            raise fail(
                "output",
                f"cannot be written: {error.strerror}",
                str(folder),
                help="check the file permissions",
            ) from None
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


def staging_folder(output: Path) -> Path:
    """Where files wait: beside output/, so that a rename never crosses file systems."""
    return output.parent / f".{output.name}.sitegen-staging"


def drop_staged(output: Path) -> None:
    """Remove what waits to be published to ``output``, such as what a build that was killed
    left."""
    shutil.rmtree(staging_folder(output), ignore_errors=True)


def obstacles(output: Path, puts: Sequence[str], deletes: Collection[str]) -> list[Diagnostic]:
    """An error for each thing in ``output`` that is in the way of ``puts`` and is not removed with
    ``deletes``.

    Such a thing is the user's: a folder with files of theirs where a file is needed, or a file or
    link where a folder is needed.
    """
    if not os.path.lexists(output):
        return []
    out: dict[str, Diagnostic] = {}
    clear = {""}  # folders that exist, or can be made
    for name in puts:
        blocked = _blocking_parent(output, name, deletes, clear)
        if not blocked and _is_folder(output / name):
            blocked = next((f for f in _files(output, name) if f not in deletes), "")
        if blocked:
            message = f"`{blocked}` is in the way of `{name}`, and sitegen did not write it"
            help = f"move it out of {output.name}/, or give what needs the place another name"
            out.setdefault(
                blocked, problem("output", message, f"{output.name}/{blocked}", help=help)
            )
    return list(out.values())


def _blocking_parent(output: Path, name: str, deletes: Collection[str], clear: set[str]) -> str:
    """The file or link that is where a folder above ``name`` is needed; folders without one are
    added to ``clear``."""
    folder = name.rpartition("/")[0]
    if folder in clear:
        return ""
    blocked = _blocking_parent(output, folder, deletes, clear)
    taken = os.path.lexists(output / folder) and not _is_folder(output / folder)
    if not blocked and taken and folder not in deletes:
        blocked = folder
    if not blocked:
        clear.add(folder)
    return blocked


def _is_folder(path: Path) -> bool:
    """Whether ``path`` is a folder, and no link to one."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def _files(output: Path, folder: str) -> Iterator[str]:
    """The names of all files and links below ``folder`` of ``output``."""
    with os.scandir(output / folder) as entries:
        for entry in entries:
            name = f"{folder}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _files(output, name)
            else:
                yield name


def publish(journal: Journal, journal_path: Path, preview: bool = False, known: int = 0) -> None:
    """Bring the output folder, which has ``known`` files of ours, from the old state to the new
    one: in one step where much changes.

    A ``preview`` is not kept: it need not outlive a power cut, and nobody but one browser reads it.
    Raises SitegenError, which says in what state the folder is.
    """
    output, staging = Path(journal.output), Path(journal.staging)
    large = len(journal.puts) + len(journal.deletes) >= max(LARGE, PART * known)
    try:
        if not preview and staging.is_dir():
            sync(staging)
        if large and not preview and _publish_tree(journal):
            return
        write_whole(journal_path, msgspec.json.encode(journal), durable=not preview)
    except OSError as error:
        drop(journal_path, staging)
        raise _failed(error, output, f"{output.name}/ is as it was: the old site") from None
    try:
        roll_forward(journal, journal_path, durable=not preview)
    except OSError as error:
        state = f"some files of {output.name}/ are new, the others old"
        raise _failed(
            error, output, f"{state}; the next command tries again to complete it"
        ) from None


def _failed(error: OSError, output: Path, state: str) -> SitegenError:
    message = f"cannot be published: {error.strerror or error}; {state}"
    hint = "free some disk space or check the permissions, and build again"
    return fail("output", message, str(error.filename or output), help=hint)


def _publish_tree(journal: Journal) -> bool:
    """Complete the staging folder to the new tree, and exchange it with the old one; False where
    that is not possible.

    Needs no journal: a kill before the exchange leaves the old tree, one after it the new tree, and
    a staging folder that the next build removes. Raises OSError where the disk is full; nothing has
    changed then.
    """
    output, staging = Path(journal.output), Path(journal.staging)
    if not _is_folder(output):
        return False
    puts, deletes = frozenset(journal.puts), frozenset(journal.deletes)
    try:
        staging.mkdir(exist_ok=True)
        if not _complete(str(output), str(staging), puts, deletes):
            return False
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise
        return False
    sync(staging)
    if not exchange(staging, output):
        return False
    with contextlib.suppress(OSError):  # it is done; what is left is tidying
        sync_folder(output.parent)
        _save_latecomers(str(staging), str(output), puts | deletes)
    shutil.rmtree(staging, ignore_errors=True)
    return True


def _complete(
    old: str, new: str, puts: Collection[str], deletes: Collection[str], below: str = ""
) -> bool:
    """Link all that stays of the folder ``old`` into ``new``, which holds ``puts``; whether that
    was possible."""
    before = os.stat(f"{old}/{below}")
    after = os.stat(f"{new}/{below}")
    if (before.st_uid, before.st_gid) != (after.st_uid, after.st_gid):
        return False
    with os.scandir(f"{old}/{below}") as entries:
        for entry in entries:
            name = below + entry.name
            if name in puts:
                continue
            if entry.is_dir(follow_symlinks=False):
                with contextlib.suppress(FileExistsError):
                    os.mkdir(f"{new}/{name}")
                if not _complete(old, new, puts, deletes, f"{name}/"):
                    return False
                if deletes and os.listdir(f"{old}/{name}"):
                    _remove_empty(f"{new}/{name}")  # one that this publish empties
            elif not (entry.is_file(follow_symlinks=False) or entry.is_symlink()):
                return False
            elif name not in deletes:
                os.link(entry.path, f"{new}/{name}", follow_symlinks=False)
    shutil.copystat(f"{old}/{below}", f"{new}/{below}")
    return True


def _save_latecomers(old: str, new: str, gone: Collection[str], below: str = "") -> None:
    """Move into ``new`` what somebody has put into ``old`` since it was completed."""
    with os.scandir(f"{old}/{below}") as entries:
        for entry in list(entries):
            name = below + entry.name
            missing = not os.path.lexists(f"{new}/{name}")
            if missing and name not in gone and not entry.is_dir(follow_symlinks=False):
                os.makedirs(f"{new}/{below}", exist_ok=True)
                os.rename(entry.path, f"{new}/{name}")
            elif entry.is_dir(follow_symlinks=False):
                _save_latecomers(old, new, gone, f"{name}/")


def _remove_empty(folder: str) -> None:
    with contextlib.suppress(OSError):
        os.rmdir(folder)


def recover(journal_path: Path) -> str:
    """Complete the publish that a killed command left.

    Returns what kept it from that, if anything did. Then the journal is dropped, so that it blocks
    no other command: the next build finds by the files themselves what is not as it should be.
    """
    try:
        journal = msgspec.json.decode(own_bytes(journal_path), type=Journal)
    except FileNotFoundError:
        return ""
    except (OSError, msgspec.MsgspecError):
        drop(journal_path)
        return "its journal cannot be read"
    if not _is_ours(journal):
        drop(journal_path)
        return "its journal belongs to another folder, or the manifest is damaged"
    try:
        roll_forward(journal, journal_path)
    except OSError as error:
        drop(journal_path, Path(journal.staging))
        return f"{error.filename or journal.output}: {error.strerror or error}"
    return ""


def _is_ours(journal: Journal) -> bool:
    """Whether all that ``journal`` moves and deletes is ours: it may have come with somebody else's
    site."""
    output, names = Path(journal.output), (*journal.puts, *journal.deletes)
    ours = read_manifest(output).names
    return (
        ours.issuperset(names)
        and all(map(is_inside, names))
        and Path(journal.staging) == staging_folder(output)
    )


def drop(journal_path: Path, staging: Path | None = None) -> None:
    """Remove a journal, and what is staged for it."""
    with contextlib.suppress(OSError):
        remove_own(journal_path)
    if staging:
        shutil.rmtree(staging, ignore_errors=True)


def roll_forward(journal: Journal, journal_path: Path, durable: bool = True) -> None:
    """Do what is left of ``journal``, and remove it.

    May be called again after it was interrupted anywhere. What is deleted goes last, except what is
    in the way: a file that becomes a folder, or the reverse. Raises OSError for what cannot be
    done.
    """
    output, staging = Path(journal.output), Path(journal.staging)
    if journal.puts and staging.is_dir() and not (output.exists() or output.is_symlink()):
        output.parent.mkdir(parents=True, exist_ok=True)
        os.rename(staging, output)  # a first build appears as a whole
    first = in_the_way(journal.puts, journal.deletes) if staging.is_dir() else frozenset()
    for name in first:
        remove(output, name)
    made: set[Path] = set()
    for name in journal.puts if staging.is_dir() else ():
        target = output / name
        if target.parent not in made:
            _make_folder(target.parent, output)
            made.add(target.parent)
        with contextlib.suppress(FileNotFoundError):  # already moved, before a kill
            _move(staging / name, target)
    for name in journal.deletes:
        if name not in first:
            remove(output, name)
    if durable and output.is_dir():
        sync(output)
    shutil.rmtree(staging, ignore_errors=True)
    journal_path.unlink(missing_ok=True)


def _move(staged: Path, target: Path) -> None:
    """Rename a file into its place, which may be that of a folder without files."""
    try:
        os.replace(staged, target)
    except IsADirectoryError:
        for here, _, _ in os.walk(target, topdown=False):
            os.rmdir(here)
        os.replace(staged, target)


def _make_folder(folder: Path, output: Path) -> None:
    here = folder
    while here != output and here != here.parent:
        if here.is_symlink() or here.is_file():
            raise NotADirectoryError(
                errno.ENOTDIR, "a file or link is where a folder is needed", str(here)
            )
        here = here.parent
    folder.mkdir(parents=True, exist_ok=True)


def remove(output: Path, name: str) -> None:
    """Remove one file of ``output`` and the folders that it leaves empty.

    A folder of that name stays, and what a link leads to.
    """
    through_link = any(
        (output / parent).is_symlink() for parent in Path(name).parents if str(parent) != "."
    )
    if through_link or not is_inside(name) or _is_folder(output / name):
        return
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        (output / name).unlink()
    for parent in Path(name).parents:
        if str(parent) == ".":
            break
        try:
            (output / parent).rmdir()
        except OSError:
            break
