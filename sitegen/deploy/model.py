"""The values of a deployment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from sitegen.base.files import is_inside
from sitegen.model.base import Struct

MANIFEST = ".sitegen-manifest.json"
LOCK = ".sitegen-lock"


class Item(Struct, frozen=True):
    """A file to be at the target.

    ``source`` is where its bytes are; ``data`` holds them where no file does.
    """

    path: str
    digest: str
    size: int
    type: str
    cache: str
    encoding: str = ""
    group: int = 0
    source: str = ""
    data: bytes = b""
    redirect: str = ""  # where its URL leads, for stores that answer with a redirect

    def read(self) -> bytes:
        """The bytes as they were built."""
        if not self.source:
            return self.data
        with open(self.source, "rb") as file:
            return file.read()


class Entry(Struct, frozen=True, array_like=True):
    """A file in the manifest: its bytes and headers, and the mark by which the target knows it.

    An empty digest means that the file is ours and that nothing else is known of it.
    """

    digest: str = ""
    size: int = -1  # as stored, which may be compressed
    type: str = ""
    cache: str = ""
    encoding: str = ""
    etag: str = ""


class Sent(Struct, frozen=True):
    """The result of one file: its entry in the manifest, or why it could not be sent.

    Both are empty for a file that was not begun, because one before it could not be sent.
    """

    entry: Entry | None = None
    failure: str = ""


SendAll = Callable[[Sequence[Item]], Iterator[Sent]]  # results are in the order of the files


class Manifest(Struct, frozen=True):
    """The files at a target that sitegen put there.

    ``retired`` are those that no page shows any more, with their last day. ``moment`` is the time
    of the deployment, in ISO format; manifests of earlier versions have none.
    """

    version: int = 1
    release: int = 0
    files: dict[str, Entry] = {}
    retired: dict[str, str] = {}
    moment: str = ""


class Seen(Struct, frozen=True):
    """A file as the target lists it; ``etag`` is empty if the target has none."""

    size: int
    etag: str = ""


class DeployPlan(Struct, frozen=True):
    """What a deployment does: files by group, in order; then deletions, each with its reason."""

    puts: tuple[Item, ...]
    keeps: dict[str, Entry]
    deletes: tuple[str, ...]
    retired: dict[str, str]
    reasons: dict[str, str]
    expired: int = 0  # how many of the deletions are assets that were kept long enough
    overwrites: tuple[str, ...] = ()  # foreign files that are replaced
    adopt: bool = False  # the manifest must be written although nothing else has to be done

    @property
    def empty(self) -> bool:
        """Whether nothing is to be done."""
        return not (self.puts or self.deletes or self.adopt)


class DeployReport(Struct, frozen=True, omit_defaults=False):
    """The outcome of a deployment, as the command shows it."""

    target: str
    kind: str
    release: int = 0
    puts: tuple[str, ...] = ()
    deletes: tuple[str, ...] = ()
    unchanged: int = 0
    size: int = 0
    retired: int = 0
    seconds: float = 0.0
    dry_run: bool = False
    rolled_back: bool = False
    reasons: dict[str, str] = {}
    notes: tuple[str, ...] = ()
    not_done: tuple[str, ...] = ()
    failed: dict[str, str] = {}


class Surroundings(Struct, frozen=True):
    """What only the command line may read: the environment, the moment, and a random mark of this
    run."""

    env: Mapping[str, str]
    now: str
    mark: str


class Transient(Exception):
    """A failure that may pass: a lost connection, a server that is busy."""


class Refused(Exception):
    """A failure that trying again does not fix."""


class LostRace(Exception):
    """Another deployment changed the target meanwhile."""


class Place(Protocol):
    """A target.

    Every name is a path below it, with ``/``.
    """

    name: str  # for messages
    jobs: int
    atomic: bool  # nothing is visible before `finish`

    def begin(self, writing: bool) -> None:
        """Connect; with ``writing``, prepare it for writing."""

    def read(self, name: str) -> bytes | None:
        """A file's bytes, or None if it does not exist."""

    def listing(self, verify: bool) -> dict[str, Seen] | None:
        """All files, or None where listing costs too much and ``verify`` is not set."""

    def same(self, item: Item) -> Entry | None:
        """The entry of a file of which nothing is known, if it equals ``item``."""

    def put(self, item: Item) -> Entry:
        """Upload a file, which readers see only when it is complete."""

    def delete(self, names: Iterable[str]) -> None:
        """Remove files, and folders that this leaves empty."""

    def write(self, name: str, data: bytes) -> None:
        """Upload one of sitegen's own small files."""

    def claim(self, data: bytes) -> bool:
        """Make the lock file, unless there is one."""

    def finish(self, release: int) -> None:
        """Everything is in place: show it."""

    def close(self) -> None:
        """Close connections."""


def decode_manifest(data: bytes | None) -> Manifest | None:
    """The manifest in ``data``, or None where there is none, or a damaged one, or one of a later
    version."""
    if not data:
        return None
    try:
        found = msgspec.json.decode(data, type=Manifest)
    except msgspec.MsgspecError:
        return None
    sound = found.version == 1 and all(map(is_inside, found.files))
    return found if sound else None
