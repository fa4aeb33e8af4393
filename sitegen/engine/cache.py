"""What is remembered between builds: parsed articles and written files (sqlite, one writer), and
the file of texts next to it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from sitegen.base.blobs import BlobPlace, Pack, compact
from sitegen.base.diagnostics import Diagnostic
from sitegen.base.files import remove_own
from sitegen.base.makers import fingerprint
from sitegen.content.discover import Found
from sitegen.model.article import Document, Parsed
from sitegen.model.base import Struct
from sitegen.model.output import Trace
from sitegen.site.outline import outline
from sitegen.site.twins import shared_by_twins

SCHEMA = "10"
FEW = 500  # articles up to which each is asked for by its path
# size and times of a file, whether it had come to rest, digest of the settings
Reading = tuple[int, int, int, int, str]
SPARE = 16 << 20  # unused bytes that the file of texts may hold, besides as many as it uses
_TABLES = """
create table if not exists meta (name text primary key, value text);
create table if not exists articles (
    path text primary key, size int, mtime int, ctime int, settled int, settings text,
    start int, length int, checksum int, record blob, outline blob, problems blob
);
create table if not exists shared (
    key int, path text, primary key (key, path)
) without rowid;
create table if not exists outputs (
    root text, path text, key text, size int, mtime int, digest text, primary key (root, path)
);
create table if not exists owners (
    root text, family text, path text, url text, changed text, primary key (root, family, path)
) without rowid;
create index if not exists owned on owners (root, path);
create table if not exists pictures (
    path text primary key, size int, mtime int, ctime int, settled int, facts blob
);
create table if not exists states (root text primary key, state blob);
create table if not exists manifests (root text primary key, mark text);
create table if not exists indexes (root text primary key, mark text, value blob);
create table if not exists cards (path text primary key, card blob) without rowid;
create table if not exists derived (
    kind text, key text, value blob, primary key (kind, key)
) without rowid;
"""


def _schema() -> str:
    """What a cache depends on: its tables, and the versions of all that makes the bytes whose keys
    it holds."""
    return f"{SCHEMA} {fingerprint()}"


class Cache:
    """The build's memory.

    It is rebuilt when another version wrote it or it is damaged: only time is lost.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self.rebuilt = path.exists() and not path.is_file()
        if self.rebuilt:
            drop(path)
        try:
            self.db = self._open()
        except sqlite3.DatabaseError as error:
            if any(
                sign in str(error) for sign in ("unable to open", "disk I/O", "full", "readonly")
            ):
                raise  # the disk's fault, not the file's
            self.rebuilt = True
            drop(path)
            self.db = self._open()

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=60)
        db.executescript(
            "pragma page_size=16384; pragma journal_mode=truncate; pragma synchronous=off;"
            + _TABLES
        )
        schema = db.execute("select value from meta where name='schema'").fetchone()
        if schema is None:
            db.execute("insert into meta values ('schema', ?)", (_schema(),))
            db.commit()
        elif schema[0] != _schema():
            db.close()
            raise sqlite3.DatabaseError("another version")
        return db

    def derived(
        self, kind: str, keys: Mapping[str, str], make: Callable[[str], bytes]
    ) -> dict[str, bytes]:
        """A value for each name in ``keys``: the last one that was made for the same key, else a
        new one from ``make``. Values of this ``kind`` with other keys are dropped."""
        rows = self.db.execute("select key, value from derived where kind=?", (kind,))
        known = dict(rows.fetchall())
        out = {name: known[key] if key in known else make(name) for name, key in keys.items()}
        new = {keys[name]: value for name, value in out.items()}
        if new != known:
            self.db.execute("delete from derived where kind=?", (kind,))
            self.db.executemany(
                "insert into derived values (?,?,?)", ((kind, *row) for row in new.items())
            )
        return out

    def articles(self) -> dict[str, Reading]:
        """Of every remembered article how its file was when it was read."""
        rows = self.db.execute("select path, size, mtime, ctime, settled, settings from articles")
        return {row[0]: row[1:] for row in rows}

    def record(self, path: str) -> Parsed | None:
        """One remembered article, without its HTML."""
        return _record(self.db, path)

    def card(self, path: str) -> bytes | None:
        """The card of an article as `keep_card` was given it in this build."""
        return _card(self.db, path)

    def keep_card(self, path: str, card: bytes) -> None:
        """Keep the card of an article for the rest of this build, and the processes of it."""
        self.db.execute("insert or replace into cards values (?,?)", (path, card))

    def keep_cards(self, cards: Mapping[str, bytes]) -> None:
        """Keep the cards of articles, by their paths."""
        self.db.executemany("insert or replace into cards values (?,?)", cards.items())

    def forget_cards(self) -> None:
        """Keep no card: those of this build may be others."""
        self.db.execute("delete from cards")

    def documents(self) -> Iterator[Document]:
        """Every article that can be read, sorted by path."""
        for (data,) in self.db.execute("select record from articles order by path"):
            if document := decode_article(data).document:
                yield document

    def outlines(self) -> Iterator[Document]:
        """The outline (`site/outline.py`) of every article that can be read, sorted by path."""
        query = "select outline from articles where outline is not null order by path"
        known: dict[Any, Any] = {}
        for (data,) in self.db.execute(query):
            yield _sharing(decode_document(data), known)

    def outline(self, path: str) -> Document | None:
        """The outline of one article, if it can be read."""
        row = self.db.execute("select outline from articles where path=?", (path,)).fetchone()
        return decode_document(row[0]) if row and row[0] else None

    def problems(self) -> list[Diagnostic]:
        """What is wrong with articles, sorted by path."""
        decode = msgspec.msgpack.Decoder(tuple[Diagnostic, ...]).decode
        query = "select problems from articles where problems is not null order by path"
        return [problem for (data,) in self.db.execute(query) for problem in decode(data)]

    def sharing(self, document: Document) -> set[str]:
        """The paths of the articles that have something of what twins have in common with
        ``document``."""
        query = "select path from shared where key=?"
        rows = (self.db.execute(query, (key,)) for key in shared_by_twins(document))
        return {path for found in rows for (path,) in found} - {document.path}

    def put_articles(self, settings: str, rows: Iterable[tuple[Found, bool, ArticleRow]]) -> None:
        """Remember articles read with ``settings``, and whether their files had settled.

        What was published is forgotten: it was made from other articles.
        """
        self.forget_states()
        rows = list(rows)
        self._forget_shared(f.path for f, _, _ in rows)
        values = (
            (f.path, f.size, f.mtime_ns, f.ctime_ns, settled, settings, *row.place, *row.columns)
            for f, settled, row in rows
        )
        self.db.executemany(
            "insert or replace into articles values (?,?,?,?,?,?,?,?,?,?,?,?)", values
        )
        keys = sorted((key, f.path) for f, _, row in rows for key in row.shared)
        self.db.executemany("insert or replace into shared values (?,?)", keys)

    def forget_articles(self, paths: Collection[str]) -> None:
        """Forget the articles at ``paths``, and what was published of them."""
        if paths:
            self.forget_states()
            self._forget_shared(paths)
            self.db.executemany("delete from articles where path=?", ((path,) for path in paths))

    def _forget_shared(self, paths: Iterable[str]) -> None:
        """Forget what the articles at ``paths`` shared, as their outlines say."""
        outlines = filter(None, map(self.outline, paths))
        rows = [(key, d.path) for d in outlines for key in shared_by_twins(d)]
        self.db.executemany("delete from shared where key=? and path=?", rows)

    def texts(self, paths: Collection[str]) -> Texts:
        """The HTML of the articles at ``paths``."""
        query = "select path, start, length, checksum from articles"
        if len(paths) < FEW:
            found = (self.db.execute(f"{query} where path=?", (path,)) for path in paths)
            rows = list(chain.from_iterable(found))
        else:
            rows = [row for row in self.db.execute(query) if row[0] in paths]
        places = {path: BlobPlace(*place) for path, *place in rows}
        return Texts(texts_path(self.path), places)

    def tidy_texts(self) -> None:
        """Drop what is no longer used from the file of texts, once that is more than what is."""
        path = texts_path(self.path)
        size = os.path.getsize(path) if os.path.exists(path) else 0
        row = self.db.execute("select value from meta where name='texts'").fetchone()
        if size <= (int(row[0]) if row else SPARE):
            return
        rows = self.db.execute("select path, start, length, checksum from articles").fetchall()
        live = sum(row[2] for row in rows)
        if size > 2 * live + SPARE:
            places = compact(path, (BlobPlace(*row[1:]) for row in rows))
            updates = ((*place, row[0]) for row, place in zip(rows, places, strict=True))
            self.db.executemany(
                "update articles set start=?, length=?, checksum=? where path=?", updates
            )
        self.db.execute("insert or replace into meta values ('texts', ?)", (str(2 * live + SPARE),))
        self.db.commit()

    def traces(self, root: str) -> dict[str, Trace]:
        """The files known below output folder ``root``."""
        rows = self.db.execute(
            "select path, key, size, mtime, digest from outputs where root=?", (root,)
        )
        return {row[0]: Trace(*row) for row in rows}

    def outputs(self, root: str) -> set[str]:
        """The names of the files known below output folder ``root``."""
        rows = self.db.execute("select path from outputs where root=?", (root,))
        return {path for (path,) in rows}

    def put_traces(self, root: str, traces: Iterable[Trace]) -> None:
        rows = ((root, t.output, t.key, t.size, t.mtime_ns, t.digest) for t in traces)
        self.db.executemany("insert or replace into outputs values (?,?,?,?,?,?)", rows)

    def forget_traces(self, root: str, paths: Iterable[str]) -> None:
        self.db.executemany(
            "delete from outputs where root=? and path=?", ((root, p) for p in paths)
        )

    def manifest(self, root: str) -> str:
        """The digest of the manifest that lists all files known below ``root``, as `put_manifest`
        was given it."""
        row = self.db.execute("select mark from manifests where root=?", (root,)).fetchone()
        return row[0] if row else ""

    def put_manifest(self, root: str, mark: str) -> None:
        self.db.execute("insert or replace into manifests values (?,?)", (root, mark))

    def put_owners(
        self,
        root: str,
        rows: Iterable[tuple[str, str, str | None, str | None]],
        families: Collection[str] | None,
    ) -> None:
        """Remember which family each output belongs to: (family, path below ``root``, URL in the
        sitemap, when it was last changed), in the place of what was known of ``families``, or of
        all."""
        if families is None:
            self.db.execute("delete from owners where root=?", (root,))
        else:
            self.db.executemany(
                "delete from owners where root=? and family=?", ((root, f) for f in families)
            )
        self.db.executemany(
            "insert or replace into owners values (?,?,?,?,?)", ((root, *row) for row in rows)
        )

    def owned(self, root: str, family: str) -> list[tuple[str, str | None, str | None]]:
        """The outputs of ``family`` below ``root``: (path, URL in the sitemap, last change)."""
        query = "select path, url, changed from owners where root=? and family=?"
        return self.db.execute(query, (root, family)).fetchall()

    def all_owned(self, root: str) -> list[tuple[str, str]]:
        """Every output below ``root`` with each family that it belongs to: (family, path)."""
        query = "select family, path from owners where root=? order by path, family"
        return self.db.execute(query, (root,)).fetchall()

    def families(self, root: str, name: str) -> list[str]:
        """The families called ``name`` that have outputs below ``root``."""
        query = "select distinct family from owners where root=? and family glob ?"
        return [row[0] for row in self.db.execute(query, (root, f'[[]"{name}",*'))]

    def owners(self, root: str, path: str) -> list[str]:
        """The families that the output ``path`` below ``root`` belongs to."""
        query = "select family from owners where root=? and path=?"
        return [row[0] for row in self.db.execute(query, (root, path))]

    def article_pages(self, root: str) -> list[str]:
        """The HTML files below ``root`` that belong to one article."""
        query = (
            "select path from owners where root=? and path like '%.html'"
            " and family glob '[[]\"article\",*'"
        )
        return [row[0] for row in self.db.execute(query, (root,))]

    def entries(self, root: str) -> list[tuple[str, str, str]]:
        """All that the sitemap below ``root`` holds: (family, URL, last change)."""
        query = "select family, url, changed from owners where root=? and url is not null"
        return self.db.execute(query, (root,)).fetchall()

    def images(self) -> dict[str, tuple[int, int, int, int, bytes]]:
        """Path -> (size, mtime_ns, ctime_ns, settled, encoded facts)."""
        rows = self.db.execute("select path, size, mtime, ctime, settled, facts from pictures")
        return {row[0]: row[1:] for row in rows}

    def put_images(self, rows: Iterable[tuple[Found, bool, bytes]]) -> None:
        """Remember images: (file, settled, encoded facts)."""
        values = (
            (f.path, f.size, f.mtime_ns, f.ctime_ns, settled, facts) for f, settled, facts in rows
        )
        self.db.executemany("insert or replace into pictures values (?,?,?,?,?,?)", values)

    def forget_images(self, paths: Iterable[str]) -> None:
        self.db.executemany("delete from pictures where path=?", ((path,) for path in paths))

    def state(self, root: str) -> bytes | None:
        """What `put_state` was given for ``root``, unless an article has been read since."""
        row = self.db.execute("select state from states where root=?", (root,)).fetchone()
        return row[0] if row else None

    def put_state(self, root: str, state: bytes) -> None:
        self.db.execute("insert or replace into states values (?,?)", (root, state))

    def forget_states(self) -> None:
        self.db.execute("delete from states")

    def index(self, root: str, mark: str) -> bytes | None:
        """The index that `put_index` was last given for ``root``, if it has this ``mark``."""
        query = "select value from indexes where root=? and mark=?"
        row = self.db.execute(query, (root, mark)).fetchone()
        return row[0] if row else None

    def has_index(self, root: str, mark: str) -> bool:
        """Whether `index` gives one."""
        query = "select 1 from indexes where root=? and mark=?"
        return self.db.execute(query, (root, mark)).fetchone() is not None

    def put_index(self, root: str, mark: str, value: bytes) -> None:
        self.db.execute("insert or replace into indexes values (?,?,?)", (root, mark, value))

    def forget_keys(self) -> None:
        """Remember no article and no page, only which files are ours (``--no-cache``)."""
        for table in ("articles", "shared", "pictures", "derived", "owners", "indexes"):
            self.db.execute(f"delete from {table}")
        self.db.execute("update outputs set key=''")
        self.forget_states()

    def commit(self) -> None:
        self.db.commit()

    def close(self) -> None:
        self.db.close()


class Records:
    """The articles of the cache at ``path``, for a process that only reads them."""

    def __init__(self, path: str) -> None:
        self.db = sqlite3.connect(Path(path).absolute().as_uri() + "?mode=ro", uri=True, timeout=60)
        self.made: dict[str, bytes] = {}

    def record(self, path: str) -> Parsed | None:
        """One article, without its HTML."""
        return _record(self.db, path)

    def card(self, path: str) -> bytes | None:
        """The card of an article, if the build has made it."""
        return _card(self.db, path)

    def keep_card(self, path: str, card: bytes) -> None:
        """Keep the card of an article for `new_cards`: the cache has one writer."""
        self.made[path] = card

    def new_cards(self) -> dict[str, bytes]:
        """The cards that have been kept since the last call."""
        made, self.made = self.made, {}
        return made


def _sharing(document: Document, known: dict[Any, Any]) -> Document:
    """``document`` with the values in ``known`` that it has, too: many articles have the same
    tags, authors and sources, and all outlines are in memory at once."""

    def once(value: Any) -> Any:
        return known.setdefault(value, value)

    return msgspec.structs.replace(
        document,
        section=once(document.section),
        authors=tuple(map(once, document.authors)),
        tags=tuple(map(once, document.tags)),
        source=once(document.source),
        rights=once(document.rights),
        links=tuple(map(once, document.links)),
        assets=tuple(map(once, document.assets)),
    )


def _card(db: sqlite3.Connection, path: str) -> bytes | None:
    row = db.execute("select card from cards where path=?", (path,)).fetchone()
    return row[0] if row else None


def _record(db: sqlite3.Connection, path: str) -> Parsed | None:
    row = db.execute("select record from articles where path=?", (path,)).fetchone()
    return decode_article(row[0]) if row else None


class Texts:
    """The HTML of articles, by their path; ``places`` says where each is in the file ``path``."""

    def __init__(self, path: str, places: dict[str, BlobPlace]) -> None:
        self.path, self.places = path, places
        self.pack: Pack | None = None  # opened where it is read: in a worker, as a rule

    def as_plain(self) -> tuple[str, dict[str, BlobPlace]]:
        """The texts as a value that travels to another machine."""
        return self.path, self.places

    @classmethod
    def from_plain(cls, plain: tuple[str, dict[str, Sequence[int]]]) -> Texts:
        """The texts of what `as_plain` gave."""
        path, places = plain
        return cls(path, {name: BlobPlace(*place) for name, place in places.items()})

    def __call__(self, path: str) -> str:
        place = self.places.get(path)
        if place is None:
            return ""
        if self.pack is None:
            self.pack = Pack(self.path)
        return self.pack.read(place).decode()

    def __enter__(self) -> Texts:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pack:
            self.pack.close()
            self.pack = None


def texts_path(store: Path) -> str:
    """The file of texts that belongs to the cache at ``store``."""
    return f"{store}.texts"


def drop(path: Path) -> None:
    """Remove the cache at ``path``."""
    for suffix in ("", "-journal", ".texts"):
        remove_own(Path(f"{path}{suffix}"))


_encode = msgspec.msgpack.Encoder().encode
decode_article = msgspec.msgpack.Decoder(Parsed).decode
decode_document = msgspec.msgpack.Decoder(Document).decode


class ArticleRow(Struct, frozen=True):
    """An article as it is stored: its record without the HTML, its outline, if it can be read, and
    its diagnostics, if there are any; what it shares with its twins; the place of its HTML in the
    file of texts, or the HTML where it is still to be put there."""

    record: bytes
    outline: bytes | None
    problems: bytes | None
    shared: tuple[int, ...]
    place: BlobPlace = BlobPlace(0, 0, 0)
    text: bytes = b""

    @property
    def columns(self) -> tuple[bytes | None, ...]:
        return self.record, self.outline, self.problems


def encode_article(parsed: Parsed) -> ArticleRow:
    """An article as it is stored, without the place of its HTML."""
    document = parsed.document
    return ArticleRow(
        _encode(msgspec.structs.replace(parsed, html="")),
        _encode(outline(document)) if document else None,
        _encode(parsed.diagnostics) if parsed.diagnostics else None,
        shared_by_twins(document) if document else (),
    )
