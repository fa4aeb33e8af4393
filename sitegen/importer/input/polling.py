"""Which feeds a run asks, where, and what is reported of feeds and mailboxes that do not answer."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sitegen.base.dates import in_zone
from sitegen.base.diagnostics import Diagnostic, Level, problem
from sitegen.base.l10n import format_date
from sitegen.base.text import digest
from sitegen.config.schema import Config
from sitegen.importer.input.feed_state import FeedState, after, after_mail, items_a_week
from sitegen.importer.input.fetch import FetchedPage


class Polling:
    """The feeds of site.yaml in one run at ``now`` (0: none is put off); ``fresh`` asks all."""

    def __init__(
        self, config: Config, states: dict[str, FeedState], now: float, fresh: bool
    ) -> None:
        self.config, self.states, self.now, self.fresh = config, states, now, fresh

    def is_due(self, key: str) -> bool:
        """Whether the feed of a source is asked in this run."""
        return self.fresh or not self.now or self.states[key].is_due(self.now)

    def url(self, key: str) -> str:
        """The URL that is asked: where the feed has moved for good, else that of site.yaml."""
        return self.states[key].moved or self.config.sources[key].feed

    def rules(self, key: str) -> str:
        """A digest of all by which the items of a source are judged."""
        s = self.config.sources[key]
        return digest(msgspec.json.encode((s.keep, s.drop, s.limit, s.full)))[:16]

    def put_off(self, key: str, shown: str) -> Diagnostic:
        """The report of a feed that is not asked yet, or never again."""
        state = self.states[key]
        again = (
            "it is gone for good" if state.gone else f"not asked before {self._day(state.until)}"
        )
        message = f"no answer since {self._day(state.failing)} ({state.reason}): {again}"
        level: Level = "error" if state.is_dead(self.now) else "note"
        return _report(key, shown, message, level, later=self._later(state))

    def note(
        self, key: str, shown: str, page: FetchedPage, stamps: Iterable[float]
    ) -> Diagnostic | None:
        """Note what a feed answered, with the moments of its items; what there is to report of
        it."""
        if not self.now:
            return _report(key, shown, page.reason, "warning") if page.reason else None
        old = self.states[key]
        new = self.states[key] = after(old, page, items_a_week(stamps), self.now)
        if page.reason:
            return self._failing(key, shown)
        if not new.moved or new.moved == self.config.sources[key].feed:
            return None
        hint = f"write this URL as `feed:` of `sources.{key}` in site.yaml"
        return problem(
            "import",
            f"has moved for good to {new.moved}",
            shown,
            help=hint,
            level="note" if new.moved == old.moved else "warning",
        )

    def note_mail(self, key: str, shown: str, reason: str, week: float) -> Diagnostic | None:
        """Note that a mailbox was read, or the reason why it could not be, and how many letters
        a week it gets; what there is to report of it."""
        if not self.now:
            return _report(key, shown, reason, "warning", "mail") if reason else None
        self.states[key] = after_mail(self.states[key], reason, week, self.now)
        return self._failing(key, shown, "mail") if reason else None

    def _failing(self, key: str, shown: str, field: str = "feed") -> Diagnostic:
        """The report of a source that has just failed."""
        state = self.states[key]
        since = f" since {self._day(state.failing)}" if state.failures > 1 else ""
        level: Level = "error" if state.is_dead(self.now) else "warning"
        message = f"{state.reason}{since}"
        return _report(key, shown, message, level, field, self._later(state))

    def _later(self, state: FeedState) -> str:
        """When a source that failed is asked again, in words; empty for one that never is."""
        if state.gone:
            return ""
        return f"asked again after {self._day(state.until)}" if state.until else "asked again"

    def _day(self, moment: str) -> str:
        """A moment in the site's zone, in words."""
        return format_date(in_zone(moment, self.config.zone), "datetime", "en")


def _report(
    key: str, shown: str, message: str, level: Level, field: str = "feed", later: str = ""
) -> Diagnostic:
    """The report of a source; ``later`` says when it is asked again."""
    hint = f"correct or remove `{field}:` of `sources.{key}` in site.yaml"
    if later and level != "error":
        hint = f"`sources.{key}` is {later}; `sitegen sources` lists all"
    return problem("import", message, shown, help=hint, level=level)
