"""From what is known before anything is written to what stands in output/ and is remembered of it."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from sitegen.base.diagnostics import Diagnostic
from sitegen.base.files import forget_old
from sitegen.base.text import digest
from sitegen.decide import Jobs, stats
from sitegen.folder import CACHE, in_site
from sitegen.model import Answers, Frame, Item, Plan, Struct, Trace
from sitegen.plan import bodies_shown
from sitegen.pooled import INDEXES, Made
from sitegen.publish import Journal, publish, read_manifest, staging_folder, write_manifest
from sitegen.recent import Recent
from sitegen.store import Store
from sitegen.theme import Theme

SPARE_PICTURES, SPARE_INDEXES = 200, 4  # that may lie in the cache unused


class State(Struct, frozen=True):
    """What a site was published from, and what its report said; ``signature`` covers all but the articles' text."""

    signature: str
    now: float
    due: float
    frame: Frame
    articles: int
    skipped: dict[str, int]
    diagnostics: tuple[Diagnostic, ...]
    next_due: str
    answers: Answers = Answers()


class Work(Struct, frozen=True):
    """All that is known before anything is written."""

    theme: Theme
    state: State
    whole: Plan
    keys: dict[str, str]
    traces: dict[str, Trace]
    wanted: Jobs


def read_state(store: Store, output: Path, inputs: str, now: float) -> State | None:
    """What was last published to ``output``, if it was made from ``inputs`` and nothing has come due since."""
    data = store.state(str(output))
    if not data:
        return None
    state = msgspec.msgpack.decode(data, type=State)
    current = state.signature == inputs and state.now <= now and (not state.due or now < state.due)
    return state if current else None


def files_there(
    store: Store, output: Path, recent: Recent | None, verify: bool = False
) -> tuple[dict[str, Trace], dict[str, tuple[int, int]]]:
    """What is known of the files in ``output``, and size and time of those that are there, which ``recent`` may know."""
    remembered = recent.files(output) if recent else None
    if remembered:
        return remembered, {name: (t.size, t.mtime_ns) for name, t in remembered.items()}
    traces = known_files(store, output, verify)
    return traces, stats(output, traces)


def known_files(store: Store, output: Path, verify: bool = False) -> dict[str, Trace]:
    """What is known of the files in ``output``. With ``verify`` their bytes are read and must be as recorded.

    Which files are ours is told by the manifest beside ``output``: it outlives the cache, and a cache that
    came with somebody else's site cannot claim files with it.
    """
    traces = store.traces(str(output))
    traces = {name: traces.get(name) or _unknown(name) for name in read_manifest(output)}
    if not verify:
        return traces
    return {name: t if _digest_of(output / name) == t.digest else _unknown(name) for name, t in traces.items()}


def _unknown(name: str) -> Trace:
    """The trace of a file that is ours, with bytes of which nothing is known."""
    return Trace(name, "", 0, 0)


def _digest_of(path: Path) -> str:
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""


def commit(work: Work, made: list[Made], store: Store, root: Path, output: Path) -> tuple[tuple[str, ...], dict[str, Trace]]:
    """Publish what is staged and remember it; the files written, and what is known of all files from then on.

    A file whose bytes came out as they are in output/ is left alone. Files are known as ours before they appear.
    """
    stale = work.wanted.stale
    if not made and not stale:
        _remember_state(work, store, output)
        return (), work.traces
    same = {m.output for m in made if m.output in work.traces and _intact(output, work.traces[m.output], m.digest)}
    items: list[Item] = [*work.wanted.copy, *work.wanted.pictures, *work.wanted.indexed, *work.wanted.render]
    items.sort(key=lambda item: (item.group, item.output))
    puts = tuple(item.output for item in items if item.output not in same)
    store.forget_states()
    store.commit()
    known = work.traces.keys() | set(puts)
    if known != set(read_manifest(output)):
        write_manifest(output, known)
    publish(Journal(str(output), str(staging_folder(output)), puts, stale), root / CACHE / "journal.json")
    fresh = {
        m.output: msgspec.structs.replace(work.traces[m.output], key=work.keys[m.output])
        if m.output in same
        else Trace(m.output, work.keys[m.output], m.size, m.mtime_ns, m.digest)
        for m in made
    }
    store.put_traces(str(output), fresh.values())
    store.forget_traces(str(output), stale)
    store.forget_pages(str(output), stale)
    _remember_state(work, store, output)
    if stale:
        write_manifest(output, work.keys)
    if work.wanted.pictures:
        forget_old(root / CACHE / "pictures", {work.keys[p.output] for p in work.whole.pictures}, SPARE_PICTURES)
    if work.wanted.indexed:
        forget_old(root / CACHE / INDEXES, {file.key for file in work.whole.indexed}, SPARE_INDEXES)
    return puts, {name: t for name, t in (work.traces | fresh).items() if name in work.keys}


def remember_pages(work: Work, store: Store, output: Path) -> None:
    """Record the pages that show a body, as `only_bodies` needs them; kept only if what they are made from is published."""
    encode = msgspec.msgpack.Encoder().encode
    store.put_pages(str(output), ((p.output, encode(p), shows) for p in work.wanted.render if (shows := bodies_shown(p))))


def _remember_state(work: Work, store: Store, output: Path) -> None:
    """Record what was published, unless some article was left out."""
    if not any(d.level == "error" for d in work.state.diagnostics):
        store.put_state(str(output), msgspec.msgpack.encode(work.state))
    store.commit()


def _intact(output: Path, trace: Trace, mark: str) -> bool:
    """Whether the file in ``output`` is as recorded, with bytes of the digest ``mark``."""
    try:
        info = os.lstat(output / trace.output)
    except OSError:
        return False
    return (info.st_size, info.st_mtime_ns, mark) == (trace.size, trace.mtime_ns, trace.digest)


def built(root: Path, output: Path) -> tuple[dict[str, Trace], frozenset[str]]:
    """What is known of the files in ``output``, and which of its pages show one article."""

    def read(store: Store, _: list[Diagnostic]) -> tuple[dict[str, Trace], frozenset[str]]:
        return known_files(store, output), frozenset(n for n in store.page_names(str(output)) if n.endswith(".html"))

    return in_site(root, read)
