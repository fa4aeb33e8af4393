"""A plain preview: the built site over HTTP on this machine."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sitegen.base.diagnostics import fail

TRIES = 100  # ports tried after the one asked for


def preview_app(folder: Path, base_url: str, host: str) -> Starlette:
    """An application that serves ``folder`` below the path of ``base_url``.

    Pretty addresses lead to their index.html, other ones to the site's 404 page; nothing outside
    ``folder`` is served and no folder is listed. Requests for another host name are refused, so that
    a web page cannot reach the preview by rebinding its own name (DNS rebinding).
    """
    path = urlsplit(base_url).path.rstrip("/")
    routes: list[BaseRoute] = [Mount(path or "/", StaticFiles(directory=folder, html=True, follow_symlink=False))]
    if path:
        routes.append(Route("/", lambda request: RedirectResponse(path + "/")))
    hosts = ["localhost", "127.0.0.1", "[::1]", host]
    if host in ("0.0.0.0", "::"):
        hosts = ["*"]
    return Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=hosts)])


def free_socket(host: str, port: int) -> socket.socket:
    """A listening socket on ``port``, or on the next free one.

    Raises SitegenError where the host is not this machine's or no port is free.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    wrong = ""
    for number in range(port, min(port + TRIES, 65536)):
        listener = socket.socket(family)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, number))
        except OSError as error:
            listener.close()
            wrong = error.strerror or str(error)
            continue
        return listener
    raise fail("serve", f"cannot listen on {host}:{port}: {wrong}", help="choose another --port or --host", exit_status=2)


def serve(app: Starlette, listener: socket.socket) -> None:
    """Answer requests until interrupted."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=1))
    server.run(sockets=[listener])
