"""The edition under way as an editor sees it: its articles by section, in order, with what is said
of each, and the digest of every file that an action would change."""

from __future__ import annotations

from collections.abc import Container, Sequence
from pathlib import Path

from sitegen.base.dates import moment as seconds
from sitegen.config.schema import Config
from sitegen.content.closed_editions import edition_path
from sitegen.desk.journal import mark_of
from sitegen.engine.editions import SiteEditions
from sitegen.model.article import Comment, Document
from sitegen.model.base import Struct
from sitegen.model.site import ClosedEdition, Edition, Shown, Site
from sitegen.pages.editions import grouped
from sitegen.site.editions import editions
from sitegen.site.periods import local_moment, open_edition
from sitegen.site.resolve import resolve

EVERYTHING = Shown(drafts=True, future=True)


class EditionRow(Struct, frozen=True):
    """An article of the edition. ``name`` is what the edition's file calls it, ``mark`` the digest
    of the article's own file; ``comment`` is the article's own, ``said`` the one in this edition
    only."""

    name: str
    path: str
    mark: str
    title: str
    url: str = ""
    source: str = ""
    section: str = ""
    words: int = 0
    status: str = ""
    is_lead: bool = False
    comment: Comment | None = None
    said: Comment | None = None


class Group(Struct, frozen=True):
    """The articles of a section, in the order of the edition; the lead has a group of its own."""

    name: str
    title: str
    lines: tuple[EditionRow, ...]


class UnderWay(Struct, frozen=True):
    """An edition, and its file: ``mark`` is the file's digest, empty while there is none.

    ``published`` is empty while it is open.
    """

    key: str
    path: str
    mark: str
    title: str
    number: int = 0
    url: str = ""
    published: str = ""
    intro: Comment | None = None
    outro: Comment | None = None
    groups: tuple[Group, ...] = ()

    @property
    def lines(self) -> list[EditionRow]:
        """All articles, in the order of the edition's page."""
        return [line for group in self.groups for line in group.lines]


def desk_editions(
    documents: Sequence[Document],
    config: Config,
    closed: tuple[ClosedEdition, ...],
    moment: str,
    shown: Shown = EVERYTHING,
) -> SiteEditions:
    """The editions of a site as an editor sees them: with what is not published yet."""
    site, _ = resolve(documents, config, seconds(moment), shown)
    return SiteEditions(site, config, editions(site, config, closed)[0], moment)


def open_keys(given: SiteEditions, closed: Container[str]) -> list[str]:
    """The keys of the editions that are open: first those that a pick goes into now."""
    local = local_moment(given.moment, given.config.zone)
    first = [open_edition(series, local, closed) for series in given.config.series]
    others = [edition.key for edition in reversed(given.open_ones)]
    return list(dict.fromkeys(filter(None, [*first, *others])))


def under_way(root: Path, given: SiteEditions, key: str, published: Container[str]) -> UnderWay:
    """The edition ``key``, which may be empty yet; ``published`` are the paths of what is."""
    site, config = given.site, given.config
    path = edition_path(config, key)
    mark = mark_of(root, path)
    edition = next((one for one in given.editions if one.key == key), None)
    if edition is None:
        return UnderWay(key, path, mark, key)
    parts = [] if edition.lead is None else [("", "", [edition.lead])]
    for link, members in grouped(site, edition, config):
        parts.append((site.documents[members[0]].section, link.name, members))
    groups = [
        Group(name, title, tuple(_row(root, site, edition, i, published) for i in members))
        for name, title, members in parts
    ]
    return UnderWay(
        key,
        path,
        mark,
        edition.title,
        edition.number,
        edition.url,
        edition.published,
        edition.intro,
        edition.outro,
        tuple(groups),
    )


def _held_back(document: Document) -> str:
    """Why an article is not published."""
    return "dated in the future" if document.status == "published" else document.status


def _row(
    root: Path, site: Site, edition: Edition, index: int, published: Container[str]
) -> EditionRow:
    document = site.documents[index]
    said = edition.comments.get(document.id) or edition.comments.get(document.path)
    return EditionRow(
        document.id or document.path,
        document.path,
        mark_of(root, document.path),
        document.title,
        document.canonical or document.source.url,
        document.source.name,
        document.section,
        document.words,
        "" if document.path in published else _held_back(document),
        index == edition.lead,
        document.comment,
        said,
    )
