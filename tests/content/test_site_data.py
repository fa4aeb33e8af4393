"""Data for templates: the files of data/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.content.site_data import as_tree, data_files, keys_of, read_data


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("a.yaml", "oil: 80\nno: no\n", {"oil": 80, "no": "no"}),
        ("a.yml", "- 1\n- {a: b}\n", [1, {"a": "b"}]),
        ("a.yaml", "", None),
        ("a.json", ' [{"a": 1.5}]\n', [{"a": 1.5}]),
        ("a.toml", "[b]\nc = 1\n", {"b": {"c": 1}}),
        (
            "a.csv",
            '\ufeffName,Age\nAnn,3\n\n"Bo, Jr",4\n',
            [
                {"Name": "Ann", "Age": "3"},
                {"Name": "Bo, Jr", "Age": "4"},
            ],
        ),
        ("a.csv", "", []),
    ],
)
def test_what_a_file_holds(name: str, text: str, value: Any) -> None:
    assert read_data(text.encode(), f"data/{name}") == value


@pytest.mark.parametrize(
    ("name", "data", "line", "message"),
    [
        ("a.yaml", b"a: 1\nb: [}\n", 2, "broken YAML"),
        ("a.yaml", b"- 1\n- &a [*a]\n", 2, ""),
        ("a.json", b'{"a": 1,\n "b"}', 2, "broken JSON"),
        ("a.json", b"{}\n{}", 2, "something follows the value"),
        ("a.toml", b"a = 1\nb = \n", 2, "broken TOML"),
        ("a.csv", b"a,b\n1,2\n3\n", 3, "has 1 values, and the first line 2 names"),
        ("a.csv", b"a,a\n", 1, "two columns are called `a`"),
        ("a.csv", b'a\n"x\n', 2, "broken CSV"),
        ("a.csv", b"a\n\xff\n", 2, "UTF-8"),
    ],
)
def test_what_cannot_be_read(name: str, data: bytes, line: int, message: str) -> None:
    with pytest.raises(SitegenError) as raised:
        read_data(data, f"data/{name}")
    (found,) = raised.value.diagnostics
    assert message in found.message
    assert (found.path, found.line, found.code) == (f"data/{name}", line, "data")


def filled(root: Path, *names: str) -> Path:
    for name in names:
        path = root / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1")
    return root


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ({"a"}, ["data/a.yaml"]),
        ({"teams"}, ["data/teams/red.json"]),
        ({"*"}, ["data/a.yaml", "data/teams/red.json"]),
        ({"b"}, []),
        (set(), []),
    ],
)
def test_only_files_that_a_template_names_are_read(
    tmp_path: Path, names: set[str], found: list[str]
) -> None:
    filled(tmp_path, "a.yaml", "teams/red.json", "notes.txt", "_draft.yaml", ".a.yaml")
    assert data_files(tmp_path, names) == (found, [])


def test_a_file_that_leads_nowhere_is_an_error(tmp_path: Path) -> None:
    (filled(tmp_path, "a.yaml") / "data/b.yaml").symlink_to("nowhere")
    files, problems = data_files(tmp_path, {"a"})
    assert (files, [p.path for p in problems]) == (["data/a.yaml"], ["data/b.yaml"])


def test_two_files_of_one_name(tmp_path: Path) -> None:
    files, problems = data_files(filled(tmp_path, "a.json", "a.yaml"), {"a"})
    assert files == ["data/a.json"]
    assert "has the same name as data/a.json: `site.data.a`" in problems[0].message


def test_folders_are_mappings() -> None:
    values = {keys_of("data/teams/red.json"): 1, keys_of("data/a.yaml"): {"b": 2}}
    assert as_tree(values) == ({"teams": {"red": 1}, "a": {"b": 2}}, [])
    tree, problems = as_tree({("a",): [1], ("a", "b"): 2})
    assert tree == {"a": [1]}
    assert "have one name" in problems[0].message
