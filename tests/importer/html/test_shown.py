"""The claims of what is seen of a page, each with its place."""

from __future__ import annotations

import pytest

from sitegen.importer.html.candidates import Claims
from sitegen.importer.html.shown import before_date, from_shown, kinds_of, main_heading
from sitegen.importer.html.tree import parse_tree

TEXT = "<p>" + "The lamp on the north mole will burn on until the spring. " * 3 + "</p>"


def read(body: str, title: str = "Eels are back") -> Claims:
    claims = Claims()
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    from_shown(parse_tree(html), claims, "", "")
    return claims


def names(claims: Claims) -> list[tuple[list[str], str]]:
    return [([p.name for p in c.value], c.where) for c in claims.authors]


@pytest.mark.parametrize(
    ("byline", "people", "where"),
    [
        ("<p>By Ida Holm and Bo Ek</p>", ["Ida Holm", "Bo Ek"], "a line with By"),
        ("<p class=byline>Ida Holm</p>", ["Ida Holm"], "an element called byline"),
        ("<p><b>Author:</b> Ida Holm</p>", ["Ida Holm"], "a line behind a label"),
        ("<p>20.11.2026 | Ida Holm</p>", ["Ida Holm"], "a line with the date"),
        ("<a href=/author/ida>Ida Holm</a>", ["Ida Holm"], "a link to the author's page"),
        ("<a rel=author href='/x'>Ida Holm</a>", ["Ida Holm"], "rel=author"),
        ("<p>© 2026 Ida Holm</p>", ["Ida Holm"], "a copyright line"),
        ("<p>Ida Holm</p>", ["Ida Holm"], "a line of names"),
        (
            "<a href=/author/ida><span>Ida Holm</span><p>Head of Tides and Nets</p></a>",
            ["Ida Holm"],
            "a link to the author's page",
        ),
        (
            f"<div class='post hentry {'tag-eels ' * 9}'><a rel=author href='/x'>ida</a></div>",
            ["ida"],
            "rel=author",
        ),
        ("<p>(责编：牛镛、岳弘彬)</p>", ["牛镛", "岳弘彬"], "a line with By"),
    ],
)  # fmt: skip
def test_lines_that_name_people(byline: str, people: list[str], where: str) -> None:
    assert (people, where) in names(read(f"<h1>Eels are back</h1>{byline}{TEXT}"))


@pytest.mark.parametrize(
    "line",
    [
        f"<p>{'words of it ' * 9}<a href='/author/ida'>Ida Holm</a>{' and more' * 9}</p>",
        "<p class=tags><a href='/people/ida-holm'>Ida Holm</a></p>",
        "<ul class='tags tag-list'><li><a href='/people/ida-holm'>Ida Holm</a></li></ul>",
        "<p class=author><a href='/author/ida'>Written By</a></p>",
        "<p class=author><a href='https://commons.wikimedia.org/wiki/User:A'>Ida Holm</a></p>",
    ],
)
def test_who_is_written_of_is_no_author(line: str) -> None:
    assert names(read(f"<h1>Eels are back</h1>{TEXT}{line}{TEXT}")) == []


@pytest.mark.parametrize(
    ("before", "after", "sign"),
    [
        ("<p>A short word</p>" * 60, "", "right before the text"),
        ("<p>A short word</p>" * 60, "<p>A short word</p>" * 12, "far"),
    ],
)
def test_a_byline_far_from_the_headline(before: str, after: str, sign: str) -> None:
    claims = read(f"<h1>Eels are back</h1>{before}<p>By Ida Holm</p>{after}{TEXT}")
    assert [c.signs[0] for c in claims.authors if c.where == "a line with By"] == [sign]


def test_a_byline_behind_the_text_of_a_long_page() -> None:
    claims = read(f"<h1>Eels are back</h1>{TEXT * 40}<p>By Ida Holm</p>")
    assert claims.authors[0].signs[0] == "far, at the text's end"


def test_a_byline_below_hundreds_of_links() -> None:
    menu = "<ul>" + "<li class=title>A short word</li>" * 500 + "</ul>"
    assert names(read(f"{menu}<h1>Eels are back</h1><p>By Ida Holm</p>{TEXT}"))


def test_a_line_has_signs_of_its_place() -> None:
    body = (
        f"<h1>Eels are back</h1><p class=byline>By Ida Holm</p>{TEXT * 2}<aside><p class=byline>By"
        " Bo Ek</p><h3><a href='/b'>Another</a></h3></aside>"
    )
    first, second = read(body).authors
    assert first.signs == ("at the headline", "names only")
    assert {"behind the text", "of a teaser", "in furniture"} <= set(second.signs)


@pytest.mark.parametrize(
    ("line", "value", "signs"),
    [
        ("<p class=date>20.11.2026</p>", "2026-11-20", {"alone"}),
        ("<p>Updated 20 Nov 2026</p>", "2026-11-20", {"called change", "short"}),
        ("<p>Published on 11/20/26</p>", "2026-11-20", {"called publication"}),
        ("<p>Posted on 20 Nov 2026</p>", "2026-11-20", {"called publication"}),
        ("<time class=updated datetime=2026-11-20>x</time>", "2026-11-20", {"called change"}),
    ],
)
def test_lines_with_a_date(line: str, value: str, signs: set[str]) -> None:
    (claim, *_) = read(f"<h1>Eels are back</h1>{line}{TEXT}").dates
    assert claim.value == value and signs <= set(claim.signs)


def test_headlines_with_and_without_their_kicker() -> None:
    claims = read("<h1><span class=kicker>Rivers</span> Eels are back</h1>" + TEXT)
    assert [(c.value, c.where) for c in claims.titles] == [
        ("Eels are back", "h1 without kicker"),
        ("Rivers Eels are back", "h1"),
    ]


@pytest.mark.parametrize("site", ["Post", "The Weekly Post"])
def test_the_main_heading_is_most_of_the_name_of_the_page(site: str) -> None:
    tree = parse_tree(
        f"<html><head><title>{site}: Eels are back again</title></head>"
        f"<body><h1>{site}</h1><h2>Eels are back again</h2></body></html>"
    )
    assert main_heading(tree).text == "Eels are back again"


@pytest.mark.parametrize(
    ("label", "kinds"),
    [
        ("articleAuthor", {"byline"}),
        ("entry-date updated", {"dated", "changed", "published"}),
        ("x-tags", {"tags"}),
        ("grid", set()),
    ],
)
def test_what_a_class_says(label: str, kinds: set[str]) -> None:
    assert kinds_of(label) == kinds


def test_a_byline_without_its_date() -> None:
    assert before_date("Ida Holm, 20.11.2026") == "Ida Holm, "
    assert before_date("20.11.2026 · Ida Holm") == "Ida Holm"
    assert before_date("Ida Holm") == "Ida Holm"


SURNAMES = "Ek Holm Lind Novak Brandt Wrona Ibarra Aydin Haddad Moreau Okafor Sato Castell".split()
TEAM = [f"{given} {family}" for given in ("Ida", "Bo", "Noor") for family in SURNAMES]
BYLINES = {
    "one line": f"<p>By {', '.join(TEAM[:-1])} and {TEAM[-1]}</p>",
    "called byline": f"<p class=byline>{', '.join(TEAM)}</p>",
    "a list": f"<ul class=byline>{''.join(f'<li>{name}</li>' for name in TEAM)}</ul>",
    "paragraphs": f"<div class=byline>{''.join(f'<p>{name}</p>' for name in TEAM)}</div>",
}


@pytest.mark.parametrize("way", BYLINES)
def test_a_long_byline_names_everybody(way: str) -> None:
    claims = read(f"<h1>Eels are back</h1>{BYLINES[way]}{TEXT}")
    assert TEAM in [people for people, _ in names(claims)]


def test_a_long_text_that_begins_with_by_is_no_byline() -> None:
    line = f"<p class=byline>By the harbour, Ida Holm met {'the fishers of the town ' * 20}.</p>"
    assert names(read(f"<h1>Eels are back</h1>{line}{TEXT}")) == []
