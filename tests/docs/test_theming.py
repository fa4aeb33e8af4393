"""docs/theming.md: the tutorial is carried out as it stands there, and the reference names all that
there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from sitegen.model.article import Image
from sitegen.model.site import Card, Link
from sitegen.model.views import SiteContext
from sitegen.theme.load import OPTION_TYPES
from sitegen.theme_check.spec import KEYS, OPTION_KEYS
from sitegen.theme_check.templates import VIEWS, renderer_names
from tests.transcripts import carry_out

ROOT = Path(__file__).parent.parent.parent
GUIDE = (ROOT / "docs/theming.md").read_text("utf-8")
TUTORIAL, REFERENCE = GUIDE.partition("\n## Tutorial\n")[2].split("\n## Reference\n")


def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    assert carry_out(TUTORIAL, tmp_path) > 12


@pytest.mark.parametrize("template", VIEWS)
def test_each_field_of_a_view_is_in_the_section_of_its_template(template: str) -> None:
    section = REFERENCE.partition(f"#### {template}\n")[2].partition("\n#")[0]
    assert [f for f in VIEWS[template].__struct_fields__ if f"`{f}`" not in section] == []  # type: ignore[attr-defined]


def test_each_name_that_templates_see_is_explained() -> None:
    jinja = {"range", "dict", "lipsum", "cycler", "joiner", "namespace"}
    assert [
        n
        for n in renderer_names() - jinja
        if f"`{n}`" not in REFERENCE and f"`{n}(" not in REFERENCE
    ] == []
    text = REFERENCE.partition("### What every template sees")[2]
    assert [f for f in SiteContext.__struct_fields__ if f"`{f}`" not in text] == []
    parts = REFERENCE.partition("#### Cards, links, images")[2].partition("\n#")[0]
    hidden = {"widths", "sets", "original", "mail"}
    assert [
        f
        for t in (Card, Link, Image)
        for f in t.__struct_fields__
        if f"`{f}`" not in parts and f not in hidden
    ] == []
    assert [k for k in (*KEYS, *OPTION_KEYS, *OPTION_TYPES) if f"`{k}`" not in REFERENCE] == []


def test_each_block_of_base_is_listed_and_no_other() -> None:
    blocks = {
        b.name
        for p in (ROOT / "themes/base/templates").glob("*.html")
        for b in Environment().parse(p.read_text()).find_all(nodes.Block)
    }
    listed = set(
        re.findall(r"`(\w+)`", REFERENCE.partition("### Blocks of base")[2].partition("\n#")[0])
    )
    assert listed == blocks
