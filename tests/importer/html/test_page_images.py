"""Pictures of saved pages: taken over in every format and every way to write them, in their place,
with their credits."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from sitegen.config.load import load_config
from sitegen.images.credits import Credits, as_exif, as_iptc, as_xmp
from sitegen.importer.html.read import read_html
from sitegen.importer.model import ImportOptions, ImportReport
from sitegen.importer.place.images import ImageRefused, read_picture
from sitegen.importer.run import import_all

from .test_pages import BELL, HEAD, LAMP, PAINTER, VOTES

MAKER = Credits("Ruta Lind", "Salm & Sons", "© 2026 Ruta Lind", "https://salm.example/rights")
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0'
    ' 0 9 9">{}<path d="M0 0h9"/></svg>'
)


def image(kind: str = "JPEG", colour: str = "red", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (32, 24), colour).save(out, kind, **more)  # type: ignore[arg-type]
    return out.getvalue()


FILES = {
    "a.jpg": image(),
    "b.png": image("PNG", "blue"),
    "c.webp": image("WEBP", "green"),
    "d.avif": image("AVIF", "grey"),
    "e.gif": image("GIF", "pink"),
    "f.svg": DRAWING.format("").encode(),
    "torn.jpg": b"\xff\xd8\xff\xe0 nothing more",
    "evil.svg": DRAWING.format("<script>alert(1)</script>").encode(),
}


def brought(
    tmp_path: Path, *figures: str, folder: str = "lamp_files", head: str = ""
) -> tuple[ImportReport, str]:
    """The report on a saved page with ``figures`` behind its paragraphs, and the article that came
    of it."""
    (tmp_path / folder).mkdir(parents=True)
    for name, data in FILES.items():
        (tmp_path / folder / name).write_bytes(data)
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    (root / "site.yaml").write_text("title: T\nbase_url: https://t.example/\ntimezone: UTC\n")
    texts = (LAMP, PAINTER, VOTES, BELL)
    body = "".join(
        f"<p>{text}</p>{figures[n] if n < len(figures) else ''}" for n, text in enumerate(texts)
    )
    meta = (
        '<meta name=author content="Edda Marsh"><meta property="article:published_time"'
        ' content="2026-11-26T18:15:00+00:00">'
    )
    top = f"<!doctype html><html><head><title>The lamp burns on</title>{meta}{head}</head>"
    page = f"{top}<body><article>{HEAD}{body}</article></body></html>"
    (tmp_path / "lamp.html").write_text(page, "utf-8")
    config = load_config((root / "site.yaml").read_text(), "site.yaml")
    report = import_all(root, config, [str(tmp_path / "lamp.html")], ImportOptions())
    return report, next((root / "content").rglob("*.md")).read_text("utf-8")


def pictures(article: str) -> list[str]:
    """The names of the pictures of an article in their order, without what the import puts before
    them."""
    return [
        name.rsplit("-", 1)[-1] for name in re.findall(r'(?:src: "|!\[[^\]]*\]\()([^")]+)', article)
    ]


@pytest.mark.parametrize(
    "folder",
    [
        "lamp_files",
        "lamp-Dateien",
        "lamp_archivos",
        "lamp-filer",
        "lamp_soubory",
        "Lamp - Harbour Post_files",
        "ランプ_files",
        "lamp (2)_files",
        ".",
    ],
)
@pytest.mark.parametrize(
    "head",
    [
        "",
        '<link rel=canonical href="https://post.example/x/lamp">',
        '<base href="https://cdn.example/">',
    ],
)
def test_the_folder_of_a_saved_page_is_what_the_page_itself_refers_to(
    tmp_path: Path, folder: str, head: str
) -> None:
    figures = [
        f'<figure><img src="./{folder}/{n}" alt="{n}"><figcaption>{n}. Photo: Ruta'
        " Lind</figcaption></figure>"
        for n in ("a.jpg", "b.png", "e.gif")
    ]
    if folder == ".":
        figures = [f.replace("./.", "pics") for f in figures]
        folder = "pics"
    report, article = brought(tmp_path, *figures, folder=folder, head=head)
    assert pictures(article) == ["a.jpg", "b.png", "e.gif"]
    assert "name: Ruta Lind" in article and not report.diagnostics


WAYS = {
    "figure": (
        '<figure><img src="lamp_files/b.png"><figcaption>The lamp. Photo: Ole'
        " Lund</figcaption></figure>"
    ),
    "paragraph": '<p><img src="lamp_files/b.png"></p>',
    "paragraph with a caption": (
        '<p><img src="lamp_files/b.png"><br><em>The lamp. Photo: Ole Lund</em></p>'
    ),
    "within a sentence": (
        '<p>What is shown <img src="lamp_files/b.png"> here is seen from the quay.</p>'
    ),
    "linked": '<p><a href="lamp_files/b.png"><img src="lamp_files/b.png"></a></p>',
    "linked to a page": (
        '<p><a href="https://post.example/lamp/large"><img src="lamp_files/b.png"></a></p>'
    ),
    "box with a caption": (
        '<div class="wp-caption"><img src="lamp_files/b.png">'
        '<p class="wp-caption-text">The lamp. Photo: Ole Lund</p></div>'
    ),
    "source": '<picture><source srcset="lamp_files/b.png 2x"><img alt=""></picture>',
    "source elsewhere": (
        '<figure><picture><source srcset="https://cdn.example/b.png 900w"><img'
        ' src="lamp_files/b.png"></picture></figure>'
    ),
    "srcset only": '<p><img srcset="lamp_files/a.jpg 1x,lamp_files/b.png 2x"></p>',
    "for a script": '<p><img src="data:image/gif;base64,R0lGOD" data-src="lamp_files/b.png"></p>',
    "for another script": (
        '<div><img class=lazy src="blank.gif" data-original="lamp_files/b.png"></div>'
    ),
    "without scripts": (
        '<figure><img src="data:image/gif;base64,R0lGOD"><noscript><img'
        ' src="lamp_files/b.png"></noscript></figure>'
    ),
    "amp": '<amp-img src="lamp_files/b.png" width=32 height=24></amp-img>',
    "table": '<table><tr><td><img src="lamp_files/b.png"></td></tr></table>',
}


@pytest.mark.parametrize("way", WAYS)
def test_a_picture_is_found_however_it_is_written(tmp_path: Path, way: str) -> None:
    _, article = brought(tmp_path, "", WAYS[way])
    assert pictures(article) == ["b.png"]
    assert article.index("A painter") < article.index("b.png") < article.index("The keeper")
    assert (
        "Ole Lund" in article.split("\n---\n")[0] and "Ole Lund" in article.split("\n---\n")[1]
    ) == ("Ole Lund" in WAYS[way])


def test_pictures_of_a_gallery_each_keep_their_caption(tmp_path: Path) -> None:
    nested = "".join(
        f"<figure><img src='lamp_files/{n}'><figcaption>{t}</figcaption></figure>"
        for n, t in (("a.jpg", "One. Photo: Ruta Lind"), ("b.png", "Two. Photo: Ole Lund"))
    )
    listed = "".join(
        f"<li><img src='lamp_files/{n}'><p class=caption>{t}</p></li>"
        for n, t in (("c.webp", "Three. Photo: Ann Ames"), ("d.avif", "Four. Photo: Bo Berg"))
    )
    _, article = brought(
        tmp_path, "", f"<figure class=gallery>{nested}</figure>", f"<ul>{listed}</ul>"
    )
    assert pictures(article) == ["a.jpg", "b.png", "c.webp", "d.avif"]
    for name, said in (
        ("a.jpg", "One. · Ruta Lind"),
        ("b.png", "Two. · Ole Lund"),
        ("c.webp", "Three. · Ann Ames"),
        ("d.avif", "Four. · Bo Berg"),
    ):
        assert re.search(rf"{re.escape(name)}\)\n\n\*{said}\*", article)
    assert re.findall(r"  - name: (.*)", article) == [
        "Ruta Lind",
        "Ole Lund",
        "Ann Ames",
        "Bo Berg",
    ]


def test_pictures_of_the_page_are_none_of_the_article(tmp_path: Path) -> None:
    byline = '<div class=byline><img class=avatar src="lamp_files/a.jpg"> By Edda Marsh</div>'
    related = (
        '<aside class=related><a href="/x"><img src="lamp_files/b.png">The bell of the chapel is'
        " for sale</a></aside>"
    )
    counter = '<img src="lamp_files/c.webp" width=1 height=1>'
    _, article = brought(tmp_path, byline, related, counter)
    assert pictures(article) == []


def test_what_cannot_be_taken_over_is_reported_and_keeps_link_and_credit(tmp_path: Path) -> None:
    figures = [
        f'<figure><img src="lamp_files/{n}" alt="{n}"><figcaption>Shown. Photo:'
        f" {who}</figcaption></figure>"
        for n, who in (("torn.jpg", "Ann Ames"), ("gone.jpg", "Bo Berg"), ("evil.svg", "Ole Lund"))
    ]
    report, article = brought(
        tmp_path, "", *figures, head='<link rel=canonical href="https://post.example/lamp">'
    )
    reported = " ".join(d.message for d in report.diagnostics)
    assert (
        all(name in reported for name in ("torn.jpg", "gone.jpg", "evil.svg"))
        and "Error" not in reported
    )
    assert pictures(article) == []
    for name, who in (("torn.jpg", "Ann Ames"), ("gone.jpg", "Bo Berg"), ("evil.svg", "Ole Lund")):
        assert f"[{name}](https://post.example/lamp_files/{name})\n\n*Shown. · {who}*" in article
        assert f"  - name: {who}\n" in article


def test_pictures_that_stay_at_their_outlet_are_kept_as_data(tmp_path: Path) -> None:
    figures = [
        f'<figure><img src="https://cdn.example/{n}"><figcaption>Shown. Photo:'
        f" {who}</figcaption></figure>"
        for n, who in (("x.jpg", "Ann Ames"), ("y.jpg", "Bo Berg"))
    ]
    _, article = brought(tmp_path, "", *figures)
    head, body = article.split("\n---\n")
    assert "cdn.example" not in body and "images_at_source:" in head
    assert re.findall(r"https://cdn.example/\w\.jpg|credit: .*", head) == [
        "https://cdn.example/x.jpg",
        "credit: Ann Ames",
        "https://cdn.example/y.jpg",
        "credit: Bo Berg",
    ]


def test_the_picture_above_the_text_is_that_of_the_article(tmp_path: Path) -> None:
    _, article = brought(
        tmp_path,
        '<figure><img src="lamp_files/a.jpg"></figure>',
        '<p><img src="lamp_files/b.png"></p>',
    )
    head, body = article.split("\n---\n")
    assert pictures(head) == ["a.jpg"] and pictures(body) == ["b.png"]


# Files ----------------------------------------------------------------------------------------


def with_xmp(kind: str) -> bytes:
    packet = as_xmp(MAKER)
    if kind == "GIF":
        data = image("GIF")
        trailer = b"\x01" + bytes(range(255, -1, -1)) + b"\x00"
        return data[:-1] + b"\x21\xff\x0bXMP DataXMP" + packet + trailer + b";"
    if kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", packet.decode())
        return image("PNG", pnginfo=info)
    return image(kind, xmp=packet)


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [("JPEG", ".jpg"), ("PNG", ".png"), ("GIF", ".gif"), ("WEBP", ".webp"), ("AVIF", ".avif")],
)
def test_each_format_says_who_made_it(kind: str, suffix: str) -> None:
    reported = read_picture(with_xmp(kind))
    assert (reported.suffix, reported.creator, reported.credit, reported.copyright) == (
        suffix,
        MAKER.creator,
        MAKER.credit,
        MAKER.copyright,
    )
    if kind not in ("GIF", "JPEG"):
        assert read_picture(image(kind, exif=as_exif(MAKER))).creator == "Ruta Lind"


def test_credits_in_other_parts_of_a_file_are_found() -> None:
    info = PngImagePlugin.PngInfo()
    records = as_iptc(MAKER)[30:]
    info.add_text("Raw profile type iptc", f"\niptc\n{len(records):8}\n{records.hex()}\n")
    assert read_picture(image("PNG", pnginfo=info)).credit == "Salm & Sons"
    assert read_picture(image("GIF", comment="© Ruta Lind".encode())).copyright == "© Ruta Lind"


@pytest.mark.parametrize(
    "part",
    [
        "<script>alert(1)</script>",
        '<rect onclick="alert(1)"/>',
        '<a xlink:href="javascript:alert(1)"><path d=""/></a>',
        '<image href="https://x.example/a.png"/>',
        "<style>@import 'https://x.example/a.css';</style>",
        '<rect style="fill:url(https://x.example/a)"/>',
        "<foreignObject><p/></foreignObject>",
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<use href="https://x.example/a.svg#b"/>',
        '<html xmlns="http://www.w3.org/1999/xhtml"/>',
        "<?xml-stylesheet href='https://x.example/a.css'?>",
        '<metadata><s:script xmlns:s="http://www.w3.org/1999/xhtml"/></metadata>',
        "<rect>&unknown;</rect>",
    ],
)
def test_drawings_that_do_more_than_draw_are_refused(part: str) -> None:
    with pytest.raises(ImageRefused):
        read_picture(DRAWING.format(part).encode())


def test_drawings_that_only_draw_are_taken_over() -> None:
    maker = (
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Ruta'
        " Lind</dc:creator></rdf:RDF></metadata>"
    )
    inside = (
        '<style>.a{fill:url(#g)}</style><use href="#g"/><image'
        ' href="data:image/png;base64,AA"/><text>Lamp</text>'
    )
    reported = read_picture(DRAWING.format(maker + inside).encode())
    assert (reported.suffix, reported.creator) == (".svg", "Ruta Lind")


def test_what_is_embedded_is_a_link_and_is_kept_for_the_theme() -> None:
    rows = "".join(
        f"<p>The heron of the old mole waited for the ferry on day {n}, they said.</p>"
        for n in range(9)
    )
    page = (
        f"<html><body><article><h1>A heron</h1>{rows}<iframe"
        ' src="https://film.example/embed/heron"></iframe>'
        f"{rows.replace('waited', 'slept')}</article></body></html>"
    )
    found = read_html(page.encode(), url="https://a.example/x")
    assert found.extra == {"embedded": ["https://film.example/embed/heron"]}
    assert "https://film.example/embed/heron" in found.body
