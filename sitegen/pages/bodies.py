"""Which pages show the body of which article.

Pure.
"""

from __future__ import annotations

import msgspec

from sitegen.model.article import Document
from sitegen.model.output import Page
from sitegen.model.views import (
    ArticleView,
    FeedItem,
    FeedView,
    IssueView,
    NinjsView,
)


def bodies_shown(page: Page) -> tuple[str, ...]:
    """The articles whose bodies ``page`` shows, by their path."""
    match page.view:
        case ArticleView(body_from=path) if path:
            return (path,)
        case FeedView(items=items):
            return tuple(item.body_from for item in items if item.body_from)
        case IssueView() as issue:
            return tuple(c.item.body_from for c in issue.chapters() if c.item.body_from)
        case NinjsView(article=ArticleView(body_from=path)) if path:
            return (path,)
    return ()


def with_body(page: Page, document: Document) -> Page:
    """``page`` as it is planned once the body of ``document`` has changed, and nothing else of
    it."""
    replace = msgspec.structs.replace
    match page.view:
        case ArticleView() as view:
            return replace(
                page, view=replace(view, body_digest=document.body_digest, words=document.words)
            )
        case FeedView() as view:
            return replace(
                page, view=replace(view, items=tuple(_with_text(i, document) for i in view.items))
            )
        case IssueView() as view:
            parts = (
                replace(
                    p,
                    chapters=tuple(
                        replace(c, item=_with_text(c.item, document)) for c in p.chapters
                    ),
                )
                for p in view.parts
            )
            return replace(page, view=replace(view, parts=tuple(parts)))
        case NinjsView() as view:
            article = replace(view.article, body_digest=document.body_digest, words=document.words)
            return replace(page, view=replace(view, article=article))
    return page


def _with_text(item: FeedItem, document: Document) -> FeedItem:
    if item.body_from != document.path:
        return item
    return msgspec.structs.replace(item, body_digest=document.body_digest)
