"""The inbox: articles that came in and that nobody has judged, one file each in
``content/_inbox/``, which is never built.

What was read of a file is kept in the cache until the file changes.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from sitegen import __version__
from sitegen.base.diagnostics import Diagnostic, SitegenError
from sitegen.base.files import entries_of, name_problems, own_bytes, read_bytes, write_whole
from sitegen.base.text import digest, slugify
from sitegen.config.schema import Config, SourceConfig
from sitegen.content.article import parse
from sitegen.content.discover import TEXT_SUFFIXES, Found, found_file
from sitegen.model.article import Document
from sitegen.model.base import Struct

INBOX = "_inbox"  # the folder below content/
CACHE = ".sitegen-cache/inbox.msgpack"
LOCK = ".sitegen-cache/desk/lock"  # held by whoever writes or moves articles below content/
WORTH_WRITING = 20  # items read again by a program that keeps them: the cache is written for less
KEY = re.compile(r"^    key: ([0-9a-f]{16})$", re.MULTILINE)


class InboxItem(Struct, frozen=True):
    """One item: its id, its article, and the digest of its file.

    ``document`` is None where the file cannot be read; ``problems`` has the reasons then.
    """

    file: Found
    key: str
    mark: str
    document: Document | None
    problems: tuple[Diagnostic, ...] = ()

    @property
    def path(self) -> str:
        """The file's path relative to the site."""
        return self.file.path


ReadMany = Callable[[Sequence[Found]], Iterable[InboxItem]]


class _Kept(Struct, frozen=True):
    """What the cache holds: the items as ``version`` of sitegen read them with these settings."""

    settings: str
    items: dict[str, InboxItem] = {}


def is_in_inbox(path: str, content: str) -> bool:
    """Whether the file at ``path``, relative to the site, is an item of the inbox."""
    return path.startswith(f"{content}/{INBOX}/")


def inbox_files(root: Path, content: str) -> list[Found]:
    """The files of the inbox, sorted by path; links and hidden files are passed over.

    Raises SitegenError for a folder that cannot be listed.
    """
    folder = f"{content}/{INBOX}"
    found = []
    for path in entries_of(root / folder, folder):
        if path.suffix.lower() not in TEXT_SUFFIXES or path.name[0] in "._":
            continue
        with suppress(FileNotFoundError):  # picked or dropped since the folder was listed
            info = path.lstat()
            if stat.S_ISREG(info.st_mode):
                found.append(found_file(f"{folder}/{path.name}", info))
    return found


def _current(item: InboxItem | None, file: Found) -> InboxItem | None:
    """``item`` if it was read from ``file`` as it is now."""
    return item if item is not None and item.file == file else None


def _read(
    root: Path, config: Config, files: Sequence[Found], read_many: ReadMany | None
) -> Iterable[InboxItem]:
    """The items in ``files``."""
    return read_many(files) if read_many else [read_item(root, file, config) for file in files]


def read_inbox(
    root: Path,
    config: Config,
    read_many: ReadMany | None = None,
    known: Mapping[str, InboxItem] | None = None,
    files: Sequence[Found] | None = None,
) -> list[InboxItem]:
    """The items of the inbox, sorted by path; ``files`` are its files if they have been listed.

    ``known`` are items by path, read with the same settings; without them, the cache is asked.
    ``read_many`` reads the files that are new or have changed, such as in several processes.
    """
    before = _read_cache(root, config) if known is None else known
    present = inbox_files(root, config.content) if files is None else files
    items = {file.path: _current(before.get(file.path), file) for file in present}
    fresh = [file for file in present if not items[file.path]]
    items |= {item.path: item for item in _read(root, config, fresh, read_many)}
    read = {path: item for path, item in items.items() if item}
    if fresh and (known is None or len(fresh) >= WORTH_WRITING):
        _keep(root, config, read)
    return list(read.values())


def _keep(root: Path, config: Config, items: Mapping[str, InboxItem]) -> None:
    """Write ``items`` into the cache, without those whose names are a problem."""
    texts = {path: item for path, item in items.items() if not name_problems(path)}
    _write_cache(root, _Kept(_settings(config), texts))


def read_item(root: Path, file: Found, config: Config) -> InboxItem:
    """One item, read from its file. What is wrong with it is in its problems."""
    if odd := name_problems(file.path):
        return InboxItem(file, digest(os.fsencode(file.path))[:16], "", None, tuple(odd))
    try:
        data = read_bytes(root / file.path, file.path)
    except SitegenError as error:
        return InboxItem(file, "", "", None, tuple(error.diagnostics))
    return item_of(file, data, config)


def item_of(file: Found, data: bytes, config: Config) -> InboxItem:
    """The item whose file holds ``data``; one that no import wrote gets an id of its path."""
    parsed = parse(data, file.path, config)
    head = data.decode("utf-8", "replace").split("\n---\n", 1)[0]
    written = KEY.search(head)
    key = written[1] if written else digest(file.path.encode())[:16]
    return InboxItem(file, key, digest(data), parsed.document, parsed.diagnostics)


def outlet_of(document: Document, config: Config) -> tuple[str, SourceConfig | None]:
    """The source of site.yaml whose feed an item came from, with its key."""
    name = document.source.name
    found = ((key, s) for key, s in config.sources.items() if s.feed and s.name == name)
    return next(found, ("", None))


def _read_cache(root: Path, config: Config) -> dict[str, InboxItem]:
    try:
        kept = msgspec.msgpack.decode(own_bytes(root / CACHE), type=_Kept)
    except (OSError, msgspec.DecodeError):
        return {}
    return kept.items if kept.settings == _settings(config) else {}


def _write_cache(root: Path, kept: _Kept) -> None:
    try:
        write_whole(root / CACHE, msgspec.msgpack.encode(kept))
    except OSError:  # only speed is lost
        return


def home_section(document: Document, config: Config) -> str:
    """The section that an item goes to once it is picked: its own, else the first of the site."""
    section = slugify(document.section) if document.section else ""
    if section and section != slugify(INBOX):
        return section
    return next(iter(config.sections), "news")


def _settings(config: Config) -> str:
    """A digest of all that decides how a file is read."""
    rights: Mapping[str, object] = {
        key: (s.name, s.home, s.rights, s.words, s.license, s.notice)
        for key, s in config.sources.items()
    }
    parts = (
        __version__,
        config.content,
        config.base_url,
        config.timezone,
        config.language,
        config.markdown,
        config.sections,
        config.taxonomies,
        config.topics,
        rights,
    )
    return digest(msgspec.json.encode(parts))
