"""Another version or build of anything that makes bytes rebuilds a site; nothing else does."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.base import makers
from sitegen.base.install import DISTRIBUTION
from sitegen.engine.build import build
from sitegen.engine.options import BuildOptions
from tests.conftest import NOW, Digest

# What is declared and only reads input, serves, uploads, or talks to people.
OTHERS = (
    "boto3",
    "brotli",
    "distributed",
    "charset-normalizer",
    "click",
    "htmldate",
    "lxml-html-clean",
    "mammoth",
    "paramiko",
    "pdfminer",
    "starlette",
    "trafilatura",
    "uvicorn",
    "warcio",
    "watchdog",
)


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    makers.fingerprint.cache_clear()
    yield
    makers.fingerprint.cache_clear()


def install(folder: Path, name: str, version: str = "0.0.1", record: str = "") -> Path:
    """The metadata of a distribution, as pip writes them to ``folder``."""
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (info / "WHEEL").write_text("Wheel-Version: 1.0\nTag: cp311-cp311-manylinux_2_28_x86_64\n")
    (info / "RECORD").write_text(record or f"{name}.py,sha256=abc,10\n")
    return info


def now() -> str:
    makers.fingerprint.cache_clear()
    return makers.fingerprint()


def stale(digest: Digest) -> int:
    """The number of files that a build would write."""
    makers.fingerprint.cache_clear()
    return len(build(BuildOptions(root=str(digest.root), now=NOW, jobs=1, dry_run=True)).reasons)


@pytest.mark.parametrize("name", makers.MAKERS)
def test_another_version_of_a_library_rebuilds_the_site(
    digest: Digest, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest.article("a")
    build(BuildOptions(root=str(digest.root), now=NOW, jobs=1))
    assert stale(digest) == 0
    install(tmp_path / "fake", name)
    monkeypatch.syspath_prepend(tmp_path / "fake")
    assert stale(digest) > 10


def test_another_version_of_what_makes_no_bytes_rebuilds_nothing(
    digest: Digest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest.article("a")
    build(BuildOptions(root=str(digest.root), now=NOW, jobs=1))
    for name in OTHERS:
        install(tmp_path / "fake", name)
    monkeypatch.syspath_prepend(tmp_path / "fake")
    assert stale(digest) == 0


@pytest.mark.parametrize("name", OTHERS)
def test_what_makes_no_bytes_is_not_in_the_fingerprint(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = now()
    install(tmp_path, name)
    monkeypatch.syspath_prepend(tmp_path)
    assert now() == before


@pytest.mark.parametrize(
    ("name", "line", "counts"),
    [
        ("babel", "babel/locale-data/de.dat,sha256=other,10", True),
        ("pillow", "pillow.libs/libfreetype-1.so,sha256=other,10", True),
        ("pillow", "../../../bin/tool,sha256=other,10", False),
        ("jinja2", "jinja2/__pycache__/a.pyc,,", False),
        ("nh3", "nh3-0.0.1.dist-info/INSTALLER,sha256=other,4", False),
    ],
)
def test_the_files_of_a_build_count(
    name: str, line: str, counts: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same version with other data or another C library is another build; what differs from
    one environment to the next is not."""
    info = install(tmp_path, name)
    monkeypatch.syspath_prepend(tmp_path)
    before = now()
    with (info / "RECORD").open("a") as file:
        file.write(f"{line}\n")
    assert (now() != before) is counts


@pytest.mark.parametrize("name", ["pillow", "lxml"])
def test_a_library_that_was_compiled_here_counts_with_those_of_the_system(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = install(tmp_path, name)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "platform", "linux")
    asked = []
    monkeypatch.setitem(makers._LINKED, name, lambda: asked.append(name) or [len(asked)])
    assert now() == now()
    assert not asked
    (info / "WHEEL").write_text("Wheel-Version: 1.0\nTag: cp311-cp311-linux_x86_64\n")
    assert now() != now()
    assert asked == [name, name]


def test_the_libraries_of_the_system_are_known() -> None:
    assert any(str(part).startswith("freetype2=2") for part in makers._of_pillow())
    assert all(isinstance(part, tuple) for part in makers._of_lxml())


@pytest.mark.parametrize("name", ["__version__", "MAKERS"])
def test_sitegen_itself_counts(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = now()
    monkeypatch.setattr(makers, name, "9.9.9" if name == "__version__" else makers.MAKERS[1:])
    assert now() != before


def test_the_code_and_fonts_of_a_checkout_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "sitegen"
    (package / "images/fonts").mkdir(parents=True)
    (package / "__pycache__").mkdir()
    font = package / "images/fonts/a.ttf"
    font.write_bytes(b"font")
    monkeypatch.setattr(makers, "_PACKAGE", package)
    before = now()
    (package / "__pycache__/a.pyc").write_bytes(b"byte code")
    assert now() == before
    font.write_bytes(b"another font")
    assert now() != before


def test_an_installed_sitegen_counts_with_its_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commits differ, their version does not; and no file is looked at."""
    (tmp_path / "sitegen").mkdir()
    info = install(tmp_path, DISTRIBUTION, makers.__version__, "sitegen/a.py,sha256=abc,3\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(makers, "_PACKAGE", tmp_path / "sitegen")
    before = now()
    (tmp_path / "sitegen/a.py").write_text("a")
    assert now() == before
    (info / "RECORD").write_text("sitegen/a.py,sha256=xyz,3\n")
    assert now() != before


def test_the_time_zones_of_the_system_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(makers, "TZPATH", (str(tmp_path / "missing"), str(tmp_path)))
    without = now()
    (tmp_path / "tzdata.zi").write_text("# version 2026a\nR d 1916\n")
    old = now()
    (tmp_path / "tzdata.zi").write_text("# version 2026b\nR d 1916\n")
    assert len({without, old, now()}) == 3


def test_extensions_of_markdown_count_with_the_distribution_that_brings_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = install(tmp_path, "some-extras", record="some_extras/notes.py,sha256=abc,9\n")
    monkeypatch.syspath_prepend(tmp_path)
    named = ["some_extras.notes", "tables"]
    before = makers.versions_of(named)
    (info / "RECORD").write_text("some_extras/notes.py,sha256=xyz,9\n")
    assert makers.versions_of(named) != before
    assert makers.versions_of(["markdown.extensions.toc"]) == ""


def test_a_package_of_the_system_counts_with_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Debian installs `Babel-2.14.0.egg-info` and no RECORD."""
    before = now()
    (tmp_path / "Babel-2.14.0.egg-info").write_text("Name: Babel\nVersion: 2.14.0\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert now() != before


def test_no_library_is_imported_to_learn_its_version() -> None:
    code = (
        "import sys; from sitegen.base.makers import fingerprint; fingerprint();print([m for m in"
        " ('babel', 'PIL', 'lxml', 'jinja2', 'markdown', 'nh3', 'pyromark', 'css_inline',"
        " 'importlib.metadata') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_declared_library_either_makes_bytes_or_does_not() -> None:
    project = tomllib.loads((Path(__file__).parent.parent.parent / "pyproject.toml").read_text())
    declared = list(project["project"]["dependencies"])
    for extra, names in project["project"]["optional-dependencies"].items():
        declared += names if extra not in ("all", "dev", "browser") else []
    names = {re.split(r"[^\w-]", name)[0].lower().replace("_", "-") for name in declared}
    assert names <= {*makers.MAKERS, *OTHERS}
    assert not set(makers.MAKERS) & set(OTHERS)
