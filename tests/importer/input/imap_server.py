"""A small IMAP server (RFC 3501): one mailbox, with the commands that reading it needs."""

from __future__ import annotations

import re
import socketserver
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.answering import answering


@dataclass
class Mailbox:
    """The letters by UID, and the commands that the server got."""

    letters: dict[int, bytes] = field(default_factory=dict)
    validity: int = 7
    commands: list[str] = field(default_factory=list)
    port: int = 0
    password: str = "s3cret"


@contextmanager
def imap_server(context: ssl.SSLContext | None = None) -> Iterator[Mailbox]:
    """A server on a free port of this machine, with TLS if there is a ``context``."""
    box = Mailbox()

    class Session(socketserver.StreamRequestHandler):
        def line(self, text: str) -> None:
            self.wfile.write(text.encode() + b"\r\n")

        def handle(self) -> None:
            if context:
                self.request = context.wrap_socket(self.request, server_side=True)
                self.setup()
            self.line("* OK ready")
            while row := self.rfile.readline():
                tag, _, command = row.decode().strip().partition(" ")
                box.commands.append(re.sub(r"(LOGIN \S+) .*", r"\1 …", command))
                name, _, rest = command.partition(" ")
                reply = getattr(self, f"on_{name.lower()}", lambda _: "BAD unknown")(rest)
                self.line(f"{tag} {reply}")
                if name == "LOGOUT":
                    return

        def finish(self) -> None:
            super().finish()
            self.request.close()

        def on_capability(self, _: str) -> str:
            self.line("* CAPABILITY IMAP4rev1")
            return "OK done"

        def on_login(self, rest: str) -> str:
            good = rest in (f'desk "{box.password}"', f'"desk" "{box.password}"')
            return "OK done" if good else "NO wrong password"

        def on_examine(self, rest: str) -> str:
            if rest != '"Letters"':
                return "NO no such mailbox"
            self.line(f"* {len(box.letters)} EXISTS")
            self.line(f"* OK [UIDVALIDITY {box.validity}] valid")
            return "OK [READ-ONLY] done"

        def on_uid(self, rest: str) -> str:
            kind, _, what = rest.partition(" ")
            if kind == "SEARCH":
                wanted = re.fullmatch(r"UID (\d+):\*", what)
                if wanted:  # the last one is always among them
                    last = max(box.letters, default=0)
                    found = [u for u in box.letters if u >= int(wanted[1]) or u == last]
                else:
                    pattern = r'SINCE \d{1,2}-[A-Z][a-z]{2}-\d{4}(?: FROM "(.*)")?'
                    sender = re.fullmatch(pattern, what)
                    assert sender
                    wanted_from = (sender[1] or "").encode()
                    found = [u for u, data in box.letters.items() if wanted_from in data]
                self.line(f"* SEARCH {' '.join(map(str, found))}")
                return "OK done"
            uid, _, items = what.partition(" ")
            letter = box.letters[int(uid)]
            if items == "(RFC822.SIZE)":
                self.line(f"* 1 FETCH (UID {uid} RFC822.SIZE {len(letter)})")
            else:
                assert items == "(BODY.PEEK[])"
                self.line(f"* 1 FETCH (UID {uid} BODY[] {{{len(letter)}}}")
                self.wfile.write(letter + b")\r\n")
            return "OK done"

        def on_logout(self, _: str) -> str:
            self.line("* BYE")
            return "OK done"

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address, daemon_threads = True, True

        def handle_error(self, *_: Any) -> None:
            """A client that does not trust the certificate hangs up."""

    with answering(Server(("127.0.0.1", 0), Session)) as server:
        box.port = server.server_address[1]
        yield box
