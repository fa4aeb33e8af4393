"""Read images and make their sizes, in worker processes."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from sitegen.base.diagnostics import SitegenError, problem
from sitegen.base.files import read_bytes, write_whole
from sitegen.base.progress import Progress
from sitegen.base.text import digest
from sitegen.content.discover import Found
from sitegen.engine.cache import Cache
from sitegen.engine.page_keys import picture_key
from sitegen.engine.parse_articles import has_settled
from sitegen.engine.staging import Made
from sitegen.engine.workers import run, worker
from sitegen.images.draw_card import draw
from sitegen.images.metadata import MAX_BYTES, ImageFacts, read_facts
from sitegen.images.resize import resize
from sitegen.model.output import ImageJob, ResizeJob

FEW = 4  # pictures below which no process is started


def picture_facts(
    root: Path, found: Sequence[Found], store: Cache, jobs: int, progress: Progress
) -> dict[str, ImageFacts]:
    """What the pictures ``found`` are, by path; only those are read whose file is not as it was
    when last read."""
    known = store.pictures()
    store.forget_pictures(known.keys() - {f.path for f in found})
    fresh = [f for f in found if known.get(f.path, ())[:4] != (f.size, f.mtime_ns, f.ctime_ns, 1)]
    now_ns = time.time_ns()
    read: dict[str, bytes] = {}
    rows = []
    results = run(_look_batch, fresh, jobs, _picture_setup, (str(root), ""), FEW)
    for done, (picture, facts) in enumerate(zip(fresh, results, strict=True), 1):
        read[picture.path] = facts
        rows.append((picture, has_settled(picture, now_ns), facts))
        progress("reading pictures", done, len(fresh))
    store.put_pictures(rows)
    decode = msgspec.msgpack.Decoder(ImageFacts).decode
    return {f.path: decode(read[f.path] if f.path in read else known[f.path][4]) for f in found}


def _picture_setup(root: str, cache: str, folder: str = "") -> None:
    worker.update(root=root, cache=cache, folder=folder)


def _look_batch(batch: Sequence[Found]) -> list[bytes]:
    out = []
    for found in batch:
        try:
            facts = read_facts(read_bytes(f"{worker['root']}/{found.path}", found.path, MAX_BYTES))
        except SitegenError as error:
            facts = ImageFacts("", wrong=error.diagnostics[0].message)
        out.append(msgspec.msgpack.encode(facts))
    return out


def _picture_batch(batch: Sequence[ImageJob]) -> list[Made]:
    out = []
    for wish in batch:
        started, target = time.perf_counter(), f"{worker['folder']}/{wish.output}"
        cached = Path(worker["cache"], picture_key(wish))
        try:
            if not cached.is_file():
                write_whole(cached, _pictured(wish))
            shutil.copyfile(cached, target)
        except SitegenError as error:
            out.append(Made(wish.output, "", "", 0.0, problem=error.diagnostics[0]))
            continue
        except Exception as error:
            if isinstance(error, OSError) and error.errno:
                raise
            wrong, hint = ("drawn", "see docs/pictures.md#link-previews")
            if isinstance(wish, ResizeJob):
                wrong, hint = ("made smaller", "save it anew from a picture editor")
            said = problem("picture", f"cannot be {wrong}: {error}", wish.origin, help=hint)
            out.append(Made(wish.output, "", "", 0.0, problem=said))
            continue
        info = os.stat(target)
        mark = digest(Path(target).read_bytes())
        out.append(
            Made(
                wish.output,
                "(pictures)",
                mark,
                time.perf_counter() - started,
                info.st_size,
                info.st_mtime_ns,
            )
        )
    return out


def _pictured(wish: ImageJob) -> bytes:
    if isinstance(wish, ResizeJob):
        return resize(read_bytes(f"{worker['root']}/{wish.source}", wish.source, MAX_BYTES), wish)
    return draw(wish)


def make_pictures(
    wishes: Sequence[ImageJob], root: Path, cache: Path, folder: Path, jobs: int, progress: Progress
) -> Iterator[Made]:
    """Make each of ``wishes`` below ``folder``, or take it from ``cache``, where it is kept by its
    key."""
    cache.mkdir(parents=True, exist_ok=True)
    for parent in {Path(w.output).parent for w in wishes}:
        (folder / parent).mkdir(parents=True, exist_ok=True)
    arguments = (str(root), str(cache), str(folder))
    for done, made in enumerate(
        run(_picture_batch, wishes, jobs, _picture_setup, arguments, FEW), 1
    ):
        yield made
        progress("making pictures", done, len(wishes))
