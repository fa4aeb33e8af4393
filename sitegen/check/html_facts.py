"""What an article's HTML holds that rules ask about."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator

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
    links = filter(None, map(_value, _found(_LINK, "<a", html)))
    dead = [entities.unescape(_MARK.sub("", match[1])) for match in _found(_DEAD, "<a", html)]
    ids = tuple(map(_value, _found(_ID, " id=", html)))
    images = [_image(match[1]) for match in _found(_IMAGE, "<img", html)]
    dead += [alt for src, alt in images if not src]
    shown = tuple(image for image in images if image[0])
    return ArticleText(tuple(dict.fromkeys(links)), ids, shown, tuple(dead))


def _found(pattern: re.Pattern[str], sign: str, html: str) -> Iterator[re.Match[str]]:
    """The matches of ``pattern``, which holds ``sign``: most texts have none."""
    return pattern.finditer(html) if sign in html else iter(())


def _image(attributes: str) -> tuple[str, str]:
    src, alt = _SRC.search(attributes), _ALT.search(attributes)
    return _value(src) if src else "", _value(alt).strip() if alt else ""


def _value(match: re.Match[str]) -> str:
    text = match[1] if match[1] is not None else match[2]
    return entities.unescape(text) if "&" in text else text
