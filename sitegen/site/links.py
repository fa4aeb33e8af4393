"""Where the links of articles lead: to the page of an article's file, to a file next to it, to
another page.

Pure.
"""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from urllib.parse import quote, unquote, urljoin, urlsplit

from msgspec.structs import replace

from sitegen.base.memo import Memo
from sitegen.config.schema import Config
from sitegen.content.discover import TEXT_SUFFIXES, Found
from sitegen.model.article import Document
from sitegen.model.base import Struct
from sitegen.model.site import Site

OWN_ID = "text-"  # before the ids of a text, which are kept apart from those of its page


class Places(Struct, frozen=True):
    """What a link may name by its file, as paths below the content folder: URLs of articles, and
    other files."""

    articles: dict[str, str]
    files: dict[str, Found]


def places(site: Site, media: Iterable[Found], config: Config) -> Places:
    """The files of a site that links may name."""
    prefix = config.content.rstrip("/")
    articles = {
        _name(d.path, prefix): card.url for d, card in zip(site.documents, site.cards, strict=True)
    }
    return Places(articles, {_name(f.path, prefix): f for f in media})


def _name(path: str, prefix: str) -> str:
    return unicodedata.normalize("NFC", path.removeprefix(prefix))


def with_targets(site: Site, known: Places, config: Config, memo: Memo | None = None) -> Site:
    """``site`` with the places that the links of its articles lead to, where they are not what is
    written."""
    table = (memo or Memo(0)).table("links")
    prefix = config.content.rstrip("/")
    documents = []
    for document, card in zip(site.documents, site.cards, strict=True):
        found = (
            (link, target(link, _name(document.path, prefix), card.url, known, config))
            for link in shown_links(document)
        )
        targets = tuple((link, where) for link, where in found if where != link)
        if targets:
            document = table.get(
                document.path, document, targets, partial(replace, document, targets=targets)
            )
        documents.append(document)
    return replace(site, documents=tuple(documents))


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
    leads to its page or to the published file. Other relative links start at the page.
    """
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
    site: Site,
    outputs: Iterable[str],
    files: Iterable[Found],
    unpublished: Mapping[str, str],
    config: Config,
) -> Iterator[Lost]:
    """The links and images of articles that lead nowhere.

    ``outputs`` are the files of output/, ``files`` those that images are made of; ``unpublished``
    says of articles without a page, by their file, why they have none.
    """
    base, prefix = config.base_url.rstrip("/"), config.content.rstrip("/")
    there = {f"/{name}" for name in outputs}
    there |= {name.removesuffix("index.html") for name in there if name.endswith("/index.html")}
    images = there | {_name(f.path, prefix).removeprefix("static") for f in files}
    reasons = {_name(path, prefix): why for path, why in unpublished.items()}
    for document in site.documents:
        name = _name(document.path, prefix)
        for link, where in zip(shown_links(document), wheres(document), strict=True):
            path = _path(where.removeprefix(base)) or "/"
            if path not in there and f"{path.rstrip('/')}/" not in there:
                why = next(
                    (
                        reasons[file]
                        for file in _files(_path(link), name, config)
                        if file in reasons
                    ),
                    "",
                )
                message = (
                    f"`{link}` leads to an article that is not published ({why})"
                    if why
                    else f"`{link}` leads nowhere"
                )
                yield Lost(document.path, link, message, _advice(path))
        for src in dict.fromkeys(shown_images(document)):
            path = _path(src)
            if src.startswith("/") and not src.startswith("//") and path not in images:
                help = f"put the file at {config.content}{path}, or correct the path"
                yield Lost(
                    document.path,
                    path.rpartition("/")[2],
                    f"the image `{src}` does not exist",
                    help,
                )


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
