"""Redirects from the former URLs of articles.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.output import Page
from sitegen.model.site import Site
from sitegen.model.views import (
    RedirectView,
)
from sitegen.pages.lists import output_path
from sitegen.site.resolve import page_url


def redirects(site: Site, index: int) -> Iterator[Page]:
    """A page at each former URL of one article."""
    document = site.documents[index]
    for alias in document.aliases:
        url = page_url(alias)
        view = RedirectView(url, site.cards[index].url)
        yield Page(output_path(url), "redirect.html", view, document.path, 1)
