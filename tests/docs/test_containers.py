"""The container image and the cluster of containers; they are built where Docker runs."""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen import __version__
from sitegen.base.install import EXTRAS

ROOT = Path(__file__).parent.parent.parent
CLUSTER = ROOT / "examples/cluster"


def loaded(name: str) -> Any:
    return yaml.safe_load((CLUSTER / name).read_text())


def docker(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["docker", *arguments],
        env={**os.environ, "SITE": "/srv/digest"},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


def has(*arguments: str) -> bool:
    """Whether Docker is here and does this."""
    return shutil.which("docker") is not None and docker(*arguments).returncode == 0


def test_the_image_has_all_extras_and_is_not_root() -> None:
    text = (ROOT / "Dockerfile").read_text()
    assert "'/src[all]'" in text
    (user,) = re.findall(r"(?m)^USER (.*)$", text)
    assert user.isdigit() and user != "0"  # Kubernetes checks numbers, not names
    everything = (ROOT / "pyproject.toml").read_text().split("\nall = ")[1].split("\n")[0]
    assert all(extra in everything for extra in EXTRAS)


def test_workers_have_one_thread_and_see_the_site_where_the_command_does() -> None:
    services = loaded("compose.yaml")["services"]
    worker, command = services["worker"], services["sitegen"]
    assert services["scheduler"]["command"] == ["dask", "scheduler"]
    assert worker["command"][:2] == ["dask", "worker"]
    assert worker["command"][3:5] == ["--nthreads", "1"]
    assert worker["deploy"]["replicas"] == 2
    assert worker["volumes"] == command["volumes"]
    assert command["environment"]["SITEGEN_CLUSTER"] == worker["command"][2]
    values = loaded("values.yaml")
    assert values["worker"]["threads_per_worker"] == 1
    assert values["worker"]["image"] == values["scheduler"]["image"]
    assert values["worker"]["image"]["tag"] == __version__


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "does"),
    [
        (["build", "--site", "a b"], "sitegen build --site a b"),
        (["dask-worker", "s:8786"], "dask worker s:8786"),
        (["dask", "scheduler"], "dask scheduler"),
    ],
)
def test_the_image_runs_sitegen_and_what_dask_starts(
    arguments: list[str], does: str, tmp_path: Path
) -> None:
    for name in ("sitegen", "dask"):
        (tmp_path / name).write_text('#!/bin/sh\necho "${0##*/} $*"\n')
        (tmp_path / name).chmod(0o755)
    command = [str(CLUSTER / "entrypoint.sh"), *arguments]
    path = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    done = subprocess.run(command, env=path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == does


def leaves(settings: Any, path: str = "") -> dict[str, Any]:
    """The values of nested settings by their dotted names."""
    if not isinstance(settings, dict):
        return {path: settings}
    inner = [leaves(value, f"{path}.{key}".strip(".")) for key, value in settings.items()]
    return {name: value for part in inner for name, value in part.items()}


def test_the_settings_of_dask_are_ones_that_it_has() -> None:
    distributed = pytest.importorskip("distributed")
    text = (Path(distributed.__file__).parent / "distributed.yaml").read_text()
    defaults = leaves(yaml.safe_load(text))
    own = leaves(loaded("dask.yaml"))
    assert own.keys() <= defaults.keys()
    assert not [name for name, value in own.items() if value == defaults[name]]
    assert "examples/cluster/dask.yaml /etc/dask/" in (ROOT / "Dockerfile").read_text()


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        "scheduler --port=0 --dashboard-address=:8787",
        "worker s:8786 --nthreads 1 --memory-limit 2G --no-dashboard --dashboard-address 8790",
    ],
)
def test_dask_knows_the_options_that_its_chart_gives(arguments: str) -> None:
    pytest.importorskip("distributed")
    kind, *options = arguments.split()
    module = importlib.import_module(f"distributed.cli.dask_{kind}")
    assert module.main.make_context(kind, options).params


@pytest.mark.skipif(not has("compose", "version"), reason="no docker compose")
def test_compose_accepts_the_file() -> None:
    done = docker("compose", "-f", str(CLUSTER / "compose.yaml"), "config", "--quiet")
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not has("info"), reason="no Docker that runs")
def test_the_image_builds_and_runs() -> None:
    done = docker("build", "-t", "sitegen-test", str(ROOT))
    assert done.returncode == 0, done.stderr[-2000:]
    assert __version__ in docker("run", "--rm", "sitegen-test", "--version").stdout
    bill = docker(
        "run",
        "--rm",
        "--entrypoint",
        "cat",
        "sitegen-test",
        "/usr/local/share/sitegen/sbom.cdx.json",
    )
    assert '"distributed"' in bill.stdout
