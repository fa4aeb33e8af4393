"""What becomes of the items of a feed: by the rules of its source, by what an editor has dropped,
and by the limit of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from sitegen.base.text import count_words, excerpt
from sitegen.config.intake import intake_rule
from sitegen.config.schema import Config
from sitegen.content.dropped import pruned, seen_again
from sitegen.content.inbox_rules import Verdict, age_in_days, judge
from sitegen.importer.model import Imported, Outcome
from sitegen.model.base import Struct

SUMMARY_WORDS = 40  # of an item that has no summary


class Judged(Struct, frozen=True):
    """What an import decided of one item of a feed, as `import --why` reports it."""

    key: str
    url: str
    title: str
    source: str
    said: str


def _short(rules: tuple[str, ...]) -> tuple[str, ...]:
    """Those of ``rules`` that ask nothing of the whole text."""
    return tuple(text for text in rules if intake_rule(text).field not in ("text", "words"))


def values_of(found: Imported, config: Config, now: float) -> dict[str, Any]:
    """What rules may ask of an item, by the fields of `config/intake.py`; ``now`` is in seconds
    since 1970, 0 where it does not matter."""
    return {
        "title": found.title,
        "summary": found.summary or found.dek or excerpt(found.body, SUMMARY_WORDS),
        "text": found.body,
        "author": [person.name for person in found.authors],
        "source": found.source.name,
        "section": found.section,
        "url": found.canonical or found.source.url,
        "lang": found.lang,
        "tags": [*found.tags, *([found.section] if found.section else [])],
        "words": count_words(found.body),
        "age": age_in_days(found.date, config, now),
    }


class Intake:
    """Decides item by item what is taken in, and keeps what it decided."""

    def __init__(self, config: Config, now: float, dropped: Mapping[str, str]) -> None:
        self.config, self.now, self.dropped = config, now, dropped
        self.new: Counter[str] = Counter()  # items of this run, by source
        self.seen: set[str] = set()  # ids of dropped items that feeds still show
        self.judged: list[Judged] = []
        self.paged: Counter[str] = Counter()  # pages fetched in this run, by source
        self.judged_whole: set[str] = set()  # ids of items that were dropped with their page read

    def may_take(self, key: str, found: Imported, source: str) -> bool:
        """Whether an item may be taken in, as far as can be said without its whole text."""
        outlet = self.config.sources[source]
        if key in self.dropped or (outlet.limit and self.paged[source] >= outlet.limit):
            return False
        rules = msgspec.structs.replace(outlet, keep=_short(outlet.keep), drop=_short(outlet.drop))
        if _short(outlet.keep) != outlet.keep:
            rules = msgspec.structs.replace(rules, keep=())
        taken = judge(values_of(found, self.config, self.now), rules).taken
        self.paged[source] += taken
        return taken

    def refusal(
        self, key: str, found: Imported, source: str, is_new: bool, paged: bool = False
    ) -> tuple[Outcome, str] | None:
        """Why an item of ``source`` is not taken in; None if it is.

        One that the rules drop after its page was fetched (``paged``) is remembered, so that the
        page is not fetched again.
        """
        verdict = judge(values_of(found, self.config, self.now), self.config.sources[source])
        refused = self._refusal(key, verdict, source, is_new)
        if paged and not verdict.taken:
            self.judged_whole.add(key)
        said = refused[1] if refused else verdict.in_words()
        url = found.canonical or found.source.url
        self.judged.append(Judged(key, url, found.title, source, said))
        return refused

    def dropped_before(self, key: str) -> tuple[Outcome, str] | None:
        """Why an item that an editor has dropped from the inbox is not taken in again."""
        day = self.dropped.get(key, "")
        if not day:
            return None
        self.seen.add(key)
        return "dropped", f"dropped from the inbox on {day}"

    def _refusal(
        self, key: str, verdict: Verdict, source: str, is_new: bool
    ) -> tuple[Outcome, str] | None:
        if dropped := self.dropped_before(key):
            return dropped
        if not verdict.taken:
            return "dropped", verdict.in_words()
        limit = self.config.sources[source].limit
        if is_new and limit and self.new[source] >= limit:
            return "waiting", f"over the limit of {limit} a run of `sources.{source}`"
        self.new[source] += is_new
        return None

    def remembered(self, dropped: Mapping[str, str], today: str) -> dict[str, str]:
        """The list of ``dropped`` items after this run."""
        days = seen_again(dropped, self.seen, today) | dict.fromkeys(self.judged_whole, today)
        return pruned(days, today)
