"""The targets of `sitegen send` in site.yaml."""

from __future__ import annotations

import pytest

from sitegen.config.load import load_config
from sitegen.config.send import SENDERS, VARIABLES, PluginSend, SmtpSend
from tests.config.refused import refused

SITE = "title: T\nbase_url: https://t.example/\ntimezone: UTC\n"
SMTP = "kind: smtp, host: mail.t.example, recipients: l.txt, unsubscribe: 'mailto:a@t.example'"


@pytest.mark.parametrize(
    ("target", "message", "help"),
    [
        ("{kind: smpt}", "unknown kind `smpt`", "`smtp`?"),
        ("{host: x}", "`kind` is missing", "smtp, listmonk"),
        (f"{{{SMTP}, hots: y}}", "unknown key `hots`", "`host`?"),
        (f"{{{SMTP}, password: abc}}", "would be a secret", "sitegen help send"),
        (f"{{{SMTP}, series: [weekly]}}", "names `weekly`, which is no series", "friday"),
        (f"{{{SMTP}, env: MY-PASSWORD}}", "is not the name of a variable", "SMTP_PASSWORD"),
        (f"{{{SMTP}, port: 99999}}", "is not a port", "leave it out"),
        (f"{{{SMTP}, command: [list]}}", "are both given", "`recipients`"),
        (f"{{{SMTP}, security: ssl}}", "must be none, starttls or tls", ""),
        ("{kind: smtp, host: -x, recipients: l, unsubscribe: 'mailto:a@b.c'}", "name of a", ""),
        (
            "{kind: smtp, host: x, recipients: l, unsubscribe: 'http://t.ex/{token}'}",
            "https",
            "",
        ),
        (
            "{kind: smtp, host: x, recipients: l, unsubscribe: 'https://t.ex/'}",
            "who",
            "{token}",
        ),
        ("{kind: smtp, host: x, recipients: l}", "lacks `unsubscribe`", ""),
        ("{kind: listmonk, url: lists, user: a, lists: [1]}", "is not a web URL", "https://"),
        ("{kind: ghost, url: 'https://g.example'}", "lacks `newsletter`", ""),
        ("{kind: mailchimp}", "lacks `list`", ""),
    ],
)
def test_a_broken_target(target: str, message: str, help: str) -> None:
    text = f"{SITE}editions: [{{name: Friday, kind: weekly}}]\nsend:\n  mail: {target}\n"
    found = refused(text)[0]
    assert message in found.message
    assert help in found.help
    assert found.line == 6
    assert "abc" not in found.snippet


def test_targets_that_are_right() -> None:
    text = f"{SITE}send:\n  mail: {{{SMTP}}}\n"
    target = load_config(text).send["mail"]
    assert isinstance(target, SmtpSend)
    url = "'https://t.example/leave?token={token}&who={address}'"
    text = f"{SITE}send:\n  mail: {{kind: smtp, host: h, command: [a], unsubscribe: {url}}}\n"
    assert load_config(text).send
    text = f"{SITE}plugins: [own]\nsend: {{own: {{kind: pigeon, loft: 4, draft: true}}}}\n"
    own = load_config(text).send["own"]
    assert own == PluginSend(of="pigeon", settings={"loft": 4}, draft=True)
    assert set(SENDERS) == set(VARIABLES)
