"""Buttondown (https://docs.buttondown.com/api-emails-introduction)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec.structs import replace

from sitegen.config.send import ButtondownSend
from sitegen.send.letter import body_of, guarded, with_link
from sitegen.send.model import Mailing, Parcel, State
from sitegen.send.senders.service import Campaigns, id_in

VERSION = "2026-04-01"  # of the API: from this one on, a draft is the default
MODE = "<!-- buttondown-editor-mode: fancy -->"  # the body is HTML
UNSUBSCRIBE = "{{ unsubscribe_url }}"
SIGNS = ("{{", "{%", "{#")  # of its template language


class Buttondown(Campaigns):
    """E-mails of a newsletter at Buttondown; ``key`` is that of its API."""

    PATH = "/emails"
    STATES: ClassVar[dict[str, State]] = {
        "draft": "draft",
        **dict.fromkeys(
            ("about_to_send", "scheduled", "in_flight", "sent", "throttled", "resending"), "sent"
        ),
    }

    def __init__(self, target: ButtondownSend, key: str) -> None:
        self.name = "buttondown"
        headers = {"Authorization": f"Token {key}", "X-API-Version": VERSION}
        super().__init__(target.url, headers)

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
        return id_in(self.ask("POST", "", values), "id")

    def start(self, letter: Mailing, parcel: Parcel, id: str) -> None:
        """Let the draft go out."""
        self.ask("PATCH", f"/{id}", {"status": "about_to_send"})

    def test(self, letter: Mailing, id: str, to: Sequence[str]) -> None:
        """Send the draft to these addresses."""
        self.ask("POST", f"/{id}/send-draft", {"recipients": list(to)})
