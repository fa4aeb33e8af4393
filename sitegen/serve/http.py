"""The HTTP side: which requests are allowed, and their answers from the last good site."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from anyio import to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sitegen.base.text import digest
from sitegen.serve.files import PREFIX, Pages, ServedPage, content_type, locate, url_path
from sitegen.serve.live_reload import CLIENT, MAX_BROWSERS, Live
from sitegen.serve.overlay import error_page
from sitegen.serve.state import Current

CHUNK = 1 << 18
SCRIPT = '<script src="{prefix}live.js" data-version="{version}" defer></script>'
_MARK = digest(SCRIPT.encode())[
    :6
]  # part of a page's ETag, as the script is part of what is served
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def preview_app(
    current: Current,
    live: Live,
    pages: Pages,
    hosts: Collection[str],
    any_address: bool,
    reload: bool = True,
    others: Mapping[str, ASGIApp] | None = None,
) -> ASGIApp:
    """The application: the site below its path, and the server's own files below ``/_sitegen/``.

    ``hosts`` are the host names that requests may use; with ``any_address`` also every IP address.
    With ``reload`` pages get the live-reload script as they are served: files are not changed.
    ``others`` are applications by the beginning of the paths that they answer, such as the desk.
    """
    site = _SiteServer(current, pages, reload)

    async def client_file(request: Request) -> Response:
        name = request.path_params["name"]
        data = _CLIENT_FILES.get(name)
        return (
            Response(data, headers=_headers(name))
            if data is not None
            else PlainTextResponse("not found\n", 404)
        )

    async def events(request: Request) -> Response:
        if (
            request.method != "GET"
            or not _same_origin(request)
            or len(live.browsers) >= MAX_BROWSERS
        ):
            return PlainTextResponse("refused\n", 403)
        query = request.query_params
        stream = live.stream(
            query.get("page", "/"), query.get("version", ""), query.get("seen", "")
        )
        return StreamingResponse(stream, media_type="text/event-stream", headers=HEADERS)

    routes = [
        Route(PREFIX + "events", events, methods=["GET"]),
        Route(PREFIX + "{name}", client_file, methods=["GET"]),
        Route("/{path:path}", site.answer, methods=["GET"]),
    ]
    app = _parted(Starlette(routes=routes), others or {})
    return _Guard(app, hosts, any_address)


def _parted(app: ASGIApp, others: Mapping[str, ASGIApp]) -> ASGIApp:
    """``app``, but for the paths that ``others`` answer."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        found = (other for start, other in others.items() if path.startswith(start))
        await next(found, app)(scope, receive, send)

    return answer if others else app


def _same_origin(request: Request) -> bool:
    """Whether a page of this server asks for a stream: no other page may learn what is edited."""
    origin = request.headers.get("origin")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    return not origin or urlsplit(origin).netloc == request.headers.get("host")


class _Guard:
    """Refuses requests by another host's name (DNS rebinding), and keeps any failure from ending
    the server."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], any_address: bool) -> None:
        self.app, self.hosts, self.any_address = (
            app,
            frozenset(h.lower() for h in hosts),
            any_address,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if not self._known([value for name, value in scope["headers"] if name == b"host"]):
            known = ", ".join(sorted(self.hosts)) + (
                " and by its IP addresses" if self.any_address else ""
            )
            refusal = (
                f"This preview answers to {known}.\nOther host names are refused, so that no page"
                " of another site can read it.\n"
            )
            return await PlainTextResponse(refusal, 400)(scope, receive, send)
        started = False

        async def noting(message: Any) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception:  # noqa: BLE001
            if not started:
                refusal = "the preview cannot answer this request\n"
                await PlainTextResponse(refusal, 500)(scope, receive, send)

    def _known(self, given: list[bytes]) -> bool:
        if len(given) != 1:
            return False
        name = re.sub(r":\d*$", "", given[0].decode("latin-1").lower())
        if name in self.hosts:
            return True
        try:
            ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return False
        return self.any_address


class _SiteServer:
    def __init__(self, current: Current, pages: Pages, reload: bool) -> None:
        self.current, self.pages, self.reload = current, pages, reload

    async def answer(self, request: Request) -> Response:
        site, path = self.current.site, request.scope["path"]
        if site.path and path in ("/", site.path):
            return RedirectResponse(url_path(site.path) + "/", 307, HEADERS)
        target = (
            locate(site.folder, path.removeprefix(site.path))
            if path.startswith(site.path + "/")
            else None
        )
        if target and target.is_dir():
            index = target / "index.html"
            if index.is_file() and not path.endswith("/"):
                query = request.scope["query_string"].decode("latin-1")
                return RedirectResponse(
                    url_path(path) + "/" + (f"?{query}" if query else ""), 307, HEADERS
                )
            target = (
                index if locate(site.folder, path.removeprefix(site.path) + "index.html") else None
            )
        if not target:
            return self.missing(request)
        if target.suffix.lower() in (".html", ".htm"):
            page = self.pages.read(target)
            return self.page(request, page) if page else self.missing(request)
        return await _file(request, target)

    def page(self, request: Request, page: ServedPage, status: int = 200) -> Response:
        """A page with the script of the preview in it."""
        tag = f'"{page.version}-{_MARK}"' if self.reload else f'"{page.version}"'
        headers = _headers("page.html", tag)
        if status == 200 and _unchanged(request, tag):
            return Response(None, 304, headers)
        data = page.data
        if self.reload:
            script = SCRIPT.format(prefix=PREFIX, version=page.version).encode()
            end = data.rfind(b"</body>")
            data = data[:end] + script + data[end:] if end >= 0 else data + script
        return Response(data, status, headers)

    def missing(self, request: Request) -> Response:
        """The site's own 404 page; before the first good build, the errors."""
        site = self.current.site
        found = self.pages.read(site.folder / "404.html")
        if found:
            return self.page(request, found, 404)
        built = site.folder.is_dir()
        if not built and not site.problems:
            self.current.lost()
        title = (
            "Not found"
            if built
            else "The site could not be built"
            if site.problems
            else "The site is being built"
        )
        page = ServedPage(
            error_page(site.problems, title).encode(), f"none-{site.problems_id}"
        )  # by which the script knows it
        return self.page(request, page, 404 if built else 503)


def _headers(name: str, tag: str = "") -> dict[str, str]:
    return {**HEADERS, "Content-Type": content_type(name), **({"ETag": tag} if tag else {})}


def _unchanged(request: Request, tag: str) -> bool:
    known = request.headers.get("if-none-match", "")
    return known.strip() == "*" or tag in {
        one.strip().removeprefix("W/") for one in known.split(",")
    }


async def _file(request: Request, path: Path) -> Response:
    """A file, or the part of it that is asked for.

    It is opened once, so that a publish between cannot mix two.
    """
    try:
        file = open(path, "rb", buffering=0)  # noqa: SIM115
    except OSError:
        return PlainTextResponse("not found\n", 404)
    try:
        info = os.fstat(file.fileno())
        tag = f'"{info.st_mtime_ns:x}-{info.st_size:x}"'
        headers = {**_headers(path.name, tag), "Accept-Ranges": "bytes"}
        if _unchanged(request, tag):
            file.close()
            return Response(None, 304, headers)
        start, stop, status = 0, info.st_size, 200
        asked = _RANGE.fullmatch(request.headers.get("range", "").strip())
        if asked and any(asked.groups()) and request.headers.get("if-range", tag) == tag:
            first, last = asked.groups()
            start = int(first) if first else max(0, info.st_size - int(last))
            stop = min(info.st_size, int(last) + 1) if first and last else info.st_size
            if start >= info.st_size or start >= stop:
                file.close()
                return Response(None, 416, {**headers, "Content-Range": f"bytes */{info.st_size}"})
            status = 206
            headers["Content-Range"] = f"bytes {start}-{stop - 1}/{info.st_size}"
        if stop - start <= CHUNK or request.method == "HEAD":
            data = b"" if request.method == "HEAD" else os.pread(file.fileno(), stop - start, start)
            file.close()
            return Response(data, status, {**headers, "Content-Length": str(stop - start)})
    except BaseException:
        file.close()
        raise
    headers["Content-Length"] = str(stop - start)
    return StreamingResponse(_chunks(file.fileno(), file.close, start, stop), status, headers)


async def _chunks(descriptor: int, close: Callable[[], None], start: int, stop: int) -> Any:
    try:
        while start < stop:
            data = await to_thread.run_sync(os.pread, descriptor, min(CHUNK, stop - start), start)
            if not data:
                return
            start += len(data)
            yield data
    finally:
        close()


_CLIENT_FILES = {p.name: p.read_bytes() for p in sorted(CLIENT.iterdir()) if p.suffix == ".js"}
