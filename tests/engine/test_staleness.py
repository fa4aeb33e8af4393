"""What must be made is decided by keys and by the files in output/."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.base.diagnostics import problem
from sitegen.engine.options import BuildOptions
from sitegen.engine.staleness import decide, failing, publishable, stats
from sitegen.model.output import Copy, Page, Plan, Trace
from sitegen.model.views import PlainView

PAGE = Page("a.html", "a.html", PlainView("A", "/a.html"), "test")
COPY = Copy("b.css", "/tmp/b.css", "test")
PLAN = Plan((PAGE,), (COPY,))
KEYS = {"a.html": "k1", "b.css": "k2"}
TRACES = {"a.html": Trace("a.html", "k1", 5, 9), "b.css": Trace("b.css", "k2", 6, 9)}
EXISTING = {"a.html": (5, 9), "b.css": (6, 9)}


@pytest.mark.parametrize(
    ("traces", "existing", "reasons"),
    [
        (TRACES, EXISTING, {}),
        ({}, {}, {"a.html": "new", "b.css": "new"}),
        ({"b.css": TRACES["b.css"]}, EXISTING, {"a.html": "new"}),
        (TRACES | {"a.html": Trace("a.html", "k0", 5, 9)}, EXISTING, {"a.html": "its content"}),
        (TRACES | {"a.html": Trace("a.html", "", 0, 0)}, EXISTING, {"a.html": "not in the cache"}),
        (TRACES, {"b.css": (6, 9)}, {"a.html": "its file in output/"}),
        (TRACES, EXISTING | {"b.css": (7, 9)}, {"b.css": "its file in output/"}),
        (TRACES, EXISTING | {"b.css": (6, 8)}, {"b.css": "its file in output/"}),
    ],
)
def test_each_output_to_be_made_has_its_reason(
    traces: dict[str, Trace], existing: dict[str, tuple[int, int]], reasons: dict[str, str]
) -> None:
    jobs = decide(PLAN, KEYS, traces, existing)
    assert jobs.reasons.keys() == reasons.keys()
    assert all(jobs.reasons[name].startswith(text) for name, text in reasons.items())
    assert jobs.unchanged == 2 - len(reasons)
    assert [p.output for p in jobs.render] == ["a.html"] * ("a.html" in reasons)
    assert [c.output for c in jobs.copy] == ["b.css"] * ("b.css" in reasons)


def test_what_is_no_longer_planned_is_removed() -> None:
    traces = TRACES | {"z.html": Trace("z.html", "k", 1, 1), "c.html": Trace("c.html", "", 0, 0)}
    assert decide(PLAN, KEYS, traces, EXISTING).stale == ("c.html", "z.html")


def test_only_files_that_exist_have_a_stat(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"123")
    os.utime(tmp_path / "a", ns=(7, 8))
    assert stats(tmp_path, ["a", "b/c"]) == {"a": (3, 8)}


ERROR, WARNING = problem("x", "m", "f"), problem("x", "m", "f", level="warning")
NOTE = problem("x", "m", "f", level="note")


@pytest.mark.parametrize(
    ("problems", "strict", "fails"),
    [
        ([], True, False),
        ([NOTE], True, False),
        ([WARNING], False, False),
        ([WARNING], True, True),
        ([NOTE, ERROR], False, True),
    ],
)
def test_errors_fail_and_warnings_where_asked(problems: list, strict: bool, fails: bool) -> None:
    assert failing(problems, strict) is fails


@pytest.mark.parametrize(
    ("options", "published"),
    [
        ({}, False),
        ({"keep_going": True}, True),
        ({"keep_going": True, "dry_run": True}, False),
    ],
)
def test_a_build_with_an_error_is_published_only_where_asked(
    options: dict[str, bool], published: bool
) -> None:
    assert publishable(BuildOptions("/", "now", **options), [ERROR]) is published
