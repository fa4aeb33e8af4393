"""What a line of a copied page is by its own shape."""

import pytest

from sitegen.importer.text.labels import classify, country_of, is_quote, label_all, undated
from sitegen.importer.text.wrapped import Paragraph

TEAM = "Jane Roe, Ann Lee, Bo Ek, Ida Holm, Noor Haddad, Marek Novak, Elif Aydin, Paula Silva, "
LONG = "The ferry waited for a heron that had settled on its rope and would not move at all. "


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("24 November 2026", "stamp"),
        ("Updated 24 November 2026, 10:15 GMT", "stamp"),
        ("2 hours ago", "stamp"),
        ("By Jane Roe, 24 November 2026", "byline"),
        ("Jane Roe | 24 November 2026", "byline"),
        ("By Jane Roe and Ann Lee", "byline"),
        ("Von Jane Roe", "byline"),
        (f"By {TEAM}and Greta Blanc", "byline"),
        (f"{TEAM}Greta Blanc", "names"),
        (f"By {TEAM}and others, the ferry was late in leaving the old quay again", "prose"),
        ("Photo: Jane Roe", "credit"),
        ("A heron on the bow rope. Photo: Jane Roe", "caption"),
        (LONG * 5 + "(Jane Roe/AFP)", "caption"),
        ("Facebook Twitter WhatsApp", "noise"),
        ("Share", "noise"),
        ("475", "noise"),
        ("Reporting by Jane Roe; editing by Ann Lee", "noise"),
        ("Subscribe now to read all of our articles and to support our work.", "noise"),
        ("— Jane Roe (@janeroe)", "noise"),
        ("See pic.twitter.com/abc", "noise"),
        ("Related articles", "box"),
        ("Jane Roe", "names"),
        ("The heron left the ferry", "short"),
        ("What did the heron want?", "short"),
        (LONG, "prose"),
        (LONG * 5, "prose"),
        ("On 24 November 2026 the ferry waited for a heron that had settled on its rope.", "prose"),
    ],
)
def test_labels(text: str, label: str) -> None:
    assert [row[1] for row in classify(text)] == [label]


def test_only_stamps_and_bylines_keep_their_dates() -> None:
    texts = ["24 November 2026", "By Jane Roe, 24 November 2026", f"On 24 November 2026 {LONG}"]
    rows = [Paragraph(n, text, 1) for n, text in enumerate(texts, 1)]
    assert [len(line.stamps) for line in label_all(rows, "en", "", "")] == [1, 1, 0]


def test_a_byline_without_its_dates() -> None:
    rows = [Paragraph(1, "Published 24 November 2026 by Jane Roe", 1)]
    rows += [Paragraph(2, "By Jane Roe, updated 24 November 2026", 1)]
    assert [undated(line) for line in label_all(rows, "en", "", "")] == [
        "by Jane Roe",
        "By Jane Roe",
    ]


def test_key_points_and_their_heading_are_noise() -> None:
    points = ["Key points", *["The heron sat on the rope all day"] * 3, LONG * 5]
    assert [row[1] for row in classify("\n\n".join(points))] == ["noise"] * 4 + ["prose"]


@pytest.mark.parametrize(
    ("url", "country"),
    [("https://a.example.de/x", "de"), ("https://a.com", ""), ("", ""), ("file:///a.de", "")],
)
def test_the_country_of_a_host(url: str, country: str) -> None:
    assert country_of(url) == country


def test_quotes() -> None:
    assert is_quote("“We have never seen a calmer bird,” she said.")
    assert not is_quote("“A heron waits”")  # a title in quotation marks


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("كتب: أحمد سالم", "byline"),
        ("מאת דנה לוי", "byline"),
        ("लेखक: अनिल वर्मा", "byline"),
        ("נחתם: הסכם בין שתי הערים על נמל משותף", "short"),
    ],
)
def test_a_byline_in_a_script_without_capitals(line: str, label: str) -> None:
    assert classify(line) == [(1, label, line)]
