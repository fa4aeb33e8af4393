"""Related articles: what a reader of one may want to read next.

Pure, and work that grows with the number of articles only. An article is related to older ones
only, and is weighed by what was known when it appeared. So a new article changes the page of no
other; and as neither text nor summary counts, an edit of those changes none either.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
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
_encode = msgspec.msgpack.Encoder().encode


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
    stories = _stories(site)
    articles = [site.documents[i] for i in site.articles]
    traits = [_traits(document, settings.language) for document in articles]
    terms = [t.terms for t in traits]
    marks = b"".join(_mark(t, stories.get(i), config) for i, t in enumerate(traits))
    if marks == before.marks:
        return before
    same = _alike(marks, before.marks)
    found = list(before.found[:same])
    earlier = _Earlier()
    for index, document in enumerate(articles):
        shows = document.status != "withdrawn"
        if index >= same:
            scores = earlier.scores(index, terms[index]) if shows else {}
            found.append(_best(site.documents.__getitem__, index, scores, stories, config))
        if shows:
            earlier.add(index, terms[index])
    return RelatedArticles(tuple(found), marks)


def _alike(marks: bytes, before: bytes) -> int:
    """How many articles, from the oldest on, have the same marks as before."""
    starts = range(0, len(marks), MARK)
    differing = (at for at in starts if marks[at : at + MARK] != before[at : at + MARK])
    return next(differing, len(marks)) // MARK


def related_of_last(
    site: Site,
    documents: Callable[[int], Document],
    first: int,
    before: RelatedArticles,
    settings: Config,
) -> RelatedArticles:
    """What `related` gives for ``site`` whose articles up to ``first`` are those that ``before``
    is of. The terms of all articles are looked up in its lists, so all are in one language;
    ``documents`` gives an article by its number."""
    config, stories = settings.related, _stories(site)
    lists = {(x.kind, x.slug): x.documents for x in site.listings}
    found = list(before.found[:first])
    marks = [before.marks[: first * MARK]]
    for index in site.articles[first:]:
        traits = _traits(documents(index), settings.language)
        earlier = _Earlier()
        for kind, name in traits.terms:
            members = lists.get((kind, name.partition(" ")[2]), ())
            count = bisect_left(members, index)
            earlier.counts[kind, name] = count
            earlier.latest[kind, name].extend(members[max(0, count - RECENT) : count])
        scores = {} if index in site.withdrawn else earlier.scores(index, traits.terms)
        found.append(_best(documents, index, scores, stories, config))
        marks.append(_mark(traits, stories.get(index), config))
    return RelatedArticles(tuple(found), b"".join(marks))


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


def _stories(site: Site) -> dict[int, str]:
    """The story of each article that is in one."""
    return {i: story.slug for story in site.stories for i in story.documents}


def mark_of(document: Document, story: str | None, settings: Config) -> bytes:
    """What `related` remembers of an article, which is in ``story``, or in none."""
    return _mark(_traits(document, settings.language), story, settings.related)


def _mark(traits: _RelatedTraits, story: str | None, config: RelatedConfig) -> bytes:
    """A digest of an article's traits and of what they are weighed by."""
    around = _encode((story, config))
    return blake2b(traits.mark + around, digest_size=MARK).digest()


def _traits(document: Document, language: str) -> _RelatedTraits:
    d, lang = document, document.lang or language
    tags = [("tag", f"{lang} {slugify(tag)}") for tag in d.tags]
    authors = [("author", f"{lang} {slugify(person.name)}") for person in d.authors]
    terms = (*dict.fromkeys([*tags, *authors]), ("section", f"{lang} {d.section}"))
    counts = (terms, d.stamp, d.status == "withdrawn", d.translation_of, d.id, d.path)
    return _RelatedTraits(terms, blake2b(msgspec.msgpack.encode(counts), digest_size=MARK).digest())


def _best(
    documents: Callable[[int], Document],
    index: int,
    scores: dict[int, float],
    stories: dict[int, str],
    config: RelatedConfig,
) -> tuple[int, ...]:
    document = documents(index)
    earliest = document.stamp - config.days * 86_400
    story, family = stories.get(index), document.translation_of
    ranked = []
    for other, score in scores.items():
        one = documents(other)
        own = family and family in (one.id, one.path, one.translation_of)
        if one.stamp >= earliest and not own and (story is None or stories.get(other) != story):
            ranked.append((-score / (1 + (document.stamp - one.stamp) / HALF_LIFE), -other))
    ranked.sort()
    chosen: list[int] = []
    for _, other in ranked:
        name = stories.get(-other)
        if name is None or all(stories.get(i) != name for i in chosen):  # one article of a story
            chosen.append(-other)
        if len(chosen) == config.count:
            break
    return tuple(chosen)
