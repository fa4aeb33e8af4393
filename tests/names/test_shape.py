"""The shape of names: of people, of organisations, and in capitals."""

import pytest

from sitegen.names.shape import is_agency, is_office, is_organisation, looks_like_name, recased


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe",
        "J. R. Roe",
        "Jan van der Berg",
        "Per Holm",
        "April Glaser",
        "Ana d’Orsay",
        "張偉",
    ],
)
def test_names_of_people(text: str) -> None:
    assert looks_like_name(text)


@pytest.mark.parametrize(
    "text",
    ["Jane", "jane roe", "Last Updated", "Monday Morning", "Read More", "Jane 2", "Der Mann", ""],
)
def test_what_is_not_a_name(text: str) -> None:
    assert not looks_like_name(text)


@pytest.mark.parametrize(
    ("name", "lang", "shown"),
    [
        ("JANE ROE", "", "Jane Roe"),
        ("Jane ROE-MARSH", "", "Jane Roe-Marsh"),
        ("JANE MCDONALD", "", "Jane McDonald"),
        ("IŞIK DEMİR", "tr", "Işık Demir"),
        ("ANA DE LA CRUZ", "", "ANA DE LA CRUZ"),  # several spellings
        ("JANE MACKAY", "", "JANE MACKAY"),
        ("Jane AFP", "", "Jane AFP"),
        ("Jane Roe", "", "Jane Roe"),
    ],
)
def test_capitals_are_made_small_where_that_is_certain(name: str, lang: str, shown: str) -> None:
    assert recased(name, lang) == shown


@pytest.mark.parametrize("text", ["AFP", "Reuters", "The Associated Press", "MDR"])
def test_organisations(text: str) -> None:
    assert is_organisation(text)
    assert is_agency(text) == (text != "MDR")  # known by name, or all capitals only


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Department of Energy", True),
        ("U.S. Department of Energy, Office of Science", True),
        ("Université de Salm, Faculté de Droit", True),
        ("Office", False),
        ("Nell Office", False),
        ("Office Editor", False),
        ("Jane Roe, Office of Science", False),
        ("", False),
    ],
)
def test_offices(text: str, expected: bool) -> None:
    assert is_office(text) is expected
