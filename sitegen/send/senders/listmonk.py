"""listmonk (https://listmonk.app/docs/apis/campaigns/)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from msgspec.structs import replace

from sitegen.config.send import ListmonkSend
from sitegen.send.letter import body_of, guarded, with_link
from sitegen.send.model import Mailing, Parcel, State
from sitegen.send.senders.service import Campaigns, id_in

UNSUBSCRIBE = "{{ UnsubscribeURL }}"
OPEN = "{{"


class Listmonk(Campaigns):
    """Campaigns of a listmonk server; ``token`` is that of its API user."""

    PATH = "/api/campaigns"
    STATES: ClassVar[dict[str, State]] = {
        "draft": "draft",
        **dict.fromkeys(("scheduled", "running", "paused", "finished"), "sent"),
    }
    STATUS = ("data", "status")

    def __init__(self, target: ListmonkSend, token: str) -> None:
        self.name, self.target = "listmonk", target
        headers = {"Authorization": f"token {target.user}:{token}"}
        super().__init__(target.url, headers)

    def create(self, letter: Mailing, parcel: Parcel) -> str:
        """Create a campaign."""
        return id_in(self.ask("POST", "", self._values(letter)), "data", "id")

    def start(self, letter: Mailing, parcel: Parcel, id: str) -> None:
        """Let the campaign run."""
        self.ask("PUT", f"/{id}/status", {"status": "running"})

    def test(self, letter: Mailing, id: str, to: Sequence[str]) -> None:
        """Send the campaign to subscribers of the server with these addresses."""
        self.ask("POST", f"/{id}/test", {**self._values(letter), "subscribers": list(to)})

    def _values(self, letter: Mailing) -> dict[str, Any]:
        """A campaign; body and text are templates there, so their braces are written otherwise."""
        plain = letter.text.replace(OPEN, '{{ "{{" }}')
        letter = replace(letter, html=guarded(letter.html, [OPEN]), text=plain)
        letter = with_link(letter, UNSUBSCRIBE)
        own = {"template_id": self.target.template} if self.target.template else {}
        return {
            "name": f"{letter.subject} [{letter.key}]",
            "subject": letter.subject.replace(OPEN, '{{ "{{" }}'),
            "lists": list(self.target.lists),
            "type": "regular",
            "content_type": "html",
            "messenger": "email",
            "body": letter.html if self.target.template else body_of(letter.html),
            "altbody": letter.text,
            "tags": ["sitegen"],
            **({"from_email": letter.sender} if letter.sender else {}),
            **own,
        }
