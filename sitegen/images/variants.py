"""Which sizes of which images a site shows, and articles with their images in those sizes.

Pure.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from urllib.parse import unquote

import msgspec

from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.base.text import digest, slugify
from sitegen.config.schema import Config, ImagesConfig
from sitegen.content.discover import Found
from sitegen.images.metadata import SUFFIX, SUFFIXES, ImageFacts
from sitegen.model.article import Document, Image, ImageFile, ImageSet
from sitegen.model.output import ResizeJob
from sitegen.model.site import Site

FOLDER = "/assets/pictures/"
IN_MAIL = ("jpeg", "png", "gif")  # formats that all mail programs show
MAIL_WIDTH = 1144  # pixels: twice the width of a letter, for fine screens


def shown_assets(document: Document) -> Iterator[str]:
    """The URLs of files that the pages of a published article show."""
    if document.status == "withdrawn":
        return
    if document.rights.show == "full":
        yield from document.assets
    elif document.image:
        yield document.image.src


def find_shown(
    documents: Iterable[Document],
    media: Iterable[Found],
    static: Iterable[Found],
    config: Config,
) -> tuple[dict[str, Found], dict[str, Found]]:
    """By their URLs as articles write them: files below content/ that are shown, and images
    of both folders."""
    wanted = {url: _name(unquote(url)) for d in documents for url in shown_assets(d)}
    if not wanted:
        return {}, {}
    inside = _by_name(media, config.content)
    everywhere = _by_name(static, "static") | inside
    shown = {url: inside[name] for url, name in wanted.items() if name in inside}
    existing = {url: everywhere[name] for url, name in wanted.items() if name in everywhere}
    return shown, {url: found for url, found in existing.items() if _is_image(found)}


def _by_name(files: Iterable[Found], folder: str) -> dict[str, Found]:
    """Files by their names below ``folder``."""
    return {_name(file.path.removeprefix(folder)): file for file in files}


def _is_image(found: Found) -> bool:
    return found.path.lower().endswith(SUFFIXES)


def _name(path: str) -> str:
    """A path in the one form of letters that names are compared in: macOS splits marks from letters
    in names of files."""
    return unicodedata.normalize("NFC", path)


def resized(
    pictures: Mapping[str, Found],
    facts: Mapping[str, ImageFacts],
    images: ImagesConfig,
    mailed: bool = False,
) -> dict[str, tuple[Image, tuple[ResizeJob, ...]]]:
    """For each URL of ``pictures`` the image as pages show it, and the files that must be
    made for that.

    ``facts`` are known by the path of the file. Broken images are left out. ``mailed`` says that
    mail programs show them, too.
    """
    out = {}
    for url, found in pictures.items():
        fact = facts[found.path]
        if not fact.wrong:
            image, jobs = _sizes(url, found.path, fact, images)
            if mailed and fact.format not in IN_MAIL:
                job = _job(found.path, fact, "jpeg", min(fact.width, MAIL_WIDTH), images.quality)
                file = ImageFile(f"/{job.output}", job.width, job.height)
                image, jobs = msgspec.structs.replace(image, mail=file), (*jobs, job)
            out[url] = image, jobs
    return out


def _job(path: str, fact: ImageFacts, kind: str, width: int, quality: int) -> ResizeJob:
    """The file of an image in this format and width."""
    stem = slugify(path.rsplit("/", 1)[-1].rpartition(".")[0])[:48]
    mark = digest(fact.digest.encode(), b"%d" % quality)[:10]
    return ResizeJob(
        output=f"{FOLDER[1:]}{stem}.{mark}-{width}{SUFFIX[kind]}",
        source=path,
        origin=path,
        digest=fact.digest,
        format=kind,
        width=width,
        height=max(1, round(fact.height * width / fact.width)),
        quality=quality,
    )


def _sizes(
    url: str, path: str, fact: ImageFacts, images: ImagesConfig
) -> tuple[Image, tuple[ResizeJob, ...]]:
    image = Image(url, width=fact.width, height=fact.height, **msgspec.structs.asdict(fact.credits))
    if fact.moving or not images.widths:
        return image, ()
    widest = min(fact.width, max(images.widths))
    widths = sorted({widest, *(w for w in images.widths if w < widest)})
    own = "png" if fact.format == "gif" else fact.format

    def files(kind: str, chosen: Iterable[int]) -> list[ResizeJob]:
        return [_job(path, fact, kind, width, images.quality) for width in chosen]

    modern = _modern(images, own)
    sets = {kind: files(kind, widths) for kind in modern}
    fallback = files(own, [widest] if modern else widths)
    return _with_files(image, sets, fallback), tuple(chain(*sets.values(), fallback))


def _modern(images: ImagesConfig, own: str) -> list[str]:
    """The formats in which an image is offered besides its own, the best first."""
    return [kind for kind in ("avif", "webp") if kind in images.formats and kind != own]


def _with_files(
    image: Image, sets: Mapping[str, list[ResizeJob]], fallback: Sequence[ResizeJob]
) -> Image:
    """``image`` in several sizes; browsers that read no modern format take the ``fallback``."""
    largest = fallback[-1]
    return msgspec.structs.replace(
        image,
        src=f"/{largest.output}",
        original=image.src,
        width=largest.width,
        height=largest.height,
        widths=_listed(fallback) if len(fallback) > 1 else (),
        sets=tuple(ImageSet(f"image/{kind}", _listed(files)) for kind, files in sets.items()),
    )


def _listed(files: Iterable[ResizeJob]) -> tuple[tuple[str, int], ...]:
    return tuple(("/" + r.output, r.width) for r in files)


def with_sized_images(site: Site, shown: Mapping[str, Image]) -> Site:
    """``site`` with the images of its articles as in ``shown``, which is by URL.

    Who made an image is taken from its file only where the article does not say it.
    """
    if not shown:
        return site
    documents = tuple([with_sizes(d, shown) for d in site.documents])
    cards = tuple(
        [
            card if card.image == d.image else msgspec.structs.replace(card, image=d.image)
            for d, card in zip(documents, site.cards, strict=True)
        ]
    )
    facts = msgspec.structs.replace(site.facts, pictures=dict(shown))
    return msgspec.structs.replace(site, documents=documents, cards=cards, facts=facts)


def with_sizes(document: Document, shown: Mapping[str, Image]) -> Document:
    """``document`` with its images as in ``shown``, which is by URL."""
    if not document.assets or document.status == "withdrawn":
        return document
    lead = document.image
    image = lead and _completed(lead, shown.get(lead.src))
    in_body = document.assets if document.rights.show == "full" else ()
    inside = {url: shown[url] for url in in_body if url in shown}
    return msgspec.structs.replace(document, image=image, pictures=inside)


def _completed(image: Image, found: Image | None) -> Image:
    if not found:
        return image
    credited = image if image.creator or image.credit else found
    return msgspec.structs.replace(
        found,
        alt=image.alt,
        caption=image.caption,
        creator=credited.creator,
        credit=credited.credit,
        copyright=image.copyright or found.copyright,
        license=image.license or found.license,
    )


def broken(
    images: Mapping[str, Found], facts: Mapping[str, ImageFacts], site: Site
) -> list[Diagnostic]:
    """A warning for each image that cannot be used, with an article that shows it."""
    unusable = {url: found.path for url, found in images.items() if facts[found.path].wrong}
    if not unusable:
        return []
    shows = _first_shown(unusable.keys(), site)
    reported = {path: shows[url] for url, path in unusable.items()}
    return [_broken(path, facts[path].wrong, reported[path]) for path in sorted(reported)]


def _first_shown(urls: Set[str], site: Site) -> dict[str, str]:
    """For each of ``urls`` the first article that shows it."""
    out: dict[str, str] = {}
    for document in site.documents:
        for url in urls & {*shown_assets(document)}:
            out.setdefault(url, document.path)
    return out


def _broken(path: str, reason: str, article: str) -> Diagnostic:
    help = (
        f"{article} shows it; save it again with an image editor, or remove it. It is published as"
        " it is"
    )
    return problem("picture", reason, path, help=help, level="warning")
