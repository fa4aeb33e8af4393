"""Notifies open browsers of changes, by server-sent events
(https://html.spec.whatwg.org/multipage/server-sent-events.html).

Nothing is queued for a browser: it gets the difference between its page *now* and the version that
it was served, so that a slow one skips steps and delays no other. Many browsers are notified a few
at a time, so that requests for pages are answered in between.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec

from sitegen.serve.files import Pages, ServedPage, outputs_shown, page_file
from sitegen.serve.overlay import MAX_SHOWN
from sitegen.serve.state import RUN, Current, ServedSite

HEARTBEAT = 15.0  # seconds; detects closed browsers, and keeps proxies from closing the stream
MAX_BROWSERS = 2000
AT_ONCE, PAUSE = 8, 0.004  # browsers notified in one step, and the pause before the next


class Browser:
    """One open page: its path, the version it shows, and the problems it shows."""

    def __init__(self, page: str, version: str, serial: int) -> None:
        self.page, self.version, self.serial = page, version, serial
        self.problems = ""
        self.woken = asyncio.Event()


class Live:
    """All open browsers.

    Lives in the server's event loop; ``wake`` may be called from any thread.
    """

    def __init__(self, current: Current, pages: Pages) -> None:
        self.current, self.pages = current, pages
        self.browsers: set[Browser] = set()
        self.closing = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: list[Browser] = []  # to be woken, when their turn comes
        # of one build: the events that equal browsers get
        self._events: tuple[int, dict[tuple[str, ...], list[bytes]]] = (0, {})
        current.listeners.append(self.wake)

    def wake(self) -> None:
        """Make every stream check what has changed."""
        loop = self._loop
        if loop:
            with contextlib.suppress(RuntimeError):  # the server has ended
                loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        under_way, self._waiting = bool(self._waiting), list(self.browsers)
        if not under_way or self.closing:
            self._wake_some()

    def _wake_some(self) -> None:
        count = len(self._waiting) if self.closing else AT_ONCE
        turn, self._waiting = self._waiting[:count], self._waiting[count:]
        for browser in turn:
            browser.woken.set()
        if self._waiting:
            asyncio.get_running_loop().call_later(PAUSE, self._wake_some)

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        self.closing = True
        self.wake()

    async def stream(self, page: str, version: str, seen: str) -> AsyncIterator[bytes]:
        """The events for a browser that was served ``version`` at ``page`` and knows build
        ``seen``."""
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
        """The events that bring a browser up to date.

        Browsers with the same page in the same version get the same events.
        """
        site, before = self.current.site, browser.serial
        known, browser.problems, browser.serial = browser.problems, site.problems_id, site.serial
        now = self.pages.read(page_file(site.folder, site.path, browser.page))
        if self._events[0] != site.serial:
            self._events = site.serial, {}
        alike = (browser.page, browser.version, now.version if now else "", known, str(before))
        out = self._events[1].get(alike)
        if out is None:
            out = self._events[1][alike] = self._differences(
                site, known, before, browser.page, browser.version, now
            )
        browser.version = now.version if now else browser.version
        return out

    def _differences(
        self,
        site: ServedSite,
        problems: str,
        serial: int,
        page: str,
        version: str,
        now: ServedPage | None,
    ) -> list[bytes]:
        """The events for a browser at ``page`` that shows ``version`` and ``problems`` and knows
        build ``serial``."""
        out = []
        if site.problems_id != problems:
            shown = {
                "id": site.problems_id,
                "total": len(site.problems),
                "problems": site.problems[:MAX_SHOWN],
            }
            out.append(_event("problems", shown, site))
        if not now:
            return out
        was, new = self.pages.shape(version), self.pages.shape(now.version)
        same = now.version == version
        swaps: dict[str, str] = {}
        if was and new:
            if not same and was.mark == new.mark and len(was.sheets) == len(new.sheets):
                same = True
                swaps = {a: b for a, b in zip(was.sheets, new.sheets, strict=True) if a != b}
            shown_files = outputs_shown(new, site.path, page)
            for name in self.current.changed_since(serial) & shown_files.keys():
                url = shown_files[name]
                if url in new.sheets:
                    swaps.setdefault(url, url)
                elif same and url in was.uses:
                    same = False
        if not same:
            out.append(_event("reload", {}, site))
        elif swaps:
            out.append(
                _event(
                    "styles", {"version": now.version, "swaps": [*_unchained(swaps).items()]}, site
                )
            )
        return out


def _unchained(swaps: dict[str, str]) -> dict[str, str]:
    """Swaps without the entry for a sheet that already replaces another one."""
    fresh = {b for a, b in swaps.items() if a != b}
    return {a: b for a, b in swaps.items() if a != b or a not in fresh}


def _event(name: str, data: object, site: ServedSite) -> bytes:
    return (
        f"id: {RUN}-{site.serial}\nevent: {name}\ndata: ".encode()
        + msgspec.json.encode(data)
        + b"\n\n"
    )


CLIENT = Path(__file__).parent / "client"
