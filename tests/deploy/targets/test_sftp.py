"""SFTP by a client in memory: sending beside, and what failures mean."""

from __future__ import annotations

import io
import stat
from types import SimpleNamespace
from typing import Any

import pytest

from sitegen.base.text import digest
from sitegen.config.targets import SftpTarget
from sitegen.deploy.model import LOCK, Item, Refused, Seen, Surroundings, Transient
from sitegen.deploy.targets.sftp import Sftp

paramiko = pytest.importorskip("paramiko")


class Host:
    """The part of a client that is used, with its files and folders."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.folders = {"/"}
        self.fails: Exception | None = None
        self.short = False

    def open(self, path: str, mode: str) -> Any:
        if self.fails:
            raise self.fails
        if "x" in mode and path in self.files:
            raise OSError("Failure")
        if "r" in mode and path not in self.files:
            raise FileNotFoundError(path)
        host = self

        class File(io.BytesIO):
            def close(self) -> None:
                if "w" in mode:
                    host.files[path] = self.getvalue()[: -1 if host.short else None]
                super().close()

            def prefetch(self) -> None: ...
            def set_pipelined(self, _: bool) -> None: ...

        return File(self.files[path] if "r" in mode else b"")

    def stat(self, path: str) -> Any:
        if path in self.folders:
            return SimpleNamespace(st_mode=stat.S_IFDIR | 0o755)
        if path in self.files:
            size = len(self.files[path])
            return SimpleNamespace(st_mode=stat.S_IFREG | 0o644, st_size=size, st_mtime=7)
        raise FileNotFoundError(path)

    def mkdir(self, path: str, mode: int) -> None:
        self.folders.add(path)

    def rmdir(self, path: str) -> None:
        if any(name.startswith(f"{path}/") for name in (*self.files, *self.folders)):
            raise OSError("Failure")
        self.folders.remove(path)

    def remove(self, path: str) -> None:
        if path not in self.files:
            raise FileNotFoundError(path)
        del self.files[path]

    def posix_rename(self, old: str, new: str) -> None:
        self.files[new] = self.files.pop(old)

    def listdir_attr(self, path: str) -> list[Any]:
        names = {
            n for n in (*self.files, *self.folders) if n.rpartition("/")[0] == path.rstrip("/")
        }
        rows = [vars(self.stat(n)) | {"filename": n.rpartition("/")[2]} for n in sorted(names)]
        return [SimpleNamespace(**row) for row in rows]


@pytest.fixture
def host() -> Host:
    """An empty one."""
    return Host()


@pytest.fixture
def place(host: Host, monkeypatch: pytest.MonkeyPatch) -> Sftp:
    """A folder of it, ready for writing."""
    monkeypatch.setattr(Sftp, "_sftp", lambda _: host)
    target = Sftp(SftpTarget(host="t.example", path="/www"), Surroundings({}, "2026-11-24", "mark"))
    target.begin(True)
    return target


def item(path: str, text: str = "x") -> Item:
    data = text.encode()
    return Item(path, digest(data), len(data), "text/html", "", data=data)


def test_a_file_arrives_with_its_folders_and_nothing_else(place: Sftp, host: Host) -> None:
    entry = place.put(item("a/b/index.html"))
    assert host.files == {"/www/a/b/index.html": b"x"}
    assert host.folders == {"/", "/www", "/www/a", "/www/a/b"}
    assert (entry.size, entry.etag) == (1, "7")
    assert place.name == "sftp://t.example/www"


def test_files_are_listed_only_where_that_must_be(place: Sftp) -> None:
    place.put(item("a/index.html"))
    place.write(LOCK, b"x")
    assert place.listing(False) is None
    assert place.listing(True) == {"a/index.html": Seen(1, "7")}


@pytest.mark.parametrize(("text", "same"), [("x", True), ("y", False)])
def test_files_are_compared_by_their_bytes(place: Sftp, text: str, same: bool) -> None:
    place.put(item("a.html"))
    assert (place.same(item("a.html", text)) is not None) is same
    assert place.same(item("missing.html")) is None


def test_empty_folders_go_with_their_last_file(place: Sftp, host: Host) -> None:
    place.put(item("a/b/c.html"))
    place.put(item("a/d.html"))
    place.delete(["a/b/c.html", "missing.html"])
    assert host.folders == {"/", "/www", "/www/a"}


def test_a_lock_is_taken_once(place: Sftp) -> None:
    assert place.claim(b"one") is True
    assert place.claim(b"two") is False
    assert place.read(LOCK) == b"one"


def test_a_file_that_is_cut_off_is_not_shown(place: Sftp, host: Host) -> None:
    place.put(item("a.html", "old"))
    host.short = True
    with pytest.raises(Refused, match="is its disk full"):
        place.put(item("a.html", "new"))
    assert host.files == {"/www/a.html": b"old"}


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (PermissionError(13, "x"), Refused, "permission denied"),
        (OSError("Failure"), Refused, "is its disk full"),
        (EOFError(), Transient, "no connection"),
        (ConnectionResetError(104, "x"), Transient, "no connection"),
        (paramiko.AuthenticationException("no"), Refused, "check user, key"),
        (paramiko.SSHException("Server 'x' not found in known_hosts"), Refused, "fingerprint"),
        (paramiko.SSHException("x"), Transient, "no connection"),
    ],
)
def test_failures_say_whether_they_may_pass(
    place: Sftp, host: Host, error: Exception, kind: type[Exception], message: str
) -> None:
    host.fails = error
    with pytest.raises(kind) as caught:
        place.put(item("a.html"))
    assert message in str(caught.value)
