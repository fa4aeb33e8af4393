"""Which robots robots.txt turns away."""

from __future__ import annotations

import pytest

from sitegen.config.robots import AI_ROBOTS, denied_robots
from sitegen.config.schema import MiningConfig, RobotsConfig
from tests.samples import config


@pytest.mark.parametrize(
    ("robots", "reserve", "denied"),
    [
        ("", False, False),
        ("", True, True),
        (RobotsConfig("deny"), False, True),
        (RobotsConfig("allow"), True, False),
        (RobotsConfig(), True, True),
    ],
)
def test_mining_decides_where_robots_do_not(
    robots: str | RobotsConfig, reserve: bool, denied: bool
) -> None:
    settings = config(robots=robots, mining=MiningConfig(reserve=reserve))
    assert denied_robots(settings) == (AI_ROBOTS if denied else ())


def test_each_robot_is_named_once() -> None:
    assert len({name.lower() for name in AI_ROBOTS}) == len(AI_ROBOTS)
