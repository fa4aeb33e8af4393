#!/usr/bin/env python3
"""Measure the installation, and the two commands of the README, in a fresh clone.

setup.py            sizes of the environments; the first command until it shows the front page
setup.py --tests    also the second command, with all tests

The clone holds what is committed. Seconds are those of the clock and of the processor, with all
processes of a step. Prints a Markdown table. Packages come from the package index, and from pip's
cache where it has them; --no-cache measures without it.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PORT = 8123
SECONDS_TO_WAIT = 900


class Step(NamedTuple):
    """What a step took, and the environment that it left."""

    name: str
    wall: float
    cpu: float
    packages: int
    size: int

    def row(self) -> str:
        cells = (self.name, f"{self.wall:.0f}", f"{self.cpu:.0f}", self.packages, self.size)
        return "| " + " | ".join(map(str, cells)) + " |"


def readme_commands() -> list[str]:
    """The commands of the README that start with an environment."""
    return re.findall(r"^    (python3 -m venv .*)$", (ROOT / "README.md").read_text(), re.M)


def mebibytes(folder: Path) -> int:
    """What the files below ``folder`` take on the disk, in units of 2^20 bytes (`du -sm`)."""
    files = [path.lstat() for path in folder.rglob("*") if not path.is_dir()]
    return round(sum(file.st_blocks * 512 for file in files) / 2**20)


def measure(name: str, clone: Path, work: Callable[[], object]) -> Step:
    """Run ``work``, which makes the environment .venv of ``clone``."""
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    wall, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    packages = list((clone / ".venv/lib").glob("python*/site-packages/*.dist-info"))
    return Step(name, wall, cpu, len(packages), mebibytes(clone / ".venv"))


def run(command: str, clone: Path, environment: dict[str, str]) -> None:
    """Run a command of the README in ``clone``."""
    subprocess.run(["bash", "-c", command], cwd=clone, env=environment, check=True)


def show(command: str, clone: Path, environment: dict[str, str]) -> None:
    """Run the first command, which ends with the preview, until that shows the front page."""
    shown = f"http://localhost:{PORT}/"
    server = subprocess.Popen(
        ["bash", "-c", f"{command} --port {PORT}"],
        cwd=clone,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(shown, server)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until ``url`` answers with a page."""
    until = time.monotonic() + SECONDS_TO_WAIT
    while time.monotonic() < until:
        try:
            if b"</html>" in urllib.request.urlopen(url).read():
                return
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
    sys.exit(f"{url} was not shown")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tests", action="store_true")
    parser.add_argument("--no-cache", action="store_true")
    options = parser.parse_args()
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if options.no_cache:
        environment["PIP_NO_CACHE_DIR"] = "1"
    first, second = readme_commands()
    light = "python3 -m venv .venv && .venv/bin/pip install -q ."
    install, tests = second.rsplit(" && ", 1)
    plan: list[tuple[str, Callable[..., None], str]] = [
        ("light installation", run, light),
        ("first command, until the front page is shown", show, first),
        ("second command: installation", run, install),
    ]
    if options.tests:
        plan.append(("second command: tests", run, tests))
    rows = []
    with tempfile.TemporaryDirectory() as name:
        clone = Path(name) / "clone"
        for title, work, command in plan:
            if command != tests:
                subprocess.run(["rm", "-rf", str(clone)], check=True)
                subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
            rows.append(measure(title, clone, lambda w=work, c=command: w(c, clone, environment)))
    print("| Step | Seconds | CPU seconds | Packages | Environment, MiB |\n|---|---|---|---|---|")
    print("\n".join(row.row() for row in rows))


if __name__ == "__main__":
    main()
