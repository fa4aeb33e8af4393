"""Rules on the planned site: feeds, structured data, pages and images that nothing leads to."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from sitegen.base.dates import read_date
from sitegen.check.model import Facts, Finding, Sample
from sitegen.check.rules_feeds import is_absolute
from sitegen.check.rules_links import SiteUrls, file_named
from sitegen.model.views import (
    ArticleView,
    BodyView,
    FrontView,
    ListView,
    PlainView,
    RedirectView,
    TermsView,
    View,
)
from sitegen.pages.menus import places

_SCRIPT = re.compile(rb'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
MAX_MAIL = 102 * 1024  # bytes of a message that Gmail shows
_REQUIRED = (
    "headline",
    "datePublished",
    "url",
    "publisher",
)  # what news search asks for, and the author below
_MAKERS = ("author", "sourceOrganization", "isBasedOn")
_ADDRESSES = frozenset(["url", "isBasedOn", "mainEntityOfPage", "logo", "@id", "sameAs"])


def feed(facts: Facts) -> Iterator[Finding]:
    """Errors in the feeds as they are built."""
    for output, messages in facts.feeds.items():
        for message in messages:
            yield Finding("feed", f"{message[0].upper()}{message[1:]}", f"output/{output}")


def security_txt(facts: Facts) -> Iterator[Finding]:
    """A security.txt that must not be relied on any more (RFC 9116, 2.5.5), or soon."""
    settings = facts.config.security
    if settings and _moment(settings.expires) <= facts.now + facts.days * 86_400:
        hint = "check its contacts, and write a day within a year"
        message = f"security.txt expires on {settings.expires}"
        yield Finding("security-txt", message, "site.yaml", text="expires", help=hint)


def _moment(expires: str) -> float:
    """When a security.txt expires: a day does so at its start, in UTC."""
    return read_date(expires, ZoneInfo("UTC"))[1]


def email_size(facts: Facts) -> Iterator[Finding]:
    """E-mail editions that mail programs would cut, or that omit articles to stay below that."""
    for output, (size, left) in facts.letters.items():
        if size > MAX_MAIL:
            hint = "shorten the template `email.html`, or the article that fills it"
            yield Finding(
                "email-size",
                f"has {size:,} bytes; mail programs cut an e-mail off after 102 KB",
                f"output/{output}",
                help=hint,
            )
        elif left:
            message = (
                f"omits {left} article{'' if left == 1 else 's'} of the edition to"
                " stay below 102 KB"
            )
            yield Finding(
                "email-size",
                message,
                f"output/{output}",
                help="choose `sections` of `editions`, or make editions more often",
            )


def structured_data(facts: Facts) -> Iterator[Finding]:
    """Errors in the structured data of one article's page of each template."""
    for sample in facts.samples:
        for message in judge_page(sample):
            yield Finding(
                "structured-data",
                message,
                sample.origin,
                help=f"look at output/{sample.output} and its template",
            )


def judge_page(sample: Sample) -> list[str]:
    """Errors in the structured data of a page."""
    scripts = _SCRIPT.findall(sample.data)
    if not scripts:
        return ["the page has no structured data; its template lacks `{{ jsonld(page) }}`"]
    out: list[str] = []
    is_described = False
    for script in scripts:
        try:
            value = json.loads(script)
        except ValueError as error:
            out.append(f"the structured data cannot be read: {error}")
            continue
        for article in _articles(value):
            is_described = True
            out += _gaps(article)
        out += [
            f"the structured data has a URL that is not absolute: `{url}`"
            for url in _texts_at(value, _ADDRESSES)
            if not is_absolute(url)
        ]
    return out if is_described or out else ["the structured data describes no article"]


def _articles(value: Any) -> Iterator[dict[str, Any]]:
    """The articles that a JSON-LD document describes."""
    items = value.get("@graph", [value]) if isinstance(value, dict) else value
    for item in items:
        if isinstance(item, dict) and str(item.get("@type", "")).endswith("Article"):
            yield item


def _gaps(article: dict[str, Any]) -> Iterator[str]:
    """What the description of an article lacks."""
    for key in _REQUIRED:
        if not article.get(key):
            yield f"the structured data has no `{key}`"
    if not any(article.get(key) for key in _MAKERS):
        yield "the structured data names neither author nor source"


def _texts_at(value: Any, keys: Container[str]) -> Iterator[str]:
    """The texts at ``keys``, at any depth of ``value``."""
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts_at(item, keys)
    if not isinstance(value, dict):
        return
    for key, item in value.items():
        if key in keys and isinstance(item, str):
            yield item
        else:
            yield from _texts_at(item, keys)


def orphan(facts: Facts) -> Iterator[Finding]:
    """Pages that no other page leads to.

    The page of a withdrawn article is for readers who have its URL.
    """
    urls = SiteUrls(facts)
    reached = {"/", "/archive/"}
    for frame in facts.frames.values():
        reached |= {x.url for x in (*frame.nav, *frame.taxonomies, *frame.indexes)}
        reached |= {frame.home, *chain.from_iterable(map(places, frame.menus.values()))}
    pages = facts.plan.viewed()
    for page in pages:
        reached |= {url for url in _leads_to(page.view) if url != getattr(page.view, "url", "")}
    for path, text in facts.texts.items():
        page_url = facts.views[path].url
        reached |= {
            t[0] for href in text.links if (t := urls.split(href, page_url)) and t[0] != page_url
        }
    for page in pages:
        view = page.view
        if (
            not page.template
            or isinstance(view, (PlainView, RedirectView))
            or (isinstance(view, BodyView) and view.withdrawn)
        ):
            continue
        if view.url not in reached:
            yield Finding(
                "orphan",
                f"no other page leads to `{view.url}`",
                page.origin,
                help="link to it, or remove it",
            )


def _leads_to(view: View) -> Iterator[str]:
    """The URLs that a view leads to; of a kind not known here, every `url` within it."""
    match view:
        case ArticleView():
            near = (view.section, view.newer, view.older, view.edition, view.story)
            yield from _urls_of(*near, *view.tags, *view.authors, *view.also)
            yield view.source_page
        case ListView():
            yield from _urls_of(*view.cards, view.parent, *view.periods)
            yield from (view.newer, view.older)
        case FrontView():
            cards = [card for block in view.blocks for card in block.cards]
            yield from _urls_of(view.lead, *view.latest, *view.blocks, *cards)
            yield from _urls_of(view.edition, view.issue)
        case TermsView():
            yield from _urls_of(*view.terms)
        case _:
            yield from _texts_at(msgspec.to_builtins(view), ("url",))


def _urls_of(*things: Any) -> Iterator[str]:
    """The URLs of ``things``, of which some may be missing."""
    yield from (thing.url for thing in things if thing)


def media_unused(facts: Facts) -> Iterator[Finding]:
    """Files in the content folder that no article shows or links to, published or not."""
    prefix = facts.config.content
    named = {file_named(d, link, prefix) for d in facts.documents for link in d.links}
    used = named.union(*(d.assets for d in facts.documents))
    for path in facts.media:
        if path.removeprefix(prefix) not in used:
            yield Finding(
                "media-unused",
                "no article shows it",
                path,
                help="remove it, or move it to static/ if a page links to it",
            )
