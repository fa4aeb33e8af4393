"""A Dask cluster of processes on this machine, forked from one that has imported what they need."""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SECONDS = 90  # until a process of the cluster must be ready
PROGRAMS = {kind: f"distributed.cli.dask_{kind}" for kind in ("scheduler", "worker")}
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([*PROGRAMS.values(), "sitegen.engine.build", "sitegen.importer.run"])


class DaskCluster:
    """A scheduler and workers of one thread each, with what they need in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.workers: list[ForkServerProcess] = []
        self.scheduler = self._started(
            "scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(self.file)
        )
        wait_for(lambda: self.file.is_file() and self.file.stat().st_size > 0)
        self.address: str = json.loads(self.file.read_text())["address"]

    def add_worker(self, room: int = 0) -> ForkServerProcess:
        """Start a worker; without a nanny, which would start it again when it is killed.

        With ``room`` it can write no file of more KiB, as on a disk that is full.
        """
        worker = self._started(
            "worker",
            self.address,
            "--nthreads=1",
            "--no-dashboard",
            "--no-nanny",
            f"--local-directory={self.folder}",
            room=room,
        )
        self.workers.append(worker)
        return worker

    def workers_seen(self) -> int:
        """How many workers have connected until now."""
        return (self.folder / "scheduler.log").read_text().count("Starting worker compute stream")

    def stop(self) -> None:
        """Kill all processes."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.join()

    def _started(self, kind: str, *arguments: str, room: int = 0) -> ForkServerProcess:
        log = str(self.folder / f"{kind}.log")
        given = (kind, arguments, dict(os.environ), log, room)
        process = FORKS.Process(target=run_program, args=given, daemon=True)
        process.start()
        return process


def run_program(
    kind: str, arguments: tuple[str, ...], environment: dict[str, str], log: str, room: int
) -> None:
    """Be Dask's scheduler or a worker, which prints to ``log``."""
    os.environ.clear()
    os.environ.update(environment)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.chdir(ROOT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if room:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room * 1024, room * 1024))
    importlib.import_module(PROGRAMS[kind]).main(arguments)


def wait_for(ready: Callable[[], bool]) -> None:
    """Wait until ``ready()`` is true."""
    end = time.monotonic() + SECONDS
    while not ready():
        assert time.monotonic() < end, "the cluster is not ready"
        time.sleep(0.05)


@contextmanager
def dask_cluster(folder: Path, workers: int = 2) -> Iterator[DaskCluster]:
    """A cluster with ``workers`` that have connected to the scheduler."""
    cluster = DaskCluster(folder)
    try:
        for _ in range(workers):
            cluster.add_worker()
        wait_for(lambda: cluster.workers_seen() >= workers)
        yield cluster
    finally:
        cluster.stop()
