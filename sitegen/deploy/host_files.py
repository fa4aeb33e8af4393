"""Files that hosts read next to the site: `_headers` and `_redirects` of Netlify and Cloudflare,
`.htaccess` of Apache, files of GitHub Pages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sitegen.base.text import href
from sitegen.config.targets import DeployTarget, GitTarget
from sitegen.deploy.files import made
from sitegen.deploy.headers import FEED, FOREVER
from sitegen.deploy.model import Item
from sitegen.engine.addresses import Redirects

_SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}
EDITOR = "admin/config.yml"  # where `init --cms` puts the settings of an editor in the browser
MAX_REDIRECTS = 2000  # what Cloudflare reads


def headers_file(
    patterns: Mapping[str, str], policy: str = "", noindex: bool = False, editor: bool = False
) -> bytes:
    """`_headers`: the cache rules of the target, then sitegen's own; ``policy`` is the Content-
    Security-Policy of the pages, ``noindex`` keeps search engines from listing any file.

    A header for all files would also bind an ``editor`` in the browser, which must reach the Git
    host: then pages have their policy in their heads alone.
    """
    rule = "; ".join(["frame-ancestors 'self'"] if editor else [policy, "frame-ancestors 'self'"])
    secured = {"Content-Security-Policy": rule} if policy else {}
    unlisted = {"X-Robots-Tag": "noindex"} if noindex else {}
    rules: dict[str, dict[str, str]] = {"/*": _SAFE | secured | unlisted}
    for pattern, value in patterns.items():
        rules[f"/{pattern.lstrip('/')}"] = {"Cache-Control": value}
    rules.setdefault("/assets/*", {"Cache-Control": FOREVER})
    rules.setdefault("/feed.xml", {"Cache-Control": FEED})
    blocks = (
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in some.items())
        for path, some in rules.items()
    )
    return "\n".join(blocks).encode()


def redirects_file(moved: Redirects, forced: bool = False) -> bytes:
    """`_redirects`: a line for each old URL; where pages take precedence over it, the line is
    ``forced``, and tombstones have one, too.

    Sources: https://docs.netlify.com/routing/redirects/redirect-options/,
    https://developers.cloudflare.com/pages/configuration/redirects/
    """
    sign = "!" if forced else ""
    gone = [old for old in moved.gone if _is_one_word(old)] if forced else []
    pairs = sorted({(old, new) for old, new in moved.pairs if _is_one_word(old + new)})
    rows = [f"{old} {old} 410{sign}\n" for old in gone]
    rows += [f"{old} {new} 301{sign}\n" for old, new in pairs]
    return "".join(rows[:MAX_REDIRECTS]).encode()


def _is_one_word(text: str) -> bool:
    return not set(" \t\n") & set(text)


def htaccess_file(moved: Redirects) -> bytes:
    """`.htaccess`: a rule for each old URL and each tombstone.

    Source: https://httpd.apache.org/docs/2.4/mod/mod_alias.html
    """
    rows = [f"RedirectMatch gone {_exactly(old)}\n" for old in sorted(set(moved.gone))]
    rows += [
        f"RedirectMatch permanent {_exactly(old)} {_quoted(href(new))}\n"
        for old, new in sorted(set(moved.pairs))
    ]
    return "".join(rows).encode()


def _exactly(path: str) -> str:
    """A pattern that only ``path`` matches, also with the name of its file."""
    end = "(?:index\\.html)?$" if path.endswith("/") else "$"
    return _quoted(f"^{re.escape(path)}{end}")


def _quoted(text: str) -> str:
    """``text`` as one argument of a directive."""
    return '"' + text.replace('"', '\\"') + '"'


def additions(
    target: DeployTarget,
    kind: str,
    moved: Redirects,
    policy: str = "",
    noindex: bool = False,
    editor: bool = False,
) -> list[Item]:
    """The files that a ``target`` of ``kind`` has besides those of output/, which may hold an
    ``editor`` in the browser."""
    files: dict[str, bytes] = {}
    if kind in ("netlify", "cloudflare"):
        files["_headers"] = headers_file(target.cache, policy, noindex, editor)
        files["_redirects"] = redirects_file(moved, forced=kind == "netlify")
    elif isinstance(target, GitTarget):
        files |= {".nojekyll": b""} if target.host == "github" else {}
        files |= {"CNAME": f"{target.cname}\n".encode()} if target.cname else {}
    elif getattr(target, "htaccess", False):
        files[".htaccess"] = htaccess_file(moved)
    return [made(path, data) for path, data in files.items()]
