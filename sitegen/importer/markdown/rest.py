"""ReStructuredText, as posts of Nikola and Pelican are written in it, to Markdown.

Only what texts are made of: headings, paragraphs, lists, quotations, code, images, links, emphasis
(https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html). Everything else stays as text
and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import takewhile
from typing import Any

_RULE = re.compile(r"([=\-~^\"'`#*+.:_<>])\1{2,}\s*")
_FIELD = re.compile(r":([A-Za-z][\w -]{0,40}):[ \t]*(.*)")
_DIRECTIVE = re.compile(r"\.\. ([\w-]{1,40})::[ \t]*(.*)")
_TARGET = re.compile(r"\.\. _(`[^`\n]{1,200}`|[^:\n]{1,200}):[ \t]+(\S+)[ \t]*")
_COMMENT = re.compile(r"\.\.(?:[ \t]|$)")
_LINK = re.compile(r"`([^`<>\n]{1,500}?)\s*<([^`<>\s]{1,1000})>`__?")
_NAMED = re.compile(r"`([^`\n]{1,200})`_(?!_)|(?<![\w`])([A-Za-z][\w-]{0,60})_(?![\w_])")
_ROLE = re.compile(r":([a-z-]{2,20}):`([^`\n]{1,300})`")
_LITERAL = re.compile(r"``([^`\n]{1,500})``")
_CODES = frozenset(["code", "code-block", "sourcecode"])
_IMAGES = frozenset(["image", "figure", "thumbnail"])
_QUOTED = frozenset("epigraph pull-quote highlights note warning tip hint important".split())
_SHOW_NOTHING = frozenset(["contents", "meta"])
# A line of a paragraph: no item, field, directive, table or line block, and no row of columns.
_PLAIN = re.compile(
    r"(?![-*+•#|:>]\s|\.\.\s|[|+=]|:\w|\(?(?:\d{1,3}|[a-z#])[.)]\s|\s)(?!.*\S {2,}\S)\S"
)
_ITEM = re.compile(r"(?:[-*+•]|\(?\d{1,3}[.)])\s+\S")
_LEVELS = ("##", "###", "####")


def read_fields(text: str) -> tuple[dict[str, Any], str]:
    """(the fields of a post of Pelican, with its title, and the text below): a headline, then rows
    of `:name: value`."""
    rows = text.split("\n")
    title, at = _headline(rows)
    values: dict[str, Any] = {"title": title} if title else {}
    while at < len(rows):
        match = _FIELD.fullmatch(rows[at])
        if rows[at].strip() and not match:
            break
        if match:
            values[match[1].lower().replace(" ", "_")] = match[2].strip()
        at += 1
    return values, "\n".join(rows[at:])


def _headline(rows: list[str]) -> tuple[str, int]:
    """(the headline that a text begins with, the row behind it); an empty one where it has
    none."""
    at = next((n for n, row in enumerate(rows) if row.strip()), 0)
    if at + 2 < len(rows) and _RULE.fullmatch(rows[at]):
        at += 1
    title = rows[at].strip()
    is_headline = bool(title) and _RULE.fullmatch(_row(rows, at + 1)) is not None
    return (title, at + 2) if is_headline else ("", at)


def _row(rows: list[str], at: int) -> str:
    """A row, empty behind the last one."""
    return rows[at] if at < len(rows) else ""


class _RestText:
    """A text on its way to Markdown: its rows, and what has been written of it."""

    def __init__(self, rows: list[str]) -> None:
        self.rows = rows
        self.targets = {
            match[1].strip("`").lower(): match[2]
            for row in rows
            if (match := _TARGET.fullmatch(row))
        }
        self.out: list[str] = []
        self.left: list[str] = []  # names of directives that are kept as text
        self.marks: list[str] = []  # of headings, the highest level first

    def block(self, at: int) -> int:
        """Write the block that begins in row ``at``; return the row behind it."""
        row = self.rows[at]
        for applies, write in _BLOCKS:
            if applies(self, at):
                return write(self, at)
        self.out.append(_inline(row, self.targets))
        return at + 1

    def directive(self, at: int) -> int:
        """`.. name:: argument` with what is indented below it."""
        match = _DIRECTIVE.match(self.rows[at])
        assert match
        block = _indented(self.rows, at + 1)
        rows = _directive(match[1], match[2].strip(), block)
        if rows is None:
            self.left.append(match[1])
            rows = _as_text(match[1], match[2].strip(), block)
        self.out += ["", *rows, ""]
        return at + 1 + len(block)

    def comment(self, at: int) -> int:
        """A comment shows nothing; one of Nikola is the break of the text."""
        if "TEASER_END" in self.rows[at]:
            self.out += ["", "<!-- TEASER_END -->", ""]
        return at + 1 + len(_indented(self.rows, at + 1))

    def heading(self, at: int) -> int:
        """A heading, with a rule below it or around it: its level is that of the rule's mark."""
        has_two = bool(_RULE.fullmatch(self.rows[at]))
        mark = self.rows[at].strip()[0] * 2 if has_two else self.rows[at + 1].strip()[0]
        if mark not in self.marks:
            self.marks.append(mark)
        level = _LEVELS[min(self.marks.index(mark), len(_LEVELS) - 1)]
        title = self.rows[at + has_two].strip()
        self.out += ["", f"{level} {_inline(title, self.targets)}", ""]
        return at + (3 if has_two else 2)

    def literal(self, at: int) -> int:
        """A paragraph that ends with `::`, and the code below it."""
        said = self.rows[at].rstrip()[:-2].rstrip()
        block = _indented(self.rows, at + 1)
        above = _inline(f"{said}:", self.targets) if said else ""
        self.out += [above, "", *_code("", block), ""]
        return at + 1 + len(block)

    def quotation(self, at: int) -> int:
        """Indented rows below an empty one."""
        quoted = [self.rows[at], *_indented(self.rows, at + 1)]
        for row in _trimmed(quoted):
            self.out.append(f"> {_inline(row.strip(), self.targets)}".rstrip())
        self.out.append("")
        return at + len(quoted)

    def is_quotation(self, at: int) -> bool:
        """Whether a row is indented and below an empty one."""
        row = self.rows[at]
        is_below_text = bool(self.out and self.out[-1].strip())
        return row.startswith(" ") and bool(row.strip()) and not is_below_text


# What a block may be, in the order in which it is looked for: (whether it is one, its writer).
_BLOCKS: tuple[tuple[Callable[[_RestText, int], object], Callable[[_RestText, int], int]], ...] = (
    (lambda text, at: _DIRECTIVE.match(text.rows[at]), _RestText.directive),
    (lambda text, at: _TARGET.fullmatch(text.rows[at]), lambda _, at: at + 1),
    (lambda text, at: _COMMENT.match(text.rows[at]), _RestText.comment),
    (lambda text, at: _is_heading(text.rows, at), _RestText.heading),
    (lambda text, at: text.rows[at].rstrip().endswith("::"), _RestText.literal),
    (_RestText.is_quotation, _RestText.quotation),
)


def to_markdown(text: str) -> tuple[str, tuple[str, ...]]:
    """(``text`` as Markdown, the names of directives that are left as text)."""
    made = _RestText(_with_whole_paragraphs(text.expandtabs(4).split("\n")))
    at = 0
    while at < len(made.rows):
        at = made.block(at)
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(made.out)).strip("\n")
    return f"{body}\n", tuple(dict.fromkeys(made.left))


def _with_whole_paragraphs(rows: list[str]) -> list[str]:
    """``rows`` with the lines of each paragraph joined, as markup may reach over their ends."""
    out: list[str] = []
    for at, row in enumerate(rows):
        goes_on = bool(out) and _may_go_on(out[-1]) and _PLAIN.match(row)
        if goes_on and not _is_of_heading(rows, at):
            out[-1] = f"{out[-1].rstrip()} {row}"
        else:
            out.append(row)
    return out


def _is_of_heading(rows: list[str], at: int) -> bool:
    """Whether a heading begins in a row, or in the one above."""
    return _is_heading(rows, at) or (at > 0 and _is_heading(rows, at - 1))


def _may_go_on(row: str) -> bool:
    """Whether the next row may belong to the paragraph of ``row``."""
    is_text = _PLAIN.match(row) or _ITEM.match(row)
    return bool(is_text) and not _RULE.fullmatch(row) and not row.endswith("::")


def _is_heading(rows: list[str], at: int) -> bool:
    """Whether a heading begins in row ``at``: with the rule above it, or with its text."""
    row, below = rows[at].rstrip(), _row(rows, at + 1).rstrip()
    if _RULE.fullmatch(row):
        return bool(below.strip()) and _row(rows, at + 2).rstrip() == row
    if not row or row.startswith(" "):
        return False
    return len(below) >= min(len(row), 3) and _RULE.fullmatch(below) is not None


def _indented(rows: list[str], at: int) -> list[str]:
    """The rows from ``at`` on that are indented, with the empty ones among them."""
    below = map(rows.__getitem__, range(at, len(rows)))
    block = list(takewhile(_may_be_indented, below))
    while block and not block[-1].strip():
        block.pop()
    return block


def _may_be_indented(row: str) -> bool:
    return row.startswith(" ") or not row.strip()


def _trimmed(block: list[str]) -> list[str]:
    depth = min((len(r) - len(r.lstrip()) for r in block if r.strip()), default=0)
    return [r[depth:].rstrip() for r in block]


def _code(language: str, block: list[str]) -> list[str]:
    rows = _trimmed(block)
    while rows and not rows[0]:
        rows.pop(0)
    return [f"```{language}", *rows, "```"] if rows else []


def _directive(name: str, argument: str, block: list[str]) -> list[str] | None:
    """A directive as rows of Markdown, or nothing where it is not known."""
    if name in _SHOW_NOTHING:
        return []
    if name in _CODES:
        return _code(argument, _without_options(block))
    rows = _without_options(_trimmed(block))
    if name in _IMAGES:
        return [_image(argument, block, rows)]
    if name in _QUOTED:
        said = [argument, *rows] if argument else rows
        return [f"> {row}".rstrip() for row in said]
    return None


def _as_text(name: str, argument: str, block: list[str]) -> list[str]:
    """A directive that is not known, as it is."""
    rows = _without_options(_trimmed(block))
    return [f".. {name}:: {argument}".rstrip(), *(f"    {row}" for row in rows)]


def _without_options(block: list[str]) -> list[str]:
    return [row for row in block if not _FIELD.fullmatch(row.strip())]


def _image(src: str, block: list[str], rows: list[str]) -> str:
    """An image with its text alternative, and what is below it as the caption."""
    fields = filter(None, (_FIELD.fullmatch(row.strip()) for row in block))
    options = {match[1].strip(): match[2] for match in fields}
    caption = " ".join(filter(None, map(str.strip, rows))).replace('"', "'")
    title = f' "{caption}"' if caption else ""
    return f"![{options.get('alt', '')}]({src}{title})"


def _inline(row: str, targets: dict[str, str]) -> str:
    def named(match: re.Match[str]) -> str:
        said = match[1] or match[2]
        address = targets.get(said.lower())
        return f"[{said}]({address})" if address else match[0]

    parts = _LITERAL.split(row)
    for n in range(0, len(parts), 2):
        parts[n] = _NAMED.sub(named, _LINK.sub(r"[\1](\2)", parts[n]))
        parts[n] = _ROLE.sub(r"\2", parts[n])
    return "".join(p if n % 2 == 0 else f"`{p}`" for n, p in enumerate(parts))
