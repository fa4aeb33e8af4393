"""What is named in vain is reported at its line, in every build as in the first one."""

from __future__ import annotations

import pytest

from sitegen.engine.inputs import find_inputs
from sitegen.engine.lost_names import vain_in_settings
from tests.conftest import SITE, Digest
from tests.engine.in_process import loaded, prepared
from tests.samples import site

SERIES = (
    "editions:\n- name: Letter\n  kind: weekly\n- name: Ports\n  kind: daily\n  tags: [ports]\n"
)


def said(digest: Digest) -> list[tuple[str, str, int]]:
    work = prepared(digest.root)
    return [(d.code, d.path, d.line) for d in work.state.standing]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("translation_of: nothing", [("translation-unknown", "content/world/a.md", 5)]),
        ("translationOf: nothing", [("translation-unknown", "content/world/a.md", 5)]),
        ("tags: [ports]", []),
    ],
)
def test_names_of_articles(digest: Digest, more: str, found: list[tuple[str, str, int]]) -> None:
    digest.write("site.yaml", SITE + SERIES.replace("[ports]", "[]"))
    digest.article("a", more=more)
    assert said(digest) == found


def test_what_a_series_asks_for(digest: Digest) -> None:
    digest.write("site.yaml", SITE + SERIES)
    digest.article("a", more="edition: 2026-11-20")
    assert said(digest) == [("edition", "content/world/a.md", 5), ("setting", "site.yaml", 9)]
    digest.article("a", more="edition: 2026-11-20\ntags: [ports]")
    assert said(digest) == []


def test_an_image_of_a_setting_is_named_where_it_is_written(digest: Digest) -> None:
    people = "authors:\n  a: {name: A, photo: /no.jpg}\n  b: {name: B, photo: /b.jpg}\n"
    digest.write("site.yaml", SITE + people)
    digest.write("content/authors/c.md", "---\nname: C\nphoto: c.jpg\n---\n")
    digest.write("static/b.jpg", "image")
    with loaded(digest.root) as context:
        found = vain_in_settings(context, find_inputs(context), site(), ["index.html"])
    assert [(d.path, d.line) for d in found] == [("site.yaml", 5), ("content/authors/c.md", 3)]
