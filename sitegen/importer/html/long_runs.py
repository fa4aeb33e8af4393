"""Long runs of equal elements, such as the 50,000 paragraphs of a protocol.

What finds the text of a page weighs each element against others. It needs no more than the two ends
of such a run, and some of its steps take time that grows with the square of what they get. So the
middle is set aside, and comes back behind what was before it, where that is text.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import Any, NamedTuple

from sitegen.importer.html.embeds import EMBEDS
from sitegen.importer.html.tree import remove

LONG_PAGE = 5_000  # elements that hold text
LONG = 300  # elements of one kind beside each other
_KEPT = 60  # of them at each end
_TEXTS = ("p", "div", "section", "li", "tr", "blockquote", "pre", "br")
_PARTS = {"li": "ul", "tr": "table"}
_WHOLE = frozenset("p div section article blockquote pre ul ol dl h2 h3 h4".split()).union(_PARTS)
_SHOWN = ("img", "amp-img", "picture", "figure", "script", "form", *EMBEDS)


class Run(NamedTuple):
    """Elements that were taken out of a page, and the one before them; ``is_part`` says that they
    are of one list or table."""

    behind: Any
    elements: list[Any]
    is_part: bool = False


def set_aside(tree: Any) -> list[Run]:
    """Take the middle of long runs out of the tree of a long page, in its order.

    What shows something, and its neighbours, which may be its caption, stay.
    """
    if next(islice(tree.iter(*_TEXTS), LONG_PAGE, None), None) is None:
        return []
    parents = [element for element in tree.iter() if len(element) > LONG]
    return [run for parent in parents for run in _runs_of(parent)]


def _runs_of(parent: Any) -> list[Run]:
    _end_lines(parent)
    children = list(parent)
    counts = Counter(map(_kind, children))
    plain = [counts[_kind(child)] > _KEPT and _is_plain(child) for child in children]
    whole = _PARTS.get(children[_KEPT].tag)  # comes back as a second list, so nothing is behind it
    end = len(children) - (0 if whole else _KEPT)
    runs: list[Run] = []
    before = None
    for number in range(_KEPT, end):
        if not all(plain[number - 1 : number + 2]):
            continue
        if before != number - 1:
            runs.append(Run(children[number - 1], []))
        runs[-1].elements.append(children[number])
        before = number
    for run in runs:
        for element in run.elements:
            element.tail = None
            remove(element)
    return [_as_whole(run, whole) for run in runs] if whole else runs


def _as_whole(run: Run, whole: str) -> Run:
    """The items of a list, or the rows of a table, in one of their own."""
    holder = run.behind.makeelement(whole)
    holder.extend(run.elements)
    return Run(run.behind, [holder], True)


def _end_lines(parent: Any) -> None:
    """Make paragraphs of many lines that end with `br`, each of which is one in Markdown too."""
    lines = [
        child
        for child in parent.iterchildren("br")
        if child.getnext() is not None and child.getnext().tag == "br"
    ]
    if len(lines) > LONG:
        _begin_lines(lines[0])
        for line in lines:
            line.tag, line.text, line.tail = "p", line.tail, None


def _begin_lines(line: Any) -> None:
    """Make the text before the first ``line`` a paragraph, too."""
    parent, before = line.getparent(), line.getprevious()
    first = parent.makeelement("p")
    if before is None:
        first.text, parent.text = parent.text, None
    else:
        first.text, before.tail = before.tail, None
    line.addprevious(first)


def _kind(element: Any) -> tuple[str, str]:
    return str(element.tag), element.get("class", "")


def _is_plain(element: Any) -> bool:
    """Whether an element holds nothing but text."""
    if element.tag not in _WHOLE or (element.tail or "").strip():
        return False
    return not len(element) or next(element.iter(*_SHOWN), None) is None


__all__ = ["LONG", "LONG_PAGE", "Run", "set_aside"]
