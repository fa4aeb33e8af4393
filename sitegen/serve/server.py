"""One preview from its start to its end."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from sitegen.base.progress import Progress
from sitegen.engine.options import BuildOptions
from sitegen.model.base import Struct
from sitegen.serve.files import Pages, url_path
from sitegen.serve.http import preview_app
from sitegen.serve.live_reload import Live
from sitegen.serve.network import WILDCARDS, allow_many_connections, names
from sitegen.serve.rebuild import Heard, Loop
from sitegen.serve.state import Current

PUBLISHING = 10  # seconds that a publish has to end; it is not interrupted


class Preview(Struct, frozen=True):
    """The options of a preview.

    ``options.output`` is its own folder; ``moment`` returns the present moment. ``others`` are
    further applications by the beginning of their paths; each gets what is served.
    """

    options: BuildOptions
    listener: socket.socket
    host: str
    moment: Callable[[], str]
    heard: Heard
    progress: Progress
    ready: Callable[[str], None]  # called with the URL once the first build has ended
    reload: bool = True
    others: Mapping[str, Callable[[Current], ASGIApp]] = {}

    def url(self, path: str = "") -> str:
        """The URL of the site, below ``path``."""
        port = self.listener.getsockname()[1]
        shown = (
            "localhost"
            if self.host in ("127.0.0.1", *WILDCARDS)
            else f"[{self.host}]"
            if ":" in self.host
            else self.host
        )
        return f"http://{shown}:{port}{path}/"


class _Server(uvicorn.Server):
    """Ends the streams and the build before it ends itself."""

    def __init__(self, config: uvicorn.Config, live: Live, loop: Loop) -> None:
        super().__init__(config)
        self.live, self.build_loop = live, loop
        self.waited = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.live.close()
        self.build_loop.stop()
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        end = time.monotonic() + PUBLISHING
        while (
            self.build_loop.is_alive() and time.monotonic() < end and not self.force_exit
        ):  # which a second Ctrl-C asks for
            await asyncio.sleep(0.01)
        self.waited = True


def serve(preview: Preview) -> None:
    """Build and serve until interrupted (KeyboardInterrupt)."""
    allow_many_connections()
    current, pages = Current(Path(preview.options.output)), Pages()
    live = Live(current, pages)
    loop = Loop(
        preview.options, preview.moment, preview.url, current, preview.heard, preview.progress
    )
    loop.start()
    server: _Server | None = None
    try:
        loop.first.wait()
        preview.ready(preview.url(url_path(current.site.path)))
        others = {start: make(current) for start, make in preview.others.items()}
        is_open = preview.host in WILDCARDS
        hosts = names(preview.host)
        app = preview_app(current, live, pages, hosts, is_open, preview.reload, others)
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        server = _Server(config, live, loop)
        server.run(sockets=[preview.listener])
    finally:
        loop.stop()
        if not server or not server.waited:
            loop.join(PUBLISHING)
