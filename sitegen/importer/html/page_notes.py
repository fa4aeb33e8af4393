"""Footnotes of a page: behind the text that refers to them, each with its sign.

Pages keep them in lists at their end, which readers of pages take for a part of the frame.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from sitegen.importer.html.candidates import text_of
from sitegen.importer.html.tree import remove

MOST = 100  # notes of an article; a work of reference with more keeps them as links
_SIGN = re.compile(r"[\[(]?(\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]{1,3})[\])]?", re.IGNORECASE)
_REFERENCES = (
    ".//sup//a[starts-with(@href, '#')] | .//a[starts-with(@href, '#')][sup]"
    " | .//a[starts-with(@href, '#')][contains(@class, 'note') or @role='doc-noteref']"
)
_HOLDERS = frozenset(("p", "li", "td", "dd", "blockquote", "h2", "h3", "h4"))
_NOTES = frozenset(("li", "p", "div", "dd", "aside", "span", "section"))
_MOST_LETTERS = 3_000  # of a note


def keep_notes(tree: Any) -> None:
    """Put the notes of a page behind the paragraphs of the text that refers to them, as paragraphs
    that begin with their signs in brackets."""
    home: Any = None
    moved: list[Any] = []
    references = tree.xpath(_REFERENCES)
    for reference in references if len(references) <= MOST else ():
        found = _noted(tree, reference)
        if found is None or found.note in moved:
            continue
        home = found.holder.getparent() if home is None else home
        _become_paragraph(found.note, found.sign)
        _write_sign(reference, found.sign)
        moved.append(found.note)
    for note in moved:
        remove(note)
        home.append(note)


class _Noted(NamedTuple):
    """The sign of a reference, its note, and the text that holds it."""

    sign: str
    note: Any
    holder: Any


def _noted(tree: Any, reference: Any) -> _Noted | None:
    """What a reference leads to; None where that is no note, or is in the same text."""
    sign = _SIGN.fullmatch(text_of(reference))
    note = _note_of(tree, reference.get("href")[1:]) if sign else None
    holder = next((a for a in reference.iterancestors() if a.tag in _HOLDERS), None)
    if sign is None or note is None or holder is None:
        return None
    is_apart = holder not in (note, *note.iterancestors()) and note not in holder.iterancestors()
    return _Noted(sign[1], note, holder) if is_apart else None


def _note_of(tree: Any, name: str) -> Any:
    """The element of the note with this id, if it is one."""
    found = tree.xpath("//*[@id=$name]", name=name)[:1] if name else []
    element = next((e for e in found if e.tag in _NOTES), None)
    is_note = element is not None and 2 < len(text_of(element)) <= _MOST_LETTERS
    return element if is_note else None


def _become_paragraph(note: Any, sign: str) -> None:
    """Make of a note a paragraph, without the links back to its references."""
    for link in note.xpath(".//a[starts-with(@href, '#')]"):
        if not re.search(r"\w{2}", text_of(link)):
            remove(link)
    for inner in list(note.iter("p", "div", "ol", "ul")):
        inner.tag = "span"
    note.tag = "p"
    note.attrib.clear()
    note.text = f"[{sign}] {(note.text or '').lstrip()}"


def _write_sign(reference: Any, sign: str) -> None:
    """A reference as its sign in brackets, which no number of the text can be taken for."""
    tail, above = reference.tail, reference.getparent()
    is_in_brackets = _words_before(reference).endswith(("[", "("))
    reference.clear()
    reference.tag, reference.tail = "span", tail
    reference.text = sign if is_in_brackets else f"[{sign}]"
    if above is not None and above.tag == "sup":
        above.tag = "span"


def _words_before(element: Any) -> str:
    before, above = element.getprevious(), element.getparent()
    text = before.tail if before is not None else above.text if above is not None else ""
    return (text or "").rstrip()
