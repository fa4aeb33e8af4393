"""Who may use the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sitegen.desk.web.guard import MAX_FORM, POLICY, Form
from tests.desk.samples import put
from tests.desk.web.windows import HOST, Window, desk_of


@pytest.fixture
def window(tmp_path: Path) -> Window:
    put(tmp_path, 1)
    return Window(desk_of(tmp_path))


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 200),
        ({"client": ("::1", 1)}, 200),
        ({"headers": {"host": "127.0.0.1:8000"}}, 200),
        ({"headers": {"host": "[::1]:8000"}}, 200),
        ({"headers": {"host": "evil.example"}}, 400),
        ({"headers": {"host": "localhost.evil.example"}}, 400),
        ({"headers": {"host": "localhost:8000:9"}}, 400),
        ({"client": ("192.168.1.7", 1)}, 403),
        ({"client": ("not an address", 1)}, 403),
        ({"client": ("testclient", 1)}, 403),
        ({"headers": {"sec-fetch-site": "cross-site"}}, 403),
        ({"headers": {"sec-fetch-site": "same-site"}}, 403),
        ({"headers": {"sec-fetch-site": "none"}}, 200),
    ],
)
def test_this_machine_may_ask_by_its_own_name(
    window: Window, given: dict[str, Any], status: int
) -> None:
    answer = window.ask("GET", "/_desk/", **given)
    assert answer.status_code == status
    assert ("Item 1" in answer.text) == (status == 200)


@pytest.mark.parametrize(
    "change",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": f"https://{HOST}"},
        {"origin": "http://localhost:9000"},
        {"origin": ""},
        {"sec-fetch-site": "cross-site"},
        {"content-type": "text/plain"},
        {"content-type": "multipart/form-data; boundary=x"},
        {"token": ""},
        {"token": "0" * 64},
        {"token": "ü"},
        {"cookie": "none"},
        {"cookie": "other"},
    ],
)
def test_a_form_has_to_come_from_the_desk(window: Window, change: dict[str, str]) -> None:
    fields = {"token": change.pop("token", window.token())}
    named = window.page.xpath("//button[@data-key='p']/@value")[0]
    cookie = change.pop("cookie", "")
    if cookie:
        window.cookies.clear()
    if cookie == "other":
        window.cookies.set("sitegen-desk8000", "x" * 43)
    answer = window.ask(
        "POST",
        "/_desk/pick",
        content=f"token={fields['token']}&one={named}".encode(),
        headers={
            "origin": f"http://{HOST}",
            "content-type": "application/x-www-form-urlencoded",
            **change,
        },
    )
    assert answer.status_code in (403, 415)
    assert "Not done" in answer.text
    assert "Item 1" in window.get().text


def test_the_same_form_from_the_desk_is_taken(window: Window) -> None:
    named = window.page.xpath("//button[@data-key='p']/@value")[0]
    window.post("/_desk/pick", {"token": window.token(), "one": named})
    assert window.said == "Picked: Item 1."


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_actions_are_forms_only(window: Window, method: str) -> None:
    answer = window.ask(method, "/_desk/pick", headers={"origin": f"http://{HOST}"})
    assert answer.status_code == 405


def test_a_form_has_bounds(window: Window) -> None:
    assert window.post("/_desk/pick", {"token": "x" * MAX_FORM}).status_code == 413
    window.get()
    many = {"token": window.token(), "item": ["x"] * 6_000}
    assert window.post("/_desk/pick", many).status_code == 400


def test_what_was_typed_is_shown_when_a_form_is_refused(window: Window) -> None:
    fields = {"token": "old", "text": "An hour's <work>", "path": "content/_inbox/x.md"}
    answer = window.post("/_desk/comment", fields)
    assert answer.status_code == 403
    assert [node.text for node in window.page.xpath("//textarea")] == ["An hour's <work>"]


def test_pages_and_cookies_are_shut(window: Window) -> None:
    answer = window.get()
    headers = answer.headers
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "same-origin"
    cookie = headers["set-cookie"]
    assert cookie.startswith("sitegen-desk8000=")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "unsafe" not in POLICY
    static = window.ask("GET", "/_desk/static/desk.js")
    assert static.headers["content-type"] == "text/javascript; charset=utf-8"
    assert window.ask("GET", "/_desk/static/..%2fapp.py").status_code == 404
    assert window.ask("GET", "/_desk/static/app.py").status_code == 404


def test_a_field_may_be_given_more_than_once() -> None:
    form = Form({"item": ["a", "b"]})
    assert (form.text("item"), form.texts("item"), form.text("none")) == ("b", ["a", "b"], "")
