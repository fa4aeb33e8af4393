"""A tag with thousands of attributes holds no parser up, and an article that has one is
reported."""

from __future__ import annotations

import time

import pytest

from sitegen.base.tags import MAX_ATTRIBUTES, few_attributes
from sitegen.config.load import load_config
from sitegen.config.schema import MarkdownConfig
from sitegen.content.article import parse
from sitegen.content.markdown import to_html
from sitegen.importer.html.tree import parse_tree

MANY = 40_000
FILL = "<p>Words that fill a page.</p>\n" * 2_000
CROWDED = {
    "quoted": "<div " + " ".join(f'data-a{n}="x"' for n in range(MANY)) + ">",
    "one quote after the other": "<div a0='x'" + "".join(f"a{n}='x'" for n in range(MANY)) + ">",
    "bare": "<div " + " ".join(f"a{n}" for n in range(MANY)) + ">",
    "with signs": "<div " + " ".join(f'a{n}<="<>"' for n in range(MANY)) + ">",
    "slashes": "<div/" + "/".join(f"a{n}" for n in range(MANY)) + ">",
    "never closed": "<div " + " ".join(f"a{n}=x" for n in range(MANY)),
}


@pytest.mark.parametrize("tag", CROWDED.values(), ids=CROWDED)
def test_a_tag_with_too_many_attributes_loses_them(tag: str) -> None:
    html, cut = few_attributes(f"{FILL}{tag}text")
    assert html in (
        f"{FILL}<div>text",
        f"{FILL}<div>",
    )  # a tag that is never closed is the rest of the page
    assert cut == tag[:40]


def test_tags_of_honest_pages_stay_as_they_are() -> None:
    long = f'<img alt="{"word " * 5_000}" src="a.png">'
    many = "<div " + " ".join(f'a{n}="b"' for n in range(MAX_ATTRIBUTES)) + ">"
    html = f"{FILL}{long}{many} 1 < 2 <!-- a --> <a href='x'>"
    assert few_attributes(html) == (html, "")


@pytest.mark.parametrize("tag", CROWDED.values(), ids=CROWDED)
def test_twice_the_attributes_take_about_twice_the_time(tag: str) -> None:
    seconds = []
    for text in (tag + "\n\n", tag * 4 + "\n\n"):
        started = time.perf_counter()
        to_html(FILL + text, MarkdownConfig())
        parse_tree(FILL + text)
        seconds.append(time.perf_counter() - started)
    assert seconds[1] < 12 * seconds[0], "four times the input"


def test_such_a_tag_is_reported_with_its_line() -> None:
    front = "---\ntitle: T\ndate: 2026-11-20\nauthors: [Edda Marsh]\n---\n"
    config = load_config("title: T\nbase_url: https://t.example/\ntimezone: UTC\n")
    parsed = parse(
        f"{front}First words.\n\n{CROWDED['quoted']}\n\n{FILL}".encode(), "content/a.md", config
    )
    (found,) = parsed.diagnostics
    assert (found.code, found.level, found.line) == ("html", "warning", 8)
    assert parsed.document
