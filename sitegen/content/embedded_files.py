"""Files that an article shows and that are not images: sound, film and tables, written as
``![Title](interview.mp3 "Caption")``.

In a text each is a figure with a link to its file, which every program can show. Pages make a
player or a chart of it (`render/players.py`, `render/charts.py`). Pure.
"""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import urlsplit

from sitegen.content.figures import caption

AUDIO_TYPES = {  # as podcast directories call them
    ".mp3": "audio/mpeg",
    ".m4a": "audio/x-m4a",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
}
AUDIO = tuple(AUDIO_TYPES)
VIDEO = (".mp4", ".webm", ".mov")
TABLES = (".csv", ".tsv")

CHARTS = ("table", "bar", "line")
_DATA = re.compile(r'<figure class="data"><a href="([^"]*)">')
_IMAGE = re.compile(r'<img((?:\s+[a-zA-Z][\w:-]*(?:="[^"]*")?)*)\s*/?>')
_ALONE = re.compile(rf"<p>\s*+{_IMAGE.pattern}\s*+</p>")
_ATTRIBUTE = re.compile(r'\s+([a-zA-Z][\w:-]*)(?:="([^"]*)")?')
_ANY = re.compile("|".join(map(re.escape, (*AUDIO, *VIDEO, *TABLES))), re.IGNORECASE)


def suffix_of(url: str) -> str:
    """The suffix of the file that ``url`` names, such as ``.mp3``."""
    try:
        name = urlsplit(url).path.rpartition("/")[2]
    except ValueError:
        return ""
    return f".{name.rpartition('.')[2].lower()}" if "." in name else ""


def with_files(html: str) -> str:
    """``html`` in which an image that is another kind of file is a figure with a link, or within a
    sentence a link."""
    if "<img" not in html or not _ANY.search(html):
        return html
    html = _ALONE.sub(lambda m: _figure(m[1]) or m[0], html)
    return _IMAGE.sub(lambda m: _link(m[1]) or m[0], html)


def odd_charts(html: str) -> list[str]:
    """The tables of ``html`` that want to be shown as something that is not a chart."""
    found = (unescape(address) for address in _DATA.findall(html)) if "<figure" in html else ()
    return [address for address in found if address.partition("#")[2] not in ("", *CHARTS)]


def _kind(src: str) -> str:
    suffix = suffix_of(src)
    return "data" if suffix in TABLES else "media" if suffix in (*AUDIO, *VIDEO) else ""


def _read(attributes: str) -> dict[str, str]:
    return {m[1]: unescape(m[2] or "") for m in _ATTRIBUTE.finditer(attributes)}


def _link(attributes: str) -> str:
    """A link to the file that an image with these ``attributes`` names; nothing where that is an
    image."""
    given = _read(attributes)
    src = given.get("src", "")
    if not _kind(src):
        return ""
    words = given.get("alt") or urlsplit(src).path.rpartition("/")[2]
    return f'<a href="{escape(src)}">{escape(words, quote=False)}</a>'


def _figure(attributes: str) -> str:
    link, given = _link(attributes), _read(attributes)
    if not link:
        return ""
    below = caption(given.get("title", ""))
    return f'<figure class="{_kind(given["src"])}">{link}{below}</figure>'
