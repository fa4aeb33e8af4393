"""`sitegen desk` as an editor starts it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sitegen.cli import desk
from tests.conftest import Digest
from tests.desk.samples import put
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
