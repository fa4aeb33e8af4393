"""Send a letter to one target: nothing goes out twice, whatever happens in between.

Each step is recorded before and after. What has a beginning and no end in the record may have gone
out: it is reported, and stays as it is until a person says what became of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from sitegen.send.record import BEGUN, ENDED, Parcels, Step

Write = Callable[[Step, str, str, str], None]  # step, parcel, id, note
MOST_FAILURES = 5  # one after the other: the server is not available


@dataclass
class SendOutcome:
    """What has become of the parcels in this run; ``in_a_row`` counts failures."""

    sent: int = 0
    drafts: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    in_a_row: int = 0

    def report(
        self, target: str, kind: str, known: Parcels, parcels: Sequence[Parcel], before: int
    ) -> TargetReport:
        """The same for people; ``before`` parcels had gone out in earlier runs."""
        doubtful = set(known.doubtful())
        left = [one for one in parcels if known.steps.get(one.mark) not in (*ENDED, *BEGUN)]
        return TargetReport(
            target,
            kind,
            self.sent,
            self.drafts,
            len(left),
            before,
            self.refused,
            self.failed,
            tuple(_names(doubtful, parcels)),
            tuple(self.notes),
        )


def _names(marks: set[str], parcels: Sequence[Parcel]) -> list[str]:
    """The parcels as people know them; by their mark where they are on no list any more."""
    shown = {parcel.mark: parcel.shown for parcel in parcels}
    return sorted(shown.get(mark, mark) for mark in marks)


def send_letter(
    sender: Sender,
    letter: Mailing,
    known: Parcels,
    write: Write,
    draft: bool = False,
    settle: Literal["", "sent", "not-sent"] = "",
) -> SendOutcome:
    """Send all parcels that have not gone out; ``known`` is what the record says, ``write`` adds to
    it. Nothing is raised for what goes wrong at the target."""
    out = SendOutcome()
    parcels = sender.parcels()

    def note(step: Step, parcel: str, id: str = "", said: str = "") -> None:
        write(step, parcel, id, said)
        known.steps[parcel] = step
        if id:
            known.ids[parcel] = id

    _settle(sender, known, note, settle, out)
    for parcel in parcels:
        if known.steps.get(parcel.mark) in (*ENDED, *BEGUN):
            continue
        if out.in_a_row >= MOST_FAILURES:
            break
        _one(sender, letter, parcel, known, note, draft, out)
    return out


def _settle(
    sender: Sender,
    known: Parcels,
    note: Callable[..., None],
    settle: Literal["", "sent", "not-sent"],
    out: SendOutcome,
) -> None:
    """What became of that which is in doubt: as a person says, else as the service knows."""
    for mark in known.doubtful():
        if settle:
            note("sent" if settle == "sent" else "open", mark, "", "settled by hand")
            continue
        id = known.ids.get(mark, "")
        if not id:
            continue
        try:
            state = sender.state(id)
        except SendFailure as error:
            out.notes.append(f"{sender.name} does not say what became of {id}: {error}")
            continue
        if state == "sent":
            note("sent", mark, id, "as the service says")
            out.notes.append(f"{sender.name} says that {id} has gone out")
        elif state == "draft":
            out.notes.append(f"{sender.name} says that {id} is still a draft")


def _one(
    sender: Sender,
    letter: Mailing,
    parcel: Parcel,
    known: Parcels,
    note: Callable[..., None],
    draft: bool,
    out: SendOutcome,
) -> None:
    """Send one parcel, from the step at which it is."""
    mark, id = parcel.mark, known.ids.get(parcel.mark, "")
    try:
        if sender.two_steps and not id:
            note("creating", mark)
            id = sender.create(letter, parcel)
            note("created", mark, id)
        if draft and sender.two_steps:
            note("draft", mark, id)
            out.drafts += 1
            return
        note("sending", mark, id)
        sender.start(letter, parcel, id)
    except NotSent as error:
        final = not sender.two_steps
        note("refused" if final else "open", mark, id, str(error))
        (out.refused if final else out.failed)[parcel.shown] = str(error)
    except NotSentYet as error:
        note("open", mark, id, str(error))
        out.failed[parcel.shown] = str(error)
        out.in_a_row += MOST_FAILURES if isinstance(error, Unavailable) else 1
        return
    except MaybeSent as error:
        out.notes.append(f"{parcel.shown}: {error}")
        out.in_a_row += 1
        return
    else:
        note("sent", mark, id)
        out.sent += 1
    out.in_a_row = 0


def summary_of(known: Parcels) -> str:
    """What the record keeps of a target at which all has gone out."""
    sent, refused = known.count("sent"), known.count("refused")
    said = [f"{counted(sent, 'mail')} sent" if sent > 1 or refused else "sent"]
    return ", ".join([*said, *([f"{refused} refused"] if refused else [])])
