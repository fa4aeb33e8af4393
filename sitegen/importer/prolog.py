"""Where an XML document begins: its root element, behind what servers and programs put in front of
it."""

from __future__ import annotations

import re

from sitegen.model.base import Struct

MAX_JUNK = 8_000
_NAME = re.compile(r"<([A-Za-z_][\w.-]{0,60}(?::[A-Za-z_][\w.-]{0,60})?)(?=[\s/>])")
# The roots of the kinds that are read. Only these may have anything but comments before them.
ROOTS = frozenset(
    "rss feed rdf channel opml newsitem newsmessage packageitem nitf entry item".split()
)
_DOCUMENT = re.compile(
    r"<\?xml\s|<(?:\w{1,30}:)?(?:rss|feed|rdf|opml|nitf|newsitem|newsmessage|packageitem)(?=[\s>])",
    re.I,
)


class Prolog(Struct, frozen=True):
    """The root element's place and name (as written), and the text before the document that is not
    part of it."""

    start: int
    name: str
    junk: str = ""

    @property
    def kind(self) -> str:
        """The name without its prefix, in small letters."""
        return self.name.rsplit(":", 1)[-1].lower()


def prolog(text: str) -> Prolog | None:
    """The prolog of an XML document, or None if it has no element.

    A warning of the program that made the document, or the headers of the response it came with,
    may precede it; then only a root of a kind that is read counts.
    Source: https://www.w3.org/TR/xml/#sec-prolog-dtd
    """
    found = _first_element(text, 0)
    if found is not None and found.kind in ROOTS:
        return found
    behind = _DOCUMENT.search(text, 0, MAX_JUNK)
    if behind is not None and behind.start():
        later = _first_element(text, behind.start())
        if later is not None and later.kind in ROOTS:
            return Prolog(later.start, later.name, text[: behind.start()].strip("\ufeff \t\r\n"))
    return found


def _first_element(text: str, at: int) -> Prolog | None:
    """The first element from ``at`` on, behind comments, instructions and the document type; None
    before other text."""
    while True:
        while text[at : at + 1] in ("\ufeff", " ", "\t", "\r", "\n"):
            at += 1
        if text.startswith("<!--", at):
            end = text.find("-->", at + 4) + 3
        elif text.startswith("<?", at):
            end = text.find("?>", at + 2) + 2
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            end = doctype_end(text, at)
        else:
            match = _NAME.match(text, at)
            return Prolog(at, match[1]) if match else None
        if end <= at:
            return None
        at = end


def doctype_end(text: str, at: int) -> int:
    """Where the document type that begins at ``at`` ends, with the entities that it declares; 0
    where it does not."""
    subset = text.find("[", at, at + 2000)
    end = text.find(">", at)
    if 0 <= subset < end:
        close = text.find("]", subset)
        while close >= 0 and text[close + 1 : close + 50].lstrip()[:1] != ">":
            close = text.find("]", close + 1)
        end = text.find(">", close) if close >= 0 else -1
    return end + 1
