"""Workflow files; and what happens after a deployment: hubs and caches are notified."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.answering import answering
from tests.conftest import Digest
from tests.deploy.helpers import deploy, fill


class Heard(HTTPServer):
    """A server that remembers the requests to it, and answers with ``status``."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Ear)
        self.requests: list[tuple[str, str, str]] = []
        self.status = 202
        self.deaf: set[str] = set()


class _Ear(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Heard)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.requests.append((self.path, body, self.headers.get("Authorization", "")))
        self.send_response(500 if self.path in self.server.deaf else self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def ear() -> Iterator[Heard]:
    """A listening server."""
    with answering(Heard()) as server:
        yield server


def test_the_hub_hears_of_changed_feeds_and_the_cache_of_changed_pages(
    digest: Digest,
    ear: Heard,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path_factory.mktemp("host")
    url = f"http://127.0.0.1:{ear.server_port}"
    monkeypatch.setenv("CLOUDFLARE_API_BASE_URL", url)
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", "never-to-be-seen")
    target = f"{{kind: folder, path: {path}/www, purge: {{cloudflare: zone1}}}}"
    fill(digest, target, more=f"feeds: {{hub: {url}/hub}}\n")
    said = deploy(digest)
    paths = [p for p, _, _ in ear.requests]
    assert paths == ["/zones/zone1/purge_cache", "/hub"]
    assert ear.requests[0][2] == "Bearer never-to-be-seen"
    feeds = parse_qs(ear.requests[1][1])["hub.url"]
    assert "https://t.press/feed.xml" in feeds
    deploy(digest)
    assert len(ear.requests) == 2
    digest.article("a3", "Another title", "2026-11-04T10:00:00+01:00", "Another text.")
    ear.status = 500
    said += deploy(digest, expect=1)
    assert f"ping of {url}/hub: answered 500" in said
    assert "purge of cloudflare: answered 500" in said
    assert "the site itself is deployed" in said
    assert "Another title" in (path / "www/index.html").read_text()
    assert "never-to-be-seen" not in said


@pytest.fixture
def told_site(
    digest: Digest,
    ear: Heard,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A deployed site with a hub and a cache, which have heard of it; the folder that it is
    deployed to."""
    path = tmp_path_factory.mktemp("host")
    url = f"http://127.0.0.1:{ear.server_port}"
    monkeypatch.setenv("CLOUDFLARE_API_BASE_URL", url)
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", "t")
    fill(
        digest,
        f"{{kind: folder, path: {path}/www, switch: false, purge: {{cloudflare: zone1}}}}",
        more=f"feeds: {{hub: {url}/hub}}\n",
    )
    deploy(digest)
    ear.requests.clear()
    return path / "www"


def purged(ear: Heard) -> list[str]:
    return [
        f
        for path, body, _ in ear.requests
        if path.startswith("/zones")
        for f in json.loads(body).get("files", ["everything"])
    ]


def edit(digest: Digest, text: str) -> None:
    digest.article("a3", "Article 3", "2026-11-04T10:00:00+01:00", text)


def test_what_failed_is_notified_with_the_next_deployment_though_that_sends_nothing(
    digest: Digest, ear: Heard, told_site: Path
) -> None:
    edit(digest, "Another text.")
    ear.status = 500
    deploy(digest, expect=1)
    first = sorted(purged(ear))
    assert "https://t.press/world/2026/11/04/a3/" in first
    ear.requests.clear()
    deploy(digest, expect=1)
    assert sorted(purged(ear)) == first, "tried again, and failed again"
    assert "is still to be done" in deploy(digest, "--dry-run")
    ear.requests.clear()
    ear.status = 202
    said = deploy(digest)
    assert "0 files sent" in said and "purge of cloudflare failed before and is now done" in said
    assert (
        sorted(purged(ear)) == first
        and "https://t.press/feed.xml" in parse_qs(ear.requests[1][1])["hub.url"]
    )
    ear.requests.clear()
    deploy(digest)
    assert not ear.requests


def test_only_what_failed_is_repeated_with_what_has_changed_since(
    digest: Digest, ear: Heard, told_site: Path
) -> None:
    edit(digest, "Another text.")
    ear.deaf.add("/hub")
    deploy(digest, expect=1)
    ear.requests.clear()
    ear.deaf.clear()
    digest.article("a5", "Article 5", "2026-11-06T10:00:00+01:00", "Text of today.")
    deploy(digest)
    assert not [p for p in purged(ear) if "/a3/" in p] and [p for p in purged(ear) if "/a5/" in p]
    assert ear.requests[1][0] == "/hub"


def test_after_a_broken_deployment_all_that_it_sent_is_notified(
    digest: Digest, ear: Heard, told_site: Path
) -> None:
    edit(digest, "Another text.")
    (told_site / "index.html").unlink()
    (told_site / "index.html").mkdir()
    (told_site / "index.html/x").write_text("in the way")
    deploy(digest, expect=1)
    assert not ear.requests
    (told_site / "index.html/x").unlink()
    (told_site / "index.html").rmdir()
    deploy(digest)
    assert "https://t.press/world/2026/11/04/a3/" in purged(ear) and "https://t.press/" in purged(
        ear
    )


def test_after_a_kill_everything_is_notified(digest: Digest, ear: Heard, told_site: Path) -> None:
    digest.write(
        ".sitegen-cache/deploy/live.pending.json",
        '{"purge of cloudflare": ["*"], "purge of another": ["*"]}',
    )
    deploy(digest)
    assert purged(ear) == ["everything"] and len(ear.requests) == 1
    digest.write(".sitegen-cache/deploy/live.pending.json", "{damaged")
    deploy(digest)
    assert len(ear.requests) == 1


def test_a_rollback_is_notified_too(digest: Digest, ear: Heard, told_site: Path) -> None:
    edit(digest, "Another text.")
    deploy(digest)
    ear.requests.clear()
    deploy(digest, "--rollback")
    assert "https://t.press/world/2026/11/04/a3/" in purged(ear)
    assert b"Text of number 3" in (told_site / "world/2026/11/04/a3/index.html").read_bytes()


def test_a_rollback_of_a_switched_folder_notifies_everything_and_a_dry_run_does_nothing(
    digest: Digest, ear: Heard, told_site: Path
) -> None:
    settings = (digest.root / "site.yaml").read_text().replace("/www, switch: false", "/switched")
    digest.write("site.yaml", settings)
    deploy(digest)
    edit(digest, "Another text.")
    deploy(digest)
    ear.requests.clear()
    article = told_site.parent / "switched/world/2026/11/04/a3/index.html"
    assert "would be rolled back" in deploy(digest, "--rollback", "--dry-run")
    assert b"Another text" in article.read_bytes() and not ear.requests
    deploy(digest, "--rollback")
    assert b"Text of number 3" in article.read_bytes()
    assert (
        purged(ear) == ["everything"]
        and "https://t.press/feed.xml" in parse_qs(ear.requests[1][1])["hub.url"]
    )


@pytest.mark.parametrize(
    ("kind", "name"), [("github", ".github/workflows/deploy.yml"), ("gitlab", ".gitlab-ci.yml")]
)
def test_workflow_files_are_written_once(
    digest: Digest, tmp_path: Path, kind: str, name: str
) -> None:
    before = (tmp_path / "site.yaml").read_text()
    command = ["init", str(tmp_path), "--ci", kind]
    import subprocess
    import sys

    for status in (0, 2):
        assert (
            subprocess.run(
                [sys.executable, "-m", "sitegen", *command], capture_output=True, check=False
            ).returncode
            == status
        )
    assert (tmp_path / name).is_file()
    assert (tmp_path / "site.yaml").read_text() == before
