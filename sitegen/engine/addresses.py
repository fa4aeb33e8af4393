"""Recording the URLs of a built site in `addresses.tsv`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from sitegen.base.diagnostics import Diagnostic, SitegenError
from sitegen.base.files import write_whole
from sitegen.base.groups import grouped
from sitegen.base.urls import comparable_url
from sitegen.config.schema import Config
from sitegen.content.addresses import (
    ADDRESSES,
    GONE,
    OLD,
    TO,
    Address,
    format_addresses,
    read_addresses,
)
from sitegen.engine.cache import Cache
from sitegen.engine.families import family_key
from sitegen.engine.output import State, last_state
from sitegen.engine.site_folder import in_site
from sitegen.model.article import Document
from sitegen.model.base import Struct
from sitegen.model.output import Key
from sitegen.model.site import Site
from sitegen.pages.feeds import moved_feeds
from sitegen.pages.lists import output_path
from sitegen.pages.moved import MOVED
from sitegen.site.addresses import FEED, article_mark, list_id, list_mark
from sitegen.site.index import SiteIndex
from sitegen.site.resolve import document_url, finished, former_urls, known_names

# Families whose outputs readers link to or subscribe to, and that are called by their own name.
_NAMED = frozenset(
    "front article month year terms corrections edition editions issue story search plugins".split()
)
_ASSETS = "assets/"  # whose names have a digest: a share card is another one after each edit
_RECORDS = "ninjs.json"  # what the names of records for machines end with


class Redirects(Struct, frozen=True):
    """Where URLs that were published before lead, and those that are gone; paths below the
    site."""

    pairs: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()


class Recording(Struct, frozen=True):
    """The rows that the file has, and those that it is to have."""

    before: tuple[Address, ...]
    rows: tuple[Address, ...]

    @property
    def new(self) -> tuple[str, ...]:
        """The URLs that are recorded for the first time."""
        known = {row.path for row in self.before}
        return tuple(row.path for row in self.rows if row.path not in known)

    @property
    def ended(self) -> tuple[str, ...]:
        """The URLs that become tombstones."""
        known = {row.path for row in self.before if row.kind == GONE}
        return tuple(row.path for row in self.rows if row.kind == GONE and row.path not in known)

    @property
    def differs(self) -> bool:
        """Whether the file is to be written."""
        return format_addresses(self.before) != format_addresses(self.rows)


def recording(root: Path, output: Path, day: str, accept: bool = False) -> Recording:
    """What `addresses.tsv` is to hold after the site at ``root`` has been built to ``output``.

    New URLs get the date ``day``. With ``accept``, those that lead nowhere become tombstones.
    Raises SitegenError for a file that cannot be read.
    """

    def read(store: Cache, _: list[Diagnostic]) -> Recording:
        before, problems = read_addresses(root)
        if problems:
            raise SitegenError(problems)
        state = last_state(store, output)
        if state is None:
            return Recording(before, before)
        outputs = frozenset(store.traces(str(output)))
        rows = _dated(before, _present(store, output, state), day)
        if accept:
            present = outputs | {output_path(url) for url in state.moved}
            rows |= {row.path: _ended(row) for row in _lost(rows.values(), present)}
        return Recording(before, tuple([rows[path] for path in sorted(rows)]))

    return in_site(root, read)


def _dated(before: Iterable[Address], present: Iterable[Address], day: str) -> dict[str, Address]:
    """The URLs of ``before`` and those that are ``present``, by their paths; new ones date from
    ``day``."""
    rows = {row.path: row for row in before}
    for row in present:
        since = rows[row.path].since if row.path in rows else day
        rows[row.path] = replace(row, since=since)
    return rows


def with_old_urls(
    found: Recording, old: Iterable[Address], day: str, owners: Mapping[str, Document]
) -> Recording:
    """``found`` with the URLs of another program's site, but for those that are known already;
    ``owners`` are the articles by the URLs of their originals (`by_original`)."""
    rows = {row.path: row for row in found.rows}
    for row in old:
        known = rows.get(row.path)
        if known is None or known.kind == OLD:
            rows[row.path] = _owned(row, known.since if known else day, owners)
    return replace(found, rows=tuple([rows[path] for path in sorted(rows)]))


def _owned(row: Address, day: str, owners: Mapping[str, Document]) -> Address:
    """A row of an old site with what is known to have been there."""
    if row.kind != OLD:
        return replace(row, since=day)
    document = owners.get(comparable_url(row.id))
    if document is None:
        return replace(row, id=row.path, since=day)
    return Address(row.path, document.kind, document.path, day, article_mark(document))


def by_original(root: Path) -> dict[str, Document]:
    """The articles of the site at ``root`` by the URL where each was first published; of several
    with one URL none."""

    def read(store: Cache, _: list[Diagnostic]) -> dict[str, Document]:
        found = grouped(
            (comparable_url(url), outline)
            for outline in store.outlines()
            for url in {outline.canonical, outline.source.url} - {""}
        )
        return {url: owners[0] for url, owners in found.items() if len(owners) == 1}

    return in_site(root, read)


def redirects_of(root: Path, output: Path, config: Config) -> Redirects:
    """The redirects and tombstones of the site as it was last built to ``output``."""

    def read(store: Cache, _: list[Diagnostic]) -> Redirects:
        state = last_state(store, output)
        site = _indexed(store, output, state) if state else None
        if not state or not site:
            return Redirects()
        documents = _finished(store, site, config)
        return _redirects(documents, config, state.moved, moved_feeds(site, config))

    return in_site(root, read)


def _redirects(
    documents: Iterable[Document],
    config: Config,
    moved: Mapping[str, str],
    feeds: Mapping[str, str],
) -> Redirects:
    """The redirects and tombstones of ``documents``, of URLs that have ``moved``, and of
    ``feeds``."""
    pairs = {old: new for old, new in moved.items() if new}
    gone = [old for old, new in moved.items() if not new]
    for document in documents:
        url = document_url(document, config)
        aliases = former_urls(document, url)
        if document.gone:
            gone += [url, *aliases]
        else:
            pairs |= dict.fromkeys(aliases, url)
    pairs |= feeds
    return Redirects(tuple(sorted(pairs.items())), tuple(sorted(gone)))


def _finished(store: Cache, site: Site, config: Config) -> Iterator[Document]:
    """The outlines of the published articles, with all their aliases."""
    names, published = known_names(config), frozenset(site.paths)
    for outline in store.outlines():
        if outline.path in published:
            yield finished(outline, site.facts, config, names)


def write_recording(root: Path, found: Recording) -> None:
    """Write `addresses.tsv`, if it changes."""
    if found.differs:
        write_whole(root / ADDRESSES, format_addresses(found.rows).encode())


def _lost(rows: Iterable[Address], outputs: frozenset[str]) -> list[Address]:
    return [row for row in rows if row.kind != GONE and output_path(row.path) not in outputs]


def _ended(row: Address) -> Address:
    return Address(row.path, GONE, "", row.since)


def _present(store: Cache, output: Path, state: State) -> Iterator[Address]:
    """The URLs of the built site with what each shows."""
    site = _indexed(store, output, state)
    if site is None:
        return
    marks = _marks(store, site)
    for family, path in store.all_owned(str(output)):
        named = _named(family_key(family))
        if named and not path.startswith(_ASSETS) and not path.endswith(_RECORDS):
            kind, id = named
            url = f"/{path.removesuffix('index.html')}"
            yield Address(url, kind, id, "", marks.get(f"{kind}/{id}", ""))


def _indexed(store: Cache, output: Path, state: State) -> Site | None:
    """The site as it was last built to ``output``, without its articles."""
    data = store.index(str(output), state.index)
    return msgspec.msgpack.decode(data, type=SiteIndex).site if data else None


def _marks(store: Cache, site: Site) -> Mapping[str, str]:
    """By what each article and list is recognised, by kind and id."""
    outlines = {outline.path: outline for outline in store.outlines()}
    documents = [outlines[path] for path in site.paths]
    out = {f"article/{d.path}": article_mark(d) for d in documents}
    return out | {list_id(x): list_mark(x, documents) for x in site.listings}


def _named(key: Key) -> tuple[str, str] | None:
    """The kind and the id of what a family shows; None where nobody links to it."""
    name, *parts = key
    if name == "list":
        return str(parts[0]), str(parts[1])
    if name == FEED:
        return FEED, f"{parts[0]}/{parts[1]}"
    if name == "edition feed":
        return FEED, "/".join(filter(None, ("edition", str(parts[0]))))
    if name == MOVED:
        return None if parts[0] in (GONE, TO) else (str(parts[0]), str(parts[1]))
    if name in _NAMED:
        return str(name), str(parts[0]) if parts else ""
    return None
