"""Office files: Word, OpenDocument, RTF, EPUB and PDF, as small as their programs accept."""

from __future__ import annotations

import io
import textwrap
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from tests.importer.generate.articles import Article, day_in_words

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OOXML = "http://schemas.openxmlformats.org"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def packed(files: dict[str, str | bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(rows: Iterable[tuple[str, str]]) -> bytes:
    """A Word document of paragraphs, each with its bold beginning and the rest."""
    body = "".join(f"<w:p>{_run(bold, '<w:b/>')}{_run(rest)}</w:p>" for bold, rest in rows)
    package = f"{OOXML}/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default'
            ' Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
            f'+xml"/><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r"'
            f' Type="{OOXML}/officeDocument/2006/relationships/officeDocument"'
            ' Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body>'
            "</w:document>",
        }
    )


def _run(text: str, style: str = "") -> str:
    if not text:
        return ""
    style = f"<w:rPr>{style}</w:rPr>" if style else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def odt(rows: Iterable[str]) -> bytes:
    """An OpenDocument text of paragraphs."""
    body = "".join(f"<text:p>{escape(row)}</text:p>" for row in rows)
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<office:document-content xmlns:office="{ODF}:office:1.0"'
            f' xmlns:text="{ODF}:text:1.0"><office:body><office:text>{body}</office:text>'
            "</office:body></office:document-content>",
        }
    )


def flat_odt(rows: Iterable[str]) -> bytes:
    """An OpenDocument text in one file."""
    body = "".join(f"<text:p>{escape(row)}</text:p>" for row in rows)
    return (
        f'<?xml version="1.0"?><office:document xmlns:office="{ODF}:office:1.0"'
        f' xmlns:text="{ODF}:text:1.0" office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def rtf(rows: Iterable[str]) -> bytes:
    """An RTF file of paragraphs."""
    return _rtf("".join(f"{_in_rtf(row)}\\par\n" for row in rows))


def rtf_table(rows: Iterable[tuple[str, Sequence[str]]]) -> bytes:
    """An RTF file of a table with two columns."""
    out = []
    for code, values in rows:
        text = "\\par\n".join(map(_in_rtf, values))
        out.append(f"\\trowd\\cellx500\\cellx9000\\intbl\\b {code}\\b0\\cell {text}\\cell\\row\n")
    return _rtf("".join(out))


def _rtf(body: str) -> bytes:
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\n{body}}}".encode(
        "ascii"
    )


def _in_rtf(text: str) -> str:
    return "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text)


def note(one: Article) -> list[str]:
    """The lines of an article as a person types it."""
    byline = f"By {' and '.join(one.authors)}"
    return [one.title, byline, day_in_words(one.day), *one.paragraphs]


def note_docx(articles: Sequence[Article]) -> bytes:
    return docx([("", row) for row in note(articles[0])])


def note_odt(articles: Sequence[Article]) -> bytes:
    return odt(note(articles[0]))


def note_flat_odt(articles: Sequence[Article]) -> bytes:
    return flat_odt(note(articles[0]))


def note_rtf(articles: Sequence[Article]) -> bytes:
    return rtf(note(articles[0]))


def epub(articles: Sequence[Article]) -> bytes:
    """A book with a chapter for each article, a cover and a table of contents."""
    names = ["cover", *(f"text-{n}" for n in range(len(articles)))]
    pages = {"cover": "<h1>The weekly book</h1>"}
    for number, one in enumerate(articles):
        text = "".join(f"<p>{escape(p)}</p>" for p in one.paragraphs)
        pages[f"text-{number}"] = f"<h1>{escape(one.title)}</h1>{text}"
    kind = "application/xhtml+xml"
    items = "".join(f'<item id="{n}" href="{n}.xhtml" media-type="{kind}"/>' for n in names)
    links = "".join(f'<li><a href="{n}.xhtml">{n}</a></li>' for n in names)
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": "<container"
            ' xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile'
            ' full-path="OPS/book.opf"/></rootfiles></container>',
            "OPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The weekly book</dc:title>'
            f"<dc:creator>{escape(articles[0].authors[0])}</dc:creator><dc:date>"
            f"{articles[0].day}</dc:date><dc:identifier>urn:book:{articles[0].number}"
            f"</dc:identifier></metadata><manifest>{items}<item id='nav'"
            f' href="nav.xhtml" media-type="{kind}" properties="nav"/></manifest><spine>'
            + "".join(f'<itemref idref="{n}"/>' for n in [*names, "nav"])
            + "</spine></package>",
            "OPS/nav.xhtml": f"<html><body><nav><ol>{links}</ol></nav></body></html>",
            **{f"OPS/{n}.xhtml": f"<html><body>{page}</body></html>" for n, page in pages.items()},
        }
    )


# PDF ------------------------------------------------------------------------------------------


def pdf(articles: Sequence[Article]) -> bytes:
    """One article in two columns on two pages, hyphenated, with running heads and page numbers."""
    one = articles[0]
    rows = _columns(one)
    half = (len(rows) + 1) // 2
    pages = []
    for number, part in enumerate((rows[:half], rows[half:]), 1):
        drawn = [(60, 810, 8, f"{one.source} - the weekly"), (290, 25, 8, str(number))]
        top = 700 if number == 1 else 760
        if number == 1:
            lines = textwrap.wrap(one.title, 46)
            drawn += [(60, 770 - 24 * n, 20, row) for n, row in enumerate(lines)]
            drawn += [(60, 716, 11, f"By {' and '.join(one.authors)}")]
            drawn += [(320, 716, 11, day_in_words(one.day))]
            top = 690
        middle = (len(part) + 1) // 2
        for left, column in ((60, part[:middle]), (310, part[middle:])):
            drawn += [(left + row[1], top - 13 * n, 10, row[0]) for n, row in enumerate(column)]
        pages.append(drawn)
    return draw_pdf(pages)


def _columns(one: Article) -> list[tuple[str, int]]:
    """The lines of a column, with the indent of each; words are parted at the end of a line."""
    out = []
    for paragraph in one.paragraphs:
        lines = textwrap.wrap(paragraph, 44)
        for n, line in enumerate(lines):
            word = line.rsplit(" ", 1)[-1]
            if n + 1 < len(lines) and len(word) > 7 and word.isalpha() and n % 2 == 0:
                line = f"{line[:-3]}-"
                lines[n + 1] = f"{word[-3:]} {lines[n + 1]}"
            out.append((line, 12 if n == 0 else 0))
    return out


def draw_pdf(pages: Sequence[Sequence[tuple[int, int, int, str]]], image: bool = False) -> bytes:
    """A PDF file that shows texts: (x, y, size, text) of each on its page."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    drawing = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q\n" if image else b""
    for number, texts in enumerate(pages):
        shown = b"".join(
            f"BT /F1 {size} Tf {x} {y} Td (".encode() + _in_pdf(text) + b") Tj ET\n"
            for x, y, size, text in texts
        )
        content = zlib.compress(drawing + shown)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
            + f"/Contents {5 + 2 * number} 0 R>>".encode()
        )
        head = f"<</Length {len(content)}/Filter/FlateDecode>>stream\n".encode()
        objects.append(head + content + b"\nendstream")
    return assemble_pdf(objects)


def assemble_pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF file of its objects, numbered from 1; the first is its catalog."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj".encode() + one + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _in_pdf(text: str) -> bytes:
    data = text.encode("cp1252", "replace")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
