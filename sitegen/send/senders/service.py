"""What services for newsletters have in common: a draft is created, tried and started, most often
by requests to URLs that differ in their end only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, ClassVar

from sitegen.send.http import ask
from sitegen.send.model import Mailing, MaybeSent, Parcel, SendFailure, State

CAMPAIGN = "campaign"


class Service:
    """A service that keeps the list of recipients itself; a subclass has `create`, `start`,
    `state`, `test` and `delete`."""

    two_steps = True
    name = ""

    def parcels(self) -> Sequence[Parcel]:
        """One campaign."""
        return [Parcel(CAMPAIGN, f"the letter at {self.name}")]

    def close(self) -> None:
        """No connection is kept open."""

    def trial(self, letter: Mailing, to: Sequence[str]) -> None:
        """Create a draft, send it to these addresses only, and delete it again."""
        id = self.create(letter, Parcel("trial", self.name))
        try:
            self.test(letter, id, to)
        finally:
            with suppress(SendFailure):
                self.delete(id)

    def create(self, letter: Mailing, parcel: Parcel) -> str:
        """Create a draft; returns its id."""
        raise NotImplementedError

    def test(self, letter: Mailing, id: str, to: Sequence[str]) -> None:
        """Send the draft to these addresses."""
        raise NotImplementedError

    def delete(self, id: str) -> None:
        """Delete the draft."""
        raise NotImplementedError


class Campaigns(Service):
    """A service whose letters are at ``url`` below `PATH`; ``headers`` hold its key.

    ``STATES`` are the states that it knows, and what they mean; `state` finds one at ``STATUS``.
    """

    PATH: ClassVar[str]
    STATES: ClassVar[Mapping[str, State]]
    STATUS: ClassVar[tuple[str | int, ...]] = ("status",)

    def __init__(self, url: str, headers: Mapping[str, str]) -> None:
        self.url, self.headers = url.rstrip("/"), headers

    def ask(self, method: str, path: str, values: Any = None) -> Any:
        """The answer of the service to a request for its letters, or for one at ``path``."""
        return ask(method, f"{self.url}{self.PATH}{path}", self.headers, values)

    def state(self, id: str) -> State:
        """By the status of the letter."""
        return self.STATES.get(text_in(self.ask("GET", f"/{id}"), *self.STATUS), "unknown")

    def delete(self, id: str) -> None:
        """Delete the draft."""
        self.ask("DELETE", f"/{id}")


def id_in(answer: Any, *keys: str | int) -> str:
    """The id that ``answer`` has at ``keys``.

    Raises MaybeSent where there is none: something was created, and nobody knows what.
    """
    for key in keys:
        try:
            answer = answer[key]
        except (KeyError, IndexError, TypeError):
            raise MaybeSent("the answer does not name what was created") from None
    return str(answer)


def text_in(answer: Any, *keys: str | int) -> str:
    """The text that ``answer`` has at ``keys``; empty where there is none."""
    try:
        return id_in(answer, *keys)
    except MaybeSent:
        return ""
