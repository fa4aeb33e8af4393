"""What sources say to machines only does not reach a digest: topics, outlets, languages, dates, the
furniture of mails."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.importer.model import Imported
from sitegen.importer.normalise import tidied, topics
from sitegen.model.article import Person, Source
from tests.conftest import Digest

PAGE = """<!doctype html><html lang="{lang}"><head><title>Ferry aloud | Salm Post</title>
<link rel="canonical" href="https://post.example/ferry-aloud">{metas}
<meta property="article:published_time" content="2026-11-20T08:30:00+01:00"></head><body><article><h1>Ferry aloud on the quay</h1>
{text}</article></body></html>"""  # noqa: E501
TEXT = """<p>From Monday the timetable of the night ferry will be read aloud on the quay at six each evening, in a voice
chosen by lottery among those who asked for it.</p>
<p>Forty people have put their names down to read. The lottery will be drawn on Sunday in the waiting room, with coffee
for those who lose and a scarf for the one who wins it.</p>"""  # noqa: E501
ARABIC = """<p>قال مجلس الميناء يوم الاثنين إن الجرس القديم سيبقى صامتا حتى الربيع، ولم يعترض أحد من سكان المدينة على القرار.</p>
<p>وأضاف المجلس أن السفن لم تعد تحتاج إلى الجرس منذ سنوات، وأن إصلاحه يكلف أكثر مما تملكه المدينة هذا العام.</p>"""  # noqa: E501
MAIL = """From: The Quay Letter <letter@quay.example>
Subject: The Quay Letter: what the tide brought
Date: Mon, 23 Nov 2026 07:15:00 +0100
Message-ID: <77@quay.example>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<html><body><p><a href="https://quay.example/v/77">View this email in your browser</a></p>
<h1>What the tide brought</h1><p>By Ann Ames and Bo Berg in Port Salm</p>
<p>The harbour reopened on Sunday after the fog, and the first ship in was a dredger that nobody had ordered.
<a href="https://quay.example/d?page=2&amp;utm_source=letter">More</a></p>
<p><a href="https://quay.example/u">Unsubscribe</a></p><p>Quay Letter Ltd, 1 Quay, Salm</p></body></html>
"""  # noqa: E501


def imported(digest: Digest, name: str, text: str) -> str:
    digest.write(name, text)
    done = digest.run("import", str(digest.root / name))
    assert done.returncode == 0, done.stderr
    return "".join(
        p.read_text("utf-8") for p in sorted((digest.root / "content/news").glob("2026-*.md"))
    )


def page(digest: Digest, metas: str = "", lang: str = "en", text: str = TEXT) -> str:
    return imported(digest, "page.html", PAGE.format(metas=metas, lang=lang, text=text))


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (
            (
                "Ferries, subject:transport, harbour_life, path:news, Page: archived, /article,"
                " @front-river, Uncategorized"
            ),
            "[Ferries]",
        ),
        (
            "Category: Ships, #Tides, cce15240-c52a-4887-a61a-cd64701d6596, 2026",
            '[Ships, Tides, "2026"]',
        ),
        ("night-ferry, port-salm", "[night ferry, port salm]"),
        ("e-mail, Port Salm", "[e-mail, Port Salm]"),
        ("ferry, aloud, quay, Lotteries", "[Lotteries]"),  # the headline taken apart
        ("Salm Post, Ferry aloud on the quay, Lotteries", "[Lotteries]"),
    ],
)
def test_topics_are_for_readers(digest: Digest, told: str, kept: str) -> None:
    found = page(
        digest,
        f'<meta name="keywords" content="{told}"><meta property="og:site_name" content="Salm'
        ' Post">',
    )
    assert f"tags: {kept}\n" in found


def test_a_section_that_says_nothing_becomes_no_topic(digest: Digest) -> None:
    assert "tags:" not in page(digest, '<meta property="article:section" content="Uncategorized">')


@pytest.mark.parametrize(
    ("site", "name"),
    [
        ("https://www.post.example/", "post.example"),
        ("Blogger", "post.example"),
        ("Salm Post", "Salm Post"),
        ("Salm Post - Verlag am Hafen GmbH &amp; Co. KG", "Salm Post"),
    ],
)
def test_an_outlet_has_a_name(digest: Digest, site: str, name: str) -> None:
    assert f"source:\n  name: {name}\n" in page(
        digest, f'<meta property="og:site_name" content="{site}">'
    )


@pytest.mark.parametrize(
    ("stamp", "kept"),
    [
        ("2026-11-20T07:30:00Z", False),
        ("2026-11-20T08:00:00+01:00", False),
        ("2026-11-20T08:34:00+01:00", False),
        ("2026-11-20T09:00:00+01:00", True),
    ],
)
def test_an_update_is_later_than_the_publication(digest: Digest, stamp: str, kept: bool) -> None:
    assert (
        "updated:" in page(digest, f'<meta property="article:modified_time" content="{stamp}">')
    ) is kept


@pytest.mark.parametrize(
    ("told", "text", "lang"),
    [
        ("en", ARABIC, "ar"),
        ("fa", ARABIC, "fa"),
        (
            "en",
            "<p>港の鐘は春まで鳴らない、と理事会は月曜日に発表した。"
            "町の人はだれも反対しなかったという。</p>" * 3,
            "ja",
        ),
        ("de", TEXT, "en"),
        ("en", TEXT, "en"),
    ],
)
def test_the_language_is_that_of_the_text(digest: Digest, told: str, text: str, lang: str) -> None:
    assert f"\nlang: {lang}\n" in page(digest, lang=told, text=text)


def test_an_author_whose_page_is_the_article_itself_has_none(digest: Digest) -> None:
    data = (
        '{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ann Ames", "url":'
        ' "https://post.example/ferry-aloud"}}'
    )
    found = page(digest, f'<script type="application/ld+json">{data}</script>')
    assert "authors:\n  - Ann Ames\n" in found


def test_a_newsletter_is_its_text_and_its_authors(digest: Digest) -> None:
    found = imported(digest, "letter.eml", MAIL)
    assert "authors:\n  - Ann Ames\n  - Bo Berg\n" in found
    body = found.split("\n---\n")[1]
    assert body.strip().startswith("The harbour reopened")
    assert "[More](https://quay.example/d?page=2)" in body
    assert not any(word in body for word in ("What the tide", "By Ann", "Unsubscribe", "Ltd"))


def test_an_article_that_exists_twice_is_reported_with_its_twin(
    digest: Digest, tmp_path: Path
) -> None:
    digest.write("one.html", PAGE.format(metas="", lang="en", text=TEXT))
    digest.write("two.html", PAGE.format(metas="", lang="en", text=TEXT))
    done = digest.run("import", str(digest.root / "one.html"), str(digest.root / "two.html"))
    assert "the same article as" in done.stdout
    assert "1 imported: 1 published, 1 unchanged" in done.stdout


GENUINE = """The pier of Port Salm stays shut

By Ann Ames

Nov. 20, 2026, 6:15 p.m. ET

The council met for forty minutes about the broken pier, but nothing was decided, and the pier will be shut until the spring, as it was
in the year of the great storm, when the town had no money for planks either.

The harbour master said that he would not wait at the gate any longer, and that the town must be told on Monday what the planks will cost.

Nobody in the room could say when the pier was built or who had paid for it, and the oldest member of the council, who had been asked
to look into the papers of her grandfather, said that the papers had been lost in the storm, together with the shed that they were kept in.

The council will meet again in a week, on the first floor of the old customs house, where there are more chairs and a stove that works."""  # noqa: E501


def test_a_text_whose_words_were_exchanged_gives_way_to_the_genuine_one(digest: Digest) -> None:
    spun = GENUINE
    for word, odd in {
        " as ": " arsenic ",
        " be ": " beryllium ",
        " he ": " helium ",
        " at ": " astatine ",
        " on ": " connected ",
    }.items():
        spun = spun.replace(word, odd)
    digest.write("in/a-spun.txt", spun)
    digest.write("in/b.txt", GENUINE)
    done = digest.run("import", str(digest.root / "in"))
    assert "in the place of" in done.stdout
    (path,) = (digest.root / "content/news").glob("*.md")
    assert "spun:" not in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("tags", "kept"),
    [
        (["Ships; Tides,Cranes", "ships"], ("Ships", "Tides", "Cranes")),
        (["#Tides", '"Cranes"'], ("Tides", "Cranes")),
        (["", "x", "12345", "path:news", "n/a"], ()),
        (["night-ferry", "port-salm"], ("night ferry", "port salm")),
        (["night-ferry", "Port Salm"], ("night-ferry", "Port Salm")),
    ],
)
def test_topics(tags: list[str], kept: tuple[str, ...]) -> None:
    assert topics(tags) == kept


def test_headline_source_and_authors_are_not_topics() -> None:
    assert topics(["The Quay Opens", "Salm Post"], "The quay opens", ["Salm Post"]) == ()


def test_an_article_is_tidied_without_its_reader() -> None:
    url = "https://post.example/quay/"
    found = tidied(
        Imported(
            title="The quay opens",
            dek="The Quay opens.",
            authors=(Person("Jane Roe", url=url),),
            date="2026-11-20",
            updated="2026-11-19",
            source=Source("https://www.post.example/"),
            canonical=url,
        )
    )
    assert (found.dek, found.updated, found.source.name) == ("", "", "post.example")
    assert found.authors == (Person("Jane Roe"),)


def test_topics_of_a_persons_own_site_stay_as_they_are() -> None:
    assert tidied(Imported(tags=("path:news",), own=True)).tags == ("path:news",)
