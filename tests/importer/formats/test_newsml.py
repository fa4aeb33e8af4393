"""NewsML-G2 and NITF."""

from __future__ import annotations

import pytest

from sitegen.importer.formats.newsml import read_newsml
from sitegen.importer.html.fragment import finish
from sitegen.importer.model import Imported, Skipped
from sitegen.model.article import Person

ITEM = """\
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1" xml:lang="en">
<rightsInfo><copyrightHolder><name>Salm Agency</name></copyrightHolder>
<copyrightNotice>© Salm</copyrightNotice></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider><name>Salm Agency</name></provider>
<versionCreated>2026-11-03T09:00:00+01:00</versionCreated>{status}</itemMeta>
<contentMeta><contentCreated>2026-11-02T10:00:00+01:00</contentCreated>
<headline>Ferry returns</headline><by>By Ann Ames and Bo Beck</by>
<dateline>SALM</dateline><subject><name>Ports</name></subject><keyword>ferry</keyword>
<contributor role="rol:photo"><name>Ruta Lind</name></contributor></contentMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>The ferry is back.</p>
</body></html></inlineXML></contentSet></newsItem>
"""
PICTURE = """\
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:2">
<itemMeta><itemClass qcode="ninat:picture"/></itemMeta>
<contentMeta><by>Ruta Lind</by><creditline>Salm Agency</creditline>
<description role="drol:caption">The ferry at dusk</description></contentMeta>
<contentSet><remoteContent href="https://salm.example/small.jpg" width="300"/>
<remoteContent href="https://salm.example/large.jpg" width="1200"/>
<remoteContent href="https://salm.example/huge.jpg" width="9000"/></contentSet></newsItem>
"""
NITF = """\
<nitf><head><docdata><date.issue norm="20261102T100000Z"/><doc-id id-string="n1"/>
<doc.copyright holder="Salm Agency"/></docdata></head><body><body.head>
<hedline><hl1>Ferry returns</hl1></hedline><note><body.content><p>Editors</p></body.content></note>
<byline>By Ann Ames<byttl>Port reporter</byttl></byline>
<dateline><location>SALM</location></dateline></body.head>
<body.content><p>The ferry is back.</p><media media-type="image">
<media-reference source="https://salm.example/a.jpg"/><media-caption>Dusk</media-caption></media>
</body.content></body></nitf>
"""


def one(text: str) -> Imported:
    """The only article of a document."""
    (found,) = read_newsml(text.encode(), zone="Europe/Berlin").found
    assert isinstance(found, Imported)
    return found


def test_a_text_item() -> None:
    found = one(ITEM.format(status=""))
    assert (found.title, found.dateline, found.guid) == ("Ferry returns", "SALM", "urn:1")
    assert (found.date, found.updated) == (
        "2026-11-02T10:00:00+01:00",
        "2026-11-03T09:00:00+01:00",
    )
    assert [p.name for p in found.authors] == ["Ann Ames", "Bo Beck"]
    assert found.credits == (Person("Ruta Lind", "photo"),)
    assert (found.source.name, found.rights.notice) == ("Salm Agency", "© Salm")
    assert (found.tags, found.lang) == (("Ports", "ferry"), "en")
    assert "The ferry is back." in found.html


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ('<pubStatus qcode="stat:usable"/>', ""),
        ('<pubStatus qcode="stat:withheld"/>', "withheld"),
        ("<embargoed/>", "withheld"),
        ("<embargoed>2026-12-01T00:00:00Z</embargoed>", ""),
    ],
)
def test_an_item_may_be_held_back(status: str, expected: str) -> None:
    found = one(ITEM.format(status=status))
    assert found.status == expected
    assert bool(found.publish_at) is ("2026-12" in status)


def test_a_cancelled_item_is_not_imported() -> None:
    status = '<pubStatus qcode="stat:canceled"/>'
    (found,) = read_newsml(ITEM.format(status=status).encode()).found
    assert isinstance(found, Skipped)
    assert "cancelled" in found.reason


def test_images_that_come_with_a_text_are_its_own() -> None:
    found = one(f"<newsMessage>{ITEM.format(status='')}{PICTURE}</newsMessage>")
    assert found.image
    assert found.image.src == "https://salm.example/large.jpg"
    assert (found.image.creator, found.image.credit) == ("Ruta Lind", "Salm Agency")
    assert found.image.caption == "The ferry at dusk"


def test_an_item_that_is_not_a_text_is_reported() -> None:
    (found,) = read_newsml(PICTURE.encode()).found
    assert isinstance(found, Skipped)
    assert "picture" in found.reason


def test_nitf() -> None:
    found = one(NITF)
    assert (found.title, found.dateline, found.guid) == ("Ferry returns", "SALM", "n1")
    assert found.authors == (Person("Ann Ames", "Port reporter"),)
    assert found.date.startswith("2026-11-02T10:00:00")
    assert "The ferry is back." in found.html
    assert "Editors" not in found.html
    assert '<img src="https://salm.example/a.jpg"' in found.html
    assert "Dusk" in found.html


@pytest.mark.parametrize(
    ("kind", "mime", "element"),
    [
        ("image", "image/jpeg", "img"),
        ("Photo", "", "img"),  # as AP writes it
        ("other", "", "img"),
        ("video", "video/mp4", "video"),
        ("Audio", "", "audio"),
        ("other", "video/mp4", "video"),
        ("data", "", "embed"),
    ],
)
def test_a_medium_is_shown_by_its_type(kind: str, mime: str, element: str) -> None:
    data = NITF.replace('media-type="image"', f'media-type="{kind}"')
    data = data.replace("<media-reference ", f'<media-reference mime-type="{mime}" ')
    assert f'<{element} src="https://salm.example/a.jpg"' in one(data).html


@pytest.mark.parametrize("kind", ["video", "audio", "data"])
def test_a_film_or_sound_is_a_link_with_its_caption(kind: str) -> None:
    found = finish(one(NITF.replace('media-type="image"', f'media-type="{kind}"')))
    assert "[Dusk](https://salm.example/a.jpg)" in found.body
    assert found.body.count("Dusk") == 1
    assert not found.image and not found.images
    assert found.extra["embedded"] == ["https://salm.example/a.jpg"]
    assert any("kept as a link" in note for note in found.notes)


@pytest.mark.parametrize(
    ("kind", "page"), [("text/html", "https://salm.example/ferry"), ("text/plain", "")]
)
def test_the_page_of_an_item(kind: str, page: str) -> None:
    link = f'<link contenttype="{kind}" href="https://salm.example/ferry"/></itemMeta>'
    found = one(ITEM.format(status="").replace("</itemMeta>", link))
    assert found.canonical == found.source.url == page


def test_what_is_not_xml_has_no_articles() -> None:
    assert list(read_newsml(b"nothing").found) == []


def test_an_article_that_is_cut_off_is_doubted() -> None:
    found = one(NITF[: NITF.index("back.")])
    assert any("ends in the middle" in doubt for doubt in found.doubts)


def test_nitf_of_a_newspaper() -> None:
    """What an archive of a newspaper says in `pubdata`, and the line below the headline."""
    data = (
        "<nitf><head><docdata><key-list><keyword key='ferries'/></key-list></docdata><pubdata"
        " name='The Salm Courier' date.publication='20261126T000000' position.section='Harbour'"
        " position.sequence='7' ex-ref='https://courier.example/1'/></head><body><body.head>"
        "<hedline><hl1>Ferry returns</hl1><hl2>It was away</hl2></hedline></body.head>"
        "<body.content><p>The ferry is back.</p><hl2>At night</hl2></body.content></body></nitf>"
    )
    [one] = read_newsml(data.encode()).found
    assert isinstance(one, Imported)
    assert (one.title, one.dek, one.date[:10]) == ("Ferry returns", "It was away", "2026-11-26")
    assert (one.source.name, one.section, one.tags) == ("The Salm Courier", "Harbour", ("ferries",))
    assert (one.canonical, one.extra["page"]) == ("https://courier.example/1", "7")
