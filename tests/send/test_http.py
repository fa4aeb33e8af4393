"""Requests to services: what an answer means for sending."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.send.http import ask
from sitegen.send.model import MaybeSent, NotSent, NotSentYet
from tests.send.servers import service


def test_values_go_there_and_back() -> None:
    with service(lambda request: (200, {"got": request.values})) as server:
        assert ask("POST", f"{server.url}/x", {"A": "b"}, {"ü": 1}) == {"got": {"ü": 1}}
        assert ask("GET", server.url, {}) == {"got": None}
    first = server.requests[0]
    assert first.headers["content-type"] == "application/json"
    assert (first.headers["a"], first.headers["user-agent"].split("/")[0]) == ("b", "sitegen")


@pytest.mark.parametrize(
    ("status", "values", "asking", "kind", "said"),
    [
        (400, {"detail": "no\nlist"}, False, NotSent, "answered 400: no list"),
        (422, {"errors": [{"message": "m", "context": "c"}]}, False, NotSent, "answered 422: c"),
        (401, None, False, NotSent, "answered 401"),
        (302, None, False, NotSent, "answered 302"),
        (429, None, False, NotSentYet, "answered 429"),
        (500, {"message": "oh"}, False, MaybeSent, "answered 500: oh"),
        (500, None, True, NotSent, "answered 500"),
        (0, None, False, MaybeSent, ""),
        (0, None, True, NotSentYet, ""),
    ],
)
def test_what_an_answer_means(
    status: int, values: Any, asking: bool, kind: type[Exception], said: str
) -> None:
    with (
        service(lambda _: (status, values)) as server,
        pytest.raises(kind) as caught,
    ):
        ask("GET" if asking else "POST", server.url, {})
    assert type(caught.value) is kind
    assert said in str(caught.value)


def test_nothing_has_left_where_nobody_listens() -> None:
    with service(lambda _: (200, None)) as server:
        pass
    with pytest.raises(NotSentYet):
        ask("POST", server.url, {}, {})
    with pytest.raises(NotSentYet):
        ask("POST", "http://[broken", {}, {})
