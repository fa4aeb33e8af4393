"""The keys of ``site.yaml``, as frozen values with their defaults."""

from __future__ import annotations

from typing import Any, Literal
from zoneinfo import ZoneInfo

from sitegen.base.text import slugify
from sitegen.config.check_rules import RuleLevel
from sitegen.config.send import SendTarget
from sitegen.config.targets import DeployTarget
from sitegen.model.article import Expiry, Show
from sitegen.model.base import Struct

IntakeStatus = Literal["published", "draft", "inbox"]  # of what a feed brings
# What an article's URL is made of
PERMALINK = ("section", "year", "month", "day", "slug", "id")
PAGE_PERMALINK = ("path", "slug", "id")  # the same of a page


class SectionConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """``permalink`` is that of its articles, where it is not that of the site."""

    title: str = ""
    description: str = ""
    permalink: str = ""


class PagesConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """Pages that are no news: ``permalink`` is the pattern of their URLs."""

    permalink: str = "/{path}/"


class MenuLink(Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of a menu, which names one of these; ``title`` replaces what that is called.

    ``term`` is a term of any taxonomy: `tag/oil`.
    """

    title: str = ""
    section: str = ""
    page: str = ""
    tag: str = ""
    author: str = ""
    source: str = ""
    term: str = ""
    url: str = ""


class MenuEntry(MenuLink, frozen=True, forbid_unknown_fields=True):
    """An entry of a menu that may have others below it."""

    entries: tuple[str | MenuLink, ...] = ()


MENU_TARGETS = ("section", "page", "tag", "author", "source", "term", "url")


class SectionWords(Struct, frozen=True, forbid_unknown_fields=True):
    """A section in one language."""

    title: str = ""
    description: str = ""


class LanguageConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """A language that the site is published in; what it lacks is that of the site."""

    title: str = ""
    description: str = ""
    sections: dict[str, SectionWords] = {}
    menus: dict[str, tuple[str | MenuEntry, ...]] = {}


class IntakeConfig(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What holds of every source that says nothing else.

    ``rights``, ``words``, ``license`` and ``notice`` are those of articles that say nothing of it
    themselves. The keys from ``status`` on say what becomes of the items of feeds: ``keep`` and
    ``drop`` are rules (`config/intake.py`), ``limit`` is the most items of a run (0: all), ``full``
    fetches the page of each item.
    """

    license: str = ""
    notice: str = ""
    rights: Show = "full"
    words: int = 60
    status: IntakeStatus = "published"
    section: str = ""
    tags: tuple[str, ...] = ()
    lang: str = ""
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    limit: int = 0
    full: bool = False


class SourceConfig(IntakeConfig, frozen=True, forbid_unknown_fields=True):
    """A source, with what it says instead of `intake`."""

    name: str = ""
    home: str = ""
    feed: str = ""
    mail: str = ""  # a Maildir folder, or the URL of an IMAP mailbox
    user: str = ""  # the account of that mailbox
    env: str = ""  # the variable of the environment that holds its password
    senders: tuple[str, ...] = ()  # the addresses of the letters to read; default: all
    split: Literal["", "links"] = ""  # `links`: each link of a letter is an item
    reserve: bool = False


class AuthorConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """An author, from site.yaml or a file of their own; ``links`` are their pages elsewhere, and
    who has a ``role`` is in the masthead."""

    name: str
    aliases: tuple[str, ...] = ()
    bio: str = ""  # Markdown
    url: str = ""
    photo: str = ""
    role: str = ""
    email: str = ""
    links: tuple[str, ...] = ()


class MarkdownConfig(Struct, frozen=True, forbid_unknown_fields=True):
    engine: str = "commonmark"
    extensions: tuple[str, ...] = ()
    smart: bool = False
    trust: bool = False
    highlight: bool = False  # colours of code
    math: bool = False  # formulas in TeX
    shortcodes: tuple[str, ...] = ()  # patterns of articles that may call macros of the theme


class ImagesConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """Without ``widths`` images are published as they are; with ``originals`` also besides the
    smaller files."""

    widths: tuple[int, ...] = (360, 720, 1080, 1440)
    formats: tuple[str, ...] = ("webp",)
    quality: int = 76
    originals: bool = False


class ShareConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """Images for link previews.

    ``cards``: all draws one for each article without an image, site one for the site as a whole.
    Articles before the day ``since`` (ISO 8601) get none of their own. ``image`` replaces that of
    the site: a URL, or the path of a file in static/.
    """

    cards: str = "none"
    since: str = ""
    image: str = ""


FEED_FORMATS = ("atom", "rss", "json")
PODCAST = "podcast"  # the format of a feed of recordings
FEED_FILES = {"atom": "feed.xml", "rss": "rss.xml", "json": "feed.json", PODCAST: "podcast.xml"}
FEED_KINDS = ("site", "section", "tag", "author", "source", "edition")
TOPIC = "topic"  # the kind of lists that rules make
EDITION_KINDS = ("daily", "weekly", "monthly", "key")
EDITION_PLACES = ("key", "number", "date", "end", "month", "week", "year")
INTRO_PLACES = (*EDITION_PLACES, "count")


class TermConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of a term, in site.yaml or in a file of its own; ``about`` is Markdown,
    ``medtop`` its code in the Media Topics of IPTC, ``links`` are pages elsewhere."""

    title: str = ""
    description: str = ""
    about: str = ""
    medtop: str = ""
    synonyms: tuple[str, ...] = ()
    url: str = ""
    photo: str = ""
    links: tuple[str, ...] = ()


class TaxonomyConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """``url`` is that of its index, ``permalink`` the pattern of those of its terms.

    ``ordered``: its terms are series, of which each article is a part. ``profile`` is what its
    terms are, a type of schema.org. Without ``hierarchy`` a slash is a part of a name.
    """

    title: str = ""
    url: str = ""
    permalink: str = ""
    ordered: bool = False
    feed: bool = False
    hierarchy: bool | None = None
    profile: str = ""
    synonyms: dict[str, str] = {}
    terms: dict[str, TermConfig] = {}


class TopicConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """A saved search: an article that one of its ``rules`` fits has this topic."""

    rules: tuple[str, ...]
    title: str = ""
    description: str = ""
    medtop: str = ""


class FeedConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """``formats`` is a list for all feeds, or one for each kind; ``text`` names the kinds whose
    feeds hold texts.

    ``rights`` is a line about all of it. ``ids`` is the host in the ids of entries, for sites
    whose readers know them by such ids.
    """

    content: str = "full"
    items: int = 20
    formats: tuple[str, ...] | dict[str, tuple[str, ...]] = {}
    text: tuple[str, ...] = ("site", "section")
    hub: str = ""
    rights: str = ""
    ninjs: bool = False
    ids: str = ""

    def formats_of(self, kind: str) -> tuple[str, ...]:
        """The formats that feeds of ``kind`` have: those of site.yaml, else all for the site and
        Atom for lists."""
        if isinstance(self.formats, tuple):
            return self.formats
        return self.formats.get(kind, FEED_FORMATS if kind == "site" else ("atom",))


class PodcastConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """The podcast of articles with a recording of their own.

    ``feeds`` are the kinds of lists that have one, ``image`` is its cover, ``category`` one of
    Apple's, ``owner`` a name with an e-mail address.
    """

    image: str
    feeds: tuple[str, ...] = ("site",)
    category: str = "News"
    owner: str = ""
    explicit: bool = False


class StoriesConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """``kind`` is auto, key (only what `story:` says) or none; ``hours`` lie at most between two
    articles that are alike."""

    kind: str = "auto"
    hours: int = 72


class RelatedConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """How many related articles an article shows, none of them older than ``days``."""

    count: int = 4
    days: int = 365


class SearchConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """Search on the site itself. `pagefind` is what older settings say; it means the same."""

    engine: str = "sitegen"


class EditionsConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """A series of editions; a site has none unless ``kind`` is given.

    ``name`` is in the URLs of a series; one series may have none. ``closes`` is when an edition
    closes (`config/closing.py`). ``sections``, ``tags``, ``sources`` (their keys) and ``language``
    bound what goes in. ``title`` and ``intro`` are patterns.
    """

    kind: str = ""
    name: str = ""
    closes: str = ""
    title: str = ""
    order: str = "newest"
    lead: str = "flag"
    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    language: str = ""
    intro: str = ""
    feed: bool = True
    email: bool = False
    epub: bool = False
    sender: str = ""
    address: str = ""  # postal, of the publisher, for the e-mail

    @property
    def slug(self) -> str:
        """The name of the series as in its URLs; empty for one without."""
        return slugify(self.name) if self.name else ""


class MiningConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether text and data mining of the whole site is reserved, and the URL of the terms."""

    reserve: bool = False
    policy: str = ""


class RobotsConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """``ai`` is allow or deny: whether robots that collect texts for training may read the site;
    empty: as `mining` has it."""

    ai: str = ""


class SecurityConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """What security.txt says (RFC 9116)."""

    contact: tuple[str, ...]
    expires: str
    policy: str = ""
    encryption: str = ""
    acknowledgments: str = ""
    hiring: str = ""
    languages: tuple[str, ...] = ()


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """All of site.yaml.

    Keys that later parts use are held as they were written.
    """

    title: str
    base_url: str
    timezone: str
    language: str = "en"
    description: str = ""
    author: str = ""
    theme: str = "broadsheet"
    content: str = "content"
    sections: dict[str, SectionConfig] = {}
    taxonomies: dict[str, TaxonomyConfig] = {}
    topics: dict[str, TopicConfig] = {}
    permalink: str = "/{section}/{year}/{month}/{day}/{slug}/"
    pages: PagesConfig = PagesConfig()
    menus: dict[str, tuple[str | MenuEntry, ...]] = {}
    languages: dict[str, LanguageConfig] = {}
    pagination: int = 20
    toc: int = 0  # headings from which on an article has a table of contents
    feeds: FeedConfig = FeedConfig()
    podcast: PodcastConfig | None = None
    editions: EditionsConfig | tuple[EditionsConfig, ...] = EditionsConfig()
    stories: StoriesConfig = StoriesConfig()
    related: RelatedConfig = RelatedConfig()
    search: bool | SearchConfig = False
    markdown: MarkdownConfig = MarkdownConfig()
    images: ImagesConfig = ImagesConfig()
    share: ShareConfig = ShareConfig()
    sources: dict[str, SourceConfig] = {}
    intake: IntakeConfig = IntakeConfig()
    authors: dict[str, AuthorConfig] = {}
    logo: str = ""
    icon: str = ""  # the path of an image
    canonical: str = "source"
    on_expiry: Expiry = "remove"
    mining: MiningConfig = MiningConfig()
    robots: str | RobotsConfig = ""  # the text of robots.txt, or settings for it
    security: SecurityConfig | None = None
    embeds: tuple[str, ...] = ()  # services whose players a click may load
    humans: str = ""  # the text of humans.txt
    noindex: bool = False  # search engines are asked to list no page
    content_policy: str = ""
    check: dict[str, RuleLevel] = {}
    theme_options: dict[str, Any] = {}
    plugins: tuple[str, ...] = ()
    cluster: str = ""  # the address of a Dask scheduler
    deploy: dict[str, DeployTarget] = {}
    send: dict[str, SendTarget] = {}

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def series(self) -> tuple[EditionsConfig, ...]:
        """The series of editions, in the order of site.yaml; none for a site without editions."""
        if isinstance(self.editions, EditionsConfig):
            return (self.editions,) if self.editions.kind else ()
        return self.editions

    def feed_formats(self, kind: str) -> tuple[str, ...]:
        """The formats that feeds of ``kind`` have; a taxonomy of the site's own has feeds only if
        it says so."""
        recorded = self.podcast is not None and kind in self.podcast.feeds
        return (*self._text_formats(kind), *([PODCAST] if recorded else []))

    def _text_formats(self, kind: str) -> tuple[str, ...]:
        said = self.taxonomies.get(kind)
        if kind == TOPIC and not isinstance(self.feeds.formats, tuple):
            return self.feeds.formats.get(kind, ("atom", "json"))
        if said is None:
            return self.feeds.formats_of(kind)
        return self.feeds.formats_of(kind) if said.feed else ()

    @property
    def base_path(self) -> str:
        """The path of ``base_url``: empty at the root of a host, else like ``/digest``."""
        from urllib.parse import urlsplit

        return urlsplit(self.base_url).path.rstrip("/")
