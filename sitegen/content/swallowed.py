"""What CommonMark takes for its own and does not show: cells beside a table, and words that look
like the URL of a link; and images that it does not take for images."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from itertools import pairwise

from sitegen.base.markup import edit_words
from sitegen.content.removals import Removal

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_QUOTED = re.compile(r"^(?: {0,3}>)+ ?")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
_DEFINITION = re.compile(r" {0,3}\[((?!\^)(?:[^\[\]\\]|\\.){1,200})\]:[ \t]*(\S+)")
_COMMENTS = ("#", "<>", "<#>")  # URLs of definitions that are written to hide a remark
_WITH_BLANKS = re.compile(r"!\[[^\[\]]{0,200}\]\(([^()<>]{1,200}\.\w{2,5})\)")


def swallowed(text: str, html: str) -> list[Removal]:
    """What of the Markdown ``text`` is not shown in ``html``, which CommonMark has made of it.

    Most texts have none of the signs that are looked for first, and pay nothing.
    """
    out: list[Removal] = []
    if "<table" in html and "|" in text:
        out += [Removal("cells", cells) for cells in _lost_cells(text)]
    if "]:" in text:
        out += [Removal("definition", label) for label in _unused_definitions(text, html)]
    if "](" in html:
        out += [Removal("blanks", name) for name in _images_with_blanks(html)]
    return out


def _lost_cells(text: str) -> Iterator[str]:
    """The words behind the last column of a table, by row: GitHub's tables leave them out."""
    columns = 0  # of the table that is being read
    for above, line in pairwise(["", *_prose(text)]):
        cells = _cells(line)
        beyond = cells[columns:]
        if "|" not in line:
            columns = 0
        elif _is_rule(line, above):
            columns = len(cells)
        elif columns and any(beyond):
            yield " | ".join(beyond)


def _is_rule(line: str, above: str) -> bool:
    """Whether a line is the rule below the head of a table."""
    return bool(_RULE.fullmatch(line)) and len(_cells(line)) == len(_cells(above))


def _cells(line: str) -> list[str]:
    row = line.strip().removeprefix("|")
    if row.endswith("|") and not row.endswith("\\|"):
        row = row[:-1]
    return [cell.strip() for cell in _BETWEEN_CELLS.split(row)]


def _unused_definitions(text: str, html: str) -> Iterator[str]:
    """The labels of lines such as `[label]: url` that no link refers to."""
    for line in _prose(text):
        match = _DEFINITION.match(line)
        if not match or match[2] in _COMMENTS:
            continue
        label = match[1]
        shown = f"[{escape(label, quote=False)}]:" in html
        if not shown and _times_named(label, text) < 2:
            yield label


def _times_named(label: str, text: str) -> int:
    """How often ``label`` is in brackets, in any case and with any blanks."""
    words = r"\s+".join(map(re.escape, label.split()))
    return len(re.findall(rf"\[\s*{words}\s*\]", text, re.IGNORECASE))


def _images_with_blanks(html: str) -> list[str]:
    """The files of images that are shown as they are written, as their names hold blanks."""
    found: list[str] = []

    def noted(words: str) -> str:
        found.extend(unescape(name) for name in _WITH_BLANKS.findall(words) if " " in name.strip())
        return words

    edit_words(html, noted)
    return found


def _prose(text: str) -> Iterator[str]:
    """The lines of ``text`` outside of fenced code, without the signs of quotes before them."""
    fence = ""
    for row in text.split("\n"):
        line = _QUOTED.sub("", row)
        match = _FENCE.match(line)
        if fence:
            closes = match and match[1].startswith(fence) and not line.strip(" " + fence[0])
            fence = "" if closes else fence
        elif match:
            fence = match[1]
        else:
            yield line
