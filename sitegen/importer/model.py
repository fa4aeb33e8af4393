"""What importing makes of one input, and what it did with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from sitegen.base.diagnostics import Diagnostic, Level
from sitegen.model.article import Correction, DocumentKind, Image, Person, Rights, Source
from sitegen.model.base import Struct

Outcome = Literal[
    "created",
    "updated",
    "unchanged",
    "kept",
    "quarantined",
    "failed",
    "skipped",
    "listed",
    "dropped",  # by a rule of its source, or by an editor
    "waiting",  # for another run
]
Kind = Literal[
    "text",
    "html",
    "markdown",
    "feed",
    "json-feed",
    "opml",
    "wxr",
    "newsml",
    "ninjs",
    "mail",
    "mbox",
    "mhtml",
    "warc",
    "wacz",
    "webarchive",
    "har",
    "bookmarks",
    "pinboard",
    "table",
    "ris",
    "csl",
    "wallabag",
    "ghost",
    "movable-type",
    "posts",
    "docx",
    "odt",
    "fodt",
    "rtf",
    "pdf",
    "epub",
    "bibtex",
    "json-list",
    "outbox",
    "tumblr",
    "wire",
    "urls",
    "zip",
    "gzip",
    "xml",
    "json",
    "binary",
    "empty",
    "plugin",
]


CONFIDENT = 0.5  # a field chosen with less is one that `check` lists


class Weighed(Struct, frozen=True):
    """A candidate for a field: how likely it is right, its score, and the features that decided,
    each with its weight."""

    field: str
    value: str
    chance: float
    score: float
    reasons: tuple[tuple[str, float], ...] = ()


class Imported(Struct, frozen=True, tag=True):
    """One article as it was found, before a person has looked at it.

    ``date`` and ``updated`` are RFC 3339, ``YYYY-MM-DD`` or empty; ``body`` is Markdown. A reader
    whose source holds HTML may leave it in ``html`` instead (with ``base``, what its URLs are
    relative to): `fragment.finish` makes the body of it. ``guid`` is a name that the source itself
    gives the article; ``attached`` holds images that came along, by the URL that the text uses;
    ``beside`` has the relative references that a saved page has for its images, by their
    URLs on the web. ``among`` has the images that belong into the body, each with the length
    of what is before it; ``left_at_source`` are those that a source gives beside its text, and in
    the end those that stay there. ``own`` says that it comes from a person's own site, whose
    sections are taken as they are. ``kind`` is `page` for a page of that site, such as its imprint,
    whose ``slug`` may have folders. ``notes`` says what a
    person should know of an article that is whole all the same. ``spun`` is 0 for ordinary text,
    else how sure the detector of machine-spun text is (up to 1), with the words that gave it away.
    ``evidence`` pairs a field with where its value was found; ``confidence`` says how likely a
    field's value is right (0 to 1) where it was chosen among the candidates that ``weighed`` has;
    ``doubts`` says what keeps this from being read with confidence. ``share`` is the
    share of the input's words that are in it (see `kept`), None before they are counted.
    """

    title: str = ""
    dek: str = ""
    authors: tuple[Person, ...] = ()
    credits: tuple[Person, ...] = ()
    date: str = ""
    updated: str = ""
    dateline: str = ""
    image: Image | None = None
    images: tuple[Image, ...] = ()
    source: Source = Source()
    canonical: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    lang: str = ""
    body: str = ""
    spun: float = 0.0
    spun_words: tuple[str, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    weighed: tuple[Weighed, ...] = ()
    confidence: dict[str, float] = {}
    doubts: tuple[str, ...] = ()
    guid: str = ""
    html: str = ""
    base: str = ""
    summary: str = ""
    status: str = ""
    publish_at: str = ""
    expires_at: str = ""
    rights: Rights = Rights()
    corrections: tuple[Correction, ...] = ()
    lead: bool = False
    weight: int = 0
    story: str = ""
    edition: tuple[str, ...] = ()
    slug: str = ""
    aliases: tuple[str, ...] = ()
    translation_of: str = ""
    extra: dict[str, Any] = {}
    attached: dict[str, bytes] = {}
    beside: dict[str, str] = {}
    among: tuple[tuple[int, Image], ...] = ()
    left_at_source: tuple[Image, ...] = ()
    notes: tuple[str, ...] = ()
    own: bool = False
    kind: DocumentKind = "article"
    share: float | None = None


class Skipped(Struct, frozen=True, tag=True):
    """A part of an input that is not an article, and why: a page of a blog, a deleted post."""

    name: str
    reason: str


class Note(Struct, frozen=True):
    """What a reader has to report of its input: where it was repaired, guessed, or left something
    out."""

    message: str
    line: int = 0
    help: str = ""
    level: Level = "warning"


class Batch(Struct, frozen=True):
    """The articles of one input, and what its reader has to report."""

    found: Iterable[Imported | Skipped]
    notes: tuple[Note, ...] = ()


class FeedOutline(Struct, frozen=True):
    """A feed that an OPML file lists."""

    name: str
    feed: str
    home: str = ""
    folder: str = ""


class ImportOptions(Struct, frozen=True):
    """What a person asks for.

    ``url`` is the URL of a single input; ``fresh`` asks servers again for everything. ``columns``
    has the columns of tables by the field that each holds. ``now`` is in seconds since 1970; 0
    where neither the age of items nor the open edition matters. ``edition`` is the key of one that
    all articles go into, or `date`: each into that of its date. ``status`` is `published`, `draft`
    or `inbox` for all articles; empty: as site.yaml says.
    """

    section: str = ""
    url: str = ""
    dry_run: bool = False
    pictures: bool = False
    private: bool = False
    fresh: bool = False
    columns: dict[str, str] = {}
    now: float = 0.0
    edition: str = ""
    status: str = ""


class ImportedItem(Struct, frozen=True):
    """What became of one input.

    ``origin`` is its name as given, ``path`` the file in the site. ``status`` is the article's
    (empty for one that is published), and ``lacking`` why it is a draft, in words that can be
    counted. ``change`` is a unified diff against the file on disk; it is filled in a dry run only.
    ``share`` is the share of the input's words that are in the article, None where there is none;
    ``fields`` is what it says.
    """

    origin: str
    outcome: Outcome
    path: str = ""
    reason: str = ""
    title: str = ""
    evidence: tuple[tuple[str, str], ...] = ()
    weighed: tuple[Weighed, ...] = ()
    confidence: dict[str, float] = {}
    change: str = ""
    status: str = ""
    lacking: tuple[str, ...] = ()
    share: float | None = None
    fields: dict[str, str] = {}
    outlet: str = ""


class ImportReport(Struct, frozen=True):
    """The outcome of one run: an item for every input, in order, and what a person should look
    at."""

    items: tuple[ImportedItem, ...]
    diagnostics: tuple[Diagnostic, ...]
    suggestion: str = ""  # what site.yaml could hold, as YAML

    def count(self, outcome: Outcome) -> int:
        """How many inputs had this outcome."""
        return sum(item.outcome == outcome for item in self.items)
