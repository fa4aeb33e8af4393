"""The nouns of a digest, as frozen values.

Three groups: what an editor writes (`Document` and its parts), what pages may show of it (`Card`,
`Term` and the views) and what a build does (`Page`, `Plan`, `Trace`, `BuildReport`).

A view is *all* that a page may show. Its encoding is part of the page's key, so a page is rendered
again exactly when something that it shows has changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from sitegen.base.diagnostics import Diagnostic

Status = Literal["draft", "published", "withheld", "withdrawn"]
Show = Literal["full", "excerpt", "link"]
Expiry = Literal["remove", "excerpt", "noindex"]  # what becomes of an article that has expired


class Struct(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of all values: frozen, and defaults take no room in an encoding."""


# What an editor writes -----------------------------------------------------------------------


class Person(Struct, frozen=True):
    """An author or the holder of a credit. ``role`` is free text such as ``photo`` or ``translation``."""

    name: str
    role: str = ""
    url: str = ""
    org: str = ""


class PictureSet(Struct, frozen=True):
    """One format of a picture, as files of several widths: (address, width), the narrowest first."""

    type: str  # media type
    files: tuple[tuple[str, int], ...]


class Image(Struct, frozen=True):
    """A picture with its attribution; ``src`` is an address, absolute or below the site's root.

    ``width`` and ``height`` are those of ``src``, 0 where they are unknown. ``widths`` are files in the format
    of ``src``, ``sets`` are in formats that are smaller and that not every browser knows.
    """

    src: str
    alt: str = ""
    caption: str = ""
    creator: str = ""
    credit: str = ""
    copyright: str = ""
    license: str = ""
    width: int = 0
    height: int = 0
    widths: tuple[tuple[str, int], ...] = ()
    sets: tuple[PictureSet, ...] = ()
    original: str = ""  # the address of the file as the article has it, where ``src`` was made from that


class Source(Struct, frozen=True):
    """The outlet an article came from; ``url`` is the address of the original article."""

    name: str = ""
    url: str = ""
    license: str = ""


class Rights(Struct, frozen=True):
    """What may be shown of an article. ``words`` bounds an excerpt."""

    show: Show = "full"
    words: int = 60
    holder: str = ""
    notice: str = ""
    license: str = ""


class Correction(Struct, frozen=True):
    date: str
    text: str


class Document(Struct, frozen=True):
    """One article file: its front matter after folding of synonyms, and facts about its body.

    Dates are RFC 3339 strings with the offset they were written with, or ``YYYY-MM-DD`` where the
    file gives no time. ``stamp`` (and ``*_stamp``) are the same moments in seconds since 1970, for ordering.
    """

    path: str  # relative to the site's root, with forward slashes
    title: str
    slug: str
    section: str
    date: str
    stamp: float
    id: str = ""
    dek: str = ""
    authors: tuple[Person, ...] = ()
    credits: tuple[Person, ...] = ()
    updated: str = ""
    first_seen: str = ""
    publish_at: str = ""
    publish_stamp: float = 0.0
    expires_at: str = ""
    expires_stamp: float = 0.0
    on_expiry: Expiry | Literal[""] = ""  # as the site has it
    noindex: bool = False  # it has expired, and only readers of the site find it
    status: Status = "published"
    tags: tuple[str, ...] = ()
    summary: str = ""
    summarised: bool = False  # `summary` may be shown though the text is only linked: it is the editor's own
    dateline: str = ""
    image: Image | None = None
    source: Source = Source()
    canonical: str = ""
    rights: Rights = Rights()
    corrections: tuple[Correction, ...] = ()
    story: str = ""
    edition: str = ""
    lead: bool = False
    weight: int = 0
    url: str = ""
    aliases: tuple[str, ...] = ()
    lang: str = ""
    translation_of: str = ""
    template: str = ""
    extra: dict[str, Any] = {}
    words: int = 0
    body_digest: str = ""
    assets: tuple[str, ...] = ()  # files below content/ that the body or image shows
    links: tuple[str, ...] = ()  # in the body, to places of the site, as they are written
    targets: tuple[tuple[str, str], ...] = ()  # of those that name a file or are relative: (as written, path below the root)
    originals: tuple[str, ...] = ()  # addresses that only articles with the same original have (`base/addresses.py`)
    signature: bytes = b""  # of title and text, by which stories are found (`base/sketch.py`)
    pictures: dict[str, Image] = {}  # by the address in the body, where smaller files are made of them


# What pages may show -------------------------------------------------------------------------


class Link(Struct, frozen=True):
    """A name and the site-relative path it leads to (``/tag/oil/``)."""

    name: str
    url: str


class Byline(Struct, frozen=True):
    """An author as a page shows one: name, page of their own, role, organisation."""

    name: str
    url: str
    role: str = ""
    org: str = ""


class Card(Struct, frozen=True):
    """All that a list may show of an article (first firewall of the incremental build)."""

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


class FeedLink(Struct, frozen=True):
    """A feed as a page points to it: its address, media type and the name of its format."""

    url: str
    type: str
    name: str


class Reservation(Struct, frozen=True):
    """That text and data mining is reserved (W3C TDMRep), and where the terms stand."""

    policy: str = ""


class Frame(Struct, frozen=True):
    """What every page of a site may show: title, navigation, options of the theme."""

    title: str
    base_url: str
    language: str
    dir: str
    timezone: str
    description: str
    author: str
    nav: tuple[Link, ...]
    taxonomies: tuple[Link, ...]
    feed: str
    theme_options: dict[str, Any]
    assets: dict[str, str]  # name in the theme -> fingerprinted path
    styles: tuple[str, ...]  # the style sheets of every page, by their names among the assets
    generator: str
    feeds: tuple[FeedLink, ...] = ()
    messages: dict[str, str] = {}  # English words -> those of the site's language
    indexes: tuple[Link, ...] = ()  # further pages that the site has, such as corrections
    search: str = ""  # the address of the search page
    logo: str = ""  # the publisher's, for structured data
    share: Image | None = None  # what link previews show of pages that have no picture
    tdm: Reservation | None = None
    policy: str = ""  # the Content-Security-Policy of its pages
    ids: str = ""  # the host in ids of feeds, where site.yaml names one


class Told(Struct, frozen=True):
    """Another article of the same story, as a page points to it."""

    title: str
    url: str
    date: str
    source: str = ""
    lang: str = ""
    dir: str = "ltr"


class Translation(Struct, frozen=True):
    """The article in a language; one of them is what the others were translated from."""

    lang: str
    url: str
    title: str
    dir: str = "ltr"
    original: bool = False


class ArticleView(Struct, frozen=True, tag="article"):
    """One article's page. The body arrives beside it, named by ``body_digest``."""

    title: str
    url: str
    date: str
    section: Link
    id: str
    dek: str = ""
    summary: str = ""
    authors: tuple[Byline, ...] = ()
    credits: tuple[Person, ...] = ()
    updated: str = ""
    tags: tuple[Link, ...] = ()
    dateline: str = ""
    image: Image | None = None
    source: Source = Source()
    source_page: str = ""
    canonical: str = ""
    rights: Rights = Rights()
    corrections: tuple[Correction, ...] = ()
    lang: str = ""
    dir: str = "ltr"
    words: int = 0
    newer: Link | None = None
    older: Link | None = None
    body_digest: str = ""
    body_from: str = ""  # the document whose body this is
    edition: Link | None = None
    story: Link | None = None
    also: tuple[Told, ...] = ()  # others of the story
    related: tuple[Told, ...] = ()
    same_as: dict[str, tuple[str, ...]] = {}  # pages of its authors elsewhere, by name
    withdrawn: bool = False
    noindex: bool = False  # it has expired, and search engines are told to leave it
    extra: dict[str, Any] = {}
    translations: tuple[Translation, ...] = ()  # itself among them, the original first
    ninjs: str = ""  # the address of its record for machines
    reserved: bool = False  # from text and data mining, by its outlet
    pictures: dict[str, Image] = {}  # in the body, by the address that stands there
    targets: tuple[tuple[str, str], ...] = ()  # of links in the body: (as written, path below the root)
    share: Image | None = None  # what link previews show, where the article has no picture that they can


class Block(Struct, frozen=True):
    """A titled group of cards on the front page; ``url`` is the section's own page."""

    title: str
    url: str
    cards: tuple[Card, ...]


class Issue(Struct, frozen=True):
    """An edition as the front page tells of it: its lead, and the next headlines in their order."""

    title: str
    url: str
    number: int
    lead: Card | None
    headlines: tuple[Card, ...]


class FrontView(Struct, frozen=True, tag="front"):
    """The front page: one lead, then blocks by section, then the latest."""

    url: str
    date: str
    lead: Card | None
    blocks: tuple[Block, ...]
    latest: tuple[Card, ...]
    older: str = ""
    edition: Link | None = None  # the newest one
    issue: Issue | None = None  # the newest that is closed, else the newest
    also: dict[str, tuple[Link, ...]] = {}  # by the address of a card: other outlets that tell its story


class Period(Struct, frozen=True):
    """A year, month or day by its ISO name, with its number of articles; ``headlines`` may be the newest only."""

    name: str
    url: str
    count: int
    headlines: tuple[Link, ...] = ()
    days: tuple[Period, ...] = ()


class Profile(Struct, frozen=True):
    """An author as their own page shows one: bio in HTML, photo, pages elsewhere."""

    bio: str = ""
    photo: Image | None = None
    links: tuple[str, ...] = ()


class ListView(Struct, frozen=True, tag="list"):
    """One page of a list. ``number`` is 0 on the first page, which shows the newest articles."""

    title: str
    url: str
    kind: str  # section, tag, author, source, archive or day (whose title is its ISO name)
    cards: tuple[Card, ...]
    number: int = 0
    newer: str = ""
    older: str = ""
    parent: Link | None = None
    ambiguous: bool = False  # a list of another kind has the same title
    description: str = ""
    home: str = ""  # address of the outlet or person, outside the site
    feeds: tuple[FeedLink, ...] = ()
    profile: Profile | None = None  # of an author, on the first page
    periods: tuple[Period, ...] = ()  # the years of the archive, on its first page
    share: Image | None = None

    @property
    def feed(self) -> str:
        """The address of its first feed, or nothing."""
        return self.feeds[0].url if self.feeds else ""


class TermCount(Struct, frozen=True):
    """A term with its number of articles, and the letter that an index has it under."""

    name: str
    url: str
    count: int
    letter: str = ""


class TermsView(Struct, frozen=True, tag="terms"):
    """The index of a taxonomy: every term with its number of articles, sorted by name."""

    title: str
    url: str
    kind: str
    terms: tuple[TermCount, ...]


class ArchiveView(Struct, frozen=True, tag="archive"):
    """A year with its months and their days, or a month with its days and their headlines; the title is its ISO name."""

    title: str
    url: str
    kind: str  # year or month
    periods: tuple[Period, ...]
    parent: Link


class EditionView(Struct, frozen=True, tag="edition"):
    """One edition: its lead, then blocks by section. Open until it is closed, then as it was published."""

    title: str
    url: str
    key: str
    number: int
    date: str
    lead: Card | None
    blocks: tuple[Block, ...]
    published: str = ""
    newer: Link | None = None
    older: Link | None = None
    feeds: tuple[FeedLink, ...] = ()
    copies: tuple[FeedLink, ...] = ()  # the edition as one file: e-mail, book
    share: Image | None = None


class EditionLine(Struct, frozen=True):
    """An edition in the index of editions."""

    title: str
    url: str
    number: int
    date: str
    count: int
    headline: str = ""


class EditionsView(Struct, frozen=True, tag="editions"):
    """One page of the index of editions, newest first, numbered as lists are."""

    title: str
    url: str
    lines: tuple[EditionLine, ...]
    number: int = 0
    newer: str = ""
    older: str = ""
    feeds: tuple[FeedLink, ...] = ()


class StoryLine(Struct, frozen=True):
    """An article of a story, and why it was joined to those before it."""

    card: Card
    reason: str = ""


class StoryView(Struct, frozen=True, tag="story"):
    """One event as several outlets tell it, oldest first; ``lead`` is one of them."""

    title: str
    url: str
    lead: Card
    lines: tuple[StoryLine, ...]


class CorrectionLine(Struct, frozen=True):
    date: str
    text: str
    article: Link
    lang: str = ""
    dir: str = "ltr"


class CorrectionsView(Struct, frozen=True, tag="corrections"):
    """Every correction, newest first."""

    title: str
    url: str
    lines: tuple[CorrectionLine, ...]


class PlainView(Struct, frozen=True, tag="plain"):
    """A page with a title and nothing else, such as 404."""

    title: str
    url: str


class RedirectView(Struct, frozen=True, tag="redirect"):
    """An old address and where it leads now."""

    url: str
    target: str


class Answers(Struct, frozen=True):
    """What templates have asked of the whole site; ``own`` are the answers of plugins."""

    latest: tuple[Card, ...] = ()
    popular_tags: tuple[TermCount, ...] = ()
    own: dict[str, Any] = {}

    def to(self, name: str) -> Any:
        """The answer to one query; a plugin's goes before sitegen's."""
        return self.own[name] if name in self.own else getattr(self, name)


class SearchIndex(Struct, frozen=True):
    """The articles of one language as the search page asks for them: in ``shards`` indexes below ``base``, numbered from the oldest."""

    lang: str
    name: str
    base: str
    shards: int
    dir: str = "ltr"


class SearchView(Struct, frozen=True, tag="search"):
    """The search page; the site's language comes first. Without ``indexes`` there is nothing to search in."""

    title: str
    url: str
    indexes: tuple[SearchIndex, ...] = ()
    preview: bool = False  # no index is made


class SearchRecord(Struct, frozen=True):
    """All that the search index may hold of an article. The body is named by ``body_digest``.

    ``minute`` is the moment of ``date``, counted in minutes from the year 1.
    """

    url: str
    title: str
    date: str
    minute: int
    section: str
    source: str = ""
    authors: tuple[str, ...] = ()
    dek: str = ""
    show: Show = "full"
    words: int = 60
    body_from: str = ""
    body_digest: str = ""


class Shard(Struct, frozen=True):
    """Articles of one language that make one index, in the folder ``folder`` of output/."""

    folder: str
    lang: str
    records: tuple[SearchRecord, ...]


class OwnView(Struct, frozen=True, tag="own"):
    """A page that a plugin adds; ``data`` is what it gives its template."""

    title: str
    url: str
    data: dict[str, Any] = {}


class FeedItem(Struct, frozen=True):
    """One article in a feed. ``body_from`` is empty where the feed gives the summary only."""

    card: Card
    source_url: str = ""
    body_from: str = ""
    body_digest: str = ""
    show: Show = "full"
    words: int = 60
    credits: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    notice: str = ""
    license: str = ""  # its address
    source_id: str = ""  # what the outlet is known by: its home, else the host of the original
    source_feed: str = ""
    contents: str = ""  # HTML of an entry that is no article: the headlines of an edition
    book: str = ""  # the address of an EPUB
    pictures: tuple[tuple[str, str], ...] = ()  # in the body: (address that stands there, file to show)
    dated: str = ""  # its date as the article has it, where that is of another zone than the site's
    amended: str = ""  # the same of its last change

    @property
    def published(self) -> str:
        """The moment of its date, as the article has it."""
        return self.dated or self.card.date

    @property
    def changed(self) -> str:
        """The moment of its last change, else of its date, as the article has it."""
        return self.amended or self.card.updated or self.published
    targets: tuple[tuple[str, str], ...] = ()  # of links in the body: (as written, path below the root)


class FeedView(Struct, frozen=True, tag="feed"):
    """A feed: ``url`` is its own, ``home`` the page it belongs to; ``format`` is atom, rss or json."""

    title: str
    url: str
    home: str
    updated: str
    items: tuple[FeedItem, ...]
    format: str = "atom"
    description: str = ""
    hub: str = ""


class Chapter(Struct, frozen=True):
    """An article in the e-mail or the book of an edition."""

    item: FeedItem
    dek: str = ""
    dateline: str = ""
    corrections: tuple[Correction, ...] = ()


class Part(Struct, frozen=True):
    """Articles of an edition below one heading; the lead stands in a part without one."""

    title: str
    chapters: tuple[Chapter, ...]


class Picture(Struct, frozen=True):
    """A picture that is taken into a book: its address on the site, its file, and the size and times of that file."""

    address: str
    file: str
    size: int
    mtime_ns: int
    ctime_ns: int = 0


class IssueView(Struct, frozen=True, tag="issue"):
    """An edition as one file. ``format`` is html, text or eml, the forms of its e-mail, or epub."""

    title: str
    url: str
    home: str  # the page of the edition
    key: str
    number: int
    date: str
    format: str
    parts: tuple[Part, ...]
    pictures: tuple[Picture, ...] = ()
    sender: str = ""

    def chapters(self) -> Iterator[Chapter]:
        """Every article, in order."""
        for part in self.parts:
            yield from part.chapters


class NinjsView(Struct, frozen=True, tag="ninjs"):
    """An article's record for machines (IPTC ninjs). Its dates are those that the page does not show."""

    url: str
    article: ArticleView
    embargoed: str = ""
    expires: str = ""
    first_seen: str = ""


class ReservationView(Struct, frozen=True, tag="reservation"):
    """The file that reserves text and data mining for the whole site."""

    url: str


class SitemapView(Struct, frozen=True, tag="sitemap"):
    """Addresses with their last change (sitemaps.org 0.9), or an index of such files."""

    url: str
    entries: tuple[tuple[str, str], ...]
    index: bool = False


class NewsView(Struct, frozen=True, tag="news"):
    """The news sitemap: (address, date, title, language) of the articles of the last two days."""

    url: str
    entries: tuple[tuple[str, str, str, str], ...]


class Outline(Struct, frozen=True):
    """An outlet in the list of sources: its name, its site, its feed, and the digest's page of it."""

    name: str
    home: str
    feed: str
    page: str


class OpmlView(Struct, frozen=True, tag="opml"):
    """The outlets as feed readers take them (OPML 2.0)."""

    title: str
    url: str
    outlines: tuple[Outline, ...]


class SheetView(Struct, frozen=True, tag="sheet"):
    """A style sheet of the theme in which other files of it stand by their published names."""

    url: str
    text: str


class RobotsView(Struct, frozen=True, tag="robots"):
    url: str
    sitemaps: tuple[str, ...]


View = (
    ArticleView
    | FrontView
    | ListView
    | TermsView
    | ArchiveView
    | EditionView
    | EditionsView
    | StoryView
    | CorrectionsView
    | PlainView
    | OwnView
    | SearchView
    | RedirectView
    | FeedView
    | IssueView
    | NinjsView
    | ReservationView
    | SitemapView
    | NewsView
    | OpmlView
    | RobotsView
    | SheetView
)


# What a build does ---------------------------------------------------------------------------


class Page(Struct, frozen=True):
    """One output file: ``output`` is its path below output/, ``template`` empty for serialised kinds."""

    output: str
    template: str
    view: View
    origin: str  # what asks for it, for messages: a file, or "tag `oil`"
    group: int = 2  # order of publishing: 0 assets, 1 articles, 2 lists, 3 feeds, 4 front page


class Copy(Struct, frozen=True):
    """One file copied from ``source`` (absolute) to ``output``: as it is, unless it is ``cleaned``."""

    output: str
    source: str
    origin: str
    digest: str = ""  # known where the name carries it
    group: int = 0
    cleaned: bool = False  # an SVG of an article: without what runs


class Resized(Struct, frozen=True):
    """One size of the picture in the file ``source`` (below the site's root), whose bytes have ``digest``."""

    output: str
    source: str
    origin: str
    digest: str
    format: str  # jpeg, png, webp or avif
    width: int
    height: int
    quality: int
    group: int = 0


class Look(Struct, frozen=True):
    """The colours and the typeface of cards, as #rrggbb; ``on_band`` is that of letters on the band."""

    paper: str
    ink: str
    soft: str
    band: str
    on_band: str
    typeface: str


class Drawn(Struct, frozen=True):
    """A card for link previews, with all that it shows: `draw` makes a picture of it. What is empty is left out."""

    output: str
    origin: str
    site: str
    headline: str
    look: Look
    authors: tuple[str, ...] = ()
    date: str = ""
    source: str = ""
    text: str = ""
    language: str = "en"  # of the date
    group: int = 0


Wish = Resized | Drawn


class Indexed(Struct, frozen=True):
    """One file of the search index, which lies as ``name`` in the archive ``key`` of the cache."""

    output: str
    key: str
    name: str
    origin: str = "search index"
    group: int = 0


Item = Page | Copy | Wish | Indexed


class Plan(Struct, frozen=True):
    """Everything that output/ shall hold. The files of ``shards`` have no names before they are made; then they are ``indexed``."""

    pages: tuple[Page, ...]
    copies: tuple[Copy, ...]
    pictures: tuple[Wish, ...] = ()
    shards: tuple[Shard, ...] = ()
    indexed: tuple[Indexed, ...] = ()

    def items(self) -> Iterator[Item]:
        """Pages, then copies, then pictures, then what is indexed."""
        yield from self.pages
        yield from self.copies
        yield from self.pictures
        yield from self.indexed


class Listing(Struct, frozen=True):
    """A term or section with the indices of its documents, oldest first."""

    kind: str
    name: str
    slug: str
    url: str
    documents: tuple[int, ...]


class Frozen(Struct, frozen=True):
    """A closed edition as ``content/editions/KEY.yaml`` tells it; ``articles`` are ids or paths, in order."""

    key: str
    path: str
    number: int
    title: str
    published: str
    articles: tuple[str, ...]
    lead: str = ""


class Edition(Struct, frozen=True):
    """An edition with the indices of its documents in order; ``published`` is empty while it is open."""

    key: str
    number: int
    title: str
    url: str
    date: str  # the first day of its time
    documents: tuple[int, ...]
    lead: int | None = None
    published: str = ""


class Story(Struct, frozen=True):
    """The articles of one event, oldest first, with why each was joined; ``lead`` stands for all."""

    slug: str
    url: str
    title: str
    lead: int
    documents: tuple[int, ...]
    reasons: tuple[str, ...]


class Site(Struct, frozen=True):
    """The resolved digest: published documents oldest first, their cards, and the lists they stand in."""

    documents: tuple[Document, ...]
    cards: tuple[Card, ...]
    listings: tuple[Listing, ...]
    skipped: dict[str, int]  # reason -> number of documents held back
    due: float = 0.0  # the next moment at which something appears, expires or is news no more, in seconds since 1970
    next_due: str = ""  # the same in the site's zone
    news: tuple[int, ...] = ()  # documents of the last two days, newest first
    editions: tuple[Edition, ...] = ()  # oldest first
    stories: tuple[Story, ...] = ()
    compared: tuple[str, ...] = ()  # paths of articles of one source and title: their bodies decide whether both are listed


class Trace(Struct, frozen=True):
    """What is known of a written file: the key it was made from, its stat, and a digest of its bytes."""

    output: str
    key: str
    size: int
    mtime_ns: int
    digest: str = ""


class BuildReport(Struct, frozen=True):
    """The outcome of a build, as the summary and ``--json`` show it.

    ``reasons`` says for each output that was (or, in a dry run, would be) made why; ``changed`` names those
    that were written with new bytes or removed; ``stages`` and ``templates`` hold seconds, the latter added
    up over all worker processes.
    """

    articles: int
    written: int
    unchanged: int
    removed: int
    skipped: dict[str, int]
    diagnostics: tuple[Diagnostic, ...]
    seconds: float
    stages: dict[str, float]
    templates: dict[str, float]
    reasons: dict[str, str]
    peak_mib: float
    published: bool
    next_due: str = ""
    changed: tuple[str, ...] = ()
