"""Which parts of large archives a run has imported, so that the next one goes on if it is stopped.

Each part is a line of a file of the cache: a digest of where it is and of what it was read with.
The file is removed by a run that comes to its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from sitegen.base.makers import fingerprint
from sitegen.base.text import digest
from sitegen.importer.input.unit import WHOLE, Unit


class Unfinished:
    """The parts that were imported by runs that did not come to their end.

    ``settings`` is an encoding of all that decides how inputs are read. ``skipped`` counts the
    parts that are not read again.
    """

    def __init__(self, path: Path, settings: bytes, fresh: bool = False) -> None:
        self.path = path
        self.settings = settings
        self.skipped = 0
        self._done = frozenset() if fresh else _lines(path)

    def left(self, units: Iterable[Unit | None]) -> Iterator[Unit | None]:
        """The units that are still to be read; None passes through."""
        for unit in units:
            if unit and self._done and unit.part != WHOLE and self._key(unit) in self._done:
                self.skipped += 1
            else:
                yield unit

    def done(self, unit: Unit) -> None:
        """Note that everything in ``unit`` is in the site."""
        if unit.part == WHOLE:
            return
        with suppress(OSError):  # what is not noted is read again
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a") as file:
                file.write(f"{self._key(unit)}\n")

    def end(self) -> None:
        """Forget everything: the run has come to its end."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _key(self, unit: Unit) -> str:
        info = Path(unit.path).stat()
        where = f"{unit.path} {info.st_size} {info.st_mtime_ns} {unit.part} {fingerprint()}"
        return digest(where.encode("utf-8", "surrogateescape"), self.settings)


def _lines(path: Path) -> frozenset[str]:
    try:
        return frozenset(path.read_text("utf-8", "replace").split())
    except OSError:
        return frozenset()
