"""The build, as one page of named stages."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from sitegen import __version__
from sitegen.base.diagnostics import Diagnostic, fail, nearest, problem
from sitegen.base.files import forget_old, read_bytes
from sitegen.base.memo import Memo
from sitegen.base.pack import PackDamaged
from sitegen.base.text import digest
from sitegen.config import Config, load_config
from sitegen.content.discover import Found, Sources, discover
from sitegen.content.manifests import manifest_files, read_manifests
from sitegen.content.parse import Parsed
from sitegen.content.people import with_people
from sitegen.decide import Jobs, decide, failing, page_keys, stats
from sitegen.editions import with_editions
from sitegen.indexing import engine, indexes
from sitegen.model import Answers, BuildReport, Copy, Document, Drawn, Frame, Frozen, Indexed, Item, Page, Plan, Site, Struct, Trace, Wish
from sitegen.pictures.sets import broken, find_shown, resized, with_pictures
from sitegen.plan import bodies_shown, frame, plan, with_body
from sitegen.plugins import Plugin, find_plugins, hook, hooks, package_folder
from sitegen.pooled import INDEXES, Made, Tell, fresh_articles, parse_articles, picture_facts, stage
from sitegen.publish import Journal, lock, manifest_path, publish, read_manifest, remove, roll_forward, staging_folder, write_manifest
from sitegen.queries import answers, with_answers
from sitegen.recent import Recent
from sitegen.related import Kin, related
from sitegen.site import Shown, moment, resolve
from sitegen.store import Store, drop
from sitegen.stories import with_stories
from sitegen.theme import Theme, load_theme, template_closures, template_queries
from sitegen.workers import cores

T = TypeVar("T")
CACHE = ".sitegen-cache"
SPARE_PICTURES, SPARE_INDEXES = 200, 4  # that may lie in the cache unused
FEW = 50  # changed articles up to which it is worth looking whether only their bodies have changed


class BuildOptions(Struct, frozen=True):
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
    verify: bool = False
    keep_going: bool = False
    dry_run: bool = False
    preview: bool = False  # without a search index


def _silent(what: str, done: int, total: int) -> None:
    """Tells nothing: the default of a build that is called as a function."""


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


def build(options: BuildOptions, tell: Tell = _silent, recent: Recent | None = None) -> BuildReport:
    """Build the site at ``options.root``; ``tell`` hears how far it is, ``recent`` spares the next build of this process work.

    Publishes nothing where there is an error (or, with ``strict``, a warning), unless ``keep_going``.
    Raises SitegenError for a broken configuration, theme or template.
    """
    return in_site(Path(options.root), lambda store, problems: _build(options, store, problems, tell, recent), tell, options.no_cache)


def _build(options: BuildOptions, store: Store, problems: list[Diagnostic], tell: Tell, recent: Recent | None) -> BuildReport:
    root, output, clock = Path(options.root), output_folder(options), Clock(tell)
    made: list[Made] = []
    puts: tuple[str, ...] = ()
    work = prepare(options, store, problems, clock, tell, recent=recent)
    publishable = not options.dry_run and (options.keep_going or not failing(problems, options.strict))
    store.commit()
    if publishable:
        jobs, shared = options.jobs or cores(), work.state.frame
        remember = partial(remember_pages, work, store, output)
        made = stage(work.wanted, shared, work.state.answers, work.theme, store, root, output, jobs, tell, remember)
        clock.stage("render")
        puts, traces = commit(work, made, store, root, output)
        clock.stage("publish")
        if recent and options.preview:
            recent.published(output, traces)
    return BuildReport(
        articles=work.state.articles,
        written=len(puts),
        unchanged=len(work.keys) - len(puts),
        removed=len(work.wanted.stale) if publishable else 0,
        skipped=work.state.skipped,
        diagnostics=tuple(sorted(problems)),
        seconds=clock.total(),
        stages=clock.stages,
        templates=_template_seconds(made),
        reasons=work.wanted.reasons,
        peak_mib=peak_mib(),
        published=publishable,
        next_due=work.state.next_due,
        changed=puts + work.wanted.stale if publishable else (),
    )


def prepare(
    options: BuildOptions,
    store: Store,
    problems: list[Diagnostic],
    clock: Clock,
    tell: Tell = _silent,
    whole_plan: bool = False,
    recent: Recent | None = None,
) -> Work:
    """Every stage up to the decision what must be made; what is wrong is added to ``problems``.

    Where only bodies have changed the plan holds only the pages that show them, unless ``whole_plan`` is set.
    """
    root, output = Path(options.root), output_folder(options)
    config, settings = read_config(root, options.base_url)
    plugins = find_plugins(root, config.plugins)
    theme = load_theme(config.theme, theme_roots(root, plugins), config.theme_options, root / "theme", config.language)
    if plugins:
        theme, settings = with_plugins(theme, plugins), plugin_settings(settings, plugins)
    check_output(root, output, config)
    searched = engine(needed=not options.dry_run) if config.search and not options.preview else ""
    clock.stage("load")

    sources, wrong = discover(root, config.content)
    problems += wrong
    static = static_files(root)
    frozen_files = manifest_files(root, config)
    clock.stage("discover")

    memo = recent.memo if recent else Memo(0)
    known = recent.readings(store) if recent else store.articles()
    fresh = list(sources.articles) if options.verify else fresh_articles(sources.articles, settings, known)
    gone = known.keys() - {f.path for f in sources.articles}
    shown = Shown(options.drafts, options.future, options.expired)
    closures = store.remembered("closures", theme.digest, lambda: template_closures(theme.templates, plugins))
    uses = store.remembered("queries", theme.digest, lambda: template_queries(theme.templates))
    inputs = signature(config, theme, shown, sources, (*static, *frozen_files), searched)
    whole_plan = whole_plan or any(hook(p, name) for p in plugins for name in ("add_pages", "queries"))  # they see all of each article
    state = None if options.verify or whole_plan else read_state(store, output, inputs, moment(options.now))
    old = [store.record(f.path) for f in fresh] if state and len(fresh) <= FEW else []
    parsed = parse_articles(root, fresh, config, settings, store, options.jobs or cores(), tell, plugins) if fresh else {}
    store.forget_articles(gone)
    if recent:
        recent.changed(store, [*parsed, *gone])
    clock.stage("parse")
    only = state and len(fresh) <= FEW and not (fresh and searched)  # an index knows its articles' words
    if only and state and (work := only_bodies(state, old, parsed, closures, uses, store, theme, output, recent)):
        problems += state.diagnostics
        clock.stage("decide")
        return work

    records = recent.records(store) if recent else parsed if len(parsed) == len(sources.articles) else store.records()
    documents, wrong = all_articles(sources, records)
    problems += wrong
    clock.stage("recall")

    site, wrong = resolve(documents, config, moment(options.now), shown, memo)
    problems += wrong
    site = with_stories(site, config, theme.templates, memo)
    if config.editions.kind:
        frozen, wrong = closed_editions(root, frozen_files, config, store, options.verify)
        problems += wrong
        site, wrong = with_editions(site, config, frozen, theme.templates, memo)
        problems += wrong
    clock.stage("resolve")

    site, media, wishes, wrong = with_their_pictures(site, sources.media, static, config, store, options, tell, memo)
    problems += wrong
    relatives = kin(site, config, theme, store, options.verify, memo)
    whole, wrong = plan(site, theme, config, media, static, wishes, sources.media, options.preview, relatives, memo)
    problems += wrong
    clock.stage("plan")
    if whole.shards:
        publishable = not options.dry_run and (options.keep_going or not failing(problems, options.strict))
        whole = with_index(whole, searched, store, root, tell, publishable, options.jobs or cores())
        clock.stage("search")

    shared, found_answers = frame(site, theme, config), answers(site, uses, plugins)
    closures = with_answers(closures, uses, found_answers)
    keys = (recent.keys if recent else page_keys)(whole, closures, shared, root)
    traces, there = files_there(store, output, recent, options.verify)
    wanted = decide(whole, keys, traces, there)
    clock.stage("decide")
    found = tuple(d for d in problems if d.code != "cache")
    counts = State(inputs, moment(options.now), site.due, shared, len(site.documents), site.skipped, found, site.next_due, found_answers)
    return Work(theme, counts, whole, keys, traces, wanted)


def files_there(
    store: Store, output: Path, recent: Recent | None, verify: bool = False
) -> tuple[dict[str, Trace], dict[str, tuple[int, int]]]:
    """What is known of the files in ``output``, and size and time of those that are there, which ``recent`` may know."""
    remembered = recent.files(output) if recent else None
    if remembered:
        return remembered, {name: (t.size, t.mtime_ns) for name, t in remembered.items()}
    traces = known_files(store, output, verify)
    return traces, stats(output, traces)


def with_index(whole: Plan, searched: str, store: Store, root: Path, tell: Tell, make: bool, jobs: int) -> Plan:
    """``whole`` with the files of its search index, which are made where the cache has none and ``make`` is set."""
    store.commit()
    files = indexes(whole.shards, searched, root / CACHE / INDEXES, store.texts, tell, make, jobs)
    return msgspec.structs.replace(whole, indexed=files)


def all_articles(sources: Sources, records: dict[str, Parsed]) -> tuple[list[Document], list[Diagnostic]]:
    """Every article that can be read, and what is wrong with each."""
    everything = [records[f.path] for f in sources.articles]
    return [p.document for p in everything if p.document], [d for p in everything for d in p.diagnostics]


def closed_editions(
    root: Path, files: tuple[Found, ...], config: Config, store: Store, verify: bool
) -> tuple[tuple[Frozen, ...], list[Diagnostic]]:
    """The manifests of closed editions, remembered until one of them changes: there is one for each day."""

    def read() -> dict[str, str]:
        return {"": msgspec.json.encode(read_manifests(root, files, config)).decode()}

    key = digest(msgspec.msgpack.encode((__version__, config.timezone, files)))
    told = read() if verify else store.remembered("editions", key, read)
    return msgspec.json.decode(told[""], type=tuple[tuple[Frozen, ...], list[Diagnostic]])


def kin(site: Site, config: Config, theme: Theme, store: Store, verify: bool, memo: Memo) -> tuple[tuple[int, ...], ...]:
    """The related articles of each, if the theme shows them; what was found last time spares work where it still holds."""
    if not any(".related" in text for text in theme.templates.values()):
        return ()
    last: list[Kin] = []

    def recall() -> Kin:
        data = None if verify else store.kept("related")
        last.append(msgspec.msgpack.decode(data, type=Kin) if data else Kin())
        return last[0]

    found = related(site, config, recall, memo)
    if last and found is not last[0]:
        store.keep("related", msgspec.msgpack.encode(found))
    return found.found


def signature(config: Config, theme: Theme, shown: Shown, sources: Sources, static: tuple[Found, ...], searched: str) -> str:
    """A digest of all that a plan is made from, but for what stands in the articles."""
    names = [f.path for f in sources.articles]
    parts = (__version__, config, theme.digest, theme.options, theme.asset_paths, shown, names, sources.media, static, searched)
    return digest(msgspec.msgpack.encode(parts))


def read_state(store: Store, output: Path, inputs: str, now: float) -> State | None:
    """What was last published to ``output``, if it was made from ``inputs`` and nothing has come due since."""
    data = store.state(str(output))
    if not data:
        return None
    state = msgspec.msgpack.decode(data, type=State)
    current = state.signature == inputs and state.now <= now and (not state.due or now < state.due)
    return state if current else None


def only_bodies(
    state: State,
    old: list[Parsed | None],
    parsed: dict[str, Parsed],
    closures: dict[str, str],
    uses: dict[str, str],
    store: Store,
    theme: Theme,
    output: Path,
    recent: Recent | None,
) -> Work | None:
    """The work left where no article has changed but in its body, else None.

    Then every page is planned as it was, but for the bodies it shows; those pages are remembered.
    """
    changed = []
    for before in old:
        after = parsed[before.path] if before else None
        if not before or not after or not same_but_body(before, after):
            return None
        if after.document and before.document != after.document:
            changed.append(after.document)
    pages: dict[str, Page] = {}
    for document in changed:
        for data in store.pages_showing(str(output), document.path):
            page = msgspec.msgpack.decode(data, type=Page)
            pages[page.output] = with_body(pages.get(page.output, page), document)
    whole = Plan(tuple(pages.values()), ())
    traces, there = files_there(store, output, recent)
    keys = {name: t.key for name, t in traces.items()}
    keys |= page_keys(whole, with_answers(closures, uses, state.answers), state.frame, output)
    wanted = decide(whole, keys, traces, there)
    if wanted.reasons.keys() - pages.keys() or "" in keys.values():
        return None  # a file in output/ is gone or was changed: what it showed is not remembered
    return Work(theme, state, whole, keys, traces, wanted)


def same_but_body(before: Parsed, after: Parsed) -> bool:
    """Whether an article is as it was in all that a page other than those with its body may show."""
    if not before.document or not after.document or before.diagnostics != after.diagnostics:
        return before == after
    body = {"body_digest": after.document.body_digest, "words": after.document.words}
    encode = msgspec.msgpack.encode  # for Python 1 is equal to True, which `extra` may hold
    return encode(msgspec.structs.replace(before.document, **body)) == encode(after.document)


def output_folder(options: BuildOptions) -> Path:
    """The folder that a build with ``options`` writes to."""
    return Path(options.output) if options.output else Path(options.root) / "output"


def in_site(root: Path, work: Callable[[Store, list[Diagnostic]], T], tell: Tell = _silent, no_cache: bool = False) -> T:
    """What ``work`` makes with the site's memory, which this command holds alone, and a list for what is noticed.

    An interrupted publish is finished first. A cache that turns out to be damaged is dropped, and ``work`` done again.
    """
    path = root / CACHE / "store.db"
    with lock(root / CACHE, lambda: tell("another build is running here; waiting for it", 0, 0)):
        roll_forward(root / CACHE / "journal.json")
        try:
            return _with_store(path, work, no_cache)
        except (sqlite3.DatabaseError, msgspec.DecodeError, PackDamaged) as error:
            if isinstance(error, sqlite3.OperationalError):
                hint = "make room or correct the rights; `sitegen clean` removes the cache"
                raise fail("cache", f"cannot be used: {error}", CACHE, help=hint) from None
        drop(path)
        return _with_store(path, work, no_cache, rebuilt=True)


def _with_store(path: Path, work: Callable[[Store, list[Diagnostic]], T], no_cache: bool, rebuilt: bool = False) -> T:
    store, problems = Store(path), []
    if store.rebuilt or rebuilt:
        message = "the cache was of another version or damaged, and is made anew"
        problems.append(problem("cache", message, CACHE, level="note"))
    try:
        if no_cache:
            store.forget_keys()
        return work(store, problems)
    finally:
        store.close()


def explain(options: BuildOptions, page: str) -> list[str]:
    """Why ``page``, an address or a file below output/, would be made by a build with ``options``, or why not.

    Decides as `build` does and writes nothing. Raises SitegenError for a page that the site does not have.
    """
    work = in_site(Path(options.root), lambda store, problems: prepare(options, store, problems, Clock(), whole_plan=True))
    items = {item.output: item for item in work.whole.items()}
    name = page.removeprefix("output/").lstrip("/")
    item = items.get(name) or items.get(f"{name.rstrip('/')}/index.html".lstrip("/"))
    if not item:
        near = nearest(name, items)
        hint = f"did you mean `{near}`?" if near else "name a file below output/, or an address such as /tags/"
        raise fail("explain", f"the site has no page `{page}`", help=hint)
    reason = work.wanted.reasons.get(item.output)
    made = f"would be made: {reason}" if reason else "would not be made: nothing that it shows has changed"
    lines = [f"output/{item.output}", f"  asked for by {item.origin}"]
    if isinstance(item, Page):
        lines.append(f"  template {item.template}" if item.template else f"  serialised as {type(item.view).__name__}")
    elif isinstance(item, Drawn):
        lines.append("  drawn, for link previews")
    else:
        where = "the articles" if isinstance(item, Indexed) else item.source
        lines.append(f"  {'copied' if isinstance(item, Copy) else 'made'} from {where}")
    return [*lines, f"  {made}"]


def clean(root: Path, output: Path, dry_run: bool = False) -> tuple[int, int]:
    """Remove our files in ``output`` and the cache; the numbers of files removed and of foreign files that stay."""
    ours = in_site(root, lambda store, _: set(known_files(store, output)))
    there = {p.relative_to(output).as_posix() for p in output.rglob("*") if not p.is_dir() or p.is_symlink()} if output.is_dir() else set()
    if not dry_run:
        for name in sorted(ours & there):
            remove(output, name)
        shutil.rmtree(staging_folder(output), ignore_errors=True)
        manifest_path(output).unlink(missing_ok=True)
        if output.is_dir() and not any(output.iterdir()):
            output.rmdir()
        shutil.rmtree(root / CACHE, ignore_errors=True)
    return len(ours & there), len(there - ours)


def read_documents(root: Path) -> tuple[Config, list[Document], list[Diagnostic]]:
    """Every article of the site that can be read, whatever its status, and what is wrong with the others."""
    config, settings = read_config(root)
    plugins = find_plugins(root, config.plugins)
    settings = plugin_settings(settings, plugins)

    def read(store: Store, problems: list[Diagnostic]) -> tuple[Config, list[Document], list[Diagnostic]]:
        sources, more = discover(root, config.content)
        known = store.articles()
        fresh = fresh_articles(sources.articles, settings, known)
        if fresh:
            parse_articles(root, fresh, config, settings, store, cores(), _silent, plugins)
        store.forget_articles(known.keys() - {f.path for f in sources.articles})
        documents, wrong = all_articles(sources, store.records())
        store.commit()
        return config, documents, [*problems, *more, *wrong]

    return in_site(root, read)


def read_config(root: Path, base_url: str = "") -> tuple[Config, str]:
    """The configuration of the site at ``root``, and a digest of what parsing depends on."""
    data = read_bytes(root / "site.yaml", "site.yaml")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise fail("config", "is not UTF-8", "site.yaml", line, "save it as UTF-8", 2) from None
    config = with_people(root, load_config(text, "site.yaml", base_url))
    parts = (config.content, config.timezone, config.markdown, config.sources, config.stories.kind)
    return config, digest(__version__.encode(), msgspec.msgpack.encode(parts))


def plugin_settings(settings: str, plugins: tuple[Plugin, ...]) -> str:
    """``settings`` with the plugins that change articles as they are read."""
    marks = [plugin.digest.encode() for plugin, _ in hooks(plugins, "transform_document")]
    return digest(settings.encode(), *marks) if marks else settings


def with_plugins(theme: Theme, plugins: tuple[Plugin, ...]) -> Theme:
    """``theme`` with the plugins that its pages are made with."""
    mark = digest(theme.digest.encode(), *(p.digest.encode() for p in plugins))
    return msgspec.structs.replace(theme, plugins=plugins, digest=mark)


def theme_roots(root: Path, plugins: tuple[Plugin, ...] = ()) -> list[Path]:
    """Where themes are looked for: the site, installed plugins, sitegen itself."""
    return [folder for _, folder in theme_places(root, plugins)]


def theme_places(root: Path | None, plugins: tuple[Plugin, ...] = ()) -> list[tuple[str, Path]]:
    """The folders that themes lie in, each with what it belongs to: `site`, a plugin, or `sitegen`."""
    here = Path(__file__).parent
    brought = [(f"plugin {p.name}", folder / "themes") for p in plugins if (folder := package_folder(p))]
    own = [("sitegen", here / "themes"), ("sitegen", here.parent / "themes")]  # of the wheel, of a source checkout
    return [*([("site", root / "themes")] if root else []), *brought, *own]


def check_output(root: Path, output: Path, config: Config) -> None:
    """Refuse an output folder that would mix with the sources."""
    folder, site = output.resolve(), root.resolve()
    taken = [site, *(site / name for name in (config.content, "static", "themes"))]
    if folder in (*taken, site / CACHE) or any(t in folder.parents for t in taken[1:]) or folder in site.parents:
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


def author_photos(site: Site, config: Config) -> tuple[str, ...]:
    """The photos of the authors that have a page."""
    names = {x.name for x in site.listings if x.kind == "author"}
    return tuple(a.photo for a in config.authors.values() if a.photo and a.name in names)


def with_their_pictures(
    site: Site,
    media: tuple[Found, ...],
    static: tuple[Found, ...],
    config: Config,
    store: Store,
    options: BuildOptions,
    tell: Tell,
    memo: Memo,
) -> tuple[Site, tuple[Found, ...], tuple[Wish, ...], list[Diagnostic]]:
    """The site with its pictures in every size, the files below content/ to copy, the files to make, and what is wrong.

    Files that only unpublished articles show are none of either.
    """
    shown, pictures = find_shown(site, media, static, config)
    photos = author_photos(site, config)
    faces = {f for f in media if f.path.removeprefix(config.content) in photos}
    if not pictures:
        return site, tuple(sorted({*shown.values(), *faces}, key=lambda f: f.path)), (), []
    found = sorted(set(pictures.values()), key=lambda f: f.path)
    if options.verify:
        store.forget_pictures(f.path for f in found)
    facts = picture_facts(Path(options.root), found, store, options.jobs or cores(), tell)
    sizes = memo.whole("sizes", (pictures, facts, config.images), lambda: resized(pictures, facts, config.images))
    wishes = {wish.output: wish for _, files in sizes.values() for wish in files}
    replaced = set() if config.images.originals else {pictures[a].path for a, (_, files) in sizes.items() if files}
    copied = tuple(sorted({*faces, *(f for f in shown.values() if f.path not in replaced)}, key=lambda f: f.path))
    return (
        with_pictures(site, {a: image for a, (image, _) in sizes.items()}, memo),
        copied,
        tuple(wishes.values()),
        broken(pictures, facts, site),
    )


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


def _template_seconds(made: Iterable[Made]) -> dict[str, float]:
    seconds: defaultdict[str, float] = defaultdict(float)
    for one in made:
        seconds[one.template or "(copies)"] += one.seconds
    return {name: round(seconds[name], 4) for name in sorted(seconds, key=seconds.__getitem__, reverse=True)}


class Clock:
    """Seconds spent in each stage; ``tell`` hears of the end of each, and may break the build off by raising."""

    def __init__(self, tell: Tell = _silent) -> None:
        self.tell = tell
        self.start = self.last = time.perf_counter()
        self.stages: dict[str, float] = {}

    def stage(self, name: str) -> None:
        now = time.perf_counter()
        self.stages[name] = round(now - self.last, 4)
        self.last = now
        self.tell(name, 1, 1)

    def total(self) -> float:
        return round(time.perf_counter() - self.start, 4)


def peak_mib() -> float:
    """Peak memory of this process and its largest child, in MiB."""
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round((own + child) / scale, 1)


def built(root: Path, output: Path) -> tuple[dict[str, Trace], frozenset[str]]:
    """What is known of the files in ``output``, and which of its pages show one article."""

    def read(store: Store, _: list[Diagnostic]) -> tuple[dict[str, Trace], frozenset[str]]:
        return known_files(store, output), frozenset(n for n in store.page_names(str(output)) if n.endswith(".html"))

    return in_site(root, read)
