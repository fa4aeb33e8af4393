"""The images of a page: which of them belong to the article, their captions, and who is credited
below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice
from typing import Any

import msgspec

from sitegen.importer.fields import vocabulary as lexicon
from sitegen.importer.fields.credits import (
    caption_and_credit,
    credit_of_caption,
    credit_people,
    credit_role,
    whole_credit,
)
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.html.candidates import Claims, in_aside, text_of, unescape
from sitegen.importer.html.embedded import PREVIEW
from sitegen.importer.html.embedded import SCHEME as EMBEDDED
from sitegen.importer.html.tree import is_tiny, is_within, parse_tree, remove
from sitegen.importer.html.usual import IMAGE_FILE
from sitegen.importer.to_markdown import absolute, safe_address
from sitegen.model.article import Image, Person
from sitegen.model.base import Struct

MAX_IMAGES = 1_000
CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:fig)?(?:caption|captions|image-?caption|bildunterschrift|legend|legende|bu"
    r"|media-?caption|wp-caption-text"
    r"|picture-text|image-?description|img-?description|media-?info|img-?caption"
    r"|photo-?caption)(?:$|[\s_-]|__)",
    re.I,
)
CREDIT_CLASS = re.compile(
    r"(?:^|[\s_-])(?:credits?|content-?credits?|caption-?credits?|bildautor|photo-?credits?"
    r"|image-?credits?|copyright|photographer|fotograf|bildquelle|bildnachweis|image-?source"
    r"|img-?credit|picture-?credit|rights|byline-photo|photo-?by)(?:$|[\s_-]|__)",
    re.I,
)
# Within a caption also these words mark the part that names the holder.
_PART_CLASS = re.compile(
    r"credit|copyright|source(?!set)|quelle|author|autor|agency|agentur|distributor|fotograf"
    r"|photographer|creator",
    re.I,
)
_RESERVED = re.compile(
    r"\s*[/|,.]?\s*(?:(?:copyright|©)\s*(?:19|20)\d\d\b.*|all rights reserved\.?|alle rechte"
    r" vorbehalten\.?)$",
    re.I,
)
# The text below a page is the source's own notice.
_NOTICE = re.compile(
    r"^[©@(]|(?:19|20)\d\d|rights|rechte"
    r" vorbehalten|reserved|derechos|droits|diritti|direitos|práva|teisės|impressum"
    r"|\b(?:GmbH|mbH|KG|AG|S\.?L\.?U?|S\.?p?\.?A|Ltd|Inc|LLC|a\.s|s\.r\.[ol])\b\.?$"
    r"|\b(?:Avda|Calle|Tel[ée]fono|Telefon|Tel|Phone)\b[.:]?",
    re.I,
)
_DURATION = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?(?:min|Min)\.?)?")
_SMALL = frozenset(
    "for via and by the of courtesy photo photos file from in at de von van der du la di da del y"
    " et und".split()
)
_SHARE = re.compile(r"\b(?:facebook|twitter|instagram|youtube|rss|whatsapp|pinterest)\b", re.I)
_IMAGE_NOISE = re.compile(
    r"(?<![a-z])(?:logo|icon|favicon|avatar|gravatar|pixel|spacer|blank|placeholder|sprite|badge"
    r"|emoji|1x1|tracking)s?(?![a-z])",
    re.I,
)
_CREDIT_SIGN = re.compile(
    r"©|\b(?:photos?|foto(?:s|graf\w*)?|bild|image|credits?|crédits?)\s*[:/]", re.I
)
_MIN_WORDS, _MOST_WORDS = 3, 120  # of a caption without an element of its own
MARK = "data-sitegen-figure"  # of elements that show a picture
MAX_FIGURES = 2000
MAX_LOOSE = 2000
MAX_NEAR = 400  # elements around a `noscript` that are looked at
MAX_LABELLED = 30_000
_SHOWN = ("img", "amp-img", "video", "iframe", "audio", "object", "picture", "canvas", "svg")
_LATER = re.compile(
    r"src|original|lazy|url|image|full|large|hi-?res"
)  # attributes that scripts read addresses from
_ESCAPED_IMAGE = re.compile(r"<img\s", re.I)
_SOURCES = ".//source[@srcset or @data-srcset or @data-src]"
# Attributes in which a page says what a picture shows, and who made it.
_CAPTIONS = ("data-caption", "data-image-caption", "data-img-caption", "data-description")
_CREDITS = (
    *("data-credit", "data-image-credit", "data-copyright", "data-photographer", "data-author"),
    *("data-source", "data-creator"),
)
_OF_SIZES = re.compile(r"\S\s+\d{1,5}(?:\.\d{1,3})?[wx]\s*(?:,|$)")
# A drawing shows until a script has put a photograph in its place.
_STAND_IN = re.compile(r"\.(?:gif|svg)(?:$|[?#])", re.I)
_PHOTOGRAPH = re.compile(r"\.(?:jpe?g|webp|avif|png)(?:$|[?#!;:/])", re.I)
_CANDIDATE = re.compile(r"[\s,]*(\S+)")
_DESCRIPTOR = re.compile(r"\s*(\d{1,5}(?:\.\d{1,3})?)[wxh]\b")
_SIZE = re.compile(
    r"[-_@.]?(?:\d{2,5}x\d{2,5}|\d{2,5}w|[1-4](?:\.\d)?x|scaled|thumb(?:nail)?|small|medium"
    r"|large|mobile|desktop)(?![a-z])",
    re.I,
)


class Figure(Struct, frozen=True):
    """An image of the page: URL, caption without its credit, the credit as shown.

    ``beside`` is the relative reference that the page itself has for it. ``mark`` is the value of
    the attribute MARK of the element that shows it. ``loose`` ones are in no `figure`: where they
    are in the page decides whether they belong to the article.
    """

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    creator: str = ""
    beside: str = ""
    mark: str = ""
    loose: bool = False


def find_figures(tree: Any, claims: Claims, base: str) -> list[Figure]:
    """The article's images with captions and credits; what they were read from is taken out of
    the tree.

    Elements that show an image stay in the tree, marked.
    """
    unpack_noscript(tree)
    out: list[Figure] = []
    for number, figure in enumerate(tree.xpath("//figure")[:MAX_FIGURES]):
        out.extend(_figure(figure, f"f{number}", base))
    captioned: dict[Any, Figure] = {}
    _captions_below(tree, captioned)
    out.extend(_loose_captions(tree, captioned))
    out.extend(_beside_images(tree, captioned))
    out.extend(_loose_images(tree, captioned, base))
    return _merged([*_declared(claims, base), *out])


def unpack_noscript(tree: Any) -> None:
    """Take pictures out of `noscript` where the one beside it only holds their place until a script
    has run."""
    for element in list(tree.iter("noscript"))[:MAX_FIGURES]:
        _read_escaped(element)
        if _holds_the_picture(element):
            element.tag = "span"


def _holds_the_picture(element: Any) -> bool:
    """Whether a `noscript` holds a picture of which those beside it have no address."""
    inside = element.xpath(".//img")
    parent = element.getparent()
    if not inside or parent is None:
        return False
    others = (image for image in _images_near(element, parent) if image not in inside)
    return not any(map(_addresses, others))


def _images_near(element: Any, parent: Any) -> list[Any]:
    """The images beside a `noscript`: in the element around it, or, if that holds much, in the
    elements before and behind it."""
    few = sum(1 for _ in islice(parent.iter(), MAX_NEAR + 1)) <= MAX_NEAR
    beside = [e for e in (element.getprevious(), element.getnext()) if e is not None]
    found = (i for e in ([parent] if few else beside) for i in e.iter("img", "amp-img", "source"))
    return [i for i in islice(found, MAX_NEAR) if not _in_noscript(i)]


def _read_escaped(element: Any) -> None:
    """Read the images of a `noscript` whose content some programs save as text."""
    said = _text_alone(element)
    if len(said) > 20_000 or not _ESCAPED_IMAGE.search(said):
        return
    inside = parse_tree(f"<div>{said}</div>")
    if inside is not None:
        element.text = None
        element.extend(inside.iter("img"))


def _text_alone(element: Any) -> str:
    """The text of an element that holds no others, else nothing."""
    return "" if len(element) else element.text or ""


def count_previews(tree: Any) -> int:
    """How many images of a page are only previews of images that a script would have fetched."""
    return sum(map(_is_only_preview, tree.xpath(f"//img[@src='{PREVIEW}']")[:MAX_LOOSE]))


def _is_only_preview(image: Any) -> bool:
    if _in_noscript(image) or _is_furniture(image):
        return False
    return not any(map(_addresses, (*alternatives(image), image)))


def _in_noscript(element: Any) -> bool:
    return is_within(element, "noscript")


def _declared(claims: Claims, base: str) -> list[Figure]:
    """The pictures that the page's metadata names."""
    return [
        Figure(
            absolute(unescape(i.get("src", "")), base),
            i.get("alt", ""),
            i.get("caption", ""),
            i.get("credit", "") or i.get("copyright", ""),
            i.get("creator", ""),
        )
        for i in claims.images
    ]


_SMALL_ELEMENTS = frozenset(
    "div p span small em dd cite figcaption li aside i b strong footer td".split()
)
_CREDIT_PROPS = frozenset(("caption", "copyrightHolder", "author-photo", "creditText"))
_DATED_NOTICE = re.compile(r"(?:©|copyright|\(c\)).{0,60}(?:19|20)\d\d", re.I)


def _loose_captions(tree: Any, captioned: dict[Any, Figure]) -> list[Figure]:
    """Captions and credits outside of figures.

    Those of a picture beside them go to ``captioned``, by its element.
    """
    elements = tree.xpath("//*[@class or @itemprop] | //figcaption")[:MAX_LABELLED]
    out: list[Figure] = []
    for element in [e for e in elements if _may_be_caption(e)]:
        if element.getparent() is None or is_within(element, "figure"):
            continue
        text = text_of(element)
        found = _loose_caption(element, text)
        if found is None:
            continue
        shown = _shown_beside(element, text)
        called = bool(CAPTION_CLASS.search(element.get("class", "")))
        if shown is None and called and not found.credit and len(text.split()) >= 12:
            # A paragraph: nothing is shown that this could be the caption of.
            element.attrib.pop("class", None)
            element.attrib.pop("id", None)
            continue
        inside = next(element.iter("img", "amp-img"), None)
        if inside is not None:  # a box of that name around picture and caption
            inside.tail = None
            element.addprevious(inside)
            shown = inside
        if shown is not None and shown.tag in ("img", "amp-img") and shown not in captioned:
            captioned[shown] = found
        else:
            out.append(found)
        remove(element)
    return out


def _may_be_caption(element: Any) -> bool:
    """Whether the markup of an element says that it holds a caption or a credit."""
    label = element.get("class", "")
    if element.tag not in _SMALL_ELEMENTS or len(label) >= 300:
        return False
    named = element.tag == "figcaption" or _is_called_caption(label)
    return named or element.get("itemprop", "") in _CREDIT_PROPS


def _loose_caption(element: Any, text: str) -> Figure | None:
    """The caption and credit of an element with this text, unless they are the page's notice."""
    if not _may_hold_caption(element, text):
        return None
    label = element.get("class", "")
    is_caption = bool(CAPTION_CLASS.search(label))
    is_credit = not is_caption and bool(CREDIT_CLASS.search(label))
    caption, credit = caption_parts(element, text, is_credit)
    if not (credit or is_caption) or _is_notice(text, caption, credit):
        return None
    return Figure("", caption=caption, credit=credit)


def _may_hold_caption(element: Any, text: str) -> bool:
    """Whether an element with this text is no more than a caption."""
    if not 2 < len(text) < 700 or _holds_another(element):
        return False
    return len(element.xpath(".//p")) <= 2


def _is_notice(text: str, caption: str, credit: str) -> bool:
    """Whether a text says who owns the page; a mere ``credit`` may do so, too."""
    is_of_page = not caption and _NOTICE.search(credit)
    return bool(is_of_page or _DATED_NOTICE.match(text))


@lru_cache(20_000)
def _is_called_caption(label: str) -> bool:
    """Whether a class says that its element holds a caption or a credit."""
    return bool(CAPTION_CLASS.search(label) or CREDIT_CLASS.search(label))


def _captions_below(tree: Any, captioned: dict[Any, Figure]) -> None:
    """Captions that are the only text of a picture's paragraph, small or slanted:
    `<p><img><br><em>…</em></p>`."""
    for paragraph in tree.xpath("//p[.//img] | //div[img]")[:MAX_LOOSE]:
        images = paragraph.xpath(".//img")
        slanted = [
            e
            for e in paragraph.iter("em", "i", "small")
            if text_of(e) and text_of(e) == text_of(paragraph)
        ]
        text = text_of(paragraph)
        if (
            len(images) == 1
            and slanted
            and 2 < len(text) < 700
            and comes_before(images[0], slanted[0], paragraph)
        ):
            caption, credit = caption_parts(slanted[0], text, False)
            captioned[images[0]] = Figure("", caption=caption, credit=credit)
            remove(slanted[0])


def _holds_another(element: Any) -> bool:
    """Whether an element is only the box around a picture and an element that is its caption."""
    if next(element.iter("img", "amp-img", "picture"), None) is None:
        return False
    inside = element.iterdescendants("*")
    return any(e.tag == "figcaption" or CAPTION_CLASS.search(e.get("class", "")) for e in inside)


def _shown_beside(element: Any, text: str) -> Any:
    """The picture, film or frame that a caption is beside, or None: in one of four elements around
    it that hold little else."""
    for above in islice(element.iterancestors(), 4):
        if above.tag in ("body", "html", "main"):
            return None
        shown = [e for e in above.iter(*_SHOWN) if not is_within(e, "figure")]
        if shown:
            return _nearest(shown, element, above)
        if len(text_of(above)) > len(text) + 300:
            return None
    return None


def _nearest(shown: list[Any], caption: Any, above: Any) -> Any:
    """Of what is shown in an element the last before the caption, else the first behind it."""
    before = [e for e in shown if comes_before(e, caption, above)]
    return before[-1] if before else shown[0]


def comes_before(first: Any, second: Any, above: Any) -> bool:
    for element in above.iter():
        if element is first:
            return True
        if element is second:
            return False
    return False


def _loose_images(tree: Any, captioned: dict[Any, Figure], base: str) -> list[Figure]:
    """Pictures in no `figure`, marked; whether they belong to the article is not known yet."""
    out: list[Figure] = []
    for image in tree.xpath(
        "//img | //amp-img | //amp-anim | //picture[not(.//img)]/source[@srcset][1]"
    )[:MAX_LOOSE]:
        if image.get(MARK) or _in_noscript(image) or _is_furniture(image):
            continue
        if any(a.tag == "figure" and a.get(MARK) for a in image.iterancestors()):
            continue
        known = captioned.pop(image, None)
        src, alt, beside = source_of([*alternatives(image), image], base)
        if not src and known is None:
            continue
        caption, credit = _said_by([image])
        mark = f"l{len(out)}"
        found = Figure(src, alt, caption, credit, "", beside, mark, loose=known is None)
        if known is not None:
            found = msgspec.structs.replace(
                found, caption=known.caption or caption, credit=known.credit or credit
            )
        image.set(MARK, found.mark)
        out.append(found)
    return [
        *out,
        *captioned.values(),
    ]  # who made a picture that is not taken over is said all the same


def alternatives(image: Any) -> list[Any]:
    """The `source` elements of the `picture` that holds an image."""
    picture = next(image.iterancestors("picture"), None)
    return picture.xpath(_SOURCES) if picture is not None else []


def _is_furniture(image: Any) -> bool:
    """Whether a picture counts visitors, or is a part of the page's frame: tiny, an icon, a
    person's portrait beside a name."""
    label = f"{image.get('class', '')} {image.get('id', '')}"
    if is_tiny(image) or _IMAGE_NOISE.search(label[:200]):
        return True
    return any(map(_frames, image.iterancestors())) or in_aside(image)


def _frames(element: Any) -> bool:
    """Whether an element is a menu, a button, or a header or footer of the page, not of the
    article."""
    if element.tag in ("header", "footer"):
        return not is_within(element, "article", "main") and element.find(".//h1") is None
    return element.tag in ("nav", "button")


def _merged(figures: list[Figure]) -> list[Figure]:
    """``figures`` with each URL once, credits apart from captions, and all texts on one clean
    line."""
    merged: dict[str, Figure] = {}
    for number, figure in enumerate(_loose_last(figures)):
        clean = _clean(figure)
        key = figure.src or f"#{number}"
        merged[key] = _filled(merged[key], clean) if key in merged else clean
    return list(merged.values())


def _loose_last(figures: list[Figure]) -> list[Figure]:
    declared = [figure for figure in figures if not figure.loose]
    return [*declared[:MAX_IMAGES], *(figure for figure in figures if figure.loose)]


def _clean(figure: Figure) -> Figure:
    """A figure with its credit apart from its caption, each on one clean line."""
    caption, credit = figure.caption, figure.credit
    if caption and not credit:
        caption, credit = credit_of_caption(caption)
    credit = re.sub(r"^copyright\s+(?=[^\W\d_])", "", credit, flags=re.I)
    return msgspec.structs.replace(
        figure,
        alt=clean_inline(figure.alt),
        caption="" if _DURATION.fullmatch(caption.strip()) else clean_inline(caption),
        credit=clean_inline(credit) if _credible(credit) else "",
        creator=clean_inline(figure.creator),
    )


def _filled(figure: Figure, other: Figure) -> Figure:
    """A figure with what only the ``other`` of the same picture says."""
    names = ("alt", "caption", "credit", "creator", "beside", "mark")
    said = {name: getattr(figure, name) or getattr(other, name) for name in names}
    return msgspec.structs.replace(figure, loose=figure.loose and other.loose, **said)


_OF_PAGE = re.compile(
    r"<|\b(?:published|caption|copyright|rights?|network)$|\bmay not be\b|\ball rights\b", re.I
)


def _credible(credit: str) -> bool:
    """Whether a text can be a credit at all: no button, label or notice of the page."""
    key = lexicon.folded(credit)
    if key in lexicon.EXACT or lexicon.ASKS.match(key) or _OF_PAGE.search(credit):
        return False
    return "/" in credit or not _is_sentence(credit)


def _is_sentence(text: str) -> bool:
    """Whether a text has as many words in small letters, or without a comma, as a sentence."""
    words = text.split()
    if len(words) > 14 and "," not in text:
        return True
    small = sum(word[:1].islower() and word.lower() not in _SMALL for word in words)
    return len(words) >= 8 and small * 3 > len(words)


def _figure(figure: Any, mark: str, base: str) -> list[Figure]:
    """The pictures of a `figure`, the first with its caption and credit.

    What only holds other figures has none itself.
    """
    images, captions = _images_in(figure), _captions_in(figure)
    if not images and figure.xpath(".//blockquote | .//table | .//pre | .//figure"):
        _as_text(figure, captions)
        return []
    if any(_leads_on(figure, caption) for caption in captions[:1]):
        return []
    first = _first_picture(images)
    src, alt, beside = source_of(first, base)
    caption, credit = _words_of(figure, captions, first)
    if not (src or caption or credit):
        return []
    figure.set(MARK, mark)
    shown = Figure(src, alt, caption, credit, beside=beside, mark=mark)
    return [shown, *_further(_others(images, figure), mark, base)]


def _images_in(figure: Any) -> list[Any]:
    """The images of a `figure`, with their other sizes and formats."""
    found = figure.xpath(f".//img | {_SOURCES} | .//amp-img | .//amp-anim")
    return [image for image in found if _own(image, figure) and not _in_noscript(image)]


def _captions_in(figure: Any) -> list[Any]:
    """The captions of a `figure`, else the first element that is called one."""
    captions = [c for c in figure.iter("figcaption") if _own(c, figure)]
    called = (e for e in figure.iterdescendants("*") if CAPTION_CLASS.search(e.get("class", "")))
    return captions or [e for e in called if _own(e, figure)][:1]


def _further(images: list[Any], mark: str, base: str) -> Iterator[Figure]:
    """The further pictures of a gallery."""
    for number, image in enumerate(images):
        src, alt, beside = source_of([*alternatives(image), image], base)
        if src:
            image.set(MARK, f"{mark}-{number}")
            yield Figure(src, alt, beside=beside, mark=f"{mark}-{number}")


def _own(element: Any, figure: Any) -> bool:
    return next(element.iterancestors("figure"), None) is figure


def _as_text(figure: Any, captions: list[Any]) -> None:
    """Make a `figure` of quotes, tables or code a part of the text, and its caption a paragraph: it
    names who is quoted."""
    figure.tag = "div"
    quote = figure.find(".//blockquote")
    for caption in captions[:1]:
        if quote is not None:
            quote.append(caption)
        if not caption.xpath(".//p | .//div"):
            caption.tag = "p"
        caption.attrib.pop("class", None)


def _caption_of(figure: Any, captions: list[Any]) -> tuple[str, str]:
    """(caption, credit) of a `figure`; their elements are taken out of it."""
    caption = credit = ""
    inside: set[Any] = set()
    for element in captions[:1]:
        inside.update(element.iter())
        caption, credit = caption_parts(element, text_of(element), False)
    credits = [e for e in figure.iter(*_OF_CREDITS) if e not in inside and _is_credit(e)]
    if credits and not credit:
        credit = bare_credit(text_of(credits[0]))
    for element in [*captions, *credits]:
        remove(element)
    return caption, credit


def _words_of(figure: Any, captions: list[Any], images: list[Any]) -> tuple[str, str]:
    """(caption, credit) of a `figure`, of whose first picture ``images`` are the sizes."""
    if not images and not captions:
        return "", ""
    caption, credit = _caption_of(figure, captions)
    if not captions:
        caption, rest = _rest_as_caption(figure)
        credit = credit or rest
    if caption and credit:
        return caption, credit
    said = _said_by(images)
    return caption or said[0], credit or said[1]


def _rest_as_caption(figure: Any) -> tuple[str, str]:
    """(caption, credit) of the words of a `figure` that are in no element for them; they are taken
    out of it."""
    said = list(filter(_is_bare_text, figure.iter(*_PARTS)))
    text = " ".join(map(text_of, said))
    asks = lexicon.ASKS.match(lexicon.folded(text))
    if asks or not _MIN_WORDS <= len(text.split()) <= _MOST_WORDS:
        return "", ""
    caption, credit = caption_parts(said[-1] if len(said) == 1 else figure, text, False)
    for element in said:
        remove(element)
    return caption, credit


def _is_bare_text(element: Any) -> bool:
    """Whether an element holds nothing but words, and is in no link or button."""
    if len(element) or element.tag == "a" or is_within(element, "a", "button"):
        return False
    return bool(text_of(element))


def _said_by(images: list[Any]) -> tuple[str, str]:
    """(caption, credit) that a picture, of which ``images`` are the sizes, has as attributes; a
    title or alternative text counts where it names who made the picture."""
    caption, credit = _first_said(images, _CAPTIONS), _first_said(images, _CREDITS)
    if caption and not credit:
        caption, credit = credit_of_caption(caption)
    others = (clean_inline(i.get(name, "")) for i in images for name in ("title", "alt"))
    return caption, bare_credit(credit) or next(filter(None, map(_labelled_credit, others)), "")


def _first_said(images: list[Any], names: tuple[str, ...]) -> str:
    """The first value of attributes with these names."""
    values = (image.get(name) for image in images for name in names)
    return clean_inline(next(filter(None, values), ""))


def _labelled_credit(text: str) -> str:
    """The credit of a text that names one as such, with a label or a sign."""
    if not _CREDIT_SIGN.search(text):
        return ""
    return whole_credit(text) or caption_and_credit(text)[1]


_OF_CREDITS = ("span", "small", "p", "div", "cite", "em", "i", "b", "a", "figcaption", "footer")
_NAMES_HOLDER = ("copyrightHolder", "creditText", "author", "creator", "copyrightNotice")


def _is_credit(element: Any) -> bool:
    """Whether a part of a `figure` says who made its picture."""
    if element.tag == "footer" or element.get("itemprop") in _NAMES_HOLDER:
        return True
    return bool(CREDIT_CLASS.search(element.get("class", ""))) or _labelled(element)


def _first_picture(images: list[Any]) -> list[Any]:
    """The first of ``images`` with its other sizes and formats."""
    if not images:
        return []
    picture = next(images[0].iterancestors("picture"), None)
    alike = [
        i
        for i in images
        if picture is not None and next(i.iterancestors("picture"), None) is picture
    ]
    return alike or images


def _others(images: list[Any], figure: Any) -> list[Any]:
    """Further pictures of a gallery: each in a part of its own, under a name of its own.

    Sizes of one image do not count.
    """
    shown = [i for i in images if i.tag != "source"]
    names = [_file_name(i) for i in shown]
    parts = [
        next(
            (a for a in i.iterancestors() if a.tag in ("li", "a", "div", "td", "p", "picture")),
            figure,
        )
        for i in shown
    ]
    out: list[Any] = []
    for number, image in enumerate(shown[1:], 1):
        if (
            names[number]
            and names[number] not in names[:number]
            and parts[number] is not figure
            and parts[number] not in parts[:number]
        ):
            out.append(image)
    return out


def _file_name(image: Any) -> str:
    """The name of a picture's file without what distinguishes its sizes."""
    found = _addresses(image)
    name = found[0].split("?")[0].rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0] if found else ""
    return _SIZE.sub("", name).casefold()


def _leads_on(figure: Any, caption: Any) -> bool:
    """Whether a picture and its whole caption link to the same page, as those of another article's
    teaser do."""
    link = next(iter(caption.xpath(".//a[@href]")), None)
    if link is None or text_of(link) != text_of(caption):
        return False
    return any(a.get("href") == link.get("href") for a in figure.xpath(".//a[.//img]"))


def _labelled(element: Any) -> bool:
    """Whether an element without others in it begins with © or `Photo:`, and is short."""
    text = _text_alone(element).strip()
    label = _CREDIT_LABEL.match(text) if 3 < len(text) <= 90 else None
    if label is None or not re.search("[:©=]", label[0]):
        return False
    return bare_credit(text)[:1].isupper()


def _beside_images(tree: Any, captioned: dict[Any, Figure]) -> list[Figure]:
    """Credits in short texts beside pictures that are in no `figure`: labelled (`Photo: …`), or an
    agency's.

    They go to ``captioned``, by the element of the picture, unless that has a caption already.
    """
    out: list[Figure] = []
    for image in tree.xpath(
        "//img[not(ancestor::figure or ancestor::a or ancestor::nav or ancestor::footer)]"
    )[:100]:
        credit = _credit_beside(image)
        old = captioned.setdefault(image, Figure("", credit=credit)) if credit else None
        if old is not None and not old.credit:
            captioned[image] = msgspec.structs.replace(old, credit=credit)
        elif old is not None and old.credit != credit:
            out.append(Figure("", credit=credit))
    return out


def _credit_beside(image: Any) -> str:
    """The credit in the smallest box around an image that holds a text, if that is short."""
    box, text = _box_with_text(image)
    if box is None or len(text) > 400:
        return ""
    credit = next(filter(None, _credits_in(box, text)), "")
    return "" if _NOTICE.search(credit) or _SHARE.search(credit) else credit


def _credits_in(box: Any, text: str) -> Iterator[str]:
    """What may be the credit in a box with this text, the surest first."""
    yield next((bare_credit(e.text) for e in box.iter(*_PARTS) if _labelled(e)), "")
    yield from map(whole_credit, _leaf_texts(box)[-2:])
    yield caption_and_credit(text)[1]


def _leaf_texts(element: Any) -> list[str]:
    """The texts of the parts of an element that hold no others."""
    texts = (text_of(part) for part in element.iterdescendants(*_PARTS) if not len(part))
    return list(filter(None, texts))


def _box_with_text(image: Any) -> tuple[Any, str]:
    """(box, its text): the smallest of four boxes around an image that holds a text; None where
    that is none, or holds whole paragraphs."""
    for above in islice(image.iterancestors(), 4):
        if above.tag in ("body", "article", "main") or in_aside(above):
            break
        if any(map(_is_paragraph, above.iter("p"))):
            break
        if text := text_of(above):
            return above, text
    return None, ""


def _is_paragraph(element: Any) -> bool:
    return len((element.text or "").strip()) > 400


def caption_parts(element: Any, text: str, is_credit: bool) -> tuple[str, str]:
    """(caption, credit) of a caption's element: by its own parts first, else by how its text
    ends."""
    if is_credit:
        return "", bare_credit(text)
    if len(text) > 1500:
        return text, ""
    caption, credit = _marked_parts(element, text)
    if credit:
        return caption, credit
    caption, credit = caption_and_credit(text)
    if credit:
        return caption, bare_credit(credit) or credit
    if _is_labelled_credit(text):
        return "", bare_credit(text)
    whole = whole_credit(text)
    if whole and len(text.split()) <= 12:
        return "", whole
    return _last_part(element, text) or _short_part(element, text)


_STOPS = (".", "!", "?")


def _is_labelled_credit(text: str) -> bool:
    """Whether a text is a label such as `Photo:` and a name."""
    label = _CREDIT_LABEL.match(text)
    if not label or ":" not in label[0] or text.endswith(_STOPS):
        return False
    return len(text.split()) <= 9 and bare_credit(text)[:1].isupper()


def _last_part(element: Any, text: str) -> tuple[str, str] | None:
    """(caption, credit) of a caption that ends with an element of its own, if that is a credit."""
    last = (e for e in element.iterdescendants("small", "cite", "em", "i", "span") if _ends(e))
    for part in last:
        inner = text_of(part)
        rest = text.removesuffix(inner)
        if rest not in ("", text) and _may_be_credit(inner, part.tag):
            return rest.strip(" |/–-("), bare_credit(inner)
    return None


def _ends(part: Any) -> bool:
    """Whether nothing is behind an element."""
    return part.getnext() is None and not (part.tail or "").strip()


def _may_be_credit(text: str, tag: str) -> bool:
    """Whether a short text is a credit, or looks like one and is in an element for such."""
    if not 2 < len(text) < 90 or len(text.split()) > 10 or text.endswith(_STOPS):
        return False
    return bool(whole_credit(text)) or (text[:1].isupper() and tag in ("small", "cite"))


def _marked_parts(element: Any, text: str) -> tuple[str, str]:
    """(caption, credit) where the parts of a caption are marked as source, author or the like."""
    parts = _short_marked(element, len(text))[:2]
    rest = text
    for part in parts:
        rest = rest.replace(part, " ", 1)
    credits = filter(None, map(bare_credit, parts))
    return " ".join(rest.split()).strip(" |/–-"), " / ".join(credits)


def _short_marked(element: Any, longest: int) -> list[str]:
    """The short texts of the parts of a caption that are marked; none is a piece of one before
    it."""
    parts: list[str] = []
    for part in element.iterdescendants(*_PARTS):
        inner = text_of(part) if _is_marked_part(part) else ""
        is_short = 1 < len(inner) <= longest and len(inner.split()) <= 16
        if is_short and inner not in "\n".join(parts):
            parts.append(inner)
    return parts


def _is_marked_part(part: Any) -> bool:
    """Whether an element is named for a source, an author or the like."""
    get, attributes = part.get, part.attrib.items()
    data = [v for name, v in attributes if name.startswith("data-") and len(v) <= 40]
    label = " ".join([get("class", ""), get("itemprop", ""), *data])
    return bool(_PART_CLASS.search(label[:300]))


def _short_part(element: Any, text: str) -> tuple[str, str]:
    """(caption, credit) of a caption of two parts: a sentence, and a few capitalised words beside
    it."""
    texts = _leaf_texts(element)
    for inner in texts if len(texts) <= 2 else ():
        rest = _beside_part(text, inner).strip(" |/–-")
        sentence = len(rest.split()) >= 5 and rest.endswith((*_STOPS, "”", '"'))
        if sentence and _is_few_capitalised(inner):
            return rest, bare_credit(inner)
    return text, ""


def _beside_part(text: str, part: str) -> str:
    """``text`` without the part that it begins or ends with; nothing where it does not."""
    if text.startswith(part):
        return text[len(part) :]
    return text[: -len(part)] if text.endswith(part) else ""


def _is_few_capitalised(text: str) -> bool:
    if len(text.split()) > 6 or any(map(str.isdigit, text)):
        return False
    return text.lstrip("(©")[:1].isupper() and not text.rstrip(")").endswith(_STOPS)


_PARTS = ("span", "small", "cite", "em", "i", "p", "div", "a", "b", "strong")

_CREDIT_LABEL = re.compile(
    r"^(?:[\s|([©/–-]|(?:фото|снимок|fot\.|ảnh|isithombe|kuva|kép|fotó|fotoğraf|(?:foto|bild"
    r"|photo)-?(?:credits?|nachweis|quelle|hinweis|rechte)"
    r"|사진(?:"
    r" 출처)?|写真|图|bildautor|photo(?:graph(?:s|y|er)?|s)?|foto(?:s|graf(?:in|ía)?)?|image|images"
    r"|picture|pictures"
    r"|bild(?:er|quelle|rechte|nachweis)?|credits?|crédits?|crédito|credito|quelle|source"
    r"|copyright|illustration|via|video)"
    r"(?:\s+(?:credits?|by|source|copyright|illustration|courtesy(?:"
    r" of)?|von|de|di))?\s*(?:\.{2,3}|:|=|：|–|-|©|\||\bby\b|$))+\s*",
    re.I,
)


# The label for screen readers, run together with the name.
_SPOKEN_LABEL = re.compile(r"^(?:Credit)+(?=[^\W\d_a-z])")
_LEAD = re.compile(r"^(?:[Bb]y )?(?:[Vv]on )?")


def bare_credit(text: str) -> str:
    """A credit without `Photo:` and brackets."""
    text = clean_inline(text)
    if len(text) > 200:
        return ""
    text = _CREDIT_LABEL.sub("", _SPOKEN_LABEL.sub("", text))
    text = (_RESERVED.sub("", text) or text).strip(" |[]")
    if text.startswith("(") or text.count("(") != text.count(")"):
        text = text.strip("() ")
    text = _LEAD.sub("", text)
    return text if len(text) > 1 and any(map(str.isalpha, text)) else ""


def source_of(images: list[Any], base: str) -> tuple[str, str, str]:
    """(address, alt text, relative reference) of a picture, of which ``images`` are the sizes and
    formats.

    Where nothing says what a relative reference is relative to, it is the address, too.
    """
    addresses = list(chain.from_iterable(map(_addresses, images[:20])))
    held = next((a for a in addresses if a.startswith(EMBEDDED)), "")
    remote = next(filter(None, (absolute(a, base) for a in addresses)), "")
    alt = next(filter(None, (image.get("alt") for image in images)), "")
    beside = next(filter(is_relative, addresses), "")
    src = held or safe_address(remote) or safe_address(beside)
    return src, clean_inline(alt), beside


def is_relative(src: str) -> bool:
    """Whether ``src`` is a path, of a file beside the text or below the root of its site."""
    return (
        bool(src)
        and len(src) < 1000
        and ":" not in src.split("/")[0]
        and not src.startswith("//")
        and "\\" not in src
    )


def _addresses(image: Any) -> list[str]:
    """The addresses that an element has of its picture, the largest size first, whatever scripts
    would read them from."""
    sized: list[tuple[float, str]] = []
    plain: list[str] = []
    for name, written in sorted(image.attrib.items(), key=_by_name):
        if name.endswith("srcset") or (name.startswith("data-") and _OF_SIZES.search(written)):
            sized += _sizes(clean_inline(written[:8000]))
        elif name == "src" or _is_for_scripts(name, written):
            # Some browsers write blanks into the names of the files that they save.
            value = clean_inline(written[:8000]).replace(" ", "%20")
            plain += [value] if _says_where(name, value) else []
    sized.sort(key=lambda pair: -pair[0])
    if plain and _STAND_IN.search(plain[0]):
        plain.sort(key=lambda address: not _PHOTOGRAPH.search(address))
    return [*(address for _, address in sized), *plain]


def _is_for_scripts(name: str, value: str) -> bool:
    """Whether scripts may read the URL of an image from an attribute: its name says so, or its
    value."""
    if not (name.startswith("data-") or name.endswith("-src")) or len(value) > 8000:
        return False
    return bool(_LATER.search(name) or (" " not in value.strip() and IMAGE_FILE.search(value)))


def _by_name(item: tuple[str, str]) -> int:
    """In which order attributes are read: `src`, then those whose names speak of a URL."""
    return 0 if item[0] == "src" else 1 if _LATER.search(item[0]) else 2


def _says_where(name: str, value: str) -> bool:
    """Whether an attribute of a name that may do so holds the URL of an image, now (`src`) or once
    a script has run (`data-original` …)."""
    if not value or value.startswith(("data:", "about:", "blob:", "{", "[", "#")):
        return False
    if _IMAGE_NOISE.search(value.rsplit("/", 1)[-1]):
        return False
    return "src" in name or bool(IMAGE_FILE.search(value))


def _sizes(srcset: str) -> list[tuple[float, str]]:
    """(width or density, address) of each candidate of a `srcset` (HTML, 4.8.4.2.1)."""
    out: list[tuple[float, str]] = []
    at = 0
    while found := _CANDIDATE.match(srcset, at):
        address, at = found[1], found.end()
        size = None
        if not address.endswith(","):
            size = _DESCRIPTOR.match(srcset, at)
            comma = srcset.find(",", at)
            at = comma + 1 if comma >= 0 else len(srcset)
        if address.strip(",") and not address.startswith("data:"):
            out.append((float(size[1]) if size else 0.5, address.rstrip(",")))
    return out


def figure_credits(pictures: Iterable[Figure | Image]) -> tuple[Person, ...]:
    """The people and agencies that the credits of pictures name, each once."""
    out: dict[tuple[str, str], Person] = {}
    said = filter(None, (picture.credit or picture.creator for picture in pictures))
    for text in islice(said, MAX_IMAGES):
        for person in credit_people(text, credit_role(text)):
            out.setdefault((person.name.casefold(), person.org.casefold()), person)
    return tuple(out.values())
