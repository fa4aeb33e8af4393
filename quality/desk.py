#!/usr/bin/env python3
"""Look at the desk in Chromium: accessibility by axe in all of its states, in light and dark, at
320, 360 and 1280 px, where nothing may scroll sideways.

    npm install --no-package-lock --prefix quality
    python quality/desk.py
    python quality/desk.py --picture        make docs/desk.webp, too

Prints what is wrong; exit status 1 where anything is. Needs Chromium, `pip install 'playwright'`.
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

from check import FLAGS, served
from PIL import Image

HERE = Path(__file__).parent
PICTURE = HERE.parent / "docs" / "desk.webp"
NOW = "2026-11-26T09:30:00+01:00"
SITE = """\
title: The Harbour Letter
base_url: https://letter.example/
timezone: Europe/Berlin
sections: {harbour: {title: Harbour}, city: {title: City}}
editions: {kind: weekly, title: "Week {week}", email: true}
intake: {status: inbox, rights: excerpt}
sources:
  salm-post: {name: Salm Post, feed: "HOST/salm-post.xml", section: harbour}
  gazette: {name: The Gazette, feed: "HOST/gazette.xml", section: city}
  tide-wire: {name: Tide Wire, feed: "HOST/tide-wire.xml", section: harbour}
"""
CRANES = (
    "The board voted seven to two for four new cranes on the north quay, to be paid for over twelve"
    " years. The first one arrives in spring on a barge from Gdansk, and the old ones go to a"
    " museum that has not been built yet."
)
# Source, day and hour, headline, text.
ITEMS = (
    ("salm-post", "26 06:10", "Harbour board votes for four cranes on the north quay", CRANES),
    (
        "gazette",
        "26 05:40",
        "Board votes for four new harbour cranes on the north quay",
        f"{CRANES} Residents had asked for fewer.",
    ),
    (
        "tide-wire",
        "26 05:15",
        "Night ferry to Quillhaven runs on shore power from May",
        "The ferry lies at the old pier for nine hours a night, and its diesel has kept the street"
        " awake since 2011. A cable of the width of an arm ends that.",
    ),
    (
        "gazette",
        "25 18:00",
        "Council finds 3.1 million euros that nobody had missed",
        "An account for a tram line that was never built had been forgotten since 1998. It earned"
        " interest all the while.",
    ),
    (
        "salm-post",
        "25 16:30",
        "Pilots ask for a second boat before the winter",
        "One boat for eleven pilots is enough in summer, says their speaker, but not in January.",
    ),
    (
        "tide-wire",
        "25 11:20",
        "Herring come back to the inner fjord after forty years",
        "Divers counted eggs on every second stone between the mole and the sugar factory. Nobody"
        " knows for certain why they had left.",
    ),
    (
        "gazette",
        "25 09:05",
        "The swimming hall stays shut until the tiles arrive",
        "The tiles are on a ship, the ship waits for a berth, and the berth is being repaired.",
    ),
    (
        "salm-post",
        "24 20:45",
        "Lighthouse keeper of Old Mole retires after 38 years",
        "She leaves a log of 13,900 nights, of which four are blank.",
    ),
    (
        "tide-wire",
        "24 14:00",
        "Freight through the strait falls for the third quarter",
        "Grain and gravel fell most; wind turbines, which come in three parts each, rose.",
    ),
    (
        "gazette",
        "24 08:30",
        "Schools get one bus more, on the line that has none",
        "From January a bus runs between the island school and the ferry, three times a day.",
    ),
    (
        "salm-post",
        "23 19:10",
        "Fish market moves under a roof of its own old sails",
        "Forty sails were sewn together by hand in the net loft. They keep off rain, not gulls.",
    ),
    (
        "tide-wire",
        "23 10:00",
        "Salvors lift the tug that sank at its own mooring",
        "It had been afloat for sixty years, and under water for nine days.",
    ),
)
COMMENT = "The third vote on this since 2019, and the first one that names a price."
INTRO = "Good morning. Cranes this week, and a ferry that learns to be quiet."


def feed(source: str) -> str:
    """The feed of one source, as RSS."""
    rows = []
    for number, (name, moment, title, text) in enumerate(ITEMS):
        if name == source:
            day, _, hour = moment.partition(" ")
            rows.append(
                f"<item><title>{escape(title)}</title><link>https://{name}.example/{number}</link>"
                "<dc:creator>Ida Holm</dc:creator>"
                f"<pubDate>{day} Nov 2026 {hour}:00 +0100</pubDate>"
                f"<description>{escape(text)}</description></item>"
            )
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{source}</title><link>https://{source}.example/</link>{''.join(rows)}"
        "</channel></rss>"
    )


def make_site(root: Path) -> None:
    """A site whose inbox has what three feeds brought."""
    (root / "content").mkdir()
    (root / "feeds").mkdir()
    for source in ("salm-post", "gazette", "tide-wire"):
        (root / f"feeds/{source}.xml").write_text(feed(source))
    command = [sys.executable, "-m", "sitegen", "import", "-q", "--allow-private", "--now", NOW]
    with served(root / "feeds") as server:
        host = f"http://127.0.0.1:{server.server_port}"
        (root / "site.yaml").write_text(SITE.replace("HOST", host))
        subprocess.run(command, cwd=root, check=True)


@contextmanager
def desk(root: Path) -> Iterator[str]:
    """A running desk; its URL."""
    command = [sys.executable, "-m", "sitegen", "desk", "-p", "0", "--now", NOW]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        line = next(line for line in process.stdout if line.startswith("the desk is at "))
        yield line.split()[-1]
    finally:
        process.terminate()
        process.wait()


def edit(page: Any, url: str) -> None:
    """Pick some items, comment on one, and write an intro, by keys."""
    page.goto(url)
    for words in ("votes for four cranes", "Herring", "Night ferry", "3.1 million"):
        page.locator(f"#inbox .row:has-text('{words}') [data-key=p]").first.click()
        page.locator("#said", has_text="Picked").wait_for()
        page.locator(f"#edition .row:has-text('{words}')").wait_for()
    page.locator("#edition .row:has-text('votes for four') [data-key=c]").click()
    page.get_by_label("What this digest says about it").fill(COMMENT)
    page.get_by_role("button", name="Save").last.click()
    page.locator("#edition .comment", has_text="third vote").wait_for()
    page.locator("#words summary").click()
    page.get_by_label("Intro", exact=True).fill(INTRO)
    page.locator("#words button").click()
    page.locator("#edition .words", has_text="Good morning").wait_for()
    page.locator("#words summary").click()


STATES = {
    "desk": ("", ""),
    "keys": ("", "#keys summary"),
    "words": ("", "#words summary"),
    "e-mail": ("", "#letter summary"),
    "close": ("", "#close summary"),
    "comment": ("", "#inbox [data-key=c]"),
    "reading": ("", "#inbox [data-key=o]"),
    "filter that is none": ("?q=words+<+x", ""),
    "nothing": ("?q=zzz", ""),
    "article": ("read?path={path}", ""),
    "comment without script": ("comment?path={path}", ""),
    "refused": ("read?path=site.yaml", ""),
}


def accessibility(browser: Any, url: str, path: str) -> list[str]:
    """Violations that axe finds in each state, and pages that scroll sideways."""
    axe, wrong = (HERE / "node_modules/axe-core/axe.min.js").read_text(), []
    for scheme in ("light", "dark"):
        for width in (320, 360, 1280):
            page = browser.new_page(
                viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
            )
            for name, (address, opened) in STATES.items():
                page.goto(url + address.format(path=path))
                if opened:
                    page.locator(opened).first.click()
                    page.wait_for_timeout(300)
                place = f"{name}, {scheme}, {width} px"
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    wrong.append(f"{place}: scrolls sideways")
                page.evaluate(axe)
                for one in page.evaluate("axe.run()")["violations"]:
                    wrong.append(f"{place}: {one['id']} ({one['nodes'][0]['html'][:140]})")
            page.close()
    return wrong


def picture(page: Any, url: str) -> None:
    """Write docs/desk.webp."""
    page.goto(url)
    page.keyboard.press("1")
    page.keyboard.press("j")
    data = page.screenshot()
    Image.open(io.BytesIO(data)).save(PICTURE, quality=80, method=6)
    print(f"{PICTURE.name}: {PICTURE.stat().st_size / 1024:.0f} KiB")


def check(with_picture: bool) -> Sequence[str]:
    """What is wrong with the desk."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        root = Path(folder)
        make_site(root)
        chromium = shutil.which("chromium")
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS.split())
        with desk(root) as url:
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            edit(page, url)
            if with_picture:
                picture(page, url)
            path = next((root / "content/_inbox").glob("*.md")).relative_to(root).as_posix()
            wrong = accessibility(browser, url, path)
        browser.close()
    return list(dict.fromkeys(wrong))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--picture", action="store_true", help="make docs/desk.webp, too")
    wrong = check(parser.parse_args().picture)
    print(f"desk: {'ok' if not wrong else f'{len(wrong)} wrong'}")
    print("".join(f"  {one}\n" for one in wrong), end="")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
