"""What a change touches: the families of pages that may show something else than before.

Found by look-up, in the indexes of the last build and of this one. A family that is named in vain
only costs time: its pages come out with the keys that they had. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from sitegen.config.languages import folder_of
from sitegen.config.schema import Config
from sitegen.model.output import Key
from sitegen.model.site import Edition, Link, Listing, Site, Story
from sitegen.pages.articles import neighbours
from sitegen.pages.editions import beside
from sitegen.pages.lists import all_listings, blocks, is_fed
from sitegen.site.index import SiteIndex
from sitegen.site.taxonomies import LEVEL, Taxonomy, taxonomies

GONE = -2  # the number of an article that is not published any more; -1 is none

# What shows something of the whole site, and is little.
ALWAYS: tuple[Key, ...] = (("front",), ("opml",), ("search",), ("plugins",), ("feed", "site", ""))


def differing(before: SiteIndex, now: SiteIndex, read: Iterable[str]) -> frozenset[str]:
    """The paths of articles that are not shown as they were: those that have been ``read``, and
    those that other articles, settings or the clock have changed, added or removed."""
    out = set(read)
    if before is now:
        return frozenset(out)
    old = {path: before.mark(i) for i, path in enumerate(before.site.paths)}
    for i, path in enumerate(now.site.paths):
        if old.pop(path, b"") != now.mark(i):
            out.add(path)
    return frozenset(out | old.keys())


class Renumbered:
    """The articles of the last index in the numbers of this one; those that are gone are `GONE`."""

    def __init__(self, before: Site, now: Site, changed: frozenset[str]) -> None:
        number = {path: i for i, path in enumerate(now.paths)}
        self.moved = [number.get(path, GONE) for path in before.paths]
        self.stays = before.paths == now.paths
        self.changed = frozenset(number[path] for path in changed if path in number)

    def of(self, old: Sequence[int]) -> Sequence[int]:
        """The articles ``old`` in the numbers of this index."""
        return old if self.stays else tuple([self.moved[i] for i in old])

    def hit(self, members: Iterable[int | None]) -> bool:
        """Whether one of ``members`` has changed."""
        return not self.changed.isdisjoint(members)


def touched(
    before: SiteIndex, now: SiteIndex, changed: frozenset[str], config: Config, dated: bool
) -> frozenset[Key]:
    """The families of pages to be planned again after the articles ``changed`` have changed.

    ``dated`` says whether the archive has pages for days, months and years.
    """
    old, new = before.site, now.site
    places = Renumbered(old, new, changed)
    out: set[Key] = {*ALWAYS, *(("article", path) for path in changed)}
    out |= {("feed", "site", folder_of(lang, config)[:-1]) for lang in config.languages}
    known = taxonomies(config)
    shown: set[int] = set()  # articles whose pages are touched by others
    for listing, earlier, numbers in _lists(old, new, places, config, dated):
        kind, slug = listing.kind, listing.slug
        out |= {("list", kind, slug, number) for number in numbers}
        out.update(_around_list(kind, slug, known))
        if kind in known and known[kind].ordered:  # each shows which part of a series it is
            shown |= {*listing.documents, *places.of(earlier.documents if earlier else ())}
        if not earlier or not listing.documents or _head(listing) != _head(earlier):
            # withdrawn articles link to lists that they are not in
            shown |= {*listing.documents, *new.withdrawn}
    feeds = old.former.feeds.items() ^ new.former.feeds.items()
    out |= {("feed", *name.split("/", 1)) for name, _ in feeds}
    shown |= _beside(old, new, places)
    shown |= _relating(before, now, places)
    for story, members in _stories(old.stories, new.stories, places):
        out.add(("story", story))
        shown |= members
    translated = _translations(before, now, places)
    for edition, members in _editions(old.editions, new.editions, places, translated):
        out |= {("edition", edition), ("issue", edition)}
        out.update(_around_edition(edition, old, new, config))
        shown |= members
    shown |= translated
    if places.hit(new.corrected) or places.of(old.corrected) != new.corrected:
        out.add(("corrections",))
    return frozenset(out | {("article", new.paths[i]) for i in shown if i >= 0})


def _around_list(kind: str, slug: str, known: Mapping[str, Taxonomy]) -> Iterator[Key]:
    """What shows something of a list beside its own pages."""
    if is_fed(kind, known):
        yield "feed", kind, slug
    if kind in known:
        yield "terms", kind
    if kind == "day":
        yield "month", slug[:7]
        yield "year", slug[:4]
        yield "list", "archive", "archive", 0


def _lists(
    old: Site, new: Site, places: Renumbered, config: Config, dated: bool
) -> Iterator[tuple[Listing, Listing | None, Iterable[int]]]:
    """Every list that is not as it was, as it was (None for one that is new), and the numbers of
    its pages that are touched. One that is gone is without articles."""
    earlier = {(x.kind, x.slug): x for x in all_listings(old, dated)}
    ambiguous, renamed = _ambiguous(old) ^ _ambiguous(new), _renamed(old, new)
    ordered = {kind for kind, taxonomy in taxonomies(config).items() if taxonomy.ordered}
    for listing in all_listings(new, dated):
        last = earlier.pop((listing.kind, listing.slug), None)
        size = config.pagination
        if last is None:
            yield listing, None, range(blocks(len(listing.documents), size) + 1)
            continue
        members = places.of(last.documents)
        counts = len(members), len(listing.documents)
        differs = members != listing.documents or places.hit(members)
        above = (listing.kind, listing.slug.rpartition(LEVEL)[0])
        named = _head(listing) != _head(last) or listing.name.casefold() in ambiguous
        if named or above in renamed or (differs and listing.kind in ordered):
            yield listing, last, range(blocks(max(counts), size) + 1)
        elif differs:
            yield listing, last, _numbers_touched(members, listing.documents, places, size)
    for listing in earlier.values():
        numbers = range(blocks(len(listing.documents), config.pagination) + 1)
        yield replace(listing, documents=()), listing, numbers


def _renamed(old: Site, new: Site) -> set[tuple[str, str]]:
    """The lists whose names or URLs are not as they were, which lists below them show."""
    heads = {(x.kind, x.slug, _head(x)) for x in old.listings}
    heads ^= {(x.kind, x.slug, _head(x)) for x in new.listings}
    return {(kind, slug) for kind, slug, _ in heads}


def _head(listing: Listing) -> tuple[str, str]:
    return listing.name, listing.url


def _ambiguous(site: Site) -> set[str]:
    """The titles that several lists have, in lower case."""
    counts = Counter(x.name.casefold() for x in site.listings)
    return {name for name, count in counts.items() if count > 1}


def _numbers_touched(
    old: Sequence[int], new: Sequence[int], places: Renumbered, size: int
) -> Iterator[int]:
    """The numbers of the pages of a list that show other articles, or lead to other pages."""
    counts = blocks(len(old), size), blocks(len(new), size)
    yield 0
    for number in range(1, max(counts) + 1):
        start, end = (number - 1) * size, number * size
        ends = counts[0] != counts[1] and number >= min(counts)
        if ends or old[start:end] != new[start:end] or places.hit(new[start:end]):
            yield number


def _beside(old: Site, new: Site, places: Renumbered) -> set[int]:
    """The articles that have other neighbours in their section, or changed ones."""
    newer, older = neighbours(new)
    out = {other for i in places.changed for other in (newer[i], older[i])}
    if places.stays and old.listings == new.listings:
        return out
    moved = (*places.moved, -1)
    for was, now in zip(neighbours(old), (newer, older), strict=True):
        out |= {moved[i] for i, j in enumerate(was) if moved[i] >= 0 and now[moved[i]] != moved[j]}
    return out


def _relating(before: SiteIndex, now: SiteIndex, places: Renumbered) -> set[int]:
    """The articles that have other related ones, or changed ones."""
    hit, found = places.hit, now.related.found
    out = {i for i, others in enumerate(found) if others and hit(others)}
    if before.related.found is not found:
        last: dict[int, Sequence[int]] = {
            places.moved[i]: places.of(others) for i, others in enumerate(before.related.found)
        }
        out |= {i for i in now.site.articles if last.get(i, ()) != _at(found, i)}
    return out


def _at(found: Sequence[Sequence[int]], index: int) -> Sequence[int]:
    """The related articles of one; there are none where the theme shows none."""
    return found[index] if found else ()


def _stories(
    old: Sequence[Story], new: Sequence[Story], places: Renumbered
) -> Iterator[tuple[str, set[int]]]:
    """The slug of each story that is not as it was, or shows changed articles, and the articles of
    it now and before."""
    earlier = {
        x.slug: replace(x, documents=tuple(places.of(x.documents)), lead=places.of((x.lead,))[0])
        for x in old
    }
    for story in new:
        last = earlier.pop(story.slug, None)
        members = {*story.documents, *(last.documents if last else ())}
        if last != story or places.hit(members):
            yield story.slug, members
    for story in earlier.values():
        yield story.slug, set(story.documents)


def _editions(
    old: Sequence[Edition],
    new: Sequence[Edition],
    places: Renumbered,
    translated: Collection[int],
) -> Iterator[tuple[str, set[int]]]:
    """The key of each edition that is not as it was, or shows changed articles or other
    translations of one (``translated``), and the articles of it now and before."""
    earlier = dict(zip([x.key for x in old], _with_others(old, places), strict=True))
    for edition, shown in zip(new, _with_others(new, None), strict=True):
        last = earlier.pop(edition.key, None)
        members = {*shown[0].documents, *(last[0].documents if last else ())}
        hit = places.hit((*members, edition.lead)) or not members.isdisjoint(translated)
        if last != shown or hit:
            yield edition.key, members
    for key, (edition, *_) in earlier.items():
        yield key, set(edition.documents)


def _with_others(
    editions: Sequence[Edition], places: Renumbered | None
) -> Iterator[tuple[Edition, Link | None, Link | None]]:
    """Each edition with links to the older and the newer one, in the numbers of this index."""
    for n, edition in enumerate(editions):
        older, newer = beside(editions, n)
        if places:
            lead = None if edition.lead is None else places.of((edition.lead,))[0]
            edition = replace(edition, documents=tuple(places.of(edition.documents)), lead=lead)
        yield edition, older, newer


def _around_edition(key: str, old: Site, new: Site, config: Config) -> Iterator[Key]:
    """What shows something of an edition beside its own pages: the feeds and the index of its
    series, and of all."""
    most = blocks(max(len(old.editions), len(new.editions)), config.pagination)
    for slug in {"", key.rpartition("/")[0]}:
        yield "edition feed", slug
        yield from (("editions", slug, number) for number in range(most + 1))


def _translations(before: SiteIndex, now: SiteIndex, places: Renumbered) -> set[int]:
    """The articles that have other translations, or changed ones."""
    families = {frozenset((first, *others)) for first, others in now.translated.items()}
    earlier = {
        frozenset(places.of((first, *others))) for first, others in before.translated.items()
    }
    firsts = set(now.translated) ^ set(places.of(tuple(before.translated)))
    out = {
        i
        for family in families | earlier
        if places.hit(family) or family not in families & earlier or firsts & family
        for i in family
    }
    return out
