"""Whose bodies the view of a page shows.

`pages/kinds.py` says which of these functions belong to which kind of page. Pure.
"""

from __future__ import annotations

from sitegen.model.views import BodyView, FeedView, IssueView, NinjsView


def of_article(view: BodyView) -> tuple[str, ...]:
    """The path of the article or page, unless its page shows no body."""
    return (view.body_from,) if view.body_from else ()


def of_record(view: NinjsView) -> tuple[str, ...]:
    """The path of the article that the record holds, unless it has no body."""
    return of_article(view.article)


def of_feed(view: FeedView) -> tuple[str, ...]:
    """The paths of the articles whose bodies a feed holds."""
    return tuple(item.body_from for item in view.items if item.body_from)


def of_issue(view: IssueView) -> tuple[str, ...]:
    """The paths of the articles whose bodies an edition holds as one file."""
    return tuple(c.item.body_from for c in view.chapters() if c.item.body_from)
