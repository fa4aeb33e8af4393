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
    return sealed_as(text) == _digest(text)


def sealed_as(text: str) -> str:
    """The digest of what the last import wrote, whatever has become of ``text`` since; empty where
    there is none."""
    match = _DIGEST.search(text.split("\n---\n", 1)[0])
    return match[0].removeprefix("    digest: ") if match else ""


def _digest(text: str) -> str:
    return digest(_DIGEST.sub("    digest: -", text, count=1).encode())
