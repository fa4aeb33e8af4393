"""Files for machines that read a site: sitemaps, robots.txt, and the reservation of text and data
mining."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import msgspec

from sitegen.model.views import ManifestView, RobotsView, SiteContext, SitemapView

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
Absolute = Callable[[str], str]  # from a path below the site to a URL


def sitemap(view: SitemapView, absolute: Absolute) -> bytes:
    """URLs with the day of their last change, or an index of such files (sitemaps.org 0.9)."""
    outer, inner = ("sitemapindex", "sitemap") if view.index else ("urlset", "url")
    rows = ['<?xml version="1.0" encoding="utf-8"?>', f'<{outer} xmlns="{SITEMAP}">']
    for path, changed in view.entries:  # some ten thousand: an element tree takes ten times as long
        when = f"<lastmod>{escape(changed)}</lastmod>" if changed else ""
        rows.append(f"<{inner}><loc>{escape(absolute(path))}</loc>{when}</{inner}>")
    return "\n".join([*rows, f"</{outer}>", ""]).encode()


def robots(view: RobotsView, absolute: Absolute) -> bytes:
    """The robots.txt of a site (RFC 9309), with its sitemaps, unless its own text names some."""
    maps = "".join(f"Sitemap: {absolute(url)}\n" for url in view.sitemaps)
    if view.text:
        named = any(row.lower().startswith("sitemap:") for row in view.text.splitlines())
        return f"{view.text}\n{'' if named else chr(10) + maps}".encode()
    agents = "".join(f"User-agent: {name}\n" for name in view.denied)
    denied = f"{agents}Disallow: /\n\n" if agents else ""
    return f"{denied}User-agent: *\nAllow: /\n\n{maps}".encode()


def reservation(frame: SiteContext, base_path: str, absolute: Absolute) -> bytes:
    """The reservation of text and data mining for all of a site (W3C TDMRep, tdmrep.json)."""
    policy = frame.tdm.policy if frame.tdm else ""
    rule: dict[str, object] = {"location": f"{base_path}/*", "tdm-reservation": 1}
    if policy:
        rule["tdm-policy"] = absolute(policy)
    return msgspec.json.format(msgspec.json.encode([rule]), indent=1) + b"\n"


def web_manifest(view: ManifestView, frame: SiteContext, url: Absolute) -> bytes:
    """The name, the colours and the icons of a site, for phones that keep it among their programs
    (https://www.w3.org/TR/appmanifest/)."""
    icons = [
        {
            "src": url(icon.url),
            "type": icon.type,
            "sizes": f"{icon.size}x{icon.size}" if icon.size else "any",
        }
        for icon in frame.icons
        if icon.rel == "icon" and not icon.url.endswith(".ico")
    ]
    manifest = {
        "name": frame.title,
        "id": url("/"),
        "start_url": url("/"),
        "scope": url("/"),
        "lang": frame.language,
        "dir": frame.dir,
        "display": "browser",
        "background_color": view.paper,
        "theme_color": view.band,
        "icons": icons,
    }
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
