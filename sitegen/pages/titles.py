"""Titles that pages get from sitegen, in the language of the site.

Pure.
"""

from __future__ import annotations

import msgspec

from sitegen.base.gettext import Messages
from sitegen.model.output import Page
from sitegen.model.site import Link
from sitegen.model.views import (
    ArchiveView,
    CorrectionsView,
    EditionsView,
    ListView,
    PlainView,
    SearchView,
    StoryView,
    TermsView,
    View,
)
from sitegen.site.resolve import TAXONOMIES

TITLES = (  # what sitegen calls things that have no name of their own, said in the site's language by `worded`  # noqa: E501
    *(title for title, _ in TAXONOMIES.values()),
    *(
        "All articles",
        "Corrections",
        "Editions",
        "Page not found",
        "Search",
        "a translation",
        "the same original",
        "text alike",
    ),
    "title alike",
)


def worded(page: Page, say: Messages) -> Page:
    """``page`` with the titles that sitegen gives, and not the site, in the words of its
    language."""
    replace = msgspec.structs.replace
    view: View = page.view
    match view:
        case (
            TermsView()
            | CorrectionsView()
            | EditionsView()
            | PlainView()
            | SearchView()
            | ListView(kind="archive")
        ):
            view = replace(view, title=say(view.title))
        case ListView(parent=Link(name, url)) if url in ("/tags/", "/authors/", "/sources/"):
            view = replace(view, parent=Link(say(name), url))
        case ArchiveView(kind="year", parent=Link(name, url)):
            view = replace(view, parent=Link(say(name), url))
        case StoryView():
            view = replace(
                view, lines=tuple(replace(x, reason=_reason(x.reason, say)) for x in view.lines)
            )
    return page if view is page.view else replace(page, view=view)


def _reason(reason: str, say: Messages) -> str:
    """Why an article belongs to a story; a share in brackets, or what is written in the article,
    stays as it is."""
    words, bracket, share = reason.partition(" (")
    return say(words) + bracket + share
