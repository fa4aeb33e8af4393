"""Related articles: what a reader of one may want to read next.

Pure, and work that grows with the number of articles only. An article is related to older ones
only, and is weighed by what was known when it appeared. So a new article changes the page of no
other; and as neither text nor summary counts, an edit of those changes none either.
"""

from __future__ import annotations

from collections import defaultdict
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
HALF_LIFE = 45 * 86_400.0  # an article that much older counts half


class RelatedArticles(Struct, frozen=True):
    """The related articles of each, by index, the best first, and MARK bytes for each: a
    digest of what they were made from."""

    found: tuple[tuple[int, ...], ...] = ()
    marks: bytes = b""


NOTHING = RelatedArticles()


class _RelatedTraits(Struct, frozen=True):
    """Of an article all that counts when those related to it, or it to others, are looked for."""

    terms: tuple[tuple[str, str], ...]  # what two may have in common, beside their language
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
    told = {i: story.lead for story in site.stories for i in story.documents}
    traits = [_traits(document, settings.language) for document in site.documents]
    terms = [t.terms for t in traits]
    marks = _marks(config, told, traits)
    if marks == before.marks:
        return before
    same = next(
        (
            i
            for i in range(len(terms))
            if marks[i * MARK : i * MARK + MARK] != before.marks[i * MARK : i * MARK + MARK]
        ),
        len(terms),
    )
    latest: dict[tuple[str, str], list[int]] = defaultdict(list)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    found = list(before.found[:same])
    for index, document in enumerate(site.documents):
        if document.status == "withdrawn":
            if index >= same:
                found.append(())
            continue
        if index >= same:
            scores: dict[int, float] = defaultdict(float)
            for term in terms[index]:
                weight = WEIGHTS[term[0]] * log((index + 2) / (counts[term] + 1))
                for other in latest[term]:
                    scores[other] += weight
            found.append(_best(site, index, scores, told, config))
        for term in terms[index]:
            counts[term] += 1
            ids = latest[term]
            ids.append(index)
            if len(ids) > RECENT:
                del ids[0]
    return RelatedArticles(tuple(found), marks)


def _marks(config: RelatedConfig, told: dict[int, int], traits: list[_RelatedTraits]) -> bytes:
    """A digest for each article of its traits and of what they are weighed by."""
    encode = msgspec.msgpack.Encoder().encode
    around = encode(config)
    return b"".join(
        [
            blake2b(b"".join((t.mark, encode(told.get(i)), around)), digest_size=MARK).digest()
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
    site: Site, index: int, scores: dict[int, float], told: dict[int, int], config: RelatedConfig
) -> tuple[int, ...]:
    document = site.documents[index]
    earliest = document.stamp - config.days * 86_400
    story, family = told.get(index), document.translation_of
    ranked = []
    for other, score in scores.items():
        one = site.documents[other]
        own = family and family in (one.id, one.path, one.translation_of)
        if one.stamp >= earliest and not own and (story is None or told.get(other) != story):
            ranked.append((-score / (1 + (document.stamp - one.stamp) / HALF_LIFE), -other))
    ranked.sort()
    chosen: list[int] = []
    for _, other in ranked:
        tale = told.get(-other)
        if tale is None or all(told.get(i) != tale for i in chosen):  # of a story one is enough
            chosen.append(-other)
        if len(chosen) == config.count:
            break
    return tuple(chosen)
