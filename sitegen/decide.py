"""Which outputs must be made: keys, and the comparison with what is known. Pure, but for reading stats."""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

import msgspec

from sitegen.base.diagnostics import Diagnostic
from sitegen.base.makers import fingerprint
from sitegen.base.text import digest
from sitegen.model import Card, Copy, FeedItem, FeedView, Frame, Indexed, ListView, Page, Plan, Resized, Struct, Trace, View, Wish


class Jobs(Struct, frozen=True):
    """What a build has to do, and for each output to be made the reason."""

    render: tuple[Page, ...]
    copy: tuple[Copy, ...]
    stale: tuple[str, ...]
    unchanged: int
    reasons: dict[str, str]
    pictures: tuple[Wish, ...] = ()
    indexed: tuple[Indexed, ...] = ()


class _Marks(dict[int, bytes]):
    """Digests of cards and items of feeds by their identity: one stands in some six lists, and is digested once."""

    encode = msgspec.msgpack.Encoder().encode

    def __missing__(self, key: int) -> bytes:
        return b""

    def add(self, part: Card | FeedItem) -> bytes:
        mark = self[id(part)] = blake2b(self.encode(part), digest_size=16).digest()
        return mark


def page_keys(whole: Plan, closures: dict[str, str], shared: Frame, root: Path) -> dict[str, str]:
    """The key of every output: a digest of all that its bytes depend on.

    A page depends on the versions of what makes it, its template with all that this one includes, the frame
    and its view; a copy on its file's size and times; a picture on
    its original; a file of the search index on all records of its shard.
    ``closures`` is what `template_closures` gives.
    """
    encode = msgspec.msgpack.Encoder().encode
    replace = msgspec.structs.replace
    base = digest(fingerprint().encode(), encode(shared))
    bases = {name: f"{base} {closure} ".encode() for name, closure in closures.items()}
    absent = f"{base} ".encode()  # serialised pages, and templates that do not exist
    marks = _Marks()
    keys = {}
    for page in whole.pages:
        view: View = page.view
        shown: tuple[Card, ...] | tuple[FeedItem, ...] = ()
        if isinstance(view, ListView):
            view, shown = replace(view, cards=()), view.cards
        elif isinstance(view, FeedView):
            view, shown = replace(view, items=()), view.items
        parts = [bases.get(page.template, absent), encode(view), *[marks[id(part)] or marks.add(part) for part in shown]]
        keys[page.output] = blake2b(b"".join(parts), digest_size=16).hexdigest()
    for copy in whole.copies:
        info = (root / copy.source).stat()
        keys[copy.output] = f"copy {info.st_size} {info.st_mtime_ns} {info.st_ctime_ns}"
    if whole.pictures:
        keys |= {wish.output: picture_key(wish) for wish in whole.pictures}
    keys |= {file.output: f"index {file.key}" for file in whole.indexed}
    return keys


def picture_key(wish: Wish) -> str:
    """A digest of all that the bytes of a picture depend on: not on where it or its original lies."""
    parts: object = msgspec.structs.replace(wish, output="", origin="")
    if isinstance(wish, Resized):
        parts = (wish.digest, wish.format, wish.width, wish.height, wish.quality)
    return digest(fingerprint().encode(), msgspec.msgpack.encode(parts))


def stats(output: Path, names: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Size and time of those files in ``output`` that exist."""
    out = {}
    folder = str(output)
    for name in names:
        try:
            info = os.lstat(f"{folder}/{name}")
        except OSError:
            continue
        out[name] = (info.st_size, info.st_mtime_ns)
    return out


def decide(whole: Plan, keys: dict[str, str], traces: dict[str, Trace], there: dict[str, tuple[int, int]]) -> Jobs:
    """What must be made: pure, so that ``sitegen explain`` can never disagree with a build."""
    reasons: dict[str, str] = {}
    for output, key in keys.items():
        trace = traces.get(output)
        if trace is None:
            reasons[output] = "new"
        elif trace.key != key:
            reasons[output] = "what it shows has changed" if trace.key else "no record of what it shows"
        elif there.get(output) != (trace.size, trace.mtime_ns):
            reasons[output] = "the file in output/ is gone or was changed"
    return Jobs(
        tuple(p for p in whole.pages if p.output in reasons),
        tuple(c for c in whole.copies if c.output in reasons),
        tuple(sorted(traces.keys() - keys.keys())),
        len(keys) - len(reasons),
        reasons,
        tuple(p for p in whole.pictures if p.output in reasons),
        tuple(f for f in whole.indexed if f.output in reasons),
    )


def failing(problems: Iterable[Diagnostic], strict: bool) -> bool:
    """Whether these problems keep a build from being published."""
    return any(d.level == "error" or (strict and d.level == "warning") for d in problems)
