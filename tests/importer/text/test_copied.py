"""Copied text loses nothing: broken lines, credits, texts without a head, several articles in one
file."""

import textwrap
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.config.load import load_config
from sitegen.importer.markdown.note import is_note, read_note
from sitegen.importer.model import ImportOptions
from sitegen.importer.run import import_all
from sitegen.importer.text.documents import split_documents
from sitegen.importer.text.read import read_text
from sitegen.importer.text.wrapped import unwrap

FERRY = (
    (
        "The ferry to Norsund left its berth eleven minutes late on Monday, because a heron had"
        " settled on the bow rope and would not move."
    ),
    (
        "The captain, who has sailed the route for thirty years, said that he had waited longer for"
        " ministers and been thanked less often."
    ),
    (
        "Passengers passed the time with a song about the weather, of which nobody on board knew"
        " more than the second verse."
    ),
    (
        "The heron left at last when the cook opened the galley, and has since been seen on the bow"
        " ropes of two other ferries."
    ),
)
MILL = (
    (
        "Die Mühle am Oberen Wehr mahlt wieder, seit ein Lehrling das fehlende Zahnrad im"
        " Schaufenster einer Eisdiele wiedererkannt hat."
    ),
    (
        "Der Müller hatte es vor Jahren gegen zwei Kugeln Haselnuss getauscht und seither"
        " vergeblich danach gesucht, wie er sagte."
    ),
    (
        "Am Samstag wird das erste Mehl verschenkt, solange die Tüten reichen, die der Kirchenchor"
        " dafür genäht hat."
    ),
)
OVEN = (
    (
        "Le four du village fume de nouveau depuis mardi, après que la boulangère a retrouvé la clé"
        " sous une pierre de l'église."
    ),
    (
        "Elle a déclaré l'avoir cherchée partout ailleurs pendant neuf ans, et n'avoir mangé que du"
        " pain acheté dans la vallée."
    ),
    (
        "Les premières miches seront distribuées samedi matin, à condition que chacun apporte une"
        " bûche et de quoi s'asseoir."
    ),
)
TOWER = (
    (
        "Старая башня на холме снова показывает время, потому что часовщик нашёл пропавшую стрелку"
        " в собственном сарае."
    ),
    (
        "Он уверял, что держал её там для сохранности, и просил не писать об этом в газете, которую"
        " читает его сестра."
    ),
    (
        "Теперь башня спешит на четыре минуты, и весь город, к удивлению начальника станции,"
        " успевает на поезд."
    ),
)
TEXTS = {"en": FERRY, "de": MILL, "fr": OVEN, "ru": TOWER}


def wrapped(paragraphs: tuple[str, ...], width: int, style: str) -> list[str]:
    first = "    " if "indented" in style else ""
    rows: list[str] = []
    for paragraph in paragraphs:
        lines = textwrap.wrap(paragraph, width, initial_indent=first)
        rows += [row for line in lines for row in ((line, "") if style == "double" else (line,))]
        rows += [""] if "blank" in style or style == "double" else []
    return rows


@pytest.mark.parametrize("lang", TEXTS)
@pytest.mark.parametrize("style", ["blank", "indented", "indented, blank", "double", "flush"])
def test_paragraphs_come_back_at_any_width(lang: str, style: str) -> None:
    for width in range(40, 101):
        got = [p.text for p in unwrap(wrapped(TEXTS[lang], width, style))]
        assert " ".join(got).split() == " ".join(TEXTS[lang]).split(), width
        assert style == "flush" or got == list(TEXTS[lang]), width


_WORD = st.text(st.sampled_from("abcdefghinorstuvwyäéøжд"), min_size=1, max_size=14)
_SENTENCE = st.lists(_WORD, min_size=4, max_size=40).map(
    lambda words: " ".join(words).capitalize() + "."
)
_PARAGRAPHS = st.lists(
    st.lists(_SENTENCE, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=8
)


@settings(max_examples=60, deadline=None)
@given(_PARAGRAPHS, st.integers(40, 100), st.sampled_from(["blank", "indented", "double", "flush"]))
def test_no_word_is_lost_or_moved(paragraphs: list[str], width: int, style: str) -> None:
    got = " ".join(p.text for p in unwrap(wrapped(tuple(paragraphs), width, style)))
    assert got.split() == " ".join(paragraphs).split()


@settings(max_examples=40, deadline=None)
@given(
    _PARAGRAPHS,
    st.integers(40, 100),
    st.sampled_from(["blank", "indented"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_the_body_has_all_words_of_a_wrapped_text(
    paragraphs: list[str], width: int, style: str, end: str
) -> None:
    body = [*FERRY, *paragraphs]
    head = ["Die Mühle am Wehr mahlt wieder", "", "Von Jana Röhm", "24. November 2026", ""]
    found = read_text(end.join([*head, *wrapped(tuple(body), width, style)]))
    words = found.body.replace("\\", "").replace("## ", "").split()
    assert words == " ".join(body).split()


def test_text_of_one_paragraph_a_line_stays_as_it_is() -> None:
    rows = ["Ferry late", "By Ann Ames", "", *(row for p in FERRY for row in (p, ""))]
    assert [p.text for p in unwrap(rows)] == [row for row in rows if row]


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (
            ["the council will look at the Verwal-", "tung again: the Verwaltung asked it to."],
            "look at the Verwaltung again",
        ),
        (
            ["the council will look at the well-", "known barometer, well-known up here."],
            "at the well-known barometer,",
        ),
        (
            ["der Rat prüft noch einmal alle Vor-", "und Nachteile, die es geben könnte."],
            "alle Vor- und Nachteile,",
        ),
        (
            ["la femme qui a plus de quatre-", "vingt-dix ans et garde la clé ici."],
            "quatre-vingt-dix ans",
        ),
        (
            ["the council will look at the baro\xad", "meter again in the spring of 2027."],
            "the barometer again",
        ),
    ],
)
def test_a_hyphen_goes_only_where_the_word_is_known_without(rows: list[str], text: str) -> None:
    above = (
        "It was said on Monday that the council,\nwhich had met on Friday already and the\nSunday"
        " before, has decided at last, and"
    )
    (paragraph,) = unwrap([*above.split("\n"), *rows])
    assert text in paragraph.text


HEAD = "Ferry waits for a heron\n\nBy Ann Ames\n26 November 2026\n\n"


CREDITS = [
    "Photo: Olle Nyman",
    "Photograph by Olle Nyman",
    "Foto: Olle Nyman / Nordbild",
    "(Olle Nyman/Nordbild)",
]


@pytest.mark.parametrize("credit", CREDITS)
@pytest.mark.parametrize("place", [1, 2, 4])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_credit_takes_no_paragraph_with_it(credit: str, place: int, gap: str) -> None:
    paragraphs = [*FERRY[:place], credit, *FERRY[place:]]
    text = HEAD + "\n\n".join(paragraphs).replace("\n\n" + credit, gap + credit)
    found = read_text(text)
    assert all(p in found.body for p in FERRY)
    assert [p.name for p in found.credits] == ["Olle Nyman"] and credit not in found.body


def test_a_credit_takes_no_paragraph_with_it_among_buttons() -> None:
    two = "The heron was offered a herring. It took two, and thanked nobody."
    found = read_text(
        f"Share\n\n{HEAD}{FERRY[0]}\n\n{FERRY[1]}\n\n{two}\n\nPhoto: Olle"
        f" Nyman\n\n{FERRY[2]}\n\n{FERRY[3]}\n\nRead more\n"
    )
    assert (
        two in found.body
        and "Share" not in found.body
        and ("left out", "2 lines (1, 20), first `Share`, `Read more`") in found.evidence
    )


@pytest.mark.parametrize(
    ("line", "holders"),
    [
        ("Source: Nordbild Agency/Photo: Olle Nyman", ["Nordbild Agency", "Olle Nyman"]),
        ("Quelle: Nordbild / Foto: Olle Nyman", ["Nordbild", "Olle Nyman"]),
        ("Text: dpa, Foto: Olle Nyman", ["Olle Nyman"]),
        ("Photo : Ann Ames, source : AFP", ["Ann Ames", "AFP"]),
        ("Photo: Olle Nyman | Graphic: Jane Roe", ["Olle Nyman", "Jane Roe"]),
        ("Agence : Val Images ; crédit photo : Olle Nyman", ["Val Images", "Olle Nyman"]),
        ("Photo: Olle Nyman/Nordbild", ["Olle Nyman"]),
    ],
)
def test_agency_and_photographer_in_one_line_are_two(line: str, holders: list[str]) -> None:
    found = read_text(HEAD + "\n\n".join([*FERRY, line]))
    assert [p.name for p in found.credits] == holders and FERRY[-1] in found.body


def test_texts_set_aside_under_one_title_are_two_files(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(
        "title: Desk\nbase_url: https://desk.example\nlanguage: en\ntimezone: UTC\n"
    )
    config = load_config((tmp_path / "site.yaml").read_text(), "site.yaml")
    names = []
    for n in (1, 2):
        (tmp_path / f"{n}.html").write_text(
            f"<!doctype html><html><body><ul><li>number {n}</li></ul></body></html>"
        )
        names.append(str(tmp_path / f"{n}.html"))
    report = import_all(tmp_path, config, names, ImportOptions())
    bodies = [(tmp_path / item.path).read_text() for item in report.items]
    assert [item.outcome for item in report.items] == ["quarantined"] * 2 and len(
        {item.path for item in report.items}
    ) == 2
    assert "number 1" in bodies[0] and "number 2" in bodies[1]


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x01", "\x1d", "\x02", "\x7f", "\u2028"])
def test_one_control_character_loses_no_text(sign: str) -> None:
    found = read_text(HEAD + f"\n{sign}\n".join(FERRY))
    assert all(p in found.body for p in FERRY)
    assert all(p in read_text(HEAD + sign.join(f"{p}\n" for p in FERRY)).body for p in FERRY)


def test_a_text_without_headline_keeps_its_first_paragraph() -> None:
    found = read_text(
        "PORT SALM, Nordland — " + "\n\n".join(FERRY) + "\n\nBy Ann Ames\nNovember 26, 2026\n"
    )
    assert found.title == "The ferry to Norsund left its berth eleven minutes…"
    assert all(p in found.body for p in FERRY) and any("no headline" in d for d in found.doubts)
    assert [p.name for p in found.authors] == ["Ann Ames"] and found.date == "2026-11-26"


def test_what_is_set_aside_holds_all_of_the_text() -> None:
    found = read_text("Notes\n\nshort\nvery short\nand shorter still\n")
    assert any(d.startswith("no running text") for d in found.doubts)
    assert all(
        row in f"{found.title}\n{found.body}"
        for row in ("Notes", "short\n", "very short", "and shorter still")
    )


def test_short_lines_quotes_and_pauses_stay() -> None:
    rows = [
        FERRY[0],
        "'It was here first'",
        FERRY[1],
        "* * *",
        FERRY[2],
        "Monday, 23 November 2026",
        FERRY[3],
    ]
    body = read_text(HEAD + "\n\n".join(rows)).body
    shown = (
        FERRY[0],
        "It was here first",
        FERRY[1],
        "\n***\n",
        FERRY[2],
        "Monday, 23 November 2026",
        FERRY[3],
    )
    places = [body.index(row) for row in shown]
    assert places == sorted(places)


# Several articles ----------------------------------------------------------------------------

EN, DE = "Ferry waits for a heron", "Die Mühle am Wehr mahlt wieder"
HEADS = {
    "byline, day": (
        (EN, "By Ann Ames", "November 26, 2026"),
        (DE, "Von Jana Röhm", "24. November 2026"),
    ),
    "one line": ((EN, "By Ann Ames, 26 November 2026"), (DE, "Von Jana Röhm, 24. November 2026")),
    "day": ((EN, "26 November 2026"), (DE, "24.11.2026")),
    "dek": (
        (EN, "It had settled on the bow rope", "By Ann Ames", "26 Nov 2026"),
        (DE, "Ein Lehrling hat das Zahnrad gefunden", "Von Jana Röhm", "24.11.2026"),
    ),
}
RULES = [
    "* * *",
    "---",
    "=" * 40,
    "###",
    "\x0c",
    "~~~~",
    "• • •",
    "",
    "{n} of 2",
    "Article {n} of 2",
    "{n}/2",
]


@pytest.mark.parametrize(("head", "rule", "width"), [*product(HEADS, RULES, [0, 60])])
def test_each_clipping_is_an_article(head: str, rule: str, width: int) -> None:
    rows: list[str] = []
    for n, (names, paragraphs) in enumerate(zip(HEADS[head], (FERRY, MILL), strict=True), 1):
        counted = rule.format(n=n)
        rows += [counted, ""] if counted != rule else ["", rule, ""] if n > 1 else []
        rows += [
            *names,
            "",
            *(
                wrapped(paragraphs, width, "blank")
                if width
                else "\n\n".join(paragraphs).split("\n")
            ),
            "",
        ]
    parts = split_documents("\n".join(rows))
    assert [read_text("\n".join(p.lines)).title for p in parts] == [EN, DE]


@pytest.mark.parametrize("pause", ["* * *", "---", "***", "###", "⁂", "\x0c"])
def test_a_pause_in_an_article_parts_nothing(pause: str) -> None:
    text = HEAD + f"\n\n{pause}\n\n".join(FERRY)
    assert len(split_documents(text)) == 1
    sections = HEAD + f"{FERRY[0]}\n\n{pause}\n\nThe second verse\n\n{FERRY[1]}\n\n{FERRY[2]}"
    assert len(split_documents(sections)) == 1


# One document of a press database ------------------------------------------------------------


# Markdown without front matter ---------------------------------------------------------------


def test_a_note_in_markdown_keeps_its_marks() -> None:
    text = (
        "# Ferry *waits* for a heron\n\n**By [Ann Ames](https://x.example/a), 26 November"
        f" 2026**\n\n{FERRY[0].replace('heron', '**heron**')}\n\n## The song\n\n- one verse\n-"
        f" another\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n{FERRY[1]}\n"
    )
    assert is_note(text, "x.md") and is_note(text, "-") and not is_note(HEAD + FERRY[0], "x.md")
    found = read_note(text)
    assert (found.title, found.date, found.dek, found.doubts) == (
        "Ferry waits for a heron",
        "2026-11-26",
        "",
        (),
    )
    assert [p.name for p in found.authors] == ["Ann Ames"]
    assert (
        found.body.startswith("The ferry")
        and "**heron**" in found.body
        and "\n## The song\n\n- one verse\n- another\n" in found.body
    )
    assert (
        "| 1 | 2 |" in found.body
        and "By Ann" not in found.body
        and found.body.endswith(FERRY[1] + "\n")
    )


def test_a_heading_may_be_underlined_and_a_day_is_no_list() -> None:
    found = read_note(
        "Die Mühle mahlt\n===\n\n_Von Jana Röhm_\n\n24. November 2026\n\n"
        + "\n\n".join(MILL)
        + "\n\n1. Mehl\n2. Tüten\n"
    )
    assert (found.title, found.date) == ("Die Mühle mahlt", "2026-11-24")
    assert found.body.startswith(MILL[0]) and found.body.endswith("1. Mehl\n2. Tüten\n")
