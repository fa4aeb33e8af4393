"""The related articles of each article, which the cache keeps from build to build."""

from __future__ import annotations

import msgspec

from sitegen.engine.context import BuildContext
from sitegen.model.site import Site
from sitegen.site.related import RelatedArticles, related


def related_articles(context: BuildContext, site: Site) -> tuple[tuple[int, ...], ...]:
    """The related articles of each, by their index, if the theme shows them.

    What the last build found spares work where it still holds.
    """
    if not any(".related" in text for text in context.theme.templates.values()):
        return ()
    store = context.store
    last: list[RelatedArticles] = []

    def recall() -> RelatedArticles:
        data = None if context.options.verify else store.kept("related")
        last.append(_decoded(data) if data else RelatedArticles())
        return last[0]

    now = related(site, context.config, recall, context.memo)
    if last and now is not last[0]:
        store.keep("related", msgspec.msgpack.encode(now))
    return now.found


def _decoded(data: bytes) -> RelatedArticles:
    return msgspec.msgpack.decode(data, type=RelatedArticles)
