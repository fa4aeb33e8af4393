"""The Content-Security-Policy of a site's pages."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.config.content_policy import content_policy
from sitegen.config.schema import MarkdownConfig, SearchConfig
from tests.samples import config

TRUST = MarkdownConfig(trust=True)


def rules(**values: Any) -> dict[str, str]:
    """Directives of the policy by name."""
    policy = content_policy(config(**values))
    return dict(part.split(" ", 1) for part in policy.split("; ") if part)


def test_pages_load_files_of_the_site_only() -> None:
    assert rules()["default-src"] == "'self'"
    assert rules()["script-src"] == "'self'"
    assert rules()["object-src"] == "'none'"


def test_search_needs_nothing_more() -> None:
    assert rules(search=SearchConfig()) == rules(search=True) == rules()


@pytest.mark.parametrize(
    ("values", "policy"),
    [
        ({"content_policy": "none"}, ""),
        ({"content_policy": "default-src  *\n"}, "default-src *"),
        ({"markdown": TRUST}, ""),  # who may write any HTML may load anything
        ({"markdown": TRUST, "content_policy": "default-src *"}, "default-src *"),
    ],
)
def test_a_site_has_its_own_policy_or_none(values: dict[str, Any], policy: str) -> None:
    assert content_policy(config(**values)) == policy
