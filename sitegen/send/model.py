"""The values of sending, and what a sender is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from sitegen.model.base import Struct

State = Literal["draft", "sent", "unknown"]
UNSUBSCRIBE = "Unsubscribe"  # the words of the link, where the letter has none


class SendFailure(Exception):
    """Something was not sent, or perhaps not; each kind says what that means for sending."""


class NotSent(SendFailure):
    """Nothing has gone out, and trying again does not help."""


class NotSentYet(SendFailure):
    """Nothing has gone out, and trying again may help."""


class Unavailable(NotSentYet):
    """The target takes nothing from anybody now: the run ends."""


class MaybeSent(SendFailure):
    """It may have gone out, and it may not: the answer was lost."""


class Mailing(Struct, frozen=True):
    """An edition as it is sent.

    ``unsubscribe`` is the word for that in its language; ``page`` is the URL of the edition.
    """

    key: str
    subject: str
    html: str
    text: str
    page: str
    sender: str = ""
    language: str = ""
    unsubscribe: str = UNSUBSCRIBE


class Parcel(Struct, frozen=True):
    """What goes out at once: a campaign of a service, or the mail to one person.

    ``mark`` is what the record calls it, which does not give an address away.
    """

    mark: str
    shown: str
    to: str = ""


class Sender(Protocol):
    """A target. Its methods raise NotSent, NotSentYet or MaybeSent."""

    name: str  # for messages
    two_steps: bool  # `create` brings the letter to the service, and nothing goes out

    def parcels(self) -> Sequence[Parcel]:
        """What is to go out."""

    def create(self, letter: Mailing, parcel: Parcel) -> str:
        """Bring the letter to the service, as a draft; returns what it is called there."""

    def start(self, letter: Mailing, parcel: Parcel, id: str) -> None:
        """Let it go out."""

    def state(self, id: str) -> State:
        """What the service says of a letter that was created."""

    def trial(self, letter: Mailing, to: Sequence[str]) -> None:
        """Send the letter to some people only; this is not recorded."""

    def close(self) -> None:
        """Close connections."""


class SendContext(Struct, frozen=True):
    """What only the command line may read: the environment, and the moment (ISO 8601)."""

    env: Mapping[str, str]
    now: str


class SendOptions(Struct, frozen=True):
    """What a person asks for.

    ``to`` makes it a trial. ``settle`` says what became of what is in doubt. ``draft`` leaves it as
    a draft at the service. ``unchecked`` does not ask whether the page of the edition is published;
    else the run waits for it as many seconds as ``wait`` says.
    """

    to: tuple[str, ...] = ()
    target: str = ""
    draft: bool = False
    dry_run: bool = False
    settle: Literal["", "sent", "not-sent"] = ""
    unchecked: bool = False
    wait: float = 0.0


class TargetReport(Struct, frozen=True):
    """What became of an edition at one target.

    ``sent`` and ``drafts`` are numbers of parcels that went out or were created in this run,
    ``left`` of those that are still to go out, ``before`` of those of earlier runs. ``refused``
    and ``failed`` have a reason for each; ``doubtful`` are named.
    """

    target: str
    kind: str
    sent: int = 0
    drafts: int = 0
    left: int = 0
    before: int = 0
    refused: dict[str, str] = {}
    failed: dict[str, str] = {}
    doubtful: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class SendReport(Struct, frozen=True):
    """The outcome of a command; without ``edition`` there was nothing to send."""

    edition: str = ""
    title: str = ""
    size: int = 0
    trial: tuple[str, ...] = ()
    dry_run: bool = False
    targets: tuple[TargetReport, ...] = ()
    notes: tuple[str, ...] = ()
    record: str = ""  # the file to commit

    @property
    def complete(self) -> bool:
        """Whether nothing failed and nothing is in doubt."""
        return not any(one.failed or one.doubtful for one in self.targets)
