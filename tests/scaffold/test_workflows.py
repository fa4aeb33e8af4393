"""Workflow files are written once, and only into a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen import __version__
from sitegen.base.diagnostics import SitegenError
from sitegen.config.load import load_config
from sitegen.scaffold.workflows import KINDS, init_ci, loop_of


@pytest.mark.parametrize("kind", KINDS)
def test_a_workflow_file_is_never_replaced(tmp_path: Path, kind: str) -> None:
    with pytest.raises(SitegenError, match=r"has no site\.yaml"):
        init_ci(tmp_path, kind)
    site = "title: T\nbase_url: https://salm.press/\ntimezone: UTC\n"
    (tmp_path / "site.yaml").write_text(site)
    assert all("{" + "install}" not in Path(path).read_text() for path in init_ci(tmp_path, kind))
    with pytest.raises(SitegenError, match="already exists"):
        init_ci(tmp_path, kind)


@pytest.mark.parametrize(
    ("settings", "extras"),
    [
        ("", ""),
        ("search: true\n", ""),
        ("deploy:\n  live: {kind: s3, bucket: salm}\n", "[s3]"),
        ("markdown: {math: true}\ndeploy:\n  live: {kind: s3, bucket: salm}\n", "[math,s3]"),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_it_installs_the_extras_that_the_site_needs(
    tmp_path: Path, kind: str, settings: str, extras: str
) -> None:
    site = "title: T\nbase_url: https://salm.press/\ntimezone: UTC\n"
    (tmp_path / "site.yaml").write_text(site + settings)
    line = f'"sitegen-digest{extras}=={__version__}"'
    assert line in Path(init_ci(tmp_path, kind)[0]).read_text()


SEND = "kind: smtp, host: h, recipients: l, unsubscribe: 'https://salm.press/l?{token}'"
FULL = f"""\
title: T
base_url: https://salm.press/
timezone: UTC
content: texts
sources:
  a: {{feed: "https://post.example/feed"}}
  b: {{mail: "imaps://mail.example/X", user: desk, env: MY_MAIL}}
editions: {{kind: daily}}
send: {{mail: {{{SEND}, user: desk}}, list: {{kind: buttondown}}}}
deploy: {{live: {{kind: git}}}}
"""


def test_the_round_is_made_from_the_settings() -> None:
    loop = loop_of(load_config(FULL))
    assert (loop.takes_in, loop.deploys, loop.sends, loop.content) == (True, True, True, "texts")
    assert loop.secrets == ("MY_MAIL", "UNSUBSCRIBE_KEY", "SMTP_PASSWORD", "BUTTONDOWN_API_KEY")
    after = FULL.replace("{kind: git}", "{kind: git, after: [send]}")
    assert not loop_of(load_config(after)).sends
    plain = loop_of(load_config("title: T\nbase_url: https://salm.press/\ntimezone: UTC\n"))
    assert (plain.takes_in, plain.deploys, plain.sends, plain.secrets) == (False, False, False, ())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_the_whole_round(tmp_path: Path, kind: str) -> None:
    (tmp_path / "site.yaml").write_text(FULL)
    text = "".join(Path(path).read_text() for path in init_ci(tmp_path, kind))
    commands = ("sitegen import ||", "sitegen check", "sitegen deploy", "sitegen send")
    places = [text.index(step) for step in (*commands, "git add -A -- texts")]
    assert places == sorted(places)


def test_a_schedule_on_github_is_kept_on(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(FULL)
    text = Path(init_ci(tmp_path, "github")[0]).read_text()
    assert "actions/workflows/deploy.yml/enable" in text
    assert "actions: write" in text
    assert "MY_MAIL: ${{ secrets.MY_MAIL }}" in text


def test_paths_with_signs_of_cron_and_systemd(tmp_path: Path) -> None:
    site = tmp_path / "50% off, it's"
    site.mkdir()
    (site / "site.yaml").write_text(FULL)
    _, crontab = init_ci(site, "cron")
    assert "50\\% off" in Path(crontab).read_text()
    (site / "timers/run.sh").unlink()
    _, service, _ = init_ci(site, "systemd")
    assert "/50%% off, it's\n" in Path(service).read_text()
