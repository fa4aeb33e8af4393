"""The text of an article that a page holds as data: in JSON-LD, or in the state from which a script
would make the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

import msgspec

from sitegen.base.text import count_words
from sitegen.importer.fields.text import is_too_short
from sitegen.importer.html.fragment import read_fragment
from sitegen.importer.html.leaves import key_of
from sitegen.importer.model import Imported
from sitegen.importer.to_markdown import join_blocks

POOR = 120  # words of the paragraphs of a page that may hold more as data
LEAST = 40  # words of a text
MORE = 1.5  # times the words that the page shows
MAX_STATE = 4_000_000
_STATE = re.compile(r"^\s*(?:(?:window|self|globalThis)\.?[\w$.\[\]\"']{0,60}\s*=\s*)?(?=[{\[])")
_TEXT_KEYS = ("text", "content", "html", "value", "body", "paragraph", "data", "model")
_PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
_WORDS = 6  # of a paragraph
_DEEPEST = 40
_START = 24  # letters by which a paragraph is known
NOTE = "the text is taken from data for scripts: compare the article with the page"


def texts_of_state(tree: Any) -> list[str]:
    """The texts that the scripts of a page hold, as HTML, the longest first."""
    scripts = (script.text or "" for script in tree.iter("script"))
    states = (s for s in scripts if 200 < len(s) <= MAX_STATE and _STATE.match(s))
    found = (text for state in states for text in _texts_in(_loaded(state)))
    return sorted(found, key=count_words, reverse=True)[:3]


def _loaded(script: str) -> Any:
    """The JSON at the beginning of a script, or behind the name that it is given."""
    start = _STATE.match(script)
    try:
        return json.JSONDecoder().raw_decode(script, start.end() if start else 0)[0]
    except (ValueError, RecursionError):
        return None


def _texts_in(value: Any, depth: int = 0) -> Iterator[str]:
    """Values of JSON that may be a whole text: HTML with paragraphs, and lists of paragraphs."""
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        if len(_PARAGRAPH.findall(value)) > 1:
            yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts_in(one, depth + 1)
    elif isinstance(value, list):
        paragraphs = [text for one in value if (text := _paragraph(one))]
        if len(paragraphs) > 1:
            yield "".join(paragraphs)
        for one in value:
            yield from _texts_in(one, depth + 1)


def _paragraph(value: Any, depth: int = 0) -> str:
    """An entry of a list as HTML, if it is a paragraph."""
    if isinstance(value, str):
        is_prose = count_words(value) >= _WORDS and not value.startswith(("http", "{", "["))
        return (value if "<" in value else f"<p>{escape(value)}</p>") if is_prose else ""
    if not isinstance(value, dict) or depth > 2:
        return ""
    said = (_paragraph(value.get(key), depth + 1) for key in _TEXT_KEYS)
    return next(filter(None, said), "")


def with_text_of_data(found: Imported, texts: list[str], base: str) -> Imported:
    """``found`` with the first of ``texts``, HTML or plain, that goes on with its body, or that is
    all that the page has; with a note."""
    shown = count_words(found.body)
    for text in texts:
        html = text if "<" in text else "\n\n".join(text.split("\n"))
        blocks = read_fragment(html, base).blocks
        words = sum(map(count_words, blocks))
        if words >= max(LEAST, MORE * shown) and _goes_on(found.body, blocks):
            return _replaced(found, join_blocks(list(blocks)))
    return found


def _goes_on(body: str, blocks: tuple[str, ...]) -> bool:
    """Whether ``blocks`` hold the beginnings of most paragraphs of a body."""
    keys = [key for block in body.split("\n\n") if len(key := key_of(block)) >= _START]
    whole = key_of(" ".join(blocks))
    known = sum(key[:_START] in whole for key in keys)
    return known * 2 >= len(keys)


def _replaced(found: Imported, body: str) -> Imported:
    is_known = bool(found.title and found.date and found.authors)
    doubts = found.doubts
    if not is_too_short(body, complete=is_known):
        doubts = tuple(doubt for doubt in doubts if doubt != "no running text found")
    end = len(body.rstrip("\n"))
    return msgspec.structs.replace(
        found,
        body=body,
        doubts=doubts,
        among=tuple((end, image) for _, image in found.among),
        notes=(*found.notes, NOTE),
    )
