"""How an editor names items."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.desk.listing import WaitingItem
from sitegen.desk.select import filtered, read_rules, remember_list, selected

ITEMS = [
    WaitingItem(f"{n:x}" * 16, "m", f"content/_inbox/item-{n}.md", f"Item {n}", words=n, age=n / 2)
    for n in range(1, 10)
]


def names(root: Path, *said: str) -> str:
    return "".join(item.key[0] for item in selected(root, ITEMS, said))


def test_numbers_are_those_of_the_last_list(tmp_path: Path) -> None:
    remember_list(tmp_path, [ITEMS[8], ITEMS[4], ITEMS[0], ITEMS[2]])
    assert names(tmp_path, "1", "3-4") == "913"
    assert names(tmp_path, "2-3", "1-2") == "519"
    later = [item for item in ITEMS if item.key[0] != "5"]
    assert [i.key[0] for i in selected(tmp_path, later, ["1-3"])] == ["9", "1"]


def test_ids_and_files(tmp_path: Path) -> None:
    assert names(tmp_path, "333333", f"import-{'4' * 16}", "content/_inbox/item-5.md") == "345"
    assert names(tmp_path, "item-6.md", "_inbox/item-6.md") == "6"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("5", "the last list has 2 items"),
        ("2-9", "the last list has 2 items"),
        ("0", "the last list has 2 items"),
        ("abcdef", "no item `abcdef`"),
        ("tem-5.md", "no item `tem-5.md`"),
        ("2-1", "`2-1`"),
    ],
)
def test_what_means_no_item_is_an_error(tmp_path: Path, name: str, said: str) -> None:
    remember_list(tmp_path, ITEMS[:2])
    with pytest.raises(SitegenError, match=said):
        selected(tmp_path, ITEMS, [name])


def test_numbers_without_a_list_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(SitegenError, match="no list was shown yet"):
        selected(tmp_path, ITEMS, ["1"])


def test_an_id_that_means_several_is_an_error(tmp_path: Path) -> None:
    twins = [ITEMS[0], WaitingItem("1" * 15 + "2", "m", "content/_inbox/x.md")]
    with pytest.raises(SitegenError, match="means 2 items"):
        selected(tmp_path, twins, ["111111"])


def test_all_rules_of_a_filter_must_hold() -> None:
    rules = read_rules(["words > 3", "age < 4d", "not title is item 5"])
    assert [item.words for item in filtered(ITEMS, rules)] == [4, 6, 7]
    with pytest.raises(SitegenError) as caught:
        read_rules(["wrds > 3"])
    assert caught.value.diagnostics[0].help == "did you mean `words`?"
