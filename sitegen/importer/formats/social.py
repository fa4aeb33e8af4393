"""Posts of networks: the outbox of Mastodon (ActivityStreams 2.0,
https://www.w3.org/TR/activitystreams-vocabulary/) and Tumblr's API and exports
(https://www.tumblr.com/docs/en/api/v2)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from sitegen.base.text import counted
from sitegen.importer.archives import Tree
from sitegen.importer.detect import decode_html
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import Dates, language, old_paths, words
from sitegen.importer.formats.jsonfeed import listed, load_items, text
from sitegen.importer.html.fragment import read_fragment
from sitegen.importer.limits import first_of, objects_of
from sitegen.importer.model import Batch, Imported, Note, Skipped
from sitegen.importer.safe_json import load_json
from sitegen.importer.to_markdown import absolute, plain_block
from sitegen.model.article import Person, Source

MAX_POSTS = 200_000
MAX_FILE = 32 * 1024 * 1024
FIRST_WORDS = 9
_TUMBLR_TEXTS = ("body", "caption", "description", "question", "answer")
_OF_TUMBLR = re.compile(r"(?:.*/)?(?:posts/)?html/\d+\.html")
_STAMP = re.compile(r"id=[\"']?timestamp[\"']?[^<>]{0,200}>([^<>]{4,80})<", re.I)
_TAG = re.compile(r"class=[\"']?tag[\"']?[^<>]{0,200}>([^<>]{1,200})<", re.I)
_FOOTER = re.compile(r"<div[^<>]{0,200}id=[\"']?footer.*", re.I | re.S)
_TITLE = re.compile(r"<h1[^<>]{0,500}>(.*?)</h1>", re.I | re.S)
_BODY = re.compile(r"<body[^<>]{0,500}>(.*?)(?:</body>|$)", re.I | re.S)


# Mastodon -------------------------------------------------------------------------------------


def read_outbox(data: bytes, zone: str = "") -> Batch:
    """The posts of an `outbox.json`; what was only passed on is skipped."""
    value, notes = load_items(data)
    return _posts_of(value, notes, zone, {}, None)


def read_outbox_folder(tree: Tree, zone: str) -> Batch | None:
    """The posts of an export of Mastodon, with the author's name and the images that lie beside;
    None for any other folder."""
    names = set(tree.names())
    if "outbox.json" not in names:
        return None
    actor = load_json(tree.read("actor.json", MAX_FILE)) if "actor.json" in names else {}
    if not isinstance(actor, dict):
        actor = {}
    value, notes = load_items(tree.read("outbox.json", MAX_FILE))
    others = sorted(names - {"outbox.json", "actor.json"})
    left = [name for name in others if name.endswith((".json", ".csv"))]
    if left:
        what = f"{counted(len(left), 'file')} of the account not read: {', '.join(left[:6])}"
        notes = (*notes, Note(what, level="note"))
    return _posts_of(value, notes, zone, actor, tree)


def _posts_of(
    value: Any, notes: Iterable[Note], zone: str, actor: Mapping[str, Any], tree: Tree | None
) -> Batch:
    items, more = first_of(listed(value, "orderedItems"), MAX_POSTS, "posts")
    found: list[Imported | Skipped] = []
    for item in items:
        post = item.get("object") if isinstance(item, dict) else None
        if isinstance(post, dict):
            found.append(_mastodon_post(post, zone, actor, tree))
        else:
            name = str(post or text(item, "id"))[:200]
            found.append(Skipped(name, "a post of somebody else, passed on"))
    return Batch(found, (*notes, *more))


def _mastodon_post(
    post: Mapping[str, Any], zone: str, actor: Mapping[str, Any], tree: Tree | None
) -> Imported:
    dates = Dates(zone)
    url = absolute(text(post, "url") or text(post, "id"), "")
    content = text(post, "content")
    images, attached = _attachments(post, tree)
    name = clean_inline(text(actor, "name") or text(actor, "preferredUsername"))
    tags = [t.get("name", "").lstrip("#") for t in listed(post, "tag") if _is_hashtag(t)]
    lang = next(iter(post["contentMap"]), "") if isinstance(post.get("contentMap"), dict) else ""
    warning = clean_inline(text(post, "summary"))
    return Imported(
        title=warning or first_words(content),
        authors=(Person(name, url=absolute(text(post, "attributedTo"), "")),) if name else (),
        date=dates(text(post, "published")),
        source=Source(urlsplit(url).hostname or "", url),
        canonical=url,
        tags=words(tags),
        lang=language(lang),
        html=content + images,
        guid=text(post, "id"),
        attached=attached,
        notes=dates.notes,
        extra={"in_reply_to": reply} if (reply := absolute(text(post, "inReplyTo"), "")) else {},
        evidence=(("title", "from the post's " + ("warning" if warning else "first words")),),
        own=True,
    )


def _is_hashtag(tag: Any) -> bool:
    return (
        isinstance(tag, dict) and tag.get("type") == "Hashtag" and isinstance(tag.get("name"), str)
    )


def _attachments(post: Mapping[str, Any], tree: Tree | None) -> tuple[str, dict[str, bytes]]:
    """(the images and other files of a post as HTML, the bytes of those that lie in the folder)."""
    names = {n.rpartition("/")[2]: n for n in tree.names()} if tree is not None else {}
    out, attached = [], {}
    for one in listed(post, "attachment")[:20]:
        src, label = text(one, "url"), clean_inline(text(one, "name"))
        name = names.get(src.rpartition("/")[2], "")
        if not text(one, "mediaType").startswith("image/"):
            link = absolute(src, "")
            out.append(f'<p><a href="{html.escape(link)}">{html.escape(label or link)}</a></p>')
            continue
        if tree is not None and name:
            attached[src.lstrip("/")] = tree.read(name, MAX_FILE)
            src = src.lstrip("/")
        out.append(f'<p><img src="{html.escape(src)}" alt="{html.escape(label)}"></p>')
    return "".join(out), attached


# Tumblr ---------------------------------------------------------------------------------------


def read_tumblr(data: bytes, zone: str = "") -> Batch:
    """The posts of an answer of Tumblr's API."""
    value, notes = load_items(data)
    response = value.get("response", value) if isinstance(value, dict) else {"posts": value}
    blog = response.get("blog") if isinstance(response, dict) else {}
    given, more = first_of(listed(response, "posts"), MAX_POSTS, "posts")
    posts, others = objects_of(given, "post")
    found = [_tumblr_post(post, blog, zone) for post in posts]
    return Batch(found, (*notes, *more, *others))


def _tumblr_post(post: Mapping[str, Any], blog: Any, zone: str) -> Imported:
    dates = Dates(zone)
    body = _tumblr_body(post)
    url = absolute(text(post, "post_url"), "")
    title = clean_inline(text(post, "title"))
    is_own = text(post, "state") in ("", "published")
    author = text(post, "post_author")
    return Imported(
        title=title or clean_inline(text(post, "summary"))[:200] or first_words(body),
        authors=(Person(author),) if author else (),
        date=dates(text(post, "date")),
        source=Source(clean_inline(text(blog, "title") or text(post, "blog_name")), url),
        canonical=url,
        tags=words(listed(post, "tags")),
        html=body,
        base=url,
        slug=clean_inline(text(post, "slug")),
        aliases=old_paths(url),
        status="" if is_own else "draft",
        guid=url or text(post, "id_string"),
        notes=dates.notes,
        evidence=(("title", f"from the post's {'title' if title else 'first words'}"),),
        own=True,
    )


def _tumblr_photos(post: Mapping[str, Any]) -> Iterator[str]:
    """The pictures of a post as HTML."""
    for photo in listed(post, "photos")[:100]:
        if isinstance(photo, dict):
            src = html.escape(text(photo.get("original_size"), "url"))
            alt = html.escape(clean_inline(text(photo, "caption")))
            yield f'<p><img src="{src}" alt="{alt}"></p>'


def _tumblr_body(post: Mapping[str, Any]) -> str:
    """The text of a post of any type as HTML."""
    link = html.escape(_tumblr_link(post))
    anchor = f'<a href="{link}">{link}</a>' if link else ""
    said = text(post, "source") if post.get("type") == "quote" else ""
    return "".join(
        [
            *_tumblr_photos(post),
            _within("p", anchor),
            _within("blockquote", text(post, "text")),
            _within("p", said),
            *(text(post, key) for key in _TUMBLR_TEXTS),
        ]
    )


def _tumblr_link(post: Mapping[str, Any]) -> str:
    """What a post links to, or shows from elsewhere."""
    if post.get("type") == "link":
        return text(post, "url")
    return text(post, "permalink_url") or text(post, "video_url") or text(post, "audio_url")


def _within(tag: str, said: str) -> str:
    """``said`` in an element; nothing without it."""
    return f"<{tag}>{said}</{tag}>" if said else ""


def read_tumblr_folder(tree: Tree, zone: str) -> Batch | None:
    """The posts of an export of Tumblr, a page each; None for any other folder."""
    names = [name for name in tree.names() if _OF_TUMBLR.fullmatch(name)]
    if not names:
        return None
    pages = {name: decode_html(tree.read(name, MAX_FILE))[0] for name in names}
    if not _STAMP.search(pages[names[0]]):
        return None
    posts = [_tumblr_page(name, page, zone) for name, page in pages.items()]
    others = len(tree.names()) - len(names)
    if not others:
        return Batch(posts)
    note = Note(f"{counted(others, 'other file')} of the export not read", level="note")
    return Batch(posts, (note,))


def _tumblr_page(name: str, page: str, zone: str) -> Imported:
    dates = Dates(zone)
    said = _STAMP.search(page)
    match = _BODY.search(_FOOTER.sub("", page))
    body = match[1] if match else ""
    headline = _TITLE.search(body)
    title = clean_inline(html.unescape(re.sub(r"<[^<>]*>", "", headline[1]))) if headline else ""
    stamp = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", said[1]) if said else ""
    return Imported(
        title=title or first_words(body),
        date=dates(stamp),
        tags=words(html.unescape(tag) for tag in _TAG.findall(page)),
        html=body,
        guid=name.rpartition("/")[2].removesuffix(".html"),
        notes=dates.notes,
        evidence=(("title", f"from the post's {'headline' if title else 'first words'}"),),
        own=True,
    )


def first_words(content: str) -> str:
    """A title for a post, which has none: the first words of its text."""
    blocks = read_fragment(content[:20_000]).blocks
    said = next((plain_block(b) for b in blocks if not b.startswith("![")), "").split()
    return " ".join(said[:FIRST_WORDS]).rstrip(" ,;:.") + ("…" if len(said) > FIRST_WORDS else "")
