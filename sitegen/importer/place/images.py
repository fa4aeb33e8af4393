"""Images of imported articles: found, bounded, checked, put next to the article, and their credits
read.

The bytes are kept as they are, with what their makers wrote into them. Drawings (SVG) can hold
scripts, and only those that hold nothing of the kind are taken over.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote, urlsplit

import msgspec

from sitegen.base.diagnostics import SitegenError
from sitegen.base.text import digest, slugify
from sitegen.images.credits import read_texts, texts_of_xml
from sitegen.images.metadata import FORMATS, OPENED, SUFFIX, why_unreadable
from sitegen.images.svg import cleaned
from sitegen.importer.archives import Tree
from sitegen.importer.fields.text import clean_inline, escape_inline
from sitegen.importer.formats.safe_xml import read_xml
from sitegen.importer.markdown.generators import Blog, static_places
from sitegen.importer.model import Imported
from sitegen.importer.to_markdown import picture_block
from sitegen.model.article import Image, Person
from sitegen.model.base import Struct

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_SIDE = 20_000
MAX_OF_ONE = 60
_BLOCK = re.compile(
    r"^!\[((?:\\.|[^\]\\\n]){0,500})\]\(<?([^\s()<>]{1,2000})>?(?:"
    r' "((?:\\.|[^"\\\n]){0,3000})")?\)$',
    re.M,
)
_ANY = re.compile(
    r"(!\[[^\]\n]{0,500}\]\(<?)([^\s()<>\"]{1,1000})"
    r"|(<img\b[^<>]{0,500}?\ssrc=[\"']?)([^\s\"'<>]{1,1000})",
    re.I,
)
_UNQUOTED = re.compile(r"\\([!-/:-@\[-`{-~])")

Find = Callable[[str], bytes | None]


class ImageReport(Struct, frozen=True):
    """What an image says of itself: EXIF, IPTC and XMP."""

    suffix: str
    width: int = 0
    height: int = 0
    alt: str = ""
    creator: str = ""
    credit: str = ""
    copyright: str = ""
    license: str = ""


class ImageRefused(Exception):
    """An image that is not taken over; the text says why."""


class Taken(Struct, frozen=True):
    """An article with its images next to it: the files to write by name, and what is
    missing."""

    article: Imported
    files: dict[str, bytes]
    missing: tuple[str, ...] = ()


class _ImagePlaces:
    """Where each image of one article is put, and why some are not.

    Each URL is looked up once.
    """

    def __init__(self, stem: str, find: Find) -> None:
        self.stem, self.find = stem, find
        self.files: dict[str, bytes] = {}
        self.missing: list[str] = []
        self.failed: set[str] = set()
        self.known: dict[str, tuple[str, ImageReport] | None] = {}

    def __call__(self, src: str) -> tuple[str, ImageReport] | None:
        """(name next to the article, what the image says), or None where it is missing."""
        if src not in self.known:
            self.known[src] = self._place(src)
        return self.known[src]

    def _place(self, src: str) -> tuple[str, ImageReport] | None:
        if len(self.files) >= MAX_OF_ONE:
            self._report(
                src, f"is one more than the {MAX_OF_ONE} that are taken over with an article"
            )
            return None
        try:
            data = self.find(src)
            if data is None and _beside(src):
                self._report(src, "is missing")
            if data is None:
                return None
            reported = read_picture(data)
        except ImageRefused as error:
            self._report(src, str(error))
            return None
        base = (
            unquote(urlsplit(src).path.rsplit("/", 1)[-1]).rsplit(".", 1)[0]
            if not src.startswith("cid:")
            else "picture"
        )
        name = f"{self.stem}-{slugify(base or 'picture')[:40]}"
        if self.files.get(name + reported.suffix, data) != data:
            name += "-" + digest(data)[:6]
        self.files[name + reported.suffix] = data
        return name + reported.suffix, reported

    def _report(self, src: str, why: str) -> None:
        self.failed.add(src)
        which = "an image within the HTML" if src.startswith("cid:") else f"image `{src[:120]}`"
        self.missing.append(f"{which} {why}")


def take_pictures(found: Imported, stem: str, find: Find) -> Taken:
    """``found`` with each image that ``find`` has put next to the article, whose file is called
    ``stem``.

    Images that are missing stay where they are in a text of a person's own site. In others they go,
    as every reader's browser would request them from the source: what they are and who made them is
    kept as data, and a link is left for one that was not found.
    """
    place = _ImagePlaces(stem, find)
    lead, image, left = _lead(found, place)
    if found.own and not found.html:
        body = _with_addresses(found.body, place)
    else:
        body = _with_pictures(found.body, (*found.among, *_behind_text(found)))
        body = _BLOCK.sub(lambda m: "" if m[2] == lead else _shown(m, place, left), body)
    body = re.sub(r"\n{3,}", "\n\n", body).strip("\n")
    article = msgspec.structs.replace(
        found,
        image=image,
        credits=found.credits or _credits_besides(found, image, left),
        body=body + "\n" if body else "",
        attached={},
        among=(),
        left_at_source=tuple(i for i in left if image is None or i.src != image.src),
    )
    return Taken(article, place.files, tuple(dict.fromkeys(place.missing)))


def _lead(found: Imported, place: _ImagePlaces) -> tuple[str, Image | None, list[Image]]:
    """(URL, image, images that are left out) of the lead image: the first of the article's that is
    there. One on the network stays the article's; one without a file goes, what it is does not.

    Without one of its own, such as a newsletter, an article gets none from its text.
    """
    own = found.image
    if own is None:
        return "", None, []
    for one in (own, *(image for image in found.images if image.src != own.src)):
        placed = place(one.src)
        if placed is not None:
            return one.src, _completed(one, *placed), [] if one is own else _without_file(own)
    if _beside(own.src) or own.src.startswith("cid:"):
        return "", None, _without_file(own)
    return "", own, []


def _without_file(image: Image) -> list[Image]:
    """What is kept of an image that has no file; a `cid:` is a name that only its page knows."""
    if not image.src.startswith("cid:"):
        return [image]
    return [msgspec.structs.replace(image, src="")] if image.caption or image.credit else []


def _credits_besides(
    found: Imported, image: Image | None, left: Iterable[Image]
) -> tuple[Person, ...]:
    """Who made the images that are left out, and the lead image, if it is another than the one that
    the article came with."""
    from sitegen.importer.html.figures import figure_credits

    lead = () if image is None or image is found.image else (image,)
    return figure_credits((*lead, *left))


def _with_addresses(body: str, place: _ImagePlaces) -> str:
    """``body`` of a person's own site with the names of the images that were taken over."""
    if "![" not in body and "<img" not in body.lower():
        return body
    return _ANY.sub(lambda m: _readdressed(m, place), body)


def _behind_text(found: Imported) -> Iterator[tuple[int, Image]]:
    """The pictures that a source gives beside its text, which is where they go: behind it."""
    shown = {image.src for _, image in found.among} | {found.image.src if found.image else ""}
    for image in found.left_at_source:
        if image.src not in shown and image.src not in found.body:
            yield len(found.body), image


def _with_pictures(body: str, among: tuple[tuple[int, Image], ...]) -> str:
    """``body`` with its images as blocks, each after a number of characters."""
    for at, image in reversed(among):
        below = " · ".join(t for t in (image.caption, image.credit) if t)
        body = f"{body[:at]}\n\n{picture_block(image.src, image.alt, below)}\n\n{body[at:]}"
    return body


def finder(
    tree: Tree | None, name: str, blog: Blog, found: Imported, fetch: Find | None, used: set[str]
) -> Find:
    """Where the images of the text ``name`` are: attached, next to it, where its generator keeps
    them, or on the network.

    ``used`` gets the names of the files of the tree that are taken.
    """
    folder = name.rpartition("/")[0]
    stem = name.rpartition("/")[2].rsplit(".", 1)[0]

    def find(src: str) -> bytes | None:
        if src in found.attached:
            return found.attached[src]
        written = found.beside.get(src, src)  # as the page itself has it, where that differs
        for place in _places(written, folder, stem, blog) if tree is not None else ():
            try:
                data = tree.read(place, MAX_BYTES) if tree is not None else None
                used.add(place)
                return data
            except SitegenError as error:
                if error.diagnostics[0].code == "too-large":
                    raise ImageRefused("is too large") from None
        if fetch is None and tree is not None and written != src and not written.startswith("/"):
            raise ImageRefused("is missing")
        if fetch is None or not src.startswith(("http:", "https:")):
            return None
        data = fetch(src)
        if data is None:
            raise ImageRefused("cannot be fetched")
        return data

    return find


def _places(written: str, folder: str, stem: str, blog: Blog) -> list[str]:
    """The names that an address of a text may have in the folder of the text."""
    path = unquote(urlsplit(written).path) if _beside(written) else ""
    if not path:
        return []
    if path.startswith("/"):
        return [n for place in static_places(blog) if (n := _joined(place, path.lstrip("/")))]
    places = [_joined(folder, path), _joined(f"{folder}/{stem}" if folder else stem, path)]
    places += [_joined(place, path) for place in static_places(blog)]
    return [p for p in dict.fromkeys(places) if p]


def _joined(folder: str, path: str) -> str:
    """A name below the root, or an empty string where it would leave it."""
    out: list[str] = []
    for part in f"{folder}/{path}".split("/"):
        if part == "..":
            if not out:
                return ""
            out.pop()
        elif part not in ("", "."):
            out.append(part)
    return "/".join(out)


def _beside(src: str) -> bool:
    return not src.startswith(("http:", "https:", "//", "cid:", "data:"))


def _completed(image: Image, name: str, reported: ImageReport) -> Image:
    """An image's front matter: what the source says of it, completed by what the image itself
    says."""
    return Image(
        name,
        alt=image.alt or reported.alt,
        caption=image.caption,
        creator=image.creator or reported.creator,
        credit=image.credit or reported.credit or image.creator or reported.creator,
        copyright=image.copyright or reported.copyright,
        license=image.license or reported.license,
    )


def _shown(match: re.Match[str], place: _ImagePlaces, left: list[Image]) -> str:
    """An image's block with its local name, and what is below it as a paragraph.

    Of one that is missing, a link and the same paragraph if it was looked for; else nothing, and
    it is added to ``left``.
    """
    src, alt, below = match[2], _UNQUOTED.sub(r"\1", match[1]), _UNQUOTED.sub(r"\1", match[3] or "")
    placed = place(src)
    if placed is not None:
        name, reported = placed
        below = below or reported.credit or reported.creator
        return _with_caption(picture_block(name, alt or reported.alt), below)
    remote = src.startswith(("http:", "https:"))
    if remote and src not in place.failed:
        caption, _, credit = below.rpartition(" · ")
        left.append(
            Image(src, alt=alt, caption=caption or below, credit=credit and caption and credit)
        )
        return ""
    label = escape_inline(alt or unquote(urlsplit(src).path.rsplit("/", 1)[-1]))
    return _with_caption(f"[{label}]({src})" if remote and label else "", below)


def _with_caption(block: str, below: str) -> str:
    said = escape_inline(below)
    caption = f"*{said}*" if said and "*" not in said else said
    return "\n\n".join(part for part in (block, caption) if part)


def _readdressed(match: re.Match[str], place: _ImagePlaces) -> str:
    before, src = (match[1], match[2]) if match[1] else (match[3], match[4])
    placed = place(src) if _beside(src) else None
    return before + (placed[0] if placed else src)


# What an image says of itself -----------------------------------------------------------------


def read_picture(data: bytes) -> ImageReport:
    """What an image is and says of itself.

    Only its head is read; of a PNG also what lies behind its pixels. Raises ImageRefused for what
    is not an image, or is too large.
    """
    from PIL import Image as Pillow

    if len(data) > MAX_BYTES:
        raise ImageRefused("is too large")
    if _is_drawing(data):
        return _read_drawing(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Pillow.open(io.BytesIO(data), formats=OPENED)
            width, height = picture.size
            if (
                width * height > MAX_PIXELS
                or max(width, height) > MAX_SIDE
                or min(width, height) < 1
            ):
                raise ImageRefused(
                    f"has {width} by {height} pixels, which is more than is taken over"
                )
            texts = read_texts(picture)
    except ImageRefused:
        raise
    except Exception as error:  # noqa: BLE001
        raise ImageRefused(why_unreadable(error)) from None
    return _image_report(SUFFIX[FORMATS[str(picture.format)]], width, height, texts)


def _is_drawing(data: bytes) -> bool:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"<svg" in head


def _read_drawing(data: bytes) -> ImageReport:
    """What a drawing says of itself.

    Raises ImageRefused for one of which a build would leave out a part.
    """
    safe = cleaned(data)
    if not safe.data:
        raise ImageRefused("is a drawing (SVG) that cannot be read")
    if safe.removed or safe.data != data:
        names = ", ".join(f"`{name}`" for _, name in safe.removed[:3])
        raise ImageRefused(
            f"is a drawing (SVG) that does more than draw{': ' + names if names else ''}"
        )
    root = read_xml(data).root
    return _image_report(".svg", 0, 0, texts_of_xml(root) if root is not None else {})


def _image_report(suffix: str, width: int, height: int, texts: dict[str, str]) -> ImageReport:
    said = {
        key: clean_inline(texts.get(key, ""))
        for key in ("alt", "creator", "credit", "copyright", "license")
    }
    return ImageReport(suffix, width, height, **said)
