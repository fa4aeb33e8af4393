"""The codes of templates in a text of another generator: what they show, as Markdown."""

from __future__ import annotations

import re

from sitegen.importer.markdown.crossrefs import CODES as LINK_CODES

_CODE = re.compile(r"^(```|~~~).*?^\1[`~]*[ \t]*$|`[^`\n]{1,500}`", re.S | re.M)
_SHORTCODE = re.compile(r"\{\{[<%]\s*/?\s*([\w./-]{1,60})[^{}]{0,2000}?[%>]\}\}")
_LIQUID = re.compile(r"\{%-?\s*([\w./-]{1,40})[^{}%]{0,1000}?-?%\}")
_OUTPUT = re.compile(r"\{\{-?\s*([\w.\[\]'\"| :-]{1,200}?)\s*-?\}\}")
_SITE_ADDRESS = re.compile(
    r"\{\{-?\s*(?:site\.(?:baseurl|url|github\.url)|root_url|config\.root)\s*-?\}\}"
)
_RELATIVE_URL = re.compile(
    r"\{\{-?\s*['\"]([^'\"{}\n]{1,500})['\"]\s*\|\s*(?:relative_url|absolute_url|url"
    r"|prepend:\s*site\.baseurl)\s*-?\}\}"
)
_FIGURE = re.compile(r"\{\{[<%]\s*(?:figure|img|image)\s+([^{}]{1,2000}?)/?\s*[%>]\}\}")
_ASSET = re.compile(
    r"\{%\s*(?:asset_img|img)\s+(?:[\w-]+\s+){0,3}?([^\s{}%]{1,300}\.(?:jpe?g|png|gif|webp"
    r"|avif))\s*([^{}%]{0,500}?)\s*%\}"
)
_HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\s+([\w+#.-]{1,30})[^{}%]{0,100}-?%\}\n?(.*?)\{%-?\s*endhighlight\s*-?%\}",
    re.S,
)
_ATTRIBUTE = re.compile(
    r"(\w{1,30})\s*=\s*(?:\"([^\"]{0,1000})\"|'([^']{0,1000})'|`([^`]{0,1000})`)"
)
# What codes show by its number, and its URL; those of X without the user's name work, too.
_POSTS_ELSEWHERE = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "tweet": "https://x.com/i/status/{}",
    "twitter": "https://x.com/i/status/{}",
    "x": "https://x.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
}
_POST_ELSEWHERE = re.compile(
    r"\{(?:\{[<%]|%)\s*(?P<site>"
    + "|".join(_POSTS_ELSEWHERE)
    + r")\s+(?P<said>[^{}%<>]{1,300}?)\s*"
    r"(?:[>%]\}\}|%\})"
)
_MAX_CODES = 2_000
_MAX_READ = 500_000  # characters


def shown_codes(body: str) -> str:
    """``body`` with Markdown in the place of the codes of templates that are known; one with very
    many codes as it is."""
    if body.count("{%") + body.count("{{") > _MAX_CODES:
        return body
    body = _RELATIVE_URL.sub(r"\1", body)
    body = _SITE_ADDRESS.sub("", body)
    body = _ASSET.sub(_asset, body)
    body = _FIGURE.sub(_figure, body)
    body = _POST_ELSEWHERE.sub(_link_to_post, body)
    return _HIGHLIGHT.sub(_highlighted, body)


def codes_left(body: str) -> list[str]:
    """The names of the codes of templates in ``body`` that are shown as text, sorted; not those of
    links to other texts, which `crossrefs` resolves, and not what is an example in code."""
    bare = _CODE.sub(" ", body[:_MAX_READ])
    left = {match[1] for pattern in (_SHORTCODE, _LIQUID) for match in pattern.finditer(bare)}
    if _OUTPUT.search(bare):
        left.add("{{ }}")
    return sorted(left.difference(LINK_CODES))


def _asset(match: re.Match[str]) -> str:
    """An image of Hexo: its file, then its title."""
    return f"![{_label(match[2])}]({match[1]})"


def _figure(match: re.Match[str]) -> str:
    """An image of Hugo, with its caption and whose it is as the title."""
    found = _attributes(match[1])
    src = found.get("src") or found.get("link")
    if not src:
        return match[0]
    said = filter(None, [found.get("caption") or found.get("title"), found.get("attr")])
    below = " · ".join(said).replace('"', "'")
    title = f' "{below}"' if below else ""
    return f"![{_label(found.get('alt', ''))}]({src.replace(' ', '%20')}{title})"


def _link_to_post(match: re.Match[str]) -> str:
    """A film or a post that a code shows by its number, as a link to it."""
    said = _attributes(match["said"])
    bare = _ATTRIBUTE.sub(" ", match["said"]).replace('"', " ").split()
    number = said.get("id") or " ".join(bare[:1])
    if not re.fullmatch(r"[\w-]{3,40}", number):
        return match[0]
    return f"<{_POSTS_ELSEWHERE[match['site']].format(number)}>"


def _highlighted(match: re.Match[str]) -> str:
    """A block of code with its language."""
    code = match[2].strip("\n")
    return f"```{match[1]}\n{code}\n```"


def _attributes(text: str) -> dict[str, str]:
    """The attributes of a code, whose values are in any kind of quotes."""
    return {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(text)}


def _label(text: str) -> str:
    return re.sub(r"[\[\]\n\"]", " ", text).strip()
