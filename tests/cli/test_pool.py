"""Commands work in processes of this machine unless a cluster is named."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.base import install
from sitegen.cli.pool import pool_of
from sitegen.engine.workers import Processes, cores

CLUSTER = "cluster: tcp://127.0.0.1:9\n"


@pytest.mark.parametrize(("jobs", "size"), [(3, 3), (None, cores())])
def test_processes_of_this_machine(jobs: int | None, size: int, site: Path) -> None:
    with pool_of("", jobs, site, quiet=True) as pool:
        assert pool == Processes(size)


def test_jobs_are_those_of_this_machine_whatever_the_settings(site: Path) -> None:
    with (site / "site.yaml").open("a") as file:
        file.write(CLUSTER)
    with pool_of("", 2, site, quiet=True) as pool:
        assert pool == Processes(2)


@pytest.mark.slow
def test_without_a_cluster_nothing_of_dask_is_loaded(site: Path) -> None:
    text = "The quay is open again after a year in which no ship could land there.\n\n" * 5
    (site / "text.txt").write_text(f"Quay nine is open\n\nBy Ann Ames\n24 November 2026\n\n{text}")
    code = """
import sys
from sitegen.cli.main import run
for command in (["import", "text.txt"], ["build"], ["check"]):
    assert run(command) == 0, command
roots = {name.partition(".")[0] for name in sys.modules}
print(sorted(roots & {"dask", "distributed", "tornado"}), "sitegen.engine.cluster" in sys.modules)
"""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1:] == ["[] False"], done.stderr


def test_a_missing_extra_is_named_with_its_install_line(
    sitegen: Callable[..., object], site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(install.EXTRAS, "cluster", ("no_such_module",))
    monkeypatch.setenv("SITEGEN_CLUSTER", "tcp://127.0.0.1:9")
    (site / "text.txt").write_text("A text.")
    done = sitegen("import", "text.txt")
    assert done.status == 2  # type: ignore[attr-defined]
    assert "[cluster]" in done.stderr  # type: ignore[attr-defined]
