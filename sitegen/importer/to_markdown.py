"""Blocks of a text as Markdown: from elements of the few kinds that an article is made of.

The kinds are trafilatura's (`p`, `head`, `list`, `item`, `quote`, `table`, `hi`, `ref`, `code`,
`lb`); `fragment` turns HTML into them. All text is escaped, and a URL is http(s) or it is
dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import filterfalse
from typing import Any
from urllib.parse import urljoin, urlsplit

from sitegen.base.text import safe_link, unix_lines
from sitegen.base.urls import without_tracking
from sitegen.importer.fields.text import clean_inline, escape_block, escape_heading, escape_inline

MAX_NESTED = 200  # the parser stops at 256
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = dict.fromkeys(
    (*range(0, 9), *range(14, 32), *range(127, 160), *range(8234, 8239), *range(8294, 8298), 65279)
)
_BLANKS = re.compile(r"[ \t\r\n\f\v]{2,}|[\t\r\n\f\v]")  # all but a single space
_BLOCK_START = re.compile(r"^(?:#{1,6}|>|[-*]|\d{1,9}\.) ?", re.M)
_LINK = re.compile(r"\[([^\[\]]{0,500})\]\([^()\s]{0,2000}\)")
_EMPHASIS = re.compile(r"(?<!\\)(?:\*{1,2}|~~)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HEADING = re.compile(r"(#{2,6}) ")
_LISTED = re.compile(r"(?:-|\d{1,9}\.) ")
_INLINE = {"hi", "ref", "del", "code", "lb"}


def blocks_of(element: Any, base: str) -> list[str]:
    """One block element as Markdown blocks; URLs are made absolute by ``base``."""
    return _blocks(element, base, 0)


def children_of(element: Any, base: str) -> list[str]:
    """The content of an element as Markdown blocks: runs of inline content become paragraphs."""
    return [b for b in _children(element, base, 0) if b.strip()]


def absolute(url: str, base: str) -> str:
    """``url`` made absolute and checked: http(s) only."""
    try:
        joined = urljoin(base, clean_inline(url)) if url else ""
        parts = urlsplit(joined)
        is_of_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return joined if is_of_web and _is_harmless(joined) else ""


def _is_harmless(url: str) -> bool:
    """Whether a URL is safe to link to, and has nothing that would end it in Markdown or HTML."""
    return len(url) < 2000 and safe_link(url) and not re.search(r"[\s<>\"\\]", url)


def _blocks(element: Any, base: str, depth: int) -> list[str]:
    """One block element of trafilatura's tree as Markdown blocks."""
    tag = element.tag
    if not isinstance(tag, str) or depth > MAX_NESTED:
        return []
    if tag == "list":
        return _list(element, base, depth)
    if tag == "quote":
        return _quote(_children(element, base, depth))
    if tag == "table":
        return _table(element, base)
    if tag in _BOXES:
        return _children(element, base, depth)
    make = _LONE.get(tag)
    block = make(element) if make else _paragraph(_inline(element, base).strip())
    return [block] if block else []


_BOXES = ("p", "ab", "div", "item", "cell")


def _quote(blocks: list[str]) -> list[str]:
    lines = ("> " + line for block in blocks for line in block.split("\n"))
    return ["\n>\n".join(lines)] if blocks else []


def _head(element: Any) -> str:
    text = _plain_inline(element)
    return "#" * _level(element) + " " + escape_heading(text) if text else ""


def _picture(element: Any) -> str:
    src, alt, title = (element.get(name) or "" for name in ("src", "alt", "title"))
    return picture_block(src, alt, title)


def _code(element: Any) -> str:
    text = _LINE_ENDS.sub("\n", "".join(element.itertext())).translate(_CONTROLS)
    fence = "`" * max(3, max((len(ticks) for ticks in re.findall(r"`+", text)), default=0) + 1)
    return f"{fence}\n{text.strip()}\n{fence}" if text.strip() else ""


# Elements that become one block, whatever is around them.
_LONE: dict[str, Callable[[Any], str]] = {
    "head": _head,
    "hr": lambda _: "* * *",
    "picture": _picture,
    "code": _code,
    "pre": _code,
}


def _level(element: Any) -> int:
    """The level of a heading: ours say it (`level`), trafilatura keeps the name of the element
    (`rend`).

    The headline has the first.
    """
    rend = element.get("rend") or ""
    said = element.get("level") or (rend[1:] if re.fullmatch(r"h[1-6]", rend) else "2")
    return min(max(int(said), 2), 6)


def _children(element: Any, base: str, depth: int) -> list[str]:
    """Runs of inline content as paragraphs, block children in between."""
    out: list[str] = []
    run = escape_inline(_fold(element.text))
    for child in element:
        if child.tag in _INLINE:
            run += "\n" if child.tag == "lb" else _inline(child, base)
        elif isinstance(child.tag, str) and child.tag not in ("graphic", "figure"):
            out += _paragraphs(run)
            run = ""
            out += _blocks(child, base, depth + 1)
        run += escape_inline(_fold(child.tail))
    out += _paragraphs(run)
    return [block for block in out if block]


def _paragraphs(run: str) -> Iterator[str]:
    return (_paragraph(line) for line in run.split("\n") if line.strip())


def _paragraph(text: str) -> str:
    """A paragraph whose inline Markdown is made already: only its start can still be misread."""
    text = _not_an_image(" ".join(text.split()))
    first = re.match(r"(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|={3,}\s*$|-{3,}\s*$)", text)
    if first:
        return "\\" + text
    number = re.match(r"(\d{1,9})([.)])(?=\s|$)", text)
    return f"{number[1]}\\{text[number.end(1) :]}" if number else text


def _not_an_image(text: str) -> str:
    """An exclamation mark before a link would make the link an image."""
    return text.replace("![", "\\![")


def _fold(text: str | None) -> str:
    return _BLANKS.sub(" ", _printable(text or ""))


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        c for c in text if c.isprintable() or c in " \t\r\n\u00a0\u202f\u200c\u200d\u200e\u200f"
    )


def _inline(element: Any, base: str, depth: int = 0) -> str:
    """An inline element and its content as Markdown."""
    if depth > 20:
        return escape_inline(_fold("".join(element.itertext())))
    if element.tag == "code":
        return _inline_code("".join(element.itertext()).strip())
    inner = _inner(element, base, depth)
    if element.tag == "del":
        return _marked(inner, "~~")
    if element.tag == "hi":
        return _marked(inner, _MARKS.get(element.get("rend") or "", ""))
    if element.tag == "ref":
        return _link_to(inner, without_tracking(absolute(element.get("target") or "", base)))
    return inner


def _inline_code(text: str) -> str:
    return f"`{text}`" if text and "`" not in text else escape_inline(text)


_MARKS = {"#b": "**", "#i": "*"}


def _inner(element: Any, base: str, depth: int) -> str:
    """The content of an inline element."""
    inner = escape_inline(_fold(element.text))
    for child in element:
        if isinstance(child.tag, str) and child.tag != "graphic":
            inner += " " if child.tag == "lb" else _inline(child, base, depth + 1)
        inner += escape_inline(_fold(child.tail))
    return inner


def _link_to(inner: str, target: str) -> str:
    """A link; blanks at its ends are outside of it."""
    core = inner.strip()
    if not core or not target:
        return inner
    lead, trail = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    safe = target.replace("(", "%28").replace(")", "%29")
    if core.count("[") != core.count("]") or "](" in core:
        core = re.sub(r"(?<!\\)([\[\]])", r"\\\1", core)
    return f"{lead}[{core}]({safe}){trail}"


def _marked(text: str, mark: str) -> str:
    """``text`` in emphasis; blanks stay outside, as Markdown wants, and nothing is nested."""
    core = text.strip()
    if not mark or not _may_be_marked(core):
        return text
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}{mark}{core}{mark}{trail}"


def _may_be_marked(core: str) -> bool:
    """Whether signs of emphasis around a text are read as such."""
    if not core or "*" in core.replace("\\*", "") or (len(core) < 2 and not core.isalnum()):
        return False
    begins = core[0].isalnum() or core[0] in "\"“„«‘'(["
    return begins and (core[-1].isalnum() or core[-1] in ".,!?:;”\"’'»)]%…")


def _list(element: Any, base: str, depth: int) -> list[str]:
    is_ordered = element.get("rend") == "ol"
    rows: list[str] = []
    for number, item in enumerate((c for c in element if isinstance(c.tag, str)), 1):
        read = _list if item.tag == "list" else _children
        rows += _item(f"{number}." if is_ordered else "-", read(item, base, depth + 1))
    return ["\n".join(rows)] if rows else []


def _item(mark: str, blocks: list[str]) -> Iterator[str]:
    """The rows of an item of a list: its text in one line, then its own lists, indented."""
    inner = list(filter(_LISTED.match, blocks))
    text = " ".join(block.replace("\n", " ") for block in filterfalse(_LISTED.match, blocks))
    if text or inner:
        yield f"{mark} {text}".rstrip()
    for row in "\n".join(inner).split("\n") if inner else ():
        yield " " * (len(mark) + 1) + row


def _table(element: Any, base: str) -> list[str]:
    rows = []
    for row in element.iter("row"):
        cells = [
            _not_an_image(" ".join(_inline(c, base).split())).replace("|", "\\|")
            for c in row.iter("cell")
        ]
        if any(cells):
            rows.append(cells)
    if not rows:
        return []
    width = max(len(r) for r in rows)
    if width < 2:
        return [_paragraph(r[0]) for r in rows if r[0]]
    # The head says how many columns there are; readers fill short rows.
    head = rows[0] + [""] * (width - len(rows[0]))
    lines = ["| " + " | ".join(r) + " |" for r in (head, *rows[1:])]
    return ["\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])]


def _plain_inline(element: Any) -> str:
    return clean_inline("".join(element.itertext()))


@lru_cache(1024)
def plain_block(block: str) -> str:
    """A Markdown block as the text a reader sees, near enough for comparing."""
    text = _BLOCK_START.sub("", block)
    text = _LINK.sub(r"\1", text) if "](" in text else text
    text = _EMPHASIS.sub("", text) if "*" in text else text
    text = _ESCAPED.sub(r"\1", text) if "\\" in text else text
    return " ".join(text.replace("&lt;", "<").replace("&amp;", "&").replace("&#126;", "~").split())


def from_second_level(blocks: list[str]) -> list[str]:
    """``blocks`` with headings that begin at the second level, below the headline, and keep their
    distance."""
    levels = [len(m[1]) for b in blocks if (m := _HEADING.match(b))]
    above = min(levels, default=2) - 2
    return [b[above:] if above and _HEADING.match(b) else b for b in blocks]


def join_blocks(blocks: list[str]) -> str:
    text = "\n\n".join(blocks).strip()
    return text + "\n" if text else ""


def paragraphs(text: str) -> str:
    """Plain text as Markdown: a paragraph for each block of lines."""
    blocks = re.split(r"\n\s*\n", unix_lines(text))
    return join_blocks([escape_block(" ".join(block.split())) for block in blocks if block.strip()])


def safe_address(src: str) -> str:
    """A URL without the signs that end one in Markdown."""
    return (
        src.replace(" ", "%20")
        .replace("(", "%28")
        .replace(")", "%29")
        .replace("<", "%3C")
        .replace(">", "%3E")
    )


def picture_block(src: str, alt: str = "", title: str = "") -> str:
    """An image as a Markdown block; its title holds its caption."""
    safe = safe_address(src)
    said = re.sub(r"[\[\]]", "", escape_inline(clean_inline(alt)))
    below = clean_inline(title).replace("\\", "\\\\").replace('"', '\\"')
    return f'![{said}]({safe} "{below}")' if below else f"![{said}]({safe})"
