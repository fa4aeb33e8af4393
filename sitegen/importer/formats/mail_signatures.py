"""The signature of a mail in HTML, which mail programs mark by a class or an id."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from sitegen.base.text import count_words
from sitegen.importer.html.tree import parse_tree, remove

# Gmail, Thunderbird, Apple Mail, Outlook, Proton Mail, Yahoo, and others by the same word
_NAMED = re.compile(r"signature", re.IGNORECASE)
_QUOTED = re.compile(r"quote|cite|divRplyFwdMsg|appendonsend", re.IGNORECASE)
_PREFIX = re.compile(r"\s*--\s*")
MOST_WORDS = 80


class Unsigned(NamedTuple):
    """The HTML of a mail without the signatures that were taken out of it, and those."""

    html: str
    signatures: tuple[str, ...] = ()


def without_signatures(html: str) -> Unsigned:
    """``html`` without the signatures below its text.

    One is marked as such, has few words, and no text comes after it but what is quoted. A mail that
    is nothing else keeps it.
    """
    if not _NAMED.search(html):
        return Unsigned(html)
    tree = parse_tree(f"<div>{html}</div>")
    if tree is None:
        return Unsigned(html)
    said = [text for element in _outermost(tree) if (text := _taken_out(element, tree))]
    if not said:
        return Unsigned(html)
    from lxml.html import tostring

    return Unsigned(tostring(tree, encoding="unicode"), tuple(said))


def _outermost(tree: Any) -> list[Any]:
    """The elements that are marked as signatures, without those in each other."""
    marked = [e for e in tree.iter() if isinstance(e.tag, str) and _NAMED.search(_names(e))]
    return [e for e in marked if not any(above in marked for above in e.iterancestors())]


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _taken_out(element: Any, tree: Any) -> str:
    """The words of a signature, which is taken out of ``tree``; empty for one that may be text."""
    words = _words(element)
    if count_words(words) > MOST_WORDS or not _words_before(element) or _words_after(element):
        return ""
    remove(element)
    return _PREFIX.sub("", words, count=1) if words else ""


def _words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _words_before(element: Any) -> bool:
    return bool(" ".join(element.xpath("preceding::text()")).strip())


def _words_after(element: Any) -> str:
    """The words behind an element that are not quoted, and no signature."""
    texts = element.xpath("following::text()")
    return " ".join(text for text in texts if text.strip() and not _is_beside(text))


def _is_beside(text: Any) -> bool:
    """Whether a text is in a quotation or a signature."""
    holder = text.getparent()
    above = (*(() if text.is_tail else (holder,)), *holder.iterancestors())
    names = (f"{e.tag} {_names(e)}" for e in above if isinstance(e.tag, str))
    return any(_QUOTED.search(name) or _NAMED.search(name) for name in names)
