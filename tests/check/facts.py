"""Facts of a digest for rules, without reading or building one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sitegen.check.model import ArticleText, Facts, Finding
from sitegen.config.load import load_config
from sitegen.model.article import Document

SITE = "title: T\nbase_url: https://t.example/\ntimezone: UTC\n"


def article(name: str, **fields: Any) -> Document:
    """An article of 1 November 2026 at `content/world/NAME.md`."""
    defaults: dict[str, Any] = {"title": name.upper(), "words": 10, "body_digest": name}
    return Document(
        **{
            "path": f"content/world/{name}.md",
            "slug": name,
            "section": "world",
            "date": "2026-11-01",
            "stamp": 1_793_491_200.0,
            **defaults,
            **fields,
        }
    )


def facts(
    *articles: Document,
    site: str = "",
    texts: dict[str, ArticleText] | None = None,
    **fields: Any,
) -> Facts:
    """What a rule sees of ``articles``; ``texts`` are by the name of an article."""
    values: dict[str, Any] = {
        "config": load_config(SITE + site),
        "now": 1_793_491_200.0,
        "days": 7,
        "documents": articles,
        "shown": articles,
        "views": {},
        "plan": None,
        "frames": {},
        "texts": {f"content/world/{name}.md": text for name, text in (texts or {}).items()},
        "theme_ids": frozenset(),
        "media": (),
        "credits": {},
        "feeds": {},
        "letters": {},
        "samples": (),
    }
    return Facts(**{**values, **fields})


def said(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Each finding as the name of its article and its message."""
    return [(f.path.rpartition("/")[2].removesuffix(".md"), f.message) for f in findings]
