"""What all pages of a site show: title, navigation, options.

Pure.
"""

from __future__ import annotations

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
from sitegen.pages.menus import LostEntry, Menus, menus, places
from sitegen.pages.search import PAGE
from sitegen.site.resolve import section_link
from sitegen.site.taxonomies import taxonomies
from sitegen.theme.load import Theme

EMBED_SCRIPT = "embed.js"  # the same of pages with players of other hosts
SCRIPT = "search.js"  # the asset that only the search page asks for


def frame(site: Site, theme: Theme, config: Config) -> SiteContext:
    """What every page may show."""
    links = feed_links("site", "/", config)
    say = Messages(theme.messages)
    shown, _ = site_menus(site, theme, config)
    return SiteContext(
        title=config.title,
        base_url=config.base_url.rstrip("/"),
        language=config.language,
        dir=direction(config.language),
        timezone=config.timezone,
        description=config.description,
        author=config.author,
        nav=_sections(site, config),
        taxonomies=_taxonomies(site, config, say),
        feed=links[0].url if links else "",
        feeds=links,
        indexes=_indexes(site, theme, config, say),
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
        menus=shown,
        places=places(shown["main"]),
        bodies=BodyOptions(config.markdown.highlight, config.markdown.math, config.embeds),
    )


def site_menus(site: Site, theme: Theme, config: Config) -> tuple[Menus, list[LostEntry]]:
    """The menus of a site, and the entries of site.yaml that lead nowhere."""
    say = Messages(theme.messages)
    named = (
        *_taxonomies(site, config, say),
        *_indexes(site, theme, config, say),
        Link(say("Archive"), "/archive/"),
        Link(config.title, "/"),
    )
    return menus(site, config, _sections(site, config), named)


def _sections(site: Site, config: Config) -> tuple[Link, ...]:
    """The sections that have articles: those of site.yaml in its order, then by name."""
    present = {x.slug for x in site.listings if x.kind == "section"}
    order = [s for s in config.sections if s in present] + sorted(present - set(config.sections))
    return tuple(section_link(slug, config) for slug in order)


def _taxonomies(site: Site, config: Config, say: Messages) -> tuple[Link, ...]:
    """The indexes of the taxonomies that are in use."""
    kinds = {x.kind for x in site.listings}
    return tuple(
        Link(say(x.title), x.url) for kind, x in taxonomies(config).items() if kind in kinds
    )


def has_search(theme: Theme, config: Config) -> bool:
    """Whether the site has a search page."""
    return bool(config.search) and "search.html" in theme.templates


def _indexes(site: Site, theme: Theme, config: Config, say: Messages) -> tuple[Link, ...]:
    """Further pages that the site has."""
    present = {
        ("Search", PAGE): has_search(theme, config),
        ("Editions", INDEX): bool(site.editions),
        ("Corrections", "/corrections/"): "corrections.html" in theme.templates
        and bool(site.corrected),
    }
    return tuple(Link(say(name), url) for (name, url), there in present.items() if there)
