"""Importing from addresses: politely, bounded, and from public addresses only.

The servers are real ones of our own.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from sitegen.config.load import load_config
from sitegen.importer.input import fetch
from sitegen.importer.input.fetch import (
    FetchRefused,
    checked,
    fits,
    is_public,
    judged_address,
    read_robots,
)
from sitegen.importer.model import ImportOptions, ImportReport
from sitegen.importer.run import import_all
from tests.answering import answering

SITE = "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n"
TEXT = (
    "The keel of the new pilot boat was laid on Sunday, and forty people came to watch it being"
    " laid."
)
FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Quay",
        "items": [
            {
                "id": f"https://quay.example/{n}",
                "url": f"https://quay.example/{n}",
                "title": f"Berth {n}",
                "date_published": f"2026-11-{n:02}",
                "authors": [{"name": "Eva Falk"}],
                "content_text": TEXT,
            }
            for n in range(1, 4)
        ],
    }
)


class Server:
    """Answers as told by ``answers``: path to (status, headers, body), or a function of the
    request's headers."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.answers: dict[str, Any] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                headers = {k.lower(): v for k, v in self.headers.items()}
                outer.asked.append((self.path, headers))
                answer = outer.answers.get(self.path, (404, {}, b""))
                status, more, body = answer(headers) if callable(answer) else answer
                self.send_response(status)
                for name, value in more.items():
                    self.send_header(name, value)
                self.end_headers()
                with contextlib.suppress(OSError):
                    self.wfile.write(body if isinstance(body, bytes) else body.encode())

            def log_message(self, *arguments: object) -> None:
                pass

        self.running = contextlib.ExitStack()
        http = self.running.enter_context(answering(ThreadingHTTPServer((host, 0), Handler)))
        self.url = f"http://{host}:{http.server_port}"

    def close(self) -> None:
        self.running.close()

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server()
    yield one
    one.close()


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "site.yaml").write_text(SITE)
    monkeypatch.setattr(fetch, "PAUSE", 0.0)
    monkeypatch.setattr(fetch.Fetcher.__init__, "__defaults__", ("", False, False, 0.0))
    return tmp_path


def bring(root: Path, *addresses: str, site: str = SITE, **more: Any) -> ImportReport:
    options = ImportOptions(**{"private": True, **more})
    return import_all(root, load_config(site, "site.yaml"), addresses, options)


def outcomes(report: ImportReport) -> list[str]:
    return [i.outcome for i in report.items]


def test_a_feed_is_fetched_once_and_then_only_when_it_has_changed(
    root: Path, server: Server
) -> None:
    def answer(headers: dict[str, str]) -> Any:
        return (
            (304, {}, b"")
            if headers.get("if-none-match") == '"v1"'
            else (200, {"ETag": '"v1"', "Content-Type": "application/json"}, FEED)
        )

    server.answers["/feed"] = answer
    assert outcomes(bring(root, server.url + "/feed", dry_run=True)) == ["created"] * 3
    assert (
        outcomes(bring(root, server.url + "/feed")) == ["created"] * 3
    )  # a dry run remembers nothing
    again = bring(root, server.url + "/feed")
    assert outcomes(again) == ["unchanged"]
    assert "has not changed" in again.items[0].reason
    assert outcomes(bring(root, server.url + "/feed", fresh=True)) == ["unchanged"] * 3
    assert all(
        headers["user-agent"].startswith("sitegen/") and "t.example" in headers["user-agent"]
        for _, headers in server.asked
    )


def test_what_could_not_be_read_is_fetched_again(root: Path, server: Server) -> None:
    server.answers["/x"] = (200, {"ETag": '"1"'}, b"<html><body><p>Log in</p></body></html>")
    assert outcomes(bring(root, server.url + "/x")) == ["quarantined"]
    bring(root, server.url + "/x")
    assert all("if-none-match" not in headers for _, headers in server.asked)


def test_the_sources_of_site_yaml_are_fetched_and_named(root: Path, server: Server) -> None:
    server.answers["/feed"] = (200, {}, FEED)
    site = SITE + f"sources:\n  quay: {{name: Quay Notes, feed: '{server.url}/feed'}}\n"
    assert outcomes(bring(root, site=site)) == ["created"] * 3
    text = next((root / "content").rglob("*berth-1.md")).read_text()
    assert "name: Quay Notes" in text


def test_robots_txt_is_obeyed(root: Path, server: Server) -> None:
    server.answers["/robots.txt"] = (
        200,
        {},
        "User-agent: *\nDisallow: /private/\nAllow: /private/open\n",
    )
    for path in ("/private/feed", "/private/open", "/feed"):
        server.answers[path] = (200, {}, FEED)
    report = bring(
        root, server.url + "/private/feed", server.url + "/private/open", server.url + "/feed"
    )
    assert "/private/feed" not in server.paths()
    assert "robots.txt" in report.items[0].reason
    assert [d.level for d in report.diagnostics] == ["warning"]
    assert outcomes(report)[1:4] == ["created"] * 3


def test_a_robots_txt_that_fails_closes_the_site(root: Path, server: Server) -> None:
    server.answers["/robots.txt"] = (503, {}, b"")
    server.answers["/feed"] = (200, {}, FEED)
    assert outcomes(bring(root, server.url + "/feed")) == ["failed"]
    assert server.paths() == []


def test_rules_of_robots_txt() -> None:
    rules = read_robots(
        b"User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /a*.php$\nDisallow: /b\nAllow:"
        b" /b/c\nCrawl-delay: 3\n"
    )
    assert rules.pause == 3.0
    said = [rules.allow(p) for p in ("/", "/a/x.php", "/a/x.php?y", "/b", "/b/c", "/bc")]
    assert said == [True, False, True, False, True, False]
    assert not read_robots(b"User-agent: sitegen\nDisallow: /\n\nUser-agent: *\nAllow: /\n").allow(
        "/x"
    )
    assert fits("/" + "a" * 5_000, "*".join(["/"] + ["a"] * 500 + ["b"])) is False  # at once


def test_one_host_is_asked_one_thing_at_a_time_with_a_pause(
    root: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(fetch.Fetcher.__init__, "__defaults__", ("", False, False, 1.0))
    monkeypatch.setattr(fetch.time, "sleep", slept.append)
    for n in range(3):
        server.answers[f"/{n}"] = (200, {}, FEED)
    bring(root, *(f"{server.url}/{n}" for n in range(3)))
    assert len(slept) == 3  # robots.txt and three feeds
    assert all(0.5 < s <= 1.0 for s in slept)


# Private addresses ---------------------------------------------------------------------------


def test_private_addresses_are_not_visited(root: Path, server: Server) -> None:
    server.answers["/feed"] = (200, {}, FEED)
    report = bring(root, server.url + "/feed", private=False)
    assert outcomes(report) == ["failed"]
    assert "private address" in report.items[0].reason
    assert server.asked == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one loopback address")
def test_a_redirect_to_a_private_address_is_not_followed(
    root: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """127.0.0.1 counts as public here, 127.0.0.2 as what it is: where a public host leads is judged
    again."""
    monkeypatch.setattr(
        fetch, "is_public", lambda address: address == "127.0.0.1" or is_public(address)
    )
    inner = Server("127.0.0.2")
    inner.answers["/secret"] = (200, {}, FEED)
    targets = [
        f"{inner.url}/secret",
        "http://[::1]:9/",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "//127.0.0.2/x",
    ]
    for target in targets:
        server.answers["/go"] = (302, {"Location": target}, b"")
        report = bring(root, server.url + "/go", private=False)
        assert outcomes(report) == ["failed"]
        assert "not visited" in report.items[0].reason
    server.answers["/robots.txt"] = (302, {"Location": f"{inner.url}/robots.txt"}, b"")
    server.answers["/feed"] = (200, {}, FEED)
    bring(root, server.url + "/feed", private=False)
    assert inner.asked == []
    assert not list((root / "content").rglob("*.md"))
    inner.close()


def test_the_address_that_was_judged_is_the_one_that_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that points elsewhere at the second look-up (DNS rebinding) gains nothing: there is no
    second one."""
    answers = iter(["93.184.216.34", "127.0.0.1"])
    monkeypatch.setattr(
        fetch.socket,
        "getaddrinfo",
        lambda host, port, **more: [(2, 1, 6, "", (next(answers), port))],
    )
    connected: list[Any] = []

    def connect(address: Any, timeout: float) -> Any:
        connected.append(address)
        raise OSError("no network in this test")

    monkeypatch.setattr(fetch.socket, "create_connection", connect)
    with pytest.raises(OSError, match="no network"):
        fetch._request("http://rebind.example/x", {}, 1000, False, False)
    assert connected == [("93.184.216.34", 80)]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::",
        "255.255.255.255",
        "fec0::1",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_public_addresses_are_public() -> None:
    assert all(is_public(a) for a in ("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"))


@pytest.mark.parametrize(
    "host", ["127.1", "2130706433", "0x7f.1", "localhost", "127.0.0.1.nip.invalid"]
)
def test_odd_spellings_of_private_hosts_are_refused(host: str) -> None:
    with pytest.raises(FetchRefused):
        judged_address(host, 80)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://x.example/",
        "http://user:pw@x.example/",
        "http:///x",
        "http://x.example:99999/",
        "http://x.example/a b",
        "file:///etc/passwd",
    ],
)
def test_addresses_that_are_not_fetched(address: str) -> None:
    with pytest.raises(FetchRefused):
        checked(address)


# Answers -------------------------------------------------------------------------------------


def test_redirects_are_followed_but_not_for_ever(root: Path, server: Server) -> None:
    server.answers["/a"] = (301, {"Location": "/feed"}, b"")
    server.answers["/feed"] = (200, {}, FEED)
    server.answers["/loop"] = (302, {"Location": "/loop"}, b"")
    assert outcomes(bring(root, server.url + "/a")) == ["created"] * 3
    report = bring(root, server.url + "/loop")
    assert "redirects more than" in report.items[0].reason
    assert server.paths().count("/loop") <= 6


def test_an_answer_that_unpacks_to_far_more_is_cut_off(root: Path, server: Server) -> None:
    server.answers["/bomb"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"a" * 200_000_000))
    report = bring(root, server.url + "/bomb")
    assert "sends more than" in report.items[0].reason
    assert not list((root / "content").rglob("*.md"))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((404, {}, b""), "answers 404"),
        ((500, {}, b""), "answers 500"),
        ((200, {"Content-Encoding": "br"}, b"x"), "encoding"),
        ((200, {"Content-Encoding": "gzip"}, b"not gzip at all"), "does not answer"),
        ((200, {"Content-Length": "900"}, b"<p>Only the beg"), "broke off before all of it"),
        ((200, {"Content-Encoding": "gzip"}, gzip.compress(b"a" * 90)[:-9]), "broke off before"),
    ],
)
def test_what_does_not_answer_is_said(root: Path, server: Server, answer: Any, said: str) -> None:
    server.answers["/x"] = answer
    report = bring(root, server.url + "/x")
    assert said in report.items[0].reason
    assert [d.level for d in report.diagnostics] == ["warning"]


def test_the_charset_of_the_answer_counts(root: Path, server: Server) -> None:
    body = (
        "<html><head><title>Die Fähre fährt</title><meta name=author content='Jörg Müller'><meta"
        " property='article:published_time' content='2026-11-20'></head><body><article><h1>Die"
        " Fähre fährt</h1>"
        + "<p>Die Fähre fährt über den Fluss, sagte der Kapitän, und niemand müsse länger warten"
        " als früher.</p>" * 3 + "</article></body></html>"
    )
    server.answers["/x"] = (
        200,
        {"Content-Type": "text/html; charset=iso-8859-15"},
        body.encode("iso-8859-15"),
    )
    bring(root, server.url + "/x")
    (path,) = (root / "content").rglob("*.md")
    assert "- Jörg Müller" in path.read_text()


def test_pictures_are_fetched_where_asked_for(root: Path, server: Server) -> None:
    import io

    from PIL import Image

    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "Ruta Lind"
    Image.new("RGB", (20, 20), (1, 2, 3)).save(out, "JPEG", exif=exif)
    server.answers["/boat.jpg"] = (200, {"Content-Type": "image/jpeg"}, out.getvalue())
    item = json.loads(FEED)["items"][0] | {"image": server.url + "/boat.jpg"}
    server.answers["/feed"] = (
        200,
        {},
        json.dumps(
            {"version": "https://jsonfeed.org/version/1.1", "title": "Quay", "items": [item]}
        ),
    )
    bring(root, server.url + "/feed")
    assert "/boat.jpg" not in server.paths()
    assert outcomes(bring(root, server.url + "/feed", pictures=True)) == ["updated"]
    (text,) = (p.read_text() for p in (root / "content").rglob("*.md"))
    assert "credit: Ruta Lind" in text
    assert "image_at_source" not in text
    assert len(list((root / "content").rglob("*.jpg"))) == 1
    count = server.paths().count("/boat.jpg")
    assert outcomes(bring(root, server.url + "/feed", pictures=True)) == ["unchanged"]
    assert server.paths().count("/boat.jpg") == count


def test_a_front_page_names_its_feed(root: Path, server: Server) -> None:
    server.answers["/"] = (
        200,
        {},
        (
            "<html><head><link rel=alternate type='application/rss+xml'"
            " href='/feed.xml'></head><body>Hello</body></html>"
        ),
    )
    report = bring(root, server.url + "/")
    assert f"sitegen import {server.url}/feed.xml" in report.items[0].reason
