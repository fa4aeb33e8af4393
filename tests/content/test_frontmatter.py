"""Front matter in three notations and many dialects."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.base.diagnostics import SitegenError
from sitegen.base.yaml import load_mapping
from sitegen.config.load import load_config
from sitegen.content.article import parse
from sitegen.content.frontmatter import cut_fields, read_front_matter
from sitegen.model.article import Document, Person

CONFIG = load_config("title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n")


def document(front: str, path: str = "content/world/x.md") -> Document:
    """The document of an article with ``front``, which must be read without a word."""
    parsed = parse(f"---\n{front}\n---\nBody.\n".encode(), path, CONFIG)
    assert parsed.diagnostics == ()
    assert parsed.document
    return parsed.document


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("12:30:00", "12:30:00"),
        ("2026-01-01", "2026-01-01"),
        ("0o17", "0o17"),
        ("017", 17),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("1.5", 1.5),
        ("-3", -3),
        ("'5'", "5"),
        ("1e3", 1000.0),
        (".inf", ".inf"),
    ],
)
def test_scalars_are_those_of_yaml_1_2(text: str, value: Any) -> None:
    values, _ = load_mapping(f"a: {text}\n", "x.md", "front-matter")
    assert values["a"] == value
    assert type(values["a"]) is type(value)


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_mapping_or_a_named_problem(text: str) -> None:
    try:
        values, lines = load_mapping(text, "x.md", "front-matter")
    except SitegenError as error:
        assert error.diagnostics[0].path == "x.md"
    else:
        assert values.keys() == lines.keys()


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_an_article_or_named_problems(data: bytes) -> None:
    parsed = parse(b"---\n" + data, "content/x.md", CONFIG)
    assert parsed.document or parsed.diagnostics


@pytest.mark.parametrize(
    "front",
    [
        (  # Hugo, Pelican
            "title: 2026\nDate: 2026-11-01\nauthor: Ann Ames\ncategory: World News\nlastmod:"
            " 2026-11-02\ndescription: s"
        ),
        (  # Jekyll
            "title: 2026\npubDate: 2026-11-01\nbyline: Ann Ames\ncategories: [World"
            " News]\nlast-modified-at: 2026-11-02\nexcerpt: s"
        ),
        (
            "title: 2026\ndatePublished: 2026-11-01\nAuthors: [Ann Ames]\nsection:"
            " world-news\nupdatedAt: 2026-11-02\nsummary: s"
        ),
    ],
)
def test_synonyms_mean_the_same(front: str) -> None:
    d = document(front)
    assert (d.title, d.authors, d.section, d.summary) == (
        "2026",
        (Person("Ann Ames"),),
        "world-news",
        "s",
    )
    assert (d.date or d.publish_at)[:10] == "2026-11-01"
    assert d.updated == "2026-11-02"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            '+++\ntitle = "T"\ndate = 2026-11-01T10:00:00Z\nauthors = ["Ann Ames"]\n+++\nBody.\n',
            "T",
        ),
        ('{"title": "T", "date": "2026-11-01T10:00:00Z", "authors": ["Ann Ames"]}\nBody.\n', "T"),
    ],
)
def test_toml_and_json_are_read(text: str, title: str) -> None:
    parsed = parse(text.encode(), "content/world/x.md", CONFIG)
    assert parsed.diagnostics == ()
    assert parsed.document
    assert (parsed.document.title, parsed.document.date) == (title, "2026-11-01T10:00:00+00:00")
    assert "Body." in parsed.html


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-11-01", "2026-11-01"),
        ("2026-11-01 10:00", "2026-11-01T10:00:00+01:00"),  # the site's zone, in winter
        ("2026-07-01T10:00:00", "2026-07-01T10:00:00+02:00"),  # and in summer
        ("2026-11-01T10:00:00-05:00", "2026-11-01T10:00:00-05:00"),
        ("2026-11-01T10:00:00Z", "2026-11-01T10:00:00+00:00"),
    ],
)
def test_dates_keep_what_was_written(written: str, read: str) -> None:
    assert document(f"title: x\ndate: {written}\nauthors: [a]").date == read


def test_people_may_be_names_or_mappings() -> None:
    d = document(
        "title: x\ndate: 2026-11-01\nauthors:\n- Ann Ames\n- {name: Bo Berg, role: reporting, org:"
        " Salm Post}\ncredits:\n- 'Photo: Cy Cole'\n- {role: illustration, name: Di Dow}"
    )
    assert d.authors == (Person("Ann Ames"), Person("Bo Berg", "reporting", "", "Salm Post"))
    assert d.credits == (Person("Cy Cole", "photo"), Person("Di Dow", "illustration"))


def test_a_comma_in_one_name_of_a_list_does_not_split_it() -> None:
    d = document("title: x\ndate: 2026-11-01\nauthors: ['Orla Finch, Jr.']")
    assert [p.name for p in d.authors] == ["Orla Finch, Jr."]


def test_the_date_may_be_in_the_name_of_the_file() -> None:
    d = document("title: x\nauthors: [a]", "content/world/2026-11-01-how-it-went.md")
    assert (d.date, d.slug) == ("2026-11-01", "how-it-went")


def test_a_draft_may_lack_date_and_authors() -> None:
    assert document("title: x\nstatus: draft").status == "draft"


def test_synonyms_that_contradict_each_other_are_an_error() -> None:
    with pytest.raises(SitegenError, match="both give"):
        read_front_matter("---\ntitle: a\nheadline: b\n---\n", "x.md")


@pytest.mark.parametrize(
    ("front", "keys"),
    [
        ("title: Fire at quay #3 put out", [("title", 2)]),
        ("title: A # note", [("title", 2)]),
        ("title: #1", [("title", 2)]),
        ("title: 'Fire at quay #3'", []),
        ("title: Fire at quay#3", []),
        ("date: 2026-11-20 # first print", []),
        ("title: A\ndek: B\ntags:\n  - C #\n  - D #4", [("tags", 6)]),
        ("tags: # below\n  - C", []),
        ("tags: [a, b] # note", []),
        ("title: A\n# all of it\ndek: B", []),
        ("summary: |\n  One #2\n  two #3", []),
        ("image: {src: a.png, alt: b} #x", []),
        ("image:\n  caption: Quay #3 at dawn", [("image", 3)]),
        ("headline: Größe – “Zoë” #4", [("headline", 2)]),
        ("title: &a One\nextra: [*a, *a] #2", []),
        ("title: >\n  One\n  two #3\n", []),
        ("dek: One\n  and two #3", [("dek", 3)]),
    ],
)
def test_a_value_that_a_comment_ends_is_noticed(front: str, keys: list[tuple[str, int]]) -> None:
    assert read_front_matter(f"---\n{front}\n---\nBody.\n", "x.md").cut == keys


def test_a_value_about_a_person_that_a_comment_ends_is_reported(tmp_path: Path) -> None:
    (tmp_path / "authors").mkdir()
    (tmp_path / "authors/edda.md").write_text("---\nname: Edda\nrole: Desk #2\n---\n\nx #3\n")
    (tmp_path / "authors/broken.md").write_text("---\n[\n")
    found = cut_fields(tmp_path, "authors")
    assert [(d.path, d.line, d.snippet) for d in found] == [("authors/edda.md", 3, "role: Desk #2")]
    assert cut_fields(tmp_path, "terms") == []


def test_a_headline_that_a_comment_ends_is_a_warning_with_its_line() -> None:
    text = "---\ndate: 2026-11-01\nauthors: [A]\ntitle: Fire at quay #3\n---\nBody.\n"
    (found,) = parse(text.encode(), "content/x.md", CONFIG).diagnostics
    assert (found.level, found.line, found.snippet) == ("warning", 4, "title: Fire at quay #3")
    assert "`title` ends before ` #`" in found.message


TYPED = [
    "1.10",
    "007",
    "2026",
    "1e3",
    "true",
    "No",
    "+49",
    "0.50",
    "-1",
    "Null",
    "123456789012345678901",
    "12:30",
    "FALSE",
]


@pytest.mark.parametrize("value", TYPED)
def test_words_stay_as_they_are_typed(value: str) -> None:
    texts = f"title: {value}\nid: {value}\ndek: {value}\nsource: {{name: {value}}}"
    read = document(f"{texts}\ndate: 2026-11-01\nauthors: [{value}]\ntags: [{value}, b]")
    assert (read.title, read.id, read.dek, read.source.name) == (value, value, value, value)
    assert (read.tags, read.authors) == ((value, "b"), (Person(value),))


@pytest.mark.parametrize("value", ["nope", "maybe", "2", "[true]"])
def test_a_draft_is_one_or_not(value: str) -> None:
    with pytest.raises(SitegenError) as refused:
        read_front_matter(f"---\ntitle: A\ndraft: {value}\n---\n", "a.md")
    assert refused.value.diagnostics[0].line == 3


@pytest.mark.parametrize("value", ["", "~", "null"])
def test_nothing_is_no_text(value: str) -> None:
    assert (
        document(f"title: A\ndate: 2026-11-01\nauthors: [A]\ndek: {value}\nsummary: {value}\n").dek
        == ""
    )


@pytest.mark.parametrize(
    ("front", "status"),
    [
        ("published: false", "draft"),
        ("draft: true", "draft"),
        ("draft: 'Yes'", "draft"),
        ("draft: 'no'", "published"),
        ("published: true", "published"),
    ],
)
def test_flags_are_no_texts(front: str, status: str) -> None:
    assert (
        document(f"title: A\ndate: 2026-11-01\nauthors: [A]\nlead: true\nweight: 3\n{front}").status
        == status
    )
