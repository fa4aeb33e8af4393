"""Slugs, paths, excerpts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.base.text import (
    MAX_SEGMENT,
    clean_text,
    count_words,
    excerpt,
    filed,
    letter,
    may_lack_blanks,
    plain,
    safe_link,
    safe_path,
    slugify,
    unix_lines,
)


@given(st.text(max_size=400))
def test_a_slug_is_one_safe_path_segment(text: str) -> None:
    slug = slugify(text)
    assert slug
    assert len(slug.encode()) <= MAX_SEGMENT
    assert safe_path(slug) == slug
    assert "/" not in slug
    assert slug == slugify(slug)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Oil & Gas: 2026’s price", "oil-and-gas-2026s-price"),
        ("C++ / C#", "c-plus-plus-c-sharp"),
        ("Bulletin #48: #Ferry", "bulletin-48-ferry"),
        ("Zürich", "zürich"),
        ("東京 fire", "東京-fire"),
        ("แม่น้ำ DNA", "แม่น้ำ-dna"),
        ("हिन्दी में", "हिन्दी-में"),
        ("İzmir’den ❤️ haber", "izmirden-haber"),
    ],
)
def test_slugs_keep_letters_of_any_script(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize(
    "path",
    ["../x", "a/../../x", "//host/x", "x://[x", "a\\b", "javascript:x", "a\x00b", "x" * 300],
)
def test_paths_that_leave_the_site_are_refused(path: str) -> None:
    assert safe_path(path) is None


@pytest.mark.parametrize("url", ["https://a.example/", "/a", "mailto:a@b.example", ""])
def test_links_that_may_stand(url: str) -> None:
    assert safe_link(url)


@pytest.mark.parametrize("url", ["JaVaScRiPt:x", " java\nscript:x", "data:text/html,x", "http://["])
def test_links_that_may_not(url: str) -> None:
    assert not safe_link(url)


def test_words_of_scripts_without_blanks_count_by_two_letters() -> None:
    assert count_words("One two three") == 3
    assert count_words("東京で火事があった") == 5
    assert excerpt("東京で火事があった。", 2) == "東京で火…"
    assert excerpt("One two three, four", 3) == "One two three …"
    assert excerpt("One two", 3) == "One two"


def test_plain_text_is_spaced_as_it_is_read() -> None:
    html = (
        '<p>“It was <em>too loud</em>,” said <a href="/c">Cara</a>.<sup class="x"><a'
        ' href="#note-1">1</a></sup></p><p>CO<sub>2</sub></p>'
    )
    assert plain(html) == "“It was too loud,” said Cara. CO2"


def test_plain_text_has_no_readings_of_ruby() -> None:
    html = (
        "<p>「<ruby>港長<rp>(</rp><rt>こう<b>ちょう</b></rt><rp>)</rp></ruby>」と"
        "<ruby>海<rt>うみ</rt></ruby>。</p>"
    )
    assert plain(html) == "「港長」と海。"


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Úrsula", "U"),
        ("ulla", "U"),
        ("“Quay” desk", "Q"),
        ("'t Hooft", "T"),
        ("3sat", "#"),
        ("東京", "東"),
        ("ガス", "カ"),
        ("---", "#"),
        ("Ёлка", "Е"),
    ],
)
def test_an_index_has_a_name_under_its_letter(name: str, first: str) -> None:
    assert letter(name) == first


def test_an_index_sorts_names_without_case_and_marks() -> None:
    assert sorted(["Zoë", "Úna", "umber", "Ulm", "Árpád"], key=filed) == [
        "Árpád",
        "Ulm",
        "umber",
        "Úna",
        "Zoë",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  a \n b ", "a b"),
        ("a\x00b\x1b", "a b"),
        ("نامه\u200cها", "نامه\u200cها"),
        (7, "7"),
        (True, "True"),
    ],
)
def test_a_value_as_one_line(value: Any, text: str) -> None:
    assert clean_text(value) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain", False),
        ("Ångström, “naïve” – Ελλάδα, Россия, العربية …", False),
        ("ไทย", True),
        ("部", True),
        ("\u2f00", True),  # a radical
        ("\U00020000", True),
        ("한국", True),
    ],
)
def test_texts_whose_words_may_lack_blanks(text: str, expected: bool) -> None:
    assert may_lack_blanks(text) is expected


@pytest.mark.parametrize(
    ("text", "unix"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("\r\n\r\n", "\n\n"),
        ("\n\r", "\n\n"),
        ("a\u2028b", "a\u2028b"),
        ("", ""),
    ],
)
def test_lines_of_any_system_end_in_line_feeds(text: str, unix: str) -> None:
    assert unix_lines(text) == unix
