"""Time the import of many feed items and of many copied texts, on one machine and as a user runs
it.

python benchmarks/importing.py [--count 10000] [--jobs 2]

Makes its own sources (sentences put together by number), imports them into a fresh site by `sitegen
import`, and once more, when nothing has changed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from html import escape
from pathlib import Path

WORDS = (
    "harbour council ferry crane pilot night market bridge school winter river budget mayor station"
    " library coast storm vote".split()
)
NAMES = "Ann Ames|Bo Berg|Cara Dahl|Eva Falk|Gina Holt|Hans Iversen|Jo Kerr|Kim Lund|Max Nord|Ruta Lind".split(  # noqa: E501
    "|"
)
SITE = "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n"


def sentence(n: int) -> str:
    a, b, c = (WORDS[(n * k + k) % len(WORDS)] for k in (3, 5, 7))
    return (
        f"The {a} of the town stays open for another year, the {b} said on Monday, although the {c}"
        " had asked for more time and money."
    )


def paragraphs(n: int) -> list[str]:
    return [" ".join(sentence(n * 31 + p * 7 + s) for s in range(3)) for p in range(8)]


def title(n: int) -> str:
    return f"The {WORDS[n % 18]} and the {WORDS[(n // 18) % 18]} meet for the {n}th time"


def feed(count: int) -> str:
    items = "".join(
        f"<item><title>{title(n)}</title><link>https://f.example/{n}</link>"
        f"<dc:creator>{NAMES[n % 10]} and {NAMES[(n + 3) % 10]}</dc:creator>"
        f"<pubDate>Mon, 23 Nov 2026 {n % 24:02}:{n % 60:02}:00 +0100</pubDate><description>"
        + escape("".join(f"<p>{p}</p>" for p in paragraphs(n)))
        + "</description></item>"
        for n in range(count)
    )
    head = (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>F</title>'
    )
    return head + items + "</channel></rss>"


def clipping(n: int) -> str:
    head = [
        title(n),
        "2 hours ago",
        "Share",
        "Image",
        "The quay in the evening.",
        f"Credit...{NAMES[(n + 1) % 10]}/Salm Pictures",
        "",
    ]
    head += [f"By {NAMES[n % 10]}", f"Nov. {n % 28 + 1}, 2026, {n % 12 + 1}:15 p.m. ET", ""]
    return "\n".join(head) + "\n\n".join(paragraphs(n)) + "\n\nSign up for our newsletter\n"


def timed(site: Path, source: Path, jobs: int) -> float:
    start = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "sitegen",
        "import",
        str(source),
        "--site",
        str(site),
        "--jobs",
        str(jobs),
        "-q",
    ]
    subprocess.run(command, check=True)
    return time.perf_counter() - start


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--count", type=int, default=10_000)
    ap.add_argument("--jobs", type=int, default=2)
    args = ap.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "feed.xml").write_text(feed(args.count))
        (folder / "texts").mkdir()
        for n in range(args.count):
            (folder / f"texts/{n}.txt").write_text(clipping(n))
        print(
            f"{'':14}{'first':>10}{'again':>10}   seconds for {args.count} with {args.jobs}"
            " processes"
        )
        for source in ("feed.xml", "texts"):
            site = folder / f"site-{source}"
            (site / "content").mkdir(parents=True)
            (site / "site.yaml").write_text(SITE)
            first, again = (timed(site, folder / source, args.jobs) for _ in range(2))
            made = sum(1 for _ in (site / "content/news").glob("*.md"))
            print(f"{source:14}{first:10.1f}{again:10.1f}   {made} articles")


if __name__ == "__main__":
    main()
