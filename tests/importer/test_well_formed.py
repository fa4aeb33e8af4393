"""XML that is not well-formed, repaired with a report of each repair."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sitegen.importer.well_formed import sound


@pytest.mark.parametrize(
    ("text", "repaired", "kind"),
    [
        ("<a>b & c</a>", "<a>b &amp; c</a>", "ampersand"),
        ("<a>1 < 2</a>", "<a>1 &lt; 2</a>", "angle"),
        ("<a>&nbsp;</a>", "<a>&#160;</a>", "entity"),
        ("<a b=c>d</a>", '<a b="c">d</a>', "attribute"),
        ("<a><b>c</a>", "<a><b>c</b></a>", "unclosed"),
        ("<a>&#0;</a>", "<a></a>", "control"),
        ("<a>\x01b</a>", "<a>b</a>", "control"),
    ],
)
def test_repairs(text: str, repaired: str, kind: str) -> None:
    found = sound("\n" + text)
    assert found.text.strip() == repaired
    assert [(repair.kind, repair.line, repair.times) for repair in found.repairs] == [(kind, 2, 1)]


def test_what_is_well_formed_stays() -> None:
    text = "<a b='1'>c &amp; d <e/> <![CDATA[f]]></a>"
    found = sound(text)
    assert found.repairs == () and found.cut == ()
    assert "".join(etree.fromstring(found.text).itertext()) == "c & d  f"


def test_a_document_that_is_cut_off_names_what_was_open() -> None:
    found = sound("<a><b>text")
    assert found.text == "<a><b>text</b></a>"
    assert found.cut == ("a", "b")


@given(st.text(st.sampled_from("<>/&;'\"=ab! \n-[]#x0"), max_size=60))
def test_the_result_is_well_formed(text: str) -> None:
    etree.fromstring(sound(f"<r>{text}</r>").text.encode())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "unit", "after"),
    [
        *((before, "<b>", "") for before in ("", "<rss><channel><item><title>")),
        ("", "</b>", ""),
        ("", "<a b=", ""),
        ("", "<a b='", ""),
        ("", "<x:y ", ""),
        ("", "<", ""),
        ("", "&", ""),
        ("", "&#x41;", ""),
        ("", "<!--", ""),
        ("<!-- -->", "<!-- ", ""),
        ("", "]]>", ""),
        ("", "<![CDATA[", ""),
        ("", "<![CDATA[", "]]>"),
        ("", "<a><![CDATA[x</a>", ""),
        ("", "<a><![CDATA[x</a>", "]]>"),
    ],
)
def test_the_time_grows_with_the_length(before: str, unit: str, after: str) -> None:
    def seconds(times: int) -> float:
        text = f"<r>{before}{unit * times}{after * times}"
        start = time.process_time()
        sound(text)
        return time.process_time() - start

    seconds(2_000)
    short, long = (min(seconds(times) for _ in range(2)) for times in (5_000, 40_000))
    assert long < 16 * short + 0.1  # eight times as long; its square would be 64


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<a><![CDATA[b</a><c>d</c>", "bd"),
        ("<a><![CDATA[b <![CDATA[c]]> d]]> e</a>", "b c d e"),
        ("<a><![CDATA[b <![CDATA[c]]> d</a>", "b <![CDATA[c d"),
        ("<a><![CDATA[b</a><a><![CDATA[c]]></a>", "bc"),
        ("<a><![CDATA[b</a>]]></a>", "b</a>"),
        ("<a><!-- b --><!-- c </a>", "<!-- c "),
        ("<a>b<![CDATA[c", "bc"),
    ],
)
def test_sections_and_comments_that_do_not_end(text: str, shown: str) -> None:
    root = etree.fromstring(sound(f"<r>{text}").text)
    assert "".join(root.itertext()) == shown
