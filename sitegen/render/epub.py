"""An edition as an e-book: EPUB 3 with a table of contents for old readers as well.

Pure. Written with the standard library: an EPUB is a zip of a few small XML files, and the same
edition must give the same bytes, which the libraries for it do not promise (they stamp each file
with the moment it was written).
"""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import unquote

from sitegen.base.dates import rfc3339
from sitegen.base.l10n import listed
from sitegen.base.languages import direction
from sitegen.base.text import digest, href
from sitegen.model.article import Comment, Image
from sitegen.model.base import Struct
from sitegen.model.site import Byline
from sitegen.model.views import Chapter, EpubImage, IssueView
from sitegen.render.entry_html import comment_html
from sitegen.render.feeds import Bodies, RenderTools, absolute, identity
from sitegen.render.images import credit_lines, image_credit
from sitegen.render.xml_text import clean

Read = Callable[[str], bytes]  # file below the site's root -> its bytes
Translate = Callable[[str], str]

WIDEST = 1_600  # pixels of an image
HEAVIEST = 400_000  # bytes up to which an image is taken as it is
MOST_PIXELS = 60_000_000
STAMP = (1980, 1, 1, 0, 0, 0)  # of every file in the zip
FEATURES = ("tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability")
HAZARDS = ("noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard")
CONFORMS = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
KEPT = {"JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png"), "GIF": ("gif", "image/gif")}
PACKAGE = "application/oebps-package+xml"
CONTAINER = f"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="{PACKAGE}"/></rootfiles>
</container>
"""
STYLE = """body { margin: 0 5%; line-height: 1.5; }
h1 { line-height: 1.2; margin: 1em 0 .4em; }
h2, h3, h4 { line-height: 1.25; margin: 1.4em 0 .4em; }
p { margin: 0 0 .8em; }
blockquote { margin: 1em 1.5em; }
pre { white-space: pre-wrap; font-size: .9em; }
table { border-collapse: collapse; }
td, th { border: 1px solid; padding: .2em .5em; vertical-align: top; }
figure { margin: 1em 0; page-break-inside: avoid; }
img { max-width: 100%; height: auto; }
figcaption, .meta, .credits, .rights, .kicker { font-size: .85em; }
.dek { font-style: italic; }
.comment { margin: 1em 0; padding: 0 0 0 .8em; border-left: 3px solid; }
.note { border: 1px solid; padding: .5em .8em; margin: 1em 0; }
.align-left { text-align: left; }
.align-right { text-align: right; }
.align-center { text-align: center; }
.front { text-align: center; margin-top: 20%; }
nav ol { list-style: none; }
"""


_IMAGE = re.compile(rb"<img\b[^>]*>")


class File(Struct, frozen=True):
    """A file of the EPUB, and what its manifest says of it."""

    name: str
    media: str
    data: bytes
    properties: str = ""


class Phrases(Struct, frozen=True):
    """A document of the EPUB in the order of reading."""

    file: File
    title: str
    part: int  # which heading of the table of contents it is below


def book(view: IssueView, bodies: Bodies, read: Read, r: RenderTools, t: Translate) -> bytes:
    """The bytes of the EPUB."""
    made = _images(view.pictures, read)
    texts = [Phrases(_front_page(view, r, t), view.title, -1)]
    number = 0
    for index, part in enumerate(view.parts):
        for chapter in part.chapters:
            number += 1
            data = _chapter(chapter, part.title, bodies, made, r, t)
            name = f"article-{number:03}.xhtml"
            texts.append(
                Phrases(File(name, "application/xhtml+xml", data), chapter.item.card.title, index)
            )
    if view.outro:
        data = _document(view.title, r.frame.language, _words(view.outro))
        texts.append(Phrases(File("end.xhtml", "application/xhtml+xml", data), t("Comment"), -1))
    shown = {
        name for text in texts for name in re.findall(rb'src="(pictures/[^"]+)"', text.file.data)
    }
    images = [f for f in dict.fromkeys(made.values()) if f.name.encode() in shown]
    nav = File("contents.xhtml", "application/xhtml+xml", _contents(view, texts, r, t), "nav")
    ncx = File("contents.ncx", "application/x-dtbncx+xml", _ncx(view, texts, r, t))
    style = File("style.css", "text/css", STYLE.encode())
    files = [nav, ncx, style, *(text.file for text in texts), *images]
    package = _package(view, files, texts, r, t)
    entries = [("META-INF/container.xml", CONTAINER.encode()), ("EPUB/package.opf", package)]
    return _zip([*entries, *((f"EPUB/{f.name}", f.data) for f in files)])


def _zip(entries: list[tuple[str, bytes]]) -> bytes:
    """A zip of ``entries`` behind the uncompressed `mimetype` that must come first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in [("mimetype", b"application/epub+zip"), *entries]:
            info = zipfile.ZipInfo(name, STAMP)
            info.create_system, info.external_attr = 3, 0o644 << 16
            packed = name != "mimetype" and not name.endswith((".jpg", ".png", ".gif"))
            info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            file.writestr(info, data, compresslevel=9 if packed else None)
    return out.getvalue()


# Documents -----------------------------------------------------------------------------------


def _document(title: str, lang: str, content: str, head: str = "") -> bytes:
    """An XHTML document; what XML cannot hold is dropped."""
    attributes = f'lang="{escape(lang)}" xml:lang="{escape(lang)}" dir="{direction(lang)}"'
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html'
        ' xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f' {attributes}>\n<head>\n<title>{escape(title)}</title>\n{head}<link rel="stylesheet"'
        f' type="text/css" href="style.css"/>\n</head>\n<body>\n{content}\n</body>\n</html>\n'
    )
    return clean(text).encode()


def _words(words: Comment) -> str:
    """The editor's words at an end of the edition."""
    by = f'<p class="meta">{escape(words.by)}</p>' if words.by else ""
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in words.text.split("\n\n"))
    return f'<div class="words">{paragraphs}{by}</div>'


def _front_page(view: IssueView, r: RenderTools, t: Translate) -> File:
    names = listed([escape(name) for name in _authors(view)], r.frame.language)
    lines = [
        '<section class="front" epub:type="titlepage">',
        f"<p>{escape(r.frame.title)}</p>",
        f"<h1>{escape(view.title)}</h1>",
        f"<p>{escape(t('Edition'))} {view.number}</p>",
        f'<p class="meta">{names}</p>' if names else "",
        (
            '<p class="meta"><a'
            f' href="{escape(r.absurl(view.home))}">{escape(r.absurl(view.home))}</a></p>'
        ),
        _words(view.intro) if view.intro else "",
        "</section>",
    ]
    return File(
        "front.xhtml",
        "application/xhtml+xml",
        _document(view.title, r.frame.language, _lines(lines)),
    )


def _chapter(
    chapter: Chapter, part: str, bodies: Bodies, made: dict[str, File], r: RenderTools, t: Translate
) -> bytes:
    item, card = chapter.item, chapter.item.card
    lang = card.lang or r.frame.language
    body = (
        xhtml(r.body(bodies(item.body_from), item.show, item.words, item.targets), made, r)
        if item.body_from
        else ""
    )
    on_web = f'<a href="{escape(r.absurl(card.url))}">{escape(t("On the web"))}</a>'
    original = (
        f'<a href="{escape(href(item.source_url))}">{escape(t("Read the original"))}</a>'
        if item.source_url
        else ""
    )
    lines = [
        f'<section epub:type="chapter" role="doc-chapter" aria-label="{escape(card.title)}">',
        f'<p class="kicker">{escape(part or card.section.name)}</p>',
        f"<h1>{escape(card.title)}</h1>",
        f'<p class="dek">{escape(chapter.dek)}</p>' if chapter.dek else "",
        *_byline(chapter, r, t),
        comment_html(card.comment, t, "aside") if card.comment else "",
        *(
            f'<p class="note">{escape(t("Correction"))}, {escape(r.date(c.date))}:'
            f" {escape(c.text)}</p>"
            for c in chapter.corrections
        ),
        _figure(card.image, made) if card.image else "",
        f"<div>{body}</div>" if body else "",
        _credits(chapter, t),
        f'<p class="rights">{escape(item.notice)}</p>' if item.notice else "",
        f'<p class="meta">{" · ".join(x for x in (on_web, original) if x)}</p>',
        "</section>",
    ]
    authors = "".join(f'<meta name="author" content="{escape(a.name)}"/>\n' for a in card.authors)
    return _document(card.title, lang, _lines(lines), authors)


def _byline(chapter: Chapter, r: RenderTools, t: Translate) -> Iterator[str]:
    card = chapter.item.card
    names = [escape(_named(author, t)) for author in card.authors]
    if names:
        yield f'<p class="byline">{escape(t("By"))} {listed(names, r.frame.language)}</p>'
    time = f'<time datetime="{card.date}">{escape(r.date(card.date, "datetime"))}</time>'
    facts = [escape(chapter.dateline), time, escape(card.source)]
    yield f'<p class="meta">{" · ".join(f for f in facts if f)}</p>'


def _named(author: Byline, t: Translate) -> str:
    """An author with role and organisation."""
    works = t(", ").join(filter(None, (author.role, author.org)))
    return f"{author.name} ({works})" if works else author.name


def _figure(image: Image, made: dict[str, File]) -> str:
    """The image above an article with its caption and credit; nothing where the EPUB does not
    hold it."""
    file = made.get(image.original or image.src)
    if not file:
        return ""
    caption = _caption(image)
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img src="{file.name}" alt="{escape(image.alt)}"/>{below}</figure>'


def _caption(image: Image) -> str:
    """The caption of an image, and its credit."""
    given = filter(None, (*image_credit(image), image.license))
    credit = " · ".join(map(escape, given))
    shown = f'<span class="credit">{credit}</span>' if credit else ""
    return " ".join(filter(None, (escape(image.caption), shown)))


def _credits(chapter: Chapter, t: Translate) -> str:
    people = credit_lines(chapter.item.credits, t)
    return f'<p class="credits">{escape(" · ".join(people))}</p>' if people else ""


def _lines(lines: list[str]) -> str:
    return "\n".join(line for line in lines if line)


# Tables of contents and the package ----------------------------------------------------------


def _contents(view: IssueView, texts: list[Phrases], r: RenderTools, t: Translate) -> bytes:
    lines = [
        f'<nav epub:type="toc" role="doc-toc" id="toc">\n<h1>{escape(t("Contents"))}</h1>\n<ol>'
    ]
    for index, part in enumerate(("", *(p.title for p in view.parts)), -1):
        items = [
            f'<li><a href="{x.file.name}">{escape(x.title)}</a></li>'
            for x in texts
            if x.part == index
        ]
        lines += [f"<li><span>{escape(part)}</span>\n<ol>", *items, "</ol></li>"] if part else items
    lines.append("</ol>\n</nav>")
    return _document(t("Contents"), r.frame.language, "\n".join(lines))


def _ncx(view: IssueView, texts: list[Phrases], r: RenderTools, t: Translate) -> bytes:
    """The table of contents of EPUB 2."""
    points = ""
    for number, one in enumerate(texts, 1):
        label = (
            f'<navLabel><text>{escape(one.title)}</text></navLabel><content src="{one.file.name}"/>'
        )
        points += f'<navPoint id="p{number}" playOrder="{number}">{label}</navPoint>\n'
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"'
        f' xml:lang="{escape(r.frame.language)}">\n'
        f'<head><meta name="dtb:uid" content="{_identifier(view, r)}"/></head>\n'
        f"<docTitle><text>{escape(view.title)}</text></docTitle>\n<navMap>\n{points}</navMap>"
        f"\n</ncx>\n"
    )
    return clean(text).encode()


def _package(
    view: IssueView, files: list[File], texts: list[Phrases], r: RenderTools, t: Translate
) -> bytes:
    language = escape(r.frame.language)
    way = ' page-progression-direction="rtl"' if r.frame.dir == "rtl" else ""
    ids = {f.name: re.sub(r"[^A-Za-z0-9]", "-", f.name) for f in files}
    manifest = ""
    for file in files:
        properties = f' properties="{file.properties}"' if file.properties else ""
        manifest += (
            f'<item id="{ids[file.name]}" href="{file.name}"'
            f' media-type="{file.media}"{properties}/>\n'
        )
    spine = "".join(
        f'<itemref idref="{ids[n]}"/>\n'
        for n in (texts[0].file.name, "contents.xhtml", *(x.file.name for x in texts[1:]))
    )
    facts = _metadata(view, r) + _accessibility(texts, r, t)
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<package xmlns="http://www.idpf.org/2007/opf"'
        f' version="3.0" unique-identifier="id" xml:lang="{language}"'
        f' dir="{r.frame.dir}">\n<metadata'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/">\n{facts}</metadata>\n'
        f"<manifest>\n{manifest}</manifest>\n<spine"
        f' toc="contents-ncx"{way}>\n{spine}</spine>\n</package>\n'
    )
    return clean(text).encode()


def _metadata(view: IssueView, r: RenderTools) -> str:
    rights = dict.fromkeys(c.item.notice for c in view.chapters() if c.item.notice)
    lines = [
        f'<dc:identifier id="id">{_identifier(view, r)}</dc:identifier>',
        f"<dc:title>{escape(f'{r.frame.title}: {view.title}')}</dc:title>",
        f"<dc:language>{escape(r.frame.language)}</dc:language>",
        f"<dc:publisher>{escape(r.frame.author or r.frame.title)}</dc:publisher>",
        *(f"<dc:creator>{escape(name)}</dc:creator>" for name in _authors(view)),
        f"<dc:date>{rfc3339(view.date, r.zone)}</dc:date>",
        f"<dc:source>{escape(r.absurl(view.home))}</dc:source>",
        *(f"<dc:rights>{escape(notice)}</dc:rights>" for notice in rights),
        f'<meta property="dcterms:modified">{_modified(view, r)}</meta>',
        f'<meta property="belongs-to-collection" id="series">{escape(r.frame.title)}</meta>',
        '<meta refines="#series" property="collection-type">series</meta>',
        f'<meta refines="#series" property="group-position">{view.number}</meta>',
    ]
    return "".join(f"{line}\n" for line in lines)


def _accessibility(texts: list[Phrases], r: RenderTools, t: Translate) -> str:
    """What the European Accessibility Act asks an e-book to say of itself. Only one whose images
    all have a text alternative claims to conform.

    Source: https://www.w3.org/TR/epub-a11y-11/
    """
    images = [tag for one in texts for tag in _IMAGE.findall(one.file.data)]
    described = all(b'alt=""' not in tag for tag in images)
    facts = _facts(bool(images), described, t)
    lines = [f'<meta property="schema:{name}">{escape(text)}</meta>' for name, text in facts]
    if described:
        by = escape(r.frame.author or r.frame.title)
        lines.append(f'<meta property="dcterms:conformsTo" id="conforms">{CONFORMS}</meta>')
        lines.append(f'<meta property="a11y:certifiedBy" refines="#conforms">{by}</meta>')
    return "".join(f"{line}\n" for line in lines)


def _facts(pictured: bool, described: bool, t: Translate) -> Iterator[tuple[str, str]]:
    """What an e-book says of its accessibility, which may be ``pictured``, and whose images are all
    ``described``."""
    yield "accessMode", "textual"
    if pictured:
        yield "accessMode", "visual"
    yield "accessModeSufficient", "textual" if described else "textual,visual"
    yield from (("accessibilityFeature", name) for name in FEATURES)
    if pictured and described:
        yield "accessibilityFeature", "alternativeText"
    yield from (("accessibilityHazard", name) for name in HAZARDS)
    summary = t("Headings, table of contents and reading order follow the structure of the text.")
    described_too = f" {t('All images have a text alternative.')}" if described else ""
    yield "accessibilitySummary", f"{summary}{described_too}"


def _identifier(view: IssueView, r: RenderTools) -> str:
    """What the EPUB is called for good; with `feeds.ids` as it was called before there were such
    names."""
    return (
        f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, r.absurl(view.home))}"
        if r.frame.ids
        else identity(r, view.home, view.date)
    )


def _modified(view: IssueView, r: RenderTools) -> str:
    """The last change of anything in the EPUB, in the form that EPUB asks for."""
    days = [view.date, *(c.item.card.updated or c.item.card.date for c in view.chapters())]
    latest = max(datetime.fromisoformat(rfc3339(day, r.zone)) for day in days)
    return latest.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _authors(view: IssueView) -> list[str]:
    return list(dict.fromkeys(a.name for c in view.chapters() for a in c.item.card.authors))


# Images ------------------------------------------------------------------------------------


def _images(images: tuple[EpubImage, ...], read: Read) -> dict[str, File]:
    """What the EPUB takes in, by the URL on the site; what cannot be read as an image is left
    out."""
    out = {}
    for image in images:
        try:
            found = fitted(read(image.file))
        except OSError:
            continue
        if found:
            data, suffix, media = found
            out[image.url] = File(f"pictures/{digest(data)[:16]}.{suffix}", media, data)
    return out


def fitted(data: bytes) -> tuple[bytes, str, str] | None:
    """An image as every reader shows it: (bytes, suffix, media type), scaled down where it is very
    large; None for what is not an image."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data)) as opened:
            kind, (width, height) = opened.format or "", opened.size
            if width * height > MOST_PIXELS:
                return None
            if kind in KEPT and len(data) <= HEAVIEST and width <= WIDEST:
                opened.verify()
                return data, *KEPT[kind]
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((WIDEST, WIDEST * 4))
            clear = "A" in upright.getbands() or "transparency" in upright.info
            out = io.BytesIO()
            if clear:
                upright.convert("RGBA").save(out, "PNG", optimize=True)
            else:
                upright.convert("RGB").save(
                    out,
                    "JPEG",
                    quality=82,
                    optimize=True,
                    icc_profile=upright.info.get("icc_profile"),
                )
            return out.getvalue(), *KEPT["PNG" if clear else "JPEG"]
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return None


# Texts to XHTML ------------------------------------------------------------------------------

_PLACES = {  # an element -> where it may be, and what it becomes elsewhere
    "li": (("ul", "ol"), "div"),
    "dt": (("dl",), "p"),
    "dd": (("dl",), "div"),
    "figcaption": (("figure",), "p"),
    "summary": (("details",), "p"),
    "rt": (("ruby",), "span"),
    "rp": (("ruby",), "span"),
    "caption": (("table",), "p"),
}
_FLOW = frozenset("p div ul ol dl table blockquote pre figure hr h2 h3 h4 h5 h6 details".split())
_PHRASES = frozenset(
    "span em strong b i u s small mark sub sup code kbd samp"
    " var cite q abbr dfn bdi bdo time".split()
)
_LINES = frozenset("p pre h2 h3 h4 h5 h6".split())  # hold no blocks, and are one
_ALONE = frozenset(("a", "dfn"))  # never within themselves
_RANKS = {"caption": 0, "colgroup": 1, "thead": 2, "tbody": 3, "tr": 3, "tfoot": 4}
_VALUES = {  # an attribute -> the values it may have; of others any
    **dict.fromkeys(("width", "height"), re.compile(r"\d+")),
    **dict.fromkeys(("colspan", "rowspan"), re.compile(r"[1-9]\d{0,2}")),
    "start": re.compile(r"-?\d{1,9}"),
    "scope": re.compile("col|row|colgroup|rowgroup"),
    "dir": re.compile("ltr|rtl|auto"),
    "lang": re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*"),
    "datetime": re.compile(
        r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T\d\d:\d\d(:\d\d)?(\.\d+)?(Z"
        r"|[+-]\d\d:\d\d)?)?"
    ),
    **dict.fromkeys(("title", "class", "src", "alt"), re.compile(r"[\s\S]*")),
}


def xhtml(html: str, made: dict[str, File], r: RenderTools) -> str:
    """A sanitised text as XHTML for an EPUB: own images within it, links absolute,
    nothing where it may not be."""
    from lxml import etree
    from lxml import html as markup

    if not html.strip():
        return ""
    root: Any = markup.fragment_fromstring(absolute(html, r), create_parent="div")
    ids = {name for name in root.xpath("//@id") if re.fullmatch(r"\S+", name)}
    seen: set[str] = set()
    images = {r.absurl(url): file for url, file in made.items()}
    for node in list(root.iter()):
        if not isinstance(node.tag, str):
            node.drop_tree()
        elif node.tag == "wbr":  # lxml takes it for an element that is closed somewhere
            node.drop_tag()
        elif node is not root:
            _place(node)
            _attributes(node, ids, seen)
            if node.tag == "img":
                _place_image(node, images)
    for node in list(root.iter()):
        if tidy := _TIDY.get(node.tag):
            tidy(node)
    text = str(etree.tostring(root, encoding="unicode", method="xml", with_tail=False))
    return re.sub(r"^<div>|</div>$", "", text)


def _place(node: Any) -> None:
    """Rename an element that is where it may not be, and open what cannot hold blocks
    but does."""
    parent = node.getparent()
    if (rule := _PLACES.get(node.tag)) and parent.tag not in rule[0]:
        node.tag = rule[1]
    if node.tag in _ALONE and any(above.tag == node.tag for above in node.iterancestors()):
        node.tag = "span"
        node.attrib.pop("href", None)
    if node.tag in _FLOW:
        _open_above(parent)


def _open_above(node: Any) -> None:
    """Open ``node`` and what is above it, as far as it cannot hold blocks."""
    while node is not None and node.tag in _PHRASES | _LINES:
        above = node.getparent()
        if node.tag in _LINES:
            node.tag = "div"
        else:
            node.drop_tag()
        node = above


def _attributes(node: Any, ids: set[str], seen: set[str]) -> None:
    for name, value in list(node.attrib.items()):
        if name in ("href", "cite"):
            value = _link(value)
            node.set(name, value)
        if not _may_stay(name, value, ids, seen):
            del node.attrib[name]
    if (language := node.get("lang")) is not None:
        node.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    if node.tag == "bdo" and not node.get("dir"):
        node.tag = "bdi"


def _may_stay(name: str, value: str, ids: set[str], seen: set[str]) -> bool:
    """Whether an EPUB may hold an attribute: an id that is linked to, once (those in ``seen`` have
    been there); a link that leads somewhere; of others what their rules allow."""
    if name == "id":
        is_first = value not in seen
        seen.add(value)
        return is_first and value in ids
    if name in ("href", "cite"):
        return value[1:] in ids if value.startswith("#") else bool(value)
    form = _VALUES.get(name)
    return bool(form and form.fullmatch(value))


def _link(value: str) -> str:
    """A link that an EPUB may hold: within the text, or a full URL, its host in ASCII; else
    nothing."""
    value = href(value.strip())
    if web := re.fullmatch(r"(https?://)([^\s/?#\[\]]+)((?:[/?#][^\s\[\]]*)?)", value):
        try:
            name = unquote(web[2]).encode("idna").decode() if "%" in web[2] else web[2]
        except UnicodeError:
            return ""
        return web[1] + name + web[3]
    return value if re.fullmatch(r"mailto:\S+|tel:[+0-9-]+|#\S+", value) else ""


def _tidy_list(node: Any) -> None:
    """Whatever is in a list and is not an item becomes one."""
    _wrap_loose(node, ("li",), "li")


def _wrap_loose(node: Any, allowed: tuple[str, ...], name: str) -> None:
    if _is_text(node.text):
        first = node.makeelement(name)
        first.text, node.text = node.text, None
        node.insert(0, first)
    for child in list(node):
        if child.tag not in allowed:
            item = node.makeelement(name)
            item.tail, child.tail = child.tail, None
            node.replace(child, item)
            item.append(child)
            child = item
        if _is_text(child.tail):
            item = node.makeelement(name)
            item.text, child.tail = child.tail, None
            child.addnext(item)


def _tidy_terms(node: Any) -> None:
    """A list of terms that is not terms, each with what is said of it, becomes plain paragraphs."""
    signs = "".join({"dt": "t", "dd": "d"}.get(child.tag, "x") for child in node)
    loose = [node.text, *(child.tail for child in node)]
    if not re.fullmatch("(t+d+)*", signs) or any(map(_is_text, loose)):
        node.tag = "div"
        for child in node:
            child.tag = {"dt": "p", "dd": "div"}.get(child.tag, child.tag)
            _opened(child)


def _opened(node: Any) -> None:
    """A paragraph made of what held blocks is a box."""
    if node.tag == "p" and any(inner.tag in _FLOW for inner in node.iterdescendants()):
        node.tag = "div"


def _tidy_table(node: Any) -> None:
    """The parts of a table in their order; one that holds anything else becomes a box."""
    for extra in _children(node, "thead")[1:]:
        extra.tag = "tbody"
    for extra in _children(node, "caption")[1:]:
        node.remove(extra)
    for child in sorted(node, key=lambda child: _RANKS.get(child.tag, 3)):
        node.remove(child)
        child.tail = None
        node.append(child)
    for row in _children(node, "tr") if _children(node, "tbody") else ():
        box = node.makeelement("tbody")
        node.replace(row, box)
        box.append(row)


def _tidy_details(node: Any) -> None:
    """What is folded away has its heading first, or is not folded."""
    heads = _children(node, "summary")
    for extra in heads[1:]:
        extra.tag = "p"
        _opened(extra)
    if not heads:
        node.tag = "div"
        return
    head = heads[0]
    if node[0] is not head or _is_text(node.text):
        _first_of(node, head)
    for inner in [one for one in head.iterdescendants() if one.tag in _FLOW]:
        inner.drop_tag()


def _children(node: Any, name: str) -> list[Any]:
    return [child for child in node if child.tag == name]


def _is_text(text: str | None) -> bool:
    """Whether there is more than blanks between two tags."""
    return bool(text and text.strip())


def _first_of(node: Any, child: Any) -> None:
    before, tail = child.getprevious(), child.tail or ""
    if before is None:
        node.text = (node.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    node.remove(child)
    node.insert(0, child)
    child.tail, node.text = node.text, None


def _tidy_figure(node: Any) -> None:
    """One caption, behind all else."""
    captions = _children(node, "figcaption")
    for extra in captions[1:]:
        extra.tag = "div"
    for caption in captions[:1]:
        if caption.getnext() is not None or _is_text(caption.tail):
            _first_of(node, caption)


def _tidy_ruby(node: Any) -> None:
    """Signs with their reading above them, or just signs."""
    if _is_text(node.text) and _children(node, "rt"):
        return
    node.tag = "span"
    for child in (*_children(node, "rt"), *_children(node, "rp")):
        child.tag = "span"


_TIDY: dict[str, Callable[[Any], None]] = {
    "ul": _tidy_list,
    "ol": _tidy_list,
    "dl": _tidy_terms,
    "table": _tidy_table,
    "details": _tidy_details,
    "figure": _tidy_figure,
    "ruby": _tidy_ruby,
}


def _place_image(node: Any, images: dict[str, File]) -> None:
    """An image of the EPUB, or a link to one elsewhere."""
    src = node.get("src") or ""
    if file := images.get(src):
        node.set("src", file.name)
        node.set("alt", node.get("alt") or "")
    else:
        _replace_image(node, src)


def _replace_image(node: Any, src: str) -> None:
    """A link to the image at ``src``, or its words where no link may be."""
    words, url, tail = node.get("alt") or "", _link(src), node.tail
    inside = any(above.tag == "a" for above in node.iterancestors())
    node.clear()
    node.tail = tail
    if url and not inside and not url.startswith("#"):
        node.tag = "a"
        node.text = f"[{words or src}]"
        node.set("href", url)
    else:
        node.tag = "span"
        node.text = f"[{words}]" if words else ""
