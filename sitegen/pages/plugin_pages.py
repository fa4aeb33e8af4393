"""Pages that plugins add.

Pure, as far as the plugins are.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.base.diagnostics import fail
from sitegen.base.text import safe_path
from sitegen.model.output import Page
from sitegen.model.site import Site
from sitegen.model.views import (
    OwnView,
)
from sitegen.pages.lists import output_path
from sitegen.pages.queries import plain_value
from sitegen.plugins import Plugin, call, hooks


def plugin_pages(site: Site, plugins: tuple[Plugin, ...]) -> Iterator[Page]:
    """The pages that plugins add."""
    for plugin, function in hooks(plugins, "add_pages"):
        for given in call(
            plugin, lambda f=function: [dict(one) for one in f(site)], met="adding pages"
        ):
            url = safe_path(str(given.get("url", "")))
            if (
                not url
                or not given.get("title")
                or not str(given.get("template", "")).endswith(".html")
            ):
                hint = (
                    "give each `url` (such as /numbers/), `title`, `template` (such as"
                    " numbers.html) and, if you like, `data`"
                )
                raise fail(
                    "plugin",
                    f"plugin `{plugin.name}`: a page from `add_pages` is incomplete",
                    plugin.path,
                    help=hint,
                )
            view = OwnView(
                str(given["title"]), f"/{url}", plain_value(plugin, dict(given.get("data", {})))
            )
            yield Page(output_path(view.url), given["template"], view, f"plugin `{plugin.name}`")
