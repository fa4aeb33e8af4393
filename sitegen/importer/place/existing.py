"""What a site holds already: articles by what makes them the same, and which URLs are taken."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from sitegen.base.diagnostics import SitegenError
from sitegen.base.files import files_below, folded_name, read_bytes
from sitegen.base.text import digest, slugify
from sitegen.base.urls import comparable_url, site_of
from sitegen.content.discover import PAGES
from sitegen.importer.fields.values import zone_of
from sitegen.importer.model import Imported
from sitegen.model.base import Struct

_KEY = re.compile(r"^    key: ([0-9a-f]{16})$", re.MULTILINE)
_CANONICAL = re.compile(r"^canonical: \"?(https?://[^\s\"]{4,2000})", re.MULTILINE)
_TITLE = re.compile(r"^title: (.+)$", re.MULTILINE)
_SOURCE = re.compile(r"^source:\n  name: (.+)$", re.MULTILINE)
_FIELD = re.compile(r"^(section|slug|date): \"?([^\"\n]{1,300}?)\"?[ \t]*$", re.MULTILINE)
_ALIASES = re.compile(r"^aliases:[ \t]*(\[.*\]|(?:\n[ \t]*- .*)+)", re.MULTILINE)
_ALIAS = re.compile(r"/[^\s\"',\]]*")
_DATED = re.compile(r"^\d{4}-\d{2}-\d{2}-")


class KnownArticle(Struct, frozen=True):
    """An article in the site."""

    path: str
    text: str


class Holdings:
    """The articles below the content folder of ``root``."""

    def __init__(
        self,
        root: Path,
        content: str,
        permalink: str = "{section}/{year}/{month}/{day}/{slug}",
        zone: str = "",
    ) -> None:
        self.permalink, self.zone = permalink, zone_of(zone)
        self.pages = f"{content}/{PAGES}"
        self.addresses: dict[str, str] = {}  # of articles, by the permalink: which file has it
        self.aliases: dict[str, str] = {}  # old URLs, as `_folded` makes them: whose they are
        self.by_key: dict[str, KnownArticle] = {}
        self.by_url: dict[str, KnownArticle] = {}
        self.by_event: dict[str, KnownArticle] = {}  # source, moment and headline
        self.paths: set[str] = set()
        self.folders: set[str] = set()
        for path in files_below(root / content, content)[0]:
            if path.suffix.lower() not in (".md", ".markdown"):
                continue
            shown = path.relative_to(root).as_posix()
            self.paths.add(shown)
            try:
                text = read_bytes(path, shown).decode("utf-8")
            except (SitegenError, UnicodeDecodeError):
                continue
            self.add(shown, text)

    def add(self, shown: str, text: str) -> None:
        """Note an article that exists or has just been written."""
        self.paths.add(shown)
        self.folders.add(shown.split("/")[-2])
        head = text.split("\n---\n", 1)[0]
        known = KnownArticle(shown, text)
        if match := _KEY.search(head):
            _note(self.by_key, match[1], known)
        if found := _CANONICAL.search(head):
            _note(self.by_url, comparable_url(found[1]), known)
        if event := _event_of(head):
            self.by_event.setdefault(event, known)
        fields = dict(_FIELD.findall(head))
        name = shown.rpartition("/")[2].removesuffix(".md")
        dated = _DATED.match(name)
        date = fields.get("date") or (name[:10] if dated else "")
        address = self._address(
            fields.get("section") or shown.split("/")[-2],
            date,
            fields.get("slug") or _DATED.sub("", name),
        )
        self.addresses.setdefault(address, shown)
        if written := _ALIASES.search(head):
            for alias in _ALIAS.findall(written[1]):
                self.aliases.setdefault(_folded(alias), shown)

    def _address(self, section: str, date: str, slug: str) -> str:
        """Where an article is in the site, by the permalink."""
        day = date[:10]
        try:
            moment = datetime.fromisoformat(date)
            day = moment.astimezone(self.zone).date().isoformat() if moment.tzinfo else day
        except (ValueError, OverflowError):
            pass
        return self.permalink.format(
            section=slugify(section),
            year=day[:4],
            month=day[5:7],
            day=day[8:10],
            slug=slugify(slug),
        )

    def replace(self, shown: str, text: str) -> None:
        """Note that an article has been rewritten."""
        head = text.split("\n---\n", 1)[0]
        if match := _KEY.search(head):
            self.by_key[match[1]] = KnownArticle(shown, text)
        if found := _CANONICAL.search(head):
            self.by_url[comparable_url(found[1])] = KnownArticle(shown, text)
        if event := _event_of(head):
            self.by_event[event] = KnownArticle(shown, text)
        self.add(shown, text)

    def forget(self, shown: str) -> None:
        """Note that a file is gone."""
        self.paths.discard(shown)
        for known in (self.by_key, self.by_url, self.by_event):
            for name in [name for name, article in known.items() if article.path == shown]:
                del known[name]
        for urls in (self.addresses, self.aliases):
            for url in [url for url, path in urls.items() if path == shown]:
                del urls[url]

    def find(self, found: Imported) -> tuple[str, KnownArticle | None]:
        """(identity, the existing article of that identity)."""
        key = identity(found)
        known = self.by_url.get(comparable_url(found.canonical)) if found.canonical else None
        known = known or self.by_key.get(key)
        if known is None and (moved := self._moved(found)):
            return moved
        if (
            known is not None
            and not found.canonical
            and not found.guid
            and not _alike(known.text, found.body)
        ):
            # The same headline on the same day over another text: a different article.
            key = digest(key.encode(), found.body.encode())[:16]
            known = self.by_key.get(key)
        return key, known

    def _moved(self, found: Imported) -> tuple[str, KnownArticle] | None:
        """(identity, article) of the item of a feed that its source has given another URL: what
        one source publishes at one moment under one headline is one article."""
        if not (found.canonical and found.guid):
            return None
        known = self.by_event.get(_event(found.source.name, found.date, found.title))
        head = known.text.split("\n---\n", 1)[0] if known else ""
        key, url = _KEY.search(head), _CANONICAL.search(head)
        if known is None or key is None or url is None:
            return None
        return (key[1], known) if site_of(url[1]) == site_of(found.canonical) else None

    def address(self, shown: str, date: str) -> str:
        """The URL path of an article that is written to the file ``shown`` with no slug of its
        own."""
        folder, _, name = shown.rpartition("/")
        return self._address(
            folder.rpartition("/")[2], date, _DATED.sub("", name).removesuffix(".md")
        )

    def at(self, path: str) -> str:
        """The file whose URL is ``path``; empty where there is none."""
        bare = path.strip("/")
        page = f"{self.pages}/{bare}.md"
        if page in self.paths:
            return page
        forms = (bare, f"{bare}/", f"/{bare}", f"/{bare}/")
        return next((self.addresses[form] for form in forms if form in self.addresses), "")

    def alias_of(self, path: str) -> str:
        """The file that has ``path`` among its aliases; empty where none has."""
        return self.aliases.get(_folded(path), "")

    def taken(self, shown: str, date: str) -> bool:
        """Whether another article has this file, undated name, or URL in the site."""
        folder, _, name = shown.rpartition("/")
        undated = f"{folder}/{_DATED.sub('', name)}"
        address = self.address(shown, date)
        return (
            shown in self.paths
            or undated in self.paths
            or address in self.addresses
            or bool(self.alias_of(address))
        )


def _folded(path: str) -> str:
    """A path of a URL as it is compared: two that differ in case only have one file."""
    return folded_name(unquote(path)).strip("/")


def _note(known: dict[str, KnownArticle], key: str, article: KnownArticle) -> None:
    """Note an article by ``key``: the first one, but rather one of the site than one that waits
    in `_inbox` or `_quarantine`."""
    first = known.setdefault(key, article)
    if "/_" in first.path and "/_" not in article.path:
        known[key] = article


def _event(source: str, date: str, title: str) -> str:
    """What the articles of one source, moment and headline have in common; empty where one of
    these is not known to the minute."""
    words = " ".join(re.findall(r"\w+", title.casefold()))
    return f"{source.strip()}\n{date}\n{words}" if source and words and "T" in date else ""


def _event_of(head: str) -> str:
    """The same of the front matter of an article."""
    fields = dict(_FIELD.findall(head))
    title, source = _TITLE.search(head), _SOURCE.search(head)
    if title is None or source is None:
        return ""
    return _event(source[1].strip("\"' "), fields.get("date", ""), title[1])


def identity(found: Imported) -> str:
    """What makes two inputs the same article: canonical URL, the source's name for it, else
    headline, day and authors."""
    if found.canonical:
        return digest(b"url", comparable_url(found.canonical).encode("utf-8", "backslashreplace"))[
            :16
        ]
    if found.guid:
        return digest(b"guid", found.guid.encode("utf-8", "backslashreplace"))[:16]
    authors = sorted(" ".join(p.name.casefold().split()) for p in found.authors)
    parts = [" ".join(re.findall(r"\w+", found.title.casefold())), found.date[:10], *authors]
    if not found.title or not found.date:
        parts.append(found.body[:2000])
    return digest(b"text", *(p.encode("utf-8", "backslashreplace") for p in parts))[:16]


def _alike(written: str, body: str) -> bool:
    """Whether the bodies share at least a fifth of their paragraphs or the first one."""
    old = {p.strip() for p in written.split("\n---\n", 1)[-1].split("\n\n") if len(p.strip()) > 40}
    new = {p.strip() for p in body.split("\n\n") if len(p.strip()) > 40}
    if not old or not new:
        return True
    return len(old & new) * 5 >= min(len(old), len(new))
