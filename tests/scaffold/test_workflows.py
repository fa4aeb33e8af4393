"""Workflow files are written once, and only into a site."""

from __future__ import annotations

from pathlib import Path

import pytest

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
