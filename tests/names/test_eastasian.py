"""Bylines in Chinese, Japanese and Korean: names, their titles, and the words before them."""

import pytest

from sitegen.names.eastasian import is_east_asian, split_east_asian


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("本報記者 張偉、李娜", [("張偉", ""), ("李娜", "")]),
        ("记者 王小明 李娜", [("王小明", ""), ("李娜", "")]),
        ("王小明和李娜", [("王小明", ""), ("李娜", "")]),
        ("文：佐藤 花子", [("佐藤 花子", "")]),
        ("取材・文 山田太郎", [("山田太郎", "")]),
        ("取材・文＝山田太郎、鈴木花子", [("山田太郎", ""), ("鈴木花子", "")]),
        ("鈴木花子 編集委員", [("鈴木花子", "編集委員")]),
        ("山田太郎さん", [("山田太郎", "")]),
        ("박서준 기자", [("박서준", "기자")]),
        ("김민지·이서연 기자", [("김민지", "기자"), ("이서연", "기자")]),
        ("【王小明】", [("王小明", "")]),
        ("王小明／台北報導", [("王小明", "")]),
        ("王小明/李娜", [("王小明", ""), ("李娜", "")]),
        ("文／王小明/李娜", [("王小明", ""), ("李娜", "")]),
    ],
)
def test_people_of_a_byline(line: str, people: list[tuple[str, str]]) -> None:
    assert split_east_asian(line) == people


@pytest.mark.parametrize(
    ("text", "expected"),
    [("山田太郎", True), ("박서준 기자", True), ("Jane Roe", False), ("", False), ("1234", False)],
)
def test_the_script_decides(text: str, expected: bool) -> None:
    assert is_east_asian(text) is expected
