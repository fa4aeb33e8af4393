"""The check: gather, judge, place."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from sitegen.base.diagnostics import Diagnostic, Level
from sitegen.base.progress import Progress
from sitegen.check import rules_articles as articles
from sitegen.check import rules_authors as authors
from sitegen.check import rules_links as links
from sitegen.check import rules_pages as pages
from sitegen.check.external import external
from sitegen.check.facts import gather
from sitegen.check.locate import placed
from sitegen.check.model import CheckOptions, CheckReport, Facts, Finding
from sitegen.config.check_rules import RULES
from sitegen.config.schema import Config
from sitegen.engine.cache import Cache
from sitegen.engine.places import CACHE
from sitegen.engine.site_folder import in_site
from sitegen.engine.workers import Pool

Rule = Callable[[Facts], Iterable[Finding]]
EXTERNAL = "external.json"

# which function finds what a rule names; one that serves several rules is listed once
FUNCTIONS: tuple[tuple[tuple[str, ...], Rule], ...] = (
    (("link", "anchor", "link-moved"), links.links),
    (("author-unknown",), authors.unknown),
    (("author-similar",), authors.similar),
    (("author-alias",), authors.alias),
    (("author-missing",), authors.missing),
    (("image-alt",), articles.image_alt),
    (("image-credit",), articles.image_credit),
    (("source-missing",), articles.source_missing),
    (("source-unknown",), articles.source_unknown),
    (("rights-missing",), articles.rights_missing),
    (("rights-breach",), articles.rights_breach),
    (("duplicate-id",), articles.duplicate_id),
    (("duplicate-url",), articles.duplicate_url),
    (("duplicate-title",), articles.duplicate_title),
    (("duplicate-text",), articles.duplicate_text),
    (("spun",), articles.spun),
    (("unsure",), articles.unsure),
    (("title-long",), articles.title_long),
    (("text-missing",), articles.text_missing),
    (("date-order",), articles.date_order),
    (("orphan",), pages.orphan),
    (("media-unused",), pages.media_unused),
    (("feed",), pages.feed),
    (("email-size",), pages.email_size),
    (("structured-data",), pages.structured_data),
    (("security-txt",), pages.security_txt),
    (("due",), articles.due),
    (("expiring",), articles.expiring),
)
ASKING = ("link-external", "link-redirect")  # found by `external`, on request
BUILT = (
    "address-lost",
    "translation-unknown",
)  # found by the build's own stages, with a level of its own here


def check(options: CheckOptions, progress: Progress, pool: Pool | None = None) -> CheckReport:
    """Judge the site at ``options.root`` by every rule that is not off.

    Changes nothing. Articles are read by ``pool``, if it is given. Errors of the build itself are
    reported too. Raises SitegenError for
    broken settings or a broken theme.
    """
    started = time.perf_counter()
    root = Path(options.root)

    def work(store: Cache, problems: list[Diagnostic]) -> tuple[Facts, list[Diagnostic]]:
        return gather(options, store, problems, progress, pool), problems

    facts, problems = in_site(root, work, progress)
    levels = levels_of(facts.config, options.rules)
    findings = judge(facts, levels)
    if options.external and any(rule in levels for rule in ASKING):
        findings += [
            f for f in external(facts, root / CACHE / EXTERNAL, progress) if f.rule in levels
        ]
    findings = [f for f in findings if _among(f.path, options.paths)]
    if "link" in levels:  # which reports every broken link, where a build reports the first
        problems = [d for d in problems if d.code not in ("address", "link")]
    problems = list(_levelled(problems, levels))
    reported = [
        d
        for d in problems
        if (not options.rules or d.level == "error") and _among(d.path, options.paths)
    ]
    reported = sorted([*reported, *placed(findings, root, levels)])
    counts = dict(sorted(Counter(d.code for d in reported).items()))
    fixes = tuple(f.fix for f in findings if f.fix)
    return CheckReport(
        len(facts.articles), tuple(reported), counts, round(time.perf_counter() - started, 3), fixes
    )


def _levelled(problems: Iterable[Diagnostic], levels: Mapping[str, Level]) -> Iterator[Diagnostic]:
    """``problems`` of the build, with those that a rule names at the level of that rule."""
    for found in problems:
        if found.code not in BUILT:
            yield found
        elif found.code in levels:
            yield replace(found, level=levels[found.code])


def judge(facts: Facts, levels: dict[str, Level]) -> list[Finding]:
    """What the rules in ``levels`` find; the others are not run where nothing needs them."""
    findings: list[Finding] = []
    for names, rule in FUNCTIONS:
        if not levels.keys().isdisjoint(names):
            findings += [finding for finding in rule(facts) if finding.rule in levels]
    return findings


def levels_of(config: Config, only: tuple[str, ...] = ()) -> dict[str, Level]:
    """The level of each rule that is not off, or of those in ``only``, which are never off."""
    levels: dict[str, Level] = {}
    for name, (usual, _) in RULES.items():
        level = config.check.get(name, usual)
        if level != "off" and (not only or name in only):
            levels[name] = level
        elif name in only:
            levels[name] = usual
    return levels


def _among(path: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or any(path == w or path.startswith(f"{w}/") for w in wanted)
