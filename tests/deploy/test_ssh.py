"""Deployment by SFTP and rsync to an ssh server on loopback."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.conftest import Digest
from tests.deploy.helpers import Cut, deploy, fill, missing, remove, rows, survive_kills, tree
from tests.deploy.sshd import Host


@pytest.fixture
def there(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder on the host."""
    return tmp_path_factory.mktemp("there") / "www"


@pytest.mark.parametrize("kind", ["sftp", "rsync"])
def test_complete_then_nothing_then_what_changed(
    digest: Digest,
    host: Host,
    there: Path,
    kind: str,
) -> None:
    fill(digest, host.target(kind, there))
    deploy(digest)
    assert tree(there) == digest.tree()
    assert (there / "index.html").stat().st_mode & 0o777 == 0o644
    assert "0 files sent" in deploy(digest)
    digest.run("clean")
    assert "0 files sent" in deploy(digest)
    (there / "foreign.txt").write_text("mine")
    digest.article("a3", "Article 3", "2026-11-04T10:00:00+01:00", "Another text.")
    remove(digest, 1)
    before = deploy(digest, "--dry-run")
    assert "- world/2026/11/02/a1/index.html (no longer part of the site)" in rows(before)
    deploy(digest)
    assert tree(there) == {**digest.tree(), "foreign.txt": b"mine"}
    (there / "404.html").unlink()
    deploy(digest, "--verify")
    assert tree(there) == {**digest.tree(), "foreign.txt": b"mine"}
    assert not [p for p in there.rglob(".sitegen-*") if p.name != ".sitegen-manifest.json"]


@pytest.mark.parametrize("kind", ["sftp", "rsync"])
def test_an_unknown_host_is_refused(
    digest: Digest,
    host: Host,
    there: Path,
    kind: str,
    tmp_path: Path,
) -> None:
    (tmp_path / "none").write_text("")
    fill(digest, host.target(kind, there, f", known_hosts: '{tmp_path}/none'"))
    said = deploy(digest, expect=1)
    assert "known_hosts" in said or "verification failed" in said
    assert not there.exists()


@pytest.mark.parametrize("kind", ["sftp", "rsync"])
def test_a_wrong_key_is_reported(digest: Digest, host: Host, there: Path, kind: str) -> None:
    wrong = host._replace(key=host.folder / "host")
    fill(digest, wrong.target(kind, there))
    said = deploy(digest, expect=1)
    assert "uthentication" in said or "denied" in said
    assert not there.exists()


def test_a_cut_connection_is_opened_again(digest: Digest, host: Host, there: Path) -> None:
    door = Cut(host.port, 40_000, 3)
    known = host.folder / f"known-{door.port}"
    known.write_text(host.known.read_text().replace(str(host.port), str(door.port)))
    fill(digest, host.target("sftp", there, f", jobs: 1, known_hosts: '{known}'", door.port))
    deploy(digest)
    assert tree(there) == digest.tree()
    door.close()


@pytest.mark.parametrize("kind", ["sftp", "rsync"])
def test_kills_leave_no_page_without_its_assets_and_are_completed(
    digest: Digest,
    host: Host,
    there: Path,
    kind: str,
) -> None:
    fill(digest, host.target(kind, there), 4)
    survive_kills(digest, lambda: tree(there), 5)
    time.sleep(0.5)  # the host notices that nobody speaks any more
    deploy(digest)
    assert not missing(tree(there))
    assert digest.tree().items() <= tree(there).items()
