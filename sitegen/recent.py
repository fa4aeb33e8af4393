"""What one process remembers from one build to the next (`serve`): equal values as one object, so that little is done anew.

Nothing here decides what a page holds. A key is taken from the last build only where the whole page is equal.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from sitegen.base.text import digest
from sitegen.config import Config
from sitegen.content.parse import Parsed
from sitegen.decide import page_keys
from sitegen.model import ArticleView, Card, Document, Frame, Link, NinjsView, Page, Plan, Trace, View
from sitegen.plan import MAX_KNOWN, Views
from sitegen.publish import manifest_path
from sitegen.site import card
from sitegen.store import Store, decode_article


class Recent:
    """The articles, cards, views, keys and files of the last build in this process."""

    def __init__(self) -> None:
        self._records: dict[str, tuple[bytes, Parsed]] = {}
        self._cards: dict[str, tuple[Document, Card]] = {}
        self._around: tuple[object, ...] = ()
        self.views = Views()
        self._files: tuple[dict[str, Trace], tuple[int, ...]] | None = None
        self._keys: dict[str, tuple[Page, str]] = {}
        self._made_from = ""

    def records(self, store: Store) -> dict[str, Parsed]:
        """Every remembered article; what is stored as it was comes back as the same object."""
        known, found = self._records, {}
        for path, data in store.encoded_records():
            old = known.get(path)
            found[path] = old if old and old[0] == data else (data, decode_article(data))
        self._records = found if len(found) <= MAX_KNOWN else {}
        return {path: record for path, (_, record) in found.items()}

    def cards(self, documents: list[Document], config: Config, authors: dict[str, Link], sections: dict[str, Link]) -> tuple[Card, ...]:
        """What `make_cards` gives, with the last build's cards where the article is the same object, or the card is equal."""
        around = (config, authors, sections)
        same = around == self._around
        out = []
        for document in documents:
            old = self._cards.get(document.path)
            if old and same and old[0] is document:
                out.append(old[1])
            else:
                new = card(document, config, authors, sections)
                out.append(old[1] if old and old[1] == new else new)
        self._around = around
        kept = documents if len(documents) <= MAX_KNOWN else []
        self._cards = {d.path: (d, made) for d, made in zip(kept, out, strict=False)}
        return tuple(out)

    def files(self, output: Path) -> dict[str, Trace] | None:
        """What is known of the files in ``output``, if nobody else has made or cleaned it away since `published`.

        It is told once: should the build that asks break off, the next one looks for itself.
        """
        found, self._files = self._files, None
        return found[0] if found and found[1] == _mark(output) else None

    def published(self, output: Path, traces: dict[str, Trace]) -> None:
        """Remember the files in ``output`` as a build has left them: nobody else writes to a preview."""
        self._files = (traces, _mark(output))

    def keys(self, whole: Plan, closures: dict[str, str], shared: Frame, root: Path) -> dict[str, str]:
        """What `page_keys` gives, with the keys of pages that are equal to those of the last build taken from there."""
        made_from = digest(msgspec.msgpack.encode((closures, shared)))
        known = self._keys if made_from == self._made_from else {}
        same = {p.output: old[1] for p in whole.pages if (old := known.get(p.output)) and _equal(old[0], p)}
        unknown = tuple(p for p in whole.pages if p.output not in same)
        fresh = page_keys(msgspec.structs.replace(whole, pages=unknown), closures, shared, root)
        keys = {item.output: same.get(item.output) or fresh[item.output] for item in whole.items()}
        self._keys = {p.output: (p, keys[p.output]) for p in whole.pages} if len(whole.pages) <= MAX_KNOWN else {}
        self._made_from = made_from
        return keys


def _mark(output: Path) -> tuple[int, ...]:
    """What tells a folder, and the list of our files in it, from ones made anew."""
    out = []
    for path in (output, manifest_path(output), output / "index.html"):
        try:
            info = path.stat()
        except OSError:
            return ()
        out += [info.st_ino, info.st_mtime_ns if path != output else 0]
    return tuple(out)


def _equal(old: Page, new: Page) -> bool:
    """Whether two pages are the same; for Python 1 is equal to True, which free values of an article may be."""
    a, b = _article(old.view), _article(new.view)
    return old.view is new.view or ((not a or not b or a.extra is b.extra) and old == new)


def _article(view: View) -> ArticleView | None:
    return view if isinstance(view, ArticleView) else view.article if isinstance(view, NinjsView) else None
