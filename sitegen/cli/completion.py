"""completion: the script that makes a shell complete commands, and its installation."""

from __future__ import annotations

import os
from pathlib import Path

import click

from sitegen.base.diagnostics import fail
from sitegen.base.files import write_whole
from sitegen.cli.terminal import echo

# shell -> where it looks for the completions of a command by itself, below the home folder
PLACES = {
    "bash": ".local/share/bash-completion/completions/sitegen",
    "zsh": ".zfunc/_sitegen",
    "fish": ".config/fish/completions/sitegen.fish",
}
ZSH_LINES = "fpath=(~/.zfunc $fpath)\nautoload -Uz compinit && compinit\n"


@click.command("completion")
@click.argument("shell", type=click.Choice(list(PLACES)), required=False)
@click.option(
    "--install", is_flag=True, help="Write the script to the folder where the shell looks for it."
)
def completion_command(shell: str | None, install: bool) -> None:
    """Print the script that lets SHELL (default: yours) complete commands, options and names.

    \b
    Examples:
      sitegen completion --install
      sitegen completion zsh > ~/.zfunc/_sitegen
    """
    shell = shell or own_shell()
    script = completion_script(shell)
    if not install:
        echo(script)
        return
    path = Path.home() / PLACES[shell]
    try:
        write_whole(path, script.encode())
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise fail("completion", message, str(path), help="check the file permissions") from None
    echo(f"created {path}")
    if shell == "zsh":
        install_zsh_lines()
    echo("Open a new terminal to use it.")


def own_shell() -> str:
    """The user's shell, from $SHELL.

    Raises SitegenError (exit status 2) for a shell that has no completion.
    """
    name = os.path.basename(os.environ.get("SHELL", ""))
    if name not in PLACES:
        help = "name one: sitegen completion bash, zsh or fish"
        raise fail("completion", f"no completion for the shell `{name}`", help=help, exit_status=2)
    return name


def completion_script(shell: str) -> str:
    """The script for one of `PLACES`."""
    from click.shell_completion import get_completion_class

    from sitegen.cli.main import cli

    kind = get_completion_class(shell)
    assert kind is not None
    return kind(cli, {}, "sitegen", "_SITEGEN_COMPLETE").source()


def install_zsh_lines() -> None:
    """Have zsh look in ~/.zfunc, unless its settings name the folder already."""
    settings = Path.home() / ".zshrc"
    text = settings.read_text(encoding="utf-8") if settings.exists() else ""
    if ".zfunc" not in text:
        write_whole(settings, (text + ("\n" if text else "") + ZSH_LINES).encode())
        echo(f"added two lines to {settings}")
