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
from sitegen.site.resolve import former_urls


def redirects(site: Site, index: int) -> Iterator[Page]:
    """A page at each former URL of one article."""
    document, present = site.documents[index], site.cards[index].url
    for url in former_urls(document, present):
        view = RedirectView(url, present)
        yield Page(output_path(url), "redirect.html", view, document.path, 1)
