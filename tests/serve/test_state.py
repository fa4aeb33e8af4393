"""What the build thread leaves for the server."""

from __future__ import annotations

from pathlib import Path

from sitegen.serve.overlay import Problem
from sitegen.serve.state import KEPT, Current


def test_listeners_see_the_new_site(tmp_path: Path) -> None:
    current = Current(tmp_path)
    seen: list[int] = []
    current.listeners.append(lambda: seen.append(current.site.serial))
    current.replace("/a%20b", ())
    current.replace("/a%20b", (Problem("error", "x", "no"),))
    assert seen == [1, 2]
    assert current.site.path == "/a b"


def test_problems_are_known_by_what_they_say(tmp_path: Path) -> None:
    current = Current(tmp_path)
    assert current.site.problems_id == ""
    marks = []
    for message in ("one", "two", "one"):
        current.replace("", (Problem("error", "x", message),))
        marks.append(current.site.problems_id)
    assert marks[0] == marks[2] != marks[1]


def test_files_that_changed_since_a_build(tmp_path: Path) -> None:
    current = Current(tmp_path)
    current.replace("", (), ("a.css", "index.html"))
    current.replace("", (), ("b.png",))
    assert current.changed_since(0) == {"a.css", "b.png"}
    assert current.changed_since(1) == {"b.png"}
    assert current.changed_since(2) == frozenset()
    for number in range(KEPT):
        current.replace("", (), (f"{number}.png",))
    assert "a.css" not in current.changed_since(0)
