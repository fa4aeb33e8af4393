"""Read images and make their sizes, in worker processes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, problem
from sitegen.base.files import read_bytes, write_whole
from sitegen.base.progress import Progress
from sitegen.content.discover import Found
from sitegen.engine.context import BuildContext
from sitegen.engine.page_keys import image_key
from sitegen.engine.parse_articles import has_settled
from sitegen.engine.staging import Made, put
from sitegen.engine.workers import Pool
from sitegen.images.icons import draw_icon
from sitegen.images.metadata import MAX_BYTES, ImageFacts, read_facts
from sitegen.images.resize import Resizer
from sitegen.model.base import Struct
from sitegen.model.output import IconJob, ImageJob, ResizeJob, ShareCardJob

FEW = 4  # images below which no process is started
RESIZED, DRAWN = "(images)", "(share cards)"  # the work, as the profile of a build names it


def image_facts(context: BuildContext, images: Sequence[Found]) -> dict[str, ImageFacts]:
    """The facts of each of ``images``, by path; a file is read only if it has changed since it was
    last read, or with ``--verify``."""
    store = context.store
    remembered = store.images()
    store.forget_images(remembered.keys() - {found.path for found in images})
    known = {} if context.options.verify else remembered
    fresh = [found for found in images if not _is_known(found, known)]
    now_ns = time.time_ns()
    read: dict[str, bytes] = {}
    rows = []
    results = context.pool.run(ReadFactsJob(str(context.root)), fresh, FEW)
    for done, (found, facts) in enumerate(zip(fresh, results, strict=True), 1):
        read[found.path] = facts
        rows.append((found, has_settled(found, now_ns), facts))
        context.progress("reading images", done, len(fresh))
    store.put_images(rows)
    decode = msgspec.msgpack.Decoder(ImageFacts).decode
    return {
        found.path: decode(read[found.path] if found.path in read else known[found.path][4])
        for found in images
    }


def _is_known(found: Found, known: Mapping[str, tuple[int, int, int, int, bytes]]) -> bool:
    """Whether the file is as it was when it was last read, and had come to rest then."""
    row = known.get(found.path)
    return row is not None and row[:4] == (found.size, found.mtime_ns, found.ctime_ns, 1)


class ReadFactsJob(Struct, frozen=True):
    """Images below ``root``, whose facts are read; each comes out encoded."""

    root: str
    ITEM: ClassVar = Found
    RESULT: ClassVar = bytes

    def start(self) -> Callable[[Sequence[Found]], list[bytes]]:
        return lambda files: [msgspec.msgpack.encode(self._facts(found)) for found in files]

    def _facts(self, found: Found) -> ImageFacts:
        try:
            return read_facts(read_bytes(f"{self.root}/{found.path}", found.path, MAX_BYTES))
        except SitegenError as error:
            return ImageFacts("", wrong=error.diagnostics[0].message)


class MakeImagesJob(Struct, frozen=True):
    """Images to be made below ``folder`` from originals below ``root``; sizes that are in
    ``cache`` are taken from there. Drawing a card again costs less than keeping it."""

    root: str
    cache: str
    folder: str
    ITEM: ClassVar = ImageJob
    RESULT: ClassVar = Made

    def start(self) -> Callable[[Sequence[ImageJob]], list[Made]]:
        resizer = Resizer()
        return lambda wishes: [self._made(wish, resizer) for wish in wishes]

    def _made(self, wish: ImageJob, resizer: Resizer) -> Made:
        started = time.perf_counter()
        work = DRAWN if isinstance(wish, ShareCardJob) else RESIZED
        try:
            data = _drawn(wish) if isinstance(wish, ShareCardJob) else self._resized(wish, resizer)
        except SitegenError as error:
            return Made(wish.output, "", "", 0.0, problem=error.diagnostics[0])
        except Exception as error:
            if isinstance(error, OSError) and error.errno:
                raise
            return Made(wish.output, "", "", 0.0, problem=_cannot_be_made(wish, error))
        return put(wish.output, work, data, Path(self.folder), started)

    def _resized(self, wish: ResizeJob | IconJob, resizer: Resizer) -> bytes:
        cached = Path(self.cache, image_key(wish))
        with suppress(FileNotFoundError):
            return cached.read_bytes()

        def read() -> bytes:
            return read_bytes(f"{self.root}/{wish.source}", wish.source, MAX_BYTES)

        data = resizer.make(wish, read) if isinstance(wish, ResizeJob) else draw_icon(read(), wish)
        write_whole(cached, data)
        return data


def _drawn(wish: ShareCardJob) -> bytes:
    from sitegen.images.draw_card import draw  # slow to import: not all builds draw cards

    return draw(wish)


def _cannot_be_made(wish: ImageJob, error: Exception) -> Diagnostic:
    """What an image library says of an image, as an error of the file that asks for it."""
    if isinstance(wish, ShareCardJob):
        done, help = "drawn", "see: sitegen help pictures"
    else:
        done, help = "made smaller", "save it again from an image editor"
    return problem("picture", f"cannot be {done}: {error}", wish.origin, help=help)


def make_images(
    job: MakeImagesJob, wishes: Sequence[ImageJob], pool: Pool, progress: Progress
) -> Iterator[Made]:
    """Make each of ``wishes`` as ``job`` says, or take it from its cache, where it is kept by its
    key."""
    Path(job.cache).mkdir(parents=True, exist_ok=True)
    for done, made in enumerate(pool.run(job, sorted(wishes, key=_neighbours), FEW), 1):
        yield made
        progress("making images", done, len(wishes))


def _neighbours(wish: ImageJob) -> tuple[str, int]:
    """Sizes of one image follow each other, and formats of one size, as they are made from the
    same pixels."""
    return (wish.digest, wish.width) if isinstance(wish, ResizeJob) else ("", 0)
