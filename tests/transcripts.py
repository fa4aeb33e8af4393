"""Documents whose steps tests carry out: files to write, and commands with what they print.

A file is a fenced block after a line with its name, "`name`:". A `console` block has commands after
"$ " and what they print; `…` stands for anything within a line, and a line of `…` alone for any
number of lines.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import fork_server

STEP = re.compile(r"(?:`([\w./-]+)`:\n\n)?^```(\w+)\n(.*?)^```$", re.M | re.S)
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.M)


def matching(shown: str, said: str) -> bool:
    """Whether a command printed what is shown."""
    pattern = re.escape(shown)
    pattern = re.sub(r"^…\\\n", r"(?:[^\\n]*\\n)*?", pattern, flags=re.M)
    return re.fullmatch(pattern.replace("…", r"[^\n]*"), said) is not None


def carry_out(text: str, folder: Path, tools: str = "") -> int:
    """Carry out the steps of ``text`` in ``folder``, with the programs of ``tools``; the number of
    commands.

    Without ``tools``, those of the folder SITEGEN_BIN, else the `sitegen` of the fork server.
    """
    here = folder
    tools = tools or os.environ.get("SITEGEN_BIN", "") or fork_server().programs()
    places = (tools, str(Path(sys.executable).parent), os.environ["PATH"])
    environment = os.environ | {
        "PATH": os.pathsep.join(places),
        "HOME": str(folder),
        "PAGER": "cat",
    }
    commands = 0
    for name, kind, body in STEP.findall(text):
        if kind != "console":
            if name:
                path = here / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(body, "utf-8")
            continue
        for command, shown in COMMAND.findall(body):
            commands += 1
            if command.startswith("cd "):
                here = here / command[3:]
                continue
            done = subprocess.run(
                command,
                shell=True,
                cwd=here,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            said = done.stderr + done.stdout
            assert matching(shown, said), f"{command}\n{said}"
            assert done.returncode == (1 if "error[" in shown else 0), f"{command}\n{said}"
    return commands
