"""The Content-Security-Policy of a site's pages (https://www.w3.org/TR/CSP3/): the second wall
behind sanitised texts.

Pure.
"""

from __future__ import annotations

from sitegen.config.embeds import PROVIDERS
from sitegen.config.schema import Config

RULES = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",  # the accent of a theme is written into its pages
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
}
NONE = "none"


def _frames(names: tuple[str, ...]) -> dict[str, str]:
    """The players that a click may load."""
    origins = " ".join(PROVIDERS[name].origin for name in names)
    return {"frame-src": f"'self' {origins}"} if origins else {}


def content_policy(config: Config) -> str:
    """What the pages of a site may load and run: what `content_policy` says, else files of the site
    only.

    Nothing where site.yaml says `none`, or trusts its authors to write any HTML.
    """
    if config.content_policy or config.markdown.trust:
        return (
            "" if config.content_policy in ("", NONE) else " ".join(config.content_policy.split())
        )
    rules = RULES | _frames(config.embeds)
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())
