"""What is known of output/ before and after a build, and the step between: publishing what is
staged."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, problem
from sitegen.base.files import forget_old, is_inside
from sitegen.base.text import counted, digest
from sitegen.engine.cache import Cache
from sitegen.engine.context import BuildContext
from sitegen.engine.families import family_name, owner_rows
from sitegen.engine.manifest import (
    manifest_mark,
    manifest_path,
    mark_of,
    read_manifest,
    write_manifest,
)
from sitegen.engine.places import CACHE
from sitegen.engine.site_folder import in_site
from sitegen.engine.staging import Made
from sitegen.engine.staleness import Jobs, failing, stats
from sitegen.engine.transaction import Journal, obstacles, publish, staging_folder
from sitegen.model.base import Struct
from sitegen.model.output import Item, Key, Plan, Trace
from sitegen.model.views import Answers, SiteContext
from sitegen.theme.load import Theme

if TYPE_CHECKING:
    from sitegen.engine.page_source import PageSource  # slow to import: not all builds make pages

INDEXES = "search"  # where search indexes are kept, in the cache
SPARE_IMAGES, SPARE_INDEXES = 200, 4  # unused files that may stay in the cache
NAMED = 3  # files in one message


class State(Struct, frozen=True):
    """What a site was published from, and what its report said; ``signature`` covers all but the
    articles, ``standing`` is what is wrong for as long as its index holds. ``moved`` are URLs that
    were published before: where each leads, or nothing for a tombstone."""

    signature: str
    now: float
    due: float
    frames: dict[str, SiteContext]  # by language; that of the site is the empty one
    articles: int
    pages: int
    skipped: dict[str, int]
    standing: tuple[Diagnostic, ...]
    next_due: str
    next_change: str
    answers: Answers = Answers()
    index: str = ""  # the mark of its index in the cache
    moved: dict[str, str] = {}

    def holds_at(self, now: float) -> bool:
        """Whether no article has appeared or expired since, and the clock has not gone back."""
        return self.now <= now and (not self.due or now < self.due)


class KnownFiles(Struct, frozen=True):
    """What is known of the files in output/ that are ours, and what is wrong with the manifest, if
    anything is.

    ``existing`` holds size and time of those that exist.
    """

    traces: dict[str, Trace]
    existing: dict[str, tuple[int, int]]
    fault: str = ""

    def spoilt(self) -> list[str]:
        """The files that are gone, or not as they were written."""
        return [
            name
            for name, trace in self.traces.items()
            if not trace.key or self.existing.get(name) != (trace.size, trace.mtime_ns)
        ]


class Work(Struct, frozen=True):
    """All that is known before anything is written.

    ``plan`` is that of ``families`` of pages, or of everything; ``keys`` are those of all outputs.
    A new ``index`` is encoded.
    """

    theme: Theme
    state: State
    plan: Plan
    keys: dict[str, str]
    known: KnownFiles
    wanted: Jobs
    families: frozenset[Key] | None = None
    index: bytes | None = None
    source: PageSource | None = None  # of the pages in ``plan`` that are without their views


class Published(Struct, frozen=True):
    """The files that were written, what is known of all files from then on, and notes."""

    written: tuple[str, ...]
    traces: dict[str, Trace]
    notes: list[Diagnostic] = []


def last_state(store: Cache, output: Path) -> State | None:
    """What was last published to ``output``, as far as it is remembered."""
    data = store.state(str(output))
    return msgspec.msgpack.decode(data, type=State) if data else None


def is_comparable(context: BuildContext, state: State, signature: str) -> bool:
    """Whether what was made from ``state`` counts for a build with this ``signature``."""
    return state.signature == signature and not context.options.verify


def files_there(context: BuildContext) -> KnownFiles:
    """What is known of the files in output/."""
    traces, fault = known_files(context.store, context.output, context.options.verify)
    return KnownFiles(traces, stats(context.output, traces), fault)


def known_files(store: Cache, output: Path, verify: bool = False) -> tuple[dict[str, Trace], str]:
    """What is known of the files in ``output``, and what is wrong with its manifest, if anything
    is.

    Which files are ours is what the manifest says: it outlives the cache, and a cache that came
    with somebody else's site cannot claim files with it. Where it lacks files that the cache knows,
    those are ours whose bytes are as they were written. With ``verify`` the bytes of all files are
    read and must be as recorded.
    """
    recorded, mark = store.traces(str(output)), store.manifest(str(output))
    if mark and not verify and mark == manifest_mark(output):
        return recorded, ""
    traces, fault = _reconciled(recorded, output)
    return (_verified(traces, output) if verify else traces), fault


def _reconciled(recorded: Mapping[str, Trace], output: Path) -> tuple[dict[str, Trace], str]:
    """What of the ``recorded`` files the manifest of ``output`` confirms, or their bytes, and what
    is wrong with the manifest."""
    manifest = read_manifest(output)
    traces = {name: recorded.get(name) or _unknown(name) for name in manifest.names}
    lost = _unlisted(recorded, manifest.names)
    traces |= {trace.output: trace for trace in lost if _is_intact(output, trace)}
    return traces, manifest.fault or ("lacks files" if lost else "")


def _unlisted(recorded: Mapping[str, Trace], names: Collection[str]) -> list[Trace]:
    """Those of the ``recorded`` files that are not among the ``names`` of a manifest."""
    others = [trace for name, trace in recorded.items() if name not in names]
    return [trace for trace in others if is_inside(trace.output)]


def _verified(traces: Mapping[str, Trace], output: Path) -> dict[str, Trace]:
    """``traces``; of files whose bytes are not as they were written nothing is known."""
    return {
        name: trace if _is_intact(output, trace) else _unknown(name)
        for name, trace in traces.items()
    }


def _unknown(name: str) -> Trace:
    """The trace of a file that is ours, with bytes of which nothing is known."""
    return Trace(name, "", 0, 0)


def _is_intact(output: Path, trace: Trace) -> bool:
    """Whether the bytes of a file are as they were written, as far as that is known; a missing
    file has none."""
    if not trace.digest:
        return False
    try:
        return digest((output / trace.output).read_bytes()) == trace.digest
    except OSError:
        return False


def manifest_note(output: Path, known: KnownFiles) -> list[Diagnostic]:
    """A note where the manifest of a folder with files is damaged: how many files were recognised,
    and how many were not."""
    if not known.fault or not output.is_dir():
        return []
    others = sum(len(files) for _, _, files in os.walk(output)) - len(known.existing)
    if not others and not known.existing:
        return []
    name = manifest_path(output).name
    message = (
        f"the manifest of {output.name}/ {known.fault}: {counted(len(known.existing), 'file')}"
        " recognised by the cache"
    )
    if others:
        message += f", {counted(others, 'other file')} not recognised"
    help = (
        "it is written again; files that are neither recognised nor part of the site stay in"
        f" {output.name}/: check whether you still need them"
    )
    return [
        problem(
            "recovered", message, name, help=help if others else "it is written again", level="note"
        )
    ]


def commit(context: BuildContext, work: Work, made: list[Made]) -> Published:
    """Publish what is staged and remember it.

    A file whose bytes came out as they are in output/ is left alone. Files are known as ours before
    they appear. Raises SitegenError where something of the user's is in the way.
    """
    if made or work.wanted.stale:
        published = _publish(context, work, made)
    else:
        if work.known.fault:
            write_manifest(context.output, work.keys, not context.options.preview)
        _remember_state(context, work)
        published = Published((), work.known.traces)
    return published


def _publish(context: BuildContext, work: Work, made: list[Made]) -> Published:
    output, durable = context.output, not context.options.preview
    stale, traces = work.wanted.stale, work.known.traces
    same, puts = _compared(output, work, made)
    if blocked := obstacles(output, puts, frozenset(stale)):
        raise SitegenError(blocked)
    notes = _replaced(output, [name for name in puts if name not in traces])
    context.store.forget_states()
    context.store.commit()
    ours = traces.keys() | set(puts)
    if work.known.fault or ours != traces.keys():
        write_manifest(output, ours, durable)
    journal = Journal(str(output), str(staging_folder(output)), puts, stale)
    publish(journal, context.root / CACHE / "journal.json", context.options.preview, len(traces))
    fresh = {m.output: _trace(m, work, m.output in same) for m in made}
    context.store.put_traces(str(output), fresh.values())
    context.store.forget_traces(str(output), stale)
    _remember_state(context, work)
    if stale:
        write_manifest(output, work.keys, durable)
    if work.families is None:
        _forget_unused(context.root / CACHE, work)
    traces = {name: t for name, t in (traces | fresh).items() if name in work.keys}
    return Published(puts, traces, notes)


def _compared(output: Path, work: Work, made: Iterable[Made]) -> tuple[set[str], tuple[str, ...]]:
    """The outputs that are in ``output`` as they were ``made``, and those to be put there, in
    order."""
    traces = work.known.traces
    same = {one.output for one in made if _is_same(output, traces.get(one.output), one)}
    return same, tuple(name for name in _in_order(work.wanted) if name not in same)


def _in_order(wanted: Jobs) -> list[str]:
    """The outputs to be made in the order in which they are published."""
    items: list[Item] = [*wanted.copy, *wanted.images, *wanted.indexed, *wanted.render]
    items.sort(key=lambda item: (item.group, item.output))
    return [item.output for item in items]


def _is_same(output: Path, trace: Trace | None, made: Made) -> bool:
    """Whether the file in ``output`` is as it was written, with the bytes that were ``made``."""
    if trace is None or trace.digest != made.digest:
        return False
    try:
        info = os.lstat(output / trace.output)
    except OSError:
        return False
    return (info.st_size, info.st_mtime_ns) == (trace.size, trace.mtime_ns)


def _trace(made: Made, work: Work, same: bool) -> Trace:
    """What is known of a file from now on; one that is the ``same`` keeps its time."""
    name, key = made.output, work.keys[made.output]
    if same:
        return msgspec.structs.replace(work.known.traces[name], key=key)
    return Trace(name, key, made.size, made.mtime_ns, made.digest)


def _forget_unused(cache: Path, work: Work) -> None:
    """Remove images and indexes from the cache that the site no longer uses, except a few."""
    if work.wanted.images:
        images = {work.keys[image.output] for image in work.plan.images}
        forget_old(cache / "pictures", images, SPARE_IMAGES)
    if work.wanted.indexed:
        indexes = {file.key for file in work.plan.indexed}
        forget_old(cache / INDEXES, indexes, SPARE_INDEXES)


def _replaced(output: Path, names: list[str]) -> list[Diagnostic]:
    """A note on files that are about to be replaced though nothing says that sitegen wrote them."""
    if not output.is_dir():
        return []
    paths = [(name, output / name) for name in names]
    existing = [name for name, path in paths if path.is_symlink() or path.is_file()]
    if not existing:
        return []
    listed = ", ".join(existing[:NAMED]) + (" …" if len(existing) > NAMED else "")
    message = f"{counted(len(existing), 'file')} replaced that sitegen has no record of: {listed}"
    return [
        problem(
            "recovered",
            message,
            f"{output.name}/",
            help="keep files of your own in static/, not in the output",
            level="note",
        )
    ]


def _remember_state(context: BuildContext, work: Work) -> None:
    """Record what was published, unless some article was left out."""
    store, root = context.store, str(context.output)
    names = None if work.families is None else {family_name(key) for key in work.families}
    store.put_owners(root, owner_rows(work.plan), names)
    if work.known.traces.keys() != work.keys.keys() or not store.manifest(root):
        _remember_manifest(context, work)
    if not failing((*work.state.standing, *store.problems()), strict=False):
        if work.index is not None:
            store.put_index(root, work.state.index, work.index)
        store.put_state(root, msgspec.msgpack.encode(work.state))
    store.commit()


def _remember_manifest(context: BuildContext, work: Work) -> None:
    """Record the digest of the manifest, if it and the cache name the same files as ``work``."""
    store, root = context.store, str(context.output)
    mark = manifest_mark(context.output)
    is_whole = mark == mark_of(work.keys) and store.outputs(root) == work.keys.keys()
    store.put_manifest(root, mark if is_whole else "")


def built(root: Path, output: Path) -> tuple[dict[str, Trace], frozenset[str]]:
    """What is known of the files in ``output``, and which of its pages show one article."""

    def read(store: Cache, _: list[Diagnostic]) -> tuple[dict[str, Trace], frozenset[str]]:
        return known_files(store, output)[0], frozenset(store.article_pages(str(output)))

    return in_site(root, read)
