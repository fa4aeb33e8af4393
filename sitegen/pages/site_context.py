"""What all pages of a site show: title, navigation, options.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitegen import __version__
from sitegen.base.gettext import Messages
from sitegen.base.languages import direction
from sitegen.config.content_policy import content_policy
from sitegen.config.schema import Config
from sitegen.images.icons import LARGE
from sitegen.images.share_cards import site_image
from sitegen.model.site import Link, Site
from sitegen.model.views import (
    BodyOptions,
    Reservation,
    SiteContext,
)
from sitegen.pages.editions import INDEX
from sitegen.pages.feeds import feed_links
from sitegen.pages.icons import MANIFEST, icon_links
from sitegen.pages.search import PAGE
from sitegen.site.resolve import TAXONOMIES, section_link
from sitegen.theme.load import Theme

EMBED_SCRIPT = "embed.js"  # the same of pages with players of other hosts
SCRIPT = "search.js"  # the asset that only the search page asks for


def frame(site: Site, theme: Theme, config: Config) -> SiteContext:
    """What every page may show."""
    present = {x.slug for x in site.listings if x.kind == "section"}
    order = [s for s in config.sections if s in present] + sorted(present - set(config.sections))
    kinds = {x.kind for x in site.listings}
    links = feed_links("site", "/", config)
    say = Messages(theme.messages)
    return SiteContext(
        title=config.title,
        base_url=config.base_url.rstrip("/"),
        language=config.language,
        dir=direction(config.language),
        timezone=config.timezone,
        description=config.description,
        author=config.author,
        nav=tuple(section_link(slug, config) for slug in order),
        taxonomies=tuple(
            Link(say(title), url) for kind, (title, url) in TAXONOMIES.items() if kind in kinds
        ),
        feed=links[0].url if links else "",
        feeds=links,
        indexes=tuple(Link(say(x.name), x.url) for x in _indexes(site, theme, config)),
        search=PAGE if has_search(theme, config) else "",
        messages=dict(theme.messages),
        logo=config.logo or (f"/{LARGE}" if config.icon else ""),
        share=site_image(config, theme.options)[0],
        tdm=Reservation(config.mining.policy) if config.mining.reserve else None,
        theme_options=theme.options,
        assets=theme.asset_paths,
        styles=theme.styles,
        generator=f"sitegen {__version__}",
        policy=content_policy(config),
        ids=config.feeds.ids,
        icons=icon_links(config, theme.asset_paths),
        manifest=MANIFEST,
        noindex=config.noindex,
        bodies=BodyOptions(config.markdown.highlight, config.markdown.math, config.embeds),
    )


def has_search(theme: Theme, config: Config) -> bool:
    """Whether the site has a search page."""
    return bool(config.search) and "search.html" in theme.templates


def _indexes(site: Site, theme: Theme, config: Config) -> Iterator[Link]:
    if has_search(theme, config):
        yield Link("Search", PAGE)
    if site.editions:
        yield Link("Editions", INDEX)
    if "corrections.html" in theme.templates and site.corrected:
        yield Link("Corrections", "/corrections/")
