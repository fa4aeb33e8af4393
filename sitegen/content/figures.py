"""Images of a text that are a paragraph of their own: figures with caption and credit, and
galleries of those that follow each other. Pure."""

from __future__ import annotations

import re
from html import escape, unescape

_ATTRIBUTES = r'(?:\s+[a-zA-Z][\w:-]*(?:="[^"]*")?)*\s*/?>'
_IMAGE = rf"(?:<a\b{_ATTRIBUTES}\s*+)?<img{_ATTRIBUTES}(?:\s*+</a>)?"
_PARAGRAPH = rf"<p>\s*+{_IMAGE}(?:\s*+(?:<br\s*/?>\s*+)?{_IMAGE})*+\s*+</p>"
_RUN = re.compile(rf"{_PARAGRAPH}(?:\s*+{_PARAGRAPH})*+")
_ONE = re.compile(_IMAGE)
_TITLE = re.compile(r'\s+title="([^"]*)"')
_CREDIT = " | "  # between a caption and who made the image


def with_figures(html: str) -> str:
    """``html`` in which an image alone in a paragraph is a figure if it has a caption, its title:
    ``![alt](fog.jpg "Caption | Credit")``. Two or more such images are a gallery."""
    return _RUN.sub(_shown, html) if "<img" in html else html


def _shown(match: re.Match[str]) -> str:
    images = _ONE.findall(match[0])
    if len(images) > 1:
        return f'<div class="gallery">\n{"".join(_figure(one) for one in images)}</div>'
    return _figure(images[0]).rstrip("\n") if _TITLE.search(images[0]) else match[0]


def _figure(image: str) -> str:
    title = _TITLE.search(image, image.index("<img"))
    if not title:
        return f"<figure>{image}</figure>\n"
    image = image[: title.start()] + image[title.end() :]
    return f"<figure>{image}{caption(unescape(title[1]))}</figure>\n"


def caption(title: str) -> str:
    """The title of an image as the caption of a figure: what follows the last `` | `` is the
    credit."""
    before, bar, after = f" {title}".rpartition(_CREDIT)
    words, credit = (before.strip(), after.strip()) if bar else (title.strip(), "")
    parts = [escape(words, quote=False)] if words else []
    if credit:
        parts.append(f'<span class="credit">{escape(credit, quote=False)}</span>')
    return f"<figcaption>{' '.join(parts)}</figcaption>" if parts else ""
