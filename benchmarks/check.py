#!/usr/bin/env python3
"""Time whole `sitegen check` processes on a synthetic corpus with things to find: cold, warm, and
after one edit.

check.py --n 10000 --runs 5

One article in a
hundred gets a broken link and a picture without alternative text. Each figure is of a whole
process, start-up included.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus import write_corpus


def timed(site: Path) -> tuple[float, float, int]:
    """Wall and CPU seconds of one check, and the number of things it found."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "sitegen",
        "check",
        "--json",
        "--now",
        "2026-11-24T12:00:00+00:00",
        "--site",
        str(site),
    ]
    done = subprocess.run(command, capture_output=True, check=False)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode())
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, len(json.loads(done.stdout)["diagnostics"])


def corpus(folder: Path, count: int) -> list[Path]:
    """The articles of a corpus, made unless it exists."""
    if not folder.exists():
        write_corpus(folder, count, "plain")
        for path in sorted(folder.glob("content/**/*.md"))[::100]:
            with path.open("a") as file:
                file.write("\nA [link](/world/nowhere/) and ![](/images/drawing-00.svg).\n")
        time.sleep(2.1)  # so that the files are old enough to be trusted
    return sorted(folder.glob("content/**/*.md"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--n", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--lab", default=str(Path(tempfile.gettempdir()) / "sitegen-lab"))
    options = parser.parse_args()
    site = Path(options.lab) / f"check-{options.n}"
    articles = corpus(site, options.n)
    rows: dict[str, list[tuple[float, float, int]]] = {"cold": [], "warm": [], "one edit": []}
    shutil.rmtree(site / ".sitegen-cache", ignore_errors=True)
    rows["cold"].append(timed(site))
    for number in range(options.runs):
        rows["warm"].append(timed(site))
        path = articles[number * 7 % len(articles)]
        path.write_text(path.read_text() + "\nOne more line.\n")
        rows["one edit"].append(timed(site))
        time.sleep(2.1)
        timed(site)
    print(f"{'':10} {'wall s':>8} {'CPU s':>8} {'found':>8}")
    for name, results in rows.items():
        wall, cpu, found = (statistics.median(r[i] for r in results) for i in range(3))
        print(f"{name:10} {wall:8.2f} {cpu:8.2f} {found:8.0f}")


if __name__ == "__main__":
    main()
