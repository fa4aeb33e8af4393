"""Share cards: the images that link previews show of pages which have none of their own.

What each says; pure. A card says no more of an article than lists do. Its letters are those of the
fonts that come with sitegen (`fonts/`); a headline that needs others gets no card, as boxes in the
place of letters are worse than the site's own image.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from sitegen.base.text import digest, slugify
from sitegen.config.schema import Config
from sitegen.model.article import Image
from sitegen.model.output import CardStyle, Page, ShareCardJob
from sitegen.model.views import ArticleView, EditionView, ListView, PageView

FOLDER = "/assets/share/"
SITE = "site"  # name of the site's own card
WIDTH, HEIGHT = 1200, 630  # what networks that show a large image ask for
FONTS = {"serif": "NotoSerif-Bold.ttf", "sans": "NotoSans-Bold.ttf", "text": "NotoSans-Regular.ttf"}
LETTERS = (  # what the fonts hold: Latin, Greek, Cyrillic, punctuation, currencies
    *(
        (0x20, 0x7E),
        (0xA0, 0x24F),
        (0x370, 0x377),
        (0x37A, 0x37F),
        (0x384, 0x38A),
        (0x38C, 0x38C),
        (0x38E, 0x3A1),
        (0x3A3, 0x3E1),
    ),
    *(
        (0x3F0, 0x482),
        (0x48A, 0x52F),
        (0x1E00, 0x1EFF),
        (0x2010, 0x2027),
        (0x202F, 0x205E),
        (0x2070, 0x2071),
        (0x2074, 0x208E),
    ),
    *((0x20A0, 0x20C0), (0x2116, 0x2117), (0x2122, 0x2122), (0x2212, 0x2212)),
)
_DRAWABLE = re.compile(
    "["
    + "".join(f"{chr(a)}-{chr(b)}".replace("\\", r"\\").replace("]", r"\]") for a, b in LETTERS)
    + "]+"
)
_COLOUR = re.compile(r"#(?:[0-9a-f]{3}){1,2}")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_UNSHOWN = (".svg", ".svgz")  # images that no network takes
_DARK = {"ivory": ("#151412", "#ebe7de", "#b1aba0"), "white": ("#131313", "#e8e8e8", "#ababab")}
_LIGHT = {"ivory": ("#fbf9f4", "#1a1917", "#57544d"), "white": ("#ffffff", "#161616", "#545454")}


def look(options: dict[str, Any]) -> CardStyle:
    """What the options of a theme say of colours and typeface; a theme without such options gets
    those of `broadsheet`."""
    tints = _DARK if options.get("scheme") == "dark" else _LIGHT
    paper, ink, soft = tints.get(str(options.get("paper")), tints["ivory"])
    accent = str(options.get("accent")).lower()
    accent = accent if _COLOUR.fullmatch(accent) else "#9b1b1e"
    band = "#" + "".join(2 * c for c in accent[1:]) if len(accent) == 4 else accent
    on_band = (
        "#ffffff" if _luminance(band) < 0.18 else "#161616"
    )  # at 0.18 both have a contrast of 4.6:1
    return CardStyle(
        paper, ink, soft, band, on_band, "sans" if options.get("headlines") == "sans" else "serif"
    )


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def drawable(text: str) -> str:
    """``text`` as a card shows it, or nothing where the fonts lack a letter of it."""
    if not text.isascii():
        text = "".join(
            c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf"
        )
    text = _BLANKS.sub(" ", text).strip()
    return text if _DRAWABLE.fullmatch(text) else ""


def site_image(config: Config, options: dict[str, Any]) -> tuple[Image | None, ShareCardJob | None]:
    """The image for pages that have no other, and the card to draw for it, if it is one."""
    if config.share.image:
        return Image(config.share.image, alt=config.title), None
    title = drawable(config.title)
    if config.share.cards == "none" or not title:
        return None, None
    host = urlsplit(config.base_url).hostname or ""
    return _planned(
        ShareCardJob(
            "",
            "front page",
            host,
            title,
            look(options),
            text=config.description,
            language=config.language,
        ),
        SITE,
    )


def with_cards(
    pages: Iterable[Page], config: Config, options: dict[str, Any]
) -> tuple[list[Page], tuple[ShareCardJob, ...]]:
    """``pages`` with the cards of articles without an image, of editions and of sections; and all
    cards to draw."""
    _, own = site_image(config, options)
    if config.share.cards != "all":
        return list(pages), (own,) if own else ()
    style, title = look(options), drawable(config.title)
    since = config.share.since
    carded = [_with_card(page, title, style, config.language, since) for page in pages]
    cards = {own.output: own} if own else {}
    for _, drawn in carded:
        if drawn:
            cards.setdefault(drawn.output, drawn)
    return [page for page, _ in carded], tuple(cards.values())


def _with_card(
    page: Page, site: str, style: CardStyle, language: str, since: str
) -> tuple[Page, ShareCardJob | None]:
    """``page`` with its card, and the card to draw, if it needs one."""
    if isinstance(page.view, ArticleView) and page.view.date[:10] < since:
        return page, None
    card = _card(page, site, style, language)
    if not card:
        return page, None
    image, drawn = _planned(
        card, page.view.url.rstrip("/").rpartition("/")[2].removesuffix(".html")
    )
    return (
        msgspec.structs.replace(page, view=msgspec.structs.replace(page.view, share=image)),
        drawn,
    )


def _card(page: Page, site: str, style: CardStyle, language: str) -> ShareCardJob | None:
    """What the card of ``page`` says, without its URL; nothing for a page that needs none or
    whose title cannot be drawn."""
    said: dict[str, Any] = {}
    match page.view:
        case ArticleView(withdrawn=False) as view if not view.image or _is_unshown(view.image):
            said["authors"] = tuple(a.name for a in view.authors)
            said["date"] = view.date
            said["source"] = view.source.name
            said["language"] = language
        case PageView(withdrawn=False) as view if not view.image:
            said["text"] = view.dek
            said["language"] = language
        case EditionView() as view:
            pass  # the title says it all
        case ListView(kind="section") as view:
            said["text"] = view.description
            said["language"] = language
        case _:
            return None
    headline = drawable(view.title)
    return ShareCardJob("", page.origin, site, headline, style, **said) if headline else None


def _is_unshown(image: Image) -> bool:
    """Whether networks do not show images of this format."""
    return urlsplit(image.src).path.lower().endswith(_UNSHOWN)


def _planned(card: ShareCardJob, name: str) -> tuple[Image, ShareCardJob]:
    """The card as a page points to it and as a file; its URL depends on what it shows, as networks
    remember images by URL."""
    mark = digest(msgspec.msgpack.encode(msgspec.structs.replace(card, origin="")))[:10]
    card = msgspec.structs.replace(
        card, output=f"{FOLDER[1:]}{slugify(unquote(name))[:48]}.{mark}.png"
    )
    alt = card.headline if name == SITE else f"{card.headline} – {card.site}"
    return Image("/" + card.output, alt=alt, width=WIDTH, height=HEIGHT), card
