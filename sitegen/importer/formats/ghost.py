"""Exports of Ghost to articles.

https://ghost.org/docs/migration/custom/. A text is kept as HTML and as the document of one of two
editors, Lexical and Mobiledoc; drafts may have the document only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import Dates, closed_post, old_paths, status_of_post, words
from sitegen.importer.formats.jsonfeed import load_items
from sitegen.importer.limits import objects_of
from sitegen.importer.model import Batch, Imported, Skipped
from sitegen.importer.to_markdown import absolute
from sitegen.model.article import Image, Person

MAX_DEPTH = 60  # of a document
_BOLD, _ITALIC, _CODE = 1, 2, 16  # of the formats of Lexical
_MARKUP_SECTION, _LIST_SECTION, _CARD_SECTION = 1, 3, 10  # of Mobiledoc
_DATED = ("published", "sent", "scheduled")  # the states of posts that are no drafts
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TAGS = {"paragraph": "p", "quote": "blockquote", "listitem": "li", "aside": "blockquote"}


def read_ghost(data: bytes, zone: str = "") -> Batch:
    """The posts of a Ghost export; its pages are skipped, its drafts stay drafts, and what only
    members may read is withheld."""
    value, notes = load_items(data)
    found: list[Imported | Skipped] = []
    for database in _databases(value):
        posts, others = objects_of(_list(database.get("posts")), "post")
        found += _posts(database, posts, zone)
        notes = (*notes, *others)
    return Batch(found, notes)


def _databases(value: Any) -> Iterator[dict[str, Any]]:
    """The tables of an export: one in a list, or the object itself."""
    whole = value if isinstance(value, dict) else {}
    for one in whole.get("db") or [whole]:
        if isinstance(one, dict) and isinstance(one.get("data"), dict):
            yield one["data"]


def _posts(
    database: dict[str, Any], posts: list[dict[str, Any]], zone: str
) -> Iterator[Imported | Skipped]:
    users = _by_id(database.get("users"))
    tags = _by_id(database.get("tags"))
    authors = _linked(database.get("posts_authors"), "author_id")
    tagged = _linked(database.get("posts_tags"), "tag_id")
    for post in posts:
        key = str(post.get("id", ""))
        title = clean_inline(str(post.get("title") or ""))
        if post.get("type") == "page" or post.get("page"):
            yield Skipped(title, "a page of the site: copy its text to content/pages/")
            continue
        lone_author = [str(post.get("author_id", ""))]  # of exports before 1.22
        people = _named_rows(users, authors.get(key, lone_author))
        names = [str(tag.get("name", "")) for tag in _named_rows(tags, tagged.get(key, []))]
        yield _post(post, title, people, names, zone)


def _by_id(rows: Any) -> dict[str, dict[str, Any]]:
    return {str(row["id"]): row for row in rows or () if "id" in row}


def _named_rows(table: dict[str, dict[str, Any]], ids: list[str]) -> list[dict[str, Any]]:
    """The rows of a table that ids name, without those that the export lacks."""
    return [table[one] for one in ids if one in table]


def _linked(rows: Any, field: str) -> dict[str, list[str]]:
    """post -> the others that rows of a table link it with, in their order."""
    out: dict[str, list[str]] = {}
    for row in sorted(rows or (), key=lambda r: int(r.get("sort_order") or 0)):
        out.setdefault(str(row.get("post_id", "")), []).append(str(row.get(field, "")))
    return out


def _post(
    post: dict[str, Any], title: str, users: list[dict[str, Any]], tags: list[str], zone: str
) -> Imported:
    dates = Dates(zone)
    date, updated = _dates(post, dates)
    status, visibility = _text(post, "status"), _text(post, "visibility") or "public"
    is_open = visibility == "public"
    closed = () if is_open else (closed_post("members", "Ghost", visibility),)
    slug = clean_inline(_text(post, "slug"))
    image, lost = _image(post)
    return Imported(
        title=title,
        dek=clean_inline(_text(post, "custom_excerpt")),
        authors=_people(users),
        date=date,
        updated=updated,
        publish_at=date if status == "scheduled" else "",
        canonical=absolute(_text(post, "canonical_url"), ""),
        tags=words(name for name in tags if not name.startswith("#")),
        html=_html(post),
        image=image,
        status=status_of_post(is_published=status in _DATED, is_open=is_open),
        slug=slug,
        aliases=old_paths(f"/{slug}/"),
        guid=_text(post, "uuid") or _text(post, "id"),
        own=True,
        notes=(*dates.notes, *lost, *closed),
        evidence=(("title", "from the post"),),
    )


def _text(said: dict[str, Any], key: str) -> str:
    """A value as text; a missing or empty one is an empty text."""
    return str(said.get(key) or "")


def _dates(post: dict[str, Any], dates: Dates) -> tuple[str, str]:
    """(when a post appeared, when it was changed after that); a draft has neither."""
    published, updated = _text(post, "published_at"), _text(post, "updated_at")
    if not published:
        return "", ""
    return dates(published), dates(updated)


def _people(users: list[dict[str, Any]]) -> tuple[Person, ...]:
    names = (str(user.get("name", "")) for user in users if user.get("name"))
    return tuple(Person(clean_inline(name)) for name in names)


def _image(post: dict[str, Any]) -> tuple[Image | None, tuple[str, ...]]:
    """(the picture of a post, a note where it is a file that the export lacks)."""
    shown = _text(post, "feature_image")
    address = absolute(shown, "")
    if address:
        return Image(src=address), ()
    lost = f"its image {clean_inline(shown)[:200]} is not in the export"
    return None, (lost,) if shown else ()


# The text of a post ---------------------------------------------------------------------------


def _html(post: dict[str, Any]) -> str:
    """The HTML of a post, else what the document of its editor says, else its plain text."""
    if html := _text(post, "html"):
        return html
    lexical = _document(post.get("lexical")).get("root")
    if isinstance(lexical, dict):
        return _lexical(lexical, 0)
    mobiledoc = _document(post.get("mobiledoc"))
    if mobiledoc:
        sections = _list(mobiledoc.get("sections"))
        return "".join(_section(one, mobiledoc) for one in sections)
    paragraphs = _text(post, "plaintext").split("\n\n")
    return "".join(f"<p>{escape(one)}</p>" for one in paragraphs if one.strip())


def _document(value: Any) -> dict[str, Any]:
    """A document that is JSON in a text; an empty one for anything else."""
    try:
        found = json.loads(value) if isinstance(value, str) and value else None
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _lexical(node: dict[str, Any], depth: int) -> str:
    """A node of Lexical as HTML. https://lexical.dev/docs/concepts/nodes"""
    kind = _text(node, "type")
    if "text" in node and kind.endswith("text"):
        return _formatted(str(node["text"]), node.get("format"))
    if kind == "linebreak":
        return "<br>"
    if card := _card(kind, node):
        return card
    inside = _lexical_children(node, depth)
    if kind == "link":
        return f'<a href="{escape(_text(node, "url"))}">{inside}</a>'
    tag = _lexical_tag(kind, node)
    return f"<{tag}>{inside}</{tag}>" if tag else inside


def _lexical_children(node: dict[str, Any], depth: int) -> str:
    if depth >= MAX_DEPTH:
        return ""
    children = [one for one in _list(node.get("children")) if isinstance(one, dict)]
    return "".join(_lexical(one, depth + 1) for one in children)


def _lexical_tag(kind: str, node: dict[str, Any]) -> str:
    """The element of a node; an empty text for one that only holds others."""
    if kind.endswith("heading"):
        tag = str(node.get("tag"))
        return tag if tag in _HEADINGS else "h2"
    if kind == "list":
        return "ol" if node.get("listType") == "number" else "ul"
    return _TAGS.get(kind.removeprefix("extended-"), "")


def _formatted(text: str, bits: Any) -> str:
    html = escape(text)
    number = bits if isinstance(bits, int) else 0
    for bit, tag in ((_CODE, "code"), (_ITALIC, "em"), (_BOLD, "strong")):
        html = f"<{tag}>{html}</{tag}>" if number & bit else html
    return html


def _card(kind: str, said: dict[str, Any]) -> str:
    """A card of an editor as HTML: an image, HTML, something embedded; empty for any other."""
    write = _CARDS.get(kind)
    return write(said) if write else ""


def _html_card(said: dict[str, Any]) -> str:
    return _text(said, "html")


def _embed_card(said: dict[str, Any]) -> str:
    return _text(said, "html") or _bookmark_card(said)


def _bookmark_card(said: dict[str, Any]) -> str:
    url = escape(_text(said, "url"))
    return f'<p><a href="{url}">{url}</a></p>' if url else ""


def _image_card(said: dict[str, Any]) -> str:
    source, alt = escape(_text(said, "src")), escape(_text(said, "alt"))
    if not source:
        return ""
    caption = _text(said, "caption")  # HTML
    return f'<figure><img src="{source}" alt="{alt}"><figcaption>{caption}</figcaption></figure>'


def _code_card(said: dict[str, Any]) -> str:
    return f"<pre><code>{escape(_text(said, 'code'))}</code></pre>"


def _markdown_card(said: dict[str, Any]) -> str:
    return f"<p>{escape(_text(said, 'markdown'))}</p>"


_CARDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "html": _html_card,
    "embed": _embed_card,
    "bookmark": _bookmark_card,
    "image": _image_card,
    "codeblock": _code_card,
    "code": _code_card,
    "markdown": _markdown_card,
    "card-markdown": _markdown_card,
}


def _section(section: Any, document: dict[str, Any]) -> str:
    """A section of a Mobiledoc as HTML.

    https://github.com/bustle/mobiledoc-kit/blob/master/MOBILEDOC.md
    """
    kind, *parts = _list(section) or [None]
    if kind == _CARD_SECTION and parts:
        return _numbered_card(document, parts[0])
    if len(parts) < 2:
        return ""
    if kind == _MARKUP_SECTION:
        return _tagged(*parts[:2])
    return _itemised(*parts[:2]) if kind == _LIST_SECTION else ""


def _numbered_card(document: dict[str, Any], number: Any) -> str:
    """A card of a Mobiledoc, which is a list of its name and what it says."""
    cards = _list(document.get("cards"))
    if not isinstance(number, int) or number >= len(cards):
        return ""
    name, said, *_ = (*_list(cards[number]), None, None)
    return _card(str(name), said) if isinstance(said, dict) else ""


def _tagged(tag: Any, markers: Any) -> str:
    name = tag if tag in _HEADINGS or tag == "blockquote" else "p"
    return f"<{name}>{_markers(markers)}</{name}>"


def _itemised(tag: Any, items: Any) -> str:
    name = "ol" if tag == "ol" else "ul"
    inside = "".join(f"<li>{_markers(item)}</li>" for item in _list(items))
    return f"<{name}>{inside}</{name}>"


def _markers(markers: Any) -> str:
    """The texts of markers, which are lists with the text at their end."""
    parts = (marker[-1] for marker in _list(markers) if isinstance(marker, list) and marker)
    return "".join(escape(str(part)) for part in parts if isinstance(part, str))
