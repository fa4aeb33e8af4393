"""What a Markdown text embeds from elsewhere, and the text without what may not be in a page."""

from __future__ import annotations

import re

from sitegen.config.schema import MarkdownConfig
from sitegen.content.markdown import to_html
from sitegen.importer.fields.text import cut
from sitegen.importer.html.fragment import read_fragment
from sitegen.importer.to_markdown import absolute, join_blocks

_ELEMENTS = ("script", "style", "noscript", "template")
_FRAME = re.compile(
    r"<(?P<tag>iframe|embed|object|video|audio)\b(?P<said>[^<>]{0,3000})>"
    r"(?:(?P<inside>(?:[^<]|<(?!/?(?P=tag)\b)){0,5000})</(?P=tag)\s{0,9}>)?",
    re.I,
)
_URL_OF_FRAME = re.compile(
    r"(?:src|data|value)\s{0,9}=\s{0,9}[\"']?\s{0,9}(?P<url>(?:https?:)?//[^\s\"'<>]{4,1000})", re.I
)


def without_code(body: str) -> str:
    """``body`` without the elements that show no text: scripts, styles, templates."""
    for name in _ELEMENTS:
        body = cut(body, rf"<{name}\b", rf"</{name}\s{{0,9}}>")
    return body


def harmless(body: str, config: MarkdownConfig) -> str:
    """``body`` without what may not be in a page: scripts, frames, handlers, URLs of
    scripts."""
    body = without_code(body)
    body = _FRAME.sub(_linked, body)
    made = to_html(body, config)
    if not made.unsafe:
        return body
    return join_blocks(list(read_fragment(made.html).blocks))


def frames_in(body: str) -> tuple[str, ...]:
    """The URLs of what ``body`` embeds from elsewhere, each once: films, sounds, posts, maps."""
    found = (_url_of_frame(match) for match in _FRAME.finditer(without_code(body)))
    return tuple(dict.fromkeys(url for url in found if url))


def _linked(match: re.Match[str]) -> str:
    """A frame as a link to what it shows."""
    url = _url_of_frame(match)
    return f"\n\n<{url}>\n\n" if url else ""


def _url_of_frame(match: re.Match[str]) -> str:
    found = _URL_OF_FRAME.search(f"{match['said']} {match['inside'] or ''}")
    url = found["url"] if found else ""
    return absolute(f"https:{url}" if url.startswith("//") else url, "")
