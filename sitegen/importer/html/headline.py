"""The headline of a page, among all that it claims: what several places agree on, without the
site's name."""

from __future__ import annotations

import re

from sitegen.importer.fields.vocabulary import folded
from sitegen.importer.html.candidates import Claims


def host_name(url: str) -> str:
    match = re.match(r"https?://(?:www\.|m\.|amp\.)?([^/:]+)", url or "")
    return match[1] if match else ""


SITE_SPLIT = re.compile(
    r"\s+[|–—·•»:-]+\s+|\s*[|｜]\s*|\s*：(?=[^：]{2,20}$)|\s+-\s+|\s*»\s*|\s+:\s+|--"
)
_PUBLISHED = re.compile(r"\s*\(Published (?:19|20)\d\d\)$")
PRIOR = {
    "JSON-LD": 1.4,
    "meta og:title": 0.7,
    "h1": 1.1,
    "another h1": 0.9,
    "title": 0.35,
    "microdata headline": 1.5,
    "meta twitter:title": 0.45,
    "JSON-LD name": 0.3,
    "JSON-LD alternativeHeadline": 0.9,
}
_FURNITURE = frozenset(
    "menu|menü|navigation|suche|search|kommentare|neueste kommentare|comments|recent"
    " comments|kategorien|categories|archiv|archive|archives"
    "|newsletter|home|blog|aktuelles|opinion|news|about us".split("|")
)
_LABEL = re.compile(
    r"(?:[\d./ :-]{6,20}|presse-?mitteilung|medienmitteilung|press"
    r" release|blog|communiqué)\s*[|:–—-]\s*",
    re.I,
)


def choose_title(claims: Claims) -> tuple[str, str]:
    """(title, where): the headline that several places agree on, cleaned of the site's name."""
    votes: dict[str, float] = {}
    places: dict[str, set[str]] = {}
    shown: dict[str, tuple[str, str]] = {}
    seen_h1 = False
    agreed = _agreed_title(claims)
    for value, where in claims.titles:
        text = _PUBLISHED.sub("", strip_site(value, claims))
        key = _title_key(text)
        if not key or len(text) < 3 or _is_site(text, claims):
            continue
        if where == "h1" and (key in _FURNITURE or _stray(key, agreed)):
            continue
        if where == "h1":
            where, seen_h1 = ("another h1" if seen_h1 else "h1"), True
        votes[key] = votes.get(key, 0.0) + PRIOR.get(where, 0.4)
        places.setdefault(key, set()).add(where)
        shown.setdefault(key, (text, where))
    if not votes:
        return next(((v, w) for v, w in claims.titles if w == "h1"), ("", ""))
    _share(votes, places, {k: t for k, (t, _) in shown.items()})
    key = max(votes, key=lambda k: votes[k])
    text, where = shown[key]
    if (
        places[key] <= {"title", "meta og:title", "meta twitter:title", "JSON-LD name"}
        and " | " in text
    ):
        head = text.rsplit(" | ", 1)[0]
        text = (
            head if len(head.split()) >= 4 else text
        )  # what stands behind the bar of a page's name is the site's
    return text, where


def _share(votes: dict[str, float], places: dict[str, set[str]], texts: dict[str, str]) -> None:
    """Let headlines that hold one another vote together.

    ``Headline | Section`` and ``Kicker: headline`` speak for the bare headline, too, where another
    place has it so; a kicker that the page gives to those who share it (og:title) is part of the
    headline.
    """
    for long in list(votes):
        for short in list(votes):
            if texts[long].startswith(texts[short]) and texts[long][len(texts[short]) :].lstrip()[
                :1
            ] in ('"', "“", "„"):
                votes[long] += votes[short]  # cut off at a quote, by an attribute's end
                break
            spaced = " " in short or any("\u3040" <= c <= "\u9fff" for c in short)
            if (
                len(short) < 12
                or len(long) <= len(short) + 3
                or not spaced
                or not _contains_whole(long, short)
            ):
                continue
            if (
                long.endswith(short)
                and "meta og:title" in places[long]
                and not _LABEL.fullmatch(long[: -len(short)])
            ):
                votes[long] += votes[short] * 0.8
            else:
                votes[short] += votes[long] * 0.8
            break


def _title_key(text: str) -> str:
    return folded(re.sub(r"[–—‐‑]", "-", text))


def _agreed_title(claims: Claims) -> str:
    """What the page's name and the name it gives to those who share it have in common, where they
    are the same."""
    named = {
        w: _title_key(strip_site(v, claims))
        for v, w in reversed(claims.titles)
        if w in ("title", "meta og:title")
    }
    return named.get("title", "") if len(named) == 2 and len(set(named.values())) == 1 else ""


def _stray(key: str, agreed: str) -> bool:
    """A heading of one or two words of which the page's name knows nothing: the section, a city, a
    column."""
    return bool(agreed) and len(key.split()) <= 2 and len(agreed.split()) > 2 and key not in agreed


def _contains_whole(long: str, short: str) -> bool:
    if long.startswith(short):
        return bool(re.match(r"\s*(?:[|–—·•»/(]|- |: )", long[len(short) :]))
    return long.endswith(short) and bool(re.search(r"(?:[|–—·•»/:]|- )\s*$", long[: -len(short)]))


def strip_site(text: str, claims: Claims) -> str:
    """``text`` without the outlet's name behind the last (or before the first) separator."""
    names = {folded(n) for n in (claims.site, claims.publisher) if n}
    host = re.match(r"https?://(?:www\.)?([^/:]+)", claims.canonical or "")
    bare = re.sub(r"[^a-z0-9]", "", host[1].rsplit(".", 1)[0].split(".")[-1]) if host else ""
    for _ in range(3):
        cuts = list(SITE_SPLIT.finditer(text))
        if not cuts:
            break
        tail, head = text[cuts[-1].end() :], text[: cuts[0].start()]
        if _names_site(tail, names, bare):
            text = text[: cuts[-1].start()].strip()
        elif _names_site(head, names, bare):
            text = text[cuts[0].end() :].strip()
        else:
            break
    return text


def _names_site(part: str, names: set[str], bare: str) -> bool:
    key = folded(part)
    if not key or len(key) > 60:
        return False
    squeezed = re.sub(r"[^\w]", "", key)
    return (
        key in names
        or (
            len(squeezed) > 2
            and bool(bare)
            and (
                squeezed == bare
                or squeezed.removeprefix("the") == bare.removeprefix("the")
                or (squeezed.startswith(bare) and len(bare) > 3)
            )
        )
        or any(
            n
            and (
                key.startswith(n)
                or (n.startswith(key) and len(key) > 3)
                or (n in key and len(n) > 4)
            )
            for n in names
        )
    )


def _is_site(text: str, claims: Claims) -> bool:
    host = re.sub(
        r"[^a-z0-9]", "", host_name(claims.canonical).rsplit(".", 1)[0].rsplit(".", 1)[-1]
    )
    return folded(text) in {folded(claims.site), folded(claims.publisher), host} - {""}
