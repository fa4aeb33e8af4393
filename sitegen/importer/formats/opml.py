"""OPML: the feeds that a reader's list holds, and how site.yaml would name them."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from sitegen.base.secrets import without_secrets
from sitegen.base.text import slugify
from sitegen.base.yaml import quoted
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.formats.safe_xml import XmlDocument, local
from sitegen.importer.model import FeedOutline
from sitegen.importer.to_markdown import absolute

MAX_FEEDS = 5_000


def read_opml(document: XmlDocument) -> list[FeedOutline]:
    """Every feed of the list, each once, with the folder it is in."""
    root = document.root
    out: dict[str, FeedOutline] = {}
    for element in root.iter() if root is not None else ():
        if local(element) != "outline":
            continue
        feed = absolute(_attribute(element, "xmlurl"), "")
        if not feed or len(out) >= MAX_FEEDS:
            continue
        home = absolute(_attribute(element, "htmlurl"), "")
        above = element.getparent()
        folder = (
            _attribute(above, "title") or _attribute(above, "text") if above is not None else ""
        )
        name = _attribute(element, "title") or _attribute(element, "text") or feed
        out.setdefault(
            feed, FeedOutline(clean_inline(name)[:120], feed, home, clean_inline(folder)[:80])
        )
    return list(out.values())


def suggestion(
    outlines: Iterable[FeedOutline],
    taken: Iterable[str] = (),
    sections: Container[str] = (),
) -> str:
    """The feeds as `sources:` of site.yaml.

    ``taken`` are the keys that it has already. A folder is the section of its feeds if it is one
    of ``sections``, else their tag.
    """
    rows: list[str] = []
    used = set(taken)
    for one in outlines:
        key = base = slugify(one.name)
        number = 2
        while key in used:
            key, number = f"{base}-{number}", number + 1
        used.add(key)
        rows += [
            f"  {key}:",
            f"    name: {quoted(one.name)}",
            *([f"    home: {quoted(without_secrets(one.home))}"] if one.home else []),
        ]
        rows += [f"    feed: {quoted(one.feed)}"]
        if slugify(one.folder) in sections and one.folder:
            rows += [f"    section: {slugify(one.folder)}"]
        elif one.folder:
            rows += [f"    tags: [{quoted(one.folder)}]"]
    return "\n".join(["sources:", *rows]) + "\n" if rows else ""


def _attribute(element: Any, name: str) -> str:
    """An attribute whatever its capitals: programs write `xmlUrl` and `xmlurl`."""
    return next((str(v) for k, v in element.attrib.items() if k.lower() == name), "")
