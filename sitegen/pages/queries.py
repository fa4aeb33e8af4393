"""What a template may ask about the site: `query('latest')`.

Only what some template asks for is looked up. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

import msgspec

from sitegen.base.diagnostics import fail
from sitegen.base.text import digest
from sitegen.model.site import Site
from sitegen.model.views import ALL_DATA, Answers, TermCount
from sitegen.plugins import Plugin, call, named

LATEST = 12
POPULAR = 20
BUILT_IN = ("latest", "popular_tags")


def answers(site: Site, uses: dict[str, str], plugins: tuple[Plugin, ...]) -> Answers:
    """The answers to all that templates ask; ``uses`` names for each template its queries.

    Raises SitegenError for unknown ones.
    """
    asked = sorted({name for names in uses.values() for name in names.split()})
    if not asked:
        return Answers()
    own = named(plugins, "queries")
    out: dict[str, Any] = {}
    for name in asked:
        if name in own:
            plugin, function = own[name]
            out[name] = plain_value(
                plugin, call(plugin, function, site, met=f"answering the query `{name}`")
            )
        elif name not in BUILT_IN:
            raise fail(
                "template",
                f"there is no query `{name}`",
                help=f"use one of: {', '.join(sorted({*BUILT_IN, *own}))}",
            )
    newest = (i for i in reversed(site.articles) if i not in site.withdrawn)
    shown = list(islice(newest, LATEST))
    tags = sorted(
        (x for x in site.listings if x.kind == "tag"), key=lambda x: (-len(x.documents), x.name)
    )[:POPULAR]
    return Answers(
        latest=tuple([site.cards[i] for i in shown]) if "latest" in asked else (),
        popular_tags=(
            tuple([TermCount(x.name, x.url, len(x.documents)) for x in tags])
            if "popular_tags" in asked
            else ()
        ),
        own=out,
    )


def plain_value(plugin: Plugin, value: Any) -> Any:
    """``value`` as texts, numbers, lists and mappings: what a page shows must be known by value."""
    return call(
        plugin,
        lambda: msgspec.msgpack.decode(msgspec.msgpack.encode(value)),
        met="reading what it gave back",
    )


def with_answers(closures: dict[str, str], uses: dict[str, str], found: Answers) -> dict[str, str]:
    """``closures`` in which a template depends also on the answers to what it asks."""
    encode = msgspec.msgpack.Encoder(order="deterministic").encode
    marks = {name: encode(found.to(name)) for names in uses.values() for name in names.split()}
    asking: Iterable[tuple[str, list[str]]] = (
        (name, names.split()) for name, names in uses.items() if names
    )
    return closures | {
        name: digest(closures[name].encode(), *[marks[q] for q in names]) for name, names in asking
    }


def with_data(
    closures: dict[str, str], uses: dict[str, str], data: dict[str, Any]
) -> dict[str, str]:
    """``closures`` in which a template depends also on the data that it uses; ``uses`` is what
    `template_data` gives."""
    encode = msgspec.msgpack.Encoder(order="deterministic").encode
    out = dict(closures)
    for template, names in uses.items():
        if used := names.split():
            known = data if ALL_DATA in used else {name: data.get(name) for name in used}
            out[template] = digest(closures[template].encode(), encode(known))
    return out
