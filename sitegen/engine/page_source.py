"""From families of pages to their views, in whatever process they are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from sitegen.base.diagnostics import Diagnostic
from sitegen.config.schema import Config
from sitegen.content.discover import Found
from sitegen.engine.cache import Records
from sitegen.engine.stored_site import Articles, stored_site
from sitegen.model.base import Struct
from sitegen.model.output import Key, Owners, Page, Plan, PlannedPage
from sitegen.model.views import FeedView, ListView, View
from sitegen.pages.kinds import PlanInput
from sitegen.pages.plan import plan_input, planner
from sitegen.site.index import SiteIndex
from sitegen.theme.load import Theme


class PageSource(Struct, frozen=True):
    """All that the pages of a site are made from; ``store`` is the cache with its articles."""

    store: str
    index: SiteIndex
    theme: Theme
    config: Config
    static: tuple[Found, ...]
    originals: tuple[Found, ...]
    preview: bool

    def given(self, articles: Articles) -> tuple[PlanInput, list[Diagnostic]]:
        """What the functions of `pages/` take, and what is wrong with translations; ``articles``
        are those of the cache."""
        return plan_input(
            stored_site(self.index.site, articles, self.config),
            self.theme,
            self.config,
            self.static,
            self.originals,
            self.preview,
            self.index.related.found,
            self.index.translated,
        )

    def open(self, records: Records) -> Callable[[Iterable[Key]], Plan]:
        """The function from families to the plan of their pages, for a process that only reads."""
        given, _ = self.given(records)
        return planner(given, self.static)


def without_views(plan: Plan) -> Plan:
    """``plan`` with its pages by what is known of them without their views."""
    return replace(plan, pages=tuple(_without_view(page, plan.owners) for page in plan.viewed()))


def _without_view(page: Page, owners: Owners) -> PlannedPage:
    (key,) = owners[page.output]
    return PlannedPage(
        output=page.output,
        template=page.template,
        kind=type(page.view).__name__,
        origin=page.origin,
        key=key,
        group=page.group,
        moment=moment_shown(page.view),
    )


def moment_shown(view: View) -> str:
    """The date of the newest card that a list shows, or a feed."""
    if isinstance(view, ListView):
        return view.cards[0].date if view.cards else ""
    return view.items[0].card.date if isinstance(view, FeedView) and view.items else ""
