"""A build with nothing to do plans no page, and loads no module that plans one."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from msgspec.structs import replace

from sitegen.engine import stages
from sitegen.engine.articles import find_changes
from sitegen.engine.build import build
from sitegen.engine.inputs import find_inputs
from sitegen.engine.options import BuildOptions
from sitegen.engine.output import files_there, last_state
from sitegen.engine.unchanged import is_unchanged
from sitegen.model.output import BuildReport
from sitegen.plugins import Plugin
from tests.conftest import NOW, Digest
from tests.engine.in_process import loaded

LATER = "2026-11-24T13:00:00+00:00"
PAGES = "sitegen.pages.kinds"


def settled(digest: Digest) -> None:
    """Articles whose last change is a while ago: they are trusted."""
    for path in digest.root.glob("content/**/*.md"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    time.sleep(0.1)


def built(digest: Digest, now: str = NOW, verify: bool = False) -> BuildReport:
    return build(BuildOptions(str(digest.root), now, jobs=1, verify=verify))


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Gets a word for each build that plans."""
    words: list[str] = []
    scene = stages.scene

    def seen(*arguments: object) -> object:
        words.append("planned")
        return scene(*arguments)

    monkeypatch.setattr(stages, "scene", seen)
    return words


def test_what_has_not_changed_is_not_planned(digest: Digest, planned: list[str]) -> None:
    digest.article("a", body="[gone](gone.md)")
    settled(digest)
    first = built(digest)
    planned.clear()
    for now in (NOW, LATER):
        again = built(digest, now)
        assert (again.written, again.unchanged) == (0, first.written)
        assert (again.articles, again.diagnostics) == (1, first.diagnostics)
    assert not planned


@pytest.mark.parametrize(
    "name", ["output/index.html", "content/world/b.md", "site.yaml", "static/a.txt", "clock"]
)
def test_a_change_is_planned(digest: Digest, planned: list[str], name: str) -> None:
    digest.article("a", more=f"expires_at: {LATER}\n")
    settled(digest)
    built(digest)
    planned.clear()
    path = digest.root / name
    if name.startswith("output"):
        path.unlink()
    elif name != "clock":
        path.parent.mkdir(exist_ok=True)
        with path.open("a") as file:
            file.write("\nfeeds: {items: 3}\n")
    built(digest, LATER if name == "clock" else NOW)
    assert planned


def test_what_plans_pages_is_not_loaded(digest: Digest) -> None:
    digest.article("a")
    settled(digest)
    built(digest)
    code = f"""
import sys
from sitegen.engine.build import build
from sitegen.engine.options import BuildOptions
report = build(BuildOptions({str(digest.root)!r}, {NOW!r}, jobs=1))
print(report.written, {PAGES!r} in sys.modules, "sitegen.content.markdown" in sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["0", "False", "False"]


def test_what_plugins_and_data_give_is_not_known_before(digest: Digest) -> None:
    digest.article("a")
    settled(digest)
    built(digest)
    with loaded(digest.root) as context:
        state = last_state(context.store, context.output)
        assert state
        inputs = find_inputs(context)
        about = (state, inputs, find_changes(context, inputs.sources), files_there(context))
        assert is_unchanged(context, *about)
        assert not is_unchanged(replace(context, data={"base.html": "polls"}), *about)
        plugin = Plugin("p", "p.py", "", "")
        assert not is_unchanged(replace(context, plugins=(plugin,)), *about)
