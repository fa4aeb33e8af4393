"""Values of every notation are bounded, and what goes beyond is a problem in words."""

from __future__ import annotations

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.base.values import MAX_DEPTH, read_json, read_toml
from sitegen.base.yaml import load_mapping
from sitegen.content.frontmatter import read_front_matter
from sitegen.importer.markdown.dialects import split_head

DEEP = 3_000
MANY = 30_000
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)
ARTICLES = {
    "yaml flow": "---\na: " + "[" * DEEP + "]" * DEEP + "\n---\n",
    "yaml blocks": "---\n" + "".join(" " * n + "a:\n" for n in range(200)) + "---\n",
    "yaml aliases": f"---\n{BOMB}---\n",
    "yaml alias of itself": "---\na: &a [*a]\n---\n",
    "yaml aliases of a long text": (
        f"---\na: &a {'x' * 100_000}\nb: [{','.join(['*a'] * 1_000)}]\n---\n"
    ),
    "yaml values": "---\na: [" + "1," * MANY + "]\n---\n",
    "toml lists": "+++\na = " + "[" * DEEP + "]" * DEEP + "\n+++\n",
    "toml inline tables": "+++\na = " + "{a = " * DEEP + "1" + "}" * DEEP + "\n+++\n",
    "toml dotted key": "+++\n" + "a." * DEEP + "a = 1\n+++\n",
    "toml dotted key in a table": "+++\na = {" + '"a" . ' * DEEP + "a = 1}\n+++\n",
    "toml table": "+++\n[" + "a." * DEEP + "a]\n+++\n",
    "toml values": "+++\na = [" + "1," * MANY + "]\n+++\n",
    "toml long number": f"+++\na = {'9' * 30}\n+++\n",
    "toml very long number": f"+++\na = {'9' * 9_000}\n+++\n",
    "toml hexadecimal": f"+++\na = 0x{'f' * 9_000}\n+++\n",
    "toml infinity": "+++\na = inf\n+++\n",
    "json lists": '{"a": ' + "[" * DEEP + "]" * DEEP + "}\n",
    "json mappings": '{"a": ' * DEEP + "1" + "}" * DEEP + "\n",
    "json a little too deep": '{"a": ' * (MAX_DEPTH + 2) + "1" + "}" * (MAX_DEPTH + 2) + "\n",
    "json values": '{"a": [' + "1," * MANY + "1]}\n",
    "json half a character": '{"a": {"b": ["\\ud800"]}}\n',
    "json half a character as a key": '{"a": {"\\udfff": 1}}\n',
    "json half a character in text": '{"title": "x \\udc41"}\n',
    "json infinity": '{"a": 1e999}\n',
    "json not a number": '{"a": NaN}\n',
}


@pytest.mark.parametrize("text", ARTICLES.values(), ids=ARTICLES)
def test_what_no_page_can_show_is_refused_in_words(text: str) -> None:
    with pytest.raises(SitegenError) as caught:
        read_front_matter(text, "content/x.md")
    (found,) = caught.value.diagnostics
    assert found.line >= 1
    assert "Error" not in found.message
    assert "recursion" not in found.message


@pytest.mark.parametrize("text", ARTICLES.values(), ids=ARTICLES)
def test_an_import_says_why_it_took_nothing_from_such_a_head(text: str) -> None:
    head = split_head(text)
    assert head.damage
    assert "recursion" not in head.damage


def test_whole_characters_beyond_the_first_plane_are_text() -> None:
    values, _ = read_json('{"a": "\\ud83d\\ude00"}')
    assert values == {"a": "😀"}


@pytest.mark.parametrize("text", ['"1234567890123456789012"', "1234567890123456789012"])
def test_a_number_that_no_64_bits_hold_is_text(text: str) -> None:
    assert read_json(f'{{"id": {text}}}')[0] == {"id": "1234567890123456789012"}
    assert load_mapping(f"id: {text}\n", "x", "c")[0] == {"id": "1234567890123456789012"}


def test_toml_as_deep_as_others_and_with_many_dots_in_its_texts_is_read() -> None:
    nested = ".".join(["a"] * MAX_DEPTH)
    assert read_toml(f"{nested} = 1")["a"]["a"]["a"]
    said = ". ".join(["word"] * 200)
    assert read_toml(f'a = "{said}"') == {"a": said}


def test_dates_of_toml_are_texts() -> None:
    text = "d = 2026-11-24\nt = 2026-11-24T18:30:00+01:00\nh = 07:32:00"
    assert read_toml(text) == {"d": "2026-11-24", "t": "2026-11-24T18:30:00+01:00", "h": "07:32:00"}
