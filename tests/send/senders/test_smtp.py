"""Mail by SMTP, against a real server."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sitegen.config.send import SmtpSend
from sitegen.send.model import MaybeSent, NotSent, NotSentYet, Parcel, Unavailable
from sitegen.send.senders.smtp import Smtp, message_to, unsubscribe_url
from tests.send.samples import LETTER, NOW
from tests.send.servers import Mailbox, certificate, mail_server

LEAVE = "https://digest.press/leave?who={address}&key={token}"
ANN = Parcel("a" * 32, "ann@post.example", "ann@post.example")


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def plain() -> Iterator[Mailbox]:
    with mail_server() as box:
        yield box


def smtp(box: Mailbox, **more: Any) -> Smtp:
    settings = {"security": "none", **more}
    password = str(settings.pop("password", ""))
    target = SmtpSend(
        host="localhost", unsubscribe=LEAVE, recipients="x", port=box.port, **settings
    )
    return Smtp(target, [ANN], password, "key", NOW)


def test_a_mail_over_tls_with_login(pem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with mail_server(context, login=True) as box:
        secure = {"security": "starttls", "user": "desk"}
        sender = smtp(box, password="s3cret", **secure)
        sender.start(LETTER, ANN, "")
        sender.close()
        with pytest.raises(Unavailable, match="refused user or password"):
            smtp(box, password="wrong", **secure).start(LETTER, ANN, "")
        monkeypatch.delenv("SSL_CERT_FILE")
        with pytest.raises(Unavailable, match=r"certificate"):
            smtp(box, password="s3cret", **secure).start(LETTER, ANN, "")
    assert box.to() == ["ann@post.example"]


def test_what_arrives(plain: Mailbox) -> None:
    sender = smtp(plain)
    sender.start(LETTER, ANN, "")
    sender.close()
    _, mail = plain.mails[-1]
    url = unsubscribe_url(LEAVE, "ann@post.example", "key")
    assert url.startswith("https://digest.press/leave?who=ann%40post.example&key=")
    assert "token" not in url
    assert mail["List-Unsubscribe"] == f"<{url}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (mail["To"], mail["List-Id"]) == ("ann@post.example", "<friday.digest.press>")
    assert mail["Date"].datetime.isoformat() == NOW
    assert mail["Subject"] == LETTER.subject
    html, text = (mail.get_body((kind,)) for kind in ("html", "plain"))
    assert html and text
    link = f'<a href="{url.replace("&", "&amp;")}">Abbestellen &amp; Ende</a>'
    assert link in html.get_content()
    words = text.get_content().replace("\r\n", "\n")
    assert words.endswith(f"\n\nAbbestellen & Ende: {url}\n")


def test_an_address_to_write_to_has_no_one_click() -> None:
    mail = message_to(LETTER, ANN, "mailto:leave@digest.press", "", NOW)
    assert mail["List-Unsubscribe"] == "<mailto:leave@digest.press>"
    assert mail["List-Unsubscribe-Post"] is None


def test_a_token_is_that_of_its_address() -> None:
    one, other = (unsubscribe_url("{token}", who, "key") for who in ("a@b.example", "A@B.example"))
    assert one == other != unsubscribe_url("{token}", "a@b.example", "other key")
    assert len(one) == 32


@pytest.mark.parametrize(
    ("stage", "reply", "kind"),
    [
        ("RCPT", "550 no such user", NotSent),
        ("RCPT", "450 later", NotSentYet),
        ("DATA", "554 spam", NotSent),
        ("DATA", "452 full", NotSentYet),
        ("DATA", "lost", MaybeSent),
    ],
)
def test_what_a_server_says_and_then_the_next_mail(
    plain: Mailbox, stage: str, reply: str, kind: type[Exception]
) -> None:
    sender = smtp(plain)
    who = f"{stage}-{reply[:3]}@post.example"
    plain.replies[who, stage] = reply
    with pytest.raises(kind) as caught:
        sender.start(LETTER, Parcel("b" * 32, who, who), "")
    assert type(caught.value) is kind
    sender.start(LETTER, ANN, "")
    assert plain.to()[-1] == "ann@post.example"
    sender.close()


def test_a_server_that_is_not_there() -> None:
    with mail_server() as box:
        pass
    with pytest.raises(Unavailable):
        smtp(box).start(LETTER, ANN, "")


def test_a_trial_goes_to_these_addresses_only(plain: Mailbox) -> None:
    before = len(plain.mails)
    sender = smtp(plain)
    sender.trial(LETTER, ["me@digest.press", "you@digest.press"])
    sender.close()
    assert plain.to()[before:] == ["me@digest.press", "you@digest.press"]
    assert (sender.two_steps, sender.create(LETTER, ANN), sender.state("")) == (
        False,
        "",
        "unknown",
    )


def test_addresses_with_other_letters(plain: Mailbox) -> None:
    sender = smtp(plain)
    sender.start(LETTER, Parcel("c", "", "ann@münchen.example"), "")
    assert plain.to()[-1] == "ann@xn--mnchen-3ya.example"
    sender.start(LETTER, Parcel("c", "", "änn@post.example"), "")
    assert plain.to()[-1] == "änn@post.example"
    sender.close()


def test_a_server_that_takes_no_other_letters() -> None:
    with mail_server(enable_SMTPUTF8=False) as box:
        sender = smtp(box)
        with pytest.raises(NotSent, match="SMTPUTF8"):
            sender.start(LETTER, Parcel("c", "", "änn@post.example"), "")
        sender.close()
    assert box.to() == []
