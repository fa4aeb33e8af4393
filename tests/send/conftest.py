"""A site with a letter, and a mail server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.send.servers import Mailbox, mail_server

SITE = """\
title: The Salm Letter
base_url: https://letter.example/
timezone: Europe/Lisbon
editions:
- name: Friday
  kind: weekly
  closes: friday 12:00
  email: true
  sender: The Salm Letter <letter@salm.press>
  address: The Salm Letter, 1 Quay Street, Salm
- name: Daily
  kind: daily
"""
SEND = """\
send:
  mail:
    kind: smtp
    host: localhost
    port: {port}
    security: none
    recipients: lists/friday.txt
    unsubscribe: "https://salm.press/leave?who={{address}}&key={{token}}"
    series: [friday]
"""
ARTICLE = "---\ntitle: Ferry {n}\ndate: 2026-11-2{n}\nauthors: [Ann Ames]\n---\n\nText {n}.\n"
CLOSED = """\
number: 12
title: "Friday, 27 November"
published: 2026-11-27T12:03:00+00:00
articles:
- content/news/ferry-4.md
"""


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as made:
        yield made


@pytest.fixture
def site(tmp_path: Path, box: Mailbox) -> Path:
    """A site whose edition of Friday is closed, with two recipients."""
    files = {
        "site.yaml": SITE + SEND.format(port=box.port),
        "lists/friday.txt": "ann@post.example\nbo@post.example\n",
        "content/editions/friday/2026-w48.yaml": CLOSED,
        **{f"content/news/ferry-{n}.md": ARTICLE.format(n=n) for n in (4, 8)},
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path
