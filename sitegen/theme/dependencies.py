"""Which templates a template includes, and which queries it asks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from sitegen.base.text import digest
from sitegen.model.base import Struct
from sitegen.model.views import ALL_DATA
from sitegen.plugins import Plugin, hooks, named

if TYPE_CHECKING:
    from jinja2 import nodes

SHORTCODES = "shortcodes.html"  # the macros that articles may call: any page may show one
QUALIFIED_NAME = re.compile(r"""["']([^"'/\s]+/[^"'\s]+)["']""")


class Uses(Struct, frozen=True):
    """What one template refers to."""

    templates: frozenset[
        str | None
    ]  # that it extends, includes, imports; None where it is computed
    filters: frozenset[str] = frozenset()
    queries: frozenset[str] = frozenset()
    data: frozenset[str] = frozenset()  # names below `site.data`; all where one is computed
    readable: bool = True


@lru_cache(maxsize=512)  # a preview reads a template again only when it was edited
def uses_of(text: str) -> Uses:
    """What the template ``text`` refers to."""
    from jinja2 import Environment, TemplateSyntaxError, meta, nodes

    try:
        tree = Environment(autoescape=True).parse(text)
    except TemplateSyntaxError:
        return Uses(frozenset({None}), readable=False)
    parts = _parts(tree)
    queries = {
        str(call.args[0].value)
        for call in parts
        if isinstance(call, nodes.Call)
        and isinstance(call.node, nodes.Name)
        and call.node.name == "query"
        and call.args
        and isinstance(call.args[0], nodes.Const)
    }
    filters = {node.name for node in parts if isinstance(node, nodes.Filter)}
    templates = frozenset(meta.find_referenced_templates(tree))
    return Uses(templates, frozenset(filters), frozenset(queries), frozenset(_data(parts)))


def _parts(tree: nodes.Template) -> list[nodes.Node]:
    """All nodes of a template, which is slow to look through."""
    found: list[nodes.Node] = [tree]
    for node in found:  # it grows meanwhile
        found += node.iter_child_nodes()
    return found


def _data(parts: Iterable[nodes.Node]) -> Iterator[str]:
    """The names below `site.data` in a template with these nodes; where one is computed, or all of
    it is used, everything."""
    from jinja2 import nodes

    fields = [node for node in parts if isinstance(node, nodes.Getattr | nodes.Getitem)]
    named = set()
    for node in fields:
        name = _field(node)
        if name and _is_site_data(node.node):
            named.add(id(node.node))
            yield name
    if any(_is_site_data(node) and id(node) not in named for node in fields):
        yield ALL_DATA


def _field(node: nodes.Node) -> str:
    """What ``a.b`` and ``a['b']`` take of ``a``; empty where that is computed."""
    from jinja2 import nodes

    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return str(node.arg.value)
    return ""


def _is_site_data(node: nodes.Node) -> bool:
    from jinja2 import nodes

    if not isinstance(node, nodes.Getattr | nodes.Getitem) or _field(node) != "data":
        return False
    return isinstance(node.node, nodes.Name) and node.node.name == "site"


def template_closures(
    templates: dict[str, str], plugins: tuple[Plugin, ...] = ()
) -> dict[str, str]:
    """A digest for each template of all that it can depend on.

    That is itself and what it extends, includes and imports, however deep. A template that does not
    exist counts as absent, so that adding it changes the digest; a template whose references are
    computed, or which cannot be parsed, depends on the whole theme. Of plugins it depends on those
    that look at every page, and those whose filters it uses.
    """
    filters = named(plugins, "filters")
    always = [plugin.digest.encode() for plugin, _ in hooks(plugins, "post_render")]
    whole = digest(
        *(x.encode() for pair in templates.items() for x in pair),
        *always,
        *(p.digest.encode() for p in plugins),
    )
    uses = {name: uses_of(text) for name, text in templates.items()}
    out = {}
    for name in templates:
        seen = _seen(name, uses)
        if None in seen:
            out[name] = whole
            continue
        names = sorted(n for n in seen if n)
        parts = [f"{n}\0{templates.get(n, '(absent)')}".encode() for n in names]
        touched = [
            filters[used][0].digest.encode()
            for n in names
            if n in uses
            for used in sorted(uses[n].filters & filters.keys())
        ]
        out[name] = digest(*parts, *touched, *always)
    return out


def templates_behind(names: Iterable[str], templates: Mapping[str, str]) -> frozenset[str]:
    """``names`` with all that these templates extend, include and import, however deep; by a
    computed reference all."""
    behind: set[str] = set()
    todo = templates.keys() & {*names}
    while todo:
        behind |= todo
        named: set[str | None] = set()
        for name in todo:
            named |= uses_of(templates[name]).templates
        if None in named:
            return frozenset(templates)
        todo = (templates.keys() & named) - behind
    return frozenset(behind)


def _seen(name: str, uses: dict[str, Uses]) -> set[str | None]:
    """What the template ``name`` depends on: itself, the shortcodes, and what these refer to."""
    seen: set[str | None] = set()
    stack: list[str | None] = [name, *([SHORTCODES] if SHORTCODES in uses else [])]
    while stack:
        here = stack.pop()
        if here not in seen:
            seen.add(here)
            stack += uses[here].templates if here in uses else ()
    return seen


def template_queries(templates: dict[str, str]) -> dict[str, str]:
    """The queries, divided by blanks, that each template asks, itself or through what it extends,
    includes and imports."""
    uses = {name: uses_of(text) for name, text in templates.items()}
    leads = _leads(uses)
    queries = {name: one.queries for name, one in uses.items()}
    return {name: _joined(queries, _reached(name, leads)) for name in templates}


def _leads(uses: dict[str, Uses]) -> dict[str, set[str | None]]:
    """The templates that each template names."""
    return {name: set(one.templates) if one.readable else set() for name, one in uses.items()}


def _joined(found: Mapping[str, Collection[str]], templates: Iterable[str]) -> str:
    """What some templates use, divided by blanks."""
    return " ".join(sorted(set().union(*(found[name] for name in templates))))


def template_data(templates: dict[str, str]) -> dict[str, str]:
    """The names below `site.data`, divided by blanks, that each template uses, itself or through
    what it extends, includes and imports."""
    uses = {name: uses_of(text) for name, text in templates.items()}
    data = {name: one.data for name, one in uses.items()}
    if not any(data.values()):
        return {}
    leads = _leads(uses)
    macros = _reached(SHORTCODES, leads)
    return {name: _joined(data, macros | _reached(name, leads)) for name in templates}


def _reached(name: str, leads: dict[str, set[str | None]]) -> set[str]:
    """The templates that one can reach; by a computed reference all."""
    seen: set[str] = set()
    stack: list[str | None] = [name]
    while stack:
        here = stack.pop()
        if here not in leads or here in seen:
            continue
        seen.add(here)
        stack += leads if None in leads[here] else leads[here]
    return seen
