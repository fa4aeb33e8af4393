"""What the items of feeds carry besides text: images with their credits, sounds, films and other
files (https://www.rssboard.org/media-rss, RSS enclosures, Atom links)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import people_of
from sitegen.importer.formats.feed_elements import family, own
from sitegen.importer.formats.safe_xml import children, local, space, text_in
from sitegen.importer.to_markdown import absolute
from sitegen.model.article import Image, Person

_LENGTH = re.compile(r"[1-9]\d{0,12}")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|\?)", re.I)
_PHOTO_ROLES = frozenset(
    ["", "photographer", "photo", "photography", "picture", "image", "credit", "still photographer"]
)
_AUTHOR_ROLES = frozenset(["author", "writer", "reporter", "journalist"])


def attached_to(item: Any, canonical: str, base: str) -> list[dict[str, Any]]:
    """Sounds, films and other files that an item carries (pictures are its images): address, type
    and length in bytes."""
    out: dict[str, dict[str, Any]] = {}
    for element in _elements_of_files(item):
        src = _address(element, base)
        if src and src != canonical and not _is_picture_or_page(element, src):
            out.setdefault(src, _facts(element, src))
    return list(out.values())[:20]


def _elements_of_files(item: Any) -> list[Any]:
    """The elements of an item that may name a file."""
    links = [e for e in own(item, "link") if e.get("rel") == "enclosure"]
    boxes = (item, *children(item, "group"))
    media = [e for box in boxes for e in own(box, "content", families=("media",))]
    return [*own(item, "enclosure"), *links, *media]


def _address(element: Any, base: str) -> str:
    return absolute(element.get("url") or element.get("href") or "", base)


def _type(element: Any) -> str:
    return clean_inline(element.get("type") or "")[:100]


def _is_picture_or_page(element: Any, src: str) -> bool:
    """Whether a file is a picture, or a page that plays something."""
    kind = _type(element)
    medium = (element.get("medium") or kind.partition("/")[0]).lower()
    if family(element) == "media" and medium not in ("audio", "video"):
        return True
    return medium == "image" or (not kind and bool(_PICTURE.search(src)))


def _facts(element: Any, src: str) -> dict[str, Any]:
    """What is known of a file."""
    said = element.get("length") or element.get("fileSize") or ""
    length = _LENGTH.fullmatch(said.strip())
    facts = {"url": src, "type": _type(element), "length": int(length[0]) if length else 0}
    return {key: value for key, value in facts.items() if value}


def media_of(item: Any, base: str) -> tuple[list[Image], list[Person], list[Person]]:
    """(pictures, holders of credits, further authors) of Media RSS and enclosures."""
    out: dict[str, Image] = {}
    credits: list[Person] = []
    authors: list[Person] = []
    boxes = [item, *children(item, "group")]
    for box in boxes:
        people, writers, line = _credits_of(box)
        credits += people
        authors += writers
        shared = line if box is not item or len(boxes) == 1 else ""
        for element in box:
            src = _picture_of(element, base)
            if not src:
                continue
            theirs, writers, own_line = _credits_of(element)
            credits += theirs
            authors += writers
            out.setdefault(src, _image(element, box, src, own_line or shared))
        for src in _linked_pictures(box, base):
            out.setdefault(src, Image(src))
    ordered = sorted(out.values(), key=lambda i: not (i.caption or i.credit))
    return ordered, credits, authors


def _picture_of(element: Any, base: str) -> str:
    """The address of the picture that an element names; empty for another one."""
    name = local(element)
    src = _address(element, base)
    if name in ("thumbnail", "image"):
        return src
    if name not in ("content", "enclosure"):
        return ""
    is_picture = element.get("medium") == "image" or _is_image(element)
    return src if is_picture or _PICTURE.search(src) else ""


def _is_image(element: Any) -> bool:
    """Whether the type of an element is that of an image."""
    return (element.get("type") or "").startswith("image/")


def _linked_pictures(box: Any, base: str) -> Iterator[str]:
    """The addresses of pictures that links of Atom enclose."""
    enclosed = (one for one in children(box, "link") if one.get("rel") == "enclosure")
    for element in filter(_is_image, enclosed):
        src = absolute(element.get("href") or "", base)
        if src:
            yield src


def _image(element: Any, box: Any, src: str, credit: str) -> Image:
    from sitegen.importer.fields.credits import caption_and_credit

    said = next(
        (
            clean_inline(text_in(e))
            for e in (*element, *box)
            if local(e) in ("description", "text") and "mrss" in space(e)
        ),
        "",
    )
    title = next((clean_inline(text_in(e)) for e in element if local(e) == "title"), "")
    caption, found = caption_and_credit(said) if said and not credit else ("", "")
    notice = next(
        (
            clean_inline(text_in(e))
            for e in (*element, *box)
            if local(e) == "copyright" and "mrss" in space(e)
        ),
        "",
    )
    return Image(
        src,
        alt=title,
        caption=caption or said,
        credit=credit or found,
        copyright=notice,
    )


def _credits_of(element: Any) -> tuple[list[Person], list[Person], str]:
    """(holders, authors, the credit line) of an element's `media:credit`."""
    holders: list[Person] = []
    authors: list[Person] = []
    lines: list[str] = []
    from sitegen.importer.fields.credits import credit_people

    for one in children(element, "credit"):
        role = clean_inline(one.get("role") or "").lower()[:40]
        text = clean_inline(text_in(one))[:200]
        if role in _AUTHOR_ROLES:
            authors += people_of([text])
        elif text:
            holders += credit_people(text, "photo" if role in _PHOTO_ROLES else role)
            lines += [text] if role in _PHOTO_ROLES else []
    return holders, authors, "/".join(lines)
