"""Files of every format that mean harm: nothing runs, nothing leaves its place, nothing takes for
ever, and no reader breaks."""

from __future__ import annotations

import dataclasses
import gzip
import io
import json
import time
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from sitegen.importer.model import ImportReport
from tests.importer.generate import office, saved, systems
from tests.importer.generate.articles import Article, make_articles
from tests.importer.generate.office import assemble_pdf, draw_pdf, packed
from tests.importer.test_generated import KINDS
from tests.importer.test_hostile import EVIL, TEXT, bring, pages, root

__all__ = ["root"]  # a fixture

SECONDS = 8  # of CPU, for what takes less than one where it is not hostile


def timed(root: Path, name: str, data: bytes) -> tuple[ImportReport, str]:
    """As `bring`, in bounded time."""
    start = time.process_time()
    found = bring(root, name, data)
    assert time.process_time() - start < SECONDS
    return found


def evil_articles() -> list[Article]:
    one = make_articles(11, 1, "en")[0]
    return [
        dataclasses.replace(
            one,
            title=f"{one.title} {EVIL}",
            paragraphs=(f"{EVIL} {one.paragraphs[0]}", *one.paragraphs[1:]),
        )
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_scripts_in_headlines_and_texts_do_not_run(root: Path, name: str) -> None:
    kind = KINDS[name]
    report, _ = bring(root, f"evil{kind.suffix}", kind.make(evil_articles()))
    assert report.items
    shown = pages(root)
    for sign in ("<script>alert", "<img src=x", "onerror=alert(1)>", 'href="javascript'):
        assert sign not in shown, sign


RAW_HTML = (
    f"<p>{TEXT}</p><script>alert(1)</script><img src=x onerror=alert(1)><iframe"
    ' src="https://evil.example"></iframe><a href="javascript:alert(1)">x</a><svg onload=alert(1)>'
    '<form action="https://evil.example"><input></form><style>body{display:none}</style>'
)


def raw_html(make: Callable[[Sequence[Article]], bytes]) -> bytes:
    """A file of a system whose texts are HTML, with hostile HTML in them."""
    one = dataclasses.replace(make_articles(12, 1, "en")[0], paragraphs=("PLACEHOLDER",))
    data = make([one])
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = {n: archive.read(n) for n in archive.namelist()}
        return packed({n: _replaced(d, n) for n, d in files.items()})
    return _replaced(data, "x.json" if data.startswith((b"{", b"[")) else "x.html")


def _replaced(data: bytes, name: str) -> bytes:
    html = json.dumps(RAW_HTML)[1:-1] if name.endswith(".json") else RAW_HTML
    if b"&lt;p&gt;PLACEHOLDER" in data:
        html = RAW_HTML.replace("<", "&lt;").replace(">", "&gt;")
        return data.replace(b"&lt;p&gt;PLACEHOLDER&lt;/p&gt;", html.encode())
    return data.replace(b"<p>PLACEHOLDER</p>", html.encode())


HTML_SYSTEMS = {
    "ghost": (systems.ghost, ".json"),
    "substack": (systems.substack, ".zip"),
    "medium": (systems.medium, ".zip"),
    "tumblr": (systems.tumblr, ".json"),
    "tumblr folder": (systems.tumblr_folder, ".zip"),
    "mastodon": (systems.mastodon, ".zip"),
    "blogger": (systems.blogger, ".xml"),
    "superdesk": (systems.superdesk, ".json"),
    "epub": (office.epub, ".epub"),
    "mhtml": (saved.mhtml, ".mhtml"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HTML_SYSTEMS)
def test_html_of_other_systems_is_cleaned(root: Path, name: str) -> None:
    make, suffix = HTML_SYSTEMS[name]
    report, written = bring(root, f"x{suffix}", raw_html(make))
    assert report.items and "keel of the new pilot boat" in written
    shown = pages(root)
    for sign in ("alert(1)", "<iframe", 'action="https://evil', "display:none"):
        assert sign not in shown, sign


# Bombs ----------------------------------------------------------------------------------------

ZEROS = b"\0" * (300 * 1024 * 1024)


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """A packed stream of 300 MiB."""
    return zlib.compress(ZEROS, 1)


@pytest.mark.slow
@pytest.mark.parametrize(
    "names",
    [
        ("word/document.xml", "[Content_Types].xml"),
        ("content.xml", "mimetype"),
        ("META-INF/container.xml", "OPS/a.xhtml"),
        ("datapackage.json", "archive/a.warc"),
        ("outbox.json", "actor.json"),
        ("posts.csv", "posts/1.a.html"),
    ],
    ids=["docx", "odt", "epub", "wacz", "mastodon", "substack"],
)
def test_a_bomb_in_a_zip_is_refused(root: Path, names: tuple[str, str]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(names[0], ZEROS)
        said = "application/vnd.oasis.opendocument.text" if names[1] == "mimetype" else "x"
        archive.writestr(names[1], said)
    report, _ = timed(root, "bomb.zip", out.getvalue())
    assert [item.outcome for item in report.items] in (["quarantined"], ["failed"])


@pytest.mark.slow
def test_a_bomb_in_gzip_is_refused(root: Path) -> None:
    report, _ = timed(root, "bomb.warc.gz", gzip.compress(b"WARC/1.0\r\n" + ZEROS, 1))
    assert [item.outcome for item in report.items] in (["quarantined"], ["failed"])


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 2])
def test_a_bomb_in_a_pdf_is_refused(root: Path, bomb: bytes, times: int) -> None:
    data = bomb if times == 1 else zlib.compress(bomb, 9)
    filters = "/FlateDecode" * times
    stream = f"<</Length {len(data)}/Filter[{filters}]>>stream\n".encode() + data + b"\nendstream"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    tree = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, stream]
    report, _ = timed(root, "bomb.pdf", assemble_pdf(tree))
    assert [item.outcome for item in report.items] == ["quarantined"]
    assert "unpacks to more than" in report.items[0].reason


# Cycles ---------------------------------------------------------------------------------------


def test_a_pdf_whose_pages_are_their_own_parents(root: Path) -> None:
    tree = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 3 0 R]>>"]
    tree += [b"<</Type/Pages/Count 9/Kids[2 0 R]/Parent 3 0 R>>"]
    report, _ = timed(root, "cycle.pdf", assemble_pdf(tree))
    assert [item.outcome for item in report.items] == ["quarantined"]


@pytest.mark.slow
def test_a_pdf_whose_forms_draw_one_another(root: Path) -> None:
    draws = b"/F Do " * 30

    def form(number: int) -> bytes:
        head = f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length {len(draws)}/Resources<</XObject"
        return head.encode() + f"<</F {number} 0 R>>>>>>stream\n".encode() + draws + b"\nendstream"

    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 5 0 R"
        b"/Resources<</XObject<</F 4 0 R>>>>>>"
    )
    content = b"<</Length %d>>stream\n" % len(draws) + draws + b"\nendstream"
    pages_ = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page]
    for forms in ([form(4)], [form(6)]):  # its own, and a chain of thirty times thirty …
        more = [form(n + 1) for n in range(6, 14)] + [form(14)] if forms == [form(6)] else []
        report, _ = timed(root, "forms.pdf", assemble_pdf([*pages_, *forms, content, *more]))
        assert [item.outcome for item in report.items] == ["quarantined"]


def test_json_that_is_too_deep_is_refused_in_words(root: Path) -> None:
    for name, start in (
        ("pinboard.json", '[{"href": "x", "description": "y", "extended": '),
        ("outbox.json", '{"type": "OrderedCollection", "orderedItems": '),
        ("tumblr.json", '{"posts": [{"blog_name": "x", "body": '),
        ("items.json", '{"items": [{"link": "x", "title": "y", "excerpt": '),
    ):
        report, _ = timed(root, name, (start + "[" * 200_000).encode())
        assert [item.outcome for item in report.items] == ["quarantined"], name


# Places ---------------------------------------------------------------------------------------


def test_a_book_that_names_files_outside_reads_none_of_them(root: Path) -> None:
    (root.parent / "secret.xhtml").write_text(f"<h1>Secret</h1><p>{TEXT}</p>")
    outside = ["../../secret.xhtml", "/etc/passwd", "file:///etc/passwd", "..%2f..%2fsecret.xhtml"]
    kind = "application/xhtml+xml"
    items = "".join(
        f'<item id="i{n}" href="{h}" media-type="{kind}"/>' for n, h in enumerate(outside)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(outside) + 1))
    own = f'<item id="i{len(outside)}" href="a.xhtml" media-type="{kind}"/>'
    image = '<img src="../../../etc/passwd"><img src="file:///etc/passwd">'
    data = packed(
        {
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/b.opf"/>'
            "</rootfiles></container>",
            "OPS/b.opf": f"<package><metadata/><manifest>{items}{own}</manifest><spine>{spine}"
            "</spine></package>",
            "OPS/a.xhtml": f"<h1>Ours</h1><p>{TEXT} {TEXT}</p>{image}",
        }
    )
    report, written = bring(root, "book.epub", data)
    assert [i.title for i in report.items if i.outcome == "created"] == ["Ours"]
    assert "Secret" not in written and "root:" not in written


@pytest.mark.parametrize("name", ["content.xml", "OPS/b.opf"])
def test_entities_of_office_files_are_not_read(root: Path, name: str) -> None:
    entity = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    files: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'{entity}<a xmlns:t="x"><t:text><t:p>{TEXT} &f;</t:p></t:text></a>',
    }
    if name == "OPS/b.opf":
        files = {
            "META-INF/container.xml": '<container><rootfile full-path="OPS/b.opf"/></container>',
            "OPS/b.opf": f"{entity}<package><metadata><title>&f;</title></metadata><manifest><item"
            ' id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref'
            ' idref="a"/></spine></package>',
            "OPS/a.xhtml": f"{entity}<h1>A &f;</h1><p>{TEXT} {TEXT} &f;</p>",
        }
    report, written = bring(root, "x.zip", packed(files))
    assert report.items and "root:" not in written


# Long texts -----------------------------------------------------------------------------------

LONG = {
    "labels.txt": ("Author: Ann Ames\nDate: x\nSource: y\nTitle: z\n" * 2_000).encode(),
    "label.txt": b"Author: " + b"a " * 600_000,
    "colons.txt": b"a:" * 300_000,
    "feet.txt": b"End of Document\n" * 8_000,
    "counts.txt": b"".join(b"%d of 5000 DOCUMENTS\n" % n for n in range(1, 5_000)),
    "blanks.txt": (" " * 5_000 + "\n").encode() * 500,
    "open.bib": b"@article{a, title = {" + b"{" * 500_000,
    "many.bib": b"@a{b,title={x}}\n" * 15_000,
    "fields.bib": b"@article{a, " + b"x = {y}, " * 200_000,
    "accents.bib": b"@a{b,title={" + b"\\'{" * 100_000 + b"}}",
    "wire.txt": b"\x01dpa0001 4 vm 10 \x02" * 50_000,
    "wire2.txt": b"\x01dpa0001 4 vm 10 \x02" + b"a/" * 500_000,
    "wide.csv": b"title,url," + b"x," * 200_000 + b"\nA,https://a.example/\n",
    "cell.csv": b'title,url\nA,"' + b"x" * 6_000_000,
    "urls.txt": b"".join(b"https://127.0.0.1:9/%d\n" % n for n in range(20_000)),
    "bars.rtf": rb"{\rtf1 " + rb"\trowd\cell " * 100_000 + b"}",
    "bytes.rtf": rb"{\rtf1\ansi " + rb"\'e9" * 50_000 + b"}",
    "letters.rtf": rb"{\rtf1 " + rb"\u233?" * 30_000 + b"}",
    "binary.rtf": rb"{\rtf1 a\bin9999999999 " + b"{" * 100_000,
    "notes.rtf": rb"{\rtf1 " + rb"x{\footnote y}" * 3_000 + b"}",
    "tables.rtf": rb"{\rtf1 " + rb"\intbl HD\cell a\cell\row " * 3_000 + b"}",
    "fields.rtf": rb'{\rtf1 {\field{\*\fldinst HYPERLINK "' + b"a" * 3_000_000 + b'"}{\fldrslt x}}',
    "deep.fodt": b"<office:document xmlns:office='o' office:mimetype='application/vnd.oasis."
    b"opendocument.text'><text>" + b"<section><p>a<frame><text-box>" * 5_000,
    "ghost.json": b'{"data":{"posts":[{"title":"A","lexical":"' + b"[" * 400_000 + b'"}]}}',
    "links.json": b'{"children":' * 30_000 + b"[]" + b"}" * 30_000,
    "urls.xml": b"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><item><encoded>"
    + b"https://youtu.be/" * 100_000,
    "headers.txt": b"bdt0001 4 pl 12  dpa 0001\n" * 20_000,
    "counts2.txt": b"1 of 2 DOCUMENTS\nTitle: a\nAuthor: b\n" * 2_000,
    "cover.txt": b"User Name: a\n" + b"1. Title\nClient/Matter: -None-\n" * 5_000,
    "groups.rtf": rb"{\rtf1 " + b"{" * 200_000,
    "text.pdf": draw_pdf([[(60, 700, 10, "word " * 6_000)]]),
    "empty.pdf": b"%PDF-1.4\n" + b"stream\n" * 100_000,
    "xref.pdf": b"%PDF-1.4\nxref\n0 99999999\n" + b"0000000000 00000 n \n" * 1000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_what_is_long_takes_bounded_time_and_breaks_nothing(
    root: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sitegen.importer.formats.reading_lists.MAX_URLS", 5)
    report, _ = timed(root, name, LONG[name])
    assert report.items or report.diagnostics
    known = {"created", "quarantined", "failed", "skipped", "unchanged"}
    assert {item.outcome for item in report.items} <= known
    broken = [i.reason for i in report.items if "way that its reader does not know" in i.reason]
    assert not broken


# Scans and passwords ----------------------------------------------------------------------------


def test_a_scan_is_named_as_such(root: Path) -> None:
    report, written = bring(root, "scan.pdf", draw_pdf([[], []], image=True))
    assert [item.outcome for item in report.items] == ["quarantined"]
    assert "scanned pages without text" in report.items[0].reason
    assert "ocrmypdf" in written


def test_a_pdf_without_anything_is_named_as_such(root: Path) -> None:
    report, _ = bring(root, "none.pdf", draw_pdf([[]]))
    assert "is a PDF without text" in report.items[0].reason
