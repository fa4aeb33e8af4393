"""Which of the forms of an image that agencies offer is shown."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

MAX_WIDTH = 2400  # pixels


def widest(forms: Iterable[tuple[int, str]]) -> str:
    """The URL of the widest of several forms (width, URL), the first of several; empty without any.

    A form that is too wide for a page, or of unknown width (0), is taken only if there is no other.
    """
    usable = [(width if 0 < width <= MAX_WIDTH else 0, url) for width, url in forms if url]
    _, url = max(usable, key=itemgetter(0), default=(0, ""))
    return url
