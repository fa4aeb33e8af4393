"""The pages of the desk, from values to HTML. Everything is escaped; only the text of an article,
which was sanitised when it was read, is not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2

from sitegen.base.text import counted
from sitegen.desk.listing import WaitingItem
from sitegen.model.base import Struct

HERE = Path(__file__).parent
MOST = 200  # items of a page
SUMMARY = 280  # letters


class Row(Struct, frozen=True):
    """An item of a page, and whether it belongs to the story of the one above."""

    item: WaitingItem
    follows: bool = False


class InboxPage(Struct, frozen=True):
    """A page of what waits: ``total`` items fit the filter ``query``."""

    rows: tuple[Row, ...]
    total: int
    waiting: int
    number: int
    pages: int
    query: str = ""
    problem: str = ""  # of the filter
    hidden: dict[str, int] = {}


def inbox_page(
    items: Sequence[WaitingItem], waiting: int, query: str, number: int, **more: Any
) -> InboxPage:
    """The page ``number``, counted from 1, of ``items``; the last one if there are not so many."""
    pages = max(1, -(-len(items) // MOST))
    number = min(max(1, number), pages)
    first = (number - 1) * MOST
    shown = items[first : first + MOST]
    rows = tuple(
        Row(item, bool(item.story) and place > 0 and shown[place - 1].story == item.story)
        for place, item in enumerate(shown)
    )
    return InboxPage(rows, len(items), waiting, number, pages, query, **more)


def age(days: float | None) -> str:
    """An age in its greatest unit: `5 h`, `3 d`."""
    if days is None:
        return ""
    return f"{max(0, int(days * 24))} h" if days < 2 else f"{int(days)} d"


def short(text: str) -> str:
    """The beginning of a text, without a cut word."""
    return text if len(text) <= SUMMARY else text[:SUMMARY].rpartition(" ")[0] + " …"


def _query(text: str) -> str:
    return quote(text, safe="")


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(age=age, counted=counted, short=short, query=_query)
    return environment


_TEMPLATES = _environment()
STATIC = {path.name: path.read_bytes() for path in sorted((HERE / "client").iterdir())}


def page(name: str, **values: Any) -> str:
    """The page of a template."""
    return _TEMPLATES.get_template(name).render(values)
