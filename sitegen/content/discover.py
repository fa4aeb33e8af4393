"""Find the articles and the images next to them."""

from __future__ import annotations

import os
from operator import attrgetter
from pathlib import Path

from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.base.files import name_problems
from sitegen.model.base import Struct

TEXT_SUFFIXES = (".md", ".markdown")
PEOPLE = "authors"  # the folder below content/ with a file for each author
TERMS = "terms"  # the folder with a file for each term, on sites with taxonomies of their own
PAGES = "pages"  # the folder below content/ whose files are pages
MEDIA_SUFFIXES = tuple(  # of files that pages may show or link to; nothing that a browser runs
    ".jpg .jpeg .png .gif .webp .avif .svg .pdf .mp3 .mp4 .m4a .ogg .opus .wav .flac .webm .mov"
    " .vtt .srt .csv .tsv .txt .json .geojson .gpx .ics .zip .gz .epub .doc .docx .xls .xlsx .ppt"
    " .pptx .odt .ods .odp .rtf".split()
)


class Found(Struct, frozen=True):
    """One file: its path relative to the site's root, and its stat.

    The time of its last change (`ctime`) shows an edit that keeps size and time of the file, as
    `rsync -t`, archives and checkouts make them: programs cannot set it.
    """

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int = 0


def found_file(path: str, info: os.stat_result) -> Found:
    """The file at ``path``, with its stat."""
    return Found(path, info.st_size, info.st_mtime_ns, info.st_ctime_ns)


class Sources(Struct, frozen=True):
    """Articles and media below a folder, sorted by path."""

    articles: tuple[Found, ...]
    media: tuple[Found, ...]


def discover(root: Path, folder: str, terms: bool = False) -> tuple[Sources, list[Diagnostic]]:
    """Every article and media file below ``root/folder``.

    Names that start with ``.`` or ``_`` are passed over; links are not followed, which also ends
    loops; a link, directory, FIFO or device named like an article is reported. Files of authors,
    and with ``terms`` of terms, are no articles.
    """
    articles: list[Found] = []
    media: list[Found] = []
    problems: list[Diagnostic] = []
    stack = [folder]
    while stack:
        here = stack.pop()
        try:
            entries = list(os.scandir(root / here))
        except OSError as error:
            hint = (
                "make it, or name the folder of the articles with `content:` in site.yaml"
                if here == folder
                else "check its permissions"
            )
            problems.append(
                problem("unreadable", f"cannot be listed: {error.strerror}", here, help=hint)
            )
            continue
        for entry in entries:
            if entry.name[0] in "._":
                continue
            path = f"{here}/{entry.name}"
            if odd := name_problems(path):
                problems += odd
                continue
            is_text = entry.name.lower().endswith(TEXT_SUFFIXES)
            if not is_text and entry.is_dir(follow_symlinks=False):
                stack.append(path)
            elif entry.is_file(follow_symlinks=False):
                try:
                    found = found_file(path, entry.stat(follow_symlinks=False))
                except FileNotFoundError:  # moved since the folder was listed
                    continue
                of_term = terms and path.startswith(f"{folder}/{TERMS}/")
                if is_text and (of_term or here == f"{folder}/{PEOPLE}"):
                    continue
                if is_text:
                    articles.append(found)
                elif entry.name.lower().endswith(MEDIA_SUFFIXES):
                    media.append(found)
            elif is_text or entry.is_symlink():
                what = (
                    "link" if entry.is_symlink() else "folder" if entry.is_dir() else "special file"
                )
                hint = (
                    "put the article itself here"
                    if is_text
                    else "copy the files: links are not followed"
                )
                problems.append(
                    problem("not-a-file", f"is a {what}, not an article", path, help=hint)
                )
    articles.sort(key=attrgetter("path"))
    media.sort(key=attrgetter("path"))
    return Sources(tuple(articles), tuple(media)), problems
