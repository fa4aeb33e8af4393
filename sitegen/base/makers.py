"""The programs and data that make the bytes of a site: what is kept between builds holds only for
their versions.

A version alone is not enough: two wheels of one version hold different builds of the C libraries
in them, sitegen has one version for many commits, and time zones come with the system. So each
distribution counts with its RECORD, which has the digest of every file that was installed
(https://packaging.python.org/specifications/recording-installed-packages/): code, bundled
libraries, and data such as Babel's CLDR and sitegen's fonts.
"""

from __future__ import annotations

import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from zoneinfo import TZPATH

from sitegen import __version__
from sitegen.base.install import DISTRIBUTION
from sitegen.base.text import digest

# Distributions that decide what is in a page, feed, image, e-mail, EPUB or search index.
MAKERS = (
    "babel",
    "css-inline",
    "idna",
    "jinja2",
    "latex2mathml",
    "lxml",
    "markdown",
    "markupsafe",
    "msgspec",
    "nh3",
    "pillow",
    "pygments",
    "pyromark",
    "pyyaml",
    "tzdata",
)
_PACKAGE = Path(__file__).parent.parent
_METADATA = re.compile(r"([^-]+)-.*\.(?:dist|egg)-info")  # a system's own packages have egg-info
_PORTABLE = (b"manylinux", b"musllinux")  # wheels that bring their C libraries along


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A digest of sitegen, Python, and all libraries and data that make bytes; none of them is
    imported, unless it was compiled on this machine."""
    return digest(*(f"{name} {build}".encode() for name, build in parts().items()))


def parts() -> dict[str, str]:
    """What the fingerprint is made of: the name of each program or library, and what identifies
    the build that is installed (empty for an optional one that is missing)."""
    installed = distributions()
    return {
        "sitegen": f"{__version__} {_own(installed)}",
        "Python": sys.version,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "time zones": _zones(),
        **{name: _build(name, installed) for name in MAKERS},
    }


def versions_of(modules: Iterable[str]) -> str:
    """A digest of the distributions that bring ``modules``, such as extensions for Markdown that a
    site names; those of sitegen's own libraries are in the fingerprint."""
    packages = {name.partition(".")[0] for name in modules} - {"markdown"}
    if not packages:
        return ""
    return digest(*sorted(build.encode() for build in _builds_with(packages)))


def _builds_with(packages: Iterable[str]) -> Iterator[str]:
    """What `_digested` gives for each distribution with a file of ``packages``."""
    folders = [f"{package}/".encode() for package in packages]
    modules = [f"{package}.py,".encode() for package in packages]
    beginnings = (*folders, *modules)
    for folder in distributions().values():
        record = _record(folder)
        if any(line.startswith(beginnings) for line in record):
            yield _digested(folder.name, record)


def distributions() -> dict[str, Path]:
    """The folders with the metadata of all distributions that can be imported, by their normalised
    names (PEP 503).

    `importlib.metadata` would read and parse a file for each of them.
    """
    found: dict[str, Path] = {}
    for place in sys.path:
        with suppress(OSError):
            for entry in sorted(os.listdir(place or ".")):
                if named := _METADATA.fullmatch(entry):
                    found.setdefault(_normalised(named[1]), Path(place, entry))
    return found


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _build(name: str, installed: dict[str, Path]) -> str:
    """What identifies the installed build of a distribution; empty for an optional one that is
    missing."""
    folder = installed.get(name)
    if folder is None:
        return ""
    record = _record(folder)
    build = _digested(folder.name, record)
    if record and _brings_its_libraries(folder):
        return build
    return build + _linked(name)


def _brings_its_libraries(folder: Path) -> bool:
    """Whether a distribution has its C libraries in it, as wheels of other systems always have."""
    if sys.platform != "linux":
        return True
    wheel = _wheel(folder)
    return any(tag in wheel for tag in _PORTABLE)


def _record(folder: Path) -> list[bytes]:
    """The files of a distribution with their digests, without those that differ from one folder
    to another: scripts, byte code, and the installer's notes."""
    with suppress(OSError):
        lines = (folder / "RECORD").read_bytes().splitlines()
        info = folder.name.encode()
        return [x for x in lines if b",sha256=" in x and not x.startswith((b"../", info))]
    return []


def _wheel(folder: Path) -> bytes:
    with suppress(OSError):
        return (folder / "WHEEL").read_bytes()
    return b""


def _digested(name: str, record: list[bytes]) -> str:
    return f"{name} {digest(*record)}"


def _own(installed: dict[str, Path]) -> str:
    """What identifies the code and the data of sitegen itself: its RECORD, or where it runs from
    a checkout, the size and time of each file."""
    folder = installed.get(DISTRIBUTION)
    if folder and folder.parent == _PACKAGE.parent and (record := _record(folder)):
        return _digested(folder.name, record)
    return digest(*(f"{name} {size} {time}".encode() for name, size, time in _files(_PACKAGE)))


def _files(folder: str | Path, below: str = "") -> Iterator[tuple[str, int, int]]:
    """Name, size and time of all files below ``folder``, byte code excepted."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        name = f"{below}{entry.name}"
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry.path, f"{name}/")
        else:
            info = entry.stat()
            yield name, info.st_size, info.st_mtime_ns


def _zones() -> str:
    """The release of the system's time zones, which take precedence over the package `tzdata`."""
    for place in TZPATH:
        for name in ("tzdata.zi", "+VERSION"):
            with suppress(OSError), open(Path(place, name), "rb") as file:
                return file.readline(100).decode("latin-1")
    return ""


# Libraries of the system ----------------------------------------------------------------------
def _linked(name: str) -> str:
    """The versions of the C libraries that a distribution was compiled against on this machine:
    they change without it."""
    return " ".join(map(str, _LINKED[name]())) if name in _LINKED else ""


def _of_pillow() -> list[object]:
    from PIL import features

    names = (*features.modules, *features.codecs, *features.features)
    return [f"{name}={features.version(name)}" for name in sorted(names)]


def _of_lxml() -> list[object]:
    from lxml import etree

    return [etree.LIBXML_VERSION, etree.LIBXSLT_VERSION]


_LINKED: dict[str, Callable[[], list[object]]] = {"lxml": _of_lxml, "pillow": _of_pillow}
