"""The base of all values: frozen msgspec structs."""

from __future__ import annotations

import msgspec


class Struct(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of all values: frozen, and defaults take no room in an encoding."""
