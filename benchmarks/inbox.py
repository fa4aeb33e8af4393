"""Time the inbox of a site: listing it, picking from it, and building beside it.

python benchmarks/inbox.py [--articles 1000] [--items 5000]
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from corpus import World, article

from sitegen.desk.actions import drop, pick
from sitegen.desk.listing import inbox
from sitegen.engine.articles import read_documents
from sitegen.importer.model import Imported
from sitegen.importer.place.frontmatter_writer import to_markdown
from sitegen.model.article import Person, Source

SITE = "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n"
NOW = "2026-11-25T12:00:00+01:00"


def fill(root: Path, folder: str, first: int, count: int) -> None:
    """Write articles as an import writes them."""
    world = World()
    (root / "content" / folder).mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        one = article(world, number)
        url = f"https://outlet-{number % 40}.example/{number}"
        found = Imported(
            title=one.title,
            date=f"2026-11-{number % 24 + 1:02}T{number % 24:02}:{number % 60:02}:00+01:00",
            authors=(Person(one.authors[0]),),
            source=Source(f"Outlet {number % 40}", url),
            canonical=url,
            tags=tuple(one.tags),
            body=f"{one.body.replace('![', '[')}\n",
        )
        text = to_markdown(found, origin="feed", key=f"{number:016x}", section="news")
        (root / "content" / folder / f"{number}-{one.slug}.md").write_text(text)


def build(root: Path) -> float:
    """Processor seconds of a build of which nothing has changed."""
    command = [sys.executable, "-m", "sitegen", "build", "-q", "--now", NOW, "-s", str(root)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print processor times."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=1_000)
    options.add_argument("--items", type=int, default=5_000)
    said = options.parse_args()
    now = datetime.fromisoformat(NOW).timestamp()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "site.yaml").write_text(SITE)
        fill(root, "news", 0, said.articles)
        build(root)
        print(f"build without an inbox: {min(build(root) for _ in range(3)):.2f} s")
        fill(root, "_inbox", said.articles, said.items)
        print(f"build with {said.items} items waiting: {min(build(root) for _ in range(3)):.2f} s")
        for what in ("list, read for the first time", "list", "list"):
            start = time.process_time()
            config, articles, _ = read_documents(root)
            found = inbox(root, config, now, articles)
            print(f"{what}: {time.process_time() - start:.2f} s for {len(found.items)} items")
        for name, act in (("pick", pick), ("drop", drop)):
            item = found.items[0 if name == "pick" else 1]
            start = time.process_time()
            act(root, config, [item], NOW[:10])
            print(f"{name}: {(time.process_time() - start) * 1_000:.0f} ms")


if __name__ == "__main__":
    main()
