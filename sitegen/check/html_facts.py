"""What an article's HTML holds that rules ask about."""

from __future__ import annotations

import html as entities
import re

from sitegen.check.model import ArticleText

_LINK = re.compile(r"""<a\b[^>]*?\shref=(?:"([^"]*)"|'([^']*)')""")
_DEAD = re.compile(r"""<a(?:\s+href=(?:""|''))?>(.*?)</a>""", re.DOTALL)
_MARK = re.compile(r"<[^>]*>")
_ID = re.compile(r"""\sid=(?:"([^"]+)"|'([^']+)')""")
_IMAGE = re.compile(r"""<img\b((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_SRC = re.compile(r"""\ssrc=(?:"([^"]*)"|'([^']*)')""")
_ALT = re.compile(r"""\salt=(?:"([^"]*)"|'([^']*)')""")


def read_text(html: str) -> ArticleText:
    """The links, ids and images of ``html``."""
    links = (
        dict.fromkeys(v for m in _LINK.finditer(html) if (v := _value(m))) if "<a" in html else ()
    )
    dead = (
        [entities.unescape(_MARK.sub("", m[1])) for m in _DEAD.finditer(html)]
        if "<a" in html
        else []
    )
    ids = tuple(_value(m) for m in _ID.finditer(html)) if " id=" in html else ()
    images = tuple(_image(m[1]) for m in _IMAGE.finditer(html)) if "<img" in html else ()
    dead += [alt for src, alt in images if not src]
    return ArticleText(tuple(links), ids, tuple(p for p in images if p[0]), tuple(dead))


def _image(attributes: str) -> tuple[str, str]:
    src, alt = _SRC.search(attributes), _ALT.search(attributes)
    return _value(src) if src else "", _value(alt).strip() if alt else ""


def _value(match: re.Match[str]) -> str:
    text = match[1] if match[1] is not None else match[2]
    return entities.unescape(text) if "&" in text else text
