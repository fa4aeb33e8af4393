"""WordPress exports (WXR) to articles: posts only, with the names behind logins and the pictures
behind numbers."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, BinaryIO

import msgspec

from sitegen.base.text import unix_lines
from sitegen.base.urls import comparable_url
from sitegen.importer.fields.text import clean_inline, cut
from sitegen.importer.fields.values import (
    ambiguous,
    change_after,
    language,
    merged,
    old_paths,
    people_of,
    read_moment,
    words,
)
from sitegen.importer.formats.feed import plain_title
from sitegen.importer.formats.safe_xml import (
    CUT,
    SETTINGS,
    Stream,
    children,
    each,
    local,
    sound_stream,
    text_in,
    without_open_field,
)
from sitegen.importer.limits import of_readers_left_out
from sitegen.importer.model import Batch, Imported, Skipped
from sitegen.importer.to_markdown import absolute
from sitegen.model.article import Image, Person, Source
from sitegen.model.base import Struct

MAX_KEPT = 200_000
_MORE = re.compile(r"<!--\s*(?:more\b[^>]{0,200}|nextpage)\s*-->", re.I)
_CAPTION = re.compile(r"\[caption([^\[\]]{0,500})\]([^\[\]]{0,4000})\[/caption\]")
# `[embed]URL[/embed]`, `[youtube URL]`, `[audio src="URL"]`
_EMBED = re.compile(
    r"\[(?P<name>embed|youtube|vimeo|video|audio|soundcloud|dailymotion|spotify|playlist)\b"
    r"[^\[\]]{0,200}?(?:(?P<url>https?://[^\s\[\]\"']{4,1000})[^\[\]]{0,200})?\]"
    r"(?:\s*(?P<inside>https?://[^\s\[\]]{4,1000})?\s*\[/(?P=name)\])?"
)
# A URL alone in a line is a player, if its host is one of players (oEmbed in WordPress).
_PLAYER = re.compile(
    r"https?://(?:[\w-]{1,20}\.)?(?:youtube\.com|youtu\.be|vimeo\.com|dailymotion\.com"
    r"|soundcloud\.com|spotify\.com|mixcloud\.com|tiktok\.com|twitter\.com|x\.com"
    r"|instagram\.com|flickr\.com|ted\.com|videopress\.com|reddit\.com|bsky\.app)/[^\s<\"']{1,1000}"
)
_ALONE = re.compile(rf"(?m)(?P<before>^|>)[ \t]*(?P<url>{_PLAYER.pattern})[ \t]*(?P<after>$|<)")
_GALLERY = re.compile(
    r"\[gallery\b[^\[\]]{0,500}?\bids=[\"'](?P<ids>[\d, ]{1,2000})[\"'][^\[\]]{0,500}\]"
)
_SHORTCODE = re.compile(r"\[/?([a-z][a-z0-9_-]{2,30})(?:\s[^\[\]]{0,500})?/?\]")
_BLOCKS = re.compile(
    r"^\s*</?(?:p|div|h[1-6]|ul|ol|li|blockquote|pre|table|figure|hr|section|tr|td|iframe|script"
    r"|style)\b",
    re.I,
)
_ZERO = "0000-00-00"


class _Channel(Struct, frozen=True):
    """What an export says for all of its posts."""

    title: str
    home: str
    lang: str
    names: dict[str, str]
    pictures: dict[str, Image]
    shared: frozenset[str] = frozenset()  # addresses that several posts have
    cut: int = 0  # the number of the item within which the export ends
    comments: int = 0  # of readers


def read_wxr(open_source: Callable[[], BinaryIO], *, zone: str = "") -> Batch:
    """The posts of an export.

    The source is opened again and again: pictures may be behind the posts that show them.
    """
    stream = sound_stream(open_source)
    channel = _channel(stream)
    comments = of_readers_left_out(channel.comments, "comment")
    return Batch(_posts(stream, channel, zone), (*stream.notes, *comments))


def _posts(stream: Stream, channel: _Channel, zone: str) -> Iterator[Imported | Skipped]:
    with stream.open() as source:
        for number, item in enumerate(each(source, "item"), 1):
            if number == channel.cut:
                without_open_field(item, stream.cut)
            post = _post(item, channel, zone)
            if number == channel.cut and isinstance(post, Imported):
                post = msgspec.structs.replace(post, doubts=(*post.doubts, CUT))
            yield post


def _channel(stream: Stream) -> _Channel:
    found = _Found()
    from lxml import etree

    with stream.open() as source:
        try:
            for _, element in etree.iterparse(source, events=("end",), recover=True, **SETTINGS):
                found.take(element)
        except (etree.LxmlError, ValueError):
            pass
    return _Channel(
        found.said["title"],
        absolute(found.said["link"], ""),
        language(found.said["language"]),
        found.names,
        found.pictures,
        frozenset(ambiguous(found.links)),
        found.items if "item" in stream.cut else 0,
        found.comments,
    )


class _Found:
    """What is found of a channel, element by element."""

    def __init__(self) -> None:
        self.said = {"title": "", "link": "", "language": ""}
        self.names: dict[str, str] = {}
        self.pictures: dict[str, Image] = {}
        self.links: list[tuple[str, str]] = []
        self.items = self.comments = 0

    def take(self, element: Any) -> None:
        """Keep what an element says, and forget the items that have been read."""
        name = local(element)
        is_person = name == "author" and len(element) > 0
        if name in self.said and local(element.getparent()) == "channel":
            self.said[name] = clean_inline(text_in(element))[:300]
        elif is_person and len(self.names) < MAX_KEPT:
            self._take_author(element)
        elif name == "comment":
            self.comments += 1
        elif name == "item":
            self.items += 1
            self._take_item(element)
            _forget(element)

    def _take_author(self, element: Any) -> None:
        login, shown = _of(element, "author_login"), _of(element, "author_display_name")
        parts = (_of(element, "author_first_name"), _of(element, "author_last_name"))
        self.names[login] = clean_inline(shown or " ".join(filter(None, parts)) or login)

    def _take_item(self, element: Any) -> None:
        number = _of(element, "post_id")
        link = _of(element, "link")
        if link and len(self.links) < MAX_KEPT:
            self.links.append((comparable_url(link), number or _of(element, "title")))
        if _of(element, "post_type") == "attachment" and len(self.pictures) < MAX_KEPT:
            self.pictures[number] = _attachment(element)


def _forget(item: Any) -> None:
    """Free the memory of an item, and the item before it from the tree."""
    item.clear()
    before = item.getprevious()
    if before is not None and local(before) == "item":
        item.getparent().remove(before)


def _of(element: Any, name: str) -> str:
    """The text of a child, without building lists of the others."""
    for one in element:
        if local(one) == name:
            return text_in(one).strip()
    return ""


def _attachment(item: Any) -> Image:
    meta = _meta(item)
    caption = _encoded(item, is_excerpt=True)
    return Image(
        absolute(_of(item, "attachment_url"), ""),
        alt=clean_inline(meta.get("_wp_attachment_image_alt", "")),
        caption=plain_title(caption),
    )


def _meta(item: Any) -> dict[str, str]:
    return {_of(m, "meta_key"): _of(m, "meta_value") for m in children(item, "postmeta")[:300]}


def _encoded(item: Any, *, is_excerpt: bool) -> str:
    """The excerpt or the body of an item."""
    for one in item:
        if local(one) == "encoded" and ("excerpt" in str(one.tag)) == is_excerpt:
            return text_in(one)
    return ""


_LEFT_OUT = ("trash", "auto-draft", "inherit")  # statuses of what is no post, or none any more
_STATES = {"publish": "", "future": "", "private": "withheld"}
_NO_SECTION = ("uncategorized", "allgemein", "non classé", "sin categoría")


def _post(item: Any, channel: _Channel, zone: str) -> Imported | Skipped:
    title = plain_title(_of(item, "title"))
    shown = title or f"post {_of(item, 'post_id')}"
    kind, status = _of(item, "post_type") or "post", _of(item, "status") or "publish"
    if kind not in ("post", "page"):
        return Skipped(shown, f"is of WordPress' type `{kind}`, not a post or page")
    if status in _LEFT_OUT:
        return Skipped(shown, f"has the status `{status}` in WordPress")
    found = _as_article(item, channel, zone, title, status)
    if kind == "post":
        return found
    if not found.html.strip():
        return Skipped(shown, "is a page of WordPress without text: a template makes what it shows")
    return _as_page(found)


def _as_page(found: Imported) -> Imported:
    """An article as a page, at the path that it had, with the pages above it."""
    path = next((path.strip("/") for path in found.aliases), found.slug)
    return msgspec.structs.replace(found, kind="page", slug=path)


def _as_article(item: Any, channel: _Channel, zone: str, title: str, status: str) -> Imported:
    date, updated = _date(item, zone), _moment(item, "post_modified", zone)
    state = "withheld" if _of(item, "post_password") else _STATES.get(status, "draft")
    authors, authors_from = _authors(item, channel)
    written = _with_galleries(_encoded(item, is_excerpt=False), channel.pictures)
    body, lead_text, doubts = _body(written)
    excerpt = plain_title(_encoded(item, is_excerpt=True)) or lead_text
    link = absolute(_of(item, "link"), channel.home)
    canonical = link if _is_own_page(link, channel) else ""
    sections = [word for word in _categories(item, "category") if word.lower() not in _NO_SECTION]
    tags = _categories(item, "post_tag")
    image = channel.pictures.get(_meta(item).get("_thumbnail_id", ""))
    found = {
        "title": (title, "from title"),
        "authors": (authors, authors_from),
        "date": (date, "from wp:post_date and wp:post_date_gmt"),
        "status": (state, f"from wp:status {status}"),
        "section": (sections, "from the first category"),
        "tags": (tags, "from category"),
        "canonical": (canonical, "from link"),
        "summary": (excerpt, "from excerpt:encoded"),
        "image": (image, "from _thumbnail_id"),
    }
    return Imported(
        title=title,
        authors=authors,
        date=date,
        updated=change_after(date, updated),
        publish_at=date if status == "future" else "",
        status=state,
        section=sections[0] if sections else "",
        tags=merged_words(sections[1:], tags),
        image=image,
        source=Source(channel.title, canonical or channel.home),
        canonical=canonical,
        lang=channel.lang,
        html=body,
        base=link or channel.home,
        summary=excerpt,
        lead=_of(item, "is_sticky") == "1",
        slug=clean_inline(_of(item, "post_name"))[:200],
        aliases=old_paths(canonical) if canonical else (),
        guid=_guid(item, channel),
        doubts=doubts,
        evidence=tuple((name, how) for name, (value, how) in found.items() if value),
        own=True,
    )


def _categories(item: Any, domain: str) -> tuple[str, ...]:
    """The words of a taxonomy that a post has."""
    return words(text_in(c) for c in children(item, "category") if c.get("domain") == domain)


def _is_own_page(link: str, channel: _Channel) -> bool:
    """Whether a link leads to a page of this post, and not to a number or a page of several."""
    if not link or "?p=" in link or link == channel.home:
        return False
    return comparable_url(link) not in channel.shared


def _guid(item: Any, channel: _Channel) -> str:
    said = clean_inline(_of(item, "guid"))[:1000]
    return said or f"{channel.home} {_of(item, 'post_id')}"


def merged_words(*groups: Any) -> tuple[str, ...]:
    """Several lists of words as one, each word once."""
    return tuple(dict.fromkeys(w for group in groups for w in group))


def _authors(item: Any, channel: _Channel) -> tuple[tuple[Person, ...], str]:
    """Co-authors where a plugin keeps them as a taxonomy, else the one behind the login."""
    named = [text_in(one).strip() for one in children(item, "category") if _is_author(one)]
    if named:
        shown = people_of(channel.names.get(name, name) for name in named)
        return merged(shown), "from the co-authors"
    login = _of(item, "creator")
    return merged(_behind(login, channel)), "from dc:creator and wp:author"


def _is_author(category: Any) -> bool:
    return bool(category.get("domain") == "author")


def _behind(login: str, channel: _Channel) -> list[Person]:
    """The people whom a login names; a login that the export does not explain stays a name."""
    name = channel.names.get(login, login)
    if " " in name or login in channel.names:
        found = people_of([name])
        name = clean_inline(name)
    else:
        found = []
    return found or ([Person(name)] if name else [])


def _date(item: Any, zone: str) -> str:
    """When a post appeared: as WordPress says it, else as the feed does, which is all that
    Squarespace writes."""
    return _moment(item, "post_date", zone) or read_moment(_of(item, "pubDate"), zone)


def _moment(item: Any, name: str, zone: str) -> str:
    """A date with the offset that lies between its local and its universal form."""
    here, gmt = _set_date(item, name), _set_date(item, name + "_gmt")
    if here and gmt:
        return _offset_or_universal(here, gmt, zone)
    if here:
        return read_moment(here, zone)
    return read_moment(gmt, "UTC") if gmt else ""


def _offset_or_universal(here: str, gmt: str, zone: str) -> str:
    """A moment that is given in both forms."""
    try:
        return _with_offset(here, gmt) or read_moment(gmt, "UTC")
    except ValueError:
        return read_moment(gmt, "UTC") or read_moment(here, zone)


def _set_date(item: Any, name: str) -> str:
    """A date of an item; empty where it is the zeros of a draft."""
    said = _of(item, name)
    return "" if said.startswith(_ZERO) else said


def _with_offset(here: str, gmt: str) -> str:
    """A local time with its offset; empty where that is none of any zone.

    Raises ValueError for what is no date.
    """
    local_time, world = datetime.fromisoformat(here), datetime.fromisoformat(gmt)
    minutes = round((local_time - world).total_seconds() / 60)
    if abs(minutes) > 15 * 60 or minutes % 15:
        return ""
    return local_time.replace(tzinfo=timezone(timedelta(minutes=minutes))).isoformat()


def _with_galleries(text: str, pictures: Mapping[str, Image]) -> str:
    """``text`` with the pictures of galleries; one with a picture that the export lacks stays as it
    is."""

    def shown(match: re.Match[str]) -> str:
        found = [pictures.get(number) for number in re.findall(r"\d+", match["ids"])]
        return "".join(map(_picture, filter(None, found))) if all(found) else match[0]

    return _GALLERY.sub(shown, text)


def _picture(image: Image) -> str:
    """A picture of a gallery as HTML."""
    below = f"<figcaption>{html.escape(image.caption)}</figcaption>" if image.caption else ""
    src, alt = html.escape(image.src), html.escape(image.alt)
    return f'<figure><img src="{src}" alt="{alt}">{below}</figure>'


def _body(text: str) -> tuple[str, str, tuple[str, ...]]:
    """(HTML, what stands before `more`, doubts): paragraphs made of blank lines, captions made
    figures."""
    text = cut(text, r"<!--[ ]?/?wp:", "-->")
    more = re.search(r"<!--\s*more\b", text, re.I)
    teaser = (
        plain_title(re.sub(r"<[^<>]{1,2000}>", " ", text[: more.start()]))[:1000] if more else ""
    )
    text = _MORE.sub("\n\n", text)
    text = _EMBED.sub(_embedded, text)
    text = _ALONE.sub(lambda m: f"{m['before']}{_framed(m['url'])}{m['after']}", text)
    text = _CAPTION.sub(_figure, text)
    if not re.search(r"<p[\s>]", text, re.I):
        parts = (p.strip() for p in re.split(r"\n\s*\n", unix_lines(text)))
        text = "\n".join(
            p if _BLOCKS.match(p) else "<p>" + p.replace("\n", "<br>") + "</p>" for p in parts if p
        )
    codes = sorted({m[1] for m in _SHORTCODE.finditer(cut(text[:500_000], "<pre", "</pre>"))})
    return text, teaser, (f"shortcodes are left as text: {', '.join(codes[:6])}",) if codes else ()


def _embedded(match: re.Match[str]) -> str:
    """A shortcode that embeds a URL as what it embeds; others stay as they are."""
    url = match["inside"] or match["url"]
    if not url:
        return match[0]
    link = html.escape(url)
    is_player = match["name"] != "embed" or _PLAYER.fullmatch(url)
    return _framed(url) if is_player else f'<p><a href="{link}">{link}</a></p>'


def _framed(url: str) -> str:
    """What plays at a URL, as pages embed it."""
    return f'<iframe src="{html.escape(html.unescape(url))}"></iframe>'


def _figure(match: re.Match[str]) -> str:
    inside = match[2]
    image = re.search(r"<img\b[^<>]{0,4000}>", inside)
    attribute = re.search(r'caption="([^"]{0,1000})"', match[1])
    said = html.unescape(attribute[1]) if attribute else re.sub(r"<[^<>]{1,2000}>", " ", inside)
    return (
        f"<figure>{image[0]}<figcaption>{html.escape(clean_inline(said))}</figcaption></figure>"
        if image
        else f"<p>{inside}</p>"
    )
