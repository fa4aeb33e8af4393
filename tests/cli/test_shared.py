"""The folder of a site, the clock, and URLs of the command line."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.cli.shared import clock, find_site, named_folder, site_option, web_url


def checked_url(value: str) -> str:
    return web_url(click.Context(click.Command("x")), click.Option(["--base-url"]), value)


@pytest.mark.parametrize("url", ["", "https://salm.example/", "http://salm.example/news"])
def test_a_url_is_taken_as_it_is(url: str) -> None:
    assert checked_url(url) == url


@pytest.mark.parametrize("text", ["salm.example", "ftp://salm.example/", "https:///x"])
def test_what_is_not_a_url_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter, match="is not a valid URL"):
        checked_url(text)


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        ("2026-11-24T18:00:00+01:00", "2026-11-24T18:00:00+01:00"),
        ("2026-11-24T18:00:00Z", "2026-11-24T18:00:00+00:00"),
        ("2026-11-24T18:00:00", "2026-11-24T18:00:00+00:00"),
        ("2026-11-24", "2026-11-24T00:00:00+00:00"),
    ],
)
def test_clock(now: str, moment: str) -> None:
    assert clock(now) == moment


def test_a_time_that_is_not_valid_is_refused() -> None:
    with pytest.raises(click.BadParameter, match="`noon` is not a valid time"):
        clock("noon")


def test_the_site_is_the_nearest_folder_upwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "content/news").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "content/news")
    with pytest.raises(SitegenError, match=r"no site\.yaml in this folder"):
        find_site("")
    (tmp_path / "site.yaml").touch()
    assert find_site("") == tmp_path
    assert find_site(str(tmp_path)) == tmp_path
    with pytest.raises(SitegenError, match=r"has no site\.yaml") as caught:
        find_site("elsewhere")
    assert caught.value.exit_status == 2


def test_a_folder_has_a_name_that_is_utf_8() -> None:
    assert named_folder(Path("/tmp/café")) == Path("/tmp/café")
    with pytest.raises(SitegenError):
        named_folder(Path("/tmp/caf\udce9"))


def test_an_option_is_a_decorator_of_commands() -> None:
    @site_option
    def command() -> None: ...

    assert [p.name for p in command.__click_params__] == ["site"]  # type: ignore[attr-defined]
