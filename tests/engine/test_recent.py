"""A process that builds again and again remembers what nobody else has changed."""

from __future__ import annotations

from sitegen.engine.manifest import write_manifest
from sitegen.engine.page_keys import page_keys
from sitegen.engine.recent import Recent
from sitegen.model.output import Page, Plan, Trace
from sitegen.model.views import OwnView, PlainView
from tests.conftest import Digest
from tests.engine.in_process import loaded, prepared

TRACES = {"index.html": Trace("index.html", "k", 1, 2)}


def test_files_are_known_once_and_until_somebody_else_writes(digest: Digest) -> None:
    output = digest.root / "output"
    digest.write("output/index.html", "x")
    write_manifest(output, TRACES)
    recent = Recent()
    assert recent.files(output) is None
    recent.published(output, TRACES)
    assert recent.files(output) == TRACES
    assert recent.files(output) is None
    recent.published(output, TRACES)
    write_manifest(output, {"other.html"})
    assert recent.files(output) is None


def test_readings_are_looked_up_again_once_another_process_has_changed_them(
    digest: Digest,
) -> None:
    digest.article("a")
    prepared(digest.root)
    recent = Recent()
    with loaded(digest.root, recent) as context:
        first = recent.readings(context.store)
        records = recent.records(context.store)
        assert list(first) == list(records) == ["content/world/a.md"]
        assert recent.readings(context.store) is first
        assert recent.records(context.store) is records
    digest.article("b")
    prepared(digest.root)
    with loaded(digest.root, recent) as context:
        assert len(recent.readings(context.store)) == len(recent.records(context.store)) == 2


def test_keys_are_those_of_a_build_that_remembers_nothing(digest: Digest) -> None:
    frame = prepared(digest.root).state.frame
    recent = Recent()
    plain = Page("a.html", "a.html", PlainView("A", "/a"), "t")
    for hot in (1, True, 1.0):
        own = Page("b.html", "b.html", OwnView("B", "/b", {"hot": hot}), "t")
        plan = Plan((plain, own), ())
        keys = recent.keys(plan, {"a.html": "1"}, frame, digest.root)
        assert keys == page_keys(plan, {"a.html": "1"}, frame, digest.root)
