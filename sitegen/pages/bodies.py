"""Whose bodies the view of a page shows, and that view with a body that has changed.

`pages/kinds.py` says which of these functions belong to which kind of page. Pure.
"""

from __future__ import annotations

from msgspec.structs import replace

from sitegen.model.article import Document
from sitegen.model.views import ArticleView, Chapter, FeedItem, FeedView, IssueView, NinjsView, Part


def of_article(view: ArticleView) -> tuple[str, ...]:
    """The path of the article, unless its page shows no body."""
    return (view.body_from,) if view.body_from else ()


def in_article(view: ArticleView, document: Document) -> ArticleView:
    """``view`` with the body of ``document``."""
    return replace(view, body_digest=document.body_digest, words=document.words)


def of_record(view: NinjsView) -> tuple[str, ...]:
    """The path of the article that the record holds, unless it has no body."""
    return of_article(view.article)


def in_record(view: NinjsView, document: Document) -> NinjsView:
    """``view`` with the body of ``document``."""
    return replace(view, article=in_article(view.article, document))


def of_feed(view: FeedView) -> tuple[str, ...]:
    """The paths of the articles whose bodies a feed holds."""
    return tuple(item.body_from for item in view.items if item.body_from)


def in_feed(view: FeedView, document: Document) -> FeedView:
    """``view`` with the body of ``document`` in the item of that article."""
    return replace(view, items=tuple(_in_item(item, document) for item in view.items))


def of_issue(view: IssueView) -> tuple[str, ...]:
    """The paths of the articles whose bodies an edition holds as one file."""
    return tuple(c.item.body_from for c in view.chapters() if c.item.body_from)


def in_issue(view: IssueView, document: Document) -> IssueView:
    """``view`` with the body of ``document`` in the chapter of that article."""
    return replace(view, parts=tuple(_in_part(part, document) for part in view.parts))


def _in_part(part: Part, document: Document) -> Part:
    return replace(part, chapters=tuple(_in_chapter(c, document) for c in part.chapters))


def _in_chapter(chapter: Chapter, document: Document) -> Chapter:
    return replace(chapter, item=_in_item(chapter.item, document))


def _in_item(item: FeedItem, document: Document) -> FeedItem:
    if item.body_from != document.path:
        return item
    return replace(item, body_digest=document.body_digest)
