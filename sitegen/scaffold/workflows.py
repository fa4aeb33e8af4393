"""The loop of a site on a timer, as files for GitHub, GitLab, cron and systemd.

Each round takes in what the sources have, checks, deploys, sends the edition that waits, and
commits what came in. What a source brings never stops the rest; what came in is committed even if
a later step fails.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sitegen.base.diagnostics import fail
from sitegen.base.files import read_bytes, write_whole
from sitegen.base.install import requirement
from sitegen.config.load import load_config, needed_extras
from sitegen.config.schema import Config
from sitegen.config.send import VARIABLES, SmtpSend

MINUTE = 17  # of the hour: at its start, everybody's timers run
WAIT = 300  # seconds that a host may take until it shows what was uploaded
KINDS = ("github", "gitlab", "cron", "systemd")
SCRIPT = "timers/run.sh"


class Round(NamedTuple):
    """What a site's round is made of: commands, and the secrets that they need."""

    install: str
    takes_in: bool
    deploys: bool
    sends: bool
    content: str
    secrets: tuple[str, ...]


def loop_of(config: Config) -> Round:
    """The round of a site with these settings."""
    after = any("send" in target.after for target in config.deploy.values())
    return Round(
        requirement(*needed_extras(config)),
        any(source.feed or source.mail for source in config.sources.values()),
        bool(config.deploy),
        bool(config.send) and not after,
        config.content,
        tuple(dict.fromkeys(_secrets(config))),
    )


def _secrets(config: Config) -> Iterator[str]:
    """The variables of the environment that hold keys and passwords."""
    for source in config.sources.values():
        if "://" in source.mail:
            yield source.env or "IMAP_PASSWORD"
    for target in config.send.values():
        if isinstance(target, SmtpSend):
            yield from _smtp_secrets(target)
        else:
            yield target.env or VARIABLES.get(str(target.__struct_config__.tag), "")


def _smtp_secrets(target: SmtpSend) -> Iterator[str]:
    if "{token}" in target.unsubscribe:
        yield "UNSUBSCRIBE_KEY"
    if target.env or target.user:
        yield target.env or VARIABLES["smtp"]


def _commit(content: str, pull: str, push: str) -> list[str]:
    """Commit what came in, and what was sent and published, if anything did."""
    who = "-c user.name=sitegen -c user.email=sitegen@localhost"
    return [
        f"git add -A -- {shlex.quote(content)}",
        "test ! -e addresses.tsv || git add -- addresses.tsv",
        "if ! git diff --cached --quiet; then",
        f'  git {who} commit -q -m "What came in" && \\',
        f"  git {who} {pull} && {push}",
        "fi",
    ]


_TAKE_IN = "sitegen import || echo 'the import reported problems; going on with what arrived'"
_SEND = f"sitegen send --wait {WAIT}"


# GitHub ---------------------------------------------------------------------------------------
_GITHUB = f"""\
name: Deploy
on:
  push: {{branches: [main]}}
  schedule: [{{cron: "{MINUTE} * * * *"}}]  # what the sources have, articles whose time has come
  workflow_dispatch:
permissions: {{contents: write, actions: write}}
concurrency: {{group: deploy, cancel-in-progress: false}}
jobs:
  deploy:
    runs-on: ubuntu-latest
"""
_GITHUB_STEPS = """\
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: {python-version: "3.12"}
      - uses: actions/cache@v4
        with:
          path: .sitegen-cache
          key: sitegen-${{ github.run_id }}
          restore-keys: sitegen-
"""
# GitHub switches a schedule off after 60 days without a commit, unless it is switched on again.
_AWAKE = """\
      - name: Keep the schedule on
        if: github.event_name == 'schedule'
        continue-on-error: true
        env: {GH_TOKEN: "${{ github.token }}"}
        run: gh api -X PUT "repos/$GITHUB_REPOSITORY/actions/workflows/deploy.yml/enable"
"""


def _github(loop: Round) -> str:
    env = [f"      {name}: ${{{{ secrets.{name} }}}}\n" for name in loop.secrets]
    publish = "sitegen deploy" if loop.deploys else "sitegen build"
    runs = [
        f'pip install "{loop.install}"',
        *([_TAKE_IN] if loop.takes_in else []),
        "sitegen check",
        publish,
        *([_SEND] if loop.sends else []),
    ]
    branch = '"${GITHUB_REF_NAME:-main}"'
    commit = _commit(
        loop.content, f"pull -q --rebase origin {branch}", f"git push -q origin HEAD:{branch}"
    )
    rows = "".join(f"          {row}\n" for row in commit)
    keep = f"      - name: Commit what came in\n        if: always()\n        run: |\n{rows}"
    steps = "".join(f"      - run: {run}\n" for run in runs)
    given = f"    env:\n{''.join(env)}" if env else ""
    return f"{_GITHUB}{given}{_GITHUB_STEPS}{steps}{keep}{_AWAKE}"


# GitLab ---------------------------------------------------------------------------------------
def _gitlab(loop: Round) -> str:
    """The job `pages`. Its commits need a token in the variable PUSH_TOKEN, and its schedule is
    made under Build → Pipeline schedules."""
    runs = [
        f'pip install "{loop.install}"',
        *([_TAKE_IN] if loop.takes_in else []),
        "sitegen check",
        "sitegen build --strict --output public",
        *(["sitegen deploy"] if loop.deploys else []),
        *(["sitegen send || echo 'not sent; the next run tries again'"] if loop.sends else []),
    ]
    remote = '"https://sitegen:$PUSH_TOKEN@$CI_SERVER_HOST/$CI_PROJECT_PATH.git"'
    branch = '"$CI_COMMIT_BRANCH"'
    commit = _commit(
        loop.content, f"pull -q --rebase {remote} {branch}", f"git push -q {remote} HEAD:{branch}"
    )
    rows = "".join(f"      {row}\n" for row in commit)
    steps = "".join(f"    - {run}\n" for run in runs)
    return (
        "pages:\n"
        "  image: python:3.12\n"
        "  cache: {key: sitegen, paths: [.sitegen-cache]}\n"
        "  resource_group: pages\n"
        f"  script:\n{steps}"
        "  after_script:  # it runs after a failure, too\n"
        "    - |\n"
        '      test -n "$PUSH_TOKEN" || exit 0\n'
        f"{rows}"
        "  artifacts: {paths: [public]}\n"
        "  rules:\n"
        "    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH\n"
    )


# A machine of one's own -------------------------------------------------------------------------
_SCRIPT = """\
#!/bin/sh
# One round of the site: take in, check, deploy, send, commit what came in.
# Keys and passwords: put lines such as SMTP_PASSWORD=… into {env}.
cd "$(dirname "$0")/.." || exit 1
mkdir -p .sitegen-cache
exec 9>.sitegen-cache/timer.lock
if command -v flock >/dev/null && ! flock -n 9; then exit 0; fi
if [ -f {env} ]; then set -a; . {env}; set +a; fi
if ! command -v sitegen >/dev/null; then
  python=.sitegen-cache/python
  if [ ! -x $python/bin/sitegen ]; then
    python3 -m venv $python && $python/bin/pip install -q "{install}" || exit 1
  fi
  PATH="$PWD/$python/bin:$PATH"
fi
status=0
{take_in}
{{ sitegen check && {publish}; }} || status=1
git rev-parse --git-dir >/dev/null 2>&1 || exit $status
{commit}
[ $? = 0 ] || status=1
exit $status
"""
ENV = '"$HOME/.config/sitegen.env"'


def _script(loop: Round) -> str:
    publish = "sitegen deploy" if loop.deploys else "sitegen build"
    # Without a remote, the commit stays on this machine.
    commit = _commit(loop.content, "pull -q --rebase", "git push -q")
    rows = [_if_remote(row) if " pull " in row else row for row in commit]
    return _SCRIPT.format(
        env=ENV,
        install=loop.install,
        take_in=_TAKE_IN if loop.takes_in else ":",
        publish=f"{publish} && {_SEND}" if loop.sends else publish,
        commit="\n".join(rows),
    )


def _if_remote(row: str) -> str:
    return f"  {{ ! git remote | grep -q . || {{ {row.strip()}; }}; }}"


def _crontab(folder: Path) -> str:
    """A line of crontab (crontab(5)), where a percent sign would end the command."""
    script, log = (shlex.quote(str(folder / one)) for one in (SCRIPT, ".sitegen-cache/timer.log"))
    command = f"sh {script} >>{log} 2>&1".replace("%", "\\%")
    return f"# To add it: {NEXT['cron']}\n{MINUTE} * * * * {command}\n"


def _units(folder: Path, title: str) -> dict[str, str]:
    """A service and its timer (systemd.service(5), systemd.timer(5))."""
    place = str(folder).replace("%", "%%")
    what = " ".join(title.replace("%", "%%").split())
    service = (
        f"[Unit]\nDescription={what}: one round\n"
        "Wants=network-online.target\nAfter=network-online.target\n\n"
        f"[Service]\nType=oneshot\nWorkingDirectory={place}\nExecStart=/bin/sh {SCRIPT}\nNice=10\n"
    )
    timer = (
        f"[Unit]\nDescription={what}: every hour\n\n"
        f"[Timer]\nOnCalendar=*:{MINUTE}\nRandomizedDelaySec=120\nPersistent=true\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )
    return {"timers/sitegen.service": service, "timers/sitegen.timer": timer}


NEXT = {
    "github": "push; secrets go under Settings → Secrets and variables → Actions",
    "gitlab": "push; add a schedule, and PUSH_TOKEN, a project access token, for its commits",
    "cron": "(crontab -l; cat timers/crontab) | crontab -",
    "systemd": (
        "systemctl --user link $PWD/timers/sitegen.service $PWD/timers/sitegen.timer &&"
        " systemctl --user enable --now sitegen.timer"
    ),
}


def init_ci(folder: Path, kind: str) -> list[str]:
    """Write the files of ``kind`` for the site in ``folder``; their paths.

    They install what installed this sitegen, with the extras that the site needs: never a name
    without a version.

    Raises SitegenError if there is such a file, or no site.
    """
    if not (folder / "site.yaml").exists():
        raise fail(
            "init",
            "this folder has no site.yaml",
            str(folder),
            help="to create a site: sitegen init",
            exit_status=2,
        )
    config = load_config(read_bytes(folder / "site.yaml", "site.yaml").decode("utf-8", "replace"))
    files = _files(folder.resolve(), kind, config)
    for name in files:
        if (folder / name).exists():
            hint = "move it away to get a new one"
            raise fail("init", "already exists", str(folder / name), help=hint, exit_status=2)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, text.encode())
    return [str(folder / name) for name in files]


def _files(folder: Path, kind: str, config: Config) -> dict[str, str]:
    loop = loop_of(config)
    match kind:
        case "github":
            return {".github/workflows/deploy.yml": _github(loop)}
        case "gitlab":
            return {".gitlab-ci.yml": _gitlab(loop)}
        case "cron":
            return {SCRIPT: _script(loop), "timers/crontab": _crontab(folder)}
    return {SCRIPT: _script(loop), **_units(folder, config.title)}
