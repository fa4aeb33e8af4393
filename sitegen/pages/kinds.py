"""The kinds of pages: which there are, what makes each, and what else the build asks about it.

A new kind of page is one row of `KINDS`, one of `FAMILIES`, and the functions that they name. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from sitegen.base.gettext import Messages
from sitegen.config.languages import languages_of
from sitegen.config.schema import Config
from sitegen.model.base import Struct
from sitegen.model.output import Key, Page
from sitegen.model.site import Site
from sitegen.model.views import (
    ArchiveView,
    ArticleView,
    CorrectionsView,
    EditionsView,
    EditionView,
    EpubImage,
    FeedView,
    FrontView,
    GoneView,
    IssueView,
    ListView,
    ManifestView,
    NewsView,
    NinjsView,
    OpmlView,
    OwnView,
    PageView,
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
from sitegen.pages.editions import (
    Tongues,
    edition_feeds,
    edition_page,
    fed_series,
    index_keys,
    index_pages,
)
from sitegen.pages.feeds import fed_listings, feed_pages, opml, reservation
from sitegen.pages.front import FrontInput, front_page
from sitegen.pages.icons import web_manifest
from sitegen.pages.lists import (
    all_listings,
    blocks,
    corrections,
    list_pages,
    month_page,
    months,
    term_index,
    year_page,
)
from sitegen.pages.not_found import not_found_page
from sitegen.pages.plugin_pages import plugin_pages
from sitegen.pages.search import search_pages
from sitegen.pages.site_context import has_search
from sitegen.pages.site_pages import TEMPLATE, site_pages
from sitegen.pages.site_texts import site_texts
from sitegen.pages.sitemaps import Entry, article_entry
from sitegen.pages.stories import story_page
from sitegen.pages.translations import shown_instead
from sitegen.site.taxonomies import taxonomies
from sitegen.theme.load import Theme

PagesOf = Callable[..., Iterable[Page]]  # the pages of one family, by the parts of its key


class PlanInput(Struct, frozen=True):
    """All that pages are made from."""

    site: Site
    theme: Theme
    config: Config
    related: Sequence[tuple[int, ...]]  # of each article
    translated: Mapping[int, list[int]]  # original -> its translations
    translations: dict[int, tuple[Translation, ...]]
    shards: tuple[Shard, ...] = ()  # of the search index
    images: Mapping[str, EpubImage] = {}  # the site's own, by URL, for editions
    preview: bool = False

    def has(self, template: str) -> bool:
        """Whether the theme has ``template``."""
        return template in self.theme.templates


class PageFamily(Struct, frozen=True):
    """Pages that are planned together, such as one article's or those of one month.

    ``keys`` gives the key of every family of this name, ``pages`` the function from a key to its
    pages, of which there are none where nothing has that key. A family is left out where the theme
    lacks the template that it ``needs``.
    """

    keys: Callable[[PlanInput], Iterable[Key]]
    pages: Callable[[PlanInput], PagesOf]
    needs: str = ""


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

    ``template`` is empty for kinds that a serialiser in `render/` writes.
    """

    template: str = ""
    bodies: Callable[[Any], tuple[str, ...]] = _none  # paths of the articles whose bodies it shows
    sitemap_entry: Callable[[Any, str], Entry | None] = _unlisted  # of a view, with `base_url`
    worded: Callable[[Any, Messages], Any] = _as_it_is  # its view in the site's language


KINDS: dict[type, PageKind] = {
    ArticleView: PageKind("article.html", bodies.of_article, article_entry),
    PageView: PageKind(TEMPLATE, bodies.of_article, article_entry),
    ListView: PageKind("list.html", sitemap_entry=_listed, worded=titles.of_list),
    ArchiveView: PageKind("archive.html", sitemap_entry=_listed, worded=titles.of_archive),
    TermsView: PageKind("terms.html", sitemap_entry=_listed, worded=titles.translated),
    CorrectionsView: PageKind("corrections.html", sitemap_entry=_listed, worded=titles.translated),
    EditionView: PageKind("edition.html", sitemap_entry=_listed),
    EditionsView: PageKind("editions.html", sitemap_entry=_listed, worded=titles.translated),
    IssueView: PageKind("email.html", bodies.of_issue),  # an EPUB has no template
    StoryView: PageKind("story.html", sitemap_entry=_listed, worded=titles.of_story),
    RedirectView: PageKind("redirect.html"),
    GoneView: PageKind("gone.html", worded=titles.translated),
    FrontView: PageKind("front.html", sitemap_entry=_listed),
    PlainView: PageKind("404.html", worded=titles.translated),
    FeedView: PageKind(bodies=bodies.of_feed),
    OpmlView: PageKind(),
    ReservationView: PageKind(),
    SearchView: PageKind("search.html", worded=titles.translated),
    OwnView: PageKind(sitemap_entry=_listed),  # its template is the plugin's choice
    NinjsView: PageKind(bodies=bodies.of_record),
    SitemapView: PageKind(),
    NewsView: PageKind(),
    RobotsView: PageKind(),
    TextView: PageKind(),
    ManifestView: PageKind(),
    SheetView: PageKind(),
}


# Which pages there are ------------------------------------------------------------------------
def _one(pages: Callable[[PlanInput], Iterable[Page]], needs: str = "") -> PageFamily:
    """A family of which there is one."""
    return PageFamily(lambda _: ((),), lambda given: lambda: pages(given), needs)


def _article_family(given: PlanInput) -> PagesOf:
    index = {path: i for i, path in enumerate(given.site.paths)}
    articles = article_pages(given.site, given.config, given.related, given.translations)
    pages = site_pages(given.site, given.config, given.translations)

    def pages_of(path: str) -> Iterable[Page]:
        if path not in index:
            return ()
        number = index[path]
        return pages(number) if number in given.site.pages else articles(number)

    return pages_of


def _list_keys(given: PlanInput) -> Iterator[Key]:
    for x in all_listings(given.site, given.has("archive.html")):
        for number in range(blocks(len(x.documents), given.config.pagination) + 1):
            yield x.kind, x.slug, number


def _list_family(given: PlanInput) -> PagesOf:
    dated, size = given.has("archive.html"), given.config.pagination
    listings = {(x.kind, x.slug): x for x in all_listings(given.site, dated)}
    page = list_pages(given.site, given.config, dated)

    def pages(kind: str, slug: str, number: int) -> Iterable[Page]:
        listing = listings.get((kind, slug))
        exists = listing and number <= blocks(len(listing.documents), size)
        return (page(listing, number),) if listing and exists else ()

    return pages


def _month_family(given: PlanInput) -> PagesOf:
    by_month = months(given.site)
    return lambda month: (
        (month_page(given.site, month, by_month[month]),) if month in by_month else ()
    )


def _year_keys(given: PlanInput) -> Iterable[Key]:
    return dict.fromkeys((month[:4],) for month in months(given.site))


def _year_family(given: PlanInput) -> PagesOf:
    by_month = months(given.site)
    years = {month[:4] for month in by_month}
    return lambda year: (year_page(year, by_month),) if year in years else ()


def _feed_family(given: PlanInput) -> PagesOf:
    listings = {(x.kind, x.slug): x for x in fed_listings(given.site, given.config)}
    pages = feed_pages(given.site, given.config)
    return lambda kind, slug: pages(listings[kind, slug]) if (kind, slug) in listings else ()


def _edition_keys(given: PlanInput) -> Iterable[Key]:
    return ((edition.key,) for edition in given.site.editions)


def _edition_family(given: PlanInput) -> PagesOf:
    site, config = given.site, given.config
    numbers = {edition.key: n for n, edition in enumerate(site.editions)}
    instead = shown_instead(site, given.translated, config, config.language)
    tongues = Tongues(instead, given.translations)
    return lambda key: (
        (edition_page(site, config, numbers[key], tongues),) if key in numbers else ()
    )


def _issue_family(given: PlanInput) -> PagesOf:
    editions = {edition.key: edition for edition in given.site.editions}
    return lambda key: (
        issue_pages(given.site, given.config, editions[key], given.images)
        if key in editions
        else ()
    )


def _index_family(given: PlanInput) -> PagesOf:
    keys = frozenset(index_keys(given.site, given.config))
    page = index_pages(given.site, given.config)
    return lambda slug, number: (page(slug, number),) if (slug, number) in keys else ()


def _story_family(given: PlanInput) -> PagesOf:
    stories = {story.slug: story for story in given.site.stories}
    return lambda slug: (story_page(given.site, stories[slug]),) if slug in stories else ()


def _terms_family(given: PlanInput) -> PagesOf:
    known = taxonomies(given.config)
    return lambda kind: term_index(given.site, known.get(kind), given.config)


def _front(given: PlanInput) -> Iterable[Page]:
    site, config = given.site, given.config
    pictures = bool(given.theme.options.get("show_images", True))
    for lang in languages_of(config):
        instead = shown_instead(site, given.translated, config, lang)
        made_from = FrontInput(lang, instead, given.translations, pictures)
        yield front_page(site, config, made_from)


def _search(given: PlanInput) -> Iterable[Page]:
    if not has_search(given.theme, given.config):
        return ()
    return search_pages(given.shards, given.config, given.preview)


FAMILIES: dict[str, PageFamily] = {
    "article": PageFamily(lambda given: ((path,) for path in given.site.paths), _article_family),
    "list": PageFamily(_list_keys, _list_family),
    "month": PageFamily(
        lambda given: ((month,) for month in months(given.site)), _month_family, "archive.html"
    ),
    "year": PageFamily(_year_keys, _year_family, "archive.html"),
    "terms": PageFamily(
        lambda given: ((kind,) for kind in taxonomies(given.config)),
        _terms_family,
    ),
    "corrections": _one(
        lambda given: corrections(given.site, given.config.zone), "corrections.html"
    ),
    "edition": PageFamily(_edition_keys, _edition_family),
    "editions": PageFamily(lambda given: index_keys(given.site, given.config), _index_family),
    "issue": PageFamily(_edition_keys, _issue_family),
    "story": PageFamily(
        lambda given: ((story.slug,) for story in given.site.stories), _story_family
    ),
    "front": _one(_front),
    "404": _one(lambda _: not_found_page()),
    "edition feed": PageFamily(
        lambda given: ((slug,) for slug in fed_series(given.config)),
        lambda given: lambda slug: edition_feeds(given.site, given.config, slug),
    ),
    "feed": PageFamily(
        lambda given: ((x.kind, x.slug) for x in fed_listings(given.site, given.config)),
        _feed_family,
    ),
    "opml": _one(lambda given: opml(given.site, given.config)),
    "reservation": _one(lambda given: reservation(given.config)),
    "search": _one(_search, "search.html"),
    "plugins": _one(lambda given: plugin_pages(given.site, given.theme.plugins)),
    "texts": _one(lambda given: site_texts(given.config)),
    "manifest": _one(lambda given: (web_manifest(given.theme.options),)),
    "sheets": _one(lambda given: style_sheets(given.theme)),
}


def all_keys(given: PlanInput) -> Iterator[Key]:
    """The key of every family of pages, each with the name of the family before it."""
    for name, family in FAMILIES.items():
        if not family.needs or given.has(family.needs):
            for key in family.keys(given):
                yield name, *key


def pages_by_key(given: PlanInput) -> Callable[[Key], Iterable[Page]]:
    """The function from what `all_keys` gives to the pages of that family: the only way to them."""
    made: dict[str, PagesOf] = {}

    def pages(key: Key) -> Iterable[Page]:
        name, *parts = key
        family = FAMILIES[str(name)]
        if family.needs and not given.has(family.needs):
            return ()
        if name not in made:
            made[str(name)] = family.pages(given)
        return made[str(name)](*parts)

    return pages


def kind_of(page: Page) -> PageKind:
    """The kind of ``page``, by its view."""
    return KINDS[type(page.view)]


def bodies_shown(page: Page) -> tuple[str, ...]:
    """The articles whose bodies ``page`` shows, by their path."""
    return kind_of(page).bodies(page.view)


def worded(page: Page, say: Messages) -> Page:
    """``page`` with the titles that sitegen gives, and not the site, in the site's language."""
    return _with_view(page, kind_of(page).worded(page.view, say))


def _with_view(page: Page, view: Any) -> Page:
    return page if view is page.view else replace(page, view=view)
