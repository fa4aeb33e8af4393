"""The record of what has gone out: ``content/_sent/KEY.jsonl``, a file for each edition.

A line is written, and is on the disk, before each step and after it. So a run that was killed has
left a step without its end, and the next one knows what is in doubt. People's addresses are not in
it, only digests of them. When all has gone out at a target, one line takes the place of its others.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

from sitegen.base.diagnostics import fail
from sitegen.base.files import read_bytes, sync_folder, write_whole
from sitegen.model.base import Struct

FOLDER = "_sent"
MAX_RECORD = 256 * 1024 * 1024

# creating → created → sending → sent; `open` after a failure of which nothing went out, `refused`
# for one that is final, `draft` for a letter that a person sends, `done` for the whole target.
Step = Literal["creating", "created", "sending", "sent", "open", "refused", "draft", "done"]
BEGUN: frozenset[Step] = frozenset(("creating", "sending"))
ENDED: frozenset[Step] = frozenset(("sent", "refused", "draft"))


class Event(Struct, frozen=True):
    """A step of one parcel at one target; ``id`` is what the service calls the letter."""

    at: str
    target: str
    step: Step
    parcel: str = ""
    id: str = ""
    note: str = ""


@dataclass
class Parcels:
    """What is known of the parcels of one target: the last step of each, and its id."""

    steps: dict[str, Step] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    done: str = ""  # what was said when all had gone out

    def take(self, event: Event) -> None:
        """Take one more event into account."""
        if event.step == "done":
            self.done = event.note or "sent"
            return
        self.note(event.step, event.parcel, event.id)

    def note(self, step: Step, parcel: str, id: str = "") -> None:
        """A parcel has come to ``step``."""
        self.steps[parcel] = step
        if id:
            self.ids[parcel] = id

    def waits(self, parcel: str) -> bool:
        """Whether a parcel is still to go out; one that is in doubt is not."""
        return self.steps.get(parcel) not in (*BEGUN, *ENDED)

    def doubtful(self) -> list[str]:
        """The parcels whose last step has no end."""
        return [parcel for parcel, step in self.steps.items() if step in BEGUN]

    def count(self, step: Step) -> int:
        """How many parcels ended with ``step``."""
        return sum(1 for one in self.steps.values() if one == step)


def record_path(content: str, key: str) -> str:
    """The record of an edition, below the site."""
    return f"{content}/{FOLDER}/{key}.jsonl"


def read_record(root: Path, path: str) -> dict[str, Parcels]:
    """What is known of each target; nothing for an edition that was never sent.

    Raises SitegenError for a record that cannot be read: then nothing may be sent.
    """
    out: dict[str, Parcels] = {}
    for event in _events(root, path):
        out.setdefault(event.target, Parcels()).take(event)
    return out


def record_bytes(root: Path, path: str) -> bytes:
    """The record as it is on the disk; empty where there is none.

    Raises SitegenError for a file that cannot be read.
    """
    return read_bytes(root / path, path, MAX_RECORD) if os.path.lexists(root / path) else b""


def _events(root: Path, path: str) -> Iterator[Event]:
    lines = record_bytes(root, path).split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield msgspec.json.decode(line, type=Event)
        except msgspec.MsgspecError:
            if number == len(lines):  # a kill cut it off: what it was to say has not begun
                return
            hint = "repair the line, or remove it if you know what became of the letter"
            raise fail("send", "is not a line of a record", path, number, help=hint) from None


def write_event(root: Path, path: str, event: Event) -> None:
    """Add one event, and wait until it is on the disk."""
    target = root / path
    is_new = not target.exists()
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(target, "ab+") as file:
        if file.tell() and not _ends_a_line(file):
            file.truncate(_last_line(file))
        file.write(msgspec.json.encode(event) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        sync_folder(target.parent)


def _ends_a_line(file: BinaryIO) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def _last_line(file: BinaryIO) -> int:
    """Where the last line begins, which a kill cut off."""
    file.seek(0)
    return file.read().rfind(b"\n") + 1


def write_done(root: Path, path: str, event: Event) -> None:
    """Put ``event`` in the place of all others of its target."""
    others = [one for one in _events(root, path) if one.target != event.target]
    lines = [msgspec.json.encode(one) for one in (*others, event)]
    write_whole(root / path, b"\n".join(lines) + b"\n", durable=True)
