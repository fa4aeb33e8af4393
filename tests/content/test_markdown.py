"""One list of expectations over both Markdown engines."""

from __future__ import annotations

import re
import time

import pytest

from sitegen.base.text import plain
from sitegen.config.schema import MarkdownConfig
from sitegen.content.markdown import to_html
from sitegen.content.removals import Removal


@pytest.fixture(params=["commonmark", "python-markdown"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One.\n\nTwo.", ["<p>One.</p>", "<p>Two.</p>"]),
        ("# A\n\n## B", [">A</h2>", ">B</h3>"]),
        ("### A\n\n##### B\n\n#### C", [">A</h2>", ">B</h3>", ">C</h3>"]),
        ("*a* **b**", ["<em>a</em>", "<strong>b</strong>"]),
        ("- a\n- b", ["<ul>", "<li>a</li>"]),
        ("1. a\n2. b", ["<ol>", "<li>b</li>"]),
        ("> said", ["<blockquote>", "said"]),
        ("[x](https://a.example/)", ['href="https://a.example/"', ">x</a>"]),
        ("![alt](/a.png)", ['src="/a.png"', 'alt="alt"', 'loading="lazy"']),
        ("| a | b |\n|---|---|\n| 1 | 2 |", ["<table>", "<td>1</td>", 'class="table-scroll"']),
        ("Text[^1]\n\n[^1]: Note.", ["<sup", "Note."]),
        ("- [ ] a\n- [x] b", ["a", "b"]),
        ("| a |\n|--:|\n| 1 |", ['<td class="align-right">1</td>']),
        ("[x](#part) <b id='part'>y</b>", ['href="#text-part"', 'id="text-part"']),
        ("```\nx < y\n```", ["<pre><code>x &lt; y"]),
        ("a & b < c", ["a &amp; b &lt; c"]),
        ("snake_case_word", ["snake_case_word"]),
        ("---", ["<hr>"]),
        ("Zürich 東京 مرحبا", ["Zürich 東京 مرحبا"]),
    ],
)
def test_both_engines_agree(engine: str, text: str, parts: list[str]) -> None:
    html, removals = to_html(text, MarkdownConfig(engine=engine))
    unsafe = [r for r in removals if r.kind == "unsafe"]
    assert not unsafe
    for part in parts:
        assert part in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "<a href='vbscript:x'>a</a>",
        "<iframe src='https://a.example'></iframe>",
        "<svg onload=alert(1)>",
        "<form action=x><input></form>",
        "<p style='position:fixed'>x</p>",
        "<a href='java&#115;cript:alert(1)'>x</a>",
        "<object data=x></object>",
        "<base href=//x>",
    ],
)
def test_nothing_that_runs_is_left(engine: str, text: str) -> None:
    html, removals = to_html(text, MarkdownConfig(engine=engine))
    unsafe = [r for r in removals if r.kind == "unsafe"]
    assert unsafe
    for sign in (
        "<script",
        "onerror",
        "javascript:",
        "vbscript:",
        "<iframe",
        "<svg",
        "<form",
        "style=",
        "<object",
        "<base",
    ):
        assert sign not in html


@pytest.mark.parametrize("address", ["http://::bad", "ftp://a.example/x", "magnet:?x=1&y=2"])
def test_a_url_that_a_page_cannot_lead_to_is_reported(engine: str, address: str) -> None:
    html, removals = to_html(
        f"A [word](/a/) and [another]({address}).", MarkdownConfig(engine=engine)
    )
    assert removals == (Removal("address", address),)
    assert "another" in html and address not in html
    assert (
        to_html("A [word](/a/), <https://b.example/>", MarkdownConfig(engine=engine)).removals == ()
    )


def test_a_site_that_trusts_its_authors_keeps_their_html(engine: str) -> None:
    html, *_ = to_html('<p style="color:red">x</p>', MarkdownConfig(engine=engine, trust=True))
    assert "style=" in html


def test_a_note_leads_back_to_where_it_is_referred_to(engine: str) -> None:
    html, *_ = to_html("Text[^1] and[^1].\n\n[^1]: Note.\n", MarkdownConfig(engine=engine))
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) >= 2
    for target in re.findall(r'href="#([^"]+)"', html):
        assert target in ids


def test_classes_that_could_dress_up_text_are_dropped(engine: str) -> None:
    html, *_ = to_html(
        '<div class="skip">x</div> <p class="masthead">y</p>', MarkdownConfig(engine=engine)
    )
    assert "class" not in html


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("One.[^a]\n\n[^a]: Note A.\n\nMiddle.\n\nLast.", ["One.", "Middle.", "Last.", "Note A."]),
        (
            "B first[^b], then A[^a].\n\n[^a]: Note A.\n[^b]: Note B.",
            ["first", "then", "Note B.", "Note A."],
        ),
        ("> Said.[^q]\n>\n> [^q]: Note Q.\n\nEnd.", ["Said.", "</blockquote>", "End.", "Note Q."]),
        ("- one[^l]\n\n    [^l]: Note L.\n\n- two", ["one", "two", "</ul>", "Note L."]),
        ("脚注[^注]。\n\n[^注]: 本文。\n\n終わり。", ["脚注", "終わり。", "本文。"]),
    ],
)
def test_footnotes_come_behind_the_text_in_the_order_of_reference(
    engine: str, text: str, order: list[str]
) -> None:
    html, removals = to_html(text, MarkdownConfig(engine=engine))
    places = [html.index(part) for part in order]
    assert places == sorted(places)
    assert removals == ()
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![Cranes](https://b.example/c.png)", '<a href="https://b.example/c.png">Cranes</a>'),
        ("![](https://b.example/c.png)", '<a href="https://b.example/c.png">c.png</a>'),
        ("[![Cranes](https://b.example/c.png)](/a/)", '<a href="/a/">Cranes</a>'),
    ],
)
def test_the_image_of_another_host_is_a_link_by_its_words(
    text: str, shown: str, engine: str
) -> None:
    assert to_html(text, MarkdownConfig(engine=engine)).html.strip() == f"<p>{shown}</p>"


def test_footnotes_are_numbered_by_reference_and_those_of_notes_last() -> None:
    text = (
        "A[^one] b[^Two] a[^one].\n\n[^three]: Third.\n[^two]: Second,[^three]\n\n    with a"
        " paragraph.\n[^one]: First.\n"
    )
    html, removals = to_html(text, MarkdownConfig())
    assert re.findall(r">(\d)</a></sup>\n<div><p>(\w+)", html) == [
        ("1", "First"),
        ("2", "Second"),
        ("3", "Third"),
    ]
    assert re.findall(r'href="#text-note-[^"]*">(\d)', html) == ["1", "2", "1", "3"]
    assert removals == ()


def test_a_footnote_that_is_not_shown_is_reported(engine: str) -> None:
    html, removals = to_html(
        "A.[^a] B.[^gone]\n\n`[^code]`\n\n[^a]: Note.\n[^u]: Unused.\n",
        MarkdownConfig(engine=engine),
    )
    assert [(r.kind, r.what) for r in removals] == [
        ("unused-note", "u"),
        ("undefined-note", "gone"),
    ]
    assert "Unused" not in html and "Note." in html and "[^gone]" in html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("日本語の文章は\n改行しても続く。", "文章は改行しても"),
        ("他说：“好。”\n她走了。", "“好。”她走了"),
        ("これは*強調*\n**です**。", "</em><strong>です"),
        ("カタカナ\nﾊﾝｶｸ", "カタカナﾊﾝｶｸ"),
        ("句号。\n（括号）", "句号。（括号）"),
        ("한국어 문장은\n이어진다.", "문장은\n이어진다"),
        ("用\nPython 写", "用\nPython"),
        ("English\nwords", "English\nwords"),
        ("強い改行  \n次", "<br"),
    ],
)
def test_a_line_break_between_letters_without_blanks_is_no_blank(
    engine: str, text: str, shown: str
) -> None:
    assert shown in to_html(text, MarkdownConfig(engine=engine)).html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**「テキスト」**です", "<strong>「テキスト」</strong>です"),
        ("これは**「重要」**です", "これは<strong>「重要」</strong>です"),
        ("*（注）*を読む", "<em>（注）</em>を読む"),
        ("他说**“好”**了", "<strong>“好”</strong>了"),
        ("**‘제목’**은 새롭다", "<strong>‘제목’</strong>은"),
        ("彼は**強調。**した", "<strong>強調。</strong>した"),
        ("~~「誤」~~正", "<del>「誤」</del>正"),
        ("`**「a」**b`です", "<code>**「a」**b</code>です"),
        ("[**「名」**の頁](/a/)", '<a href="/a/"><strong>「名」</strong>の頁</a>'),
    ],
)
def test_emphasis_next_to_east_asian_punctuation(text: str, shown: str) -> None:
    assert shown in to_html(text, MarkdownConfig()).html


@pytest.mark.parametrize(
    ("text", "shown", "what"),
    [
        ("The <redacted> minister", "&lt;redacted&gt; minister", "<redacted>"),
        ("uses List<String> here", "List&lt;String&gt; here", "<String>"),
        ("if a<b and c>d", "a&lt;b and c&gt;d", "<b and c>"),
        ("A <Имя> b <Name>", "&lt;Name&gt;", "<Name>"),
        ("Enter <your-name>.", "&lt;your-name&gt;", "<your-name>"),
        ("<Chorus>\n*sings* on", "<p>&lt;Chorus&gt;\n<em>sings</em>", "<Chorus>"),
    ],
)
def test_words_in_angle_brackets_are_shown_and_reported(text: str, shown: str, what: str) -> None:
    html, removals = to_html(text, MarkdownConfig())
    assert shown in html
    assert removals == (Removal("words", what),)


def test_every_removal_is_reported() -> None:
    text = (
        "[a](javascript:x) [b](webcal:b) <font color=red>c</font> [b](webcal:b)\n\n<p"
        " onclick=x>d</p>\n\n<x-a>e</x-a>"
    )
    html, removals = to_html(text, MarkdownConfig())
    found = {(r.kind, r.what): r.times for r in removals}
    assert found == {
        ("unsafe", "javascript:"): 1,
        ("address", "webcal:b"): 2,
        ("tag", "<font>"): 1,
        ("unsafe", "<p onclick="): 1,
        ("tag", "<x-a>"): 1,
    }
    assert all(word in html for word in "abcde")


@pytest.mark.parametrize(
    "text",
    [
        "<!-- <font> -->",
        "`<redacted>`",
        "    <code line>",
        "<https://a.example/>",
        "1 < 2 > 0",
        "<b>x</b>",
    ],
)
def test_what_is_not_removed_is_not_reported(engine: str, text: str) -> None:
    assert to_html(text, MarkdownConfig(engine=engine)).removals == ()


@pytest.mark.parametrize(
    "part",
    [
        "[^a]",
        "<a ",
        "<b<",
        "**「",
        "本<b>\n",
        "<!--",
        "[^a]: x\n\n",
        "<svg>",
        "<x-",
        '<a href="',
        "\n<X",
    ],
)
def test_a_hostile_text_takes_no_time(part: str) -> None:
    started = time.process_time()
    to_html(part * (200_000 // len(part)), MarkdownConfig())
    assert time.process_time() - started < 10


def test_a_summary_ends_with_the_text_and_not_with_its_footnotes(engine: str) -> None:
    html = to_html("One.[^a]\n\n[^a]: Note A.\n\nTwo.", MarkdownConfig(engine=engine)).html
    assert plain(html) == "One. Two."
