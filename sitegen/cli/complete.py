"""What the shell completes: sections, tags, authors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sitegen.cli.shared import find_site


def _settings(ctx: click.Context) -> tuple[Path, Any] | None:
    """The folder and settings of the site of a line to be completed, or None."""
    from sitegen.base.diagnostics import SitegenError
    from sitegen.engine.site_folder import read_config

    try:
        root = find_site(ctx.params.get("site") or "")
        return root, read_config(root)[0]
    except SitegenError:
        return None


def complete_section(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Completions of a section: those in site.yaml and the folders of articles."""
    if not (site := _settings(ctx)):
        return []
    root, config = site
    folders = {
        p.parent.name
        for p in (root / config.content).glob("*/*.md")
        if p.parent.name[0] not in "._"
    }
    return sorted(n for n in {*config.sections, *folders} if n.startswith(incomplete))


def complete_name(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Completions of a name: authors, sources, targets and keys of site.yaml, archetypes."""
    if not (site := _settings(ctx)):
        return []
    root, config = site
    names = {
        "authors": [a.name for a in config.authors.values()],
        "author": [a.name for a in config.authors.values()],
        "source": list(config.sources),
        "target": list(config.deploy),
        "key": list(config.__struct_fields__),
        "archetype": [p.stem for p in (root / "archetypes").glob("*.md")],
    }
    return sorted(
        n for n in names[parameter.name or ""] if n.lower().startswith(incomplete.lower())
    )


section_option = click.option(
    "--section", default="", help="Only this section.", shell_complete=complete_section
)
