"""The page that a host shows for a URL without a page.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.output import Page
from sitegen.model.views import PlainView


def not_found_page() -> Iterator[Page]:
    """404.html, the name that hosts look for."""
    yield Page("404.html", "404.html", PlainView("Page not found", "/404.html"), "404 page")
