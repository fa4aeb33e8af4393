"""Formulas become MathML, and nothing else."""

from __future__ import annotations

import re
import time
from xml.etree import ElementTree as ET

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.content.formulas import mathml, with_mathml
from sitegen.content.markdown import to_html
from sitegen.content.removals import Removal


def html(text: str, engine: str = "commonmark", math: bool = True) -> str:
    return to_html(text, MarkdownConfig(engine=engine, math=math)).html


@pytest.mark.parametrize(
    ("text", "engine", "made"),
    [
        ("So $x^2$.", "commonmark", '<p>So <code class="math">x^2</code>.</p>'),
        ("So $`x_1`$.", "commonmark", '<p>So <code class="math">x_1</code>.</p>'),
        ("So $`x_1`$.", "python-markdown", '<p>So <code class="math">x_1</code>.</p>'),
        ("$$a < b$$", "commonmark", '<pre><code class="language-math">a &lt; b</code></pre>'),
        ("```math\nx\n```", "commonmark", '<pre><code class="language-math">x\n</code></pre>'),
        ("```math\nx\n```", "python-markdown", '<pre><code class="language-math">x\n</code></pre>'),
        ("It costs $5 and $10.", "commonmark", "<p>It costs $5 and $10.</p>"),
        ("`$x$`", "commonmark", "<p><code>$x$</code></p>"),
    ],
)
def test_a_formula_is_code_in_the_text(text: str, engine: str, made: str) -> None:
    assert html(text, engine).strip() == made


def test_without_the_setting_dollars_are_dollars() -> None:
    assert html("So $x^2$.", math=False).strip() == "<p>So $x^2$.</p>"


@pytest.mark.parametrize(
    ("tex", "parts"),
    [
        ("x^2", "<msup>"),
        (r"\frac{a}{b}", "<mfrac>"),
        (r"\sqrt{x}", "<msqrt>"),
        (r"\sum_{i=1}^n i", "∑"),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "<mtable"),
        (r"\text{水} < 3", "水"),
    ],
)
def test_tex_is_mathml_that_xml_parsers_read(tex: str, parts: str) -> None:
    for alone in (True, False):
        made = mathml(tex, alone)
        assert parts in made
        element = ET.fromstring(made)
        assert element.get("alttext") == tex
        assert element.get("display") == ("block" if alone else "inline")


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{<script>alert(1)</script>}",
        r"\href{javascript:alert(1)}{x}",
        r"\text{<img src=x onerror=alert(1)>}",
        r'\mathrm{"><script>}',
        r"\class{a}{x}",
        r"\style{position:fixed}{x}",
    ],
)
def test_nothing_that_runs_or_links_gets_into_a_formula(tex: str) -> None:
    made = with_mathml(html(f"$${tex}$$"))
    element = ET.fromstring(re.sub(r"</?(?:p|pre|code)\b[^>]*>", "", made))
    names = {name for part in element.iter() for name in (part.tag, *part.keys())}
    assert names.isdisjoint({"script", "img", "href", "class", "style", "onerror"})


@pytest.mark.parametrize("tex", ["x^", "{" * 60, "a" * 3000, "x^1^2"])
def test_a_formula_that_cannot_be_read_is_shown_as_written_and_reported(tex: str) -> None:
    made, removals = to_html(f"$`{tex}`$", MarkdownConfig(math=True))
    assert removals == (Removal("formula", tex),)
    assert with_mathml(made) == made


@pytest.mark.parametrize("tex", [r"\frac{" * 300, r"\left(" * 300, "x_" * 900, r"\sqrt" * 300])
def test_hostile_formulas_cost_little(tex: str) -> None:
    start = time.process_time()
    mathml(tex, True)
    assert time.process_time() - start < 3
