"""The body of an article as its page shows it: with images in all their sizes, players and charts.

Feeds, e-mails and EPUB files hold the same body with links in their place. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from html import escape, unescape
from urllib.parse import unquote

from sitegen.base.diagnostics import fail
from sitegen.base.text import counted
from sitegen.content.embedded_files import CHARTS
from sitegen.model.article import DataFile
from sitegen.model.views import ArticleView
from sitegen.render.charts import figure
from sitegen.render.data_tables import read_table
from sitegen.render.images import with_sizes
from sitegen.render.players import with_players

MOST_BYTES = 2_000_000  # of a table
_DATA = re.compile(r'<figure class="data"><a href="([^"]*)">([^<]*)</a>')

Url = Callable[[str], str]
Read = Callable[[str], bytes]


def page_body(
    html: str, view: ArticleView, base_path: str, url: Url, say: Callable[[str], str], read: Read
) -> str:
    """``html`` as the page of ``view`` shows it; ``read`` gives the bytes of a file of the site.

    Raises SitegenError for a table that cannot be shown, with file and line.
    """
    if view.pictures:
        images = {base_path + path: image for path, image in view.pictures.items()}
        html = with_sizes(html, images, url)
    html = with_players(html)
    if view.data:
        files = {base_path + file.url: file for file in view.data}
        html = _DATA.sub(partial(_table, files=files, say=say, read=read), html)
    return html


def _table(
    match: re.Match[str], files: Mapping[str, DataFile], say: Callable[[str], str], read: Read
) -> str:
    address, _, kind = unescape(match[1]).partition("#")
    file = files.get(unquote(address))
    if file is None or (kind or CHARTS[0]) not in CHARTS:
        return match[0]
    if file.size > MOST_BYTES:
        said = f"has more than {counted(MOST_BYTES, 'byte')}"
        raise fail("data", said, file.path, help="link to it, or shorten it")
    table = read_table(read(file.path), file.path)
    shown = figure(table, kind or CHARTS[0], unescape(match[2]), say("Data"))
    name = escape(file.path.rpartition("/")[2], quote=False)
    link = f'<p class="data-file"><a href="{escape(address)}">{name}</a></p>'
    return f'<figure class="data">\n{shown}\n{link}\n'
