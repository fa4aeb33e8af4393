"""The requests of the desk: pages, and forms that act.

A form without script is answered with a redirect to the page it came from; the script of the desk
asks for JSON instead. Both do the same.
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec
from anyio import to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sitegen.base.diagnostics import SitegenError
from sitegen.base.files import is_inside, read_bytes
from sitegen.desk.web.answers import ACTIONS, Conflict, FormAnswer, Tools, in_words
from sitegen.desk.web.guard import (
    LETTER_POLICY,
    DeskRefusal,
    Form,
    Sessions,
    check_caller,
    page_headers,
    read_form,
    with_session,
)
from sitegen.desk.web.pages import STATIC, page
from sitegen.desk.web.views import comment_values, desk_values, edition_values, read_values
from sitegen.model.base import Struct

KEPT = 50  # answers that can be shown on the page after a redirect
MAX_QUERY = 500
_JSON = "application/json"
TYPED = ("text", "by", "title", "intro", "intro_by", "outro", "outro_by")  # what people write


class Desk(Struct, frozen=True):
    """What the desk needs: a site's files, the folder of its preview, and programs to call."""

    tools: Tools
    preview: Path  # where the preview is built
    base: Callable[[], str] = str  # the path of the site in the preview


def desk_app(desk: Desk) -> ASGIApp:
    """The application, for requests below `/_desk/`."""
    pages = _Pages(desk)
    shown = {
        "": pages.desk,
        "inbox": pages.inbox,
        "edition": pages.edition,
        "read": pages.read,
        "comment": pages.comment,
        "email": pages.email,
        "static/{name}": pages.static,
    }
    routes = [
        *(Route(f"/_desk/{path}", guarded(show), methods=["GET"]) for path, show in shown.items()),
        *(
            Route(f"/_desk/{name}", guarded(partial(pages.act, name)), methods=["POST"])
            for name in ACTIONS
        ),
    ]
    return Starlette(routes=routes)


Answering = Callable[[Request], Awaitable[Response]]


def guarded(show: Answering) -> Answering:
    """``show``, for callers that may ask; what is refused, and what goes wrong, is a page."""

    async def answer(request: Request) -> Response:
        form = None
        try:
            check_caller(request)
            if request.method == "POST":
                form = request.state.form = await read_form(request)
            response = await show(request)
        except DeskRefusal as refused:
            response = _refusal(request, refused.status, refused.reason, form)
        except SitegenError as error:
            response = _refusal(request, 400, "; ".join(map(in_words, error.diagnostics)), form)
        except OSError as error:
            reason = f"A file cannot be read or written: {error.strerror or error}."
            response = _refusal(request, 500, f"{reason} Look at the disk, and try again.", form)
        for name, value in page_headers(request).items():
            response.headers.setdefault(name, value)
        return response

    return answer


def _refusal(request: Request, status: int, reason: str, form: Form | None) -> Response:
    """A page, or JSON for the script, that says why; what somebody typed is on it."""
    if _wants_json(request):
        return JSONResponse({"said": reason, "ok": False}, status)
    typed = [(name, form.text(name)) for name in TYPED if form.text(name)] if form else []
    html = page("refused.html", reason=reason, typed=typed, site="", lang="en", said="")
    return HTMLResponse(html, status)


class _Pages:
    """The endpoints. What is read or written is done in a thread, so that no request waits for
    another one's."""

    def __init__(self, desk: Desk) -> None:
        self.desk_given = desk
        self.reader = desk.tools.reader
        self.sessions = Sessions()
        self.said: deque[tuple[str, FormAnswer]] = deque(maxlen=KEPT)
        self.by = ""  # who wrote the last comment: mostly the same person writes the next one

    # Pages ------------------------------------------------------------------------------------
    async def desk(self, request: Request) -> Response:
        return await self._show(request, "desk.html", self._desk_values)

    async def inbox(self, request: Request) -> Response:
        return await self._show(request, "inbox.html", self._desk_values)

    async def edition(self, request: Request) -> Response:
        return await self._show(
            request, "edition.html", lambda q: edition_values(self.reader, q.get("edition", ""))
        )

    async def read(self, request: Request) -> Response:
        return await self._show(
            request, "read.html", lambda q: read_values(self.reader.settings(), q.get("path", ""))
        )

    async def comment(self, request: Request) -> Response:
        def values(query: Mapping[str, str]) -> dict[str, Any]:
            edition = query.get("edition", "")
            return comment_values(self.reader, query.get("path", ""), edition, self.by)

        return await self._show(request, "comment.html", values)

    async def email(self, request: Request) -> Response:
        """The e-mail of an edition as the preview has built it, shut into its frame."""
        key = request.query_params.get("edition", "")
        data = await to_thread.run_sync(letter_of, self.desk_given.preview, key)
        html = data or b"<p>The preview has no e-mail of this edition yet."
        headers = {"Content-Security-Policy": LETTER_POLICY, "X-Frame-Options": "SAMEORIGIN"}
        return HTMLResponse(html, 200 if data else 404, headers)

    async def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        data = STATIC.get(name)
        if data is None:
            raise DeskRefusal(404, "There is no such file.")
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        headers = {"Cache-Control": "no-cache", "Content-Type": f"{kind}; charset=utf-8"}
        return Response(data, headers=headers)

    def _desk_values(self, query: Mapping[str, str]) -> dict[str, Any]:
        number = query.get("page", "")
        return desk_values(
            self.reader,
            query.get("q", "")[:MAX_QUERY],
            int(number) if number.isdecimal() and len(number) < 6 else 1,
            query.get("edition", ""),
        )

    async def _show(
        self, request: Request, template: str, values: Callable[[Mapping[str, str]], dict[str, Any]]
    ) -> Response:
        query = request.query_params
        session, token = self.sessions.of(request)
        html = await to_thread.run_sync(
            lambda: page(template, **self._shared(request, token), **values(query))
        )
        return with_session(HTMLResponse(html), request, session)

    def _shared(self, request: Request, token: str) -> dict[str, Any]:
        """What every page shows."""
        config = self.reader.settings().config
        query = request.query_params
        place = f"{request.url.path}{f'?{request.url.query}' if request.url.query else ''}"
        is_desk = request.url.path == "/_desk/"
        answer = dict(self.said).get(query.get("said", ""))
        return {
            "site": config.title,
            "lang": config.language,
            "token": token,
            "next": own_page(query.get("next", place if is_desk else "")),
            "said": answer.said if answer else "",
            "base": self.desk_given.base(),
            "home": f"{self.desk_given.base()}/",
            "can_send": bool(config.send) and self.desk_given.tools.send is not None,
        }

    # Forms ------------------------------------------------------------------------------------
    async def act(self, name: str, request: Request) -> Response:
        form: Form = request.state.form
        self.sessions.check(request, form)
        try:
            answer = await to_thread.run_sync(self._answer, name, form)
        except Conflict as conflict:
            return self._conflict(request, conflict)
        if name == "comment":
            self.by = form.text("by")
        if _wants_json(request):
            return JSONResponse(msgspec.structs.asdict(answer), 200 if answer.ok else 409)
        number = secrets.token_urlsafe(6)
        self.said.append((number, answer))
        target = own_page(form.text("next"))
        return RedirectResponse(with_said(target, number), 303)

    def _answer(self, name: str, form: Form) -> FormAnswer:
        try:
            return ACTIONS[name](self.desk_given.tools, form)
        except SitegenError as error:
            return FormAnswer(" ".join(map(in_words, error.diagnostics)), False)

    def _conflict(self, request: Request, conflict: Conflict) -> Response:
        _, token = self.sessions.of(request)
        values = self._shared(request, token) | {
            "path": conflict.path,
            "action": conflict.action,
            "kept": [*conflict.kept.items()],
            "fields": conflict.fields,
            "next": own_page(conflict.kept.get("next", "")),
        }
        return HTMLResponse(page("conflict.html", **values), 409)


def _wants_json(request: Request) -> bool:
    return _JSON in request.headers.get("accept", "")


def own_page(path: str) -> str:
    """``path`` if it is a page of the desk, else the desk's first page: a link may ask for any."""
    is_own = path.startswith("/_desk/") and path.isprintable() and "\\" not in path
    return path if is_own else "/_desk/"


def with_said(path: str, number: str) -> str:
    """``path`` with the number of an answer to be shown there."""
    parts = urlsplit(path)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "said"]
    return f"{parts.path}?{urlencode([*query, ('said', number)])}"


def letter_of(preview: Path, key: str) -> bytes | None:
    """The e-mail of an edition in the folder of the preview; None where there is none."""
    path = locate_edition(preview, key)
    try:
        return read_bytes(path, key) if path else None
    except SitegenError:
        return None


def locate_edition(preview: Path, key: str) -> Path | None:
    """The file of an edition's e-mail below ``preview``; None for a key that leads elsewhere."""
    return preview / "edition" / key / "email.html" if key and is_inside(key) else None
