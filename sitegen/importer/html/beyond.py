"""What a page says of a text that it does not hold: further pages of the article, and a wall
before the rest of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from sitegen.base.text import count_words
from sitegen.importer.html.candidates import in_aside, text_of
from sitegen.importer.to_markdown import absolute

# How pages say that only subscribers read them: https://schema.org/isAccessibleForFree and
# https://developers.facebook.com/docs/instant-articles/subscriptions/content-tiers
NOT_FREE = re.compile(
    r"""(?i)["']?isAccessibleForFree["']?\s*[:=]\s*["']?(?:https?://schema\.org/)?false"""
    r"""|content_tier["']\s+content=["'](?:locked|metered)"""
)
_WALL = re.compile(
    r"(?:^|[\s_-])(?:paywall|pay-wall|regwall|subscriber-?wall|subscribe-?wall|premium-?wall"
    r"|paywall-?\w*|plus-?wall|piano-?\w*|metered-?\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_WALLS = (
    ".//*[contains(translate(@class, 'WALP', 'walp'), 'wall') or contains(@class, 'piano')"
    " or contains(@class, 'metered')]"
)
# The same in the words that readers see; they count only below a short text.
_SAYS_WALL = re.compile(
    r"(?:continue|keep) reading with|subscribe to (?:continue|read|keep)"
    r"|to (?:continue|keep) reading"
    r"|(?:for )?subscribers only|already a subscriber"
    r"|weiterlesen mit|jetzt weiterlesen|nur für abonnent|(?:abo|plus) weiterlesen"
    r"|réservée? (?:aux|à nos) abonnés|abonnez-vous pour"
    r"|suscríbete para|s[oó]lo para suscriptores|exclusivo para suscriptores"
    r"|assine para|exclusivo para assinantes|riservat[oa] agli abbonati|abbonati per"
    r"|alleen voor abonnees|för prenumeranter|(?:kun )?for abonnenter"
    r"|tylko dla prenumerator|только для подписчиков|会員限定|订阅后|訂閱後|구독자 전용",
    re.IGNORECASE,
)
SHORT = 150  # words of a text that a wall probably cuts
_NEXT = ".//link[@rel='next'][@href] | .//a[@rel='next'][@href]"
_NAMES_OF_PAGE = "page|p|pg|seite|pagina|página|pag|part|teil|s|strana|side|sida"
_QUERY = re.compile(rf"(?:^|&)(?:{_NAMES_OF_PAGE}|paged|start)=\d{{1,3}}(?:&|$)", re.IGNORECASE)
_BEHIND = re.compile(rf"[/_,.-](?:(?:{_NAMES_OF_PAGE})[/_=-]?)?\d{{1,3}}", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:\.\w{3,5})?/?$")


def said_beyond(tree: Any, html: str, url: str) -> list[str]:
    """Notes on further pages of the article at ``url``, of which ``html`` is this page."""
    if 'rel="next"' not in html and "rel=next" not in html and "rel='next'" not in html:
        return []
    links = (e.get("href") for e in tree.xpath(_NEXT)[:10] if e.tag == "link" or not in_aside(e))
    further = next((link for link in links if _is_next_page(url, link)), "")
    said = absolute(further, url) or further
    return [f"the article goes on on another page, which is not imported: {said}"] if said else []


def _is_next_page(url: str, link: str) -> bool:
    """Whether a link leads to the page at ``url`` with the number of a page behind it."""
    if link.startswith("?"):
        return bool(_QUERY.search(link[1:]))
    other = absolute(link, url)
    if not other or not url:
        return False
    here, there = urlsplit(url), urlsplit(other)
    if here.hostname != there.hostname:
        return False
    path, further = (_SUFFIX.sub("", parts.path) for parts in (here, there))
    if path == further:
        return bool(_QUERY.search(there.query)) and there.query != here.query
    is_below = len(path) > 1 and further.startswith(path)
    return is_below and bool(_BEHIND.fullmatch(further[len(path) :]))


def walls(tree: Any, html: str) -> bool:
    """Whether a page says that only subscribers read the whole of it."""
    if NOT_FREE.search(html) or any(_boxes_of_walls(tree, html)):
        return True
    return _SAYS_WALL.search(html) is not None


def _boxes_of_walls(tree: Any, html: str) -> Iterator[bool]:
    if "wall" in html or "piano" in html or "metered" in html:
        for element in tree.xpath(_WALLS)[:50]:
            yield bool(_WALL.search(element.get("class")[:300])) and bool(text_of(element))


def behind_wall(is_walled: bool, text: str) -> list[str]:
    """A note on a short text of a page with a wall."""
    if not is_walled or count_words(text) >= SHORT:
        return []
    return ["the page is for subscribers, and its text is short: it may be only the beginning"]
