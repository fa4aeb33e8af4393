"""What each page of the desk shows, from the files of the site."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sitegen.base.diagnostics import SitegenError, fail
from sitegen.base.files import is_inside, read_bytes
from sitegen.base.l10n import listed
from sitegen.base.text import digest
from sitegen.content.article import parse
from sitegen.content.closed_editions import edition_path
from sitegen.content.discover import TEXT_SUFFIXES
from sitegen.content.inbox import is_in_inbox
from sitegen.desk.journal import mark_of
from sitegen.desk.select import matching
from sitegen.desk.snapshot import Reader, Settings, Snapshot
from sitegen.desk.under_way import UnderWay, open_keys, under_way
from sitegen.desk.web.pages import InboxPage, inbox_page
from sitegen.engine.editions import to_close
from sitegen.model.article import Parsed
from sitegen.model.base import Struct
from sitegen.model.site import ClosedEdition, Edition
from sitegen.site.membership import key_fault
from sitegen.site.periods import series_of

CLOSED_SHOWN = 5  # closed editions in the list of editions


class EditionToClose(Struct, frozen=True):
    """An edition that is about to be closed, with the digest of its file."""

    key: str
    mark: str
    count: int


def desk_values(reader: Reader, query: str, number: int, edition: str) -> dict[str, Any]:
    """What the page of the desk shows: both columns."""
    return {"inbox": _inbox(reader, query, number), **edition_values(reader, edition)}


def _inbox(reader: Reader, query: str, number: int) -> InboxPage:
    """The left column: what waits."""
    found = reader.inbox()
    waiting = len(found.items)
    try:
        items = matching(found.items, query) if query.strip() else found.items
    except SitegenError as error:
        said = "; ".join(f"{d.message}. {d.help}" for d in error.diagnostics)
        return inbox_page((), waiting, query, 1, problem=said)
    return inbox_page(items, waiting, query, number, hidden=found.hidden)


def edition_values(reader: Reader, asked: str) -> dict[str, Any]:
    """The right column: the edition ``asked`` for, else the one that is open now.

    Raises SitegenError for a key that no edition can have.
    """
    here = reader.site()
    settings = here.settings
    keys = _keys(here)
    key = asked or next(iter(dict(keys)), "")
    edition = _under_way(here, key) if key else None
    closing = _closing(here, key)
    shown = len(edition.lines) if edition else 0
    series = series_of(key, settings.config)
    return {
        "edition": edition,
        "keys": keys if key in dict(keys) else [(key, ""), *keys],
        "has_editions": bool(settings.config.series),
        "has_email": series is not None and series.email,
        "written": written(settings, key),
        "closing": closing,
        "left_out": max(0, shown - closing[-1].count) if closing else 0,
        "chosen": key if edition and not edition.published and asked else "",
    }


def _keys(here: Snapshot) -> list[tuple[str, str]]:
    """The keys of editions to choose from, each with its state; the one open now comes first."""
    opened = open_keys(here.seen, here.settings.closed_keys)
    closed = [edition.key for edition in reversed(here.seen.editions) if edition.published]
    shown = closed[:CLOSED_SHOWN]
    return [*((key, "") for key in opened), *((key, " (closed)") for key in shown)]


def written(settings: Settings, key: str) -> ClosedEdition | None:
    """What the file of an edition says; None where there is none."""
    return next((edition for edition in settings.closed if edition.key == key), None)


def _closing(here: Snapshot, key: str) -> list[EditionToClose]:
    """The editions that are closed with ``key``."""
    if key not in [edition.key for edition in here.published.open_ones]:
        return []
    root, config = here.settings.root, here.settings.config

    def shown(edition: Edition) -> EditionToClose:
        mark = mark_of(root, edition_path(config, edition.key))
        return EditionToClose(edition.key, mark, len(edition.documents))

    return [shown(edition) for edition in to_close(here.published, key)]


# Articles -------------------------------------------------------------------------------------
def own_path(settings: Settings, path: str) -> str:
    """``path`` if it is a text of the site or an item of its inbox.

    Raises SitegenError for anything else: a request may name any file.
    """
    content = settings.config.content
    rest = path.removeprefix(f"{content}/_inbox/" if is_in_inbox(path, content) else f"{content}/")
    is_text = path.startswith(f"{content}/") and path.lower().endswith(TEXT_SUFFIXES)
    is_hidden = any(part[:1] in (".", "_") for part in rest.split("/"))
    if not is_text or is_hidden or not is_inside(path) or _is_behind_a_link(settings.root, path):
        raise fail("inbox", "is not an article of this site", path[:200])
    return path


def _is_behind_a_link(root: Path, path: str) -> bool:
    return os.path.realpath(root / path) != os.path.join(os.path.realpath(root), path)


def read_text(settings: Settings, path: str) -> tuple[str, Parsed]:
    """The digest of an article's file, and the article. Raises SitegenError for no article."""
    own_path(settings, path)
    data = read_bytes(settings.root / path, path)
    return digest(data), parse(data, path, settings.config)


def read_values(settings: Settings, path: str) -> dict[str, Any]:
    """What the page shows on which an article is read. Raises SitegenError for no article."""
    mark, parsed = read_text(settings, path)
    document = parsed.document
    link = document.canonical or document.source.url if document else ""
    return {
        "path": path,
        "mark": mark,
        "document": document,
        "html": parsed.html,
        "problem": "; ".join(d.message for d in parsed.diagnostics),
        "authors": listed([person.name for person in document.authors], "en") if document else "",
        "link": link if link.startswith(("https://", "http://")) else "",
        "waits": is_in_inbox(path, settings.config.content),
        "sections": list(settings.config.sections),
    }


def comment_values(reader: Reader, path: str, edition: str, by: str) -> dict[str, Any]:
    """What the form of a comment shows. Raises SitegenError for no article."""
    settings = reader.settings()
    mark, parsed = read_text(settings, path)
    document = parsed.document
    said = None
    if edition and document:
        names = (document.id, document.path)
        file = written(settings, edition)
        said = next((file.comments[n] for n in names if file and n in file.comments), None)
    comment = said or (document.comment if document else None)
    return {
        "path": path,
        "mark": mark,
        "title": document.title if document else path,
        "text": comment.text if comment else "",
        "by": comment.by if comment else by,
        "edition": edition,
        "edition_mark": mark_of(settings.root, edition_path(settings.config, edition)),
        "only_here": said is not None,
    }


def edition_of(reader: Reader, key: str) -> UnderWay:
    """The edition ``key`` as it is now. Raises SitegenError for a key that none can have."""
    return _under_way(reader.site(), key)


def _under_way(here: Snapshot, key: str) -> UnderWay:
    root, config = here.settings.root, here.settings.config
    fault = key_fault(key, config, ())
    if fault and key not in [edition.key for edition in here.seen.editions]:
        raise fail("edition", fault.message, help=fault.help, exit_status=2)
    return under_way(root, here.seen, key, {*here.published.site.paths})
