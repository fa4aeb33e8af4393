"""Why an output would or would not be rebuilt."""

from __future__ import annotations

from pathlib import Path

from sitegen.base.diagnostics import fail, nearest
from sitegen.engine.build import prepare
from sitegen.engine.context import load
from sitegen.engine.options import BuildOptions
from sitegen.engine.site_folder import in_site
from sitegen.model.output import Copy, IndexFile, Page, PlannedPage, ShareCardJob


def explain(options: BuildOptions, page: str) -> list[str]:
    """Why a build with ``options`` would or would not rebuild ``page``, a URL path or a file below
    output/.

    Decides as `build` does and writes nothing. Raises SitegenError for a page that the site does
    not have.
    """
    work = in_site(
        Path(options.root),
        lambda store, problems: prepare(load(options, store), problems, everything=True),
    )
    items = {item.output: item for item in work.plan.items()}
    name = page.removeprefix("output/").lstrip("/")
    item = items.get(name) or items.get(f"{name.rstrip('/')}/index.html".lstrip("/"))
    if not item:
        as_path = page.startswith("/")
        near = nearest(page if as_path else name, map(_path, items) if as_path else items)
        hint = (
            f"did you mean `{near}`?"
            if near
            else "name a file below output/, or a path such as /tags/"
        )
        raise fail("explain", f"the site has no page `{page}`", help=hint)
    reason = work.wanted.reasons.get(item.output)
    made = (
        f"would be rebuilt: {reason}"
        if reason
        else "would not be rebuilt: nothing that it shows has changed"
    )
    lines = [f"output/{item.output}", f"  belongs to {item.origin}"]
    if isinstance(item, Page):
        lines.append(
            f"  template {item.template}" if item.template else "  written without a template"
        )
    elif isinstance(item, PlannedPage):
        lines.append(
            f"  template {item.template}" if item.template else f"  serialised as {item.kind}"
        )
    elif isinstance(item, ShareCardJob):
        lines.append("  drawn, for link previews")
    else:
        where = "the articles" if isinstance(item, IndexFile) else item.source
        lines.append(f"  {'copied' if isinstance(item, Copy) else 'made'} from {where}")
    return [*lines, f"  {made}"]


def _path(name: str) -> str:
    """The path below the site at which a reader finds the output ``name``."""
    return f"/{name.removesuffix('index.html')}"
