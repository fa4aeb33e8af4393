"""Links by the name of an article."""

from __future__ import annotations

import re

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.content.markdown import to_html
from sitegen.content.wiki_links import WIKI, with_wiki_links


@pytest.mark.parametrize("engine", ["commonmark", "python-markdown"])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See [[quay]].", [("[[quay]]", "quay")]),
        ("See [[quay|the quay]].", [("[[quay]]", "the quay")]),
        ("[[world/quay nine#Part two|it]]", [("[[world/quay nine#Part two]]", "it")]),
        (
            "[[Über & unter]] [[波止場]]",
            [("[[Über &amp; unter]]", "Über &amp; unter"), ("[[波止場]]", "波止場")],
        ),
        ("[[Budget: the night]]", [("[[Budget: the night]]", "Budget: the night")]),
        ("`[[quay]]`", []),
        ("[[^1]] [[]] [[|x]] [[TOC]] [[_TOC_]]", []),
        ("[a [[quay]] b](https://a.example/)", [("https://a.example/", "a [[quay]] b")]),
        ("![[fog.jpg]]", []),
    ],
)
def test_names_in_brackets_are_links(engine: str, text: str, found: list[tuple[str, str]]) -> None:
    html, _ = to_html(text, MarkdownConfig(engine=engine))
    assert re.findall(r'<a href="([^"]*)">(.*?)</a>', html) == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("![[fog.jpg]] and ![[a/b c.png|300]]", ["fog.jpg", "a/b c.png"]),
        ("![[日報#節]] ![[日報]]", ["日報"]),
        ("`![[fog.jpg]]` and [[quay]]", []),
        ("\\![[fog.jpg]]", []),
    ],
)
def test_an_embedded_name_is_reported(text: str, names: list[str]) -> None:
    _, removals = to_html(text, MarkdownConfig())
    assert [removal.what for removal in removals if removal.kind == "embed"] == names


def test_the_url_of_such_a_link_is_known_by_its_start() -> None:
    assert f'href="{WIKI}' in with_wiki_links("<p>[[a]]</p>")
    assert with_wiki_links("<code>[[a]]</code>") == "<code>[[a]]</code>"
