"""Small sites as values, for tests of the functions that make pages of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sitegen.config.schema import Config
from sitegen.model.article import Document
from sitegen.model.site import Shown, Site
from sitegen.model.views import Answers
from sitegen.pages.site_context import frame
from sitegen.render.renderer import Renderer
from sitegen.site.resolve import resolve
from sitegen.theme.load import Theme

NOW = datetime.fromisoformat("2026-11-24T12:00:00+00:00").timestamp()
TEMPLATES = (
    "404 archive article corrections edition editions email front list page redirect search story"
    " terms"
).split()


def config(**values: Any) -> Config:
    """The settings of a site in UTC."""
    return Config(**({"title": "T", "base_url": "https://t.example/", "timezone": "UTC"} | values))


def document(name: str, day: str = "2026-11-02", **values: Any) -> Document:
    """An article of the section `world`."""
    stamp = datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp()
    given = {"title": name.capitalize(), "slug": name, "section": "world", "date": day}
    return Document(path=f"content/world/{name}.md", stamp=stamp, **(given | values))


def page(name: str, path: str = "", **values: Any) -> Document:
    """A page of the site itself, without a date."""
    given = {"title": name.capitalize(), "slug": name, "section": "", "date": "", "kind": "page"}
    return Document(path=path or f"content/pages/{name}.md", stamp=0.0, **(given | values))


def site(*documents: Document, settings: Config | None = None) -> Site:
    """What is published of ``documents`` on 24 November 2026."""
    return resolve(documents, settings or config(), NOW, Shown())[0]


def theme(**values: Any) -> Theme:
    """A theme that has every template, and no assets."""
    given: dict[str, Any] = {
        "name": "plain",
        "root": "",
        "templates": {f"{name}.html": "" for name in TEMPLATES},
        "places": {},
        "assets": {},
        "asset_paths": {},
        "sheets": {},
        "styles": (),
        "options": {},
        "digest": "",
    }
    return Theme(**(given | values))


def renderer(templates: dict[str, str] | None = None, **values: Any) -> Renderer:
    """What renders pages of a small site; ``values`` are settings."""
    settings = config(**values)
    own = theme(asset_paths={"site.css": "/assets/site.0f.css"})
    shared = frame(site(settings=settings), own, settings)
    return Renderer(templates or {}, {}, shared, {}, Answers())
