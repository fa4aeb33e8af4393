"""Scraped text: title, people, dates, credits; a body without the page around it."""

import pytest

from sitegen.importer.fields.dateline import dateline
from sitegen.importer.text.read import read_text
from tests.importer.samples import PLAIN_DE, PLAIN_EN, RELATIVE_FR, SPUN


def test_spun_scrape_of_a_page() -> None:
    found = read_text(SPUN)
    assert found.title == "Harbour Council Weighs a Longer Pier After the Storm"
    assert [p.name for p in found.authors] == ["Ines D. Calder", "Tomas B. Wey"]
    assert found.date == "2023-03-14T09:05:00-04:00"
    assert found.dateline == "PORT SALM"
    assert found.dek.startswith("The council met for 40 minutes")
    assert [(p.name, p.role, p.org) for p in found.credits] == [
        ("Ruta Lind", "photo", "The Salm Courier"),
        ("Hanna Moor", "photo", "ARP, via Nordbild"),
    ]
    assert found.spun > 0.5 and "astatine" not in found.body and "arsenic" in found.body
    for noise in (
        "3 years ago",
        "212",
        "Credit",
        "Card 1",
        "Understand the Quarrel",
        "Image",
        "Read Entire Article",
        "The broken pier connected Tuesday",
        "  ",
    ):
        assert noise not in found.body, noise
    assert found.body.startswith("PORT SALM — The harbour council said connected Tuesday")
    assert found.body.rstrip().endswith("but not to walkers.") and found.body.count("\n\n") == 6
    assert ("date", "from line 12") in found.evidence and (
        "authors",
        "from line 10",
    ) in found.evidence


def test_english_page() -> None:
    found = read_text(PLAIN_EN)
    assert found.title == "Ferry line to drop its oldest ship in autumn"
    assert found.dek == "Passengers on the night run will get a newer vessel, the line says"
    assert [p.name for p in found.authors] == ["Jane McDonald", "Ruth van der Berg"]
    assert found.date == "2024-06-05T14:20:00-04:00"
    assert [(p.name, p.org) for p in found.credits] == [("Ann Ames", "Coast Pictures")]
    assert "## Why now" in found.body and "bring a song." in found.body
    for noise in (
        "Share",
        "Advertisement",
        "at her berth",
        "Read more",
        "Seven bridges",
        "is a reporter",
        "outer quay",
        "tram map",
    ):
        assert noise not in found.body, noise
    assert found.spun == 0.0


def test_german_page() -> None:
    found = read_text(PLAIN_DE)
    assert (found.title, found.lang, found.date) == (
        "Die Nachtfähre bekommt eine Nachfolgerin",
        "de",
        "2024-06-05",
    )
    assert [p.name for p in found.authors] == [
        "Jana Röhm",
        "Ole Brandt",
    ] and found.dateline == "Kiel"
    assert found.dek.startswith("Nach einundfünfzig Jahren")
    assert "## Warum gerade jetzt" in found.body
    assert not any(
        noise in found.body for noise in ("Merken", "Lesen Sie auch", "Kapitän", "Mehr zum Thema")
    )
    assert read_text(PLAIN_DE, zone="Europe/Berlin").date == "2024-06-05T17:59:00+02:00"


def test_relative_date_stays_empty() -> None:
    found = read_text(RELATIVE_FR)
    assert found.date == "" and found.lang == "fr"
    assert [p.name for p in found.authors] == ["Le Courrier", "AFP"]
    assert any("relative" in doubt for doubt in found.doubts)


def test_markup_in_text_is_shown_not_run() -> None:
    text = PLAIN_EN.replace(
        "She is tired",
        "<script>alert(1)</script> *she* is __tired__ [x](javascript:alert(2)) \x00\x1b\u202e",
    )
    body = read_text(text).body
    assert "<script" not in body and "&lt;script>" in body
    assert "\\*she\\*" in body and "\\[x](javascript" in body
    assert not any(c in body for c in "\x00\x1b\u202e")


def test_line_starts_that_markdown_would_read() -> None:
    text = PLAIN_EN.replace("The ship carried", "1. The ship carried").replace(
        "A newer vessel", "# A newer vessel"
    )
    body = read_text(text).body
    assert "\n1\\. The ship carried" in body and "\n\\# A newer vessel" in body


def test_datelines() -> None:
    assert (
        dateline("BEIRUT/THE HAGUE, March 7 (Reuters) - An example opened.") == "BEIRUT/THE HAGUE"
    )
    assert dateline("INDIANAPOLIS (AP) — A budget was passed on Friday.") == "INDIANAPOLIS"
    assert dateline("Kiel (dpa) - Die Fähre legte ab.", "de") == "Kiel"
    assert dateline("Berlin. Die Fähre legte ab.", "de") == "Berlin"
    assert (
        dateline("LIVE — The ferry has left.") == ""
        and dateline("Ruhe. Die Fähre legte ab.", "de") == ""
    )
    assert dateline("The ferry has left - at last.") == ""


def test_nothing_and_noise_are_doubted() -> None:
    assert read_text("").doubts and read_text("Home\nSport\nLogin\n").doubts


BRIEF = """\
World leaders gather in Geneva for water talks

By Maria Lopez in Geneva and Peter Ng

Published 12 March 2024, 10:15 CET

Delegates from 40 countries arrived in Geneva on Tuesday.

The talks, which run until Friday, are the first since 2019.

Photo: Anna Reis/AFP

Read more: Why water matters

"We have run out of excuses," said Lena Holm, who leads the Danish delegation.
"""


def test_a_brief_is_kept_whole() -> None:
    found = read_text(BRIEF)
    assert [a.name for a in found.authors] == ["Maria Lopez", "Peter Ng"]
    assert [c.name for c in found.credits] == ["Anna Reis"]
    for sentence in ("Delegates from 40", "The talks, which run", "We have run out"):
        assert sentence in found.body
    assert "Read more" not in found.body
    assert found.doubts == ()


def test_a_headline_with_a_byline_alone_is_no_article() -> None:
    found = read_text("\n\n".join(BRIEF.split("\n\n")[:3]))
    assert any(d.startswith("no running text") for d in found.doubts)


@pytest.mark.parametrize(
    ("title", "author", "text"),
    [
        (
            "第九埠頭が開業",
            "文・江田ルム",
            "港湾委員会は月曜日に第九埠頭を開き、多くの人々が船を見に訪れた。",
        ),
        (
            "第九码头启用",
            "本报记者 林月",
            "港务委员会周一启用了第九码头，许多人前来观看停泊在那里的船只。",
        ),
        (
            "घाट नौ खुला",
            "एडा लुम",
            "बंदरगाह परिषद ने सोमवार को घाट नौ खोला और बहुत से लोग जहाज देखने आए।",
        ),
        (
            "רציף תשע נפתח",
            "אדה לום",
            "מועצת הנמל פתחה ביום שני את רציף תשע, ואנשים רבים באו לראות.",
        ),
        (
            "افتتاح الرصيف التاسع",
            "إدا لوم",
            "افتتح مجلس الميناء يوم الاثنين الرصيف التاسع وجاء كثير من الناس.",
        ),
    ],
    ids=["ja", "zh", "hi", "he", "ar"],
)
def test_a_short_headline_in_a_script_without_capitals_is_no_name(
    title: str, author: str, text: str
) -> None:
    article = read_text(f"{title}\n\n{author}\n\n30.11.2026\n\n{text * 3}\n\n{text * 2}\n")
    assert article.title == title
    assert title not in [person.name for person in article.authors]
    assert author.split("・")[-1].split()[-1] in " ".join(p.name for p in article.authors)


@pytest.mark.parametrize("sign", [" | ", " / ", " – ", " ("])
def test_a_name_and_its_agency_below_the_headline_are_the_byline(sign: str) -> None:
    byline = f"Ana Gil{sign}EFE{')' if '(' in sign else ''}"
    text = (
        "The harbour closes for the third time\n\n"
        f"{byline}\n\n"
        "The harbour office closed on Monday after the water rose again and covered the quay for"
        " the third time this month, and nobody knows when it will be open to ships again.\n\n"
        "Nobody was hurt, the office said, and the ferries will sail again as soon as the storm"
        " has passed over the coast and the quay is dry.\n"
    )
    found = read_text(text)
    assert [(p.name, p.org) for p in found.authors] == [("Ana Gil", "EFE")]
    assert found.credits == ()
