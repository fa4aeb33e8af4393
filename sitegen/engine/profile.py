"""Where the time of a build went, and what to do about what costs most.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.base.text import counted
from sitegen.config.schema import Config
from sitegen.engine.make_images import DRAWN, RESIZED
from sitegen.model.base import Struct
from sitegen.model.output import BuildReport

MAKING = "render"  # the stage that all work on single files is done in
LITTLE = 0.3  # seconds below which a part of a build is not worth anybody's time

_STAGES = {
    "load": "reading settings, theme and cache",
    "discover": "finding files",
    "parse": "reading articles",
    "resolve": "ordering articles, stories, editions",
    "plan": "planning pages",
    "search": "indexing for search",
    "decide": "comparing with the last build",
    MAKING: "writing files",
    "publish": "publishing",
}
_WORK = {
    DRAWN: "share cards",
    RESIZED: "sizes of images",
    "(feed)": "feeds",
    "(search index)": "files of the search index",
    "(copies)": "copied files",
}
_KEEP_CACHE = "Later builds take less, as long as .sitegen-cache/ is kept"
_ADVICE = {
    DRAWN: "`share: {since: DATE}` in site.yaml draws none for articles before DATE; `cards: site`"
    " draws one for all pages",
    RESIZED: "Fewer `widths` or `formats` of `images:` in site.yaml make fewer files; AVIF takes"
    " longest. Sizes that exist are kept in .sitegen-cache/",
    "(feed)": "`feeds:` in site.yaml says which lists have feeds, in how many formats, and whether"
    " they hold bodies or excerpts",
    "search": "Only shards with changed articles are indexed again; `search: false` in site.yaml"
    " leaves the search out",
    "publish": "output/ is written faster to a disk of this machine than to one in the network",
    "article.html": _KEEP_CACHE,
    "list.html": "Longer lists (`pagination:` in site.yaml) make fewer pages. In templates of your"
    " own, `cached(card, one)` renders a card once for all lists",
    "edition.html": "`editions:` in site.yaml says how often there is one, and in which forms",
}
_READING = {
    "commonmark": _KEEP_CACHE,
    "python-markdown": "`markdown: {engine: commonmark}` in site.yaml reads bodies about a hundred"
    " times faster",
}


class Cost(Struct, frozen=True):
    """One part of a build: ``name`` is that of a stage, a template or a kind of work in the
    report, ``files`` is how many were made, 0 for a stage."""

    name: str
    seconds: float
    files: int = 0

    @property
    def label(self) -> str:
        """The part in words."""
        if self.name.endswith(".html"):
            return f"pages from {self.name}"
        known = _WORK if self.files else _STAGES
        return known.get(self.name) or self.name.strip("()")


def costs(report: BuildReport) -> list[Cost]:
    """The parts of a build, the most expensive first; together they take its time.

    The work on files is added up over all processes; here each kind gets its share of the
    seconds that people wait for.
    """
    making = report.stages.get(MAKING, 0.0)
    busy = sum(report.templates.values())
    parts = [Cost(name, seconds) for name, seconds in report.stages.items() if name != MAKING]
    if busy:
        parts += [
            Cost(name, making * seconds / busy, report.made.get(name, 0))
            for name, seconds in report.templates.items()
        ]
    elif making:
        parts.append(Cost(MAKING, making))
    return sorted(parts, key=lambda one: (-one.seconds, one.name))


def profile_rows(report: BuildReport) -> list[tuple[str, str, str, str]]:
    """A row for each part that takes at least a hundredth of the build: seconds, share, name, and
    what was made."""
    total = report.seconds or 1.0
    rows = []
    for one in costs(report):
        if one.seconds >= total / 100:
            share = f"{one.seconds / total:.0%}"
            rows.append((f"{one.seconds:.2f} s", share, one.label, _made(one)))
    return rows


def _made(one: Cost) -> str:
    return counted(one.files, "file") if one.files else ""


def most_expensive(report: BuildReport, config: Config) -> str:
    """What costs most, in a sentence, and what to do about it."""
    parts: Sequence[Cost] = costs(report)
    if not parts or parts[0].seconds < LITTLE:
        return f"No part of this build takes longer than {LITTLE} s."
    first, total = parts[0], report.seconds
    files = f" ({_made(first)})" if first.files else ""
    said = (
        f"Most of the time, {first.seconds:.1f} of {total:.1f} s, went into {first.label}{files}."
    )
    advice = _advice(first.name, config)
    return f"{said} {advice}." if advice else said


def _advice(name: str, config: Config) -> str:
    if name == "parse":
        return _READING.get(config.markdown.engine, _KEEP_CACHE)
    if name.endswith(".html"):
        return _ADVICE.get(name, _KEEP_CACHE)
    return _ADVICE.get(name, "")
