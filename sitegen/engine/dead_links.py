"""A warning for each link and image of an article that leads nowhere, at its line."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote, unquote

from msgspec.structs import replace

from sitegen.base.diagnostics import Diagnostic, SitegenError, problem
from sitegen.base.files import read_bytes
from sitegen.engine.context import BuildContext
from sitegen.engine.inputs import BuildInputs
from sitegen.model.article import Document
from sitegen.model.site import Site
from sitegen.site.links import Places, lost, places
from sitegen.site.resolve import card, finished, held_back, known_names


def dead_links(
    context: BuildContext,
    inputs: BuildInputs,
    site: Site,
    outputs: Iterable[str],
    paths: Iterable[str] | None = None,
) -> list[Diagnostic]:
    """The links and images of the articles of ``site`` that lead to none of ``outputs``; only those
    of the articles at ``paths``, where they are given.

    Where a link leads to an article that is not published, the message says why it is not.
    """
    config, store = context.reading, context.store
    if config.check.get("link") == "off":
        return []
    published = frozenset(site.paths)
    finish = partial(finished, facts=site.facts, config=config, names=known_names(config))
    files = (*inputs.sources.media, *inputs.static)

    def shown(outlines: Iterable[Document | None]) -> Iterator[Document]:
        return (outline for outline in outlines if outline and outline.path in published)

    def unpublished() -> dict[str, str]:
        held = (outline for outline in store.outlines() if outline.path not in published)
        return {o.path: held_back(o, config, context.now, context.shown) for o in held}

    def known() -> Places:
        documents = tuple(map(finish, shown(store.outlines())))
        cards = tuple(card(document, config, site.facts) for document in documents)
        return places(replace(site, documents=documents, cards=cards), inputs.sources.media, config)

    looked_at = shown(store.outlines() if paths is None else map(store.outline, paths))
    links = list(lost(looked_at, finish, outputs, files, unpublished, known, config))
    texts = {path: TextLines(_text(context.root, path)) for path in {link.path for link in links}}
    return [
        problem(
            "link",
            link.message,
            link.path,
            texts[link.path].line_with(link.written),
            1,
            link.help,
            level="warning",
        )
        for link in links
    ]


def _text(root: Path, path: str) -> str:
    try:
        return read_bytes(root / path, path).decode("utf-8", "replace")
    except SitegenError:
        return ""


class TextLines:
    """The lines of a text, in which links are looked for one behind the other, as they are written:
    each from the one before, so that thousands of them take no time that grows with the square."""

    def __init__(self, text: str) -> None:
        self.text = "\n".join(text.splitlines())
        self.ends = [match.start() for match in re.finditer("\n", self.text)]
        self.last = 0

    def line_with(self, written: str) -> int:
        """The number of the next line that holds ``written``, as it is or percent-encoded, or else
        of the first one; 1 where none does."""
        for start in (self.last, 0):
            for form in (written, unquote(written), quote(written)):
                at = self.text.find(form, start)
                if at >= 0:
                    self.last = at + 1
                    return bisect_left(self.ends, at) + 1
        return 1
