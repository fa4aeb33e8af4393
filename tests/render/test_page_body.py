"""Players, tables and charts in the page of an article."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.model.article import DataFile
from sitegen.model.site import Link
from sitegen.model.views import ArticleView, BodyOptions
from sitegen.render.page_body import BodyTools, page_body

OPTIONS = BodyOptions(highlight=True, math=True, embeds=("youtube",))
CSV = "Month,Crates,Barrels\nJan,1200,-30\nFeb,,200\nMar,900,1250\n"


def shown(html: str, table: str | bytes = CSV, base: str = "", size: int = 0) -> str:
    data = table.encode() if isinstance(table, str) else table
    file = DataFile("/world/é t.csv", "content/world/é t.csv", size, "")
    view = ArticleView("T", "/a/", "2026-11-01", Link("W", "/world/"), "a", data=(file,))
    return page_body(html, view, BodyTools(base, str, str, OPTIONS, {file.path: data}.__getitem__))


def data(kind: str = "", base: str = "", **more: Any) -> str:
    html = (
        f'<figure class="data"><a href="{base}/world/%C3%A9%20t.csv{kind}">A "b" &lt;</a></figure>'
    )
    return shown(html, base=base, **more)


@pytest.mark.parametrize("base", ["", "/digest"])
def test_a_table_is_shown_with_its_head_and_a_link_to_its_file(base: str) -> None:
    html = data(base=base)
    assert '<th scope="col" class="align-right">Crates</th>' in html
    assert '<th scope="row">Jan</th><td class="align-right">1200</td>' in html
    assert f'<a href="{base}/world/%C3%A9%20t.csv">é t.csv</a>' in html
    assert "<svg" not in html


@pytest.mark.parametrize("kind", ["#bar", "#line"])
def test_a_chart_has_a_name_its_numbers_and_no_script(kind: str) -> None:
    html = data(kind)
    drawing = ET.fromstring(re.search(r"<svg.*?</svg>", html, re.DOTALL)[0])  # type: ignore[index]
    assert drawing.get("role") == "img"
    assert drawing.get("aria-label") == 'A "b" <'
    assert {e.tag for e in drawing} <= {"text", "rect", "path", "circle"}
    assert "<details>" in html and "<td" in html
    assert 'class="legend"' in html


def test_bars_start_at_zero_on_both_sides_of_it() -> None:
    drawing = ET.fromstring(
        re.search(r"<svg.*?</svg>", data("#bar", table="a,b\nx,-10\ny,10\n"), re.DOTALL)[0]  # type: ignore[index]
    )
    left, right = drawing.findall("rect")
    end = float(left.get("x", "")) + float(left.get("width", ""))
    assert end == pytest.approx(float(right.get("x", "")), abs=0.2)
    assert float(left.get("width", "")) == pytest.approx(float(right.get("width", "")), abs=0.2)


def test_a_missing_number_is_a_gap_in_a_line() -> None:
    html = data("#line", table="a,b\nx,1\ny,\nz,2\nw,3\n")
    path = re.search(r'class="line series-1" d="([^"]*)"', html)[1]  # type: ignore[index]
    assert path.count("M") == 2
    assert html.count("<circle") == 1


@pytest.mark.parametrize(
    ("table", "line", "said"),
    [
        ("a,b\n1,2\n1,2,3\n", 3, "has 3 values, and the first row has 2"),
        ("a,b\n", 1, "has no rows"),
        ("", 1, "has no rows"),
        ("a,b\nx,1\n\ny,many\n", 4, "`many` is not a number"),
        ("a,b\nx,\n", 1, "has no numbers"),
        ("a\nx\n", 1, "a chart needs"),
        ("a," + "b," * 7 + "\nx," + "1," * 7 + "\n", 1, "a chart needs"),
        ("a,b\n" + "x,1\n" * 500, 1, "500 rows"),
        ("a,b\n" + "x,1\n" * 1500, 1, "more than 1000 rows"),
        ("a,b\nx," + "9" * 400 + "\n", 2, "is not a number"),
        ('a,b\nx,"1\n', 1, "cannot be read as CSV"),
        (b"a,b\n\xff\xfe,1\n", 2, ""),
    ],
)
def test_what_is_not_a_table_is_an_error_with_its_line(
    table: str | bytes, line: int, said: str
) -> None:
    with pytest.raises(SitegenError) as caught:
        data("#bar", table=table)
    (problem,) = caught.value.diagnostics
    assert (problem.path, problem.line) == ("content/world/é t.csv", line)
    assert said in problem.message


def test_a_large_file_is_not_read() -> None:
    with pytest.raises(SitegenError, match="more than"):
        data(size=3_000_000)


def test_cells_are_text() -> None:
    html = data(table='<b>,"<script>"\n<i onclick=x>,1\n')
    assert not re.search(r"<(?:b|i|script)\b", html)


def test_each_part_of_a_body_is_shown_as_the_site_asks() -> None:
    html = shown(
        '<p>A <code class="math">x^2</code></p><pre><code class="language-python">def f(): 1'
        '</code></pre><p><a href="https://youtu.be/abcdefghijk">Film</a></p>'
    )
    assert "<msup>" in html and 'class="hl-' in html and "data-player=" in html


@pytest.mark.parametrize(
    ("address", "text", "is_bare"),
    [
        ("https://quay.example/nine", "https://quay.example/nine", True),
        ("https://quay.example/?a=1&amp;b=2", "https://quay.example/?a=1&amp;b=2", True),
        ("https://quay.example/stra%C3%9Fe", "https://quay.example/straße", True),
        ("http://quay.example/", "quay.example", True),
        ("https://quay.example/nine", "the list", False),
        ("https://quay.example/nine", "quay.example", False),
    ],
)
def test_print_adds_no_address_to_a_link_that_is_one(
    address: str, text: str, is_bare: bool
) -> None:
    html = shown(f'<p><a href="{address}">{text}</a></p>')
    assert ('<a class="bare" href="' in html) is is_bare
    assert f'href="{address}">{text}</a>' in html
