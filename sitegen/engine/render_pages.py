"""Make every file that a build wants, in the staging folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen.base.diagnostics import Diagnostic, SitegenError, fail
from sitegen.engine.context import BuildContext
from sitegen.engine.make_images import MakeImagesJob, make_images
from sitegen.engine.make_pages import LastRenderer, RenderInputs, RenderJob
from sitegen.engine.output import INDEXES, Work, remember_pages
from sitegen.engine.pagefind import unpacked
from sitegen.engine.staging import Made, put
from sitegen.engine.staleness import Jobs
from sitegen.engine.transaction import staging_folder
from sitegen.engine.workers import run
from sitegen.images.svg import cleaned
from sitegen.model.output import Page
from sitegen.model.site import Card
from sitegen.model.views import ArticleView, FeedView, ListView
from sitegen.pages.kinds import bodies_shown
from sitegen.theme.load import EMBEDDED, Theme

_DISK = "free some disk space or check the file permissions; the site in output/ is as it was"


def stage(context: BuildContext, work: Work) -> list[Made]:
    """Make every file that ``work`` wants in the staging folder, and return what was made.

    Raises SitegenError with the problems of all pages; output/ is then as it was.
    """
    output = context.output
    folder = staging_folder(output)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        made = [*_copies(context, work.wanted, folder), *_pages(context, work, folder)]
    except SitegenError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise fail(
            "output",
            f"cannot be written: {error.strerror}",
            error.filename or str(output),
            help=_DISK,
        ) from None
    problems = [one.problem for one in made if one.problem]
    if problems:
        shutil.rmtree(folder, ignore_errors=True)
        raise SitegenError(_first_of_each(problems))
    return made


def _copies(context: BuildContext, wanted: Jobs, folder: Path) -> Iterator[Made]:
    """What needs no template: files that are copied, images, and the search index."""
    root, cache = context.root, context.store.path.parent
    for copy in wanted.copy:
        data = _source(root, copy.source)
        yield put(copy.output, "", cleaned(data).data if copy.cleaned else data, folder)
    if wanted.pictures:
        job = MakeImagesJob(str(root), str(cache / "pictures"), str(folder))
        yield from make_images(job, wanted.pictures, context.jobs, context.progress)
    for file, data in unpacked(wanted.indexed, cache / INDEXES):
        yield put(file.output, "(search index)", data, folder)


def _pages(context: BuildContext, work: Work, folder: Path) -> Iterator[Made]:
    theme, state = work.theme, work.state
    inputs = RenderInputs(
        theme.templates, theme.places, state.frame, embeds(theme), state.answers, theme.plugins
    )
    last = context.recent.renderer if context.recent else LastRenderer()
    pages = sorted(work.wanted.render, key=_moment_shown)
    shown = {path for page in pages for path in bodies_shown(page)}
    with context.store.texts(shown) as texts:
        job = RenderJob(inputs, last, texts, str(folder), str(context.root))
        for done, one in enumerate(run(job, pages, context.jobs), 1):
            yield one
            if done == 1:  # the workers are busy, and this process has nothing else to do
                remember_pages(context, work)
            if done % 100 == 0:
                context.progress("rendering pages", done, len(pages))


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


def _moment_shown(page: Page) -> tuple[bool, str]:
    """Lists first, by the newest card they show, as feeds are: pages that show the same cards
    follow each other."""
    view = page.view
    cards: tuple[Card, ...] = ()
    if isinstance(view, ListView):
        cards = view.cards
    elif isinstance(view, FeedView):
        cards = tuple(item.card for item in view.items[:1])
    return isinstance(view, (ArticleView, FeedView)), cards[0].date if cards else ""


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
