"""Everything that one page may show, a frozen value for each kind of page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sitegen.model.article import Comment, Correction, DataFile, Image, Person, Rights, Show, Source
from sitegen.model.base import Struct
from sitegen.model.site import Byline, Card, FeedLink, Link, MenuItem


class Reservation(Struct, frozen=True):
    """That text and data mining is reserved (W3C TDMRep), and where the terms are."""

    policy: str = ""


class IconLink(Struct, frozen=True):
    """An icon of the site: what it is for (`icon`, `apple-touch-icon`), its URL, media type and
    size in pixels (0 where it has any)."""

    rel: str
    url: str
    type: str
    size: int = 0


class LanguageLink(Struct, frozen=True):
    """A language of the site: its name in itself, and its front page."""

    lang: str
    name: str
    url: str
    dir: str = "ltr"


class BodyOptions(Struct, frozen=True):
    """What pages make of the bodies of articles: ``embeds`` are the services whose links are
    cards."""

    highlight: bool = False
    math: bool = False
    embeds: tuple[str, ...] = ()


class SiteContext(Struct, frozen=True):
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
    search: str = ""  # the URL of the search page
    logo: str = ""  # the publisher's, for structured data
    share: Image | None = None  # what link previews show of pages that have no image
    tdm: Reservation | None = None
    policy: str = ""  # the Content-Security-Policy of its pages
    ids: str = ""  # the host in ids of feeds, where site.yaml names one
    icons: tuple[IconLink, ...] = ()
    manifest: str = ""  # the URL of the web manifest
    noindex: bool = False  # search engines are asked to list no page
    bodies: BodyOptions = BodyOptions()
    menus: dict[
        str, tuple[MenuItem, ...]
    ] = {}  # by name: main, footer, and others of the site's own
    places: tuple[str, ...] = ()  # the URLs that the main menu leads to
    home: str = "/"  # the front page in this language
    languages: tuple[LanguageLink, ...] = ()  # of the site, if it is published in several


class StoryMention(Struct, frozen=True):
    """Another article of the same story, as a page points to it."""

    title: str
    url: str
    date: str
    source: str = ""
    lang: str = ""
    dir: str = "ltr"
    image: Image | None = None  # where the page shows one


class Translation(Struct, frozen=True):
    """The article in a language; one of them is what the others were translated from."""

    lang: str
    url: str
    title: str
    dir: str = "ltr"
    original: bool = False


class Heading(Struct, frozen=True):
    """A heading of a body, as a table of contents has it: its id, its words, and those ``below``
    it."""

    id: str
    name: str
    level: int
    below: tuple[Heading, ...] = ()


class Term(Struct, frozen=True):
    """A term as an article shows it; ``type`` is what it is, as schema.org has it, ``medtop`` its
    code in the Media Topics of IPTC."""

    name: str
    url: str
    type: str = ""
    medtop: str = ""


class TermGroup(Struct, frozen=True):
    """The terms of an article in one taxonomy of the site's own."""

    kind: str
    title: str
    url: str
    terms: tuple[Term, ...]


class SeriesPart(Struct, frozen=True):
    """That an article is part ``number`` of ``total`` of a series, between two others."""

    name: str
    url: str
    number: int
    total: int
    previous: Link | None = None
    next: Link | None = None


class ArticleView(Struct, frozen=True, tag="article"):
    """One article's page.

    The body arrives beside it, named by ``body_digest``.
    """

    title: str
    url: str
    date: str
    section: Link
    id: str
    dek: str = ""
    genre: str = ""
    summary: str = ""
    authors: tuple[Byline, ...] = ()
    credits: tuple[Person, ...] = ()
    updated: str = ""
    tags: tuple[Term, ...] = ()
    terms: tuple[TermGroup, ...] = ()
    series: tuple[SeriesPart, ...] = ()
    dateline: str = ""
    image: Image | None = None
    source: Source = Source()
    source_page: str = ""
    canonical: str = ""
    rights: Rights = Rights()
    corrections: tuple[Correction, ...] = ()
    comment: Comment | None = None
    to: str = ""  # where the headline leads to, if anywhere
    lang: str = ""
    dir: str = "ltr"
    words: int = 0
    minutes: int = 0  # that reading takes, as of a card
    portrait: Image | None = None  # of who wrote it, where it is an opinion
    newer: Link | None = None
    older: Link | None = None
    body_digest: str = ""
    body_from: str = ""  # the document whose body this is
    edition: Link | None = None
    story: Link | None = None
    also: tuple[StoryMention, ...] = ()  # others of the story
    related: tuple[StoryMention, ...] = ()
    same_as: dict[str, tuple[str, ...]] = {}  # pages of its authors elsewhere, by name
    withdrawn: bool = False
    noindex: bool = False  # it has expired, and asks search engines to ignore it
    extra: dict[str, Any] = {}
    translations: tuple[Translation, ...] = ()  # itself among them, the original first
    ninjs: str = ""  # the URL of its record for machines
    reserved: bool = False  # from text and data mining, by its source
    pictures: dict[str, Image] = {}  # in the body, by the URL that is written there
    targets: tuple[
        tuple[str, str], ...
    ] = ()  # of links in the body: (as written, path below the root)
    share: Image | None = (
        None  # what link previews show, where the article has no image that they can
    )
    data: tuple[DataFile, ...] = ()  # tables that the body may show
    toc: int = 0  # headings from which on it has a table of contents, 0 for none


class PageView(Struct, frozen=True, tag="page"):
    """A page of the site itself, such as its imprint.

    What it has in common with `ArticleView` has the same names.
    """

    title: str
    url: str
    id: str
    date: str = ""
    dek: str = ""
    summary: str = ""
    authors: tuple[Byline, ...] = ()
    updated: str = ""
    image: Image | None = None
    canonical: str = ""
    rights: Rights = Rights()
    lang: str = ""
    dir: str = "ltr"
    words: int = 0
    body_digest: str = ""
    body_from: str = ""
    withdrawn: bool = False
    noindex: bool = False
    extra: dict[str, Any] = {}
    translations: tuple[Translation, ...] = ()
    pictures: dict[str, Image] = {}
    targets: tuple[tuple[str, str], ...] = ()
    share: Image | None = None
    data: tuple[DataFile, ...] = ()
    toc: int = 0


BodyView = ArticleView | PageView  # views of one file of content/, whose body the page shows


class BlockRow(Struct, frozen=True):
    """Cards of a block in one shape: ``shown`` has their numbers, in the order of the shape."""

    shape: str
    shown: tuple[int, ...]


class Block(Struct, frozen=True):
    """A titled group of cards on the front page; ``url`` is the section's own page, ``rows`` are
    the shapes in which the cards fill the page."""

    title: str
    url: str
    cards: tuple[Card, ...]
    rows: tuple[BlockRow, ...] = ()


class Top(Struct, frozen=True):
    """How the newest articles are set around the lead: how many of them, in their order, are
    beside it, under it, and lines in a rail."""

    shape: str = "solo"
    beside: int = 0
    under: int = 0
    rail: int = 0

    @property
    def shown(self) -> int:
        """How many there are in all."""
        return self.beside + self.under + self.rail


class FrontStory(Struct, frozen=True):
    """A story as a front page shows it: its page, and what each source wrote, oldest first."""

    url: str
    mentions: tuple[StoryMention, ...]
    sources: int


class Issue(Struct, frozen=True):
    """An edition as the front page shows it: its lead, and the next headlines in their order;
    ``repeated`` says that it is open, and the top of the page has them all."""

    title: str
    url: str
    number: int
    lead: Card | None
    headlines: tuple[Card, ...]
    repeated: bool = False


class FrontView(Struct, frozen=True, tag="front"):
    """The front page: one lead, the latest around it as ``top`` says, then blocks by section."""

    url: str
    date: str
    lead: Card | None
    blocks: tuple[Block, ...]
    latest: tuple[Card, ...]
    older: str = ""
    edition: Link | None = None  # the newest one
    issue: Issue | None = None  # the newest that is closed, else the newest
    also: dict[
        str, tuple[Link, ...]
    ] = {}  # by the URL of a card: other sources that report its story
    tongues: dict[str, tuple[Translation, ...]] = {}  # by the URL of a card: its translations
    top: Top = Top()
    stories: dict[str, FrontStory] = {}  # by the URL of a card: its story
    portraits: dict[str, Image] = {}  # of who wrote opinions, by the URL of their page


class Period(Struct, frozen=True):
    """A year, month or day by its ISO name, with its number of articles; ``headlines`` may be the
    newest only."""

    name: str
    url: str
    count: int
    headlines: tuple[Link, ...] = ()
    days: tuple[Period, ...] = ()


class Profile(Struct, frozen=True):
    """An author as their own page shows one: bio in HTML, photo, pages elsewhere, what they do,
    and how to reach them."""

    bio: str = ""
    photo: Image | None = None
    links: tuple[str, ...] = ()
    role: str = ""
    email: str = ""


class Colleague(Struct, frozen=True):
    """Somebody in the masthead; the URL is that of their own page, if they have one."""

    name: str
    role: str
    url: str = ""
    email: str = ""
    photo: Image | None = None


class ListView(Struct, frozen=True, tag="list"):
    """One page of a list.

    ``number`` is 0 on the first page, which shows the newest articles.
    """

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
    home: str = ""  # URL of the source or person, outside the site
    feeds: tuple[FeedLink, ...] = ()
    profile: Profile | None = None  # of an author or a term, on the first page
    periods: tuple[Period, ...] = ()  # the years of the archive, on its first page
    share: Image | None = None
    thing: str = ""  # what a term is, as schema.org has it
    medtop: str = ""  # the code of a term in the Media Topics of IPTC
    opening: tuple[int, ...] = ()  # the numbers of the cards that are set larger, the largest first

    @property
    def feed(self) -> str:
        """The URL of its first feed, or nothing."""
        return self.feeds[0].url if self.feeds else ""


class TermCount(Struct, frozen=True):
    """A term with its number of articles, and the letter that an index has it under."""

    name: str
    url: str
    count: int
    letter: str = ""
    below: tuple[TermCount, ...] = ()


class TermsView(Struct, frozen=True, tag="terms"):
    """The index of a taxonomy: every term with its number of articles, sorted by name."""

    title: str
    url: str
    kind: str
    terms: tuple[TermCount, ...]
    masthead: tuple[Colleague, ...] = ()  # of the index of authors


class ArchiveView(Struct, frozen=True, tag="archive"):
    """A year with its months and their days, or a month with its days and their headlines; the
    title is its ISO name."""

    title: str
    url: str
    kind: str  # year or month
    periods: tuple[Period, ...]
    parent: Link


class EditionView(Struct, frozen=True, tag="edition"):
    """One edition: its lead, then blocks by section.

    Open until it is closed, then as it was published.
    """

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
    copies: tuple[FeedLink, ...] = ()  # the edition as one file: e-mail, EPUB
    intro: Comment | None = None  # the editor's words at both ends
    outro: Comment | None = None
    share: Image | None = None
    series: Link | None = None  # the index of its series, where that has a name
    tongues: dict[str, tuple[Translation, ...]] = {}  # by the URL of a card: its translations


class EditionLine(Struct, frozen=True):
    """An edition in the index of editions."""

    title: str
    url: str
    number: int
    date: str
    count: int
    headline: Link | None = None  # its first article
    series: str = ""  # its name, where the page has more than one series


class EditionsView(Struct, frozen=True, tag="editions"):
    """One page of the index of all editions, or of a ``series``, newest first, numbered as lists
    are; ``others`` are the indexes of the series."""

    title: str
    url: str
    lines: tuple[EditionLine, ...]
    number: int = 0
    newer: str = ""
    older: str = ""
    feeds: tuple[FeedLink, ...] = ()
    series: Link | None = None
    others: tuple[Link, ...] = ()


class StoryLine(Struct, frozen=True):
    """An article of a story, and why it was joined to those before it."""

    card: Card
    reason: str = ""


class StoryView(Struct, frozen=True, tag="story"):
    """One event as several sources report it, oldest first; ``lead`` is one of them."""

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
    """An old URL and where it leads now."""

    url: str
    target: str


class GoneView(Struct, frozen=True, tag="gone"):
    """The tombstone of a URL at which nothing is any more."""

    title: str
    url: str


ALL_DATA = "*"  # the name of all that `site.data` has


class TemplateSite(SiteContext, frozen=True):
    """`site` as templates see it: with the data of the site's files that some template uses."""

    data: dict[str, Any] = {}


class Answers(Struct, frozen=True):
    """What templates have asked about the site; ``own`` are the answers of plugins, ``data`` is
    what they use of the site's data files."""

    latest: tuple[Card, ...] = ()
    popular_tags: tuple[TermCount, ...] = ()
    own: dict[str, Any] = {}
    data: dict[str, Any] = {}

    def to(self, name: str) -> Any:
        """The answer to one query; a plugin's takes precedence over sitegen's."""
        return self.own[name] if name in self.own else getattr(self, name)


class SearchIndex(Struct, frozen=True):
    """A language that the search page finds articles in."""

    lang: str
    name: str
    dir: str = "ltr"


class SearchView(Struct, frozen=True, tag="search"):
    """The search page; the site's language comes first.

    Without ``indexes`` there is nothing to search in.
    """

    title: str
    url: str
    indexes: tuple[SearchIndex, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()  # the site's own taxonomies: kind, title
    preview: bool = False  # no index is made


class SearchRecord(Struct, frozen=True):
    """All that the search index may hold of an article.

    The body is named by ``body_digest``. ``minute`` is the moment of ``date``, counted in
    minutes from the year 1.
    """

    url: str
    title: str
    date: str
    minute: int
    section: str
    source: str = ""
    authors: tuple[str, ...] = ()
    dek: str = ""
    comment: str = ""
    show: Show = "full"
    words: int = 60
    body_from: str = ""
    body_digest: str = ""
    terms: dict[str, tuple[str, ...]] = {}  # of the site's own taxonomies, with their levels


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


class SoundFile(Struct, frozen=True):
    """A sound file as feeds name it: its URL, media type and size in bytes."""

    url: str
    type: str
    size: int


class FeedItem(Struct, frozen=True):
    """One article in a feed.

    ``body_from`` is empty where the feed gives the summary only.
    """

    card: Card
    source_url: str = ""
    body_from: str = ""
    body_digest: str = ""
    show: Show = "full"
    words: int = 60
    credits: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    notice: str = ""
    license: str = ""  # its URL
    source_id: str = ""  # what the source is known by: its home, else the host of the original
    source_feed: str = ""
    contents: str = ""  # HTML of an entry that is not an article: the headlines of an edition
    book: str = ""  # the URL of an EPUB
    pictures: tuple[tuple[str, str], ...] = ()  # in the body: (URL as written, file to show)
    dated: str = ""  # its date as the article has it, where that is of another zone than the site's
    amended: str = ""  # the same of its last change
    sound: SoundFile | None = None  # its first own recording
    episode: int = 0  # which part of a series it is, in the podcast of that

    @property
    def published(self) -> str:
        """The moment of its date, as the article has it."""
        return self.dated or self.card.date

    @property
    def changed(self) -> str:
        """The moment of its last change, else of its date, as the article has it."""
        return self.amended or self.card.updated or self.published

    targets: tuple[
        tuple[str, str], ...
    ] = ()  # of links in the body: (as written, path below the root)


class Podcast(Struct, frozen=True):
    """What directories show of a podcast: ``categories`` are one of Apple's, and its part of that
    if it has one; ``serial`` is one that is heard from its first part on."""

    image: str
    categories: tuple[str, ...]
    author: str
    owner: str = ""
    mail: str = ""
    explicit: bool = False
    serial: bool = False


class FeedView(Struct, frozen=True, tag="feed"):
    """A feed: ``url`` is its own, ``home`` the page it belongs to; ``format`` is atom, rss, json
    or podcast, which says more about itself in ``podcast``."""

    title: str
    url: str
    home: str
    updated: str
    items: tuple[FeedItem, ...]
    format: str = "atom"
    description: str = ""
    hub: str = ""
    rights: str = ""
    podcast: Podcast | None = None


class Chapter(Struct, frozen=True):
    """An article in the e-mail or the EPUB of an edition.

    ``figure`` is its image, and ``sizes`` has width and height of those in its text by their URLs,
    as mail programs show them.
    """

    item: FeedItem
    dek: str = ""
    dateline: str = ""
    corrections: tuple[Correction, ...] = ()
    figure: Image | None = None
    sizes: dict[str, tuple[int, int]] = {}

    @property
    def original(self) -> str:
        """Where the headline leads to in a mail, if that is not the article's own page: that would
        show nothing but a link."""
        linked = self.item.source_url if self.item.show == "link" else ""
        return self.item.card.to or linked


class Part(Struct, frozen=True):
    """Articles of an edition below one heading; the lead is in a part without a heading."""

    title: str
    chapters: tuple[Chapter, ...]


class EpubImage(Struct, frozen=True):
    """An image that is taken into an EPUB: its URL on the site, its file, and the size and
    times of that file."""

    url: str
    file: str
    size: int
    mtime_ns: int
    ctime_ns: int = 0


class IssueView(Struct, frozen=True, tag="issue"):
    """An edition as one file.

    ``format`` is html, text or eml, the forms of its e-mail, or epub.
    """

    title: str
    url: str
    home: str  # the page of the edition
    key: str
    number: int
    date: str
    format: str
    parts: tuple[Part, ...]
    pictures: tuple[EpubImage, ...] = ()
    sender: str = ""
    name: str = ""  # of its series, if that has one
    address: str = ""  # postal, of the publisher
    intro: Comment | None = None
    outro: Comment | None = None

    def chapters(self) -> Iterator[Chapter]:
        """Every article, in order."""
        for part in self.parts:
            yield from part.chapters


class NinjsView(Struct, frozen=True, tag="ninjs"):
    """An article's record for machines (IPTC ninjs).

    Its dates are those that the page does not show.
    """

    url: str
    article: ArticleView
    embargoed: str = ""
    expires: str = ""
    first_seen: str = ""


class ReservationView(Struct, frozen=True, tag="reservation"):
    """The file that reserves text and data mining for the site."""

    url: str


class SitemapView(Struct, frozen=True, tag="sitemap"):
    """URLs with their last change (sitemaps.org 0.9), or an index of such files."""

    url: str
    entries: tuple[tuple[str, str], ...]
    index: bool = False


class NewsView(Struct, frozen=True, tag="news"):
    """The news sitemap: (URL, date, title, language, keywords) of the articles of the last two
    days."""

    url: str
    entries: tuple[tuple[str, str, str, str, str], ...]


class Outline(Struct, frozen=True):
    """A source in the list of sources: its name, its site, its feed, and the digest's page of
    it."""

    name: str
    home: str
    feed: str
    page: str


class OpmlView(Struct, frozen=True, tag="opml"):
    """The sources as feed readers take them (OPML 2.0)."""

    title: str
    url: str
    outlines: tuple[Outline, ...]


class SheetView(Struct, frozen=True, tag="sheet"):
    """A style sheet of the theme that names other files of it by their published names."""

    url: str
    text: str


class ManifestView(Struct, frozen=True, tag="manifest"):
    """The web manifest: the name and the icons of the site, for phones.

    All that it says is in the site context, but for its colours.
    """

    url: str
    paper: str
    band: str


class RobotsView(Struct, frozen=True, tag="robots"):
    """``denied`` are robots that are turned away; ``text`` takes the place of all but the
    sitemaps."""

    url: str
    sitemaps: tuple[str, ...]
    denied: tuple[str, ...] = ()
    text: str = ""


class TextView(Struct, frozen=True, tag="text"):
    """A file that is a plain text."""

    url: str
    text: str


View = (
    ArticleView
    | PageView
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
    | GoneView
    | FeedView
    | IssueView
    | NinjsView
    | ReservationView
    | SitemapView
    | NewsView
    | OpmlView
    | RobotsView
    | TextView
    | ManifestView
    | SheetView
)
