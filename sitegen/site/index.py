"""The index of a site: where each article is shown, and all else that decides which pages there are
and which articles each shows.

It holds no article. The cache keeps it from build to build.
"""

from __future__ import annotations

from hashlib import blake2b

import msgspec

from sitegen.base.diagnostics import Diagnostic
from sitegen.content.discover import Found
from sitegen.model.base import Struct
from sitegen.model.output import IconJob, ResizeJob
from sitegen.model.site import Site
from sitegen.site.related import RelatedArticles

MARK = 16  # bytes


class SiteIndex(Struct, frozen=True):
    """``site`` is without documents and cards. ``translated`` has the translations of each
    original, ``marks`` a digest for each article of all that other articles, settings and the clock
    decide of it. ``copied`` and ``sized`` are the files below content/ to copy, and the images to
    make in other sizes; ``problems`` what is wrong with all this, ``named`` whether articles
    link others by their titles; ``icons`` are those of the site. ``mentions`` are the files,
    paths and ids that articles and closed editions name, ``languages`` those of the articles;
    both may hold some that are gone.
    """

    site: Site
    related: RelatedArticles
    translated: dict[int, list[int]]
    marks: bytes
    copied: tuple[Found, ...]
    sized: tuple[ResizeJob, ...]
    problems: tuple[Diagnostic, ...]
    named: bool = False
    mentions: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    icons: tuple[IconJob, ...] = ()

    def mark(self, index: int) -> bytes:
        """That of one article."""
        return self.marks[index * MARK : index * MARK + MARK]


def marks_of(site: Site) -> bytes:
    """A digest of each document and card of ``site``."""
    encode = msgspec.msgpack.Encoder(order="deterministic").encode
    return b"".join(
        [
            blake2b(encode(pair), digest_size=MARK).digest()
            for pair in zip(site.documents, site.cards, strict=True)
        ]
    )


def without_articles(site: Site) -> Site:
    """``site`` without documents and cards."""
    return msgspec.structs.replace(site, documents=(), cards=())
