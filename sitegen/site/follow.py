"""The index after an edit of a few articles, from the index before it.

An index (`site/index.py`) is made from all articles. Most edits change little of it: one article
leaves its place in the order, its lists, its day and its edition, and takes others. `follow` does
that to the index, and reads the articles next to the edited one only. Where an edit may decide more
than that, such as the spelling of a tag or which of two twins is listed, it gives nothing; then
the index is made from all outlines. What it gives is equal to that index: a test compares the two.

Pure.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence

from msgspec.structs import replace

from sitegen.config.schema import Config
from sitegen.model.article import Document
from sitegen.model.base import Struct
from sitegen.model.site import Edition, Link, Listing, Site, Story
from sitegen.site.editions import follow_editions
from sitegen.site.edits import NO_FACTS, Edit, Vicinity, decides_more
from sitegen.site.index import MARK, SiteIndex, marks_of
from sitegen.site.links import link_name, mentioned_by
from sitegen.site.related import MARK as RELATED_MARK
from sitegen.site.related import NOTHING, RelatedArticles, mark_of, related_of_last
from sitegen.site.resolve import (
    NEVER,
    card,
    day_listing,
    day_of,
    document_url,
    due_text,
    finished,
    folded,
    held_back,
    is_fresh,
    known_names,
    leaves_news,
    listing_of,
    moments,
    order,
    section_of,
    section_slug,
    terms_of,
)
from sitegen.site.taxonomies import Taxonomy

LAST = 50  # articles after a changed one up to which their related articles are looked up

Term = tuple[str, str]  # kind and slug of a list


def follow(last: SiteIndex, edits: Sequence[Edit], around: Vicinity) -> SiteIndex | None:
    """The index after ``edits``, or None where it must be made from all outlines; ``last`` itself,
    where it still holds."""
    current = {edit.path: edit.before for edit in edits}  # they are carried out one by one

    def outline(path: str) -> Document | None:
        return current[path] if path in current else around.outline(path)

    def sharing(document: Document) -> Iterator[str]:
        paths = {*around.sharing(document), *current} - {document.path}
        return (path for path in paths if outline(path))

    between = replace(around, outline=outline, sharing=sharing)
    index = last
    for edit in edits:
        followed = _followed(index, edit, between)
        if followed is None:
            return None
        index = followed
        current[edit.path] = edit.after
    return index


def _followed(index: SiteIndex, edit: Edit, around: Vicinity) -> SiteIndex | None:
    """The index after one edit."""
    if edit.before == edit.after:
        return index
    old, new = around.published(edit.before), around.published(edit.after)
    site = index.site
    due = _due(site, edit, old, new, around)
    if due is None or decides_more(index, edit, old, new, around):
        return None
    counts = _skipped(site.skipped, edit, around)
    site = replace(site, skipped=counts, due=due[0], next_change=due[1])
    site = replace(site, next_due=due_text(due[0], around.config))
    if not old and not new:
        return replace(index, site=site)
    around = around.after(edit)
    move = _move(site, old, new, around)
    if new and new.kind == "page":
        return replace(index, site=site, marks=_marks(index.marks, site, move, new, around))
    terms = _terms(index, old, new, around)
    if terms is None:
        return None
    site = _moved_site(site, move, *terms, new, around)
    site = _dated(site, move, old, new, around.config)
    editions = _editions(site, move, old, new, around)
    if editions is None:
        return None
    site = replace(site, editions=editions)
    related = _related(index, site, move, new, around)
    if related is None:
        return None
    mentions = index.mentions
    if new:
        mentions |= {*mentioned_by(new, document_url(new, around.config), around.config)}
    return replace(
        index,
        site=site,
        related=related,
        translated={move.table[i]: list(move.of(j)) for i, j in index.translated.items()},
        marks=_marks(index.marks, site, move, new, around),
        languages=index.languages | _language_of(new, around.config),
        mentions=mentions,
    )


# What becomes of the site --------------------------------------------------------------------
def _due(
    site: Site,
    edit: Edit,
    old: Document | None,
    new: Document | None,
    around: Vicinity,
) -> tuple[float, str] | None:
    """When something changes by itself next; None where that was something of this article."""
    before = _moments(edit.before, old, around)
    after = _moments(edit.after, new, around)
    known = (site.due, site.next_change)
    if known in before - after:
        return None
    return min({known, *after} - {NEVER}, default=NEVER)


def _moments(
    document: Document | None, published: Document | None, around: Vicinity
) -> set[tuple[float, str]]:
    out = {one for one in moments(document) if one[0] > around.now} if document else set()
    if published and is_fresh(published, around.now):
        out.add(leaves_news(published))
    return out


def _skipped(counts: dict[str, int], edit: Edit, around: Vicinity) -> dict[str, int]:
    """How many articles are held back, by reason."""
    after = Counter(counts)
    for document, sign in ((edit.before, -1), (edit.after, 1)):
        if document:
            after[held_back(document, around.config, around.now, around.shown)] += sign
    return {reason: count for reason, count in sorted(after.items()) if reason and count}


class Move(Struct, frozen=True):
    """An article that leaves the place ``old`` in the order, and takes ``new``; -1 for none.

    ``table`` has the new number of each article, -1 for one that is gone.
    """

    old: int
    new: int
    table: Sequence[int]

    @property
    def first(self) -> int:
        """The first place at which another article is now, or the same one edited."""
        return min(place for place in (self.old, self.new) if place >= 0)

    def of(self, members: Sequence[int]) -> tuple[int, ...]:
        """``members`` by their new numbers, without the article that is gone."""
        if self.old == self.new or not members or max(members) < self.first:
            return tuple(members)
        table = self.table
        return tuple([table[i] for i in members if table[i] >= 0])

    def members(self, listed: Sequence[int], stays: bool) -> tuple[int, ...]:
        """A list, oldest first, which the article that moves is in from now on, or not."""
        at = bisect_left(listed, self.old) if self.old >= 0 else len(listed)
        was = at < len(listed) and listed[at] == self.old
        if was and stays and self.old == self.new:
            return tuple(listed)
        out = list(self.of([*listed[:at], *listed[at + 1 :]] if was else listed))
        if stays:
            insort(out, self.new)
        return tuple(out)


def _move(site: Site, old: Document | None, new: Document | None, around: Vicinity) -> Move:
    was = site.paths.index(old.path) if old else -1
    others = _without(site.paths, was)
    goes = -1
    if new:
        goes = bisect_left(others, order(new), key=lambda path: order(around.known(path)))
    return Move(was, goes, _numbers_after(len(site.paths), was, goes))


def _without(paths: tuple[str, ...], number: int) -> tuple[str, ...]:
    """``paths`` without the one of this number; -1 for none."""
    return paths if number < 0 else (*paths[:number], *paths[number + 1 :])


def _numbers_after(count: int, was: int, goes: int) -> list[int]:
    """The new number of each of ``count`` articles, of which one goes from ``was`` to ``goes``;
    -1 for none."""
    if was == goes:
        return list(range(count))
    left = [i for i in range(count) if i != was]
    if goes >= 0:
        left.insert(goes, was)
    table = [-1] * count
    for number, i in enumerate(left):
        if i >= 0:
            table[i] = number
    return table


def _terms(
    index: SiteIndex, old: Document | None, new: Document | None, around: Vicinity
) -> tuple[dict[Term, str], dict[Term, str]] | None:
    """The lists that an article was in, and those that it is in, with their names as it writes
    them; None where a list may get another name or another URL."""
    was, now = _lists_of(old, around), _lists_of(new, around)
    if was is None or now is None:
        return None
    known = {(x.kind, x.slug): x for x in index.site.listings}
    taxonomies = known_names(around.config).taxonomies
    respelt = _respelt_terms(index.site, taxonomies)
    folds = Counter((kind, folded(slug)) for kind, slug in known)
    for term in was | now:
        listing = known.get(term)
        before, after = was.get(term), now.get(term)
        if listing and before != after and _may_be_renamed(listing, after, respelt, taxonomies):
            return None
        if _may_share_url(term, listing, folds):
            return None
        name = after or was[term]
        if _comes_or_goes(listing, after) and _counts_elsewhere(
            term, name, index, around.config, taxonomies
        ):
            return None
    return was, now


def _comes_or_goes(listing: Listing | None, written: str | None) -> bool:
    """Whether a list begins, or ends with the article that it is not ``written`` in any more."""
    return listing is None or (written is None and len(listing.documents) == 1)


def _respelt_terms(site: Site, taxonomies: Mapping[str, Taxonomy]) -> set[Term]:
    """The lists whose terms articles spell in several ways."""
    return {
        (kind, taxonomies[kind].slug(name))
        for kind, names in site.facts.respelt.items()
        for name in names.values()
    }


def _may_be_renamed(
    listing: Listing,
    written: str | None,
    respelt: Container[Term],
    taxonomies: Mapping[str, Taxonomy],
) -> bool:
    """Whether a list may get another name once an article writes its name in this way, or no
    longer; where that is not known, yes."""
    if (listing.kind, listing.slug) in respelt:
        return True
    if not written:
        return False
    taxonomy = taxonomies.get(listing.kind)
    shown_otherwise = taxonomy and (taxonomy.tree or listing.slug in taxonomy.terms)
    return bool(shown_otherwise) or written != listing.name


def _lists_of(document: Document | None, around: Vicinity) -> dict[Term, str] | None:
    """The lists that an article is in, with their names; None where it spells one in two ways."""
    if document is None:
        return {}
    names = known_names(around.config)
    shown = finished(document, NO_FACTS, around.config, names)
    out: dict[Term, str] = {}
    for kind, terms in terms_of(shown, names.taxonomies, around.config).items():
        for name in terms:
            if kind == "section":
                slug = section_slug(name)
                out[kind, slug] = section_of(slug, around.config)[0].name
            elif out.setdefault((kind, names.taxonomies[kind].slug(name)), name) != name:
                return None
    return out


def _may_share_url(term: Term, listing: Listing | None, folds: Counter[Term]) -> bool:
    """Whether some file system takes the URL of a list for that of another one; ``folds`` counts
    all lists as such systems compare them."""
    kind, slug = term
    return folds[kind, folded(slug)] > (1 if listing else 0)


def _counts_elsewhere(
    term: Term, name: str, index: SiteIndex, config: Config, taxonomies: Mapping[str, Taxonomy]
) -> bool:
    """Whether something else depends on there being a list: articles that have been withdrawn link
    to lists that they are not in, authors with a page may have a photo, and a list or its feed may
    have been published before."""
    kind, slug = term
    names = {f"{kind}/{slug}", link_name(listing_of(kind, name, slug, (), config, taxonomies).url)}
    photos = (author.name for author in config.authors.values() if author.photo)
    return (
        bool(index.site.withdrawn)
        or (kind == "author" and name in photos)
        or not index.mentions.isdisjoint(names)
    )


def _moved_site(
    site: Site,
    move: Move,
    was: dict[Term, str],
    now: dict[Term, str],
    new: Document | None,
    around: Vicinity,
) -> Site:
    """``site`` with the article in its new place in the order, and in its lists."""
    others = _without(site.paths, move.old)
    paths = (*others[: move.new], new.path, *others[move.new :]) if new else others
    listings = _listings(site.listings, move, was, now, around.config)
    authors = {x.slug: Link(x.name, x.url) for x in listings if x.kind == "author"}
    news = [i for i in move.of(site.news) if i != move.new]
    if new and is_fresh(new, around.now):
        news.append(move.new)
    return replace(
        site,
        paths=paths,
        listings=listings,
        facts=replace(site.facts, authors=authors),
        news=tuple(sorted(news, reverse=True)),
        withdrawn=frozenset(move.of(sorted(site.withdrawn))),
        noindex=frozenset(move.of(sorted(site.noindex))),
        corrected=move.members(site.corrected, bool(new and new.corrections)),
        stories=tuple([_moved_story(story, move) for story in site.stories]),
    )


def _listings(
    listings: Sequence[Listing],
    move: Move,
    was: dict[Term, str],
    now: dict[Term, str],
    config: Config,
) -> tuple[Listing, ...]:
    out: dict[Term, Listing] = {}
    taxonomies = known_names(config).taxonomies
    for listing in listings:
        term, documents = (listing.kind, listing.slug), listing.documents
        if term in was or term in now:
            documents = move.members(documents, term in now)
        else:
            documents = move.of(documents)
        if documents:
            out[term] = replace(listing, documents=documents)
    for (kind, slug), name in now.items():
        if (kind, slug) not in out:
            out[kind, slug] = listing_of(kind, name, slug, (move.new,), config, taxonomies)
    return tuple([out[term] for term in sorted(out)])


def _moved_story(story: Story, move: Move) -> Story:
    return replace(story, documents=move.of(story.documents), lead=move.of((story.lead,))[0])


def _dated(
    site: Site, move: Move, old: Document | None, new: Document | None, config: Config
) -> Site:
    """``site`` with the article in the archive, and on its day."""
    day, was = (day_of(document, config) if document else "" for document in (new, old))
    days = {x.slug: x for x in site.days}
    out = {}
    for slug, listing in days.items():
        documents = listing.documents
        if slug in (was, day):
            documents = move.members(documents, slug == day)
        else:
            documents = move.of(documents)
        if documents:
            out[slug] = replace(listing, documents=documents)
    if day and day not in out:
        out[day] = day_listing(day, (move.new,))
    archive = replace(site.archive, documents=move.members(site.archive.documents, bool(new)))
    return replace(site, archive=archive, days=tuple([out[slug] for slug in sorted(out)]))


def _editions(
    site: Site, move: Move, old: Document | None, new: Document | None, around: Vicinity
) -> tuple[Edition, ...] | None:
    """The editions after a move; None where articles may go from one to another."""
    if not around.editions:
        return site.editions
    if any(move.old in edition.documents for edition in site.editions if edition.published):
        return None
    names = known_names(around.config)

    def document(number: int) -> Document:
        return finished(around.known(site.paths[number]), NO_FACTS, around.config, names)

    was, now = (finished(d, NO_FACTS, around.config, names) if d else None for d in (old, new))
    return follow_editions(site.editions, move.of, was, now, move.new, document, around.config)


def _related(
    index: SiteIndex, site: Site, move: Move, new: Document | None, around: Vicinity
) -> RelatedArticles | None:
    """The related articles of each; None where those of many articles may change."""
    last, config, names = index.related, around.config, known_names(around.config)
    if not last.marks:
        return NOTHING

    def document(number: int) -> Document:
        return finished(around.known(site.paths[number]), site.facts, config, names)

    if new and move.old == move.new:
        mark = mark_of(document(move.new), None, config)
        if mark == last.marks[move.new * RELATED_MARK :][:RELATED_MARK]:
            return last
    if new and not _is_section(new.section, site):
        return None
    languages = index.languages | _language_of(new, config)
    if len(site.articles) - move.first > LAST or len(languages) > 1:
        return None
    return related_of_last(site, document, move.first, last, config)


def _is_section(slug: str, site: Site) -> bool:
    """Whether a section has articles."""
    return any(listing.slug == slug for listing in site.listings if listing.kind == "section")


def _language_of(document: Document | None, config: Config) -> frozenset[str]:
    """The language of an article, if there is one."""
    return frozenset([document.lang or config.language] if document else [])


def _marks(marks: bytes, site: Site, move: Move, new: Document | None, around: Vicinity) -> bytes:
    """The marks of all articles (`site/index.py`)."""
    if move.old >= 0:
        marks = marks[: move.old * MARK] + marks[move.old * MARK + MARK :]
    if new is None:
        return marks
    names = known_names(around.config)
    document = around.with_sizes(finished(new, site.facts, around.config, names))
    shown = (document,), (card(document, around.config, site.facts),)
    mark = marks_of(replace(site, documents=shown[0], cards=shown[1]))
    return marks[: move.new * MARK] + mark + marks[move.new * MARK :]
