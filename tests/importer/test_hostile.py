"""Sources that mean harm: nothing runs, nothing leaves its place, and nothing takes for ever."""

from __future__ import annotations

import io
import json
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.config.load import load_config
from sitegen.engine.build import build
from sitegen.engine.options import BuildOptions
from sitegen.importer.model import ImportOptions, ImportReport
from sitegen.importer.place.images import ImageRefused, read_picture
from sitegen.importer.run import import_all
from sitegen.importer.text.read import read_text

SITE = "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n"
TEXT = (
    "The keel of the new pilot boat was laid on Sunday, and forty people came to watch it being"
    " laid."
)
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>javascript:alert(1)"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (site / "site.yaml").write_text(SITE)
    return site


def bring(root: Path, name: str, data: str | bytes) -> tuple[ImportReport, str]:
    """(report, all that was written below content/) of importing one file."""
    path = root.parent / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    report = import_all(root, load_config(SITE, "site.yaml"), [str(path)], ImportOptions())
    return report, "\n".join(p.read_text() for p in sorted((root / "content").rglob("*.md")))


def pages(root: Path) -> str:
    """All pages of the site as it is built, drafts as well."""
    done = build(BuildOptions(root=str(root), now="2026-11-24T12:00:00+00:00", drafts=True))
    assert done.published, done.diagnostics
    return "\n".join(
        p.read_text() for p in sorted((root / "output").rglob("*")) if p.suffix == ".html"
    )


def rss(item: str, before: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{before}<rss'
        f' version="2.0"><channel><title>F</title><item>{item}</item></channel></rss>'
    )


# XML -----------------------------------------------------------------------------------------

BOMB = (
    "<!DOCTYPE x [<!ENTITY a '"
    + "ha" * 50
    + "'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 20}'>" for n in range(8))
    + "]>"
)
OPEN = (
    '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM'
    ' "http://127.0.0.1:9/x"> %p;]>'
)
DATED = "<link>https://f.example/1</link><pubDate>Mon, 23 Nov 2026 08:30:00 +0100</pubDate>"
WXR = (
    '<?xml version="1.0"?>{before}<rss xmlns:wp="http://wordpress.org/export/1.2/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>W</title><item><title>T'
    " {entity}</title><dc:creator>Ann Ames</dc:creator><content:encoded>{text}"
    " {entity}</content:encoded><wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:post_date>2026-11-17"  # noqa: E501
    " 09:00:00</wp:post_date></item></channel></rss>"
)
NEWSML = (
    '{before}<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="u:1"><itemMeta><itemClass'
    ' qcode="ninat:text"/></itemMeta><contentMeta><headline>T {entity}</headline><by>Ann'
    " Ames</by><contentCreated>2026-11-20</contentCreated></contentMeta><contentSet><inlineXML><html"  # noqa: E501
    ' xmlns="http://www.w3.org/1999/xhtml"><body><p>{text}'
    " {entity}</p></body></html></inlineXML></contentSet></newsItem>"
)
OPML = (
    '{before}<opml><body><outline text="{entity}" xmlUrl="https://f.example/feed"/></body></opml>'
)
FEED = rss(
    f"<title>T {{entity}}</title>{DATED}<description>{{text}} {{entity}}</description>", "{before}"
)


@pytest.mark.parametrize(
    "template", [FEED, WXR, NEWSML, OPML], ids=["feed", "wxr", "newsml", "opml"]
)
@pytest.mark.parametrize(
    ("before", "entity"),
    [(OPEN, "&f;"), (BOMB, "&i;"), (BOMB, "&a;")],
    ids=["xxe", "bomb", "entity"],
)
def test_entities_are_neither_read_nor_expanded(
    root: Path, template: str, before: str, entity: str
) -> None:
    report, written = bring(root, "x.xml", template.format(before=before, entity=entity, text=TEXT))
    said = written + json.dumps([i.title for i in report.items]) + report.suggestion
    assert "root:" not in said
    assert "hahahaha" not in said
    assert report.items
    assert template is OPML or TEXT in written


@pytest.mark.slow
def test_deep_xml_and_deep_json_are_refused_or_cut(root: Path) -> None:
    for name, data in (
        (
            "deep.xml",
            rss(
                f"<title>T</title>{DATED}<description>" + "<b>" * 100_000 + TEXT + "</description>"
            ),
        ),
        ("deep.json", '{"uri": "u:1", "headline": "T", "bodies": ' + "[" * 200_000),
        ("feed.json", '{"version": "https://jsonfeed.org/version/1.1", "items": ' + "[" * 200_000),
        ("deep.html", "<html><body><article>" + "<div>" * 50_000 + f"<p>{TEXT}</p>"),
        (
            "deep.md",
            "---\ntitle: T\ndate: 2026-11-20\nx: " + "[" * 50_000 + "\n---\n" + "> " * 5_000 + TEXT,
        ),
        (
            "list.md",
            "---\ntitle: T\ndate: 2026-11-20\nauthors: [A]\n---\n"
            + "".join("  " * n + "- x\n" for n in range(500))
            + "> " * 3_000,
        ),
    ):
        report, _ = bring(root, name, data)
        assert all(i.outcome in ("quarantined", "created", "skipped") for i in report.items), name
    pages(root)


# Archives ------------------------------------------------------------------------------------


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_names_that_lead_outside_are_passed_over(root: Path) -> None:
    article = f"---\ntitle: T\ndate: 2026-11-20\nauthors: [Ann Ames]\n---\n{TEXT}\n".encode()
    names = [
        "../evil.md",
        "/etc/evil.md",
        "a/../../evil.md",
        "C:\\evil.md",
        "..\\evil.md",
        "ok/fine.md",
    ]
    report, written = bring(root, "slip.zip", packed(dict.fromkeys(names, article)))
    assert [i.outcome for i in report.items] == ["created"]
    assert written.count("title: T") == 1
    assert not list(root.parent.rglob("evil*"))
    assert sum("would leave the folder" in d.message for d in report.diagnostics) == 5


def test_a_link_in_an_archive_is_not_followed(root: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("secret.md")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
        archive.writestr(
            "fine.md", f"---\ntitle: T\ndate: 2026-11-20\nauthors: [A B]\n---\n{TEXT}\n"
        )
    report, written = bring(root, "link.zip", out.getvalue())
    assert "root:" not in written
    assert any("is a link" in d.message for d in report.diagnostics)


@pytest.mark.slow
def test_an_archive_that_unpacks_to_far_more_is_refused(root: Path) -> None:
    bomb = packed({"a.md": b"a" * (300 * 1024 * 1024), "nested.zip": packed({"x.md": b"x"})})
    assert len(bomb) < 1_000_000
    report, written = bring(root, "bomb.zip", bomb)
    assert [i.outcome for i in report.items] == ["failed", "failed"]
    assert "unpacks to more" in report.items[0].reason
    assert "archive within another" in report.items[1].reason
    assert len(written) < 100_000


def test_a_broken_archive_is_said_to_be_one(root: Path) -> None:
    whole = packed({"a.md": b"a" * 10_000})
    for data in (whole[:60], whole[:-30], b"PK\x03\x04" + b"\xff" * 200):
        report, _ = bring(root, "broken.zip", data)
        assert report.items[0].outcome == "failed"


# Pictures ------------------------------------------------------------------------------------


def png(width: int, height: int) -> bytes:
    """A picture that says it is of this size, of which hardly anything is there."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(50_000, 50_000), (65_535, 2), (2**31 - 1, 2**31 - 1)])
def test_pictures_of_too_many_pixels_are_not_taken_over(root: Path, size: tuple[int, int]) -> None:
    with pytest.raises(ImageRefused):
        read_picture(png(*size))
    body = (
        "---\ntitle: T\ndate: 2026-11-20\nauthors: [A B]\nimage:"
        f" bomb.png\n---\n{TEXT}\n\n![x](bomb.png)\n"
    )
    report, _ = bring(root, "pictures.zip", packed({"a.md": body.encode(), "bomb.png": png(*size)}))
    assert report.items[0].outcome == "created"
    assert not list((root / "content").rglob("*.png"))


def test_text_chunks_that_unpack_to_far_more_are_not_unpacked() -> None:
    bomb = zlib.compress(b"a" * 80_000_000)
    data = png(8, 8)
    body = b"Comment\0\0" + bomb
    raw = (
        struct.pack(">I", len(body))
        + b"zTXt"
        + body
        + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    )
    at = data.index(b"IDAT") - 4
    try:
        told = read_picture(data[:at] + raw + data[at:])
    except ImageRefused:
        return
    assert told.width == 8


# Scripts in every field ----------------------------------------------------------------------


def test_scripts_in_every_field_of_every_kind_stay_text(root: Path) -> None:
    e = EVIL.replace("<", "&lt;")
    quoted = json.dumps(EVIL)
    sources = {
        "f.xml": rss(
            f"<title>{e}</title><author>{e}</author><category>{e}</category><link>javascript:alert(1)</link><guid>{e}</guid><pubDate>Mon,"
            f" 23 Nov 2026 08:30:00 +0100</pubDate><description>&lt;p>{TEXT}&lt;/p>{e}&lt;a"
            " href='java&amp;#10;script:alert(1)'>x&lt;/a>&lt;svg onload=alert(1)>&lt;iframe"
            " src='javascript:alert(1)'>&lt;/iframe>&lt;a"
            " href='data:text/html,x'>y&lt;/a></description>"
        ),
        "f.json": (
            f'{{"version": "https://jsonfeed.org/version/1.1", "title": {quoted}, "items": [{{"id":'
            f' "1", "url": "javascript:alert(1)", "title": {quoted}, "authors": [{{"name":'
            f' {quoted}, "url": "javascript:alert(1)"}}], "tags": [{quoted}], "date_published":'
            ' "2026-11-20", "image": "javascript:alert(1)", "content_html":'
            f" {json.dumps(f'<p>{TEXT}</p>' + EVIL)}}}]}}"
        ),
        "n.json": (
            f'{{"uri": {quoted}, "type": "text", "versioncreated": "2026-11-20", "headline":'
            f' {quoted}, "byline": {quoted}, "copyrightholder": {quoted}, "located": {quoted},'
            f' "body_xhtml": {json.dumps(f"<p>{TEXT}</p>" + EVIL)}}}'
        ),
        "m.eml": (
            f"From: {EVIL} <a@b.example>\nSubject: {EVIL}\nDate: Wed, 18 Nov 2026 07:00:00"
            f" +0000\nList-Id: {EVIL} <x>\nArchived-At: <javascript:alert(1)>\nContent-Type:"
            f" text/html\n\n<p>{TEXT}</p>{EVIL}"
        ),
        "p.html": (
            f"<html><head><title>{EVIL}</title><link rel=canonical href='javascript:alert(1)'><meta"
            f" name=author content='{EVIL}'><meta property='article:published_time'"
            " content='2026-11-20'></head><body><article><h1>Head"
            f" {EVIL}</h1><p>{TEXT}</p><p>{TEXT} Twice.</p><p>{TEXT}"
            f" Thrice.</p>{EVIL}</article></body></html>"
        ),
        "t.txt": (
            f"A headline with {EVIL}\n\nBy Ann Ames {EVIL}\nNov. 23, 2026\n\n{TEXT}\n\n{EVIL}"
            f" {TEXT}\n\n[x](javascript:alert(1)) {TEXT}\n"
        ),
        "a.md": (
            f"---\ntitle: {quoted}\ndate: 2026-11-20\nauthors: [{quoted}]\nsource: {{name:"
            f" {quoted}, url: 'javascript:alert(1)'}}\ncanonical: 'javascript:alert(1)'\nmy_key:"
            f" {quoted}\nimage:"
            f" 'javascript:alert(1)'\n---\n{TEXT}\n\n{EVIL}\n\n[x](javascript:alert(1))\n\n<a"
            " href='javascript:alert(1)'>x</a>\n"
        ),
    }
    for name, data in sources.items():
        report, _ = bring(root, name, data)
        assert all(i.outcome in ("created", "updated", "quarantined") for i in report.items), name
        assert not [d for d in report.diagnostics if d.level == "error"], name
    built = build(BuildOptions(root=str(root), now="2026-11-24T12:00:00+00:00", drafts=True))
    assert built.published, built.diagnostics
    # The texts are the same, and the note in Markdown shows an image that is not there; nothing
    # else is wrong.
    assert {(d.code, d.level) for d in built.diagnostics} <= {
        ("link", "warning"),
        ("twin", "warning"),
    }, built.diagnostics
    assert [d.path for d in built.diagnostics if d.code == "link"] == [
        "content/news/2026-11-20-a.md"
    ]
    assert built.articles >= 5
    for text in pages(root).split("\n"):
        low = text.lower()
        assert "<script>alert" not in low
        assert "<img src=x" not in low
        assert 'href="javascript:' not in low
        assert 'src="javascript:' not in low
        assert "<iframe" not in low


# Mail ----------------------------------------------------------------------------------------


def test_mails_nested_a_thousand_deep_are_refused_at_once(root: Path) -> None:
    deep = "Subject: Deep\nMIME-Version: 1.0\n"
    for n in range(1_000):
        deep += f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"
    report, _ = bring(
        root,
        "deep.eml",
        "From: a@b.example\nDate: Wed, 18 Nov 2026 07:00:00 +0000\n" + deep + f"\n{TEXT}\n",
    )
    assert report.items[0].outcome == "quarantined"
    assert "nested" in report.items[0].reason


@pytest.mark.slow
def test_a_mailbox_with_a_line_without_end_is_read_in_pieces(root: Path) -> None:
    mail = (
        "From a@b.example Wed Nov 18 07:00:00 2026\nFrom: Ann Ames <a@b.example>\nSubject:"
        f" Fine\nDate: Wed, 18 Nov 2026 07:00:00 +0000\n\n{TEXT}\n\n"
    )
    report, written = bring(
        root, "box", mail + mail.replace("Fine", "Long").replace(TEXT, "x" * 20_000_000)
    )
    assert report.items[0].outcome == "created"
    assert TEXT in written
    assert len(written) < 10_000_000


# Texts ---------------------------------------------------------------------------------------


def test_a_line_of_fifty_megabytes_is_refused(root: Path) -> None:
    report, written = bring(root, "long.txt", b"word " * 10_000_000)
    assert report.items[0].outcome == "failed"
    assert "too large" in report.items[0].reason
    assert written == ""


SECONDS = 8  # of CPU for texts of 200,000 letters that are read in one


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        "By ",
        "(",
        "[",
        "Jan. ",
        "1",
        "—",
        "“",
        "A. ",
        "Photo: ",
        "\n",
        "http://",
        "é",
        "*",
        "By A, ",
    ],
)
def test_the_longest_lines_that_are_read_take_no_longer_than_others(root: Path, piece: str) -> None:
    text = (piece * 200_000)[:200_000]
    began = time.process_time()
    for shape in (
        text,
        f"Title\n\n{text}\n\n{TEXT}\n",
        f"{TEXT}\n" + "\n".join([text[:300]] * 500),
    ):
        read_text(shape)
    assert time.process_time() - began < SECONDS


@pytest.mark.slow
@settings(
    max_examples=150, deadline=2_000, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=200),
            st.sampled_from(
                [
                    "By Ann Ames",
                    "Von Jan Ahlers und Mia Brandt",
                    "Nov. 23, 2026, 6:15 p.m. ET",
                    "2 hours ago",
                    "Credit...Ruta Lind/Salm Pictures",
                    "Share",
                    "Image",
                    "SALM (AP) — " + TEXT,
                    TEXT,
                    "* * *",
                    "- " + TEXT,
                    "https://f.example/x",
                    "Read more",
                    "23.11.2026, 18:15 Uhr",
                    "Photo: " * 20,
                    "(" * 60,
                    "By " * 40,
                    "A. B. " * 40,
                    "and " * 40,
                    "1, " * 60,
                ]
            ),
            st.from_regex(
                r"(By|Von|Par|Di|Por) ([A-Z][a-z]{1,8}[ ,&-]{1,3}){1,12}", fullmatch=True
            ),
            st.from_regex(r"([0-9]{1,4}[.:/ -]){1,12}[A-Za-z]{0,9}", fullmatch=True),
        ),
        max_size=40,
    )
)
def test_any_text_is_read_without_a_failure_and_gives_clean_lines(lines: list[str]) -> None:
    found = read_text("\n".join(lines))
    for value in (
        found.title,
        found.dek,
        found.dateline,
        *(p.name for p in found.authors),
        *(p.name for p in found.credits),
    ):
        assert "\n" not in value
        assert value == value.strip()
        assert all(c.isprintable() or c in "\u200c\u200d\u200e\u200f\u00a0\u202f" for c in value)
    assert read_text("\n".join(lines)) == found


# Charsets ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "real"),
    [
        ("utf-8", "windows-1252"),
        ("iso-8859-1", "utf-8"),
        ("utf-7", "windows-1252"),
        ("", "utf-16"),
        ("nonsense", "utf-8"),
        ("", "windows-1252"),
        ("iso-8859-15", "windows-1252"),
        ("windows-1252", "windows-1252"),
    ],
)
def test_wrong_charsets_do_not_spoil_names(root: Path, declared: str, real: str) -> None:
    meta = f'<meta charset="{declared}">' if declared else ""
    page = (
        f"<html><head>{meta}<title>Die Fähre fährt</title><meta name=author content='Jörg"
        " Müller'><meta property='article:published_time'"
        " content='2026-11-20'></head><body><article><h1>Die Fähre fährt</h1>"
        + "".join(
            f"<p>Die Fähre fährt über den Fluss, sagte der Kapitän am {n}. Tag, und niemand müsse"
            " länger warten als früher.</p>"
            for n in range(4)
        )
        + "</article></body></html>"
    )
    _, written = bring(root, "p.html", page.encode(real))
    assert "title: Die Fähre fährt" in written
    assert "- Jörg Müller" in written


def test_a_feed_that_names_the_wrong_charset_is_read(root: Path) -> None:
    feed = rss(
        f"<title>Die Fähre</title><author>Jörg Müller</author>{DATED}<description>{TEXT}"
        " Fähre.</description>"
    )
    _, written = bring(root, "f.xml", feed.replace('"1.0"', '"1.0" encoding="iso-8859-1"').encode())
    assert "title: Die Fähre" in written
