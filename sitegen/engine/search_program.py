"""The program that makes search indexes. To look for it is quick; `pagefind.py` runs it."""

from __future__ import annotations

from contextlib import suppress
from importlib import metadata

# the extended one separates the words of Chinese and Japanese
PROGRAMS = ("pagefind_bin_extended", "pagefind_bin")


def search_program() -> str:
    """Which Pagefind is installed, as ``name version``; nothing where there is none."""
    for name in PROGRAMS:
        with suppress(metadata.PackageNotFoundError):
            return f"{name} {metadata.version(name)}"
    return ""
