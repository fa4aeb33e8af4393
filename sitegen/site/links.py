"""Where the links of articles lead: to the page of an article's file, to a file next to it, to
another page.

Pure.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from urllib.parse import quote, unquote, urljoin, urlsplit

from msgspec.structs import replace

from sitegen.base.text import slugify
from sitegen.base.urls import path_on_site
from sitegen.config.schema import Config
from sitegen.content.discover import TEXT_SUFFIXES, UNSHOWN_IMAGES, Found
from sitegen.content.embedded_files import AUDIO, TABLES, suffix_of
from sitegen.content.headings import OWN_ID
from sitegen.content.wiki_links import WIKI
from sitegen.model.article import DataFile, Document
from sitegen.model.base import Struct
from sitegen.model.site import Site

_NAMES = "write the name of its file, its slug or its title; see: sitegen help front-matter"
_DATA = frozenset((*TABLES, *AUDIO))
_SPLIT = re.compile(r"[%?#]")  # in a URL whose path is not all of it as it is written


class Places(Struct, frozen=True):
    """What a link may name by its file, as paths below the content folder: URLs of articles, and
    other files."""

    articles: dict[str, str]
    files: dict[str, Found]
    named: dict[str, tuple[str, ...]] = {}  # what `[[name]]` may mean: name -> files
    data: dict[str, Found] = {}  # tables and sound of both folders, by their URLs


def places(
    site: Site, media: Iterable[Found], config: Config, static: Iterable[Found] = ()
) -> Places:
    """The files of a site that links may name."""
    prefix = config.content.rstrip("/")
    articles = {
        _name(d.path, prefix): card.url for d, card in zip(site.documents, site.cards, strict=True)
    }
    files = {_name(f.path, prefix): f for f in media}
    beside = {_name(f.path, "static"): f for f in static}
    data = {url: f for url, f in (beside | files).items() if suffix_of(f.path) in _DATA}
    named = _named(site, prefix, files) if _has_wiki_links(site) else {}
    return Places(articles, files, named, data)


def _has_wiki_links(site: Site) -> bool:
    return any(link.startswith(WIKI) for d in site.documents for link in d.links)


def _named(site: Site, prefix: str, files: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The files that each name means: the name of an article's file with or without its folders and
    suffix, its slug and its title; the name of another file."""
    out: dict[str, dict[str, None]] = {}
    for document in site.documents:
        path = _name(document.path, prefix)
        stem = path.rpartition(".")[0].removesuffix("/index")
        for name in (*_ends(stem), *_ends(path), document.slug, document.title):
            out.setdefault(_folded(name), {})[path] = None
    for path in files:
        for name in _ends(path):
            out.setdefault(_folded(name), {})[path] = None
    return {name: tuple(sorted(paths)) for name, paths in out.items()}


def _ends(path: str) -> Iterator[str]:
    """``/a/b`` as ``b`` and ``a/b``."""
    parts = path.strip("/").split("/")
    for start in range(len(parts)):
        yield "/".join(parts[start:])


def _folded(name: str) -> str:
    """A name as it is compared: whatever its case, blanks and dashes."""
    return re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFC", name).casefold()).strip(" /")


def _name(path: str, prefix: str) -> str:
    return unicodedata.normalize("NFC", path.removeprefix(prefix))


def with_targets(site: Site, known: Places, config: Config) -> Site:
    """``site`` with the places that the links of its articles lead to, where they are not what is
    written."""
    prefix = config.content.rstrip("/")
    documents = []
    targets_of: dict[str, tuple[tuple[str, str], ...]] = {}
    data_of: dict[str, tuple[DataFile, ...]] = {}
    for document, card in zip(site.documents, site.cards, strict=True):
        found = [
            (link, target(link, _name(document.path, prefix), card.url, known, config))
            for link in shown_links(document)
        ]
        targets = tuple((link, where) for link, where in found if where != link)
        data = tuple(_data_files((where for _, where in found), known))
        if targets or data:
            document = replace(document, targets=targets, data=data)
            targets_of[document.path], data_of[document.path] = targets, data
        documents.append(document)
    facts = replace(site.facts, targets=targets_of, data=data_of)
    return replace(site, documents=tuple(documents), facts=facts)


def _data_files(wheres: Iterable[str], known: Places) -> Iterator[DataFile]:
    """The tables and sound files among the places that links lead to, each once."""
    paths = (_path(where) for where in wheres if suffix_of(where) in _DATA)
    for path in dict.fromkeys(paths):
        if file := known.data.get(path):
            mark = f"{file.mtime_ns}-{file.ctime_ns}"
            yield DataFile(path, file.path, file.size, mark)


def shown_links(document: Document) -> tuple[str, ...]:
    """The links of an article that its page shows."""
    return document.links if _is_whole(document) else ()


def shown_images(document: Document) -> tuple[str, ...]:
    """The images of an article whose full text its page shows."""
    return document.assets if _is_whole(document) else ()


def _is_whole(document: Document) -> bool:
    return document.status != "withdrawn" and document.rights.show == "full"


def target(link: str, name: str, url: str, known: Places, config: Config) -> str:
    """Where ``link`` leads in the article of file ``name`` and page ``url``, as a path below the
    site's root.

    A link that names a file of the content folder, from the article's own folder or from the root,
    leads to its page or to the published file, as ``[[name]]`` does. Other relative links start at
    the page.
    """
    if link.startswith(WIKI):
        return _wiki_target(link, name, url, known)
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    if parts.scheme or parts.netloc:
        return link
    tail = f"?{parts.query}" if parts.query else ""
    anchor = f"#{parts.fragment}" if parts.fragment else ""
    for file in _files(parts.path, name, config):
        if file in known.articles:
            own = f"#{OWN_ID}{parts.fragment.removeprefix(OWN_ID)}" if parts.fragment else ""
            return known.articles[file] + tail + own
        if file in known.files:
            return quote(file) + tail + anchor
    return link if link.startswith("/") else urljoin(url, link)


def names_of_file(path: str, config: Config) -> tuple[str, ...]:
    """What links may call the file ``path`` of an article."""
    return (_name(path, config.content.rstrip("/")),)


def link_name(url: str) -> str:
    """A path of the site as `mentioned_by` has it."""
    return _path(url).removesuffix("/index.html").rstrip("/")


def mentioned_by(document: Document, url: str, config: Config) -> Iterator[str]:
    """All that an article on the page ``url`` may mean by its links, images and the name of its
    original: files below the content folder, paths, and ids."""
    prefix = config.content.rstrip("/")
    if document.translation_of:
        yield document.translation_of
    for link in (*shown_links(document), *shown_images(document)):
        with suppress(ValueError):
            yield link_name(path_on_site(link, config.base_url) or link)
            yield link_name(urljoin(url, link))
            yield from _files(urlsplit(link).path, _name(document.path, prefix), config)


def meanings(link: str, name: str, known: Places) -> tuple[str, ...]:
    """The files that ``[[name]]`` may mean in the article of file ``name``, those in its own folder
    first."""
    folder = posixpath.dirname(name)
    wanted = _folded(_parts_of(link)[0])
    return tuple(sorted(known.named.get(wanted, ()), key=lambda f: posixpath.dirname(f) != folder))


def _parts_of(link: str) -> tuple[str, str]:
    """The name and the heading of ``[[name#heading]]``."""
    name, _, heading = link.strip("[]").partition("#")
    return name.strip(), heading.strip()


def _wiki_target(link: str, name: str, url: str, known: Places) -> str:
    wanted, heading = _parts_of(link)
    part = f"#{OWN_ID}{slugify(heading)}" if heading else ""
    if not wanted:
        return part
    file = next(iter(meanings(link, name, known)), "")
    if file in known.articles:
        return known.articles[file] + part
    return quote(file) if file else urljoin(url, slugify(wanted))


def _files(path: str, name: str, config: Config) -> Iterator[str]:
    """The files that a path may mean: from the folder of ``name``, and from the root."""
    if not path:
        return
    named = unicodedata.normalize("NFC", unquote(path))
    yield posixpath.normpath(posixpath.join(posixpath.dirname(name), named))
    if named.startswith("/"):
        yield posixpath.normpath(named.removeprefix(f"/{config.content}"))


def attached(site: Site, known: Places) -> set[Found]:
    """The files below the content folder that published articles link to."""
    paths = (_path(where) for d in site.documents for where in wheres(d))
    return {known.files[path] for path in paths if path in known.files}


def wheres(document: Document) -> Iterator[str]:
    """The places that the links of an article lead to."""
    targets = dict(document.targets)
    for link in shown_links(document):
        yield targets.get(link, link)


class Lost(Struct, frozen=True):
    """What leads nowhere in an article: what is written there, what is wrong with it, and what to
    do."""

    path: str
    written: str
    message: str
    help: str


def lost(
    outlines: Iterable[Document],
    finish: Callable[[Document], Document],
    outputs: Iterable[str],
    files: Iterable[Found],
    unpublished: Callable[[], Mapping[str, str]],
    known: Callable[[], Places],
    config: Config,
) -> Iterator[Lost]:
    """The links and images of the articles ``outlines`` that lead nowhere, and links by a name that
    two files have.

    ``finish`` makes of an outline what its page shows. ``outputs`` are the files of output/,
    ``files`` those that images are made of; ``unpublished`` gives of articles without a page, by
    their file, why they have none, ``known`` what links may name.
    """
    prefix = config.content.rstrip("/")
    pages = _addresses(outputs)
    images = pages | {_name(f.path, prefix).removeprefix("static") for f in files}

    def reasons() -> dict[str, str]:
        return {_name(path, prefix): why for path, why in unpublished().items()}

    there = _There(pages, cache(reasons), cache(known))
    for outline in outlines:
        if outline.links or not all(_is_plainly_in(images, asset) for asset in outline.assets):
            document = finish(outline)
            yield from _lost_links(document, there, config)
            yield from _lost_images(document, images, config)


class _There(Struct, frozen=True):
    """What links may lead to: the URLs of pages and files; of articles without a page, by their
    file, why they have none; and what links may name. The last two are made when asked for."""

    pages: set[str]
    reasons: Callable[[], Mapping[str, str]]
    names: Callable[[], Places]


def _addresses(outputs: Iterable[str]) -> set[str]:
    """The paths of URLs at which hosts serve ``outputs``."""
    files = {f"/{name}" for name in outputs}
    return files | {f.removesuffix("index.html") for f in files if f.endswith("/index.html")}


def _is_plainly_in(images: Container[str], address: str) -> bool:
    """Whether ``address``, which needs no reading, is one of ``images``."""
    return address in images and not _SPLIT.search(address)


def _lost_links(document: Document, there: _There, config: Config) -> Iterator[Lost]:
    """The links of an article that lead nowhere, or by a name that two files have."""
    name = _name(document.path, config.content.rstrip("/"))
    for link, where in zip(shown_links(document), wheres(document), strict=True):
        path = _path(path_on_site(where, config.base_url) or where) or "/"
        if path not in there.pages and f"{path.rstrip('/')}/" not in there.pages:
            yield _dead(document, link, path, _why(link, name, there.reasons(), config))
        elif link.startswith(WIKI):
            yield from _ambiguous(document, link, meanings(link, name, there.names()))


def _dead(document: Document, link: str, path: str, why: str) -> Lost:
    said = f"leads to an article that is not published ({why})" if why else "leads nowhere"
    help = _NAMES if link.startswith(WIKI) else _advice(path)
    return Lost(document.path, link.rstrip("]"), f"`{link}` {said}", help)


def _why(link: str, name: str, reasons: Mapping[str, str], config: Config) -> str:
    """Why the article that ``link`` means has no page; empty where it means none."""
    if link.startswith(WIKI):
        wanted = _folded(_parts_of(link)[0])
        stems = ((file.rpartition(".")[0], why) for file, why in reasons.items())
        return next((why for stem, why in stems if wanted in map(_folded, _ends(stem))), "")
    return next((reasons[f] for f in _files(_path(link), name, config) if f in reasons), "")


def _ambiguous(document: Document, link: str, files: tuple[str, ...]) -> Iterator[Lost]:
    if len(files) > 1:
        others = ", ".join(f"`{file}`" for file in files[1:4])
        message = f"`{link}` leads to `{files[0]}`, and could mean {others}"
        yield Lost(
            document.path, link.rstrip("]"), message, "write its folder, too: [[world/name]]"
        )


def _lost_images(document: Document, images: set[str], config: Config) -> Iterator[Lost]:
    for src in dict.fromkeys(shown_images(document)):
        path = _path(src)
        if src.startswith("/") and not src.startswith("//") and path not in images:
            message, help = lost_image(src, path, f"{config.content}{path}")
            yield Lost(document.path, path.rpartition("/")[2], message, help)


def lost_image(src: str, path: str, wanted: str) -> tuple[str, str]:
    """What is wrong with an image whose file is not published, and what to do: ``path`` is that of
    its URL ``src``, ``wanted`` says where the file should be."""
    if path.lower().endswith(UNSHOWN_IMAGES):
        message = f"the image `{src}` is not published: browsers do not show files of this kind"
        return message, "save it as JPEG, PNG, WebP or SVG, and write that name"
    return f"the image `{src}` does not exist", f"put the file at {wanted}, or correct the path"


def _path(url: str) -> str:
    """The path of a URL as files are called."""
    try:
        return unicodedata.normalize("NFC", unquote(urlsplit(url).path))
    except ValueError:
        return url


def _advice(path: str) -> str:
    if path.lower().endswith(TEXT_SUFFIXES):
        return "name the file of an article from the folder of this one"
    return "correct or remove the link; `sitegen check` names the URL that was probably meant"
