"""A warning for each link and image of an article that leads nowhere, at its line."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from sitegen.base.diagnostics import Diagnostic, SitegenError, problem
from sitegen.base.files import read_bytes
from sitegen.engine.context import BuildContext
from sitegen.engine.inputs import BuildInputs
from sitegen.model.article import Document
from sitegen.model.output import Plan
from sitegen.model.site import Site
from sitegen.site.links import lost
from sitegen.site.resolve import held_back


def dead_links(
    context: BuildContext,
    inputs: BuildInputs,
    documents: list[Document],
    site: Site,
    plan: Plan,
) -> list[Diagnostic]:
    """The links and images of ``site`` that lead to nothing in ``plan``.

    Where a link leads to one of ``documents`` that is not published, the message says why it is
    not.
    """
    config = context.config
    if config.check.get("link") == "off":
        return []
    published = {document.path for document in site.documents}
    reasons = {
        document.path: held_back(document, config, context.now, context.shown)
        for document in documents
        if document.path not in published
    }
    outputs = (item.output for item in plan.items())
    files = (*inputs.sources.media, *inputs.static)
    links = list(lost(site, outputs, files, reasons, config))
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
