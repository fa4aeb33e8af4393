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
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

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


def loaded(output: Path, browser: str) -> list[tuple[str, str, int, float]]:
    """For each query, one after another on one page: the answers, requests and KB."""
    from playwright.sync_api import sync_playwright

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(output)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    out, sizes = [], []
    with sync_playwright() as p:
        tab = p.chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--disable-gpu"]
        ).new_page()
        wire = tab.context.new_cdp_session(tab)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        tab.goto(f"http://127.0.0.1:{server.server_port}/search/")
        tab.wait_for_load_state("networkidle")
        for query in QUERIES:
            sizes.clear()
            tab.fill("#q", query)
            tab.keyboard.press("Enter")
            tab.wait_for_function(
                "/\\d|No article/.test(document.getElementById('found').textContent)"
            )
            tab.wait_for_load_state("networkidle")
            tab.wait_for_timeout(500)
            out.append((query, tab.inner_text("#found"), len(sizes), sum(sizes) / 1024))
    server.shutdown()
    return out


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--lab", default=str(Path(tempfile.gettempdir()) / "sitegen-lab"))
    parser.add_argument("--browser", default="/usr/bin/chromium")
    options = parser.parse_args()
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
        found = []
        for _ in range(runs):
            getattr(lab, scenario)()
            measured = timed(command, lab.site)
            found.append((measured, json.loads(measured.output)))
        wall, cpu, peak = (statistics.median(one[at] for one, _ in found) for at in range(3))
        written = statistics.median(report["written"] for _, report in found)
        indexing = statistics.median(report["stages"].get("search", 0.0) for _, report in found)
        print(
            f"{scenario:12} {wall:6.2f}  {cpu:6.2f}  {indexing:10.2f}  {peak:8.0f} "
            f" {written:13.0f}",
            flush=True,
        )
    if Path(options.browser).exists():
        print(f"{'':12} requests     KB")
        for query, said, requests, size in loaded(lab.site / "output", options.browser):
            print(f"{query:12} {requests:8}  {size:5.0f}  {said}")


if __name__ == "__main__":
    main()
