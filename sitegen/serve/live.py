"""Telling open browsers what has changed, as server-sent events.

Nothing is queued for a browser: it is told how its page *now* differs from what it was served, so that a slow
one misses steps between and holds up nobody.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec

from sitegen.serve.files import Pages, outputs_shown, page_file
from sitegen.serve.problems import MAX_SHOWN
from sitegen.serve.state import RUN, Current, Site

HEARTBEAT = 15.0  # seconds; finds out that a browser has gone, and keeps proxies from closing the stream
MAX_BROWSERS = 2000


class Browser:
    """One open page: where it is, the version it shows, and what it has been told."""

    def __init__(self, page: str, version: str, serial: int) -> None:
        self.page, self.version, self.serial = page, version, serial
        self.problems = ""
        self.woken = asyncio.Event()


class Live:
    """All open browsers. Lives in the server's event loop; ``wake`` may be called from any thread."""

    def __init__(self, current: Current, pages: Pages) -> None:
        self.current, self.pages = current, pages
        self.browsers: set[Browser] = set()
        self.closing = False
        self._loop: asyncio.AbstractEventLoop | None = None
        current.listeners.append(self.wake)

    def wake(self) -> None:
        """Have every stream look at what has changed."""
        loop = self._loop
        if loop:
            with contextlib.suppress(RuntimeError):  # the server has ended
                loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        for browser in self.browsers:
            browser.woken.set()

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        self.closing = True
        self.wake()

    async def stream(self, page: str, version: str, seen: str) -> AsyncIterator[bytes]:
        """The events for a browser that was served ``version`` at ``page`` and has heard of build ``seen``."""
        self._loop = asyncio.get_running_loop()
        run, _, number = seen.partition("-")
        serial = int(number) if run == RUN and number.isdecimal() else self.current.site.serial
        browser = Browser(page, version, serial)
        self.browsers.add(browser)
        try:
            yield b": sitegen\n\n"
            while not self.closing:
                browser.woken.clear()
                for event in self.news(browser):
                    yield event
                try:
                    await asyncio.wait_for(browser.woken.wait(), HEARTBEAT)
                except TimeoutError:
                    yield b":\n\n"
        finally:
            self.browsers.discard(browser)

    def news(self, browser: Browser) -> list[bytes]:
        """The events that bring a browser up to date."""
        site = self.current.site
        out = []
        if site.problems_id != browser.problems:
            browser.problems = site.problems_id
            shown = {"id": site.problems_id, "total": len(site.problems), "problems": site.problems[:MAX_SHOWN]}
            out.append(_event("problems", shown, site))
        changed = self.current.changed_since(browser.serial)
        browser.serial = site.serial
        now = self.pages.read(page_file(site.folder, site.path, browser.page))
        if not now:
            return out
        was, new = self.pages.shape(browser.version), self.pages.shape(now.version)
        same = now.version == browser.version
        swaps: dict[str, str] = {}
        if was and new:
            if not same and was.mark == new.mark and len(was.sheets) == len(new.sheets):
                same = True
                swaps = {a: b for a, b in zip(was.sheets, new.sheets, strict=True) if a != b}
            shown_files = outputs_shown(new, site.path, browser.page)
            for name in changed & shown_files.keys():
                address = shown_files[name]
                if address in new.sheets:
                    swaps.setdefault(address, address)
                elif same and address in was.uses:
                    same = False
        if not same:
            out.append(_event("reload", {}, site))
        elif swaps:
            out.append(_event("styles", {"version": now.version, "swaps": [*_unchained(swaps).items()]}, site))
        browser.version = now.version
        return out


def _unchained(swaps: dict[str, str]) -> dict[str, str]:
    """Swaps without the entry for a sheet that another one is replaced by already."""
    fresh = {b for a, b in swaps.items() if a != b}
    return {a: b for a, b in swaps.items() if a != b or a not in fresh}


def _event(name: str, data: object, site: Site) -> bytes:
    return f"id: {RUN}-{site.serial}\nevent: {name}\ndata: ".encode() + msgspec.json.encode(data) + b"\n\n"


CLIENT = Path(__file__).parent / "client"
