"""Render pages and stage files, in worker processes."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, fail
from sitegen.base.progress import Progress
from sitegen.base.text import digest
from sitegen.engine.cache import Cache, Texts
from sitegen.engine.make_images import make_pictures
from sitegen.engine.pagefind import unpacked
from sitegen.engine.staging import Made, put
from sitegen.engine.staleness import Jobs
from sitegen.engine.transaction import staging_folder
from sitegen.engine.workers import run, worker
from sitegen.images.svg import cleaned
from sitegen.model.output import Page
from sitegen.model.views import Answers, ArticleView, FeedView, ListView, SiteContext
from sitegen.pages.bodies import bodies_shown
from sitegen.theme.load import EMBEDDED, Theme

INDEXES = "search"  # where search indexes are kept, in the cache


def stage(
    jobs: Jobs,
    shared: SiteContext,
    answers: Answers,
    theme: Theme,
    store: Cache,
    root: Path,
    output: Path,
    count: int,
    progress: Progress,
    meanwhile: Callable[[], None] = lambda: None,
) -> list[Made]:
    """Make every file that is wanted in the staging folder, and tell what was made.

    ``meanwhile`` is called once the workers are busy, as this process then has nothing to do.
    Raises SitegenError with the problems of all pages; output/ is then as it was.
    """
    folder = staging_folder(output)
    shutil.rmtree(folder, ignore_errors=True)
    made: list[Made] = []
    try:
        for copy in jobs.copy:
            data = _source(root, copy.source)
            made.append(put(copy.output, "", cleaned(data).data if copy.cleaned else data, folder))
        if jobs.pictures:
            made += make_pictures(
                jobs.pictures, root, store.path.parent / "pictures", folder, count, progress
            )
        for file, data in unpacked(jobs.indexed, store.path.parent / INDEXES):
            made.append(put(file.output, "(search index)", data, folder))
        made_from = (theme.templates, theme.places, shared, embeds(theme), answers, theme.plugins)
        order = sorted(jobs.render, key=_moment_shown)
        with store.texts({path for page in order for path in bodies_shown(page)}) as texts:
            arguments = (made_from, texts, str(folder), str(root))
            for done, one in enumerate(
                run(_render_batch, order, count, _render_setup, arguments), 1
            ):
                made.append(one)
                if done == 1:
                    meanwhile()
                if done % 100 == 0:
                    progress("rendering pages", done, len(order))
    except SitegenError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        hint = (
            "free some disk space or check the file permissions; the site in output/ is as it was"
        )
        raise fail(
            "output",
            f"cannot be written: {error.strerror}",
            error.filename or str(output),
            help=hint,
        ) from None
    problems = [m.problem for m in made if m.problem]
    if problems:
        shutil.rmtree(folder, ignore_errors=True)
        raise SitegenError(_first_of_each(problems))
    return made


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
    cards = (
        view.cards
        if isinstance(view, ListView)
        else tuple(i.card for i in view.items[:1])
        if isinstance(view, FeedView)
        else ()
    )
    return isinstance(view, (ArticleView, FeedView)), cards[0].date if cards else ""


def _first_of_each(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    seen: dict[tuple[str, int, str], Diagnostic] = {}
    for found in problems:
        seen.setdefault((found.path, found.line, found.message), found)
    return list(seen.values())


def embeds(theme: Theme) -> dict[str, str]:
    """The theme's style sheets and drawings as text, for `embed` in templates."""
    return {
        name: Path(path).read_text("utf-8")
        for name, path in theme.assets.items()
        if name.endswith(EMBEDDED)
    }


def _render_setup(made_from: tuple[Any, ...], texts: Texts, folder: str, root: str) -> None:
    from sitegen.render.renderer import Renderer

    free = (
        made_from[2].theme_options,
        msgspec.structs.asdict(made_from[4]),
    )  # encoded, too: for Python 1 is equal to True
    mark = (made_from, msgspec.msgpack.encode(free))
    if worker.get("mark") != mark:  # `serve` builds again and again with the same theme
        worker.update(renderer=Renderer(*made_from), mark=mark)
    worker["renderer"].begin()
    worker.update(folder=folder, bodies=texts, made=set())
    worker["read"] = lambda path: Path(root, path).read_bytes()


def _render_batch(batch: Sequence[Page]) -> list[Made]:
    out: list[Made] = []
    renderer, made, folder = worker["renderer"], worker["made"], worker["folder"]
    for page in batch:
        started = time.perf_counter()
        name = page.template or f"({page.view.__struct_config__.tag})"
        try:
            data = renderer.render(page, worker["bodies"], worker["read"])
        except SitegenError as error:
            out.append(Made(page.output, name, "", 0.0, problem=error.diagnostics[0]))
            continue
        path = f"{folder}/{page.output}"
        _make_folder(path.rpartition("/")[0], made)
        with open(path, "wb", buffering=0) as file:
            file.write(data)
            info = os.fstat(file.fileno())
        out.append(
            Made(
                page.output,
                name,
                digest(data),
                time.perf_counter() - started,
                info.st_size,
                info.st_mtime_ns,
            )
        )
    return out


def _make_folder(folder: str, made: set[str]) -> None:
    """Make ``folder`` and those above it, but for those in ``made``, with as few calls of the
    system as can be."""
    if folder in made:
        return
    try:
        os.mkdir(folder)
    except FileNotFoundError:
        _make_folder(folder.rpartition("/")[0], made)
        _make_folder(folder, made)
    except FileExistsError:  # by another worker
        pass
    made.add(folder)
