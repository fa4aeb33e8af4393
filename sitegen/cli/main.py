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
from sitegen.base.diagnostics import Diagnostic, SitegenError, problem

# name -> (module below sitegen.cli, one line for --help), in the order in which people meet them.
# A module is loaded when its command is used.
TRACEBACK = "SITEGEN_TRACEBACK"  # if set in the environment, the traceback of a bug is printed

COMMANDS = {
    "init": ("init", "Create a new site."),
    "import": ("import_", "Turn copied texts, saved pages and feeds into articles."),
    "inbox": ("inbox", "List what feeds brought, and pick or drop it."),
    "desk": ("desk", "Judge what came in, and make an edition of it, in a browser."),
    "sources": ("sources", "List the feeds and mailboxes of site.yaml and their state."),
    "new": ("new", "Start an article of your own."),
    "list": ("list", "List articles with their date, status, URL and file."),
    "serve": ("serve", "Preview the site in a browser and rebuild it on every change."),
    "build": ("build", "Build the site into output/."),
    "check": ("check", "Check the site for errors, gaps and dead links."),
    "deploy": ("deploy", "Build the site and upload it."),
    "addresses": ("addresses", "Record the URLs of the site, so that none is lost."),
    "edition": ("edition", "List editions, or close them."),
    "send": ("send", "Send a closed edition as e-mail, once."),
    "theme": ("theme", "List themes, check one, or start a new one."),
    "config": ("config", "Show the settings in effect."),
    "explain": ("explain", "Explain why a page would or would not be rebuilt."),
    "clean": ("clean", "Remove the built files and the cache."),
    "help": ("help", "Show the documentation of a command, a topic or an error."),
    "completion": ("completion", "Set up completion of commands in your shell."),
    "schema": ("help", "Print the JSON Schemas of site.yaml and front matter."),
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
    """Turn a collection of news articles into a static website.

    \b
    Start here:
      sitegen init digest            create a site
      cd digest
      sitegen import article.txt     add a copied text or a saved page
      sitegen serve --open           preview the site in a browser
      sitegen build                  write the site to output/

    `sitegen COMMAND --help` shows options and examples; `sitegen help` lists the documentation.
    """


def main() -> None:
    """Entry point; ends the process.

    Exit status: 0 done, 1 errors in content or building, 2 usage or configuration, 130 interrupted.
    """
    gc.disable()  # a command makes much and drops little; `serve` collects between builds
    arguments = sys.argv[1:]
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a letter shows its number
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    _leave(run(arguments))


def run(arguments: list[str]) -> int:
    """Run the command and report what ends it; the exit status."""
    from sitegen.cli.terminal import echo, show

    as_json = "--json" in arguments
    try:
        status = cli.main(arguments, "sitegen", standalone_mode=False)
    except SystemExit as end:  # of a command that has shown its errors
        status = end.code
    except SitegenError as error:
        show(error.diagnostics, as_json)
        return error.exit_status
    except click.Abort:
        echo("interrupted: nothing more was changed", err=True)
        return 130
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        echo(shown.getvalue(), newline=False, err=True)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        show([disk_problem(error)], as_json)
        return 1
    except Exception as error:  # noqa: BLE001
        show([internal_error(error, TRACEBACK in os.environ)], as_json)
        return 1
    return status if isinstance(status, int) else 0


def disk_problem(error: OSError) -> Diagnostic:
    """The diagnostic for a disk that is full, or a folder that must not be written to."""
    hint = "free some disk space or check the file permissions, and run it again"
    message = f"cannot be read or written: {error.strerror or error}"
    return problem("output", message, error.filename or "", help=hint)


def internal_error(error: Exception, verbose: bool) -> Diagnostic:
    """The diagnostic for a bug of sitegen; with ``verbose`` the traceback is printed."""
    import traceback

    if verbose:
        traceback.print_exc()
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(last.filename)}:{last.lineno}"
    hint = (
        f"this is a bug in sitegen: run the command again with {TRACEBACK}=1 in the environment"
        " and report what it prints; nothing was published"
    )
    return problem("internal", f"{type(error).__name__}: {error} ({place})", help=hint)


def _leave(status: int) -> NoReturn:
    """End the process at once: Python would take many seconds to free ten thousand articles."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads any more
        status = status or 1
    os._exit(status)
