"""Reading bounded regular files and writing whole files."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import tempfile
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path, PurePosixPath

from sitegen.base.diagnostics import Diagnostic, SitegenError, fail, problem
from sitegen.base.text import printable

MAX_TEXT = 8 * 1024 * 1024
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def read_bytes(path: Path | str, shown: str, limit: int = MAX_TEXT) -> bytes:
    """The bytes of a regular file of at most ``limit`` bytes; ``shown`` is its name in messages.

    Raises SitegenError for a directory, FIFO, device or over-long file: opened without blocking,
    and judged by the open descriptor, so that nothing can be swapped in between.
    """
    with _opened(path, shown) as file:
        size = os.fstat(file.fileno()).st_size
        if size > limit:
            sizes = f"{size / 1048576:.1f} MiB; at most {limit / 1048576:.0f} MiB are read"
            hint = "split the article, or move data to static/"
            raise fail("too-large", f"is too large: {sizes}", shown, help=hint)
        return file.read()


def read_head(path: Path | str, shown: str, size: int) -> bytes:
    """The first ``size`` bytes of a regular file; raises as `read_bytes` does for any other."""
    with _opened(path, shown) as file:
        return file.read(size)


@contextmanager
def _opened(path: Path | str, shown: str) -> Iterator[FileIO]:
    try:
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        hint = "check the file and its permissions"
        raise fail("unreadable", f"cannot be read: {error.strerror}", shown, help=hint) from None
    try:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            hint = "move it out of the folder"
            raise fail("not-a-file", "is not a regular file", shown, help=hint)
        with os.fdopen(fd, "rb", buffering=0, closefd=False) as file:
            yield file
    finally:
        os.close(fd)


def own_bytes(path: Path) -> bytes:
    """The bytes of a file that sitegen keeps for itself, which may have come with somebody else's
    site.

    Raises OSError, also for what is not a regular file: a FIFO would never end.
    """
    fd = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file", str(path))
        with os.fdopen(fd, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(fd)


def remove_own(path: Path) -> None:
    """Remove what is in the place of a file that sitegen keeps for itself, whatever it is.

    Raises OSError where that is not possible.
    """
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def utf8(
    data: bytes,
    shown: str,
    code: str = "encoding",
    help: str = "save it as UTF-8",
    exit_status: int = 1,
) -> str:
    """``data`` as text, without a byte order mark; ``shown`` is the name of its file.

    Raises SitegenError with the line of what is not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8: byte 0x{data[error.start]:02x}"
        raise fail(code, message, shown, line, help, exit_status) from None


def is_there(path: Path) -> bool:
    """Whether something has this name, also a link that leads nowhere.

    Raises OSError where that cannot be found out: the folder must not be searched.
    """
    try:
        path.lstat()
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
            return False
        raise
    return True


def entries_of(folder: Path, shown: str) -> list[Path]:
    """What is in ``folder``, sorted; nothing where there is no such folder. ``shown`` is its name
    in messages.

    Raises SitegenError for a folder that cannot be listed.
    """
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise SitegenError(_unlisted(error, shown)) from None


def files_below(folder: Path, shown: str) -> tuple[list[Path], list[Diagnostic]]:
    """Every file below ``folder``, sorted, and an error for each thing there that is not read.

    Links to files count as files; links to folders are not followed, which also ends loops. Names
    that begin with a dot are passed over. Where there is no ``folder`` there are no files.
    """
    found: list[Path] = []
    problems: list[Diagnostic] = []

    def place(path: str | Path) -> str:
        below = Path(path).relative_to(folder).as_posix()
        return shown if below == "." else f"{shown}/{below}"

    def unlisted(error: OSError) -> None:
        if error.filename != str(folder) or not isinstance(error, FileNotFoundError):
            problems.append(_unlisted(error, place(error.filename)))
        elif folder.is_symlink():
            problems.append(_unread_link(shown))

    for here, folders, names in os.walk(folder, onerror=unlisted):
        folders[:] = [name for name in folders if name[0] != "."]
        inside = place(here)
        for name in (*(name for name in names if name[0] != "."), *folders):
            path, called = Path(here, name), f"{inside}/{name}"
            if odd := name_problems(called):
                problems += odd
            elif path.is_file():
                found.append(path)
            elif path.is_symlink():
                problems.append(_unread_link(called))
            elif not path.is_dir():
                hint = "move it out of the folder"
                problems.append(problem("not-a-file", "is not a regular file", called, help=hint))
    return sorted(found), problems


def _unlisted(error: OSError, shown: str) -> Diagnostic:
    hint = "check its permissions"
    return problem("unreadable", f"cannot be listed: {error.strerror}", shown, help=hint)


def _unread_link(shown: str) -> Diagnostic:
    message = "is a link that does not lead to a file"
    return problem("not-a-file", message, shown, help="copy what it should lead to")


def name_problems(path: str) -> list[Diagnostic]:
    """A report where the name of a file is not UTF-8, as no URL and no page could hold it; else
    nothing."""
    if path.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in path):
        return []
    return [
        problem(
            "file-name",
            "has a name that is not UTF-8",
            printable(path, keep=""),
            help="rename it: most systems write names as UTF-8",
        )
    ]


def write_whole(path: Path, data: bytes, durable: bool = False) -> None:
    """Put ``data`` at ``path`` so that no reader ever sees a part of it; with ``durable``, also
    after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fd, name = tempfile.mkstemp(dir=path.parent, prefix=".sitegen-")
    try:
        with os.fdopen(fd, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
    if durable:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Return once the names in ``folder`` are on the disk as they are now."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def folded_name(name: str) -> str:
    """The one form of ``name`` that a file system may take it for."""
    return name.lower() if name.isascii() else unicodedata.normalize("NFC", name).casefold()


def is_inside(name: str) -> bool:
    """Whether ``name``, a path with ``/``, names something below the folder that it is relative to.

    The one rule for what is written to output/ and to targets, and for names in records that
    anybody may have written: no `..`, no absolute path, no control characters, of which a line
    break would make two names.
    """
    parts = name.split("/")
    return not ("" in parts or "." in parts or ".." in parts or _CONTROL.search(name))


def in_the_way(puts: Iterable[str], deletes: Collection[str]) -> frozenset[str]:
    """Those of ``deletes`` that are where ``puts`` need a folder, or that are in a folder which is
    to be a file."""
    if not deletes:
        return frozenset()
    files = frozenset(puts)
    folders: set[str] = set()
    folders.update(*map(_folders_of, files))
    in_file = {name for name in deletes if not files.isdisjoint(_folders_of(name))}
    return frozenset(folders.intersection(deletes) | in_file)


def _folders_of(name: str) -> list[str]:
    """The folders that a file is in, however deep."""
    return [str(parent) for parent in PurePosixPath(name).parents]


def forget_old(cache: Path, kept: Collection[str], spare: int) -> None:
    """Remove the files in ``cache`` whose stem is not in ``kept``, once there are stems of twice as
    many, and ``spare`` more."""
    if not cache.is_dir():
        return
    existing = sorted(cache.iterdir())
    stems = {path.stem for path in existing}
    if len(stems) <= 2 * len(kept) + spare:
        return
    for path in existing:
        if path.stem not in kept:
            path.unlink()


def expanded(path: str) -> Path:
    """``path`` with the home folder for `~`, which stays where there is none."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)
