"""Addresses of articles: what of them tells one article from another, and what only counts visitors."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from sitegen.base.text import safe_link

_TRACKING = re.compile(
    r"(?:^|&)(?:utm_[a-z]+|fbclid|gclid|mc_cid|mc_eid|cmpid|ref|ref_src|smid|at_medium|at_campaign|xtor|wt_mc|ns_campaign)=[^&]*", re.I
)


def same_address(url: str) -> str:
    """``url`` without what does not tell articles apart: scheme, `www.`, fragment, tracking, last slash."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    query = _TRACKING.sub("", parts.query).strip("&")
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    return urlunsplit(("", host, parts.path.rstrip("/"), query, "")) if safe_link(url) else url


def originals(*urls: str) -> tuple[str, ...]:
    """The addresses by which articles are found to have the same original; that of a whole host tells nothing."""
    found = {same_address(url) for url in urls if url}
    return tuple(sorted(a for a in found if "/" in a.removeprefix("//")))


def without_tracking(url: str) -> str:
    """``url`` without the parts of its query that only count visitors."""
    address, mark, query = url.partition("?")
    query, hash_, fragment = query.partition("#")
    kept = _TRACKING.sub("", query).strip("&") if mark else ""
    return address + (f"?{kept}" if kept else "") + hash_ + fragment if mark else url
