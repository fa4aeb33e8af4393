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
    dead = map(_words, _found(_DEAD, "<a", html))
    ids = map(_value, _found(_ID, " id=", html))
    images = [_image(match[1]) for match in _found(_IMAGE, "<img", html)]
    shown = tuple(image for image in images if image[0])
    lost = (alt for src, alt in images if not src)
    return ArticleText(tuple(dict.fromkeys(links)), tuple(ids), shown, (*dead, *lost))


def _words(match: re.Match[str]) -> str:
    """The text of an element, whose content is the first group."""
    return entities.unescape(_MARK.sub("", match[1]))


def _found(pattern: re.Pattern[str], sign: str, html: str) -> Iterator[re.Match[str]]:
    """The matches of ``pattern``, which holds ``sign``: most texts have none."""
    return pattern.finditer(html) if sign in html else iter(())


def _image(attributes: str) -> tuple[str, str]:
    src, alt = _SRC.search(attributes), _ALT.search(attributes)
    return _value(src) if src else "", _value(alt).strip() if alt else ""


def _value(match: re.Match[str]) -> str:
    text = match[1] if match[1] is not None else match[2]
    return entities.unescape(text) if "&" in text else text
