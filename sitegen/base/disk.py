"""What the standard library does not offer: two folders that change places in one step, and writes
that outlive a power cut."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
EARLY = 500  # files after which what was written begins to be brought to the disk
_CANNOT = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV, errno.EBUSY, errno.EPERM)


def exchange(one: Path, other: Path) -> bool:
    """Have two folders change places in one step (renameat2(2)); False where the system or the file
    system cannot.

    Raises OSError for any other failure; nothing has changed then.
    """
    rename = getattr(_libc(), "renameat2", None) if sys.platform == "linux" else None
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = _errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(other))


def sync(folder: Path) -> None:
    """Return once all that was written to the file system of ``folder`` is on the disk (syncfs(2)).

    One call for any number of files: calling fsync(2) for each takes some hundred times as long.
    """
    flush = getattr(_libc(), "syncfs", None) if sys.platform == "linux" else None
    if flush is None:
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if flush(descriptor) != 0:
            number = _errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


A = TypeVar("A")


def synced_early(written: Iterable[A], folder: Path) -> Iterator[A]:
    """The ``written`` files as they come, while those before them are brought to the disk: what is
    left for `sync` takes a tenth of the time.

    The thread that does so starts with the `EARLY`th file: what makes the files has been forked by
    then. Raises OSError as `sync` does, as the system reports a failure only once.
    """
    from concurrent.futures import ThreadPoolExecutor  # most builds write few files

    under_way: Future[None] | None = None
    with ThreadPoolExecutor(1) as thread:
        for done, one in enumerate(written, 1):
            yield one
            if done % EARLY == 0 and (under_way is None or under_way.done()):
                if under_way:
                    under_way.result()
                under_way = thread.submit(sync, folder)
    if under_way:
        under_way.result()


def _libc() -> Any:
    import ctypes  # takes some milliseconds, which a build that publishes nothing does not spend

    return ctypes.CDLL(None, use_errno=True)


def _errno() -> int:
    import ctypes

    return ctypes.get_errno()
