"""What `taxonomies` in site.yaml must be, and its shorter forms.

``taxonomies: [places, series]`` names them; a synonym may be written as ``AI = artificial
intelligence``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeGuard

from sitegen.base.validation import Misfit, Place
from sitegen.config.schema import Config, TaxonomyConfig

# What would have two meanings: other kinds of pages, and folders that every site has.
_RESERVED = frozenset(
    "tag author source section sections page pages day month year archive edition editions story"
    " stories feed term terms topic topics search name url kind gone to assets q sort lang"
    " date".split()
)
_NAME = r"[a-z][a-z0-9_-]*"
_CODE = r"(medtop:)?\d{8}"
_TYPE = r"[A-Z][A-Za-z]+"


def spell_out_taxonomies(values: dict[str, Any]) -> list[Misfit]:
    """Put the shorter forms of ``values`` into the usual one; what is wrong with them."""
    given = values.get("taxonomies")
    if _is_list_of_names(given):
        given = values["taxonomies"] = {name: {} for name in given}
    if not isinstance(given, dict):
        return []
    faults: list[Misfit] = []
    for key, said in given.items():
        if said is None:
            given[key] = {}
        elif isinstance(said, dict) and isinstance(said.get("synonyms"), list):
            faults += _spell_out_synonyms(("taxonomies", key, "synonyms"), said)
    return faults


def _is_list_of_names(given: Any) -> TypeGuard[list[str]]:
    return isinstance(given, list) and all(isinstance(name, str) for name in given)


def _spell_out_synonyms(place: Place, said: dict[str, Any]) -> Iterator[Misfit]:
    pairs = {}
    for text in said["synonyms"]:
        one, equals, other = str(text).partition("=")
        if equals and one.strip() and other.strip() and "=" not in other:
            pairs[one.strip()] = other.strip()
        else:
            message = f"`{'.'.join(place)}`: `{text}` does not say what it is a synonym of"
            yield Misfit(place, message, "write it as AI = artificial intelligence")
    said["synonyms"] = pairs


def broken_taxonomies(config: Config) -> Iterator[Misfit]:
    """Everything in `taxonomies` and `topics` that breaks a rule, but for patterns of URLs."""
    for key, said in config.taxonomies.items():
        place = ("taxonomies", key)
        if key in _RESERVED or not re.fullmatch(_NAME, key):
            message = f"`taxonomies`: `{key}` cannot be the name of a taxonomy"
            yield Misfit(place, message, "use another name of a-z, 0-9, - and _, such as places")
        if key == "authors" and (said.synonyms or said.terms):
            message = "`taxonomies.authors` cannot have synonyms or terms"
            yield Misfit(place, message, "write them in `authors`, or in content/authors/NAME.md")
        yield from _forms(place, said)
        yield from _rings(place, said)


def _forms(place: Place, said: TaxonomyConfig) -> Iterator[Misfit]:
    """A type is one of schema.org, and codes are those of IPTC."""
    named = ".".join(place)
    if said.profile and not re.fullmatch(_TYPE, said.profile):
        message = f"`{named}.profile` is not a type of schema.org: `{said.profile}`"
        yield Misfit((*place, "profile"), message, "write Organization, Place, Person or Event")
    for name, term in said.terms.items():
        if term.medtop and not re.fullmatch(_CODE, term.medtop):
            message = f"`{named}.terms.{name}.medtop` is not a code of IPTC: `{term.medtop}`"
            yield Misfit((*place, "terms", name, "medtop"), message, "write medtop:20000002")


def _rings(place: Place, said: TaxonomyConfig) -> Iterator[Misfit]:
    """Synonyms that lead back to themselves."""
    leads = {one.casefold(): other.casefold() for one, other in said.synonyms.items()}
    for one, other in said.synonyms.items():
        seen, at = {one.casefold()}, other.casefold()
        while at in leads and at not in seen:
            seen.add(at)
            at = leads[at]
        if at in seen:
            message = f"`{'.'.join(place)}.synonyms`: `{one}` leads back to itself"
            yield Misfit((*place, "synonyms"), message, "remove one of the synonyms")
