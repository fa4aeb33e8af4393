#!/usr/bin/env python3
"""Judge the pages of the sample digest, and of a site of 60 imported articles, in every theme, as
readers, machines and people with aids meet them.

    npm install --no-package-lock --prefix quality
    python quality/check.py                                     every theme, every check
    python quality/check.py --theme wire --skip lighthouse
    python quality/check.py --only lighthouse
    python quality/check.py --site imported

Markup by the Nu checker, accessibility by axe (360 and 1280 px; all rules in light colours, those
of colour in dark ones) and Lighthouse (mobile), weight, requests, links, feeds, times of lists,
size of targets, reflow at 320 px, motion, forced colours, search, and reading without JavaScript.
Needs Java, Node.js and Chromium. Prints what is wrong and a line for each check; exit status 1
where anything is wrong.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlencode, urljoin, urlsplit
from zoneinfo import ZoneInfo

import imported
import yaml

Pages = dict[str, str]  # by what they are: their paths
Found = dict[str, list[str]]  # by kinds of checks: what is wrong
Look = Callable[[Any], list[str]]
HERE = Path(__file__).parent
ROOT = HERE.parent
WORKERS = 2 * (os.cpu_count() or 1)  # half of what a check does is waiting for pages
AXE = HERE / "node_modules/axe-core/axe.min.js"
THEMES = ("broadsheet", "brief", "magazine", "wire", "board")
NOW = "2026-11-25T12:00:00+00:00"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)
KINDS = (
    "pages",
    "markup",
    "links",
    "feeds",
    "times",
    "accessibility",
    "weight",
    "handling",
    "motion",
    "forced colours",
    "print",
    "script",
    "search",
    "lighthouse",
)
PAGES = {
    "front": "/",
    "article": "/harbour/2026/11/24/quay-nine-cranes/",
    "right to left": "/ar/science/2026/11/22/seagrass-meadow-ar/",
    "front in German": "/de/",
    "front in Arabic": "/ar/",
    "front in Japanese": "/ja/",
    "section": "/harbour/",
    "tags": "/tags/",
    "tag": "/tag/cranes/",
    "places": "/places/",
    "place": "/places/salm/harbour/",
    "series": "/series/the-cranes/",
    "author": "/author/ines-calder/",
    "source": "/source/tideline-wire/",
    "archive": "/archive/",
    "year": "/archive/2026/",
    "month": "/archive/2026/11/",
    "editions": "/editions/",
    "edition": "/edition/2026-w47/",
    "story": "/story/budget-night/",
    "corrections": "/corrections/",
    "absent": "/404.html",
    "search": "/search/",
}
# What the sample does not have, and other sites do.
SETTINGS = """
taxonomies: {places: {profile: Place}, series: {ordered: true}}
languages: {de: {title: Der Hafen}, ar: {title: الميناء}, ja: {title: 港}}
"""
KEYS = {
    "harbour/2026-11-24-quay-nine-cranes": "places: [Salm/Harbour]\nseries: The cranes\n",
    "harbour/2026-10-29-left-shoes": "places: [Salm/Harbour, Vantry]\nseries: The cranes\n",
}
IMPORTED_PAGES = {
    "front": "/",
    "section": "/news/",
    "older": "/news/page/1/",
    "author": "/author/ines-calder/",
    "authors": "/authors/",
    "archive": "/archive/",
    "month": "/archive/2026/11/",
    "editions": "/editions/",
    "edition": "/edition/2026-w47/",
    "search": "/search/",
}
PAGES_OF = {"sample": PAGES, "imported": IMPORTED_PAGES}
FOUND = "/search/?q=crane&section=City"  # what a search has found is judged, too
# What a reader asks from the English page, and the first headline, the word that is suggested, or
# nothing.
QUERIES = {
    "crane": "Quay Nine gets its cranes back",
    "Schiff": "Die Nachtfähre lernt flüstern",
    "Fähre": "Die Nachtfähre lernt flüstern",
    "mercado": "Quatro bancas e uma trégua",
    "閲覧室": "午前二時まで",
    "図書館": "午前二時まで",
    "室閲": "",
    "قاع البحر": "المرج الأخضر",
    "budgte": "budget",
    "Kranxyz": "",
}
SLOW = {  # "slow 3G": 400 kbit/s, and 400 ms for each request
    "offline": False,
    "latency": 400,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}
SLOWER = {"rate": 4}  # times that a phone's processor is slower
FIRST_ANSWER, FIRST_REQUESTS = 4, 8  # seconds, and requests until then
HURRIED = ("crane", "Schiff", "図書館")
WHEN_ANSWERED = """new MutationObserver((_, observer) => {
  if (!document.querySelector('#results article')) return;
  window.answered = performance.now();
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });"""
# The icon of the tab is not counted: browsers load it once for a site, whenever there is time.
ICON = "document.querySelector('link[rel=icon]')?.href"
UNTIL_ANSWERED = f"""() => {{
  const icon = {ICON};
  const asked = performance.getEntriesByType('resource')
    .filter((one) => one.startTime < window.answered && one.name !== icon);
  return [window.answered / 1000, 1 + asked.length];
}}"""
ANSWERED = re.compile(r"\d|^No ")  # what the status of a search says at last
PAGE_BYTES, PAGE_REQUESTS, SCRIPT_BYTES = 90 * 1024, 10, 10 * 1024
ZIPPED = (".html", ".css", ".js", ".svg", ".xml", ".json", ".txt", ".opml")
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]
TYPESET = ("front", "article", "section", "edition", "archive", "found")
SEEN = 0.005  # the layout shift from which Lighthouse shows more than 0
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(sum), 50);
})"""
LOST_IN_FORCED_COLOURS = """() => {
  const lost = [], ground = getComputedStyle(document.body).backgroundColor;
  for (const mark of document.querySelectorAll('mark')) {
    const same = getComputedStyle(mark).backgroundColor === ground;
    if (same) lost.push(`no mark: ${mark.textContent}`);
  }
  for (const here of document.querySelectorAll('[aria-current=page]')) {
    const style = getComputedStyle(here), text = getComputedStyle(here.parentElement);
    const shown = style.textDecorationLine !== 'none' || parseFloat(style.borderBlockEndWidth) > 0
      || style.fontWeight !== text.fontWeight || here.closest('h1');
    if (shown || !here.getClientRects().length) continue;
    lost.push(`not marked as here: ${here.textContent}`);
  }
  return lost.slice(0, 3);
}"""
PAPER = {"width": 680, "height": 960}  # pixels of A4 within its margins
LOST_IN_PRINT = """() => {
  const lost = [];
  const seen = (one) => one.getClientRects().length > 0;
  for (const one of document.querySelectorAll('nav, form, button, .pager, .reader-tools')) {
    if (seen(one)) lost.push(`printed: ${one.className || one.localName}`);
  }
  for (const one of document.querySelectorAll('main .headline, .body > p')) {
    const box = one.getBoundingClientRect();
    const narrow = box.width < 120 && box.height > box.width;
    if (narrow) lost.push(`${Math.round(box.width)} px wide: ${one.textContent.slice(0, 30)}`);
  }
  const words = document.createRange();  // not the boxes, of which an empty edge may be cut off
  for (const one of document.querySelectorAll('main :not(:has(*), .hidden)')) {
    words.selectNodeContents(one);
    const beyond = words.getBoundingClientRect().right > innerWidth + 1;
    if (beyond && seen(one)) lost.push(`beyond the paper: ${one.className || one.localName}`);
  }
  return lost.slice(0, 3);
}"""
SMALL_TARGETS = """() => {
  const small = [];
  for (const link of document.querySelectorAll('a[href], button, input, select, summary')) {
    const style = getComputedStyle(link), box = link.getBoundingClientRect();
    if (!box.width || style.visibility === 'hidden' || box.bottom < 0 || box.right < 0) continue;
    const over = getComputedStyle(link, '::after').position === 'absolute';
    if (over) continue;  // stretched over its card
    let block = link.parentElement;
    while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
    const text = (link.textContent || '').trim(), around = (block.textContent || '').trim();
    if (style.display === 'inline' && around.length > text.length) continue;  // within a sentence
    if (box.height >= 43.5) continue;
    const size = `${Math.round(box.width)}×${Math.round(box.height)}`;
    small.push(`${text.slice(0, 40)} (${size})`);
  }
  return small;
}"""


@lru_cache(maxsize=500)
def packed(data: bytes) -> bytes:
    """``data`` as a static host sends it."""
    return gzip.compress(data, mtime=0)


class Static(SimpleHTTPRequestHandler):
    """A static host: compresses what it sends, and keeps assets for long."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        path = path if found else Path(self.directory, "404.html")
        data = path.read_bytes() if path.is_file() else b"not found"
        self.send_response(200 if found else 404)
        self.send_header(
            "Content-Type",
            self.guess_type(str(path)) + ("; charset=utf-8" if path.suffix in ZIPPED else ""),
        )
        self.send_header(
            "Cache-Control",
            "max-age=31536000, immutable" if "/assets/" in self.path else "max-age=300",
        )
        if path.suffix in ZIPPED:
            data = packed(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server that does not mind a browser that leaves early."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[ThreadingHTTPServer]:
    """A server of ``folder``, which may be made later."""
    server = Server(("127.0.0.1", 0), partial(Static, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()


def build(folder: Path, theme: str, address: str) -> None:
    """The sample digest in ``theme``, built below ``folder``."""
    for name in ("content", "static"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
    settings = re.sub(r"^theme:.*\n", "", (ROOT / "site.yaml").read_text(), flags=re.MULTILINE)
    (folder / "site.yaml").write_text(f"{settings}\ntheme: {theme}\n{SETTINGS}")
    for name, keys in KEYS.items():
        file = folder / f"content/{name}.md"
        file.write_text(file.read_text().replace("---\n", f"---\n{keys}", 1))
    command = [
        sys.executable,
        "-m",
        "sitegen",
        "build",
        "--strict",
        "-q",
        "--now",
        NOW,
        "-b",
        address,
        "--site",
        str(folder),
    ]
    subprocess.run(command, check=True)


# The checker reads files, whose origin is never 'self'. Browsers hold the policy against the pages
# of a server: tests/site/test_links.py, and the other checks here.
OF_A_MAIL = re.compile(
    r"/email\.html\".*“align” attribute .* is obsolete"
)  # Outlook knows no other
OF_A_FILE = "Content Security Policy (meta tag)"


def markup(output: Path) -> list[str]:
    """What the Nu checker has to say of every page."""
    jar = HERE / "node_modules/vnu-jar/build/dist/vnu.jar"
    command = [
        "java",
        "-Xss4m",
        "-jar",
        str(jar),
        "--skip-non-html",
        "--format",
        "gnu",
        str(output),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = [
        line
        for line in done.stderr.splitlines()
        if line.strip() and OF_A_FILE not in line and not OF_A_MAIL.search(line)
    ]
    return [line.replace(str(output), "") for line in said] or (
        [] if done.returncode == 0 else [f"the checker failed: {done.returncode}"]
    )


def links(output: Path, address: str) -> list[str]:
    """Addresses inside the site, in any page, that no file answers, and anchors that are not
    there."""
    found: dict[str, set[str]] = {}
    pages = {p: p.read_text() for p in sorted(output.rglob("*.html")) if p.name != "email.html"}
    for page, text in pages.items():
        found[f"/{page.relative_to(output).as_posix()}".removesuffix("index.html")] = set(
            re.findall(r'\sid="([^"]+)"', text)
        )
    wrong = []
    for page, text in pages.items():
        here = f"{address}{page.relative_to(output).as_posix().removesuffix('index.html')}"
        for target in sorted(set(re.findall(r'\s(?:href|src)="([^"]+)"', text))):
            whole, anchor = urldefrag(urljoin(here, target.replace("&amp;", "&")))
            if not whole.startswith(address):
                continue
            path = unquote(urlsplit(whole).path)
            file = output / path.lstrip("/")
            if not (file / "index.html").is_file() and not file.is_file():
                wrong.append(f"{here}: {target} leads nowhere")
            elif anchor and path in found and unquote(anchor) not in found[path]:
                wrong.append(f"{here}: {target} has no such place")
    return wrong


def feeds(output: Path) -> list[str]:
    """Feeds that a reader would not take as they are."""
    faults = {"feed.xml": _fault_in_xml, "rss.xml": _fault_in_xml, "feed.json": _fault_in_json}
    paths = [path for path in sorted(output.rglob("*")) if path.name in faults]
    found = {path: faults[path.name](path) for path in paths}
    return [f"{path.relative_to(output)}: {fault}" for path, fault in found.items() if fault]


def _fault_in_xml(path: Path) -> str:
    """What is wrong with an Atom or RSS feed, as feedparser reads it."""
    import feedparser

    feed = feedparser.parse(path.read_bytes())
    if feed.bozo:
        return str(feed.bozo_exception)
    if not feed.version:
        return "is of no version of Atom or RSS"
    complete = all(map(_has("id", "link", "title"), feed.entries))
    return "" if complete else "an entry lacks id, link or title"


def _fault_in_json(path: Path) -> str:
    """What is wrong with a JSON Feed."""
    feed = json.loads(path.read_text())
    if not feed.get("version", "").startswith("https://jsonfeed.org/"):
        return "is not a JSON Feed"
    return "" if all(map(_has("id", "url"), feed["items"])) else "an item lacks id or url"


def _has(*keys: str) -> Callable[[Mapping[str, Any]], bool]:
    """Whether a mapping has a value for each of ``keys``."""
    return lambda entry: all(entry.get(key) for key in keys)


def times(output: Path) -> list[str]:
    """Lists whose times are not in the site's zone, or do not go back from one to the next."""
    settings = yaml.safe_load((ROOT / "site.yaml").read_text())
    zone = ZoneInfo(settings["timezone"])
    wrong = []
    for path in sorted(output.rglob("index.html")):
        text = path.read_text()
        name = f"/{path.parent.relative_to(output)}/"
        if '<div class="listing' not in text or name.startswith(
            ("/series/", "/story/", "/corrections/")
        ):
            continue
        listing = text.partition('<div class="listing')[2].partition("</main>")[0]
        listing = re.sub(r'<div class="opening">.*?<section class="day">', "", listing, flags=re.S)
        shown = re.findall(r'<time[^>]* datetime="(\d{4}-\d\d-\d\dT[^"]*)"', listing)
        moments = [datetime.fromisoformat(value) for value in shown]
        wrong += [f"{name}: {m} is not in {zone}" for m in moments if _is_elsewhere(m, zone)]
        if moments != sorted(moments, reverse=True):
            wrong.append(f"{name}: the times do not go back")
    return wrong


def _is_elsewhere(moment: datetime, zone: ZoneInfo) -> bool:
    return moment.astimezone(zone).utcoffset() != moment.utcoffset()


def visit(page: Any, address: str, path: str) -> None:
    """Open ``path``, and wait for what a search finds."""
    page.goto(address + path.lstrip("/"))
    if path == FOUND:
        page.wait_for_selector("#results article", timeout=120_000)


# What is judged of a page that is open: functions from it to what is wrong ----------------------
def still(page: Any) -> list[str]:
    """Whether something moved while the page loaded."""
    page.wait_for_timeout(200)
    shift = page.evaluate(SHIFTS)
    return [f"moves by {shift:.3f}"] if shift >= SEEN else []


def accessible(page: Any) -> list[str]:
    """Violations that axe finds: all in light colours, those of colour in dark ones, too."""
    # Without motion, no colour is on its way to another when axe looks.
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.evaluate(AXE.read_text())
    found = {"light": page.evaluate("axe.run(document, { resultTypes: ['violations'] })")}
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found["dark"] = page.evaluate(
        "rules => axe.run({ runOnly: rules, resultTypes: ['violations'] })", RULES_OF_COLOUR
    )
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return [
        f"{scheme}: {one['id']} ({one['nodes'][0]['html'][:100]})"
        for scheme, result in found.items()
        for one in result["violations"]
    ]


def handled(page: Any) -> list[str]:
    """Targets that a finger misses; and whether the page scrolls sideways at 320 px."""
    small = page.evaluate(SMALL_TARGETS)
    found = [f"{len(small)} targets below 44 px: {', '.join(small[:4])}"] if small else []
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": size["height"]})
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("scrolls sideways at 320 px")
    page.set_viewport_size(size)
    return found


def seen_in_forced_colours(page: Any) -> list[str]:
    """Marks that vanish where the reader's system sets the colours, and links that are no longer
    marked as those of the present page."""
    page.emulate_media(forced_colors="active")
    lost: list[str] = page.evaluate(LOST_IN_FORCED_COLOURS)
    page.emulate_media(forced_colors="none")
    return lost


def printed(page: Any) -> list[str]:
    """Headlines squeezed into columns of letters on paper, and what there leads nowhere."""
    size = page.viewport_size
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    wrong: list[str] = page.evaluate(LOST_IN_PRINT)
    page.emulate_media(media="screen")
    page.set_viewport_size(size)
    return wrong


LOOKS: tuple[tuple[str, Look, tuple[int, ...]], ...] = (  # each with the widths that it is for
    ("motion", still, (360, 1280)),
    ("accessibility", accessible, (360, 1280)),
    ("handling", handled, (360,)),
    ("forced colours", seen_in_forced_colours, (1280,)),
    ("print", printed, (1280,)),
)


def looks(browser: Any, address: str, pages: Pages, kinds: Sequence[str]) -> Found:
    """What is wrong of each of ``kinds``; each page is opened once at each width."""
    asked = [one for one in LOOKS if one[0] in kinds]
    found: Found = {kind: [] for kind, _, _ in asked}
    for width in sorted({width for _, _, widths in asked for width in widths}):
        at_width = [(kind, look) for kind, look, widths in asked if width in widths]
        context = browser.new_context(
            viewport={"width": width, "height": 800}, has_touch=width == 360
        )
        page = context.new_page()
        for name, path in pages.items():
            visit(page, address, path)
            for kind, look in at_width:
                found[kind] += [f"{name} {width}: {one}" for one in look(page)]
        context.close()
    return found


def weight(browser: Any, address: str, pages: Pages) -> list[str]:
    """Pages that are too heavy, ask too often, or ask others, as a phone loads their first
    screen."""
    wrong = []
    for name, path in pages.items():
        if path != FOUND:
            context = browser.new_context(
                viewport={"width": 360, "height": 740}, device_scale_factor=2
            )
            found = asked_too_much(context.new_page(), address, path)
            wrong += [f"{name}: {one}" for one in found]
            context.close()
    return wrong


def asked_too_much(page: Any, address: str, path: str) -> list[str]:
    """What a page asks of other hosts, and what it is, where it is too heavy."""
    asked: list[Any] = []
    finished: list[Any] = []
    page.on("request", lambda one: asked.append(one))
    page.on("requestfinished", lambda one: finished.append(one))
    page.goto(address + path.lstrip("/"), wait_until="networkidle")
    icon = page.evaluate(ICON)
    foreign = [f"asks {one.url}" for one in asked if not one.url.startswith(address)]
    return [*foreign, *too_much(one for one in finished if one.url != icon)]


def too_much(requests: Iterable[Any]) -> Iterator[str]:
    """What the ``requests`` of a page are, where they are too many, or bring too much."""
    sizes = [(r.sizes()["responseBodySize"], r.resource_type) for r in requests]
    total = sum(size for size, _ in sizes)
    script = sum(size for size, kind in sizes if kind == "script")
    if total > PAGE_BYTES or len(sizes) > PAGE_REQUESTS or script > SCRIPT_BYTES:
        yield (
            f"{total / 1024:.0f} KiB in {len(sizes)} requests, {script / 1024:.0f} KiB of script"
        )


def without_script(browser: Any, address: str, pages: Pages) -> list[str]:
    """Pages that show less where JavaScript is off; the search page has to say so."""
    wrong: list[str] = []
    texts: dict[str, str] = {}
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        for name, path in pages.items():
            if path == FOUND:
                continue
            page.goto(address + path.lstrip("/"))
            # these only work with it
            controls = page.locator("main [data-do], main .filters")
            controls.evaluate_all("found => found.forEach((one) => one.remove())")
            lines = page.locator("main").inner_text().splitlines()
            text = "\n".join(line for line in lines if line.strip())
            if name == "search":
                if not script and not page.locator("main noscript").inner_text().strip():
                    wrong.append("search: does not say what to do without JavaScript")
            elif texts.setdefault(name, text) != text:
                wrong.append(f"{name}: reads differently without JavaScript")
        context.close()
    return wrong


def search(browser: Any, address: str) -> list[str]:
    """Queries that are answered otherwise than they should be, in any language from one box."""
    wrong = []
    page = browser.new_page()
    for query, wanted in QUERIES.items():
        page.goto(f"{address}search/?{urlencode({'q': query})}")
        page.locator("#found", has_text=ANSWERED).wait_for()
        page.wait_for_load_state("networkidle")
        heads = page.locator("#results .headline").all_inner_texts()
        near = page.locator("#suggestion:not([hidden]) a").all_inner_texts()
        found = (*heads, *near, "")[0]
        if not found.startswith(wanted) or (found and not wanted):
            wrong.append(f"{query}: finds `{found}`, not `{wanted}`")
        if page.is_visible("#more") != (len(heads) >= 10):
            wrong.append(f"{query}: a button for more where there is no more")
    page.close()
    return wrong + first_answers(browser, address)


def first_answers(browser: Any, address: str) -> list[str]:
    """Queries whose first answer is late on a slow connection, or takes many requests, at the best
    of three tries; nothing is in the browser's cache."""
    wrong = []
    for query in HURRIED:
        tries = [_first_answer(browser, f"{address}search/?{urlencode({'q': query})}")]
        while tries[-1][0] > FIRST_ANSWER and len(tries) < 3:
            tries.append(_first_answer(browser, f"{address}search/?{urlencode({'q': query})}"))
        seconds, requests = min(tries)
        if seconds > FIRST_ANSWER or requests > FIRST_REQUESTS:
            wrong.append(f"{query}: answered after {seconds:.1f} s and {requests} requests")
    return wrong


def _first_answer(browser: Any, url: str) -> tuple[float, int]:
    """The seconds and requests until a first result is shown."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", SLOWER)
    page.add_init_script(WHEN_ANSWERED)
    page.goto(url, wait_until="commit")
    page.wait_for_selector("#results article", timeout=60_000)
    seconds, requests = page.evaluate(UNTIL_ANSWERED)
    context.close()
    return seconds, requests


def motion_of_late_fonts(browser: Any, address: str, pages: Pages) -> list[str]:
    """Kinds of pages with each size of type on which something moves where fonts come late, or
    never."""
    wrong = []
    for seconds in (0.4, None):
        for width in (360, 1280):
            context = browser.new_context(viewport={"width": width, "height": 800})
            context.route("**/*.woff2", partial(_late, seconds))
            page = context.new_page()
            for name in TYPESET:
                if name in pages:
                    visit(page, address, pages[name])
                    page.wait_for_timeout(1000 * (seconds or 0))
                    wrong += [f"{name} {width}: {one}, fonts {seconds}" for one in still(page)]
            context.close()
    return wrong


def _late(seconds: float | None, route: Any) -> None:
    """Answer after some seconds, or never."""
    if seconds is None:
        route.abort()
        return
    time.sleep(seconds)
    route.continue_()


def lighthouse(address: str) -> list[str]:
    """Scores below 100 of Lighthouse's mobile run on the front page and an article, at the best of
    three tries."""
    wrong = []
    for name in ("front", "article"):
        tries: list[list[str]] = []
        while len(tries) < 3 and not (tries and not tries[-1]):
            tries.append(_scores(name, address))
        wrong += min(tries, key=lambda one: len(one))
    return wrong


def _scores(name: str, address: str) -> list[str]:
    command = [
        str(HERE / "node_modules/.bin/lighthouse"),
        address + PAGES[name].lstrip("/"),
        "--quiet",
        "--output=json",
    ]
    command += [
        f"--chrome-flags={FLAGS}",
        "--only-categories=performance,accessibility,best-practices,seo",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return [f"{name}: {done.stderr.strip()[-300:]}"]
    report, wrong = json.loads(done.stdout), []
    for kind, category in report["categories"].items():
        score = category["score"] or 0
        if score < 1:
            audits = [report["audits"][a["id"]] for a in category["auditRefs"] if a["weight"]]
            failed = [
                f"{a['id']} {a.get('displayValue', '')}".strip()
                for a in audits
                if a["score"] is not None and a["score"] < 0.9
            ]
            wrong.append(f"{name}: {kind} {round(score * 100)} ({', '.join(failed)})")
    return wrong


def judge(
    theme: str, folder: str, address: str, site: str, kinds: list[str]
) -> dict[str, list[str]]:
    """Build a site in one theme and check it; for each of ``kinds`` what is wrong."""
    from playwright.sync_api import sync_playwright

    output = Path(folder) / "output"
    if not output.exists():
        (build if site == "sample" else imported.make)(Path(folder), theme, address)
    pages = PAGES_OF[site] | ({"found": FOUND} if site == "sample" else {})
    absent = [p for p in PAGES_OF[site].values() if not (output / p.lstrip("/")).exists()]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split())
        checks: dict[str, Callable[[], list[str]]] = {
            "pages": lambda: [f"the site has no {p}" for p in absent],
            "markup": lambda: markup(output),
            "links": lambda: links(output, address),
            "feeds": lambda: feeds(output),
            "times": lambda: times(output),
            "weight": lambda: weight(browser, address, pages),
            "motion": lambda: motion_of_late_fonts(browser, address, pages),
            "script": lambda: without_script(browser, address, pages),
            "search": lambda: search(browser, address),
            "lighthouse": lambda: lighthouse(address),
        }
        looked = looks(browser, address, pages, kinds)
        found = {kind: checks[kind]() if kind in checks else [] for kind in kinds}
        browser.close()
    return {kind: [*dict.fromkeys(looked.get(kind, []) + wrong)] for kind, wrong in found.items()}


def show(theme: str, results: dict[str, list[str]]) -> int:
    """Print the results of one theme; how many things are wrong."""
    for kind, wrong in results.items():
        print(f"{theme:11} {kind:14} {'ok' if not wrong else f'{len(wrong)} wrong'}")
        print("".join(f"  {w}\n" for w in wrong[:40]), end="", flush=True)
    return sum(map(len, results.values()))


def check(themes: Sequence[str], site: str, kinds: list[str]) -> int:
    """Check ``site`` in ``themes``; how many things are wrong.

    Themes are checked side by side; Lighthouse, which measures time, follows alone.
    """
    beside = [kind for kind in kinds if kind != "lighthouse"]
    alone = [kind for kind in kinds if kind == "lighthouse"]
    count = 0
    with contextlib.ExitStack() as stack:
        places = []
        for theme in themes:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            server = stack.enter_context(served(Path(folder) / "output"))
            places.append((theme, folder, f"http://localhost:{server.server_port}/", site))
        if beside:
            with ProcessPoolExecutor(WORKERS, get_context("spawn")) as pool:
                work = [pool.submit(judge, *place, beside) for place in places]
                for (theme, *_), one in zip(places, work, strict=True):
                    count += show(theme, one.result())
        if alone:
            for place in places:
                count += show(place[0], judge(*place, alone))
    return count


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    choice = {"action": "append", "metavar": "CHECK", "choices": KINDS}
    parser.add_argument("--theme", action="append", choices=THEMES)
    parser.add_argument("--skip", default=[], **choice)
    parser.add_argument("--only", **choice)
    parser.add_argument("--site", choices=PAGES_OF, default="sample")
    options = parser.parse_args()
    of_sample = ("search", "lighthouse") if options.site != "sample" else ()
    kinds = [kind for kind in options.only or KINDS if kind not in (*options.skip, *of_sample)]
    sys.exit(1 if check(options.theme or THEMES, options.site, kinds) else 0)


if __name__ == "__main__":
    main()
