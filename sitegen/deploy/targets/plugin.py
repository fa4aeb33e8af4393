"""Targets that a plugin of the site knows: `deployers` in docs/plugins.md."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sitegen.base.diagnostics import SitegenError
from sitegen.config.targets import DEPLOY, PluginTarget
from sitegen.deploy.model import (
    LOCK,
    Entry,
    Item,
    LostRace,
    Place,
    Refused,
    Seen,
    Surroundings,
    Transient,
)
from sitegen.plugins import Plugin, PluginKinds, guarded, made_for_target

NEEDED = ("read", "put", "write", "delete")


class Simple:
    """What a target is that can do no more than it must: each file is seen once it has arrived, one
    after the other.

    A deployer of a plugin may extend it by `read`, `put`, `write` and `delete`, and by whatever
    else it can do better.
    """

    name, jobs, atomic = "", 1, False

    def begin(self, writing: bool) -> None:
        """Nothing has to be prepared."""

    def listing(self, verify: bool) -> dict[str, Seen] | None:
        """Listing costs too much: the manifest says what exists."""
        return None

    def same(self, item: Item) -> Entry | None:
        """A file cannot be compared without sending it."""
        return None

    def claim(self, data: bytes) -> bool:
        """Look whether there is a lock, else make one."""
        if self.read(LOCK) is not None:  # type: ignore[attr-defined]
            return False
        self.write(LOCK, data)  # type: ignore[attr-defined]
        return True

    def finish(self, release: int) -> None:
        """Everything is seen already."""

    def close(self) -> None:
        """Nothing is open."""


METHODS = (*NEEDED, *(name for name in vars(Simple) if not name.startswith("_")))
FORESEEN = (Transient, Refused, LostRace, SitegenError, OSError)
DEPLOYERS = PluginKinds(
    DEPLOY,
    hook="deployers",
    noun="target",
    doing="deploying",
    methods=METHODS,
    advice="let it extend sitegen.deploy.targets.plugin.Simple and write the missing methods",
)


def plugged(
    root: Path, plugins: Iterable[str], name: str, target: PluginTarget, around: Surroundings
) -> Place:
    """The place that a plugin's deployer makes of the settings of target ``name`` and the
    environment.

    Raises SitegenError (exit status 2) where no plugin knows the kind, and where the plugin fails.
    """
    plugin, place = made_for_target(DEPLOYERS, root, plugins, name, target, around.env)
    return _Guarded(plugin, place, name)


class _Guarded:
    """A plugin's place, whose failures are reported with the plugin's file and line."""

    def __init__(self, plugin: Plugin, place: Any, name: str) -> None:
        self._plugin, self._place = plugin, place
        self.name, self.jobs, self.atomic = (
            place.name or name,
            max(1, int(place.jobs)),
            bool(place.atomic),
        )

    def __getattr__(self, name: str) -> Any:
        if (
            name not in METHODS
        ):  # what else a deployer has is its own affair, also where it is called as one of ours
            raise AttributeError(name)
        found = getattr(self._place, name)
        return guarded(self._plugin, found, FORESEEN, Refused) if callable(found) else found
