"""What a deployment does, from what is known."""

from __future__ import annotations

import pytest

from sitegen.deploy.model import DeployPlan, Entry, Item, Manifest, Seen
from sitegen.deploy.plan import make_plan, too_many

TODAY = "2026-11-24"


def item(path: str, digest: str = "d", cache: str = "") -> Item:
    return Item(path, digest, 3, "", cache)


def planned(
    *items: Item,
    known: dict[str, Entry] | None = None,
    listing: dict[str, Seen] | None = None,
    retired: dict[str, str] | None = None,
    prune: bool = False,
) -> DeployPlan:
    manifest = None if known is None else Manifest(files=known, retired=retired or {})
    return make_plan({i.path: i for i in items}, manifest, listing, {}, TODAY, 30, prune)


@pytest.mark.parametrize(
    ("entry", "seen", "reason"),
    [
        (None, None, "new"),
        (Entry("d", 3), None, ""),
        (Entry("other", 3), None, "changed"),
        (Entry(), None, "changed"),
        (Entry("d", 3, cache="old"), None, "headers changed"),
        (Entry("d", 3), {}, "missing at the target"),
        (Entry("d", 3), {"a": Seen(3)}, ""),
        (Entry("d", 3), {"a": Seen(4)}, "changed at the target"),
        (Entry("d", 3, etag="x"), {"a": Seen(3, "y")}, "changed at the target"),
    ],
)
def test_why_a_file_is_sent(entry: Entry | None, seen: dict[str, Seen] | None, reason: str) -> None:
    plan = planned(item("a"), known={"a": entry} if entry else {}, listing=seen)
    assert plan.reasons == ({"a": reason} if reason else {})
    assert plan.empty is not bool(reason)


def test_only_our_files_are_deleted_unless_others_are_pruned() -> None:
    known, listing = {"gone.html": Entry("d", 3)}, {"gone.html": Seen(3), "foreign": Seen(1)}
    assert planned(known=known, listing=listing).deletes == ("gone.html",)
    pruned = planned(known=known, listing=listing, prune=True)
    assert pruned.deletes == ("gone.html", "foreign")
    assert pruned.reasons["foreign"] == "not uploaded by sitegen"


@pytest.mark.parametrize(
    ("since", "stays"),
    [
        (TODAY, True),
        ("2026-11-01", True),
        ("2026-10-01", False),
        ("not a date", True),
    ],
)
def test_assets_stay_for_some_days(since: str, stays: bool) -> None:
    plan = planned(known={"a.0123abcd.css": Entry("d", 3)}, retired={"a.0123abcd.css": since})
    assert ("a.0123abcd.css" in plan.retired) is stays
    assert plan.deletes == (() if stays else ("a.0123abcd.css",))
    assert plan.expired == (0 if stays else 1)


def test_assets_come_first_and_the_front_page_last() -> None:
    files = [Item("index.html", "d", 1, "", "", group=4), Item("a.css", "d", 1, "", "", group=0)]
    assert [i.path for i in planned(*files).puts] == ["a.css", "index.html"]


@pytest.mark.parametrize(
    ("limit", "count"), [(10, 25), (25, 0), ("10%", 25), ("50%", 0), ("1%", 25)]
)
def test_too_many_deletions(limit: int | str, count: int) -> None:
    known = {f"{number}.html": Entry("d", 3) for number in range(100)}
    kept = [item(f"{number}.html") for number in range(75)]
    plan = planned(*kept, known=known)
    assert too_many(plan, Manifest(files=known), limit) == count
