"""Senders of plugins, by the example of docs/plugins.md and by some that are broken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.config.send import PluginSend
from sitegen.send.model import MaybeSent, NotSent, Parcel
from sitegen.send.senders.plugin import plugged
from tests.send.samples import LETTER

GUIDE = (Path(__file__).parents[3] / "docs/plugins.md").read_text()
PARCEL = Parcel("campaign", "x")


def plugin(root: Path, text: str) -> None:
    (root / "plugins").mkdir(exist_ok=True)
    (root / "plugins/outbox.py").write_text(text)


def test_the_example(tmp_path: Path) -> None:
    example = re.search(r"`plugins/outbox.py`.*?```python\n(.*?)```", GUIDE, re.DOTALL)
    assert example
    plugin(tmp_path, example[1])
    target = PluginSend(of="outbox", settings={"path": str(tmp_path / "letters")})
    sender = plugged(tmp_path, ["outbox"], "files", target, {})
    id = sender.create(LETTER, PARCEL)
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["friday-2026-w48.draft"]
    sender.start(LETTER, PARCEL, id)
    assert (tmp_path / "letters/friday-2026-w48.html").read_text() == LETTER.html
    assert sender.state(id) == "unknown"
    assert len(sender.parcels()) == 1
    with pytest.raises(NotSent, match="no trial"):
        sender.trial(LETTER, ["me@digest.press"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("senders = {}", "unknown kind `outbox`"),
        ("senders = {'outbox': lambda settings, env: object()}", "has no `parcels`"),
        ("senders = {'outbox': lambda settings, env: 1 / 0}", "division by zero"),
        ("senders = []", "is not a mapping"),
    ],
)
def test_a_broken_plugin(tmp_path: Path, text: str, said: str) -> None:
    plugin(tmp_path, text)
    with pytest.raises(SitegenError, match=re.escape(said)):
        plugged(tmp_path, ["outbox"], "files", PluginSend(of="outbox"), {})


def test_an_unforeseen_failure_leaves_a_doubt(tmp_path: Path) -> None:
    plugin(
        tmp_path,
        "from sitegen.send.senders.plugin import SimpleService\n\n\n"
        "class Outbox(SimpleService):\n"
        "    def start(self, letter, parcel, id):\n"
        "        raise KeyError('door')\n\n\n"
        "senders = {'outbox': lambda settings, env: Outbox()}\n",
    )
    sender = plugged(tmp_path, ["outbox"], "files", PluginSend(of="outbox"), {})
    with pytest.raises(MaybeSent, match=r"plugins/outbox\.py:6"):
        sender.start(LETTER, PARCEL, "1")
    assert (sender.name, sender.two_steps) == ("files", True)
