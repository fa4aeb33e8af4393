"""From what is known before anything is written to what stands in output/ and is remembered of
it."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, problem
from sitegen.base.files import forget_old, is_inside
from sitegen.base.text import counted, digest
from sitegen.engine.cache import Cache
from sitegen.engine.manifest import manifest_path, read_manifest, write_manifest
from sitegen.engine.places import CACHE
from sitegen.engine.recent import Recent
from sitegen.engine.render_pages import INDEXES
from sitegen.engine.site_folder import in_site
from sitegen.engine.staging import Made
from sitegen.engine.staleness import Jobs, stats
from sitegen.engine.transaction import Journal, obstacles, publish, staging_folder
from sitegen.model.base import Struct
from sitegen.model.output import Item, Plan, Trace
from sitegen.model.views import Answers, SiteContext
from sitegen.pages.bodies import bodies_shown
from sitegen.theme.load import Theme

SPARE_PICTURES, SPARE_INDEXES = 200, 4  # that may lie in the cache unused
NAMED = 3  # files in one message


class State(Struct, frozen=True):
    """What a site was published from, and what its report said; ``signature`` covers all but the
    articles' text."""

    signature: str
    now: float
    due: float
    frame: SiteContext
    articles: int
    skipped: dict[str, int]
    diagnostics: tuple[Diagnostic, ...]
    next_due: str
    answers: Answers = Answers()
    compared: tuple[str, ...] = ()  # articles whose bodies decide what is listed (`twins.py`)


class KnownFiles(Struct, frozen=True):
    """What is known of the files in output/ that are ours, and what is wrong with the manifest, if
    anything is.

    ``existing`` holds size and time of those that are there.
    """

    traces: dict[str, Trace]
    existing: dict[str, tuple[int, int]]
    fault: str = ""


class Work(Struct, frozen=True):
    """All that is known before anything is written."""

    theme: Theme
    state: State
    whole: Plan
    keys: dict[str, str]
    known: KnownFiles
    wanted: Jobs


def last_state(store: Cache, output: Path) -> State | None:
    """What was last published to ``output``, as far as it is remembered."""
    data = store.state(str(output))
    return msgspec.msgpack.decode(data, type=State) if data else None


def current_state(state: State | None, inputs: str, now: float) -> State | None:
    """``state``, if it was made from ``inputs`` and nothing has come due since."""
    if state is None:
        return None
    current = state.signature == inputs and state.now <= now and (not state.due or now < state.due)
    return state if current else None


def files_there(
    store: Cache, output: Path, recent: Recent | None, verify: bool = False
) -> KnownFiles:
    """What is known of the files in ``output``, which ``recent`` may remember."""
    remembered = recent.files(output) if recent else None
    if remembered:
        return KnownFiles(
            remembered, {name: (t.size, t.mtime_ns) for name, t in remembered.items()}
        )
    traces, fault = known_files(store, output, verify)
    return KnownFiles(traces, stats(output, traces), fault)


def known_files(store: Cache, output: Path, verify: bool = False) -> tuple[dict[str, Trace], str]:
    """What is known of the files in ``output``, and what is wrong with its manifest, if anything
    is.

    Which files are ours is what the manifest says: it outlives the cache, and a cache that came with somebody
    else's site cannot claim files with it. Where it lacks files that the cache knows, those are ours whose
    bytes are as they were written. With ``verify`` the bytes of all files are read and must be as recorded.
    """  # noqa: E501
    manifest, recorded = read_manifest(output), store.traces(str(output))
    traces = {name: recorded.get(name) or _unknown(name) for name in manifest.names}
    lost = [t for name, t in recorded.items() if name not in manifest.names and is_inside(name)]
    fault = manifest.fault or ("lacks files" if lost else "")
    traces |= {t.output: t for t in lost if t.digest and _digest_of(output / t.output) == t.digest}
    if verify:
        traces = {
            n: t if _digest_of(output / n) == t.digest else _unknown(n) for n, t in traces.items()
        }
    return traces, fault


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
        message += f", {counted(others, 'other file')} there"
    help = (
        "it is written again; files that are neither recognised nor part of the site stay in"
        f" {output.name}/: look through them"
    )
    return [
        problem(
            "recovered", message, name, help=help if others else "it is written again", level="note"
        )
    ]


def _unknown(name: str) -> Trace:
    """The trace of a file that is ours, with bytes of which nothing is known."""
    return Trace(name, "", 0, 0)


def _digest_of(path: Path) -> str:
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""


def commit(
    work: Work, made: list[Made], store: Cache, root: Path, output: Path, preview: bool = False
) -> tuple[tuple[str, ...], dict[str, Trace], list[Diagnostic]]:
    """Publish what is staged and remember it; the files written, what is known of all files from
    then on, and notes.

    A file whose bytes came out as they are in output/ is left alone. Files are known as ours before
    they appear. Raises SitegenError where something of the user's is in the way.
    """
    stale, traces = work.wanted.stale, work.known.traces
    if not made and not stale:
        if work.known.fault:
            write_manifest(output, work.keys, not preview)
        _remember_state(work, store, output)
        return (), traces, []
    same = {
        m.output for m in made if m.output in traces and _intact(output, traces[m.output], m.digest)
    }
    items: list[Item] = [
        *work.wanted.copy,
        *work.wanted.pictures,
        *work.wanted.indexed,
        *work.wanted.render,
    ]
    items.sort(key=lambda item: (item.group, item.output))
    puts = tuple(item.output for item in items if item.output not in same)
    if blocked := obstacles(output, puts, frozenset(stale)):
        raise SitegenError(blocked)
    notes = _replaced(output, [name for name in puts if name not in traces])
    store.forget_states()
    store.commit()
    known = traces.keys() | set(puts)
    if work.known.fault or known != read_manifest(output).names:
        write_manifest(output, known, not preview)
    publish(
        Journal(str(output), str(staging_folder(output)), puts, stale),
        root / CACHE / "journal.json",
        preview,
    )
    fresh = {
        m.output: (
            msgspec.structs.replace(traces[m.output], key=work.keys[m.output])
            if m.output in same
            else Trace(m.output, work.keys[m.output], m.size, m.mtime_ns, m.digest)
        )
        for m in made
    }
    store.put_traces(str(output), fresh.values())
    store.forget_traces(str(output), stale)
    store.forget_pages(str(output), stale)
    _remember_state(work, store, output)
    if stale:
        write_manifest(output, work.keys, not preview)
    if work.wanted.pictures:
        forget_old(
            root / CACHE / "pictures",
            {work.keys[p.output] for p in work.whole.pictures},
            SPARE_PICTURES,
        )
    if work.wanted.indexed:
        forget_old(root / CACHE / INDEXES, {file.key for file in work.whole.indexed}, SPARE_INDEXES)
    return puts, {name: t for name, t in (traces | fresh).items() if name in work.keys}, notes


def _replaced(output: Path, names: list[str]) -> list[Diagnostic]:
    """A note on files that are about to be replaced though nothing says that sitegen wrote them."""
    there = [name for name in names if os.path.lexists(output / name)] if output.is_dir() else []
    if not there:
        return []
    shown = ", ".join(there[:NAMED]) + (" …" if len(there) > NAMED else "")
    message = f"{counted(len(there), 'file')} replaced that sitegen has no record of: {shown}"
    return [
        problem(
            "recovered",
            message,
            f"{output.name}/",
            help="keep files of your own in static/, not in the output",
            level="note",
        )
    ]


def remember_pages(work: Work, store: Cache, output: Path) -> None:
    """Record the pages that show a body, as `only_bodies` needs them; kept only if what they are
    made from is published."""
    encode = msgspec.msgpack.Encoder().encode
    store.put_pages(
        str(output),
        ((p.output, encode(p), shows) for p in work.wanted.render if (shows := bodies_shown(p))),
    )


def _remember_state(work: Work, store: Cache, output: Path) -> None:
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

    def read(store: Cache, _: list[Diagnostic]) -> tuple[dict[str, Trace], frozenset[str]]:
        return known_files(store, output)[0], frozenset(
            n for n in store.page_names(str(output)) if n.endswith(".html")
        )

    return in_site(root, read)
