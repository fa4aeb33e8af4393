"""RSS (0.9x, 1.0, 2.0) and Atom to articles, with every co-author and the credits of pictures.

Names of elements are compared without their prefix, as feeds mix the vocabularies. Read by lxml and
not by feedparser, which takes the description of a picture for that of the article and confuses one
author with the next where several vocabularies name them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import escape, unescape
from typing import Any

import msgspec

from sitegen.base.urls import same_address
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import (
    Dates,
    ambiguous,
    helpers_of,
    language,
    merged,
    people_of,
    words,
)
from sitegen.importer.formats.feed_elements import OWN, base_of, family, own, said, usual_names
from sitegen.importer.formats.jsonfeed import links_to
from sitegen.importer.formats.safe_xml import CUT, child, children, local, read_xml, space, text_in
from sitegen.importer.model import Batch, Imported, Note, Skipped
from sitegen.importer.text.labels import country_of
from sitegen.importer.to_markdown import absolute, plain_block
from sitegen.model.article import Image, Person, Rights, Source
from sitegen.model.base import Struct

MAX_ITEMS = 50_000
_XML = "{http://www.w3.org/XML/1998/namespace}"
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|\?)", re.I)
_PHOTO_ROLES = frozenset(
    ["", "photographer", "photo", "photography", "picture", "image", "credit", "still photographer"]
)
_AUTHOR_ROLES = frozenset(["author", "writer", "reporter", "journalist"])
_TAGS = (
    "p|div|br|h[1-6]|ul|ol|li|blockquote|table|figure|img|a|b|i|strong|em|span|section|article"
    "|hr|pre"
)
_ESCAPED_START = re.compile(rf"\s*&lt;(?:{_TAGS})(?:\s[^<>]{{0,2000}}?)?/?&gt;", re.I)
_ESCAPED_END = re.compile(rf"&lt;/(?:{_TAGS})\s?&gt;", re.I)
_ESCAPED_VOID = re.compile(r"&lt;(?:br|hr|img)\b.{0,2000}?&gt;", re.I)
_FEED_WORDS = re.compile(
    r"\s*(?:[-–—|:»]\s*)?(?:\(?(?:RSS|Atom)(?: ?2\.0)?(?: feed)?\)?|all posts|latest"
    r" (?:articles|posts|news))\s*$",
    re.I,
)


def read_feed(data: bytes, *, url: str = "", zone: str = "") -> Batch:
    """The items of a feed, in its order; ``url`` is where it came from.

    Bodies are left as HTML.
    """
    document = read_xml(data)
    root = document.root
    if root is None:
        return Batch(())
    usual_names(root)
    channel = root if local(root) == "feed" else next(own(root, "channel"), root)
    items = [e for e in root.iter("{*}item", "{*}entry") if family(e) in ("", "atom")][:MAX_ITEMS]
    kinds = [_blogger_kind(i) for i in items]
    left_out = Counter(k for k in kinds if k not in ("", "post", "page"))
    feed = _Feed(channel, url, zone)
    found = [
        _article(feed, item, kind)
        for item, kind in zip(items, kinds, strict=True)
        if kind not in left_out
    ]
    if found and document.cut and any(n in ("item", "entry") for n in document.cut):
        found[-1] = _cut_off(found[-1])
    skipped = [Note(_left_out(kind, n), level="note") for kind, n in sorted(left_out.items())]
    return Batch(_apart(found, feed.home), (*document.notes, *skipped))


def _blogger_kind(entry: Any) -> str:
    """What an entry of a Blogger export is: `post`, `comment`, `template` or `settings`
    (https://developers.google.com/blogger)."""
    for one in children(entry, "category"):
        if (one.get("scheme") or "").endswith("g/2005#kind"):
            return (one.get("term") or "").rpartition("#")[2].lower()
    return next(
        (text_in(e).strip().lower() for e in entry if local(e) == "type" and "blogger" in space(e)),
        "",
    )


def _left_out(kind: str, count: int) -> str:
    many = "" if kind.endswith("s") else "s"
    return (
        f"{count} entr{'y is' if count == 1 else 'ies are'} not imported:"
        f" {kind}{many if count > 1 else ''} of the blog, not articles"
    )


def _article(feed: _Feed, item: Any, kind: str) -> Imported | Skipped:
    found = feed.item(item)
    return Skipped(found.title, "is a page of the blog, not a post") if kind == "page" else found


def _cut_off(found: Imported | Skipped) -> Imported | Skipped:
    return _replaced(found, doubts=(*found.doubts, CUT)) if isinstance(found, Imported) else found


def _apart(found: list[Imported | Skipped], home: str) -> Iterator[Imported | Skipped]:
    """The articles, without an address or a name that the feed gives to several of them: it would
    make them one."""
    articles = [f for f in found if isinstance(f, Imported)]
    links = ambiguous(
        (same_address(f.canonical), f.guid + f.title) for f in articles if f.canonical
    )
    guids = ambiguous((f.guid, f.canonical + f.title) for f in articles if f.guid)
    for one in found:
        if isinstance(one, Imported):
            if one.canonical and (same_address(one.canonical) in links or one.canonical == home):
                one = _without_address(one)
            if one.guid in guids:
                one = _replaced(one, guid="")
        yield one


def _without_address(found: Imported) -> Imported:
    return _replaced(
        found, canonical="", source=Source(found.source.name, "", found.source.license)
    )


def _replaced(found: Imported, **changes: Any) -> Imported:
    return msgspec.structs.replace(found, **changes)


class _Feed:
    """What a feed says for all of its items."""

    def __init__(self, channel: Any, url: str, zone: str) -> None:
        self.zone = zone
        self.url = url
        lone = local(channel) in ("item", "entry")
        self.home = "" if lone else absolute(_link(channel), base_of(channel, url) or url) or ""
        self.base = self.home or url
        self.title = "" if lone else _FEED_WORDS.sub("", clean_inline(said(channel, "title")))[:200]
        self.lang = language(channel.get(_XML + "lang") or said(channel, "language"))
        self.authors = (
            _atom_people(list(own(channel, "author"))) if local(channel) == "feed" else []
        )
        self.notice = "" if lone else clean_inline(said(channel, "rights", "copyright"))[:500]
        self.license = "" if lone else _license(channel)

    def link(self, item: Any) -> str:
        """The URL of an item, absolute."""
        named = said(item, "origLink", families=("feedburner",)) or _link(item)
        guid = next(own(item, "guid"), None)
        if not named and guid is not None and (guid.get("isPermaLink") or "true").lower() == "true":
            named = text_in(guid).strip()
        return absolute(named, base_of(item, self.url) or self.base)

    def item(self, item: Any) -> Imported:
        """One item or entry."""
        canonical = self.link(item)
        when = Dates(self.zone, country_of(self.home or canonical))
        title = _plain_title(item)
        authors, authors_from = self._authors(item)
        dated = [
            (n, m)
            for n in ("published", "pubDate", "date", "issued", "created", "updated")
            if (m := when(said(item, n)))
        ]
        date_from, date = dated[0] if dated else ("", "")
        updated = next(
            (m for n in ("updated", "modified") if (m := when(said(item, n))) and m != date), ""
        )
        text = _texts(item)
        images, credits, more = _media(item, canonical or self.base)
        if (
            text.element is not None and family(text.element) == "media"
        ):  # it is the text, and no caption
            images = [msgspec.structs.replace(i, caption="") for i in images]
        attached = _attached(item, canonical, base_of(item, self.url) or canonical or self.base)
        html = text.html + links_to(attached, text.html) if text.html.strip() else text.html
        base = base_of(text.element, self.url) if text.element is not None else ""
        origin = next(own(item, "source"), None)
        outlet = (
            clean_inline(
                (said(origin, "title") or (origin.text or "")) if origin is not None else ""
            )[:200]
            or self.title
        )
        categories = words(_categories(item))
        via = next(
            (
                absolute(e.get("href") or "", self.base)
                for e in own(item, "link")
                if e.get("rel") == "via"
            ),
            "",
        )
        guid = clean_inline(
            said(item, "guid", "id")
            or item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
            or ""
        )[:1000]
        notice = clean_inline(said(item, "rights", "copyright"))[:500] or self.notice
        evidence = [
            ("title", "from title"),
            ("authors", authors_from),
            ("date", f"from {date_from}"),
            ("body", f"from {text.where}"),
            ("canonical", "from link"),
            ("credits", "from media:credit"),
            ("tags", "from category"),
            ("source", "from the feed's title"),
        ]
        values = {
            "title": title,
            "authors": authors,
            "date": date,
            "body": html,
            "canonical": canonical,
            "credits": credits,
            "tags": categories,
            "source": outlet,
        }
        return Imported(
            title=title,
            authors=merged(authors, more),
            credits=merged(credits, self._helpers(item)),
            date=date,
            updated=updated if not date or updated[:10] >= date[:10] else "",
            image=images[0] if images else None,
            source=Source(outlet, canonical, _license(item) or self.license),
            canonical=canonical,
            tags=categories,
            lang=language(item.get(_XML + "lang")) or self.lang,
            html=html,
            base=base or canonical or self.base,
            summary=text.summary,
            rights=Rights(notice=notice) if notice else Rights(),
            guid=_scoped(guid, self.home or self.url or self.title),
            extra={
                **({"via": via} if via else {}),
                **({"enclosures": attached} if attached else {}),
            },
            evidence=tuple((n, how) for n, how in evidence if values.get(n)),
            notes=when.notes,
        )

    def _helpers(self, item: Any) -> tuple[Person, ...]:
        """Who translated or photographed, by the bylines of an item."""
        bylines = [
            *own(item, "creator", families=("dc", "", "atom")),
            *own(item, "author", families=("", "atom", "itunes", "dc")),
        ]
        return helpers_of(text_in(e) for e in bylines)

    def _authors(self, item: Any) -> tuple[tuple[Person, ...], str]:
        """Everyone whom an item names as its author, whatever the vocabulary."""
        creators = [text_in(e) for e in own(item, "creator", families=("dc", "", "atom"))]
        plain = list(own(item, "author"))
        atom = [e for e in plain if child(e, "name") is not None]
        flat = [text_in(e) for e in plain if child(e, "name") is None]
        flat += [text_in(e) for e in own(item, "author", families=("itunes", "dc", "media"))]
        found = merged(
            _atom_people(atom), people_of(creators, lang=self.lang), people_of(flat, lang=self.lang)
        )
        others = list(own(item, "contributor", families=("", "atom", "dc")))
        helpers = merged(
            people_of([text_in(e) for e in others if not len(e)], "contributor"),
            _atom_people([e for e in others if len(e)], "contributor"),
        )
        if found:
            where = " and ".join(
                n for n, there in (("author", atom or flat), ("dc:creator", creators)) if there
            )
            return merged(found, helpers), f"from {where}"
        origin = next(own(item, "source"), None)
        theirs = _atom_people(children(origin, "author")) if origin is not None else []
        if theirs:
            return merged(theirs, helpers), "from the author of the source"
        return merged(self.authors, helpers), "from the feed's author"


def _scoped(guid: str, scope: str) -> str:
    """A name that holds beyond its feed: a bare number names an item only within one."""
    return guid if not guid or ":" in guid else f"{scope} {guid}"


def _link(element: Any) -> str:
    """The page of a channel or an item: Atom's alternate link, or RSS's link."""
    links = list(own(element, "link"))
    for wanted in ("text/html", ""):
        for one in links:
            if (
                one.get("href")
                and (one.get("rel") or "alternate") == "alternate"
                and (not wanted or (one.get("type") or wanted) == wanted)
            ):
                return str(one.get("href"))
    return next((t for one in links if (t := text_in(one).strip())), "")


def _atom_people(elements: list[Any], role: str = "") -> list[Person]:
    out = []
    for element in elements:
        address = absolute(said(element, "uri", "url"), "")
        for person in people_of([said(element, "name")], role):
            out.append(Person(person.name, person.role, address, person.org))
    return out


def _plain_title(item: Any) -> str:
    """The title as text: feeds put escaped HTML there, whatever its type says."""
    element = next(
        (
            e
            for e in own(item, "title", families=(*OWN, "dc", "media", "itunes"))
            if text_in(e).strip()
        ),
        None,
    )
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


class _Text(Struct, frozen=True):
    """The text of an item: HTML, the element it is in and its name, and a summary of it."""

    html: str = ""
    element: Any = None
    where: str = ""
    summary: str = ""


def _texts(item: Any) -> _Text:
    """The fullest text that an item gives: its content, else its description, else that of what it
    carries."""
    full = _first_text(
        own(
            item,
            "encoded",
            "content_encoded",
            "content",
            "body",
            families=("content", "atom", "xhtml", ""),
        )
    )
    short = _first_text(own(item, "summary", "description", families=(*OWN, "dc")))
    if full.html.strip() and len(full.html) >= len(short.html) * 0.9:
        return msgspec.structs.replace(full, summary=_brief(short.html))
    if short.html.strip():
        return short
    if full.html.strip():
        return full
    carried = [
        e
        for box in (item, *children(item, "group"))
        for e in own(box, "description", families=("media",))
    ]
    carried += own(item, "summary", "description", families=("itunes",))
    return _first_text(iter(carried))


def _first_text(elements: Iterator[Any]) -> _Text:
    for element in elements:
        html = _html(element)
        if html.strip():
            once = _unescaped_once_more(html)
            where = f"{local(element)}{', which was escaped twice' if once != html else ''}"
            return _Text(once, element, where)
    return _Text()


def _unescaped_once_more(html: str) -> str:
    """Markup that was escaped twice as markup: what shows nothing but tags is not meant to be read
    so."""
    if "<" in html or not _ESCAPED_START.match(html):
        return html
    ends = len(_ESCAPED_END.findall(html))
    return unescape(html) if ends or _ESCAPED_VOID.search(html) else html


def _brief(html: str) -> str:
    from sitegen.importer.html.fragment import read_fragment

    if not html.strip() or len(html) > 20_000:
        return ""
    return " ".join(plain_block(b) for b in read_fragment(html).blocks if not b.startswith("!["))[
        :1500
    ]


def _html(element: Any) -> str:
    """The HTML that an element holds: escaped, as XHTML, or as plain text of Atom."""
    if element is None:
        return ""
    from lxml import etree

    if len(element):
        return "".join(
            [
                escape(element.text or ""),
                *(etree.tostring(c, encoding="unicode", with_tail=True) for c in element),
            ]
        )
    text = element.text or ""
    plain = (element.get("type") or "") in ("text", "text/plain") or (
        family(element) == "media" and element.get("type") != "html"
    )
    if plain:
        return "".join(f"<p>{escape(p)}</p>" for p in re.split(r"\n\s*\n", text) if p.strip())
    return text


def _categories(item: Any) -> list[str]:
    out = []
    for element in item:
        name, kind = local(element), family(element)
        if (
            name == "category"
            and kind in ("", "atom", "media")
            and not (element.get("scheme") or "").endswith("g/2005#kind")
        ):
            out.append(element.get("label") or element.get("term") or text_in(element))
        elif name == "subject" and kind in ("", "dc"):
            out.append(text_in(element))
        elif name == "keywords" and kind in ("", "media", "itunes"):
            out.extend(text_in(element)[:2000].split(","))
    return out


def _attached(item: Any, canonical: str, base: str) -> list[dict[str, Any]]:
    """Sounds, films and other files that an item carries (pictures are its images): address, type
    and length in bytes."""
    out: dict[str, dict[str, Any]] = {}
    boxes = [
        e
        for box in (item, *children(item, "group"))
        for e in own(box, "content", families=("media",))
    ]
    links = [e for e in own(item, "link") if e.get("rel") == "enclosure"]
    for element in (*own(item, "enclosure"), *links, *boxes):
        src = absolute(element.get("url") or element.get("href") or "", base)
        kind = clean_inline(element.get("type") or "")[:100]
        medium = (element.get("medium") or kind.partition("/")[0]).lower()
        page = family(element) == "media" and medium not in ("audio", "video")
        if (
            not src
            or src == canonical
            or page
            or medium == "image"
            or (not kind and _PICTURE.search(src))
        ):
            continue
        length = (element.get("length") or element.get("fileSize") or "").strip()
        facts = {
            "url": src,
            "type": kind,
            "length": int(length) if re.fullmatch(r"[1-9]\d{0,12}", length) else 0,
        }
        out.setdefault(src, {k: v for k, v in facts.items() if v})
    return list(out.values())[:20]


def _license(element: Any) -> str:
    for one in element:
        if local(one) == "license":
            return clean_inline(
                text_in(one)
                or one.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource")
                or ""
            )[:300]
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
                name in ("thumbnail", "image")
                or element.get("medium") == "image"
                or kind.startswith("image/")
                or _PICTURE.search(src)
            ):
                continue
            theirs, writers, own = _credits_of(element)
            credits += theirs
            authors += writers
            out.setdefault(
                src,
                _image(
                    element, box, src, own or (line if box is not item or len(boxes) == 1 else "")
                ),
            )
        for element in children(box, "link"):
            if element.get("rel") == "enclosure" and (element.get("type") or "").startswith(
                "image/"
            ):
                src = absolute(element.get("href") or "", base)
                out.setdefault(src, Image(src)) if src else None
    ordered = sorted(out.values(), key=lambda i: not (i.caption or i.credit))
    return ordered, credits, authors


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
        alt=title[:300],
        caption=(caption or said)[:1000],
        credit=(credit or found)[:200],
        copyright=notice[:300],
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
