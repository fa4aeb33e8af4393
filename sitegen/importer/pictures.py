"""Pictures of imported articles: found, bounded, checked, put beside the article, and their credits read.

The bytes are kept as they are, with what their makers wrote into them. Drawings
(SVG) can hold scripts and are never taken over.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

import msgspec

from sitegen.base.diagnostics import SitegenError
from sitegen.base.text import digest, slugify
from sitegen.importer.clean import clean_inline
from sitegen.importer.generators import Blog, static_places
from sitegen.importer.markup import picture_block
from sitegen.importer.model import Imported
from sitegen.importer.tree import Tree
from sitegen.model import Image, Struct
from sitegen.pictures.credits import read_texts

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_SIDE = 20_000
MAX_OF_ONE = 60
_FORMATS = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp", "AVIF": ".avif"}
_BLOCK = re.compile(r'^!\[((?:\\.|[^\]\\\n]){0,500})\]\(<?([^\s()<>]{1,2000})>?(?: "((?:\\.|[^"\\\n]){0,3000})")?\)$', re.M)
_ANY = re.compile(r"(!\[[^\]\n]{0,500}\]\(<?)([^\s()<>\"]{1,1000})|(<img\b[^<>]{0,500}?\ssrc=[\"']?)([^\s\"'<>]{1,1000})", re.I)
_UNQUOTED = re.compile(r"\\([!-/:-@\[-`{-~])")

Find = Callable[[str], bytes | None]


class Told(Struct, frozen=True):
    """What a picture says of itself: EXIF, IPTC and XMP."""

    suffix: str
    width: int = 0
    height: int = 0
    alt: str = ""
    creator: str = ""
    credit: str = ""
    copyright: str = ""
    license: str = ""


class Refused(Exception):
    """A picture that is not taken over; the text says why."""


class Taken(Struct, frozen=True):
    """An article with its pictures beside it: the files to write by name, and what could not be had."""

    article: Imported
    files: dict[str, bytes]
    missing: tuple[str, ...] = ()


def take_pictures(found: Imported, stem: str, find: Find) -> Taken:
    """``found`` with each picture that ``find`` has put beside the article, whose file is called ``stem``.

    Pictures that are not to be had stay where they are in a text of a person's own site; in others they go,
    as every reader's browser would call at the outlet.
    """
    files: dict[str, bytes] = {}
    missing: list[str] = []
    known: dict[str, tuple[str, Told] | None] = {}

    def place(src: str) -> tuple[str, Told] | None:
        if src not in known:
            known[src] = _place(src, stem, find, files, missing) if len(known) < MAX_OF_ONE else None
        return known[src]

    image = found.image
    candidates = [image] if image is not None else []
    candidates += [i for i in found.images if image is None or i.src != image.src]
    for one in candidates if not found.attached else ():
        placed = place(one.src)
        if placed is not None:
            image = _told(one, *placed)
            break
        if found.own and _beside(one.src):
            image = None if image is one else image
    if found.own and not found.html:
        body = _ANY.sub(lambda m: _readdressed(m, place), found.body) if "![" in found.body or "<img" in found.body.lower() else found.body
    else:
        body = _BLOCK.sub(lambda m: _shown(m, place), found.body) if "![" in found.body else found.body
    credits = found.credits
    if image is not None and image is not found.image and not credits:
        from sitegen.importer.fragment import picture_credits

        credits = picture_credits((image,))
    body = re.sub(r"\n{3,}", "\n\n", body).strip("\n")
    article = msgspec.structs.replace(found, image=image, credits=credits, body=body + "\n" if body else "", attached={})
    return Taken(article, files, tuple(dict.fromkeys(missing)))


def finder(tree: Tree | None, name: str, blog: Blog, attached: dict[str, bytes], fetch: Find | None) -> Find:
    """Where the pictures of the text ``name`` are: attached, beside it, where its generator keeps them, or on the network."""
    folder = name.rpartition("/")[0]
    stem = name.rpartition("/")[2].rsplit(".", 1)[0]

    def find(src: str) -> bytes | None:
        if src in attached:
            return attached[src]
        path = unquote(urlsplit(src).path) if not src.startswith("cid:") else ""
        remote = src.startswith(("http:", "https:"))
        if tree is None or not path:
            return fetch(src) if fetch is not None and remote else None
        for place in _places(path, folder, stem, blog, remote):
            try:
                return tree.read(place, MAX_BYTES)
            except SitegenError as error:
                if error.diagnostics[0].code == "too-large":
                    raise Refused("is too large") from None
        return fetch(src) if fetch is not None and remote else None

    return find


def _places(path: str, folder: str, stem: str, blog: Blog, remote: bool) -> list[str]:
    """The names that an address may have in the folder of the text."""
    if remote:  # a saved page has its pictures in a folder beside it
        parts = [p for p in path.split("/") if p]
        if len(parts) < 2 or not re.search(r"_files$|_Dateien$|_fichiers$|_archivos$|_file$", parts[-2]):
            return []
        return [_joined(folder, "/".join(parts[-2:]))]
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


def _place(src: str, stem: str, find: Find, files: dict[str, bytes], missing: list[str]) -> tuple[str, Told] | None:
    """(name beside the article, what the picture says), or None where it is not to be had."""
    try:
        data = find(src)
        if data is None:
            if _beside(src):
                missing.append(f"the picture `{src[:120]}` is not there")
            return None
        told = read_picture(data)
    except Refused as error:
        missing.append(f"the picture `{src[:120]}` {error}")
        return None
    base = unquote(urlsplit(src).path.rsplit("/", 1)[-1]).rsplit(".", 1)[0] if not src.startswith("cid:") else "picture"
    name = f"{stem}-{slugify(base or 'picture')[:40]}"
    if files.get(name + told.suffix, data) != data:
        name += "-" + digest(data)[:6]
    files[name + told.suffix] = data
    return name + told.suffix, told


def _told(image: Image, name: str, told: Told) -> Image:
    """An image's front matter: what the source says of it, completed by what the picture itself says."""
    return Image(
        name,
        alt=image.alt or told.alt,
        caption=image.caption,
        creator=image.creator or told.creator,
        credit=image.credit or told.credit or image.creator or told.creator,
        copyright=image.copyright or told.copyright,
        license=image.license or told.license,
    )


def _shown(match: re.Match[str], place: Callable[[str], tuple[str, Told] | None]) -> str:
    """A picture's block with its local name, and what stands below it as a paragraph; nothing where it is not to be had."""
    from sitegen.importer.clean import escape_inline

    placed = place(match[2])
    if placed is None:
        return ""
    name, told = placed
    below = _UNQUOTED.sub(r"\1", match[3] or "") or " · ".join(t for t in (told.credit or told.creator,) if t)
    said = escape_inline(below)
    alt = _UNQUOTED.sub(r"\1", match[1]) or told.alt
    return picture_block(name, alt) + (f"\n\n*{said}*" if said and "*" not in said else f"\n\n{said}" if said else "")


def _readdressed(match: re.Match[str], place: Callable[[str], tuple[str, Told] | None]) -> str:
    before, src = (match[1], match[2]) if match[1] else (match[3], match[4])
    placed = place(src) if _beside(src) else None
    return before + (placed[0] if placed else src)


# What a picture says of itself ---------------------------------------------------------------


def read_picture(data: bytes) -> Told:
    """What a picture is and says of itself. Only its head is read, never its pixels.

    Raises Refused for what is no picture, or too large.
    """
    from PIL import Image as Pillow

    if len(data) > MAX_BYTES:
        raise Refused("is too large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Pillow.open(io.BytesIO(data), formats=tuple(_FORMATS))
            width, height = picture.size
            if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE or min(width, height) < 1:
                raise Refused(f"has {width} by {height} pixels, which is more than is taken over")
            told = read_texts(picture)
    except Refused:
        raise
    except Exception as error:  # noqa: BLE001 Pillow's readers fail in many ways on a broken file
        raise Refused(f"cannot be read ({type(error).__name__})") from None

    told = {key: clean_inline(text) for key, text in told.items()}
    suffix = _FORMATS[str(picture.format)]
    return Told(suffix, width, height, told["alt"], told["creator"], told["credit"], told["copyright"], told["license"])
