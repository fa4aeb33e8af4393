"""Formulas in TeX as MathML Core (https://www.w3.org/TR/mathml-core/), which browsers show without
a script.

In a text a formula is code: ``<code class="math">`` within a sentence, ``<pre><code
class="language-math">`` on a line of its own. Pages show it as MathML. Pure; needs the extra
`math`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from typing import Any

MOST = 2000  # letters of a formula
DEEPEST = 40  # braces within each other

_ELEMENTS = frozenset(
    "math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot"
    " mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover"
    " none".split()
)
_ATTRIBUTES = frozenset(
    "accent accentunder columnalign columnlines columnspacing depth display displaystyle fence form"
    " height largeop linethickness lspace mathvariant maxsize minsize movablelimits notation"
    " rowlines rowspacing rspace scriptlevel separator stretchy symmetric width".split()
)
_INLINE = re.compile(
    r'<span class="math math-(inline|display)">([^<]*)</span>|\$<code>([^<]*)</code>\$'
)
_ALONE = re.compile(r'<p>\s*<span class="math math-display">([^<]*)</span>\s*</p>')
_SHOWN = re.compile(
    r'<pre><code class="language-math">([^<]*)</code></pre>|<code class="math">([^<]*)</code>'
)


def with_formulas(html: str) -> str:
    """``html`` in which what an engine calls a formula, or what is between ``$`` and code signs, is
    code of the class `math`."""
    html = _ALONE.sub(r'<pre><code class="language-math">\1</code></pre>', html)
    return _INLINE.sub(lambda m: f'<code class="math">{_bare(m[2] or m[3] or "")}</code>', html)


def _bare(tex: str) -> str:
    """``tex`` without the code signs that CommonMark leaves around it."""
    return tex[1:-1] if tex.startswith("`") and tex.endswith("`") else tex


def unreadable_formulas(html: str) -> list[str]:
    """The formulas of ``html`` that cannot be shown as MathML."""
    found = ((m, m[1] is not None) for m in _SHOWN.finditer(html))
    texts = [(unescape(m[1] or m[2] or ""), alone) for m, alone in found]
    return [tex for tex, alone in texts if not mathml(tex, alone)]


def with_mathml(html: str) -> str:
    """``html`` with its formulas as MathML; one that cannot be read stays code."""

    def shown(match: re.Match[str]) -> str:
        alone = match[1] is not None
        made = mathml(unescape(match[1] or match[2] or ""), alone)
        return (f"<p>{made}</p>" if alone else made) if made else match[0]

    return _SHOWN.sub(shown, html)


@lru_cache(maxsize=1000)
def mathml(tex: str, alone: bool) -> str:
    """``tex`` as an element, on a line of its own if ``alone``; empty where it cannot be read.

    Only elements and attributes of MathML Core that neither link nor run are kept, and all text is
    escaped: the library passes on what is in ``\\text{…}`` and ``\\href``.
    """
    if not tex.strip() or len(tex) > MOST or _depth(tex) > DEEPEST:
        return ""
    from latex2mathml.converter import convert_to_element

    try:
        element = convert_to_element(tex.strip(), display="block" if alone else "inline")
        inner = "".join(map(_written, element))
    except Exception:  # noqa: BLE001 -- the library raises many kinds, and RecursionError
        return ""
    display = "block" if alone else "inline"
    label = escape(" ".join(tex.split()))
    return f'<math display="{display}" alttext="{label}">{inner}</math>'


def _depth(tex: str) -> int:
    depth = deepest = 0
    for sign in tex:
        depth += (sign == "{") - (sign == "}")
        deepest = max(deepest, depth)
    return deepest


def _written(element: Any) -> str:
    """An element of the library's tree as HTML; one that is not of MathML Core as its content."""
    inner = _text(element.text) + "".join(_written(child) + _text(child.tail) for child in element)
    name = str(element.tag)
    if name not in _ELEMENTS:
        return inner
    kept = "".join(
        f' {key}="{escape(unescape(value))}"'
        for key, value in element.attrib.items()
        if key in _ATTRIBUTES
    )
    return f"<{name}{kept}>{inner}</{name}>"


def _text(text: str | None) -> str:
    """A text of the library's tree, in which signs are references."""
    return escape(unescape(text or ""), quote=False)
