"""Mailchimp (https://mailchimp.com/developer/marketing/api/campaigns/)."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from contextlib import suppress
from email.utils import parseaddr
from typing import Any

from msgspec.structs import replace

from sitegen.config.send import MailchimpSend
from sitegen.send.http import ask
from sitegen.send.letter import guarded, with_link
from sitegen.send.model import Mailing, MaybeSent, NotSent, NotSentYet, Parcel, State
from sitegen.send.senders.service import Service, id_in, text_in

STATES: dict[str, State] = {
    "save": "draft",
    **dict.fromkeys(("schedule", "sending", "sent"), "sent"),
}
UNSUBSCRIBE = "*|UNSUB|*"
SIGN = "*|"  # of its merge tags


class Mailchimp(Service):
    """Campaigns to an audience; ``key`` is that of its API, which ends with the data centre."""

    def __init__(self, target: MailchimpSend, key: str) -> None:
        self.name, self.target = "mailchimp", target
        centre = key.rpartition("-")[2]
        self.url = (target.url or f"https://{centre}.api.mailchimp.com/3.0").rstrip("/")
        given = base64.b64encode(f"sitegen:{key}".encode()).decode()
        self.headers = {"Authorization": f"Basic {given}"}

    def _ask(self, method: str, path: str, values: Any = None) -> Any:
        url = f"{self.url}/campaigns{path}"
        return ask(method, url, self.headers, values, asking=method == "GET")

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
        id = id_in(self._ask("POST", "", values), "id")
        text = letter.text.replace(SIGN, "* |")
        guarded_letter = replace(letter, html=guarded(letter.html, [SIGN]), text=text)
        letter = with_link(guarded_letter, UNSUBSCRIBE)
        try:
            self._ask("PUT", f"/{id}/content", {"html": letter.html, "plain_text": letter.text})
        except (NotSent, NotSentYet, MaybeSent) as error:
            with suppress(NotSent, NotSentYet, MaybeSent):
                self.delete(id)
            raise NotSentYet(f"the content was not taken: {error}") from None
        return id

    def start(self, letter: Mailing, parcel: Parcel, id: str) -> None:
        """Let the campaign go out."""
        self._ask("POST", f"/{id}/actions/send")

    def state(self, id: str) -> State:
        """By the status of the campaign."""
        return STATES.get(text_in(self._ask("GET", f"/{id}"), "status"), "unknown")

    def test(self, letter: Mailing, id: str, to: Sequence[str]) -> None:
        """Send the campaign to these addresses."""
        self._ask("POST", f"/{id}/actions/test", {"test_emails": list(to), "send_type": "html"})

    def delete(self, id: str) -> None:
        """Delete the campaign."""
        self._ask("DELETE", f"/{id}")
