"""Another version of anything that makes bytes has a site made again."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.base import makers
from sitegen.engine.build import build
from sitegen.engine.options import BuildOptions
from tests.conftest import NOW, Digest


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    makers.fingerprint.cache_clear()


def changed(digest: Digest) -> int:
    """The number of files that a build would make again."""
    makers.fingerprint.cache_clear()
    return len(build(BuildOptions(root=str(digest.root), now=NOW, jobs=1, dry_run=True)).reasons)


@pytest.mark.parametrize("name", makers.MAKERS)
def test_another_version_of_a_library_has_the_site_made_again(
    digest: Digest, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest.article("a")
    build(BuildOptions(root=str(digest.root), now=NOW, jobs=1))
    assert changed(digest) == 0
    known = makers._version
    monkeypatch.setattr(
        makers, "_version", lambda asked: "0.0.1" if asked == name else known(asked)
    )
    assert changed(digest) > 10


@pytest.mark.parametrize("place", ["__version__", "MAKERS"])
def test_sitegen_itself_counts(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = makers.fingerprint()
    makers.fingerprint.cache_clear()
    monkeypatch.setattr(makers, place, "9.9.9" if place == "__version__" else makers.MAKERS[1:])
    assert makers.fingerprint() != before


def test_no_library_is_imported_to_learn_its_version() -> None:
    code = (
        "import sys; from sitegen.base.makers import fingerprint; fingerprint();print([m for m in"
        " ('babel', 'PIL', 'lxml', 'jinja2', 'markdown', 'nh3', 'pyromark', 'css_inline') if m in"
        " sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_libraries_that_are_declared_and_make_bytes_are_counted() -> None:
    """What the core of the package depends on makes bytes, but for what only reads input or talks
    to people."""
    others = {
        "charset-normalizer",
        "click",
        "starlette",
        "uvicorn",
        "watchdog",
        "trafilatura",
        "lxml-html-clean",
        "htmldate",
    }
    project = tomllib.loads((Path(__file__).parent.parent.parent / "pyproject.toml").read_text())
    declared = project["project"]["dependencies"]
    names = {re.split(r"[^\w-]", name)[0].lower().replace("_", "-") for name in declared}
    assert names - others <= set(makers.MAKERS)
