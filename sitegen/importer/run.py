"""Bring inputs into a site: read each, find whether it exists already, and write what may be
written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, groupby
from pathlib import Path

import msgspec

from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.base.progress import Progress, silent
from sitegen.base.text import counted
from sitegen.config.schema import Config
from sitegen.content.dropped import change_dropped
from sitegen.content.inbox import is_in_inbox
from sitegen.engine.inbox_items import inbox_items
from sitegen.engine.workers import Pool, Processes
from sitegen.importer.formats.opml import suggestion
from sitegen.importer.full_text import with_full_text
from sitegen.importer.input.feed_state import read_states, write_states
from sitegen.importer.input.fetch import Fetcher
from sitegen.importer.input.mailboxes import Mailboxes
from sitegen.importer.input.polling import Polling
from sitegen.importer.input.sources import Inputs, shown_name
from sitegen.importer.input.unit import WHOLE, Unit
from sitegen.importer.model import ImportedItem, ImportOptions, ImportReport
from sitegen.importer.place.placer import Placer
from sitegen.importer.place.tidy import leaving, remove_from
from sitegen.importer.read import Reading, ReadJob
from sitegen.importer.unfinished import Unfinished
from sitegen.importer.why import remember
from sitegen.plugins import Plugin, named

AT_ONCE = 4_000  # units whose texts may be in memory at one time
ONE = Processes(1)
CACHE = ".sitegen-cache/import"
PARTS = f"{CACHE}-parts"


def import_all(
    root: Path,
    config: Config,
    names: Sequence[str],
    options: ImportOptions,
    pool: Pool = ONE,
    *,
    given: Mapping[str, str | bytes] | None = None,
    plugins: tuple[Plugin, ...] = (),
    progress: Progress = silent,
    passwords: Mapping[str, str] | None = None,
) -> ImportReport:
    """Import ``names`` (files, folders, archives, URLs), or without any the feeds of
    `sources:` in site.yaml.

    The inputs are read by ``pool``. ``given`` holds contents by name, such as ``-`` for what is
    piped in; ``plugins`` may read what sitegen does not; ``passwords`` are those of mailboxes, by
    the key of their source. Nothing is written in a dry run, where each item carries its difference
    instead. One bad input never stops the others, and none raises.
    """
    outlets = feeds_of(config)
    fetcher = _Lazy(root / CACHE, config, options)
    polling = Polling(config, read_states(root, config), options.now, options.fresh)
    importers = named(plugins, "importers")
    inputs = Inputs(
        root, config, _as_bytes(given or {}), fetcher, importers, options.columns, polling
    )
    placer = Placer(root, config, inputs, fetcher, options)
    asked = {} if names else {key: s for key, s in config.sources.items() if s.mail}
    mail = Mailboxes(root, asked, passwords or {}, options.now, options.fresh)
    if not names:
        _tidy(root, config, placer, options)
    units = inputs.units(names or list(outlets), options.url, outlets, progress)
    units = chain(units, inputs.mail_units(mail))
    unfinished = Unfinished(root / PARTS, _settings(config, options), options.fresh)
    done = _take_all(units, unfinished, placer, pool, progress)
    placer.finish()
    inputs.check_columns()
    if done:
        progress("importing", done, done)
    if not options.dry_run:
        unfinished.end()
        if fetcher.made is not None:
            _remember(fetcher.made, inputs, placer, outlets)
        inputs.problems += mail.remember()
        _keep_account(root, config, placer, options)
        _read_waiting(root, config, placer)
    if unfinished.skipped:
        inputs.problems.append(_went_on(unfinished.skipped))
    return _report(config, inputs, placer)


def _as_bytes(given: Mapping[str, str | bytes]) -> dict[str, bytes]:
    return {
        name: data.encode("utf-8", "replace") if isinstance(data, str) else data
        for name, data in given.items()
    }


def _report(config: Config, inputs: Inputs, placer: Placer) -> ImportReport:
    taken = [source.feed for source in config.sources.values()]
    new = [outline for outline in inputs.outlines if outline.feed not in taken]
    problems = tuple(sorted({*inputs.problems, *placer.problems}))  # each is said once
    suggested = suggestion(new, config.sources, config.sections)
    return ImportReport(tuple(placer.items), problems, suggested)


def _take_all(
    units: Iterator[Unit | None],
    unfinished: Unfinished,
    placer: Placer,
    pool: Pool,
    progress: Progress,
) -> int:
    """Read units and bring what they hold into the site. Returns how many readings there were."""
    config, inputs = placer.config, placer.inputs
    done = 0
    for batch in _read(unfinished.left(units), config, pool):
        for unit, reading in with_full_text(batch, placer, placer.fetcher, config, pool):
            placer.take(unit, reading)
            done += 1
            progress("importing", done, max(inputs.expected, done))
        if batch and not placer.options.dry_run:
            unfinished.done(batch[-1][0])
    return done


def _settings(config: Config, options: ImportOptions) -> bytes:
    """All that decides how inputs are read, but for the time, as bytes."""
    asked = msgspec.structs.replace(options, now=0.0)
    return repr((config, asked)).encode("utf-8", "surrogateescape")


def _went_on(parts: int) -> Diagnostic:
    what = (
        f"{counted(parts, 'part')} of archives not read again: an import that was stopped had them"
    )
    return problem("import", what, help="--fresh reads everything again", level="note")


def feeds_of(config: Config) -> dict[str, str]:
    """The keys of the sources of site.yaml that name a feed, by its URL."""
    return {source.feed: key for key, source in config.sources.items() if source.feed}


def _read(
    units: Iterator[Unit | None], config: Config, pool: Pool
) -> Iterator[list[tuple[Unit, Reading]]]:
    """Each unit with what it holds, in order: many at once over the pool, each part of an archive
    in a list of its own."""
    job = ReadJob(config)
    for batch in _batches(units):
        for whole, group in groupby(batch, lambda unit: unit.part == WHOLE):
            alike = list(group)
            if whole:
                yield _pairs(alike, pool.run(job, alike))
                continue
            # A part of an archive is work enough for a worker.
            for part, readings in zip(alike, pool.run(job, alike, inline=2, most=1), strict=True):
                yield _pairs([part], [readings])


def _pairs(units: Sequence[Unit], read: Iterable[Sequence[Reading]]) -> list[tuple[Unit, Reading]]:
    return [
        (_named(unit, reading.shown), reading)
        for unit, readings in zip(units, read, strict=True)
        for reading in readings
    ]


def _batches(units: Iterator[Unit | None]) -> Iterator[list[Unit]]:
    """Units to be read together: those up to a None, and not too many."""
    batch: list[Unit] = []
    for unit in units:
        if unit is not None:
            batch.append(unit)
        if unit is None or len(batch) >= AT_ONCE:
            yield batch
            batch = []
    yield batch


def _named(unit: Unit, shown: str) -> Unit:
    """The unit as it is named for one of the articles that it holds."""
    return msgspec.structs.replace(unit, shown=shown) if shown else unit


class _Lazy:
    """The fetcher, made when the first address is asked for."""

    def __init__(self, cache: Path, config: Config, options: ImportOptions) -> None:
        self.cache, self.config, self.options = cache, config, options
        self.made: Fetcher | None = None

    def __call__(self) -> Fetcher:
        if self.made is None:
            self.made = Fetcher(
                self.cache, self.config.base_url, self.options.private, self.options.fresh
            )
        return self.made


def _tidy(root: Path, config: Config, placer: Placer, options: ImportOptions) -> None:
    """Take from the inbox what no longer belongs there."""
    dropped = placer.intake.dropped
    items = list(leaving(root, config, placer.holdings, dropped, options.now))
    for one in items:
        title = one.item.document.title if one.item.document else ""
        placer.items.append(ImportedItem(one.item.path, "dropped", reason=one.reason, title=title))
        placer.holdings.forget(one.item.path)
    if not options.dry_run:
        remove_from(
            root, items, lambda path, error: placer.problems.append(_unwritten(path, error))
        )


def _read_waiting(root: Path, config: Config, placer: Placer) -> None:
    """Read what came into the inbox, so that the first look at it is as fast as any other."""
    if any(is_in_inbox(item.path, config.content) for item in placer.items):
        inbox_items(root, config)


def _keep_account(root: Path, config: Config, placer: Placer, options: ImportOptions) -> None:
    """Write the list of dropped items and the state of feeds, where they change, and the verdicts
    of the run."""
    intake = placer.intake
    today = datetime.fromtimestamp(options.now, config.zone).date().isoformat()
    try:
        remember(root, intake.judged)
        if options.now:
            change_dropped(root, config.content, lambda days: intake.remembered(days, today))
            write_states(root, config.content, placer.inputs.polling.states)
    except OSError as error:
        placer.problems.append(_unwritten(error.filename or config.content, error))


def _unwritten(path: str, error: OSError) -> Diagnostic:
    message = f"cannot be written: {error.strerror}"
    return problem("import", message, path, help="check the permissions", level="warning")


def _remember(fetcher: Fetcher, inputs: Inputs, placer: Placer, outlets: Mapping[str, str]) -> None:
    """Note for the next run which addresses were imported whole."""
    bad = ("quarantined", "failed", "waiting")
    failed = {i.origin.split("#")[0] for i in placer.items if i.outcome in bad}
    for address, page in inputs.fetched.items():
        if page.data and shown_name(address) not in failed:
            key = outlets.get(address, "")
            rules = inputs.polling.rules(key) if key else ""
            fetcher.remember(inputs.asked.get(address, address), page, rules)
    try:
        fetcher.save()
    except OSError as error:
        inputs.problems.append(
            problem("import", f"cannot be written: {error.strerror}", CACHE, level="warning")
        )
