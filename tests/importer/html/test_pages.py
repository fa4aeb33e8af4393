"""Pages of many builds: the whole text in its order, nothing of the page around it, and a report of
what is not taken over."""

import pytest

from sitegen.importer.html.read import read_html
from sitegen.importer.model import Imported

LAMP = (
    "The lamp on the north mole will burn on until the spring, the harbour board decided on Monday,"
    " and nobody voted against it."
)
PAINTER = (
    "A painter had offered to keep it going by hand, and forty people signed a letter that asked"
    " for him to be let in at night."
)
VOTES = (
    "The keeper of the archive said that she had found three earlier votes on it, all of them lost"
    " by the same two families."
)
BELL = (
    "Next week the board will look at the bell, which has been silent since a storm in the year of"
    " the comet and is not missed."
)
REFRAIN = (
    "And still the lamp burns on above the mole, and still nobody can say who pays for the oil"
    " of it."
)
P1, P2, P3, P4, PR = (f"<p>{text}</p>" for text in (LAMP, PAINTER, VOTES, BELL, REFRAIN))
ALL = P1 + P2 + P3 + P4
WHOLE = [LAMP, PAINTER, VOTES, BELL]
HEAD = "<h1>The lamp burns on</h1>"
ASKING = "".join(
    "<p>Nous et nos partenaires gardons de petits fichiers sur votre appareil et les lisons, afin"
    f" que tout plaise, numéro {n}.</p>"
    for n in range(14)
)


def page(body: str, head: str = "", title: str = "The lamp burns on") -> Imported:
    return read_html(
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()  # noqa: E501
    )


def blocks(found: Imported) -> list[str]:
    return found.body.strip().split("\n\n")


ARTICLES = {
    "one text": (HEAD + ALL, WHOLE),
    "sections called post": (
        (
            f"{HEAD}{P1}<section class=post><h3>One</h3>{P2}</section><section"
            f" class=post><h3>Two</h3>{P3}</section>{P4}"
        ),
        [LAMP, "## One", PAINTER, "## Two", VOTES, BELL],
    ),
    "boxes called hentry": (
        (
            f"{HEAD}{P1}<div class=hentry><h2>One</h2>{P2}</div><div"
            f" class=hentry><h2>Two</h2>{P3}</div>"
        ),
        [LAMP, "## One", PAINTER, "## Two", VOTES],
    ),
    "body within": (f"{HEAD}{P1}{P2}<div class=articleBody><div>{P3}{P4}</div></div>", WHOLE),
    "first paragraph in a section": (
        f"{HEAD}<section>{P1}</section><section itemprop=articleBody>{P2}{P3}{P4}</section>",
        WHOLE,
    ),
    "refrain": (
        f"{HEAD}{P1}{PR}{P2}{PR}{P3}{PR}",
        [LAMP, REFRAIN, PAINTER, REFRAIN, VOTES, REFRAIN],
    ),
    "second copy for narrow screens": (
        f"{HEAD}<div class=wide>{ALL}</div><div class=narrow>{ALL}</div>",
        WHOLE,
    ),
    "levels": (
        f"{HEAD}{P1}<h3>One</h3>{P2}<h4>One more</h4>{P3}<h3>Two</h3>{P4}",
        [LAMP, "## One", PAINTER, "### One more", VOTES, "## Two", BELL],
    ),
    "who is quoted, in cite": (
        f"{HEAD}{P1}<blockquote>I never saw it dark.<cite>Ola Brand, pilot</cite></blockquote>{P2}",
        [LAMP, "> I never saw it dark.\n>\n> Ola Brand, pilot", PAINTER],
    ),
    "who is quoted, in a caption": (
        (
            f"{HEAD}{P1}<figure><blockquote><p>I never saw it dark.</p></blockquote><figcaption>Ola"
            f" Brand, pilot</figcaption></figure>{P2}"
        ),
        [LAMP, "> I never saw it dark.\n>\n> Ola Brand, pilot", PAINTER],
    ),
    "paragraphs called caption": (
        f"{HEAD}{P1}<p class=caption>{PAINTER}</p>{P3}<div class=legend>{BELL}</div>",
        WHOLE,
    ),
    "bare text": (
        f"{HEAD}<div>{LAMP}<br><br><h2>One</h2>{PAINTER}<br><h2>Two</h2>{VOTES}</div>",
        [LAMP, "## One", PAINTER, "## Two", VOTES],
    ),
    "several h1": (
        f"{HEAD}{P1}<h1>One</h1>{P2}<h2>In detail</h2>{P3}<h1>Two</h1>{P4}",
        [LAMP, "## One", PAINTER, "### In detail", VOTES, "## Two", BELL],
    ),
    "headings by their role": (
        f"{HEAD}{P1}<div role=heading aria-level=2>One</div>{P2}"
        f"<p role=heading aria-level=3>In detail</p>{P3}",
        [LAMP, "## One", PAINTER, "### In detail", VOTES],
    ),
    "bare text behind the last heading": (
        f"{HEAD}<div class=x><h2>One</h2><span>{LAMP}</span><h2>Two</h2>{PAINTER} {VOTES}</div>",
        ["## One", LAMP, "## Two", f"{PAINTER} {VOTES}"],
    ),
    "bare text before what is slanted": (
        f"{HEAD}<section><h2>One</h2>{LAMP} <em>{PAINTER}</em></section>"
        f"<section><h2>Two</h2>{VOTES}<ul><li>{BELL}</li></ul></section>",
        ["## One", f"{LAMP} {PAINTER}", "## Two", VOTES, f"- {BELL}"],
    ),
    "who is quoted": (
        f"{HEAD}{P1}<blockquote><p>I never saw it dark in forty years.</p>"
        f"<div class=quote__author>Ola Brand</div></blockquote>{P2}",
        [LAMP, "> I never saw it dark in forty years.\n>\n> Ola Brand", PAINTER],
    ),
    "control characters": (
        (
            f"{HEAD}{P1}<p>A paint&#8;er&#x1; from the old&#146;s town\x08 had offered to keep it"
            f" going by hand.</p>{P3}"
        ),
        [LAMP, "A painter from the old’s town had offered to keep it going by hand.", VOTES],
    ),
}


@pytest.mark.parametrize("name", ARTICLES)
@pytest.mark.parametrize(
    "frame", ["<main><article>{}</article></main>", "<div id=page><div id=content>{}</div></div>"]
)
def test_the_text_is_whole_and_in_its_order(name: str, frame: str) -> None:
    body, wanted = ARTICLES[name]
    assert blocks(page(frame.format(body))) == wanted


@pytest.mark.parametrize(
    "body",
    [
        f"<main>{HEAD}{ALL}</main><dialog open>{ASKING}</dialog>",
        f"<nav>{ASKING}</nav><main>{HEAD}{ALL}</main>",
        f"<div class=box role=dialog>{ASKING}</div><div class=content>{HEAD}{ALL}</div>",
        f"<div class=content>{HEAD}{ALL}</div><footer><div>{ASKING}</div></footer>",
        f"<div class='einwilligung-layer'>{ASKING}</div><div>{HEAD}{ALL}</div>",
        f"<div><div>{HEAD}{ALL}</div></div><div><div>{ASKING}</div></div>",
        f"<section>{ASKING}</section><article>{HEAD}{ALL}</article>",
        f"<form class=popup>{ASKING}</form><div>{HEAD}{ALL}</div>",
        f"<div>{HEAD}{ALL}</div><aside>{ASKING}</aside>",
        f"<div class='kvkk-layer'>{ASKING}</div><div>{HEAD}{ALL}</div>",
        f"<div class='rodo-popup'>{ASKING}</div><div>{HEAD}{ALL}</div>",
        f"<div class=x aria-modal=true>{ASKING}</div><div>{HEAD}{ALL}</div>",
    ],
)
def test_a_box_of_the_page_is_no_article_however_long(body: str) -> None:
    assert blocks(page(body)) == WHOLE


def test_an_element_that_was_never_closed_hides_nothing() -> None:
    for tag in ("nav", "button", "dialog"):
        assert blocks(page(f"{HEAD}<{tag}>{ALL}")) == WHOLE


@pytest.mark.parametrize(
    ("top", "heading"),
    [
        ("<div id=side><h1>Quicklinks</h1><ul><li><a href=/a>A</a></ul></div>", "h2"),
        (
            "<div><h1>Menü</h1><ul><li><a href=/a>Politik</a><li><a href=/b>Kultur</a></ul></div>",
            "h2",
        ),
        ("<aside><h1>Most read this week</h1><ul><li><a href=/a>A</a></ul></aside>", "h1"),
        (
            (
                "<div><h1>Rubriques du jour en bref</h1><p><a href=/a>Politique</a> <a"
                " href=/b>Culture</a></p></div>"
            ),
            "h2",
        ),
    ],
)
def test_the_heading_of_a_menu_is_no_headline(top: str, heading: str) -> None:
    found = page(
        f"{top}<div>{HEAD.replace('h1', heading)}{ALL}</div>",
        title="The lamp burns on – Harbour Post",
    )
    assert (found.title, blocks(found)) == ("The lamp burns on", WHOLE)


def test_addresses_are_relative_to_the_base_of_the_page() -> None:
    head = '<link rel=canonical href="https://post.example/lamp"><base href="/council/2026/">'
    linked = (
        "<p>The <a href='minutes.html'>minutes</a> of the board are public, it said on Friday.</p>"
    )
    found = page(f"<article>{HEAD}{P1}{P2}{linked}</article>", head)
    assert "[minutes](https://post.example/council/2026/minutes.html)" in found.body


@pytest.mark.parametrize(
    ("embedded", "link"),
    [
        (
            "<iframe src='https://www.youtube.com/embed/lamp26?rel=0' title='The lamp'></iframe>",
            "[The lamp](https://www.youtube.com/watch?v=lamp26)",
        ),
        (
            "<div><iframe data-src='//player.vimeo.com/video/77'></iframe></div>",
            "[vimeo.com](https://vimeo.com/77)",
        ),
        (
            "<audio controls><source src='/lamp.mp3'></audio>",
            "[post.example](https://post.example/lamp.mp3)",
        ),
        (
            "<lite-youtube videoid='lamp2026'></lite-youtube>",
            "[youtube.com](https://www.youtube.com/watch?v=lamp2026)",
        ),
        (
            "<figure><video src='/lamp.mp4'></video><figcaption>How it is lit</figcaption></figure>",  # noqa: E501
            "[How it is lit](https://post.example/lamp.mp4)",
        ),
        (
            "<iframe src='https://maps.example/embed?at=1,2'></iframe>",
            "[maps.example](https://maps.example/embed?at=1,2)",
        ),
        (
            "<embed src='https://post.example/lamp.mp4'>",
            "[post.example](https://post.example/lamp.mp4)",
        ),
        (
            "<blockquote data-instgrm-permalink='https://www.instagram.com/p/LaMp/'></blockquote>",
            "[instagram.com](https://www.instagram.com/p/LaMp/)",
        ),
        (
            "<noscript><iframe src='https://www.youtube.com/embed/lamp26'></iframe></noscript>",
            "[youtube.com](https://www.youtube.com/watch?v=lamp26)",
        ),
        (
            "<div class='wp-block-embed__wrapper'>\nhttps://tube.example/w/9\n</div>",
            "[tube.example](https://tube.example/w/9)",
        ),
    ],
)
def test_what_is_embedded_leaves_a_link_and_a_note(embedded: str, link: str) -> None:
    found = page(
        f"<article>{HEAD}{P1}{embedded}{P2}{P3}</article>",
        "<link rel=canonical href='https://post.example/lamp'>",
    )
    assert blocks(found) == [LAMP, link, PAINTER, VOTES]
    assert len(found.notes) == 1 and not found.doubts


def test_what_counts_readers_leaves_nothing() -> None:
    counters = (
        "<iframe src='https://ads.doubleclick.net/x'></iframe><iframe src='https://count.example/'"
        " width=1 height=1></iframe>"
    )
    found = page(f"<article>{HEAD}{P1}{counters}{P2}</article>")
    assert blocks(found) == [LAMP, PAINTER] and not found.notes


def test_a_page_of_several_articles_is_read_by_its_headline_or_refused() -> None:
    other = "".join(f"<p>{text.replace('lamp', 'bell')}</p>" for text in (VOTES, BELL, REFRAIN))
    bell = f"<article><h2>The bell is silent</h2><time>2026-11-20</time>{other}</article>"
    two = f"{bell}<article>{HEAD}<time>2026-11-21</time>{ALL}</article>"
    found = page(f"<main>{two}</main>")
    assert blocks(found) == WHOLE and "The bell is silent" in found.notes[0] and not found.doubts
    refused = page(f"<main>{two.replace('h1', 'h2')}</main>", title="Harbour Post")
    assert "2 articles" in refused.doubts[0] and "The lamp burns on" in refused.doubts[0]
    assert LAMP not in refused.body


@pytest.mark.slow
def test_a_long_page_is_whole() -> None:
    paragraphs = [
        f"Line {n} of the log says that the lamp was lit at six and put out at {n} minutes past the"
        " hour."
        for n in range(6000)
    ]
    assert (
        len(blocks(page(f"<article>{HEAD}{''.join(f'<p>{p}</p>' for p in paragraphs)}</article>")))
        == 6000
    )


@pytest.mark.slow
def test_a_long_table_is_whole() -> None:
    rows = "".join(
        f"<tr><td>Night {n}</td>{''.join(f'<td>{n + k}</td>' for k in range(14))}</tr>"
        for n in range(700)
    )
    table = next(
        b
        for b in blocks(page(f"<article>{HEAD}{P1}<table>{rows}</table>{P2}</article>"))
        if b.startswith("|")
    )
    assert len(table.splitlines()) == 701 and table.splitlines()[-1].endswith("| 712 |")


def test_text_that_a_page_hides_is_found_by_a_second_look() -> None:
    hidden = "".join(f"<p class='x'>{text}</p>" for text in WHOLE)
    found = page(f"<article>{HEAD}<p>{REFRAIN}</p><div hidden>{hidden}</div></article>")
    assert LAMP in found.body and REFRAIN in found.body and found.notes


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0026)https://post.example/lamp -->",
        (
            "<!--\n Page saved with SingleFile \n url: https://post.example/lamp \n saved date: Fri"
            " Nov 27 2026 -->"
        ),
    ],
)
def test_a_saved_page_is_from_where_its_comment_says(comment: str) -> None:
    linked = "<p>The <a href='/minutes'>minutes</a> of the board are public, it said on Friday.</p>"
    found = read_html(
        f"<!doctype html>{comment}<html><body>{HEAD}{ALL}{linked}</body></html>".encode()
    )
    assert found.canonical == "https://post.example/lamp"
    assert "[minutes](https://post.example/minutes)" in found.body


def test_a_repeated_paragraph_of_unknown_elements_is_kept() -> None:
    odd = f"<p><x-mark>{REFRAIN}</x-mark></p>"
    found = page(f"<article>{HEAD}{P1}{odd}{P2}{odd}{P3}{odd}{P4}</article>")
    assert blocks(found).count(REFRAIN) == 3
