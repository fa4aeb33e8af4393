"""Make docs/gallery.md and its pictures: the sample digest in each theme, in both schemes.

python quality/gallery.py            text and pictures (needs Chromium and playwright)
python quality/gallery.py --text     the text only
"""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sitegen.theme.load import Spec, declared_options, theme_chain

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "gallery.md"
PICTURES = ROOT / "docs" / "gallery"
THEMES = ("broadsheet", "brief", "magazine", "wire", "board", "base")
KINDS = {
    "boolean": "`true`, `false`",
    "integer": "a number",
    "colour": "a colour",
    "text": "text",
}
SCHEMES = ("light", "dark")
WIDTH, HEIGHT, SHOWN = 1280, 1600, 640  # of the window, and how wide a picture is
INTRODUCTION = """\
# Themes in pictures

The front page of the [sample digest](../content) in each theme, in both schemes, with the options \
that a site sets below `theme_options:`. Themes are changed as [theming.md](theming.md) describes. \
`quality/gallery.py` makes this page.
"""


def chain_of(name: str) -> list[Spec]:
    """A theme and those that it extends, the eldest first."""
    return theme_chain(name, [ROOT / "themes"])


def text() -> str:
    """The page."""
    return "\n".join([INTRODUCTION, *(part for name in THEMES for part in section(name))])


def section(name: str) -> Iterator[str]:
    """The part of one theme."""
    chain = chain_of(name)
    pictures = " ".join(
        f"![The front page in {name}, {scheme}](gallery/{name}-{scheme}.webp)" for scheme in SCHEMES
    )
    yield f"## {name}\n\n{chain[-1].description}.\n\n{pictures}\n"
    yield "| Option | Values | Default | What it does |\n|---|---|---|---|"
    for option, entry in sorted(declared_options(chain).items()):
        yield f"| `{option}` | {values(entry)} | {default(entry)} | {entry['description']} |"
    yield ""


def values(entry: dict[str, Any]) -> str:
    """What an option may be."""
    if entry["type"] == "choice":
        return ", ".join(f"`{choice}`" for choice in entry["choices"])
    return KINDS[entry["type"]]


def default(entry: dict[str, Any]) -> str:
    """What an option is where the site says nothing."""
    value = entry.get("default")
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`" if value != "" else "none"


def pictures(themes: Sequence[str]) -> None:
    """Take the pictures."""
    from check import FLAGS, build, served
    from PIL import Image
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(exist_ok=True)
    with contextlib.ExitStack() as stack:
        play = stack.enter_context(sync_playwright())
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS.split())
        for theme in themes:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            server = stack.enter_context(served(folder / "output"))
            address = f"http://localhost:{server.server_port}/"
            build(folder, theme, address)
            for scheme in SCHEMES:
                image = Image.open(io.BytesIO(_shot(browser, address, scheme)))
                size = SHOWN, HEIGHT * SHOWN // WIDTH
                small = image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
                small.save(PICTURES / f"{theme}-{scheme}.webp", quality=72, method=6)


def _shot(browser: Any, address: str, scheme: str) -> bytes:
    """The front page once its typefaces are there, which is at the second visit."""
    size = {"width": WIDTH, "height": HEIGHT}
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    for _ in range(2):
        page.goto(address, wait_until="networkidle")
    picture: bytes = page.screenshot()
    context.close()
    return picture


def main(arguments: Sequence[str]) -> None:
    PAGE.write_text(text(), "utf-8")
    if "--text" not in arguments:
        pictures([name for name in arguments if name in THEMES] or THEMES)


if __name__ == "__main__":
    main(sys.argv[1:])
