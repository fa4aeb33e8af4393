"""The seal of a file that an import wrote: a digest of the file in its own front matter, by which a
later import sees whether a person has edited it."""

from __future__ import annotations

import re

from sitegen.base.text import digest

_DIGEST = re.compile(r"^    digest: [0-9a-f]{32}$", re.MULTILINE)


def seal(text: str) -> str:
    """``text`` with its digest filled in."""
    return _DIGEST.sub(f"    digest: {_digest(text)}", text, count=1)


def is_sealed(text: str) -> bool:
    """Whether ``text`` is, to the byte, what an import wrote."""
    match = _DIGEST.search(text.split("\n---\n", 1)[0])
    return match is not None and match[0].removeprefix("    digest: ") == _digest(text)


def _digest(text: str) -> str:
    return digest(_DIGEST.sub("    digest: -", text, count=1).encode())
