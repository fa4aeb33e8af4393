"""Ghost, through its Admin API (https://docs.ghost.org/admin-api)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from sitegen.config.send import GhostSend
from sitegen.send.http import ask
from sitegen.send.letter import body_of, without_link
from sitegen.send.model import Mailing, NotSent, NotSentYet, Parcel, State
from sitegen.send.senders.service import Service, id_in, text_in

VALID = 300  # seconds of a token, at most
STATES: dict[str, State] = {
    "draft": "draft",
    **dict.fromkeys(("published", "sent", "scheduled"), "sent"),
}


class Ghost(Service):
    """Posts that are sent to a newsletter; ``key`` is that of a custom integration."""

    def __init__(self, target: GhostSend, key: str) -> None:
        self.name, self.target = "ghost", target
        self.id, _, self.secret = key.partition(":")

    def _ask(self, method: str, path: str, query: dict[str, str], values: Any = None) -> Any:
        base = f"{self.target.url.rstrip('/')}/ghost/api/admin/posts/{path}"
        url = f"{base}?{urlencode(query)}" if query else base
        token = admin_token(self.id, self.secret, int(time.time()))
        headers = {"Authorization": f"Ghost {token}", "Accept-Version": "v5.0"}
        return ask(method, url, headers, values)

    def create(self, letter: Mailing, parcel: Parcel) -> str:
        """Create a post as a draft, whose text is kept as it is; Ghost adds the footer."""
        html = body_of(without_link(letter).html)
        post = {
            "title": letter.subject,
            "html": f"<!--kg-card-begin: html-->\n{html}\n<!--kg-card-end: html-->",
            "status": "draft",
            "email_only": self.target.email_only,
            "canonical_url": letter.page,
        }
        answer = self._ask("POST", "", {"source": "html"}, {"posts": [post]})
        return id_in(answer, "posts", 0, "id")

    def start(self, letter: Mailing, parcel: Parcel, id: str) -> None:
        """Publish the post, and with that send it."""
        known = self._ask("GET", f"{id}/", {})
        updated = text_in(known, "posts", 0, "updated_at")
        if not updated:
            raise NotSentYet("it does not say when the post was changed last")
        query = {"newsletter": self.target.newsletter, "email_segment": self.target.segment}
        values = {"posts": [{"updated_at": updated, "status": "published"}]}
        self._ask("PUT", f"{id}/", query, values)

    def state(self, id: str) -> State:
        """By the status of the post."""
        return STATES.get(text_in(self._ask("GET", f"{id}/", {}), "posts", 0, "status"), "unknown")

    def trial(self, letter: Mailing, to: Sequence[str]) -> None:
        """The Admin API has no documented way to do this."""
        raise NotSent(
            "Ghost's Admin API has no trial: send with --draft, and use the preview in Ghost"
        )


def admin_token(id: str, secret: str, now: int) -> str:
    """A JSON Web Token for the Admin API (RFC 7519), signed with HMAC and SHA-256.

    Raises NotSent for a secret that is not one of Ghost's.
    """
    try:
        key = bytes.fromhex(secret)
    except ValueError:
        key = b""
    if not (id and key):
        raise NotSent("the key is not an Admin API key of Ghost: it has the form ID:SECRET")
    head = {"alg": "HS256", "typ": "JWT", "kid": id}
    claims = {"iat": now, "exp": now + VALID, "aud": "/admin/"}
    parts = [_encoded(json.dumps(one, separators=(",", ":")).encode()) for one in (head, claims)]
    signed = ".".join(parts)
    return f"{signed}.{_encoded(hmac.new(key, signed.encode(), hashlib.sha256).digest())}"


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
