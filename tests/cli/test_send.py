"""`send` as a person uses it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Done
from tests.send.conftest import ARTICLE, CLOSED, SEND, SITE
from tests.send.servers import Mailbox, mail_server

NOW = ("--now", "2026-11-27T12:05:00Z")


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as made:
        yield made


@pytest.fixture
def letter(site: Path, box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("UNSUBSCRIBE_KEY", "key")
    files = {
        "site.yaml": SITE + SEND.format(port=box.port),
        "lists/friday.txt": "ann@post.example\nbo@post.example\n",
        "content/editions/friday/2026-w48.yaml": CLOSED,
        "content/news/ferry-4.md": ARTICLE.format(n=4),
    }
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)
    return site


@pytest.mark.slow
def test_a_trial_a_plan_and_the_letter(
    letter: Path, box: Mailbox, sitegen: Callable[..., Done]
) -> None:
    done = sitegen("send", "--to", "me@salm.press", *NOW)
    assert done.stdout == "mail (smtp): 1 sent\n"
    assert "reserved for examples" in done.stderr
    done = sitegen("send", "friday", "--dry-run", *NOW)
    assert done.stdout.startswith("mail (smtp): 2 left\nwould send friday/2026-w48 (Friday, 27")
    box.replies["bo@post.example", "RCPT"] = "550 no such user"
    done = sitegen("send", "--unchecked", *NOW)
    assert done.status == 0
    assert done.stdout == (
        "mail (smtp): 1 sent, 1 refused\n"
        "recorded in content/_sent/friday/2026-w48.jsonl: commit it with the site\n"
    )
    assert "refused bo@post.example: 550 no such user" in done.stderr
    assert box.to() == ["me@salm.press", "ann@post.example"]
    report = json.loads(sitegen("send", "2026-w48", "--json", "--unchecked", *NOW).stdout)
    assert report["targets"][0]["notes"] == ["has gone out already: 1 mail sent, 1 refused"]


@pytest.mark.slow
def test_what_is_in_doubt_ends_with_1(
    letter: Path, box: Mailbox, sitegen: Callable[..., Done]
) -> None:
    box.replies["ann@post.example", "DATA"] = "lost"
    done = sitegen("send", "--unchecked", *NOW)
    assert done.status == 1
    assert "in doubt: ann@post.example (it may have gone out)" in done.stderr
    assert "--settle sent or not-sent" in done.stderr
    done = sitegen("send", "--unchecked", "--settle", "sent", *NOW)
    assert (done.status, sorted(box.to())) == (0, ["ann@post.example", "bo@post.example"])


def test_a_site_without_targets(site: Path, sitegen: Callable[..., Done]) -> None:
    (site / "site.yaml").write_text(SITE)
    done = sitegen("send")
    assert (done.status, "add `send:` with a target" in done.stderr) == (2, True)


@pytest.mark.slow
def test_a_deployment_sends_what_waits(
    letter: Path, box: Mailbox, sitegen: Callable[..., Done]
) -> None:
    text = (letter / "site.yaml").read_text()
    target = "deploy: {live: {kind: folder, path: ../live, after: [send]}}\n"
    (letter / "site.yaml").write_text(text + target)
    done = sitegen("deploy", "--dry-run", *NOW)
    assert (done.status, box.to()) == (0, [])
    done = sitegen("deploy", *NOW)
    assert done.status == 0
    assert "mail (smtp): 2 sent\n" in done.stdout
    assert "no closed edition" in sitegen("deploy", *NOW).stderr
    assert len(box.mails) == 2
