"""Workflow files are written once, and only into a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen import __version__
from sitegen.base.diagnostics import SitegenError
from sitegen.scaffold.workflows import CI, init_ci


@pytest.mark.parametrize("kind", CI)
def test_a_workflow_file_is_never_replaced(tmp_path: Path, kind: str) -> None:
    with pytest.raises(SitegenError, match=r"has no site\.yaml"):
        init_ci(tmp_path, kind)
    site = "title: T\nbase_url: https://salm.press/\ntimezone: UTC\n"
    (tmp_path / "site.yaml").write_text(site)
    path = Path(init_ci(tmp_path, kind))
    assert "{requirement}" not in path.read_text()
    with pytest.raises(SitegenError, match="already exists"):
        init_ci(tmp_path, kind)


@pytest.mark.parametrize(
    ("settings", "extras"),
    [
        ("", ""),
        ("search: true\n", "[search]"),
        ("deploy:\n  live: {kind: s3, bucket: salm}\n", "[s3]"),
        ("search: true\ndeploy:\n  live: {kind: s3, bucket: salm}\n", "[s3,search]"),
    ],
)
@pytest.mark.parametrize("kind", CI)
def test_it_installs_the_extras_that_the_site_needs(
    tmp_path: Path, kind: str, settings: str, extras: str
) -> None:
    site = "title: T\nbase_url: https://salm.press/\ntimezone: UTC\n"
    (tmp_path / "site.yaml").write_text(site + settings)
    line = f'pip install "sitegen-digest{extras}=={__version__}"'
    assert line in Path(init_ci(tmp_path, kind)).read_text()
