"""Who may use the desk: this machine, a page of the desk itself, and nobody else.

A form has to come from a page that this server has shown to this browser. Three things show it: the
`Origin` header, a cookie that no other site can make the browser send, and a token that goes with
the cookie.

Source: OWASP, Cross-Site Request Forgery Prevention (https://cheatsheetseries.owasp.org/)
"""

from __future__ import annotations

import hmac
import ipaddress
import re
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response

MAX_FORM = 1 << 20  # bytes
HOSTS = ("localhost", "127.0.0.1", "[::1]")
TYPE = "application/x-www-form-urlencoded"
_PORT = re.compile(r":\d{1,5}$")
_SESSION = re.compile(r"[A-Za-z0-9_-]{43}")
POLICY = (
    "default-src 'none'; script-src {static}; style-src {static}; img-src 'self' data:;"
    " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
# What an e-mail may do in its frame: show its styles and the images of the site.
LETTER_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline';"
    " img-src 'self' data:; frame-ancestors 'self'"
)


class DeskRefusal(Exception):
    """A request that the desk does not answer, with its status and the reason."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


class Form:
    """The fields of a form, each a text; of one that is given more than once, all texts."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self.fields = fields

    def text(self, name: str) -> str:
        """The last text of a field, or nothing."""
        return self.fields.get(name, [""])[-1]

    def texts(self, name: str) -> list[str]:
        """All texts of a field."""
        return self.fields.get(name, [])


class Sessions:
    """The tokens of this server: each goes with the cookie of one browser."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def of(self, request: Request) -> tuple[str, str]:
        """The session of a browser, a new one if it has none, and its token."""
        given = request.cookies.get(_cookie(request), "")
        session = given if _SESSION.fullmatch(given) else secrets.token_urlsafe(32)
        return session, self._token(session)

    def _token(self, session: str) -> str:
        return hmac.new(self._secret, session.encode(), "sha256").hexdigest()

    def check(self, request: Request, form: Form) -> None:
        """Raise DeskRefusal for a form that does not come from a page of this desk."""
        session = request.cookies.get(_cookie(request), "")
        known, given = self._token(session).encode(), form.text("token").encode()
        if not (_SESSION.fullmatch(session) and hmac.compare_digest(known, given)):
            raise DeskRefusal(403, "This page is from an earlier run of the desk. Load it again.")


def with_session(response: Response, request: Request, session: str) -> Response:
    """``response`` with the cookie of a session: no script reads it, no other site sends it."""
    response.set_cookie(_cookie(request), session, path="/_desk/", httponly=True, samesite="strict")
    return response


def _cookie(request: Request) -> str:
    """The name of the cookie: browsers give those of one port to all others."""
    port = _PORT.search(request.headers.get("host", ""))
    return f"sitegen-desk{port[0][1:] if port else ''}"


def check_caller(request: Request) -> None:
    """Raise DeskRefusal for a request from another machine, by another host's name (DNS rebinding),
    or with a form from another site."""
    if request.client and not _is_loopback(request.client.host):
        raise DeskRefusal(403, "The desk answers this machine only.")
    host = _host(request)
    if _PORT.sub("", host) not in HOSTS:
        raise DeskRefusal(400, f"The desk answers to {', '.join(HOSTS)} only.")
    if request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        raise DeskRefusal(403, "Another site asks for this page.")
    if request.method == "POST" and request.headers.get("origin", "") != f"http://{host}":
        raise DeskRefusal(403, "This form comes from another site.")


def _is_loopback(client: str) -> bool:
    try:
        return ipaddress.ip_address(client).is_loopback
    except ValueError:
        return False


def _host(request: Request) -> str:
    """The host that a request names, with its port; empty where it names none or several."""
    hosts = request.headers.getlist("host")
    return hosts[0].lower() if len(hosts) == 1 else ""


async def read_form(request: Request) -> Form:
    """The fields of a form. Raises DeskRefusal for what is none, or is too large."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != TYPE:
        raise DeskRefusal(415, "The desk takes forms only.")
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > MAX_FORM:
            raise DeskRefusal(413, "This form is too large.")
    try:
        fields = parse_qs(data.decode(), keep_blank_values=True, max_num_fields=5_000)
    except (UnicodeDecodeError, ValueError):
        raise DeskRefusal(400, "This form cannot be read.") from None
    return Form(fields)


def page_headers(request: Request) -> dict[str, str]:
    """The headers of every page of the desk."""
    static = f"http://{request.headers.get('host', '')}/_desk/static/"
    return {
        "Content-Security-Policy": POLICY.format(static=static),
        "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
