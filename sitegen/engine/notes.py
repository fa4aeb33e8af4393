"""What a build says of itself: of its clock, of a site without articles, and of feeds that it
shows nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sitegen.base.dates import moment
from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.base.secrets import is_private_feed
from sitegen.config.schema import Config
from sitegen.engine.options import BuildOptions
from sitegen.engine.output import State

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


def empty_site(articles: int, config: Config, options: BuildOptions) -> list[Diagnostic]:
    """An error where a careful build would publish none of its ``articles``."""
    if articles or not options.careful:
        return []
    message = "the site would be published without a single article"
    help = "look at `sitegen list`; if that is right run with --yes"
    return [problem("deploy", message, config.content, help=help)]


def private_feeds(config: Config) -> Iterator[Diagnostic]:
    """A note for each source whose feed is left out of what is published."""
    for key, source in config.sources.items():
        if is_private_feed(source.feed):
            message = (
                f"the feed of `{source.name}` seems to contain a key or password, so no page and no"
                " feed shows it"
            )
            hint = (
                "readers get the digest's own feed of this source; nothing needs to be done, unless"
                f" it has a public feed for `sources.{key}`"
            )
            yield problem("private-feed", message, "site.yaml", help=hint, level="note")
