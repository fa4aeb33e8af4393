"""Archetypes: what is filled in, and how it is quoted."""

from __future__ import annotations

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.scaffold.article import fill

VALUES: dict[str, str | list[str]] = {
    "title": 'Fire: "out" #1',
    "slug": "fire-out-1",
    "authors": ["Ann Ames", "Bo: Berg"],
    "date": "2026-11-24T12:00:00+01:00",
}


@pytest.mark.parametrize(
    ("row", "filled"),
    [
        ("title: {title}", r'title: "Fire: \"out\" #1"'),
        ('title: "{title}"', r'title: "Fire: \"out\" #1"'),
        ("title: '{title}'", "title: 'Fire: \"out\" #1'"),
        ("slug: {slug}", "slug: fire-out-1"),
        ("authors: {authors}", 'authors: ["Ann Ames", "Bo: Berg"]'),
        ("authors: [{authors}]", 'authors: ["Ann Ames", "Bo: Berg"]'),
        ("date: {date}", "date: 2026-11-24T12:00:00+01:00"),
    ],
)
def test_front_matter_is_filled_in_so_that_yaml_reads_it(row: str, filled: str) -> None:
    assert fill(f"---\n{row}\n---\n\n# {{title}}\n", VALUES, "a.md") == (
        f'---\n{filled}\n---\n\n# Fire: "out" #1\n'
    )


@pytest.mark.parametrize(
    ("row", "message", "hint"),
    [
        ("title: {titel}", "unknown placeholder `{titel}`", "did you mean `{title}`?"),
        ("title: {xyz}", "unknown placeholder `{xyz}`", "choose one of: {title}"),
        ("title: On {title}", "`{title}` needs quotes", "write"),
    ],
)
def test_a_placeholder_that_cannot_be_filled_in_is_reported_at_its_line(
    row: str, message: str, hint: str
) -> None:
    with pytest.raises(SitegenError) as caught:
        fill(f"---\nstatus: draft\n{row}\n---\n", VALUES, "a.md")
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.path, diagnostic.line) == ("a.md", 3)
    assert message in diagnostic.message
    assert hint in diagnostic.help
