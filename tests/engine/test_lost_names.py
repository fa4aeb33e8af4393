"""What is named in vain is reported at its line, in every build as in the first one."""

from __future__ import annotations

import pytest

from sitegen.engine.lost_names import idle_settings
from tests.conftest import SITE, Digest
from tests.engine.in_process import loaded, prepared

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
    with loaded(digest.root) as context:
        assert [found.line for found in idle_settings(context, ())] == [9]
    assert said(digest) == [("edition", "content/world/a.md", 5), ("series", "site.yaml", 9)]
    digest.article("a", more="edition: 2026-11-20\ntags: [ports]")
    assert said(digest) == []
