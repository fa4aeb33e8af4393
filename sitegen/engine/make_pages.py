"""Pages to files in the staging folder, in worker processes."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from sitegen.base.diagnostics import SitegenError
from sitegen.base.text import digest
from sitegen.engine.cache import Records, Texts
from sitegen.engine.page_source import PageSource
from sitegen.engine.renderers import LastRenderer, RenderInputs
from sitegen.engine.staging import Made, make_folder
from sitegen.model.base import Struct
from sitegen.model.output import Key, Page, Plan, PlannedPage

if TYPE_CHECKING:
    from sitegen.render.renderer import Renderer


class RenderJob(Struct, frozen=True):
    """Pages to be rendered below ``folder``.

    ``inputs`` are those of each language of the site, ``texts`` gives the HTML of articles,
    ``root`` is where their images are, ``source`` makes the views of pages that are without.
    """

    inputs: dict[str, RenderInputs]
    last: LastRenderer
    texts: Texts
    folder: str
    root: str
    source: PageSource | None = None
    ITEM: ClassVar = Page | PlannedPage
    RESULT: ClassVar = Made

    def start(self) -> Callable[[Sequence[Page | PlannedPage]], list[Made]]:
        renderers: dict[str, Renderer] = {}
        folders: set[str] = set()
        with_views = self._views()

        def made(page: Page) -> Made:
            if page.lang not in renderers:
                renderers[page.lang] = self.last.get(self.inputs[page.lang], page.lang)
            return self._made(page, renderers[page.lang], folders)

        return lambda pages: [made(page) for page in with_views(pages)]

    def _views(self) -> Callable[[Sequence[Page | PlannedPage]], list[Page]]:
        """The function that gives each of some pages its view."""
        plans: list[Callable[[Iterable[Key]], Plan]] = []  # opened where it is needed

        def made(keys: Iterable[Key]) -> dict[str, Page]:
            if not plans:
                assert self.source
                plans.append(self.source.open(Records(self.source.store)))
            return {page.output: page for page in plans[0](keys).viewed()}

        def views(pages: Sequence[Page | PlannedPage]) -> list[Page]:
            keys = dict.fromkeys(page.key for page in pages if isinstance(page, PlannedPage))
            known = made(keys) if keys else {}
            return [page if isinstance(page, Page) else known[page.output] for page in pages]

        return views

    def _made(self, page: Page, renderer: Renderer, folders: set[str]) -> Made:
        started = time.perf_counter()
        name = page.template or f"({page.view.__struct_config__.tag})"
        try:
            data = renderer.render(page, self.texts, self._read)
        except SitegenError as error:
            return Made(page.output, name, "", 0.0, problem=error.diagnostics[0])
        path = f"{self.folder}/{page.output}"
        make_folder(path.rpartition("/")[0], folders)
        info = write_new(path, data)
        seconds = time.perf_counter() - started
        return Made(page.output, name, digest(data), seconds, info.st_size, info.st_mtime_ns)

    def _read(self, path: str) -> bytes:
        return Path(self.root, path).read_bytes()


def write_new(path: str, data: bytes) -> os.stat_result:
    """Write a file with few system calls; its stat.

    Raises OSError, also where the disk has room for a part of ``data`` only.
    """
    with open(path, "wb", buffering=0) as file:
        if file.write(data) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        return os.fstat(file.fileno())
