"""The command line: the only layer that reads the clock, the environment and the terminal."""

from __future__ import annotations

import gc
import importlib
import io
import os
import sys
from typing import Any, NoReturn

import click

from sitegen import __version__
from sitegen.base.diagnostics import SitegenError, problem

# name -> (module below sitegen.cli, one line for --help); modules are loaded when their command
# is used
COMMANDS = {
    "init": ("init", "Make a new site in a folder."),
    "new": ("new", "Start an article."),
    "import": ("import_", "Turn scraped texts and saved pages into articles."),
    "build": ("build", "Build the site into output/."),
    "serve": ("serve", "Build the site and show it in a browser."),
    "check": ("check", "Look for what is wrong, missing or doubtful."),
    "deploy": ("deploy", "Build the site and bring it to its host."),
    "edition": ("edition", "Close editions, or list them."),
    "theme": ("theme", "List themes, check one, or start a new one."),
    "list": ("list", "List articles with their date, status and address."),
    "explain": ("explain", "Say why a page would be, or would not be, made again."),
    "config": ("config", "Show the settings in force."),
    "completion": ("completion", "Make the shell complete commands."),
    "schema": ("help", "Print the JSON Schema of site.yaml."),
    "help": ("help", "Show the documentation of a topic."),
    "clean": ("clean", "Remove what builds have written, and the cache."),
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"sitegen.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        from sitegen.base.diagnostics import nearest

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = nearest(args[0], COMMANDS)
            ctx.fail(f"No such command '{args[0]}'." + (f" Did you mean '{near}'?" if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.command(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True
)
@click.version_option(__version__, prog_name="sitegen", message="%(prog)s %(version)s")
def cli() -> None:
    """Turn a heap of collected news into a static digest.

    \b
    A first digest:
      sitegen init digest            make a site
      cd digest
      sitegen import article.txt     turn a copied text or saved page into an article
      sitegen serve --open           look at it
      sitegen build                  write it to output/
    """


def main() -> None:
    """Entry point. Exits with 0 done, 1 problems in content or building, 2 usage or configuration, 130 interrupted."""  # noqa: E501
    from sitegen.cli.shared import echo, show

    gc.disable()  # a command makes much and drops little; `serve` collects between builds
    arguments = sys.argv[1:]
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a letter shows its number
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = cli.main(arguments, standalone_mode=False)
    except SitegenError as error:
        show(error.diagnostics, "--json" in arguments)
        status = error.exit_status
    except click.Abort:
        echo("interrupted: nothing more was changed", err=True)
        status = 130
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        echo(shown.getvalue(), newline=False, err=True)
        status = 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except OSError as error:  # a disk that is full, a folder that may not be written to
        hint = "free some disk space or check the file permissions, and run it again"
        show(
            [
                problem(
                    "output",
                    f"cannot be read or written: {error.strerror or error}",
                    error.filename or "",
                    help=hint,
                )
            ],
            "--json" in arguments,
        )
        status = 1
    except Exception as error:  # noqa: BLE001
        import traceback

        if {"-v", "--verbose"} & set(arguments):
            traceback.print_exc()
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{os.path.basename(last.filename)}:{last.lineno}"
        hint = (
            "this is a bug of sitegen: run again with -v and report what it prints; nothing was"
            " published"
        )
        show(
            [problem("internal", f"{type(error).__name__}: {error} ({place})", help=hint)],
            "--json" in arguments,
        )
        status = 1
    _leave(status if isinstance(status, int) else 0)


def _leave(status: int) -> NoReturn:
    """End the process at once: taking ten thousand articles apart one by one, as Python does, helps nobody."""  # noqa: E501
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads any more
        status = status or 1
    os._exit(status)
