"""The record of what has gone out."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.send.record import (
    Event,
    Parcels,
    Step,
    read_record,
    record_path,
    write_done,
    write_event,
)

PATH = record_path("content", "friday/2026-w48")


def event(step: Step, parcel: str = "a", target: str = "mail", **more: str) -> Event:
    return Event("2026-11-27T12:00:00+00:00", target, step, parcel, **more)


def test_what_is_known_of_each_target(tmp_path: Path) -> None:
    assert PATH == "content/_sent/friday/2026-w48.jsonl"
    assert read_record(tmp_path, PATH) == {}
    for one in (
        event("sending"),
        event("sent"),
        event("sending", "b"),
        event("created", "campaign", "list", id="7"),
    ):
        write_event(tmp_path, PATH, one)
    known = read_record(tmp_path, PATH)
    assert known["mail"].doubtful() == ["b"]
    assert known["mail"].count("sent") == 1
    assert known["list"].ids == {"campaign": "7"}


def test_one_line_takes_the_place_of_the_others(tmp_path: Path) -> None:
    for one in (event("sending"), event("sent"), event("draft", "campaign", "list", id="7")):
        write_event(tmp_path, PATH, one)
    write_done(tmp_path, PATH, event("done", "", note="1 mail sent"))
    lines = (tmp_path / PATH).read_text().splitlines()
    assert len(lines) == 2
    known = read_record(tmp_path, PATH)
    assert known["mail"].done == "1 mail sent"
    assert known["list"].steps == {"campaign": "draft"}


def test_a_line_that_a_kill_cut_off(tmp_path: Path) -> None:
    write_event(tmp_path, PATH, event("sending"))
    with (tmp_path / PATH).open("ab") as file:
        file.write(b'{"at":"2026-11-27T12:00:00+00:00","target":"mail","st')
    assert read_record(tmp_path, PATH)["mail"].doubtful() == ["a"]
    write_event(tmp_path, PATH, event("sent"))
    assert read_record(tmp_path, PATH)["mail"].doubtful() == []


@pytest.mark.parametrize("line", ["<<<<<<< HEAD", "{}", '{"step": "flown"}'])
def test_a_damaged_record_stops_everything(tmp_path: Path, line: str) -> None:
    write_event(tmp_path, PATH, event("sent"))
    with (tmp_path / PATH).open("a") as file:
        file.write(f"{line}\n")
    write_event(tmp_path, PATH, event("sending", "b"))
    with pytest.raises(SitegenError) as caught:
        read_record(tmp_path, PATH)
    assert (caught.value.diagnostics[0].path, caught.value.diagnostics[0].line) == (PATH, 2)


@pytest.mark.parametrize(
    ("step", "waits"),
    [
        ("created", True),
        ("open", True),
        ("creating", False),
        ("sending", False),
        ("sent", False),
        ("refused", False),
        ("draft", False),
    ],
)
def test_what_still_goes_out(step: Step, waits: bool) -> None:
    known = Parcels({"a": step})
    assert known.waits("a") == waits
    assert known.waits("b")
