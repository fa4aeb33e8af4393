"""What the build thread and the server share."""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

from sitegen.base.text import digest
from sitegen.model.base import Struct
from sitegen.serve.overlay import Problem

RUN = secrets.token_hex(4)  # distinguishes the serials of this server from those of an earlier one
KEPT = 50  # builds whose changed files are kept for browsers that were away


class ServedSite(Struct, frozen=True):
    """What is served: a folder, the URL path of the site, and the problems of its files."""

    folder: Path
    path: str = ""  # empty, or like /digest; decoded, as the paths of requests are
    problems: tuple[Problem, ...] = ()
    serial: int = 0  # grows with every build

    @property
    def problems_id(self) -> str:
        """The same for the same problems; empty if there are none."""
        return digest(repr(self.problems).encode())[:16] if self.problems else ""


class Current:
    """The present site.

    The build thread replaces it in one step; the server reads it without a lock.
    """

    def __init__(self, folder: Path) -> None:
        self.site = ServedSite(folder)
        self._recent: deque[tuple[int, frozenset[str]]] = deque(maxlen=KEPT)
        self.listeners: list[Callable[[], None]] = []
        self.lost: Callable[[], None] = lambda: (
            None
        )  # to be called when the folder is gone, such as after `sitegen clean`

    def replace(
        self, path: str, problems: tuple[Problem, ...], changed: tuple[str, ...] = ()
    ) -> None:
        """Serve the result of a build; ``changed`` are its outputs with new bytes.

        Listeners are called in this thread.
        """
        serial = self.site.serial + 1
        assets = frozenset(name for name in changed if not name.endswith(".html"))
        self._recent.append((serial, assets))
        self.site = ServedSite(self.site.folder, unquote(path), problems, serial)
        for listener in self.listeners:
            listener()

    def changed_since(self, serial: int) -> frozenset[str]:
        """The files other than pages that have changed after build ``serial``, as far as is
        known."""
        found: frozenset[str] = frozenset()
        for number, names in tuple(self._recent):
            if number > serial:
                found |= names
        return found
