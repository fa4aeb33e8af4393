"""Titles that pages get from sitegen, in the language of the site.

`pages/kinds.py` says which of these functions belong to which kind of page. Pure.
"""

from __future__ import annotations

from typing import TypeVar

from msgspec.structs import replace

from sitegen.base.gettext import Messages
from sitegen.model.site import Link
from sitegen.model.views import (
    ArchiveView,
    CorrectionsView,
    EditionsView,
    GoneView,
    ListView,
    PlainView,
    SearchView,
    StoryLine,
    StoryView,
    TermsView,
)
from sitegen.site.taxonomies import BUILT_IN

# What sitegen calls things that have no name of their own.
TITLES = (
    *(title for _, title, *_ in BUILT_IN.values()),
    "All articles",
    "Corrections",
    "Editions",
    "Page not found",
    "Page removed",
    "Search",
    "a translation",
    "the same original",
    "text alike",
    "title alike",
)

Titled = TypeVar(
    "Titled", TermsView, CorrectionsView, EditionsView, GoneView, PlainView, SearchView
)


def translated(view: Titled, say: Messages) -> Titled:
    """A view whose title is one of `TITLES`."""
    return replace(view, title=say(view.title))


def of_list(view: ListView, say: Messages) -> ListView:
    """The archive by its translated title; lists of terms below the translated title of their
    index."""
    if view.kind == "archive":
        return replace(view, title=say(view.title))
    if view.parent and view.kind in BUILT_IN:
        return replace(view, parent=Link(say(view.parent.name), view.parent.url))
    return view


def of_archive(view: ArchiveView, say: Messages) -> ArchiveView:
    """A year below the translated title of the archive; a month is below a year."""
    if view.kind != "year":
        return view
    return replace(view, parent=Link(say(view.parent.name), view.parent.url))


def of_story(view: StoryView, say: Messages) -> StoryView:
    """A story with the reasons for its articles."""

    def line(one: StoryLine) -> StoryLine:
        return replace(one, reason=_reason(one.reason, say))

    return replace(view, lines=tuple(line(one) for one in view.lines))


def _reason(reason: str, say: Messages) -> str:
    """Why an article belongs to a story; a share in brackets, or what is written in the article,
    stays as it is."""
    words, bracket, share = reason.partition(" (")
    return say(words) + bracket + share
