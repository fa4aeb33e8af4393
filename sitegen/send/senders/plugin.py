"""Senders that a plugin of the site knows: `senders` in docs/plugins.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sitegen.base.diagnostics import SitegenError
from sitegen.config.send import SEND, PluginSend
from sitegen.plugins import Plugin, PluginKinds, guarded, made_for_target
from sitegen.send.model import MaybeSent, NotSent, Sender, SendFailure
from sitegen.send.senders.service import Service

METHODS = ("parcels", "create", "start", "state", "trial", "close")
FORESEEN = (SendFailure, SitegenError)


class SimpleService(Service):
    """What a service is that can do no more than it must; a sender of a plugin may extend it by
    `create` and `start`, and by whatever else it can do."""

    def state(self, id: str) -> str:
        """The service does not say what became of a letter."""
        return "unknown"

    def test(self, letter: Any, id: str, to: Sequence[str]) -> None:
        """There is no trial."""
        raise NotSent("it has no trial")

    def delete(self, id: str) -> None:
        """A draft of a trial stays."""


PLUGIN_SENDERS = PluginKinds(
    SEND,
    hook="senders",
    noun="sender",
    doing="sending",
    methods=METHODS,
    advice="let it extend sitegen.send.senders.plugin.SimpleService and write `create` and `start`",
)


def plugged(
    root: Path, plugins: Sequence[str], name: str, target: PluginSend, env: Mapping[str, str]
) -> Sender:
    """What a plugin's sender makes of the settings of target ``name`` and the environment.

    Raises SitegenError (exit status 2) where no plugin knows the kind, and where the plugin fails.
    """
    plugin, made = made_for_target(PLUGIN_SENDERS, root, plugins, name, target, env)
    return _GuardedSender(plugin, made, name)


class _GuardedSender:
    """A plugin's sender, whose failures are reported with the plugin's file and line; an
    unforeseen one leaves a doubt."""

    def __init__(self, plugin: Plugin, sender: Any, name: str) -> None:
        self._plugin, self._sender = plugin, sender
        self.name, self.two_steps = sender.name or name, bool(sender.two_steps)

    def __getattr__(self, name: str) -> Any:
        if name not in METHODS:
            raise AttributeError(name)
        return guarded(self._plugin, getattr(self._sender, name), FORESEEN, MaybeSent)
