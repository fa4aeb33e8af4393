"""What the text of templates and style sheets shows: requests to other hosts, scripts in pages,
files that do not exist.

Pure.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterator

from sitegen.base.diagnostics import Diagnostic, Level, problem

_FOREIGN = r"(?:https?:)?//"
_LOADS = re.compile(
    rf"""<(?:script|img|iframe|source|video|audio|embed|track|input|object)\b[^>]*?\s(?:src"""
    rf"""|srcset|poster|data)\s*=\s*["']?\s*({_FOREIGN}[^"'\s>]+)"""
    rf"""|<link\b(?=[^>]*\brel\s*=\s*["']?(?:stylesheet|icon|preload|prefetch|preconnect"""
    rf"""|dns-prefetch|manifest|modulepreload|apple-touch-icon"""
    rf"""|shortcut))[^>]*?\shref\s*=\s*["']?({_FOREIGN}[^"'\s>]+)"""
    rf"""|<(?:form)\b[^>]*?\saction\s*=\s*["']?({_FOREIGN}[^"'\s>]+)""",
    re.I | re.S,
)
_SCRIPT = re.compile(
    r"<script\b(?![^>]*\ssrc\s*=)(?![^>]*application/(?:ld\+)?json)[^>]*>", re.I | re.S
)
_HANDLER = re.compile(r"""<[a-z][^<>]*?\s(on[a-z]+)\s*=\s*["'{]""", re.I | re.S)
_SCRIPT_URL = re.compile(r"""=\s*["']?\s*javascript:""", re.I)
_COMMENTS = re.compile(r"\{#.*?#\}|<!--.*?-->", re.S)
_CSS_COMMENTS = re.compile(r"/\*.*?\*/", re.S)
_CSS_URL = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""", re.I
)
_HOST_HINT = "take the file into assets/ of the theme: pages ask nothing of third parties"
_SCRIPT_HINT = (
    "put it into a file below assets/ and write <script src=\"{{ asset('NAME.js') }}\" defer>:"
    " security policies forbid it here"
)


def _blanked(text: str, comments: re.Pattern[str]) -> str:
    """``text`` with blanks in the place of comments, so that lines stay as they are counted."""
    return comments.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)


def judged_template(text: str, file: str, level: Level = "error") -> Iterator[Diagnostic]:
    """What is wrong in the ``text`` of a template, which messages call ``file``."""
    text = _blanked(text, _COMMENTS)

    def line(match: re.Match[str], group: int = 0) -> int:
        return text.count("\n", 0, match.start(group)) + 1

    for match in _LOADS.finditer(text):
        group = match.lastindex or 0
        message = f"the page asks another host: `{match[group][:80]}`"
        yield problem("theme-host", message, file, line(match, group), help=_HOST_HINT, level=level)
    for match in _SCRIPT.finditer(text):
        yield problem(
            "theme-script",
            "the page holds a script",
            file,
            line(match),
            help=_SCRIPT_HINT,
            level=level,
        )
    for match in _HANDLER.finditer(text):
        yield problem(
            "theme-script",
            f"`{match[1]}` is a script in the page",
            file,
            line(match, 1),
            help=_SCRIPT_HINT,
            level=level,
        )
    for match in _SCRIPT_URL.finditer(text):
        yield problem(
            "theme-script",
            "a URL is a script",
            file,
            line(match),
            help=_SCRIPT_HINT,
            level=level,
        )


def judged_sheet(
    text: str, name: str, file: str, assets: Container[str], level: Level = "error"
) -> Iterator[Diagnostic]:
    """What is wrong in the ``text`` of the style sheet ``name`` below assets/, where there are
    ``assets``."""
    text = _blanked(text, _CSS_COMMENTS)
    for match in _CSS_URL.finditer(text):
        target = next((g for g in match.groups() if g), "").strip()
        line = text.count("\n", 0, match.start()) + 1
        if re.match(_FOREIGN, target, re.IGNORECASE):
            message = f"the style sheet asks another host: `{target[:80]}`"
            yield problem("theme-host", message, file, line, help=_HOST_HINT, level=level)
        elif target and not target.startswith(("data:", "#", "/")):
            wanted = posixpath.normpath(
                posixpath.join(posixpath.dirname(name), target.partition("#")[0].partition("?")[0])
            )
            if wanted not in assets:
                help = f"put the file at assets/{wanted}"
                yield problem(
                    "theme-asset",
                    f"`{target}` is not below assets/",
                    file,
                    line,
                    help=help,
                    level=level,
                )
