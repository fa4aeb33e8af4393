"""A page as the text that a reader gets by selecting its article and copying it, with what is
known of the article."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html
from train_fields import folded

MAX_BYTES = 1_500_000
MAX_DEPTH = 200  # of elements in each other
LEAST = 600  # characters of an article that says something of its lines
SURE = 0.8  # of a field that is taken from the importer's own reading of the page
_UNSEEN = frozenset(
    "script style noscript template svg head iframe select textarea object video audio canvas"
    " math".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody"
    " thead tr td th ul summary button label".split()
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-reader\S*|hidden|is-hidden|u-hidden)(?:$|\s)",
    re.I,
)


class Copied(NamedTuple):
    """A text with what is known of its article: `title`, `authors`, `dates`, `deks`, `body`."""

    truth: dict[str, Any]
    text: str


class Piece(NamedTuple):
    """A line of a page, and the element that it begins in."""

    text: str
    element: Any


def copied_page(folder: Path) -> Copied | None:
    """The text of a page of the test sets, or None where it has no article that is long enough.

    What is not known of the page is taken from sitegen's own reading of its HTML."""
    truth = json.loads((folder / "expected.json").read_text("utf-8"))
    data = gzip.decompress((folder / "page.html.gz").read_bytes())
    if len(data) > MAX_BYTES:
        return None
    truth = completed(truth, data)
    body = body_of(data)
    if len(truth["body"]) < LEAST or not truth.get("title") or body is None:
        return None
    rows = selected(body, truth)
    return Copied(truth, "\n\n".join(rows)) if rows else None


def completed(truth: dict[str, Any], data: bytes) -> dict[str, Any]:
    """``truth`` with what the importer reads in the page where nothing is known, and is sure of."""
    from sitegen.importer.html.read import claims_of, read_html

    found = read_html(data, url=truth["url"])
    claims = claims_of(data, truth["url"])
    known = {key: value for key, value in truth.items() if key not in truth.get("weak", [])}
    read = {
        "title": found.title,
        "authors": [person.name for person in found.authors],
        "date": found.date[:10],
    }
    sure = {key: value for key, value in read.items() if found.confidence.get(key, 0) >= SURE}
    deks = [str(claim.value) for claim in claims.deks] if claims else []
    deks = [known["dek"]] if known.get("dek") else deks
    return {"body": found.body, **sure, **known, "deks": deks}


def body_of(data: bytes) -> Any:
    from sitegen.importer.detect import decode_html

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode_html(data)[0])
    try:
        return lxml.html.document_fromstring(text).find(".//body")
    except (ValueError, lxml.etree.ParserError):
        return None


def selected(body: Any, truth: dict[str, Any]) -> list[str]:
    """The lines of the smallest element that has the headline and nearly all of the body."""
    is_of_body = body_test(truth["body"])
    pieces = [*lines_of(body)]
    article = [piece for piece in pieces if is_of_body(piece.text)]
    if len(article) < 2:
        return []
    title = folded(truth["title"])
    heads = [piece for piece in pieces if folded(piece.text) == title]
    above = {element for head in heads for element in with_ancestors(head.element)}
    around = sorted(elements_around(article), key=depth, reverse=True)
    chosen = next((element for element in around if element in above), around[0])
    return [piece.text for piece in lines_of(chosen)]


def elements_around(article: list[Piece]) -> list[Any]:
    """The elements that have nearly all of an article."""
    mass: Counter[Any] = Counter()
    for piece in article:
        for element in with_ancestors(piece.element):
            mass[element] += len(piece.text)
    whole = sum(len(piece.text) for piece in article)
    return [element for element, size in mass.items() if size >= 0.9 * whole]


def with_ancestors(element: Any) -> Iterator[Any]:
    yield element
    yield from element.iterancestors()


def body_test(body: str) -> Any:
    """A function that says whether a line is part of a body: a paragraph, or words of one."""
    paragraphs = {folded(line) for line in body.split("\n")} - {""}
    text = f" {words_of(body)} "

    def is_of_body(line: str) -> bool:
        words = words_of(line)
        return folded(line) in paragraphs or (words.count(" ") >= 4 and f" {words} " in text)

    return is_of_body


def words_of(text: str) -> str:
    return " ".join(re.findall(r"\w+", folded(text)))


def depth(element: Any) -> int:
    return sum(1 for _ in element.iterancestors())


def lines_of(root: Any) -> Iterator[Piece]:
    """The visible lines of an element, as a browser copies them."""
    parts: list[str] = []
    begun: Any = root
    for text, element in _texts(root):
        if text is None:
            line = " ".join("".join(parts).split())
            if line:
                yield Piece(line, begun)
            parts = []
        else:
            if text.strip() and not "".join(parts).strip():
                begun = element
            parts.append(text)


def _texts(element: Any, level: int = 0) -> Iterator[tuple[str | None, Any]]:
    """(text, its element) in the order of the page; None where a line ends."""
    if level > MAX_DEPTH or not is_shown(element):
        return
    is_block = element.tag in _BLOCKS or element.tag == "br"
    if is_block:
        yield None, element
    yield element.text or "", element
    for child in element:
        yield from _texts(child, level + 1)
        yield child.tail or "", element
    if is_block:
        yield None, element


def is_shown(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return False
    return element.tag == "body" or not is_hidden(element)


def is_hidden(element: Any) -> bool:
    return bool(
        "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or _HIDDEN_STYLE.search(element.get("style") or "")
        or _HIDDEN_CLASS.search(element.get("class") or "")
    )
