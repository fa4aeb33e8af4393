"""A warning for each link and image of an article that leads nowhere, at its line."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from msgspec.structs import replace

from sitegen.base.diagnostics import Diagnostic, SitegenError, problem
from sitegen.base.files import read_bytes
from sitegen.engine.context import BuildContext
from sitegen.engine.inputs import BuildInputs
from sitegen.model.site import Site
from sitegen.site.links import Places, lost, places
from sitegen.site.resolve import author_names, card, finished, held_back


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
    config, outlines = context.config, context.store.outlines
    if config.check.get("link") == "off":
        return []
    published, names = frozenset(site.paths), author_names(config)
    looked_at = outlines() if paths is None else filter(None, map(context.store.outline, paths))
    shown = (outline for outline in looked_at if outline.path in published)

    def unpublished() -> dict[str, str]:
        return {
            outline.path: held_back(outline, config, context.now, context.shown)
            for outline in outlines()
            if outline.path not in published
        }

    finish = partial(finished, facts=site.facts, config=config, names=names)
    files = (*inputs.sources.media, *inputs.static)

    def known() -> Places:
        documents = tuple(finish(outline) for outline in outlines() if outline.path in published)
        cards = tuple(card(document, config, site.facts) for document in documents)
        return places(replace(site, documents=documents, cards=cards), inputs.sources.media, config)

    links = list(lost(shown, finish, outputs, files, unpublished, known, config))
    lines = {path: _lines(context.root, path) for path in {link.path for link in links}}
    return [
        problem(
            "link",
            link.message,
            link.path,
            line_with(link.written, lines[link.path]),
            1,
            link.help,
            level="warning",
        )
        for link in links
    ]


def _lines(root: Path, path: str) -> list[str]:
    try:
        return read_bytes(root / path, path).decode("utf-8", "replace").splitlines()
    except SitegenError:
        return []


def line_with(text: str, lines: list[str]) -> int:
    """The number of the first of ``lines`` that holds ``text``, as it is or percent-encoded; 1
    where none does."""
    forms = (text, unquote(text))
    for number, line in enumerate(lines, 1):
        if any(form in line for form in forms):
            return number
    return 1
