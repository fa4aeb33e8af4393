"""Feeds as they are found: not well-formed, in odd vocabularies, cut off; no word of them is lost,
and each repair is reported."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.importer.detect import detect
from sitegen.importer.formats.feed import plain_title, read_feed
from sitegen.importer.formats.jsonfeed import read_json_feed
from sitegen.importer.formats.ninjs import read_ninjs
from sitegen.importer.formats.safe_xml import CUT
from sitegen.importer.html.fragment import finish
from sitegen.importer.model import Batch, Imported

SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
BELL = (
    "The bell of the harbour has not rung for a week, and the council says that nobody has"
    " complained."
)
PONTS = "Les ponts de la ville seront fermés dès l'aube, et personne ne sait dire pourquoi."
MOST = "Третий мост через реку открыт снова, и по нему уже идут первые пешеходы."


def rss(*items: str, spaces: str = SPACES, home: str = "https://quay.example/") -> str:
    inside = "\n".join(f"<item>{i}</item>" for i in items)
    return (
        f'<?xml version="1.0"?>\n<rss version="2.0" {spaces}><channel><title>Quay'
        f" Post</title><link>{home}</link>\n{inside}\n</channel></rss>\n"
    )


def item(
    title: str = "The bell is silent",
    text: str = BELL,
    link: str = "https://quay.example/bell",
    more: str = "",
) -> str:
    return f"<title>{title}</title><link>{link}</link><description>{text}</description>{more}"


def articles(batch: Batch) -> list[Imported]:
    return [finish(f) for f in batch.found if isinstance(f, Imported)]


def read(text: str | bytes) -> tuple[list[Imported], str]:
    """(articles, what is reported) of a feed, which must be detected as one."""
    data = text.encode() if isinstance(text, str) else text
    assert detect(data) == "feed"
    batch = read_feed(data)
    return articles(batch), "\n".join(f"{n.line}: {n.message}" for n in batch.notes)


@pytest.mark.parametrize(
    ("fields", "title", "body", "reported"),
    [
        (
            item("Q&A: R&D at Dahl & Co"),
            "Q&A: R&D at Dahl & Co",
            BELL,
            "3: is not well-formed: a `&`",
        ),
        (
            item(text="Ahlers & Söhne, B&B-Haus, 50 & mehr"),
            "The bell is silent",
            "Ahlers & Söhne, B&B-Haus, 50 & mehr",
            "`&",
        ),
        (
            item(text="from 3 < 4 to (5 <6) and <3 all"),
            "The bell is silent",
            "from 3 < 4 to (5 <6) and <3 all",
            "a `<`",
        ),
        (item("Caf&eacute; &ndash; L&apos;aube"), "Café – L'aube", BELL, "a character reference"),
        (item("<![CDATA[Caf&eacute; &#8211; &quot;Ponts&quot;]]>"), 'Café – "Ponts"', BELL, ""),
        (
            item("The \x02bell\x1f"),
            "The bell",
            BELL,
            "control character was left out: `U+0002` (2 times",
        ),
        (item("The bell&#11; is&#0; here"), "The bell is here", BELL, "control character"),
        (item(text="&#145;Quoted&#146; &#x96; so"), "The bell is silent", "‘Quoted’ – so", ""),
        (
            item(text="<![CDATA[<![CDATA[<p>Within.</p>]]>]]>"),
            "The bell is silent",
            "Within.",
            "CDATA",
        ),
        (
            item(text="<![CDATA[<p>Never closed, &amp; so.</p>"),
            "The bell is silent",
            "Never closed, & so.",
            "CDATA",
        ),
        (
            item(text="<p>Raw <b>markup<br> in it.<p>Twice."),
            "The bell is silent",
            "Raw **markup in it.**\n\nTwice.",
            "not closed",
        ),
        (
            item(text="Write to <ann.ames@quay.example> or <editors>."),
            "The bell is silent",
            "Write to &lt;ann.ames@quay.example> or &lt;editors>.",
            "a `<`",
        ),
        (
            item(text="<a href=https://quay.example/?a=1&b=2>Here</a>"),
            "The bell is silent",
            "[Here](https://quay.example/?a=1&b=2)",
            "attribute",
        ),
        (item("A</b> stray end"), "A stray end", BELL, "`</b>`"),
        (
            "<title>No end<link>https://quay.example/bell</link>"
            + f"<description>{BELL}</description>",
            "No end",
            BELL,
            "`<title>`",
        ),
    ],
)
def test_what_is_not_well_formed_keeps_its_words_and_is_reported(
    fields: str, title: str, body: str, reported: str
) -> None:
    (bell, last), notes = read(
        rss(fields, item("Ponts fermés", PONTS, "https://quay.example/ponts"))
    )
    assert (bell.title, bell.body.strip()) == (title, body)
    assert last.title == "Ponts fermés"
    assert reported in notes
    assert bool(reported) == bool(notes)


@pytest.mark.parametrize(
    "link",
    [
        "https://quay.example/?id=1&s=2",
        "https://quay.example/?id=1&amp;s=2",
        "https://quay.example/?id=1&#38;s=\x012",
    ],
)
def test_an_address_with_a_bare_ampersand_stays_whole(link: str) -> None:
    (bell,), _ = read(rss(item(link=link)))
    assert bell.canonical == "https://quay.example/?id=1&s=2"


VALID = rss(
    item(
        "Harbour bell falls silent",
        BELL,
        more="<dc:creator>Ann Ames</dc:creator><pubDate>Mon, 23 Nov 2026 08:30:00 +0100</pubDate>",
    ),
    item(
        "Ponts fermés",
        f"<![CDATA[<p>{PONTS}</p><p>{PONTS}</p>]]>",
        "https://quay.example/p?a=1&amp;b=2",
    ),
    item("Третий мост", f"&lt;p&gt;{MOST}&lt;/p&gt;", "https://quay.example/most"),
)


def letters(batch: Batch) -> Counter[str]:
    return Counter(c for a in articles(batch) for c in a.title + a.body if c.isalpha())


def in_text() -> list[int]:
    """The places of the valid feed that lie in the text of a field or of a CDATA section."""
    return [
        m.start()
        for m in re.finditer(r"(?<=[\w .])(?=[\w .])", VALID)
        if VALID.rfind("<", 0, m.start()) < VALID.rfind(">", 0, m.start())
    ]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(in_text()),
            st.sampled_from(["&", "<", "&&", "< ", " &", "\x01", "\x0b", "\x1f", "&#3;", "<3"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_signs_anywhere_in_the_text_lose_no_letter(spots: list[tuple[int, str]]) -> None:
    text = VALID
    for at, sign in sorted(spots, reverse=True):
        text = text[:at] + sign + text[at:]
    assert not letters(read_feed(VALID.encode())) - letters(read_feed(text.encode()))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(VALID.index("<item>") + 1, VALID.rindex("</item>")),
    st.sampled_from(["&", "<", "\x01", "\x1f"]),
)
def test_a_sign_within_a_tag_loses_no_letter_of_the_text(at: int, sign: str) -> None:
    text = VALID[:at] + sign + VALID[at:]
    assert not letters(read_feed(VALID.encode())) - letters(read_feed(text.encode()))


@settings(max_examples=100, deadline=None)
@given(st.integers(VALID.index("<item>"), len(VALID) - 20))
def test_a_feed_that_ends_anywhere_gives_its_complete_items_and_names_the_cut_one(at: int) -> None:
    batch = read_feed(VALID[:at].encode())
    complete = VALID[:at].count("</item>")
    found = articles(batch)
    assert [a.title for a in found[:complete]] == [
        "Harbour bell falls silent",
        "Ponts fermés",
        "Третий мост",
    ][:complete]
    assert not any(CUT in a.doubts for a in found[:complete])
    assert all(CUT in a.doubts for a in found[complete:])
    assert any("ends in the middle" in n.message for n in batch.notes)


@pytest.mark.parametrize(
    ("end", "facts"),
    [
        ("<title>Second</title><pubDate>Thu, 26 Nov 20", None),
        ("<title>Second</ti", None),
        ("", None),
        ("<title>Second</title><description>Some words", ("Second", "", "")),
        ("<title>Second</title><description>A</description><pubDate>26 Nov 20", ("Second", "", "")),
        ("<title>Second</title><description>A</description><link>https://a.ex", ("Second", "", "")),
    ],
)
def test_of_an_item_that_is_cut_off_only_whole_fields_and_its_text_are_read(
    end: str, facts: tuple[str, str, str] | None
) -> None:
    first = "<item><title>First</title><description>A</description></item>"
    batch = read_feed(f"<rss><channel>{first}<item>{end}".encode())
    _, *cut = articles(batch)
    assert [(a.title, a.date, a.canonical) for a in cut] == ([facts] if facts else [])
    said = " ".join(note.message for note in batch.notes)
    assert ("ends before the text of its last item" in said) is (facts is None)


@pytest.mark.parametrize(
    "before",
    [
        "\ufeff",
        "\n\n  ",
        "<!-- by <a href='x'>us</a> <rss> -->",
        "<!--" + " long" * 20_000 + "-->",
        "<?xml-stylesheet href='x.css'?><!DOCTYPE rss [<!ENTITY a 'b'>]>",
        "PHP Warning:  Undefined variable $x in /srv/feed.php on line 3\n",
        "<br />\n<b>Deprecated</b>: strftime() in <b>/srv/x.php</b> on line <b>3</b><br />\n",
        "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nServer: nginx\r\n\r\n",
        "cached copy of Monday\n",
    ],
)
@pytest.mark.parametrize("declared", [True, False])
def test_what_comes_before_the_root_does_not_decide_the_kind(before: str, declared: bool) -> None:
    text = rss(item())
    found, notes = read(before + (text if declared else text.partition("\n")[2]))
    assert [a.title for a in found] == ["The bell is silent"]
    junk = before.strip("\ufeff \n")
    assert ("text before the document" in notes) == (
        bool(junk) and (not junk.startswith("<") or junk.startswith("<br"))
    )


def test_an_article_that_quotes_a_feed_is_no_feed() -> None:
    quoted = rss(item()).replace("\n", "\n    ")
    assert (
        detect(
            f"How to write a feed\n\nBegin like this:\n\n    {quoted}\n\nThen send it.\n".encode()
        )
        != "feed"
    )
    assert detect(f"---\ntitle: Feeds\n---\n\n{quoted}".encode(), "a.md") == "markdown"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_charsets(encoding: str) -> None:
    text = rss(item("Ponts & moulins", PONTS)).replace('"1.0"', f'"1.0" encoding="{encoding[:6]}"')
    (found,), _ = read(text.encode(encoding))
    assert (found.title, found.body.strip()) == ("Ponts & moulins", PONTS)


def test_names_in_capitals_and_prefixes_without_a_declaration() -> None:
    fields = (
        "<TITLE>Up</TITLE><LINK>https://quay.example/u</LINK><PUBDATE>Mon, 23 Nov 2026 08:30:00"
        f" GMT</PUBDATE><DESCRIPTION>{BELL}</DESCRIPTION>"
    )
    (found,), _ = read(
        f'<RSS VERSION="2.0"><CHANNEL><TITLE>Q</TITLE><ITEM>{fields}</ITEM></CHANNEL></RSS>'
    )
    assert (found.title, found.date, found.body.strip()) == (
        "Up",
        "2026-11-23T08:30:00+00:00",
        BELL,
    )
    fields = (
        "<title>Un</title><dc:creator>Ann"
        f" Ames</dc:creator><media:title>Slot</media:title><content:encoded><![CDATA[<p>{BELL}</p>]]></content:encoded>"  # noqa: E501
    )
    (found,), notes = read(rss(fields, spaces=""))
    assert (found.title, [p.name for p in found.authors], found.body.strip()) == (
        "Un",
        ["Ann Ames"],
        BELL,
    )
    assert "prefix" in notes


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<media:title>Slot 3</media:title><itunes:title>Ep. 3</itunes:title>", ""),
        (
            (
                '<x:title xmlns:x="urn:desk">4711</x:title><x:description xmlns:x="urn:desk">not'
                " for print</x:description>"
            ),
            "",
        ),
        (
            "",
            (
                "<itunes:summary>Short</itunes:summary><media:description>A"
                " picture</media:description>"
            ),
        ),
        (
            (
                '<x:link xmlns:x="urn:desk">https://desk.example/1</x:link><x:author'
                ' xmlns:x="urn:desk">Desk Robot</x:author>'
            ),
            "",
        ),
        (
            (
                '<x:guid xmlns:x="urn:desk">https://desk.example/1</x:guid><x:pubDate'
                ' xmlns:x="urn:desk">1999-01-01</x:pubDate>'
            ),
            "",
        ),
    ],
)
def test_elements_of_other_vocabularies_are_not_taken_for_those_of_rss(
    before: str, after: str
) -> None:
    (found,), _ = read(rss(before + item() + after))
    assert (found.title, found.body.strip(), found.canonical) == (
        "The bell is silent",
        BELL,
        "https://quay.example/bell",
    )
    assert (found.authors, found.date) == ((), "")


@pytest.mark.parametrize(
    ("xml", "titles"),
    [
        (
            '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'  # noqa: E501
            "<rss version='0.91'><channel><title>Q</title><item><title>A &amp; B</title></item><item><title>C</title></item></channel></rss>",  # noqa: E501
            ["A & B", "C"],
        ),
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'  # noqa: E501
            '<channel rdf:about="u"><title>Q</title></channel><item rdf:about="u:1"><title>A</title></item><item rdf:about="u:2"><dc:title>x</dc:title><title>B</title></item></rdf:RDF>',  # noqa: E501
            ["A", "B"],
        ),
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>Q</title></channel><item><title>A</title></item></rdf:RDF>',
            ["A"],
        ),
        ("<item><title>Alone</title><description>x</description></item>", ["Alone"]),
        (
            '<entry xmlns="http://www.w3.org/2005/Atom"><title>Alone</title><content>x</content></entry>',
            ["Alone"],
        ),
        (
            '<atom:feed xmlns:atom="http://www.w3.org/2005/Atom"><atom:entry><atom:title>P</atom:title></atom:entry></atom:feed>',
            ["P"],
        ),
        (
            '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>Old</title></entry></feed>',
            ["Old"],
        ),
    ],
)
def test_versions_and_roots(xml: str, titles: list[str]) -> None:
    found, _ = read(xml)
    assert [a.title for a in found] == titles


ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" {feed}><entry {entry}><title>T</title><link'
    ' href="one.html"/><content type="xhtml" {content}><div'
    ' xmlns="http://www.w3.org/1999/xhtml"><p>See <a'
    ' href="two.html">two</a>.</p></div></content></entry></feed>'
)


@pytest.mark.parametrize(
    ("feed", "entry", "content", "link", "within"),
    [
        (
            "https://a.example/x/",
            "",
            "",
            "https://a.example/x/one.html",
            "https://a.example/x/two.html",
        ),
        (
            "https://a.example/x/",
            "y/",
            "",
            "https://a.example/x/y/one.html",
            "https://a.example/x/y/two.html",
        ),
        (
            "https://a.example/x/",
            "y/",
            "/z/",
            "https://a.example/x/y/one.html",
            "https://a.example/z/two.html",
        ),
        (
            "",
            "https://b.example/",
            "c/",
            "https://b.example/one.html",
            "https://b.example/c/two.html",
        ),
    ],
)
def test_xml_base_counts_from_the_feed_to_the_content(
    feed: str, entry: str, content: str, link: str, within: str
) -> None:
    given = {
        k: f'xml:base="{v}"' if v else ""
        for k, v in (("feed", feed), ("entry", entry), ("content", content))
    }
    (found,), _ = read(ATOM.format(**given))
    assert found.canonical == link
    assert f"]({within})" in found.body


def test_what_an_item_carries_is_kept_and_linked() -> None:
    more = (
        '<enclosure url="https://c.example/ep%207.mp3" type="audio/mpeg"'
        ' length="1200"/><media:content url="https://c.example/film.mp4" type="video/mp4"/>'
    )
    (found,), _ = read(rss(item(more=more)))
    assert found.extra["enclosures"] == [
        {"url": "https://c.example/ep%207.mp3", "type": "audio/mpeg", "length": 1200},
        {"url": "https://c.example/film.mp4", "type": "video/mp4"},
    ]
    assert found.body.split("\n\n")[1:] == [
        "[ep 7.mp3](https://c.example/ep%207.mp3)",
        "[film.mp4](https://c.example/film.mp4)\n",
    ]
    linked = item(
        text='&lt;a href="https://c.example/a.ogg"&gt;Listen&lt;/a&gt;',
        more='<enclosure url="https://c.example/a.ogg" type="audio/ogg"/>',
    )
    (found,), _ = read(rss(linked))
    assert found.body == "[Listen](https://c.example/a.ogg)\n"


def test_text_that_was_escaped_twice_and_text_about_tags() -> None:
    (found,), _ = read(
        rss(
            item(
                text=f"&amp;lt;p&amp;gt;{BELL}&amp;lt;/p&amp;gt;&amp;lt;ul&amp;gt;&amp;lt;li&amp;gt;One&amp;lt;/li&amp;gt;&amp;lt;/ul&amp;gt;"
            )
        )
    )
    assert found.body == f"{BELL}\n\n- One\n"
    (found,), _ = read(rss(item(text="Use the &amp;lt;p&amp;gt; tag, and close it.")))
    assert found.body == "Use the &lt;p> tag, and close it.\n"


def test_equal_addresses_of_different_items_are_no_addresses() -> None:
    found, _ = read(
        rss(
            item("One", BELL, "https://quay.example/latest#a"),
            item("Two", PONTS, "http://quay.example/latest/#b"),
            item("Three", MOST, "https://quay.example/"),
        )
    )
    assert [(a.title, a.canonical) for a in found] == [("One", ""), ("Two", ""), ("Three", "")]
    found, _ = read(rss(item(), item()))
    assert {a.canonical for a in found} == {"https://quay.example/bell"}
    found, _ = read(rss(item() + "<guid>1</guid>", item() + "<guid>2</guid>"))
    assert {a.canonical for a in found} == {"https://quay.example/bell"}


@pytest.mark.parametrize(
    ("html", "body"),
    [
        (f"<p>{BELL}</p><embed src=x.swf><p>{PONTS}</p>", f"{BELL}\n\n{PONTS}\n"),
        (
            f"<p>{BELL}</p><source src=x.mp3><track src=y><wbr><p>{PONTS}</p>",
            f"{BELL}\n\n{PONTS}\n",
        ),
        (f"<p>{BELL}</p><iframe src=x><p>{PONTS}</p>", f"{BELL}\n\n{PONTS}\n"),
        (f"<p>{BELL}</p><video src=x><p>{PONTS}</p>", f"{BELL}\n\n{PONTS}\n"),
        (f"<p>{BELL}</p><form><p>{PONTS}</p>", f"{BELL}\n\n{PONTS}\n"),
        (
            f"<p>{BELL}</p><!-- never closed <p>{PONTS}</p>",
            f"{BELL}\n\n&lt;!-- never closed\n\n{PONTS}\n",
        ),
        (
            "<p>5 < 6, AT&T, ?a=1&copy=2, &not so &nbsp;x</p>",
            "5 < 6, AT&T, ?a=1&copy=2, &not so x\n",
        ),
        (
            "<p>a&#1;b&#x1F;c\x02d <a href='https://q.example/m&#1;in'>m</a></p>",
            "abcd [m](https://q.example/min)\n",
        ),
    ],
)
def test_no_word_behind_an_element_that_is_not_closed_is_lost(html: str, body: str) -> None:
    assert finish(Imported(title="T", html=html)).body == body


BLOGGER = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
KIND = (
    '<entry><title>{0}</title><category scheme="http://schemas.google.com/g/2005#kind"'
    ' term="http://schemas.google.com/blogger/2008/kind#{1}"/><content>x</content></entry>'
)


def test_of_a_blogger_export_posts_and_pages_are_read() -> None:
    kinds = ["settings", "template", "post", "comment", "comment", "page"]
    batch = read_feed(
        BLOGGER.format("".join(KIND.format(f"{k} {n}", k) for n, k in enumerate(kinds))).encode()
    )
    found = [(a.title, a.kind) for a in articles(batch)]
    assert found == [("post 2", "article"), ("page 5", "page")]
    assert [n.message for n in batch.notes] == [
        "2 entries are not imported: comments of the blog, not articles",
        "1 entry is not imported: settings of the blog, not articles",
        "1 entry is not imported: template of the blog, not articles",
    ]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (
            '<a:control xmlns:a="http://purl.org/atom/app#"><a:draft>yes</a:draft></a:control>',
            "draft",
        ),
        (
            '<a:control xmlns:a="http://www.w3.org/2007/app"><a:draft>yes</a:draft></a:control>',
            "draft",
        ),
        ('<a:control xmlns:a="http://www.w3.org/2007/app"><a:draft>no</a:draft></a:control>', ""),
        ('<b:status xmlns:b="http://schemas.google.com/blogger/2018">DRAFT</b:status>', "draft"),
        ('<b:status xmlns:b="http://schemas.google.com/blogger/2018">LIVE</b:status>', ""),
        ('<s:status xmlns:s="https://quay.example/mood">tired</s:status>', ""),
    ],
)
def test_a_draft_of_a_blog_stays_a_draft(said: str, status: str) -> None:
    entry = KIND.format("A", "post").replace("</entry>", f"{said}</entry>")
    [one] = articles(read_feed(BLOGGER.format(entry).encode()))
    assert one.status == status


JSON_ITEM = (
    '{{"id": "https://q.example/{0}", "url": "https://q.example/{0}", "title": "{0}",'
    ' "content_html": "<p>' + BELL + '</p>"}}'
)
JSON_FEED = '{{"version": "https://jsonfeed.org/version/1.1", "title": "Quay",\n"items": [{},\n{}]}}'.format(  # noqa: E501
    JSON_ITEM.format("one"), JSON_ITEM.format("two")
)


@pytest.mark.parametrize(
    ("data", "titles"),
    [(JSON_FEED, ["one", "two"]), (JSON_FEED[:-30], ["one"]), (JSON_FEED[:-1], ["one", "two"])],
)
def test_a_json_feed_that_ends_in_the_middle_gives_its_complete_items(
    data: str, titles: list[str]
) -> None:
    assert detect(data.encode(), "feed.json") == "json-feed"
    batch = read_json_feed(data.encode())
    assert [(a.title, a.source.name) for a in articles(batch)] == [(t, "Quay") for t in titles]
    assert bool(batch.notes) == (data != JSON_FEED)
    assert all("broken JSON" in n.message and n.line in (2, 3) for n in batch.notes)


def test_one_broken_line_of_ninjs_does_not_stop_the_others() -> None:
    rows = [
        '{"uri": "u:1", "headline": "One", "body_text": "x"}',
        '{"uri": "u:2", "headline": ',
        '{"uri": "u:3", "headline": "Three", "body_text": "x"}',
    ]
    batch = read_ninjs("\n".join(rows).encode())
    assert [f.title for f in batch.found if isinstance(f, Imported)] == ["One", "Three"]
    assert [n.line for n in batch.notes] == [2]


SUPERDESK = {
    "guid": "tag:desk.example:1",
    "type": "text",
    "pubstatus": "usable",
    "headline": "Bell &amp; mole",
    "byline": "By Ann Ames",
    "versioncreated": "2026-11-21T15:00:00+0000",
    "firstcreated": "2026-11-21T14:00:00+0000",
    "source": "Quay Desk",
    "body_html": f'<p>{BELL}</p><!-- EMBED START Image {{id: "e0"}} --><p>{PONTS}</p>',
    "subject": [{"code": "1", "name": "Harbour"}],
    "keywords": ["Bells"],
    "dateline": {"located": {"city": "Port Salm"}},
    "authors": [{"code": "b", "name": "Bo Berg", "role": "writer"}],
    "associations": {
        "featuremedia": {
            "type": "picture",
            "byline": "Ruta Lind",
            "renditions": {"original": {"href": "https://d.example/o.jpg"}},
        },
        "e0": None,
    },
}


@pytest.mark.parametrize(
    "shape", [SUPERDESK, [SUPERDESK], {"_items": [SUPERDESK], "_meta": {"total": 1}}]
)
def test_ninjs_as_superdesk_writes_it(shape: object) -> None:
    data = json.dumps(shape).encode()
    assert detect(data, "a.json") == "ninjs"
    (found,) = articles(read_ninjs(data))
    assert (found.title, found.date, found.updated, found.dateline) == (
        "Bell & mole",
        "2026-11-21T14:00:00+00:00",
        "2026-11-21T15:00:00+00:00",
        "Port Salm",
    )
    assert ([p.name for p in found.authors], found.tags, found.source.name) == (
        ["Ann Ames", "Bo Berg"],
        ("Harbour", "Bells"),
        "Quay Desk",
    )
    assert found.body == f"{BELL}\n\n{PONTS}\n"
    assert found.guid == "tag:desk.example:1"
    assert found.image is not None


def test_two_feeds_in_one_file_and_what_a_host_adds_behind_a_feed() -> None:
    found, notes = read(rss(item("One")) + rss(item("Two", PONTS, "https://quay.example/two")))
    assert [a.title for a in found] == ["One", "Two"]
    assert "ends in the middle" not in notes
    found, notes = read(rss(item("One")) + "<script>alert(1)</script>\n<!-- cached -->")
    assert ([a.title for a in found], "text outside of any field" in notes) == (["One"], True)
    found, notes = read(
        rss(item("One")) + rss(item("Two", PONTS, "https://quay.example/two"))[:-60]
    )
    assert ("ends in the middle" in notes, CUT in found[-1].doubts) == (True, True)


@pytest.mark.parametrize(
    "text",
    [
        "<description><![CDATA[<![CDATA[<p>A heron.</p>]]]]><![CDATA[>]]></description>",
        "<description>&lt;![CDATA[&lt;p&gt;A heron.&lt;/p&gt;]]&gt;</description>",
        '<content mode="base64">PHA+QSBoZXJvbi48L3A+</content>',
    ],
)
def test_texts_that_are_wrapped_or_encoded_once_more(text: str) -> None:
    feed = f"<rss><channel><item><title>A</title>{text}</item></channel></rss>"
    [one] = articles(read_feed(feed.encode()))
    assert one.body.strip() == "A heron."


def test_a_title_in_cdata_that_was_escaped() -> None:
    assert plain_title("&lt;![CDATA[A <b>heron</b>]]&gt;") == "A heron"
