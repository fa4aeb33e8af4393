"""What a page shows by unusual elements."""

from __future__ import annotations

import pytest

from sitegen.importer.html.fragment import read_fragment
from sitegen.importer.html.read import read_html
from sitegen.importer.html.tree import parse_tree
from sitegen.importer.html.usual import make_usual

CRANE = "https://quay.example/p/crane.jpg"
CAPTION = "<figcaption>The crane at dusk. Photo: Ruta Lind</figcaption>"
TEXTS = (
    "The bell of the harbour has not rung for a week, and nobody has complained of it so far.",
    "The keeper of the tower wants to wait until the spring, when the rope is dry again.",
    "In the meantime a recording is played at noon, which the fishermen call thin and late.",
    "Two engineers looked at the beam on Tuesday and found that it had sunk by four centimetres.",
    "The repair will cost about 60,000 crowns, of which a foundation pays the larger part.",
)
ROPE = "The rope of the bell was bought in the year 1974 in the inland town of Hamm."


def page(among: str) -> bytes:
    first, *others = (f"<p>{text}</p>" for text in TEXTS)
    return (
        "<!DOCTYPE html><html lang=en><title>The bell is silent</title><main><article>"
        f"<h1>The bell is silent</h1>{first}{among}{''.join(others)}</article></main>"
    ).encode()


@pytest.mark.parametrize(
    "html",
    [
        f'<div role="img" style="background-image:url(\'{CRANE}\')"></div>',
        f'<div class="hero" style="background: url({CRANE}) center / cover"></div>',
        f'<div class="lazy" data-bg="{CRANE}"></div>',
        f'<div class="lazy" data-background-image="{CRANE}"></div>',
        f'<div class="lazy" data-bgset="{CRANE} 800w"></div>',
        f'<object data="{CRANE}" type="image/jpeg"></object>',
        f'<embed src="{CRANE}" type="image/jpeg">',
        f'<svg viewBox="0 0 8 5"><image href="{CRANE}"/></svg>',
        f'<svg viewBox="0 0 8 5"><image xlink:href="{CRANE}"/></svg>',
        f'<responsive-image src="{CRANE}"></responsive-image>',
        f'<x-picture data-src="{CRANE}"></x-picture>',
        f'<picture><source data-srcset="{CRANE} 800w"><img alt=""></picture>',
        f'<img nitro-lazy-src="{CRANE}" alt="">',
        f'<img src="https://quay.example/p/grey.gif" data-src="{CRANE}">',
        f'<img src="https://quay.example/p/placeholder.gif" data-echo="{CRANE}">',
        f'<img src="https://quay.example/p/placeholder.gif" data-orig-file="{CRANE}">',
        f'<img data-original-set="{CRANE} 1x, {CRANE}?big 0.5x">',
        f'<noscript><picture><img src="{CRANE}"></picture></noscript>',
    ],
)
def test_pictures_of_all_kinds(html: str) -> None:
    found = read_html(page(f"<figure>{html}{CAPTION}</figure>"))
    (image,) = {*found.images, *(image for _, image in found.among)}
    assert (image.src, image.caption, image.credit) == (CRANE, "The crane at dusk.", "Ruta Lind")


@pytest.mark.parametrize(
    "html",
    [
        f'<div class="hero" style="background-image: url(&quot;{CRANE}&quot;)"></div>',
        f'<div data-bg="{CRANE}"></div>',
        f'<div data-bg-url="{CRANE}"></div>',
        f'<a class="glightbox" href="{CRANE}"></a>',
        f'<story-image src="{CRANE}"></story-image>',
    ],
)
def test_pictures_without_a_figure_in_pages_and_in_feeds(html: str) -> None:
    found = read_html(page(html))
    assert {image.src for _, image in found.among} == {CRANE}
    assert [image.src for image in read_fragment(f"<p>a</p>{html}<p>b</p>").images] == [CRANE]


@pytest.mark.parametrize(
    "html",
    [
        f'<a href="/other/"><div style="background-image:url({CRANE})"></div>Another story</a>',
        f'<ul><li><story-image src="{CRANE}"></story-image> Another</li></ul>',
        f'<div><div data-bg="{CRANE}"></div><a href="/other/">Another story</a></div>',
        f'<div class="video-player" style="background-image:url({CRANE})"></div>',
        f'<span style="background-image:url({CRANE})">Share</span>',
        '<div style="background-image:url(data:image/gif;base64,R0lG)"></div>',
    ],
)
def test_pictures_of_teasers_and_of_the_frame_are_none(html: str) -> None:
    assert read_html(page(html)).among == ()


def test_a_link_to_the_picture_of_a_figure_that_shows_none() -> None:
    html = f'<figure><a href="{CRANE}"><span>Enlarge</span></a>{CAPTION}</figure>'
    (image,) = {image for _, image in read_html(page(html)).among}
    assert (image.src, image.credit) == (CRANE, "Ruta Lind")


@pytest.mark.parametrize(
    "html",
    [
        '<div class=\'gallery\' data-images=\'[{{"src": "{0}", "caption": "Fog", "credit":'
        ' "Ruta Lind"}}]\'></div>',
        '<script type="application/json" class="gallery-data">{{"images": [{{"url": "{0}",'
        ' "caption": "Fog", "photographer": "Ruta Lind"}}]}}</script>',
    ],
)
def test_galleries_in_data_for_scripts(html: str) -> None:
    ((_, image),) = read_html(page(html.format(CRANE))).among
    assert (image.src, image.caption, image.credit) == (CRANE, "Fog", "Ruta Lind")


@pytest.mark.parametrize("data", ["[", "[1, null]", "{}", '["x"]', "[" * 5000])
def test_odd_data_of_galleries(data: str) -> None:
    tree = parse_tree(f"<div><div data-images='{data}'>a</div></div>")
    assert make_usual(tree, "data-images") == []


@pytest.mark.parametrize(
    "html",
    [
        f"<story-part><template shadowrootmode=open><p>{ROPE}</p></template></story-part>",
        f'<iframe srcdoc="&lt;p&gt;{ROPE}&lt;/p&gt;"></iframe>',
        f'<div hidden="until-found"><p>{ROPE}</p></div>',
        f'<div class="read-more-content" style="display: none"><p>{ROPE}</p></div>',
        f'<button aria-controls="x">Why?</button><div id="x" hidden><p>{ROPE}</p></div>',
    ],
)
def test_texts_that_a_browser_shows_or_unfolds(html: str) -> None:
    assert ROPE in read_html(page(html)).body


@pytest.mark.parametrize(
    ("html", "link"),
    [
        (
            '<div class="flourish-embed" data-src="visualisation/123456"></div>',
            "https://public.flourish.studio/visualisation/123456/",
        ),
        (
            '<div class="infogram-embed" data-id="ab-12" data-title="Depth"></div>',
            "https://infogram.com/ab-12",
        ),
        (
            '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abc/app.bsky.feed.post'
            '/3kabc"><p>The bell is dead.</p></blockquote>',
            "https://bsky.app/profile/did:plc:abc/post/3kabc",
        ),
    ],
)
def test_what_a_script_would_embed_is_a_link(html: str, link: str) -> None:
    found = read_html(page(html))
    assert f"]({link})" in found.body
    assert any(link in note for note in found.notes)


def test_the_words_of_a_drawing_are_named() -> None:
    html = "<svg><text>Depth at the quay</text><text>9.1 m</text></svg>"
    lost = "a drawing is not imported, of which the words are: Depth at the quay; 9.1 m"
    assert lost in read_html(page(html)).notes
    assert lost in read_fragment(f"<p>a</p>{html}").doubts
    assert read_html(page("<svg><text>9.1</text></svg>")).notes == ()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "The <ruby>鐘<rp>(</rp><rt>kane</rt><rp>)</rp></ruby> is old, they say.",
            "The 鐘 is old,",
        ),
        ("It sank by <math alttext='x = 4'><mi>x</mi></math> centimetres a year.", "by x = 4 cent"),
        ("It sank by <math><mi>x</mi><mo>=</mo><mn>4</mn></math> centimetres.", "by x=4 centi"),
    ],
)
def test_words_with_their_readings_and_formulas(html: str, text: str) -> None:
    body = read_html(page(f"<p>{html} Nobody has measured it for the last ten years.</p>")).body
    assert body.count("Nobody has measured it") == 1
    assert text in body
    assert text in read_fragment(f"<p>{html}</p>").blocks[0]


@pytest.mark.parametrize("tag", ["time", "label", "output", "progress", "button", "slot", "var"])
def test_words_of_a_sentence_stay_in_it(tag: str) -> None:
    text = f"<p>The bell weighs <{tag}>three tonnes</{tag}>, as the foundry in Hamm has said.</p>"
    body = read_html(page(text)).body
    assert "The bell weighs three tonnes, as the foundry in Hamm has said." in body
    assert body.count("as the foundry") == 1


def test_a_quotation_in_a_sentence_keeps_its_marks() -> None:
    text = "<p>The foundry called it <q>a bell of <b>three</b> tonnes</q> in a letter of 1974.</p>"
    assert "called it “a bell of **three** tonnes” in a letter" in read_html(page(text)).body


@pytest.mark.parametrize(
    ("html", "caption", "credit"),
    [
        (
            f'<figure><img src="{CRANE}"><small>The crane at dusk</small></figure>',
            "The crane at dusk",
            "",
        ),
        (
            f'<figure><img src="{CRANE}"><p>The crane at dusk. Photo: Ruta Lind</p></figure>',
            "The crane at dusk.",
            "Ruta Lind",
        ),
        (
            f'<img src="{CRANE}" data-caption="The crane" data-credit="Ruta Lind">',
            "The crane",
            "Ruta Lind",
        ),
        (f'<img src="{CRANE}" title="Photo: Ruta Lind">', "", "Ruta Lind"),
        (f'<img src="{CRANE}" alt="The crane. Photo: Ruta Lind">', "", "Ruta Lind"),
        (f'<figure><img src="{CRANE}" data-copyright="Ruta Lind"></figure>', "", "Ruta Lind"),
        (f'<figure><img src="{CRANE}"><button>Enlarge</button></figure>', "", ""),
        (f'<img src="{CRANE}" title="The crane at dusk">', "", ""),
    ],
)
def test_captions_and_credits_in_odd_places(html: str, caption: str, credit: str) -> None:
    ((_, image),) = read_html(page(html)).among
    assert (image.caption, image.credit) == (caption, credit)


def test_a_page_of_two_sentences_has_two_paragraphs() -> None:
    html = (
        "<html lang=en><title>The bell is silent</title><body><main><article><h1>The bell is silent"
        "</h1><p class=byline>By <a rel=author href=/ann>Ann Ames</a></p><time>20 November 2026"
        f"</time><p>{TEXTS[0]}</p><p>{TEXTS[1]}</p></article></main></body></html>"
    )
    assert read_html(html.encode()).body == f"{TEXTS[0]}\n\n{TEXTS[1]}\n"


@pytest.mark.parametrize(
    "lines",
    [
        ["The bell is still, they say,", "the rope is wet, and nobody", "will pull it yet."],
        ["The bell is still.", "The rope is wet."],
        ["**When will it ring?**", "In spring, if the beam holds until then, it rings at noon."],
    ],
)
def test_a_paragraph_of_lines_comes_once(lines: list[str]) -> None:
    html = "<br>".join(lines).replace("**When", "<b>When").replace("?**", "?</b>")
    blocks = read_html(page(f"<p>{html}</p>")).body.strip().split("\n\n")
    assert blocks == [TEXTS[0], *lines, *TEXTS[1:]]


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: an earlier version gave the weight as two tonnes.",
        "Editor’s note: this story has been updated with the price of the rope.",
        "This article was amended on 20 November 2026 to correct the weight.",
        "Korrektur: In einer früheren Fassung stand, die Glocke wiege zwei Tonnen.",
    ],
)
def test_notices_of_corrections_stay(notice: str) -> None:
    html = page("").replace(b"</article>", f"<p>{notice}</p></article>".encode())
    assert notice in read_html(html).body


def test_who_else_has_worked_on_a_text_is_credited() -> None:
    line = "<p>(Reporting by Ann Ames; Editing by Jo Orr)</p></article>"
    found = read_html(page("").replace(b"</article>", line.encode()))
    assert [(p.name, p.role) for p in found.credits] == [
        ("Ann Ames", "reporting"),
        ("Jo Orr", "editing"),
    ]


def test_words_that_are_struck_are_marked() -> None:
    body = read_html(page("<p>The bell weighs <del>two</del> three tonnes, we are told.</p>")).body
    assert "weighs ~~two~~ three tonnes" in body
    assert read_fragment("<p>The <s>two</s> three</p>").blocks == ("The ~~two~~ three",)
