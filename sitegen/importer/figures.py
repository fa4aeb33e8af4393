"""The pictures of a page: which of them belong to the article, their captions, and who is credited below them."""

from __future__ import annotations

import re
from typing import Any

from sitegen.importer import lexicon
from sitegen.importer.claims import Claims, in_aside, text_of, unescape
from sitegen.importer.clean import clean_inline
from sitegen.importer.credits import caption_and_credit, credit_people, credit_role, whole_credit
from sitegen.importer.markup import absolute
from sitegen.model import Person, Struct

MAX_IMAGES = 60
CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:fig)?(?:caption|captions|image-?caption|bildunterschrift|legend|legende|bu|media-?caption|wp-caption-text"
    r"|picture-text|image-?description|img-?description|media-?info|img-?caption|photo-?caption)(?:$|[\s_-]|__)",
    re.I,
)
_CREDIT_CLASS = re.compile(
    r"(?:^|[\s_-])(?:credits?|content-?credits?|caption-?credits?|bildautor|photo-?credits?|image-?credits?|copyright|photographer|fotograf|bildquelle|bildnachweis|image-?source"
    r"|img-?credit|picture-?credit|rights|byline-photo|photo-?by)(?:$|[\s_-]|__)",
    re.I,
)
# Within a caption also these words mark the part that names the holder.
_PART_CLASS = re.compile(
    r"credit|copyright|source(?!set)|quelle|author|autor|agency|agentur|distributor|fotograf|photographer|creator", re.I
)
_RESERVED = re.compile(r"\s*[/|,.]?\s*(?:(?:copyright|©)\s*(?:19|20)\d\d\b.*|all rights reserved\.?|alle rechte vorbehalten\.?)$", re.I)
# What stands below a page is the outlet's own notice.
_NOTICE = re.compile(
    r"^[©@(]|(?:19|20)\d\d|rights|rechte vorbehalten|reserved|derechos|droits|diritti|direitos|práva|teisės|impressum"
    r"|\b(?:GmbH|mbH|KG|AG|S\.?L\.?U?|S\.?p?\.?A|Ltd|Inc|LLC|a\.s|s\.r\.[ol])\b\.?$"
    r"|\b(?:Avda|Calle|Tel[ée]fono|Telefon|Tel|Phone)\b[.:]?",
    re.I,
)
_DURATION = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?(?:min|Min)\.?)?")
_SMALL = frozenset("for via and by the of courtesy photo photos file from in at de von van der du la di da del y et und".split())
_SHARE = re.compile(r"\b(?:facebook|twitter|instagram|youtube|rss|whatsapp|pinterest)\b", re.I)
_IMAGE_NOISE = re.compile(r"(?:logo|icon|avatar|pixel|spacer|blank|placeholder|sprite|badge|emoji|1x1|tracking)", re.I)


class Figure(Struct, frozen=True):
    """A picture of the page: address, caption without its credit, the credit as shown."""

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    creator: str = ""


def find_figures(tree: Any, claims: Claims, base: str) -> list[Figure]:
    """The article's pictures with captions and credits; what they were read from is taken out of the tree."""
    out: list[Figure] = []
    for figure in tree.xpath("//figure")[:200]:
        found = _figure(figure, base)
        if found:
            out.append(found)
    loose = []
    for element in tree.xpath("//*[@class or @itemprop] | //figcaption")[:30000]:
        label = element.get("class") or ""
        prop = element.get("itemprop") or ""
        if (
            len(label) < 300
            and element.tag
            in ("div", "p", "span", "small", "em", "dd", "cite", "figcaption", "li", "aside", "i", "b", "strong", "footer", "td")
            and (
                element.tag == "figcaption"
                or CAPTION_CLASS.search(label)
                or _CREDIT_CLASS.search(label)
                or prop in ("caption", "copyrightHolder", "author-photo", "creditText")
            )
        ):
            loose.append(element)
    for element in loose:
        if element.getparent() is None or any(a.tag == "figure" for a in element.iterancestors()):
            continue
        text = text_of(element)
        if not 2 < len(text) < 700 or len(element.xpath(".//p")) > 2:
            continue
        label = element.get("class") or ""
        caption, credit = caption_parts(element, text, bool(_CREDIT_CLASS.search(label)) and not CAPTION_CLASS.search(label))
        if not credit and not CAPTION_CLASS.search(label):
            continue
        if (not caption and _NOTICE.search(credit)) or re.search(r"^(?:©|copyright|\(c\)).{0,60}(?:19|20)\d\d", text, re.I):
            continue
        out.append(Figure("", caption=caption, credit=credit))
        remove(element)
    out.extend(_beside_images(tree))
    listed = [
        Figure(
            absolute(unescape(i.get("src", "")), base),
            i.get("alt", ""),
            i.get("caption", ""),
            i.get("credit", "") or i.get("copyright", ""),
            i.get("creator", ""),
        )
        for i in claims.images
    ]
    merged: dict[str, Figure] = {}
    for number, figure in enumerate([*listed, *out][:MAX_IMAGES]):
        caption, credit = figure.caption, figure.credit
        if caption and not credit:
            short, found_credit = caption_and_credit(caption)
            caption, credit = (short, found_credit) if found_credit else (caption, credit)
        credit = re.sub(r"^copyright\s+(?=[^\W\d_])", "", credit, flags=re.I)
        credit = credit if _credible(credit) else ""
        caption = "" if _DURATION.fullmatch(caption.strip()) else caption
        clean = Figure(
            figure.src,
            clean_inline(figure.alt)[:500],
            clean_inline(caption)[:1000],
            clean_inline(credit)[:200],
            clean_inline(figure.creator)[:200],
        )
        key = figure.src or f"#{number}"
        old = merged.get(key, clean)
        merged[key] = Figure(
            old.src, old.alt or clean.alt, old.caption or clean.caption, old.credit or clean.credit, old.creator or clean.creator
        )
    return list(merged.values())


def _credible(credit: str) -> bool:
    """Whether a text can be a credit at all: no button, label or notice of the page."""
    key = lexicon.folded(credit)
    words = credit.split()
    small = sum(1 for w in words if w[:1].islower() and w.lower() not in _SMALL)
    return not (
        (len(words) >= 8 and small * 3 > len(words) and "/" not in credit)  # a sentence
        or key in lexicon.EXACT
        or lexicon.ASKS.match(key)
        or "<" in credit
        or (len(words) > 14 and "/" not in credit and "," not in credit)
        or re.search(r"\b(?:published|caption|copyright|rights?|network)$|\bmay not be\b|\ball rights\b", credit, re.I)
    )


def _figure(figure: Any, base: str) -> Figure | None:
    images = figure.xpath(".//img | .//source[@srcset] | .//amp-img")
    captions = (
        figure.xpath(".//figcaption")
        or [e for e in figure.iter() if isinstance(e.tag, str) and e is not figure and CAPTION_CLASS.search(e.get("class") or "")][:1]
    )
    credit_only = [
        e
        for e in figure.iter("span", "small", "p", "div", "cite", "em", "i", "b", "a", "figcaption", "footer")
        if _CREDIT_CLASS.search(e.get("class") or "")
        or e.tag == "footer"
        or _labelled(e)
        or (e.get("itemprop") or "") in ("copyrightHolder", "creditText", "author", "creator", "copyrightNotice")
    ]
    if not images and not captions:
        return None
    if captions and _leads_on(figure, captions[0]):
        return None
    src, alt = image_source(images, base)
    caption = credit = ""
    outside = [e for e in credit_only if not captions or captions[0] not in [e, *e.iterancestors()]]
    for element in captions[:1]:
        caption, credit = caption_parts(element, text_of(element), False)
    if not credit and outside:
        credit = bare_credit(text_of(outside[0]))
    for element in [*captions, *outside]:
        remove(element)
    if figure.xpath(".//blockquote | .//table | .//pre") and not src:
        return None
    return Figure(src, alt, caption, credit) if src or caption or credit else None


def _leads_on(figure: Any, caption: Any) -> bool:
    """Whether a picture and its whole caption link to the same page, as those of another article's teaser do."""
    link = next(iter(caption.xpath(".//a[@href]")), None)
    if link is None or text_of(link) != text_of(caption):
        return False
    return any(a.get("href") == link.get("href") for a in figure.xpath(".//a[.//img]"))


def _labelled(element: Any) -> bool:
    """Whether an element without others in it begins with © or `Photo:`, and is short."""
    text = (element.text or "").strip() if not len(element) else ""
    label = _CREDIT_LABEL.match(text) if 3 < len(text) <= 90 else None
    return label is not None and bool(re.search("[:©=]", label[0])) and bare_credit(text)[:1].isupper()


def _beside_images(tree: Any) -> list[Figure]:
    """Credits in short texts beside pictures that stand in no `figure`: labelled (`Photo: …`), or an agency's."""
    out: list[Figure] = []
    for image in tree.xpath("//img[not(ancestor::figure or ancestor::a or ancestor::nav or ancestor::footer)]")[:100]:
        for depth, above in enumerate(image.iterancestors()):
            if depth > 3 or above.tag in ("body", "article", "main") or in_aside(above):
                break
            text = text_of(above)
            if not text:
                continue
            if len(text) <= 400:
                leaves = [t for e in above.iter(*_PARTS) if not len(e) and (t := text_of(e))]
                credit = next((bare_credit(e.text) for e in above.iter(*_PARTS) if _labelled(e)), "")
                credit = credit or next((c for t in leaves[-2:] if (c := whole_credit(t))), "") or caption_and_credit(text)[1]
                if credit and not _NOTICE.search(credit) and not _SHARE.search(credit):
                    out.append(Figure("", credit=credit))
            break
    return out


def caption_parts(element: Any, text: str, is_credit: bool) -> tuple[str, str]:
    """(caption, credit) of a caption's element: by its own parts first, else by how its text ends."""
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
    label = _CREDIT_LABEL.match(text)
    if label and ":" in label[0] and len(text.split()) <= 9 and bare_credit(text)[:1].isupper() and not text.endswith((".", "!", "?")):
        return "", bare_credit(text)
    whole = whole_credit(text)
    if whole and len(text.split()) <= 12:
        return "", whole
    for part in element.iter("small", "cite", "em", "i", "span"):
        if part is not element and part.getnext() is None and not (part.tail or "").strip():
            inner = text_of(part)
            if (
                2 < len(inner) < 90
                and len(inner.split()) <= 10
                and text.endswith(inner)
                and text != inner
                and not inner.endswith((".", "!", "?"))
                and (whole_credit(inner) or (inner[:1].isupper() and part.tag in ("small", "cite")))
            ):
                return text[: -len(inner)].strip(" |/–-("), bare_credit(inner)
    return _short_part(element, text)


def _marked_parts(element: Any, text: str) -> tuple[str, str]:
    """(caption, credit) where the parts of a caption are marked as source, author or the like."""
    parts: list[str] = []
    for part in element.iter(*_PARTS):
        label = " ".join(
            [
                part.get("class") or "",
                part.get("itemprop") or "",
                *(v for n, v in part.attrib.items() if n.startswith("data-") and len(v) <= 40),
            ]
        )[:300]
        inner = text_of(part) if part is not element and _PART_CLASS.search(label) else ""
        if 1 < len(inner) <= len(text) and len(inner.split()) <= 16 and not any(inner in p for p in parts):
            parts.append(inner)
    credits = [c for p in parts[:2] if (c := bare_credit(p))]
    rest = text
    for part in parts[:2]:
        rest = rest.replace(part, " ", 1)
    return " ".join(rest.split()).strip(" |/–-"), " / ".join(credits)


def _short_part(element: Any, text: str) -> tuple[str, str]:
    """(caption, credit) of a caption of two parts: a sentence, and a few capitalised words beside it."""
    leaves = [e for e in element.iter(*_PARTS) if e is not element and not len(e) and text_of(e)]
    for leaf in leaves[:1] + leaves[-1:]:
        inner = text_of(leaf)
        rest = text[len(inner) :] if text.startswith(inner) else text[: -len(inner)] if text.endswith(inner) else ""
        rest = rest.strip(" |/–-")
        if any(c.isdigit() for c in inner):
            continue
        sentence = len(rest.split()) >= 5 and rest.endswith((".", "!", "?", "”", '"'))
        few = len(inner.split()) <= 6 and inner.lstrip("(©")[:1].isupper() and not inner.rstrip(")").endswith((".", "!", "?"))
        if len(leaves) <= 2 and sentence and few:
            return rest, bare_credit(inner)
    return text, ""


_PARTS = ("span", "small", "cite", "em", "i", "p", "div", "a", "b", "strong")

_CREDIT_LABEL = re.compile(
    r"^(?:[\s|([©/–-]|(?:фото|снимок|fot\.|ảnh|isithombe|kuva|kép|fotó|fotoğraf|(?:foto|bild|photo)-?(?:credits?|nachweis|quelle|hinweis|rechte)"
    r"|사진(?: 출처)?|写真|图|bildautor|photo(?:graph(?:s|y|er)?|s)?|foto(?:s|graf(?:in|ía)?)?|image|images|picture|pictures"
    r"|bild(?:er|quelle|rechte|nachweis)?|credits?|crédits?|crédito|credito|quelle|source|copyright|illustration|via|video)"
    r"(?:\s+(?:credits?|by|source|copyright|illustration|courtesy(?: of)?|von|de|di))?\s*(?:\.{2,3}|:|=|：|–|-|©|\||\bby\b|$))+\s*",
    re.I,
)


def bare_credit(text: str) -> str:
    """A credit without `Photo:` and brackets."""
    text = clean_inline(text)
    if len(text) > 200:
        return ""
    text = re.sub(r"^(?:Credit)+(?=[^\W\d_a-z])", "", text)  # the label for screen readers, run together with the name
    text = _CREDIT_LABEL.sub("", text)
    text = (_RESERVED.sub("", text) or text).strip(" |[]")
    text = text.strip("() ") if text.startswith("(") or text.count("(") != text.count(")") else text
    for lead in ("by ", "By ", "von ", "Von "):
        text = text.removeprefix(lead)
    return text if any(c.isalpha() for c in text) and len(text) > 1 else ""


def image_source(images: list[Any], base: str) -> tuple[str, str]:
    """The largest address of the first real picture, and its alt text."""
    for image in images[:6]:
        alt = clean_inline(image.get("alt") or "")[:500]
        best, width = "", 0.0
        for name in ("srcset", "data-srcset", "data-lazy-srcset"):
            for part in re.split(r",\s+", (image.get(name) or "")[:8000]):
                pieces = part.split()
                if pieces and not pieces[0].startswith("data:"):
                    size = float(m[1]) if len(pieces) > 1 and (m := re.fullmatch(r"(\d{1,5}(?:\.\d)?)[wx]", pieces[1])) else 0.5
                    if size > width and absolute(pieces[0], base):
                        best, width = pieces[0], size
        for name in ("src", "data-src", "data-original", "data-lazy-src", "data-url"):
            value = image.get(name) or ""
            if not best and value and not value.startswith("data:") and not _IMAGE_NOISE.search(value.rsplit("/", 1)[-1]):
                best = value
        address = absolute(best, base)
        if address:
            return address, alt
    return "", ""


def remove(element: Any) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def figure_credits(figures: list[Figure]) -> tuple[Person, ...]:
    out: dict[tuple[str, str], Person] = {}
    for figure in figures:
        text = figure.credit or figure.creator
        if not text:
            continue
        for person in credit_people(text, credit_role(text)):
            out.setdefault((person.name.casefold(), person.org.casefold()), person)
        if len(out) >= MAX_IMAGES:
            break
    return tuple(out.values())
