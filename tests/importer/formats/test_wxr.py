"""Exports of WordPress."""

from __future__ import annotations

import io
from typing import Any

import pytest

from sitegen.importer.formats.wxr import merged_words, read_wxr
from sitegen.importer.model import Imported, Skipped

HEAD = """\
<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Salm Post</title>
<link>https://post.example</link><language>en-US</language>
<wp:author><wp:author_login>ann</wp:author_login>
<wp:author_display_name>Ann Ames</wp:author_display_name></wp:author>
"""
IMAGE = """\
<item><title>dusk</title><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type>
<wp:attachment_url>https://post.example/dusk.jpg</wp:attachment_url>
<excerpt:encoded>The ferry at dusk</excerpt:encoded>
<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key>
<wp:meta_value>A ferry</wp:meta_value></wp:postmeta></item>
"""
FIELDS = {
    "title": "Ferry returns",
    "link": "https://post.example/ferry/",
    "dc:creator": "ann",
    "guid": "https://post.example/?p=1",
    "content:encoded": "<![CDATA[The ferry is back.\n\nIt sails today.]]>",
    "wp:post_id": "1",
    "wp:post_date": "2026-11-02 10:00:00",
    "wp:post_date_gmt": "2026-11-02 09:00:00",
    "wp:post_name": "ferry",
    "wp:status": "publish",
    "wp:post_type": "post",
}


def post(more: str = "", **values: str) -> str:
    """A post; `_` in names is `:`."""
    given = FIELDS | {name.replace("_", ":", 1): value for name, value in values.items()}
    return f"<item>{''.join(f'<{k}>{v}</{k}>' for k, v in given.items())}{more}</item>"


def found(*items: str, end: str = "</channel></rss>") -> list[Any]:
    """What an export gives."""
    data = (HEAD + "".join(items) + end).encode()
    return list(read_wxr(lambda: io.BytesIO(data), zone="Europe/Berlin").found)


def test_a_post() -> None:
    (one,) = found(post())
    assert (one.title, one.date, one.slug) == (
        "Ferry returns",
        "2026-11-02T10:00:00+01:00",
        "ferry",
    )
    assert [p.name for p in one.authors] == ["Ann Ames"]
    assert (one.source.name, one.canonical) == ("Salm Post", "https://post.example/ferry/")
    assert one.html == "<p>The ferry is back.</p>\n<p>It sails today.</p>"
    assert one.lang == "en-US"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"wp_status": "draft"}, "draft"),
        ({"wp_status": "pending"}, "draft"),
        ({"wp_status": "private"}, "withheld"),
        ({"wp_post_password": "x"}, "withheld"),
        ({"wp_status": "future"}, ""),
    ],
)
def test_the_status_of_a_post(values: dict[str, str], expected: str) -> None:
    (one,) = found(post(**values))
    assert one.status == expected
    assert bool(one.publish_at) is (values.get("wp_status") == "future")


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"wp_post_type": "nav_menu_item"}, "is of WordPress' type `nav_menu_item`"),
        ({"wp_status": "trash"}, "has the status `trash`"),
    ],
)
def test_what_is_not_a_post_is_reported(values: dict[str, str], reason: str) -> None:
    (one,) = found(post(**values))
    assert isinstance(one, Skipped)
    assert reason in one.reason


def test_categories_tags_and_co_authors() -> None:
    rows = [("category", "Ports"), ("category", "Uncategorized"), ("category", "Town")]
    rows += [("post_tag", "ferry"), ("author", "ann"), ("author", "Bo Beck")]
    more = "".join(f'<category domain="{kind}">{name}</category>' for kind, name in rows)
    (one,) = found(post(more))
    assert (one.section, one.tags) == ("Ports", ("Town", "ferry"))
    assert [p.name for p in one.authors] == ["Ann Ames", "Bo Beck"]


def test_the_lead_image_may_come_behind_the_post() -> None:
    more = (
        "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value>"
        "</wp:postmeta>"
    )
    first, second = found(post(more), IMAGE)
    assert first.image.src == "https://post.example/dusk.jpg"
    assert (first.image.alt, first.image.caption) == ("A ferry", "The ferry at dusk")
    assert isinstance(second, Skipped)


@pytest.mark.parametrize(
    ("local", "gmt", "date"),
    [
        ("2026-11-02 10:00:00", "2026-11-02 15:30:00", "2026-11-02T10:00:00-05:30"),
        ("2026-11-02 10:00:00", "0000-00-00 00:00:00", "2026-11-02T10:00:00+01:00"),
        ("0000-00-00 00:00:00", "2026-11-02 09:00:00", "2026-11-02T09:00:00+00:00"),
        ("0000-00-00 00:00:00", "0000-00-00 00:00:00", ""),
        ("2026-11-02 10:07:00", "2026-11-02 09:00:00", "2026-11-02T09:00:00+00:00"),
    ],
)
def test_the_offset_lies_between_the_two_dates(local: str, gmt: str, date: str) -> None:
    (one,) = found(post(**{"wp_post_date": local, "wp_post_date_gmt": gmt}))
    assert one.date == date


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("<p>A</p>", "<p>A</p>"),
        ("A\nB", "<p>A<br>B</p>"),
        ("<h2>A</h2>\n\nB", "<h2>A</h2>\n<p>B</p>"),
        ("<!-- wp:paragraph --><p>A</p><!-- /wp:paragraph -->", "<p>A</p>"),
        ("[embed]https://v.example/1[/embed]", '<p><a href="https://v.example/1">'),
        (
            "[youtube https://www.youtube.com/watch?v=a]",
            '<iframe src="https://www.youtube.com/watch?v=a">',
        ),
        ("Text.\n\nhttps://vimeo.com/12\n\nMore.", '<iframe src="https://vimeo.com/12">'),
        ("<p>https://youtu.be/a</p>", '<p><iframe src="https://youtu.be/a"></iframe></p>'),
        ("see https://youtu.be/a now", "see https://youtu.be/a now"),
        (
            '[caption id="1"]<img src="a.jpg"> At dusk[/caption]',
            '<figure><img src="a.jpg"><figcaption>At dusk</figcaption></figure>',
        ),
    ],
)
def test_the_text_of_a_post(body: str, html: str) -> None:
    (one,) = found(post(**{"content_encoded": f"<![CDATA[{body}]]>"}))
    assert html in one.html


def test_the_text_before_the_break_is_the_summary() -> None:
    (one,) = found(post(**{"content_encoded": "<![CDATA[First.<!--more-->Rest.]]>"}))
    assert one.summary == "First."
    assert "Rest." in one.html


def test_shortcodes_are_reported() -> None:
    (one,) = found(post(**{"content_encoded": "<![CDATA[[gallery ids='1'] A]]>"}))
    assert one.doubts == ("shortcodes are left as text: gallery",)


def test_a_url_that_several_posts_have_is_none_of_theirs() -> None:
    one, other = found(post(), post(title="Other", **{"wp_post_id": "2", "wp_post_name": "o"}))
    assert one.canonical == other.canonical == ""
    assert one.source.url == "https://post.example"


def test_an_export_that_is_cut_off_is_reported() -> None:
    items = found(post(), post().replace("</item>", ""), end="")
    assert isinstance(items[-1], Imported)
    assert any("ends in the middle" in doubt for doubt in items[-1].doubts)


def test_each_word_once() -> None:
    assert merged_words(["a", "b"], ["b", "c"]) == ("a", "b", "c")


@pytest.mark.parametrize(("count", "said"), [(0, []), (1, ["1 comment"]), (2, ["2 comments"])])
def test_comments_of_readers_are_counted(count: int, said: list[str]) -> None:
    comment = "<wp:comment><wp:comment_content>Nonsense</wp:comment_content></wp:comment>"
    data = (HEAD + post(comment * count) + "</channel></rss>").encode()
    batch = read_wxr(lambda: io.BytesIO(data), zone="UTC")
    assert [n.message.partition(" of readers")[0] for n in batch.notes] == said


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('[gallery ids="9"]', '<figure><img src="https://post.example/dusk.jpg" alt="A ferry">'),
        ("[gallery columns='2' ids='9,9']", "<figcaption>The ferry at dusk</figcaption></figure>"),
        ('[gallery ids="9,10"]', '[gallery ids="9,10"]'),
    ],
)
def test_a_gallery_shows_the_pictures_that_the_export_has(code: str, shown: str) -> None:
    one = found(post(content_encoded=f"<![CDATA[<p>Dusk.</p>{code}]]>"), IMAGE)[0]
    assert shown in one.html
    assert bool(one.doubts) is ("10" in code)


def test_the_date_of_the_feed_counts_where_wordpress_says_none() -> None:
    more = "<pubDate>Thu, 26 Nov 2026 18:15:00 +0000</pubDate>"
    one = found(post(more, wp_post_date="", wp_post_date_gmt=""))[0]
    assert one.date == "2026-11-26T18:15:00+00:00"
