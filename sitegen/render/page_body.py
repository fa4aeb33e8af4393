"""The body of an article as its page shows it: with images in all their sizes, players and charts.

Feeds, e-mails and EPUB files hold the same body with links in their place. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import unquote

from sitegen.base.diagnostics import fail
from sitegen.base.text import counted
from sitegen.content.embedded_files import CHARTS
from sitegen.content.formulas import with_mathml
from sitegen.model.article import DataFile
from sitegen.model.views import BodyOptions, BodyView
from sitegen.render.charts import figure
from sitegen.render.code_colours import with_colours
from sitegen.render.data_tables import read_table
from sitegen.render.embeds import with_cards_to_play
from sitegen.render.images import with_sizes
from sitegen.render.players import with_players

MOST_BYTES = 2_000_000  # of a table
_LINK = re.compile(r'<a href="(https?://[^"]*)">([^<]*)</a>')
_DATA = re.compile(r'<figure class="data"><a href="([^"]*)">([^<]*)</a>')


class BodyTools(NamedTuple):
    """What bodies are made with: the path of the site, URLs of its files, its words, what site.yaml
    asks for, and the bytes of its files."""

    base_path: str
    url: Callable[[str], str]
    say: Callable[[str], str]
    options: BodyOptions
    read: Callable[[str], bytes]


def page_body(html: str, view: BodyView, tools: BodyTools) -> str:
    """``html`` as the page of ``view`` shows it.

    Raises SitegenError for a table that cannot be shown, with file and line.
    """
    options = tools.options
    if view.pictures:
        images = {tools.base_path + path: image for path, image in view.pictures.items()}
        html = with_sizes(html, images, tools.url)
    html = with_players(html)
    if options.math:
        html = with_mathml(html)
    if options.highlight:
        html = with_colours(html)
    html = with_cards_to_play(html, options.embeds, tools.say)
    if view.data:
        files = {tools.base_path + file.url: file for file in view.data}
        html = _DATA.sub(partial(_table, files=files, tools=tools), html)
    return _LINK.sub(_marked, html) if 'href="http' in html else html


def _marked(link: re.Match[str]) -> str:
    """A link whose text is its address has a class, as print adds the address to all others."""
    is_bare = _address(link[1]) == _address(link[2])
    return link[0].replace("<a ", '<a class="bare" ', 1) if is_bare else link[0]


def _address(text: str) -> str:
    """An address without what people leave out of it: its scheme and a slash at its end."""
    return unquote(unescape(text)).strip().rpartition("://")[2].rstrip("/")


def _table(match: re.Match[str], files: Mapping[str, DataFile], tools: BodyTools) -> str:
    address, _, kind = unescape(match[1]).partition("#")
    file = files.get(unquote(address))
    if file is None or (kind or CHARTS[0]) not in CHARTS:
        return match[0]
    if file.size > MOST_BYTES:
        said = f"has more than {counted(MOST_BYTES, 'byte')}"
        raise fail("data", said, file.path, help="link to it, or shorten it")
    say = tools.say
    table = read_table(tools.read(file.path), file.path)
    shown = figure(table, kind or CHARTS[0], unescape(match[2]), say("Data"))
    name = escape(file.path.rpartition("/")[2], quote=False)
    link = f'<p class="data-file"><a href="{escape(address)}">{name}</a></p>'
    return f'<figure class="data">\n{shown}\n{link}\n'
