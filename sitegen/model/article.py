"""The nouns of one article: people, images, source, rights, corrections, the document."""

from __future__ import annotations

from typing import Any, Literal

from sitegen.base.diagnostics import Diagnostic
from sitegen.model.base import Struct

Status = Literal["draft", "published", "withheld", "withdrawn"]
Show = Literal["full", "excerpt", "link"]
DocumentKind = Literal["article", "page"]  # a page is part of the site itself, such as its imprint
Expiry = Literal["remove", "excerpt", "noindex"]  # what becomes of an article that has expired


# What an editor writes -----------------------------------------------------------------------
class Person(Struct, frozen=True):
    """An author or the holder of a credit.

    ``role`` is free text such as ``photo`` or ``translation``.
    """

    name: str
    role: str = ""
    url: str = ""
    org: str = ""


class ImageSet(Struct, frozen=True):
    """One format of an image, as files of several widths: (URL, width), the narrowest
    first."""

    type: str  # media type
    files: tuple[tuple[str, int], ...]


class ImageFile(Struct, frozen=True):
    """A file of an image, with its size in pixels."""

    src: str
    width: int
    height: int


class Image(Struct, frozen=True):
    """An image with its attribution; ``src`` is a URL, absolute or below the site's root.

    ``width`` and ``height`` are those of ``src``, 0 where they are unknown. ``widths`` are files in
    the format of ``src``, ``sets`` are in formats that are smaller and that not every browser
    knows.
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
    sets: tuple[ImageSet, ...] = ()
    original: str = (
        ""  # the URL of the file as the article has it, where ``src`` was made from that
    )
    mail: ImageFile | None = None  # as mail programs show it, where they do not know ``src``


class Source(Struct, frozen=True):
    """The source an article came from; ``url`` is the URL of the original article."""

    name: str = ""
    url: str = ""
    license: str = ""


class Rights(Struct, frozen=True):
    """What may be shown of an article.

    ``words`` bounds an excerpt.
    """

    show: Show = "full"
    words: int = 60
    holder: str = ""
    notice: str = ""
    license: str = ""


class Correction(Struct, frozen=True):
    date: str
    text: str


class Comment(Struct, frozen=True):
    """What this digest says about an article, and who says it: never words of its source.

    Plain text; an empty line separates paragraphs.
    """

    text: str
    by: str = ""


class DataFile(Struct, frozen=True):
    """A table or sound file that an article shows: the path of its URL, its file, size, and a
    ``mark`` that changes with the file."""

    url: str
    path: str
    size: int
    mark: str


class Document(Struct, frozen=True):
    """One article file: its front matter after folding of synonyms, and facts about its body.

    A page (``kind``) is read from such a file, too; it has neither a section nor, unless it says
    so, a date. Dates are RFC 3339 strings with the offset they were written with, or
    ``YYYY-MM-DD`` where the file gives no time. ``stamp`` (and ``*_stamp``) are the same moments
    in seconds since 1970, for ordering.
    """

    path: str  # relative to the site's root, with forward slashes
    title: str
    slug: str
    section: str
    date: str
    stamp: float
    id: str = ""
    dek: str = ""
    genre: str = ""  # what kind of article it is (`base/genres.py`)
    authors: tuple[Person, ...] = ()
    credits: tuple[Person, ...] = ()
    updated: str = ""
    first_seen: str = ""
    publish_at: str = ""
    publish_stamp: float = 0.0
    expires_at: str = ""
    expires_stamp: float = 0.0
    on_expiry: Expiry | Literal[""] = ""  # as the site has it
    gone: bool = False  # its URL answers that it is gone, where the host can
    noindex: bool = False  # it has expired, and only readers of the site find it
    status: Status = "published"
    kind: DocumentKind = "article"
    tags: tuple[str, ...] = ()
    terms: dict[str, tuple[str, ...]] = {}  # of the site's own taxonomies, by kind
    reasons: dict[str, str] = {}  # why rules gave it its topics
    summary: str = ""
    summarised: bool = (
        False  # `summary` may be shown though the text is only linked: it is the editor's own
    )
    dateline: str = ""
    image: Image | None = None
    source: Source = Source()
    canonical: str = ""
    rights: Rights = Rights()
    corrections: tuple[Correction, ...] = ()
    comment: Comment | None = None
    permalink: Literal["", "source", "own"] = ""  # where the headline leads to, if it says so
    story: str = ""
    edition: tuple[str, ...] = ()  # the editions that it names, one of each series
    lead: bool = False
    weight: int = 0
    url: str = ""
    aliases: tuple[str, ...] = ()
    lang: str = ""
    translation_of: str = ""
    template: str = ""
    toc: bool | None = None  # whether it has a table of contents; None: as the site has it
    extra: dict[str, Any] = {}
    words: int = 0
    body_digest: str = ""
    assets: tuple[str, ...] = ()  # files below content/ that the body or image shows
    links: tuple[str, ...] = ()  # in the body, to places of the site, as they are written
    targets: tuple[
        tuple[str, str], ...
    ] = ()  # of those that name a file or are relative: (as written, path below the root)
    data: tuple[DataFile, ...] = ()  # tables and sound files that its links name
    originals: tuple[
        str, ...
    ] = ()  # URLs that only articles with the same original have (`base/urls.py`)
    signature: bytes = b""  # of title and text, by which stories are found (`base/similarity.py`)
    pictures: dict[str, Image] = {}  # by the URL in the body, where smaller files are made of them


class Parsed(Struct, frozen=True):
    """The outcome of reading one file: a document and its HTML, or only what is wrong with it."""

    path: str
    document: Document | None
    html: str
    diagnostics: tuple[Diagnostic, ...]
