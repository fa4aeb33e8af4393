#!/usr/bin/env python3
"""Time builds and imports on a Dask cluster beside those of as many local processes.

cluster.py                                   10,000 articles built, 10,000 pages in 20 WARC files
cluster.py --articles 100000 --pages 0 --runs 1

Starts a scheduler and workers of one thread on this machine. Both ways take turns, and write the
same bytes, which is checked. Prints a JSON line for each command, then a Markdown table of medians.
CPU time is that of all processes: the command, the scheduler, the workers and their nannies; `here`
and `scheduler` are the shares of two of them in it, `peak` is the memory of the command.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from importing import SITE, paragraphs, title
from lab import Lab
from measure import timed

SETTINGS = {"DASK_CONFIG": str(Path(__file__).parents[1] / "examples/cluster/dask.yaml")}
_TICKS = os.sysconf("SC_CLK_TCK")


class Run(NamedTuple):
    """One command."""

    work: str
    way: str
    wall: float
    cpu: float
    here: float
    scheduler: float
    peak_mib: float


class Cluster(NamedTuple):
    """A scheduler at ``address``, and the processes that were started for its workers."""

    address: str
    scheduler: int
    workers: list[int]

    def seconds(self) -> tuple[float, float]:
        """CPU seconds of the scheduler and of the workers until now."""
        return cpu_of_tree(self.scheduler), sum(map(cpu_of_tree, self.workers))


def cpu_of_tree(pid: int) -> float:
    """CPU seconds of a process and of all below it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    ticks = sum(map(int, fields[11:15]))  # utime, stime, and both of children that have ended
    tasks = Path(f"/proc/{pid}/task").iterdir()
    children = [int(one) for task in tasks for one in (task / "children").read_text().split()]
    return ticks / _TICKS + sum(map(cpu_of_tree, children))


def start(kind: str, log: Path, *options: str) -> subprocess.Popen[bytes]:
    """Dask's `scheduler` or a `worker`, which prints to the end of ``log``."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *options]
    with log.open("a") as output:
        environment = os.environ | SETTINGS
        return subprocess.Popen(command, stdout=output, stderr=output, env=environment)


def start_worker(log: Path, *options: str) -> subprocess.Popen[bytes]:
    """A worker of one thread, which keeps its files next to ``log``."""
    return start("worker", log, "--nthreads", "1", "--local-directory", str(log.parent), *options)


def wait_for_workers(log: Path, count: int) -> None:
    """Wait until ``count`` workers have connected to the scheduler."""
    while log.read_text().count("Starting worker compute stream") < count:
        time.sleep(0.1)


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """A scheduler and workers."""
    file, log = folder / "scheduler.json", folder / "dask.log"
    options = ["--scheduler-file", str(file)]
    processes = [start("scheduler", log, "--port", "0", *options)]
    try:
        while not (file.exists() and file.stat().st_size):
            time.sleep(0.1)
        processes += [start_worker(log, *options) for _ in range(workers)]
        wait_for_workers(log, workers)
        scheduler_pid, *worker_pids = [process.pid for process in processes]
        yield Cluster(json.loads(file.read_text())["address"], scheduler_pid, worker_pids)
    finally:
        for process in processes:
            process.kill()
            process.wait()


def write_archives(folder: Path, shards: int, pages: int) -> None:
    """WARC files with pages, packed record by record."""
    folder.mkdir()
    for shard in range(shards):
        with (folder / f"{shard:03}.warc.gz").open("wb") as file:
            for number in range(shard, pages, shards):
                file.write(gzip.compress(record(number)))


def record(number: int) -> bytes:
    """One page as a WARC record."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs(number))
    page = (
        f"<!doctype html><html lang=en><title>{title(number)}</title><h1>{title(number)}</h1>"
        f"<p class=byline>By Ann Ames<p><time datetime=2026-11-{1 + number % 28:02}>then</time>"
        f"<article>{text}</article></html>"
    )
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
    return (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://f.example/{number}\r\n"
        f"WARC-Date: 2026-11-28T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def measured(work: str, way: str, command: list[str], folder: Path, on: Cluster) -> Run:
    """Run ``command`` in ``folder``; what it took of all processes."""
    before = on.seconds()
    result = timed(command, folder)
    scheduler, workers = (after - was for after, was in zip(on.seconds(), before, strict=True))
    cpu = result.cpu + scheduler + workers if way == "cluster" else result.cpu
    share = scheduler / cpu if way == "cluster" else 0.0
    return Run(work, way, result.wall, cpu, result.cpu / cpu, share, result.peak_mib)


def builds(
    folder: Path, on: Cluster, ways: dict[str, list[str]], count: int, runs: int
) -> Iterator[Run]:
    lab = Lab(folder, "lean", count)
    made: dict[str, bytes] = {}
    for _ in range(runs):
        for way, options in ways.items():
            lab.cold()
            command = [sys.executable, "-m", "sitegen", "build", *options]
            yield measured(f"build {count}", way, command, lab.site, on)
            made = made or files(lab.site / "output")
            assert files(lab.site / "output") == made, "other bytes"


def imports(
    folder: Path, on: Cluster, ways: dict[str, list[str]], pages: int, shards: int, runs: int
) -> Iterator[Run]:
    write_archives(folder / "archives", shards, pages)
    made: dict[str, bytes] = {}
    for number in range(runs):
        for way, options in ways.items():
            site = folder / f"import-{number}-{way}"
            site.mkdir()
            (site / "site.yaml").write_text(SITE)
            command = [sys.executable, "-m", "sitegen", "import", *options, "../archives"]
            yield measured(f"import {pages}", way, command, site, on)
            made = made or files(site / "content")
            assert len(made) == pages and files(site / "content") == made, "other bytes"
            shutil.rmtree(site)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--shards", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    rows: list[Run] = []
    with tempfile.TemporaryDirectory() as name, cluster(Path(name), asked.workers) as on:
        ways = {"local": ["--jobs", str(asked.workers)], "cluster": ["--cluster", on.address]}
        folder = Path(name)
        for run in chain(
            builds(folder, on, ways, asked.articles, asked.runs) if asked.articles else (),
            imports(folder, on, ways, asked.pages, asked.shards, asked.runs) if asked.pages else (),
        ):
            rows.append(run)
            print(json.dumps(run._asdict()), flush=True)
    print("\n| work | way | wall s | CPU s | here | scheduler | peak MiB |")
    print("|---|---|---|---|---|---|---|")
    for work, way in dict.fromkeys((run.work, run.way) for run in rows):
        those = [run for run in rows if (run.work, run.way) == (work, way)]
        wall, cpu, here, scheduler, peak = (
            statistics.median(getattr(run, key) for run in those)
            for key in ("wall", "cpu", "here", "scheduler", "peak_mib")
        )
        shares = f"{here:.0%} | {scheduler:.0%}"
        print(f"| {work} | {way} | {wall:.1f} | {cpu:.1f} | {shares} | {peak:.0f} |")


if __name__ == "__main__":
    main()
