"""Which edition of a series an article goes into."""

from __future__ import annotations

import pytest

from sitegen.config.schema import EditionsConfig, SourceConfig
from sitegen.model.article import Source
from sitegen.site.membership import (
    key_fault,
    key_in,
    series_hint,
    taken_in,
    traits_of,
    written_key,
)
from tests.samples import config, document

SOURCES = {"post": SourceConfig(name="Salm Post", home="https://post.example/")}
SERIES = (
    EditionsConfig(kind="daily"),
    EditionsConfig(name="Harbour", kind="weekly", sections=("harbour",)),
    EditionsConfig(name="From the Post", kind="weekly", sources=("post",)),
    EditionsConfig(name="Leituras", kind="monthly", language="pt"),
    EditionsConfig(name="Specials", kind="key"),
)
SETTINGS = config(editions=SERIES, sources=SOURCES)


@pytest.mark.parametrize(
    ("fields", "keys"),
    [
        ({}, ["2026-11-02", "", "", "", ""]),
        ({"section": "harbour"}, ["2026-11-02", "2026-w45", "", "", ""]),
        ({"source": Source("SALM POST")}, ["2026-11-02", "", "2026-w45", "", ""]),
        (
            {"source": Source("", "https://www.post.example/x")},
            ["2026-11-02", "", "2026-w45", "", ""],
        ),
        ({"lang": "pt-BR"}, ["2026-11-02", "", "", "2026-11", ""]),
        ({"status": "withdrawn", "edition": ("2026-11-05",)}, ["", "", "", "", ""]),
        ({"edition": ("2026-11-05",)}, ["2026-11-05", "", "", "", "2026-11-05"]),
        ({"edition": ("harbour/2026-w50",)}, ["2026-11-02", "2026-w50", "", "", ""]),
        ({"edition": ("Harbour/2026-W50",)}, ["2026-11-02", "2026-w50", "", "", ""]),
        ({"edition": ("specials/Summer 1",)}, ["2026-11-02", "", "", "", "summer-1"]),
        ({"edition": ("Summer 1/2",)}, ["2026-11-02", "", "", "", "summer-1-2"]),
    ],
)
def test_the_editions_of_an_article(fields: dict[str, object], keys: list[str]) -> None:
    traits = traits_of(document("one", **fields), SETTINGS, SETTINGS.zone)
    assert [key_in(traits, series) for series in SERIES] == keys


def test_an_edition_by_key_has_the_name_that_an_article_gives_it() -> None:
    traits = traits_of(document("one", edition=("Summer 1/2",)), SETTINGS, SETTINGS.zone)
    assert written_key(traits, SERIES[-1]) == "Summer 1/2"


@pytest.mark.parametrize(
    ("day", "closed", "said", "keys"),
    [
        ("2015-03-01", (), (), ("2026-11-24", "harbour/2026-w48")),
        ("2026-11-24", (), (), ()),
        ("2026-11-23", (), (), ("2026-11-24", "harbour/2026-w48")),
        ("2026-11-24", ("harbour/2026-w48",), (), ("2026-11-24", "harbour/2026-w49")),
        ("2015-03-01", (), ("2026-11-20",), ()),
    ],
)
def test_what_comes_to_the_site_goes_into_what_is_open(
    day: str, closed: tuple[str, ...], said: tuple[str, ...], keys: tuple[str, ...]
) -> None:
    article = document("one", day, section="harbour", edition=said)
    traits = traits_of(article, SETTINGS, SETTINGS.zone)
    assert taken_in(traits, SETTINGS, closed, "2026-11-24T10:00") == keys


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("harbour/2026-w48", ""),
        ("2026-11-24", ""),
        ("specials/summer", ""),
        ("harbor/2026-w48", "names no series"),
        ("harbour/2026-11-24", "is not a weekly edition"),
        ("harbour/2026-w47", "is closed"),
    ],
)
def test_what_a_person_may_name(key: str, said: str) -> None:
    fault = key_fault(key, SETTINGS, {"harbour/2026-w47"})
    assert (fault.message if fault else "").endswith(said)
    assert bool(fault) is bool(said)


def test_a_site_without_editions_has_none_to_name() -> None:
    fault = key_fault("2026-w48", config(), ())
    assert fault
    assert fault.message == "this site has no editions"


@pytest.mark.parametrize(
    ("name", "slugs", "hint"),
    [
        ("fridy", ("", "friday"), "did you mean `friday`?"),
        ("x", ("", "friday", "ports"), "series are: friday, ports"),
        ("x", ("",), "leave it out: the one series has no name"),
    ],
)
def test_what_to_do_about_a_series_that_does_not_exist(
    name: str, slugs: tuple[str, ...], hint: str
) -> None:
    assert series_hint(name, slugs) == hint
