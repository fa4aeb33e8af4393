"""The whole text of items of feeds: their pages, fetched politely and read by the page importer.

A page that is closed to programs, does not answer, or is behind a paywall leaves an item as its
feed has it, and says so. No page is asked for twice: an item that exists is not new any more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from sitegen.base.text import count_words
from sitegen.config.schema import Config
from sitegen.engine.workers import Pool
from sitegen.importer.fields.values import merged
from sitegen.importer.html.beyond import NOT_FREE
from sitegen.importer.input.fetch import FetchedPage, Fetcher
from sitegen.importer.input.unit import Unit
from sitegen.importer.model import Imported, Skipped
from sitegen.importer.place.placer import UNREADABLE, Placer
from sitegen.importer.read import Reading, ReadJob

_HEAD = 2 * 1024 * 1024  # bytes in which that is looked for

Read = tuple[Unit, Reading]


def with_full_text(
    batch: Sequence[Read],
    placer: Placer,
    fetcher: Callable[[], Fetcher],
    config: Config,
    pool: Pool,
) -> list[Read]:
    """``batch``, in which new items of sources with `full: true` have the text of their pages."""
    out = list(batch)
    wanted = [_page_of(unit, reading, placer, config) for unit, reading in batch]
    urls = list(dict.fromkeys(url for url in wanted if url))
    if not urls:
        return out
    pages = fetcher().pages(urls)
    units = [Unit(url, url, "html", data=pages[url].data, url=pages[url].url) for url in urls]
    readings = dict(zip(urls, pool.run(ReadJob(config), units), strict=True))
    for number, url in enumerate(wanted):
        unit, reading = out[number]
        if url and isinstance(reading.found, Imported):
            found = completed(reading.found, pages[url], readings[url][0].found)
            whole = msgspec.structs.replace(reading, found=found)
            out[number] = msgspec.structs.replace(unit, paged=True), whole
    return out


def _page_of(unit: Unit, reading: Reading, placer: Placer, config: Config) -> str:
    """The URL of the page to fetch for an item; empty if none is."""
    found = reading.found
    if not unit.outlet or not config.sources[unit.outlet].full or not isinstance(found, Imported):
        return ""
    url = found.canonical or found.source.url
    return url if url and placer.wants_page(unit, found) else ""


def completed(item: Imported, page: FetchedPage, found: Imported | Skipped | None) -> Imported:
    """An item of a feed with the text of its page, as it was ``found`` there; or with a note why
    it has not."""
    if page.reason:
        return _excerpt(item, f"its page {page.reason}")
    if NOT_FREE.search(page.data[:_HEAD].decode("utf-8", "replace")):
        return _excerpt(item, "its page is behind a paywall")
    if not isinstance(found, Imported) or any(d.startswith(UNREADABLE) for d in found.doubts):
        return _excerpt(item, "its page has no text that could be read with confidence")
    if count_words(found.body) <= count_words(item.body):
        return _excerpt(item, "its page says no more than the feed")
    return msgspec.structs.replace(
        found,
        title=item.title or found.title,
        dek=item.dek or found.dek,
        authors=item.authors or found.authors,
        credits=merged(found.credits, item.credits),
        date=item.date or found.date,
        updated=item.updated or found.updated,
        section=item.section or found.section,
        tags=tuple(dict.fromkeys((*item.tags, *found.tags))),
        summary=item.summary or found.summary,
        source=item.source,
        canonical=item.canonical,
        guid=item.guid,
        lang=item.lang or found.lang,
        doubts=(),
        extra={**found.extra, **item.extra},
    )


def _excerpt(item: Imported, why: str) -> Imported:
    """An item as its feed has it, with the reason."""
    note = f"the text is that of the feed, an excerpt: {why}"
    return msgspec.structs.replace(
        item, notes=(*item.notes, note), extra={**item.extra, "excerpt": why}
    )
