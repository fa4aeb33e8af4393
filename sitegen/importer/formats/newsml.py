"""NewsML-G2 (newsItem, newsMessage) and NITF to articles.

https://iptc.org/standards/newsml-g2/, https://iptc.org/standards/nitf/.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import (
    Dates,
    ItemTimes,
    change_after,
    language,
    merged,
    people_of,
    words,
)
from sitegen.importer.formats.image_forms import widest
from sitegen.importer.formats.jsonfeed import plain_html
from sitegen.importer.formats.safe_xml import CUT, child, children, local, read_xml, text_in, value
from sitegen.importer.limits import first_of
from sitegen.importer.model import Batch, Imported, Skipped
from sitegen.importer.to_markdown import absolute
from sitegen.model.article import Image, Person, Rights, Source
from sitegen.model.base import Struct

MAX_ITEMS = 20_000
_TEXT_KINDS = ("text", "composite", "")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NITF = {
    "hl2": "h2",
    "hl1": "h1",
    "media": "figure",
    "nitf": "div",
    "body.content": "div",
    "block": "div",
    "note": "aside",
    "hedline": "header",
}
# What shows a medium, by its type; all but images become links, as in pages that embed them.
_MEDIA = {
    "image": "img",
    "video": "video",
    "audio": "audio",
    "text": "embed",
    "data": "embed",
    "application": "embed",
}
# the ends of the roles of a line below the headline
_BELOW = ("subheadline", "subhead", "deck", "subtitle", "secondary")


def read_newsml(data: bytes, *, zone: str = "") -> Batch:
    """The text items of a document; pictures that come with them are theirs."""
    document = read_xml(data)
    root = document.root
    if root is None:
        return Batch(())
    items, more = first_of(list(root.iter("{*}newsItem", "newsItem")), MAX_ITEMS, "items")
    found = [_nitf(root, zone)] if local(root) == "nitf" else _items(items, zone)
    if document.cut:
        found = _cut_off(found)
    return Batch(found, (*document.notes, *more))


def _cut_off(found: Sequence[Imported | Skipped]) -> list[Imported | Skipped]:
    """The items, with a doubt for the last article."""
    out = list(found)
    for number, one in reversed(list(enumerate(found))):
        if isinstance(one, Imported):
            out[number] = msgspec.structs.replace(one, doubts=(*one.doubts, CUT))
            break
    return out


def _items(items: Sequence[Any], zone: str) -> list[Imported | Skipped]:
    texts = [element for element in items if _kind(element) in _TEXT_KINDS]
    pictures = _pictures(items)
    if len(texts) == 1:  # all pictures are its own, linked or not
        theirs = _linked(texts[0], pictures) or list(pictures.values())
        return [_item(texts[0], theirs, zone), *_left_out(items, pictures)]
    out: list[Imported | Skipped] = []
    used: set[str] = set()
    for element in texts:
        used.update(_links(element))
        out.append(_item(element, _linked(element, pictures), zone))
    return [*out, *_left_out(items, used)]


def _links(item: Any) -> list[str]:
    return [link.get("residref", "") for link in item.iter("{*}link", "link")]


def _linked(item: Any, pictures: Mapping[str, Image]) -> list[Image]:
    return [pictures[name] for name in _links(item) if name in pictures]


def _pictures(items: Sequence[Any]) -> dict[str, Image]:
    """The pictures among the items, by their names."""
    shown = (element for element in items if _kind(element) in ("picture", "graphic"))
    found = ((element.get("guid", ""), _picture(element)) for element in shown)
    return {name: picture for name, picture in found if picture is not None}


def _left_out(items: Sequence[Any], used: Container[str]) -> Iterator[Skipped]:
    """The items that are no texts and belong to none."""
    for element in items:
        kind, guid = _kind(element), element.get("guid", "")
        if kind not in _TEXT_KINDS and guid not in used:
            yield Skipped(guid or kind, f"is a {kind} item, not a text")


def _kind(item: Any) -> str:
    meta = child(item, "itemMeta")
    return _last_part(child(meta, "itemClass")) if meta is not None else ""


def _last_part(element: Any) -> str:
    """The last part of the code of an element, such as `stat:withheld`."""
    if element is None:
        return ""
    code = element.get("qcode") or element.get("uri") or ""
    return str(code).replace("/", ":").rsplit(":", 1)[-1]


def _name(element: Any) -> str:
    """The name of a party: its own, else the text of the element or its literal."""
    if element is None:
        return ""
    return clean_inline(value(element, "name") or element.text or element.get("literal", ""))


def _party(box: Any, name: str) -> str:
    """The name of the party in a part's element; empty where there is no such part."""
    return _name(child(box, name)) if box is not None else ""


class _Boxes(Struct, frozen=True):
    """The parts of an item that its fields are in; the item itself where there is no
    `contentMeta`."""

    item: Any
    meta: Any
    content: Any
    rights: Any


def _item(item: Any, pictures: list[Image], zone: str) -> Imported | Skipped:
    content = child(item, "contentMeta")
    boxes = _Boxes(
        item,
        child(item, "itemMeta"),
        content if content is not None else item,
        child(item, "rightsInfo"),
    )
    title = _title(boxes)
    guid = clean_inline(item.get("guid") or "")[:1000]
    if _status(boxes) in ("canceled", "cancelled"):
        return Skipped(title or guid, "was cancelled by its provider")
    times = _times(boxes, zone)
    authors, authors_from = _authors(boxes)
    credits = _helpers(boxes)
    source, source_from = _source(boxes)
    body, body_from, inline = _content(item)
    page = _page(item)
    tags, tags_from = _tags(boxes)
    place = clean_inline(_said(boxes.content, "dateline"))[:80]
    note = clean_inline(_said(boxes.meta, "edNote"))
    images = [*inline, *pictures]
    found = {
        "title": (title, "from headline"),
        "authors": (authors, authors_from),
        "date": (times.date, f"from {times.date_from}"),
        "body": (body, f"from {body_from}"),
        "source": (source, source_from),
        "publish_at": (times.until, "from embargoed"),
        "status": (times.is_held, times.held_from),
        "credits": (credits, "from contributor"),
        "dateline": (place, "from dateline"),
        "tags": (tags, tags_from),
    }
    return Imported(
        title=title,
        dek=_dek(boxes),
        authors=authors,
        credits=credits,
        date=times.date,
        updated=times.updated,
        publish_at=times.until,
        expires_at=times.expires,
        status="withheld" if times.is_held else "",
        dateline=place,
        image=images[0] if images else None,
        images=tuple(images),
        left_at_source=tuple(images[1:]),
        source=Source(source[:200], page),
        canonical=page,
        tags=tags,
        lang=_language(boxes),
        html=body,
        summary=_summary(boxes),
        rights=_rights(boxes),
        guid=guid,
        extra={"ednote": note} if note else {},
        evidence=tuple((n, how) for n, (there, how) in found.items() if there),
        notes=times.notes,
    )


def _said(box: Any, *names: str) -> str:
    """The text of a part's element; empty where there is no such part."""
    return value(box, *names) if box is not None else ""


def _title(boxes: _Boxes) -> str:
    """The headline with the role of the main one, else the first, else the title of the item."""
    headlines = children(boxes.content, "headline")
    main = [h for h in headlines if h.get("role", "").endswith(("main", "headline"))]
    headline = next(iter([*main, *headlines]), None)
    return _text(headline) or clean_inline(_said(boxes.meta, "title"))


def _dek(boxes: _Boxes) -> str:
    """The headline whose role is that of the line below the main one."""
    headlines = children(boxes.content, "headline")
    below = (h for h in headlines if h.get("role", "").casefold().endswith(_BELOW))
    return _text(next(below, None))[:500]


def _status(boxes: _Boxes) -> str:
    meta = boxes.meta
    return _last_part(child(meta, "pubStatus")).lower() if meta is not None else ""


# Where a moment is, in order of trust.
_DATES = (("content", "contentCreated"), ("meta", "firstCreated"), ("meta", "versionCreated"))
_CHANGES = (("content", "contentModified"), ("meta", "versionCreated"))


def _times(boxes: _Boxes, zone: str) -> ItemTimes:
    when = Dates(zone)
    embargo = child(boxes.meta, "embargoed") if boxes.meta is not None else None
    until = when(_text(embargo))
    date_from, date = _first_moment(boxes, _DATES, when)
    _, changed = _first_moment(boxes, _CHANGES, when)
    is_withheld = _status(boxes) == "withheld"
    return ItemTimes(
        date=date,
        date_from=date_from,
        updated=change_after(date, changed),
        until=until,
        expires=when(_said(boxes.meta, "expires")),
        is_held=is_withheld or (embargo is not None and not until),
        held_from="from pubStatus" if is_withheld else "from embargoed",
        notes=when.notes,
    )


def _first_moment(boxes: _Boxes, places: Iterable[tuple[str, str]], when: Dates) -> tuple[str, str]:
    """(the first element with a moment, that moment)."""
    moments = ((name, when(_said(getattr(boxes, box), name))) for box, name in places)
    return next(((name, moment) for name, moment in moments if moment), ("", ""))


def _authors(boxes: _Boxes) -> tuple[tuple[Person, ...], str]:
    """(the people of the byline, else the creators; the element that says so)."""
    bylines = [_text(b) for b in children(boxes.content, "by")]
    creators = [_name(c) for c in children(boxes.content, "creator")]
    people = merged(people_of(bylines) or people_of(creators))
    return people, "from by" if bylines else "from creator"


def _helpers(boxes: _Boxes) -> tuple[Person, ...]:
    """Contributors, each with the last part of its role."""
    return tuple(
        person
        for one in children(boxes.content, "contributor")
        for person in people_of([_name(one)], (one.get("role") or "contributor").rsplit(":", 1)[-1])
    )


def _source(boxes: _Boxes) -> tuple[str, str]:
    """(who an item is from, the element that says so)."""
    said = (
        (clean_inline(_said(boxes.content, "creditline")), "from creditline"),
        (_party(boxes.content, "infoSource"), "from infoSource"),
        (_party(boxes.meta, "provider"), "from provider"),
    )
    return next(((name, where) for name, where in said if name), ("", ""))


def _page(item: Any) -> str:
    """The page of the item on the web."""
    forms = item.iter("{*}remoteContent", "{*}link")
    pages = (form for form in forms if "html" in form.get("contenttype", ""))
    links = (absolute(page.get("href", ""), "") for page in pages)
    return next(filter(None, links), "")


def _tags(boxes: _Boxes) -> tuple[tuple[str, ...], str]:
    """(subjects and keywords, the element that the first is from)."""
    subjects = words(clean_inline(value(s, "name")) for s in children(boxes.content, "subject"))
    keywords = words(text_in(k) for k in children(boxes.content, "keyword"))
    where = "from subject" if subjects else "from keyword"
    return tuple(dict.fromkeys((*subjects, *keywords))), where


def _language(boxes: _Boxes) -> str:
    said = next((language(e.get("tag")) for e in children(boxes.content, "language")), "")
    return said or language(boxes.item.get(_LANG))


def _summary(boxes: _Boxes) -> str:
    """The description whose role is that of a summary."""
    described = (
        _text(d)
        for d in children(boxes.content, "description")
        if (d.get("role") or "").endswith("summary")
    )
    return next(described, "")[:1500]


def _rights(boxes: _Boxes) -> Rights:
    notice = clean_inline(_said(boxes.rights, "copyrightNotice", "usageTerms"))
    holder = _party(boxes.rights, "copyrightHolder")
    return Rights(notice=notice, holder=holder)


def _picture(item: Any) -> Image | None:
    """The widest form of an image, with who holds it."""
    meta, rights = child(item, "contentMeta"), child(item, "rightsInfo")
    source = _widest(item)
    if not source or meta is None:
        return Image(source) if source else None
    creator = _text(child(meta, "by")) or _party(meta, "creator")
    notice = _said(rights, "copyrightNotice") or _party(rights, "copyrightHolder")
    return Image(
        source,
        alt=_text(child(meta, "headline")),
        caption=_caption(meta),
        creator=creator,
        credit=clean_inline(value(meta, "creditline") or creator),
        copyright=clean_inline(notice),
    )


def _widest(item: Any) -> str:
    """The URL of the widest form of an image."""
    forms = item.iter("{*}remoteContent", "remoteContent")
    return widest((_width(form), absolute(form.get("href", ""), "")) for form in forms)


def _width(form: Any) -> int:
    """The width of a form; 0 where it is not said."""
    said = form.get("width", "")
    return int(said) if re.fullmatch(r"[0-9]{1,5}", said) else 0


def _caption(meta: Any) -> str:
    """The description of a picture that is its caption, or has no role."""
    described = children(meta, "description")
    captions = (one for one in described if "caption" in (one.get("role") or "caption"))
    return _text(next(captions, None))


def _text(element: Any) -> str:
    return clean_inline(text_in(element))[:500] if element is not None else ""


def _content(item: Any) -> tuple[str, str, list[Image]]:
    """(HTML, which element it is from, pictures within)."""
    box = child(item, "contentSet")
    for element in children(box, "inlineXML", "inlineData") if box is not None else ():
        if local(element) == "inlineXML":
            return *_inline_xml(element), []
        if _is_text(element):
            return _inline_data(element), "inlineData", []
    return "", "", []


def _inline_xml(element: Any) -> tuple[str, str]:
    """(the NITF or the XHTML of an element as HTML, which it was)."""
    nitf = next(element.iter("{*}nitf", "nitf"), None)
    if nitf is not None:
        return _nitf_body(nitf)
    body = next(element.iter("{*}body"), element)
    return _html(body), "inlineXML"


def _is_text(element: Any) -> bool:
    """Whether inline data is text, and not a file in Base64."""
    kind = element.get("contenttype") or "text/plain"
    return kind.startswith("text/") and not element.get("encoding")


def _inline_data(element: Any) -> str:
    text = text_in(element)
    is_html = "html" in element.get("contenttype", "")
    return text if is_html else plain_html(text)


def _html(element: Any) -> str:
    """An element's content as HTML: names of elements without their namespace."""
    from lxml import etree

    for one in element.iter():
        if isinstance(one.tag, str):
            one.tag = _NITF.get(local(one), local(one))
    etree.cleanup_namespaces(element)
    return (element.text or "") + "".join(
        etree.tostring(c, encoding="unicode", method="html") for c in element
    )


def _nitf_body(nitf: Any) -> tuple[str, str]:
    """(the text of NITF as HTML, where it is from)."""
    body = _body_content(nitf)
    if body is None:
        return "", ""
    for media in list(body.iter("{*}media", "media")):
        _make_figure(media)
    return _html(body), "nitf"


def _body_content(nitf: Any) -> Any:
    """The element with the text: that of the body, else the first that is not a note's."""
    whole = child(nitf, "body")
    body = child(whole, "body.content") if whole is not None else None
    if body is not None:
        return body
    others = nitf.iter("{*}body.content", "body.content")
    return next((one for one in others if not _is_inside(one, "note")), None)


def _is_inside(element: Any, name: str) -> bool:
    return any(local(above) == name for above in element.iterancestors())


def _make_figure(media: Any) -> None:
    """Leave of a medium what it shows, with the caption below it."""
    reference, said = child(media, "media-reference"), child(media, "media-caption")
    source = reference.get("source", "") if reference is not None else ""
    caption = text_in(said) if said is not None else ""
    tag = _tag_of_medium(media, reference)
    _empty(media)
    if address := absolute(source, ""):
        shown = media.makeelement(tag, {"src": address})
        below = media.makeelement("figcaption", {})
        below.text = caption
        media.extend([shown, below])


def _tag_of_medium(media: Any, reference: Any) -> str:
    """The element that shows a medium: an image, unless its type says another."""
    mime = reference.get("mime-type", "") if reference is not None else ""
    kinds = (media.get("media-type", "").lower(), mime.lower().partition("/")[0])
    return next((_MEDIA[kind] for kind in kinds if kind in _MEDIA), "img")


def _empty(element: Any) -> None:
    """Take everything out of an element; the text behind it stays."""
    tail = element.tail
    element.clear()
    element.tail = tail


def _signed(byline: Any) -> list[Person]:
    """The people of a NITF byline; what its `byttl` says is the role of the one before, or a desk's
    initials."""
    titles = list(byline.iter("{*}byttl", "byttl"))
    said = [*map(_text, titles), ""]
    for title in titles:
        _empty(title)
    people = people_of([_text(byline)])
    role = said[0][:80] if len(people) == 1 else ""
    return [Person(one.name, one.role or role, one.url, one.org) for one in people]


def _anywhere(root: Any, name: str) -> Any:
    """The first element of a name at any depth; None without one."""
    return next(root.iter("{*}" + name, name), None)


def _attribute(root: Any, name: str, key: str) -> str:
    """An attribute of the first element of a name; empty without one."""
    element = _anywhere(root, name)
    return element.get(key, "") if element is not None else ""


def _nitf(root: Any, zone: str) -> Imported:
    """A NITF document of its own."""
    title = _text(_anywhere(root, "hl1")) or _text(_anywhere(root, "title"))
    dek = _nitf_dek(root)
    page = absolute(_attribute(root, "pubdata", "ex-ref"), "")
    tags = words(one.get("key") or "" for one in root.iter("{*}keyword"))
    authors = merged(person for one in root.iter("{*}byline", "byline") for person in _signed(one))
    times = _nitf_times(root, zone)
    holder = clean_inline(_attribute(root, "doc.copyright", "holder"))[:200]
    outlet = _nitf_source(root) or holder
    extra = _nitf_extra(root)
    summary = _text(_anywhere(root, "abstract"))
    body, _ = _nitf_body(root)
    # That of a caption went out of the tree with its medium.
    place = _text(_anywhere(root, "location"))[:80]
    found = {
        "title": (title, "from hl1"),
        "authors": (authors, "from byline"),
        "date": (times.date, "from date.issue"),
        "body": (body, "from body.content"),
    }
    return Imported(
        title=title,
        dek=dek,
        authors=authors,
        date=times.date or times.until,
        publish_at=times.until,
        expires_at=times.expires,
        dateline=place,
        source=Source(outlet, page),
        canonical=page,
        section=clean_inline(_attribute(root, "pubdata", "position.section"))[:80],
        tags=tags,
        summary=summary,
        lang=language(root.get(_LANG)),
        html=body,
        rights=Rights(holder=holder),
        guid=clean_inline(_attribute(root, "doc-id", "id-string"))[:1000],
        extra=extra,
        evidence=tuple((n, how) for n, (there, how) in found.items() if there),
        notes=times.notes,
    )


def _nitf_dek(root: Any) -> str:
    """The lines below the headline, without the headings within the text."""
    below = (one for one in root.iter("{*}hl2") if local(one.getparent()) == "hedline")
    return " ".join(map(_text, below))


# Where the day of a document is, in order of trust.
_NITF_DAYS = (("date.issue", "norm"), ("story.date", "norm"), ("pubdata", "date.publication"))


def _nitf_times(root: Any, zone: str) -> ItemTimes:
    """When a document was published, and until when it is held, if that is another moment."""
    when = Dates(zone)
    days = (_attribute(root, name, key) for name, key in _NITF_DAYS)
    date = when(next(filter(None, days), ""))
    until = when(_attribute(root, "date.release", "norm"))
    return ItemTimes(
        date=date,
        until=until if until != date else "",
        expires=when(_attribute(root, "date.expire", "norm")),
        notes=when.notes,
    )


def _nitf_source(root: Any) -> str:
    """Who distributes a document, else the newspaper that it was in."""
    distributor = _text(_anywhere(root, "distributor"))
    return (distributor or clean_inline(_attribute(root, "pubdata", "name")))[:200]


def _nitf_extra(root: Any) -> dict[str, str]:
    """What the desk says of a document, and the page that it was printed on."""
    beside = (n for n in root.iter("{*}note", "note") if not _is_inside(n, "body.content"))
    said = [*map(_text, beside), clean_inline(_attribute(root, "ed-msg", "info"))]
    extra = {
        "ednote": " ".join(filter(None, said))[:1000],
        "page": clean_inline(_attribute(root, "pubdata", "position.sequence"))[:40],
    }
    return {name: text for name, text in extra.items() if text}
