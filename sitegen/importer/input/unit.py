"""One text to read, as the inputs that a user names give it."""

from __future__ import annotations

from sitegen.importer.markdown.generators import Blog
from sitegen.importer.model import Imported, Kind, Skipped
from sitegen.model.base import Struct

WHOLE = (0, 0)  # the part of a unit that is no archive


class Unit(Struct, frozen=True):
    """One text to read, or an article that a feed or an export has given already (``found``).

    ``data`` is empty where the text lies on disk at ``path``, which is absolute. ``place`` is the
    number of the folder or archive that it is in, there under ``name``. ``feed`` says that the
    source may hold less than the whole article. ``images`` came along with a page, by URL.
    ``marked`` says that the text is Markdown that was made of another form, ``saved`` when a page
    was captured. ``reason`` is why it cannot be read. ``outlet`` is the key of the source in
    site.yaml whose feed it came from; ``waiting`` says that this feed is not asked now. ``paged``
    says that the page of the item was fetched, too. ``part`` says which of how many parts of the
    archive at ``path`` it is, which whoever reads it opens.
    """

    shown: str
    origin: str
    kind: Kind = "text"
    path: str = ""
    data: bytes = b""
    meta: bytes = b""
    found: Imported | Skipped | None = None
    url: str = ""
    name: str = ""
    place: int = -1
    blog: Blog | None = None
    feed: bool = False
    reason: str = ""
    unchanged: bool = False
    images: dict[str, bytes] = {}
    marked: bool = False
    saved: str = ""
    outlet: str = ""
    waiting: bool = False
    paged: bool = False
    part: tuple[int, int] = WHOLE
