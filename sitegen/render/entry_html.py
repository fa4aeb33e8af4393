"""What an entry of a feed shows beside its text: the lead image with its credit, what the digest
says about it, and who published it first under which licence. Pure."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from sitegen.base.text import href
from sitegen.model.article import Comment, Image
from sitegen.model.views import FeedItem
from sitegen.render.images import image_credit

Translate = Callable[[str], str]


def comment_html(comment: Comment, t: Translate, element: str) -> str:
    """What the digest says about an article, marked as that; ``t`` translates words of pages."""
    by = f" · {escape(comment.by)}" if comment.by else ""
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in comment.text.split("\n\n"))
    head = f"<p><strong>{escape(t('Comment'))}{by}</strong></p>"
    return f'<{element} class="comment">{head}{paragraphs}</{element}>'


def lead_figure(image: Image | None, text: str, absurl: Callable[[str], str]) -> str:
    """The lead image with caption and credit; nothing where the ``text`` shows it itself."""
    if not image or f'src="{escape(absurl(image.src))}"' in text:
        return ""
    size = f' width="{image.width}" height="{image.height}"' if image.width and image.height else ""
    shown = f'<img src="{escape(absurl(image.src))}" alt="{escape(image.alt)}"{size} />'
    return f"<figure>{shown}{_caption(image)}</figure>"


def _caption(image: Image) -> str:
    license = "" if "://" in image.license else image.license
    credit = " · ".join(escape(x) for x in (*image_credit(image), license) if x)
    parts = (escape(image.caption), f"<small>{credit}</small>" if credit else "")
    words = " ".join(part for part in parts if part)
    return f"<figcaption>{words}</figcaption>" if words else ""


def _licence(url: str, t: Translate) -> str:
    """A link to the licence at ``url``, if there is one."""
    return f'<a rel="license" href="{escape(href(url))}">{escape(t("Licence"))}</a>' if url else ""


def source_line(item: FeedItem, t: Translate) -> str:
    """Who published the article first, with a link to it, and what may be done with it; nothing
    for an article of the digest's own that says nothing of its rights."""
    notice = "" if "://" in item.notice else escape(item.notice)
    parts = (_published_by(item, t), notice, _licence(item.license, t))
    words = " · ".join(part for part in parts if part)
    return f"<p><small>{words}</small></p>" if words else ""


def _published_by(item: FeedItem, t: Translate) -> str:
    source, url = item.card.source, escape(href(item.source_url))
    if not source:
        return f'<a href="{url}">{escape(t("Read the original"))}</a>' if url else ""
    name = f'<a href="{url}">{escape(source)}</a>' if url else escape(source)
    return f"{escape(t('First published by'))} {name}"
