"""Tags of sanitised HTML are changed, and never the text between them."""

from __future__ import annotations

import pytest

from sitegen.base.markup import edit_tags, start_tag, with_urls


@pytest.mark.parametrize(
    ("html", "changed"),
    [
        ('<a href="/a/">a</a>', '<a href="/x/a/">a</a>'),
        ('<img src="/a.jpg" alt="/a">', '<img src="/x/a.jpg" alt="/a">'),
        ('<a href="/?a=1&amp;b=2">a</a>', '<a href="/x/?a=1&amp;b=2">a</a>'),
        ("<p>href=/a/</p>", "<p>href=/a/</p>"),
        ('<p title="/a">x</p>', '<p title="/a">x</p>'),
        ('<code>&lt;a href="/a/"&gt;</code>', '<code>&lt;a href="/a/"&gt;</code>'),
    ],
)
def test_urls_are_changed_where_they_are_urls(html: str, changed: str) -> None:
    assert with_urls(html, lambda url: f"/x{url}" if url.startswith("/") else url) == changed


def test_angle_brackets_in_values_are_escaped() -> None:
    html = '<p title="a > b">x</p>'
    assert edit_tags(html, lambda *_: None) == '<p title="a &gt; b">x</p>'


def test_a_change_replaces_the_tag_and_its_end() -> None:
    def spans(name: str, attributes: dict[str, str]) -> str | None:
        return {"a": f"<span>{attributes.get('href')}", "/a": "</span>"}.get(name)

    assert edit_tags('<a href="/a/">a</a> <b id="b">b</b>', spans) == (
        '<span>/a/a</span> <b id="b">b</b>'
    )


def test_a_value_is_escaped() -> None:
    assert start_tag("a", {"title": '"<&'}) == '<a title="&quot;&lt;&amp;">'
