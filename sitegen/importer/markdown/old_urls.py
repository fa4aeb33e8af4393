"""The URL that an article had at its old site, by the permalinks of the generator that made it.

Sources: https://jekyllrb.com/docs/permalinks/, https://hexo.io/docs/permalinks,
https://gohugo.io/configuration/permalinks/, https://docs.getpelican.com/en/latest/settings.html,
https://getnikola.com/handbook.html, https://www.getzola.org/documentation/content/page/,
https://www.11ty.dev/docs/permalinks/, https://docusaurus.io/docs/blog.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sitegen.base.text import slugify
from sitegen.model.base import Struct

# What permalinks of Jekyll are called.
STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}
DEFAULTS = {
    "jekyll": STYLES["date"],
    "hexo": "/:year/:month/:day/:title/",
    "hugo": "/:sections/:slugorfilename/",
    "zola": "/:sections/:slug/",
    "pelican": "/:slug.html",
    "nikola": "/:folder/:slug/",
    "eleventy": "/:sections/:filename/",
    "mkdocs": "/blog/:year/:month/:day/:slug/",
    "docusaurus": "/blog/:year/:month/:day/:filename",
}
_PART = re.compile(r":([a-z_]+)")
# `{date:%Y}` and `{slug}` of Pelican
_BRACED = re.compile(r"\{(?:date:(?P<form>%-?[a-zA-Z]))\}|\{(?P<name>\w+)\}")
_FORMS = {"%Y": "year", "%y": "short_year", "%m": "month", "%-m": "i_month", "%d": "day"} | {
    "%-d": "i_day",
    "%b": "short_month",
    "%B": "long_month",
    "%j": "y_day",
    "%H": "hour",
    "%M": "minute",
}
_OF_DATE = {
    "year": "%Y",
    "short_year": "%y",
    "month": "%m",
    "monthname": "%B",
    "short_month": "%b",
    "long_month": "%B",
    "day": "%d",
    "y_day": "%j",
    "yearday": "%j",
    "week": "%V",
    "short_day": "%a",
    "weekdayname": "%A",
    "hour": "%H",
    "minute": "%M",
    "second": "%S",
}


class OldPost(Struct, frozen=True):
    """What the URL of an article is made of: its headline, the slug that is written for it, the
    name of its file without the day, its folders below that of the texts, its date (RFC 3339),
    categories, author and language (only if it is not the site's first one)."""

    title: str = ""
    slug: str = ""
    name: str = ""
    folders: tuple[str, ...] = ()
    date: str = ""
    categories: tuple[str, ...] = ()
    author: str = ""
    lang: str = ""


def permalink(pattern: Any, style: str = "") -> str:
    """A permalink of site settings in the notation of this module; ``style`` if it is none."""
    if not isinstance(pattern, str) or not pattern.strip():
        return style
    text = _BRACED.sub(lambda m: f":{_FORMS.get(m['form'] or '', m['name'] or '')}", pattern)
    return STYLES.get(text, "/" + text.strip().lstrip("/"))[:500]


def permalinks(values: Any, style: str) -> dict[str, str]:
    """Permalinks by section, as Hugo has them; that of all others has no name."""
    said = values if isinstance(values, Mapping) else {}
    inner = said.get("page")
    said = inner if isinstance(inner, Mapping) else said
    return {"": style} | {str(k): permalink(v) for k, v in said.items() if isinstance(v, str)}


def old_url(generator: str, patterns: Mapping[str, str], post: OldPost) -> str:
    """The path that ``post`` had, or an empty string where something that it is made of is not
    known."""
    section = next(iter(post.folders), "")
    pattern = patterns.get(section) or patterns.get("") or DEFAULTS.get(generator, "")
    values = {**_words(generator, post), **_days(post.date)}
    is_known = all(_named(name, values) is not None for name in _PART.findall(pattern))
    if not pattern or not is_known:
        return ""
    path = _PART.sub(lambda m: _filled(m[1], values), pattern)
    prefix = f"/{post.lang}" if post.lang else ""
    return re.sub(r"/{2,}", "/", f"{prefix}/{path}")


def _named(name: str, values: Mapping[str, str]) -> str | None:
    """The longest placeholder that a name begins with: `:title.html`, `:year_x`."""
    return next((n for n in sorted(values, key=len, reverse=True) if name.startswith(n)), None)


def _filled(name: str, values: Mapping[str, str]) -> str:
    known = _named(name, values)
    return values[known] + name[len(known) :] if known is not None else ""


def _days(date: str) -> dict[str, str]:
    """What a date gives: nothing without a date."""
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return {}
    out = {name: moment.strftime(form) for name, form in _OF_DATE.items()}
    return out | {"i_month": str(moment.month), "i_day": str(moment.day)}


def _words(generator: str, post: OldPost) -> dict[str, str]:
    """What names, folders and categories give, as the generator writes them."""
    titled = _plain_slug(post.title) if generator == "pelican" else slugify(post.title)
    by_name = post.name if generator in ("jekyll", "hexo") else slugify(post.name)
    categories = "/".join(map(slugify, post.categories))
    sections = "/".join(slugify(f) for f in post.folders)
    by_title = generator in ("pelican", "mkdocs")
    slug = post.slug or (titled if by_title else by_name)
    of_title = titled if generator == "hugo" else post.slug or by_name
    return {
        "title": of_title,
        "post_title": titled,
        "slug": slug,
        "slugorfilename": slug,
        "slugorcontentbasename": slug,
        "name": by_name,
        "filename": by_name,
        "contentbasename": by_name,
        "categories": categories,
        "category": categories.split("/")[0],
        "sections": sections,
        "section": sections.split("/")[0],
        "folder": sections,
        "author": _plain_slug(post.author),
        "lang": post.lang,
    }


def _plain_slug(text: str) -> str:
    """A slug in letters of ASCII, as Pelican makes it: `Fähre` gives `fahre`."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return slugify(letters) if letters.strip() else ""
