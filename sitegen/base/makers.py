"""The programs that make the bytes of a site: what is kept between builds holds only for their
versions."""

from __future__ import annotations

import sys
import zlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sitegen import __version__
from sitegen.base.text import digest

# Distributions whose version decides what is in a page, feed, picture, e-mail, book or search
# index.
MAKERS = (
    "babel",
    "cbor2",
    "css-inline",
    "idna",
    "jinja2",
    "lxml",
    "markdown",
    "markupsafe",
    "msgspec",
    "nh3",
    "pagefind",
    "pagefind-bin",
    "pillow",
    "pygments",
    "pyromark",
    "pyyaml",
    "tzdata",
)
_FONTS = Path(__file__).parent.parent / "images" / "fonts"


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A digest of the versions of sitegen, of Python and of all libraries that make bytes; none of
    them is imported."""
    parts = [__version__, sys.version, zlib.ZLIB_RUNTIME_VERSION]
    parts += [f"{name} {_version(name)}" for name in MAKERS]
    parts += [f"{font.name} {font.stat().st_size}" for font in sorted(_FONTS.iterdir())]
    return digest(*(part.encode() for part in parts))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # an optional one
        return ""
