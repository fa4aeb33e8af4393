"""Families of pages to a plan without views, in worker processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from sitegen.engine.cache import Records
from sitegen.engine.page_keys import page_keys
from sitegen.engine.page_source import PageSource, without_views
from sitegen.model.base import Struct
from sitegen.model.output import Key, Plan
from sitegen.model.views import SiteContext


class PlannedFamilies(Struct, frozen=True):
    """The plan of some families, whose pages are without their views; the keys of its outputs; and
    the cards that were made for it, encoded, by the paths of their articles."""

    plan: Plan
    keys: dict[str, str]
    cards: dict[str, bytes]


class PlanJob(Struct, frozen=True):
    """Families of pages to be planned; the other fields are what `page_keys` takes."""

    source: PageSource
    closures: dict[str, str]
    frames: dict[str, SiteContext]
    root: str
    ITEM: ClassVar = Key
    RESULT: ClassVar = PlannedFamilies

    def start(self) -> Callable[[Sequence[Key]], list[PlannedFamilies]]:
        """The function from families to one value for all of them."""
        records = Records(self.source.store)
        plan = self.source.open(records)

        def batch(families: Sequence[Key]) -> list[PlannedFamilies]:
            planned = plan(families)
            keys = page_keys(planned, self.closures, self.frames, Path(self.root))
            return [PlannedFamilies(without_views(planned), keys, records.new_cards())]

        return batch
