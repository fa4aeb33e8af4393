"""Buttondown, against a server that checks each request by its published OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sitegen.config.send import ButtondownSend
from sitegen.send.model import NotSent, Parcel
from sitegen.send.senders.buttondown import Buttondown
from tests.send.samples import LETTER
from tests.send.servers import Request, Service, service

# EmailInput of https://github.com/buttondown/openapi; only `subject` is required.
FIELDS = set(
    "attachments publish_date subject slug description canonical_url image body archival_mode"
    " email_type status metadata secondary_id filters template commenting_mode related_email_ids"
    " featured should_trigger_pay_per_email_billing".split()
)
TEMPLATES = ("classic", "custom", "modern", "plaintext", "naked")
PARCEL = Parcel("campaign", "x")


def answered(request: Request) -> tuple[int, Any]:
    """What Buttondown answers."""
    if request.headers.get("authorization") != "Token k3y":
        return 401, {"detail": "Invalid token."}
    assert request.headers["x-api-version"] == "2026-04-01"
    parts = request.path.strip("/").split("/")
    assert parts[:2] == ["v1", "emails"]
    match request.method, parts[2:]:
        case "POST", []:
            values = request.values
            assert set(values) <= FIELDS
            assert isinstance(values["subject"], str)
            assert len(values["subject"]) <= 2000
            assert values["status"] == "draft"
            assert values["template"] in TEMPLATES
            assert not values["body"].startswith("---")
            return 201, {"id": "em_1", "status": "draft"}
        case "PATCH", ["em_1"]:
            assert request.values == {"status": "about_to_send"}
            return 200, {"id": "em_1", "status": "about_to_send"}
        case "POST", ["em_1", "send-draft"]:
            assert set(request.values) <= {"recipients", "subscribers"}
            return 200, None
        case "GET", ["em_1"]:
            return 200, {"id": "em_1", "status": "draft"}
        case "DELETE", ["em_1"]:
            return 204, None
    return 404, {"detail": "Not found."}


@pytest.fixture(scope="module")
def server() -> Iterator[Service]:
    with service(answered) as made:
        yield made


def sender(server: Service, key: str = "k3y") -> Buttondown:
    server.requests.clear()
    return Buttondown(ButtondownSend(url=f"{server.url}/v1"), key)


def test_a_draft_is_created_and_goes_out(server: Service) -> None:
    buttondown = sender(server)
    assert buttondown.create(LETTER, PARCEL) == "em_1"
    assert buttondown.state("em_1") == "draft"
    buttondown.start(LETTER, PARCEL, "em_1")
    assert server.paths() == ["POST /v1/emails", "GET /v1/emails/em_1", "PATCH /v1/emails/em_1"]
    values = server.requests[0].values
    assert values["canonical_url"] == LETTER.page
    assert values["body"].startswith("<!-- buttondown-editor-mode: fancy --><h1>")


def test_only_the_token_to_unsubscribe_is_a_template(server: Service) -> None:
    sender(server).create(LETTER, PARCEL)
    body = server.requests[0].values["body"]
    assert '<a href="{{ unsubscribe_url }}">Abbestellen &amp; Ende</a>' in body
    assert body.count("{{") == 1
    assert "{%" not in body


def test_a_trial_leaves_nothing(server: Service) -> None:
    sender(server).trial(LETTER, ["me@digest.press"])
    assert [one.values for one in server.requests if one.path.endswith("/send-draft")] == [
        {"recipients": ["me@digest.press"]}
    ]
    assert server.paths()[-1] == "DELETE /v1/emails/em_1"


def test_a_wrong_key(server: Service) -> None:
    with pytest.raises(NotSent, match=r"answered 401: Invalid token\."):
        sender(server, "wrong").create(LETTER, PARCEL)
