"""desk: the preview with a page for editors."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import threading
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen.base.diagnostics import SitegenError
from sitegen.cli.build import options
from sitegen.cli.serve import Listening, run_preview
from sitegen.cli.shared import clock, now_option, quiet_option, site_option

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from sitegen.desk.snapshot import Reader
    from sitegen.serve.state import Current

# Editors that need a terminal of their own: the desk has none to give.
IN_TERMINAL = frozenset("vi vim nvim nano pico ed ex emacs mg micro hx helix joe ne mcedit".split())


@click.command("desk")
@site_option
@click.option(
    "-p",
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; the next free one if it is in use.",
)
@click.option("-O", "--open", "open_browser", is_flag=True, help="Open the desk in a browser.")
@click.option(
    "--editor",
    default="",
    metavar="COMMAND",
    help="Program that opens an article (default: $VISUAL, $EDITOR, or that of the system).",
)
@now_option
@quiet_option
def desk_command(site: str, port: int, open_browser: bool, editor: str, **flags: Any) -> None:
    """Judge what came in, and make the next edition of it, in a browser.

    The desk is the preview (`sitegen serve`) with a page at /_desk/: the inbox on the left, the
    edition under way on the right. It changes the Markdown and YAML files that you would edit by
    hand, and nothing else. Only this machine can reach it.

    \b
    Examples:
      sitegen desk --open
      sitegen desk --editor "code --wait"
    """
    now = flags["now"]
    chosen = options(site, "", now, None)
    where = Listening("127.0.0.1", port, open_browser, "/_desk/")
    command = editor or own_editor(os.environ)
    make = partial(_desk, Path(chosen.root), now, command)
    run_preview(chosen, now, where, True, flags["quiet"], {"/_desk/": make})


def own_editor(environment: Mapping[str, str]) -> str:
    """The editor of the environment, unless it needs a terminal."""
    editors = [environment.get(name, "") for name in ("VISUAL", "EDITOR")]
    return next(filter(_has_window, editors), "")


def _has_window(command: str) -> bool:
    """Whether a command is an editor with a window of its own."""
    words = command.split()
    return bool(words) and os.path.basename(words[0]) not in IN_TERMINAL


def _desk(root: Path, now: str, editor: str, current: Current) -> ASGIApp:
    """The application of the desk."""
    from sitegen.desk.snapshot import Reader
    from sitegen.desk.web.answers import Tools
    from sitegen.desk.web.app import Desk, desk_app

    reader = Reader(root, lambda: clock(now))
    threading.Thread(target=_read_ahead, args=(reader,), daemon=True).start()
    tools = Tools(reader, partial(open_file, editor), partial(_send, root, now))
    return desk_app(Desk(tools, current.site.folder, lambda: current.site.path))


def _read_ahead(reader: Reader) -> None:
    """Read the inbox while the browser opens; what is wrong is on the page."""
    with contextlib.suppress(SitegenError, OSError):
        reader.inbox()


def _send(root: Path, now: str, key: str, to: str) -> tuple[str, bool]:
    """Send an edition as `sitegen send` does, or a trial of it ``to`` an address: what became of
    it, and whether all of it went out. Raises SitegenError as that does."""
    from sitegen.cli.send import in_words
    from sitegen.send.model import SendContext, SendOptions
    from sitegen.send.site import check_addresses, send_edition

    options = SendOptions(to=check_addresses((to,)) if to else ())
    report = send_edition(root, "", key, options, SendContext(dict(os.environ), clock(now)))
    return in_words(report), report.complete


def open_file(editor: str, path: Path) -> str:
    """Open a file in ``editor``, or in the program of the system; what went wrong."""
    if not editor:
        failed = click.launch(str(path))
        hint = "name one with --editor, or open it yourself"
        return f"No program opens {path}: {hint}." if failed else ""
    try:
        words = shlex.split(editor)
    except ValueError:
        return f"The command `{editor}` cannot be read: a quote is not closed."
    return _start([*words, str(path)])


def _start(command: Sequence[str]) -> str:
    try:
        subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    except OSError as error:
        return f"{command[0]} cannot be started: {error.strerror}. Name another one with --editor."
    return ""
