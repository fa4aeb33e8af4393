"""The plan of output/: pages, copies and images to make; and the record of a build."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.base.diagnostics import Diagnostic
from sitegen.model.base import Struct
from sitegen.model.views import Shard, View

Key = tuple[str | int, ...]  # a family of pages that are planned together (`pages/kinds.py`)


# What a build does ---------------------------------------------------------------------------
class Page(Struct, frozen=True, tag=True):
    """One output file.

    ``output`` is its path below output/, ``template`` is empty for serialised kinds.
    """

    output: str
    template: str
    view: View
    origin: str  # what asks for it, for messages: a file, or "tag `oil`"
    group: int = 2  # order of publishing: 0 assets, 1 articles, 2 lists, 3 feeds, 4 front page
    lang: str = ""  # of its interface, where it is another one than that of the site


class PlannedPage(Struct, frozen=True, tag=True):
    """A page without its view, which is made again, by the family ``key``, where it is rendered.

    ``kind`` is the name of the view, ``moment`` the date of the newest card that a list shows.
    """

    output: str
    template: str
    kind: str
    origin: str
    key: Key
    group: int = 2
    moment: str = ""


class Copy(Struct, frozen=True):
    """One file copied from ``source`` (absolute) to ``output``: as it is, unless it is
    ``cleaned``."""

    output: str
    source: str
    origin: str
    digest: str = ""  # known where the name carries it
    group: int = 0
    cleaned: bool = False  # an SVG of an article: without what runs


class ResizeJob(Struct, frozen=True, tag=True):
    """One size of the image in the file ``source`` (below the site's root), whose bytes have
    ``digest``."""

    output: str
    source: str
    origin: str
    digest: str
    format: str  # jpeg, png, webp or avif
    width: int
    height: int
    quality: int
    group: int = 0


class CardStyle(Struct, frozen=True):
    """The colours and the typeface of cards, as #rrggbb; ``on_band`` is that of letters on the
    band."""

    paper: str
    ink: str
    soft: str
    band: str
    on_band: str
    typeface: str


class ShareCardJob(Struct, frozen=True, tag=True):
    """A card for link previews, with all that it shows: `draw` makes an image of it.

    What is empty is left out.
    """

    output: str
    origin: str
    site: str
    headline: str
    look: CardStyle
    authors: tuple[str, ...] = ()
    date: str = ""
    source: str = ""
    text: str = ""
    language: str = "en"  # of the date
    group: int = 0


class IconJob(Struct, frozen=True, tag=True):
    """A square icon of ``size`` pixels from the image in the file ``source`` (below the site's
    root), whose stat has the digest ``mark``."""

    output: str
    source: str
    origin: str
    mark: str
    size: int
    group: int = 0


ImageJob = ResizeJob | ShareCardJob | IconJob


class IndexFile(Struct, frozen=True):
    """One file of the search index, which lies as ``name`` in the archive ``key`` of the cache."""

    output: str
    key: str
    name: str
    origin: str = "search index"
    group: int = 0


Item = Page | PlannedPage | Copy | ImageJob | IndexFile
# by the output: the families that show it; nearly always one, and a set takes four times the memory
Owners = dict[str, tuple[Key, ...]]


class Plan(Struct, frozen=True):
    """Everything that output/ holds.

    The files of ``shards`` have no names before they are made; then they are ``indexed``.
    ``entries`` are what the sitemap says of an output: its URL, and when it was last changed.
    """

    pages: tuple[Page | PlannedPage, ...]
    copies: tuple[Copy, ...]
    images: tuple[ImageJob, ...] = ()
    shards: tuple[Shard, ...] = ()
    indexed: tuple[IndexFile, ...] = ()
    owners: Owners = {}
    entries: dict[str, tuple[str, str]] = {}

    def viewed(self) -> list[Page]:
        """The pages that are with their views."""
        return [page for page in self.pages if isinstance(page, Page)]

    def items(self) -> Iterator[Item]:
        """Pages, then copies, then images, then what is indexed."""
        yield from self.pages
        yield from self.copies
        yield from self.images
        yield from self.indexed


class Trace(Struct, frozen=True):
    """What is known of a written file.

    The key it was made from, its size and time, and a digest of its bytes.
    """

    output: str
    key: str
    size: int
    mtime_ns: int
    digest: str = ""


class BuildReport(Struct, frozen=True):
    """The outcome of a build, as the summary and ``--json`` show it.

    ``reasons`` says for each output that was (or, in a dry run, would be) made why; ``changed``
    names those that were written with new bytes or removed; ``stages`` and ``templates`` hold
    seconds, the latter added up over all worker processes; ``made`` counts files by template.
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
    next_change: str = ""
    changed: tuple[str, ...] = ()
    made: dict[str, int] = {}
    pages: int = 0  # of the site itself, such as its imprint
