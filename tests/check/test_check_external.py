"""Links to other sites: asked politely, remembered, and never inside the network."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import NOW, Digest

from sitegen.check import external
from sitegen.check.external import Refused, ask_all, judged_address, visit


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A site of our own, and what it has been asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            asked.append(f"{self.command} {self.path}")
            status = {"/ok": 200, "/moved": 301, "/found": 302, "/gone": 404, "/members": 403, "/loop": 302}.get(self.path, 404)
            if self.path == "/nohead":
                status = 405 if self.command == "HEAD" else 200
            self.send_response(status)
            if self.path in ("/moved", "/found", "/loop"):
                self.send_header("Location", "/loop" if self.path == "/loop" else "/ok")
            self.end_headers()

        do_GET = do_HEAD

        def log_message(self, *_: object) -> None:
            pass

    site = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.server_address[1]}", asked
    site.shutdown()
    site.server_close()


def test_answers(server: tuple[str, list[str]]) -> None:
    base, asked = server
    answers = {name: visit(f"{base}/{name}", 0.0, private=True) for name in ("ok", "moved", "found", "gone", "members", "nohead", "loop")}
    assert {name for name, a in answers.items() if a.broken} == {"gone", "loop"}
    assert answers["moved"].final == f"{base}/ok"
    assert answers["found"].final == ""
    assert "HEAD /ok" in asked
    assert "GET /ok" not in asked


def test_answers_are_remembered(server: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
    assert ask_all([f"{base}/ok"], cache, 0.0, lambda *_: None, private=True)[f"{base}/ok"].status == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "0.0.0.0", "[::1]"])
def test_private_addresses_are_never_visited(host: str) -> None:
    with pytest.raises(Refused):
        judged_address(host, 80)


def test_nothing_is_asked_unless_told_to(digest: Digest, server: tuple[str, list[str]]) -> None:
    base, asked = server
    digest.article("a", body=f"One [x]({base}/gone) link.")
    assert json.loads(digest.run("check", "--now", NOW, "--json").stdout)["diagnostics"] == []
    [wrong] = json.loads(digest.run("check", "--now", NOW, "--json", "--external").stdout)["diagnostics"]
    assert (wrong["code"], wrong["line"]) == ("link-external", 7)
    assert "is not public, and was not visited" in wrong["message"]
    assert asked == []
