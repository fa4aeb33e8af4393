"""Stories: the same event as several sources report it.

Pure, deterministic, and no article is ever left out for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence

import msgspec

from sitegen.base.groups import grouped, sharing
from sitegen.base.similarity import keys, text_alike, title_alike
from sitegen.base.text import slugify
from sitegen.config.schema import Config
from sitegen.model.article import Document
from sitegen.model.base import Struct
from sitegen.model.site import Site, Story
from sitegen.site.resolve import source_name, translated

ONE_ADDRESS = 6  # articles that may share a URL; more, and it is not that of an article
REPRINT = 0.4  # share of a text that is alike in a reprint by another source
SAME_OUTLET = 0.8  # the same, of two articles by one source, whose reports of every day are alike
SAME_TITLE = 0.85  # share of the words of two titles
NEAR_TITLE = 0.6  # enough if some of the text is alike too
SOME_TEXT = 0.1
TITLE_HOURS = 36
APART = ("-", "none", "no")  # `story:` of an article that belongs to no story


class Joined:
    """Articles that have been joined, each with why it was.

    Those of two named stories never are.
    """

    def __init__(self) -> None:
        self.parent: dict[int, int] = {}
        self.name: dict[int, str] = {}  # of the whole, by its first article
        self.reason: dict[int, str] = {}

    def root(self, index: int) -> int:
        while (above := self.parent.get(index, index)) != index:
            index = self.parent[index] = self.parent.get(above, above)
        return index

    def join(self, one: int, other: int, reason: str) -> None:
        """Put two articles into one story, unless they bear different names."""
        first, second = sorted((self.root(one), self.root(other)))
        names = {self.name[root] for root in (first, second) if root in self.name}
        if first == second or len(names) > 1:
            return
        self.parent[first] = self.parent[second] = first
        for name in names:
            self.name[first] = name
        self._explain(one, other, reason)

    def _explain(self, one: int, other: int, reason: str) -> None:
        """Keep the reason with the later article, else with the earlier one."""
        for index in (max(one, other), min(one, other)):
            if index not in self.reason:
                self.reason[index] = reason
                return


def with_stories(site: Site, config: Config, templates: Container[str]) -> Site:
    """``site`` with its stories, if the theme can show them."""
    if not shows_stories(config, templates):
        return site
    return msgspec.structs.replace(site, stories=stories(site, config))


def shows_stories(config: Config, templates: Container[str]) -> bool:
    """Whether the site has stories, and the theme can show them."""
    return config.stories.kind != "none" and "story.html" in templates


def stories(site: Site, config: Config) -> tuple[Story, ...]:
    """Every story of two or more articles, sorted by its URL.

    Translations are joined to their originals. Other articles are joined by the same ``story:``, by
    the URL of the same original, by a text that is alike, and by a title that is alike; the
    latter two within a number of hours.
    """
    documents = [site.documents[i] for i in site.articles]
    joined, originals, groups = _groups(documents, config)
    several = [members for members in groups if _is_story(documents, members, originals)]
    out = [_story(site, members, joined) for members in several]
    return tuple(_distinct(sorted(out, key=lambda s: (s.slug, s.documents))))


def same_events(documents: Sequence[Document], config: Config) -> list[list[int]]:
    """The numbers of articles on the same event, for each event with several; ``documents`` are in
    the order of time."""
    return [members for members in _groups(documents, config)[2] if len(members) > 1]


def _groups(
    documents: Sequence[Document], config: Config
) -> tuple[Joined, Mapping[int, int], list[list[int]]]:
    """The articles that are joined, those that are translations, and the groups of both."""
    joined = Joined()
    named: dict[str, int] = {}
    for index, document in enumerate(documents):
        if document.story and _free(document):
            slug = slugify(document.story)
            joined.name.setdefault(joined.root(index), slug)
            joined.join(named.setdefault(slug, index), index, "")
    if config.stories.kind == "auto":
        traits = [_traits(document) for document in documents]
        _join_addresses(traits, joined)
        _join_alike(documents, traits, config.stories.hours, joined)
    originals = translated(documents)
    for index, original in originals.items():
        if _free(documents[index]) and _free(documents[original]):
            joined.join(original, index, "a translation")
    groups = grouped((joined.root(index), index) for index in sorted(joined.parent))
    return joined, originals, list(groups.values())


def _is_story(
    documents: Sequence[Document], members: Sequence[int], originals: Mapping[int, int]
) -> bool:
    """Whether more is joined than one article and its translations, or an editor has named it for
    several."""
    named = sum(bool(documents[i].story) for i in members)
    return named > 1 or len({originals.get(i, i) for i in members}) > 1


def _free(document: Document) -> bool:
    """Whether an article may belong to a story."""
    return document.status != "withdrawn" and document.story.lower() not in APART


class _StoryTraits(Struct, frozen=True):
    """What an article is compared by with others; empty for one that belongs to no story."""

    stamp: float
    originals: tuple[str, ...] = ()
    titles: tuple[int, ...] = ()
    texts: tuple[int, ...] = ()


def _traits(document: Document) -> _StoryTraits:
    if not _free(document) or document.translation_of:
        return _StoryTraits(document.stamp)
    return _StoryTraits(
        document.stamp,
        document.originals,
        *(keys(document.signature) if document.signature else ()),
    )


def _join_addresses(traits: Sequence[_StoryTraits], joined: Joined) -> None:
    """Join articles of the same original."""
    originals = [(url, index) for index, trait in enumerate(traits) for url in trait.originals]
    for first, *others in sharing(originals, ONE_ADDRESS):
        for index in others:
            joined.join(first, index, "the same original")


def _join_alike(
    documents: Sequence[Document], traits: Sequence[_StoryTraits], hours: int, joined: Joined
) -> None:
    for one, other, reason in _alike_pairs(documents, traits, hours):
        joined.join(one, other, reason)


def _alike_pairs(
    documents: Sequence[Document], traits: Sequence[_StoryTraits], hours: int
) -> Iterator[tuple[int, int, str]]:
    """Pairs of articles that report the same event, each with why."""
    stamps = [trait.stamp for trait in traits]
    by_title = _pairs(stamps, [trait.titles for trait in traits], hours)
    by_text = _pairs(stamps, [trait.texts for trait in traits], hours)
    for one, other in sorted(by_title | by_text):
        reason = alike(documents[one], documents[other])
        if reason:
            yield one, other, reason


def alike_among(documents: Sequence[Document], hours: int) -> frozenset[tuple[str, str, str]]:
    """The paths of each two articles that a title or a text joins, and why; ``documents`` are
    all articles of some days, in their order."""
    traits = [_traits(document) for document in documents]
    return frozenset(
        (documents[one].path, documents[other].path, reason)
        for one, other, reason in _alike_pairs(documents, traits, hours)
    )


def _pairs(
    stamps: Sequence[float], hashes: Sequence[tuple[int, ...]], hours: int
) -> frozenset[tuple[int, int]]:
    """Each article with the last one before it that has a hash in common: work grows with their
    number only."""
    last: dict[int, int] = {}
    pairs: set[tuple[int, int]] = set()
    for index, (stamp, numbers) in enumerate(zip(stamps, hashes, strict=True)):
        earliest = stamp - hours * 3600
        for number in numbers:
            other = last.get(number)
            if other is not None and stamps[other] >= earliest:
                pairs.add((other, index))
            last[number] = index
    return frozenset(pairs)


def alike(one: Document, other: Document) -> str:
    """Why two articles report the same event, or nothing."""
    same_outlet = source_name(one) == source_name(other)
    text = text_alike(one.signature, other.signature)
    enough_text = SAME_OUTLET if same_outlet else REPRINT
    if text >= enough_text:
        return f"text alike ({text:.0%})"
    if same_outlet or abs(one.stamp - other.stamp) > TITLE_HOURS * 3600:
        return ""
    title = title_alike(one.title, other.title)
    enough = NEAR_TITLE if text >= SOME_TEXT else SAME_TITLE
    return f"title alike ({title:.0%})" if title >= enough else ""


def _story(site: Site, members: list[int], joined: Joined) -> Story:
    """A story, led by the flagged article, else by the oldest of those shown with most of their
    text.

    Of an article and its translations the one in the language of the site comes first.
    """
    order = {"full": 0, "excerpt": 1, "link": 2}
    first = site.documents[members[0]]

    def rank(index: int) -> tuple[bool, int, bool, int]:
        document, card = site.documents[index], site.cards[index]
        return (
            not document.lead,
            order[document.rights.show],
            bool(card.lang),
            index,
        )  # `lang` is empty for that of the site

    lead = min(members, key=rank)
    slug = joined.name.get(joined.root(members[0])) or f"{first.date[:10]}-{first.slug}"
    reasons = tuple(joined.reason.get(i, "") for i in members)
    return Story(slug, f"/story/{slug}/", site.documents[lead].title, lead, tuple(members), reasons)


def _distinct(found: list[Story]) -> Iterator[Story]:
    """Stories with URLs of their own: two may begin with articles of one day and one name."""
    counts: dict[str, int] = defaultdict(int)
    for story in found:
        counts[story.slug] += 1
        slug = story.slug if counts[story.slug] == 1 else f"{story.slug}-{counts[story.slug]}"
        yield msgspec.structs.replace(story, slug=slug, url=f"/story/{slug}/")
