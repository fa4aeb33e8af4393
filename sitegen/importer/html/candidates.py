"""What the parts of a page say of its article, and the readings of names and elements that they
share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from sitegen.importer.fields.text import clean_inline
from sitegen.model.article import Person


class Claim(NamedTuple):
    """What one part of a page says of a field: ``where`` names the part, ``signs`` its place."""

    value: Any
    where: str
    signs: tuple[str, ...] = ()


class Claims:
    """What the parts of a page say, per field."""

    def __init__(self) -> None:
        self.titles: list[Claim] = []
        self.authors: list[Claim] = []  # of tuples of people
        self.dates: list[Claim] = []
        self.sections: list[Claim] = []
        self.deks: list[Claim] = []
        self.helpers: list[Person] = []  # who translated, photographed or edited, by the byline
        self.clocks: list[datetime] = []  # times without a zone beside others with one
        self.images: list[dict[str, str]] = []
        self.site = ""
        self.publisher = ""
        self.section = ""
        self.tags: tuple[str, ...] = ()
        self.canonical = ""
        self.lang = ""
        self.license = ""
        self.article_type = ""
        self.text = ""  # of the article, as the page's metadata has it
        self.notes: list[str] = []  # what a person should know of the page's data

    def say(self, field: str, value: Any, where: str, signs: tuple[str, ...] = ()) -> None:
        """Add a claim; a text becomes one clean line, and none of nothing is kept."""
        said = clean_inline(value) if isinstance(value, str) else value
        if said and len(said) < 3000:
            getattr(self, field).append(Claim(said, where, signs))


def parts_of(claims: Iterable[Claim]) -> list[str]:
    """The parts of a page that make ``claims``, each once, in their order: scores are sums, which
    depend on the order of features by their last digit."""
    return list(dict.fromkeys(claim.where for claim in claims))


def signs_of(claims: Iterable[Claim]) -> list[str]:
    """As `parts_of`, each with one of its signs: `h1: at the headline`."""
    return list(dict.fromkeys(f"{c.where}: {sign}" for c in claims for sign in c.signs))


def unescape(text: str) -> str:
    import html

    return html.unescape(html.unescape(text)) if "&" in text else text


_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|comment-(?:list|area|body|author|content)|respond"
    r"|related|related-\w{1,12}"
    r"|recommend\w{0,8}|teasers?|most-?read|trending|more-?stories|read-?more"
    r"|(?<!post-)(?<!entry-)(?<!article-)footer"
    r"|widget-area|navigation|menu)(?:$|[\s_]|--)",
    re.I,
)


def is_named_aside(element: Any) -> bool:
    """Whether an element's own class or id says that it holds comments, teasers or the like."""
    label = f"{element.get('class', '')} {element.get('id', '')}"
    return len(label) < 300 and bool(_ASIDE.search(label))


# Who asks for consent is named by the software that asks, by the law, or by what is asked for.
_CONSENT = tuple(
    "axeptio cmpbox cmplz complianz consent cookie didomi dsgvo einwilligung evidon gdpr"
    " hozzájárul iubenda kvkk lgpd datenschutz onetrust osano borlabs privacy-manager"
    " privacymanager qc-cmp samtyck samtykk sourcepoint sp_message suostumus súhlas souhlas"
    " tarteaucitron termly toestemming truste usercentrics zgoda zgody".split()
)
# Their boxes, not the containers of pages: `cmp-container` is one of Adobe's, `sp` a small screen.
_MANAGER = re.compile(
    r"\s(?:(?:cmp|rgpd)\s|(?:cc|cky|cmp|fc|privacy|rgpd|rodo|sp)[-_]{1,2}"
    r"(?:banner|dialog|layer|message|modal|notice|overlay|popup|window)"
    r"|(?:cmp|privacy|rgpd|rodo)[-_]{1,2}(?:bar|box|wrapper))"
)


def is_dialog(element: Any) -> bool:
    """Whether an element says that it is a dialog, or that it asks for consent."""
    if element.get("role") in ("dialog", "alertdialog") or element.get("aria-modal") == "true":
        return True
    label = f"{element.get('class', '')} {element.get('id', '')}"[:300]
    return len(label) > 1 and _asks_for_consent(label)


@lru_cache(20_000)
def _asks_for_consent(label: str) -> bool:
    spaced = f" {label.lower()} "
    return any(word in spaced for word in _CONSENT) or bool(_MANAGER.search(spaced))


_SIDEBAR = re.compile(
    r"(?:^|[\s_-])(?<!has-)(?<!double-)(?<!no-)(?<!with-)sidebar(?:$|[\s_]|--)", re.I
)


def in_aside(element: Any, nav: bool = True) -> bool:
    """Whether an element belongs to comments, teasers or the page's frame (also ``nav``) rather
    than to the article."""
    inside = False
    for parent in islice(element.iterancestors(), 15):
        tag = parent.tag
        if tag in ("body", "html"):
            break
        if tag == "article":
            return False  # asides within the article often hold its byline
        kind = _called(f"{parent.get('class', '')} {parent.get('id', '')}")
        if _is_frame(parent, kind, nav):
            return True
        inside = inside or tag == "aside" or (kind == "sidebar" and _is_beside_text(parent))
    return inside


def _is_frame(element: Any, kind: str, nav: bool) -> bool:
    """Whether an element of this ``kind`` is a part of the page's frame."""
    if element.tag == "footer" and not _OF_ARTICLE.search(element.get("class", "")):
        return True
    return (nav and element.tag == "nav") or (kind == "aside" and element.tag != "main")


_OF_ARTICLE = re.compile(r"meta|byline|author|post-|entry-", re.I)  # what a foot may be called


def _is_beside_text(sidebar: Any) -> bool:
    """Whether a sidebar holds no headline: one that does is the page; one within the article often
    holds its byline."""
    return sidebar.find(".//h1") is None


@lru_cache(20_000)
def _called(label: str) -> str:
    """`aside`, `sidebar` or nothing: what a class and an id say of their element."""
    if len(label) < 300 and _ASIDE.search(label):
        return "aside"
    return "sidebar" if _SIDEBAR.search(label[:300]) else ""


_UNSEEN = frozenset(("script", "style", "noscript", "template", "svg"))
_APART = frozenset(("br", "p", "div", "li", "td", "h1", "h2", "h3", "h4"))
_PIECES = 20_000


def text_of(element: Any) -> str:
    """The text of an element, blanks folded; a line break counts as a blank."""
    # Looking for what is unseen or apart first, to join all texts at once, takes longer.
    pieces: list[str] = []
    _collect(element, pieces)
    return " ".join("".join(pieces[:_PIECES]).split())


def _collect(element: Any, pieces: list[str]) -> None:
    """Add the texts within an element to ``pieces``, in their order."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _UNSEEN or len(pieces) > _PIECES:
        return
    if tag in _APART:
        pieces.append(" ")
    if element.text:
        pieces.append(element.text)
    for child in element:
        _collect(child, pieces)
        if child.tail:
            pieces.append(child.tail)
