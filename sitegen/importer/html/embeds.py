"""What a page embeds from elsewhere (films, sounds, posts, maps), as the page that shows it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sitegen.importer.html.candidates import text_of
from sitegen.importer.html.tree import is_tiny
from sitegen.importer.to_markdown import absolute

EMBEDS = tuple(
    "iframe video audio object embed amp-iframe amp-youtube amp-video amp-audio amp-vimeo"
    " amp-dailymotion amp-twitter amp-instagram amp-facebook lite-youtube lite-vimeo".split()
)
_SILENT = re.compile(
    r"doubleclick|googletagmanager|google\.com/recaptcha|googlesyndication|adservice|/ads?/"
    r"|about:|javascript:|data:|blob:",
    re.I,
)
_NAMES_OF_URL = (
    *("src", "data-src", "data-lazy-src", "data-litespeed-src", "data", "href", "data-href"),
    *("data-instgrm-permalink", "data-url", "cite", "value"),
)
_OF_FILM = ("data-videoid", "videoid", "data-video-id")
# part of the tag's name, attributes with the number, its form, the page
_BY_ID = (
    ("youtube", _OF_FILM, re.compile(r"[\w-]{4,40}"), "https://www.youtube.com/watch?v={}"),
    ("vimeo", _OF_FILM, re.compile(r"\d{1,20}"), "https://vimeo.com/{}"),
    ("dailymotion", _OF_FILM, re.compile(r"\w{4,20}"), "https://www.dailymotion.com/video/{}"),
    ("twitter", ("data-tweetid",), re.compile(r"\d{5,25}"), "https://twitter.com/i/status/{}"),
    (
        "instagram",
        ("data-shortcode",),
        re.compile(r"[\w-]{5,20}"),
        "https://www.instagram.com/p/{}/",
    ),
)

# The attributes by which a post names its page; a script puts the post into the element.
_OF_POST = ("data-instgrm-permalink", "data-text-post-permalink", "data-href", "cite")
_POSTS = (
    ".//*[@data-instgrm-permalink or @data-text-post-permalink"
    " or (@data-href and (contains(@class, 'fb-post') or contains(@class, 'fb-video')))"
    " or (self::blockquote and @cite and contains(@class, 'tiktok-embed'))]"
)
_BARE = ".//*[contains(@class, 'embed') and not(*) and starts-with(normalize-space(.), 'http')]"
_URL = re.compile(r"\s*(https?://[^\s<>]{4,2000})\s*")


def name_embeds(tree: Any) -> None:
    """Give everything in a tree that is embedded an element of `EMBEDS`: posts that a script would
    fill, URLs that WordPress would replace, and frames for readers without scripts."""
    for post in tree.xpath(_POSTS):
        url = next(filter(None, map(post.get, _OF_POST)), "")
        if not _is_linked(post, url):
            _put_behind(post, url)
    for box in tree.xpath(_BARE):
        _name_bare(box)
    for hidden in tree.xpath(".//noscript"):
        if _is_for_no_scripts(hidden):
            hidden.tag = "div"


def _name_bare(box: Any) -> None:
    """Make of an element that holds nothing but a URL what that embeds."""
    if found := _URL.fullmatch(box.text or ""):
        box.tag, box.text = "embed", None
        box.set("src", found[1])


def _is_for_no_scripts(hidden: Any) -> bool:
    """Whether a `noscript` embeds what nothing beside it does."""
    beside = (e for e in (hidden.getprevious(), hidden.getnext()) if e is not None)
    return _holds_embed(hidden) and not any(map(_holds_embed, beside))


def _holds_embed(element: Any) -> bool:
    return next(element.iter(*EMBEDS), None) is not None


def _is_linked(post: Any, url: str) -> bool:
    """Whether words of a post lead to its page."""
    page = url.split("?")[0]
    return any(a.get("href", "").startswith(page) and text_of(a) for a in post.iter("a"))


def _put_behind(post: Any, url: str) -> None:
    """Put what is embedded by ``url`` behind a post, or in its place where it says nothing."""
    if not text_of(post):
        post.tag = "embed"
        post.set("src", url)
        return
    own = post.makeelement("embed", {"src": url})
    own.tail, post.tail = post.tail, None
    post.addnext(own)


def embedded(element: Any, base: str) -> str:
    """Where an embedded film, sound, post or map is to be seen, or nothing for what only counts or
    advertises."""
    if _is_hidden(element):
        return ""
    if by_id := _by_id(element):
        return by_id
    sources = [element, *element.iter("source", "embed", "a", "param")]
    said = filter(None, (e.get(name) for e in sources for name in _NAMES_OF_URL))
    addresses = (absolute(value, base) for value in said if not _SILENT.search(value))
    address = next(filter(None, addresses), "")
    return "" if _is_preview(address, base) else _as_page(address)


def _is_hidden(element: Any) -> bool:
    """Whether what is embedded takes no room."""
    return is_tiny(element) or "display:none" in element.get("style", "").replace(" ", "")


def _is_preview(address: str, base: str) -> bool:
    """Whether a URL shows another article of the same site."""
    parts = urlsplit(address)
    is_own = parts.hostname == urlsplit(base).hostname
    return is_own and parts.path.rstrip("/").endswith("/embed")


def _by_id(element: Any) -> str:
    """The page of what an element names only by its number there."""
    for tag, names, sign, url in _BY_ID:
        value = next((v for name in names if (v := element.get(name))), "")
        if tag in element.tag and sign.fullmatch(value):
            return url.format(value)
    return ""


def _as_page(address: str) -> str:
    """The page of a film instead of the frame that shows it."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    if host in ("youtube.com", "youtube-nocookie.com") and parts.path.startswith("/embed/"):
        name = parts.path.split("/")[2]
        lists = parse_qs(parts.query).get("list")
        if name and name != "videoseries":
            return f"https://www.youtube.com/watch?v={name}"
        return f"https://www.youtube.com/playlist?list={lists[0]}" if lists else address
    if host == "player.vimeo.com" and (match := re.fullmatch(r"/video/(\d+)", parts.path)):
        return f"https://vimeo.com/{match[1]}"
    return address
