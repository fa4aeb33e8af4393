"""What articles and settings name in vain, at its line."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from pathlib import Path

from sitegen.base.diagnostics import Diagnostic, SitegenError, problem
from sitegen.base.files import read_bytes
from sitegen.content.discover import PEOPLE
from sitegen.content.frontmatter import decode, read_front_matter
from sitegen.engine.context import BuildContext
from sitegen.engine.dead_links import TextLines
from sitegen.engine.inputs import BuildInputs
from sitegen.model.site import Site
from sitegen.site.references import VainSetting, vain_names, vain_settings
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


def vain_in_settings(
    context: BuildContext, inputs: BuildInputs, site: Site, outputs: Iterable[str]
) -> list[Diagnostic]:
    """What the settings of ``site`` name in vain; ``outputs`` are its files."""
    config, templates = context.config, context.theme.templates.values()

    def paths() -> set[str]:
        files = [found.path for found in (*inputs.sources.media, *inputs.static)]
        folders = [path.removeprefix(config.content).removeprefix("static") for path in files]
        return {unicodedata.normalize("NFC", path) for path in folders} | {f"/{o}" for o in outputs}

    found = vain_settings(site.listings, config, templates, paths)
    return [_in_settings(context, one) for one in found]


def _in_settings(context: BuildContext, found: VainSetting) -> Diagnostic:
    """What is reported of a setting, at its line in site.yaml or in the file of an author."""
    place, key = "site.yaml", f"\n{found.key}:"
    own_file = f"{context.config.content}/{PEOPLE}/{found.person}.md"
    if found.person and (context.root / own_file).is_file():
        place, key = own_file, "\nphoto:"
    text = read_bytes(context.root / place, place).decode("utf-8", "replace")
    line = _line_below(text, key, found.name)
    return problem("setting", found.message, place, line, 1, found.help, level=found.level)


def _line_below(text: str, key: str, name: str) -> int:
    """The line of ``name`` from the one that begins with ``key``."""
    start = f"\n{text}".find(key)
    if start < 0:
        return 1
    return text[:start].count("\n") + TextLines(text[start:]).line_with(name)
