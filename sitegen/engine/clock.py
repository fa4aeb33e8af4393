"""Time and memory of a build."""

from __future__ import annotations

import resource
import sys
import time

from sitegen.base.progress import Progress, silent


class Clock:
    """Seconds spent in each stage; ``progress`` is called at the end of each, and may stop the
    build by raising."""

    def __init__(self, progress: Progress = silent) -> None:
        self.progress = progress
        self.start = self.last = time.perf_counter()
        self.stages: dict[str, float] = {}

    def stage(self, name: str) -> None:
        now = time.perf_counter()
        self.stages[name] = round(now - self.last, 4)
        self.last = now
        self.progress(name, 1, 1)

    def total(self) -> float:
        return round(time.perf_counter() - self.start, 4)


def peak_mib() -> float:
    """Peak memory of this process and its largest child, in MiB."""
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round((own + child) / scale, 1)
