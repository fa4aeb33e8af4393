"""What all pages of a site show: title, navigation, options.

Pure.
"""

from __future__ import annotations

from sitegen import __version__
from sitegen.base.gettext import Messages
from sitegen.base.l10n import language_name
from sitegen.base.languages import direction
from sitegen.config.content_policy import content_policy
from sitegen.config.languages import folder_of, languages_of, settings_in
from sitegen.config.schema import Config
from sitegen.images.icons import LARGE
from sitegen.images.share_cards import site_image
from sitegen.model.site import Link, Site
from sitegen.model.views import (
    BodyOptions,
    LanguageLink,
    Reservation,
    SiteContext,
)
from sitegen.pages.editions import INDEX
from sitegen.pages.feeds import feed_links
from sitegen.pages.icons import MANIFEST, icon_links
from sitegen.pages.menus import NONE, Groups, LostEntry, MenuInput, Menus, menus, places
from sitegen.pages.search import search_url
from sitegen.site.resolve import section_link
from sitegen.site.taxonomies import taxonomies
from sitegen.theme.load import Theme

EMBED_SCRIPT = "embed.js"  # the same of pages with players of other hosts
DESK_SCRIPT = "desk.js"  # of front pages that look for news while they are open
SCRIPT = "search.js"  # the asset that only the search page asks for


def frames(site: Site, theme: Theme, config: Config, translated: Groups) -> dict[str, SiteContext]:
    """What every page may show, in each language of the site; its own is the empty one.
    ``translated`` has the translations of each original."""
    others = languages_of(config)[1:]
    return {lang: frame(site, theme, config, translated, lang) for lang in ("", *others)}


def frame(
    site: Site, theme: Theme, config: Config, translated: Groups = NONE, lang: str = ""
) -> SiteContext:
    """What every page may show in one language of the site, by default its own."""
    usual, config = config, settings_in(lang or config.language, config)
    home = f"/{folder_of(config.language, usual)}"
    links = feed_links("site", home, config)
    messages = theme.words()[lang]
    say = Messages(messages)
    shown, _ = site_menus(site, theme, usual, translated, lang)
    return SiteContext(
        title=config.title,
        base_url=config.base_url.rstrip("/"),
        language=config.language,
        dir=direction(config.language),
        timezone=config.timezone,
        description=config.description,
        author=config.author,
        nav=_sections(site, config, lang),
        taxonomies=_taxonomies(site, config, say),
        feed=links[0].url if links else "",
        feeds=links,
        indexes=_indexes(site, theme, usual, say, lang),
        search=search_url(config.language, usual) if has_search(theme, config) else "",
        messages=dict(messages),
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
        home=home,
        languages=_languages(usual),
        bodies=BodyOptions(config.markdown.highlight, config.markdown.math, config.embeds),
    )


def site_menus(
    site: Site, theme: Theme, config: Config, translated: Groups, lang: str = ""
) -> tuple[Menus, list[LostEntry]]:
    """The menus in one language of the site, and the entries of site.yaml that lead nowhere."""
    say = Messages(theme.words()[lang])
    words = settings_in(lang or config.language, config)
    named = (
        *_taxonomies(site, config, say),
        *_indexes(site, theme, config, say, lang),
        Link(say("Archive"), "/archive/"),
        Link(words.title, f"/{folder_of(words.language, config)}"),
    )
    around = MenuInput(lang, _sections(site, words, lang), named, translated)
    return menus(site, config, words.menus, around)


def _languages(config: Config) -> tuple[LanguageLink, ...]:
    """The languages of a site that has several, each with its front page."""
    several = languages_of(config)
    return tuple(
        LanguageLink(lang, language_name(lang), f"/{folder_of(lang, config)}", direction(lang))
        for lang in (several if len(several) > 1 else ())
    )


def _sections(site: Site, config: Config, lang: str) -> tuple[Link, ...]:
    """The sections that have articles in a language: those of site.yaml in its order, then by
    name."""
    present = {
        x.slug.rpartition("/")[2]: x.url
        for x in site.listings
        if x.kind == "section" and x.lang == lang
    }
    order = [s for s in config.sections if s in present]
    slugs = (*order, *sorted(present.keys() - set(order)))
    return tuple(Link(section_link(slug, config, lang).name, present[slug]) for slug in slugs)


def _taxonomies(site: Site, config: Config, say: Messages) -> tuple[Link, ...]:
    """The indexes of the taxonomies that are in use."""
    kinds = {x.kind for x in site.listings}
    return tuple(
        Link(say(x.title), x.url) for kind, x in taxonomies(config).items() if kind in kinds
    )


def has_search(theme: Theme, config: Config) -> bool:
    """Whether the site has a search page."""
    return bool(config.search) and "search.html" in theme.templates


def _indexes(
    site: Site, theme: Theme, config: Config, say: Messages, lang: str
) -> tuple[Link, ...]:
    """Further pages that the site has."""
    corrected = "corrections.html" in theme.templates and bool(site.corrected)
    present = {
        ("Search", search_url(lang or config.language, config)): has_search(theme, config),
        ("Editions", INDEX): bool(site.editions),
        ("Corrections", "/corrections/"): corrected,
    }
    return tuple(Link(say(name), url) for (name, url), there in present.items() if there)
