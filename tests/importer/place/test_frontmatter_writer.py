"""Writing: whatever text comes in, the site's own reader gives it back, and Markdown shows it as it
was."""

import html
import os
import re
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sitegen.config.schema import Config, MarkdownConfig
from sitegen.content.article import parse
from sitegen.content.frontmatter import read_front_matter
from sitegen.content.markdown import to_html
from sitegen.content.seal import is_sealed, seal
from sitegen.importer.fields.text import clean_inline, escape_block, escape_heading
from sitegen.importer.html.read import read_html
from sitegen.importer.model import Imported
from sitegen.importer.place.frontmatter_writer import quote, to_markdown
from sitegen.importer.text.labels import classify
from sitegen.importer.text.read import read_text
from sitegen.model.article import Person, Source

CONFIG = Config("T", "https://t.example/", "UTC")
FAST = settings(
    max_examples=int(os.environ.get("SITEGEN_EXAMPLES", "120")),
    deadline=2000,
    suppress_health_check=[HealthCheck.too_slow],
)
TEXT = st.text(max_size=80)
TRICKY = st.text(alphabet="*_#`~[]()<>!&;:\\|-+=.1 2ab\"'{}\u00a0é", max_size=60)


def words(text: str) -> str:
    return " ".join(text.split())


@FAST
@given(
    TEXT
    | TRICKY
    | st.sampled_from(
        [
            "no",
            "Yes",
            "null",
            "~",
            "2026",
            "12:30:00",
            "1e3",
            "- x",
            "a: b",
            "a #b",
            "#",
            "'",
            '"',
            "|",
            ">",
            "%a",
            "@b",
            "2024-01-02",
            "0x1F",
            "=",
            "on",
        ]
    )
)
def test_front_matter_round_trip(text: str) -> None:
    item = Imported(
        title="T",
        dek=text,
        authors=(Person(text, text),),
        date="2024-01-02",
        tags=(text,) if clean_inline(text) else (),
        source=Source(text),
        body="x\n",
    )
    written = to_markdown(item, origin="a.txt", key="0" * 16)
    values = read_front_matter(written, "a.md").values
    expected = clean_inline(text)
    assert str(values.get("dek", "")) == expected and isinstance(values.get("dek", ""), str)
    if expected:
        assert (
            values["tags"] == [expected]
            and values["authors"][0]["name"] == expected
            and values["source"]["name"] == expected
        )
    assert is_sealed(written) and not is_sealed(written + "x") and seal(written) == written


@FAST
@example("[^0]")
@given(TRICKY | TEXT)
def test_paragraphs_show_as_they_were(text: str) -> None:
    text = words(clean_inline(text))
    shown, removals = to_html(escape_block(text), MarkdownConfig())
    assert not removals
    assert not re.search(r"<(?!/?p>)", shown), shown
    assert words(html.unescape(re.sub(r"</?p>", "", shown))) == text
    heading, *_ = to_html("## " + escape_heading(text or "x"), MarkdownConfig())
    assert words(html.unescape(re.sub(r"</?h2[^>]*>", "", heading))) == (text or "x")


LINES = st.lists(
    st.text(max_size=120)
    | st.sampled_from(
        [
            "",
            "",
            "By Jane Roe",
            "Dec. 30, 2021, 8:07 p.m. ET",
            "2 hours ago",
            "Credit...Bo Berg/AP",
            "Share",
            "Read more",
            "Von",
            "A" * 3000,
            "The ferry left at noon, and nobody on the quay saw it go.",
            "(Jane Roe, 3.5.2024)",
            "---",
            "<b>x</b>",
        ]
    ),
    max_size=40,
)


@pytest.mark.slow
@FAST
@given(LINES)
def test_any_text_is_read_and_written(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = read_text(text)
    assert all(label for _, label, _ in classify(text))
    written = to_markdown(found, origin="x", key="0" * 16, status="draft")
    parsed = parse(written.encode(), "content/news/x.md", CONFIG)
    assert not [d for d in parsed.diagnostics if d.code not in ("front-matter",)]
    assert "<script" not in parsed.html


@settings(max_examples=25, deadline=5000, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda b: b.decode("latin-1")))
def test_any_page_is_read(text: str) -> None:
    body = "<p>The ferry left at noon, and nobody saw it go.</p>" * 3 + text
    page = f"<html><head><title>{text[:40]}</title></head><body><article><h1>x</h1>{body}</article></body></html>"  # noqa: E501
    found = read_html(page.encode("utf-8", "replace"))
    parsed = parse(
        to_markdown(found, origin="x", status="draft").encode(), "content/news/x.md", CONFIG
    )
    assert "<script" not in parsed.html and "javascript:" not in parsed.html


SECONDS = 5  # of CPU for what is read in one tenth of a second


def test_pathological_lines_are_fast() -> None:
    for text in (
        "a" * 200_000,
        "(" * 50_000,
        "By " * 30_000,
        "1" * 100_000,
        "12:" * 30_000,
        " – " * 30_000,
        "A. " * 30_000,
        "\u00a0" * 90_000 + "x",
        "12.12." * 20_000,
        "/" * 60_000,
        "©" * 60_000,
    ):
        began = time.process_time()
        read_text(text + "\n\n" + text + "\n" + text[:120])
        assert escape_block(text).replace("\\", "").strip() == text.strip()
        assert time.process_time() - began < SECONDS, text[:10]


def test_plain_scalars_only_where_safe() -> None:
    assert (
        quote("David E. Sanger") == "David E. Sanger"
        and quote("2021-12-30T20:07:00-05:00") == "2021-12-30T20:07:00-05:00"
    )
    assert quote("no") == '"no"' and quote("a: b") == '"a: b"' and quote("2026") == '"2026"'
