"""Time the inbox of a site and the desk: listing it, picking from it, and building beside it.

python benchmarks/inbox.py [--articles 1000] [--items 5000]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from corpus import World, article

from sitegen.desk.actions import drop, pick
from sitegen.desk.listing import inbox
from sitegen.desk.snapshot import Reader
from sitegen.desk.web.answers import Tools
from sitegen.desk.web.app import Desk, desk_app
from sitegen.engine.articles import read_documents
from sitegen.importer.model import Imported
from sitegen.importer.place.frontmatter_writer import to_markdown
from sitegen.model.article import Person, Source

SITE = "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\neditions: {kind: weekly}\n"
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


def spent() -> float:
    """Processor seconds of this process and those that it has started."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


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
            start, clock = spent(), time.perf_counter()
            config, articles, _ = read_documents(root)
            found = inbox(root, config, now, articles)
            passed = time.perf_counter() - clock
            took = f"{spent() - start:.2f} s ({passed:.2f} s by the clock)"
            print(f"{what}: {took} for {len(found.items)} items")
        for name, act in (("pick", pick), ("drop", drop)):
            item = found.items[0 if name == "pick" else 1]
            start = time.process_time()
            act(root, config, [item], NOW[:10])
            print(f"{name}: {(time.process_time() - start) * 1_000:.0f} ms")
        asyncio.run(at_the_desk(root))


async def at_the_desk(root: Path) -> None:
    """Print what requests to the desk cost."""
    tools = Tools(Reader(root, lambda: NOW), lambda path: "")
    app = desk_app(Desk(tools, root / "preview"))
    transport = httpx.ASGITransport(app)
    host = "http://localhost"
    async with httpx.AsyncClient(transport=transport, base_url=host) as client:

        async def timed(what: str, method: str, path: str, **given: Any) -> str:
            start, clock = time.process_time(), time.perf_counter()
            answer = await client.request(method, path, headers={"origin": host}, **given)
            spent, passed = time.process_time() - start, time.perf_counter() - clock
            print(f"desk, {what}: {spent * 1_000:.0f} ms ({passed * 1_000:.0f} ms by the clock)")
            assert answer.status_code in (200, 303), answer.text
            return answer.text

        page = await timed("first page of a new process", "GET", "/_desk/")
        await timed("the same page again", "GET", "/_desk/")
        token = re.search(r'name="token" value="([^"]+)"', page)
        items = re.findall(r'name="item" value="([^"]+)"', page)
        assert token
        for what, action, item in (("pick", "pick", items[0]), ("drop", "drop", items[1])):
            fields = {"token": token[1], "one": item}
            await timed(what, "POST", f"/_desk/{action}", data=fields)
            await timed(f"edition after a {what}", "GET", "/_desk/edition")
            await timed(f"page after a {what}", "GET", "/_desk/")


if __name__ == "__main__":
    main()
