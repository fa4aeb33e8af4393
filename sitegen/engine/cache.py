"""What is remembered between builds: parsed articles and written files (sqlite, one writer), and
the file of texts next to it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import msgspec

from sitegen.base.blobs import BlobPlace, Pack, compact
from sitegen.base.makers import fingerprint
from sitegen.content.article import Parsed
from sitegen.content.discover import Found
from sitegen.model.output import Trace

SCHEMA = "8"
FEW = 500  # articles up to which each is asked for by its path
# size and times of a file, whether it had come to rest, digest of the settings
Reading = tuple[int, int, int, int, str]
SPARE = 16 << 20  # unused bytes that the file of texts may hold, besides as many as it uses
_TABLES = """
create table if not exists meta (name text primary key, value text);
create table if not exists articles (
    path text primary key, size int, mtime int, ctime int, settled int, settings text,
    start int, length int, checksum int, record blob
);
create table if not exists outputs (
    root text, path text, key text, size int, mtime int, digest text, primary key (root, path)
);
create table if not exists pages (
    root text, path text, page blob, primary key (root, path)
) without rowid;
create table if not exists bodies (
    article text, root text, path text, primary key (article, root, path)
) without rowid;
create index if not exists shown on bodies (root, path);
create table if not exists pictures (
    path text primary key, size int, mtime int, ctime int, settled int, facts blob
);
create table if not exists states (root text primary key, state blob);
create table if not exists results (name text primary key, value blob);
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
        self.rebuilt = False
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

    def remembered(self, name: str, key: str, make: Callable[[], dict[str, str]]) -> dict[str, str]:
        """The value made last time for ``key``, else a new one from ``make``."""
        row = self.db.execute("select value from meta where name=?", (name,)).fetchone()
        if row:
            last, value = msgspec.json.decode(row[0], type=tuple[str, dict[str, str]])
            if last == key:
                return value
        value = make()
        self.db.execute(
            "insert or replace into meta values (?, ?)",
            (name, msgspec.json.encode((key, value)).decode()),
        )
        return value

    def kept(self, name: str) -> bytes | None:
        """The value that `keep` was last given for ``name``."""
        row = self.db.execute("select value from results where name=?", (name,)).fetchone()
        return row[0] if row else None

    def keep(self, name: str, value: bytes) -> None:
        self.db.execute("insert or replace into results values (?,?)", (name, value))

    def articles(self) -> dict[str, Reading]:
        """Of every remembered article how its file was when it was read."""
        rows = self.db.execute("select path, size, mtime, ctime, settled, settings from articles")
        return {row[0]: row[1:] for row in rows}

    def reading(self, path: str) -> Reading | None:
        """The same of one article."""
        row = self.db.execute(
            "select size, mtime, ctime, settled, settings from articles where path=?", (path,)
        ).fetchone()
        return row if row else None

    def record(self, path: str) -> Parsed | None:
        """One remembered article, without its HTML."""
        row = self.db.execute("select record from articles where path=?", (path,)).fetchone()
        return decode_article(row[0]) if row else None

    def records(self) -> dict[str, Parsed]:
        """Every remembered article, without its HTML."""
        return {
            path: decode_article(record)
            for path, record in self.db.execute("select path, record from articles")
        }

    def generation(self) -> str:
        """A mark that differs after any process has changed what is remembered of articles."""
        row = self.db.execute("select value from meta where name='generation'").fetchone()
        return row[0] if row else ""

    def _changed(self) -> None:
        self.db.execute(
            "insert or replace into meta values ('generation', ?)", (os.urandom(12).hex(),)
        )

    def put_articles(
        self, settings: str, rows: Iterable[tuple[Found, bool, bytes, BlobPlace]]
    ) -> None:
        """Remember articles read with ``settings``: (file, settled, record, place of its HTML in
        the file of texts)."""
        values = (
            (f.path, f.size, f.mtime_ns, f.ctime_ns, settled, settings, *place, record)
            for f, settled, record, place in rows
        )
        self.db.executemany("insert or replace into articles values (?,?,?,?,?,?,?,?,?,?)", values)
        self._changed()

    def forget_articles(self, paths: Collection[str]) -> None:
        if paths:
            self.db.executemany("delete from articles where path=?", ((path,) for path in paths))
            self._changed()

    def texts(self, paths: Collection[str]) -> Texts:
        """The HTML of the articles at ``paths``."""
        query = "select path, start, length, checksum from articles"
        if len(paths) < FEW:
            rows = [
                row for path in paths for row in self.db.execute(f"{query} where path=?", (path,))
            ]
        else:
            rows = [row for row in self.db.execute(query) if row[0] in paths]
        places = {row[0]: BlobPlace(*row[1:]) for row in rows}
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

    def put_traces(self, root: str, traces: Iterable[Trace]) -> None:
        rows = ((root, t.output, t.key, t.size, t.mtime_ns, t.digest) for t in traces)
        self.db.executemany("insert or replace into outputs values (?,?,?,?,?,?)", rows)

    def forget_traces(self, root: str, paths: Iterable[str]) -> None:
        self.db.executemany(
            "delete from outputs where root=? and path=?", ((root, p) for p in paths)
        )

    def put_pages(self, root: str, pages: Iterable[tuple[str, bytes, Iterable[str]]]) -> None:
        """Remember pages that show bodies: (path below ``root``, encoded page, paths of the
        articles)."""
        rows = list(pages)
        self.db.executemany(
            "delete from bodies where root=? and path=?", ((root, path) for path, _, _ in rows)
        )
        self.db.executemany(
            "insert or replace into pages values (?,?,?)",
            ((root, path, page) for path, page, _ in rows),
        )
        links = ((article, root, path) for path, _, articles in rows for article in articles)
        self.db.executemany("insert or replace into bodies values (?,?,?)", links)

    def pages_showing(self, root: str, article: str) -> list[bytes]:
        """The encoded pages below ``root`` that show the body of ``article``."""
        query = "select page from bodies natural join pages where article=? and root=?"
        return [row[0] for row in self.db.execute(query, (article, root))]

    def page_names(self, root: str) -> list[str]:
        """The pages below ``root`` that show the body of an article."""
        return [row[0] for row in self.db.execute("select path from pages where root=?", (root,))]

    def forget_pages(self, root: str, paths: Iterable[str]) -> None:
        rows = [(root, path) for path in paths]
        self.db.executemany("delete from pages where root=? and path=?", rows)
        self.db.executemany("delete from bodies where root=? and path=?", rows)

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

    def forget_keys(self) -> None:
        """Remember no article and no page, only which files are ours (``--no-cache``)."""
        self.db.execute("delete from articles")
        self._changed()
        self.db.execute("delete from pictures")
        self.db.execute("delete from results")
        self.db.execute("update outputs set key=''")
        self.forget_states()

    def commit(self) -> None:
        self.db.commit()

    def close(self) -> None:
        self.db.close()


class Texts:
    """The HTML of articles, by their path; ``places`` says where each is in the file ``path``."""

    def __init__(self, path: str, places: dict[str, BlobPlace]) -> None:
        self.path, self.places = path, places
        self.pack: Pack | None = None  # opened where it is read: in a worker, as a rule

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
        Path(f"{path}{suffix}").unlink(missing_ok=True)


_encode = msgspec.msgpack.Encoder().encode
decode_article = msgspec.msgpack.Decoder(Parsed).decode


def encode_article(parsed: Parsed) -> tuple[bytes, bytes]:
    """An article as it is stored: its record without the HTML, and its HTML."""
    return _encode(msgspec.structs.replace(parsed, html="")), parsed.html.encode()
