"""What `podcast` in site.yaml may say."""

from __future__ import annotations

import pytest

from sitegen.config.podcast import CATEGORIES, broken_podcast
from sitegen.config.schema import PodcastConfig, TaxonomyConfig
from tests.samples import config


@pytest.mark.parametrize(
    ("said", "problem", "help"),
    [
        ({}, "", ""),
        ({"category": "News > Daily News"}, "", ""),
        ({"category": "News > Daly News"}, "unknown category", "News > Daily News"),
        ({"category": "Gardening by night"}, "unknown category", "such as `News`"),
        ({"feeds": ("site", "section", "series")}, "", ""),
        ({"feeds": ("sections",)}, "unknown kind `sections`", "section"),
        ({"feeds": ("edition",)}, "unknown kind `edition`", "series"),
    ],
)
def test_category_and_kinds(said: dict[str, object], problem: str, help: str) -> None:
    settings = config(
        podcast=PodcastConfig("/cover.jpg", **said),  # type: ignore[arg-type]
        taxonomies={"series": TaxonomyConfig()},
    )
    found = [(one.message, one.help) for one in broken_podcast(settings)]
    assert len(found) == bool(problem)
    for message, hint in found:
        assert problem in message
        assert help in hint


def test_a_site_without_a_podcast_has_nothing_wrong() -> None:
    assert not list(broken_podcast(config()))
    assert len(CATEGORIES) == len(set(CATEGORIES)) > 100
