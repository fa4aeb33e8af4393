"""Links to other sites: asked politely, remembered, and never inside the network."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sitegen.base.diagnostics import Diagnostic
from sitegen.check import external
from sitegen.check.external import RequestRefused, ask_all, judged_address, visit
from sitegen.check.model import CheckOptions
from sitegen.check.run import check
from tests.answering import answering
from tests.conftest import NOW, Digest


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A site of our own, and what it has been asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            asked.append(f"{self.command} {self.path}")
            status = {
                "/ok": 200,
                "/moved": 301,
                "/found": 302,
                "/gone": 404,
                "/members": 403,
                "/loop": 302,
            }.get(self.path, 404)
            if self.path == "/nohead":
                status = 405 if self.command == "HEAD" else 200
            if self.path == "/mute" or (self.path == "/headless" and self.command == "HEAD"):
                self.close_connection = True
                return
            if self.path == "/babble":
                self.wfile.write(b"::error::no http at all\r\n\r\n")
                self.close_connection = True
                return
            status = {
                "/removed": 410,
                "/down": 503,
                "/busy": 429,
                "/nowhere": 301,
                "/away": 301,
            }.get(self.path, status)
            self.send_response(status)
            if self.path == "/away":
                self.send_header("Location", "/gone")
            if self.path in ("/moved", "/found", "/loop"):
                self.send_header("Location", "/loop" if self.path == "/loop" else "/ok")
            self.end_headers()

        do_GET = do_HEAD

        def log_message(self, *_: object) -> None:
            pass

    with answering(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as site:
        yield f"http://127.0.0.1:{site.server_port}", asked


def test_answers(server: tuple[str, list[str]]) -> None:
    base, asked = server
    answers = {
        name: visit(f"{base}/{name}", 0.0, private=True)
        for name in ("ok", "moved", "found", "gone", "members", "nohead", "loop")
    }
    assert {name for name, a in answers.items() if a.broken} == {"gone", "loop"}
    assert answers["moved"].final == f"{base}/ok"
    assert answers["found"].final == ""
    assert "HEAD /ok" in asked
    assert "GET /ok" not in asked


def test_get_has_the_last_word_where_head_is_not_answered(server: tuple[str, list[str]]) -> None:
    base, asked = server
    assert not visit(f"{base}/nohead", 0.0, private=True).broken
    visit(f"{base}/headless", 0.0, private=True)
    assert asked == ["HEAD /nohead", "GET /nohead", "HEAD /headless", "GET /headless"]


@pytest.mark.parametrize(
    ("name", "said", "advice", "hours"),
    [
        ("gone", "answers 404", "correct or remove the link", 24),
        ("removed", "answers 410", "it was removed permanently", 24),
        ("down", "answers 503", "this may be temporary", 1),
        ("mute", "does not answer: it closes the connection", "this may be temporary", 1),
        ("babble", "does not speak HTTP", "correct or remove", 24),
        ("nowhere", "redirects to nowhere", "correct or remove", 24),
        ("away", "has moved to `{base}/gone`, which answers 404", "correct or remove", 24),
    ],
)
def test_what_is_said_of_a_broken_link_and_when_it_is_asked_again(
    digest: Digest,
    server: tuple[str, list[str]],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    said: str,
    advice: str,
    hours: int,
) -> None:
    base, asked = server
    monkeypatch.setattr(external, "judged_address", lambda host, port, private: (host, port))
    digest.article("a", body=f"One [x]({base}/{name}) link.")

    def found(hour: int) -> Diagnostic:
        now = (
            f"2026-11-24T{hour:02}:30:00+00:00"
            if hour < 24
            else f"2026-11-25T{hour - 24:02}:30:00+00:00"
        )
        options = CheckOptions(str(digest.root), now, external=True, rules=("link-external",))
        [one] = check(options, lambda *_: None).diagnostics
        return one

    one = found(0)
    assert one.message == f"`{base}/{name}` " + said.format(base=base) and one.help.startswith(
        advice
    )
    first = len(asked)
    assert found(hours - 1) == one and len(asked) == first, "remembered"
    assert found(hours + 1) == one and len(asked) == 2 * first, "asked again"


def test_an_invalid_certificate_and_a_closed_port_are_reported_in_words(
    server: tuple[str, list[str]],
) -> None:
    base, _ = server
    assert (
        visit(base.replace("http:", "https:"), 0.0, private=True).wrong
        == "does not answer over TLS"
    )
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        assert (
            visit(f"http://127.0.0.1:{port}/", 0.0, private=True).wrong
            == "does not answer: connection refused"
        )


def test_a_server_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        answer = visit(f"http://127.0.0.1:{silent.getsockname()[1]}/", 0.0, private=True)
    assert answer.broken and answer.passing and answer.wrong.startswith("does not answer within")


def test_answers_are_remembered(
    server: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, asked = server
    monkeypatch.setattr(external, "PAUSE", 0.0)
    cache = tmp_path / "external.json"
    addresses = [f"{base}/ok", f"{base}/gone"]
    ask_all(addresses, cache, 1000.0, lambda *_: None, private=True)
    first = len(asked)
    ask_all(addresses, cache, 2000.0, lambda *_: None, private=True)
    assert len(asked) == first
    ask_all(addresses, cache, 1000.0 + 2 * external.DAY, lambda *_: None, private=True)
    assert asked[first:] == ["HEAD /gone", "GET /gone"]
    cache.write_text("{damaged")
    assert (
        ask_all([f"{base}/ok"], cache, 0.0, lambda *_: None, private=True)[f"{base}/ok"].status
        == 200
    )


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.0.0.1",
        "169.254.169.254",
        "::1",
        "::ffff:127.0.0.1",
        "0.0.0.0",
        "[::1]",
    ],
)
def test_private_addresses_are_never_visited(host: str) -> None:
    with pytest.raises(RequestRefused):
        judged_address(host, 80)


def test_nothing_is_requested_without_the_option(
    digest: Digest, server: tuple[str, list[str]]
) -> None:
    base, asked = server
    digest.article("a", body=f"One [x]({base}/gone) link.")
    assert json.loads(digest.run("check", "--now", NOW, "--json").stdout)["diagnostics"] == []
    [wrong] = json.loads(digest.run("check", "--now", NOW, "--json", "--external").stdout)[
        "diagnostics"
    ]
    assert (wrong["code"], wrong["line"]) == ("link-external", 7)
    assert "is not public, and was not requested" in wrong["message"]
    assert asked == []


def test_a_machine_that_is_offline_is_reported_once_and_nothing_is_cached(
    digest: Digest, server: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def nobody(host: str, *_: object, **__: object) -> None:
        asked.append(host)
        raise socket.gaierror("Name or service not known")

    links = " ".join(
        f"[x](https://{host}.example/{n})" for host in ("a", "b", "c") for n in range(3)
    )
    digest.article("a", body=f"One {links} link.")
    with monkeypatch.context() as offline:
        offline.setattr(socket, "getaddrinfo", nobody)
        report = check(CheckOptions(str(digest.root), NOW, external=True), lambda *_: None)
    [found] = report.diagnostics
    assert "none of 9 URLs" in found.message and "offline" in found.message
    assert sorted(asked) == [
        "a.example",
        "b.example",
        "c.example",
    ]  # a host that does not exist is requested once
    assert not (digest.root / ".sitegen-cache/external.json").exists()
