"""Find the articles and the images next to them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
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

UNSHOWN_IMAGES = tuple(  # which cameras and image editors write, and few browsers show
    ".tif .tiff .bmp .heic .heif .jp2 .jxl .psd .eps .ai .dng .raw .cr2 .nef".split()
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

    Names that start with ``.`` or ``_`` are passed over; a link, directory, FIFO or device named
    like an article is reported. Files of authors, and with ``terms`` of terms, are no articles.
    """
    articles: list[Found] = []
    media: list[Found] = []
    problems: list[Diagnostic] = []
    people, of_terms = f"{folder}/{PEOPLE}", f"{folder}/{TERMS}/"
    for path, entry in walk(root, folder, problems, _MAKE_IT, _is_hidden, _is_searched):
        name = entry.name.lower()
        if not entry.is_file(follow_symlinks=False):
            problems += _not_an_article(path, entry)
        elif name.endswith(TEXT_SUFFIXES):
            of_term = terms and path.startswith(of_terms)
            if not of_term and path.rpartition("/")[0] != people:
                articles += listed_file(path, entry)
        elif name.endswith(MEDIA_SUFFIXES):
            media += listed_file(path, entry)
    articles.sort(key=attrgetter("path"))
    media.sort(key=attrgetter("path"))
    return Sources(tuple(articles), tuple(media)), problems


def walk(
    root: Path,
    folder: str,
    problems: list[Diagnostic],
    help: str,
    skips: Callable[[str], bool],
    enters: Callable[[str], bool],
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Whatever is below ``root/folder``, with its path; instead of a folder whose name ``enters``
    takes, what is in it.

    Names that ``skips`` takes are passed over. Links are not followed, which also ends loops.
    Adds to ``problems`` the folders that cannot be listed, with ``help`` for ``folder`` itself,
    and the names that no site can have.
    """
    stack = [folder]
    while stack:
        here = stack.pop()
        try:
            entries = list(os.scandir(root / here))
        except OSError as error:
            hint = help if here == folder else "check its permissions"
            message = f"cannot be listed: {error.strerror}"
            problems.append(problem("unreadable", message, here, help=hint))
            continue
        for entry in entries:
            path = f"{here}/{entry.name}"
            if skips(entry.name):
                continue
            if odd := name_problems(path):
                problems += odd
            elif entry.is_dir(follow_symlinks=False) and enters(entry.name):
                stack.append(path)
            else:
                yield path, entry


def listed_file(path: str, entry: os.DirEntry[str]) -> list[Found]:
    """A file that `walk` found, or none if it has been moved since its folder was listed."""
    try:
        return [found_file(path, entry.stat(follow_symlinks=False))]
    except FileNotFoundError:
        return []


_MAKE_IT = "make it, or name the folder of the articles with `content:` in site.yaml"


def _is_hidden(name: str) -> bool:
    return name[0] in "._"


def _is_searched(name: str) -> bool:
    return not name.lower().endswith(TEXT_SUFFIXES)


def _not_an_article(path: str, entry: os.DirEntry[str]) -> list[Diagnostic]:
    """An error for what is named like an article, and for each link."""
    is_text = not _is_searched(entry.name)
    if not is_text and not entry.is_symlink():
        return []
    hint = "put the article itself here" if is_text else "copy the files: links are not followed"
    return [problem("not-a-file", f"is a {_kind(entry)}, not an article", path, help=hint)]


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "link"
    return "folder" if entry.is_dir() else "special file"
