#!/usr/bin/env python3
"""Kill a worker, or restart the scheduler, at a random moment of builds and imports on a cluster.

kills.py                    20 runs
kills.py --first 21 --runs 5

Builds and imports take turns; in every fourth pair the scheduler is killed and started again. After
each run the site must have the bytes that one machine makes, or, where the command failed, those
that it had before: an import keeps what it has brought. Then the command is run again without a
kill, and must bring the rest. Prints a JSON line for each run, and exits with 1 if one was wrong.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from cluster import files, start, start_worker, wait_for_workers, write_archives
from importing import SITE
from lab import lean_site

ARTICLES = 400
PAGES, SHARDS = 240, 4


class Dask:
    """A scheduler at a port of its own, and two workers without anything that restarts them."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "dask.log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.scheduler = self.start_scheduler()
        self.workers = [self.start_worker(), self.start_worker()]
        wait_for_workers(self.log, 2)

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        return start("scheduler", self.log, "--host", "127.0.0.1", "--port", str(self.port))

    def start_worker(self) -> subprocess.Popen[bytes]:
        return start_worker(self.log, self.address, "--no-nanny")

    def kill_worker(self) -> None:
        self.workers[0].kill()

    def restart_scheduler(self) -> None:
        self.scheduler.kill()
        self.scheduler.wait()
        self.scheduler = self.start_scheduler()

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@contextmanager
def dask(folder: Path) -> Iterator[Dask]:
    """A fresh cluster."""
    with tempfile.TemporaryDirectory(dir=folder) as own:
        running = Dask(Path(own))
        try:
            yield running
        finally:
            running.stop()


class Work(NamedTuple):
    """A command for the site in ``site``, and where what it makes is; ``reset`` makes the site as
    it was before."""

    name: str
    site: Path
    command: list[str]
    place: Path
    reset: Callable[[], None]

    def run(self, *options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "sitegen", *self.command, *options]
        return subprocess.run(command, cwd=self.site, capture_output=True, text=True, check=False)

    def made(self) -> dict[str, bytes]:
        return files(self.place) if self.place.exists() else {}


def building(folder: Path) -> Work:
    """A cold build of a site that was built with another title before."""
    site = folder / "build"
    lean_site(site, ARTICLES)
    settings = site / "site.yaml"
    asked = settings.read_text()
    settings.write_text(asked.replace("title: ", "title: Once ", 1))
    work = Work("build", site, ["build"], site / "output", lambda: None)
    assert not work.run("--jobs", "2").returncode
    settings.write_text(asked)
    names = ("output", ".output.sitegen-files")
    (folder / "before").mkdir()
    for name in names:
        _copy(site / name, folder / "before" / name)

    def reset() -> None:
        shutil.rmtree(site / ".sitegen-cache", ignore_errors=True)
        for name in names:
            _copy(folder / "before" / name, site / name)

    return work._replace(reset=reset)


def _copy(source: Path, target: Path) -> None:
    """Put a copy of a file or folder in the place of ``target``."""
    if source.is_dir():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)


def importing(folder: Path) -> Work:
    """The import of some archives into an empty site."""
    site = folder / "import"
    write_archives(folder / "archives", SHARDS, PAGES)

    def reset() -> None:
        shutil.rmtree(site, ignore_errors=True)
        site.mkdir()
        (site / "site.yaml").write_text(SITE)

    return Work("import", site, ["import", "../archives"], site / "content", reset)


def one_run(seed: int, work: Work, expected: dict[str, bytes], longest: float, folder: Path) -> str:
    """Kill once; what happened, as a line of JSON. Raises AssertionError for other bytes."""
    restart = (seed - 1) // 2 % 4 == 3
    after = random.Random(seed).uniform(0, longest)
    while True:
        work.reset()
        before = work.made()
        done, in_time = killed_after(after, work, restart, folder)
        if in_time:
            break
        after /= 2  # the command was faster than the measured one
    if done.returncode:
        kept = work.made()
        assert kept == before or work.name == "import", f"{seed}: the output has changed"
        assert kept.items() <= (expected | before).items(), f"{seed}: other bytes"
        with dask(folder) as again:
            assert not work.run("--cluster", again.address).returncode, f"{seed}: wedged"
    assert work.made() == expected, f"{seed}: other bytes"
    row = {
        "run": seed,
        "work": work.name,
        "killed": "scheduler" if restart else "worker",
        "after": round(after, 1),
        "outcome": "failed, then completed" if done.returncode else "same bytes",
        "said": said(done.stderr),
    }
    return json.dumps(row)


def killed_after(
    seconds: float, work: Work, restart: bool, folder: Path
) -> tuple[subprocess.CompletedProcess[str], bool]:
    """(the command, whether the kill came while it ran)."""
    ended = threading.Event()
    with dask(folder) as running:
        kill = running.restart_scheduler if restart else running.kill_worker

        def late() -> None:
            if not ended.wait(seconds):
                kill()

        killer = threading.Thread(target=late)
        killer.start()
        began = time.monotonic()
        done = work.run("--cluster", running.address)
        in_time = time.monotonic() - began > seconds
        ended.set()
        killer.join()
    return done, in_time


def said(errors: str) -> list[str]:
    """What a command says of the cluster, beside its progress."""
    lines = [line.strip() for line in errors.splitlines()]
    return [line for line in lines if "cluster: lost" in line or line.startswith(("error", "-->"))]


def measured(work: Work, folder: Path) -> tuple[dict[str, bytes], float]:
    """(what one machine makes, how long a cluster takes)."""
    work.reset()
    assert not work.run("--jobs", "2").returncode
    expected = work.made()
    work.reset()
    with dask(folder) as running:
        began = time.monotonic()
        assert not work.run("--cluster", running.address).returncode
        longest = time.monotonic() - began
    assert work.made() == expected
    return expected, longest


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--runs", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        works = [building(folder), importing(folder)]
        known = [measured(work, folder) for work in works]
        failed = False
        for seed in range(asked.first, asked.first + asked.runs):
            turn = (seed - 1) % 2
            try:
                print(one_run(seed, works[turn], *known[turn], folder), flush=True)
            except AssertionError as error:
                failed = True
                print(json.dumps({"run": seed, "wrong": str(error)}), flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
