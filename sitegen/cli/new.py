"""new."""

from __future__ import annotations

import click

from sitegen.cli.complete import complete_name, complete_section
from sitegen.cli.shared import (
    clock,
    find_site,
    now_option,
    site_option,
)
from sitegen.cli.terminal import echo


@click.command("new")
@click.argument("title")
@site_option
@click.option(
    "--section",
    default="",
    help="Section of the article (default: the first in site.yaml).",
    shell_complete=complete_section,
)
@click.option(
    "--author",
    "authors",
    multiple=True,
    help="Who wrote it; repeatable.",
    shell_complete=complete_name,
)
@click.option(
    "--archetype",
    default="",
    metavar="NAME",
    help="Start from archetypes/NAME.md (default: the section's, else default.md).",
    shell_complete=complete_name,
)
@click.option(
    "--kind",
    type=click.Choice(["article", "page"]),
    default="article",
    show_default=True,
    help="A page is part of the site itself, such as its imprint.",
)
@now_option
def new_command(
    title: str,
    site: str,
    section: str,
    authors: tuple[str, ...],
    archetype: str,
    kind: str,
    now: str,
) -> None:
    """Start an article called TITLE: a draft with its front matter, ready for you to write.

    A site may have archetypes: Markdown files in which {title}, {slug}, {section}, {date}, {day},
    {year}, {author} and {authors} are filled in.

    \b
    Examples:
      sitegen new "Ferry runs again"
      sitegen new "Ferry runs again" --section city --author "Ann Ames"
      sitegen new "About us" --kind page
    """
    from sitegen.engine.site_folder import read_config
    from sitegen.scaffold.article import new, new_page

    root = find_site(site)
    config, _ = read_config(root)
    if kind == "page":
        if section:
            raise click.UsageError("a page is in no section: leave --section out")
        echo(new_page(root, config, title, authors, clock(now), archetype))
        return
    echo(new(root, config, title, section, authors, clock(now), archetype))
