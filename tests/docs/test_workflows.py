"""The workflow files that `sitegen init --ci` writes: by the schemas of GitHub and GitLab, and run
as those run them, each in a fresh clone and a fresh environment. A package index of the test serves
the wheel of this checkout and the libraries that it needs, and nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pip
import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

from sitegen import __version__
from tests.conftest import fork_server

ROOT = Path(__file__).parent.parent.parent
WHEEL = f"sitegen_digest-{__version__}-py3-none-any.whl"
FILES = {"github": ".github/workflows/deploy.yml", "gitlab": ".gitlab-ci.yml"}
SCHEMAS = {
    "github": ["--builtin-schema", "vendor.github-workflows"],
    "gitlab": ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"],
}


class Index(SimpleHTTPRequestHandler):
    """A package index (PEP 503): the listing of a folder with a folder for each package."""

    sent: list[str]

    def __init__(self, *arguments: Any, sent: list[str], **more: Any) -> None:
        self.sent = sent
        super().__init__(*arguments, **more)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Keep the names of what was asked for."""
        self.sent.append(self.path.rpartition("/")[2])


def normal_name(wheel: Path) -> str:
    """The name of a wheel's package in an index (PEP 503)."""
    return re.sub(r"[-_.]+", "-", wheel.name.partition("-")[0]).lower()


def collect_wheels(folder: Path) -> None:
    """Put the wheel of this checkout, and those that it needs, into ``folder``."""
    hatchling = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(hatchling, cwd=ROOT, check=True, capture_output=True)
    download = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", "download"]
    libraries = ["--only-binary", ":all:", "-d", str(folder), str(folder / WHEEL)]
    done = subprocess.run([*download, *libraries], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("no package index has the libraries: " + done.stderr[-200:])


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """The URL of a package index with the wheel, and the names of the files that it has sent."""
    wheels, simple = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("simple")
    collect_wheels(wheels)
    for wheel in wheels.iterdir():
        package = simple / normal_name(wheel)
        package.mkdir()
        wheel.rename(package / wheel.name)
    sent: list[str] = []
    handler = partial(Index, directory=str(simple), sent=sent)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", sent
        server.shutdown()


class Runner:
    """A repository with a site, and a machine of a CI: a checkout of it, an empty environment of
    Python, one package index, no settings of git."""

    def __init__(self, folder: Path, kind: str, target: str = "", index: str = "") -> None:
        self.folder, self.kind = folder, kind
        self.site, self.origin = folder / "site", folder / "origin.git"
        self.python = folder / "python"
        self.env = {
            **{key: os.environ[key] for key in ("LANG", "TMPDIR") if key in os.environ},
            "PATH": f"{self.python / 'bin'}:/usr/bin:/bin",
            "HOME": str(folder),
            "PIP_INDEX_URL": index,
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_COMPILE": "1",  # most of what is installed is not used
            "GIT_CONFIG_NOSYSTEM": "1",
            "CI": "true",
        }
        self.sitegen("init", str(self.site), "--base-url", "https://salm.press/")
        settings = (self.site / "site.yaml").read_text().replace("search: true", "search: false")
        if target:
            settings += f"deploy:\n  live: {target}\n"
        (self.site / "site.yaml").write_text(settings)
        self.sitegen("init", str(self.site), "--ci", kind)
        self.git("init", "-q", "--bare", str(self.origin), cwd=folder)
        self.git("init", "-q", "-b", "main")
        self.commit()

    def new_python(self) -> None:
        """A machine has a Python with pip, and no other package.

        pip is copied with its byte code: to unpack and compile it takes seconds.
        """
        bare = [sys.executable, "-m", "venv", "--without-pip", str(self.python)]
        subprocess.run(bare, check=True)
        [packages] = self.python.glob("lib/python*/site-packages")
        shutil.copytree(Path(pip.__file__).parent, packages / "pip")
        program = self.python / "bin/pip"
        program.write_text(f'#!/bin/sh\nexec {self.python}/bin/python -m pip "$@"\n')
        program.chmod(0o755)

    def installed(self) -> dict[str, str]:
        """Packages of the machine, with their versions."""
        command = [str(self.python / "bin/pip"), "list", "--format", "freeze"]
        rows = subprocess.run(command, env=self.env, check=True, capture_output=True, text=True)
        return dict(row.split("==") for row in rows.stdout.split())

    def sitegen(self, *arguments: str) -> None:
        done = fork_server().run(list(arguments), self.folder)
        assert done.returncode == 0, done.stderr

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


def test_the_steps_on_github_deploy_the_site_and_stop_at_an_error(
    tmp_path: Path, index: tuple[str, list[str]]
) -> None:
    url, sent = index
    runner = Runner(tmp_path, "github", "{kind: git, branch: pages, cname: salm.example}", url)
    runner.new_python()
    job = runner.workflow()["jobs"]["deploy"]
    uses = [step["uses"].partition("@")[0] for step in job["steps"] if "uses" in step]
    assert uses == ["actions/checkout", "actions/setup-python", "actions/cache"]
    scripts = [step["run"] for step in job["steps"] if "run" in step]
    assert scripts[0] == f'pip install "sitegen-digest=={__version__}"'
    sent.clear()
    status, said = runner.run(runner.checkout(), scripts, GITHUB_ACTIONS="true")
    assert status == 0, said
    assert runner.installed()["sitegen-digest"] == __version__
    assert WHEEL in sent
    files = runner.git("ls-tree", "-r", "--name-only", "pages", cwd=runner.origin).split()
    assert {"index.html", "CNAME", ".nojekyll", "feed.xml"} <= set(files)
    before = runner.git("rev-parse", "pages", cwd=runner.origin)
    status, said = runner.run(runner.checkout(), scripts, GITHUB_ACTIONS="true")
    after = runner.git("rev-parse", "pages", cwd=runner.origin)
    assert (status, after) == (0, before), "the same again makes no commit"
    (runner.site / "content/news/broken.md").write_text("---\ntitle: [\n---\n")
    runner.commit()
    status, said = runner.run(runner.checkout(), scripts, GITHUB_ACTIONS="true")
    assert status == 1
    assert "::error file=content/news/broken.md,line=" in said
    assert runner.git("rev-parse", "pages", cwd=runner.origin) == before


def test_the_script_on_gitlab_builds_what_its_pages_serve(
    tmp_path: Path, index: tuple[str, list[str]]
) -> None:
    url, sent = index
    runner = Runner(tmp_path, "gitlab", index=url)
    runner.new_python()
    job = runner.workflow()["pages"]
    place = runner.checkout()
    sent.clear()
    status, said = runner.run(place, job["script"], GITLAB_CI="true")
    assert status == 0, said
    assert runner.installed()["sitegen-digest"] == __version__
    assert WHEEL in sent
    [served] = job["artifacts"]["paths"]
    assert (place / served / "index.html").is_file()
    assert (place / job["cache"]["paths"][0]).is_dir()
    (runner.site / "content/news/broken.md").write_text("---\ntitle: [\n---\n")
    runner.commit()
    assert runner.run(runner.checkout(), job["script"])[0] == 1
