"""`config`: the settings in effect, and single ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from sitegen.cli.config import with_defaults
from sitegen.config.schema import Config
from tests.cli.conftest import Done, add_settings

SETTINGS = """\
editions: {kind: weekly}
sections: {sea: {title: The sea}}
authors: {ann: {name: Ann Ames}}
"""


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("title", "T"),
        ("language", "en"),
        ("markdown.engine", "commonmark"),
        ("editions.kind", "weekly"),
        ("search", "false"),
        ("sections.sea.title", "The sea"),
        ("authors", "ann:\n  name: Ann Ames"),
    ],
)
def test_a_setting(site: Path, sitegen: Callable[..., Done], key: str, text: str) -> None:
    add_settings(site, SETTINGS)
    done = sitegen("config", key)
    assert done.status == 0
    assert done.stdout.startswith(text)


def test_all_settings_are_shown_with_their_defaults(
    site: Path, sitegen: Callable[..., Done]
) -> None:
    shown = yaml.safe_load(sitegen("config").stdout)
    assert list(shown) == list(Config.__struct_fields__)
    assert shown["title"] == "T"
    assert json.loads(sitegen("config", "--json").stdout) == json.loads(
        json.dumps(shown, default=str)
    )


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("titel", "did you mean `title`?"),
        ("markdown.engin", "did you mean `markdown.engine`?"),
        ("title.x", ""),
        ("qqq", ""),
    ],
)
def test_an_unknown_setting(site: Path, sitegen: Callable[..., Done], key: str, hint: str) -> None:
    done = sitegen("config", key)
    assert (done.status, done.stdout) == (2, "")
    assert f"no setting `{key}`" in done.stderr
    assert hint in done.stderr
    assert ("did you mean" in done.stderr) == bool(hint)


def test_a_tuple_is_shown_as_a_list() -> None:
    assert with_defaults({"a": (1, 2), "b": "x"}) == {"a": [1, 2], "b": "x"}
