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
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pip
import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

from sitegen import __version__
from tests.answering import answering
from tests.conftest import fork_server
from tests.send.servers import Mailbox, mail_server

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
    with answering(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as server:
        yield f"http://127.0.0.1:{server.server_port}/", sent


class Runner:
    """A repository with a site, and a machine of a CI: a checkout of it, an empty environment of
    Python, one package index, no settings of git."""

    def __init__(self, folder: Path, kind: str, target: str = "", index: str = "") -> None:
        self.folder, self.kind = folder, kind
        self.site, self.origin = folder / "site", folder / "origin.git"
        self.env = {
            **{key: os.environ[key] for key in ("LANG", "TMPDIR") if key in os.environ},
            "HOME": str(folder),
            "PIP_INDEX_URL": index,
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_COMPILE": "1",  # most of what is installed is not used
            "GIT_CONFIG_NOSYSTEM": "1",
            "CI": "true",
        }
        self.use_python(folder / "python")
        self.sitegen("init", str(self.site), "--base-url", "https://salm.press/")
        settings = (self.site / "site.yaml").read_text().replace("search: true", "search: false")
        if target:
            settings += f"deploy:\n  live: {target}\n"
        (self.site / "site.yaml").write_text(settings)
        self.sitegen("init", str(self.site), "--ci", kind)
        self.git("init", "-q", "--bare", str(self.origin), cwd=folder)
        self.git("init", "-q", "-b", "main")
        self.commit()

    def use_python(self, folder: Path) -> None:
        """The environment of Python in ``folder``."""
        self.python = folder
        self.env["PATH"] = f"{folder / 'bin'}:/usr/bin:/bin"

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

    def remove_sitegen(self) -> None:
        """Remove this package, and leave the libraries that it needs."""
        command = [str(self.python / "bin/pip"), "uninstall", "-q", "-y", "sitegen-digest"]
        subprocess.run(command, env=self.env, check=True)

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
        if self.git("ls-remote", str(self.origin), "main"):  # a round may have committed, too
            self.git("pull", "-q", "--rebase", str(self.origin), "main")
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
        .replace("permissions: {contents: write,", "permissions: {contents: yes,")
        .replace("paths:", "path:")
    )
    assert CliRunner().invoke(check_jsonschema, [*SCHEMAS[kind], str(path)]).exit_code == 1, (
        "the schema tells what is wrong"
    )


def test_the_steps_on_github_and_gitlab(tmp_path: Path, index: tuple[str, list[str]]) -> None:
    """One machine for both: what the first installs, the second need not install again."""
    url, sent = index
    target = "{kind: git, branch: pages, cname: salm.example}"
    (tmp_path / "hub").mkdir()
    hub = Runner(tmp_path / "hub", "github", target, url)
    hub.new_python()
    the_steps_on_github_deploy_the_site_and_stop_at_an_error(hub, sent)
    hub.remove_sitegen()
    (tmp_path / "lab").mkdir()
    lab = Runner(tmp_path / "lab", "gitlab", index=url)
    lab.use_python(hub.python)
    the_script_on_gitlab_builds_what_its_pages_serve(lab, sent)


def the_steps_on_github_deploy_the_site_and_stop_at_an_error(
    runner: Runner, sent: list[str]
) -> None:
    job = runner.workflow()["jobs"]["deploy"]
    uses = [step["uses"].partition("@")[0] for step in job["steps"] if "uses" in step]
    assert uses == ["actions/checkout", "actions/setup-python", "actions/cache"]
    always = [step for step in job["steps"] if "schedule" not in step.get("if", "")]
    scripts = [step["run"] for step in always if "run" in step]
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


def the_script_on_gitlab_builds_what_its_pages_serve(runner: Runner, sent: list[str]) -> None:
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


LETTER = (
    "From: Salm Post <news@post.example>\nSubject: Ferries are late again\n"
    "Date: Fri, 27 Nov 2026 08:00:00 +0000\nMessage-ID: <1@post.example>\n\n"
    "The ferry to the island was late again, for the third time in this week of rain.\n\n"
    "Passengers waited on the quay for two hours, and nobody explained why it was late.\n"
)
LOOP = """
sources:
  post: {{name: Salm Post, mail: {mail}}}
  gone: {{name: Gone, feed: "https://localhost:9/feed.xml"}}
deploy: {{live: {{kind: folder, path: {live}}}}}
editions: {{kind: daily, email: true, sender: a@t.example, address: Salm}}
send:
  mail:
    kind: smtp
    host: localhost
    port: {port}
    security: none
    command: [echo, ann@post.example]
    unsubscribe: mailto:a@t.example
"""


@pytest.fixture
def loop(tmp_path: Path) -> Iterator[tuple[Path, Mailbox, dict[str, str]]]:
    """A fresh clone of a site with sources, a target, and a letter to send; its mail server; and an
    environment in which this sitegen is on the path."""
    mail, site, origin = tmp_path / "mail/new", tmp_path / "site", tmp_path / "origin.git"
    mail.mkdir(parents=True)
    (mail / "1795766401.M1.host").write_text(LETTER)
    now = datetime.now(UTC)
    with mail_server() as box:
        arguments = ["init", str(site), "--base-url", "https://salm.example/", "--yes"]
        assert fork_server().run(arguments, tmp_path).returncode == 0
        text = (site / "site.yaml").read_text().partition("editions:")[0]
        settings = LOOP.format(mail=mail.parent, live=tmp_path / "live", port=box.port)
        (site / "site.yaml").write_text(text.replace("search: true", "search: false") + settings)
        closed = site / f"content/editions/{now.date()}.yaml"
        closed.parent.mkdir()
        name = "content/news/own.md"
        head = f"title: Own\ndate: {now.date()}\nauthors: [Ann]\n"
        (site / name).write_text(f"---\n{head}---\n\nText.\n")
        closed.write_text(f"number: 1\npublished: {now.isoformat()}\narticles: [{name}]\n")
        assert fork_server().run(["init", str(site), "--ci", "cron"], tmp_path).returncode == 0
        path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
        env = {"PATH": path, "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1", "LANG": "C.UTF-8"}
        git = partial(subprocess.run, check=True, env=env, capture_output=True)
        git(["git", "init", "-q", "--bare", "-b", "main", str(origin)])
        git(["git", "init", "-q", "-b", "main"], cwd=site)
        git(["git", "add", "-A"], cwd=site)
        who = ["-c", "user.name=Ann", "-c", "user.email=ann@t.example"]
        git(["git", *who, "commit", "-q", "-m", "Site"], cwd=site)
        git(["git", "push", "-q", str(origin), "main"], cwd=site)
        git(["git", "clone", "-q", str(origin), str(tmp_path / "clone")])
        yield tmp_path / "clone", box, env


def test_a_round_in_a_fresh_clone(loop: tuple[Path, Mailbox, dict[str, str]]) -> None:
    clone, box, env = loop

    def round_() -> subprocess.CompletedProcess[str]:
        command = ["sh", str(clone / "timers/run.sh")]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    def log() -> list[str]:
        command = ["git", "log", "--format=%s", "main"]
        origin = clone.parent / "origin.git"
        done = subprocess.run(command, cwd=origin, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()

    done = round_()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "localhost:9" in done.stdout + done.stderr
    assert (clone.parent / "live/index.html").is_file()
    assert box.to() == ["ann@post.example"]
    assert log() == ["What came in", "Site"]
    files = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "main"],
        cwd=clone.parent / "origin.git",
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "content/news/2026-11-27-ferries-are-late-again.md" in files
    assert "content/_sent/" in files
    assert "addresses.tsv" in files
    done = round_()
    assert (done.returncode, len(box.mails), log()[0]) == (0, 1, "What came in"), done.stdout


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_the_units_of_systemd_are_valid(tmp_path: Path) -> None:
    site = tmp_path / "my site"
    for arguments in (["init", str(site), "--yes"], ["init", str(site), "--ci", "systemd"]):
        assert fork_server().run(arguments, tmp_path).returncode == 0
    timer = site / "timers/sitegen.timer"
    command = ["systemd-analyze", "verify", str(timer), str(timer.with_suffix(".service"))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    timer.write_text(timer.read_text().replace("OnCalendar=*:17", "OnCalendar=*:99"))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Failed to parse calendar" in done.stderr
