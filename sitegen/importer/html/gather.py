"""Everything that a page says of its article: JSON-LD, meta tags, microdata, microformats, its
address, and what is seen."""

from __future__ import annotations

from typing import Any

from sitegen.importer.html.candidates import Claims
from sitegen.importer.html.jsonld import from_json_ld
from sitegen.importer.html.meta import (
    from_meta,
    from_name,
    from_owner,
    from_scripts,
    from_url,
    metas_of,
)
from sitegen.importer.html.microdata import from_h_entry, from_hatom, from_microdata
from sitegen.importer.html.shown import from_shown


def gather(tree: Any, url: str, country: str, zone: str) -> Claims:
    """The claims of ``tree`` (an lxml HTML tree); ``zone`` is for times without one."""
    claims = Claims()
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    claims.lang = language.strip()
    from_json_ld(tree, claims, country, zone, url)
    from_meta(tree, metas_of(tree), claims, country, zone)
    from_name(tree, claims, country, zone)
    from_h_entry(tree, claims, country, zone)
    from_hatom(tree, claims, country, zone)
    from_microdata(tree, claims, country, zone)
    from_url(url or claims.canonical, claims)
    claims.canonical = claims.canonical or url
    from_owner(tree, claims)
    from_scripts(tree, claims, country, zone)
    from_shown(tree, claims, country, zone)
    return claims


__all__ = ["gather"]
