"""Saved pages: stacked evidence, a clean body, figures and credits apart, nothing that runs."""

import pytest

from sitegen.importer.detect import decode_html, decode_text, detect
from sitegen.importer.html.read import read_html
from sitegen.importer.html.tree import parse_tree
from sitegen.importer.model import Imported
from tests.importer.samples import PAGE, PLAIN_EN, SPUN


def test_page_with_json_ld() -> None:
    found = read_html(PAGE.encode())
    assert found.title == "Ferry line to drop its oldest ship"
    assert [(p.name, p.url) for p in found.authors] == [
        ("Jane McDonald", "https://coast.example/by/jane"),
        ("Ruth van der Berg", ""),
    ]
    assert (found.date, found.updated) == ("2024-06-05T14:20:00-04:00", "2024-06-06T08:00:00-04:00")
    assert found.dek == "Passengers on the night run will get a newer vessel, the line says"
    assert (
        found.source.name == "Coast Courier"
        and found.section == "Harbour"
        and found.tags == ("ferries", "Orla")
    )
    assert found.canonical.startswith("https://coast.example/news/2024/06/05/old-ship")
    evidence = dict(found.evidence)
    assert evidence["authors"][:12] == "from JSON-LD" and evidence["date"][:12] == ("from JSON-LD")
    assert [(p.name, p.org, p.role) for p in found.credits] == [
        ("Ann Ames", "Coast Pictures", "photo")
    ]
    assert found.image is not None and found.image.src == "https://coast.example/img/salm.jpg"
    assert not found.doubts


def test_body_keeps_what_it_should() -> None:
    body = read_html(PAGE.encode()).body
    assert "**oldest ship**" in body and "[four times](https://coast.example/engine)" in body
    assert "## Why now" in body and "> She is tired" in body
    assert "&lt;b>by hand&lt;/b>" in body
    for noise in (
        "at her berth",
        "Ann Ames",
        "javascript",
        "alert",
        "Seven bridges",
        "Storm closes",
        "standfirst",
        "By Jane",
        "Passengers on the night run",
        "© 2024",
    ):
        assert noise not in body, noise


def test_without_metadata_the_visible_page_counts() -> None:
    page = """<html><body><article><h1>A quiet horn for the night ferry</h1>
    <p class="byline">By Ines Calder</p><time datetime="2024-03-02">2 March</time>
    %s</article></body></html>""" % (
        "<p>The horn was heard for thirty years in every street of the town, and nobody set a clock"
        " without it.</p>" * 4
    )
    found = read_html(page.encode(), url="https://coast.example/a")
    assert (found.title, found.date) == ("A quiet horn for the night ferry", "2024-03-02")
    assert [p.name for p in found.authors] == [
        "Ines Calder"
    ] and found.canonical == "https://coast.example/a"


def test_outlet_gives_way_to_a_person() -> None:
    page = PAGE.replace(
        (
            '{"@type":"Person","name":"Jane '
            'McDonald","url":"https://coast.example/by/jane"},\n{"@type":"Person","name":"Ruth van der Berg"}'  # noqa: E501
        ),
        '{"@type":"Organization","name":"Coast Courier"}',
    )
    assert read_html(page.encode()).authors[0].name == "Jane McDonald"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<meta charset=utf-8>Größe".encode("latin-1"), "Größe"),
        ("<meta charset=iso-8859-1>Größe – “x”".encode(), "Größe – “x”"),
        ("<meta charset=windows-1251>Порт".encode("windows-1251"), "Порт"),
        ("\ufeffGröße".encode(), "Größe"),
        ("Größe".encode("utf-16"), "Größe"),
        (b"<meta charset=utf-7>+ADw-script+AD4- \xfc", "+ADw-script+AD4- ü"),
        (b"<meta charset=no-such-thing>\xfc", "ü"),
    ],
)
def test_charsets(data: bytes, text: str) -> None:
    assert decode_html(data)[0].endswith(text)


def test_plain_text_charsets() -> None:
    assert decode_text("“Größe”".encode("windows-1252")) == ("“Größe”", "windows-1252")


def test_no_entities_no_network() -> None:
    bomb = (
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM '
        '"file:///etc/passwd">]><html><body><p>&b;&x;</p></body></html>'
    )
    tree = parse_tree(bomb)
    assert tree is None or (
        "aaaa" not in tree.text_content() and "root:" not in tree.text_content()
    )
    deep = "<div>" * 100_000 + "x"
    read_html(deep.encode())
    assert read_html(b"").doubts and read_html(b"\0\xff" * 50).doubts


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (PAGE.encode(), "x.txt", "html"),
        (SPUN.encode(), "x.html", "text"),
        (PLAIN_EN.encode(), "", "text"),
        (b"---\ntitle: X\n---\nBody", "x", "markdown"),
        (b"--- \nA rule, then text that goes on.", "x", "text"),
        (b"\x89PNG\r\n\x1a\n\0", "x.txt", "binary"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "x", "feed"),
        (b"", "x", "empty"),
        (b"From: a@b.example\nTo: c@d.example\nSubject: x\n\nHello", "x", "mail"),
    ],
)
def test_detect(data: bytes, name: str, kind: str) -> None:
    assert detect(data, name) == kind


def page(head: str = "", top: str = "", url: str = "https://coast.example/a") -> Imported:
    """A page without any other sign of its author than ``head`` and what stands above the text."""
    paragraphs = "".join(
        f"<p>The ferry to the island will sail {n} times a day from Monday, the company said, and"
        " not once at night.</p>"
        for n in "two six ten".split()
    )
    body = f"<article><h1>Ferry sails again</h1>{top}{paragraphs}</article>"
    text = (
        "<html><head><title>Ferry sails again |"
        f" Coast</title>{head}</head><body>{body}</body></html>"
    )
    return read_html(text.encode(), url=url)


def named(found: Imported) -> list[str]:
    return [p.name for p in found.authors]


def test_names_side_by_side_without_a_sign_are_parted_by_their_elements() -> None:
    assert named(
        page(top="<div class=article-byline><span>Ann Ames</span> <span>Bo Berg</span></div>")
    ) == ["Ann Ames", "Bo Berg"]


def test_a_line_of_date_and_name_names_the_author() -> None:
    assert named(page(top="<small>04.02.2022 | 13:10 Uhr | Ann Ames</small>")) == ["Ann Ames"]
    assert named(page(top="<p>Salm, 4 February 2022 - Second Ferry Line</p>")) == []


def test_the_visible_byline_completes_and_corrects_what_the_page_claims() -> None:
    byline = (
        "<p class=byline>By <a rel=author href='/author/ann'>Ann Ames</a> and <a rel=author"
        " href='/author/bo'>Bo Berg</a></p>"
    )
    assert named(page("<meta name=author content='Bo Berg'>", byline)) == ["Ann Ames", "Bo Berg"]
    crowd = "<meta name=author content='Ann Ames, Bo Berg, Cara Dahl, Eva Falk'>"
    assert named(page(crowd, "<p class=byline>By Ann Ames</p>")) == ["Ann Ames"]


def test_staff_and_the_owner_of_a_site_are_authors_where_nobody_else_is() -> None:
    assert named(page("<meta name=author content='Coast Staff'>")) == ["Coast Staff"]
    assert named(
        page(
            "<meta property='og:site_name' content='Dr. Ann Ames'>",
            url="https://www.ann-ames.example/a",
        )
    ) == ["Ann Ames"]
    assert (
        named(
            page(
                "<meta property='og:site_name' content='Ann Ames'>",
                url="https://www.other.example/a",
            )
        )
        == []
    )


@pytest.mark.parametrize(
    ("extra", "people"),
    [
        ("<h5><em>Von Ann Ames</em></h5>", ["Ann Ames"]),
        ("<ul><li><b>Author</b> Ann Ames</li></ul>", ["Ann Ames"]),
        ("<p>Autorin: Ann Ames, Leiterin der Hafenwacht in Salm</p>", ["Ann Ames"]),
        (
            (
                "<div class='author-box short'><div>About</div><h3>Ann Ames</h3><p>Ann has been at"
                " sea.</p></div>"
            ),
            ["Ann Ames"],
        ),
        (
            (
                "<div class=author-box><h3>Ann Ames</h3></div><div class=author-box><h3>Bo"
                " Berg</h3></div>"
            ),
            [],
        ),
        (
            "<div><p>TEXT</p><p>TEXT</p><p>TEXT</p><p><strong>Ann Ames</strong></p></div>",
            ["Ann Ames"],
        ),
        (
            (
                "<div><p>TEXT</p><p>TEXT</p><p>TEXT</p><p>Ann Ames is a reporter for Coast in the"
                " town of Salm.</p></div>"
            ),
            ["Ann Ames"],
        ),
        ("<div><p>TEXT</p><p>TEXT</p><p>TEXT</p><p>Deine Ann</p></div>", []),
        ("<div>(责编：牛镛、岳弘彬)</div>", ["牛镛", "岳弘彬"]),
        ("<p class=meta>Posted by rasos on 24 July 2017</p>", ["rasos"]),
        (
            "<nav>Edited by <a href='/x'><span itemprop=author>Ann Ames</span></a></nav>",
            ["Ann Ames"],
        ),
    ],
)
def test_an_author_that_no_markup_names(extra: str, people: list[str]) -> None:
    assert (
        named(
            page(
                top=extra.replace(
                    "TEXT", "The old ferry lay at the quay while nobody came to see her off. " * 2
                )
            )
        )
        == people
    )


@pytest.mark.parametrize(
    ("head", "extra", "people"),
    [
        (
            "",
            (
                f"<p>{'words of it ' * 8} <a href='/person/ann-ames/'>Ann Ames</a>"
                f" {'and more of it ' * 5}</p>"
            ),
            [],
        ),
        ("", "<p class=tags><a href='/person/ann-ames/'>Ann Ames</a></p>", []),
        (
            "",
            (
                "<a href='/b'><h3>Another ferry is late again</h3><span class=author>By Ann"
                " Ames</span></a>"
            ),
            [],
        ),
        (
            "",
            "<p class=author><a href='https://commons.wikimedia.org/wiki/User:A'>Ann Ames</a></p>",
            [],
        ),
        ("<meta name=author content='Ann Ames, AP'>", "", ["Ann Ames"]),
        ("<meta name=author content='Ann Ames, MBA'>", "", ["Ann Ames"]),
        ("<meta name=author content='Staff and wire reports'>", "", ["Staff and wire reports"]),
        ("<meta name=author content='Von Coast-Expertin Ann Ames'>", "", ["Ann Ames"]),
    ],
)
def test_who_is_written_of_or_helped_is_no_author(head: str, extra: str, people: list[str]) -> None:
    assert named(page(head, extra)) == people


def test_a_moment_in_utc_gives_way_to_the_day_that_readers_saw() -> None:
    claim = "<meta property='article:published_time' content='2022-02-18T02:18:11+00:00'>"
    assert page(claim, "<p class=date>February 17, 2022</p>").date == "2022-02-17"
    assert page(claim, "<p class=date>February 18, 2022</p>").date == "2022-02-18T02:18:11+00:00"
    assert page(claim, "<p class=date>February 3, 2022</p>").date == "2022-02-18T02:18:11+00:00"


def test_a_moment_in_utc_is_shown_in_the_time_of_the_source() -> None:
    claim = "<meta property='article:published_time' content='2022-02-18T02:18:11+00:00'>"
    assert (
        page(claim, "<time datetime='2022-02-17 20:18:11'>late</time>").date
        == "2022-02-17T20:18:11-06:00"
    )
    assert page(claim, url="https://coast.ca/a").date == "2022-02-17T21:18:11-05:00"
    assert page(claim, url="https://coast.co.nz/a").date == "2022-02-18T02:18:11+00:00"
    assert (
        page(claim, "<p class=date>February 17, 2022</p>", url="https://coast.com.mx/a").date
        == "2022-02-17T20:18:11-06:00"
    )


@pytest.mark.parametrize(
    ("head", "top", "date"),
    [
        ("", "<p class=date>2019年4月2日</p>", "2019-04-02"),
        ("", "<p class=date>2 kwietnia 2019</p>", "2019-04-02"),
        (
            "",
            "<time datetime='2019-08-24'>24.08.</time><p>Veröffentlicht am 16.08.2019</p>",
            "2019-08-16",
        ),
        (
            "",
            "<p>(21. November 2022) Die Fähre fährt wieder.</p>"
            + "<p>Und wieder fährt sie nicht.</p>" * 9,
            "2022-11-21",
        ),
        (
            "<meta name=description content='Ferry sails again (News of 14 January 2020)'>",
            "",
            "2020-01-14",
        ),
        (
            "",
            "<p class=x>Ferry sails again <b>was</b> on <b>19 May 2010</b> posted</p>",
            "2010-05-19",
        ),
    ],
)
def test_the_day_that_a_page_says_in_words(head: str, top: str, date: str) -> None:
    assert page(head, top).date == date


def test_the_date_in_the_name_of_the_page_goes_before_that_of_a_box() -> None:
    prose = "<p>The old ferry lay at the quay while nobody came to see her off. </p>" * 40
    text = f"<h1>Ferry sails again</h1>{prose}<div><p class=date>24.04.2023</p></div>"
    assert (
        read_html(f"<title>Ferry sails again | Coast | 28.04.2023</title>{text}".encode()).date
        == "2023-04-28"
    )


def test_the_date_above_the_headline_is_that_of_today() -> None:
    text = (
        "<div class=head><p class=date>Tue, 14 Jan 2020</p></div><h1>Ferry sails"
        " again</h1><p>Coast<br>13 Jan 2020, 22:11 GMT+10</p>"
    )
    assert (
        read_html(
            f"<html><head><title>Ferry sails again</title></head><body>{text}</body></html>".encode()  # noqa: E501
        ).date[:10]
        == "2020-01-13"
    )


def test_a_page_published_after_its_last_change_is_dated_as_shown() -> None:
    head = "<meta property='article:published_time' content='2022-11-17T10:33:13+01:00'>"
    change = "<meta property='article:modified_time' content='2022-11-17T10:32:18+01:00'>"
    top = "<time datetime='2022-03-09'>9 March 2022</time>"
    assert page(head + change, top).date == "2022-03-09"
    assert page(head, top).date == "2022-11-17T10:33:13+01:00"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Ferry sails again « Coast and more</title>", "Ferry sails again"),
        (
            "<title>Ferry</title><meta property='og:title' content='08.11.2021 | Ferry sails again'>",  # noqa: E501
            "Ferry sails again",
        ),
        (
            "<title>Ferry</title><meta property='og:title' content='Press release: Ferry sails again'>",  # noqa: E501
            "Ferry sails again",
        ),
        (
            "<title>Ferry sails again - Ann Ames - Coast</title><meta property='og:title' content='Ferry sails again - Ann Ames - Coast'>",  # noqa: E501
            "Ferry sails again",
        ),
    ],
)
def test_the_headline_is_distinguished_from_what_surrounds_it(head: str, title: str) -> None:
    text = page().title
    assert text == "Ferry sails again"
    found = read_html(
        f"<html><head>{head}</head><body><h1>Ferry sails again</h1><p>Text.</p></body></html>".encode()  # noqa: E501
    )
    assert found.title == title


def test_headings_that_are_furniture_are_no_headlines() -> None:
    head = (
        "<title>The ferry sails again on Monday | Coast</title><meta property='og:title'"
        " content='The ferry sails again on Monday | Coast'>"
    )
    for heading in ("Menu", "Salm", "Recent comments"):
        found = read_html(
            f"<html><head>{head}</head><body><h1>{heading}</h1><p>Text.</p></body></html>".encode()
        )
        assert found.title == "The ferry sails again on Monday"


def test_a_name_cut_off_at_a_quote_is_completed() -> None:
    head = (
        '<title>Minister calls ferry "unsafe"</title><meta property="og:title" content="Minister'
        ' calls ferry "unsafe"">'
    )
    assert (
        read_html(f"<html><head>{head}</head><body><p>Text.</p></body></html>".encode()).title
        == 'Minister calls ferry "unsafe"'
    )


def test_captions_with_their_credit_teasers_and_data_stay_out_of_the_text() -> None:
    caption = "The ferry at the north mole on the evening before it was taken out of service"
    top = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry sails'
        ' again", "image": {"@type": "ImageObject", "url": "https://coast.example/x.jpg",'
        f' "caption": "{caption}"}}}}</script><img src="/x.jpg"><p>{caption} | Ruta Lind/Salm'
        " Pictures</p><div>2026-11-19T08:57:40+01:00</div>"
    )
    body = page(top=top).body
    assert "six times" in body
    for noise in (caption, "Ruta Lind", "2026-11-19"):
        assert noise not in body


@pytest.mark.parametrize(
    ("top", "holders"),
    [
        (
            "<figure><img src=a.jpg><figcaption>The old ferry.</figcaption><footer>Ann Ames/Coast</footer></figure>",  # noqa: E501
            [("Ann Ames", "Coast")],
        ),
        ("<figure><img src=a.jpg><small>© Ann Ames</small></figure>", [("Ann Ames", "")]),
        (
            "<figcaption>The old ferry sails once more, Foto: Ann Ames</figcaption>",
            [("Ann Ames", "")],
        ),
        (
            "<figure><img src=a.jpg><figcaption><span class=Cap_sourceText__x1>Ann Ames</span> The ferry.</figcaption></figure>",  # noqa: E501
            [("Ann Ames", "")],
        ),
        (
            "<figure><img src=a.jpg><figcaption><span>The old ferry sails once more.</span><span>(Ann Ames)</span></figcaption></figure>",  # noqa: E501
            [("Ann Ames", "")],
        ),
        (
            "<figure><img src=a.jpg><figcaption>Quelle: Ann Ames</figcaption></figure>",
            [("Ann Ames", "")],
        ),
        (
            "<figure><img src=a.jpg><figcaption>The ferry. Foto: Coast Pool/dpa | Ann Ames</figcaption></figure>",  # noqa: E501
            [("Ann Ames", "Coast Pool/dpa")],
        ),
        ("<div><img src=a.jpg><span>Foto: Ann Ames</span></div>", [("Ann Ames", "")]),
        ("<div><img src=a.jpg><span>Share on Twitter</span></div>", []),
        ("<p class=copyright>Coast Verlag GmbH</p>", []),
        (
            "<figure><img src=a.jpg><figcaption><b class=credit>Ann Ames/Copyright 2024 Coast. All rights reserved</b></figcaption></figure>",  # noqa: E501
            [("Ann Ames", "")],
        ),
    ],
)
def test_who_is_credited_by_a_picture(top: str, holders: list[tuple[str, str]]) -> None:
    assert [(p.name, p.org) for p in page(top=top).credits] == holders


TEASER = '<div class="teaser"><h2><a href="/{0}">Headline {0} of the day</a></h2><p>{1}</p></div>'
SAID = "What it says below that headline is a sentence or two of some twenty words, which lead on."


@pytest.mark.parametrize(
    ("name", "count", "is_list"),
    [("Quay News", 9, True), ("Headline 0 of the day", 9, False), ("Quay News", 4, False)],
)
def test_a_front_page_is_no_article(name: str, count: int, is_list: bool) -> None:
    teasers = "".join(TEASER.format(number, SAID) for number in range(count))
    html = f"<html lang=en><title>{name}</title><body><main>{teasers}</main></body></html>"
    said = any("is a list of articles" in doubt for doubt in read_html(html.encode()).doubts)
    assert said == is_list
