"""Targets that a plugin knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.config.targets import PluginTarget
from sitegen.deploy.model import LOCK, Item, Place, Refused, Surroundings
from sitegen.deploy.targets.plugin import Simple, plugged

AROUND = Surroundings({"VAULT": "open"}, "2026-11-24", "mark")
VAULT = """\
from sitegen.deploy.model import Entry, Refused
from sitegen.deploy.targets.plugin import Simple


class Vault(Simple):
    def __init__(self, settings, environment):
        self.files = {}
        self.name = f"{settings['path']} {environment['VAULT']}"

    def read(self, name):
        return self.files.get(name)

    def put(self, item):
        if item.path == "full":
            raise Refused("the vault is full")
        if item.path == "broken":
            raise ValueError("no such shelf")
        self.files[item.path] = item.data
        return Entry(item.digest, item.size)

    def write(self, name, data):
        self.files[name] = data

    def delete(self, names):
        for name in names:
            self.files.pop(name, None)


deployers = {"vault": Vault}
"""


def place(root: Path, text: str = VAULT, kind: str = "vault") -> Place:
    (root / "plugins").mkdir(exist_ok=True)
    (root / "plugins/vault.py").write_text(text)
    return plugged(root, ["vault"], "live", PluginTarget(of=kind, settings={"path": "p"}), AROUND)


def item(path: str) -> Item:
    return Item(path, "0f", 1, "text/html", "", data=b"x")


def test_a_deployer_gets_its_settings_and_the_environment(tmp_path: Path) -> None:
    vault = place(tmp_path)
    assert (vault.name, vault.jobs, vault.atomic) == ("p open", 1, False)
    assert vault.put(item("a")).digest == "0f"
    assert vault.read("a") == b"x"


def test_what_every_target_can_do(tmp_path: Path) -> None:
    vault = place(tmp_path)
    assert vault.listing(True) is None
    assert vault.same(item("a")) is None
    assert vault.claim(b"one") is True
    assert vault.claim(b"two") is False
    assert vault.read(LOCK) == b"one"
    assert Simple().finish(1) is None  # type: ignore[func-returns-value]


def test_a_failure_names_the_plugin_and_its_line(tmp_path: Path) -> None:
    vault = place(tmp_path)
    with pytest.raises(Refused, match="the vault is full"):
        vault.put(item("full"))
    with pytest.raises(Refused, match=r"no such shelf.*plugins/vault.py:17"):
        vault.put(item("broken"))


def test_a_kind_that_no_plugin_knows(tmp_path: Path) -> None:
    with pytest.raises(SitegenError) as caught:
        place(tmp_path, kind="vualt")
    found = caught.value.diagnostics[0]
    assert (found.help, caught.value.exit_status) == ("did you mean `vault`?", 2)


def test_a_target_must_have_all_methods(tmp_path: Path) -> None:
    with pytest.raises(SitegenError) as caught:
        place(tmp_path, VAULT.replace("def delete", "def remove"))
    assert "has no `delete`" in caught.value.diagnostics[0].message


def test_other_attributes_of_a_plugin_are_hidden(tmp_path: Path) -> None:
    assert not hasattr(place(tmp_path), "files")
