"""How sitegen is installed: extras, and what a workflow file asks for."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from sitegen.base import install
from sitegen.base.diagnostics import SitegenError
from sitegen.deploy.site import check_base_url

ROOT = Path(__file__).parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

# `sitegen` on the package index is somebody else's; so is every way to name it for pip.
FOREIGN = re.compile(
    r"(?:pip|pipx|uv tool|uvx?|uv add)\s+(?:(?:install|run|--from)\s+)?(?:-{1,2}[\w-]+\s+)*"
    r"[\"'`]?sitegen(?:\[[\w,]*\])?(?![\w.\[-])"
)


def test_the_project_has_the_name_and_the_extras_that_messages_give() -> None:
    assert PROJECT["name"] == install.DISTRIBUTION
    assert set(install.EXTRAS) <= set(PROJECT["optional-dependencies"])
    assert PROJECT["optional-dependencies"]["all"] == [
        f"{install.DISTRIBUTION}[{','.join(install.EXTRAS)}]"
    ]


@pytest.mark.parametrize("name", ["Homepage", "Documentation", "Source", "Changelog"])
def test_a_url_of_the_project_is_one_that_everybody_can_reach(name: str) -> None:
    """The project has no address yet: it names none rather than one that leads nowhere."""
    urls = PROJECT.get("urls", {})
    assert not urls or check_base_url(urls[name], "s3") == ()
    assert all(url.startswith("https://") for url in urls.values())


@pytest.mark.parametrize(
    ("extras", "line"),
    [
        ((), "pip install sitegen-digest"),
        (("s3",), "pip install 'sitegen-digest[s3]'"),
        (("code", "email", "code"), "pip install 'sitegen-digest[code,email]'"),
    ],
)
def test_install_line(extras: tuple[str, ...], line: str) -> None:
    assert install.install_line(*extras) == line


def test_every_missing_extra_is_reported_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(install.EXTRAS, "code", ("not_there_a",))
    monkeypatch.setitem(install.EXTRAS, "email", ("not_there_b",))
    with pytest.raises(SitegenError) as caught:
        install.require_extras({"code": "`code`", "email": "`email`", "s3": "s3"}, "site.yaml")
    found = caught.value.diagnostics
    assert {d.message.split()[0] for d in found} == {"`code`", "`email`"}
    assert {d.help for d in found} == {"pip install 'sitegen-digest[code,email]'"}


COMMIT = "3f2b8c1d9e"
ORIGINS = [
    ({}, "sitegen-digest[s3]==1.2.3"),
    (
        {"url": "file:///home/me/sitegen", "dir_info": {"editable": True}},
        "sitegen-digest[s3]==1.2.3",
    ),
    ({"url": "file:///tmp/x.whl", "archive_info": {}}, "sitegen-digest[s3]==1.2.3"),
    (
        {"url": "https://h.example/s.git", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
        f"sitegen-digest[s3] @ git+https://h.example/s.git@{COMMIT}",
    ),
    (
        {"url": "https://h.example/s.whl", "archive_info": {"hashes": {"sha256": "ab"}}},
        "sitegen-digest[s3] @ https://h.example/s.whl#sha256=ab",
    ),
]


@pytest.mark.parametrize(("origin", "wanted"), ORIGINS)
def test_requirement(origin: dict[str, Any], wanted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import json

    class Installed:
        version = "1.2.3"

        def read_text(self, name: str) -> str | None:
            return json.dumps(origin) if origin and name == "direct_url.json" else None

    monkeypatch.setattr("importlib.metadata.distribution", lambda _: Installed())
    assert install.requirement("s3") == wanted


def test_no_text_names_the_foreign_package() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a checkout")
    found = []
    for name in listed.stdout.split("\n"):
        path = ROOT / name
        if path.suffix not in (".md", ".py", ".toml", ".yaml", ".yml", ".sh") or name.startswith(
            "content/"
        ):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if FOREIGN.search(line) and path != Path(__file__):
                found.append(f"{name}:{number}: {line.strip()}")
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "pip install sitegen",
        "pip install 'sitegen[s3]'",
        "pipx install sitegen",
        "uvx sitegen build",
        "uv tool install -q sitegen",
    ],
)
def test_the_foreign_name_is_recognised(line: str) -> None:
    assert FOREIGN.search(line)
    assert not FOREIGN.search(line.replace("sitegen", "sitegen-digest"))
