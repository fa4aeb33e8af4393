"""Why an output would or would not be rebuilt."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sitegen.base.diagnostics import Diagnostic, fail, nearest_hint
from sitegen.base.text import slugify
from sitegen.config.schema import TOPIC
from sitegen.engine.build import prepare
from sitegen.engine.cache import Cache
from sitegen.engine.context import load
from sitegen.engine.options import BuildOptions
from sitegen.engine.output import Work
from sitegen.engine.site_folder import in_site
from sitegen.model.output import Copy, IndexFile, Item, Page, PlannedPage, ShareCardJob
from sitegen.model.site import Site


def explain(options: BuildOptions, page: str) -> list[str]:
    """Why a build with ``options`` would or would not rebuild ``page``, a URL path or a file below
    output/, and why rules gave an article its topics.

    Decides as `build` does and writes nothing. Raises SitegenError for a page that the site does
    not have.
    """

    def look(store: Cache, problems: list[Diagnostic]) -> tuple[Work, Item, list[str]]:
        work = prepare(load(options, store), problems, everything=True)
        item = _item(work, page)
        return work, item, _topics(store, work, item)

    work, item, topics = in_site(Path(options.root), look)
    reason = work.wanted.reasons.get(item.output)
    made = (
        f"would be rebuilt: {reason}"
        if reason
        else "would not be rebuilt: nothing that it shows has changed"
    )
    lines = [f"belongs to {item.origin}", _made_by(item), *topics, made]
    return [f"output/{item.output}", *(f"  {line}" for line in lines)]


def _item(work: Work, page: str) -> Item:
    """What ``page`` names. Raises SitegenError if there is no such output."""
    items = {item.output: item for item in work.plan.items()}
    name = page.removeprefix("output/").lstrip("/")
    item = items.get(name) or items.get(f"{name.rstrip('/')}/index.html".lstrip("/"))
    if item:
        return item
    as_path = page.startswith("/")
    hint = nearest_hint(
        page if as_path else name,
        map(_path, items) if as_path else items,
        "name a file below output/, or a path such as /tags/",
    )
    raise fail("explain", f"the site has no page `{page}`", help=hint)


def _made_by(item: Item) -> str:
    """What makes an output, and from what."""
    match item:
        case Page(template=template) | PlannedPage(template=template) if template:
            return f"template {template}"
        case Page():
            return "written without a template"
        case PlannedPage(kind=kind):
            return f"serialised as {kind}"
        case ShareCardJob():
            return "drawn, for link previews"
        case IndexFile():
            return "made from the articles"
        case Copy(source=source):
            return f"copied from {source}"
        case _:
            return f"made from {item.source}"


def _topics(store: Cache, work: Work, item: Item) -> list[str]:
    """The rules that gave an article its topics, or a topic its articles."""
    if work.source is None:
        return []
    site = work.source.index.site
    if item.origin in site.paths:
        reasons = _reasons(store, item.origin)
        return [f"topic `{name}`: {reason}" for name, reason in reasons.items()]
    slugs = {key[2] for key in work.plan.owners.get(item.output, ()) if key[:2] == ("list", TOPIC)}
    return list(_members(store, site, slugs))


def _members(store: Cache, site: Site, slugs: set[str | int]) -> Iterable[str]:
    for listing in site.listings:
        if listing.kind == TOPIC and listing.slug in slugs:
            for path in (site.paths[index] for index in reversed(listing.documents)):
                reasons = _reasons(store, path)
                rule = next((r for name, r in reasons.items() if slugify(name) == listing.slug), "")
                yield f"{path}: {rule}"


def _reasons(store: Cache, path: str) -> dict[str, str]:
    """Why an article has its topics."""
    parsed = store.record(path)
    return parsed.document.reasons if parsed and parsed.document else {}


def _path(name: str) -> str:
    """The path below the site at which a reader finds the output ``name``."""
    return f"/{name.removesuffix('index.html')}"
