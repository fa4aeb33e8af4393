"""Folds of publishers: by a hash, so that all pages of one are in the same fold wherever they are
measured."""

from __future__ import annotations

import hashlib

FOLDS = 5


def fold_of(group: str) -> int:
    """The fold of a publisher."""
    return int(hashlib.sha1(group.encode()).hexdigest(), 16) % FOLDS
