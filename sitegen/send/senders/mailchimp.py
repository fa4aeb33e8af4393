"""Mailchimp (https://mailchimp.com/developer/marketing/api/campaigns/)."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from contextlib import suppress
from email.utils import parseaddr
from typing import ClassVar

from msgspec.structs import replace

from sitegen.config.send import MailchimpSend
from sitegen.send.letter import guarded, with_link
from sitegen.send.model import Mailing, NotSentYet, Parcel, SendFailure, State
from sitegen.send.senders.service import Campaigns, id_in

UNSUBSCRIBE = "*|UNSUB|*"
SIGN = "*|"  # of its merge tags


class Mailchimp(Campaigns):
    """Campaigns to an audience; ``key`` is that of its API, which ends with the data centre."""

    PATH = "/campaigns"
    STATES: ClassVar[dict[str, State]] = {
        "save": "draft",
        **dict.fromkeys(("schedule", "sending", "sent"), "sent"),
    }

    def __init__(self, target: MailchimpSend, key: str) -> None:
        self.name, self.target = "mailchimp", target
        centre = key.rpartition("-")[2]
        url = target.url or f"https://{centre}.api.mailchimp.com/3.0"
        given = base64.b64encode(f"sitegen:{key}".encode()).decode()
        super().__init__(url, {"Authorization": f"Basic {given}"})

    def create(self, letter: Mailing, parcel: Parcel) -> str:
        """Create a campaign and its content; without its content it is deleted again."""
        name, address = parseaddr(letter.sender)
        values = {
            "type": "regular",
            "recipients": {"list_id": self.target.list},
            "settings": {
                "subject_line": letter.subject,
                "title": f"{letter.subject} [{letter.key}]",
                "from_name": name or letter.subject.partition(":")[0],
                "reply_to": address,
            },
        }
        id = id_in(self.ask("POST", "", values), "id")
        text = letter.text.replace(SIGN, "* |")
        guarded_letter = replace(letter, html=guarded(letter.html, [SIGN]), text=text)
        letter = with_link(guarded_letter, UNSUBSCRIBE)
        try:
            self.ask("PUT", f"/{id}/content", {"html": letter.html, "plain_text": letter.text})
        except SendFailure as error:
            with suppress(SendFailure):
                self.delete(id)
            raise NotSentYet(f"the content was not taken: {error}") from None
        return id

    def start(self, letter: Mailing, parcel: Parcel, id: str) -> None:
        """Let the campaign go out."""
        self.ask("POST", f"/{id}/actions/send")

    def test(self, letter: Mailing, id: str, to: Sequence[str]) -> None:
        """Send the campaign to these addresses."""
        self.ask("POST", f"/{id}/actions/test", {"test_emails": list(to), "send_type": "html"})
