"""RSS (0.9x, 1.0, 2.0) and Atom to articles, with every co-author and the credits of pictures.

Names of elements are compared without their prefix, as feeds mix the vocabularies. Read by lxml and
not by feedparser, which takes the description of a picture for that of the article and confuses one
author with the next where several vocabularies name them.
"""

from __future__ import annotations

import binascii
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from html import escape, unescape
from typing import Any

import msgspec

from sitegen.base.urls import comparable_url
from sitegen.importer.detect import decode_text
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import (
    Dates,
    ambiguous,
    helpers_of,
    language,
    merged,
    old_paths,
    people_of,
    words,
)
from sitegen.importer.formats.feed_elements import OWN, base_of, family, own, said, usual_names
from sitegen.importer.formats.feed_media import attached_to, media_of
from sitegen.importer.formats.jsonfeed import links_to
from sitegen.importer.formats.safe_xml import (
    CUT,
    child,
    children,
    local,
    read_xml,
    space,
    text_in,
    without_open_field,
)
from sitegen.importer.limits import first_of
from sitegen.importer.model import Batch, Imported, Note
from sitegen.importer.text.labels import country_of
from sitegen.importer.to_markdown import absolute, plain_block
from sitegen.model.article import Image, Person, Rights, Source
from sitegen.model.base import Struct

MAX_ITEMS = 50_000
_XML = "{http://www.w3.org/XML/1998/namespace}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_ABOUT, _RESOURCE = _RDF + "about", _RDF + "resource"
_NAMES = frozenset(["item", "entry"])
_ARTICLES = ("", "post", "page")  # kinds of entries; all but the first are Blogger's
_OF_EXPORTS = frozenset(["settings", "template"])  # kinds of entries that only exports have
_DATES = ("published", "pubDate", "date", "issued", "created", "updated")
# Elements with subjects, and the vocabularies in which they are that.
_SUBJECTS = {
    "category": ("", "atom", "media"),
    "subject": ("", "dc"),
    "keywords": ("", "media", "itunes"),
}
_TAGS = (
    "p|div|br|h[1-6]|ul|ol|li|blockquote|table|figure|img|a|b|i|strong|em|span|section|article"
    "|hr|pre"
)
_ESCAPED_START = re.compile(rf"\s*&lt;(?:{_TAGS})(?:\s[^<>]{{0,2000}}?)?/?&gt;", re.I)
_ESCAPED_END = re.compile(rf"&lt;/(?:{_TAGS})\s?&gt;", re.I)
_ESCAPED_VOID = re.compile(r"&lt;(?:br|hr|img)\b.{0,2000}?&gt;", re.I)
_CDATA = re.compile(r"\A\s*(?:<!\[CDATA\[)(.*?)(?:\]\]>)*\s*\Z", re.S)  # within the text
_TITLE_TAG = re.compile(
    r"</?(?:a|abbr|b|br|cite|code|em|font|i|img|p|q|small|span|strong|sub|sup|u|wbr|script"
    r"|style)\b[^<>]{0,2000}>",
    re.I,
)
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
    if document.root is None:
        return Batch(())
    usual_names(document.root)
    items, more = first_of(_items(document.root), MAX_ITEMS, "items")
    ends_within = bool(items) and not _NAMES.isdisjoint(document.cut)
    if ends_within:
        without_open_field(items[-1], document.cut)
    kinds = [_blogger_kind(item) for item in items]
    left_out = Counter(kind for kind in kinds if kind not in _ARTICLES)
    is_export = not _OF_EXPORTS.isdisjoint(kinds)
    feed = _Feed(_channel(document.root), url, zone, is_export)
    wanted = [pair for pair in zip(items, kinds, strict=True) if pair[1] in _ARTICLES]
    found = [_article(feed, item, kind) for item, kind in wanted]
    if ends_within and found:
        found, more = _with_cut_off(found, more)
    skipped = [Note(_left_out(kind, n), level="note") for kind, n in sorted(left_out.items())]
    return Batch(_apart(found, feed.home), (*document.notes, *skipped, *more))


def _channel(root: Any) -> Any:
    """The element that says what holds for all items."""
    return root if local(root) == "feed" else next(own(root, "channel"), root)


def _items(root: Any) -> list[Any]:
    """The items or entries of RSS and Atom, without those of other vocabularies."""
    found = root.iter("{*}item", "{*}entry")
    return [element for element in found if family(element) in ("", "atom")]


def _blogger_kind(entry: Any) -> str:
    """What an entry of a Blogger export is: `post`, `comment`, `template` or `settings`
    (https://developers.google.com/blogger)."""
    kind = next(filter(_is_blogger_kind, children(entry, "category")), None)
    if kind is not None:
        return str(kind.get("term", "")).rpartition("#")[2].lower()
    types = map(text_in, filter(_is_blogger_type, entry))
    return next(types, "").strip().lower()


def _is_blogger_type(element: Any) -> bool:
    return local(element) == "type" and "blogger" in space(element)


def _is_blogger_kind(category: Any) -> bool:
    """Whether a category says what an entry is, and not what it is about."""
    return (category.get("scheme") or "").endswith("g/2005#kind")


def _left_out(kind: str, count: int) -> str:
    many = "" if kind.endswith("s") else "s"
    return (
        f"{count} entr{'y is' if count == 1 else 'ies are'} not imported:"
        f" {kind}{many if count > 1 else ''} of the blog, not articles"
    )


def _article(feed: _Feed, item: Any, kind: str) -> Imported:
    """An item as an article, or as a page of the blog (`/p/about.html`)."""
    found = _replaced(feed.item(item), status="draft" if _is_draft(item) else "")
    if kind != "page":
        return found
    slug = found.canonical.rpartition("/")[2].removesuffix(".html")
    return _replaced(found, kind="page", slug=slug, own=True, aliases=old_paths(found.canonical))


def _is_draft(entry: Any) -> bool:
    """Whether an entry is not published: `app:draft` (RFC 5023, 13.1.1), or the status of a Blogger
    export."""
    for element in entry.iter("{*}draft", "{*}status"):
        said = text_in(element).strip().lower()
        if local(element) == "draft" and said == "yes":
            return True
        if "blogger" in space(element) and said not in ("", "live"):
            return True
    return False


def _with_cut_off(
    found: list[Imported], notes: tuple[Note, ...]
) -> tuple[list[Imported], tuple[Note, ...]]:
    """(the articles, the notes) of a feed that ends within its last item: a draft, if its text has
    begun; else it is left out, and comes whole the next time."""
    *others, last = found
    if last.html.strip():
        return [*others, _replaced(last, doubts=(*last.doubts, CUT))], notes
    called = f"`{last.title[:80]}`" if last.title else "without a headline"
    return others, (
        *notes,
        Note(f"ends before the text of its last item, {called}: it is left out"),
    )


def _apart(found: list[Imported], home: str) -> Iterator[Imported]:
    """The articles, without an address or a name that the feed gives to several of them: it would
    make them one."""
    links, guids = _shared_links(found), _shared_guids(found)
    for one in found:
        if one.canonical == home or comparable_url(one.canonical) in links:
            one = _without_address(one)
        if one.guid in guids:
            one = _replaced(one, guid="")
        yield one


def _shared_links(found: list[Imported]) -> Container[str]:
    """URLs of several articles; an entry that a feed has twice is one, whatever its names."""
    addressed = [one for one in found if one.canonical]
    return ambiguous(
        (comparable_url(one.canonical), one.title + one.date[:10]) for one in addressed
    )


def _shared_guids(found: list[Imported]) -> Container[str]:
    named = [one for one in found if one.guid]
    return ambiguous((one.guid, one.canonical + one.title) for one in named)


def _without_address(found: Imported) -> Imported:
    return _replaced(
        found, canonical="", source=Source(found.source.name, "", found.source.license)
    )


def _replaced(found: Imported, **changes: Any) -> Imported:
    return msgspec.structs.replace(found, **changes)


class _Feed:
    """What a feed says for all of its items."""

    def __init__(self, channel: Any, url: str, zone: str, is_export: bool = False) -> None:
        self.zone = zone
        self.is_export = is_export  # an export of a person's own blog
        self.url = url
        self.lang = language(channel.get(_XML + "lang") or said(channel, "language"))
        self.home = self.title = self.notice = self.license = ""
        if local(channel) not in _NAMES:  # an item alone says nothing for others
            self.home = absolute(_link(channel), base_of(channel, url) or url)
            self.title = _FEED_WORDS.sub("", clean_inline(said(channel, "title")))[:200]
            self.notice = clean_inline(said(channel, "rights", "copyright"))
            self.license = _license(channel)
        self.base = self.home or url
        is_atom = local(channel) == "feed"
        self.authors = _atom_people(own(channel, "author")) if is_atom else []

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
        base = base_of(item, self.url) or canonical or self.base
        when = Dates(self.zone, country_of(self.home or canonical))
        days = _days(item, when)
        title = _plain_title(item)
        authors, authors_from = self._authors(item)
        text = _texts(item)
        images, credits, more = self._media(item, text, canonical)
        attached = attached_to(item, canonical, base)
        html = text.html + links_to(attached, text.html) if text.html.strip() else text.html
        outlet = self._outlet(item)
        tags = words(_categories(item))
        notice = clean_inline(said(item, "rights", "copyright")) or self.notice
        found = {
            "title": (title, "title"),
            "authors": (authors, authors_from),
            "date": (days.date, days.name),
            "body": (html, text.where),
            "canonical": (canonical, "link"),
            "credits": (credits, "media:credit"),
            "tags": (tags, "category"),
            "source": (outlet, "the feed's title"),
        }
        return Imported(
            title=title,
            authors=merged(authors, more),
            credits=merged(credits, self._helpers(item)),
            date=days.date,
            updated=days.updated,
            image=images[0] if images else None,
            left_at_source=tuple(_described(images)),
            source=Source(outlet, canonical, _license(item) or self.license),
            canonical=canonical,
            tags=tags,
            lang=language(item.get(_XML + "lang")) or self.lang,
            html=html,
            base=_base_of_text(text, self.url) or canonical or self.base,
            summary=text.summary,
            rights=Rights(notice=notice) if notice else Rights(),
            guid=_scoped(_guid(item), self.home or self.url or self.title),
            aliases=old_paths(canonical) if self.is_export else (),
            own=self.is_export,
            extra=self._extra(item, attached),
            evidence=tuple((name, f"from {how}") for name, (there, how) in found.items() if there),
            notes=when.notes,
        )

    def _media(
        self, item: Any, text: _Text, canonical: str
    ) -> tuple[list[Image], list[Person], list[Person]]:
        """(images, credits, further authors) of what an item carries."""
        images, credits, more = media_of(item, canonical or self.base)
        if text.element is not None and family(text.element) == "media":
            # It is the text, and no caption.
            images = [msgspec.structs.replace(i, caption="") for i in images]
        return images, credits, more

    def _outlet(self, item: Any) -> str:
        """Who published an item first: a feed of feeds says it, else it is the feed."""
        origin = next(own(item, "source"), None)
        name = said(origin, "title") or (origin.text or "") if origin is not None else ""
        return clean_inline(name)[:200] or self.title

    def _extra(self, item: Any, attached: list[dict[str, Any]]) -> dict[str, Any]:
        """The page that an item points to, and the files that it carries."""
        links = (e.get("href") or "" for e in own(item, "link") if e.get("rel") == "via")
        via = next((absolute(href, self.base) for href in links), "")
        return ({"via": via} if via else {}) | ({"enclosures": attached} if attached else {})

    def _helpers(self, item: Any) -> tuple[Person, ...]:
        """Who translated or photographed, by the bylines of an item."""
        bylines = [
            *own(item, "creator", families=("dc", "", "atom")),
            *own(item, "author", families=("", "atom", "itunes", "dc")),
        ]
        return helpers_of(text_in(e) for e in bylines)

    def _authors(self, item: Any) -> tuple[tuple[Person, ...], str]:
        """Everyone whom an item names as its author, else the author of its source or its feed."""
        helpers = _contributors(item)
        found, where = self._named_authors(item)
        if found:
            return merged(found, helpers), where
        origin = next(own(item, "source"), None)
        theirs = _atom_people(children(origin, "author")) if origin is not None else []
        if theirs:
            return merged(theirs, helpers), "the author of the source"
        return merged(self.authors, helpers), "the feed's author"

    def _named_authors(self, item: Any) -> tuple[tuple[Person, ...], str]:
        """(the authors that an item names, whatever the vocabulary; the elements that say so)."""
        creators = list(own(item, "creator", families=("dc", "", "atom")))
        plain = list(own(item, "author"))
        atom = [e for e in plain if child(e, "name") is not None]
        flat = [e for e in plain if child(e, "name") is None]
        flat += own(item, "author", families=("itunes", "dc", "media"))
        found = merged(
            _atom_people(atom),
            people_of(map(text_in, creators), lang=self.lang),
            people_of(map(text_in, flat), lang=self.lang),
        )
        named = (("author", atom or flat), ("dc:creator", creators))
        return found, " and ".join(name for name, there in named if there)


class _Days(Struct, frozen=True):
    """The date of an item, the element that says it, and the day of its last change."""

    date: str = ""
    name: str = ""
    updated: str = ""


def _days(item: Any, when: Dates) -> _Days:
    dated = ((name, moment) for name in _DATES if (moment := when(said(item, name))))
    name, date = next(dated, ("", ""))
    changes = (m for n in ("updated", "modified") if (m := when(said(item, n))) and m != date)
    updated = next(changes, "")
    is_later = not date or updated[:10] >= date[:10]
    return _Days(date, name, updated if is_later else "")


def _guid(item: Any) -> str:
    """The name that an item has in its feed."""
    return clean_inline(said(item, "guid", "id") or item.get(_ABOUT) or "")[:1000]


def _base_of_text(text: _Text, url: str) -> str:
    return base_of(text.element, url) if text.element is not None else ""


def _scoped(guid: str, scope: str) -> str:
    """A name that holds beyond its feed: a bare number names an item only within one."""
    return guid if not guid or ":" in guid else f"{scope} {guid}"


def _link(element: Any) -> str:
    """The page of a channel or an item: Atom's alternate link, or RSS's link."""
    links = list(own(element, "link"))
    pages = [one for one in links if _is_page(one)]
    if pages:
        return str(min(pages, key=_is_other_than_html).get("href"))
    texts = (text_in(one).strip() for one in links)
    return next(filter(None, texts), "")


def _is_other_than_html(link: Any) -> bool:
    return link.get("type") not in (None, "", "text/html")


def _is_page(link: Any) -> bool:
    """Whether a link of Atom leads to what the item or channel is about."""
    return bool(link.get("href")) and link.get("rel") in (None, "", "alternate")


def _atom_people(elements: Iterable[Any], role: str = "") -> list[Person]:
    out = []
    for element in elements:
        address = absolute(said(element, "uri", "url"), "")
        for person in people_of([said(element, "name")], role):
            out.append(Person(person.name, person.role, address, person.org))
    return out


def _contributors(item: Any) -> tuple[Person, ...]:
    """The contributors of an item: texts, and elements with a name."""
    others = list(own(item, "contributor", families=("", "atom", "dc")))
    flat = [text_in(e) for e in others if not len(e)]
    atom = [e for e in others if len(e)]
    return merged(people_of(flat, "contributor"), _atom_people(atom, "contributor"))


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


def _described(images: Sequence[Image]) -> Iterator[Image]:
    """The pictures beside the first one that say something else; others are its sizes."""
    said = {(image.caption, image.credit) for image in images[:1]} | {("", "")}
    for image in images[1:]:
        if (image.caption, image.credit) not in said:
            said.add((image.caption, image.credit))
            yield image


def plain_title(text: str) -> str:
    """A title that may hold markup or escaped characters, as text."""
    if "&" in text:
        text = unescape(text)
    if "<" in text:
        text = _CDATA.sub(r"\1", text)
        text = _TITLE_TAG.sub(" ", text)
    return clean_inline(text)


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
    from lxml import etree

    text = _CDATA.sub(r"\1", element.text or "")
    if element.get("mode") == "base64":  # of Atom 0.3
        return _from_base64(text)
    if len(element):
        parts = (etree.tostring(c, encoding="unicode", with_tail=True) for c in element)
        return "".join([escape(text), *parts])
    return _paragraphs(text) if _is_plain(element) else text


def _from_base64(text: str) -> str:
    """What an encoded text says; a text that is not encoded stays."""
    try:
        return decode_text(binascii.a2b_base64(text))[0]
    except binascii.Error:
        return text


def _paragraphs(text: str) -> str:
    parts = re.split(r"\n\s*\n", text)
    return "".join(f"<p>{escape(part)}</p>" for part in parts if part.strip())


def _is_plain(element: Any) -> bool:
    """Whether what an element holds is text: Media RSS says where it is HTML, all others say where
    it is not."""
    kind = element.get("type") or ""
    if family(element) == "media":
        return kind != "html"
    return kind in ("text", "text/plain")


def _categories(item: Any) -> list[str]:
    """The subjects of an item, in the order of its elements."""
    return [said for element in item for said in _subjects_in(element)]


def _subjects_in(element: Any) -> list[str]:
    """The subjects that one element of an item says."""
    name = local(element)
    if family(element) not in _SUBJECTS.get(name, ()):
        return []
    if name == "keywords":
        return text_in(element)[:2000].split(",")
    if name == "subject":
        return [text_in(element)]
    if _is_blogger_kind(element):
        return []
    return [element.get("label") or element.get("term") or text_in(element)]


def _license(element: Any) -> str:
    """What the first license of a channel or an item says, an element or a link."""
    named = (_license_in(one) for one in element if _is_license(one))
    return clean_inline(next(named, ""))[:300]


def _is_license(element: Any) -> bool:
    name = local(element)
    return name == "license" or (name == "link" and element.get("rel") == "license")


def _license_in(element: Any) -> str:
    if local(element) == "link":
        return element.get("href") or ""
    return text_in(element) or element.get(_RESOURCE) or ""
