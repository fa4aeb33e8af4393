"""The documents keep up with the program."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.cli.reference import reference
from sitegen.config.check_rules import RULES
from sitegen.config.load import load_config
from sitegen.config.schema import Config
from sitegen.content.frontmatter import KEYS

ROOT = Path(__file__).parent.parent.parent
CODES = re.compile(
    r"""(?:problem|fail)[(,]\s*"([a-z-]+)"|code=?:? ?(?:str = )?"([a-z-]+)"|"(unsafe-[a-z]+)\""""
)

FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def test_each_error_code_has_a_paragraph_and_each_paragraph_a_code() -> None:
    used = set()
    for path in (ROOT / "sitegen").rglob("*.py"):
        used |= {next(g for g in m.groups() if g) for m in CODES.finditer(path.read_text())}
    used |= RULES.keys()
    written = set(
        re.findall(r"^### `([a-z-]+)`$", (ROOT / "docs/errors.md").read_text(), re.MULTILINE)
    )
    assert used - written == set()
    assert written - used == set()


@pytest.mark.parametrize(
    ("name", "keys"), [("front-matter.md", KEYS), ("site-yaml.md", Config.__struct_fields__)]
)
def test_each_key_is_explained(name: str, keys: tuple[str, ...]) -> None:
    text = (ROOT / "docs" / name).read_text()
    assert [k for k in keys if f"`{k}`" not in text] == []


def test_the_command_line_is_documented_as_it_is() -> None:
    hint = "run: python -m sitegen.cli.reference > docs/cli.md"
    assert (ROOT / "docs/cli.md").read_text() == reference(), hint


def test_each_rule_of_the_check_is_listed_with_its_level() -> None:
    rows = dict(
        re.findall(
            r"^\| `([a-z-]+)` \| (\w+) \|", (ROOT / "docs/check.md").read_text(), re.MULTILINE
        )
    )
    assert rows == {name: level for name, (level, _) in RULES.items()}


def test_the_map_is_short_and_names_every_module() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    assert text.count("\n") <= 150
    for path in (ROOT / "sitegen").iterdir():
        if not path.name.startswith("__") and path.suffix != ".typed":
            assert f"`{path.name}`" in text or f"`{path.name}/`" in text, path.name


def test_links_between_documents_lead_somewhere() -> None:
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        text = FENCED.sub("", path.read_text())
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            if ("\n" not in target and not target.endswith((".jpg", ".png"))) or "docs/" in target:
                assert (path.parent / target).exists(), f"{path.name}: {target}"


BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What blocks refer to without showing it.
COMPLETED = {
    "title": "T",
    "base_url": "https://t.example/",
    "timezone": "Europe/Berlin",
    "sources": {"salm-post": {"name": "Salm Post"}},
    "taxonomies": ["series"],
}


def settings() -> list[tuple[str, str]]:
    """The blocks of documents that are part of site.yaml, each with its document."""
    blocks = [
        (path.name, block)
        for path in sorted((ROOT / "docs").glob("*.md"))
        for block in BLOCK.findall(path.read_text("utf-8"))
        if not block.startswith("---")
    ]
    return [(name, block) for name, block in blocks if _keys(block) <= {*Config.__struct_fields__}]


def _keys(block: str) -> set[str]:
    return set(re.findall(r"^([\w-]+):", block, re.MULTILINE)) or {"none"}


def test_settings_in_documents_are_settings_of_site_yaml() -> None:
    found = settings()
    assert len(found) > 25
    for name, block in found:
        missing = {key: value for key, value in COMPLETED.items() if key not in _keys(block)}
        text = "".join(f"{key}: {json.dumps(value)}\n" for key, value in missing.items()) + block
        try:
            load_config(text, name)
        except SitegenError as error:
            pytest.fail(f"{name}: {error}\n{block}")
