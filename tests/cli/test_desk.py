"""`sitegen desk` as an editor starts it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sitegen.cli import desk
from tests.answering import answering
from tests.conftest import SITE, Digest
from tests.desk.samples import put
from tests.desk.test_actions import git
from tests.desk.web.windows import Window, desk_of
from tests.serve.helpers import Server

NOW = "2026-11-24T12:00:00+01:00"


def test_the_desk_is_served_beside_the_site_and_leaves_nothing_in_output(digest: Digest) -> None:
    put(digest.root, 1)
    digest.article("own")
    server = Server(digest, now=NOW, command="desk")
    try:
        status, headers, body = server.get("/_desk/", Host=f"localhost:{server.port}")
        assert status == 200
        assert b"Item 1" in body
        assert "content-security-policy" in headers
        assert server.get("/_desk/", Host="evil.example")[0] == 400
        assert b"_desk" not in server.get("/")[2]
        assert "the desk is at" in server.text()
    finally:
        assert server.stop() == 130
    assert "Traceback" not in server.text()
    files = (digest.root / ".sitegen-cache/preview").rglob("*")
    assert not any("_desk" in path.name for path in files)
    assert not (digest.root / "output").exists()


FEED = """<rss version="2.0"><channel><title>Post</title><link>https://post.example/</link>{}
</channel></rss>"""
SOURCE = 'sources:\n  post: {{name: Post, feed: "{}/feed.xml", status: inbox}}\n'


@contextmanager
def feed(folder: Path) -> Iterator[str]:
    """A server of a feed with four items; its URL."""
    items = (
        f"<item><title>Item {n}</title><link>https://post.example/{n}</link>"
        f"<pubDate>Mon, 23 Nov 2026 0{n}:00:00 +0100</pubDate>"
        f"<description>A text of its own, which is number {n}.</description></item>"
        for n in range(1, 5)
    )
    folder.mkdir()
    (folder / "feed.xml").write_text(FEED.format("".join(items)))
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with answering(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as server:
        yield f"http://127.0.0.1:{server.server_port}"


def test_what_is_dropped_at_two_desks_comes_back_by_no_import(
    make_digest: Callable[[str], Digest],
) -> None:
    one = make_digest("one")
    arrive = ("import", "--allow-private", "--fresh", "--now", NOW)
    with feed(one.root.parent / "feed") as url:
        with open(one.root / "site.yaml", "a") as file:
            file.write(SOURCE.format(url))
        settings = (one.root / "site.yaml").read_text().removeprefix(SITE)
        (one.root / ".gitignore").write_text(".sitegen-cache\n")
        one.run(*arrive)
        git(one.root, "init", "-b", "main")
        git(one.root, "add", "-A")
        git(one.root, "commit", "-m", "start")
        two = one.root.parent / "two"
        shutil.copytree(one.root, two)
        for root, number in ((one.root, 1), (two, 2)):
            Window(desk_of(root, settings)).press(f"Drop: Item {number}")
        Window(desk_of(one.root, settings)).press("Pick: Item 3")
        for root in (one.root, two):
            git(root, "add", "-A")
            git(root, "commit", "-m", "desk")
        one.run(*arrive)
        assert Window(desk_of(one.root, settings)).rows() == ["Item 4", "Item 2"]
        git(one.root, "checkout", ".")
        git(one.root, "pull", "--no-rebase", "--no-edit", str(two), "main")
        for _ in range(2):
            one.run(*arrive)
            assert Window(desk_of(one.root, settings)).rows() == ["Item 4"]
    assert len(list((one.root / "content").rglob("*item-3*.md"))) == 1


def test_the_preview_has_no_desk(digest: Digest) -> None:
    digest.article("own")
    server = Server(digest, now=NOW)
    try:
        assert server.get("/_desk/")[0] == 404
    finally:
        server.stop()


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({}, ""),
        ({"EDITOR": "vim -O"}, ""),
        ({"EDITOR": "/usr/bin/nano"}, ""),
        ({"EDITOR": "code --wait"}, "code --wait"),
        ({"VISUAL": "gedit", "EDITOR": "vi"}, "gedit"),
        ({"VISUAL": "vi", "EDITOR": "gedit"}, "gedit"),
    ],
)
def test_an_editor_with_a_window_is_chosen(environment: dict[str, str], command: str) -> None:
    assert desk.own_editor(environment) == command


def test_a_file_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(desk.subprocess, "Popen", lambda command, **_: started.append(command))
    path = tmp_path / "a b;rm.md"
    assert desk.open_file(f"{sys.executable} -m editor", path) == ""
    assert started == [[sys.executable, "-m", "editor", str(path)]]
    monkeypatch.setattr(desk.click, "launch", lambda _: 1)
    assert "No program opens" in desk.open_file("", path)
    assert "cannot be read" in desk.open_file("'", path)


def test_an_editor_that_does_not_exist_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(command: list[str], **_: object) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(desk.subprocess, "Popen", fails)
    said = desk.open_file("no-such-editor", tmp_path / "a.md")
    assert said.startswith("no-such-editor cannot be started")
