"""What a process keeps for later."""

from __future__ import annotations

from itertools import islice
from typing import Any


def make_room(kept: dict[Any, Any], most: int) -> None:
    """Forget the quarter of ``kept`` that has been there for longest, once it has ``most`` values.

    Pages are made in the order of time: what was kept first is asked for least.
    """
    if len(kept) >= most:
        for key in list(islice(kept, max(1, most // 4))):
            del kept[key]
