"""A Dask cluster of processes on this machine."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SECONDS = 90  # until a process of the cluster must be ready


class DaskCluster:
    """A scheduler and workers of one thread each, with what they need in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.workers: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._started(
            "scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(self.file)
        )
        wait_for(lambda: self.file.is_file() and self.file.stat().st_size > 0)
        self.address: str = json.loads(self.file.read_text())["address"]

    def add_worker(self, room: int = 0) -> subprocess.Popen[bytes]:
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
            before=f"ulimit -f {room}; " if room else "",
        )
        self.workers.append(worker)
        return worker

    def workers_seen(self) -> int:
        """How many workers have connected until now."""
        return (self.folder / "scheduler.log").read_text().count("Starting worker compute stream")

    def stop(self) -> None:
        """Kill all processes."""
        for process in (*self.workers, self.scheduler):
            process.send_signal(signal.SIGKILL)
            process.wait()

    def _started(self, kind: str, *arguments: str, before: str = "") -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments]
        with (self.folder / f"{kind}.log").open("ab") as log:
            return subprocess.Popen(
                ["bash", "-c", f'{before}exec "$@"', "bash", *command],
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )


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
