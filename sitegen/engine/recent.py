"""What one process remembers from one build to the next (`serve`): equal values as one object, so
that little is done again.

Nothing here decides what a page holds. A key is taken from the last build only where all of the
page is equal.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from sitegen.base.memo import ROOM, Memo
from sitegen.base.text import digest
from sitegen.content.article import Parsed
from sitegen.engine.cache import Cache, Reading
from sitegen.engine.make_pages import LastRenderer
from sitegen.engine.manifest import manifest_path
from sitegen.engine.page_keys import page_keys
from sitegen.model.output import Page, Plan, Trace
from sitegen.model.views import ArticleView, NinjsView, OwnView, SiteContext, View

V = TypeVar("V")


class Recent:
    """The articles, keys and files of the last build in this process, and what has been made of the
    articles."""

    def __init__(self) -> None:
        self.memo = Memo()
        self.renderer = LastRenderer()
        self._readings: dict[str, Reading] = {}
        self._records: dict[str, Parsed] | None = None  # once asked for, if not too many
        self._generation = ""
        self._files: tuple[dict[str, Trace], tuple[int, ...]] | None = None
        self._keys: dict[str, tuple[Page, str]] = {}
        self._made_from = ""

    def readings(self, store: Cache) -> dict[str, Reading]:
        """What `Cache.articles` gives."""
        generation = store.generation()
        if generation != self._generation or not generation:  # somebody else has changed it
            self._readings, self._records, self._generation = store.articles(), None, generation
        return self._readings

    def records(self, store: Cache) -> dict[str, Parsed]:
        """What `Cache.records` gives; an article that is as it was in the last build is the same
        object."""
        self.readings(store)
        records = store.records() if self._records is None else self._records
        self._records = records if len(records) <= ROOM else None
        return records

    def changed(self, store: Cache, paths: Iterable[str]) -> None:
        """Learn how the articles at ``paths`` are now, which are all that this process has changed
        in ``store``."""
        for path in paths:
            _put(self._readings, path, store.reading(path))
            if self._records is not None:
                _put(self._records, path, store.record(path))
        self._generation = store.generation()

    def files(self, output: Path) -> dict[str, Trace] | None:
        """What is known of the files in ``output``, if nobody else has made or cleaned it away
        since `published`.

        It is given once: if the build that asks stops, the next one looks for itself.
        """
        last, self._files = self._files, None
        return last[0] if last and last[1] == _mark(output) else None

    def published(self, output: Path, traces: dict[str, Trace]) -> None:
        """Remember the files in ``output`` as a build has left them: nobody else writes to a
        preview."""
        self._files = (traces, _mark(output))

    def keys(
        self, plan: Plan, closures: dict[str, str], shared: SiteContext, root: Path
    ) -> dict[str, str]:
        """What `page_keys` gives, with the keys of pages that are equal to those of the last build
        taken from there."""
        made_from = digest(msgspec.msgpack.encode((closures, shared)))
        known = self._keys if made_from == self._made_from else {}
        same = {
            p.output: old[1]
            for p in plan.pages
            if (old := known.get(p.output)) and (old[0] is p or _equal(old[0], p))
        }
        unknown = tuple(p for p in plan.pages if p.output not in same)
        fresh = page_keys(msgspec.structs.replace(plan, pages=unknown), closures, shared, root)
        keys = {item.output: same.get(item.output) or fresh[item.output] for item in plan.items()}
        self._keys = (
            {p.output: (p, keys[p.output]) for p in plan.pages} if len(plan.pages) <= ROOM else {}
        )
        self._made_from = made_from
        return keys


def _put(known: dict[str, V], path: str, value: V | None) -> None:
    if value is None:
        known.pop(path, None)
    else:
        known[path] = value


def _mark(output: Path) -> tuple[int, ...]:
    """What differs once a folder, or the list of our files in it, is made again."""
    out = []
    for path in (output, manifest_path(output), output / "index.html"):
        try:
            info = path.stat()
        except OSError:
            return ()
        out += [info.st_ino, info.st_mtime_ns if path != output else 0]
    return tuple(out)


def _equal(old: Page, new: Page) -> bool:
    """Whether two pages are the same; for Python 1 is equal to True, which free values of an
    article or plugin may be."""
    if isinstance(new.view, OwnView):
        return False
    a, b = _article(old.view), _article(new.view)
    return old.view is new.view or ((not a or not b or a.extra is b.extra) and old == new)


def _article(view: View) -> ArticleView | None:
    return (
        view
        if isinstance(view, ArticleView)
        else view.article
        if isinstance(view, NinjsView)
        else None
    )
