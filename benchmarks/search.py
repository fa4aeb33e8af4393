#!/usr/bin/env python3
"""What search costs: whole `sitegen build` processes on a synthetic corpus, and what a browser
loads to search in it.

search.py --n 10000 --runs 5

Each edit adds a line to the newest or the oldest (`first`) article,
or withdraws one from the middle and brings it back; builds without search are those of `build.py`.
The second table, of what a browser loads, needs Playwright and Chromium.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import tempfile
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any, NamedTuple

from answering import answering
from lab import Lab
from measure import timed

QUERIES = ("harbour", "crane", "the harbour")


class Searched(Lab):
    """A corpus with search, whose articles are known by date."""

    def __init__(self, folder: Path, count: int) -> None:
        super().__init__(folder, "init-search", count)
        self.by_date = sorted(
            self.articles, key=lambda path: re.findall(r"^date: *(.*)$", path.read_text(), re.M)[0]
        )

    def newest(self) -> None:
        self.add(self.by_date[-1])

    def first(self) -> None:
        self.add(self.by_date[0])

    def add(self, path: Path) -> None:
        path.write_text(path.read_text() + f"\nOne more line, {self.random.random()}.\n")

    def withdrawn(self) -> None:
        path = self.by_date[len(self.by_date) // 2]
        there, other = "\nstatus: published\n", "\nstatus: withdrawn\n"
        text = path.read_text()
        path.write_text(
            text.replace(there, other, 1) if there in text else text.replace(other, there, 1)
        )


class Files(SimpleHTTPRequestHandler):
    """A static host."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Loaded(NamedTuple):
    """What a query costs, and what the page says of its hits."""

    query: str
    said: str
    requests: int
    kilobytes: float


def loaded(output: Path, browser: str) -> list[Loaded]:
    """The queries, one after another on one page."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu"]
    with answering(partial(Files, directory=str(output))) as url, sync_playwright() as p:
        tab = p.chromium.launch(executable_path=browser, args=flags).new_page()
        sizes = counted(tab)
        tab.goto(f"{url}/search/")
        tab.wait_for_load_state("networkidle")
        return [asked(tab, query, sizes) for query in QUERIES]


def counted(tab: Any) -> list[int]:
    """The bytes of each answer that ``tab`` gets, from now on."""
    sizes: list[int] = []
    wire = tab.context.new_cdp_session(tab)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    return sizes


def asked(tab: Any, query: str, sizes: list[int]) -> Loaded:
    """What one query costs; ``sizes`` are those of the answers, counted from here."""
    sizes.clear()
    tab.fill("#q", query)
    tab.keyboard.press("Enter")
    tab.wait_for_function("/\\d|No article/.test(document.getElementById('found').textContent)")
    tab.wait_for_load_state("networkidle")
    tab.wait_for_timeout(500)
    return Loaded(query, tab.inner_text("#found"), len(sizes), sum(sizes) / 1024)


def row(lab: Searched, scenario: str, runs: int, command: list[str]) -> str:
    """A line of the table: the medians of some builds after the same kind of edit."""
    found = []
    for _ in range(runs):
        getattr(lab, scenario)()
        measured = timed(command, lab.site)
        found.append((measured, json.loads(measured.output)))
    wall, cpu, peak = (statistics.median(one[at] for one, _ in found) for at in range(3))
    written = statistics.median(report["written"] for _, report in found)
    indexing = statistics.median(report["stages"].get("search", 0.0) for _, report in found)
    return f"{scenario:12} {wall:6.2f}  {cpu:6.2f}  {indexing:10.2f}  {peak:8.0f}  {written:13.0f}"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--lab", default=str(Path(tempfile.gettempdir()) / "sitegen-lab"))
    parser.add_argument("--browser", default="/usr/bin/chromium")
    return parser.parse_args()


def main() -> None:
    """Print both tables."""
    options = arguments()
    folder = Path(options.lab)
    folder.mkdir(parents=True, exist_ok=True)
    lab = Searched(folder, options.n)
    command = [*lab.command, "-j", str(options.jobs)]
    print(f"{'':12} wall s   CPU s  indexing s  peak MiB  files written")
    for scenario, runs in (
        ("cold", 1),
        ("nothing", options.runs),
        ("newest", options.runs),
        ("first", options.runs),
        ("withdrawn", 2),
    ):
        print(row(lab, scenario, runs, command), flush=True)
    if Path(options.browser).exists():
        print(f"{'':12} requests     KB")
        for query, said, requests, size in loaded(lab.site / "output", options.browser):
            print(f"{query:12} {requests:8}  {size:5.0f}  {said}")


if __name__ == "__main__":
    main()
