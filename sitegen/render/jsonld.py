"""What pages say of themselves to machines: schema.org as JSON-LD.

Pure.
"""

from __future__ import annotations

from typing import Any

from sitegen.base.dates import rfc3339
from sitegen.base.licences import licence_url
from sitegen.base.text import href
from sitegen.model.article import Image, Person
from sitegen.model.site import Link
from sitegen.model.views import (
    ArticleView,
    EditionView,
    FrontView,
    ListView,
    PageView,
    Profile,
    SeriesPart,
    SiteContext,
    Term,
    Translation,
    View,
)
from sitegen.render.feeds import RenderTools
from sitegen.site.taxonomies import media_topic

TRANSLATION = frozenset(("translation", "translator", "translated by"))


def structured(view: View, r: RenderTools) -> list[dict[str, Any]]:
    """The things that a page is about; none for kinds of pages that say nothing of themselves, and
    for tombstones."""
    match view:
        case ArticleView(withdrawn=False):
            return [
                news_article(view, r),
                _breadcrumbs(r, view.section, Link(view.title, view.url)),
            ]
        case PageView(withdrawn=False):
            return [web_page(view, r), _breadcrumbs(r, Link(view.title, view.url))]
        case FrontView():
            return [
                {
                    "@type": "WebSite",
                    "name": r.frame.title,
                    "url": r.absurl(r.frame.home),
                    "inLanguage": r.frame.language,
                },
                publisher(r),
            ]
        case EditionView():
            return [
                _edition(view, r),
                _breadcrumbs(
                    r,
                    Link("Editions", "/editions/"),
                    *((view.series,) if view.series else ()),
                    Link(view.title, view.url),
                ),
            ]
        case ListView(kind="author"):
            return [
                _profile(view, r),
                _breadcrumbs(r, *(view.parent,) if view.parent else (), Link(view.title, view.url)),
            ]
        case ListView(kind="archive" | "day"):
            return []
        case ListView():
            above = (view.parent,) if view.parent else ()
            places = (*above, Link(view.title, view.url))
            return [*_subject(view, r), _breadcrumbs(r, *places)]
    return []


def web_page(view: PageView, r: RenderTools) -> dict[str, Any]:
    """A page of the site itself.

    Source: https://schema.org/WebPage
    """
    image = view.share or view.image
    changed = view.updated or view.date
    return _given(
        {
            "@type": "WebPage",
            "@id": r.absurl(view.url) + "#page",
            "name": view.title,
            "description": view.summary,
            "url": r.absurl(view.url),
            "inLanguage": view.lang,
            "dateModified": rfc3339(changed, r.zone) if changed else "",
            "primaryImageOfPage": image_object(image, r) if image else None,
            "publisher": publisher(r),
            "isPartOf": {"@type": "WebSite", "name": r.frame.title, "url": r.absurl("/")},
        }
    )


def news_article(view: ArticleView, r: RenderTools) -> dict[str, Any]:
    """A NewsArticle with every author, the source, the rights and the credits.

    Source: https://schema.org/NewsArticle
    """
    page = href(view.canonical) if view.canonical else r.absurl(view.url)
    source = _given(
        {
            "@type": "Organization",
            "name": view.source.name,
            "url": r.absurl(view.source_page) if view.source_page else "",
        }
    )
    translators = [_person(p, r) for p in view.credits if p.role.lower() in TRANSLATION]
    authors = [
        _author(a.name, a.url, a.role, a.org, r) | _elsewhere(view.same_as.get(a.name, ()))
        for a in view.authors
    ]
    helpers = [_person(p, r) for p in view.credits if p.role.lower() not in TRANSLATION]
    # a card is drawn where the article has no image that previews can show
    image = view.share or view.image
    return _given(
        {
            "@type": "NewsArticle",
            "@id": r.absurl(view.url) + "#article",
            "headline": view.title,
            "alternativeHeadline": view.dek,
            "description": view.summary,
            "url": r.absurl(view.url),
            "mainEntityOfPage": {"@type": "WebPage", "@id": page},
            "datePublished": rfc3339(view.date, r.zone),
            "dateModified": rfc3339(view.updated or view.date, r.zone),
            "author": authors or ([source] if view.source.name else []),
            "contributor": helpers,
            "translator": translators,
            "publisher": publisher(r),
            "sourceOrganization": source if view.source.name else None,
            "isBasedOn": href(view.source.url),
            "isPartOf": [
                *_issue(view, r),
                *(_series(part, r) for part in view.series),
                {"@type": "WebSite", "name": r.frame.title, "url": r.absurl("/")},
            ],
            "image": image_object(image, r) if image else None,
            "articleSection": view.section.name,
            "genre": view.genre,
            "about": [_thing(term, r) for term in _terms_of(view)],
            "keywords": [term.name for term in _terms_of(view)],
            "inLanguage": view.lang,
            "isAccessibleForFree": True,
            "comment": _comment(view, r),
            "dateline": view.dateline,
            "locationCreated": {"@type": "Place", "name": view.dateline} if view.dateline else None,
            "copyrightHolder": (
                {"@type": "Organization", "name": view.rights.holder}
                if view.rights.holder
                else None
            ),
            **_terms(view.rights.notice, view.rights.license),
            "correction": [
                {
                    "@type": "CorrectionComment",
                    "text": c.text,
                    "datePublished": rfc3339(c.date, r.zone),
                }
                for c in view.corrections
            ],
            **_translations(view, r),
        }
    )


def _terms_of(view: ArticleView) -> tuple[Term, ...]:
    """The tags of an article, then its other terms, without the series that it is a part of."""
    series = {part.url for part in view.series}
    others = (term for group in view.terms for term in group.terms)
    return (*view.tags, *(term for term in others if term.url not in series))


def _thing(term: Term, r: RenderTools) -> dict[str, Any]:
    """What a term means, with its code in the Media Topics of IPTC."""
    same = (media_topic(term.medtop),) if term.medtop else ()
    thing = {"@type": term.type or "Thing", "name": term.name, "url": r.absurl(term.url)}
    return thing | _elsewhere(same)


def _series(part: SeriesPart, r: RenderTools) -> dict[str, Any]:
    """A series as what an article is a part of (https://schema.org/CreativeWorkSeries)."""
    url = r.absurl(part.url)
    return {"@type": "CreativeWorkSeries", "@id": f"{url}#series", "name": part.name, "url": url}


def _subject(view: ListView, r: RenderTools) -> list[dict[str, Any]]:
    """What the list of a term is about, where that is more than a name."""
    if not (view.thing or view.medtop):
        return []
    known = view.profile or Profile()
    codes = (media_topic(view.medtop),) if view.medtop else ()
    thing = {"@type": view.thing or "Thing", "name": view.title, "description": view.description}
    photo = {"image": r.absurl(known.photo.src) if known.photo else ""}
    pages = (*((view.home,) if view.home else ()), *known.links, *codes)
    about = _given(thing | photo | _elsewhere(pages))
    return [{"@type": "CollectionPage", "url": r.absurl(view.url), "about": about}]


def publisher(r: RenderTools) -> dict[str, Any]:
    """The digest as its publisher, with its logo."""
    logo = r.frame.logo or _icon(r.frame)
    return _given(
        {
            "@type": "NewsMediaOrganization",
            "@id": r.absurl("/") + "#publisher",
            "name": r.frame.title,
            "url": r.absurl("/"),
            "description": r.frame.description,
            "logo": {"@type": "ImageObject", "url": r.absurl(logo)} if logo else None,
        }
    )


def image_object(image: Image, r: RenderTools) -> dict[str, Any]:
    """An ImageObject with its credit (https://schema.org/creditText) and rights."""
    return _given(
        {
            "@type": "ImageObject",
            "url": r.absurl(image.src),
            "contentUrl": r.absurl(image.src),
            "width": image.width,
            "height": image.height,
            "caption": image.caption or image.alt,
            "creditText": image.credit or image.creator,
            "creator": {"@type": "Person", "name": image.creator} if image.creator else None,
            **_terms(image.copyright, image.license),
        }
    )


def _terms(notice: str, license: str) -> dict[str, str]:
    """The notice and the licence, which must be a URL; one that has none is part of the notice.

    Source: https://schema.org/license
    """
    url = licence_url(license)
    words = [notice, "" if url or license in notice else license]
    return {"copyrightNotice": " · ".join(w for w in words if w), "license": href(url)}


def _icon(frame: SiteContext) -> str:
    return next(
        (path for name, path in sorted(frame.assets.items()) if name.startswith("icon.")), ""
    )


def _author(name: str, url: str, role: str, org: str, r: RenderTools) -> dict[str, Any]:
    works = {"@type": "Organization", "name": org} if org else None
    return _given(
        {
            "@type": "Person",
            "name": name,
            "url": r.absurl(url) if url else "",
            "jobTitle": role,
            "affiliation": works,
        }
    )


def _person(person: Person, r: RenderTools) -> dict[str, Any]:
    return _author(person.name, person.url, person.role, person.org, r)


def _issue(view: ArticleView, r: RenderTools) -> list[dict[str, Any]]:
    if not view.edition:
        return []
    url = r.absurl(view.edition.url)
    return [
        {
            "@type": "PublicationIssue",
            "@id": url + "#edition",
            "name": view.edition.name,
            "url": url,
            "isPartOf": _periodical(r),
        }
    ]


def _periodical(r: RenderTools) -> dict[str, Any]:
    return {"@type": "Periodical", "name": r.frame.title, "url": r.absurl("/")}


def _translations(view: ArticleView, r: RenderTools) -> dict[str, Any]:
    """Links to the article in other languages, as a translation of one or as the original of
    all."""
    own = next((one for one in view.translations if one.url == view.url), None)
    works = [_translation(one, r) for one in view.translations if one != own]
    if not works or not own:
        return {}
    return {"workTranslation": works} if own.original else {"translationOfWork": works[0]}


def _translation(one: Translation, r: RenderTools) -> dict[str, Any]:
    url = r.absurl(one.url)
    return {"@type": "NewsArticle", "url": url, "inLanguage": one.lang, "headline": one.title}


def _edition(view: EditionView, r: RenderTools) -> dict[str, Any]:
    cards = [
        *([view.lead] if view.lead else []),
        *(c for block in view.blocks for c in block.cards),
    ]
    return _given(
        {
            "@type": "PublicationIssue",
            "@id": r.absurl(view.url) + "#edition",
            "name": view.title,
            "url": r.absurl(view.url),
            "issueNumber": view.number,
            "datePublished": rfc3339(view.published or view.date, r.zone),
            "inLanguage": r.frame.language,
            "publisher": publisher(r),
            "isPartOf": _periodical(r),
            "hasPart": [
                {
                    "@type": "NewsArticle",
                    "@id": r.absurl(c.url) + "#article",
                    "url": r.absurl(c.url),
                }
                for c in cards
            ],
        }
    )


def _comment(view: ArticleView, r: RenderTools) -> dict[str, Any] | None:
    """What the digest says about the article."""
    if view.comment is None:
        return None
    author = {"@type": "Person", "name": view.comment.by} if view.comment.by else publisher(r)
    return {"@type": "Comment", "text": view.comment.text, "author": author}


def _elsewhere(urls: tuple[str, ...]) -> dict[str, Any]:
    """The same person or thing on other sites."""
    return {"sameAs": [href(url) for url in urls]} if urls else {}


def _profile(view: ListView, r: RenderTools) -> dict[str, Any]:
    known = view.profile or Profile()
    pages = tuple(dict.fromkeys(a for a in (view.home, *known.links) if a))
    person = {
        "@type": "Person",
        "name": view.title,
        "url": r.absurl(view.url),
        "description": view.description,
    }
    photo = {"image": r.absurl(known.photo.src) if known.photo else ""}
    return {
        "@type": "ProfilePage",
        "url": r.absurl(view.url),
        "mainEntity": _given(person | photo | _elsewhere(pages)),
    }


def _breadcrumbs(r: RenderTools, *places: Link) -> dict[str, Any]:
    """The way from the front page to this one (https://schema.org/BreadcrumbList)."""
    way = (Link(r.frame.title, "/"), *places)
    steps = [
        {"@type": "ListItem", "position": n, "name": p.name, "item": r.absurl(p.url)}
        for n, p in enumerate(way, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", None, [], 0)}
