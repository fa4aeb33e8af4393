"""What the command line may ask of a build."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.engine.options import BuildOptions, output_folder


@pytest.mark.parametrize(
    ("output", "folder"), [("", "/site/output"), ("/elsewhere", "/elsewhere"), ("out", "out")]
)
def test_the_folder_that_a_build_writes_to(output: str, folder: str) -> None:
    options = BuildOptions(root="/site", now="2026-11-24", output=output)
    assert output_folder(options) == Path(folder)
