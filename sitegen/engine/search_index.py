"""The files of the search index: made shard by shard on all cores, and kept in the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar

import msgspec

from sitegen.base.blobs import BlobPlace
from sitegen.base.files import write_whole
from sitegen.base.makers import fingerprint
from sitegen.base.progress import Progress
from sitegen.base.text import digest
from sitegen.engine.cache import Texts
from sitegen.engine.workers import Pool
from sitegen.model.base import Struct
from sitegen.model.output import IndexFile
from sitegen.model.views import Shard
from sitegen.pages.search import FOLDER, ROOT
from sitegen.render.search_shard import (
    Files,
    Holds,
    IndexedShard,
    head_name,
    is_outside,
    root,
    root_holds,
    shard_files,
    size_in_root,
    whole_head,
)

_LAST = 3  # the group of output files that the root is written with, after what it names


class KnownArchive(Struct, frozen=True):
    """What is known of an archive in the cache without reading it: the names of its files, and the
    bytes of its head and of all that the root may hold."""

    names: list[str]
    head: int = 0
    size: int = 0


class IndexTask(Struct, frozen=True):
    """A shard to be indexed into the archive ``key``; ``places`` are those of its articles'
    HTML."""

    key: str
    shard: Shard
    places: dict[str, BlobPlace]


class IndexJob(Struct, frozen=True):
    """Shards to be indexed into the folder ``cache``; the HTML of articles is in the file
    ``texts``. What comes out is the number of files of each."""

    cache: str
    texts: str
    ITEM: ClassVar = IndexTask
    RESULT: ClassVar = int

    def start(self) -> Callable[[Sequence[IndexTask]], list[int]]:
        return lambda tasks: [self._made(task) for task in tasks]

    def _made(self, task: IndexTask) -> int:
        with Texts(self.texts, task.places) as body:
            files = shard_files(task.shard, body)
        known = KnownArchive(sorted(files), len(files[head_name(files)]), size_in_root(files))
        _keep(Path(self.cache), task.key, files, known)
        return len(files)


def indexes(
    shards: Sequence[Shard],
    cache: Path,
    texts: Callable[[set[str]], Texts],
    progress: Progress,
    pool: Pool,
    make: bool = True,
) -> tuple[IndexFile, ...]:
    """The files of ``shards``, which afterwards are in ``cache``; ``texts`` gives the HTML of
    articles, ``pool`` does the work.

    Without ``make`` nothing is indexed, and of shards that are not in ``cache`` nothing is named
    but the root.
    """
    keyed = [
        (digest(fingerprint().encode(), msgspec.msgpack.encode(shard)), shard) for shard in shards
    ]
    if make:
        lacking = {key: shard for key, shard in keyed if _kept(cache, key) is None}
        _make(lacking, cache, texts, progress, pool)
    kept = {key: known for key, _ in keyed if (known := _kept(cache, key))}
    holds = root_holds((one.head, one.size) for one in kept.values())
    top = digest(b"root", *(key.encode() for key, _ in keyed))
    if make and _kept(cache, top) is None:
        data = root([_entry(shard, key, cache, kept[key], holds) for key, shard in keyed])
        _keep(cache, top, {ROOT: data}, KnownArchive([ROOT]))
    out = [
        IndexFile(f"{shard.folder}/{name}", key, name)
        for key, shard in keyed
        if key in kept
        for name in kept[key].names
        if is_outside(name, holds)
    ]
    return (*out, IndexFile(f"{FOLDER}/{ROOT}", top, ROOT, group=_LAST))


def _make(
    lacking: dict[str, Shard],
    cache: Path,
    texts: Callable[[set[str]], Texts],
    progress: Progress,
    pool: Pool,
) -> None:
    """Index the shards of ``lacking`` into the archives that its keys name."""
    if not lacking:
        return
    job = IndexJob(str(cache.resolve()), texts(set()).path)
    tasks = [
        IndexTask(key, shard, texts({r.body_from for r in shard.records if r.body_from}).places)
        for key, shard in lacking.items()
    ]
    progress("indexing for search", 0, len(tasks))
    for done, _ in enumerate(pool.run(job, tasks, inline=2, most=1), 1):
        progress("indexing for search", done, len(tasks))


def _entry(shard: Shard, key: str, cache: Path, known: KnownArchive, holds: Holds) -> IndexedShard:
    """A shard as a root has it that holds so much."""
    name = head_name(known.names)
    folder = shard.folder.removeprefix(f"{FOLDER}/")
    if holds == "names":
        return IndexedShard(shard.lang, folder, name)
    archive = _archive(cache, key)
    head = whole_head(archive) if holds == "all" else archive[name]
    return IndexedShard(shard.lang, folder, head)


def _keep(cache: Path, key: str, files: Files, known: KnownArchive) -> None:
    """Write ``files`` as the archive ``key``, with what is ``known`` of it."""
    write_whole(cache / key, msgspec.msgpack.encode(files))
    write_whole(cache / f"{key}.names", msgspec.msgpack.encode(known))


def _kept(cache: Path, key: str) -> KnownArchive | None:
    """What is known of the archive ``key``, or None where there is none."""
    try:
        known = msgspec.msgpack.decode((cache / f"{key}.names").read_bytes(), type=KnownArchive)
    except (OSError, msgspec.DecodeError):
        return None
    return known if (cache / key).is_file() else None


def _archive(cache: Path, key: str) -> Files:
    return msgspec.msgpack.decode((cache / key).read_bytes(), type=Files)


def unpacked(files: Sequence[IndexFile], cache: Path) -> Iterator[tuple[IndexFile, bytes]]:
    """Each of ``files`` with its bytes."""
    last, archive = "", {}
    for file in files:
        if file.key != last:
            last, archive = file.key, _archive(cache, file.key)
        yield file, archive[file.name]
