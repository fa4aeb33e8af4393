"""Read a site into the facts that rules judge: the build's own stages, and what the articles' HTML
and files hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

import msgspec

from sitegen.base.dates import moment
from sitegen.base.diagnostics import Diagnostic, SitegenError
from sitegen.base.files import read_bytes
from sitegen.base.makers import fingerprint
from sitegen.base.progress import Progress
from sitegen.base.text import digest
from sitegen.check.html_facts import read_text
from sitegen.check.image_credits import read_credit
from sitegen.check.model import ArticleText, CheckOptions, Facts, Sample
from sitegen.check.rules_feeds import judge_feed
from sitegen.config.schema import Config
from sitegen.content.discover import Found, discover
from sitegen.content.static import static_files
from sitegen.engine.build import prepare
from sitegen.engine.cache import Cache
from sitegen.engine.context import load
from sitegen.engine.options import BuildOptions
from sitegen.engine.output import Work
from sitegen.engine.render_pages import embeds
from sitegen.engine.site_folder import read_config
from sitegen.engine.workers import Pool
from sitegen.model.output import Page
from sitegen.model.views import ArticleView, BodyView, FeedView, IssueView
from sitegen.pages.kinds import bodies_shown
from sitegen.render.renderer import Renderer

_ID = re.compile(r"""\sid=["']([\w-]+)["']""")
LETTERS = 5  # editions whose e-mails are measured: older ones have gone out


def gather(
    options: CheckOptions,
    store: Cache,
    problems: list[Diagnostic],
    progress: Progress,
    pool: Pool | None = None,
) -> Facts:
    """All that the rules are given; the errors of the build's own stages are added to ``problems``.
    Articles are read by ``pool``, if it is given."""
    root = Path(options.root)
    asked = BuildOptions(
        root=options.root, now=options.now, drafts=options.drafts, future=True, dry_run=True
    )
    work = prepare(load(asked, store, progress, pool=pool), problems, everything=True, views=True)
    config, _ = read_config(root)
    documents = tuple(store.documents())
    pages = work.plan.viewed()
    views = {p.origin: p.view for p in pages if isinstance(p.view, BodyView)}
    shown = sorted(
        (d for d in documents if d.path in views and d.status != "withdrawn"),
        key=lambda d: (d.stamp, d.path),
    )
    media = discover(root, config.content, bool(config.taxonomies))[0].media
    facts = Facts(
        config=config,
        now=moment(options.now),
        days=options.days,
        documents=documents,
        shown=tuple(shown),
        views=views,
        plan=work.plan,
        frames=work.state.frames,
        texts=_texts(store, views),
        theme_ids=frozenset(
            name for text in work.theme.templates.values() for name in _ID.findall(text)
        ),
        media=tuple(f.path for f in media),
        credits=_credits(
            root,
            config,
            store,
            (*media, *static_files(root)[0]),
            {a for d in shown for a in d.assets},
        ),
        feeds=_feeds(root, work, store),
        letters=_letters(work, store),
        samples=_samples(root, work, store, problems),
    )
    store.commit()
    return facts


def _texts(store: Cache, views: dict[str, BodyView]) -> dict[str, ArticleText]:
    """What the bodies hold that pages show in full."""
    wanted = {
        view.body_from for view in views.values() if view.body_from and view.rights.show == "full"
    }
    with store.texts(wanted) as texts:
        return {path: read_text(texts(path)) for path in sorted(wanted)}


def _credits(
    root: Path, config: Config, store: Cache, media: Sequence[Found], urls: set[str]
) -> dict[str, str]:
    """The creator of each image that an article shows, as its file says."""
    prefixes = (config.content, "static")
    files = {
        f.path.removeprefix(p): f for p in prefixes for f in media if f.path.startswith(f"{p}/")
    }
    keys = {
        a: f"{f.path} {f.size} {f.mtime_ns} {f.ctime_ns}" for a, f in files.items() if a in urls
    }
    return remembered(store, "credits", keys, lambda url: read_credit(root / files[url].path))


def _feeds(root: Path, work: Work, store: Cache) -> dict[str, tuple[str, ...]]:
    """The errors in each feed as it is built."""
    encode = msgspec.msgpack.Encoder().encode
    base = digest(fingerprint().encode(), encode(work.state.frames))
    pages = {p.output: p for p in work.plan.viewed() if isinstance(p.view, FeedView)}
    keys = {
        output: digest(base.encode(), output.encode(), encode(page.view))
        for output, page in pages.items()
    }
    renderer = cache(partial(_renderer, work))

    def judged(output: str) -> str:
        page = pages[output]
        return "\n".join(judge_feed(_render(renderer(page.lang), page, store, root)))

    return {
        output: tuple(text.splitlines())
        for output, text in remembered(store, "feeds", keys, judged).items()
    }


def _letters(work: Work, store: Cache) -> dict[str, tuple[int, int]]:
    """Size of the e-mails that may still be sent, and how many articles each omits."""
    views = {
        p.output: (p, p.view)
        for p in work.plan.viewed()
        if isinstance(p.view, IssueView) and p.view.format == "html"
    }
    newest = sorted(views, key=lambda output: (views[output][1].date, output))[-LETTERS:]
    renderer = cache(partial(_renderer, work))

    def measured(output: str) -> str:
        with store.texts(bodies_shown(views[output][0])) as texts:
            letter, html = renderer("").fitting(*views[output], texts)
        return f"{len(html)} {letter.left}"

    found = remembered(store, "letters", {output: work.keys[output] for output in newest}, measured)
    return {output: (int(text.split()[0]), int(text.split()[1])) for output, text in found.items()}


def _samples(
    root: Path, work: Work, store: Cache, problems: list[Diagnostic]
) -> tuple[Sample, ...]:
    """The fullest article's page of each template: data comes from one function, so one page shows
    what a template does.

    A template that fails is added to ``problems``.
    """
    best: dict[str, tuple[int, Page]] = {}
    for page in work.plan.viewed():
        if isinstance(page.view, ArticleView) and not page.view.withdrawn:
            view = page.view
            fullness = sum(
                map(
                    bool,
                    (
                        view.image,
                        view.source.url,
                        view.authors,
                        view.corrections,
                        view.tags,
                        view.dateline,
                    ),
                )
            )
            if page.template not in best or fullness > best[page.template][0]:
                best[page.template] = (fullness, page)
    if not best:
        return ()
    renderer, out = cache(partial(_renderer, work)), []
    for _, page in best.values():
        try:
            data = _render(renderer(page.lang), page, store, root)
            out.append(Sample(page.output, page.origin, data))
        except SitegenError as error:
            problems += error.diagnostics
    return tuple(out)


def _renderer(work: Work, lang: str) -> Renderer:
    return Renderer(
        work.theme.templates,
        work.theme.places,
        work.state.frames[lang],
        embeds(work.theme),
        work.state.answers,
        work.theme.plugins,
    )


def _render(renderer: Renderer, page: Page, store: Cache, root: Path) -> bytes:
    with store.texts(bodies_shown(page)) as texts:
        return renderer.render(page, texts, lambda path: read_bytes(root / path, path))


def remembered(
    store: Cache, kind: str, keys: dict[str, str], make: Callable[[str], str]
) -> dict[str, str]:
    """A text for each name in ``keys``: that of the last check where its key is the same, else a
    new one from ``make``."""
    values = store.derived(f"check {kind}", keys, lambda name: make(name).encode())
    return {name: value.decode() for name, value in values.items()}
