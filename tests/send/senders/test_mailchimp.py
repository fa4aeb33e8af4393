"""Mailchimp, against a server that checks each request by the documentation of its API."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest

from sitegen.config.send import MailchimpSend
from sitegen.send.model import NotSent, NotSentYet, Parcel
from sitegen.send.senders.mailchimp import Mailchimp
from tests.send.samples import LETTER
from tests.send.servers import Request, Service, service

PARCEL = Parcel("campaign", "x")
KEY = "0123456789abcdef-us6"
# https://mailchimp.com/developer/marketing/api/campaigns/add-campaign/
SETTINGS = set(
    "subject_line preview_text title from_name reply_to use_conversation to_name folder_id"
    " authenticate auto_footer inline_css auto_tweet template_id".split()
)


def answered(request: Request) -> tuple[int, Any]:
    """What Mailchimp answers."""
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    assert kind == "Basic"
    if base64.b64decode(given).decode().partition(":")[2] != KEY:
        return 401, {"title": "API Key Invalid", "status": 401, "detail": "Your key is invalid."}
    parts = request.path.strip("/").split("/")
    assert parts[:2] == ["3.0", "campaigns"]
    match request.method, parts[2:]:
        case "POST", []:
            values = request.values
            assert set(values) == {"type", "recipients", "settings"}
            assert values["type"] == "regular"
            assert values["recipients"] == {"list_id": "a1b2"}
            assert set(values["settings"]) <= SETTINGS
            assert values["settings"]["reply_to"] == "letter@digest.press"
            return 200, {"id": "42694e9e57", "status": "save"}
        case "PUT", [_, "content"]:
            assert set(request.values) <= {"html", "plain_text", "url", "template", "archive"}
            return 200, {}
        case "POST", [_, "actions", "send"]:
            assert request.values is None
            return 204, None
        case "POST", [_, "actions", "test"]:
            assert set(request.values) == {"test_emails", "send_type"}
            assert request.values["send_type"] in ("html", "plaintext")
            return 204, None
        case "GET", ["42694e9e57"]:
            return 200, {"id": "42694e9e57", "status": "sending"}
        case "DELETE", ["42694e9e57"]:
            return 204, None
    return 404, {"title": "Resource Not Found"}


@pytest.fixture(scope="module")
def server() -> Iterator[Service]:
    with service(answered) as made:
        yield made


def sender(server: Service, key: str = KEY) -> Mailchimp:
    server.requests.clear()
    return Mailchimp(MailchimpSend(list="a1b2", url=f"{server.url}/3.0"), key)


def test_a_campaign_is_created_with_its_content_and_goes_out(server: Service) -> None:
    mailchimp = sender(server)
    id = mailchimp.create(LETTER, PARCEL)
    mailchimp.start(LETTER, PARCEL, id)
    assert mailchimp.state(id) == "sent"
    assert server.paths() == [
        "POST /3.0/campaigns",
        "PUT /3.0/campaigns/42694e9e57/content",
        "POST /3.0/campaigns/42694e9e57/actions/send",
        "GET /3.0/campaigns/42694e9e57",
    ]
    assert server.requests[0].values["settings"]["from_name"] == "The Friday"


def test_only_the_tag_to_unsubscribe_is_a_merge_tag(server: Service) -> None:
    sender(server).create(LETTER, PARCEL)
    content = server.requests[1].values
    assert '<a href="*|UNSUB|*">Abbestellen &amp; Ende</a>' in content["html"]
    assert content["plain_text"].endswith("Abbestellen & Ende: *|UNSUB|*\n")
    assert [content[part].count("*|") for part in ("html", "plain_text")] == [1, 1]


def test_a_trial_leaves_nothing(server: Service) -> None:
    sender(server).trial(LETTER, ["me@digest.press"])
    assert server.paths()[-2:] == [
        "POST /3.0/campaigns/42694e9e57/actions/test",
        "DELETE /3.0/campaigns/42694e9e57",
    ]


def test_a_campaign_without_its_content_is_deleted() -> None:
    def lost(request: Request) -> tuple[int, Any]:
        return (0, None) if request.method == "PUT" else answered(request)

    with service(lost) as server:
        with pytest.raises(NotSentYet, match="the content was not taken"):
            sender(server).create(LETTER, PARCEL)
        assert server.paths()[-1] == "DELETE /3.0/campaigns/42694e9e57"


def test_a_wrong_key_and_its_data_centre(server: Service) -> None:
    with pytest.raises(NotSent, match="answered 401: Your key is invalid"):
        sender(server, "wrong-us6").create(LETTER, PARCEL)
    assert Mailchimp(MailchimpSend(list="a1b2"), KEY).url == "https://us6.api.mailchimp.com/3.0"
