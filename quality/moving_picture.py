"""Make README's moving image, docs/demo.webp: `python quality/moving_picture.py`.

A copied text becomes an article, the article a page. The terminal shows what the commands really
print; the page is what Chromium shows. Needs Chromium, `pip install 'playwright>=1.45,<2'` and the
fonts DejaVu Sans Mono.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "demo.webp"
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"
SIZE = (960, 600)
PAPER, INK, PROMPT = "#15181c", "#d8dee4", "#7fb069"
MARGIN, LINE = 24, 25
COLUMNS, ROWS = 76, 21
LIMIT = 400_000  # bytes
NOW = "2026-11-24T18:00:00+00:00"
CLIPPING = """\
Harbour Board Votes to Keep the Old Lamp
2 hours ago
Share
By Ines CalderTomas McWey
Nov. 23, 2026, 6:15 p.m. ET
The lamp on the north mole was lit for the first time in 1874.
Credit...Ruta Lind/Salm Pictures

PORT SALM — The harbour board voted on Monday evening to keep the lamp on
the north mole burning, after four years in which it was switched off twice
and stolen once.

The vote was seven to two. Both members who opposed it said afterwards that
they would miss the argument more than the lamp.
"""
ARTICLE = "/news/2026/11/23/harbour-board-votes-to-keep-the-old-lamp/"
COMMANDS = ["cat clipping.txt", "sitegen import clipping.txt --explain", "sitegen build"]
HELD = {"typed": 60, "command": 700, "output": 2600, "page": 3400}  # milliseconds
Frame = tuple[Image.Image, int]


def run(command: str, site: Path) -> str:
    """What ``command`` prints in ``site``."""
    if command.startswith("cat "):
        return (site / command.removeprefix("cat ")).read_text("utf-8")
    arguments = [sys.executable, "-m", *command.split()]
    if "build" in arguments:
        arguments += ["--now", NOW]
    done = subprocess.run(arguments, cwd=site, capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


def wrapped(text: str) -> list[str]:
    """The lines of ``text`` as a terminal of ``COLUMNS`` shows them."""
    lines = []
    for line in text.splitlines():
        lines.append(line[:COLUMNS])
        lines += [line[at : at + COLUMNS] for at in range(COLUMNS, len(line), COLUMNS)]
    return lines


def terminal(lines: list[str]) -> Image.Image:
    """An image of the last lines of a terminal; those with a prompt are coloured."""
    image = Image.new("RGB", SIZE, PAPER)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, 19)
    for row, line in enumerate(lines[-ROWS:]):
        colour = PROMPT if line.startswith("$ ") else INK
        draw.text((MARGIN, MARGIN + row * LINE), line, colour, font)
    return image


def session(site: Path) -> list[Frame]:
    """The frames of the terminal: each command is typed, then its output appears."""
    lines: list[str] = []
    frames: list[Frame] = []
    for command in COMMANDS:
        for end in range(0, len(command) + 1, 4):
            frames.append((terminal([*lines, f"$ {command[:end]}_"]), HELD["typed"]))
        lines.append(f"$ {command}")
        frames.append((terminal(lines), HELD["command"]))
        lines += [*wrapped(run(command, site)), ""]
        frames.append((terminal(lines), HELD["output"]))
    return frames


def pages(site: Path) -> list[Frame]:
    """The article and the front page of the built site, as Chromium shows them."""
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(ROOT))
    from quality.check import FLAGS, served

    frames = []
    with served(site / "output") as server, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split())
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        for path in (ARTICLE, "/"):
            page.goto(f"http://127.0.0.1:{server.server_port}{path}")
            shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            frames.append((shot, HELD["page"]))
        browser.close()
    return frames


def new_site(folder: Path) -> Path:
    """A fresh site in ``folder`` with a clipping next to its content."""
    site = folder / "digest"
    arguments = [sys.executable, "-m", "sitegen", "init", str(site), "--yes", "--now", NOW]
    arguments += ["--title", "The Harbour Digest", "--timezone", "Europe/Lisbon"]
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)
    (site / "clipping.txt").write_text(CLIPPING, "utf-8")
    return site


def main() -> None:
    """Write ``TARGET``; exit with 1 if it is too large for a README."""
    with tempfile.TemporaryDirectory() as folder:
        site = new_site(Path(folder))
        frames = [*session(site), *pages(site)]
    images, times = zip(*frames, strict=True)
    images[0].save(
        TARGET,
        save_all=True,
        append_images=images[1:],
        duration=list(times),
        loop=0,
        quality=70,
        method=6,
    )
    size = TARGET.stat().st_size
    print(f"{TARGET.relative_to(ROOT)}: {len(frames)} frames, {size / 1000:.0f} KB")
    sys.exit(1 if size > LIMIT else 0)


if __name__ == "__main__":
    main()
