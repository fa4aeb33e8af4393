"""A mail server: one message to each recipient (RFC 5321), with headers by which mail programs
unsubscribe them with one click (RFC 8058)."""

from __future__ import annotations

import hashlib
import hmac
import smtplib
import ssl
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr
from urllib.parse import quote, urlsplit

from sitegen.base.diagnostics import in_words
from sitegen.config.send import SmtpSend
from sitegen.send.letter import with_link
from sitegen.send.model import (
    Mailing,
    MaybeSent,
    NotSent,
    NotSentYet,
    Parcel,
    State,
    Unavailable,
)

TIMEOUT = 60.0
PORTS = {"tls": 465, "starttls": 587, "none": 25}
TOKEN = 32  # letters of a token by which an address is known


class Smtp:
    """Sends to each recipient; ``key`` is the secret from which the tokens of unsubscribe links
    are made, ``now`` the moment of the run."""

    two_steps = False

    def __init__(
        self, target: SmtpSend, recipients: Sequence[Parcel], password: str, key: str, now: str
    ) -> None:
        self.name, self.target, self.recipients = target.host, target, recipients
        self.password, self.key, self.now = password, key, now
        self.connection: smtplib.SMTP | None = None
        self.last = 0.0  # when the last mail was begun, by a clock that only runs forward

    def parcels(self) -> Sequence[Parcel]:
        """Everybody on the list."""
        return self.recipients

    def create(self, letter: Mailing, parcel: Parcel) -> str:
        """There is nothing to create."""
        return ""

    def state(self, id: str) -> State:
        """A mail server does not say what became of a mail."""
        return "unknown"

    def trial(self, letter: Mailing, to: Sequence[str]) -> None:
        """Send the letter to these addresses only."""
        for address in to:
            self.start(letter, Parcel("trial", address, address), "")

    def start(self, letter: Mailing, parcel: Parcel, id: str) -> None:
        """Send one mail."""
        self._wait()
        server = self._connected()
        mail = message_to(letter, parcel, self.target.unsubscribe, self.key, self.now)
        local = parcel.to.rpartition("@")[0]
        international = not local.isascii()
        if international and not server.has_extn("smtputf8"):
            raise NotSent("the server takes no addresses with such letters (SMTPUTF8)")
        policy = SMTPUTF8 if international else SMTP
        _deliver(self, server, letter, parcel, mail.as_bytes(policy=policy), international)

    def _wait(self) -> None:
        """Keep to the number of mails a minute that the server allows."""
        if not self.target.per_minute:
            return
        passed = time.monotonic() - self.last
        time.sleep(max(0.0, 60 / self.target.per_minute - passed) if self.last else 0.0)
        self.last = time.monotonic()

    def _connected(self) -> smtplib.SMTP:
        """The connection, which is opened if there is none."""
        if self.connection is None:
            try:
                self.connection = self._open()
            except smtplib.SMTPAuthenticationError as error:
                raise Unavailable(f"refused user or password ({error.smtp_code})") from None
            except (OSError, smtplib.SMTPException) as error:
                raise Unavailable(in_words(error)) from None
        return self.connection

    def _open(self) -> smtplib.SMTP:
        target = self.target
        port = target.port or PORTS[target.security]
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if target.security == "tls":
            server = smtplib.SMTP_SSL(target.host, port, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(target.host, port, timeout=TIMEOUT)
        try:
            if target.security == "starttls":
                server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
            if target.user:
                server.login(target.user, self.password)
        except BaseException:
            server.close()
            raise
        return server

    def drop(self) -> None:
        """Close the connection without a word: it may be in the middle of something."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def close(self) -> None:
        """End the session."""
        if self.connection is not None:
            with suppress(OSError, smtplib.SMTPException):
                self.connection.quit()
            self.drop()


def _deliver(
    sender: Smtp,
    server: smtplib.SMTP,
    letter: Mailing,
    parcel: Parcel,
    data: bytes,
    international: bool,
) -> None:
    """Carry out the transaction of one mail.

    Until DATA has begun, a lost connection means that nothing went out; then it leaves a doubt.
    """
    options = ["smtputf8"] if international else []
    begun = False
    try:
        code, said = server.mail(_ascii(parseaddr(letter.sender)[1]), options)
        if code >= 400:
            raise Unavailable(f"refused the sender: {code} {_words(said)}")
        _accepted(server.rcpt(_ascii(parcel.to)))
        begun = True
        _accepted(server.data(data))
    except smtplib.SMTPDataError as error:
        sender.drop()
        _accepted((error.smtp_code, error.smtp_error))
    except (OSError, smtplib.SMTPException) as error:
        sender.drop()
        message = f"the connection was lost: {in_words(error)}"
        raise (MaybeSent(message) if begun else NotSentYet(message)) from None
    except (NotSent, NotSentYet):
        with suppress(OSError, smtplib.SMTPException):
            server.rset()
        raise


def _accepted(answer: tuple[int, bytes | str]) -> None:
    """Raise what an answer of the server means that is not a yes."""
    code, said = answer
    if code >= 500:
        raise NotSent(f"{code} {_words(said)}")
    if code >= 400:
        raise NotSentYet(f"{code} {_words(said)}")


def _words(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split())[:200]


def _ascii(address: str) -> str:
    """An address with its host as in DNS (RFC 5890)."""
    local, _, host = address.rpartition("@")
    try:
        return f"{local}@{host.encode('idna').decode()}"
    except UnicodeError:
        return address


# The message ----------------------------------------------------------------------------------
def message_to(letter: Mailing, parcel: Parcel, pattern: str, key: str, now: str) -> EmailMessage:
    """The mail to one recipient.

    ``pattern`` is where they unsubscribe, with `{address}` and `{token}`; ``key`` is the secret of
    the token.
    """
    url = unsubscribe_url(pattern, parcel.to, key)
    letter = with_link(letter, url.replace("&", "&amp;"), url)
    host = urlsplit(letter.page).hostname or "localhost"
    name, address = parseaddr(letter.sender)
    mail = EmailMessage(SMTP)
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(datetime.fromisoformat(now))
    mail["From"] = Address(name, addr_spec=address)
    mail["To"] = parcel.to
    mail["Message-ID"] = f"<edition-{letter.key}.{parcel.mark[:16]}@{host}>"
    mail["List-Id"] = f"<{(letter.key.rpartition('/')[0] or 'editions')}.{host}>"
    mail["List-Unsubscribe"] = f"<{url}>"
    if url.startswith("https://"):
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if letter.page:
        mail["Archived-At"] = f"<{letter.page}>"
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    if letter.language:
        mail["Content-Language"] = letter.language  # before, it would be that of the text only
    mail.set_boundary(f"=_{parcel.mark[:32]}")
    return mail


def unsubscribe_url(pattern: str, address: str, key: str) -> str:
    """``pattern`` for one address; its token is an HMAC of the address (RFC 2104)."""
    token = hmac.new(key.encode(), address.casefold().encode(), hashlib.sha256).hexdigest()
    out = pattern.replace("{address}", quote(address, safe=""))
    return out.replace("{token}", token[:TOKEN])
