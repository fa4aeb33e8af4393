"""Colours of code by Pygments, as classes: the style sheet of the theme has the colours of both
schemes. Pure; needs the extra `code`."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Any

MOST = 20_000  # letters of a piece of code
PREFIX = "hl-"  # of the classes, which are else Pygments' own short ones

_CODE = re.compile(r'<pre><code class="language-([\w+#.-]{1,40})">([^<]*)</code></pre>')


def with_colours(html: str) -> str:
    """``html`` of a body with coloured code; a language that Pygments does not know, and very long
    code, stay plain."""
    return _CODE.sub(_coloured, html) if '<code class="language-' in html else html


def _coloured(match: re.Match[str]) -> str:
    lexer = _lexer(match[1].lower())
    if lexer is None or len(match[2]) > MOST:
        return match[0]
    from pygments import highlight
    from pygments.formatters.html import HtmlFormatter

    formatter = HtmlFormatter(nowrap=True, classprefix=PREFIX)
    code = highlight(unescape(match[2]), lexer, formatter)
    return f'<pre><code class="language-{match[1]}">{code}</code></pre>'


@lru_cache(maxsize=200)
def _lexer(name: str) -> Any:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
