"""Related articles: what a reader of one may want to read next.

Pure, and work that grows with the number of articles only. An article is related to older ones
only, and is weighed by what was known when it appeared. So a new article changes the page of no
other; and as neither text nor summary counts, an edit of those changes none either.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from hashlib import blake2b
from math import log

import msgspec

from sitegen.base.text import slugify
from sitegen.config.schema import Config, RelatedConfig
from sitegen.model.article import Document
from sitegen.model.base import Struct
from sitegen.model.site import Site

RECENT = 12  # articles with a tag or an author in common that are looked at, the newest
WEIGHTS = {"tag": 1.0, "author": 0.4, "section": 0.1}
MARK = 16
Term = tuple[str, str]  # a kind of WEIGHTS, and the tag, author or section
HALF_LIFE = 45 * 86_400.0  # an article that much older counts half


class RelatedArticles(Struct, frozen=True):
    """The related articles of each, by index, the best first, and MARK bytes for each: a
    digest of what they were made from."""

    found: tuple[tuple[int, ...], ...] = ()
    marks: bytes = b""


NOTHING = RelatedArticles()


class _RelatedTraits(Struct, frozen=True):
    """Of an article all that counts when those related to it, or it to others, are looked for."""

    terms: tuple[Term, ...]  # what two may have in common, beside their language
    mark: bytes


def related(site: Site, settings: Config, before: RelatedArticles = NOTHING) -> RelatedArticles:
    """The related articles of each.

    Those of one story point to each other already, as do translations. ``before`` is what an
    earlier call gave, be it long ago: that spares the work for all articles up to the first
    that counts otherwise.
    """
    config = settings.related
    if not config.count:
        return NOTHING
    leads = {i: story.lead for story in site.stories for i in story.documents}
    articles = [site.documents[i] for i in site.articles]
    traits = [_traits(document, settings.language) for document in articles]
    terms = [t.terms for t in traits]
    marks = _marks(config, leads, traits)
    if marks == before.marks:
        return before
    same = _alike(marks, before.marks)
    found = list(before.found[:same])
    earlier = _Earlier()
    for index, document in enumerate(articles):
        shows = document.status != "withdrawn"
        if index >= same:
            scores = earlier.scores(index, terms[index]) if shows else {}
            found.append(_best(site, index, scores, leads, config))
        if shows:
            earlier.add(index, terms[index])
    return RelatedArticles(tuple(found), marks)


def _alike(marks: bytes, before: bytes) -> int:
    """How many articles, from the oldest on, have the same marks as before."""
    starts = range(0, len(marks), MARK)
    differing = (at for at in starts if marks[at : at + MARK] != before[at : at + MARK])
    return next(differing, len(marks)) // MARK


class _Earlier:
    """The articles before one, by what they may have in common with it."""

    def __init__(self) -> None:
        self.latest: dict[Term, deque[int]] = defaultdict(lambda: deque(maxlen=RECENT))
        self.counts: dict[Term, int] = defaultdict(int)

    def add(self, index: int, terms: Iterable[Term]) -> None:
        for term in terms:
            self.counts[term] += 1
            self.latest[term].append(index)

    def scores(self, index: int, terms: Iterable[Term]) -> dict[int, float]:
        """How much each of them has in common with the article ``index``; what is rare counts
        more."""
        scores: dict[int, float] = defaultdict(float)
        for term in terms:
            weight = WEIGHTS[term[0]] * log((index + 2) / (self.counts[term] + 1))
            for other in self.latest[term]:
                scores[other] += weight
        return scores


def _marks(config: RelatedConfig, leads: dict[int, int], traits: list[_RelatedTraits]) -> bytes:
    """A digest for each article of its traits and of what they are weighed by."""
    encode = msgspec.msgpack.Encoder().encode
    around = encode(config)
    return b"".join(
        [
            blake2b(b"".join((t.mark, encode(leads.get(i)), around)), digest_size=MARK).digest()
            for i, t in enumerate(traits)
        ]
    )


def _traits(document: Document, language: str) -> _RelatedTraits:
    d, lang = document, document.lang or language
    tags = [("tag", f"{lang} {slugify(tag)}") for tag in d.tags]
    authors = [("author", f"{lang} {slugify(person.name)}") for person in d.authors]
    terms = (*dict.fromkeys([*tags, *authors]), ("section", f"{lang} {d.section}"))
    counts = (terms, d.stamp, d.status == "withdrawn", d.translation_of, d.id, d.path)
    return _RelatedTraits(terms, blake2b(msgspec.msgpack.encode(counts), digest_size=MARK).digest())


def _best(
    site: Site, index: int, scores: dict[int, float], leads: dict[int, int], config: RelatedConfig
) -> tuple[int, ...]:
    document = site.documents[index]
    earliest = document.stamp - config.days * 86_400
    story, family = leads.get(index), document.translation_of
    ranked = []
    for other, score in scores.items():
        one = site.documents[other]
        own = family and family in (one.id, one.path, one.translation_of)
        if one.stamp >= earliest and not own and (story is None or leads.get(other) != story):
            ranked.append((-score / (1 + (document.stamp - one.stamp) / HALF_LIFE), -other))
    ranked.sort()
    chosen: list[int] = []
    for _, other in ranked:
        lead = leads.get(-other)
        if lead is None or all(leads.get(i) != lead for i in chosen):  # one article of a story
            chosen.append(-other)
        if len(chosen) == config.count:
            break
    return tuple(chosen)
