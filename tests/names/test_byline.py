"""Bylines: parted where they are joined, never torn apart."""

from pathlib import Path

import pytest
from babel import Locale

from sitegen.names.byline import (
    before_agency,
    byline_place,
    closing_helpers,
    cut_helpers,
    names_only,
    read_helpers,
    read_people,
    split_byline,
)
from sitegen.names.shape import looks_like_name
from sitegen.names.words import JOINERS


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("David E. SangerAndrew E. Kramer", ["David E. Sanger", "Andrew E. Kramer"]),
        ("Jane McDonaldPeter LaRue", ["Jane McDonald", "Peter LaRue"]),
        ("Robert Holm Jr.Mary Roe", ["Robert Holm Jr.", "Mary Roe"]),
        ("By Jane McDonald and Ruth MacArthur", ["Jane McDonald", "Ruth MacArthur"]),
        ("Ron DeSantis", ["Ron DeSantis"]),
        ("Sinead O’Brien, LeBron James", ["Sinead O’Brien", "LeBron James"]),
        ("Anna van der Berg & Bo von Holm", ["Anna van der Berg", "Bo von Holm"]),
        ("J.D. Vance", ["J.D. Vance"]),
        ("Martin Luther King, Jr. and Bo Berg", ["Martin Luther King, Jr.", "Bo Berg"]),
        ("Von Jana Röhm und Ole Brandt", ["Jana Röhm", "Ole Brandt"]),
        ("Par Le Courrier et AFP", ["Le Courrier", "AFP"]),
        ("Ana Gil y Luis Ruiz", ["Ana Gil", "Luis Ruiz"]),
        ("di Luca Conti e Anna Bo", ["Luca Conti", "Anna Bo"]),
        ("Di Franco Rossi", ["Franco Rossi"]),
        ("Jane Roe@janeroe", ["Jane Roe"]),
        ("Von Jana Röhm, Kiel", ["Jana Röhm"]),
        ("Von Jana Röhm mit AFP", ["Jana Röhm"]),
        ("By TPN, in News, Portugal", ["TPN"]),
        ("Por Redacción, en Economía, Empresas", ["Redacción"]),
        ("Par Jean Roux, dans Culture, Livres", ["Jean Roux"]),
        ("By Ann Lee, in Business, Tourism, Portugal", ["Ann Lee"]),
        ("By Bo Lee, in New York, and Jane Roe, in Paris", ["Bo Lee", "Jane Roe"]),
        ("Quill, Robert Edward, Jr.", ["Robert Edward Quill Jr."]),
        ("Quill, Jr., Robert Edward", ["Robert Edward Quill Jr."]),
        ("Berg, Jan, III; Roe, Jane", ["Jan Berg III", "Jane Roe"]),
        ("Ana Gil / EFE", ["Ana Gil"]),
        ("", []),
    ],
)
def test_split(text: str, names: list[str]) -> None:
    assert [p.name for p in split_byline(text)] == names


def test_roles_and_organisations_stay_with_their_person() -> None:
    (cho,) = split_byline("Cho Roe, Wine Columnist")
    assert (cho.name, cho.role) == ("Cho Roe", "Wine Columnist")
    (amy,) = split_byline("Amy Roe Political Correspondent")
    assert (amy.name, amy.role) == ("Amy Roe", "Political Correspondent")
    (bo,) = split_byline("Von Bo Berg, Redakteur")
    assert (bo.name, bo.role) == ("Bo Berg", "Redakteur")
    (jane,) = split_byline("By Jane Roe | Coast News")
    assert (jane.name, jane.org) == ("Jane Roe", "Coast News")
    assert byline_place("Von Jana Röhm, Kiel") == "Kiel"


@pytest.mark.parametrize("sign", [" | ", " / ", "/", " – ", " - ", " · ", ", ", " ("])
def test_an_agency_behind_a_name_is_who_the_person_writes_for(sign: str) -> None:
    text = f"Ana Gil{sign}EFE{')' if '(' in sign else ''}"
    assert [(p.name, p.org) for p in split_byline(text)] == [("Ana Gil", "EFE")]
    assert names_only(text)


def test_a_section_is_no_place() -> None:
    assert byline_place("By Jane Roe, in News, Portugal") == ""
    assert byline_place("Por Ana Gil, en Madrid") == "Madrid"


def test_what_is_no_name() -> None:
    for text in (
        "Top Stories",
        "The Night Ferry",
        "Read More",
        "Umbau des Hafens",
        "a b",
        "Port 7",
        "",
    ):
        assert not looks_like_name(text), text
    assert names_only("Jane RoeJohn Doe") and not names_only("Ferry line to drop its ship")


def test_long_bylines_cost_little() -> None:
    assert len(split_byline("Aa Bb" * 50_000)) <= 30
    assert len(split_byline("aB " * 50_000)) <= 30


TABLE = Path(__file__).parent.parent / "data" / "bylines.tsv"


def _rows() -> list[list[str]]:
    rows = [
        line.split("\t")
        for line in TABLE.read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    return [row + [""] * (3 - len(row)) for row in rows]


@pytest.mark.parametrize(("text", "names", "lang"), _rows())
def test_table_of_bylines(text: str, names: str, lang: str) -> None:
    assert [p.name for p in read_people(text, lang)] == [n for n in names.split("|") if n]


def test_joiners_are_those_of_cldr() -> None:
    """Every language of the table parts two names where CLDR's list pattern joins them."""
    for lang, joiners in JOINERS.items():
        pattern = (
            Locale.parse(lang)
            .list_patterns["standard"]["2"]
            .replace("\u200b", " ")
            .replace("\u00a0", " ")
        )
        joined = (
            pattern.replace("{0}", "")
            .replace("{1}", "")
            .replace("(", " ")
            .replace(")", " ")
            .split()
        )
        assert set(joined) & set(joiners.split()), lang
        text = pattern.replace("a(c)", "a").format("Edda Marsh", "Piet Vance")
        if joined[0] not in ("و", "ו"):
            assert [p.name for p in read_people(text, lang)] == ["Edda Marsh", "Piet Vance"], lang


def test_helpers_are_named_with_what_they_did() -> None:
    text, helpers = cut_helpers(
        "By Jane Roe. Translated from the Dutch by Griet Maas; photographs by Bo Ek"
    )
    assert text == "By Jane Roe"
    assert [(p.name, p.role) for p in helpers] == [("Griet Maas", "translator"), ("Bo Ek", "photo")]
    for phrase in (
        "aus dem Englischen von",
        "traduit de l’anglais par",
        "traducción de",
        "vertaling:",
        "перевод:",
        "trans.",
        "suomennos:",
        "превод от английски:",
        "người dịch:",
        "tõlkinud",
        "Penerjemah:",
        "अनुवाद:",
    ):
        assert [p.role for p in cut_helpers(f"Jane Roe, {phrase} Luc Petit")[1]] == [
            "translator"
        ], phrase


def test_days_and_labels_are_no_names() -> None:
    for text in (
        "Last Modified",
        "Text Size",
        "Friday Edition",
        "Sunday Times",
        "Monday Morning",
        "August Update",
        "Artikel Teilen",
    ):
        assert not looks_like_name(text), text
    for text in (
        "April Glaser",
        "August Wilson",
        "Ola Freitag",
        "Per Holm",
        "Miguel A. Herguedas",
        "May Lee",
    ):
        assert looks_like_name(text), text


@pytest.mark.parametrize(
    "line",
    [
        "Department of Energy, Office of Science",
        "U.S. Department of Energy, Office of Science",
        "Ministry of Health, Office of the Chief Scientist",
        "Federal Ministry of Health and Care, Office of the Chief Scientist",
        "Ministry of Health and Care",
        "City of Port Salm, Department of Health",
        "Ministerium für Umwelt, Abteilung Wasser",
        "Ministère de la Santé, Direction générale",
        "Universidad de Salm, Facultad de Derecho",
        "Università di Salm, Dipartimento di Fisica",
    ],
)
def test_an_office_and_its_part_are_one_author(line: str) -> None:
    assert [p.name for p in split_byline(line)] == [line]
    assert [p.name for p in read_people(f"By {line}")] == [line]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Jane Roe, Office of Science", ["Jane Roe"]),
        ("Nell Office, Rob School", ["Nell Office", "Rob School"]),
        ("Bureau Chief, Jane Roe", ["Jane Roe"]),
        ("City Editor, Jane Roe", ["Jane Roe"]),
        ("University of Salm and Jane Roe", ["University of Salm", "Jane Roe"]),
        ("Emma College, Jane Roe", ["Emma College", "Jane Roe"]),
    ],
)
def test_people_beside_the_word_for_an_office_stay_people(line: str, names: list[str]) -> None:
    assert [p.name for p in split_byline(line)] == names


@pytest.mark.parametrize(
    ("line", "authors", "helpers"),
    [
        ("文／林月 圖／王芳", ["林月"], [("王芳", "photo")]),
        ("文・江田ルム 写真・王芳", ["江田ルム"], [("王芳", "photo")]),
        ("글 홍길동 사진 김철수", ["홍길동"], [("김철수", "photo")]),
        ("撰文：林月 摄影：王芳、李娜", ["林月"], [("王芳", "photo"), ("李娜", "photo")]),
        ("林月 翻译：王芳", ["林月"], [("王芳", "translator")]),
        ("Edda Lum (she/her) and Bo Ek [he/they]", ["Edda Lum", "Bo Ek"], []),
        ("Edda Lum (sie/ihr)", ["Edda Lum"], []),
        ("Edda Lum (Tide/Salm)", ["Edda Lum", "Salm"], []),
    ],
)
def test_helpers_and_pronouns_are_no_authors(
    line: str, authors: list[str], helpers: list[tuple[str, str]]
) -> None:
    assert [p.name for p in split_byline(line)] == authors
    assert [(p.name, p.role) for p in read_helpers(line)] == helpers


def test_a_long_byline_loses_nobody() -> None:
    surnames = "Ek Holm Lind Novak Brandt Wrona Ibarra Aydin Haddad Moreau Okafor Sato".split()
    team = [f"{given} {family}" for given in ("Ida", "Bo", "Noor", "Inés") for family in surnames]
    found = read_people(f"By {', '.join(team[:-1])} and {team[-1]}")
    assert [person.name for person in found] == team


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ana Ruiz – EFE", "Ana Ruiz"),
        ("Ana Ruiz | EFE", "Ana Ruiz"),
        ("Ana Ruiz (EFE)", "Ana Ruiz"),
        ("Ana Ruiz – Porto", "Ana Ruiz – Porto"),
        ("EFE", "EFE"),
    ],
)
def test_the_names_before_an_agency(text: str, names: str) -> None:
    assert before_agency(text) == names
    assert names_only(text) == (names == "Ana Ruiz")


@pytest.mark.parametrize(
    ("line", "people"),
    [
        (
            "Additional reporting by Rui Salgado and Lena Brandt.",
            ["Rui Salgado: additional reporting", "Lena Brandt: additional reporting"],
        ),
        (
            "(Reporting by Jane Roe; additional reporting by Rui Salgado; Editing by Jo Orr)",
            ["Jane Roe: reporting", "Rui Salgado: additional reporting", "Jo Orr: editing"],
        ),
        ("Compiled by Ann Ames", ["Ann Ames: compiling"]),
        ("Our Standards: the principles", []),
        ("", []),
    ],
)
def test_who_a_line_below_an_article_names(line: str, people: list[str]) -> None:
    assert [f"{p.name}: {p.role}" for p in closing_helpers(line)] == people
