"""A deployment to a target in memory: what is sent in which order, and what failures leave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.deploy import run
from sitegen.deploy.model import (
    LOCK,
    MANIFEST,
    DeployReport,
    Entry,
    Item,
    LostRace,
    Manifest,
    Refused,
    Seen,
    Surroundings,
    Transient,
    decode_manifest,
)
from sitegen.deploy.run import (
    DeployInput,
    DeployOptions,
    Lock,
    deploy,
    is_before,
    problems_of,
    retry,
)

NOW = "2026-11-24T12:00:00+00:00"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries follow each other at once."""
    monkeypatch.setattr(run.time, "sleep", lambda seconds: None)


def entry(item: Item) -> Entry:
    """What the manifest holds of a file that has arrived."""
    return Entry(item.digest, item.size, item.type, item.cache)


class Memory:
    """A target that holds its files in memory, and fails where a test says so."""

    name, jobs, atomic = "memory", 1, False

    def __init__(self, **files: bytes) -> None:
        self.files = dict(files)
        self.log: list[str] = []
        self.fails: dict[str, Exception] = {}
        self.closed = False

    def _do(self, what: str) -> None:
        self.log.append(what)
        if what in self.fails:
            raise self.fails[what]

    def begin(self, writing: bool) -> None:
        self._do("begin")

    def read(self, name: str) -> bytes | None:
        return self.files.get(name)

    def listing(self, verify: bool) -> dict[str, Seen] | None:
        return {path: Seen(len(data)) for path, data in self.files.items()}

    def same(self, item: Item) -> Entry | None:
        return entry(item) if self.files[item.path] == item.data else None

    def put(self, item: Item) -> Entry:
        self._do(f"put {item.path}")
        self.files[item.path] = item.data
        return entry(item)

    def delete(self, names: Iterable[str]) -> None:
        for name in names:
            self._do(f"delete {name}")
            self.files.pop(name, None)

    def write(self, name: str, data: bytes) -> None:
        self._do(f"write {name}")
        self.files[name] = data

    def claim(self, data: bytes) -> bool:
        if LOCK in self.files:
            return False
        self.files[LOCK] = data
        return True

    def finish(self, release: int) -> None:
        self._do("finish")

    def close(self) -> None:
        self.closed = True


def items(**texts: str) -> dict[str, Item]:
    """Files of a site; a name with `page` is in a later group than others."""

    def item(path: str, text: str) -> Item:
        data, group = text.encode(), int("page" in path)
        return Item(path, f"d-{text}", len(data), "text/html", "", group=group, data=data)

    return {path: item(path, text) for path, text in texts.items()}


def wish(**values: Any) -> DeployOptions:
    given = {"target": "live", "kind": "memory", "keep": 0, "max_deletes": 100}
    return DeployOptions(**(given | values))


def sent(place: Any, files: dict[str, Item], now: str = NOW, **values: Any) -> DeployReport:
    mine = values.pop("mine", ())
    around = Surroundings({}, now, "mark")
    return deploy(DeployInput(place, files, wish(**values), around, mine=mine))


def puts(place: Memory) -> list[str]:
    return [line for line in place.log if line.startswith(("put", "delete")) and LOCK not in line]


def test_assets_come_before_pages_and_deletions_last() -> None:
    place = Memory()
    report = sent(place, items(page="p", asset="a"))
    assert puts(place) == ["put asset", "put page"]
    assert (report.release, report.size, place.closed) == (1, 2, True)
    assert LOCK not in place.files
    place.log.clear()
    report = sent(place, items(page="new", style="s"))
    assert puts(place) == ["put style", "put page", "delete asset"]
    assert report.deletes == ("asset",)


def test_a_second_deployment_sends_nothing() -> None:
    place = Memory()
    sent(place, items(page="p"))
    place.log.clear()
    report = sent(place, items(page="p"))
    assert (puts(place), report.unchanged, report.release) == ([], 1, 1)


def test_a_dry_run_changes_nothing() -> None:
    place = Memory()
    report = sent(place, items(page="p"), dry_run=True)
    assert report.puts == ("page",)
    assert place.files == {}


def test_files_of_others_are_kept_and_reported() -> None:
    place = Memory(theirs=b"x", page=b"p")
    report = sent(place, items(page="p", asset="a"))
    assert "theirs" in place.files
    assert puts(place) == ["put asset"]  # the page is the same already
    assert any("keeps 1 file" in note for note in report.notes)


def test_what_has_changed_at_the_target_is_sent_again_with_verify() -> None:
    place = Memory()
    sent(place, items(page="p", asset="a"))
    place.files["page"] = b"q"
    place.log.clear()
    assert puts(place) == []
    sent(place, items(page="p", asset="a"), verify=True)
    assert puts(place) == ["put page"]


def test_a_failure_ends_the_deployment_and_is_completed_by_the_next() -> None:
    place = Memory()
    place.fails["put page"] = Refused("disk full")
    report = sent(place, items(page="p", asset="a"))
    assert report.failed == {"page": "disk full"}
    assert (report.puts, report.not_done) == (("asset",), ("page",))
    noted = decode_manifest(place.files[MANIFEST])
    assert noted is not None
    assert (noted.release, noted.files["page"]) == (0, Entry())
    place.fails.clear()
    place.log.clear()
    assert sent(place, items(page="p", asset="a")).release == 1
    assert puts(place) == ["put page"]


def test_a_failure_that_may_pass_is_tried_again() -> None:
    place = Memory()
    place.fails["put page"] = Transient("busy")
    report = sent(place, items(page="p"))
    assert report.failed == {"page": "busy"}
    assert place.log.count("put page") == run.TRIES


def test_a_file_that_becomes_a_folder_is_deleted_first() -> None:
    place = Memory()
    sent(place, items(**{"a": "file", "b": "kept"}))
    place.log.clear()
    sent(place, items(**{"a/page": "p", "b": "kept"}), yes=True)
    assert puts(place) == ["delete a", "put a/page"]


def lock(mark: str, since: str) -> bytes:
    return msgspec.json.encode(Lock(mark, since))


@pytest.mark.parametrize(
    ("data", "values", "taken"),
    [
        (lock("other", NOW), {}, False),
        (lock("other", NOW), {"unlock": True}, True),
        (lock("other", NOW), {"mine": ["other"]}, True),  # a killed run of this machine
        (lock("other", "2026-11-24T11:44:00+00:00"), {}, True),  # nobody has refreshed it
        (lock("other", "2026-11-24T11:46:00+00:00"), {}, False),
        (b"damaged", {}, False),
    ],
)
def test_the_lock_of_another_run(data: bytes, values: dict[str, Any], taken: bool) -> None:
    place = Memory()
    place.files[LOCK] = data
    if taken:
        assert sent(place, items(page="p"), **values).release == 1
        return
    with pytest.raises(SitegenError) as caught:
        sent(place, items(page="p"), **values)
    assert "another deployment is under way" in caught.value.diagnostics[0].message
    assert place.files[LOCK] == data


MANY = {f"a{n}": "x" for n in range(10)}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "9 of the 10 files of the site would be deleted"),
        ({"max_deletes": 5}, "9 files would be deleted, more than max_deletes (5) allows"),
        ({"many": True}, ""),
        ({"yes": True, "max_deletes": 5}, ""),
    ],
)
def test_deleting_most_of_the_site_is_doubted(values: dict[str, Any], message: str) -> None:
    place = Memory()
    sent(place, items(**MANY))
    if not message:
        assert len(sent(place, items(a0="x"), **values).deletes) == 9
        return
    with pytest.raises(SitegenError) as caught:
        sent(place, items(a0="x"), **values)
    assert message in caught.value.diagnostics[0].message
    assert len(place.files) == 11  # all files, and the manifest


def test_of_many_deletions_the_first_are_named() -> None:
    for count, shown in ((10, "a1, a2, a3 …"), (4, "a1, a2, a3")):
        place = Memory()
        sent(place, items(**{f"a{n}": "x" for n in range(count)}))
        with pytest.raises(SitegenError) as caught:
            sent(place, items(a0="x"))
        assert caught.value.diagnostics[0].message.endswith(f"deleted: {shown}")


def test_a_clock_that_goes_backwards_is_doubted() -> None:
    place = Memory()
    sent(place, items(page="p"))
    with pytest.raises(SitegenError, match="the clock says"):
        sent(place, items(page="q"), now="2026-11-20T12:00:00+00:00")
    report = sent(place, items(page="q"), now="2026-11-20T12:00:00+00:00", dry_run=True)
    assert any("the clock says" in note for note in report.notes)


@pytest.mark.parametrize(
    ("now", "earlier", "before"),
    [
        (NOW, NOW, False),
        ("2026-11-24T11:30:00+00:00", NOW, False),  # clocks differ by that much
        ("2026-11-24T10:30:00+00:00", NOW, True),
        (NOW, "", False),
        (NOW, "2026-11-24T12:00:00", False),
    ],
)
def test_whether_a_moment_is_before_another(now: str, earlier: str, before: bool) -> None:
    assert is_before(now, earlier) is before


def test_a_target_that_keeps_changing_is_an_error() -> None:
    place = Memory()
    place.fails["begin"] = LostRace()
    with pytest.raises(SitegenError, match="keeps changing"):
        sent(place, items(page="p"))
    assert place.log == ["begin"] * 3


def test_a_target_that_cannot_be_reached_is_an_error_and_is_closed() -> None:
    place = Memory()
    place.fails["begin"] = Refused("no such host")
    with pytest.raises(SitegenError, match="no such host"):
        sent(place, items(page="p"))
    assert place.closed


def test_an_atomic_target_has_all_or_nothing() -> None:
    place = Memory()
    place.atomic = True  # type: ignore[misc]
    place.fails["put page"] = Refused("disk full")
    report = sent(place, items(page="p", asset="a"))
    assert (report.puts, report.not_done) == ((), ("asset", "page"))
    assert MANIFEST not in place.files


def test_an_error_of_the_system_is_not_tried_again() -> None:
    calls = []

    def work() -> None:
        calls.append(1)
        raise OSError(28, "No space left on device")

    with pytest.raises(Refused, match="No space"):
        retry(work)
    assert len(calls) == 1


def test_errors_of_a_deployment_name_the_files() -> None:
    report = DeployReport("live", "memory", failed={"page": "full"}, not_done=("page",))
    (found,) = problems_of(report).diagnostics
    assert found.message == "page: full"
    assert "run the command again" in found.help
    (found,) = problems_of(DeployReport("live", "memory", failed={"(the end)": "x"})).diagnostics
    assert found.help == "the site itself is deployed; `sitegen deploy` repeats only this step"


def test_a_manifest_of_a_later_version_is_not_read() -> None:
    assert decode_manifest(msgspec.json.encode(Manifest(version=2))) is None
