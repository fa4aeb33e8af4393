"""Inputs that a plugin of the site reads: `importers` in docs/plugins.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from sitegen.base.diagnostics import fail, nearest_hint
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import language, read_moment
from sitegen.importer.model import Imported
from sitegen.importer.to_markdown import absolute
from sitegen.model.article import Image, Person
from sitegen.plugins import Plugin, call

Importers = Mapping[str, tuple[Plugin, Callable[..., Any]]]
FIELDS = (
    "title",
    "dek",
    "authors",
    "credits",
    "date",
    "updated",
    "dateline",
    "image",
    "source",
    "canonical",
    "section",
    "tags",
    "lang",
    "summary",
    "html",
    "body",
    "base",
    "guid",
    "rights",
    "extra",
    "attached",
)
_LINES = ("title", "dek", "dateline", "section", "summary", "guid")


def plugged(importers: Importers, shown: str, data: bytes, zone: str) -> list[Imported] | None:
    """The articles that the first importer which knows ``data`` finds in it; None where none knows
    it.

    An importer gets the input's name and its bytes. It gives back None for what is not its own,
    else the articles, each a mapping of some of `FIELDS`. They are as little trusted as any input.
    Dates without an offset are those of ``zone``. Raises SitegenError where an importer fails, or
    returns something that is not an article.
    """
    for name, (plugin, function) in importers.items():
        met = f"importing {shown} with `{name}`"
        given = call(
            plugin,
            lambda f=function: None if (out := f(shown, data)) is None else list(out),
            met=met,
        )
        if given is not None:
            return [_article(plugin, name, one, zone) for one in given]
    return None


def _article(plugin: Plugin, name: str, given: Any, zone: str) -> Imported:
    try:
        fields = dict(given)
        if unknown := sorted(fields.keys() - set(FIELDS)):
            hint = nearest_hint(unknown[0], FIELDS)
            raise ValueError("; ".join(filter(None, (f"unknown field `{unknown[0]}`", hint))))
        fields |= {
            key: _listed(fields[key]) for key in ("authors", "credits", "tags") if key in fields
        }
        fields |= {
            key: [{"name": p} if isinstance(p, str) else p for p in fields[key]]
            for key in ("authors", "credits")
            if key in fields
        }
        found: Imported = msgspec.convert(
            msgspec.to_builtins(fields, builtin_types=(bytes,)), Imported
        )
    except (TypeError, ValueError) as error:  # msgspec's are ValueErrors
        said = (
            f"plugin `{plugin.name}`: the importer `{name}` returned something that is not an"
            f" article: {error}"
        )
        raise fail(
            "plugin", said, plugin.path, help=f"each is a mapping of some of {', '.join(FIELDS)}"
        ) from None
    lines = {key: clean_inline(getattr(found, key))[:2_000] for key in _LINES}
    return msgspec.structs.replace(
        found,
        **lines,
        authors=tuple(_person(p) for p in found.authors),
        credits=tuple(_person(p) for p in found.credits),
        date=read_moment(found.date, zone),
        updated=read_moment(found.updated, zone),
        canonical=absolute(found.canonical, ""),
        source=msgspec.structs.replace(found.source, url=absolute(found.source.url, "")),
        image=_picture(found) if found.image else None,
        lang=language(found.lang),
        tags=tuple(t for tag in found.tags if (t := clean_inline(tag))),
        evidence=tuple(
            (key, f"from plugin {plugin.name}")
            for key in ("title", "authors", "date")
            if getattr(found, key)
        ),
    )


def _listed(value: Any) -> list[Any]:
    return (
        list(value)
        if isinstance(value, Iterable) and not isinstance(value, (str, Mapping))
        else [value]
    )


def _person(person: Person) -> Person:
    name, role, org = clean_inline(person.name), clean_inline(person.role), clean_inline(person.org)
    return Person(name, role, absolute(person.url, ""), org)


def _picture(found: Imported) -> Image | None:
    image = found.image or Image("")
    src = image.src if image.src in found.attached else absolute(image.src, found.base)
    return msgspec.structs.replace(image, src=src) if src else None
