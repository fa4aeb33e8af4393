"""Where themes are found by name."""

from __future__ import annotations

import tomllib
from pathlib import Path

from sitegen.base.diagnostics import SitegenError, nearest_hint, problem
from sitegen.base.files import is_there
from sitegen.plugins import Plugin, package_folder


def find_theme(name: str, roots: list[Path], asked_by: str = "site.yaml") -> Path:
    """The folder of theme ``name`` in the first root that has it, whether or not it can be read.

    Raises SitegenError (exit status 2) with the names of all themes.
    """
    for root in roots:
        if is_there(root / name / "theme.yaml"):
            return root / name
    names = theme_names(roots)
    hint = nearest_hint(name, names, f"choose from: {', '.join(names) or 'none'}")
    empty = next((root / name for root in roots if is_there(root / name)), None)
    why = f": {place_of(empty)} has no theme.yaml" if empty else ""
    raise SitegenError(problem("theme", f"no theme `{name}`{why}", asked_by, help=hint), 2)


def place_of(folder: Path) -> str:
    """The folder of a theme as messages name it: `themes/NAME`."""
    return "/".join(folder.parts[-2:])


def theme_names(roots: list[Path]) -> list[str]:
    """The names of all themes, sorted."""
    return sorted({p.parent.name for root in roots for p in root.glob("*/theme.yaml")})


def theme_roots(root: Path, plugins: tuple[Plugin, ...] = ()) -> list[Path]:
    """Where themes are looked for: the site, installed plugins, sitegen itself."""
    return [folder for _, folder in theme_places(root, plugins)]


def theme_places(root: Path | None, plugins: tuple[Plugin, ...] = ()) -> list[tuple[str, Path]]:
    """The folders that themes lie in, each with what it belongs to: `site`, a plugin, or
    `sitegen`."""
    brought = [
        (f"plugin {p.name}", folder / "themes") for p in plugins if (folder := package_folder(p))
    ]
    own = [("sitegen", folder) for folder in own_themes(Path(__file__).parent.parent)]
    return [*([("site", root / "themes")] if root else []), *brought, *own]


def own_themes(package: Path) -> list[Path]:
    """Where the themes of sitegen are: in its package, and beside that in a checkout of its
    sources.

    Beside an installed package is what others have installed.
    """
    try:
        project = tomllib.loads((package.parent / "pyproject.toml").read_text("utf-8"))["project"]
        is_checkout = project["scripts"]["sitegen"] == "sitegen.cli.main:main"
    except (OSError, ValueError, LookupError, TypeError):
        is_checkout = False
    return [package / "themes", *([package.parent / "themes"] if is_checkout else [])]
