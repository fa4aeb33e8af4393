"""The headline of a page: its candidates, their features, and the choice among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from sitegen.importer.fields.linear import Rated, rate_one, weights_of
from sitegen.importer.fields.vocabulary import folded
from sitegen.importer.html.candidates import Claim, Claims
from sitegen.importer.html.outlets import host_label, squeeze

MAX_CLAIMS = 40
_SPLIT = re.compile(
    r"\s+[|–—·•»:-]+\s+|\s*[|｜]\s*|\s*：(?=[^：]{2,20}$)|\s+-\s+|\s*»\s*|\s+:\s+|--|(?<=\S):\s+"
)
_FURNITURE = frozenset(
    "menu|menü|navigation|suche|search|kommentare|neueste kommentare|comments|recent"
    " comments|kategorien|categories|archiv|archive|archives"
    "|newsletter|home|blog|aktuelles|opinion|news|about us".split("|")
)
_PUBLISHED = re.compile(r"\s*\(Published (?:19|20)\d\d\)$")
_LABEL = re.compile(
    r"(?:[\d./ :-]{6,20}|presse-?mitteilung|medienmitteilung|press release|communiqué)"
    r"\s*[|:–—-]\s*",
    re.I,
)
_DATED = re.compile(r"(?:19|20)\d\d$|\d{1,2}[./-]\d{1,2}")
_AS_IN_HOSTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e"})
_WORD = re.compile(r"\w+")
_SITE = " without site"


def rate_titles(claims: Claims, url: str) -> list[Rated[str]]:
    """The candidates for the headline, the best first."""
    return rate_one(title_candidates(claims, url), weights_of("title"))


def title_candidates(claims: Claims, url: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each headline that the page could mean, with its features."""
    found: dict[str, tuple[str, dict[str, None]]] = {}
    for claim in claims.titles[:MAX_CLAIMS]:
        for text, how in _readings(claim.value, claims):
            key = title_key(text)
            if len(key) < 2:
                continue
            _, names = found.setdefault(key, (text, {}))
            names[f"{claim.where}{how}"] = None
            names.update((f"{claim.where}: {sign}", None) for sign in claim.signs)
    real = {key: said for key, said in found.items() if key not in _FURNITURE}
    found = real or found
    slug = set(_WORD.findall(url.casefold()))
    out = []
    for key, (text, names) in found.items():
        if any(other.startswith((f'{text} "', f"{text} “")) for other, _ in found.values()):
            continue  # cut off at a quote, by an attribute's end
        more = (*_of_sources(names, found), *_of_text(text, key, slug, claims))
        out.append((text, (*names, *more)))
    return out


@lru_cache(1000)
def title_key(text: str) -> str:
    """A headline as it is compared with others."""
    return folded(re.sub(r"[–—‐‑]", "-", text))


def _readings(value: str, claims: Claims) -> Iterator[tuple[str, str]]:
    """(text, what was done to it): a claim as it is, and without what is before or behind its
    separators."""
    text = _LABEL.sub("", _PUBLISHED.sub("", value)).lstrip(" :|–—-")
    yield text, ""
    cuts = list(_SPLIT.finditer(text))
    for cut in cuts[-3:]:
        behind = text[cut.end() :]
        yield text[: cut.start()].strip(), _cut("behind", behind, cut[0], claims)
    for cut in cuts[:2]:
        before = text[: cut.start()]
        yield text[cut.end() :].strip(), _cut("before", before, cut[0], claims)
    if len(cuts) > 1:
        yield text[cuts[0].end() : cuts[-1].start()].strip(), " within"


def _cut(side: str, part: str, sign: str, claims: Claims) -> str:
    if names_site(part, claims):
        return _SITE
    size = "word" if len(part.split()) == 1 else "words" if len(part.split()) < 4 else "much"
    colon = ", colon" if ":" in sign else ""
    return f" cut {side}, {size}{colon}"


def _of_sources(
    names: dict[str, None], found: dict[str, tuple[str, dict[str, None]]]
) -> Iterator[str]:
    """Features of the agreement of a candidate's sources, and of what the others say."""
    whole = names.keys() & set(_WHERE)
    yield f"agreed by {min(4, len(whole))}"
    bare = whole | {n.removesuffix(_SITE) for n in names if n.endswith(_SITE)}
    yield f"agreed without site by {min(5, len(bare))}"
    speaking = set(chain.from_iterable(others for _, others in found.values()))
    yield from (f"against {where}" for where in _WHERE if where in speaking - bare)


_WHERE = (
    "JSON-LD",
    "meta og:title",
    "meta twitter:title",
    "h1",
    "title",
    "microdata headline",
)


def _of_text(text: str, key: str, slug: set[str], claims: Claims) -> Iterator[str]:
    """Features of a candidate's words."""
    words = _WORD.findall(key)
    holds = (
        (f"words: {_size(len(words))}", True),
        ("the name of the site", names_site(text, claims)),
        ("all capitals", text.isupper()),
        ("cut off", text.endswith(("…", "..."))),
        ("ends with a date", _DATED.search(text[-12:])),
        ("holds a bar", "|" in text),
        ("the name of a section", key in (title_key(c.value) for c in claims.sections)),
    )
    yield from (feature for feature, does_hold in holds if does_hold)
    yield from _within_name(key, words, claims)
    if len(words) >= 2 and slug:
        share = sum(word in slug for word in words) / len(words)
        yield f"in the URL: {'most' if share > 0.6 else 'some' if share > 0.25 else 'hardly'}"


def _within_name(key: str, words: list[str], claims: Claims) -> Iterator[str]:
    """Whether a candidate is in the page's name, if that has one."""
    names = [title_key(claim.value) for claim in claims.titles if claim.where == "title"]
    if any(key in name for name in names):
        yield "within the page's name"
    elif names:
        yield "not within the page's name"
        if len(words) <= 2:
            yield "a word or two that the page's name has not"


def _size(count: int) -> str:
    bounds = ((1, "1"), (2, "2"), (4, "3-4"), (8, "5-8"), (14, "9-14"), (20, "15-20"))
    return next((name for most, name in bounds if count <= most), "more")


def names_site(part: str, claims: Claims) -> bool:
    """Whether a part of a headline is the name of the page's site."""
    key = folded(part)
    if not key or len(key) > 60:
        return False
    names = map(folded, filter(None, (claims.site, claims.publisher)))
    return _names_host(squeeze(part), claims) or any(_are_alike(key, name) for name in names)


def _names_host(squeezed: str, claims: Claims) -> bool:
    """Whether words are the name of the page's host, spelled as in hosts or as elsewhere."""
    host = squeeze(host_label(claims.canonical))
    if len(squeezed) <= 2 or not host:
        return False
    spelled = squeezed.translate(_AS_IN_HOSTS)
    bare = spelled.removeprefix("the")
    if squeezed == host or bare == host.removeprefix("the"):
        return True
    return spelled.startswith(host) and len(host) > 3


def _are_alike(key: str, name: str) -> bool:
    """Whether words begin or hold the name of a site, or are its beginning."""
    if key.startswith(name) or (name.startswith(key) and len(key) > 3):
        return True
    return name in key and len(name) > 4


__all__ = ["Claim", "names_site", "rate_titles", "title_candidates", "title_key"]
