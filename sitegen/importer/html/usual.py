"""What a page shows by unusual elements, as the usual ones: pictures in backgrounds, drawings,
objects, elements of the page's own and data for scripts; texts in shadow trees, frames and folds.

Whoever reads a tree afterwards knows `img`, `figure`, `div` and `embed` only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from sitegen.importer.fields.text import clean_inline
from sitegen.importer.html.candidates import text_of
from sitegen.importer.html.page_notes import keep_notes
from sitegen.importer.html.tree import is_within, parse_tree, remove

IMAGE_FILE = re.compile(r"\.(?:jpe?g|jfif|png|gif|webp|avif|svg)(?:$|[?#!;:/])", re.IGNORECASE)
MOST = 500  # elements of one rule
_HELD = "img", "picture", "amp-img", "video", "iframe"
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*?url\(\s*['\"]?([^'\")]{4,4000})", re.I)
_BACKGROUNDS = (
    *("data-bg", "data-bgset", "data-bg-src", "data-background", "data-background-image"),
    *("data-bg-url", "data-background-src", "data-lazy-background", "data-lazy-bg"),
    "data-image-src",
)
_IS_PICTURE = re.compile(r"(?:^|-)(?:image|img|picture|photo|figure)(?:-|$)")
_IS_FILM = re.compile(r"(?:^|[\s_-])(?:player|viewer|video|film|audio|map|chart|embed)(?:$|[\s_-])")
_GALLERY = re.compile(r"galler|slide|carousel|lightbox|photos|images|bilder", re.IGNORECASE)
_GALLERY_DATA = (
    *("data-images", "data-gallery", "data-gallery-images", "data-slides", "data-photos"),
    *("data-slideshow", "data-items"),
)
_URL_KEYS = ("src", "url", "image", "href", "full", "original", "large", "contentUrl", "file")
_CAPTION_KEYS = ("caption", "description", "text", "title", "legend", "bildunterschrift")
_CREDIT_KEYS = ("credit", "credits", "copyright", "photographer", "author", "source", "creator")
MAX_DATA = 200_000  # letters of a gallery's data
_BOXES = ("div", "section", "figure", "picture", "p")
_OF_CARD = 3  # elements beside the picture of a teaser
FEW_WORDS = 3  # of a drawing: axes and numbers say nothing alone
# part of the class, the attribute with the number, the page
_BY_CLASS = (
    ("flourish-embed", "data-src", "https://public.flourish.studio/{}/"),
    ("infogram-embed", "data-id", "https://infogram.com/{}"),
    ("bluesky-embed", "data-bluesky-uri", "{}"),
)
_BLUESKY = re.compile(r"at://(did:[\w:.%-]{4,100})/app\.bsky\.feed\.post/(\w{4,40})")


class _Rule(NamedTuple):
    """What is to be found by ``path`` in pages that hold one of ``signs``; ``change`` makes it
    usual, and may say what is lost."""

    signs: tuple[str, ...]
    path: str
    change: Callable[[Any], str | None]


def make_usual(tree: Any, html: str) -> list[str]:
    """Change the unusual elements of ``tree``, of which ``html`` is the text; what is lost all the
    same is named.

    Pages without the signs of a rule cost a search of their text.
    """
    lowered = html.lower()
    lost: list[str] = []
    if 'href="#' in lowered or "href='#" in lowered or "href=#" in lowered:
        keep_notes(tree)
    for rule in _RULES:
        if any(sign in lowered for sign in rule.signs):
            found = list(islice(tree.xpath(rule.path), MOST))
            lost += filter(None, map(rule.change, found))
    return lost


# Texts -----------------------------------------------------------------------------------------


def _show_shadow(template: Any) -> None:
    """Browsers show the template of a shadow root (HTML, 4.12.3)."""
    template.tag = "div"


def _unfold(element: Any) -> None:
    """What a button of the page, or a search in it, unfolds is a part of its text."""
    element.attrib.pop("hidden", None)
    element.attrib.pop("aria-hidden", None)
    if "none" in element.get("style", ""):
        element.attrib.pop("style")


def _unfold_named(element: Any) -> None:
    """What is hidden by a style, and called a part of the text that a button unfolds."""
    if _FOLDED.search(element.get("class")[:300]) and element.tag not in ("button", "a", "nav"):
        element.attrib.pop("style")


def _drop_reading(element: Any) -> None:
    """How a word is read is written above it, and is no part of the text."""
    remove(element)


def _formula(math: Any) -> None:
    """A formula as its alternative text, else in its own signs."""
    for note in list(math.iter("annotation", "annotation-xml")):
        remove(note)
    text, tail = clean_inline(math.get("alttext") or text_of(math)), math.tail
    math.clear()
    math.tag, math.text, math.tail = "span", text, tail


def _open_frame(frame: Any) -> None:
    """A frame with a page of its own in an attribute."""
    inside = parse_tree(f"<div>{frame.attrib.pop('srcdoc')}</div>")
    if inside is None or not text_of(inside):
        return
    frame.tag = "div"
    frame.attrib.pop("src", None)
    frame.append(inside)


# Pictures --------------------------------------------------------------------------------------


def _background(element: Any) -> None:
    """A picture in the background of an element that shows nothing else, or is called a picture."""
    is_film = _IS_FILM.search(element.get("class", ""))
    if is_film or element.tag in _FRAMES or _shows_one(element):
        return
    written = _BACKGROUND.search(element.get("style", "")[:8000])
    said = filter(None, map(element.get, _BACKGROUNDS))
    url = written[1].strip() if written else _first_of(next(said, ""))
    if _is_own_background(element, url) or _is_called_picture(element, url):
        _put_first(element, url, element.get("aria-label") or element.get("title", ""))


_FRAMES = ("body", "html", "main", "nav", "header", "footer")


def _is_own_background(element: Any, url: str) -> bool:
    return bool(IMAGE_FILE.search(url)) and element.tag in _BOXES and not _is_teaser(element)


def _is_called_picture(element: Any, url: str) -> bool:
    if not url or url.startswith("data:"):
        return False
    return element.get("role") == "img" or is_within(element, "figure", "picture")


def _is_teaser(element: Any) -> bool:
    """Whether an element leads to another page, or is one of a list."""
    if _holds_link(element) or text_of(element) or is_within(element, "a", "li"):
        return True
    box = element.getparent()
    beside = [e for e in box.iterchildren("*") if e is not element]
    return len(beside) <= _OF_CARD and _holds_link(box)


def _holds_link(element: Any) -> bool:
    """Whether an element is a link, or holds one."""
    return next(element.iter("a"), None) is not None


def _first_of(value: str) -> str:
    """The first URL of a list of sizes."""
    return next(iter(value.split()), "").strip("'\"").removeprefix("url(").rstrip(",)'\"")


def _object(element: Any) -> None:
    """A picture in an `object` or `embed`."""
    url = element.get("data") or element.get("src", "")
    kind = element.get("type", "").lower()
    is_file = element.tag == "object" and not kind and IMAGE_FILE.search(url)
    if kind.startswith("image/") or is_file:
        alt = element.get("aria-label") or element.get("title") or text_of(element)
        _become_picture(element, url, alt)


def _drawing(svg: Any) -> str | None:
    """A picture within a drawing; the words of a drawing are lost, and named."""
    urls = (i.get("href") or i.get("xlink:href") for i in islice(svg.iter("image"), 1))
    if url := next(filter(None, urls), ""):
        titles = map(text_of, svg.iter("title", "desc"))
        _become_picture(svg, url, next(titles, ""))
        return None
    words = list(filter(None, map(text_of, svg.iter("text"))))
    if len(" ".join(words).split()) < FEW_WORDS:
        return None
    return f"a drawing is not imported, of which the words are: {'; '.join(words)[:300]}"


def _own_element(element: Any) -> None:
    """An element of the page's own, such as `responsive-image`, that shows a file."""
    if element.tag.startswith(("amp-", "lite-")) or is_within(element, "a", "li", "aside"):
        return
    if _shows_one(element) or text_of(element):
        return
    url = _url_of(element)
    if IMAGE_FILE.search(url) or (url and _IS_PICTURE.search(element.tag)):
        _become_picture(element, url, element.get("alt") or element.get("caption", ""))
    elif element.get("src") and _IS_FILM.search(element.tag):
        element.tag = "embed"


def _url_of(element: Any) -> str:
    """The URL of the file that an element of the page's own shows."""
    url = element.get("src") or element.get("data-src")
    return str(url or _first_of(element.get("srcset", "")))


def _lightbox(link: Any) -> None:
    """A link to a picture in a figure that shows none."""
    if IMAGE_FILE.search(link.get("href", "")):
        _put_first(link, link.get("href"), link.get("title", ""))


def _gallery(element: Any) -> None:
    """Pictures whose URLs are data for a script."""
    said = filter(None, map(element.get, _GALLERY_DATA))
    pictures = list(_pictures_in(next(said, "")))
    if pictures and not _shows_one(element):
        element.extend(pictures)


def _gallery_script(script: Any) -> None:
    """The same in a script that is called a gallery's."""
    label = " ".join(map(str, script.attrib.values()))
    pictures = list(_pictures_in(script.text or "")) if _GALLERY.search(label) else []
    if pictures:
        script.tag, script.text = "div", None
        script.attrib.clear()
        script.extend(pictures)


def _pictures_in(data: str) -> Iterator[Any]:
    """The pictures of a gallery's JSON, each a `figure` with caption and credit."""
    if len(data) > MAX_DATA or data.lstrip()[:1] not in ("[", "{"):
        return
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return
    for entry in islice(_entries(value), MOST):
        yield _figure(entry)


def _entries(value: Any, depth: int = 0) -> Iterator[dict[str, str]]:
    """The objects of JSON that name the file of a picture, with their texts."""
    if depth > 6:
        return
    entry = _entry(value) if isinstance(value, dict) else {}
    if entry:
        yield entry
    for one in () if entry else _parts_of(value):
        yield from _entries(one, depth + 1)


def _entry(value: dict[str, Any]) -> dict[str, str]:
    """The texts of an object that names the file of a picture, else nothing."""
    texts = {key: text for key, text in value.items() if isinstance(text, str)}
    files = (texts[key] for key in _URL_KEYS if IMAGE_FILE.search(texts.get(key, "")))
    url = next(files, "")
    return {**texts, "": url} if url else {}


def _parts_of(value: Any) -> list[Any]:
    """The values in a value of JSON; a text in a list is the URL of a picture."""
    if isinstance(value, list):
        return [{"src": one} if isinstance(one, str) else one for one in value]
    return list(value.values()) if isinstance(value, dict) else []


def _figure(entry: dict[str, str]) -> Any:
    from lxml.html import Element

    figure = Element("figure")
    image = Element("img", src=entry[""], alt=clean_inline(entry.get("alt", "")))
    figure.append(image)
    caption, credit = (
        next((clean_inline(entry[key]) for key in keys if entry.get(key)), "")
        for keys in (_CAPTION_KEYS, _CREDIT_KEYS)
    )
    if caption or credit:
        said = Element("figcaption")
        said.text = caption
        if credit:
            part = Element("span", {"class": "credit"})
            part.text = credit
            said.append(part)
        figure.append(said)
    return figure


def _shows_one(element: Any) -> bool:
    """Whether an element holds a picture, film or frame."""
    return next(element.iter(*_HELD), None) is not None


def _put_first(element: Any, url: str, alt: str) -> None:
    """Put a picture before what an element holds; it has the names of that."""
    attributes = {name: element.get(name) for name in ("class", "id") if element.get(name)}
    image = element.makeelement("img", {**attributes, "src": url, "alt": clean_inline(alt)})
    image.tail, element.text = element.text, None
    element.insert(0, image)


def _become_picture(element: Any, url: str, alt: str) -> None:
    tail, label = element.tail, element.get("class", "")
    element.clear()
    element.tag, element.tail = "img", tail
    element.set("src", url)
    element.set("alt", clean_inline(alt))
    if label:
        element.set("class", label)


# What is embedded ------------------------------------------------------------------------------


def _named_by_class(element: Any) -> None:
    """A chart or post that a script would put in, of which the page holds only a number."""
    label = element.get("class", "")
    for name, attribute, page in _BY_CLASS:
        number = (element.get(attribute) or "").strip(" /")
        if name in label and number:
            post = _BLUESKY.fullmatch(number)
            url = (
                f"https://bsky.app/profile/{post[1]}/post/{post[2]}"
                if post
                else page.format(number)
            )
            embed = element.makeelement(
                "embed", {"src": url, "title": element.get("data-title", "")}
            )
            embed.tail, element.tail = element.tail, None
            element.addnext(embed)


_SEARCHED = ".//*[@hidden='until-found']"
_FOLDED = re.compile(
    r"(?:^|[\s_-])(?:read-?more|show-?more|more-?(?:text|content)|collaps\w*|expand\w*|accordion\w*"
    r"|fold\w*|toggle\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CONTROLLED = (
    ".//*[@id and (@hidden or @aria-hidden or contains(@style, 'none'))][@id = //@aria-controls]"
)
_RULES = (
    _Rule(("shadowroot",), ".//template[@shadowrootmode or @shadowroot]", _show_shadow),
    _Rule(("<ruby",), ".//rt | .//rp", _drop_reading),
    _Rule(("<math",), ".//math", _formula),
    _Rule(("until-found",), _SEARCHED, _unfold),
    _Rule(("aria-controls",), _CONTROLLED, _unfold),
    _Rule(
        ("more", "collaps", "expand", "accordion", "fold", "toggle"),
        ".//*[@style][@class][contains(translate(@style, ' ', ''), 'display:none')]",
        _unfold_named,
    ),
    _Rule(("srcdoc",), ".//iframe[@srcdoc]", _open_frame),
    _Rule(("<object", "<embed"), ".//object[@data] | .//embed[@src]", _object),
    _Rule(("<image", "<text"), ".//svg[.//image or .//text]", _drawing),
    _Rule(("background",), ".//*[@style][contains(@style, 'url(')]", _background),
    _Rule(
        ("data-bg", "data-background", "data-lazy-b", "data-image-src"),
        ".//*[" + " or ".join(f"@{name}" for name in _BACKGROUNDS) + "]",
        _background,
    ),
    _Rule(
        (
            "-image",
            "-img",
            "-picture",
            "-photo",
            "-figure",
            "image-",
            "picture-",
            "-viewer",
            "-player",
        ),
        ".//*[contains(name(), '-')][@src or @data-src or @srcset]",
        _own_element,
    ),
    _Rule(
        _GALLERY_DATA,
        ".//*[" + " or ".join(f"@{name}" for name in _GALLERY_DATA) + "]",
        _gallery,
    ),
    _Rule(("application/json",), ".//script[@type='application/json']", _gallery_script),
    _Rule(
        ("lightbox", "fancybox"),
        ".//a[contains(@class, 'lightbox') or contains(@class, 'fancybox')][not(.//img)]",
        _lightbox,
    ),
    _Rule(("<figure",), ".//figure[not(.//img or .//picture or .//noscript)]//a[@href]", _lightbox),
    _Rule(
        ("-embed",),
        ".//*[@data-bluesky-uri or contains(@class, 'flourish-embed')"
        " or contains(@class, 'infogram-embed')]",
        _named_by_class,
    ),
)
