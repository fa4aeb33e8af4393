"""Senders that a plugin of the site knows: `senders` in docs/plugins.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sitegen.base.diagnostics import SitegenError, fail, nearest_hint
from sitegen.config.send import SENDERS, PluginSend
from sitegen.plugins import Plugin, call, failure, find_plugins, named
from sitegen.send.model import MaybeSent, NotSent, Sender, SendFailure
from sitegen.send.senders.service import Service

NEEDED = ("create", "start")
METHODS = ("parcels", "create", "start", "state", "trial", "close")


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


def plugged(
    root: Path, plugins: Sequence[str], name: str, target: PluginSend, env: Mapping[str, str]
) -> Sender:
    """What a plugin's sender makes of the settings of target ``name`` and the environment.

    Raises SitegenError (exit status 2) where no plugin knows the kind, and where the plugin fails.
    """
    known = named(find_plugins(root, tuple(plugins)), "senders")
    if target.of not in known:
        kinds = (*SENDERS, *known)
        hint = nearest_hint(target.of, kinds, f"write one of {', '.join(kinds)}")
        message = f"`send.{name}`: unknown kind `{target.of}`"
        raise fail("config", message, "site.yaml", help=hint, exit_status=2)
    plugin, function = known[target.of]
    made = call(plugin, function, dict(target.settings), dict(env), met=f"sending to `{name}`")
    lacking = [method for method in METHODS if not hasattr(made, method)]
    if lacking:
        hint = (
            "let it extend sitegen.send.senders.plugin.SimpleService and write `create` and"
            " `start`; see: sitegen help plugins"
        )
        message = f"plugin `{plugin.name}`: the sender of `{target.of}` has no `{lacking[0]}`"
        raise fail("plugin", message, plugin.path, help=hint)
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
        return self._guarded(getattr(self._sender, name))

    def _guarded(self, work: Any) -> Any:
        def guarded(*arguments: Any) -> Any:
            try:
                return work(*arguments)
            except (SendFailure, SitegenError):
                raise
            except Exception as error:  # noqa: BLE001
                found = failure(self._plugin, error, "").diagnostics[0]
                raise MaybeSent(f"{found.message} ({found.path}:{found.line})") from None

        return guarded
