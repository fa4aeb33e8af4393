"""An edit of one article, and whether it may decide something of others.

An article decides something of others where they name it, where it is their twin, original or
translation, or joins them to a story. An index does not follow such an edit (`site/follow.py`).
Where this is in doubt, the answer is yes. Pure.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from msgspec.structs import replace

from sitegen.base.urls import originals
from sitegen.config.schema import Config
from sitegen.model.article import Document
from sitegen.model.base import Struct
from sitegen.model.site import Shown, Site, SiteFacts
from sitegen.site.index import SiteIndex
from sitegen.site.links import link_name, names_of_file, shown_links
from sitegen.site.outline import placed_alike
from sitegen.site.references import misses_an_edition
from sitegen.site.resolve import (
    document_url,
    finished,
    has_expired,
    held_back,
    known_names,
    order,
)
from sitegen.site.stories import alike_among
from sitegen.site.twins import find_twins, is_spun

NO_FACTS = SiteFacts()


class Edit(Struct, frozen=True):
    """The outlines of one article before and after an edit; None where it cannot be read, or is
    not there."""

    path: str
    before: Document | None
    after: Document | None


class Vicinity(Struct, frozen=True):
    """What an index depends on, beside the edited articles.

    ``outline`` gives any article by its path, ``sharing`` the paths of articles that may be twins
    of one (`shared_by_twins`), ``with_sizes`` an article with its images. ``stories`` and
    ``editions`` say whether the theme shows these, and the settings have them.
    """

    config: Config
    now: float
    shown: Shown
    outline: Callable[[str], Document | None]
    sharing: Callable[[Document], Iterable[str]]
    with_sizes: Callable[[Document], Document]
    stories: bool
    editions: bool

    def known(self, path: str) -> Document:
        """The outline of an article that is published."""
        document = self.outline(path)
        assert document
        return document

    def after(self, edit: Edit) -> Vicinity:
        """The same, with the article as it is after ``edit``."""

        def outline(path: str) -> Document | None:
            return edit.after if path == edit.path else self.outline(path)

        return replace(self, outline=outline)

    def published(self, document: Document | None) -> Document | None:
        """``document``, if it is published."""
        if document and not held_back(document, self.config, self.now, self.shown):
            return document
        return None


def decides_more(
    index: SiteIndex,
    edit: Edit,
    old: Document | None,
    new: Document | None,
    around: Vicinity,
) -> bool:
    """Whether an edit may change more than the places of the edited article."""
    site = index.site
    ends = [document for document in (old, new) if document]
    if any(document.kind == "page" for document in ends):
        return index.named or not _is_placed_alike(old, new)
    if not site.articles or site.spun or site.facts.sections:
        return True
    if _has_problem(index, edit.path) or _in_group(index, edit.path):
        return True
    if _decides_links(index, edit, old, new, around.config):
        return True
    return any(_ties(document, site, around) for document in ends)


def _has_problem(index: SiteIndex, path: str) -> bool:
    """Whether something is reported of an article."""
    return any(problem.path == path for problem in index.problems)


def _is_placed_alike(old: Document | None, new: Document | None) -> bool:
    """Whether a page was there before, and is in the same places."""
    return bool(old and new and placed_alike(old, new))


def _decides_links(
    index: SiteIndex,
    edit: Edit,
    old: Document | None,
    new: Document | None,
    config: Config,
) -> bool:
    """Whether a link may lead elsewhere: one to the article, or one of its own."""
    if _links(old) != _links(new):
        return True
    if index.named and not _called_alike(old, new):
        return True
    if not _is_elsewhere(old, new, config):
        return False
    return index.named or bool(_links(new)) or not index.mentions.isdisjoint(_names(edit, config))


def _ties(document: Document, site: Site, around: Vicinity) -> bool:
    """Whether an article is tied to others: by its kind, a twin, or a story."""
    if _is_special(document, site, around) or _has_twin(document, around):
        return True
    return around.stories and _joins(document, site, around)


def _is_special(document: Document, site: Site, around: Vicinity) -> bool:
    """Whether an article is of a kind that others depend on, or that depends on others."""
    known = around.config.sections
    closed = {edition.key for edition in site.editions if edition.published}
    return any(
        (
            document.status == "withdrawn",
            document.translation_of,
            document.story,
            document.path in site.facts.aliases,
            is_spun(document.extra),
            has_expired(document, around.now, around.shown),
            known and document.section not in known,
            misses_an_edition(document, around.config, closed),
        )
    )


def _is_elsewhere(old: Document | None, new: Document | None, config: Config) -> bool:
    """Whether an article has come, has gone, or has other URLs or another id."""
    if not old or not new:
        return True
    one, other = ((d.id, d.aliases, document_url(d, config)) for d in (old, new))
    return one != other


def _names(edit: Edit, config: Config) -> set[str]:
    """What other articles, and closed editions, may call an article."""
    names = {edit.path, *names_of_file(edit.path, config)}
    for document in (edit.before, edit.after):
        if document:
            urls = (document_url(document, config), *document.aliases)
            names |= {document.id, *map(link_name, urls)}
    return names


def _called_alike(old: Document | None, new: Document | None) -> bool:
    """Whether `[[name]]` means an article as it did."""
    return bool(old and new and (old.title, old.slug) == (new.title, new.slug))


def _links(document: Document | None) -> tuple[str, ...]:
    return shown_links(document) if document else ()


def _in_group(index: SiteIndex, path: str) -> bool:
    """Whether an article is in a story, or has translations."""
    site = index.site
    grouped = chain(
        (i for story in site.stories for i in story.documents),
        index.translated,
        chain.from_iterable(index.translated.values()),
    )
    return any(site.paths[i] == path for i in grouped)


def _has_twin(document: Document, around: Vicinity) -> bool:
    """Whether an article is the same as another one, or may share the URL of its original."""
    others = list(_possible_twins(document, around))
    own = set(_originals(document))
    if any(not own.isdisjoint(_originals(other)) for other in others):
        return True
    names = known_names(around.config)
    several = sorted([document, *others], key=order)
    shown = [finished(d, NO_FACTS, around.config, names) for d in several]
    return bool(find_twins(shown, around.config.language).twins)


def _possible_twins(document: Document, around: Vicinity) -> Iterator[Document]:
    """The published articles that may be the same as ``document``."""
    for path in around.sharing(document):
        other = around.published(around.outline(path))
        if other and other.kind != "page":
            yield other


def _originals(document: Document) -> tuple[str, ...]:
    return document.originals or originals(document.canonical, document.source.url)


def _joins(document: Document, site: Site, around: Vicinity) -> bool:
    """Whether an article joins others to a story, or keeps them from being joined."""
    if around.config.stories.kind != "auto":
        return False
    hours = around.config.stories.hours
    near = [d for d in _near(document, site, hours * 3600, around) if d.path != document.path]
    names = known_names(around.config)
    others = [finished(d, site.facts, around.config, names) for d in near]
    own = finished(document, site.facts, around.config, names)
    every = sorted([*others, own], key=order)
    return alike_among(every, hours) != alike_among(others, hours)


def _near(document: Document, site: Site, seconds: float, around: Vicinity) -> Iterator[Document]:
    """The published articles that appeared at most ``seconds`` before or after one."""

    def stamp(path: str) -> float:
        return around.known(path).stamp

    paths = site.paths[: len(site.articles)]
    start = bisect_left(paths, document.stamp - seconds, key=stamp)
    for path in paths[start:]:
        other = around.known(path)
        if other.stamp > document.stamp + seconds:
            return
        yield other
