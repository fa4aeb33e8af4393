"""Themes: templates, assets and options of a folder, found by name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sitegen.base.diagnostics import SitegenError, nearest, problem
from sitegen.base.messages import catalogue_files, read_messages
from sitegen.base.text import digest
from sitegen.base.yaml12 import load_mapping
from sitegen.model import Struct
from sitegen.plugins import Plugin, hooks, named

_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?")
LOCALES = Path(__file__).parent / "locales"  # what the themes that come with sitegen say
TEMPLATES = ("front.html", "article.html", "list.html", "terms.html", "404.html", "redirect.html")


class Theme(Struct, frozen=True):
    """A loaded theme. ``templates`` maps a name to its text, ``assets`` to its file; ``digest`` covers both."""

    name: str
    root: str
    templates: dict[str, str]
    assets: dict[str, str]  # name below assets/ -> absolute path
    asset_paths: dict[str, str]  # name below assets/ -> fingerprinted output path
    options: dict[str, Any]
    digest: str
    plugins: tuple[Plugin, ...] = ()
    messages: dict[str, str] = {}  # English words -> those of the site's language


def find_theme(name: str, roots: list[Path]) -> Path:
    """The folder of theme ``name`` in the first root that has it.

    Raises SitegenError (exit status 2) with the themes there are.
    """
    for root in roots:
        if (root / name / "theme.yaml").is_file():
            return root / name
    there = sorted({p.parent.name for root in roots for p in root.glob("*/theme.yaml")})
    near = nearest(name, there)
    hint = f"did you mean `{near}`?" if near else f"there are: {', '.join(there) or 'none'}"
    raise SitegenError(problem("theme", f"no theme `{name}`", "site.yaml", help=hint), 2)


def load_theme(name: str, roots: list[Path], options: dict[str, Any], override: Path, language: str = "en") -> Theme:
    """Theme ``name`` with the site's own templates (``override/templates``) laid over it.

    Raises SitegenError for a missing theme, template, or an option that is unknown or of a wrong type.
    """
    folder = find_theme(name, roots)
    layers = [folder, override]
    templates = {p.relative_to(d / "templates").as_posix(): p for d in layers for p in _files(d / "templates")}
    assets = {p.relative_to(d / "assets").as_posix(): p for d in layers for p in _files(d / "assets")}
    missing = [t for t in TEMPLATES if t not in templates]
    if missing:
        hint = f"add it below {name}/templates/"
        raise SitegenError([problem("template", f"template `{t}` is missing in theme `{name}`", help=hint) for t in missing])
    texts = {key: path.read_text("utf-8") for key, path in sorted(templates.items())}
    contents = {key: path.read_bytes() for key, path in sorted(assets.items())}
    messages = read_messages(catalogue_files(language, [LOCALES, *(d / "locales" for d in layers)]))
    return Theme(
        name=name,
        root=str(folder),
        templates=texts,
        assets={key: str(assets[key]) for key in contents},
        asset_paths={key: _fingerprinted(key, data) for key, data in contents.items()},
        options=_options(folder / "theme.yaml", options),
        digest=digest(*(x.encode() for pair in (*texts.items(), *messages.items()) for x in pair), *contents.values()),
        messages=messages,
    )


def template_closures(templates: dict[str, str], plugins: tuple[Plugin, ...] = ()) -> dict[str, str]:
    """A digest for each template of all that it can depend on.

    That is itself and what it extends, includes and imports, however deep. A template that does not
    exist counts as absent, so that adding it changes the digest; a template whose references are
    computed, or which cannot be parsed, depends on the whole theme. Of plugins it depends on those that look at
    every page, and those whose filters it uses.
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
        used = {n.name for n in environment.parse(text).find_all(nodes.Filter)} if any(f in text for f in filters) else set()
        return [filters[name][0].digest.encode() for name in sorted(used & filters.keys())]

    whole = digest(*(x.encode() for pair in templates.items() for x in pair), *always, *(p.digest.encode() for p in plugins))
    uses = {name: references(text) for name, text in templates.items()}
    out = {}
    for name in templates:
        seen: set[str | None] = set()
        stack: list[str | None] = [name]
        while stack:
            here = stack.pop()
            if here not in seen:
                seen.add(here)
                stack += uses.get(here or "", ())
        parts = [f"{n}\0{templates.get(n, '(absent)')}".encode() for n in sorted(n for n in seen if n)]
        touched = [] if None in seen else [m for n in sorted(n for n in seen if n in templates) for m in marks(templates[n or ""])]
        out[name] = whole if None in seen else digest(*parts, *touched, *always)
    return out


def template_queries(templates: dict[str, str]) -> dict[str, str]:
    """The queries, divided by blanks, that each template asks, itself or through what it extends, includes and imports."""
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
            if isinstance(one.node, nodes.Name) and one.node.name == "query" and one.args and isinstance(one.args[0], nodes.Const):
                asked[name].add(str(one.args[0].value))
    return {name: " ".join(sorted(set().union(*(asked[n] for n in _reached(name, leads))))) for name in templates}


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


def _files(folder: Path) -> list[Path]:
    return [p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.startswith(".")]


def _fingerprinted(name: str, data: bytes) -> str:
    stem, dot, suffix = name.rpartition(".")
    return f"/assets/{stem}.{digest(data)[:10]}{dot}{suffix}" if dot else f"/assets/{name}.{digest(data)[:10]}"


def _options(path: Path, given: dict[str, Any]) -> dict[str, Any]:
    spec, _ = load_mapping(path.read_text("utf-8"), str(path), "theme")
    declared: dict[str, dict[str, Any]] = spec.get("options") or {}
    problems = []
    for key, value in given.items():
        if key not in declared:
            near = nearest(key, declared)
            hint = f"did you mean `{near}`?" if near else f"there are: {', '.join(declared)}"
            problems.append(problem("theme-option", f"unknown theme option `{key}`", "site.yaml", help=hint))
        elif wrong := _mismatch(value, declared[key]):
            problems.append(problem("theme-option", f"theme option `{key}` must be {wrong}", "site.yaml"))
    if problems:
        raise SitegenError(problems, 2)
    return {key: given.get(key, entry.get("default")) for key, entry in sorted(declared.items())}


def _mismatch(value: Any, entry: dict[str, Any]) -> str:
    match entry.get("type"):
        case "boolean":
            return "" if isinstance(value, bool) else "true or false"
        case "integer":
            return "" if isinstance(value, int) and not isinstance(value, bool) else "a whole number"
        case "choice":
            return "" if value in entry["choices"] else "one of " + ", ".join(entry["choices"])
        case "colour":
            return "" if isinstance(value, str) and _COLOUR.fullmatch(value) else "a colour such as #0a5c4a"
        case _:
            return "" if isinstance(value, str) else "text"
