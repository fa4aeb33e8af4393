"""Which target is meant, and which URL may be published."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.config.load import load_config
from sitegen.deploy.site import alone, check_base_url, find_target, kind_of

SITE = "title: T\nbase_url: https://t.example/\ntimezone: UTC\n"
TWO = "deploy: {live: {kind: folder, path: /srv/a}, test: {kind: folder, path: /srv/b}}\n"


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8000/",
        "http://digest.localhost/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://10.0.0.7/",
        "https://news.internal/",
        "https://printer.local./",
        "https://digest.example/",
        "https://www.digest.example/",
    ],
)
def test_urls_that_are_refused(url: str) -> None:
    with pytest.raises(SitegenError) as raised:
        check_base_url(url, "folder")
    assert raised.value.exit_status == 2


RESERVED = ["https://news.example/", "https://www.example.com/", "https://example.org/x/"]


@pytest.mark.parametrize("url", RESERVED)
def test_a_reserved_name_is_for_a_copy_on_this_machine_only(url: str) -> None:
    assert len(check_base_url(url, "folder")) == 1
    for kind in ("git", "s3", "sftp", "netlify"):
        with pytest.raises(SitegenError, match="reserved for examples and tests"):
            check_base_url(url, kind)


@pytest.mark.parametrize(
    "url", ["https://digest.org/", "https://93.184.216.34/", "https://myexample.com/"]
)
def test_urls_that_pass(url: str) -> None:
    assert check_base_url(url, "git") == ()


@pytest.mark.parametrize(
    ("site", "name", "message"),
    [
        ("", "", "site.yaml has no deploy target"),
        (TWO, "", "site.yaml has several targets"),
        (TWO, "lvie", "no target `lvie` in site.yaml"),
    ],
)
def test_targets_that_do_not_exist(site: str, name: str, message: str) -> None:
    with pytest.raises(SitegenError) as raised:
        find_target(load_config(SITE + site), name)
    assert raised.value.diagnostics[0].message == message


def test_the_only_target_needs_no_name() -> None:
    name, target = find_target(
        load_config(SITE + "deploy: {live: {kind: netlify, path: host}}\n"), ""
    )
    assert (name, kind_of(target)) == ("live", "netlify")


def test_marks_of_earlier_runs_survive_a_kill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without them the lock of a killed run would keep this machine out for a quarter of an
    hour."""
    for mark in ("one", "two"):
        with alone(tmp_path, "live", mark):
            pass
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", raiser)
        with pytest.raises(KeyboardInterrupt), alone(tmp_path, "live", "three"):
            pass
    with alone(tmp_path, "live", "four") as earlier:
        assert earlier == ["one", "two"]


def raiser(*_: object) -> None:
    raise KeyboardInterrupt


def test_one_command_at_a_time(tmp_path: Path) -> None:
    with (
        alone(tmp_path, "live", "one"),
        pytest.raises(SitegenError, match="under way on this machine"),
        alone(tmp_path, "live", "two"),
    ):
        pass
