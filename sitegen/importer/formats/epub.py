"""EPUB 2 and 3 to articles: each text in reading order is one, but for cover, contents and the like
(https://www.w3.org/TR/epub-33/)."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from sitegen.base.text import count_words
from sitegen.importer.detect import decode_html
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import Dates, language, people_of
from sitegen.importer.formats.office import refuse_bomb
from sitegen.importer.formats.safe_xml import local, read_xml, text_in
from sitegen.importer.html.candidates import text_of
from sitegen.importer.html.tree import parse_tree
from sitegen.importer.limits import first_of
from sitegen.importer.model import Batch, Imported, Note, Skipped
from sitegen.importer.text.press_values import day_of, is_day
from sitegen.importer.to_markdown import absolute
from sitegen.model.article import Person, Source
from sitegen.model.base import Struct
from sitegen.names.byline import has_lead, split_byline

MAX_TEXTS = 5_000
MAX_PART = 32 * 1024 * 1024
LEAST = 25  # words of a text that is an article
_ENCRYPTION = "META-INF/encryption.xml"
# https://www.w3.org/TR/epub-33/#sec-font-obfuscation, and what Adobe's programs do
_OF_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_NAVIGATION = "calibre_navbar"
_HEAD = 6  # blocks below a headline in which byline and day may be
_PAGE = re.compile(r"application/xhtml\+xml|text/html")
_NOT_ARTICLES = re.compile(
    r"(?:^|[\s_-])(?:cover|title-?page|toc|nav|contents|copyright|colophon|imprint|impressum"
    r"|half-?title|landmarks|dedication|masthead)(?:$|[\s_.-])",
    re.I,
)


class _Book(Struct, frozen=True):
    """What a package says of all of its texts, and their names in reading order."""

    key: str  # differs between books
    title: str
    creators: tuple[Person, ...]
    date: str
    lang: str
    publisher: str
    texts: tuple[tuple[str, str], ...]  # name in the archive, properties
    images: frozenset[str]
    notes: tuple[str, ...] = ()


def read_epub(archive: zipfile.ZipFile, zone: str = "") -> Batch:
    """The articles of an EPUB file. Raises ValueError for one that is damaged or encrypted."""
    refuse_bomb(archive)
    if _is_encrypted(archive):
        raise ValueError("is an EPUB file that is encrypted (DRM), which is not read")
    try:
        book = _book(archive, zone)
        found = list(_texts(archive, book, zone))
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, RuntimeError) as error:
        raise ValueError("the EPUB file is damaged") from error
    return Batch(found, tuple(Note(note) for note in book.notes))


def _is_encrypted(archive: zipfile.ZipFile) -> bool:
    """Whether more than fonts is encrypted, which many books obfuscate."""
    if _ENCRYPTION not in archive.NameToInfo:
        return False
    tree = read_xml(_read(archive, _ENCRYPTION)).root
    if tree is None:
        return True
    methods = {e.get("Algorithm") for e in tree.iter("{*}EncryptionMethod")}
    is_of_fonts = bool(methods) and methods <= set(_OF_FONTS)
    return not is_of_fonts


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        return file.read(MAX_PART)


def _book(archive: zipfile.ZipFile, zone: str) -> _Book:
    container = read_xml(_read(archive, "META-INF/container.xml")).root
    paths = [] if container is None else [e.get("full-path") for e in container.iter("{*}rootfile")]
    if not paths or not paths[0]:
        raise ValueError("the EPUB file is damaged: it names no package")
    package = read_xml(_read(archive, paths[0])).root
    if package is None:
        raise ValueError("the EPUB file is damaged: its package cannot be read")
    said = _metadata(package)
    base = posixpath.dirname(paths[0])
    files = _manifest(package, base)
    dates = Dates(zone)
    every = [
        (files[ref][0], files[ref][2])
        for e in package.iter("{*}itemref")
        if (ref := e.get("idref") or "") in files and _PAGE.match(files[ref][1])
    ]
    texts, more = first_of(every, MAX_TEXTS, "texts")
    title, day = said.get("title", [""])[0], dates(said.get("date", [""])[0])
    return _Book(
        key=said.get("identifier", [f"{title} {day}"])[0],
        title=title,
        creators=tuple(people_of(said.get("creator", []))),
        date=day,
        lang=language(said.get("language", [""])[0]),
        publisher=said.get("publisher", [""])[0],
        texts=tuple(texts),
        images=frozenset(name for name, kind, _ in files.values() if kind.startswith("image/")),
        notes=(*dates.notes, *(note.message for note in more)),
    )


def _metadata(package: Any) -> dict[str, list[str]]:
    """The values of Dublin Core by their names."""
    out: dict[str, list[str]] = {}
    for box in package.iter("{*}metadata"):
        for element in box.iter():
            if isinstance(element.tag, str) and (value := clean_inline(text_in(element))):
                out.setdefault(local(element), []).append(value)
    return out


def _manifest(package: Any, base: str) -> dict[str, tuple[str, str, str]]:
    """id -> (name in the archive, media type, properties); what leads out of the archive is left
    out."""
    out = {}
    for element in package.iter("{*}item"):
        name = _inside(base, element.get("href", ""))
        if name:
            kind, properties = element.get("media-type", ""), element.get("properties", "")
            out[element.get("id", "")] = (name, kind, properties)
    return out


def _inside(folder: str, href: str) -> str:
    """The name of a file in the archive, or an empty string for one outside."""
    path = posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))
    is_outside = path.startswith(("..", "/")) or re.match(r"[a-z][\w+.-]*:", path)
    return "" if is_outside or path == "." else path


def _texts(archive: zipfile.ZipFile, book: _Book, zone: str) -> Iterator[Imported | Skipped]:
    names = set(archive.namelist())
    for name, properties in book.texts:
        if name not in names:
            yield Skipped(name, "is named by the book, but is not in it")
            continue
        page = decode_html(_read(archive, name))[0]
        tree = parse_tree(page)
        words = count_words(" ".join(tree.itertext())) if tree is not None else 0
        if "nav" in properties.split() or _is_front_matter(name, tree):
            yield Skipped(name, "a page of the book around its texts: cover, contents or the like")
        elif tree is not None and _linked_words(tree) * 2 > words:
            yield Skipped(name, "a list of links")
        elif words < LEAST:
            yield Skipped(name, f"has {words} words, which are no article")
        else:
            yield _article(archive, book, name, tree, zone)


def _linked_words(tree: Any) -> int:
    return sum(count_words("".join(link.itertext())) for link in tree.iter("a"))


def _is_front_matter(name: str, tree: Any) -> bool:
    """Whether the name of a file, or its kind (`epub:type`), says that it is no text of the
    book."""
    body = tree.find(".//body") if tree is not None else None
    kinds = body.get("epub:type") or "" if body is not None else ""
    return bool(_NOT_ARTICLES.search(posixpath.basename(name)) or _NOT_ARTICLES.search(kinds))


def _article(archive: zipfile.ZipFile, book: _Book, name: str, tree: Any, zone: str) -> Imported:
    from lxml import etree

    body = tree.find(".//body")
    body = tree if body is None else body
    for element in list(body.iter()):
        if _NAVIGATION in (element.get("class") or "").split():
            element.drop_tree()
    title, where = _title(body, tree, book)
    authors, date = _signature(body, title, zone)
    attached = _with_images(archive, book, name, tree)
    html = etree.tostring(body, encoding="unicode", method="html")
    evidence = [("title", f"from the {where} of {name}")] if title else []
    evidence.append(("authors", f"from {name}" if authors else "from the book"))
    return Imported(
        title=title,
        authors=authors or book.creators,
        date=date or book.date,
        source=Source(book.publisher or book.title),
        lang=language(tree.get("lang") or tree.get("xml:lang") or "") or book.lang,
        html=html,
        guid=f"{book.key}:{name}",
        attached=attached,
        evidence=tuple(evidence),
    )


def _title(body: Any, tree: Any, book: _Book) -> tuple[str, str]:
    """(the headline of a text, what it is from): a heading, else a first line in bold, else the
    title of its page, which some programs write in each of them."""
    heading = _first_with_text(body, "h1", "h2", "h3")
    if heading is not None:
        return clean_inline(text_of(heading)), "heading"
    first = _first_with_text(body, "p", "div")
    if first is not None and _is_all_bold(first):
        title = clean_inline(text_of(first))
        first.drop_tree()
        return title, "first line"
    return clean_inline(tree.findtext(".//title") or "") or book.title, "title"


def _first_with_text(body: Any, *names: str) -> Any:
    """The first element of these names that has text; None where there is none."""
    return next((element for element in body.iter(*names) if text_of(element)), None)


def _is_all_bold(element: Any) -> bool:
    """Whether all text of a line is in its first bold element."""
    bold = next(element.iter("b", "strong"), None)
    return bold is not None and text_of(bold) == text_of(element)


def _is_byline(text: str) -> bool:
    """Whether a short line begins as a byline does."""
    return has_lead(text) and count_words(text) <= 20


def _signature(body: Any, title: str, zone: str) -> tuple[tuple[Person, ...], str]:
    """(the authors, the day) that lines of their own below a headline name; they are taken out of
    the text."""
    authors: tuple[Person, ...] = ()
    date = ""
    blocks = [e for e in body.iter("p", "div") if not len(e.findall(".//p"))]
    for element in blocks[:_HEAD]:
        text = text_of(element)
        if not text or text == title:
            continue
        if not authors and _is_byline(text):
            authors = split_byline(text)
        elif not date and is_day(text, zone):
            date = day_of([text], zone)
        else:
            continue
        element.drop_tree()
    return authors, date


def _with_images(archive: zipfile.ZipFile, book: _Book, name: str, tree: Any) -> dict[str, bytes]:
    """The images that a text shows, by the names that it uses from here on."""
    attached: dict[str, bytes] = {}
    for image in tree.iter("img"):
        src = image.get("src") or ""
        inside = "" if absolute(src, "") else _inside(posixpath.dirname(name), src)
        if inside in book.images:
            attached[inside] = _read(archive, inside)
            image.set("src", inside)
    return attached
