"""A part of a large archive, opened where its articles are read.

So what travels between processes are names and numbers, and no pages or mails.
"""

from __future__ import annotations

from pathlib import Path

from sitegen.base.diagnostics import Diagnostic, SitegenError, problem
from sitegen.base.files import read_bytes
from sitegen.importer.input.sources import (
    BROKEN,
    MAX_STRUCTURED,
    captured_notes,
    captured_units,
    mail_units,
    reason_of_reader,
    reported,
    unreadable,
)
from sitegen.importer.input.unit import Unit


class LastArchive:
    """Opens archives, and keeps the last one: its other parts are often read next."""

    def __init__(self) -> None:
        self._key: tuple[str, str] | None = None
        self._units: list[Unit] = []
        self._problems: tuple[Diagnostic, ...] = ()

    def part(self, unit: Unit) -> tuple[list[Unit], tuple[Diagnostic, ...]]:
        """The units in the part of an archive that ``unit`` names, and what there is to report of
        the archive, which comes with its first part."""
        if self._key != (unit.shown, unit.path):
            self._units, self._problems = _opened(unit)
            self._key = (unit.shown, unit.path)
        number, parts = unit.part
        start, stop = (len(self._units) * n // parts for n in (number, number + 1))
        return self._units[start:stop], self._problems if number == 0 else ()


def _opened(unit: Unit) -> tuple[list[Unit], tuple[Diagnostic, ...]]:
    """All units of an archive. What cannot be read is a unit that says why."""
    try:
        return _mails(unit) if unit.kind == "mbox" else _captures(unit)
    except ValueError as error:
        reason, problems = reason_of_reader(error), []
    except OSError as error:
        reason = f"could not be read: {error.strerror}"
        problems = [problem("import", reason, unit.shown)]
    except (SitegenError, *BROKEN) as error:
        reason, problems = unreadable(error)
    return [Unit(unit.shown, unit.origin, unit.kind, reason=reason)], tuple(problems)


def _captures(unit: Unit) -> tuple[list[Unit], tuple[Diagnostic, ...]]:
    from sitegen.importer.formats.web_archives import read_warc

    captures = read_warc(read_bytes(unit.path, unit.shown, MAX_STRUCTURED))
    problems = reported(unit.shown, captured_notes(captures))
    return captured_units(unit.shown, unit.origin, captures), tuple(problems)


def _mails(unit: Unit) -> tuple[list[Unit], tuple[Diagnostic, ...]]:
    return list(mail_units(unit.shown, unit.origin, lambda: Path(unit.path).open("rb"))), ()
