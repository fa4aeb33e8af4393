"""Plan the editions as files of their own: e-mail and EPUB.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import unquote

from msgspec.structs import replace

from sitegen.base.dates import in_zone
from sitegen.config.languages import series_language
from sitegen.config.schema import Config, SourceConfig
from sitegen.content.discover import Found
from sitegen.images.variants import shown_assets
from sitegen.model.article import Document, Image, ImageFile
from sitegen.model.output import Page
from sitegen.model.site import Edition, Site
from sitegen.model.views import Chapter, EpubImage, IssueView, Part
from sitegen.pages.editions import copies, edition_card, grouped, handed_out
from sitegen.pages.feeds import feed_item, outlets
from sitegen.pages.translations import seen_from
from sitegen.site.periods import last_day, own_key, series_of

LETTER_WIDTH = 572  # pixels of the text of a letter
FORMATS = {".html": "html", ".txt": "text", ".eml": "eml", ".epub": "epub"}


def own_images(
    media: Iterable[Found], static: Iterable[Found], config: Config
) -> dict[str, EpubImage]:
    """The site's own images by URL, with the size and times of their files; none where no edition
    is made that holds them.

    ``media`` are files below the content folder, ``static`` those of static/.
    """
    if not any(series.epub for series in config.series):
        return {}
    files = [(f.path.removeprefix("static"), f) for f in static]
    files += [(f.path.removeprefix(config.content), f) for f in media]
    return {url: EpubImage(url, f.path, f.size, f.mtime_ns, f.ctime_ns) for url, f in files}


def issue_pages(
    site: Site, config: Config, edition: Edition, images: Mapping[str, EpubImage]
) -> Iterator[Page]:
    """An edition in each form that site.yaml asks for; ``images`` are the `own_images`."""
    edition = handed_out(site, edition)
    files = copies(edition, config)
    if not files:
        return
    series = series_of(edition.key, config)
    assert series
    lang = series_language(series, config)
    lang = "" if lang == config.language else lang
    parts = _parts(site, edition, config, outlets(config), lang)
    letters = _mailed(parts, site.facts.pictures)
    shown = _shown(site.documents, edition.documents, images) if series.epub else ()
    closes = last_day(series, own_key(edition.key))
    for file in files:
        form = FORMATS[file.url[file.url.rindex(".") :]]
        view = IssueView(
            title=edition.title,
            url=file.url,
            home=edition.url,
            key=edition.key,
            number=edition.number,
            date=edition.published or closes or edition.date,
            format=form,
            parts=parts if form == "epub" else letters,
            intro=edition.intro,
            outro=edition.outro,
            pictures=shown if form == "epub" else (),
            sender=series.sender if form == "eml" else "",
            name=series.name,
            address="" if form == "epub" else series.address,
        )
        template = "" if form == "epub" else "email.html"
        origin = f"{file.name} of edition `{edition.key}`"
        yield Page(file.url[1:], template, view, origin, lang=lang)


def _parts(
    site: Site, edition: Edition, config: Config, known: dict[str, SourceConfig], lang: str
) -> tuple[Part, ...]:
    """The lead and the sections of an edition, in the words of the language ``lang``."""

    def chapters(indexes: Iterable[int]) -> tuple[Chapter, ...]:
        return tuple(_chapter(site, edition, index, config, known, lang) for index in indexes)

    lead = [] if edition.lead is None else [Part("", chapters([edition.lead]))]
    sections = grouped(site, edition, config, lang)
    return (*lead, *(Part(link.name, chapters(found)) for link, found in sections))


def _chapter(
    site: Site,
    edition: Edition,
    index: int,
    config: Config,
    known: dict[str, SourceConfig],
    lang: str,
) -> Chapter:
    d = site.documents[index]
    # `feeds.content` shortens feeds, not editions
    item = feed_item(site, index, config, True, known)
    (card,) = seen_from((edition_card(site, edition, index),), lang, config)
    item = replace(item, card=card, show=d.rights.show)
    corrected = tuple(replace(c, date=in_zone(c.date, config.zone)) for c in d.corrections)
    return Chapter(item, d.dek, d.dateline, corrected)


def _mailed(parts: tuple[Part, ...], pictures: Mapping[str, Image]) -> tuple[Part, ...]:
    """``parts`` with images as mail programs show them; ``pictures`` are by URL."""
    return tuple(
        replace(part, chapters=tuple(_mailed_chapter(c, pictures) for c in part.chapters))
        for part in parts
    )


def _mailed_chapter(chapter: Chapter, pictures: Mapping[str, Image]) -> Chapter:
    files = {url: _file(pictures[url]) for url, _ in chapter.item.pictures if url in pictures}
    shown = tuple((url, file.src) for url, file in files.items())
    sizes = {file.src: fitted(file.width, file.height) for file in files.values() if file.width}
    image = chapter.item.card.image
    figure = _mailed_figure(image) if image else None
    return replace(chapter, item=replace(chapter.item, pictures=shown), figure=figure, sizes=sizes)


def _mailed_figure(image: Image) -> Image:
    """``image`` by the file and in the size that an e-mail shows."""
    file = _file(image)
    width, height = fitted(file.width, file.height)
    return replace(image, src=file.src, width=width, height=height)


def _file(image: Image) -> ImageFile:
    """The file of an image that mail programs know."""
    return image.mail or ImageFile(image.src, image.width, image.height)


def fitted(width: int, height: int) -> tuple[int, int]:
    """The size at which a letter shows an image of this size; the width of the letter where it is
    not known."""
    if not width or not height:
        return LETTER_WIDTH, 0
    shown = min(width, LETTER_WIDTH)
    return shown, max(1, round(height * shown / width))


def _shown(
    documents: Sequence[Document], members: Iterable[int], images: Mapping[str, EpubImage]
) -> tuple[EpubImage, ...]:
    """The site's own images in these articles, each once, in order."""
    return tuple(
        dict.fromkeys(
            images[p]
            for i in members
            for a in shown_assets(documents[i])
            if (p := unquote(a)) in images
        )
    )
