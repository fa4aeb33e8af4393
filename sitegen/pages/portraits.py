"""The portraits of people who write opinions, beside what they write.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.base.genres import OPINIONS
from sitegen.base.urls import is_elsewhere
from sitegen.config.schema import AuthorConfig, Config
from sitegen.model.article import Image
from sitegen.model.site import Card

OPINION = (
    "opinion",
    "opinions",
    "comment",
    "commentary",
    "columns",
    "voices",
    "letters",
    "meinung",
)  # sections, by their names in URLs


def is_opinion(card: Card) -> bool:
    """Whether an article says what its author thinks: by its genre, else by its section."""
    section = card.section.url.rstrip("/").rpartition("/")[2]
    return card.genre in OPINIONS if card.genre else section in OPINION


def portrait(author: AuthorConfig, config: Config) -> Image | None:
    """The photo of an author, unless it is at another host."""
    shown = author.photo and not is_elsewhere(author.photo, config.base_url)
    return Image(author.photo, author.name) if shown else None


def portraits(cards: Iterable[Card], config: Config) -> dict[str, Image]:
    """The portraits of the first authors of the opinions among ``cards``, by the URLs of their
    pages."""
    known = {author.name: author for author in config.authors.values() if author.photo}
    first = [card.authors[0] for card in cards if known and card.authors and is_opinion(card)]
    found = {
        by.url: portrait(known[by.name], config) for by in first if by.url and by.name in known
    }
    return {url: photo for url, photo in found.items() if photo}
