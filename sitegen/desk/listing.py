"""The inbox as an editor reads it: what waits, by story, with what is known of each item.

Pure functions over the files of the site; the command line and pages for editors show the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from sitegen.base.similarity import text_alike
from sitegen.config.schema import Config
from sitegen.content.article import NO_DATE
from sitegen.content.dropped import read_dropped
from sitegen.content.inbox import InboxItem, home_section
from sitegen.content.inbox_rules import age_of, refused
from sitegen.engine.inbox_items import inbox_items
from sitegen.model.article import Comment, Document
from sitegen.model.base import Struct
from sitegen.model.site import ClosedEdition
from sitegen.site.stories import same_events
from sitegen.site.twins import SAME_TEXT

COMPARED = 20  # articles of a story that an item is compared with: some stories have hundreds
MONTH = 30 * 86_400.0  # before the oldest item: older articles are no reports of the same event


class WaitingItem(Struct, frozen=True):
    """One item, as a list shows it.

    ``mark`` is the digest of its file: who acts on the item gives it back, so that no change in
    between is lost. ``age`` is in days, None without a date. ``story`` is the id of the first item
    of its story, empty for one that is alone; ``same_as`` is the file of what is likely the same
    article, ``edition`` the edition that this one is in.
    """

    key: str
    mark: str
    path: str
    title: str = ""
    source: str = ""
    url: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    lang: str = ""
    date: str = ""
    age: float | None = None
    words: int = 0
    summary: str = ""
    draft: bool = False
    excerpt: str = ""
    story: str = ""
    same_as: str = ""
    edition: str = ""
    problem: str = ""
    comment: Comment | None = None


class Inbox(Struct, frozen=True):
    """What waits, story by story, the newest first; ``hidden`` counts what an import would take
    away now, by reason."""

    items: tuple[WaitingItem, ...]
    hidden: dict[str, int] = {}


def inbox(
    root: Path,
    config: Config,
    now: float,
    articles: Sequence[Document] = (),
    closed: Sequence[ClosedEdition] = (),
    waiting: Sequence[InboxItem] | None = None,
) -> Inbox:
    """The inbox at ``now``; ``articles`` are those of the site, ``closed`` its closed editions,
    ``waiting`` the items if they have been read."""
    dropped = read_dropped(root, config.content)
    taken = {document.id.removeprefix("import-") for document in articles}
    items: list[InboxItem] = []
    hidden: dict[str, int] = {}
    for item in inbox_items(root, config) if waiting is None else waiting:
        reason = _hidden(root, item, config, now, dropped, taken)
        if reason:
            hidden[reason] = hidden.get(reason, 0) + 1
        else:
            items.append(item)
    alike = _Alike(items, articles, closed, config)
    shown = [_waiting(item, alike, config, now) for item in items]
    return Inbox(tuple(_by_story(shown)), hidden)


def _hidden(
    root: Path,
    item: InboxItem,
    config: Config,
    now: float,
    dropped: Mapping[str, str],
    taken: set[str],
) -> str:
    """Why the next import takes an item out of the inbox; empty if it stays."""
    if item.key in dropped:
        return "dropped before"
    if item.key in taken:
        return "in the site already"
    return refused(root, item, config, now)


def _waiting(item: InboxItem, alike: _Alike, config: Config, now: float) -> WaitingItem:
    document = item.document
    if document is None:
        wrong = "; ".join(d.message for d in item.problems)
        title = item.path.rpartition("/")[2]
        return WaitingItem(item.key, item.mark, item.path, title, problem=wrong)
    return WaitingItem(
        item.key,
        item.mark,
        item.path,
        document.title,
        document.source.name,
        document.canonical or document.source.url,
        home_section(document, config),
        document.tags,
        document.lang,
        "" if document.date == NO_DATE else document.date,
        age_of(document, now),
        document.words,
        document.summary,
        document.status == "draft",
        str(document.extra.get("excerpt") or ""),
        alike.story.get(item.path, ""),
        alike.same.get(item.path, ""),
        alike.edition.get(item.path, ""),
        "",
        document.comment,
    )


class _Alike:
    """Which items are on the same event, which are likely the same as another article, and in
    which edition that one is; by the path of the item."""

    def __init__(
        self,
        items: Sequence[InboxItem],
        articles: Sequence[Document],
        closed: Sequence[ClosedEdition],
        config: Config,
    ) -> None:
        self.story: dict[str, str] = {}
        self.same: dict[str, str] = {}
        self.edition: dict[str, str] = {}
        keys = {item.path: item.key for item in items}
        waiting = [item.document for item in items if item.document]
        recent = _recent(articles, waiting)
        documents = sorted([*waiting, *recent], key=lambda d: (d.stamp, d.path))
        in_edition = _in_editions(recent, closed)
        for members in same_events(documents, config):
            self._note_event([documents[number] for number in members], keys, in_edition)

    def _note_event(
        self,
        event: Sequence[Document],
        keys: Mapping[str, str],
        in_edition: Mapping[str, str],
    ) -> None:
        """Note what the items of one event have to do with each other, and with articles."""
        inside = [document for document in event if document.path in keys]
        outside = [document for document in event if document.path not in keys]
        if len(inside) > 1:
            self.story |= {document.path: keys[inside[0].path] for document in inside}
        for number, document in enumerate(inside):
            earlier = inside[max(0, number - COMPARED) : number]
            self._compare(document, [*outside[-COMPARED:], *earlier], in_edition)

    def _compare(
        self, document: Document, others: Iterable[Document], in_edition: Mapping[str, str]
    ) -> None:
        """Note the first of ``others`` that is likely the same, rather one of an edition."""
        same = [other.path for other in others if _is_same(document, other)]
        if not same:
            return
        first = next((path for path in same if path in in_edition), same[0])
        self.same[document.path] = first
        if first in in_edition:
            self.edition[document.path] = in_edition[first]


def _recent(articles: Iterable[Document], waiting: Iterable[Document]) -> list[Document]:
    """The articles that are not older than a month before the first item that waits."""
    first = min((item.stamp for item in waiting), default=0.0) - MONTH
    return [one for one in articles if one.stamp >= first and one.status != "withdrawn"]


def _is_same(one: Document, other: Document) -> bool:
    """Whether two articles are likely one: the same original, or mostly the same text."""
    shared = set(one.originals) & set(other.originals)
    return bool(shared) or text_alike(one.signature, other.signature) >= SAME_TEXT


def _words(edition: ClosedEdition) -> str:
    """How an edition is called in the list."""
    return f"No. {edition.number}" if edition.published else edition.key


def _in_editions(articles: Iterable[Document], closed: Sequence[ClosedEdition]) -> dict[str, str]:
    """The edition that an article is in, in words, by its path."""
    numbers = {ref: _words(edition) for edition in closed for ref in edition.articles}
    found = {
        d.path: numbers.get(d.id) or numbers.get(d.path) or ", ".join(d.edition) for d in articles
    }
    return {path: edition for path, edition in found.items() if edition}


def _by_story(items: Sequence[WaitingItem]) -> Iterator[WaitingItem]:
    """The newest story first, and in it the newest item first."""
    newest: dict[str, str] = {}
    for item in items:
        name = item.story or item.key
        newest[name] = max(newest.get(name, ""), item.date)
    yield from sorted(
        sorted(items, key=lambda item: (item.date, item.path), reverse=True),
        key=lambda item: (newest[item.story or item.key], item.story or item.key),
        reverse=True,
    )
