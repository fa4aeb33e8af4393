"""Deployment to a branch: a bare repository, over file and over ssh."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.conftest import NOW, Digest
from tests.deploy.helpers import OURS, deploy, fill, missing, remove, survive_kills
from tests.deploy.sshd import Host


def git(folder: Path, *arguments: str) -> str:
    """What git says in ``folder``."""
    who = {
        f"GIT_{r}_{w}": "t@t.example" for r in ("AUTHOR", "COMMITTER") for w in ("NAME", "EMAIL")
    }
    return subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env=os.environ | who,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def branch(repository: Path, name: str = "gh-pages") -> dict[str, bytes]:
    """The files of a branch."""
    archive = subprocess.run(
        ["git", "archive", "--format=tar", name], cwd=repository, capture_output=True, check=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        return {
            member.name: data.read()
            for member in files
            if member.name not in OURS and (data := files.extractfile(member))
        }


@pytest.fixture
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty repository to push to."""
    path = tmp_path_factory.mktemp("git") / "site.git"
    subprocess.run(["git", "init", "-q", "--bare", str(path)], check=True)
    return path


def test_one_commit_or_none(digest: Digest, bare: Path) -> None:
    fill(digest, f"{{kind: git, repository: '{bare}', cname: digest.example}}")
    deploy(digest)
    extra = {".nojekyll": b"", "CNAME": b"digest.example\n"}
    assert branch(bare) == digest.tree() | extra
    assert "0 files sent" in deploy(digest)
    assert git(bare, "rev-list", "--count", "gh-pages").strip() == "1"
    digest.article("a3", "Article 3", "2026-11-04T10:00:00+01:00", "Another text.")
    remove(digest, 1)
    deploy(digest)
    assert branch(bare) == digest.tree() | extra
    assert git(bare, "rev-list", "--count", "gh-pages").strip() == "2"
    assert not missing(branch(bare))


def test_the_sites_own_repository_is_left_as_it_was(digest: Digest, bare: Path) -> None:
    fill(digest, "{kind: git, host: gitlab}")
    digest.write(".gitignore", "/output/\n/.sitegen-cache/\n.*.sitegen-*\n")
    digest.run("addresses", "--now", NOW)
    for command in (
        ["init", "-q", "-b", "main"],
        ["add", "."],
        ["commit", "-qm", "Begin"],
        ["remote", "add", "origin", str(bare)],
    ):
        git(digest.root, *command)
    hook = digest.write(".git/hooks/pre-push", "#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    before = [
        git(digest.root, "status", "--porcelain"),
        git(digest.root, "for-each-ref"),
        git(digest.root, "ls-files", "-s"),
    ]
    deploy(digest)
    assert [
        git(digest.root, "status", "--porcelain"),
        git(digest.root, "for-each-ref"),
        git(digest.root, "ls-files", "-s"),
    ] == before
    assert branch(bare) == digest.tree()


def test_history_and_files_of_others_stay(
    digest: Digest, bare: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    fill(digest, f"{{kind: git, repository: '{bare}'}}")
    deploy(digest)
    clone = tmp_path_factory.mktemp("clone")
    git(clone, "clone", "-q", "-b", "gh-pages", str(bare), ".")
    (clone / "foreign.txt").write_text("mine")
    git(clone, "add", ".")
    git(clone, "commit", "-qm", "Mine")
    git(clone, "push", "-q")
    digest.article("a3", "Another title", "2026-11-04T10:00:00+01:00", "Another text.")
    deploy(digest)
    assert branch(bare)["foreign.txt"] == b"mine"
    assert git(bare, "rev-list", "--count", "gh-pages").strip() == "3"
    assert "rolled back to release 1" in deploy(digest, "--rollback")
    assert b"Another title" not in branch(bare)["index.html"]
    assert git(bare, "rev-list", "--count", "gh-pages").strip() == "4"
    # Again: not back to what was taken back.
    assert "no earlier release" in deploy(digest, "--rollback", expect=1)
    assert b"Another title" not in branch(bare)["index.html"]


def test_without_history_there_is_one_commit(digest: Digest, bare: Path) -> None:
    fill(digest, f"{{kind: git, repository: '{bare}', history: false}}")
    deploy(digest)
    digest.article("a3", "Another title", "2026-11-04T10:00:00+01:00", "Another text.")
    deploy(digest)
    assert git(bare, "rev-list", "--count", "gh-pages").strip() == "1"
    assert b"Another title" in branch(bare)["index.html"]


def test_a_refused_push_is_reported(digest: Digest, bare: Path) -> None:
    fill(digest, f"{{kind: git, repository: '{bare}'}}")
    hook = bare / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho no pushing here\nexit 1\n")
    hook.chmod(0o755)
    assert "no pushing here" in deploy(digest, expect=1)
    fill(digest, "{kind: git, repository: nowhere}")
    assert "no remote `nowhere`" in deploy(digest, expect=1)


def test_a_branch_over_ssh(
    digest: Digest,
    bare: Path,
    host: Host,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(digest, f"{{kind: git, repository: 'ssh://127.0.0.1:{host.port}{bare}', host: other}}")
    command = (
        f"ssh -F none -o BatchMode=yes -o StrictHostKeyChecking=yes -i {host.key} -o"
        " UserKnownHostsFile="
    )
    monkeypatch.setenv("GIT_SSH_COMMAND", command + "/dev/null")
    assert "verification failed" in deploy(digest, expect=1)
    monkeypatch.setenv("GIT_SSH_COMMAND", command + str(host.known))
    deploy(digest)
    assert branch(bare) == digest.tree()


def test_kills_leave_one_whole_commit_or_the_one_before(digest: Digest, bare: Path) -> None:
    fill(digest, f"{{kind: git, repository: '{bare}'}}", 4)
    survive_kills(
        digest, lambda: branch(bare), 7, group=False
    )  # else the repository's own git would be killed
    deploy(digest, "--unlock")
    assert digest.tree().items() <= branch(bare).items()
    git(bare, "fsck", "--strict", "--connectivity-only")
