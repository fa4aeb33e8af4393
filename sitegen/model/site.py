"""The nouns of a digest: links, cards, lists, editions, stories, the site."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.model.article import Comment, DataFile, Document, Image
from sitegen.model.base import Struct


# What pages may show -------------------------------------------------------------------------
class Link(Struct, frozen=True):
    """A name and the site-relative path it leads to (``/tag/oil/``); the language and direction of
    the name, if it is not in that of the site."""

    name: str
    url: str
    lang: str = ""
    dir: str = ""


class MenuItem(Struct, frozen=True):
    """An entry of a menu with those ``below`` it; the URL of one that only holds others is
    empty."""

    name: str
    url: str = ""
    below: tuple[MenuItem, ...] = ()
    lang: str = ""  # where it is another one than that of the menu


class Byline(Struct, frozen=True):
    """An author as a page shows one: name, page of their own, role, organisation."""

    name: str
    url: str
    role: str = ""
    org: str = ""


class Card(Struct, frozen=True, cache_hash=True):
    """All that a list may show of an article (first firewall of the incremental build).

    Each is in some six lists, and what templates make of it is found by its hash.
    """

    title: str
    url: str
    date: str
    section: Link
    summary: str = ""
    authors: tuple[Byline, ...] = ()
    updated: str = ""
    source: str = ""
    image: Image | None = None
    lang: str = ""
    dir: str = "ltr"
    lead: bool = False
    id: str = ""
    comment: Comment | None = None
    to: str = ""  # where the headline leads to, if that is not the article's own page
    genre: str = ""
    minutes: int = 0  # that reading takes; 0 for a short text, or one that is not shown in full

    @property
    def link(self) -> Link:
        """The article by its title alone."""
        return Link(self.title, self.url, self.lang, self.dir if self.lang else "")


class FeedLink(Struct, frozen=True):
    """A feed as a page points to it: its URL, media type and the name of its format."""

    url: str
    type: str
    name: str


class Listing(Struct, frozen=True):
    """A term or section with the indices of its documents, oldest first."""

    kind: str
    name: str
    slug: str
    url: str
    documents: tuple[int, ...]
    lang: str = ""  # of a list in another language than that of the site


class ClosedEdition(Struct, frozen=True):
    """An edition as ``content/editions/KEY.yaml`` has it; ``articles`` are ids or paths, in order.

    ``published`` is empty while it is open: then the file holds the editor's words and order only.
    ``intro`` and ``outro`` are the editor's words at its ends, ``comments`` those on its articles.
    """

    key: str
    path: str
    number: int
    title: str
    published: str
    articles: tuple[str, ...]
    lead: str = ""
    intro: Comment | None = None
    outro: Comment | None = None
    comments: dict[str, Comment] = {}


class Edition(Struct, frozen=True):
    """An edition with the indices of its documents in order; ``published`` is empty while it is
    open. ``intro``, ``outro`` and ``comments`` are the editor's words."""

    key: str
    number: int
    title: str
    url: str
    date: str  # the first day of its time
    documents: tuple[int, ...]
    lead: int | None = None
    published: str = ""
    intro: Comment | None = None
    outro: Comment | None = None
    comments: dict[str, Comment] = {}  # by the id or path of an article
    series: str = ""  # the name of its series as in URLs


class Story(Struct, frozen=True):
    """The articles of one event, oldest first, with why each was joined; ``lead`` is the one
    that lists show."""

    slug: str
    url: str
    title: str
    lead: int
    documents: tuple[int, ...]
    reasons: tuple[str, ...]


class SiteFacts(Struct, frozen=True):
    """What other articles, files and the clock decide of how each article is shown.

    ``expired`` are paths; ``aliases`` (URLs of twins), ``targets`` and ``data`` (of links) are by
    path, ``authors`` by slug, ``pictures`` by URL. ``respelt`` has for each kind of term the
    spellings that are not shown.
    """

    expired: frozenset[str] = frozenset()
    sections: dict[str, str] = {}  # those that are merged into another one
    aliases: dict[str, tuple[str, ...]] = {}
    respelt: dict[str, dict[str, str]] = {}
    authors: dict[str, Link] = {}
    targets: dict[str, tuple[tuple[str, str], ...]] = {}
    data: dict[str, tuple[DataFile, ...]] = {}
    pictures: dict[str, Image] = {}


class FormerUrls(Struct, frozen=True):
    """What `addresses.tsv` says of lists: those that are ``renamed``, and the URLs that ``feeds``
    had; each by kind and slug (`tag/oil`).

    ``expired`` are the files of articles whose time is over. All is ``settled`` if the site has
    everything that was recorded under its name, and no URL of another program's site is to be
    found.
    """

    renamed: dict[str, str] = {}
    feeds: dict[str, tuple[str, ...]] = {}
    expired: frozenset[str] = frozenset()
    settled: bool = True


class Site(Struct, frozen=True):
    """The resolved digest: published articles oldest first, then pages; their cards, and the lists
    they are in.

    Documents and cards may be sequences that read from the cache what they are asked for.
    """

    documents: Sequence[Document]
    cards: Sequence[Card]
    listings: tuple[Listing, ...]
    skipped: dict[str, int]  # reason -> number of documents held back
    # the next moment at which something appears, expires or leaves the news sitemap, in seconds
    # since 1970, and in the site's zone
    due: float = 0.0
    next_due: str = ""
    next_change: str = ""  # what happens then
    news: tuple[int, ...] = ()  # documents of the last two days, newest first
    editions: tuple[Edition, ...] = ()  # by series, the oldest of each first
    stories: tuple[Story, ...] = ()
    spun: bool = False  # an article was rewritten by a machine: any other may be its twin
    paths: tuple[str, ...] = ()  # of the documents
    page_count: int = 0  # documents that are pages: the last ones, in no list
    archive: Listing = Listing("archive", "All articles", "archive", "/archive/", ())
    days: tuple[Listing, ...] = ()  # oldest first
    withdrawn: frozenset[int] = frozenset()
    noindex: frozenset[int] = frozenset()  # have expired, and only readers of the site find them
    corrected: tuple[int, ...] = ()
    facts: SiteFacts = SiteFacts()
    former: FormerUrls = FormerUrls()

    @property
    def articles(self) -> range:
        """The indices of the documents that are articles."""
        return range(len(self.paths) - self.page_count)

    @property
    def pages(self) -> range:
        """The indices of the documents that are pages."""
        return range(len(self.paths) - self.page_count, len(self.paths))


class Shown(Struct, frozen=True):
    """Which unpublished articles a build includes, as asked for on the command line."""

    drafts: bool = False
    future: bool = False
    expired: bool = False
