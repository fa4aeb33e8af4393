"""What stands around a text, in pages and in copied texts, does not reach it; and credits that stood among it are kept."""  # noqa: E501

from __future__ import annotations

import pytest

from tests.conftest import Digest

LEDE = (
    "From Monday the timetable of the night ferry will be read aloud on the quay at six each"
    " evening, in a voice chosen by lottery."
)
MORE = (
    "Forty people have put their names down to read, and the lottery will be drawn on Sunday in the"
    " waiting room, with coffee for all."
)
LAST = (
    "The printed timetable had become too small to read, said the harbour master, and nobody had"
    " asked for a larger one in years."
)


def page(
    digest: Digest, before: str = "", after: str = "", within: str = "", head: str = ""
) -> tuple[str, str]:
    """(front matter, body) of a page with something before, after or within its text."""
    digest.write(
        "page.html",
        f"""<!doctype html><html lang="en"><head><title>Ferry aloud on the quay | Salm Post</title>{head}
<meta property="og:site_name" content="Salm Post"><meta property="article:section" content="Harbour life">
<meta property="article:published_time" content="2026-11-20T08:30:00+01:00"></head><body><article><h1>Ferry aloud on the quay</h1>
{before}<p>{LEDE}</p>{within}<p>{MORE}</p><p>{LAST}</p>{after}</article></body></html>""",  # noqa: E501
    )
    return imported(digest, "page.html")


def imported(digest: Digest, name: str) -> tuple[str, str]:
    digest.run("import", str(digest.root / name))
    (path,) = (digest.root / "content/news").glob("*.md")
    head, body = path.read_text("utf-8").split("\n---\n", 1)
    return head, body.strip()


@pytest.mark.parametrize(
    ("before", "after", "within"),
    [
        ("<p>Harbour life</p>", "", ""),  # the section
        (
            (
                '<div>By <a href="/ann">Ann Ames</a> with Agencies</div><p><b>Ann Ames</b>'
                " with</p><p><b>Agencies</b></p>"
            ),
            "",
            "",
        ),
        ("", "<p><b>More pictures from the harbour:</b></p>", ""),
        ("", "<p>You need to be a subscriber to join the conversation.</p>", ""),
        (
            "",
            "",
            (
                '<div class="video-js"><ul class="vjs-menu"><li>Chapters</li><li>descriptions off,'
                " selected</li></ul></div>"
            ),
        ),
        (
            "",
            (
                '<div class="OUTBRAIN"><ul><li><a href="https://x.example/1">One odd trick for your'
                " boat</a></li></ul></div>"
            ),
            "",
        ),
        ("", "", "<p>Fotocredit: Ruta Lind/Salm Pictures</p>"),
    ],
)
def test_only_the_text_is_left(digest: Digest, before: str, after: str, within: str) -> None:
    _, body = page(digest, before, after, within)
    assert body.split("\n\n") == [LEDE, MORE, LAST]


def test_a_sentence_that_ends_in_a_colon_stays(digest: Digest) -> None:
    _, body = page(
        digest, after="<p>The harbour master would say nothing of the horn but this:</p>"
    )
    assert body.endswith("but this:")


@pytest.mark.parametrize(
    ("figure", "credit"),
    [
        (
            (
                "<figcaption>The ferry. <span class=credit><i>Credit</i><i>Ruta Lind/Salm"
                " Pictures</i></span></figcaption>"
            ),
            "Ruta Lind",
        ),
        (
            (
                "<figcaption>The ferry at the quay on Monday. <span class=credit>Ruta Lind"
                " (Keystone</span></figcaption>"
            ),
            "Ruta Lind",
        ),
        (
            (
                "<figcaption>The ferry, left, has taken the place of the barge as the boat of the"
                " town</figcaption>"
            ),
            "",
        ),
        ("<figcaption class=copyright>Salm Verlag mbH &amp; Co. KG</figcaption>", ""),
    ],
)
def test_a_credit_names_a_holder_and_nothing_else(digest: Digest, figure: str, credit: str) -> None:
    head, _ = page(
        digest, f'<figure><img src="https://post.example/ferry.jpg" alt="">{figure}</figure>'
    )
    assert ("credits:\n" in head) is bool(credit)
    assert f"credits:\n  - name: {credit}\n" in head or not credit


def test_a_credit_among_the_text_is_kept(digest: Digest) -> None:
    head, _ = page(digest, within="<p>Fotocredit: Ruta Lind/Salm Pictures</p>")
    assert "credits:\n  - name: Ruta Lind\n    role: photo\n    org: Salm Pictures" in head


def test_a_teaser_with_a_picture_is_no_picture_of_the_article(digest: Digest) -> None:
    caption = '<figcaption><a href="/b">Bell falls silent — by Bo Berg/AFP</a></figcaption>'
    teaser = f'<figure><a href="/b"><img src="/b.jpg" alt="B"></a>{caption}</figure>'
    head, _ = page(digest, after=teaser)
    assert "credits:" not in head
    assert "b.jpg" not in head


def test_the_line_under_the_headline_is_shown_once(digest: Digest) -> None:
    dek = "Nobody could read the printed one any longer"
    head, body = page(
        digest,
        f"<h2>Harbour life</h2><h2>{dek}</h2>",
        head=f'<meta property="og:description" content="{dek}">',
    )
    assert f"dek: {dek}\n" in head
    assert dek not in body


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        (
            (
                "Smoke is seen above the old ferry at the quay of Port Salm, in this picture of 20"
                " November 2026 obtained from social media. @quayside/via REUTERS THIS IMAGE HAS"
                " BEEN SUPPLIED BY A THIRD PARTY. MANDATORY CREDIT. NO RESALES."
            ),
            "@quayside",
        ),
        (
            (
                "The harbour master, shown here at the opening of the new quay in 2011, a ceremony"
                " that was moved twice for fog and once because nobody had brought the ribbon, has"
                " said that the timetable will be read aloud from Monday on, as long as there is"
                " somebody who will listen to it and somebody who will read. (Ruta Lind/Associated"
                " Press)"
            ),
            "Ruta Lind",
        ),
    ],
)
def test_captions_of_wires_are_no_text(digest: Digest, caption: str, name: str) -> None:
    lines = [
        "Ferry aloud on the quay",
        "By Ann Ames",
        "Nov. 20, 2026, 6:15 p.m. ET",
        caption,
        LEDE,
        MORE,
        LAST,
    ]
    digest.write("clipping.txt", "\n\n".join(lines))
    head, body = imported(digest, "clipping.txt")
    assert body.split("\n\n") == [LEDE, MORE, LAST]
    assert "dek:" not in head
    assert f"name: {name}\n" in head.replace('"', "")
