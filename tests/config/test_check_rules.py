"""The table of the rules of `sitegen check`."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from sitegen.base.diagnostics import Level
from sitegen.config.check_rules import RULES, RuleLevel


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_a_level_and_a_line(name: str) -> None:
    level, line = RULES[name]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert level in get_args(Level)
    assert line[0].islower()
    assert not line.endswith(".")


def test_a_site_can_set_each_level_and_turn_a_rule_off() -> None:
    assert set(get_args(RuleLevel)) == {*get_args(Level), "off"}
