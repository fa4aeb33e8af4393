#!/usr/bin/env python3
"""Time whole `sitegen deploy` processes of 10,000 files, to a folder and to a store (moto's
server): first, second, after one edit.

deploy.py --files 10000 --runs 3

Each figure is of a whole process, with start-up and build. Needs `pip install -e '.[dev]'`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

SITE = """\
title: Deploying
base_url: https://t.press/
timezone: UTC
deploy:
  folder: {{kind: folder, path: '{lab}/www'}}
  flat: {{kind: folder, path: '{lab}/flat', switch: false}}
  store: {{kind: s3, bucket: bench, endpoint: 'http://127.0.0.1:{port}'}}
"""
NOW = "2026-11-24T12:00:00+00:00"
KEYS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
}


def timed(site: Path, target: str) -> tuple[float, str]:
    """Seconds of one deployment, and what it said."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "sitegen", "deploy", target, "--now", NOW, "--site", str(site)]
    done = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | KEYS, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    return time.perf_counter() - started, done.stdout.strip()


def article(site: Path, number: int, text: str) -> None:
    """Write one article."""
    head = (
        f"title: Article {number}\ndate:"
        f" 2026-11-{1 + number % 20:02}T10:{number % 60:02}:00+00:00\nauthors: [Ann Ames]\n"
    )
    path = site / f"content/world/a{number}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{head}---\n\n{text}\n" + "Many words stand here. " * 100)


def store(port: int) -> subprocess.Popen[bytes]:
    """A running store with an empty bucket."""
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/moto-api/", timeout=1)
            break
        except OSError:
            time.sleep(0.2)
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/bench", method="PUT", headers={"Host": f"127.0.0.1:{port}"}
    )
    urllib.request.urlopen(request).close()
    return process


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    lab = Path(tempfile.mkdtemp())
    site, process = lab / "site", store(port)
    try:
        site.mkdir()
        (site / "site.yaml").write_text(SITE.format(lab=lab, port=port))
        for number in range(int(options.files * 0.93)):
            article(site, number, "A text.")
        for target in ("folder", "flat", "store"):
            print(f"{target:7} first     {timed(site, target)[0]:7.2f} s")
            again = [timed(site, target) for _ in range(options.runs)]
            print(
                f"{target:7} second    {statistics.median(s for s, _ in again):7.2f} s  "
                f" {again[-1][1]}"
            )
            article(site, 7, f"Another text for {target}.")
            seconds, said = timed(site, target)
            print(f"{target:7} one edit  {seconds:7.2f} s   {said}")
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(lab)


if __name__ == "__main__":
    main()
