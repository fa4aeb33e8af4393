"""rsync: its commands and what its lists say, without a host."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from sitegen.config.targets import RsyncTarget
from sitegen.deploy.model import Item, Refused, Seen, Surroundings
from sitegen.deploy.targets.rsync import Rsync

AROUND = Surroundings({"PATH": "/bin"}, "2026-11-24", "mark")


def place(**values: str | int) -> Rsync:
    given = {"host": "t.example", "path": "/www/"}
    return Rsync(RsyncTarget(**(given | values)), AROUND)  # type: ignore[arg-type]


def test_the_place_of_a_target() -> None:
    assert place().place == "t.example:/www/"
    assert place(user="ann", path="www").place == "ann@t.example:www/"
    assert place().env["LC_ALL"] == "C"


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({}, "BatchMode=yes"),
        ({}, "StrictHostKeyChecking=yes"),
        ({"port": 2222}, "-p 2222"),
        ({"key": "/k y"}, "-i '/k y'"),
        ({"known_hosts": "/known"}, "UserKnownHostsFile=/known"),
    ],
)
def test_ssh_asks_nothing_and_knows_its_hosts(values: dict[str, str | int], part: str) -> None:
    assert part in place(**values).shell


@pytest.fixture
def ssh(tmp_path: Path) -> Path:
    """A program in place of ssh that notes its arguments; it fails while `broken` exists."""
    program = tmp_path / "bin/ssh"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/calls\ntest ! -e {tmp_path}/broken\n')
    program.chmod(0o755)
    return tmp_path


def through(ssh: Path) -> Rsync:
    around = Surroundings({"PATH": f"{ssh}/bin:/bin"}, "2026-11-24", "mark")
    return Rsync(RsyncTarget(host="t.example", path="/www/"), around)


@pytest.mark.slow
def test_all_runs_share_one_connection_that_is_closed(ssh: Path) -> None:
    place = through(ssh)
    place.begin(writing=False)
    folder = Path(place.shared)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert f"-o ControlPath={folder}/ssh" in place.shell
    place.begin(writing=False)  # a second attempt
    place.close()
    opened, closed = (ssh / "calls").read_text().splitlines()
    assert "-f -N -M t.example" in opened
    assert "-O exit t.example" in closed
    assert not folder.exists()


@pytest.mark.slow
def test_without_a_shared_connection_each_run_has_its_own(ssh: Path) -> None:
    (ssh / "broken").touch()
    place = through(ssh)
    place.begin(writing=False)
    assert "ControlPath" not in place.shell
    place.close()
    assert len((ssh / "calls").read_text().splitlines()) == 1


LIST = """\
drwxr-xr-x          4,096 2026/11/24 12:00:00 .
-rw-r--r--          1,234 2026/11/24 12:00:01 a b/index.html
-rw-r--r--             12 2026/11/24 12:00:02 .sitegen-manifest.json
"""


def test_a_list_of_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Rsync, "_rsync", lambda *_, **__: LIST)
    assert place().listing(True) == {"a b/index.html": Seen(1234, "2026/11/24-12:00:01")}


@pytest.mark.parametrize(
    ("message", "empty"), [("No such file or directory", True), ("denied", False)]
)
def test_a_folder_that_does_not_exist_is_empty(
    monkeypatch: pytest.MonkeyPatch, message: str, empty: bool
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise Refused(message)

    monkeypatch.setattr(Rsync, "_rsync", refuse)
    if empty:
        assert place().listing(True) == {}
        assert place().read("a") is None
        return
    with pytest.raises(Refused):
        place().listing(True)
    with pytest.raises(Refused):
        place().read("a")


def test_files_of_one_folder_are_sent_in_one_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    runs: list[tuple[str, list[str]]] = []

    def note(self: Rsync, *arguments: str, feed: Sequence[str] = ()) -> str:
        runs.append((arguments[-2], list(feed)))
        return ""

    monkeypatch.setattr(Rsync, "_rsync", note)
    items = []
    for name in ("out/a.html", "out/b.html", "gz/c.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
        items.append(Item(path.name, "0f", 1, "text/html", "", source=str(path)))
    entries = place().put_all(items)
    assert [feed for _, feed in runs] == [["a.html", "b.html"], ["c.html"]]
    assert {name: entry.size for name, entry in entries.items()} == {
        "a.html": 1,
        "b.html": 1,
        "c.html": 1,
    }
