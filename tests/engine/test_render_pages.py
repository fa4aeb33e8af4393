"""Files are staged beside output/; where one fails, nothing is staged and output/ is as it was."""

from __future__ import annotations

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.engine.build import prepare
from sitegen.engine.clock import Clock, peak_mib
from sitegen.engine.render_pages import embeds, stage
from sitegen.engine.staging import put
from sitegen.engine.transaction import staging_folder
from tests.conftest import Digest
from tests.engine.in_process import loaded


def test_every_output_is_staged(digest: Digest) -> None:
    digest.article("a")
    digest.write("static/n.txt", "n")
    with loaded(digest.root) as context:
        work = prepare(context, [])
        made = stage(context, work)
    folder = staging_folder(digest.root / "output")
    staged = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert staged == {one.output for one in made} == work.keys.keys()
    assert {(folder / one.output).stat().st_size - one.size for one in made} == {0}
    assert not (digest.root / "output").exists()


def test_an_error_in_a_template_is_reported_once(digest: Digest) -> None:
    for name in "abc":
        digest.article(name)
    digest.write("theme/templates/article.html", "\n{{ page.qqq }}")
    with loaded(digest.root) as context, pytest.raises(SitegenError) as caught:
        stage(context, prepare(context, []))
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.line) == ("template", 2)
    assert not staging_folder(digest.root / "output").exists()


def test_a_file_is_put_with_its_folders(digest: Digest) -> None:
    made = put("x/y/z.bin", "(copies)", b"123", digest.root)
    assert (digest.root / "x/y/z.bin").read_bytes() == b"123" and made.size == 3


def test_style_sheets_are_embedded_as_text(digest: Digest) -> None:
    digest.write("theme/assets/own.css", "p{color:red}")
    with loaded(digest.root) as context:
        assert embeds(context.theme)["own.css"] == "p{color:red}"


def test_the_clock_reports_each_stage() -> None:
    heard: list[str] = []
    clock = Clock(lambda what, done, total: heard.append(what))
    for name in ("load", "parse"):
        clock.stage(name)
    assert heard == list(clock.stages) == ["load", "parse"]
    assert clock.total() >= 0 and peak_mib() > 1
