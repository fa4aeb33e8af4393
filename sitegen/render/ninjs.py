"""Articles as records for machines: IPTC ninjs 3.1.

Pure. Source: https://iptc.org/std/ninjs/ninjs-schema_3.1.json
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from sitegen.base.dates import rfc3339
from sitegen.base.licences import licence_url
from sitegen.base.text import href, plain
from sitegen.model.article import Image
from sitegen.model.site import Byline
from sitegen.model.views import ArticleView, NinjsView, Term
from sitegen.render.feeds import Bodies, RenderTools, absolute, identity
from sitegen.site.taxonomies import media_topic

SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"
TERMS = {
    "full": "",
    "excerpt": "Excerpt; the whole text is at the source.",
    "link": "Headline and link; the text is at the source.",
}


def ninjs(view: NinjsView, bodies: Bodies, r: RenderTools) -> bytes:
    """The record of one article, its text as its rights allow; of a withdrawn one only that it is
    cancelled."""
    a = view.article
    pages = {"web": r.absurl(a.url), "canonical": href(a.canonical)}
    record = {
        "uri": identity(r, a.id, a.date),
        "standard": {"name": "ninjs", "version": "3.1", "schema": SCHEMA},
        "type": "text",
        "pubStatus": "canceled" if a.withdrawn else "usable",
        "firstCreated": rfc3339(view.first_seen or a.date, r.zone),
        "versionCreated": rfc3339(a.updated or a.date, r.zone),
        "contentCreated": rfc3339(a.date, r.zone),
        "embargoedUntil": rfc3339(view.embargoed, r.zone) if view.embargoed else "",
        "expires": rfc3339(view.expires, r.zone) if view.expires else "",
        "language": a.lang,
        "title": a.title,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": a.title}],
        "altIds": [{"role": role, "value": url} for role, url in pages.items() if url],
    }
    if not a.withdrawn:
        record |= _said(a, r) | _text(a, bodies, r) | _rights(a) | _people(a, r)
    return (
        msgspec.json.format(msgspec.json.encode({k: v for k, v in record.items() if v}), indent=1)
        + b"\n"
    )


def _said(a: ArticleView, r: RenderTools) -> dict[str, Any]:
    texts = {"summary": a.summary, "dek": a.dek}
    subjects = [{"name": a.section.name, "uri": r.absurl(a.section.url), "rel": "section"}]
    return {
        "descriptions": [
            {"role": role, "contentType": "text/plain", "value": text}
            for role, text in texts.items()
            if text
        ]
        + _comment(a),
        "edNote": " ".join(f"Correction, {c.date}: {c.text}" for c in a.corrections),
        "located": a.dateline,
        "genres": [{"name": a.genre}] if a.genre else [],
        "slugline": a.url.strip("/").rsplit("/", 1)[-1],
        "subjects": (subjects + [_subject(term, r) for term in (*a.tags, *_others(a))]),
        "associations": [_image(a.image, r)] if a.image else [],
    }


def _others(a: ArticleView) -> Iterator[Term]:
    """The terms of an article that are not tags."""
    for group in a.terms:
        yield from group.terms


def _subject(term: Term, r: RenderTools) -> dict[str, Any]:
    """A term by its code in the Media Topics of IPTC, else by its page."""
    return {
        "name": term.name,
        "uri": media_topic(term.medtop) or r.absurl(term.url),
        "rel": "about",
    }


def _comment(a: ArticleView) -> list[dict[str, str]]:
    """What the digest says about the article, by a role of its own."""
    if a.comment is None:
        return []
    said = f"{a.comment.text} ({a.comment.by})" if a.comment.by else a.comment.text
    return [{"role": "comment", "contentType": "text/plain", "value": said}]


def _text(a: ArticleView, bodies: Bodies, r: RenderTools) -> dict[str, Any]:
    if not a.body_from:
        return {"representationType": "partial"}
    shown = {r.base_path + url: r.url(image.src) for url, image in a.pictures.items()}
    html = absolute(r.body(bodies(a.body_from), a.rights.show, a.rights.words, a.targets), r, shown)
    text = plain(html)
    body = {
        "role": "main",
        "contentType": "text/html",
        "charCount": len(text),
        "wordCount": len(text.split()),
        "value": html,
    }
    return {
        "representationType": "full" if a.rights.show == "full" else "partial",
        "bodies": [body],
    }


def _rights(a: ArticleView) -> dict[str, Any]:
    url, named = licence_url(a.rights.license), "://" not in a.rights.license
    terms = [
        TERMS[a.rights.show],
        a.rights.license if named else "",
        "Text and data mining is reserved." if a.reserved else "",
    ]
    return {
        "copyrightHolder": a.rights.holder,
        "copyrightNotice": a.rights.notice,
        "usageTerms": " ".join(t for t in terms if t),
        "rightsInfo": {"linkedRights": href(url)} if url else None,
    }


def _people(a: ArticleView, r: RenderTools) -> dict[str, Any]:
    people = [_author(person, r) for person in a.authors]
    helpers = [{"name": p.name, "rel": p.role or "contributor"} for p in a.credits]
    outlet = {"name": a.source.name, "role": "originator", "uri": href(a.source.url)}
    sources = [_given(outlet)] if a.source.name else []
    ours = {"name": r.frame.title, "role": "aggregator", "uri": r.absurl("/")}
    return {
        "by": ", ".join(p.name for p in a.authors),
        "people": people + helpers,
        "infoSources": [*sources, ours],
    }


def _author(person: Byline, r: RenderTools) -> dict[str, Any]:
    uri = {"uri": r.absurl(person.url)} if person.url else {}
    return {"name": person.name, "rel": "author", **uri}


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    """``fields`` without those that are empty."""
    return {key: value for key, value in fields.items() if value}


def _image(image: Image, r: RenderTools) -> dict[str, Any]:
    size = _given({"width": image.width, "height": image.height})
    texts = [("headlines", "alt", image.alt), ("descriptions", "caption", image.caption)]
    out = {
        "name": "lead",
        "uri": r.absurl(image.src),
        "type": "picture",
        "by": image.creator or image.credit,
        "copyrightNotice": image.copyright,
        "usageTerms": image.license,
        "renditions": [{"name": "original", "href": r.absurl(image.src), **size}],
        **{key: [{"role": role, "value": value}] for key, role, value in texts if value},
        "infoSources": [{"name": image.credit, "role": "credit"}] if image.credit else [],
    }
    return _given(out)
