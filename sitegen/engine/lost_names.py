"""What articles and series of editions name in vain, at its line."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from sitegen.base.diagnostics import Diagnostic, SitegenError, problem
from sitegen.base.files import read_bytes, utf8
from sitegen.content.frontmatter import decode, read_front_matter
from sitegen.engine.context import BuildContext
from sitegen.engine.dead_links import TextLines
from sitegen.model.site import Listing, Site
from sitegen.site.references import idle_bounds, vain_names
from sitegen.site.resolve import held_back


def lost_names(context: BuildContext, site: Site, closed: Collection[str]) -> list[Diagnostic]:
    """What the published articles of ``site`` name in vain; ``closed`` are the keys of closed
    editions."""
    config = context.config

    def unpublished() -> dict[str, str]:
        held = ((d, held_back(d, config, context.now, context.shown)) for d in outlines())
        return {name: why for d, why in held if why for name in (d.id, d.path) if name}

    outlines = context.store.outlines
    return [
        problem(
            found.code,
            found.message,
            found.path,
            _line(context.root, found.path, found.key),
            1,
            found.help,
            level=found.level,
        )
        for found in vain_names(site, config, closed, unpublished)
    ]


def _line(root: Path, path: str, key: str) -> int:
    """The line of ``key`` in the front matter of an article; 1 where it cannot be found."""
    try:
        text = decode(read_bytes(root / path, path), path)
        return read_front_matter(text, path).lines.get(key, 1)
    except SitegenError:
        return 1


def idle_settings(context: BuildContext, listings: Iterable[Listing]) -> list[Diagnostic]:
    """The sections and tags that series of editions and languages ask for in vain."""
    found = list(idle_bounds(listings, context.config))
    if not found:
        return []
    text = utf8(read_bytes(context.root / "site.yaml", "site.yaml"), "site.yaml", "config")
    return [
        problem(
            "series",
            one.message,
            "site.yaml",
            _line_below(text, one.key, one.name),
            1,
            one.help,
            level=one.level,
        )
        for one in found
    ]


def _line_below(text: str, key: str, name: str) -> int:
    """The line of ``name`` below the top-level ``key`` of the YAML ``text``."""
    above, found, below = f"\n{text}".partition(f"\n{key}:")
    return above.count("\n") + TextLines(below).line_with(name) if found else 1
