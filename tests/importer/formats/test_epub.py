"""EPUB: which of its texts are articles, and what the book says of them."""

from __future__ import annotations

import io
import zipfile

import pytest

from sitegen.importer.formats.epub import read_epub
from sitegen.importer.model import Imported, Skipped
from tests.importer.generate.articles import make_articles
from tests.importer.generate.office import epub, packed
from tests.importer.samples import opened

TEXT = " ".join(["The heron left the slipway after an hour of thought, and the ferry with it."] * 3)


def book(texts: dict[str, str], images: tuple[str, ...] = ()) -> bytes:
    kind = "application/xhtml+xml"
    items = "".join(f'<item id="{n}" href="{n}.xhtml" media-type="{kind}"/>' for n in texts)
    items += "".join(f'<item id="{n}" href="{n}" media-type="image/png"/>' for n in images)
    spine = "".join(f'<itemref idref="{n}"/>' for n in texts)
    return packed(
        {
            "META-INF/container.xml": '<c><rootfile full-path="O/b.opf"/></c>',
            "O/b.opf": f"<package><metadata><title>B</title></metadata><manifest>{items}"
            f"</manifest><spine>{spine}</spine></package>",
            **{f"O/{n}.xhtml": f"<html><body>{text}</body></html>" for n, text in texts.items()},
            **{f"O/{n}": b"\x89PNG" for n in images},
        }
    )


def test_texts_are_articles_and_what_is_around_them_is_skipped_with_its_kind() -> None:
    found = list(
        read_epub(
            opened(
                book(
                    {
                        "cover": f"<h1>Cover</h1><p>{TEXT}</p>",
                        "one": f"<h1>One</h1><p>{TEXT}</p>",
                        "links": f'<p><a href="one.xhtml">{TEXT}</a></p>',
                        "short": "<p>Not much.</p>",
                        "two": f"<h2>Two</h2><p>{TEXT}</p>",
                    }
                )
            )
        ).found
    )
    assert [one.title for one in found if isinstance(one, Imported)] == ["One", "Two"]
    assert [(s.name, s.reason) for s in found if isinstance(s, Skipped)] == [
        ("O/cover.xhtml", "a page of the book around its texts: cover, contents or the like"),
        ("O/links.xhtml", "a list of links"),
        ("O/short.xhtml", "has 2 words, which are no article"),
    ]


def test_images_come_along_by_the_names_in_the_text() -> None:
    text = f'<h1>One</h1><p>{TEXT}</p><img src="a.png" alt="A"><img src="../../b.png">'
    [one] = read_epub(opened(book({"one": text}, ("a.png",)))).found
    assert isinstance(one, Imported)
    assert one.attached == {"O/a.png": b"\x89PNG"}
    assert 'src="O/a.png"' in one.html


def test_a_book_names_authors_and_day() -> None:
    articles = make_articles(5, 2)
    found = [x for x in read_epub(opened(epub(articles))).found if isinstance(x, Imported)]
    assert [x.title for x in found] == [a.title for a in articles]
    assert {x.date for x in found} == {str(articles[0].day)}
    assert {x.authors[0].name for x in found} == {articles[0].authors[0]}
    assert len({x.guid for x in found}) == 2


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"META-INF/container.xml": "<c/>"}, "names no package"),
        ({"META-INF/container.xml": '<c><rootfile full-path="x"/></c>'}, "damaged"),
        ({"META-INF/encryption.xml": "<x/>"}, "encrypted"),
    ],
)
def test_what_is_no_book_is_refused_in_words(files: dict[str, str | bytes], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_epub(opened(packed(files)))


def test_a_byline_and_a_day_below_a_headline_are_fields() -> None:
    text = f"<h2>One</h2><p>By Ann Ames and Bo Berg</p><p>26 November 2026</p><p>{TEXT}</p>"
    [one] = read_epub(opened(book({"one": text}))).found
    assert isinstance(one, Imported)
    assert [p.name for p in one.authors] == ["Ann Ames", "Bo Berg"]
    assert one.date == "2026-11-26" and "Ann Ames" not in one.html


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"<p><b>One</b></p><p>{TEXT}</p>", "One"),
        (f'<div class="calibre_navbar"><h1>Next</h1></div><h3>One</h3><p>{TEXT}</p>', "One"),
        (f"<p>{TEXT}</p>", "B"),  # the book's, where nothing names the text
    ],
)
def test_headlines_without_a_heading(text: str, title: str) -> None:
    [one] = read_epub(opened(book({"one": text}))).found
    assert isinstance(one, Imported) and one.title == title


@pytest.mark.parametrize(
    ("method", "is_read"),
    [("http://www.idpf.org/2008/embedding", True), ("http://www.w3.org/2001/04/xmlenc#aes", False)],
)
def test_fonts_may_be_obfuscated(method: str, is_read: bool) -> None:
    with zipfile.ZipFile(io.BytesIO(book({"one": f"<h1>One</h1><p>{TEXT}</p>"}))) as archive:
        files: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    files["META-INF/encryption.xml"] = (
        f'<e><EncryptedData><EncryptionMethod Algorithm="{method}"/></EncryptedData></e>'
    )
    if is_read:
        assert len(list(read_epub(opened(packed(files))).found)) == 1
    else:
        with pytest.raises(ValueError, match="encrypted"):
            read_epub(opened(packed(files)))
