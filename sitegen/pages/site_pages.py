"""The pages of the site itself, such as about and imprint.

Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sitegen.base.languages import direction
from sitegen.config.schema import Config
from sitegen.model.output import Page
from sitegen.model.site import Site
from sitegen.model.views import PageView, Translation
from sitegen.pages.articles import interface, permitted_body
from sitegen.pages.lists import output_path
from sitegen.pages.redirects import redirects

TEMPLATE = "page.html"


def site_pages(
    site: Site, config: Config, languages: Mapping[int, tuple[Translation, ...]]
) -> Callable[[int], Iterator[Page]]:
    """The function from the index of a page of the site to it, and to the redirects from its former
    URLs; ``languages`` has its translations."""

    def pages(index: int) -> Iterator[Page]:
        document = site.documents[index]
        view = page_view(site, index, config, languages.get(index, ()))
        template = document.template or TEMPLATE
        lang = interface(site, index, config)
        yield Page(output_path(view.url), template, view, document.path, 1, lang)
        yield from redirects(site, index)

    return pages


def page_view(
    site: Site, index: int, config: Config, translations: tuple[Translation, ...]
) -> PageView:
    """All that a page of the site may show."""
    d, card = site.documents[index], site.cards[index]
    lang = d.lang or config.language
    return PageView(
        title=d.title,
        url=card.url,
        id=d.id or d.path,
        date=d.date,
        dek=d.dek,
        summary=d.summary,
        authors=card.authors,
        updated=d.updated,
        image=d.image,
        canonical=d.canonical,
        rights=d.rights,
        lang=lang,
        dir=direction(lang),
        words=d.words,
        noindex=d.noindex,
        extra=d.extra,
        translations=translations,
        **permitted_body(d, config),
    )
