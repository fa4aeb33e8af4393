"""Which templates a template includes, and which queries it asks."""

from __future__ import annotations

import re

from sitegen.base.text import digest
from sitegen.plugins import Plugin, hooks, named

SHORTCODES = "shortcodes.html"  # the macros that articles may call: any page may show one
QUALIFIED_NAME = re.compile(r"""["']([^"'/\s]+/[^"'\s]+)["']""")


def template_closures(
    templates: dict[str, str], plugins: tuple[Plugin, ...] = ()
) -> dict[str, str]:
    """A digest for each template of all that it can depend on.

    That is itself and what it extends, includes and imports, however deep. A template that does not
    exist counts as absent, so that adding it changes the digest; a template whose references are
    computed, or which cannot be parsed, depends on the whole theme. Of plugins it depends on those
    that look at every page, and those whose filters it uses.
    """
    from jinja2 import Environment, TemplateSyntaxError, meta, nodes

    environment = Environment(autoescape=True)
    environment.filters.update(dict.fromkeys(filters := named(plugins, "filters"), str))
    always = [plugin.digest.encode() for plugin, _ in hooks(plugins, "post_render")]

    def references(text: str) -> set[str | None]:
        try:
            return set(meta.find_referenced_templates(environment.parse(text)))
        except TemplateSyntaxError:
            return {None}

    def marks(text: str) -> list[bytes]:
        used = (
            {n.name for n in environment.parse(text).find_all(nodes.Filter)}
            if any(f in text for f in filters)
            else set()
        )
        return [filters[name][0].digest.encode() for name in sorted(used & filters.keys())]

    whole = digest(
        *(x.encode() for pair in templates.items() for x in pair),
        *always,
        *(p.digest.encode() for p in plugins),
    )
    uses = {name: references(text) for name, text in templates.items()}
    out = {}
    for name in templates:
        seen: set[str | None] = set()
        stack: list[str | None] = [name]
        if SHORTCODES in templates:
            stack.append(SHORTCODES)
        while stack:
            here = stack.pop()
            if here not in seen:
                seen.add(here)
                stack += uses.get(here or "", ())
        parts = [
            f"{n}\0{templates.get(n, '(absent)')}".encode() for n in sorted(n for n in seen if n)
        ]
        touched = (
            []
            if None in seen
            else [
                m
                for n in sorted(n for n in seen if n in templates)
                for m in marks(templates[n or ""])
            ]
        )
        out[name] = whole if None in seen else digest(*parts, *touched, *always)
    return out


def template_queries(templates: dict[str, str]) -> dict[str, str]:
    """The queries, divided by blanks, that each template asks, itself or through what it extends,
    includes and imports."""
    from jinja2 import Environment, TemplateSyntaxError, meta, nodes

    environment = Environment(autoescape=True)
    asked: dict[str, set[str]] = {}
    leads: dict[str, set[str | None]] = {}
    for name, text in templates.items():
        asked[name], leads[name] = set(), set()
        try:
            tree = environment.parse(text)
        except TemplateSyntaxError:
            continue
        leads[name] = set(meta.find_referenced_templates(tree))
        for one in tree.find_all(nodes.Call):
            if (
                isinstance(one.node, nodes.Name)
                and one.node.name == "query"
                and one.args
                and isinstance(one.args[0], nodes.Const)
            ):
                asked[name].add(str(one.args[0].value))
    return {
        name: " ".join(sorted(set().union(*(asked[n] for n in _reached(name, leads)))))
        for name in templates
    }


def _reached(name: str, leads: dict[str, set[str | None]]) -> set[str]:
    """The templates that one can reach; by a computed reference all."""
    seen: set[str] = set()
    stack: list[str] = [name]
    while stack:
        here = stack.pop()
        if here in leads and here not in seen:
            seen.add(here)
            stack += leads if None in leads[here] else [n for n in leads[here] if n]
    return seen
