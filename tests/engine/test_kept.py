"""What is kept of the last plan is found in the cache."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.engine.cache import Cache
from sitegen.engine.families import family_name
from sitegen.engine.kept import SHARE, gone_outputs, is_apart, kept_plan, planned_families, spoilt
from sitegen.engine.output import KnownFiles
from sitegen.model.output import Key, Page, Plan, Trace
from sitegen.model.views import PlainView
from sitegen.pages.plan import FILES, SITEMAP

A, B = ("article", "a.md"), ("article", "b.md")
CARD = f"{SHARE}x.png"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Cache]:
    cache = Cache(tmp_path / "store.db")
    rows = [(A, "a.html", "/a/", "1"), (A, CARD, None, None), (B, CARD, None, None)]
    rows += [(B, "b.html", "/b/", "2"), (SITEMAP, "sitemap.xml", None, None)]
    cache.put_owners("/o", [(family_name(key), *row) for key, *row in rows], None)
    yield cache
    cache.close()


def plan(*names: str, key: Key = A) -> Plan:
    pages = tuple(Page(name, "a.html", PlainView("A", f"/{name}"), "test") for name in names)
    return Plan(pages, (), owners=dict.fromkeys(names, (key,)))


def test_entries_of_the_sitemap(store: Cache) -> None:
    kept = kept_plan(store, "/o", frozenset({A}), files=False)
    assert kept.before == {("/a/", "1")} and kept.others() == [("/b/", "2")]
    assert kept.listed("b.md") and not kept.listed("c.md")
    families = planned_families(plan("a.html"), kept)
    assert A in families and FILES not in families and SITEMAP not in families


@pytest.mark.parametrize(
    ("families", "gone"),
    [({A}, {"a.html"}), ({A, B}, {"a.html", "b.html", CARD}), ({SITEMAP}, {"sitemap.xml"})],
)
def test_what_is_gone_belongs_to_no_other_family(
    store: Cache, families: set[Key], gone: set[str]
) -> None:
    assert gone_outputs(store, "/o", plan("c.html"), families) == gone


@pytest.mark.parametrize(
    ("missing", "families"),
    [([], set()), (["a.html"], {A}), ([CARD], {A, B}), (["sitemap.xml"], None), (["x"], None)],
)
def test_spoilt_outputs(store: Cache, missing: list[str], families: set[Key] | None) -> None:
    names = ["a.html", "b.html", CARD, "sitemap.xml", *missing]
    traces = {name: Trace(name, "k", 1, 2) for name in names}
    existing = {name: (1, 2) for name in names if name not in missing}
    assert spoilt(store, "/o", KnownFiles(traces, existing)) == families


@pytest.mark.parametrize(
    ("names", "apart"),
    [
        (["a.html"], True),
        (["a.html", "n.html"], True),
        (["a.html", "A.html"], False),
        (["B.html"], False),
        (["b.html"], False),
        (["b.html/c.html"], False),
        (["d"], False),
        (["n", "n/m.html"], False),
        (["../n.html"], False),
        ([CARD], True),
    ],
)
def test_two_outputs_that_may_be_one_file(store: Cache, names: list[str], apart: bool) -> None:
    others = {"b.html", "d/e.html"}
    assert is_apart(store, "/o", plan(*names), {A}, others) is apart
