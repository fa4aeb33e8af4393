"""The start of a site's own theme."""

from __future__ import annotations

import re
from pathlib import Path

from sitegen.base.diagnostics import fail
from sitegen.base.files import write_whole
from sitegen.theme.load import API, OWN

_THEME = """\
name: {name}
version: 0.1.0
api: {api}
extends: {extends}
description: A theme of our own
"""
_THEME_README = """\
# {name}

Extends `{extends}`, and takes all its options.
"""
_SHEET = "/* The style of {name}, after that of {extends}. */\n"


def new_theme(root: Path, name: str, extends: str) -> list[str]:
    """Start the theme ``name`` in the site at ``root``; the paths of its files.

    Raises SitegenError (exit status 2) for a name that a folder or template cannot have, and a
    theme that already exists.
    """
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name) or name in (OWN, extends):
        raise fail(
            "theme",
            f"`{name}` is not a valid name for a theme",
            help="use a-z, 0-9 and -, such as evening",
            exit_status=2,
        )
    folder = f"themes/{name}"
    if (root / folder).exists():
        raise fail("theme", "already exists", folder, help="choose another name", exit_status=2)
    texts = {"theme.yaml": _THEME, "README.md": _THEME_README, f"assets/{name}.css": _SHEET}
    for path, text in texts.items():
        write_whole(root / folder / path, text.format(name=name, extends=extends, api=API).encode())
    return [f"{folder}/{path}" for path in texts]
