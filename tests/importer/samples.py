"""Texts and pages in the shapes that scrapers leave.

All sentences are our own.
"""

import zipfile
from pathlib import Path

from sitegen.importer.archives import open_zip

_DATA = Path(__file__).with_name("data")

SPUN = (_DATA / "spun.txt").read_text("utf-8")
PLAIN_EN = (_DATA / "ferry-en.txt").read_text("utf-8")
PLAIN_DE = (_DATA / "ferry-de.txt").read_text("utf-8")
RELATIVE_FR = (_DATA / "ferry-fr.txt").read_text("utf-8")
PAGE = (_DATA / "ferry.html").read_text("utf-8")
CHEMISTRY = (_DATA / "chemistry.txt").read_text("utf-8")
LITERARY = (_DATA / "literary.txt").read_text("utf-8")


def opened(data: bytes) -> zipfile.ZipFile:
    """A zip archive in memory, as the importer opens it."""
    return open_zip(data, "a.zip")
