"""What rules are given and give back."""

from __future__ import annotations

from sitegen.check.model import CheckOptions, CheckReport, Finding, Fix
from tests.check.facts import article, facts


def test_without_names_all_rules_run() -> None:
    assert CheckOptions(".", "2026-11-24").rules == ()
    assert CheckOptions(".", "2026-11-24").external is False


def test_a_finding_has_a_fix_only_where_one_is_safe() -> None:
    assert Finding("link", "leads nowhere").fix is None
    fix = Fix("link", "content/a.md", "/old/", "/new/")
    assert Finding("link-moved", "x", fix=fix).fix == fix
    assert CheckReport(1, (), {}, 0.1).fixes == ()


def test_facts_are_values() -> None:
    assert facts(article("a")) == facts(article("a"))
    assert facts(article("a")) != facts(article("b"))
