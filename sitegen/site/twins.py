"""The same article twice: imported again, or rewritten by a machine.

One of them is listed. Pure, deterministic.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import combinations
from typing import Any

from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.base.groups import grouped, sharing
from sitegen.base.similarity import long_text, text_alike, title_alike
from sitegen.base.urls import originals
from sitegen.model.article import Document
from sitegen.model.base import Struct

FEW = 6  # articles of one original URL whose texts are compared
SAME_TEXT = 0.6  # share of two texts of one original that is alike
SAME_TITLE = 0.6  # share of the words of two titles, where one text was rewritten by a machine
SPUN_HOURS = 72
_WORD = re.compile(r"\w+")
_SHOWS = {"full": 0, "excerpt": 1, "link": 2}


class Marks(Struct, frozen=True):
    """By what an article is found to be the same as another; one that cannot be a twin has no
    keys."""

    path: str
    stamp: float
    lang: str = ""
    title: str = ""
    rank: tuple[int, int, int] = (0, 0, 0)  # the least is listed: genuine, shown in full, long
    name: tuple[str, ...] = ()  # language, source and title
    body: str = ""
    urls: tuple[str, ...] = ()
    keys: tuple[tuple[str | bytes, ...], ...] = ()
    spun: bool = False
    signature: bytes = b""


def marks(document: Document, language: str) -> Marks:
    """What counts of ``document`` when it is compared; ``language`` is that of the site.

    Translations, and what is withdrawn, have no twins.
    """
    d = document
    if d.status == "withdrawn" or d.translation_of:
        return Marks(d.path, d.stamp)
    lang = (d.lang or language).partition("-")[0].lower()
    urls = d.originals or originals(d.canonical, d.source.url)
    title = " ".join(_WORD.findall(d.title.casefold()))
    outlet = d.source.name.casefold() or ";".join(sorted(p.name.casefold() for p in d.authors))
    keys: list[tuple[str | bytes, ...]] = [("url", lang, url, title) for url in urls]
    if outlet and (text := long_text(d.signature)):
        keys.append(("text", lang, outlet, text))
    spun = is_spun(d.extra)
    rank = (int(spun), _SHOWS[d.rights.show], -len(d.signature))
    name = (lang, outlet, title) if outlet else ()
    return Marks(
        d.path,
        d.stamp,
        lang,
        d.title,
        rank,
        name,
        d.body_digest,
        urls,
        tuple(keys),
        spun,
        d.signature,
    )


def shared_by_twins(document: Document) -> tuple[int, ...]:
    """What an article has in common with each of its twins, unless one of them is spun: hashes of
    its title, of its text and of the URLs of its original."""
    d = document
    title = " ".join(_WORD.findall(d.title.casefold()))
    urls = d.originals or originals(d.canonical, d.source.url)
    parts = [title.encode(), long_text(d.signature), *(url.encode() for url in urls)]
    return tuple(
        int.from_bytes(blake2b(part, digest_size=7).digest(), "big")
        for part in dict.fromkeys(filter(None, parts))
    )


def is_spun(extra: dict[str, Any]) -> bool:
    """Whether the importer has found that a machine has rewritten the text."""
    quality = extra.get("quality")
    return isinstance(quality, dict) and bool(quality.get("spun"))


class Twins:
    """Articles that are the same, as one goes through them: each knows the first of its kind."""

    def __init__(self, count: int) -> None:
        self.first = list(range(count))
        self.reason: dict[int, str] = {}

    def root(self, index: int) -> int:
        while self.first[index] != index:
            index = self.first[index] = self.first[self.first[index]]
        return index

    def join(self, one: int, other: int, reason: str) -> None:
        """Note that two articles are the same."""
        a, b = sorted((self.root(one), self.root(other)))
        if a != b:
            self.first[b] = a
            self.reason.setdefault(other, reason)
            self.reason.setdefault(one, reason)


class TwinsFound(Struct, frozen=True):
    """The twins among some articles: {number of one that is not listed: (of the one that is, why
    they are the same)}.

    ``spun`` says whether one of the articles was rewritten by a machine: any other may be its twin,
    else only those that share something (`shared_by_twins`).
    """

    twins: dict[int, tuple[int, str]]
    problems: tuple[Diagnostic, ...]
    spun: bool


def find_twins(documents: Sequence[Document], language: str) -> TwinsFound:
    """The twins among ``documents``, which are in the order of time, with a warning for each."""
    seen = [marks(document, language) for document in documents]
    twins = _twins(seen)
    problems = [_warning(seen[i], seen[listed], reason) for i, (listed, reason) in twins.items()]
    return TwinsFound(twins, tuple(problems), any(mark.spun for mark in seen))


def _warning(twin: Marks, listed: Marks, reason: str) -> Diagnostic:
    message = (
        f"is the same article as {listed.path} ({reason}), and is not listed: its URL leads there"
    )
    hint = "remove one of the two, or correct its `source.url` or `canonical`"
    return problem("twin", message, twin.path, 1, help=hint, level="warning")


def _twins(seen: Sequence[Marks]) -> dict[int, tuple[int, str]]:
    """Of each article that is left out, the one that is listed, and why they are the same."""
    twins = Twins(len(seen))
    places: dict[tuple[str | bytes, ...], int] = {}
    for index, mark in enumerate(seen):
        named = [("text", *mark.name, mark.body)] if mark.name and mark.body else []
        for key in (*mark.keys, *named):
            other = places.setdefault(key, index)
            if other != index:
                twins.join(
                    other,
                    index,
                    "the same original URL" if key[0] == "url" else "the same text and source",
                )
    for one, other in _of_one_url(seen):
        twins.join(one, other, "the same original URL")
    for one, other in _spun_pairs(seen):
        twins.join(one, other, "rewritten by a machine")
    return {
        index: (listed, twins.reason.get(index, "the same text"))
        for index, listed in sorted(_listed_instead(seen, twins).items())
    }


def _listed_instead(seen: Sequence[Marks], twins: Twins) -> dict[int, int]:
    """Of each article that is left out, the one that is listed."""
    roots = [(twins.root(index), index) for index in range(len(seen))]
    groups = grouped((root, index) for root, index in roots if root != index)
    out: dict[int, int] = {}
    for first, others in groups.items():
        members = [first, *others]
        listed = min(members, key=lambda i: (seen[i].rank, seen[i].stamp, seen[i].path))
        out |= dict.fromkeys(members, listed)
        del out[listed]
    return out


def _of_one_url(seen: Sequence[Marks]) -> Iterator[tuple[int, int]]:
    """Articles of one original whose titles differ, and whose texts are mostly alike, or of which
    one is spun."""
    urls = [(url, index) for index, mark in enumerate(seen) for url in mark.urls]
    for members in sharing(urls, FEW):
        for one, other in combinations(members, 2):
            if _are_one_article(seen[one], seen[other]):
                yield one, other


def _are_one_article(one: Marks, other: Marks) -> bool:
    """Whether articles of one original are the same, in one language."""
    if one.lang != other.lang:
        return False
    return one.spun != other.spun or text_alike(one.signature, other.signature) >= SAME_TEXT


def _spun_pairs(seen: Sequence[Marks]) -> Iterator[tuple[int, int]]:
    """Articles rewritten by a machine, each with the genuine one of a like title within some
    days."""
    stamps = [mark.stamp for mark in seen]
    for number, mark in enumerate(seen):
        if not mark.spun:
            continue
        near = _near(stamps, mark.stamp)
        genuine = next((n for n in near if _is_genuine(seen[n], mark)), None)
        if genuine is not None:
            yield genuine, number


def _near(stamps: Sequence[float], stamp: float) -> range:
    """The articles, by their sorted ``stamps``, of the hours around ``stamp``."""
    reach = SPUN_HOURS * 3600
    return range(bisect_left(stamps, stamp - reach), bisect_left(stamps, stamp + reach))


def _is_genuine(mark: Marks, spun: Marks) -> bool:
    """Whether an article is the one that ``spun`` was made from."""
    if mark.spun or not mark.title or mark.lang != spun.lang:
        return False
    return title_alike(spun.title, mark.title) >= SAME_TITLE
