"""Mail as a source: Maildir folders, and mailboxes of a real IMAP server."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sitegen.config.load import load_config
from sitegen.config.schema import SourceConfig
from sitegen.importer.input.feed_state import read_states
from sitegen.importer.input.mailboxes import (
    Mailboxes,
    MailState,
    imap_letters,
    is_server,
    maildir_letters,
    maildir_week,
    variable_of,
)
from sitegen.importer.model import ImportOptions, ImportReport
from sitegen.importer.run import import_all
from tests.importer.input.imap_server import Mailbox, imap_server
from tests.send.servers import certificate

NOW = datetime.fromisoformat("2026-11-27T12:00:00+00:00").timestamp()
LETTER = """\
From: Salm Post <news@post.example>
To: desk@digest.example
Subject: Ferries are late {n}
Date: Fri, 27 Nov 2026 0{n}:00:00 +0000
Message-ID: <{n}@post.example>
Content-Type: text/plain; charset=utf-8

The ferry to the island was late again on Friday, for the {n}th time this week.

Passengers waited on the quay for two hours in the rain, and nobody told them why.
"""
LINKS = """\
From: Links <links@list.example>
Subject: Five things
Date: Fri, 27 Nov 2026 08:00:00 +0000
Message-ID: <links@list.example>
Content-Type: text/html; charset=utf-8

<p>Good morning, here is what we read this week.</p>
<p><a href="https://post.example/a?utm_source=x">The crane that stopped a harbour</a>: three
days of silence on the quay.</p>
<p>The city wants cables for ships. <a href="https://other.example/b">Read more</a></p>
<p><a href="https://list.example/leave">Unsubscribe from this list</a></p>
"""


def letter(n: int) -> bytes:
    return LETTER.format(n=n).encode()


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    for name in ("cur", "new", "tmp"):
        (tmp_path / "mail" / name).mkdir(parents=True)
    (tmp_path / "mail/cur/1795766401.M1.host:2,S").write_bytes(letter(1))
    (tmp_path / "mail/new/1795766402.M2.host").write_bytes(letter(2))
    (tmp_path / "mail/tmp/1795766403.M3.host").write_bytes(letter(3))
    return tmp_path / "mail"


def test_a_maildir_is_read_once(maildir: Path) -> None:
    first = maildir_letters(maildir, MailState())
    assert [mail for _, mail in first.mails] == [letter(1), letter(2)]
    (maildir / "new/1795766402.M2.host").rename(maildir / "cur/1795766402.M2.host:2,RS")
    (maildir / "new/1795766404.M4.host").write_bytes(letter(4))
    second = maildir_letters(maildir, first.state)
    assert [mail for _, mail in second.mails] == [letter(4)]
    (maildir / "cur/1795766401.M1.host:2,S").unlink()
    assert len(maildir_letters(maildir, second.state).state.names) == 2


def test_a_letter_that_cannot_be_read_keeps_no_other(
    maildir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (maildir / "new/1795766404.M4.host").write_bytes(letter(4) * 9)
    monkeypatch.setattr("sitegen.importer.input.mailboxes.MAX_MAIL", 1000)
    found = maildir_letters(maildir, MailState())
    assert [mail for _, mail in found.mails] == [letter(1), letter(2)]
    assert "letter 1795766404.M4.host is too large" in found.notes[0]
    assert maildir_letters(maildir, found.state).notes == found.notes


def test_letters_of_the_last_four_weeks_give_the_rate(maildir: Path) -> None:
    (maildir / "new/1790000000.M0.host").write_bytes(letter(9))
    (maildir / "new/1795766409.M9.host").write_bytes(LINKS.encode())
    assert maildir_week(maildir, (), NOW) == 3 / 4
    assert maildir_week(maildir, ("Links@list.example",), NOW) == 1 / 4


def test_a_folder_that_is_no_maildir(tmp_path: Path) -> None:
    assert "is not a Maildir" in maildir_letters(tmp_path, MailState()).reason


def source(box: Mailbox, **more: Any) -> SourceConfig:
    given = {"mail": f"imap://localhost:{box.port}/Letters", "user": "desk"}
    return SourceConfig(**(given | more))


def test_a_mailbox_is_read_once_and_not_changed() -> None:
    with imap_server() as box:
        box.letters = {3: letter(1), 5: letter(2)}
        first = imap_letters(source(box), "s3cret", MailState(), NOW)
        assert [mail for _, mail in first.mails] == [letter(1), letter(2)]
        assert first.state == MailState("7", 5)
        assert first.week == 2 / 4
        strangers = imap_letters(source(box, senders=("a@b.example",)), "s3cret", MailState(), NOW)
        assert strangers.week == 0.0
        assert "UID SEARCH SINCE 27-Oct-2026" in box.commands
        assert not any(c.startswith(("SELECT", "UID STORE")) for c in box.commands)
        assert imap_letters(source(box), "s3cret", first.state, NOW).mails == []
        box.letters[9] = letter(4)
        assert len(imap_letters(source(box), "s3cret", first.state, NOW).mails) == 1
        box.validity = 8  # the numbers are others now
        assert len(imap_letters(source(box), "s3cret", first.state, NOW).mails) == 3


def test_a_mailbox_over_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pem = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with imap_server(context) as box:
        box.letters = {1: letter(1)}
        wanted = source(box, mail=f"imaps://localhost:{box.port}/Letters")
        assert "certificate" in imap_letters(wanted, "s3cret", MailState(), NOW).reason
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
        assert len(imap_letters(wanted, "s3cret", MailState(), NOW).mails) == 1


@pytest.mark.parametrize(
    ("password", "more", "said"),
    [
        ("", {}, "needs its password in IMAP_PASSWORD"),
        ("", {"env": "MY_MAIL"}, "needs its password in MY_MAIL"),
        ("wr0ng", {}, "wrong password"),
        ("s3cret", {"mail": "Lettres"}, "has no mailbox `Lettres`"),
    ],
)
def test_a_mailbox_that_cannot_be_read(password: str, more: dict[str, str], said: str) -> None:
    with imap_server() as box:
        if "mail" in more:
            more = {"mail": f"imap://localhost:{box.port}/{more['mail']}"}
        found = imap_letters(source(box, **more), password, MailState(), NOW)
    assert said in found.reason
    assert "wr0ng" not in found.reason


def test_a_server_that_is_not_there() -> None:
    with imap_server() as box:
        pass
    assert imap_letters(source(box), "s3cret", MailState(), NOW).reason
    assert (is_server("imaps://a/b"), is_server("mail/")) == (True, False)
    assert variable_of(SourceConfig()) == "IMAP_PASSWORD"


SITE = "title: T\nbase_url: https://t.example/\ntimezone: UTC\n"
Run = Callable[..., ImportReport]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run(
        settings: str, passwords: dict[str, str] | None = None, days: float = 0
    ) -> ImportReport:
        (tmp_path / "site.yaml").write_text(SITE + settings)
        config = load_config(SITE + settings)
        options = ImportOptions(now=NOW + days * 86_400)
        return import_all(tmp_path, config, [], options, passwords=passwords)

    return run


def test_letters_become_articles_once(tmp_path: Path, maildir: Path, run: Run) -> None:
    settings = "sources: {post: {name: Salm Post, mail: mail, tags: [ferries], rights: excerpt}}\n"
    report = run(settings)
    assert [(i.outcome, i.title) for i in report.items] == [
        ("created", "Ferries are late 1"),
        ("created", "Ferries are late 2"),
    ]
    text = next((tmp_path / "content/news").glob("*ferries-are-late-1.md")).read_text()
    assert "tags: [ferries]" in text
    assert "name: Salm Post" in text
    assert run(settings).items == ()
    (tmp_path / ".sitegen-cache/mail/post.json").unlink()
    assert {item.outcome for item in run(settings).items} == {"unchanged"}


def test_a_letter_of_links_becomes_its_items(maildir: Path, run: Run) -> None:
    (maildir / "new/1795766409.M9.host").write_bytes(LINKS.encode())
    keys = "mail: mail, split: links, status: inbox, senders: [links@list.example]"
    report = run(f"sources: {{links: {{{keys}}}}}\n")
    assert [(i.outcome, i.title) for i in report.items] == [
        ("created", "The crane that stopped a harbour"),
        ("created", "The city wants cables for ships."),
    ]


def test_a_mailbox_that_fails_stops_nothing(maildir: Path, run: Run) -> None:
    with imap_server() as box:
        box.letters = {1: letter(5)}
        where = f"imap://localhost:{box.port}"
        report = run(
            "sources:\n"
            f"  a: {{mail: '{where}/None', user: desk}}\n"
            f"  b: {{mail: '{where}/Letters', user: desk}}\n"
            "  c: {mail: nowhere}\n"
            "  d: {mail: mail}\n",
            {"a": "s3cret", "b": "s3cret"},
        )
    assert [i.outcome for i in report.items].count("created") == 3
    assert {d.level for d in report.diagnostics} == {"warning"}
    said = [(d.path, d.message) for d in report.diagnostics]
    assert said == [
        ("the mailbox of `a`", "has no mailbox `None`"),
        ("the mailbox of `c`", "is not a Maildir: it has neither `new` nor `cur`"),
    ]


def test_a_mailbox_has_a_state(tmp_path: Path, maildir: Path, run: Run) -> None:
    settings = "sources: {good: {mail: mail}, bad: {mail: nowhere}}\n"
    run(settings)
    states = read_states(tmp_path, load_config(SITE + settings))
    assert (states["good"].success, states["good"].week) == ("2026-11-27", 0.5)
    assert (states["bad"].failures, states["bad"].until) == (1, "")
    assert not (tmp_path / "content/_quarantine").exists()
    levels = [run(settings, days=days).diagnostics[0].level for days in (1, 6.9, 7, 8)]
    assert levels == ["warning", "warning", "error", "error"]
    (maildir).rename(tmp_path / "nowhere")
    assert run(settings, days=9).diagnostics[0].path == "the mailbox of `good`"
    states = read_states(tmp_path, load_config(SITE + settings))
    assert (states["bad"].failing, states["good"].failures) == ("", 1)


def test_what_cannot_be_kept_is_reported(tmp_path: Path, maildir: Path) -> None:
    boxes = Mailboxes(tmp_path, {"a": SourceConfig(mail="mail")}, {}, NOW, False)
    list(boxes.each())
    (tmp_path / ".sitegen-cache").write_text("in the way")
    (found,) = boxes.remember()
    assert found.level == "warning"
