"""Workflow files; and what happens after a deployment: hubs and caches are told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import yaml
from conftest import Digest

from .helpers import deploy, fill


class Heard(HTTPServer):
    """A server that remembers what it was told, and answers with ``status``."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Ear)
        self.told: list[tuple[str, str, str]] = []
        self.status = 202


class _Ear(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Heard)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.told.append((self.path, body, self.headers.get("Authorization", "")))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def ear() -> Iterator[Heard]:
    """A listening server."""
    server = Heard()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_the_hub_hears_of_changed_feeds_and_the_cache_of_changed_pages(
    digest: Digest, ear: Heard, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path_factory.mktemp("host")
    url = f"http://127.0.0.1:{ear.server_port}"
    monkeypatch.setenv("CLOUDFLARE_API_BASE_URL", url)
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", "never-to-be-seen")
    target = f"{{kind: folder, path: {path}/www, purge: {{cloudflare: zone1}}}}"
    fill(digest, target, more=f"feeds: {{hub: {url}/hub}}\n")
    said = deploy(digest)
    paths = [p for p, _, _ in ear.told]
    assert paths == ["/zones/zone1/purge_cache", "/hub"]
    assert ear.told[0][2] == "Bearer never-to-be-seen"
    feeds = parse_qs(ear.told[1][1])["hub.url"]
    assert "https://t.example/feed.xml" in feeds
    deploy(digest)
    assert len(ear.told) == 2
    digest.article("a3", "Another title", "2026-11-04T10:00:00+01:00", "Another text.")
    ear.status = 500
    said += deploy(digest, expect=1)
    assert f"ping of {url}/hub: answered 500" in said
    assert "purge of cloudflare: answered 500" in said
    assert "the site itself is deployed, whole" in said
    assert "Another title" in (path / "www/index.html").read_text()
    assert "never-to-be-seen" not in said


@pytest.mark.parametrize(("kind", "name"), [("github", ".github/workflows/deploy.yml"), ("gitlab", ".gitlab-ci.yml")])
def test_workflow_files_are_written_once(digest: Digest, tmp_path: Path, kind: str, name: str) -> None:
    before = (tmp_path / "site.yaml").read_text()
    command = ["init", str(tmp_path), "--ci", kind]
    import subprocess
    import sys

    for status in (0, 2):
        assert subprocess.run([sys.executable, "-m", "sitegen", *command], capture_output=True, check=False).returncode == status
    jobs = yaml.safe_load((tmp_path / name).read_text())
    assert "sitegen" in str(jobs)
    assert (tmp_path / "site.yaml").read_text() == before
