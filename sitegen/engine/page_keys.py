"""The key of a page: a digest of all that its bytes are made from."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

import msgspec

from sitegen.base.makers import fingerprint
from sitegen.base.text import digest
from sitegen.model.output import ImageJob, Plan, ResizeJob
from sitegen.model.site import Card
from sitegen.model.views import FeedItem, FeedView, ListView, SiteContext, View


class _Marks(dict[int, bytes]):
    """Digests of cards and items of feeds by their identity: each is in some six lists, and is
    digested once."""

    encode = msgspec.msgpack.Encoder().encode

    def __missing__(self, key: int) -> bytes:
        return b""

    def add(self, part: Card | FeedItem) -> bytes:
        mark = self[id(part)] = blake2b(self.encode(part), digest_size=16).digest()
        return mark


def page_keys(
    plan: Plan, closures: dict[str, str], shared: Mapping[str, SiteContext], root: Path
) -> dict[str, str]:
    """The key of every output: a digest of all that its bytes depend on.

    A page depends on the versions of what makes it, its template with all that this one includes,
    the frame and its view; a copy on its file's size and times; an image on its original; a file
    of the search index on all records of its shard. ``closures`` is what `template_closures` gives,
    ``shared`` the frame in each language.
    """
    encode = msgspec.msgpack.Encoder().encode
    replace = msgspec.structs.replace
    bases: dict[tuple[str, str], bytes] = {}  # by language and template
    absent: dict[str, bytes] = {}  # of serialised pages, and of templates that do not exist
    for lang, frame in shared.items():
        base = digest(fingerprint().encode(), encode(frame))
        absent[lang] = f"{base} ".encode()
        for name, closure in closures.items():
            bases[lang, name] = f"{base} {closure} ".encode()
    marks = _Marks()
    keys = {}
    for page in plan.viewed():
        view: View = page.view
        shown: tuple[Card, ...] | tuple[FeedItem, ...] = ()
        if isinstance(view, ListView):
            view, shown = replace(view, cards=()), view.cards
        elif isinstance(view, FeedView):
            view, shown = replace(view, items=()), view.items
        parts = [
            bases.get((page.lang, page.template)) or absent[page.lang],
            encode(view),
            *[marks[id(part)] or marks.add(part) for part in shown],
        ]
        keys[page.output] = blake2b(b"".join(parts), digest_size=16).hexdigest()
    for copy in plan.copies:
        info = (root / copy.source).stat()
        keys[copy.output] = f"copy {info.st_size} {info.st_mtime_ns} {info.st_ctime_ns}"
    if plan.images:
        keys |= {wish.output: image_key(wish) for wish in plan.images}
    keys |= {file.output: f"index {file.key}" for file in plan.indexed}
    return keys


def image_key(wish: ImageJob) -> str:
    """A digest of all that the bytes of an image depend on, which is not where it or its original
    is."""
    parts: object = msgspec.structs.replace(wish, output="", origin="")
    if isinstance(wish, ResizeJob):
        parts = (wish.digest, wish.format, wish.width, wish.height, wish.quality)
    return digest(fingerprint().encode(), msgspec.msgpack.encode(parts))
