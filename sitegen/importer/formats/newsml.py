"""NewsML-G2 (newsItem, newsMessage) and NITF to articles (https://iptc.org/standards/newsml-g2/)."""

from __future__ import annotations

from typing import Any

import msgspec

from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import Dates, ItemTimes, language, merged, people_of, words
from sitegen.importer.formats.jsonfeed import plain_html
from sitegen.importer.formats.safe_xml import CUT, child, children, local, read_xml, text_in, value
from sitegen.importer.model import Batch, Imported, Skipped
from sitegen.importer.to_markdown import absolute
from sitegen.model.article import Image, Person, Rights, Source
from sitegen.model.base import Struct

MAX_ITEMS = 20_000
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
# the ends of the roles of a line below the headline
_BELOW = ("subheadline", "subhead", "deck", "subtitle", "secondary")


def read_newsml(data: bytes, *, zone: str = "") -> Batch:
    """The text items of a document; pictures that come with them are theirs."""
    document = read_xml(data)
    if document.root is None:
        return Batch(())
    found: list[Imported | Skipped]
    found = (
        [_nitf(document.root, zone)]
        if local(document.root) == "nitf"
        else _items(document.root, zone)
    )
    texts = [n for n, f in enumerate(found) if isinstance(f, Imported)]
    if texts and document.cut:
        last = found[texts[-1]]
        found[texts[-1]] = (
            msgspec.structs.replace(last, doubts=(*last.doubts, CUT))
            if isinstance(last, Imported)
            else last
        )
    return Batch(found, document.notes)


def _items(root: Any, zone: str) -> list[Imported | Skipped]:
    items = list(root.iter("{*}newsItem", "newsItem"))[:MAX_ITEMS]
    pictures = {
        e.get("guid") or "": p
        for e in items
        if _kind(e) in ("picture", "graphic") and (p := _picture(e))
    }
    texts = [e for e in items if _kind(e) in ("text", "composite", "")]
    used = set()
    out: list[Imported | Skipped] = []
    for element in texts:
        wanted = [e.get("residref") or "" for e in element.iter("{*}link", "link")]
        theirs = [pictures[w] for w in wanted if w in pictures] or (
            list(pictures.values()) if len(texts) == 1 else []
        )
        used |= set(wanted) if len(texts) > 1 else set(pictures)
        out.append(_item(element, theirs, zone))
    for element in items:
        kind = _kind(element)
        if element not in texts and (element.get("guid") or "") not in used:
            out.append(
                Skipped(element.get("guid") or kind, f"is a {kind or 'nameless'} item, not a text")
            )
    return out


def _kind(item: Any) -> str:
    meta = child(item, "itemMeta")
    element = child(meta, "itemClass") if meta is not None else None
    return (
        (element.get("qcode") or element.get("uri") or "").replace("/", ":").rsplit(":", 1)[-1]
        if element is not None
        else ""
    )


def _coded(parent: Any, name: str) -> str:
    """The last part of a code such as `stat:withheld`."""
    element = child(parent, name) if parent is not None else None
    return (
        (element.get("qcode") or element.get("uri") or "")
        .replace("/", ":")
        .rsplit(":", 1)[-1]
        .lower()
        if element is not None
        else ""
    )


def _name(element: Any) -> str:
    """The name of a party: its own, else the text of the element or its literal."""
    return (
        clean_inline(value(element, "name") or (element.text or "") or element.get("literal") or "")
        if element is not None
        else ""
    )


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
    note = clean_inline(_said(boxes.meta, "edNote"))[:1000]
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
    main = (h for h in headlines if (h.get("role") or "").endswith(("main", "headline")))
    return _text(next(main, headlines[0] if headlines else None)) or clean_inline(
        _said(boxes.meta, "title")
    )


def _dek(boxes: _Boxes) -> str:
    """The headline whose role is that of the line below the main one."""
    headlines = children(boxes.content, "headline")
    below = (h for h in headlines if (h.get("role") or "").casefold().endswith(_BELOW))
    return _text(next(below, None))[:500]


def _status(boxes: _Boxes) -> str:
    return _coded(boxes.meta, "pubStatus") if boxes.meta is not None else ""


# Where a moment is, in order of trust.
_DATES = (("content", "contentCreated"), ("meta", "firstCreated"), ("meta", "versionCreated"))
_CHANGES = (("content", "contentModified"), ("meta", "versionCreated"))


def _times(boxes: _Boxes, zone: str) -> ItemTimes:
    when = Dates(zone)
    embargo = child(boxes.meta, "embargoed") if boxes.meta is not None else None
    until = when(_text(embargo)) if embargo is not None else ""
    dates = ((n, m) for box, n in _DATES if (m := when(_said(getattr(boxes, box), n))))
    date_from, date = next(dates, ("", ""))
    changes = (m for box, n in _CHANGES if (m := when(_said(getattr(boxes, box), n))))
    updated = next(changes, "")
    is_withheld = _status(boxes) == "withheld"
    return ItemTimes(
        date=date,
        date_from=date_from,
        updated=updated if date and updated != date and updated[:10] >= date[:10] else "",
        until=until,
        expires=when(_said(boxes.meta, "expires")),
        is_held=is_withheld or (embargo is not None and not until),
        held_from="from pubStatus" if is_withheld else "from embargoed",
        notes=when.notes,
    )


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
    provider = child(boxes.meta, "provider") if boxes.meta is not None else None
    said = (
        (clean_inline(_said(boxes.content, "creditline")), "from creditline"),
        (_name(child(boxes.content, "infoSource")), "from infoSource"),
        (_name(provider), "from provider"),
    )
    return next(((name, where) for name, where in said if name), ("", ""))


def _page(item: Any) -> str:
    """The page of the item on the web."""
    links = (
        absolute(element.get("href") or "", "")
        for element in item.iter("{*}remoteContent", "{*}link")
        if "html" in (element.get("contenttype") or "")
    )
    return next((link for link in links if link), "")


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
    if boxes.rights is None:
        return Rights()
    notice = clean_inline(value(boxes.rights, "copyrightNotice", "usageTerms"))[:500]
    return Rights(notice=notice, holder=_name(child(boxes.rights, "copyrightHolder"))[:200])


def _picture(item: Any) -> Image | None:
    """The widest form of an image that is at most 2,400 pixels wide, with who holds it."""
    meta, rights = child(item, "contentMeta"), child(item, "rightsInfo")
    best, width = "", -1
    for form in item.iter("{*}remoteContent", "remoteContent"):
        said = form.get("width") or ""
        wide = (
            int(said)
            if said.isascii() and said.isdigit() and len(said) < 6 and int(said) <= 2400
            else 0
        )
        address = absolute(form.get("href") or "", "")
        if address and wide > width:
            best, width = address, wide
    if not best or meta is None:
        return Image(best) if best else None
    creator = _text(child(meta, "by")) or _name(child(meta, "creator"))
    described = [
        d for d in children(meta, "description") if "caption" in (d.get("role") or "caption")
    ]
    notice = (
        value(rights, "copyrightNotice") or _name(child(rights, "copyrightHolder"))
        if rights is not None
        else ""
    )
    return Image(
        best,
        alt=_text(child(meta, "headline"))[:300],
        caption=_text(described[0]) if described else "",
        creator=creator[:200],
        credit=clean_inline(value(meta, "creditline") or creator)[:200],
        copyright=clean_inline(notice)[:300],
    )


def _text(element: Any) -> str:
    return clean_inline(text_in(element))[:500] if element is not None else ""


def _content(item: Any) -> tuple[str, str, list[Image]]:
    """(HTML, which element it is from, pictures within)."""
    box = child(item, "contentSet")
    for element in children(box, "inlineXML", "inlineData") if box is not None else ():
        if local(element) == "inlineData":
            if (element.get("contenttype") or "text/plain").startswith("text/") and not element.get(
                "encoding"
            ):
                text = text_in(element)
                return (
                    (text if "html" in (element.get("contenttype") or "") else plain_html(text)),
                    "inlineData",
                    [],
                )
            continue
        nitf = next(element.iter("{*}nitf", "nitf"), None)
        if nitf is not None:
            return *_nitf_body(nitf), []
        body = next(element.iter("{*}body"), element)
        return _html(body), "inlineXML", []
    return "", "", []


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
    whole = child(nitf, "body")
    body = child(whole, "body.content") if whole is not None else None
    if body is None:  # not the one of an editor's note
        found = (
            e
            for e in nitf.iter("{*}body.content", "body.content")
            if all(local(a) != "note" for a in e.iterancestors())
        )
        body = next(found, None)
    for media in list(body.iter("{*}media", "media")) if body is not None else []:
        reference, said = child(media, "media-reference"), child(media, "media-caption")
        source = reference.get("source") or "" if reference is not None else ""
        caption = text_in(said) if said is not None else ""
        tail = media.tail
        media.clear()
        media.tail = tail
        if (address := absolute(source, "")) and (media.get("media-type") or "image") == "image":
            image = media.makeelement("img", {"src": address})
            media.append(image)
            below = media.makeelement("figcaption", {})
            below.text = caption
            media.append(below)
    return (_html(body), "nitf") if body is not None else ("", "")


def _signed(byline: Any) -> list[Person]:
    """The people of a NITF byline; what its `byttl` says is the role of the one before, or a desk's
    initials."""
    titles = [_text(e) for e in byline.iter("{*}byttl", "byttl")]
    for title in byline.iter("{*}byttl", "byttl"):
        tail = title.tail
        title.clear()
        title.tail = tail
    people = people_of([_text(byline)])
    role = titles[0][:80] if titles and len(people) == 1 else ""
    return [Person(p.name, p.role or role, p.url, p.org) for p in people]


def _nitf(root: Any, zone: str) -> Imported:
    """A NITF document of its own."""

    def first(name: str) -> Any:
        return next(root.iter("{*}" + name, name), None)

    def attribute(name: str, key: str) -> str:
        element = first(name)
        return (element.get(key) or "") if element is not None else ""

    title = _text(first("hl1")) or _text(first("title"))
    dek = " ".join(_text(h) for h in root.iter("{*}hl2") if local(h.getparent()) == "hedline")
    page = absolute(attribute("pubdata", "ex-ref"), "")
    tags = words(k.get("key") or "" for k in root.iter("{*}keyword"))
    printed = clean_inline(attribute("pubdata", "position.sequence"))
    authors = merged(person for b in root.iter("{*}byline", "byline") for person in _signed(b))
    when = Dates(zone)
    date = when(
        attribute("date.issue", "norm")
        or attribute("story.date", "norm")
        or attribute("pubdata", "date.publication")
    )
    until = when(attribute("date.release", "norm"))
    holder = clean_inline(attribute("doc.copyright", "holder"))[:200]
    outlet = (_text(first("distributor")) or clean_inline(attribute("pubdata", "name")) or holder)[
        :200
    ]
    notes = [
        _text(n)
        for n in root.iter("{*}note", "note")
        if all(local(a) != "body.content" for a in n.iterancestors())
    ]
    note = " ".join(n for n in (*notes, clean_inline(attribute("ed-msg", "info"))) if n)[:1000]
    abstract = first("abstract")
    body, _ = _nitf_body(root)
    extra = {"ednote": note} if note else {}
    extra |= {"page": printed[:40]} if printed else {}
    found = {
        "title": (title, "from hl1"),
        "authors": (authors, "from byline"),
        "date": (date, "from date.issue"),
        "body": (body, "from body.content"),
    }
    return Imported(
        title=title,
        dek=dek,
        authors=authors,
        date=date or until,
        publish_at=until if until and until != date else "",
        expires_at=when(attribute("date.expire", "norm")),
        dateline=_text(first("location"))[:80],
        source=Source(outlet, page),
        canonical=page,
        section=clean_inline(attribute("pubdata", "position.section"))[:80],
        tags=tags,
        summary=_text(abstract) if abstract is not None else "",
        lang=language(root.get(_LANG)),
        html=body,
        rights=Rights(holder=holder) if holder else Rights(),
        guid=clean_inline(attribute("doc-id", "id-string"))[:1000],
        extra=extra,
        evidence=tuple((n, how) for n, (there, how) in found.items() if there),
        notes=when.notes,
    )
