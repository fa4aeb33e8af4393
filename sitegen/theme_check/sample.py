"""A digest with every kind of page, made in memory, on which a theme is tried.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from jinja2 import ChainableUndefined
from msgspec.structs import replace

from sitegen.base.dates import moment
from sitegen.base.diagnostics import SitegenError
from sitegen.config.languages import languages_of
from sitegen.config.load import load_config
from sitegen.config.schema import Config
from sitegen.content.article import parse
from sitegen.model.article import Document, Image, Parsed
from sitegen.model.base import Struct
from sitegen.model.output import Page
from sitegen.model.site import Shown
from sitegen.model.views import Answers, IssueView, ListView, SiteContext
from sitegen.pages.plan import plan, translations_of
from sitegen.pages.queries import BUILT_IN, answers
from sitegen.pages.site_context import frames
from sitegen.plugins import named
from sitegen.site.editions import with_editions
from sitegen.site.related import related
from sitegen.site.resolve import resolve
from sitegen.site.stories import with_stories
from sitegen.theme.dependencies import template_data, template_queries
from sitegen.theme.load import Theme

NOW = "2026-11-24T12:00:00+00:00"
OF_A_KIND = 2  # pages of one template and kind that are tried: the first and the last
_SITE = """\
title: The Sample
base_url: https://sample.example/digest/
timezone: Europe/Lisbon
description: News from a town that does not exist
author: The Sample
language: {language}
pagination: 4
logo: /logo.png
sections:
  world: {{title: World, description: What happens elsewhere}}
  town: {{title: Town}}
sources:
  ledger:
    name: Eastport Ledger
    home: "https://ledger.example/"
    license: CC BY 4.0
    notice: By permission
    reserve: true
authors:
  ann:
    name: Ann Ames
    bio: "Writes about *ships*."
    photo: /ann.jpg
    links: ["https://ann.example/"]
    url: "https://ann.example/me"
editions: {{kind: weekly, email: true, sender: The Sample <desk@sample.example>}}
feeds: {{ninjs: true}}
mining: {{reserve: true, policy: /terms/}}
taxonomies: {{places: {{feed: true, profile: Place}}, series: {{ordered: true}}}}
search: true
languages:
  {other}: {{title: The Other Sample, sections: {{world: {{title: Elsewhere}}}}}}
menus:
  main:
  - world
  - about
  - title: More
    entries: [town, {{url: "https://shop.example/", title: Shop}}]
"""
_BARE = (
    "title: S\nbase_url: https://s.example/\ntimezone: UTC\nlanguage: {language}\nfeeds: {{formats:"
    " []}}\nstories: {{kind: none}}\n"
)
_IMAGE = (
    "{src: /a.jpg, alt: Cranes, caption: Cranes at dusk, creator: Cy Dee, credit: Agency,"
    " copyright: 2026, license: CC BY 4.0}"
)
_RICH = f"""\
dek: A line below the headline
authors: [{{name: Ann Ames, role: reporting, org: The Sample}}, {{name: Bo Beck, url: "https://bo.example/"}}]
credits: [{{role: photo, name: Cy Dee, org: Agency, url: "https://cy.example/"}}, Di Eve]
updated: 2026-11-23
dateline: PORT SALM
image: {_IMAGE}
source: {{name: Eastport Ledger, url: "https://ledger.example/quay", license: CC BY 4.0}}
rights: {{holder: Eastport Ledger, notice: By permission, license: "https://creativecommons.org/licenses/by/4.0/"}}
corrections: [{{date: 2026-11-22, text: The quay is the ninth}}]
summary: What the article is about
comment: {{text: Worth a walk, by: Di Eve}}
aliases: [/old/quay/]
id: rich
story: quay
lead: true
tags: [quay, cranes]
places: [Salm/Port, Vantry]
series: The quay
"""
_ARTICLES = {
    "world/rich": _RICH,
    "town/same-story": (
        "authors: [Bo Beck]\nsource: {name: Vantry Post, url:"
        ' "https://vantry.example/quay"}\nstory: quay\ntags: [quay]\n'
        "places: [Salm/Town]\nseries: The quay\n"
    ),
    "world/excerpt": (
        'source: {name: Vantry Post, url: "https://vantry.example/2"}\nrights: {show: excerpt,'
        " words: 3}\ntags: [quay]\n"
    ),
    "world/link": (
        'authors: [Ann Ames]\nsource: {url: "https://vantry.example/3"}\nrights: {show: link}\n'
        "comment: Read it\n"
    ),
    "world/withdrawn": "authors: [Ann Ames]\nstatus: withdrawn\ntags: [quay]\n",
    "town/arabic": "authors: [Ann Ames]\nlang: ar\ntranslation_of: rich\n",
    "town/japanese": (
        "authors: [Ann Ames, Bo Beck, Cy Dee]\nlang: ja\ntranslation_of: rich\ncorrections: [{date:"
        " 2026-11-20, text: One}]\n"
    ),
    "arts/alone": (
        f"authors: [Ann Ames]\nimage: {_IMAGE}\ntags:"
        f" [{', '.join(f'{a}{b}' for a in 'abcdefgh' for b in 'abcdef')}]\n"
    ),
}
_PAGES = {
    "pages/about": f"dek: Who we are\nupdated: 2026-11-23\nid: about\nimage: {_IMAGE}\n",
    "pages/legal/terms": "status: withdrawn\n",
}
_MANY = 26  # more ordinary articles: several pages of a list, and more than a front page shows


class SampleSite(Struct, frozen=True):
    """Pages to try a theme with, and what they are rendered from; ``bodies`` is by the path of an
    article."""

    pages: tuple[Page, ...]
    bodies: dict[str, str]
    frame: SiteContext
    answers: Answers


def samples(theme: Theme, language: str = "en") -> Iterator[SampleSite]:
    """A digest with everything, in each of its two languages; one with a single plain article, and
    one without articles.

    Raises SitegenError for a plugin that fails. Unknown queries are reported by
    `check_templates`.
    """
    other = "ar" if language == "en" else "en"
    settings = _SITE.format(language=language, other=other)
    yield from _sample(theme, settings, _articles("page.html" in theme.templates))
    bare = _BARE.format(language="ar" if language == "en" else language)
    plain = "---\ntitle: A\ndate: 2026-11-01\nauthors: [A]\n---\n"
    yield from _sample(theme, bare, {"content/news/a.md": plain})
    yield from _sample(theme, bare, {})


def _articles(with_pages: bool) -> dict[str, str]:
    more = {
        f"{'town' if n % 3 else 'world'}/more-{n}": "tags: [quay]\nauthors: [Ann Ames, Bo Beck]\n"
        for n in range(_MANY)
    }
    out = {}
    given = {**more, **_ARTICLES, **(_PAGES if with_pages else {})}
    for number, (name, head) in enumerate(given.items()):
        day, title = 1 + number % 23, name.partition("/")[2].capitalize()
        image = f"image: {_IMAGE}\n" if number < _MANY and number % 4 == 0 else ""
        date = (
            f"2026-11-{day:02}T{number % 24:02}:00:00+01:00" if number % 5 else f"2026-10-{day:02}"
        )
        text = (
            f"The text of the article {title}, which is long enough to be cut.\n\n## Below\n\nMore"
            " of it."
        )
        out[f"content/{name}.md"] = (
            f"---\ntitle: {title}\ndate: {date}\n{head}{image}---\n\n{text}\n"
        )
    return out


def _sample(theme: Theme, settings: str, articles: dict[str, str]) -> Iterator[SampleSite]:
    """The pages of a site in each of its languages."""
    config = load_config(settings)
    theme = replace(theme, tongues={lang: {} for lang in languages_of(config)[1:]})
    read = _read(articles, config)
    documents = [_measured(n, one.document) for n, one in enumerate(read) if one.document]
    site, _ = resolve(documents, config, moment(NOW), Shown())
    site = with_stories(site, config, theme.templates)
    site, _ = with_editions(site, config, (), theme.templates)
    whole, _ = plan(site, theme, config, (), (), kin=related(site, config).found)
    found = replace(answers(site, _known_queries(theme), theme.plugins), data=_any_data(theme))
    bodies = {one.path: one.html for one in read}
    contexts = frames(site, theme, config, translations_of(site))
    for lang, context in contexts.items():
        pages = tuple(page for page in whole.viewed() if page.lang == lang)
        yield SampleSite(tuple(_few(pages)), bodies, context, found)


def _read(articles: dict[str, str], config: Config) -> list[Parsed]:
    """Articles by their paths, as a build reads them. Raises SitegenError for those that it would
    not publish."""
    read = [parse(text.encode(), path, config) for path, text in articles.items()]
    if errors := [d for one in read for d in one.diagnostics if d.level == "error"]:
        raise SitegenError(errors)
    return read


def _known_queries(theme: Theme) -> dict[str, str]:
    """The queries of each template, without those that do not exist, which are reported."""
    known = {*BUILT_IN, *named(theme.plugins, "queries")}
    asked = template_queries(theme.templates)
    return {
        name: " ".join(query for query in queries.split() if query in known)
        for name, queries in asked.items()
    }


def _any_data(theme: Theme) -> dict[str, ChainableUndefined]:
    """The data files that a theme uses: it cannot know those of a site, so any value is right."""
    used = " ".join(template_data(theme.templates).values()).split()
    return {name: ChainableUndefined(name=name) for name in used}


def _measured(number: int, document: Document) -> Document:
    """``document``, whose image has a known size and smaller files, as most have."""
    if not document.image or number % 8 == 0:
        return document
    image: Image = msgspec.structs.replace(
        document.image, width=1200, height=800, widths=(("/a-360.jpg", 360), ("/a-720.jpg", 720))
    )
    return msgspec.structs.replace(document, image=image)


def _few(pages: tuple[Page, ...]) -> Iterator[Page]:
    """The pages made from templates: all articles, and of lists and the like the first and the last
    of each kind."""
    groups: dict[tuple[str, ...], list[Page]] = {}
    for page in pages:
        if _is_from_template(page):
            groups.setdefault(_kind(page), []).append(page)
    for group in groups.values():
        yield from group if len(group) <= OF_A_KIND else (group[0], group[-1])


def _is_from_template(page: Page) -> bool:
    """Whether a page is HTML; e-mails have a form for readers without HTML."""
    if isinstance(page.view, IssueView):
        return bool(page.template) and page.view.format == "html"
    return bool(page.template)


def _kind(page: Page) -> tuple[str, ...]:
    """What pages of one kind have in common; each article is one of its own."""
    is_article = page.template == "article.html" and "/more-" not in page.origin
    is_numbered = isinstance(page.view, ListView) and bool(page.view.number)
    kind = getattr(page.view, "kind", "")
    return page.template, str(kind), str(is_numbered), page.origin if is_article else ""
