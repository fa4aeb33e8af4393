"""What one process remembers from one build to the next (`serve`): equal values as one object, so that little is done anew.

Nothing here decides what a page holds. A key is taken from the last build only where the whole page is equal.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from sitegen.base.text import digest
from sitegen.content.parse import Parsed
from sitegen.decide import page_keys
from sitegen.model import ArticleView, Card, Frame, NinjsView, Page, Plan, Site, View
from sitegen.store import Store, decode_article

MAX_PAGES = 50_000  # of a site whose pages are remembered, at some 2 KB each


class Recent:
    """The articles, cards and keys of the last build in this process."""

    def __init__(self) -> None:
        self._records: dict[str, tuple[bytes, Parsed]] = {}
        self._cards: dict[str, Card] = {}
        self._keys: dict[str, tuple[Page, str]] = {}
        self._made_from = ""

    def records(self, store: Store) -> dict[str, Parsed]:
        """Every remembered article; what is stored as it was comes back as the same object."""
        known, found = self._records, {}
        for path, data in store.encoded_records():
            old = known.get(path)
            found[path] = old if old and old[0] == data else (data, decode_article(data))
        self._records = found if len(found) <= MAX_PAGES else {}
        return {path: record for path, (_, record) in found.items()}

    def site(self, site: Site) -> Site:
        """``site`` with the last build's cards where they are equal: lists of the same objects are compared in no time."""
        cards = tuple([old if (old := self._cards.get(card.url)) == card else card for card in site.cards])
        self._cards = {card.url: card for card in cards} if len(cards) <= MAX_PAGES else {}
        return msgspec.structs.replace(site, cards=cards)

    def keys(self, whole: Plan, closures: dict[str, str], shared: Frame, root: Path) -> dict[str, str]:
        """What `page_keys` gives, with the keys of pages that are equal to those of the last build taken from there."""
        made_from = digest(msgspec.msgpack.encode((closures, shared)))
        known = self._keys if made_from == self._made_from else {}
        same = {p.output: old[1] for p in whole.pages if (old := known.get(p.output)) and _equal(old[0], p)}
        unknown = tuple(p for p in whole.pages if p.output not in same)
        fresh = page_keys(msgspec.structs.replace(whole, pages=unknown), closures, shared, root)
        keys = {item.output: same.get(item.output) or fresh[item.output] for item in whole.items()}
        self._keys = {p.output: (p, keys[p.output]) for p in whole.pages} if len(whole.pages) <= MAX_PAGES else {}
        self._made_from = made_from
        return keys


def _equal(old: Page, new: Page) -> bool:
    """Whether two pages are the same; for Python 1 is equal to True, which free values of an article may be."""
    a, b = _article(old.view), _article(new.view)
    return (not a or not b or a.extra is b.extra) and old == new


def _article(view: View) -> ArticleView | None:
    return view if isinstance(view, ArticleView) else view.article if isinstance(view, NinjsView) else None
