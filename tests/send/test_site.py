"""Sending an edition of a site: what must not go out, what goes out, and what is recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from sitegen.base.diagnostics import SitegenError
from sitegen.config.send import SmtpSend
from sitegen.engine.build import build
from sitegen.engine.options import BuildOptions
from sitegen.send.model import SendContext, SendOptions, SendReport
from sitegen.send.recipients import parcels_of
from sitegen.send.record import Event, write_event
from sitegen.send.site import (
    check_addresses,
    check_public,
    check_published,
    check_size,
    kind_of,
    send_edition,
)
from tests.samples import config
from tests.send.samples import LETTER
from tests.send.servers import Mailbox, service

NOW = "2026-11-27T12:05:00+00:00"
RECORD = "content/_sent/friday/2026-w48.jsonl"
ENV = {"UNSUBSCRIBE_KEY": "key"}
pytestmark = pytest.mark.slow


def send(root: Path, series: str = "", key: str = "", now: str = NOW, **options: Any) -> SendReport:
    wish = SendOptions(**{"unchecked": True, **options})
    return send_edition(root, series, key, wish, SendContext(ENV, now))


def change(root: Path, old: str, new: str) -> None:
    text = (root / "site.yaml").read_text()
    assert old in text
    (root / "site.yaml").write_text(text.replace(old, new, 1))


def test_a_letter_goes_to_everybody_once(site: Path, box: Mailbox) -> None:
    trial = send(site, to=("me@salm.press",))
    assert (trial.edition, trial.targets[0].sent, box.to()) == (
        "friday/2026-w48",
        1,
        ["me@salm.press"],
    )
    assert not (site / RECORD).exists()
    planned = send(site, dry_run=True)
    assert (planned.targets[0].left, box.to()[1:], (site / RECORD).exists()) == (2, [], False)
    done = send(site)
    assert (done.targets[0].sent, done.record, done.complete) == (2, RECORD, True)
    assert box.to()[1:] == ["ann@post.example", "bo@post.example"]
    assert "2 mails sent" in (site / RECORD).read_text()
    assert "ann" not in (site / RECORD).read_text()
    (site / "lists/friday.txt").write_text("carl@post.example\n")
    again = send(site, "friday", "2026-w48")
    assert again.targets[0].notes == ("has gone out already: 2 mails sent",)
    assert send(site).notes == ("no closed edition of the last week waits to be sent",)
    assert len(box.mails) == 3
    _, mail = box.mails[-1]
    html, text = (mail.get_body((kind,)) for kind in ("html", "plain"))
    assert html and text
    for part in (html.get_content(), text.get_content()):
        assert "https://letter.example/edition/friday/2026-w48/" in part
        assert "1 Quay Street" in part
        assert "Unsubscribe" in part
    assert mail["Subject"] == "Friday: Friday, 27 November"


def test_the_rest_goes_out_after_a_kill(site: Path, box: Mailbox) -> None:
    (ann, _) = parcels_of("ann@post.example\nbo@post.example", "", "friday/2026-w48")
    write_event(site, RECORD, Event(NOW, "mail", "sending", ann.mark))
    report = send(site)
    assert box.to() == ["bo@post.example"]
    assert report.targets[0].doubtful == ("ann@post.example",)
    assert not report.complete
    assert send(site).targets[0].sent == 0
    assert send(site, settle="not-sent").targets[0].sent == 1
    assert box.to() == ["bo@post.example", "ann@post.example"]


@pytest.mark.parametrize(
    ("series", "key", "said"),
    [
        ("friday", "2026-w49", "does not exist"),
        ("fridya", "2026-w48", "no series is called `fridya`"),
        ("", "friday/2026-w4", "did you mean `friday/2026-w48`?"),
        ("", "2026-w50", "does not exist"),
        ("daily/2026-11-24", "", "is open"),
    ],
)
def test_an_edition_that_cannot_be_sent(site: Path, series: str, key: str, said: str) -> None:
    with pytest.raises(SitegenError) as caught:
        send(site, series, key)
    found = caught.value.diagnostics[0]
    assert said in found.message + found.help


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("https://letter.example/", "https://digest.example/", "still the example"),
        ("https://letter.example/", "http://localhost:8000/", "of this machine"),
        ("host: localhost", "host: mail.salm.press", "reserved for examples"),
        ("  address: The Salm Letter, 1 Quay Street, Salm\n", "", "no postal `address`"),
        ("  sender: The Salm Letter <letter@salm.press>\n", "", "no `sender`"),
        ("  email: true\n", "", "has no e-mail"),
        ("lists/friday.txt", "lists/none.txt", "does not exist"),
        ("[friday]", "[daily]", "no target takes the edition"),
        ("send:\n", "deploy: {}\nsned:\n", "unknown key"),
    ],
)
def test_what_must_not_go_out(site: Path, box: Mailbox, old: str, new: str, said: str) -> None:
    change(site, old, new)
    with pytest.raises(SitegenError) as caught:
        send(site, "friday", "2026-w48")
    assert any(said in one.message + one.help for one in caught.value.diagnostics)
    assert box.mails == []
    assert not (site / RECORD).exists()


def test_a_secret_that_is_missing(site: Path) -> None:
    with pytest.raises(SitegenError, match="needs UNSUBSCRIBE_KEY"):
        send_edition(site, "", "", SendOptions(unchecked=True), SendContext({}, NOW))
    change(site, "    security: none\n", "    security: none\n    user: desk\n    env: MY_WORD\n")
    with pytest.raises(SitegenError, match="needs MY_WORD"):
        send(site)


def test_nothing_of_a_preview_or_of_drafts_goes_out(site: Path, box: Mailbox) -> None:
    (site / "content/news/ferry-4.md").write_text(
        "---\ntitle: Secret\nstatus: draft\n---\n\nSecret.\n"
    )
    build(BuildOptions(root=str(site), now=NOW, drafts=True, base_url="http://localhost:8000/"))
    with pytest.raises(SitegenError, match="has no e-mail"):
        send(site)
    assert box.mails == []


def test_an_old_edition_does_not_go_out_by_itself(site: Path, box: Mailbox) -> None:
    later = "2026-12-09T12:00:00+00:00"
    assert send(site, now=later).edition == ""
    assert send(site, "friday", "2026-w48", now=later).targets[0].sent == 2


def test_a_letter_whose_page_is_not_there_waits() -> None:
    with service(lambda _: (404, None)) as server:
        with pytest.raises(SitegenError, match="is not published yet"):
            check_published(f"{server.url}/edition/")
        assert server.paths() == ["HEAD /edition/"]
    with pytest.raises(SitegenError, match="does not answer"):
        check_published(f"{server.url}/")
    assert "does not answer" in check_published(f"{server.url}/", is_tried_out=True)[0]
    with service(lambda _: (404 if len(server.requests) < 2 else 200, None)) as server:
        assert check_published(server.url, wait=0.1) == ()
        assert len(server.requests) == 2


def test_a_name_for_examples_is_enough_for_a_mail_server_of_this_machine() -> None:
    target = SmtpSend(host="localhost", unsubscribe="mailto:a@b.c", recipients="x")
    assert check_public(config(base_url="https://salm.press/"), [target]) == ()
    assert "reserved" in check_public(config(base_url="https://a.test/"), [target])[0]
    assert kind_of(target) == "smtp"


def test_a_letter_that_mail_programs_cut_off_is_noted() -> None:
    assert check_size(LETTER) == ()
    (note,) = check_size(replace(LETTER, html="x" * 102_001))
    assert note == "the letter has 102,001 bytes; mail programs cut it off after 102 KB"


def test_the_addresses_of_a_trial() -> None:
    assert check_addresses(["me@salm.press"]) == ("me@salm.press",)
    with pytest.raises(SitegenError, match="is not an e-mail address"):
        check_addresses(["me"])
