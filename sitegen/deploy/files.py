"""The files of output/ as they belong at a target."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from sitegen.base.diagnostics import fail
from sitegen.base.text import digest
from sitegen.deploy.headers import cache_control, content_type, group, is_text
from sitegen.deploy.model import LOCK, MANIFEST, Item
from sitegen.model.output import Trace

_JUNK = (".DS_Store", "Thumbs.db", MANIFEST, LOCK)


def gather(
    output: Path,
    traces: dict[str, Trace],
    articles: frozenset[str],
    cache: dict[str, str] | None,
    compress: str = "",
) -> dict[str, Item]:
    """Every file of ``output``, dot folders such as `.well-known` included.

    Files with a known digest are not read. Without ``cache``, the rules of a target that sets
    headers, files have none.

    Raises SitegenError if the front page is missing, or a file cannot be read.
    """
    if not (output / "index.html").is_file():
        raise fail(
            "deploy",
            "output/ has no index.html, so it is not deployed",
            help="run `sitegen build` and read its messages",
        )
    out = {}
    for name, path, info in _files(output):
        trace = traces.get(name)
        known = (
            trace
            and trace.digest
            and (trace.size, trace.mtime_ns) == (info.st_size, info.st_mtime_ns)
        )
        try:
            mark = trace.digest if trace and known else digest(Path(path).read_bytes())
        except OSError as error:
            raise fail(
                "deploy",
                f"cannot be read: {error.strerror}",
                f"output/{name}",
                help="check the file permissions",
            ) from None
        encoding = compress if compress and is_text(name) else ""
        kind, control = (
            (content_type(name), cache_control(name, cache)) if cache is not None else ("", "")
        )
        out[name] = Item(
            name, mark, info.st_size, kind, control, encoding, group(name, articles), path
        )
    return out


def made(path: str, data: bytes) -> Item:
    """A file that only the target has, such as `_headers`."""
    return Item(path, digest(data), len(data), "", "", "", group(path, frozenset()), "", data)


def _files(output: Path) -> Iterator[tuple[str, str, os.stat_result]]:
    """Every regular file with its name; links, version control, and the leftovers of editors and
    file managers are skipped."""
    root = str(output)
    for here, folders, files in os.walk(root):
        folders[:] = sorted(folder for folder in folders if folder != ".git")
        below = here[len(root) + 1 :].replace(os.sep, "/")
        for name in sorted(files):
            path = f"{here}/{name}"
            if not _is_leftover(name) and not os.path.islink(path):
                yield (f"{below}/{name}" if below else name), path, os.stat(path)


def _is_leftover(name: str) -> bool:
    return name in _JUNK or name.endswith(("~", ".swp")) or name.startswith(".sitegen-")
