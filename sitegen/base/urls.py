"""URLs of articles: which of their parts distinguish articles, and which only count visitors."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urlsplit, urlunsplit

from sitegen.base.text import href, safe_link

_TRACKING = re.compile(
    r"(?:^|&)(?:utm_[a-z]+|fbclid|gclid|mc_cid|mc_eid|cmpid|ref|ref_src|smid|at_medium"
    r"|at_campaign|xtor|wt_mc|ns_campaign)=[^&]*",
    re.I,
)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)*{_LABEL}\.?|\[[0-9a-f:.]+\]")
_SITE = re.compile(r"(https?)://([^/?#]*)([^?#]*)(.*)", re.I | re.S)


def site_url(value: str) -> str:
    """``value`` as the URL that a site's pages are below: in ASCII (RFC 3986), with the host's
    international letters as Punycode.

    Raises ValueError with what keeps it from being one.
    """
    match = _SITE.fullmatch(value.strip())
    if not match:
        raise ValueError("is not a web URL")
    scheme, place, path, rest = match.groups()
    if rest:
        raise ValueError("has a query or a fragment, which no page could be below")
    if "@" in place:
        raise ValueError("has a user name, which would be published with every page")
    if re.search(r"[\s\x00-\x1f\x7f-\x9f\\<>\"`{}|^]", place + path) or {".", ".."} & set(
        unquote(path).split("/")
    ):
        raise ValueError("has blanks or characters that cannot be part of a URL")
    if re.search(r"%(?![0-9a-fA-F]{2})", path):
        raise ValueError("has a `%` that is not followed by two hexadecimal digits")
    host, colon, port = place.rpartition(":") if re.search(r":[^\]]*$", place) else (place, "", "")
    if colon and not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        raise ValueError("has a port that is not a number from 1 to 65535")
    host = _ascii_host(host)
    if not _HOST.fullmatch(host):
        raise ValueError("has a host that cannot be one")
    return f"{scheme.lower()}://{host}{colon}{port}{href(unicodedata.normalize('NFC', path))}"


def _ascii_host(host: str) -> str:
    """``host`` in lower case and ASCII (IDNA 2008 with UTS 46).

    Raises ValueError for one that no name server knows.
    """
    if host.isascii():
        return host.lower()
    import idna

    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        raise ValueError("has a host that cannot be one") from None


def site_of(url: str) -> str:
    """The host of ``url``, which is the same for a site's pages on telephones; empty without
    one."""
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").removeprefix("m.").removeprefix("amp.")


def is_elsewhere(src: str, base_url: str) -> bool:
    """Whether a browser asks another host for ``src`` than that of ``base_url``."""
    try:
        host = urlsplit(src.strip()).netloc.lower()
        return bool(host) and host != urlsplit(base_url).netloc.lower()
    except ValueError:
        return True


def path_on_site(url: str, base_url: str) -> str:
    """The path of ``url`` below the site at ``base_url``, with its query; empty for what leads
    elsewhere, and for a path without a host. Neither the scheme counts nor the host's case."""
    try:
        parts, base = urlsplit(url.strip()), urlsplit(base_url)
        same_host = bool(parts.netloc) and parts.netloc.lower() == base.netloc.lower()
    except ValueError:
        return ""
    if not same_host or parts.scheme not in ("http", "https", ""):
        return ""
    folder, path = f"{base.path.rstrip('/')}/", parts.path or "/"
    if not f"{path.rstrip('/')}/".startswith(folder):
        return ""
    return urlunsplit(("", "", f"/{path[len(folder) :]}", parts.query, parts.fragment))


def comparable_url(url: str) -> str:
    """``url`` without what does not distinguish articles: scheme, `www.`, fragment, tracking, last
    slash."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    query = _TRACKING.sub("", parts.query).strip("&")
    return (
        urlunsplit(("", site_of(url), parts.path.rstrip("/"), query, "")) if safe_link(url) else url
    )


def originals(*urls: str) -> tuple[str, ...]:
    """The URLs by which articles have the same original; that of a host alone is none."""
    found = {comparable_url(url) for url in urls if url}
    return tuple(sorted(a for a in found if "/" in a.removeprefix("//")))


def without_tracking(url: str) -> str:
    """``url`` without the parts of its query that only count visitors."""
    before, hash_, fragment = url.partition("#")
    page, _, query = before.partition("?")
    kept = _TRACKING.sub("", query).strip("&")
    return page + (f"?{kept}" if kept else "") + hash_ + fragment if query else url
