"""theme: list themes, check one, start a new one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from sitegen.base.diagnostics import SitegenError, fail
from sitegen.cli.shared import find_site, json_option, site_option
from sitegen.cli.terminal import counted_levels, echo, echo_json, line_width, show, table


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
@click.option("--strict", is_flag=True, help="For `check`: treat warnings as errors.")
@json_option
def theme_command(
    action: str, name: str, site: str, extends: str, strict: bool, as_json: bool
) -> None:
    """List themes, check one, or start a new one.

    `list` shows every theme that this site can use, and where it comes from. `check` looks for
    errors in the theme NAME or FOLDER; without either, in the site's own files below theme/. It
    renders pages of every kind for a sample digest, so an unknown name is reported before a site
    needs that page. `new` creates themes/NAME in the site; it extends another theme and changes
    nothing yet.

    \b
    Examples:
      sitegen theme list
      sitegen theme new evening --extends broadsheet
      sitegen theme check evening
    """
    if action == "list":
        _list(site, as_json)
    elif action == "new":
        _new(site, name, extends)
    else:
        _check(site, name, strict, as_json)


def _site(site: str) -> Path | None:
    """The folder of the site, or None: sitegen's own themes can be checked from anywhere."""
    try:
        return find_site(site)
    except SitegenError:
        if site:
            raise
        return None


def _used(root: Path | None) -> tuple[Any, Any]:
    """The settings and plugins of the site, if there is a site."""
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
    themes, problems = list_themes(theme_places(root, plugins))
    if as_json:
        import msgspec

        echo_json({"themes": [msgspec.structs.asdict(e) for e in themes], "diagnostics": problems})
    else:
        used = config.theme if config else ""
        for line in table([_row(theme, used) for theme in themes], 4, line_width()):
            echo(line)
        show(problems)
    sys.exit(1 if problems else 0)


def _row(theme: Any, used: str) -> tuple[str, ...]:
    """A line of the list; ``used`` is the theme of the site."""
    name = f"{'*' if theme.name == used else ' '} {theme.name}"
    extends = f" (extends {theme.extends})" if theme.extends else ""
    return (
        name,
        theme.version or "-",
        f"api {theme.api}",
        theme.place,
        f"{theme.description}{extends}",
    )


def _check(site: str, name: str, strict: bool, as_json: bool) -> None:
    from sitegen.engine.staleness import failing
    from sitegen.theme.places import find_theme, theme_places
    from sitegen.theme_check.run import Asked, check_theme

    root = _site(site)
    if not name and not root:
        hint = "`sitegen theme list` lists the themes"
        raise fail("theme", "name a theme, or a folder with a theme.yaml", help=hint, exit_status=2)
    config, plugins = _used(root)
    roots = [folder for _, folder in theme_places(root, plugins)]
    folder = Path(name)
    if name and (folder / "theme.yaml").is_file():
        resolved = folder.resolve()
        asked = Asked(resolved.name, (resolved.parent, *roots), folder.as_posix(), plugins=plugins)
    elif name:
        folder = find_theme(name, roots, "the command line")
        own = root is not None and root in folder.parents
        label = folder.relative_to(root).as_posix() if root and own else name
        asked = Asked(name, tuple(roots), label, plugins=plugins)
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
        echo(f"theme {asked.name}: {counted_levels(problems)}")
    sys.exit(1 if failing(problems, strict) else 0)


def _new(site: str, name: str, extends: str) -> None:
    from sitegen.scaffold.theme import new_theme
    from sitegen.theme.places import find_theme, theme_roots

    root = find_site(site)
    _, plugins = _used(root)
    find_theme(extends, theme_roots(root, plugins), "--extends")
    for path in new_theme(root, name, extends):
        echo(f"created {path}")
    echo(f"next: set `theme: {name}` in site.yaml")
