"""Related articles: what a reader of one may want to read next. Pure, and work that grows with the number of articles only.

An article is related to older ones only, and is weighed by what was known when it appeared. So a new article changes the
page of no other; and as neither text nor summary counts, an edit of those changes none either.
"""

from __future__ import annotations

from collections import defaultdict
from math import log

from sitegen.base.text import slugify
from sitegen.config import RelatedConfig
from sitegen.model import Document, Site

RECENT = 12  # articles with a tag or an author in common that are looked at, the newest
WEIGHTS = {"tag": 1.0, "author": 0.4, "section": 0.1}
HALF_LIFE = 45 * 86_400.0  # an article that much older counts half


def related(site: Site, config: RelatedConfig) -> dict[int, tuple[int, ...]]:
    """The related articles of each, by index, the best first. Those of one story point to each other already, as do translations."""
    if not config.count:
        return {}
    latest: dict[tuple[str, str], list[int]] = defaultdict(list)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    told = {i: story.lead for story in site.stories for i in story.documents}
    out = {}
    for index, document in enumerate(site.documents):
        if document.status == "withdrawn":
            continue
        terms = _terms(document, site.cards[index].lang)
        scores: dict[int, float] = defaultdict(float)
        for term in terms:
            seen = counts[term]
            weight = WEIGHTS[term[0]] * log((index + 2) / (seen + 1))
            for other in latest[term]:
                scores[other] += weight
        if found := _best(site, index, scores, told, config):
            out[index] = found
        for term in terms:
            counts[term] += 1
            ids = latest[term]
            ids.append(index)
            if len(ids) > RECENT:
                del ids[0]
    return out


def _terms(document: Document, lang: str) -> list[tuple[str, str]]:
    """What two related articles may have in common, beside their language."""
    tags = [("tag", f"{lang} {slugify(tag)}") for tag in document.tags]
    authors = [("author", f"{lang} {slugify(person.name)}") for person in document.authors]
    return [*dict.fromkeys([*tags, *authors]), ("section", f"{lang} {document.section}")]


def _best(site: Site, index: int, scores: dict[int, float], told: dict[int, int], config: RelatedConfig) -> tuple[int, ...]:
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
