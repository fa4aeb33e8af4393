"""What a build says of itself: of its clock, and of a site without articles."""

from __future__ import annotations

from datetime import UTC, datetime

from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.config.schema import Config
from sitegen.engine.options import BuildOptions
from sitegen.engine.output import State
from sitegen.model.site import Site
from sitegen.site.resolve import moment

SKEW = 3600.0  # seconds by which the clocks of two machines may differ


def clock_notes(last: State | None, options: BuildOptions) -> list[Diagnostic]:
    """A note, or an error for a careful build, where the clock is before the last build: later
    articles would vanish."""
    if last is None or moment(options.now) + SKEW >= last.now:
        return []
    before = datetime.fromtimestamp(last.now, UTC).isoformat()
    message = f"the clock says {options.now}, which is before the last build ({before})"
    help = "articles since then count as future; set the clock"
    if options.careful:
        help += "; if it is right run with --yes"
    return [problem("clock", message, help=help, level="error" if options.careful else "note")]


def empty_site(site: Site, config: Config, options: BuildOptions) -> list[Diagnostic]:
    """An error where a careful build would publish no article."""
    if site.articles or not options.careful:
        return []
    message = "the site would be published without a single article"
    help = "look at `sitegen list`; if that is right run with --yes"
    return [problem("deploy", message, config.content, help=help)]
