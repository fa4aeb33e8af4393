"""Office files: what is headline, byline, list, table and link in them."""

from __future__ import annotations

import io
import zipfile

import pytest

from sitegen.importer.formats.office import read_docx, read_odt, read_rtf
from sitegen.importer.formats.recognise import kind_of_zip
from tests.importer.samples import opened

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def packed(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def odt(body: str) -> bytes:
    text = f"<office:document-content {ODF}><office:body><office:text>{body}</office:text>"
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{text}</office:body></office:document-content>",
            "Pictures/a.png": b"\x89PNG",
        }
    )


def docx(*paragraphs: str) -> bytes:
    rows = "".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in paragraphs)
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default'
        ' Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    document = f'<w:document xmlns:w="{WORD}"><w:body>{rows}</w:body></w:document>'
    return packed(
        {"[Content_Types].xml": types, "_rels/.rels": rels, "word/document.xml": document}
    )


def test_the_kind_of_a_zip_is_by_what_is_in_it() -> None:
    assert kind_of_zip(opened(docx("A"))) == "docx"
    assert kind_of_zip(opened(odt(""))) == "odt"
    assert kind_of_zip(opened(packed({"a.txt": "word/document.xml"}))) == "zip"


def test_word() -> None:
    found = read_docx(
        opened(docx("The tower remains", "By Ann Holm", "It will *not* move &amp; stays."))
    )
    assert [line for line in found.text.split("\n") if line] == [
        "The tower remains",
        "By Ann Holm",
        r"It will \*not\* move & stays.",
    ]


def test_opendocument() -> None:
    found = read_odt(
        opened(
            odt(
                '<text:h text:outline-level="2">When</text:h>'
                '<text:p>See <text:a xlink:href="https://a.example/x">the plan</text:a>'
                "<text:note><text:p>not this</text:p></text:note>"
                "<text:line-break/>now &lt;3.</text:p>"
                "<text:list><text:list-item><text:p>One</text:p></text:list-item></text:list>"
                "<table:table><table:table-row><table:table-cell><text:p>2026</text:p>"
                "</table:table-cell><table:table-cell><text:p>five</text:p></table:table-cell>"
                "</table:table-row></table:table>"
                '<text:p><draw:frame><draw:image xlink:href="Pictures/a.png"/>'
                "</draw:frame></text:p>"
            )
        )
    )
    assert "## When" in found.text
    assert "[the plan](https://a.example/x)" in found.text
    assert "not this" not in found.text
    assert "- One" in found.text
    assert "2026" in found.text
    assert found.images == {"Pictures/a.png": b"\x89PNG"}


def test_rtf() -> None:
    found = read_rtf(rb"{\rtf1\ansi\deff0 {\b The tower}\par T\'fcr und Tor.\par {\pict 00}}")
    assert found.text.rstrip().split("\n\n") == ["**The tower**", "Tür und Tor."]
    assert "1 image of a kind that is not read" in found.notes[0].message


def test_a_table_of_codes_is_paragraphs() -> None:
    """Factiva writes each article as one; a table of anything else stays."""
    row = r"\trowd\intbl {0}\cell {1}\cell\row "
    codes = [("HD", "The clock"), ("LP", r"One.\par Two."), ("CY", "Gazette")]
    coded = "".join(row.format(*pair) for pair in codes)
    table = row.format("Berth", "Ship") + row.format("7", "Ferry")
    text = read_rtf((r"{\rtf1 " + coded + r"\pard x\par " + table + "}").encode()).text
    parts = ["HD The clock", "LP", "One.", "Two.", "CY Gazette", "x"]
    assert text.split("\n\n")[:6] == parts
    assert text.rstrip().endswith("| Berth | Ship |\n| --- | --- |\n| 7 | Ferry |")


@pytest.mark.parametrize("read", [read_docx, read_odt])
@pytest.mark.parametrize(
    "data",
    [packed({"word/document.xml": "<"}), packed({"a.txt": ""})],
    ids=["a document that breaks off", "nothing of the form"],
)
def test_a_damaged_file_is_refused_in_words(read: object, data: bytes) -> None:
    with pytest.raises(ValueError, match="damaged"):
        read(opened(data))  # type: ignore[operator]


@pytest.mark.parametrize("read", [read_docx, read_odt])
def test_a_bomb_is_refused(read: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.importer.formats.office.MAX_UNPACKED", 10_000)
    bomb = packed({"word/document.xml": "<w/>" * 10_000, "content.xml": "<w/>"})
    with pytest.raises(ValueError, match="unpacks to more than"):
        read(opened(bomb))  # type: ignore[operator]


def test_a_script_in_a_document_is_text() -> None:
    found = read_odt(opened(odt("<text:p>&lt;script&gt;alert(1)&lt;/script&gt;</text:p>")))
    assert "<script" not in found.text.replace("\\<", "")
    link = '<text:p><text:a xlink:href="javascript:alert(1)">x</text:a></text:p>'
    assert "javascript" not in read_odt(opened(odt(link))).text
