"""help: the documents, on the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from sitegen.base.diagnostics import SitegenError, fail, nearest_hint
from sitegen.cli.terminal import echo, line_width, table

PACKAGE = Path(__file__).parent.parent
DOCUMENT = re.compile(r"\[[^\]]+\]\(([a-z-]+)\.md(?:#[\w-]+)?\)")  # a link to one, in Markdown
PLACES = (PACKAGE / "docs", PACKAGE.parent / "docs")  # of the wheel, of a checkout


def topics() -> dict[str, Path]:
    """The documents by name."""
    for place in PLACES:
        documents = {path.stem: path for path in sorted(place.glob("*.md"))}
        if documents:
            return documents
    return {}


def complete_topic(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Topics that begin as typed."""
    return [CompletionItem(name) for name in topics() if name.startswith(incomplete)]


def headline(path: Path) -> str:
    """The subject of a document: its first heading."""
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    return first.removeprefix("# ")


def error_help(code: str, documents: dict[str, Path]) -> str:
    """The paragraph of docs/errors.md about an error code; empty if there is none."""
    text = documents["errors"].read_text(encoding="utf-8") if "errors" in documents else ""
    match = re.search(rf"^### `{re.escape(code)}`\n(.*?)(?=^#|\Z)", text, re.M | re.S)
    return match[1].strip() if match else ""


@click.command("help")
@click.argument("topic", default="", shell_complete=complete_topic)
@click.pass_context
def help_command(ctx: click.Context, /, topic: str) -> None:
    """Show the documentation of TOPIC: a document, a command or the code of an error.

    Without TOPIC, list them.

    \b
    Examples:
      sitegen help import
      sitegen help quick-start-letter
      sitegen help front-matter
    """
    from sitegen.cli.main import COMMANDS, cli

    documents = topics()
    name = topic.removesuffix(".md").replace("_", "-")
    of_error = _of_error(name, documents)
    if not name:
        _list_topics(documents, COMMANDS)
    elif name in documents:
        click.echo_via_pager(of_error + documents[name].read_text(encoding="utf-8"))
    elif name in COMMANDS:
        command = cli.get_command(ctx, name)
        assert command is not None
        with click.Context(command, info_name=name, parent=ctx.parent) as inner:
            echo(of_error + command.get_help(inner))
    elif of_error:
        echo(of_error.rstrip("\n"))
    else:
        help = nearest_hint(name, [*documents, *COMMANDS], "`sitegen help` lists the topics")
        raise fail("help", f"no topic `{topic}`", help=help, exit_status=2)


def _of_error(code: str, documents: dict[str, Path]) -> str:
    """What a reader of the message ``error[CODE]`` looks for; empty if there is no such code.

    It comes first where a document or a command has the same name.
    """
    text = error_help(code, documents)
    if not text:
        return ""
    text = DOCUMENT.sub(r"`sitegen help \1`", text)
    wrapped = "\n".join(_wrapped(line) for line in text.split("\n"))
    return f"error[{code}]\n\n{wrapped}\n\n"


def _wrapped(line: str) -> str:
    """A paragraph or an item of a list, which is one line of the document, in lines that fit."""
    indent = "  " if line.startswith("- ") else ""
    return click.wrap_text(line, min(line_width(), 100), subsequent_indent=indent)


def _list_topics(documents: dict[str, Path], commands: Iterable[str]) -> None:
    echo("Topics (`sitegen help TOPIC`):\n")
    rows = [(f"  {stem}", headline(path)) for stem, path in documents.items()]
    for line in table(rows, 1, line_width()):
        echo(line)
    echo("\nCommands (`sitegen COMMAND --help`):\n")
    names = " ".join(commands)
    echo(click.wrap_text(names, min(line_width(), 80), initial_indent="  ", subsequent_indent="  "))
    echo("\nErrors: `sitegen help CODE` explains the code in the brackets of a message.")


@click.command("schema")
@click.argument(
    "kind", default="site", type=click.Choice(["site", "front-matter", "authors", "editions"])
)
def schema_command(kind: str) -> None:
    """Print a JSON Schema, for editors that complete keys and mark errors: of site.yaml, of the
    front matter of articles or of authors' files, or of the records of closed editions. In a site,
    the one of articles has the keys of its taxonomies.

    `sitegen init` writes that of site.yaml to .site.schema.json. After an update of sitegen, write
    it again:

    \b
    Examples:
      sitegen schema > .site.schema.json
      sitegen schema front-matter
    """
    from sitegen.scaffold import front_matter_schema as schemas
    from sitegen.scaffold.schema import site_schema

    made = {
        "site": site_schema,
        "front-matter": lambda: schemas.front_matter_schema(_own_keys()),
        "authors": schemas.authors_schema,
        "editions": schemas.editions_schema,
    }
    echo(made[kind](), newline=False)


def _own_keys() -> tuple[str, ...]:
    """The taxonomies of the site that the command is run in; none outside of a site."""
    from sitegen.cli.shared import find_site
    from sitegen.content.article import own_keys
    from sitegen.engine.site_folder import read_config

    try:
        return tuple(own_keys(read_config(find_site(""))[0]).values())
    except SitegenError:
        return ()
