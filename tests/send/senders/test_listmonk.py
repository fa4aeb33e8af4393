"""listmonk, against a server that checks each request by listmonk's documentation of its API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sitegen.config.send import ListmonkSend
from sitegen.send.model import MaybeSent, NotSent, NotSentYet, Parcel
from sitegen.send.senders.listmonk import Listmonk
from tests.send.samples import LETTER
from tests.send.servers import Request, Service, service

# https://listmonk.app/docs/apis/campaigns/#post-apicampaigns
REQUIRED = {
    "name": str,
    "subject": str,
    "lists": list,
    "type": str,
    "content_type": str,
    "body": str,
}
KNOWN = {
    *REQUIRED,
    *"from_email altbody send_at messenger template_id tags headers attribs subscribers".split(),
}
TYPES = {"type": ("regular", "optin"), "content_type": ("richtext", "html", "markdown", "plain")}
PARCEL = Parcel("campaign", "x")


def answered(request: Request) -> tuple[int, Any]:
    """What listmonk answers."""
    if request.headers.get("authorization") != "token desk:s3cret":
        return 403, {"message": "invalid session"}
    parts = request.path.strip("/").split("/")
    assert parts[:2] == ["api", "campaigns"]
    match request.method, parts[2:]:
        case ("POST", []) | ("POST", ["7", "test"]):
            values = request.values
            for name, kind in REQUIRED.items():
                assert isinstance(values[name], kind), name
            assert set(values) <= KNOWN
            for name, words in TYPES.items():
                assert values[name] in words
            assert all(isinstance(one, int) for one in values["lists"])
            if parts[2:]:
                assert all("@" in who for who in values["subscribers"])
                return 200, {"data": True}
            return 200, {"data": {"id": 7, "status": "draft"}}
        case "PUT", ["7", "status"]:
            assert request.values == {"status": "running"}
            return 200, {"data": {"id": 7, "status": "running"}}
        case "GET", ["7"]:
            return 200, {"data": {"id": 7, "status": "finished"}}
        case "DELETE", ["7"]:
            return 200, {"data": True}
    return 404, {"message": "no such way"}


@pytest.fixture(scope="module")
def server() -> Iterator[Service]:
    with service(answered) as made:
        yield made


def sender(server: Service, token: str = "s3cret", **more: Any) -> Listmonk:
    server.requests.clear()
    return Listmonk(ListmonkSend(url=f"{server.url}/", user="desk", lists=(1, 4), **more), token)


def test_a_campaign_is_created_and_started(server: Service) -> None:
    listmonk = sender(server)
    assert listmonk.create(LETTER, PARCEL) == "7"
    listmonk.start(LETTER, PARCEL, "7")
    assert server.paths() == ["POST /api/campaigns", "PUT /api/campaigns/7/status"]
    values = server.requests[0].values
    assert values["lists"] == [1, 4]
    assert values["from_email"] == LETTER.sender
    assert values["name"].endswith("[friday/2026-w48]")
    assert listmonk.state("7") == "sent"


def test_only_the_token_to_unsubscribe_is_a_template(server: Service) -> None:
    sender(server).create(LETTER, PARCEL)
    values = server.requests[0].values
    link = '<a href="{{ UnsubscribeURL }}">Abbestellen &amp; Ende</a>'
    assert link in values["body"]
    assert values["body"].count("{{") == 1
    assert "&#123;{ 7 }}" in values["body"]
    assert values["altbody"].endswith("Abbestellen & Ende: {{ UnsubscribeURL }}\n")
    assert '{{ "{{" }} 7 }}' in values["altbody"]
    assert values["subject"] == 'The Friday: Ferries {{ "{{" }} 7 }}'


def test_a_template_of_its_own_gets_the_whole_page(server: Service) -> None:
    sender(server, template=3).create(LETTER, PARCEL)
    assert server.requests[0].values["template_id"] == 3
    assert server.requests[0].values["body"].startswith("<!DOCTYPE html>")
    sender(server).create(LETTER, PARCEL)
    assert "<body" not in server.requests[0].values["body"]
    assert "template_id" not in server.requests[0].values


def test_a_trial_leaves_nothing(server: Service) -> None:
    sender(server).trial(LETTER, ["me@digest.press"])
    assert server.paths() == [
        "POST /api/campaigns",
        "POST /api/campaigns/7/test",
        "DELETE /api/campaigns/7",
    ]


def test_a_wrong_token(server: Service) -> None:
    with pytest.raises(NotSent, match="answered 403: invalid session"):
        sender(server, "wrong").create(LETTER, PARCEL)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((500, {"message": "Error"}), MaybeSent),
        ((503, None), NotSentYet),
        ((0, None), MaybeSent),
        ((200, {"data": {}}), MaybeSent),
    ],
)
def test_an_answer_that_is_none(answer: tuple[int, Any], kind: type[Exception]) -> None:
    with service(lambda _: answer) as server, pytest.raises(kind):
        sender(server).create(LETTER, PARCEL)
