"""The published articles of a site as sequences that read them from the cache, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Protocol, TypeVar, overload

import msgspec

from sitegen.config.schema import Config
from sitegen.images.variants import with_sizes
from sitegen.model.article import Document, Parsed
from sitegen.model.site import Card, Site
from sitegen.site.resolve import card, finished, known_names

DOCUMENTS, CARDS = 250, 12_000  # that stay in memory

T = TypeVar("T")


class Stored(Sequence[T]):
    """``count`` values that ``read`` gives by their number; the ``room`` last ones are kept."""

    def __init__(self, count: int, read: Callable[[int], T], room: int) -> None:
        self.size, self.read = count, lru_cache(maxsize=room)(read)

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return [self.read(i) for i in range(*index.indices(self.size))]
        if not -self.size <= index < self.size:
            raise IndexError(index)
        return self.read(index % self.size)

    def __iter__(self) -> Iterator[T]:
        return map(self.read, range(self.size))

    def __len__(self) -> int:
        return self.size


class Articles(Protocol):
    """The articles that a site shows, by their paths: what was read of each, and its card as it is
    encoded, once that has been made."""

    def record(self, path: str) -> Parsed | None: ...

    def card(self, path: str) -> bytes | None: ...

    def keep_card(self, path: str, card: bytes) -> None: ...


def stored_site(site: Site, articles: Articles, config: Config) -> Site:
    """``site``, which is without articles, with those of ``articles`` as it shows them."""
    names, paths, facts = known_names(config), site.paths, site.facts
    encode = msgspec.msgpack.Encoder().encode
    decode = msgspec.msgpack.Decoder(Card).decode

    def document(index: int) -> Document:
        parsed = articles.record(paths[index])
        assert parsed and parsed.document
        return with_sizes(finished(parsed.document, facts, config, names), facts.pictures)

    documents = Stored(len(paths), document, DOCUMENTS)

    def one_card(index: int) -> Card:
        if encoded := articles.card(paths[index]):
            return decode(encoded)
        made = card(documents[index], config, facts)
        articles.keep_card(paths[index], encode(made))
        return made

    shared = _sharing()
    cards = Stored(len(paths), lambda index: shared(one_card(index)), CARDS)
    return msgspec.structs.replace(site, documents=documents, cards=cards)


def _sharing() -> Callable[[Card], Card]:
    """The function that gives a card the values of earlier ones where they are equal.

    Thousands of cards are in memory, and many have the same section, authors and source: together
    that is half of their size.
    """
    known: dict[Any, Any] = {}

    def once(value: Any) -> Any:
        return known.setdefault(value, value)

    def shared(one: Card) -> Card:
        return msgspec.structs.replace(
            one,
            section=once(one.section),
            authors=tuple(map(once, one.authors)),
            source=once(one.source),
        )

    return shared
