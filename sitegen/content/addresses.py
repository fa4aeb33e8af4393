"""``addresses.tsv``: every URL that was ever published, and what it shows.

One line for each URL, sorted by path, so that version control can merge it: path, kind, id, since,
mark. A line of kind `gone` is a tombstone, one of kind `to` leads to its id. The rows are all that
counts: the same rows give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sitegen.base.diagnostics import Diagnostic, SitegenError, nearest, problem
from sitegen.base.files import is_there, read_bytes, utf8
from sitegen.base.text import safe_path, unreachable
from sitegen.content.discover import Found, found_file
from sitegen.model.base import Struct

ADDRESSES = "addresses.tsv"
GONE, TO = "gone", "to"  # kinds that an editor writes
OLD = "old"  # the kind of URLs of another program's site
_LOC = re.compile(r"<loc>\s*([^<]{1,2000}?)\s*</loc>")
_URL = re.compile(r"/|https?://", re.IGNORECASE)
_FEED = re.compile(r"/(?:feeds/)?(?:index|rss|feed|atom|all\.atom|all\.rss)\.(?:xml|json)")
COLUMNS = ("path", "kind", "id", "since", "mark")
_MARKER = ("<<<<<<<", "=======", ">>>>>>>")
_HELP = "see: sitegen help addresses"


class Address(Struct, frozen=True):
    """A published URL: the kind and the id of what it shows, and the day on which it was recorded.

    ``mark`` is what a thing is recognised by after its id has changed; ``line`` is that of the
    file.
    """

    path: str
    kind: str
    id: str = ""
    since: str = ""
    mark: str = ""
    line: int = 0


def addresses_file(root: Path) -> tuple[Found, ...]:
    """The file of the site at ``root``, if it has one, whether or not it can be read."""
    path = root / ADDRESSES
    if not is_there(path):
        return ()
    return (found_file(ADDRESSES, path.stat() if path.exists() else path.lstat()),)


def read_addresses(root: Path) -> tuple[tuple[Address, ...], list[Diagnostic]]:
    """The rows of the file of the site at ``root``, sorted by path, and an error for each line
    that is none; no rows where there is no file."""
    if not addresses_file(root):
        return (), []
    try:
        text = utf8(read_bytes(root / ADDRESSES, ADDRESSES), ADDRESSES, "addresses")
    except SitegenError as error:
        return (), list(error.diagnostics)
    rows: dict[str, Address] = {}
    problems: list[Diagnostic] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fault, hint = _fault(line)
        if fault:
            problems.append(problem("addresses", fault, ADDRESSES, number, 1, hint, line[:120]))
            continue
        cells = [*line.split("\t"), "", "", ""]
        row = Address(cells[0], cells[1], cells[2], cells[3], cells[4], number)
        rows[row.path] = _one_of(rows.get(row.path), row)
    return tuple([rows[path] for path in sorted(rows)]), problems


def _fault(line: str) -> tuple[str, str]:
    """What is wrong with a line, and what to do; empty where nothing is."""
    if line.startswith(_MARKER):
        return "is a mark of a merge that was not completed", "keep the lines of both sides"
    cells = line.split("\t")
    if len(cells) > len(COLUMNS):
        return f"has {len(cells)} columns instead of {len(COLUMNS)}", _HELP
    path, kind, to = [*cells, "", ""][:3]
    if not _is_path_of_site(path):
        return f"`{path[:80]}` is not the path of a URL of the site", "write it as /world/old-name/"
    if not kind:
        meant = nearest(path, (GONE,)) or GONE
        return "has no kind", f"write {meant} behind a tab, or remove the line; {_HELP}"
    if kind == TO and not to.startswith(("/", "https://", "http://")):
        return "says `to` without a URL", "write the path or the full URL that it leads to"
    return "", ""


def _is_path_of_site(path: str) -> bool:
    return path.startswith("/") and safe_path(path) is not None and not unreachable(path)


def _one_of(first: Address | None, second: Address) -> Address:
    """Which of two lines for one path counts: what an editor has written, else the later one."""
    if first is None or first.kind not in (GONE, TO) or second.kind in (GONE, TO):
        return second
    return first


def old_addresses(data: bytes) -> tuple[list[Address], list[str]]:
    """The URLs of an old site, from its sitemap or a list of one URL a line, and the lines that are
    left out: no page can be at their URL here. Its own feeds are known by their names."""
    paths = {line: _path_of(line) for line in _old_urls(data.decode("utf-8", "replace"))}
    left = [line for line, path in paths.items() if not path]
    kept: dict[str, str] = {}
    for line, path in paths.items():
        if path not in ("", "/"):
            kept.setdefault(path, line)
    return [_old_address(path, line) for path, line in kept.items()], left


def _old_urls(text: str) -> Iterator[str]:
    """The URLs in a sitemap or a list, which may have remarks."""
    found = map(unescape, _LOC.findall(text)) if _LOC.search(text) else text.splitlines()
    for line in found:
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _old_address(path: str, written: str) -> Address:
    """What is known of a URL of an old site: its feed, or one of its pages, which is called as it
    is ``written``."""
    if _FEED.fullmatch(path):
        return Address(path, "feed", "site/")
    return Address(path, OLD, written)


def _path_of(url: str) -> str:
    """The path of a URL, or of a path that is written alone; empty for what is neither."""
    if not _URL.match(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    path = safe_path(unquote(parts.path).lstrip("/"))
    if path is None or parts.query or unreachable(path):
        return ""
    return f"/{path}"


def format_addresses(rows: Iterable[Address]) -> str:
    """The file with ``rows``."""
    lines = sorted(
        "\t".join((row.path, row.kind, row.id, row.since, row.mark)).rstrip("\t") for row in rows
    )
    return "\n".join(["# " + "\t".join(COLUMNS), *lines]) + "\n"
