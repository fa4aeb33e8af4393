"""Real servers on this machine: a mail server with TLS and login, and services for newsletters that
check each request against their documentation."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.answering import answering


# A mail server ---------------------------------------------------------------------------------
@dataclass
class Mailbox:
    """What a mail server has accepted; ``replies`` are its answers by recipient and stage."""

    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    replies: dict[tuple[str, str], str] = field(default_factory=dict)
    port: int = 0
    host: str = "localhost"

    def to(self) -> list[str]:
        """Who got a mail, in order."""
        return [who for who, _ in self.mails]

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Accept a recipient, unless it is to be refused."""
        if reply := self.replies.get((address, "RCPT")):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a mail."""
        for address in envelope.rcpt_tos:
            reply = self.replies.get((address, "DATA"), "")
            if reply and not reply.startswith("lost"):
                return reply
            mail = message_from_bytes(envelope.content, policy=default)
            assert isinstance(mail, EmailMessage)
            self.mails.append((address, mail))
            if reply:  # the answer never arrives
                server.transport.abort()
        return "250 OK"


class _Trusting:
    """The only account: `desk` with the password `s3cret`."""

    def __call__(
        self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any
    ) -> AuthResult:
        good = (data.login, data.password) == (b"desk", b"s3cret")
        return AuthResult(success=good, handled=good)


class _OnAFreePort(Controller):
    def _trigger_server(self) -> None:
        assert self.server
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(
    context: ssl.SSLContext | None = None, login: bool = False, **more: Any
) -> Iterator[Mailbox]:
    """A mail server on a free port; with ``context`` it wants STARTTLS, with ``login`` a user."""
    box = Mailbox()
    if context:
        more |= {"tls_context": context, "require_starttls": True}
    if login:
        more |= {"authenticator": _Trusting(), "auth_required": True}
        more |= {"auth_require_tls": bool(context)}
    controller = _OnAFreePort(box, hostname="127.0.0.1", port=0, **more)
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop(no_assert=True)


def certificate(folder: Path) -> Path:
    """A certificate for localhost, signed by itself, with its key in the same file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "localhost.pem"
    form = serialization.Encoding.PEM
    private = key.private_bytes(
        form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(form))
    return path


# Services --------------------------------------------------------------------------------------
@dataclass
class Request:
    """A request that a service got."""

    method: str
    path: str
    headers: dict[str, str]
    values: Any


@dataclass
class Service:
    """A service: what it was asked, and how it answers. ``answer`` gets a request and returns a
    status and values; a status of 0 closes the connection without an answer."""

    answer: Callable[[Request], tuple[int, Any]]
    requests: list[Request] = field(default_factory=list)
    url: str = ""

    def paths(self) -> list[str]:
        """What it was asked, as `POST /path`."""
        return [f"{one.method} {one.path}" for one in self.requests]


@contextmanager
def service(answer: Callable[[Request], tuple[int, Any]]) -> Iterator[Service]:
    """A service on a free port of this machine."""
    made = Service(answer)

    class Handler(BaseHTTPRequestHandler):
        def do(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            data = self.rfile.read(size)
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, self.path, headers, json.loads(data) if data else None)
            made.requests.append(request)
            status, values = made.answer(request)
            if not status:
                self.close_connection = True
                return
            body = b"" if values is None else json.dumps(values).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with answering(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as server:
        made.url = f"http://127.0.0.1:{server.server_port}"
        yield made
