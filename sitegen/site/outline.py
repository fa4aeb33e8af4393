"""The outline of an article: all that decides where it is shown, without what is only shown.

Pure.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from sitegen.base.urls import originals
from sitegen.model.article import Correction, Document, Image, Person, Rights

_CORRECTED = (Correction("", ""),)


def outline(document: Document) -> Document:
    """``document`` without what its own page and lists show and nothing else depends on."""
    quality = document.extra.get("quality")
    return replace(
        document,
        dek="",
        genre="",
        summary="",
        credits=(),
        dateline="",
        comment=None,
        permalink="",
        corrections=_CORRECTED if document.corrections else (),
        extra={"quality": _spun(quality)} if isinstance(quality, dict) else {},
        reasons={},
        words=0,
        summarised=False,
        authors=tuple(Person(person.name) for person in document.authors),
        image=Image(document.image.src) if document.image else None,
        rights=Rights(document.rights.show),
        updated="",
        first_seen="",
        publish_at="",
        expires_at="",
        template="",
        toc=None,
        originals=document.originals or originals(document.canonical, document.source.url),
    )


def _spun(quality: dict[str, Any]) -> dict[str, Any]:
    """What the importer has found of a machine that rewrote the text, if it has."""
    return {"spun": True} if quality.get("spun") else {}


def placed_alike(one: Document, other: Document) -> bool:
    """Whether two outlines of one article differ at most in its title and its text."""
    return one == replace(
        other, title=one.title, body_digest=one.body_digest, signature=one.signature
    )
