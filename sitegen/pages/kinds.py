"""The kinds of pages: what makes each, what renders it, and what else the build asks about it.

A new kind of page is one row of `KINDS` and the functions that it names. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

from msgspec.structs import replace

from sitegen.base.gettext import Messages
from sitegen.base.memo import Memo
from sitegen.config.schema import Config
from sitegen.model.article import Document
from sitegen.model.base import Struct
from sitegen.model.output import Page
from sitegen.model.site import Site
from sitegen.model.views import (
    ArchiveView,
    ArticleView,
    CorrectionsView,
    EditionsView,
    EditionView,
    FeedView,
    FrontView,
    IssueView,
    ListView,
    ManifestView,
    NewsView,
    NinjsView,
    OpmlView,
    OwnView,
    Picture,
    PlainView,
    RedirectView,
    ReservationView,
    RobotsView,
    SearchView,
    Shard,
    SheetView,
    SitemapView,
    StoryView,
    TermsView,
    TextView,
    Translation,
)
from sitegen.pages import bodies, titles
from sitegen.pages.articles import article_pages
from sitegen.pages.assets import style_sheets
from sitegen.pages.edition_files import issue_pages
from sitegen.pages.editions import edition_feeds, edition_index, edition_pages
from sitegen.pages.feeds import feeds, opml, records, reservation
from sitegen.pages.front import front_page
from sitegen.pages.icons import web_manifest
from sitegen.pages.lists import corrections, lists, term_indexes
from sitegen.pages.not_found import not_found_page
from sitegen.pages.plugin_pages import plugin_pages
from sitegen.pages.redirects import redirects
from sitegen.pages.search import search_page
from sitegen.pages.site_context import has_search
from sitegen.pages.site_texts import site_texts
from sitegen.pages.sitemaps import Entry, article_entry, sitemaps
from sitegen.pages.stories import story_pages
from sitegen.pages.translations import in_other_languages
from sitegen.theme.load import Theme


class PlanInput(Struct, frozen=True):
    """All that pages are made from."""

    site: Site
    theme: Theme
    config: Config
    memo: Memo
    related: Sequence[tuple[int, ...]]  # of each article
    translated: Mapping[int, list[int]]  # original -> its translations
    translations: dict[int, tuple[Translation, ...]]
    shards: tuple[Shard, ...] = ()  # of the search index
    images: Mapping[str, Picture] = {}  # the site's own, by URL, for editions
    preview: bool = False


Make = Callable[[PlanInput], Iterable[Page]]
MakeFromPages = Callable[[PlanInput, Sequence[Page]], Iterable[Page]]


def _none(*_: Any) -> tuple[Any, ...]:
    return ()


def _as_it_is(view: Any, _: Any) -> Any:
    return view


def _unlisted(_view: Any, _base: str) -> Entry | None:
    return None


def _listed(view: Any, _base: str) -> Entry | None:
    return view.url, ""


class PageKind(Struct, frozen=True):
    """One kind of page.

    ``template`` is empty for kinds that a serialiser in `render/` writes. A kind that is
    ``optional`` is left out where the theme lacks its template. Some pages are made with those of
    another kind, and have no ``make`` of their own.
    """

    template: str = ""
    optional: bool = False
    make: Make = _none
    make_from_pages: MakeFromPages = _none  # after all others, from those
    bodies: Callable[[Any], tuple[str, ...]] = _none  # paths of the articles whose bodies it shows
    with_body: Callable[[Any, Document], Any] = _as_it_is  # its view, once one of them has changed
    sitemap_entry: Callable[[Any, str], Entry | None] = _unlisted  # of a view, with `base_url`
    worded: Callable[[Any, Messages], Any] = _as_it_is  # its view in the site's language


def _articles(given: PlanInput) -> Iterable[Page]:
    return article_pages(given.site, given.config, given.related, given.translations, given.memo)


def _lists(given: PlanInput) -> Iterable[Page]:
    dated = KINDS[ArchiveView].template in given.theme.templates
    return lists(given.site, given.config, dated, given.memo)


def _front(given: PlanInput) -> Iterable[Page]:
    others = in_other_languages(given.site, given.translated, given.config)
    return (front_page(given.site, given.config, others),)


def _feeds(given: PlanInput) -> Iterable[Page]:
    return chain(
        edition_feeds(given.site, given.config),
        feeds(given.site, given.config, given.memo),
    )


def _search(given: PlanInput) -> Iterable[Page]:
    if not has_search(given.theme, given.config):
        return ()
    return search_page(given.shards, given.config, given.preview)


def _sitemaps(given: PlanInput, pages: Sequence[Page]) -> Iterable[Page]:
    base = given.config.base_url.rstrip("/")
    entry = partial(_sitemap_entry, base=base)
    entries = given.memo.each("sitemap entries", entry, pages, base)
    return sitemaps(entries, given.site, given.config, given.memo)


def _sitemap_entry(page: Page, base: str) -> Entry | None:
    return kind_of(page).sitemap_entry(page.view, base)


KINDS: dict[type, PageKind] = {
    ArticleView: PageKind(
        "article.html",
        make=_articles,
        bodies=bodies.of_article,
        with_body=bodies.in_article,
        sitemap_entry=article_entry,
    ),
    ListView: PageKind("list.html", make=_lists, sitemap_entry=_listed, worded=titles.of_list),
    ArchiveView: PageKind(  # made with the lists
        "archive.html", optional=True, sitemap_entry=_listed, worded=titles.of_archive
    ),
    TermsView: PageKind(
        "terms.html",
        make=lambda given: term_indexes(given.site),
        sitemap_entry=_listed,
        worded=titles.translated,
    ),
    CorrectionsView: PageKind(
        "corrections.html",
        optional=True,
        make=lambda given: corrections(given.site, given.config.zone),
        sitemap_entry=_listed,
        worded=titles.translated,
    ),
    EditionView: PageKind(
        "edition.html",
        make=lambda given: edition_pages(given.site, given.config, given.memo),
        sitemap_entry=_listed,
    ),
    EditionsView: PageKind(
        "editions.html",
        make=lambda given: edition_index(given.site, given.config),
        sitemap_entry=_listed,
        worded=titles.translated,
    ),
    IssueView: PageKind(  # an EPUB has no template
        "email.html",
        make=lambda given: issue_pages(given.site, given.config, given.images),
        bodies=bodies.of_issue,
        with_body=bodies.in_issue,
    ),
    StoryView: PageKind(
        "story.html",
        make=lambda given: story_pages(given.site),
        sitemap_entry=_listed,
        worded=titles.of_story,
    ),
    RedirectView: PageKind("redirect.html", make=lambda given: redirects(given.site)),
    FrontView: PageKind("front.html", make=_front, sitemap_entry=_listed),
    PlainView: PageKind("404.html", make=lambda _: not_found_page(), worded=titles.translated),
    FeedView: PageKind(make=_feeds, bodies=bodies.of_feed, with_body=bodies.in_feed),
    OpmlView: PageKind(make=lambda given: opml(given.site, given.config)),
    ReservationView: PageKind(make=lambda given: reservation(given.config)),
    SearchView: PageKind("search.html", optional=True, make=_search, worded=titles.translated),
    OwnView: PageKind(  # its template is the plugin's choice
        make=lambda given: plugin_pages(given.site, given.theme.plugins), sitemap_entry=_listed
    ),
    NinjsView: PageKind(
        make_from_pages=lambda given, pages: records(pages, given.site, given.config, given.memo),
        bodies=bodies.of_record,
        with_body=bodies.in_record,
    ),
    SitemapView: PageKind(make_from_pages=_sitemaps),
    NewsView: PageKind(),  # made with the sitemaps, as is robots.txt
    RobotsView: PageKind(),
    TextView: PageKind(make=lambda given: site_texts(given.config)),
    ManifestView: PageKind(make=lambda given: (web_manifest(given.theme.options),)),
    SheetView: PageKind(make=lambda given: style_sheets(given.theme)),
}


def kind_of(page: Page) -> PageKind:
    """The kind of ``page``, by its view."""
    return KINDS[type(page.view)]


def made(kind: PageKind, given: PlanInput) -> Iterable[Page]:
    """The pages of one kind; none where the theme lacks its template and may."""
    missing = kind.optional and kind.template not in given.theme.templates
    return () if missing else kind.make(given)


def bodies_shown(page: Page) -> tuple[str, ...]:
    """The articles whose bodies ``page`` shows, by their path."""
    return kind_of(page).bodies(page.view)


def with_body(page: Page, document: Document) -> Page:
    """``page`` as it is planned once the body of ``document``, and nothing else, has changed."""
    if document.path not in bodies_shown(page):
        return page
    return _with_view(page, kind_of(page).with_body(page.view, document))


def worded(page: Page, say: Messages) -> Page:
    """``page`` with the titles that sitegen gives, and not the site, in the site's language."""
    return _with_view(page, kind_of(page).worded(page.view, say))


def _with_view(page: Page, view: Any) -> Page:
    return page if view is page.view else replace(page, view=view)
