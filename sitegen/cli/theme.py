"""theme: the themes there are, whether one keeps to the rules, and the start of a new one."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import click

from sitegen.base.diagnostics import Diagnostic, SitegenError, fail
from sitegen.base.text import counted
from sitegen.cli.shared import echo, echo_json, find_site, json_option, show, site_option


@click.command("theme")
@click.argument("action", type=click.Choice(["list", "check", "new"]))
@click.argument("name", default="", metavar="[NAME|FOLDER]")
@site_option
@click.option(
    "--extends",
    default="base",
    show_default=True,
    metavar="NAME",
    help="For `new`: the theme to start from.",
)
@click.option("--strict", is_flag=True, help="For `check`: exit with 1 for warnings, too.")
@json_option
def theme_command(
    action: str, name: str, site: str, extends: str, strict: bool, as_json: bool
) -> None:
    """List themes, check one, or start a new one.

    `list` shows every theme that a site here can use, with where it comes from. `check` looks for what is wrong in the
    theme NAME, or in FOLDER; without either, in the site's own files below theme/ and how they fit its theme. It makes
    pages of every kind for a sample digest, so names that there are not are found before a site needs the page.
    `new` makes themes/NAME in the site, which extends another theme and changes nothing yet.
    """  # noqa: E501
    if action == "list":
        _list(site, as_json)
    elif action == "new":
        _new(site, name, extends)
    else:
        _check(site, name, strict, as_json)


def _site(site: str) -> Path | None:
    """The folder of the site here, or None: sitegen's own themes can be looked at from anywhere."""
    try:
        return find_site(site)
    except SitegenError:
        if site:
            raise
        return None


def _used(root: Path | None) -> tuple[Any, Any]:
    """The settings and plugins of the site; nothing where there is none."""
    if not root:
        return None, ()
    from sitegen.engine.site_folder import read_config
    from sitegen.plugins import find_plugins

    config, _ = read_config(root)
    return config, find_plugins(root, config.plugins)


def _list(site: str, as_json: bool) -> None:
    from sitegen.theme.places import theme_places
    from sitegen.theme_check.run import list_themes

    root = _site(site)
    config, plugins = _used(root)
    found, problems = list_themes(theme_places(root, plugins))
    if as_json:
        import msgspec

        echo_json({"themes": [msgspec.structs.asdict(e) for e in found], "diagnostics": problems})
    else:
        for e in found:
            mark = "*" if config and config.theme == e.name else " "
            more = f" (extends {e.extends})" if e.extends else ""
            echo(
                f"{mark} {e.name:14} {e.version or '-':8} api {e.api}  {e.place:10}"
                f" {e.description}{more}"
            )
        show(problems)
    sys.exit(1 if problems else 0)


def _check(site: str, name: str, strict: bool, as_json: bool) -> None:
    from sitegen.engine.staleness import failing
    from sitegen.theme.places import find_theme, theme_places
    from sitegen.theme_check.run import Asked, check_theme

    root = _site(site)
    if not name and not root:
        hint = "`sitegen theme list` shows the themes there are"
        raise fail("theme", "name a theme, or a folder with a theme.yaml", help=hint, exit_status=2)
    config, plugins = _used(root)
    roots = [folder for _, folder in theme_places(root, plugins)]
    folder = Path(name)
    if name and (folder / "theme.yaml").is_file():
        resolved = folder.resolve()
        asked = Asked(resolved.name, (resolved.parent, *roots), folder.as_posix(), plugins=plugins)
    elif name:
        found = find_theme(name, roots, "the command line")
        shown = found.relative_to(root).as_posix() if root and root in found.parents else name
        asked = Asked(name, tuple(roots), shown, plugins=plugins)
    else:
        asked = Asked(
            config.theme,
            tuple(roots),
            config.theme,
            root,
            config.theme_options,
            config.language,
            plugins,
        )
    problems = check_theme(asked)
    if as_json:
        echo_json({"theme": asked.name, "diagnostics": problems})
    else:
        show(problems)
        echo(f"theme {asked.name}: {_counted(problems)}")
    sys.exit(1 if failing(problems, strict) else 0)


def _counted(problems: list[Diagnostic]) -> str:
    levels = Counter(d.level for d in problems)
    said = [counted(levels[name], name) for name in ("error", "warning", "note") if levels[name]]
    return ", ".join(said) or "nothing found"


def _new(site: str, name: str, extends: str) -> None:
    from sitegen.scaffold.theme import new_theme
    from sitegen.theme.places import find_theme, theme_roots

    root = find_site(site)
    _, plugins = _used(root)
    find_theme(extends, theme_roots(root, plugins), "--extends")
    for path in new_theme(root, name, extends):
        echo(f"made {path}")
    echo(f"next: write `theme: {name}` into site.yaml")
