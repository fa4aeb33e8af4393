"""Byte strings in one file, found again by where they stand; several processes may add to it at
once (POSIX)."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from zlib import crc32


class BlobPlace(NamedTuple):
    """Where a byte string stands, in bytes, and its CRC-32."""

    start: int
    size: int
    check: int


class BlobsDamaged(Exception):
    """A file that does not hold what was put into it."""


def append(path: str, parts: Sequence[bytes]) -> list[BlobPlace]:
    """Add ``parts`` to the file at ``path`` in one write, which no other process can interrupt; the
    place of each.

    Raises OSError where the disk has no room for all of them.
    """
    data = b"".join(parts)
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        if os.write(file, data) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        start = os.lseek(file, 0, os.SEEK_CUR) - len(data)
    finally:
        os.close(file)
    places = []
    for part in parts:
        places.append(BlobPlace(start, len(part), crc32(part)))
        start += len(part)
    return places


class Pack:
    """The file at ``path``, for reading."""

    def __init__(self, path: str) -> None:
        self.file = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o666)

    def read(self, place: BlobPlace) -> bytes:
        """What stands at ``place``.

        Raises PackDamaged where it is not what was put there.
        """
        data = os.pread(self.file, place.size, place.start)
        if len(data) != place.size or crc32(data) != place.check:
            raise BlobsDamaged(f"{place.size} bytes at {place.start}")
        return data

    def close(self) -> None:
        os.close(self.file)


def compact(path: str, places: Iterable[BlobPlace]) -> list[BlobPlace]:
    """Keep only what stands at ``places``; their new places, in the same order.

    Raises PackDamaged as `Pack.read` does.
    """
    fresh, out = f"{path}.new", []
    pack, end = Pack(path), 0
    try:
        with open(fresh, "wb") as file:
            for place in places:
                file.write(pack.read(place))
                out.append(BlobPlace(end, place.size, place.check))
                end += place.size
    finally:
        pack.close()
    os.replace(fresh, path)
    return out
