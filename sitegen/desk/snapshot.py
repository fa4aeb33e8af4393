"""What the desk shows, read from the site's files, and remembered until one of them changes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sitegen.config.schema import Config
from sitegen.content.closed_editions import FOLDER, manifest_files, read_manifests
from sitegen.content.discover import PEOPLE, TERMS, Found, discover
from sitegen.content.dropped import DROPPED
from sitegen.content.inbox import InboxItem, inbox_files
from sitegen.desk.listing import Inbox, inbox
from sitegen.desk.under_way import desk_editions
from sitegen.engine.articles import read_documents
from sitegen.engine.editions import SiteEditions
from sitegen.engine.inbox_items import inbox_items
from sitegen.engine.site_folder import read_config
from sitegen.model.article import Document
from sitegen.model.base import Struct
from sitegen.model.site import ClosedEdition, Shown
from sitegen.site.periods import local_moment

T = TypeVar("T")
HELD_BACK = frozenset(("draft", "future"))  # what an editor sees, and readers do not
TICK = 60  # seconds for which a moment counts as the same: ages are in hours


class Settings(Struct, frozen=True):
    """What an action needs to know of a site: its settings, its editions with a file, the time."""

    root: Path
    config: Config
    closed: tuple[ClosedEdition, ...]
    moment: str

    @property
    def now(self) -> float:
        """The moment in seconds since 1970."""
        return datetime.fromisoformat(self.moment).timestamp()

    @property
    def local(self) -> str:
        """The moment as local time of the site, to the minute."""
        return local_moment(self.moment, self.config.zone)

    @property
    def closed_keys(self) -> set[str]:
        """The keys of the editions that are closed."""
        return {edition.key for edition in self.closed if edition.published}


class Snapshot(Struct, frozen=True):
    """A site at a moment: all of its articles, and its editions as an editor sees them, and as they
    are published."""

    settings: Settings
    documents: tuple[Document, ...]
    seen: SiteEditions
    published: SiteEditions


class Reader:
    """Reads a site for many requests: what has not changed is read once.

    ``moment`` returns the present one. Safe to use from several threads.
    """

    def __init__(self, root: Path, moment: Callable[[], str]) -> None:
        self.root, self.moment = root, moment
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[Any, Any]] = {}
        self._items: dict[str, InboxItem] = {}
        self._read_with: Config | None = None  # with which the items were read
        self._content = "content"

    def settings(self) -> Settings:
        """The settings as they are now. Raises SitegenError where they cannot be read."""
        with self._lock:
            return self._settings()

    def site(self) -> Snapshot:
        """The site as it is now. Raises as `settings` does."""
        with self._lock:
            return self._site()

    def inbox(self) -> Inbox:
        """What waits in the inbox now. Raises as `settings` does."""
        with self._lock:
            here = self._site()
            content = here.settings.config.content
            dropped = _mark(self.root / content / DROPPED)
            files = inbox_files(self.root, content)
            marks = (files, dropped, id(here))
            return self._remembered("inbox", marks, lambda: self._waiting(here, files))

    def _waiting(self, here: Snapshot, files: Sequence[Found]) -> Inbox:
        config, now, closed = here.settings.config, here.settings.now, here.settings.closed
        known = self._items if self._read_with == config else None
        items = inbox_items(self.root, config, known, files)
        self._items, self._read_with = {item.path: item for item in items}, config
        return inbox(self.root, config, now, here.documents, closed, items)

    def _settings(self) -> Settings:
        """The settings, read again where a file that they are read from has changed."""
        moment = self.moment()
        content = self.root / self._content
        folders = [content / PEOPLE, content / TERMS, content / FOLDER]
        files = sorted(path for folder in folders for path in folder.glob("**/*"))
        marks = tuple(_mark(path) for path in (self.root / "site.yaml", *files))
        kept = self._remembered("settings", marks, self._read_settings)
        return Settings(self.root, *kept, moment)

    def _read_settings(self) -> tuple[Config, tuple[ClosedEdition, ...]]:
        config = read_config(self.root)[0]
        self._content = config.content
        return config, read_manifests(self.root, manifest_files(self.root, config), config)[0]

    def _site(self) -> Snapshot:
        settings = self._settings()
        found, _ = discover(self.root, settings.config.content, bool(settings.config.taxonomies))
        marks = (found.articles, id(self._kept["settings"]), int(settings.now) // TICK)
        return self._remembered("site", marks, lambda: self._read_site(settings))

    def _read_site(self, settings: Settings) -> Snapshot:
        documents = read_documents(self.root)[1]
        given = (documents, settings.config, settings.closed, settings.moment)
        published = desk_editions(*given, Shown())
        is_all = HELD_BACK.isdisjoint(published.site.skipped)
        seen = published if is_all else desk_editions(*given)
        return Snapshot(settings, tuple(documents), seen, published)

    def _remembered(self, name: str, marks: Any, read: Callable[[], T]) -> T:
        kept = self._kept.get(name)
        if kept is None or kept[0] != marks:
            kept = self._kept[name] = marks, read()
        value: T = kept[1]
        return value


def _mark(path: Path) -> tuple[str, int, int, int, int]:
    """The stat of a file. Its inode counts, too: two versions may be of one size and one tick of
    the clock."""
    try:
        info = os.stat(path)
    except OSError:
        return str(path), 0, 0, 0, 0
    return str(path), info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino
