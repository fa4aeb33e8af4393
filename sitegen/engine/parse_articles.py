"""Parse articles, in worker processes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, ClassVar

import msgspec
from msgspec.structs import replace

from sitegen.base.blobs import append
from sitegen.base.diagnostics import SitegenError, fail
from sitegen.base.files import read_bytes
from sitegen.base.progress import Progress, silent
from sitegen.base.text import digest, words_of
from sitegen.config.schema import Config
from sitegen.content.article import parse, with_traits
from sitegen.content.discover import Found
from sitegen.engine.cache import ArticleRow, Cache, encode_article
from sitegen.engine.workers import Pool
from sitegen.model.article import Document, Parsed
from sitegen.model.base import Struct
from sitegen.plugins import Plugin, call, hooks

SETTLED_NS = 2_000_000_000  # a file changed this shortly before it was read may change again unseen
AT_ONCE = 500  # articles that are remembered together
TICK_NS = 50_000_000  # the same by the clock that the system sets `ctime` by

Transforms = tuple[tuple[Plugin, Callable[..., Any]], ...]


def has_settled(found: Found, now_ns: int) -> bool:
    """Whether another change of the file would show in its stat: two within one tick of a clock do
    not."""
    return found.mtime_ns < now_ns - SETTLED_NS and found.ctime_ns < now_ns - TICK_NS


def parse_articles(
    job: ParseJob, fresh: Sequence[Found], store: Cache, pool: Pool, progress: Progress = silent
) -> None:
    """Read ``fresh`` and remember it."""
    now_ns = time.time_ns()
    if pool.here:
        results = pool.run(job, fresh)
    else:  # appending to one file is safe for processes of one machine only
        results = _appended(pool.run(replace(job, texts=""), fresh), job.texts)
    rows = []
    try:
        for done, (found, row) in enumerate(zip(fresh, results, strict=True), 1):
            rows.append((found, has_settled(found, now_ns), row))
            if len(rows) >= AT_ONCE:
                store.put_articles(job.settings, rows)
                store.commit()
                rows.clear()
                progress("reading articles", done, len(fresh))
    except OSError as error:
        hint = "free some disk space or check the file permissions"
        raise fail(
            "cache", f"cannot be written: {error.strerror}", str(store.path), help=hint
        ) from None
    store.put_articles(job.settings, rows)
    store.commit()
    store.tidy_texts()


def _appended(rows: Iterator[ArticleRow], path: str) -> Iterator[ArticleRow]:
    """``rows`` with their HTML put into the file at ``path``, many at a time."""
    while some := list(islice(rows, AT_ONCE)):
        texts = [row.text for row in some]
        yield from placed([replace(row, text=b"") for row in some], texts, path)


def placed(rows: Sequence[ArticleRow], texts: Sequence[bytes], path: str) -> list[ArticleRow]:
    """``rows`` with the places of their ``texts``, which are appended to the file at ``path``."""
    places = append(path, texts)
    return [replace(row, place=place) for row, place in zip(rows, places, strict=True)]


class ParseJob(Struct, frozen=True):
    """Articles to be read below ``root``; their HTML is appended to the file ``texts``, or comes
    along where that is empty.

    ``settings`` is a digest of what parsing depends on besides an article's file.
    """

    root: str
    config: Config
    settings: str
    plugins: tuple[Plugin, ...]
    texts: str
    ITEM: ClassVar = Found
    RESULT: ClassVar = ArticleRow

    def start(self) -> Callable[[Sequence[Found]], list[ArticleRow]]:
        """From files to what is stored of each."""
        transforms = tuple(hooks(self.plugins, "transform_document"))

        def batch(files: Sequence[Found]) -> list[ArticleRow]:
            articles = [self._read(found, transforms) for found in files]
            rows = [encode_article(article) for article in articles]
            texts = [article.html.encode() for article in articles]
            if self.texts:
                return placed(rows, texts, self.texts)
            return [replace(row, text=text) for row, text in zip(rows, texts, strict=True)]

        return batch

    def _read(self, found: Found, transforms: Transforms) -> Parsed:
        try:
            data = read_bytes(f"{self.root}/{found.path}", found.path)
        except SitegenError as error:
            return Parsed(found.path, None, "", tuple(error.diagnostics))
        parsed = parse(data, found.path, self.config)
        for plugin, function in transforms:
            parsed = _transformed(parsed, plugin, function)
        if not transforms or not parsed.document:
            return parsed
        document = with_traits(parsed.document, parsed.html, self.config)
        return msgspec.structs.replace(parsed, document=document)


def _transformed(
    parsed: Parsed, plugin: Plugin, function: Callable[[Document, str], Any]
) -> Parsed:
    """The article as a plugin makes it; its problems are reported as those of the article."""
    if not parsed.document:
        return parsed
    try:
        given = call(plugin, function, parsed.document, parsed.html, met=f"reading {parsed.path}")
        if not (
            isinstance(given, tuple)
            and len(given) == 2
            and isinstance(given[0], Document)
            and isinstance(given[1], str)
        ):
            hint = "give back (document, html)"
            raise fail(
                "plugin",
                f"plugin `{plugin.name}`: `transform_document` gave back no document and HTML",
                plugin.path,
                help=hint,
            )
    except SitegenError as error:
        return replace(
            parsed, document=None, html="", diagnostics=(*parsed.diagnostics, *error.diagnostics)
        )
    document, html = given
    document = replace(document, path=parsed.path, body_digest=digest(html.encode()))
    if html != parsed.html:
        document = replace(document, words=words_of(html))
    return replace(parsed, document=document, html=html)
