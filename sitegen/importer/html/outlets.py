"""Whether a name is the source's own rather than a person's."""

from __future__ import annotations

import re

from sitegen.importer.html.candidates import Claims
from sitegen.names.shape import is_organisation, looks_like_name

# Houses that own many outlets and sign as the author of every page.
_PUBLISHERS = frozenset(
    [
        "condénast",
        "condenast",
        "hearst",
        "bloomberg",
        "voxmedia",
        "dotdashmeredith",
        "gannett",
        "advancelocal",
    ]
)


def is_outlet(name: str, claims: Claims) -> bool:
    """Whether ``name`` is that of the page's site, publisher or host, of a house of many outlets,
    or a host's name itself."""
    said = filter(None, (claims.site, claims.publisher, host_name(claims.canonical)))
    sites = set(map(squeeze, said))
    key = squeeze(name)
    if key in _PUBLISHERS or key in sites or _OF_HOST.search(name):
        return True
    if any(_is_part(key, site) for site in sites) and not looks_like_name(name):
        return True
    return _abbreviates(host_label(claims.canonical), name.split())


_OF_HOST = re.compile(r"\.\w{2,4}$")


def _is_part(key: str, site: str) -> bool:
    """Whether one of two names is a part of the other."""
    return len(site) > 3 and (site in key or key in site)


def _abbreviates(host: str, words: list[str]) -> bool:
    """Whether a host's name stands for others: `Deutsche Welle` of dw.com, `DW News` of dw.com."""
    initials = "".join(word[0] for word in words if word[:1].isalpha()).casefold()
    first = words[0] if words else ""
    return len(host) > 1 and (initials == host or (first.isupper() and first.casefold() == host))


def names_person(name: str, claims: Claims) -> bool:
    """Whether ``name`` has a person's shape and is neither the outlet's nor an agency's."""
    return looks_like_name(name) and not is_outlet(name, claims) and not is_organisation(name)


def host_label(url: str) -> str:
    """The part of the host's name before its ending: ``post`` of www.post.example."""
    return host_name(url).rsplit(".", 1)[0].rsplit(".", 1)[-1]


def host_name(url: str) -> str:
    """The host of a URL without `www`."""
    match = re.match(r"https?://(?:www\.|m\.|amp\.)?([^/:]+)", url or "")
    return match[1] if match else ""


def squeeze(text: str) -> str:
    """``text`` without blanks and signs, case folded: how names and hosts are compared."""
    return re.sub(r"\W", "", text.casefold())
