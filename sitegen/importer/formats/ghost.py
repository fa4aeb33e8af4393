"""Exports of Ghost to articles.

https://ghost.org/docs/migration/custom/. A text is kept as HTML and as the document of one of two
editors, Lexical and Mobiledoc; drafts may have the document only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import Dates, old_paths, words
from sitegen.importer.formats.jsonfeed import load_items
from sitegen.importer.model import Batch, Imported, Skipped
from sitegen.importer.to_markdown import absolute
from sitegen.model.article import Image, Person

MAX_DEPTH = 60  # of a document
_BOLD, _ITALIC, _CODE = 1, 2, 16  # of the formats of Lexical
_TAGS = {"paragraph": "p", "quote": "blockquote", "listitem": "li", "aside": "blockquote"}


def read_ghost(data: bytes, zone: str = "") -> Batch:
    """The posts of a Ghost export; its pages are skipped, its drafts stay drafts."""
    value, notes = load_items(data)
    found: list[Imported | Skipped] = []
    for database in _databases(value):
        found += _posts(database, zone)
    return Batch(found, notes)


def _databases(value: Any) -> Iterator[dict[str, Any]]:
    """The tables of an export: one in a list, or the object itself."""
    whole = value if isinstance(value, dict) else {}
    for one in whole.get("db") or [whole]:
        if isinstance(one, dict) and isinstance(one.get("data"), dict):
            yield one["data"]


def _posts(database: dict[str, Any], zone: str) -> Iterator[Imported | Skipped]:
    users = {str(u["id"]): u for u in database.get("users") or () if "id" in u}
    tags = {str(t["id"]): t for t in database.get("tags") or () if "id" in t}
    authors = _linked(database.get("posts_authors"), "author_id")
    tagged = _linked(database.get("posts_tags"), "tag_id")
    for post in database.get("posts") or ():
        key = str(post.get("id", ""))
        title = clean_inline(str(post.get("title") or ""))
        if post.get("type") == "page" or post.get("page"):
            yield Skipped(title, "a page of the site: copy its text to content/pages/")
            continue
        people = [
            users[u] for u in authors.get(key, [str(post.get("author_id", ""))]) if u in users
        ]
        names = [str(tags[t].get("name", "")) for t in tagged.get(key, ()) if t in tags]
        yield _post(post, title, people, names, zone)


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
    published = str(post.get("published_at") or "")
    updated = str(post.get("updated_at") or "")
    status = str(post.get("status") or "")
    slug = clean_inline(str(post.get("slug") or ""))
    shown = str(post.get("feature_image") or "")
    image = absolute(shown, "")
    lost = (f"its image {clean_inline(shown)[:200]} is not in the export",)
    date = dates(published) if published else ""
    return Imported(
        title=title,
        dek=clean_inline(str(post.get("custom_excerpt") or "")),
        authors=tuple(Person(clean_inline(str(u.get("name", "")))) for u in users if u.get("name")),
        date=date,
        updated=dates(updated) if updated and published else "",
        publish_at=date if status == "scheduled" else "",
        canonical=absolute(str(post.get("canonical_url") or ""), ""),
        tags=words(name for name in tags if not name.startswith("#")),
        html=_html(post),
        image=Image(src=image) if image else None,
        status="" if status in ("published", "sent", "scheduled") else "draft",
        slug=slug,
        aliases=old_paths(f"/{slug}/"),
        guid=str(post.get("uuid") or post.get("id") or ""),
        own=True,
        notes=(*dates.notes, *(lost if shown and not image else ())),
        evidence=(("title", "from the post"),),
    )


# The text of a post ---------------------------------------------------------------------------


def _html(post: dict[str, Any]) -> str:
    """The HTML of a post, else what the document of its editor says, else its plain text."""
    if html := str(post.get("html") or ""):
        return html
    lexical = _document(post.get("lexical")).get("root")
    if isinstance(lexical, dict):
        return _lexical(lexical, 0)
    mobiledoc = _document(post.get("mobiledoc"))
    if mobiledoc:
        return "".join(_section(one, mobiledoc) for one in _list(mobiledoc.get("sections")))
    plain = str(post.get("plaintext") or "")
    return "".join(f"<p>{escape(part)}</p>" for part in plain.split("\n\n") if part.strip())


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
    kind = str(node.get("type") or "")
    if "text" in node and kind.endswith("text"):
        return _formatted(str(node["text"]), node.get("format"))
    if kind == "linebreak":
        return "<br>"
    if card := _card(kind, node):
        return card
    children = _list(node.get("children")) if depth < MAX_DEPTH else []
    inside = "".join(_lexical(child, depth + 1) for child in children if isinstance(child, dict))
    if kind.endswith("heading"):
        tag = str(node.get("tag"))
        tag = tag if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else "h2"
    elif kind == "list":
        tag = "ol" if node.get("listType") == "number" else "ul"
    elif kind == "link":
        return f'<a href="{escape(str(node.get("url") or ""))}">{inside}</a>'
    else:
        tag = _TAGS.get(kind.removeprefix("extended-"), "")
    return f"<{tag}>{inside}</{tag}>" if tag else inside


def _formatted(text: str, bits: Any) -> str:
    html = escape(text)
    number = bits if isinstance(bits, int) else 0
    for bit, tag in ((_CODE, "code"), (_ITALIC, "em"), (_BOLD, "strong")):
        html = f"<{tag}>{html}</{tag}>" if number & bit else html
    return html


def _card(kind: str, said: dict[str, Any]) -> str:
    """A card of an editor as HTML: an image, HTML, something embedded; empty for any other."""
    if kind == "html" or (kind == "embed" and said.get("html")):
        return str(said.get("html") or "")
    if kind in ("embed", "bookmark") and said.get("url"):
        url = escape(str(said["url"]))
        return f'<p><a href="{url}">{url}</a></p>'
    if kind == "image" and said.get("src"):
        caption = str(said.get("caption") or "")
        image = f'<img src="{escape(str(said["src"]))}" alt="{escape(str(said.get("alt") or ""))}">'
        return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"
    if kind in ("codeblock", "code"):
        return f"<pre><code>{escape(str(said.get('code') or ''))}</code></pre>"
    if kind in ("markdown", "card-markdown"):
        return f"<p>{escape(str(said.get('markdown') or ''))}</p>"
    return ""


def _section(section: Any, document: dict[str, Any]) -> str:
    """A section of a Mobiledoc as HTML.

    https://github.com/bustle/mobiledoc-kit/blob/master/MOBILEDOC.md
    """
    parts = _list(section)
    kind = parts[0] if parts else None
    if kind == 1 and len(parts) > 2:
        return f"<p>{_markers(parts[2])}</p>" if parts[1] == "p" else _tagged(*parts[1:3])
    if kind == 3 and len(parts) > 2:
        tag = "ol" if parts[1] == "ol" else "ul"
        items = "".join(f"<li>{_markers(item)}</li>" for item in _list(parts[2]))
        return f"<{tag}>{items}</{tag}>"
    if kind == 10 and len(parts) > 1:
        cards = _list(document.get("cards"))
        card = cards[parts[1]] if isinstance(parts[1], int) and parts[1] < len(cards) else None
        if isinstance(card, list) and len(card) > 1 and isinstance(card[1], dict):
            return _card(str(card[0]), card[1])
    return ""


def _tagged(tag: Any, markers: Any) -> str:
    name = tag if tag in ("h1", "h2", "h3", "h4", "h5", "h6", "blockquote") else "p"
    return f"<{name}>{_markers(markers)}</{name}>"


def _markers(markers: Any) -> str:
    """The texts of markers, which are lists with the text at their end."""
    parts = (marker[-1] for marker in _list(markers) if isinstance(marker, list) and marker)
    return "".join(escape(str(part)) for part in parts if isinstance(part, str))
