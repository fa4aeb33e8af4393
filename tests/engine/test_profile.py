"""What `build --profile` says: parts that add up, and what to do about the largest."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sitegen.config.load import load_config
from sitegen.engine.profile import costs, most_expensive, profile_rows
from sitegen.model.output import BuildReport
from tests.conftest import Digest

CONFIG = load_config("title: T\nbase_url: https://t.example/\ntimezone: UTC\n")


def report(stages: dict[str, float], made: dict[str, tuple[float, int]] | None = None) -> Any:
    work = made or {}
    return BuildReport(
        articles=1,
        written=1,
        unchanged=0,
        removed=0,
        skipped={},
        diagnostics=(),
        seconds=sum(stages.values()),
        stages=stages,
        templates={name: seconds for name, (seconds, _) in work.items()},
        reasons={},
        peak_mib=1,
        published=True,
        made={name: files for name, (_, files) in work.items()},
    )


BUSY = report(
    {"parse": 2.0, "render": 6.0, "publish": 1.0, "load": 0.02},
    {"(share cards)": (8.0, 400), "article.html": (3.0, 300), "(robots)": (1.0, 1)},
)


def test_work_of_several_processes_is_their_share_of_the_seconds() -> None:
    """Twelve seconds of work in six seconds that people wait."""
    found = {one.name: one.seconds for one in costs(BUSY)}
    assert found == pytest.approx(
        {
            "(share cards)": 4.0,
            "parse": 2.0,
            "article.html": 1.5,
            "publish": 1.0,
            "(robots)": 0.5,
            "load": 0.02,
        }
    )
    assert sum(found.values()) == pytest.approx(BUSY.seconds)


def test_rows_are_in_plain_words_and_leave_out_what_is_little() -> None:
    assert profile_rows(BUSY) == [
        ("4.00 s", "44%", "share cards", "400 files"),
        ("2.00 s", "22%", "reading articles", ""),
        ("1.50 s", "17%", "pages from article.html", "300 files"),
        ("1.00 s", "11%", "publishing", ""),
        ("0.50 s", "6%", "robots", "1 file"),
    ]


@pytest.mark.parametrize(
    ("stages", "made", "settings", "expected"),
    [
        (
            {"render": 4.0},
            {"(share cards)": (4.0, 400)},
            "",
            "Most of the time, 4.0 of 4.0 s, went into share cards (400 files). `share: {since:",
        ),
        (
            {"render": 4.0, "load": 0.1},
            {"(images)": (9.0, 40), "list.html": (1.0, 9)},
            "",
            "Most of the time, 3.6 of 4.1 s, went into sizes of images (40 files). Fewer `widths`",
        ),
        (
            {"render": 1.0},
            {"(feed)": (1.0, 7)},
            "",
            "Most of the time, 1.0 of 1.0 s, went into feeds (7 files). `feeds:` in site.yaml",
        ),
        (
            {"render": 1.0},
            {"page.html": (1.0, 7)},
            "",
            "Most of the time, 1.0 of 1.0 s, went into pages from page.html (7 files). Later",
        ),
        (
            {"parse": 2.0, "publish": 1.0},
            {},
            "",
            "Most of the time, 2.0 of 3.0 s, went into reading articles. Later builds take less",
        ),
        (
            {"parse": 2.0},
            {},
            "markdown: {engine: python-markdown}\n",
            "Most of the time, 2.0 of 2.0 s, went into reading articles. `markdown: {engine: comm",
        ),
        (
            {"search": 9.0},
            {},
            "",
            "Most of the time, 9.0 of 9.0 s, went into indexing for search. Only shards",
        ),
        (
            {"decide": 2.0},
            {},
            "",
            "Most of the time, 2.0 of 2.0 s, went into comparing with the last build.",
        ),
        (
            {"a new stage": 2.0},
            {},
            "",
            "Most of the time, 2.0 of 2.0 s, went into a new stage.",
        ),
        ({"parse": 0.1, "render": 0.2}, {}, "", "No part of this build takes longer than 0.3 s."),
        ({}, {}, "", "No part of this build takes longer than 0.3 s."),
    ],
)
def test_what_costs_most_in_a_sentence_with_what_to_do(
    stages: dict[str, float], made: dict[str, tuple[float, int]], settings: str, expected: str
) -> None:
    config = CONFIG
    if settings:
        text = "title: T\nbase_url: https://t.example/\ntimezone: UTC\n"
        config = load_config(text + settings)
    assert most_expensive(report(stages, made), config).startswith(expected)


def test_every_stage_of_a_build_has_words(digest: Digest) -> None:
    digest.article("a")
    lines = digest.build("--profile").stdout.splitlines()
    assert any("pages from " in line and line.endswith(("file", "files")) for line in lines)
    stages = json.loads(digest.build("--json", "--no-cache").stdout)["stages"]
    from sitegen.engine.profile import _STAGES

    assert stages.keys() <= _STAGES.keys()
