"""Buttondown (https://docs.buttondown.com/api-emails-introduction)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from sitegen.config.send import ButtondownSend
from sitegen.send.http import ask
from sitegen.send.letter import body_of, guarded, with_link
from sitegen.send.model import Mailing, Parcel, State
from sitegen.send.senders.service import Service, id_in, text_in

VERSION = "2026-04-01"  # of the API: from this one on, a draft is the default
MODE = "<!-- buttondown-editor-mode: fancy -->"  # the body is HTML
STATES: dict[str, State] = {
    "draft": "draft",
    **dict.fromkeys(
        ("about_to_send", "scheduled", "in_flight", "sent", "throttled", "resending"), "sent"
    ),
}
UNSUBSCRIBE = "{{ unsubscribe_url }}"
SIGNS = ("{{", "{%", "{#")  # of its template language


class Buttondown(Service):
    """E-mails of a newsletter at Buttondown; ``key`` is that of its API."""

    def __init__(self, target: ButtondownSend, key: str) -> None:
        self.name, self.target = "buttondown", target
        self.headers = {"Authorization": f"Token {key}", "X-API-Version": VERSION}

    def _ask(self, method: str, path: str, values: Any = None) -> Any:
        url = f"{self.target.url.rstrip('/')}/emails{path}"
        return ask(method, url, self.headers, values, asking=method == "GET")

    def create(self, letter: Mailing, parcel: Parcel) -> str:
        """Create an e-mail as a draft."""
        subject = letter.subject
        letter = with_link(replace(letter, html=guarded(letter.html, SIGNS)), UNSUBSCRIBE)
        values = {
            "subject": subject,
            "body": MODE + body_of(letter.html),
            "status": "draft",
            "template": "naked",
            "canonical_url": letter.page,
        }
        return id_in(self._ask("POST", "", values), "id")

    def start(self, letter: Mailing, parcel: Parcel, id: str) -> None:
        """Let the draft go out."""
        self._ask("PATCH", f"/{id}", {"status": "about_to_send"})

    def state(self, id: str) -> State:
        """By the status of the e-mail."""
        return STATES.get(text_in(self._ask("GET", f"/{id}"), "status"), "unknown")

    def test(self, letter: Mailing, id: str, to: Sequence[str]) -> None:
        """Send the draft to these addresses."""
        self._ask("POST", f"/{id}/send-draft", {"recipients": list(to)})

    def delete(self, id: str) -> None:
        """Delete the draft."""
        self._ask("DELETE", f"/{id}")
