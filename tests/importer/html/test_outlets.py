"""Whether a name is the source's own."""

from __future__ import annotations

import pytest

from sitegen.importer.html.candidates import Claims
from sitegen.importer.html.outlets import host_label, is_outlet, names_person, squeeze


@pytest.fixture
def claims() -> Claims:
    claims = Claims()
    claims.site, claims.canonical = "Tidewater Post", "https://www.twp.example/eels"
    return claims


@pytest.mark.parametrize(
    ("name", "outlet", "person"),
    [
        ("Tidewater Post", True, False),
        ("tidewater-post", True, False),
        ("Tidewater Post staff", True, False),
        ("TWP News", True, False),
        ("Tides With Power", True, False),
        ("tidewater.com", True, False),
        ("Condé Nast", True, False),
        ("Ida Holm", False, True),
        ("Ministry of Fisheries", False, False),
    ],
)
def test_names_of_sources_and_people(claims: Claims, name: str, outlet: bool, person: bool) -> None:
    assert (is_outlet(name, claims), names_person(name, claims)) == (outlet, person)


def test_names_and_hosts_are_compared_without_signs(claims: Claims) -> None:
    assert squeeze("The Tide-Water: Post") == "thetidewaterpost"
    assert host_label(claims.canonical) == "twp"
