"""Files below static/, which are published as they are: which of them count, and what is left
out."""

from __future__ import annotations

import re
from fnmatch import translate
from functools import lru_cache
from pathlib import Path

from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.base.files import is_there
from sitegen.base.text import counted
from sitegen.content.discover import Found, listed_file, walk

FOLDER = "static"
NAMED = 5  # of what is left out, in one message

# Names of files and folders that other programs leave behind and that no reader asks for.
LEFT_OUT = (
    # version control
    ".git",
    ".gitignore",
    ".gitattributes",
    ".gitmodules",
    ".gitkeep",
    ".hg",
    ".hgignore",
    ".hgtags",
    ".svn",
    ".bzr",
    ".bzrignore",
    ".jj",
    "_darcs",
    ".fossil",
    "CVS",
    # backups and locks of editors
    "*~",
    "*.swp",
    "*.swo",
    "*.swn",
    "*.swx",
    "#*#",
    ".#*",
    "*.bak",
    "*.orig",
    "*.rej",
    ".idea",
    ".vscode",
    # file managers
    ".DS_Store",
    "._*",
    ".AppleDouble",
    "__MACOSX",
    ".Spotlight-V100",
    ".Trashes",
    ".fseventsd",
    "Thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    "Desktop.ini",
    ".directory",
    ".Trash-*",
    ".nfs*",
    # secrets
    ".env",
    ".env.*",
    ".htpasswd",
    ".netrc",
    ".ssh",
    ".aws",
)


def static_files(root: Path) -> tuple[tuple[Found, ...], list[Diagnostic]]:
    """Every file below static/ that is published, sorted by path, and a report of the others.

    Links are not followed: they could lead out of the site. What a rule leaves out is one note; a
    link or a device is a warning each; a folder that cannot be listed is an error, as its files
    would vanish.
    """
    found: list[Found] = []
    problems: list[Diagnostic] = []
    left_out: list[str] = []
    if not is_there(root / FOLDER):
        return (), []
    check = "check the folder and its permissions"
    for path, entry in walk(root, FOLDER, problems, check, _skips_nothing, _is_searched):
        if is_left_out(entry.name):
            left_out.append(path)
        elif entry.is_file(follow_symlinks=False):
            found += listed_file(path, entry)
        else:
            problems.append(_not_a_file(path, entry.is_symlink()))
    found.sort(key=lambda f: f.path)
    return tuple(found), [*sorted(problems), *_note(sorted(left_out))]


def _skips_nothing(name: str) -> bool:
    return False


def _is_searched(name: str) -> bool:
    return not is_left_out(name)


def is_left_out(name: str) -> bool:
    """Whether a file or folder called ``name`` is of no use to readers."""
    return _left_out().match(name) is not None


@lru_cache(maxsize=1)
def _left_out() -> re.Pattern[str]:
    return re.compile("|".join(map(translate, LEFT_OUT)))


def _not_a_file(path: str, link: bool) -> Diagnostic:
    what = "a link" if link else "not a regular file"
    hint = "copy what it leads to: links are not followed" if link else "move it out of static/"
    return problem(
        "not-a-file", f"is {what}, and is not published", path, help=hint, level="warning"
    )


def _note(left_out: list[str]) -> list[Diagnostic]:
    """One note that names what a rule leaves out."""
    if not left_out:
        return []
    more = f" and {len(left_out) - NAMED} more" if len(left_out) > NAMED else ""
    names = ", ".join(f"`{path}`" for path in left_out[:NAMED])
    message = f"{counted(len(left_out), 'item')} not published: {names}{more}"
    hint = (
        "backups, version control, secrets and files of file managers are left out; remove or"
        " rename them"
    )
    return [problem("static", message, FOLDER, help=hint, level="note")]
