"""RSS (0.9x, 1.0, 2.0) and Atom to articles, with every co-author and the credits of pictures.

Names of elements are compared without their prefix, as feeds mix the vocabularies. Read by lxml and
not by feedparser, which takes the description of a picture for that of the article and confuses one
author with the next where several vocabularies name them.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from sitegen.importer.clean import clean_inline
from sitegen.importer.markup import absolute, plain_block
from sitegen.importer.model import Imported
from sitegen.importer.safexml import child, children, local, parse_xml, space, text_in, value
from sitegen.importer.values import language, merged, people_of, read_moment, words
from sitegen.model import Image, Person, Rights, Source

MAX_ITEMS = 50_000
_XML = "{http://www.w3.org/XML/1998/namespace}"
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|\?)", re.I)
_PHOTO_ROLES = frozenset(["", "photographer", "photo", "photography", "picture", "image", "credit", "still photographer"])
_AUTHOR_ROLES = frozenset(["author", "writer", "reporter", "journalist"])
_FEED_WORDS = re.compile(
    r"\s*(?:[-–—|:»]\s*)?(?:\(?(?:RSS|Atom)(?: ?2\.0)?(?: feed)?\)?|all posts|latest (?:articles|posts|news))\s*$", re.I
)


def read_feed(data: bytes, *, url: str = "", zone: str = "") -> list[Imported]:
    """The items of a feed, in its order; ``url`` is where it came from. Bodies are left as HTML."""
    root = parse_xml(data)
    if root is None:
        return []
    channel = root if local(root) == "feed" else child(root, "channel")
    channel = root if channel is None else channel
    items = [e for e in root.iter("{*}item", "{*}entry") if isinstance(e.tag, str)][:MAX_ITEMS]
    feed = _Feed(channel, url, zone)
    links = Counter(link for i in items if (link := feed.link(i)))
    guids = Counter(guid for i in items if (guid := value(i, "guid", "id")))
    out = []
    for item in items:
        found = feed.item(item)
        if links[found.canonical] > 1 or found.canonical == feed.home:  # the feed names its own page for all of them
            found = _without_address(found)
        if found.guid and guids[value(item, "guid", "id")] > 1:
            found = _replaced(found, guid="")
        out.append(found)
    return out


def _without_address(found: Imported) -> Imported:
    return _replaced(found, canonical="", source=Source(found.source.name, "", found.source.license))


def _replaced(found: Imported, **changes: Any) -> Imported:
    import msgspec

    return msgspec.structs.replace(found, **changes)


class _Feed:
    """What a feed says for all of its items."""

    def __init__(self, channel: Any, url: str, zone: str) -> None:
        self.zone = zone
        self.url = url
        self.home = absolute(_link(channel), url) or ""
        self.base = channel.get(_XML + "base") or self.home or url
        self.title = _FEED_WORDS.sub("", clean_inline(value(channel, "title")))[:200]
        self.lang = language(channel.get(_XML + "lang") or value(channel, "language"))
        self.authors = _atom_people(children(channel, "author")) if local(channel) == "feed" else []
        self.notice = clean_inline(value(channel, "rights", "copyright"))[:500]
        self.license = _license(channel)

    def link(self, item: Any) -> str:
        """The address of an item, absolute."""
        said = value(item, "origLink") or _link(item)
        guid = child(item, "guid")
        if not said and guid is not None and (guid.get("isPermaLink") or "true").lower() == "true":
            said = text_in(guid).strip()
        return absolute(said, item.get(_XML + "base") or self.base)

    def item(self, item: Any) -> Imported:
        """One item or entry."""
        canonical = self.link(item)
        title = _plain_title(item)
        authors, authors_from = self._authors(item)
        dated = [
            (n, m)
            for n in ("published", "pubDate", "date", "issued", "created", "updated")
            if (m := read_moment(value(item, n), self.zone))
        ]
        date_from, date = dated[0] if dated else ("", "")
        updated = next((m for n in ("updated", "modified") if (m := read_moment(value(item, n), self.zone)) and m != date), "")
        html, html_from, summary = _texts(item)
        images, credits, more = _media(item, canonical or self.base)
        origin = child(item, "source")
        outlet = clean_inline((value(origin, "title") or (origin.text or "")) if origin is not None else "")[:200] or self.title
        categories = words(_categories(item))
        via = next((absolute(e.get("href") or "", self.base) for e in children(item, "link") if e.get("rel") == "via"), "")
        guid = clean_inline(value(item, "guid", "id") or item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or "")[:1000]
        notice = clean_inline(value(item, "rights", "copyright"))[:500] or self.notice
        evidence = [
            ("title", "from title"), ("authors", authors_from), ("date", f"from {date_from}"), ("body", f"from {html_from}"),
            ("canonical", "from link"), ("credits", "from media:credit"), ("tags", "from category"), ("source", "from the feed's title"),
        ]  # fmt: skip
        values = {"title": title, "authors": authors, "date": date, "body": html, "canonical": canonical, "credits": credits,
                  "tags": categories, "source": outlet}  # fmt: skip
        return Imported(
            title=title,
            authors=merged(authors, more),
            credits=merged(credits),
            date=date,
            updated=updated if not date or updated[:10] >= date[:10] else "",
            image=images[0] if images else None,
            source=Source(outlet, canonical, _license(item) or self.license),
            canonical=canonical,
            tags=categories,
            lang=language(item.get(_XML + "lang")) or self.lang,
            html=html,
            base=canonical or self.base,
            summary=summary,
            rights=Rights(notice=notice) if notice else Rights(),
            guid=_scoped(guid, self.home or self.url or self.title),
            extra={"via": via} if via else {},
            evidence=tuple((n, how) for n, how in evidence if values.get(n)),
        )

    def _authors(self, item: Any) -> tuple[tuple[Person, ...], str]:
        """Everyone whom an item names as its author, whatever the vocabulary."""
        creators = [text_in(e) for e in item if local(e) == "creator"]
        plain = [e for e in item if local(e) == "author"]
        atom = [e for e in plain if child(e, "name") is not None]
        flat = [text_in(e) for e in plain if child(e, "name") is None and "itunes" not in space(e)]
        flat += [text_in(e) for e in plain if "itunes" in space(e)]
        found = merged(_atom_people(atom), people_of(creators), people_of(flat))
        helpers = merged(people_of([text_in(e) for e in item if local(e) == "contributor" and not len(e)], "contributor"),
                         _atom_people([e for e in children(item, "contributor") if len(e)], "contributor"))  # fmt: skip
        if found:
            where = " and ".join(n for n, there in (("author", atom or flat), ("dc:creator", creators)) if there)
            return merged(found, helpers), f"from {where}"
        origin = child(item, "source")
        theirs = _atom_people(children(origin, "author")) if origin is not None else []
        if theirs:
            return merged(theirs, helpers), "from the author of the source"
        return merged(self.authors, helpers), "from the feed's author"


def _scoped(guid: str, scope: str) -> str:
    """A name that holds beyond its feed: a bare number names an item only within one."""
    return guid if not guid or ":" in guid else f"{scope} {guid}"


def _link(element: Any) -> str:
    """The page of a channel or an item: Atom's alternate link, or RSS's link."""
    links = children(element, "link")
    for wanted in ("text/html", ""):
        for one in links:
            if one.get("href") and (one.get("rel") or "alternate") == "alternate" and (not wanted or (one.get("type") or wanted) == wanted):
                return str(one.get("href"))
    return next((t for one in links if (t := text_in(one).strip())), "")


def _atom_people(elements: list[Any], role: str = "") -> list[Person]:
    out = []
    for element in elements:
        address = absolute(value(element, "uri", "url"), "")
        for person in people_of([value(element, "name")], role):
            out.append(Person(person.name, person.role, address, person.org))
    return out


def _plain_title(item: Any) -> str:
    """The title as text: feeds put escaped HTML there, whatever its type says."""
    element = next((e for e in children(item, "title") if "mrss" not in space(e)), None)
    return plain_title(text_in(element)) if element is not None else ""


def plain_title(text: str) -> str:
    """A title that may hold markup or escaped characters, as text."""
    import html

    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = re.sub(
            r"</?(?:a|abbr|b|br|cite|code|em|font|i|img|p|q|small|span|strong|sub|sup|u|wbr|script|style)\b[^<>]{0,2000}>",
            " ",
            text,
            flags=re.I,
        )
    return clean_inline(text)[:500]


def _texts(item: Any) -> tuple[str, str, str]:
    """(HTML of the body, which element it is from, summary)."""
    content = next((e for e in item if local(e) in ("encoded", "content", "body", "content_encoded") and "mrss" not in space(e)), None)
    short = next((e for e in item if local(e) in ("summary", "description") and "mrss" not in space(e)), None)
    full, brief = _html(content), _html(short)
    if full.strip() and len(full) >= len(brief) * 0.9:
        return full, str(local(content)), _brief(brief)
    if brief.strip():
        return brief, str(local(short)), ""
    return full, str(local(content)) if full else "", ""


def _brief(html: str) -> str:
    from sitegen.importer.fragment import read_fragment

    if not html.strip() or len(html) > 20_000:
        return ""
    return " ".join(plain_block(b) for b in read_fragment(html).blocks if not b.startswith("!["))[:1500]


def _html(element: Any) -> str:
    """The HTML that an element holds: escaped, as XHTML, or as plain text of Atom."""
    if element is None:
        return ""
    from lxml import etree

    if len(element):
        return "".join([element.text or "", *(etree.tostring(c, encoding="unicode", with_tail=True) for c in element)])
    text = element.text or ""
    if (element.get("type") or "") in ("text", "text/plain"):
        import html

        return "".join(f"<p>{html.escape(p)}</p>" for p in re.split(r"\n\s*\n", text) if p.strip())
    return text


def _categories(item: Any) -> list[str]:
    out = []
    for element in item:
        name = local(element)
        if name == "category":
            out.append(element.get("label") or element.get("term") or text_in(element))
        elif name == "subject":
            out.append(text_in(element))
        elif name == "keywords":
            out.extend(text_in(element)[:2000].split(","))
    return out


def _license(element: Any) -> str:
    for one in element:
        if local(one) == "license":
            return clean_inline(text_in(one) or one.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource") or "")[:300]
        if local(one) == "link" and one.get("rel") == "license":
            return clean_inline(one.get("href") or "")[:300]
    return ""


def _media(item: Any, base: str) -> tuple[list[Image], list[Person], list[Person]]:
    """(pictures, holders of credits, further authors) of Media RSS and enclosures."""
    out: dict[str, Image] = {}
    credits: list[Person] = []
    authors: list[Person] = []
    boxes = [item, *children(item, "group")]
    for box in boxes:
        people, writers, line = _credits_of(box)
        credits += people
        authors += writers
        for element in box:
            name, kind = local(element), element.get("type") or ""
            src = absolute(element.get("url") or element.get("href") or "", base)
            if name not in ("content", "thumbnail", "enclosure", "image") or not src:
                continue
            if not (
                name in ("thumbnail", "image") or element.get("medium") == "image" or kind.startswith("image/") or _PICTURE.search(src)
            ):
                continue
            theirs, writers, own = _credits_of(element)
            credits += theirs
            authors += writers
            out.setdefault(src, _image(element, box, src, own or (line if box is not item or len(boxes) == 1 else "")))
        for element in children(box, "link"):
            if element.get("rel") == "enclosure" and (element.get("type") or "").startswith("image/"):
                src = absolute(element.get("href") or "", base)
                out.setdefault(src, Image(src)) if src else None
    ordered = sorted(out.values(), key=lambda i: not (i.caption or i.credit))
    return ordered, credits, authors


def _image(element: Any, box: Any, src: str, credit: str) -> Image:
    from sitegen.importer.credits import caption_and_credit

    said = next((clean_inline(text_in(e)) for e in (*element, *box) if local(e) in ("description", "text") and "mrss" in space(e)), "")
    title = next((clean_inline(text_in(e)) for e in element if local(e) == "title"), "")
    caption, found = caption_and_credit(said) if said and not credit else ("", "")
    notice = next((clean_inline(text_in(e)) for e in (*element, *box) if local(e) == "copyright" and "mrss" in space(e)), "")
    return Image(src, alt=title[:300], caption=(caption or said)[:1000], credit=(credit or found)[:200], copyright=notice[:300])


def _credits_of(element: Any) -> tuple[list[Person], list[Person], str]:
    """(holders, authors, the credit line) of an element's `media:credit`."""
    holders: list[Person] = []
    authors: list[Person] = []
    lines: list[str] = []
    from sitegen.importer.credits import credit_people

    for one in children(element, "credit"):
        role = clean_inline(one.get("role") or "").lower()[:40]
        text = clean_inline(text_in(one))[:200]
        if role in _AUTHOR_ROLES:
            authors += people_of([text])
        elif text:
            holders += credit_people(text, "photo" if role in _PHOTO_ROLES else role)
            lines += [text] if role in _PHOTO_ROLES else []
    return holders, authors, "/".join(lines)
