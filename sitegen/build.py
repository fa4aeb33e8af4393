"""The build, as one page of named stages, and the stages themselves."""

from __future__ import annotations

import fcntl
import os
import resource
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from sitegen import __version__
from sitegen.base.diagnostics import Diagnostic, SitegenError, fail
from sitegen.base.files import read_bytes
from sitegen.base.text import digest
from sitegen.config import Config, load_config
from sitegen.content.discover import Found, Sources, discover
from sitegen.content.parse import Parsed, parse
from sitegen.model import ArticleView, BuildReport, Copy, FeedView, Page, Plan, Struct, Trace
from sitegen.plan import frame, plan
from sitegen.publish import Journal, publish, roll_forward, staging_folder
from sitegen.render import Renderer
from sitegen.site import Shown, moment, resolve
from sitegen.store import Store, body_reader, read_body
from sitegen.theme import Theme, load_theme
from sitegen.workers import cores, run

CACHE = ".sitegen-cache"
SETTLED_NS = 2_000_000_000  # a file changed this shortly before it was read may change again unseen


class BuildOptions(Struct):
    """What the command line may ask of a build. ``now`` is an ISO moment: the only clock of a build."""

    root: str
    now: str
    output: str = ""
    base_url: str = ""
    drafts: bool = False
    future: bool = False
    expired: bool = False
    jobs: int = 0
    strict: bool = False
    no_cache: bool = False
    keep_going: bool = False
    dry_run: bool = False


class Jobs(Struct):
    """What a build has to do."""

    render: tuple[Page, ...]
    copy: tuple[Copy, ...]
    stale: tuple[str, ...]
    unchanged: int
    reasons: dict[str, str]


def build(options: BuildOptions) -> BuildReport:
    """Build the site at ``options.root``.

    Publishes nothing where there is an error (or, with ``strict``, a warning), unless ``keep_going``.
    Raises SitegenError for a broken configuration, theme or template.
    """
    root, clock = Path(options.root), _Clock()
    output = Path(options.output) if options.output else root / "output"
    with _lock(root), _store(root, options) as store:
        roll_forward(root / CACHE / "journal.json")
        config, settings = read_config(root, options.base_url)
        theme = load_theme(config.theme, theme_roots(root), config.theme_options, root / "theme")
        check_output(root, output, config)
        clock.stage("load")
        sources, problems = discover(root, config.content)
        static = static_files(root)
        clock.stage("discover")
        parsed, more = parse_articles(root, sources, config, settings, store, _jobs(options))
        problems += more
        clock.stage("parse")
        documents = [p.document for p in parsed if p.document]
        shown = Shown(options.drafts, options.future, options.expired)
        site, more = resolve(documents, config, moment(options.now), shown)
        problems += more
        clock.stage("resolve")
        media = shown_media(sources.media, (a for d in site.documents for a in d.assets), config)
        whole, more = plan(site, theme, config, media, static)
        problems += more
        shared = frame(site, theme, config)
        keys = page_keys(whole, digest(theme.digest.encode(), msgspec.msgpack.encode(shared)), root)
        jobs = decide(whole, keys, store.traces(str(output)), stats(output, whole))
        clock.stage("plan")
        publishable = not options.dry_run and (options.keep_going or not failing(problems, options.strict))
        if publishable:
            stage(jobs, shared, theme, store, root, output, _jobs(options))
            clock.stage("render")
            commit(jobs, keys, store, root, output)
            clock.stage("publish")
    return BuildReport(
        articles=len(site.documents),
        written=len(jobs.render) + len(jobs.copy) if publishable else 0,
        unchanged=jobs.unchanged,
        removed=len(jobs.stale) if publishable else 0,
        skipped=site.skipped,
        diagnostics=tuple(sorted(problems)),
        seconds=clock.total(),
        stages=clock.stages,
        peak_mib=peak_mib(),
        published=publishable,
        next_due=site.next_due,
    )


def read_config(root: Path, base_url: str = "") -> tuple[Config, str]:
    """The configuration of the site at ``root``, and a digest of what parsing depends on."""
    data = read_bytes(root / "site.yaml", "site.yaml")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise fail("config", "is not UTF-8", "site.yaml", line, "save it as UTF-8", 2) from None
    config = load_config(text, "site.yaml", base_url)
    parts = (config.content, config.timezone, config.markdown, config.sources)
    return config, digest(__version__.encode(), msgspec.msgpack.encode(parts))


def theme_roots(root: Path) -> list[Path]:
    """Where themes are looked for: the site, the installed package, a source checkout."""
    here = Path(__file__).parent
    return [root / "themes", here / "themes", here.parent / "themes"]


def check_output(root: Path, output: Path, config: Config) -> None:
    """Refuse an output folder that would mix with the sources."""
    folder, site = output.resolve(), root.resolve()
    taken = [site, *(site / name for name in (config.content, "static", "themes", CACHE))]
    if folder in taken or any(t in folder.parents for t in taken[1:]) or folder in site.parents:
        raise fail("output", f"`{output}` is not a folder for output", help="choose a folder of its own", exit_status=2)
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise fail("output", f"`{output}` is not a folder", help="remove it or choose another", exit_status=2)


def static_files(root: Path) -> tuple[Found, ...]:
    """Every regular file below static/; links are passed over."""
    out = []
    for here, folders, files in os.walk(root / "static"):
        folders.sort()
        for name in sorted(files):
            path = Path(here, name)
            if not path.is_symlink() and path.is_file() and name not in (".DS_Store", "Thumbs.db"):
                info = path.stat()
                out.append(Found(path.relative_to(root).as_posix(), info.st_size, info.st_mtime_ns))
    return tuple(out)


def parse_articles(
    root: Path, sources: Sources, config: Config, settings: str, store: Store, jobs: int
) -> tuple[list[Parsed], list[Diagnostic]]:
    """Every article, read anew only where the file or the settings have changed."""
    known, records = store.articles(), store.records()
    fresh: list[Found] = []
    for found in sources.articles:
        entry = known.get(found.path)
        if not entry or entry[:3] != (found.size, found.mtime_ns, 1) or entry[4] != settings:
            fresh.append(found)
    now_ns = time.time_ns()
    results = run(_parse_batch, fresh, jobs, _parse_setup, (str(root), config))
    rows = []
    for found, (parsed, mark) in zip(fresh, results, strict=True):
        records[found.path] = msgspec.structs.replace(parsed, html="")
        settled = found.mtime_ns < now_ns - SETTLED_NS
        rows.append((found, settled, mark, settings, parsed))
        if len(rows) >= 500:
            store.put_articles(rows)
            rows.clear()
    store.put_articles(rows)
    paths = {f.path for f in sources.articles}
    store.forget_articles(known.keys() - paths)
    store.commit()
    parsed = [records[f.path] for f in sources.articles]
    return parsed, [d for p in parsed for d in p.diagnostics]


_worker: dict[str, Any] = {}  # set once per process by the setup functions below


def _parse_setup(root: str, config: Config) -> None:
    _worker.update(root=Path(root), config=config)


def _parse_batch(batch: Sequence[Found]) -> list[tuple[Parsed, str]]:
    out = []
    for found in batch:
        try:
            data = read_bytes(_worker["root"] / found.path, found.path)
        except SitegenError as error:
            out.append((Parsed(found.path, None, "", tuple(error.diagnostics)), ""))
            continue
        out.append((parse(data, found.path, _worker["config"]), digest(data)))
    return out


def shown_media(media: tuple[Found, ...], addresses: Iterable[str], config: Config) -> tuple[Found, ...]:
    """The files below content/ that a published article shows: those of a draft stay in."""
    wanted = set(addresses)
    return tuple(f for f in media if f.path.removeprefix(config.content) in wanted)


def page_keys(whole: Plan, shared: str, root: Path) -> dict[str, str]:
    """The key of every output: a digest of all that its bytes depend on."""
    encode, base = msgspec.msgpack.Encoder().encode, f"{__version__} {shared}".encode()
    keys = {p.output: digest(base, p.template.encode(), encode(p.view)) for p in whole.pages}
    for copy in whole.copies:
        info = (root / copy.source).stat()
        keys[copy.output] = f"copy {info.st_size} {info.st_mtime_ns}"
    return keys


def stats(output: Path, whole: Plan) -> dict[str, tuple[int, int]]:
    """Size and time of every planned file that exists."""
    out = {}
    for item in (*whole.pages, *whole.copies):
        try:
            info = os.lstat(output / item.output)
        except OSError:
            continue
        out[item.output] = (info.st_size, info.st_mtime_ns)
    return out


def decide(whole: Plan, keys: dict[str, str], traces: dict[str, Trace], there: dict[str, tuple[int, int]]) -> Jobs:
    """What must be made: pure, so that `explain` can never disagree with it."""
    reasons: dict[str, str] = {}
    for item in (*whole.pages, *whole.copies):
        trace = traces.get(item.output)
        if trace is None:
            reasons[item.output] = "new"
        elif trace.key != keys[item.output]:
            reasons[item.output] = "what it shows has changed"
        elif there.get(item.output) != (trace.size, trace.mtime_ns):
            reasons[item.output] = "the file in output/ is gone or was changed"
    stale = sorted(traces.keys() - keys.keys())
    return Jobs(
        tuple(p for p in whole.pages if p.output in reasons),
        tuple(c for c in whole.copies if c.output in reasons),
        tuple(stale),
        len(keys) - len(reasons),
        reasons,
    )


def failing(problems: Iterable[Diagnostic], strict: bool) -> bool:
    """Whether these problems keep a build from being published."""
    return any(d.level == "error" or (strict and d.level == "warning") for d in problems)


def stage(jobs: Jobs, shared: Any, theme: Theme, store: Store, root: Path, output: Path, count: int) -> None:
    """Make every file that is wanted, in the staging folder.

    Raises SitegenError with the problems of all pages; output/ is then as it was.
    """
    folder = staging_folder(output)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        for copy in jobs.copy:
            target = folder / copy.output
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / copy.source, target)
        arguments = (theme.templates, shared, _embeds(theme), str(store.path), str(folder))
        order = sorted(jobs.render, key=lambda p: isinstance(p.view, (ArticleView, FeedView)))
        problems = [d for d in run(_render_batch, order, count, _render_setup, arguments) if d]
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        hint = "make room or correct the rights; the site in output/ is as it was"
        raise fail("output", f"cannot be written: {error.strerror}", str(output), help=hint) from None
    if problems:
        shutil.rmtree(folder, ignore_errors=True)
        raise SitegenError(_first_of_each(problems))


def _first_of_each(problems: list[Diagnostic]) -> list[Diagnostic]:
    seen: dict[tuple[str, int, str], Diagnostic] = {}
    for found in problems:
        seen.setdefault((found.path, found.line, found.message), found)
    return list(seen.values())


def _embeds(theme: Theme) -> dict[str, str]:
    return {name: Path(path).read_text("utf-8") for name, path in theme.assets.items() if name.endswith((".css", ".svg"))}


def _render_setup(templates: dict[str, str], shared: Any, embeds: dict[str, str], store: str, folder: str) -> None:
    db = body_reader(store)
    _worker.update(renderer=Renderer(templates, shared, embeds), folder=folder, bodies=lambda path: read_body(db, path), made=set())


def _render_batch(batch: Sequence[Page]) -> list[Diagnostic | None]:
    out: list[Diagnostic | None] = []
    renderer, made = _worker["renderer"], _worker["made"]
    for page in batch:
        try:
            data = renderer.render(page, _worker["bodies"])
        except SitegenError as error:
            out.append(error.diagnostics[0])
            continue
        path = f"{_worker['folder']}/{page.output}"
        parent = path.rpartition("/")[0]
        if parent not in made:
            os.makedirs(parent, exist_ok=True)
            made.add(parent)
        with open(path, "wb", buffering=0) as file:
            file.write(data)
        out.append(None)
    return out


def commit(jobs: Jobs, keys: dict[str, str], store: Store, root: Path, output: Path) -> None:
    """Publish what is staged and remember it. Files are known as ours before they appear."""
    made = sorted((*jobs.copy, *jobs.render), key=lambda item: (item.group, item.output))
    if not made and not jobs.stale:
        return
    store.put_traces(str(output), (Trace(item.output, "", 0, 0) for item in made))
    store.commit()
    folder = staging_folder(output)
    journal = Journal(str(output), str(folder), tuple(item.output for item in made), jobs.stale)
    publish(journal, root / CACHE / "journal.json")
    traces = []
    for item in made:
        info = os.lstat(output / item.output)
        traces.append(Trace(item.output, keys[item.output], info.st_size, info.st_mtime_ns))
    store.put_traces(str(output), traces)
    store.forget_traces(str(output), jobs.stale)
    store.commit()


class _Clock:
    """Seconds spent in each stage."""

    def __init__(self) -> None:
        self.start = self.last = time.perf_counter()
        self.stages: dict[str, float] = {}

    def stage(self, name: str) -> None:
        now = time.perf_counter()
        self.stages[name] = round(now - self.last, 4)
        self.last = now

    def total(self) -> float:
        return round(time.perf_counter() - self.start, 4)


def _jobs(options: BuildOptions) -> int:
    return options.jobs or cores()


@contextmanager
def _lock(root: Path):
    """One build at a time: a second one waits. The kernel frees the lock of a killed build."""
    folder = root / CACHE
    try:
        folder.mkdir(exist_ok=True)
        file = open(folder / "lock", "w")
    except OSError as error:
        raise fail("output", f"cannot be written: {error.strerror}", str(folder), help="correct the rights") from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("another build is running here; waiting for it", file=sys.stderr)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _store(root: Path, options: BuildOptions):
    path = root / CACHE / "store.db"
    store = Store(path)
    if store.rebuilt:
        print("the cache was of another version or damaged; made anew", file=sys.stderr)
    if options.no_cache:
        store.db.execute("delete from articles")
        store.db.execute("update outputs set key=''")
    try:
        yield store
    except sqlite3.DatabaseError as error:
        raise fail("cache", f"the cache cannot be used: {error}", CACHE, help="run `sitegen clean`, then build") from None
    finally:
        store.close()


def peak_mib() -> float:
    """Peak memory of this process and its largest child, in MiB."""
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round((own + child) / scale, 1)
