"""What may be shown of an article: by its rights, and once it has been withdrawn. Every sink asks here. Pure."""

from __future__ import annotations

from html import escape

import msgspec

from sitegen.base.text import excerpt, plain
from sitegen.model import Document, Show


def permitted(document: Document) -> Document:
    """``document`` without the words and pictures that may not be shown; pages, lists, feeds and all else are made from it.

    Of an excerpt the summary and the line under the headline are as short as the excerpt, and pictures within the text
    stay away; of a link only what names the article is left; of a withdrawn one that it was there, and
    what its corrections say of that.
    """
    replace = msgspec.structs.replace
    if document.status == "withdrawn":
        return replace(document, dek="", summary="", dateline="", image=None, assets=(), credits=(), tags=(), extra={})
    show, words = document.rights.show, document.rights.words
    if show == "full":
        return document
    if show == "link":
        return replace(document, dek="", summary="", dateline="", image=None, assets=())
    picture = (document.image.src,) if document.image else ()
    return replace(document, dek=excerpt(document.dek, words), summary=excerpt(document.summary, words), assets=picture)


def permitted_text(html: str, show: Show, words: int) -> str:
    """The text of an article as far as it may be shown."""
    if show == "link":
        return ""
    return f"<p>{escape(excerpt(plain(html), words))}</p>" if show == "excerpt" else html
