"""A piece of HTML, as feeds, mails and exports hold it, to Markdown; and what is common to all such
articles.

Nothing is judged here as `html` judges a page: the source says that this is the text. What is no
text (scripts, forms, frames, counting pixels) is left out, and only what Markdown can say is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from itertools import chain
from typing import Any

import msgspec

from sitegen.base.text import counted
from sitegen.importer.fields import vocabulary as lexicon
from sitegen.importer.fields.dateline import dateline
from sitegen.importer.fields.language import guess_language
from sitegen.importer.fields.spun import spun_score
from sitegen.importer.fields.text import clean_inline, cut
from sitegen.importer.html.embedded import lift_images
from sitegen.importer.html.figures import figure_credits
from sitegen.importer.html.piece_images import SHOWN, is_styled_away, take_embeds, take_images
from sitegen.importer.html.tree import parse_tree, remove
from sitegen.importer.html.usual import make_usual
from sitegen.importer.model import Imported
from sitegen.importer.to_markdown import (
    absolute,
    children_of,
    join_blocks,
    picture_block,
    plain_block,
)
from sitegen.importer.well_formed import HTML
from sitegen.model.article import Image
from sitegen.model.base import Struct

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MAX_HTML = 8 * 1024 * 1024
# What is not shown and hides what follows it where it is never closed.
_HIDING = tuple(
    "iframe object applet form button select textarea noscript canvas audio video dialog nav"
    " map title frameset svg math xmp plaintext".split()
)
_TAG_OR_SIGN = re.compile(
    r"""<(?:[A-Za-z/!?](?:[^<>"']|"[^"]{0,20000}"|'[^']{0,20000}'){0,20000}>)?"""
)
# A name without a semicolon is a character where it ends a word; `&not` and `&copy=2` are what is
# written.
_BARE = re.compile(
    r"&(?![A-Za-z][A-Za-z0-9]{0,40};|#|(?:nbsp|amp|lt|gt|quot|copy|reg|[A-Za-z]{1,2}(?:acute"
    r"|grave|uml|circ|tilde|cedil))(?![\w=]))"
)
_NAME = re.compile(r"<([A-Za-z][\w:-]{0,100})(?=[\s/>])(?!:/)")
_NUMBER = re.compile(r"&#(?:(\d{1,9})|[xX]([0-9a-fA-F]{1,8}));")
_HUGE_TAG = re.compile(r"<[A-Za-z/!][^<>]{30000,}>?")
_GONE = frozenset(
    "script style head template noscript iframe frame frameset object embed applet form button"
    " input select textarea svg math canvas dialog nav audio video source track map area meta link"
    " base title param".split()
)
# What each element of HTML becomes, by what it becomes.
_INLINE = {
    **dict.fromkeys(("b", "strong"), ("hi", "#b")),
    **dict.fromkeys(("i", "em", "cite", "dfn"), ("hi", "#i")),
    "a": ("ref", ""),
    "br": ("lb", ""),
    **dict.fromkeys(("del", "s", "strike"), ("del", "")),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), ("code", "")),
}
_BOXES = (
    "div section article header footer main aside address center fieldset details figure dl"
    " dd body html hgroup search picture colgroup col"
).split()
_BLOCK = {
    **dict.fromkeys(_BOXES, "div"),
    **dict.fromkeys(("p", "summary", "figcaption", "dt", "caption"), "p"),
    "blockquote": "quote",
    "pre": "pre",
    **dict.fromkeys(("ul", "ol", "menu", "dir"), "list"),
    "li": "item",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "head"),
    "hr": "hr",
    "table": "table",
    **dict.fromkeys(("tbody", "thead", "tfoot"), "tbody"),
    "tr": "row",
    **dict.fromkeys(("td", "th"), "cell"),
}
_TAIL = re.compile(
    r"(?:the post .{1,300} (?:appeared first on|first appeared on) .{1,200}"
    r"|continue reading.{0,200}|read (?:more|the rest|the full (?:story|article)).{0,120}"
    r"|(?:weiterlesen|lire la suite|leer más|leggi tutto).{0,120}"
    r"|(?:\[?(?:…|\.\.\.)\]?)|comments?|.{0,40}\bshare (?:this|on)\b.{0,60})",
    re.I,
)
# The same where it ends a paragraph of the text, as in the summaries of feeds.
_TAIL_SENTENCE = re.compile(
    r"(?<=[.!?…”\"\])])\s+The post \S.{1,300} (?:appeared first on|first appeared on) .{1,200}$",
    re.S,
)


_KNOWN = frozenset((*_BLOCK, *_INLINE, *_GONE))


class Fragment(Struct, frozen=True):
    """Markdown blocks and the images among them.

    ``attached`` has the bytes of those that the HTML itself holds, by their URLs here. ``doubts``
    says which part of the HTML is not in the blocks. ``links`` are the URLs of films, sounds and
    the like, which are links in the blocks.
    """

    blocks: tuple[str, ...]
    images: tuple[Image, ...] = ()
    attached: dict[str, bytes] = {}
    doubts: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def read_fragment(html: str, base: str = "") -> Fragment:
    """``html`` as Markdown blocks; addresses are made absolute by ``base``.

    Never raises.
    """
    lifted = lift_images(html)
    text, doubts = _bounded(lifted.html)
    text = _as_written(text)
    doubts.extend(lifted.notes)
    if "<" not in text and "&" not in text:
        paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", text)]
        from sitegen.importer.fields.text import escape_block

        blocks = tuple(escape_block(clean_inline(p)) for p in paragraphs if p)
        return Fragment(blocks, doubts=tuple(doubts))
    tree = parse_tree(f"<div>{text}</div>")
    if tree is None:
        return Fragment((), doubts=("the HTML of the text cannot be parsed",))
    doubts += make_usual(tree, text)
    links = take_embeds(tree, base)
    images = take_images(tree, base)
    _rename(tree)
    attached = {i.src: lifted.images[i.src] for i in images if i.src in lifted.images}
    blocks = tuple(children_of(tree, base))
    return Fragment(blocks, tuple(images), attached, tuple(doubts), tuple(links))


def _bounded(html: str) -> tuple[str, list[str]]:
    """(``html`` within the bounds of what is parsed, what is left out)."""
    doubts = []
    if len(html) > MAX_HTML:
        doubts.append(
            f"the text is cut off: only the first {MAX_HTML // 1048576} million characters of its"
            " HTML are read"
        )
    text, tags = _HUGE_TAG.subn("", html[:MAX_HTML])
    if tags:
        doubts.append(f"{counted(tags, 'tag')} of more than 30,000 characters left out")
    return text, doubts


def _as_written(html: str) -> str:
    """``html`` so that every parser shows all of its words: signs that begin no tag are text, and
    what is never closed hides nothing."""
    html = _CONTROLS.sub(lambda m: "\n" if m[0] in "\x0b\x0c" else "", html)
    if "<" not in html and "&" not in html:
        return html
    html = _BARE.sub("&amp;", html)
    html = cut(html, "<!--", "-->")
    lower = html.lower()
    html = _TAG_OR_SIGN.sub(lambda m: m[0] if _is_tag(m[0], lower) else "&lt;" + m[0][1:], html)
    html = _NUMBER.sub(_character, html)
    for name in _HIDING:
        if f"<{name}" in lower and f"</{name}" not in lower:
            html = re.sub(rf"<{name}(?=[\s>/])[^<>]*>", " ", html, flags=re.I)
    return html


def _is_tag(text: str, html: str) -> bool:
    """Whether a text in angle brackets is a tag of ``html`` (in small letters), and not an address
    or a word."""
    if text[:2] in ("</", "<!", "<?"):
        return True
    name = _NAME.match(text)
    if name is None:
        return False
    word = name[1].lower()
    return word in HTML or ":" in word[:-1] or text.endswith("/>") or f"</{word}" in html


def _character(match: re.Match[str]) -> str:
    """A numeric reference, or nothing where it means a control character or none at all."""
    code = int(match[1]) if match[1] else int(match[2], 16)
    legal = (
        code in (9, 10, 13)
        or 32 <= code < 0xD800
        or 0xE000 <= code < 0xFFFE
        or 0x10000 <= code <= 0x10FFFF
    )
    return match[0] if legal else ""


def element_blocks(element: Any, base: str) -> list[str]:
    """An element of a page, which stays as it is, as Markdown blocks."""
    return blocks_within([deepcopy(element)], base)


def blocks_within(elements: Sequence[Any], base: str) -> list[str]:
    """Elements that are taken for this as Markdown blocks."""
    return children_of(in_markup(elements), base)


def in_markup(elements: Sequence[Any]) -> Any:
    """An element that holds ``elements``, which are taken for this, in the names of
    `to_markdown`."""
    from lxml.html import fragment_fromstring

    holder = fragment_fromstring(
        "<div></div>"
    )  # not made by hand: what a parser makes has elements of HTML
    holder.extend(elements)
    for child in holder:
        child.tail = None
    _rename(holder)
    return holder


def finish(found: Imported) -> Imported:
    """``found`` with its body made from its HTML, and with what the text itself says: place,
    language, wording."""
    if found.html:
        return _finish_html(found, read_fragment(found.html, found.base))
    if not found.body:
        return _without_text(found)
    lead = _lead(found.image, found.images)
    return _finished(found, found.body.split("\n\n"), lead, (lead,) if lead else ())


def _finish_html(found: Imported, piece: Fragment) -> Imported:
    """``found`` with the body, the images and the notes of its HTML."""
    images = (*found.images, *piece.images)
    lead = _lead(found.image, images)
    blocks = _own_blocks(list(piece.blocks), found.title)
    blocks = _without_image(blocks, lead.src) if lead else blocks
    found = _noted(_with_piece(found, piece), html="", body=join_blocks(blocks), images=images)
    return _finished(found, blocks, lead, images)


def _finished(
    found: Imported, blocks: list[str], lead: Image | None, credited: tuple[Image, ...]
) -> Imported:
    """``found``, of whose body these are the blocks, with its first image and what its text and the
    credits of some images say."""
    plain = "\n".join(plain_block(block) for block in blocks if not block.startswith("!["))
    if not plain.strip() and "no text found" not in " ".join(found.doubts):
        doubts = (*found.doubts, "no running text found")
        return _noted(found, body="", image=lead, doubts=doubts)
    return _noted(_with_wording(found, plain, credited), image=lead)


def _without_text(found: Imported) -> Imported:
    """``found``, of which there is only a headline, with a doubt that says so."""
    if any(doubt.startswith("no text found") for doubt in found.doubts):
        return found
    lacking = (
        "no text found: the source gives only the headline"
        if found.canonical
        else "no running text found"
    )
    return _noted(found, doubts=(*found.doubts, lacking))


def _own_blocks(blocks: list[str], title: str) -> list[str]:
    """``blocks`` without a repeated headline, and without what feeds put below a text."""
    folded = lexicon.folded(title)
    own = blocks[1:] if folded and _keys(blocks[:1]) == [folded] else blocks
    while len(own) > 1 and _is_tail(plain_block(own[-1])):
        own = own[:-1]
    last = _TAIL_SENTENCE.split(own[-1], maxsplit=1)[:1] if own else []
    return [*own[:-1], *last]


def _keys(blocks: list[str]) -> list[str]:
    return [lexicon.folded(plain_block(block)) for block in blocks]


def _is_tail(text: str) -> bool:
    return len(text.split()) < 40 and bool(_TAIL.fullmatch(text))


def _lead(given: Image | None, images: tuple[Image, ...]) -> Image | None:
    """The image of an article: the one that the source gives, else the first of the text with a
    caption or credit, else its first; with what the text says of it."""
    described = (image for image in images if image.caption or image.credit)
    lead = given or next(chain(described, images), None)
    if lead is None:
        return None
    twin = next((image for image in images if image.src == lead.src), lead)
    return _filled(lead, twin)


def _filled(image: Image, twin: Image) -> Image:
    """An image with what only another entry for it says."""
    said = {name: getattr(image, name) or getattr(twin, name) for name in _SAID}
    return msgspec.structs.replace(image, **said)


_SAID = ("alt", "caption", "creator", "credit", "copyright", "license")


def _without_image(blocks: list[str], src: str) -> list[str]:
    """``blocks`` without the first one that shows the image ``src``."""
    shown = f"]({picture_block(src).split('](', 1)[1][:-1]}"
    for number, block in enumerate(blocks):
        if block.startswith("![") and shown in block:
            return [*blocks[:number], *blocks[number + 1 :]]
    return blocks


def _with_wording(found: Imported, plain: str, images: tuple[Image, ...]) -> Imported:
    """``found`` with what its text and the credits of ``images`` say: language, place, people, and
    whether a machine has exchanged its words."""
    lang = found.lang or guess_language(plain)
    spun, marks = spun_score(plain) if lang in ("", "en") else (0.0, ())
    credits = found.credits or figure_credits(images)
    place = found.dateline or dateline(plain.split("\n", 1)[0], lang)
    evidence = list(found.evidence)
    if place and not found.dateline:
        evidence.append(("dateline", "from the first paragraph"))
    if credits and not found.credits:
        evidence.append(("credits", "from images"))
    if spun:
        evidence.append(("spun", "words in the place of others: " + ", ".join(marks[:8])))
    return _noted(
        found,
        lang=lang,
        spun=spun,
        spun_words=marks,
        credits=credits,
        dateline=place,
        evidence=tuple(evidence),
        summary=_summary(found, plain),
    )


def _with_piece(found: Imported, piece: Fragment) -> Imported:
    """``found`` with what its HTML brings besides text: files, doubts, and what was embedded, which
    is kept for themes."""
    if not (piece.attached or piece.doubts or piece.links):
        return found
    said = (f"what is embedded in the text is kept as a link: {link}" for link in piece.links)
    return _noted(
        found,
        attached={**piece.attached, **found.attached},
        doubts=(*found.doubts, *piece.doubts),
        notes=(*found.notes, *said),
        extra={**found.extra, **({"embedded": list(piece.links)} if piece.links else {})},
    )


def _noted(found: Imported, **changes: Any) -> Imported:
    return msgspec.structs.replace(found, **changes)


def _summary(found: Imported, plain: str) -> str:
    """The source's summary, where it does not copy the text's beginning."""
    said = clean_inline(found.summary)
    start = lexicon.folded(plain)[:3000]
    folded = lexicon.folded(re.sub(r"\s*\[?(?:…|\.\.\.)\]?\s*$", "", said))
    return "" if not folded or start.startswith(folded[:200]) else said


# Renaming ------------------------------------------------------------------------------------


def _rename(tree: Any) -> None:
    """The elements of HTML as those of `markup`; what holds blocks is a block, whatever its name
    says."""
    for element in list(tree.iter()):
        if isinstance(element.tag, str):
            _take_out_or_mark(element, tree)
    blocks = [e for e in tree.iter() if e.tag in _BLOCK or e.tag == SHOWN]
    holding: set[Any] = set()
    for block in blocks:
        for above in block.iterancestors():
            if above in holding:
                break
            holding.add(above)
    for element in list(tree.iter()):
        if isinstance(element.tag, str):
            _rename_one(element, element in holding)


def _take_out_or_mark(element: Any, tree: Any) -> None:
    """Take out what is hidden or no text, and mark the parts of a table that is only layout."""
    tag = element.tag.lower().rsplit(":", 1)[-1]
    if tag != element.tag:
        tag = element.tag = tag if tag in _KNOWN else "span"
    if tag in _GONE or _is_hidden(element):
        if element is not tree:
            remove(element)
    elif tag == "table" and _is_layout(element):
        _mark_layout(element)


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or is_styled_away(element)


def _mark_layout(table: Any) -> None:
    """Mark the parts of a table, but not those of the tables in it."""
    for part in table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th"):
        if part is table or next(part.iterancestors("table"), None) is table:
            part.set("data-layout", "1")


def _rename_one(element: Any, holding: bool) -> None:
    """Give an element its name in `markup`; ``holding``: it holds a block."""
    tag = element.tag
    if tag == SHOWN:
        element.tag = "picture"
    elif element.get("data-layout") or (tag not in _BLOCK and holding):
        element.tag = "div"
    elif tag in _BLOCK:
        element.tag = _BLOCK[tag]
        if tag == "ol":
            element.set("rend", "ol")
        if element.tag == "head":
            element.set("level", str(min(max(int(tag[1]), 2), 4)))
            element.tag = "div" if holding else "head"
    else:
        element.tag, rend = _INLINE.get(tag, ("hi", ""))
        if element.tag == "ref":
            element.set("target", element.get("href", ""))
        element.set("rend", rend)


def _is_layout(table: Any) -> bool:
    """Whether a table only arranges things: in mails nearly all of them."""
    if table.get("role") == "presentation" or table.xpath(
        ".//table | .//img | .//h1 | .//h2 | .//h3 | .//ul | .//hr"
    ):
        return True
    if table.xpath(".//th"):
        return False
    rows = table.xpath("./tr | ./*/tr")[:50]
    return (
        max((len(r.xpath("./td")) for r in rows), default=0) < 2
        or len(rows) < 2
        or len(table.xpath(".//td/p")) > 4
    )


__all__ = ["Fragment", "absolute", "finish", "read_fragment"]
