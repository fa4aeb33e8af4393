"""The build, as one page of named stages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import msgspec

from sitegen.base.diagnostics import Diagnostic, Level, SitegenError, problem
from sitegen.base.files import read_bytes
from sitegen.base.install import require_extras
from sitegen.base.makers import fingerprint
from sitegen.base.memo import Memo
from sitegen.base.progress import Progress, silent
from sitegen.base.text import digest
from sitegen.config.load import needed_extras
from sitegen.config.schema import Config
from sitegen.content.article import Parsed
from sitegen.content.authors import remote_photos
from sitegen.content.closed_editions import manifest_files, read_manifests
from sitegen.content.discover import Found, Sources, discover
from sitegen.content.static import static_files
from sitegen.engine.cache import Cache
from sitegen.engine.clock import Clock, peak_mib
from sitegen.engine.make_images import picture_facts
from sitegen.engine.options import BuildOptions, output_folder
from sitegen.engine.output import (
    State,
    Work,
    commit,
    current_state,
    files_there,
    last_state,
    manifest_note,
    remember_pages,
)
from sitegen.engine.page_keys import page_keys
from sitegen.engine.pagefind import engine, indexes
from sitegen.engine.parse_articles import fresh_articles, parse_articles
from sitegen.engine.places import CACHE
from sitegen.engine.recent import Recent
from sitegen.engine.render_pages import INDEXES, stage
from sitegen.engine.site_folder import (
    check_output,
    in_site,
    plugin_settings,
    read_config,
    with_plugins,
)
from sitegen.engine.staging import Made
from sitegen.engine.staleness import decide, failing
from sitegen.engine.workers import cores
from sitegen.images.metadata import MAX_BYTES
from sitegen.images.svg import cleaned, is_svg
from sitegen.images.variants import broken, find_shown, resized, with_pictures
from sitegen.model.article import Document
from sitegen.model.output import BuildReport, ImageJob, Page, Plan
from sitegen.model.site import ClosedEdition, Site
from sitegen.pages.bodies import with_body
from sitegen.pages.feeds import private_feeds
from sitegen.pages.plan import plan
from sitegen.pages.queries import answers, with_answers
from sitegen.pages.site_context import frame
from sitegen.plugins import find_plugins, hook
from sitegen.site.editions import with_editions
from sitegen.site.links import attached, lost, places, with_targets
from sitegen.site.related import RelatedArticles, related
from sitegen.site.resolve import Shown, held_back, moment, resolve
from sitegen.site.stories import with_stories
from sitegen.theme.dependencies import template_closures, template_queries
from sitegen.theme.load import OWN, Theme, load_theme
from sitegen.theme.places import theme_roots
from sitegen.theme.texts import judged_sheet, judged_template

SKEW = 3600.0  # seconds by which the clocks of two machines may differ
PASSING = (
    "cache",
    "recovered",
    "clock",
)  # codes of what is true of one build only, and is not reported by the next
_DRAWING = (
    "nothing in an image of an article may run, or ask for another file: save it as a plain SVG, or"
    " put it into static/"
)
FEW = 50  # changed articles up to which it is worth looking whether only their bodies have changed


def build(
    options: BuildOptions, progress: Progress = silent, recent: Recent | None = None
) -> BuildReport:
    """Build the site at ``options.root``; ``tell`` hears how far it is, ``recent`` spares the next
    build of this process work.

    Publishes nothing where there is an error (or, with ``strict``, a warning), unless
    ``keep_going``. Raises SitegenError for a broken configuration, theme or template.
    """
    return in_site(
        Path(options.root),
        lambda store, problems: _build(options, store, problems, progress, recent),
        progress,
        options.no_cache,
    )


def _build(
    options: BuildOptions,
    store: Cache,
    problems: list[Diagnostic],
    progress: Progress,
    recent: Recent | None,
) -> BuildReport:
    root, output, clock = Path(options.root), output_folder(options), Clock(progress)
    made: list[Made] = []
    puts: tuple[str, ...] = ()
    work = prepare(options, store, problems, clock, progress, recent=recent)
    publishable = not options.dry_run and (
        options.keep_going or not failing(problems, options.strict)
    )
    store.commit()
    if publishable:
        jobs, shared = options.jobs or cores(), work.state.frame
        remember = partial(remember_pages, work, store, output)
        made = stage(
            work.wanted,
            shared,
            work.state.answers,
            work.theme,
            store,
            root,
            output,
            jobs,
            progress,
            remember,
        )
        clock.stage("render")
        puts, traces, notes = commit(work, made, store, root, output, options.preview)
        problems += notes
        clock.stage("publish")
        if recent and options.preview:
            recent.published(output, traces)
    return BuildReport(
        articles=work.state.articles,
        written=len(puts),
        unchanged=len(work.keys) - len(puts) if publishable else work.wanted.unchanged,
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
    store: Cache,
    problems: list[Diagnostic],
    clock: Clock,
    progress: Progress = silent,
    whole_plan: bool = False,
    recent: Recent | None = None,
) -> Work:
    """Every stage up to the decision what must be made; what is wrong is added to ``problems``.

    Where only bodies have changed the plan holds only the pages that show them, unless
    ``whole_plan`` is set.
    """
    root, output = Path(options.root), output_folder(options)
    config, settings = read_config(root, options.base_url)
    plugins = find_plugins(root, config.plugins)
    theme = load_theme(
        config.theme,
        theme_roots(root, plugins),
        config.theme_options,
        root / "theme",
        config.language,
    )
    if plugins:
        theme, settings = with_plugins(theme, plugins), plugin_settings(settings, plugins)
    check_output(root, output, config.content)
    problems += [*private_feeds(config), *remote_photos(config)]
    problems += sorted(set(own_theme(root, theme)))
    if not options.dry_run:
        require_extras(build_extras(config, options.preview), "site.yaml")
    searched = engine() if config.search and not options.preview else ""
    clock.stage("load")

    sources, unread = discover(root, config.content)
    static, unpublished = static_files(root)
    not_taken = [*unread, *unpublished]
    frozen_files = manifest_files(root, config)
    clock.stage("discover")

    memo = recent.memo if recent else Memo(0)
    known = recent.readings(store) if recent else store.articles()
    fresh = (
        list(sources.articles)
        if options.verify
        else fresh_articles(sources.articles, settings, known)
    )
    gone = known.keys() - {f.path for f in sources.articles}
    shown = Shown(options.drafts, options.future, options.expired)
    closures = store.remembered(
        "closures", theme.digest, lambda: template_closures(theme.templates, plugins)
    )
    uses = store.remembered("queries", theme.digest, lambda: template_queries(theme.templates))
    inputs = signature(config, theme, shown, sources, (*static, *frozen_files), not_taken, searched)
    whole_plan = whole_plan or any(
        hook(p, name) for p in plugins for name in ("add_pages", "queries")
    )  # they see all of each article
    last = last_state(store, output)
    problems += went_back(last, options)
    state = (
        None if options.verify or whole_plan else current_state(last, inputs, moment(options.now))
    )
    old = [store.record(f.path) for f in fresh] if state and len(fresh) <= FEW else []
    parsed = (
        parse_articles(
            root, fresh, config, settings, store, options.jobs or cores(), progress, plugins
        )
        if fresh
        else {}
    )
    store.forget_articles(gone)
    if recent:
        recent.changed(store, [*parsed, *gone])
    clock.stage("parse")
    only = (
        state and len(fresh) <= FEW and not (fresh and searched)
    )  # an index knows its articles' words
    only = only and state and not parsed.keys() & set(state.compared)
    if (
        only
        and state
        and (work := only_bodies(state, old, parsed, closures, uses, store, theme, output, recent))
    ):
        problems += state.diagnostics
        clock.stage("decide")
        return work

    problems += not_taken
    records = (
        recent.records(store)
        if recent
        else parsed
        if len(parsed) == len(sources.articles)
        else store.records()
    )
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

    known_places = places(site, sources.media, config)
    site = with_targets(site, known_places, config, memo)
    linked = attached(site, known_places)
    site, media, wishes, wrong = with_their_pictures(
        site, sources.media, static, linked, config, store, options, progress, memo
    )
    problems += wrong
    media, wrong = checked_drawings(root, media, static)
    problems += wrong
    relatives = kin(site, config, theme, store, options.verify, memo)
    whole, wrong = plan(
        site, theme, config, media, static, wishes, sources.media, options.preview, relatives, memo
    )
    problems += wrong
    shown_now = {d.path for d in site.documents}
    reasons = {
        d.path: held_back(d, config, moment(options.now), shown)
        for d in documents
        if d.path not in shown_now
    }
    problems += lost_links(root, site, whole, (*sources.media, *static), reasons, config)
    clock.stage("plan")
    if whole.shards:
        publishable = not options.dry_run and (
            options.keep_going or not failing(problems, options.strict)
        )
        whole = with_index(
            whole, searched, store, root, progress, publishable, options.jobs or cores()
        )
        clock.stage("search")

    shared, found_answers = frame(site, theme, config), answers(site, uses, plugins)
    closures = with_answers(closures, uses, found_answers)
    keys = (recent.keys if recent else page_keys)(whole, closures, shared, root)
    files = files_there(store, output, recent, options.verify)
    problems += manifest_note(output, files)
    wanted = decide(whole, keys, files.traces, files.existing)
    clock.stage("decide")
    if options.careful and not site.documents:
        hint = "look at `sitegen list`; if that is right run with --yes"
        problems.append(
            problem(
                "deploy",
                "the site would be published without a single article",
                config.content,
                help=hint,
            )
        )
    found = tuple(d for d in problems if d.code not in PASSING)
    counts = State(
        signature=inputs,
        now=moment(options.now),
        due=site.due,
        frame=shared,
        articles=len(site.documents),
        skipped=site.skipped,
        diagnostics=found,
        next_due=site.next_due,
        answers=found_answers,
        compared=site.compared,
    )
    return Work(theme, counts, whole, keys, files, wanted)


def build_extras(config: Config, preview: bool) -> dict[str, str]:
    """The extras that a build of the site needs, each with the setting that needs it; a preview has
    no search index."""
    wanted = ("email",) if preview else ("search", "email")
    return {extra: what for extra, what in needed_extras(config).items() if extra in wanted}


def went_back(last: State | None, options: BuildOptions) -> list[Diagnostic]:
    """A note, or an error for a careful build, where the clock is before the last build: later
    articles would vanish."""
    if last is None or moment(options.now) + SKEW >= last.now:
        return []
    message = (
        f"the clock says {options.now}, which is before the last build"
        f" ({datetime.fromtimestamp(last.now, UTC).isoformat()})"
    )
    hint = "articles since then count as future; set the clock" + (
        "; if it is right run with --yes" if options.careful else ""
    )
    return [problem("clock", message, help=hint, level="error" if options.careful else "note")]


def own_theme(root: Path, theme: Theme) -> Iterator[Diagnostic]:
    """Warnings of the templates and style sheets that the site brings itself: what asks another
    host, or runs within a page."""
    for name, place in theme.places.items():
        layer = place.partition("/")[0]
        if (root / ("theme" if layer == OWN else f"themes/{layer}")).is_dir():
            shown = place if layer == OWN else f"themes/{place}"
            yield from judged_template(theme.templates[name], shown, "warning")
    for name, path in theme.assets.items():
        if name.endswith(".css") and Path(path).is_relative_to(root):
            text = Path(path).read_text("utf-8", "replace")
            shown = Path(path).relative_to(root).as_posix()
            yield from judged_sheet(text, name, shown, theme.assets, "warning")


def lost_links(
    root: Path,
    site: Site,
    whole: Plan,
    files: Iterable[Found],
    unpublished: dict[str, str],
    config: Config,
) -> list[Diagnostic]:
    """A warning for each link and image of an article that leads nowhere, at its line."""
    if config.check.get("link") == "off":
        return []
    found = list(lost(site, (item.output for item in whole.items()), files, unpublished, config))
    rows = {path: _rows(root, path) for path in {one.path for one in found}}
    return [
        problem(
            "link",
            one.message,
            one.path,
            line_with(one.written, rows[one.path]),
            1,
            one.help,
            level="warning",
        )
        for one in found
    ]


def _rows(root: Path, path: str) -> list[str]:
    try:
        return read_bytes(root / path, path).decode("utf-8", "replace").splitlines()
    except SitegenError:
        return []


def line_with(text: str, rows: list[str]) -> int:
    """The number of the first of ``rows`` that holds ``text``, as it is or percent-encoded; 1 where
    none does."""
    forms = (text, unquote(text))
    return next(
        (number for number, row in enumerate(rows, 1) if any(form in row for form in forms)), 1
    )


def with_index(
    whole: Plan, searched: str, store: Cache, root: Path, progress: Progress, make: bool, jobs: int
) -> Plan:
    """``whole`` with the files of its search index, which are made where the cache has none and
    ``make`` is set."""
    store.commit()
    files = indexes(
        whole.shards, searched, root / CACHE / INDEXES, store.texts, progress, make, jobs
    )
    return msgspec.structs.replace(whole, indexed=files)


def all_articles(
    sources: Sources, records: dict[str, Parsed]
) -> tuple[list[Document], list[Diagnostic]]:
    """Every article that can be read, and what is wrong with each."""
    everything = [records[f.path] for f in sources.articles]
    return [p.document for p in everything if p.document], [
        d for p in everything for d in p.diagnostics
    ]


def closed_editions(
    root: Path, files: tuple[Found, ...], config: Config, store: Cache, verify: bool
) -> tuple[tuple[ClosedEdition, ...], list[Diagnostic]]:
    """The manifests of closed editions, remembered until one of them changes: there is one for each
    day."""

    def read() -> dict[str, str]:
        return {"": msgspec.json.encode(read_manifests(root, files, config)).decode()}

    key = digest(msgspec.msgpack.encode((fingerprint(), config.timezone, files)))
    told = read() if verify else store.remembered("editions", key, read)
    return msgspec.json.decode(told[""], type=tuple[tuple[ClosedEdition, ...], list[Diagnostic]])


def kin(
    site: Site, config: Config, theme: Theme, store: Cache, verify: bool, memo: Memo
) -> tuple[tuple[int, ...], ...]:
    """The related articles of each, if the theme shows them; what was found last time spares work
    where it still holds."""
    if not any(".related" in text for text in theme.templates.values()):
        return ()
    last: list[RelatedArticles] = []

    def recall() -> RelatedArticles:
        data = None if verify else store.kept("related")
        last.append(
            msgspec.msgpack.decode(data, type=RelatedArticles) if data else RelatedArticles()
        )
        return last[0]

    found = related(site, config, recall, memo)
    if last and found is not last[0]:
        store.keep("related", msgspec.msgpack.encode(found))
    return found.found


def signature(
    config: Config,
    theme: Theme,
    shown: Shown,
    sources: Sources,
    static: tuple[Found, ...],
    not_taken: list[Diagnostic],
    searched: str,
) -> str:
    """A digest of all that a plan is made from, but for what stands in the articles."""
    names = [f.path for f in sources.articles]
    look = (theme.digest, theme.options, theme.asset_paths)
    parts = (fingerprint(), config, look, shown, names, sources.media, static, not_taken, searched)
    return digest(msgspec.msgpack.encode(parts))


def only_bodies(
    state: State,
    old: list[Parsed | None],
    parsed: dict[str, Parsed],
    closures: dict[str, str],
    uses: dict[str, str],
    store: Cache,
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
        if before and any(d.path == before.path and d.code == "link" for d in state.diagnostics):
            return None  # the lines that they name may be others now
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
    known = files_there(store, output, recent)
    if known.fault:
        return None  # of a file that is not known to be ours nobody notices that it is gone
    keys = {name: t.key for name, t in known.traces.items()}
    keys |= page_keys(whole, with_answers(closures, uses, state.answers), state.frame, output)
    wanted = decide(whole, keys, known.traces, known.existing)
    if wanted.reasons.keys() - pages.keys() or "" in keys.values():
        return None  # a file in output/ is gone or was changed: what it showed is not remembered
    return Work(theme, state, whole, keys, known, wanted)


def same_but_body(before: Parsed, after: Parsed) -> bool:
    """Whether an article is as it was in all that a page other than those with its body may
    show."""
    if not before.document or not after.document or before.diagnostics != after.diagnostics:
        return before == after
    body = {"body_digest": after.document.body_digest, "words": after.document.words}
    encode = msgspec.msgpack.encode  # for Python 1 is equal to True, which `extra` may hold
    return encode(msgspec.structs.replace(before.document, **body)) == encode(after.document)


def content_folder(root: Path) -> str:
    """The folder of articles; the usual one where site.yaml cannot be read, as a broken site can be
    cleaned, too."""
    try:
        return read_config(root)[0].content
    except SitegenError:
        return "content"


def read_documents(root: Path) -> tuple[Config, list[Document], list[Diagnostic]]:
    """Every article of the site that can be read, whatever its status, and what is wrong with the
    others."""
    config, settings = read_config(root)
    plugins = find_plugins(root, config.plugins)
    settings = plugin_settings(settings, plugins)

    def read(
        store: Cache, problems: list[Diagnostic]
    ) -> tuple[Config, list[Document], list[Diagnostic]]:
        sources, more = discover(root, config.content)
        known = store.articles()
        fresh = fresh_articles(sources.articles, settings, known)
        if fresh:
            parse_articles(root, fresh, config, settings, store, cores(), silent, plugins)
        store.forget_articles(known.keys() - {f.path for f in sources.articles})
        documents, wrong = all_articles(sources, store.records())
        store.commit()
        return config, documents, [*problems, *more, *wrong]

    return in_site(root, read)


def checked_drawings(
    root: Path, media: tuple[Found, ...], static: tuple[Found, ...]
) -> tuple[tuple[Found, ...], list[Diagnostic]]:
    """``media`` without SVG files that cannot be read, and what was taken out of the others; static
    files stay as they are."""
    torn: set[Found] = set()
    problems: list[Diagnostic] = []
    for found in (f for f in (*media, *static) if is_svg(f.path)):
        own = found.path.startswith("static/")
        made = cleaned(read_bytes(root / found.path, found.path, MAX_BYTES))
        if not made.data and not own:
            torn.add(found)
            help = "save it again from a drawing program: it is not published"
            problems.append(
                problem(
                    "unsafe-svg", "cannot be read as SVG", found.path, 1, 1, help, level="warning"
                )
            )
        for line, name in made.removed:
            said = (
                f"`{name}` runs a script or asks for another file, in whoever opens this file"
                if own
                else f"`{name}` was left out"
            )
            help = (
                "files of static/ are published as they are: take it out, if it is not yours"
                if own
                else _DRAWING
            )
            level: Level = "note" if own else "warning"
            problems.append(problem("unsafe-svg", said, found.path, line, 1, help, level=level))
    return tuple(f for f in media if f not in torn), problems


def author_photos(site: Site, config: Config) -> tuple[str, ...]:
    """The photos of the authors that have a page."""
    names = {x.name for x in site.listings if x.kind == "author"}
    return tuple(a.photo for a in config.authors.values() if a.photo and a.name in names)


def with_their_pictures(
    site: Site,
    media: tuple[Found, ...],
    static: tuple[Found, ...],
    linked: set[Found],
    config: Config,
    store: Cache,
    options: BuildOptions,
    progress: Progress,
    memo: Memo,
) -> tuple[Site, tuple[Found, ...], tuple[ImageJob, ...], list[Diagnostic]]:
    """The site with its pictures in every size, the files below content/ to copy, the files to
    make, and what is wrong.

    Files that only unpublished articles show are none of either. Those in ``linked`` are copied as
    they are.
    """
    shown, pictures = find_shown(site, media, static, config)
    photos = author_photos(site, config)
    faces = {f for f in media if f.path.removeprefix(config.content) in photos} | linked
    if not pictures:
        return site, tuple(sorted({*shown.values(), *faces}, key=lambda f: f.path)), (), []
    found = sorted(set(pictures.values()), key=lambda f: f.path)
    if options.verify:
        store.forget_pictures(f.path for f in found)
    facts = picture_facts(Path(options.root), found, store, options.jobs or cores(), progress)
    sizes = memo.whole(
        "sizes", (pictures, facts, config.images), lambda: resized(pictures, facts, config.images)
    )
    wishes = {wish.output: wish for _, files in sizes.values() for wish in files}
    replaced = (
        set()
        if config.images.originals
        else {pictures[a].path for a, (_, files) in sizes.items() if files}
    )
    copied = tuple(
        sorted(
            {*faces, *(f for f in shown.values() if f.path not in replaced)}, key=lambda f: f.path
        )
    )
    return (
        with_pictures(site, {a: image for a, (image, _) in sizes.items()}, memo),
        copied,
        tuple(wishes.values()),
        broken(pictures, facts, site),
    )


def _template_seconds(made: Iterable[Made]) -> dict[str, float]:
    seconds: defaultdict[str, float] = defaultdict(float)
    for one in made:
        seconds[one.template or "(copies)"] += one.seconds
    return {
        name: round(seconds[name], 4)
        for name in sorted(seconds, key=seconds.__getitem__, reverse=True)
    }
