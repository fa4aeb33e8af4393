"""docs/cli.md, made from the commands: `python -m sitegen.cli.reference > docs/cli.md`."""

from __future__ import annotations

import inspect
import re

import click

from sitegen.cli.main import COMMANDS, cli

_INTRO = """\
# Command line

Made from the commands themselves by `python -m sitegen.cli.reference > docs/cli.md`; a test sees that it keeps up.

Data go to stdout, problems to stderr. \
Exit status: 0 done · 1 problems in content, building or importing · 2 wrong usage or configuration · 130 interrupted. \
The problems are explained in [errors.md](errors.md).

The nearest folder upwards with a `site.yaml` is the site, unless `--site` names another. \
`NO_COLOR` is honoured; with `GITHUB_ACTIONS=true` each problem is also shown beside its line. \
Nothing else is read from the environment, and `--now` stands in for the clock.
"""  # noqa: E501


def reference() -> str:
    """The text of docs/cli.md."""
    parts = [
        _INTRO,
        "\n".join(f"- [`{name}`](#sitegen-{name}): {text}" for name, (_, text) in COMMANDS.items())
        + "\n",
    ]
    with click.Context(cli, info_name="sitegen") as parent:
        for name in COMMANDS:
            command = cli.get_command(parent, name)
            assert command
            parts.append(section(command, click.Context(command, parent, f"sitegen {name}")))
    return "\n".join(parts)


def section(command: click.Command, ctx: click.Context) -> str:
    """One command: usage, what it does, its options."""
    usage = " ".join([f"sitegen {command.name}", *command.collect_usage_pieces(ctx)])
    rows = [
        f"## sitegen {command.name}",
        "",
        "```",
        usage,
        "```",
        "",
        *_paragraphs(inspect.cleandoc(command.help or "")),
        "",
    ]
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if isinstance(parameter, click.Option) and record and "--help" not in parameter.opts:
            rows.append(f"- `{record[0]}`: {' '.join(record[1].split())}")
    return "\n".join(rows) + "\n"


def _paragraphs(text: str) -> list[str]:
    """Help as Markdown: a paragraph that click leaves as it is becomes a block."""
    out = []
    for part in re.split(r"\n\s*\n", text):
        out.append(
            f"```\n{part[1:].strip(chr(10))}\n```"
            if part.startswith("\b")
            else " ".join(part.split())
        )
        out.append("")
    return out[:-1]


if __name__ == "__main__":
    click.echo(reference(), nl=False)
