"""Articles of the site itself, at the URLs that they had before: an archive that moves in."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

import msgspec

from sitegen.base.urls import site_of
from sitegen.importer.fields.values import old_paths
from sitegen.importer.model import Imported
from sitegen.model.article import Source


def at_home(found: Imported, base_url: str, title: str, outlets: Iterable[str] = ()) -> Imported:
    """``found`` as an article of the site below ``base_url``, if it was published there before.

    Its old URL is an alias then, which becomes a redirect, and neither its original nor its
    source: both would lead readers and search engines to a page that the site no longer has. Only
    an article without authors has the site as its source, by the name that it gives or ``title``.
    ``outlets`` are the home pages of sources that site.yaml names: what is theirs stays theirs.
    """
    url = found.canonical or found.source.url
    host = site_of(url)
    if not host or host != site_of(base_url) or any(host == site_of(home) for home in outlets):
        return found
    path = _below(url, base_url)
    if path is None:
        return found
    old = () if without_redirect(url) else old_paths(path)
    rights = found.rights
    if found.source.license and not rights.license:
        rights = msgspec.structs.replace(rights, license=found.source.license)
    return msgspec.structs.replace(
        found,
        canonical="",
        source=Source() if found.authors else Source(found.source.name or title),
        aliases=tuple(dict.fromkeys((*found.aliases, *old))),
        rights=rights,
    )


def without_redirect(url: str) -> bool:
    """Whether no alias can lead on from ``url``: it has a query, which no file of a site has."""
    return bool(urlsplit(url).query)


def _below(url: str, base_url: str) -> str | None:
    """The path of ``url`` below the site's; None if it is not below it."""
    path, base = urlsplit(url).path or "/", urlsplit(base_url).path.rstrip("/")
    return path.removeprefix(base) if f"{path}/".startswith(f"{base}/") else None
