"""Which Pagefind is installed."""

from __future__ import annotations

from importlib import metadata

import pytest

from sitegen.engine.search_program import search_program


@pytest.mark.parametrize(
    ("installed", "found"),
    [
        ({"pagefind_bin": "1.5.0"}, "pagefind_bin 1.5.0"),
        (
            {"pagefind_bin": "1.5.0", "pagefind_bin_extended": "1.5.1"},
            "pagefind_bin_extended 1.5.1",
        ),
        ({}, ""),
    ],
)
def test_the_program_for_search(
    monkeypatch: pytest.MonkeyPatch, installed: dict[str, str], found: str
) -> None:
    def version(name: str) -> str:
        if name not in installed:
            raise metadata.PackageNotFoundError(name)
        return installed[name]

    monkeypatch.setattr(metadata, "version", version)
    assert search_program() == found
