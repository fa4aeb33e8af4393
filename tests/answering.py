"""Servers on the loopback interface, for the tests that ask one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import BaseServer
from typing import TypeVar

AnyServer = TypeVar("AnyServer", bound=BaseServer)
POLL = 0.02  # seconds until a server that is to end looks up; by default half a second


@contextmanager
def answering(server: AnyServer) -> Iterator[AnyServer]:
    """``server``, which answers in a thread of its own until the block ends."""
    named = {"poll_interval": POLL}
    thread = threading.Thread(target=server.serve_forever, kwargs=named, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
