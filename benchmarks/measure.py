"""Run a command and measure the whole process tree: wall and CPU seconds, peak memory."""

from __future__ import annotations

import resource
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_SAMPLE_SECONDS = 0.05
_SAMPLE_SHARE = 0.02  # of the time at most: counting the pages of a large process takes long


class Measured(NamedTuple):
    """``peak_mib`` is the proportional set size of the process and all below it; ``output`` is
    what the command printed."""

    wall: float
    cpu: float
    peak_mib: float
    output: str


def tree_pss(pid: int) -> float:
    """MiB of memory of a process and all below it; shared pages are counted once."""
    total, stack = 0, [pid]
    while stack:
        one = stack.pop()
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text()
            total += int(text.split("\nPss:")[1].split()[0])
            for task in Path(f"/proc/{one}/task").iterdir():
                stack += map(int, (task / "children").read_text().split())
        except (OSError, IndexError, ProcessLookupError):  # it has just ended
            continue
    return total / 1024


def timed(command: Sequence[str], folder: Path) -> Measured:
    """Run ``command`` in ``folder``; exits if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak, done = 0.0, threading.Event()
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )

    def watch() -> None:
        nonlocal peak
        pause = _SAMPLE_SECONDS
        while not done.wait(pause):
            began = time.thread_time()
            peak = max(peak, tree_pss(process.pid))
            pause = max(_SAMPLE_SECONDS, (time.thread_time() - began) / _SAMPLE_SHARE)

    watcher = threading.Thread(target=watch)
    watcher.start()
    output, errors = process.communicate()
    wall = time.perf_counter() - started
    done.set()
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if process.returncode:
        sys.exit(f"{command} failed with {process.returncode}: {errors[-2000:]}")
    return Measured(wall, cpu, peak, output)
