"""The section of a page: what its data call it, else the best of its breadcrumbs, lines and URL."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.importer.fields.linear import Rated, rate_one, weights_of
from sitegen.importer.fields.vocabulary import folded
from sitegen.importer.html.candidates import Claim, Claims, parts_of, signs_of
from sitegen.importer.html.titles import names_site


def given_section(claims: Claims) -> Claim | None:
    """What `articleSection` (schema.org) or `article:section` (Open Graph) says."""
    return next((c for c in claims.sections if c.where.startswith(("JSON-LD", "meta "))), None)


def rate_sections(claims: Claims) -> list[Rated[str]]:
    """The candidates for the section, the best first; what data say is certain."""
    if given := given_section(claims):
        return [Rated(given.value, (given.where,), 0.0, 1.0)]
    return rate_one(section_candidates(claims), weights_of("section"))


def section_candidates(claims: Claims) -> list[tuple[str, tuple[str, ...]]]:
    """Each section that a page names beside its data, with features; an empty one if none is it."""
    found: dict[str, list[Claim]] = {}
    titles = {folded(claim.value) for claim in claims.titles}
    for claim in claims.sections[:40]:
        key = folded(claim.value)
        data = claim.where.startswith(("JSON-LD", "meta "))
        if key and key not in titles and len(claim.value) <= 80 and not data:
            found.setdefault(key, []).append(claim)
    named = [
        (said[0].value, (*_of_claims(said), *_of_text(said[0].value, claims)))
        for said in found.values()
    ]
    return [("", ("no section",)), *named]


def _of_claims(said: list[Claim]) -> Iterator[str]:
    parts = parts_of(said)
    yield from parts
    yield from signs_of(said)
    yield f"agreed by {min(4, len(parts))}"


def _of_text(text: str, claims: Claims) -> Iterator[str]:
    words = text.split()
    yield f"words: {min(4, len(words))}"
    if names_site(text, claims):
        yield "the name of the site"
    if text.casefold() in _NO_SECTIONS:
        yield "a word of furniture"
    if any(c.isdigit() for c in text):
        yield "digits"
    if text.islower():
        yield "small letters"


_NO_SECTIONS = frozenset(
    "home start startseite accueil inicio news article articles story stories post posts blog"
    " index archive en de fr es it html content node".split()
)

__all__ = ["rate_sections", "section_candidates"]
