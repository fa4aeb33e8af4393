"""The editions that new articles go into: the one that is open, unless a person says another.

A digest publishes an article on the day on which it takes it in. So a piece of 2015 that is
imported today is in the edition that is open today. Exports of a digest's own site were published
long ago: they stay in the editions of their dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from msgspec.structs import replace

from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.base.text import counted, slugify
from sitegen.config.schema import Config
from sitegen.content.closed_editions import closed_keys
from sitegen.importer.model import Imported
from sitegen.site.membership import Traits, named_editions, outlet_key, taken_in
from sitegen.site.periods import local_moment

BY_DATE = "date"  # in place of the key of an edition: each article by its own date


class OpenEditions:
    """Puts new articles into editions, and counts those that leave the edition of their date.

    ``said`` is what a person asks for: the key of an edition, `date`, or nothing. ``now`` is in
    seconds since 1970; with 0 every article is in the edition of its date.
    """

    def __init__(self, root: Path, config: Config, said: str, now: float) -> None:
        self.root, self.config, self.said, self.now = root, config, said, now
        self.moved: dict[tuple[str, ...], int] = {}

    @cached_property
    def _closed(self) -> frozenset[str]:
        return closed_keys(self.root, self.config)

    @cached_property
    def _moment(self) -> str:
        """Now, as local time."""
        now = datetime.fromtimestamp(self.now, UTC).isoformat(timespec="seconds")
        return local_moment(now, self.config.zone)

    def put(self, found: Imported, section: str, new: bool) -> Imported:
        """``found`` with the editions that it goes into; ``new`` if it is not in the site yet."""
        if self.said and self.said != BY_DATE:
            return replace(found, edition=(self.said,))
        known = self.said == BY_DATE or not (new and self.now) or found.own or not found.date
        keys = () if known else self._open(found, section)
        if not keys:
            return found
        self.moved[keys] = self.moved.get(keys, 0) + 1
        return replace(found, edition=keys)

    def _open(self, found: Imported, section: str) -> tuple[str, ...]:
        config = self.config
        if not config.series:
            return ()
        traits = Traits(
            path="",
            id="",
            moment=local_moment(found.date, config.zone),
            section=section,
            tags=tuple(slugify(tag) for tag in found.tags),
            outlet=outlet_key(found.source, found.canonical, config),
            lang=found.lang or config.language,
            edition=named_editions(found.edition, config),
        )
        return taken_in(traits, config, self._closed, self._moment)

    def notes(self) -> Iterator[Diagnostic]:
        """What was done with articles of other days."""
        for keys, count in sorted(self.moved.items()):
            what = f"{counted(count, 'article')} of other days went into {', '.join(keys)}"
            hint = "`--edition date` puts each into the edition of its date"
            yield problem("import", what, help=hint, level="note")
