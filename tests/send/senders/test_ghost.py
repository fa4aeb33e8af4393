"""Ghost, against a server that checks each request by the documentation of its Admin API."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from sitegen.config.send import GhostSend
from sitegen.send.model import NotSent, Parcel
from sitegen.send.senders.ghost import Ghost, admin_token
from tests.send.samples import LETTER
from tests.send.servers import Request, Service, service

ID, SECRET = "6489d25a0b3c", "9f" * 32
PARCEL = Parcel("campaign", "x")
UPDATED = "2026-11-27T12:00:00.000Z"


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def is_valid(token: str) -> bool:
    """As Ghost documents its tokens: HS256 with the secret from hex, `kid`, `aud`, and an end in
    at most five minutes."""
    head, claims, signature = token.split(".")
    expected = hmac.new(bytes.fromhex(SECRET), f"{head}.{claims}".encode(), hashlib.sha256).digest()
    said, fields = json.loads(decoded(head)), json.loads(decoded(claims))
    assert said == {"alg": "HS256", "typ": "JWT", "kid": ID}
    assert fields["aud"] == "/admin/"
    assert fields["iat"] <= time.time() < fields["exp"] <= fields["iat"] + 300
    return hmac.compare_digest(decoded(signature), expected)


def answered(request: Request) -> tuple[int, Any]:
    """What Ghost answers."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    assert kind == "Ghost"
    assert request.headers["accept-version"].startswith("v5.")
    if not is_valid(token):
        return 401, {"errors": [{"message": "Unknown Admin API Key", "context": "Wrong signature"}]}
    url = urlsplit(request.path)
    query = {name: values[0] for name, values in parse_qs(url.query).items()}
    post = {"id": "5b7a", "status": "draft", "updated_at": UPDATED}
    match request.method, url.path:
        case "POST", "/ghost/api/admin/posts/":
            assert query == {"source": "html"}
            (given,) = request.values["posts"]
            assert given["title"]
            assert given["status"] == "draft"
            return 201, {"posts": [post]}
        case "GET", "/ghost/api/admin/posts/5b7a/":
            return 200, {"posts": [post]}
        case "PUT", "/ghost/api/admin/posts/5b7a/":
            assert query == {"newsletter": "weekly", "email_segment": "status:free"}
            assert request.values == {"posts": [{"updated_at": UPDATED, "status": "published"}]}
            return 200, {"posts": [{**post, "status": "sent"}]}
    return 404, {"errors": [{"message": "Resource not found"}]}


@pytest.fixture(scope="module")
def server() -> Iterator[Service]:
    with service(answered) as made:
        yield made


def sender(server: Service, secret: str = SECRET) -> Ghost:
    server.requests.clear()
    target = GhostSend(url=server.url, newsletter="weekly", segment="status:free")
    return Ghost(target, f"{ID}:{secret}")


def test_a_post_is_created_and_sent(server: Service) -> None:
    ghost = sender(server)
    assert ghost.create(LETTER, PARCEL) == "5b7a"
    ghost.start(LETTER, PARCEL, "5b7a")
    assert ghost.state("5b7a") == "draft"
    (post,) = server.requests[0].values["posts"]
    assert post["email_only"] is True
    assert post["html"].startswith("<!--kg-card-begin: html-->\n<h1>")
    assert post["html"].endswith("\n<!--kg-card-end: html-->")
    assert "unsubscribe" not in post["html"]  # Ghost's own footer has the link


def test_there_is_no_trial(server: Service) -> None:
    with pytest.raises(NotSent, match="--draft"):
        sender(server).trial(LETTER, ["me@digest.press"])
    assert server.requests == []


def test_a_wrong_key(server: Service) -> None:
    with pytest.raises(NotSent, match="answered 401: Wrong signature"):
        sender(server, "00" * 32).create(LETTER, PARCEL)
    for id, secret in (("", SECRET), (ID, "no hex"), (ID, "")):
        with pytest.raises(NotSent, match="ID:SECRET"):
            admin_token(id, secret, 0)
