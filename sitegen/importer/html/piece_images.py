"""The images of a piece of HTML with their captions and credits, and what it embeds from elsewhere.

Everything in a piece belongs to the article, so a caption belongs to the image that it is beside
and nothing is left out but icons and what only counts readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import msgspec

from sitegen.importer.fields.text import clean_inline
from sitegen.importer.html.candidates import text_of
from sitegen.importer.html.embeds import EMBEDS, embedded, name_embeds
from sitegen.importer.html.figures import (
    CAPTION_CLASS,
    CREDIT_CLASS,
    alternatives,
    caption_parts,
    source_of,
    unpack_noscript,
)
from sitegen.importer.html.tree import is_tiny, remove
from sitegen.model.article import Image

SHOWN = "picture-of"  # the element that an image becomes
MAX_IMAGES = 2000
_CLASS = "descendant::*[@class]"
_IMAGES = ".//img | .//amp-img | .//amp-anim | .//picture[not(.//img)]/source[@srcset][1]"
_TAGS = ("img", "amp-img")
MOST = 60  # elements of a box that is little more than an image
_FEW = 300  # letters, in a box beside an image, that are not its caption
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|font-size\s*:\s*0(?:px)?\s*(?:;|$)",
    re.I,
)
_PIXEL = re.compile(
    r"(?:^|[/._-])(?:pixel|spacer|blank|1x1|tracking|beacon|stats|open\.gif|feedburner|gravatar"
    r"|avatar|share)(?:$|[/._?-])",
    re.I,
)


def take_embeds(tree: Any, base: str) -> list[str]:
    """The URLs of films, sounds, posts and maps, each of which becomes a paragraph with a link to
    it, by its own title, its caption or its host."""
    name_embeds(tree)
    out: dict[str, None] = {}
    for element in list(tree.iter(*EMBEDS)):
        if any(above.tag in EMBEDS for above in element.iterancestors()):
            continue
        url = embedded(element, base)
        if not url:
            continue
        out[url] = None
        _become_link(element, url, clean_inline(element.get("title", "")) or _caption(element))
    return list(out)


def _become_link(element: Any, url: str, label: str) -> None:
    tail = element.tail
    element.clear()
    element.tag, element.tail = "p", tail
    link = element.makeelement("a", {"href": url})
    link.text = label[:200] or url
    element.append(link)


def _caption(element: Any) -> str:
    """The caption of the figure that shows nothing but ``element``, taken out of it."""
    figure = next(element.iterancestors("figure"), None)
    if figure is None or figure.find(".//img") is not None:
        return ""
    caption = figure.find(".//figcaption")
    if caption is None or len(text_of(caption)) > _FEW:
        return ""
    said = text_of(caption)
    remove(caption)
    return said


def take_images(tree: Any, base: str) -> list[Image]:
    """The images of a tree; each becomes an element `SHOWN` with the text below it, or goes."""
    unpack_noscript(tree)
    shown = [(element, image) for element in _shown(tree) if (image := _image(element, base))]
    _give_captions(tree)
    out = []
    for element, image in shown:
        caption, credit = element.get("data-caption", ""), element.get("data-credit", "")
        image = msgspec.structs.replace(image, caption=caption, credit=credit)
        _become_shown(element, image)
        out.append(image)
    _part_galleries(tree)
    return out


def _shown(tree: Any) -> Iterator[Any]:
    """The elements of images; signs of feeling become their letters, and what holds the place of an
    image or is for readers without scripts goes."""
    for element in tree.xpath(_IMAGES)[:MAX_IMAGES]:
        label = element.get("class", "").lower()
        if "emoji" in label or "smiley" in label:
            element.tag, element.text = "span", clean_inline(element.get("alt", ""))[:8]
        elif next(element.iterancestors("noscript", "amp-img"), None) is not None:
            remove(element)
        else:
            yield element


def _part_galleries(tree: Any) -> None:
    """Make of a list of nothing but images one image after the other."""
    for listed in list(tree.iter("ul", "ol")):
        items = list(listed.iterchildren("li"))
        if items and all(i.find(f".//{SHOWN}") is not None and not text_of(i) for i in items):
            for element in (listed, *items):
                element.tag = "div"


def _image(element: Any, base: str) -> Image | None:
    """The image that an element shows, or None for one that only counts readers, which goes."""
    src = clean_inline(element.get("src", ""))
    alt = clean_inline(element.get("alt", ""))[:500]
    if not (src.startswith("cid:") and len(src) < 500):
        src, found_alt, beside = source_of([*alternatives(element), element], base)
        src, alt = src or beside, alt or found_alt
    if not src or is_tiny(element) or _is_hidden(element) or _PIXEL.search(src.rsplit("/", 1)[-1]):
        remove(element)
        return None
    return Image(src, alt=alt)


def _become_shown(element: Any, image: Image) -> None:
    tail = element.tail
    element.clear()
    element.tag, element.tail = SHOWN, tail
    element.set("src", image.src)
    element.set("alt", image.alt)
    element.set("title", " · ".join(t for t in (image.caption, image.credit) if t))


def _is_hidden(element: Any) -> bool:
    """Whether an image is never shown; one that a script shows later has its URL in `data-…`."""
    is_late = any(name.startswith("data-") for name in element.attrib)
    return not is_late and is_styled_away(element)


def is_styled_away(element: Any) -> bool:
    """Whether an element has a style that hides it."""
    return _HIDDEN.search(element.get("style", "")[:500]) is not None


def _give_captions(tree: Any) -> None:
    """Write the caption and credit of each image into its attributes, and take out the elements
    that they are in."""
    own: dict[Any, list[Any]] = {}
    for element in list(_captions(tree)):
        image = _image_of(element, own)
        if image is None:
            continue
        label = element.get("class", "")
        is_credit = bool(CREDIT_CLASS.search(label)) and not CAPTION_CLASS.search(label)
        text = clean_inline("".join(element.itertext()))[:1000]
        caption, credit = caption_parts(element, text, is_credit)
        if not (caption or credit):
            continue
        for name, value in (("data-caption", caption), ("data-credit", credit)):
            if value and not image.get(name):
                image.set(name, value)
        remove(element)


def _captions(tree: Any) -> Iterator[Any]:
    """The elements that say of themselves that they are a caption or a credit, and those that are
    all of the text of an image's paragraph, small or slanted."""
    yield from tree.iter("figcaption")
    for element in tree.xpath(_CLASS)[:30_000]:
        if element.tag != "figcaption" and _is_named_caption(element):
            yield element
    for paragraph in tree.xpath(".//p[.//img] | .//div[img]")[:MAX_IMAGES]:
        text = text_of(paragraph)
        small = (e for e in paragraph.iter("em", "i", "small") if text and text_of(e) == text)
        yield from list(small)[:1]


def _is_named_caption(element: Any) -> bool:
    """Whether an element without an image is named for a caption or a credit."""
    label = element.get("class", "")[:300]
    is_named = CAPTION_CLASS.search(label) or CREDIT_CLASS.search(label)
    return bool(is_named) and element.find(".//img") is None


def _image_of(caption: Any, own: dict[Any, list[Any]]) -> Any:
    """The image that a caption is of, or None: the first of its figure that has none yet, else the
    one that is beside it or beside a small box that holds little else; ``own`` remembers the images
    of each figure."""
    figure = next(caption.iterancestors("figure"), None)
    if figure is None:
        return next((i for i in _images_beside(caption) if not _is_done(i, caption)), None)
    if figure not in own:
        own[figure] = [i for i in figure.iter(*_TAGS) if _is_own(i, figure)]
    return next((i for i in own[figure] if not _is_done(i, caption)), None)


def _images_beside(caption: Any) -> Iterator[Any]:
    """The images beside a caption, and beside the two small boxes around it."""
    most = len(text_of(caption)) + _FEW
    for number, box in enumerate(islice(chain([caption], caption.iterancestors()), 3)):
        if number and (not _is_small(box) or len(text_of(box)) > most):
            return
        found = map(_only_image, _beside(box))
        yield from (image for image in found if image is not None)


def _beside(box: Any) -> Iterator[Any]:
    """The elements before and behind a box, but for line breaks."""
    for preceding in (True, False):
        siblings = box.itersiblings(preceding=preceding)
        yield next((e for e in islice(siblings, 3) if e.tag != "br"), None)


def _only_image(element: Any) -> Any:
    """The last image of an element that shows nothing else, or None."""
    if element is None or not isinstance(element.tag, str) or not _is_small(element):
        return None
    images = list(element.iter(*_TAGS))
    return images[-1] if images and not text_of(element) else None


def _is_small(element: Any) -> bool:
    return sum(1 for _ in islice(element.iter(), MOST + 1)) <= MOST


def _is_own(image: Any, figure: Any) -> bool:
    return next(image.iterancestors("figure"), None) is figure


def _is_done(image: Any, caption: Any) -> bool:
    """Whether an image has a caption already; a credit may come to one."""
    is_credit = CREDIT_CLASS.search(caption.get("class", ""))
    return bool(image.get("data-credit" if is_credit else "data-caption"))
