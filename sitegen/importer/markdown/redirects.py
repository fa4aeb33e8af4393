"""The redirects of an old site: `_redirects` of Netlify and Cloudflare, `.htaccess` of Apache.

Old addresses become aliases of the articles that they lead to. Sources:
https://docs.netlify.com/routing/redirects/, https://httpd.apache.org/docs/2.4/mod/mod_alias.html,
https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from sitegen.base.diagnostics import SitegenError
from sitegen.base.text import safe_path
from sitegen.importer.archives import Tree
from sitegen.importer.detect import decode_text

MAX_FILE = 1024 * 1024
MAX_RULES = 20_000
_NAMES = tuple(
    f"{folder}{name}"
    for folder in ("", "static/", "public/", "source/", "content/", "files/", "src/")
    for name in ("_redirects", ".htaccess")
)
_NETLIFY = re.compile(r"(?P<old>/\S*)\s+(?P<new>\S+)(?:\s+30[1278]!?(?:\s.*)?)?")
_ALIAS = re.compile(
    r"Redirect(?:Permanent|Temp)?\s+(?:(?:30[1278]|permanent|temp"
    r"|seeother)\s+)?(?P<old>/\S*)\s+(?P<new>\S+)",
    re.I,
)
_REWRITE = re.compile(
    r"RewriteRule\s+\^?/?(?P<old>[\w./%~\\-]+?)(?:/\?)?\$?\s+(?P<new>\S+)\s+\[(?P<flags>[^\]]*\bR"
    r"\b[^\]]*)\]",
    re.I,
)
_PATTERN = re.compile(r"[*:()\[\]{}|^$\\?]")  # of rules for many URLs


def read_redirects(tree: Tree) -> dict[str, tuple[str, ...]]:
    """The old paths by the path that they lead to, both without slashes at their ends; rules for
    patterns of addresses are left out."""
    out: dict[str, tuple[str, ...]] = {}
    for name in _NAMES:
        for old, new in _rules(_text(tree, name)):
            source, target = _path(old), _path(new)
            if source and target and source != target:
                out[target] = tuple(dict.fromkeys((*out.get(target, ()), f"/{source}")))
            if len(out) >= MAX_RULES:
                return out
    return out


def _rules(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        row = line.strip()
        match = _ALIAS.match(row) or _REWRITE.match(row) or _NETLIFY.fullmatch(row)
        if match:
            yield match["old"].replace("\\.", "."), match["new"]


def _path(address: str) -> str:
    """The path of an address, without slashes at its ends; empty for a pattern or the front
    page."""
    try:
        path = urlsplit(address.strip("\"'")).path
    except ValueError:
        return ""
    path = unquote(path).removesuffix("index.html").strip("/")
    return "" if not path or _PATTERN.search(path) or not safe_path(path) else path


def _text(tree: Tree, name: str) -> str:
    try:
        return decode_text(tree.read(name, MAX_FILE))[0]
    except SitegenError:
        return ""
