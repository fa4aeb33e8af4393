"""Send a letter to one target: nothing goes out twice, whatever happens in between.

Each step is recorded before and after. What has a beginning and no end in the record may have gone
out: it is reported, and stays as it is until a person says what became of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sitegen.base.text import counted
from sitegen.send.model import (
    Mailing,
    MaybeSent,
    NotSent,
    NotSentYet,
    Parcel,
    Sender,
    SendFailure,
    TargetReport,
    Unavailable,
)
from sitegen.send.record import Parcels, Step

Write = Callable[[Step, str, str, str], None]  # step, parcel, id, note
Settled = Literal["", "sent", "not-sent"]  # what a person says of that which is in doubt
MOST_FAILURES = 5  # one after the other: the server is not available


@dataclass
class SendOutcome:
    """What has become of the ``parcels`` in this run; ``before`` of them had gone out in earlier
    ones, ``in_a_row`` counts failures."""

    parcels: Sequence[Parcel]
    before: int
    sent: int = 0
    drafts: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    in_a_row: int = 0

    def report(self, target: str, kind: str, known: Parcels) -> TargetReport:
        """The same for people."""
        return TargetReport(
            target,
            kind,
            sent=self.sent,
            drafts=self.drafts,
            left=sum(known.waits(parcel.mark) for parcel in self.parcels),
            before=self.before,
            refused=self.refused,
            failed=self.failed,
            doubtful=tuple(_names(known.doubtful(), self.parcels)),
            notes=tuple(self.notes),
        )


def _names(marks: Iterable[str], parcels: Sequence[Parcel]) -> list[str]:
    """The parcels as people know them; by their mark where they are on no list any more."""
    shown = {parcel.mark: parcel.shown for parcel in parcels}
    return sorted(shown.get(mark, mark) for mark in marks)


@dataclass(frozen=True)
class _Sending:
    """The sending of one letter to one target."""

    sender: Sender
    letter: Mailing
    known: Parcels
    write: Write
    draft: bool
    out: SendOutcome

    def note(self, step: Step, parcel: str, id: str = "", said: str = "") -> None:
        """Record a step of a parcel."""
        self.write(step, parcel, id, said)
        self.known.note(step, parcel, id)

    def id_of(self, parcel: str) -> str:
        """What the service calls a parcel; empty before it was created."""
        return self.known.ids.get(parcel, "")


def send_letter(
    sender: Sender,
    letter: Mailing,
    known: Parcels,
    write: Write,
    draft: bool = False,
    settle: Settled = "",
) -> SendOutcome:
    """Send all parcels that have not gone out; ``known`` is what the record says, ``write`` adds to
    it. Nothing is raised for what goes wrong at the target."""
    out = SendOutcome(sender.parcels(), before=known.count("sent") + known.count("draft"))
    run = _Sending(sender, letter, known, write, draft, out)
    _settle(run, settle)
    for parcel in out.parcels:
        if out.in_a_row >= MOST_FAILURES:
            break
        if known.waits(parcel.mark):
            _one(run, parcel)
    return out


def _settle(run: _Sending, settle: Settled) -> None:
    """What became of that which is in doubt: as a person says, else as the service knows."""
    for mark in run.known.doubtful():
        if settle:
            run.note("sent" if settle == "sent" else "open", mark, said="settled by hand")
        elif run.id_of(mark):
            _ask_service(run, mark)


def _ask_service(run: _Sending, mark: str) -> None:
    """Note what the service says of a parcel that is in doubt."""
    id, name, notes = run.id_of(mark), run.sender.name, run.out.notes
    try:
        state = run.sender.state(id)
    except SendFailure as error:
        notes.append(f"{name} does not say what became of {id}: {error}")
        return
    if state == "sent":
        run.note("sent", mark, id, "as the service says")
        notes.append(f"{name} says that {id} has gone out")
    elif state == "draft":
        notes.append(f"{name} says that {id} is still a draft")


def _one(run: _Sending, parcel: Parcel) -> None:
    """Send one parcel, and count what became of it."""
    out, mark = run.out, parcel.mark
    try:
        _send(run, parcel)
        out.in_a_row = 0
    except NotSent as error:
        final = not run.sender.two_steps
        run.note("refused" if final else "open", mark, run.id_of(mark), str(error))
        (out.refused if final else out.failed)[parcel.shown] = str(error)
        out.in_a_row = 0
    except NotSentYet as error:
        run.note("open", mark, run.id_of(mark), str(error))
        out.failed[parcel.shown] = str(error)
        out.in_a_row += MOST_FAILURES if isinstance(error, Unavailable) else 1
    except MaybeSent as error:
        out.notes.append(f"{parcel.shown}: {error}")
        out.in_a_row += 1


def _send(run: _Sending, parcel: Parcel) -> None:
    """Take one parcel through the steps that it has not taken. Raises SendFailure."""
    mark, id, two_steps = parcel.mark, run.id_of(parcel.mark), run.sender.two_steps
    if two_steps and not id:
        run.note("creating", mark)
        id = run.sender.create(run.letter, parcel)
        run.note("created", mark, id)
    if two_steps and run.draft:
        run.note("draft", mark, id)
        run.out.drafts += 1
        return
    run.note("sending", mark, id)
    run.sender.start(run.letter, parcel, id)
    run.note("sent", mark, id)
    run.out.sent += 1


def summary_of(known: Parcels) -> str:
    """What the record keeps of a target at which all has gone out."""
    sent, refused = known.count("sent"), known.count("refused")
    said = [f"{counted(sent, 'mail')} sent" if sent > 1 or refused else "sent"]
    return ", ".join([*said, *([f"{refused} refused"] if refused else [])])
