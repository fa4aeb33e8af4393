"""Helpers for values of settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

FOLD = re.compile(r"[^a-z0-9]")


def texts(value: Any) -> Iterator[str]:
    """Every text within ``value``."""
    match value:
        case str():
            yield value
        case dict() | list():
            for item in value.values() if isinstance(value, dict) else value:
                yield from texts(item)
