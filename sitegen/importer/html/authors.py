"""The authors of a page: everybody whom it could mean, their features, and who is believed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from sitegen.importer.fields.linear import Rated, rate_each, rate_one, weights_of
from sitegen.importer.fields.values import merged
from sitegen.importer.html.candidates import Claim, Claims, parts_of, signs_of
from sitegen.importer.html.outlets import host_label, is_outlet, squeeze
from sitegen.model.article import Person
from sitegen.names.eastasian import is_east_asian
from sitegen.names.shape import is_agency, is_desk, is_office, is_organisation, looks_like_name
from sitegen.names.words import PRESS

MAX_CLAIMS = 1_000
SURE = 0.5  # from which chance somebody is an author beside the likeliest one
NOBODY = 25  # how much likelier it must be that a page names nobody
# Parts of a page that speak for themselves: whoever they do not name is named against them.
_VOICES = (
    "JSON-LD",
    "meta author",
    "meta",
    "microdata author",
    "rel=author",
    "a line with By",
    "an element called byline",
    "a link to the author's page",
)


class _Named(NamedTuple):
    """A person with the claims that name them, and their places in those."""

    person: Person
    claims: list[tuple[Claim, int]]


def choose_authors(claims: Claims) -> tuple[list[Rated[Person]], list[Rated[Person]]]:
    """(everybody whom a page could mean, the likeliest first; its authors, each with how likely).

    The likeliest is taken, then who is named with them.
    """
    rated = rate_one(author_candidates(claims), weights_of("authors"))
    lead = likeliest(rated)
    if lead is None:
        return rated, []
    others = rate_each(coauthor_candidates(rated, lead, claims), weights_of("coauthors"))
    chosen = [lead, *coauthors(lead, others, claims)]
    rival = next((one for one in rated if one.value.name and one is not lead), None)
    if len(chosen) == 1 and rival is not None and rival.score == lead.score:
        return rated, []  # a list of contributors
    order = {one.value.name: number for number, one in enumerate(_in_order(rated, claims))}
    return rated, sorted(chosen, key=lambda one: order[one.value.name])


def coauthors(
    lead: Rated[Person], others: Sequence[Rated[Person]], claims: Claims
) -> list[Rated[Person]]:
    """Who of ``others`` is an author with the likeliest one.

    A byline is taken whole: where it names somebody who is likely, every other person whom it names
    is as likely.
    """
    likely = {name_key(one.value.name): one.chance for one in others if one.chance >= SURE}
    chances = {**_named_with(name_key(lead.value.name), likely, claims), **likely}
    out = []
    for one in others:
        chance = chances.get(name_key(one.value.name), 0.0)
        if one.chance >= SURE or (chance and _is_somebody_else(one)):
            out.append(one._replace(chance=chance))
    return out


def _named_with(first: str, likely: dict[str, float], claims: Claims) -> dict[str, float]:
    """Everybody whom a byline names beside the likeliest author, with the best chance of those in
    it who are ``likely``."""
    out: dict[str, float] = {}
    for claim in claims.authors[:MAX_CLAIMS]:
        keys = _keys_of(claim)
        sure = [likely[key] for key in keys & likely.keys()]
        if sure and first in keys and not _elsewhere(claim):
            out.update(dict.fromkeys(keys - out.keys(), max(sure)))
    return out


def _keys_of(claim: Claim) -> set[str]:
    """The people whom a claim names."""
    return {name_key(person.name) for person in claim.value}


def _is_somebody_else(one: Rated[Person]) -> bool:
    """Whether somebody beside the likeliest author is a person, and not that one again."""
    return "a person's name" in one.features and _FORM not in one.features


def likeliest(rated: Sequence[Rated[Person]]) -> Rated[Person] | None:
    """The person who is likeliest, unless nobody is by far; None then."""
    first = {bool(one.value.name): one for one in reversed(rated)}
    best, nobody = first.get(True), first.get(False)
    if best is None or nobody is None:
        return best
    least = 1 if "only in teasers" in best.features else NOBODY
    return best if best.chance * least >= nobody.chance else None


def _in_order(rated: Sequence[Rated[Person]], claims: Claims) -> list[Rated[Person]]:
    """People in the order in which the page's claims name them, the fullest claims first."""
    place: dict[str, int] = {}
    for claim in sorted(claims.authors, key=lambda claim: -len(claim.value)):
        for person in claim.value:
            place.setdefault(name_key(person.name), len(place))
    return sorted(rated, key=lambda one: place.get(name_key(one.value.name), 0))


def coauthor_candidates(
    rated: Sequence[Rated[Person]], lead: Rated[Person], claims: Claims
) -> list[tuple[Person, tuple[str, ...]]]:
    """Everybody but the likeliest author, with features of how they are named with that one."""
    first = name_key(lead.value.name)
    groups: dict[str, set[str]] = {}
    for claim in claims.authors[:MAX_CLAIMS]:
        if not _elsewhere(claim):
            groups.setdefault(_family(claim.where), set()).update(_keys_of(claim))
    groups = {where: keys for where, keys in groups.items() if first in keys}
    out = []
    for one in rated:
        key = name_key(one.value.name)
        if key and key != first:
            together = _in_one_claim({key, first}, claims)
            features = (*_of_both(key, groups), *together, *_of_pair(one, lead, key, first))
            out.append((one.value, (*features, _kind(one.value.name, claims))))
    return out


def _in_one_claim(both: set[str], claims: Claims) -> Iterator[str]:
    """Features of the claims that name two people side by side."""
    for claim in claims.authors[:MAX_CLAIMS]:
        if both <= _keys_of(claim):
            yield "side by side"
            if "at the headline" in claim.signs and not _elsewhere(claim):
                yield "side by side at the headline"


def _of_both(key: str, groups: dict[str, set[str]]) -> Iterator[str]:
    """Features of the parts of a page that name the likeliest author."""
    yield "always"
    both = [where for where, keys in groups.items() if key in keys]
    alone = [where for where in groups if where not in both]
    yield from map("with the first in {}".format, both)
    yield from map("not with the first in {}".format, alone)
    yield f"with the first {min(3, len(both))}, without {min(3, len(alone))}"


def _of_pair(one: Rated[Person], lead: Rated[Person], key: str, first: str) -> Iterator[str]:
    """Features of a person beside the likeliest author."""
    less = lead.score - one.score
    yield next((name for most, name in _LESS if less <= most), "hardly")
    mine, theirs = set(key.split()), set(first.split())
    if mine < theirs or theirs < mine:
        yield _FORM
    if mine & theirs:
        yield "shares a name with the first"
    yield from filter(_KEPT.__contains__, one.features)


_FORM = "a form of the first's name"
_LESS = (
    (0.1, "equal"),
    (0.5, "nearly equal"),
    (1, "a little less"),
    (2, "less"),
    (4, "much less"),
)
_KEPT = frozenset(
    [
        "holds another's name",
        "part of another's name",
        "only elsewhere",
        "only in credits",
        "digits",
    ]
)


def name_key(name: str) -> str:
    """A name as it is compared: without case and signs."""
    return " ".join(re.findall(r"[^\W_]+", name.casefold()))


def author_candidates(claims: Claims) -> list[tuple[Person, tuple[str, ...]]]:
    """Each person of a page's claims with features."""
    said = claims.authors[:MAX_CLAIMS]
    named: dict[str, _Named] = {}
    for claim in said:
        for number, person in enumerate(claim.value):
            if key := name_key(person.name):
                one = named.setdefault(key, _Named(person, []))
                one.claims.append((claim, number))
                (whole,) = merged([one.person], [_renamed(person, one.person.name)])
                named[key] = one._replace(person=whole)
    people = {key for key, one in named.items() if _is_person(one.person.name, claims)}
    voices = {voice: _named_by(voice, said, people) for voice in _VOICES}
    out: list[tuple[Person, tuple[str, ...]]] = [(Person(""), ("nobody",))]
    for key, one in named.items():
        name = one.person.name
        if _is_headline(one, claims):
            continue
        of_name = _of_name(name, key, people, claims)
        out.append((one.person, (*_of_claims(one), *_of_voices(key, one, voices), *of_name)))
    return out


def _is_headline(one: _Named, claims: Claims) -> bool:
    """Whether a name is only the headline, which a line of the page shows again; the heading of a
    box may be the name of the author whom it is about."""
    if any(claim.where != "a line of names" for claim, _ in one.claims):
        return False
    headlines = (title for title in claims.titles if title.where != "an element called headline")
    return name_key(one.person.name) in {name_key(title.value) for title in headlines}


def _renamed(person: Person, name: str) -> Person:
    return Person(name, person.role, person.url, person.org)


def _is_person(name: str, claims: Claims) -> bool:
    if not looks_like_name(name) or not PRESS.isdisjoint(name.casefold().split()):
        return False
    return not (is_outlet(name, claims) or is_organisation(name) or is_desk(name))


def _family(where: str) -> str:
    return "meta" if where.startswith("meta ") else where


def _named_by(voice: str, said: Sequence[Claim], people: set[str]) -> set[str]:
    """The people whom one part of a page names, where it is neither furniture nor a teaser."""
    speaking = (claim for claim in said if voice in (claim.where, _family(claim.where)))
    named = (_keys_of(claim) for claim in speaking if not _elsewhere(claim))
    return people.intersection(chain.from_iterable(named))


# Signs of claims: a person whom all claims name with one of them is only named there.
_ONLY = {
    "only elsewhere": frozenset(("in furniture", "of a teaser", "far")),
    "only in teasers": frozenset(("in furniture", "of a teaser")),
    "only in credits": frozenset(("called credit",)),
}


def _elsewhere(claim: Claim) -> bool:
    return not _ONLY["only elsewhere"].isdisjoint(claim.signs)


def _of_claims(one: _Named) -> Iterator[str]:
    """Features of the parts of a page that name a person."""
    claims = [claim for claim, _ in one.claims]
    wheres = parts_of(claims)
    yield from wheres
    yield from signs_of(claims)
    yield from _of_families(wheres)
    for name, places in _ONLY.items():
        if not any(places.isdisjoint(claim.signs) for claim in claims):
            yield name
    fewest = min(len(claim.value) for claim in claims)
    yield f"beside {_MANY[min(fewest, len(_MANY)) - 1]}"
    if all(number for _, number in one.claims):
        yield "never first"


_MANY = ("nobody", "one", "few", "few", "few", "many")  # by how many people a claim names


def _of_families(wheres: list[str]) -> Iterator[str]:
    """Features of the kinds of parts that name a person: data, or what is shown."""
    families = set(map(_family, wheres))
    yield f"named by {min(5, len(families))}"
    data = families & {"JSON-LD", "meta", "microdata author", "h-entry"}
    yield f"data: {len(data)}, shown: {min(3, len(families - data))}"
    if sum(where.startswith("meta ") for where in wheres) > 1:
        yield "several meta tags"


def _of_voices(key: str, one: _Named, voices: dict[str, set[str]]) -> Iterator[str]:
    """Features of what the parts of a page say of others."""
    speaking = dict(filter(itemgetter(1), voices.items()))
    against = [voice for voice, people in speaking.items() if key not in people]
    yield from map("against {}".format, against)
    if not speaking:
        yield "nobody is named"
    elif not against:
        yield "named by all"
    if {key}.issuperset(chain.from_iterable(speaking.values())):
        yield "nobody else"


def _of_name(name: str, key: str, people: set[str], claims: Claims) -> Iterator[str]:
    """Features of the shape of a name."""
    kind = _kind(name, claims)
    is_person = kind == "a person's name"
    words = set(key.split())
    others = [set(other.split()) for other in people]
    holds = (
        (kind, True),
        (f"{kind}, and people are named", not is_person and bool(people - {key})),
        ("a long name", is_person and len(name.split()) > 3),
        ("digits", any(map(str.isdigit, name))),
        ("small letters", name.islower() and not is_east_asian(name)),
        ("part of another's name", any(map(words.__lt__, others))),
        ("holds another's name", any(map(words.__gt__, others))),
        *_of_page(name, claims),
        (f"{kind}, another language", claims.lang[:2] not in ("", "en", "de")),
    )
    return (feature for feature, does_hold in holds if does_hold)


def _of_page(name: str, claims: Claims) -> Iterator[tuple[str, bool]]:
    """(feature, whether it holds): what else of a page is as a name is."""
    said, folded = squeeze(name), name.casefold()
    hosts = (host_label(claims.canonical).replace("-", ""), squeeze(claims.site or "-"))
    yield "the name of the host", said in hosts
    yield "in the page's name", said in map(squeeze, _name_parts(claims))
    yield "the headline", folded in (title.value.casefold() for title in claims.titles)
    yield "the name of a section", folded in (one.value.casefold() for one in claims.sections)


def _kind(name: str, claims: Claims) -> str:
    """What a name is the name of, by its shape."""
    if is_outlet(name, claims):
        return "the name of the source"
    known = (kind for holds, kind in _KNOWN_KINDS if holds(name))
    return next(known, "") or _kind_of_words(name)


_KNOWN_KINDS = (
    (is_agency, "an agency"),
    (is_organisation, "an organisation"),
    (is_office, "an organisation"),
    (is_desk, "an organisation"),
)


def _kind_of_words(name: str) -> str:
    """What words are that are no organisation's name."""
    words = name.split()
    if looks_like_name(name):
        return "a person's name" if PRESS.isdisjoint(map(str.casefold, words)) else "of the press"
    if len(words) > 4:
        return "many words"
    if len(words) > 1:
        return "other words"
    return "one word, capital" if name[:1].isupper() else "one word"


def _name_parts(claims: Claims) -> list[str]:
    return [
        part
        for claim in claims.titles
        if claim.where == "title"
        for part in re.split(r"\s+[|–—·•»:-]+\s+|\s*\|\s*", claim.value)
    ]


__all__ = [
    "author_candidates",
    "choose_authors",
    "coauthor_candidates",
    "coauthors",
    "likeliest",
    "name_key",
]
