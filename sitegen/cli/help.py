"""help: the documents, on the terminal."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from sitegen.base.diagnostics import fail, nearest
from sitegen.cli.shared import echo

PACKAGE = Path(__file__).parent.parent
PLACES = (PACKAGE / "docs", PACKAGE.parent / "docs")  # of the wheel, of a checkout


def topics() -> dict[str, Path]:
    """The documents by name."""
    for place in PLACES:
        found = {path.stem: path for path in sorted(place.glob("*.md"))}
        if found:
            return found
    return {}


def complete_topic(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Topics that begin as typed."""
    return [CompletionItem(name) for name in topics() if name.startswith(incomplete)]


def headline(path: Path) -> str:
    """What a document is about: its first heading."""
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    return first.removeprefix("# ")


@click.command("help")
@click.argument("topic", default="", shell_complete=complete_topic)
@click.pass_context
def help_command(ctx: click.Context, /, topic: str) -> None:
    """Show the documentation of TOPIC, a command or a document; without TOPIC list them."""
    from sitegen.cli.main import COMMANDS, cli

    documents = topics()
    name = topic.removesuffix(".md").replace("_", "-")
    if not name:
        echo("Topics (`sitegen help TOPIC`):\n")
        for stem, path in documents.items():
            echo(f"  {stem:18} {headline(path)}")
        echo("\nCommands (`sitegen COMMAND --help`):\n\n  " + " ".join(COMMANDS))
    elif name in documents:
        click.echo_via_pager(documents[name].read_text(encoding="utf-8"))
    elif name in COMMANDS:
        command = cli.get_command(ctx, name)
        assert command is not None
        with click.Context(command, info_name=name, parent=ctx.parent) as inner:
            echo(command.get_help(inner))
    else:
        near = nearest(name, [*documents, *COMMANDS])
        help = f"did you mean `{near}`?" if near else "`sitegen help` lists the topics"
        raise fail("help", f"no topic `{topic}`", help=help, exit_status=2)


@click.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of site.yaml, for editors.

    `sitegen init` writes it to .site.schema.json; after an update of sitegen write it again:
    sitegen schema > .site.schema.json
    """
    from sitegen.scaffold.schema import site_schema

    echo(site_schema(), newline=False)
