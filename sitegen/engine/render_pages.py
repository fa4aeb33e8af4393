"""Make every file that a build wants, in the staging folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen.base.diagnostics import Diagnostic, SitegenError, fail
from sitegen.base.disk import EARLY, synced_early
from sitegen.engine.context import BuildContext
from sitegen.engine.make_images import MakeImagesJob, make_images
from sitegen.engine.make_pages import RenderJob
from sitegen.engine.output import INDEXES, Work
from sitegen.engine.page_source import moment_shown
from sitegen.engine.renderers import RenderInputs
from sitegen.engine.search_index import unpacked
from sitegen.engine.staging import Made, put
from sitegen.engine.staleness import Jobs
from sitegen.engine.transaction import drop_staged, staging_folder
from sitegen.engine.workers import INLINE, Processes
from sitegen.images.svg import cleaned
from sitegen.model.output import Page, PlannedPage
from sitegen.pages.kinds import bodies_shown
from sitegen.theme.dependencies import templates_behind
from sitegen.theme.load import EMBEDDED, Theme

LAST = ("ArticleView", "FeedView")  # kinds of pages that are rendered after all others

_DISK = "free some disk space or check the file permissions; the site in output/ is as it was"


def stage(context: BuildContext, work: Work) -> list[Made]:
    """Make every file that ``work`` wants in the staging folder, and return what was made.

    Raises SitegenError with the problems of all pages; output/ is then as it was.
    """
    output = context.output
    folder = staging_folder(output)
    drop_staged(output)
    try:
        copies = list(_copies(context, work.wanted, folder))
        pages = _pages(context, work, folder)
        if len(work.wanted.render) >= EARLY and not context.options.preview:
            pages = synced_early(pages, folder)
        made = [*copies, *pages]
    except SitegenError:
        drop_staged(output)
        raise
    except OSError as error:
        drop_staged(output)
        raise fail(
            "output",
            f"cannot be written: {error.strerror}",
            error.filename or str(output),
            help=_DISK,
        ) from None
    problems = [one.problem for one in made if one.problem]
    if problems:
        drop_staged(output)
        raise SitegenError(_first_of_each(problems))
    return made


def _copies(context: BuildContext, wanted: Jobs, folder: Path) -> Iterator[Made]:
    """What needs no template: files that are copied, images, and the search index."""
    root, cache = context.root, context.store.path.parent
    for copy in wanted.copy:
        data = _source(root, copy.source)
        yield put(copy.output, "", cleaned(data).data if copy.cleaned else data, folder)
    if wanted.images:
        job = MakeImagesJob(str(root), str(cache / "pictures"), str(folder))
        yield from make_images(job, wanted.images, context.pool, context.progress)
    for file, data in unpacked(wanted.indexed, cache / INDEXES):
        yield put(file.output, "(search index)", data, folder)


def _pages(context: BuildContext, work: Work, folder: Path) -> Iterator[Made]:
    theme, state = work.theme, work.state
    inputs = {
        lang: RenderInputs(
            theme.templates, theme.places, frame, embeds(theme), state.answers, theme.plugins
        )
        for lang, frame in state.frames.items()
    }
    pages = sorted(work.wanted.render, key=_order)
    if len(pages) >= INLINE and isinstance(context.pool, Processes):
        names = templates_behind({page.template for page in pages}, theme.templates)
        for lang, of_language in inputs.items():  # the processes are forked from this one
            context.renderer.get(of_language, lang).compile(names)
    with context.store.texts(_bodies(work, pages)) as texts:
        job = RenderJob(
            inputs, context.renderer, texts, str(folder), str(context.root), work.source
        )
        for done, one in enumerate(context.pool.run(job, pages), 1):
            yield one
            if done % 100 == 0:
                context.progress("rendering pages", done, len(pages))


def _bodies(work: Work, pages: Iterable[Page | PlannedPage]) -> set[str]:
    """The paths of the articles whose bodies ``pages`` may show."""
    shown: set[str] = set()
    for page in pages:
        if isinstance(page, PlannedPage):  # it does not say: it may be that of any article
            return set(work.source.index.site.paths) if work.source else set()
        shown.update(bodies_shown(page))
    return shown


def _source(root: Path, name: str) -> bytes:
    """The bytes of a file to be copied.

    Raises SitegenError where it cannot be read.
    """
    try:
        return (root / name).read_bytes()
    except OSError as error:
        raise fail(
            "unreadable",
            f"cannot be read: {error.strerror}",
            name,
            help="check the file permissions",
        ) from None


def _order(page: Page | PlannedPage) -> tuple[bool, str]:
    """Lists first, by the newest card they show, as feeds are: pages that show the same cards
    follow each other."""
    if isinstance(page, PlannedPage):
        return page.kind in LAST, page.moment
    return type(page.view).__name__ in LAST, moment_shown(page.view)


def _first_of_each(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    first: dict[tuple[str, int, str], Diagnostic] = {}
    for one in problems:
        first.setdefault((one.path, one.line, one.message), one)
    return list(first.values())


def embeds(theme: Theme) -> dict[str, str]:
    """The theme's style sheets and drawings as text, for `embed` in templates."""
    return {
        name: Path(path).read_text("utf-8")
        for name, path in theme.assets.items()
        if name.endswith(EMBEDDED)
    }
