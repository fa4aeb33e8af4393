"""Files that hosts read next to the site: `_headers` and `_redirects` of Netlify and Cloudflare,
files of GitHub Pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sitegen.deploy.files import made
from sitegen.deploy.headers import FEED, FOREVER
from sitegen.deploy.model import Item

_SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}
MAX_REDIRECTS = 2000  # what Cloudflare reads


def headers_file(patterns: Mapping[str, str], policy: str = "", noindex: bool = False) -> bytes:
    """`_headers`: the cache rules of the target, then sitegen's own; ``policy`` is the Content-
    Security-Policy of the pages, ``noindex`` keeps search engines from listing any file."""
    secured = {"Content-Security-Policy": f"{policy}; frame-ancestors 'self'"} if policy else {}
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


def redirects_file(pairs: Iterable[tuple[str, str]]) -> bytes:
    """`_redirects`: a line for each old URL."""
    rows = sorted({(a, b) for a, b in pairs if not set(" \t\n") & set(a + b)})
    return "".join(f"{old} {new} 301\n" for old, new in rows[:MAX_REDIRECTS]).encode()


def additions(
    kind: str,
    host: str,
    cname: str,
    cache: dict[str, str],
    redirects: Iterable[tuple[str, str]],
    policy: str = "",
    noindex: bool = False,
) -> list[Item]:
    """The files that a target of ``kind`` has besides those of output/."""
    if kind in ("netlify", "cloudflare"):
        files = {
            "_headers": headers_file(cache, policy, noindex),
            "_redirects": redirects_file(redirects),
        }
    else:
        files = {".nojekyll": b""} if kind == "git" and host == "github" else {}
        files |= {"CNAME": f"{cname}\n".encode()} if kind == "git" and cname else {}
    return [made(path, data) for path, data in files.items()]
