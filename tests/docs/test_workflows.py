"""The workflow files that `sitegen init --ci` writes: by the schemas of GitHub and GitLab, and run
as those run them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

from sitegen import __version__

FILES = {"github": ".github/workflows/deploy.yml", "gitlab": ".gitlab-ci.yml"}
SCHEMAS = {
    "github": ["--builtin-schema", "vendor.github-workflows"],
    "gitlab": ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"],
}


class Runner:
    """A repository with a site, and a machine of a CI: a checkout of it, sitegen as the only
    package, no settings of git."""

    def __init__(self, folder: Path, kind: str, target: str = "") -> None:
        self.folder, self.kind = folder, kind
        self.site, self.origin = folder / "site", folder / "origin.git"
        tools = folder / "tools"
        tools.mkdir()
        self._tool(tools / "pip", 'echo "$@" >> "$PIP_LOG"')
        self._tool(tools / "sitegen", f'exec "{sys.executable}" -m sitegen "$@"')
        source = str(Path(__file__).parent.parent.parent)
        self.env = {
            **{key: os.environ[key] for key in ("LANG", "TMPDIR") if key in os.environ},
            "PATH": f"{tools}:/usr/bin:/bin",
            "HOME": str(folder),
            "PYTHONPATH": source,
            "PIP_LOG": str(folder / "pip.log"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "CI": "true",
        }
        self.sitegen("init", str(self.site), "--base-url", "https://salm.example/")
        if target:
            with open(self.site / "site.yaml", "a", encoding="utf-8") as file:
                file.write(f"deploy:\n  live: {target}\n")
        self.sitegen("init", str(self.site), "--ci", kind)
        self.git("init", "-q", "--bare", str(self.origin), cwd=folder)
        self.git("init", "-q", "-b", "main")
        self.commit()

    @staticmethod
    def _tool(path: Path, text: str) -> None:
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    def sitegen(self, *arguments: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "sitegen", *arguments], check=True, capture_output=True
        )

    def git(self, *arguments: str, cwd: Path | None = None) -> str:
        command = ["git", "-c", "user.name=Ann", "-c", "user.email=ann@t.example", *arguments]
        return subprocess.run(
            command, cwd=cwd or self.site, env=self.env, check=True, capture_output=True, text=True
        ).stdout

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "State")
        self.git("push", "-q", str(self.origin), "HEAD:main")

    def workflow(self) -> Any:
        return yaml.safe_load((self.site / FILES[self.kind]).read_text())

    def checkout(self) -> Path:
        """As `actions/checkout` and GitLab's runner make it: shallow, detached, with a remote
        called origin."""
        place = self.folder / "work"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        self.git("init", "-q", cwd=place)
        self.git("remote", "add", "origin", f"file://{self.origin}", cwd=place)
        self.git("fetch", "-q", "--depth=1", "origin", "main", cwd=place)
        self.git("checkout", "-q", "--detach", "FETCH_HEAD", cwd=place)
        return place

    def run(self, place: Path, scripts: list[str], **more: str) -> tuple[int, str]:
        """The scripts in order, until one fails; the status of the last and all that was said."""
        said, status = "", 0
        for script in scripts:
            shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
            done = subprocess.run(
                shell, cwd=place, env=self.env | more, capture_output=True, text=True, check=False
            )
            said, status = said + done.stdout + done.stderr, done.returncode
            if status:
                break
        return status, said


@pytest.mark.parametrize("kind", FILES)
def test_they_are_valid(tmp_path: Path, kind: str) -> None:
    runner = Runner(tmp_path, kind)
    path = runner.site / FILES[kind]
    assert CliRunner().invoke(check_jsonschema, [*SCHEMAS[kind], str(path)]).exit_code == 0
    path.write_text(
        path.read_text()
        .replace("permissions: {contents: write}", "permissions: {contents: yes}")
        .replace("paths:", "path:")
    )
    assert CliRunner().invoke(check_jsonschema, [*SCHEMAS[kind], str(path)]).exit_code == 1, (
        "the schema tells what is wrong"
    )


def test_the_steps_on_github_deploy_the_site_and_stop_at_an_error(tmp_path: Path) -> None:
    runner = Runner(tmp_path, "github", "{kind: git, branch: pages, cname: salm.example}")
    job = runner.workflow()["jobs"]["deploy"]
    uses = [step["uses"].partition("@")[0] for step in job["steps"] if "uses" in step]
    assert uses == ["actions/checkout", "actions/setup-python", "actions/cache"]
    scripts = [step["run"] for step in job["steps"] if "run" in step]
    status, said = runner.run(runner.checkout(), scripts, GITHUB_ACTIONS="true")
    assert status == 0, said
    settings = yaml.safe_load((runner.site / "site.yaml").read_text())
    extra = "[search]" if settings["search"] else ""
    installed = (tmp_path / "pip.log").read_text()
    assert installed == f"install sitegen-digest{extra}=={__version__}\n"
    files = runner.git("ls-tree", "-r", "--name-only", "pages", cwd=runner.origin).split()
    assert {"index.html", "CNAME", ".nojekyll", "feed.xml"} <= set(files)
    before = runner.git("rev-parse", "pages", cwd=runner.origin)
    status, said = runner.run(runner.checkout(), scripts, GITHUB_ACTIONS="true")
    assert (status, runner.git("rev-parse", "pages", cwd=runner.origin)) == (
        0,
        before,
    ), "the same again makes no commit"
    (runner.site / "content/news/broken.md").write_text("---\ntitle: [\n---\n")
    runner.commit()
    status, said = runner.run(runner.checkout(), scripts, GITHUB_ACTIONS="true")
    assert status == 1 and "::error file=content/news/broken.md,line=" in said
    assert runner.git("rev-parse", "pages", cwd=runner.origin) == before


def test_the_script_on_gitlab_builds_what_its_pages_serve(tmp_path: Path) -> None:
    runner = Runner(tmp_path, "gitlab")
    job = runner.workflow()["pages"]
    place = runner.checkout()
    status, said = runner.run(place, job["script"], GITLAB_CI="true")
    assert status == 0, said
    [served] = job["artifacts"]["paths"]
    assert (place / served / "index.html").is_file() and (place / job["cache"]["paths"][0]).is_dir()
    (runner.site / "content/news/broken.md").write_text("---\ntitle: [\n---\n")
    runner.commit()
    assert runner.run(runner.checkout(), job["script"])[0] == 1
