"""`check`: what it prints, in which order, and its exit status."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError, problem
from sitegen.check.model import CheckReport
from sitegen.cli.check import below, in_order, summary
from sitegen.cli.terminal import MAX_SHOWN
from sitegen.config.check_rules import RULES
from tests.cli.conftest import Done, add_settings

NOW = ("--now", "2026-11-24T12:00:00Z")
ARTICLE = "content/city/pier.md"


def report(*levels: str, rules: dict[str, int] | None = None) -> CheckReport:
    found = tuple(problem("link", "x", level=level) for level in levels)  # type: ignore[arg-type]
    return CheckReport(articles=3, diagnostics=found, rules=rules or {}, fixes=(), seconds=0.24)


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (report(), "3 articles checked: no problems (0.2 s)"),
        (report("error"), "3 articles checked: 1 error (0.2 s)"),
        (
            report("note", "warning", "error", "note"),
            "3 articles checked: 1 error, 1 warning, 2 notes (0.2 s)",
        ),
        (
            report("warning", rules={"link": 1, "dek": 2, "alias": 2}),
            "3 articles checked: 1 warning (0.2 s)\nalias 2, dek 2, link 1",
        ),
    ],
)
def test_summary(made: CheckReport, text: str) -> None:
    assert summary(made) == text


def test_errors_come_first_where_not_all_are_shown() -> None:
    few = report("note", "error").diagnostics
    assert [d.level for d in in_order(few)] == ["note", "error"]
    many = report(*["note"] * MAX_SHOWN, "warning", "error").diagnostics
    assert [d.level for d in in_order(many)][:3] == ["error", "warning", "note"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (ARTICLE, ARTICLE),
        ("content", "content"),
        ("content/city/", "content/city"),
        (".", ""),
    ],
)
def test_a_path_is_one_of_the_site(site: Path, path: str, name: str) -> None:
    assert below(site, path) == name
    assert below(site, str(site / path)) == name


@pytest.mark.parametrize("path", ["content/city/peir.md", "..", "/"])
def test_another_path_is_refused(site: Path, path: str) -> None:
    with pytest.raises(SitegenError, match="is not a file or folder of the site"):
        below(site, path)


def test_rules_are_listed_with_the_levels_of_the_site(
    site: Path, sitegen: Callable[..., Done]
) -> None:
    add_settings(site, "check: {orphan: error}\n")
    rows = sitegen("check", "--rules").stdout.splitlines()
    assert [row.split()[1] for row in rows] == list(RULES)
    assert f"error    orphan               {RULES['orphan'][1]}" in rows
    levels = {
        row["rule"]: row["level"]
        for row in json.loads(sitegen("check", "--rules", "--json").stdout)
    }
    assert levels["orphan"] == "error"


@pytest.mark.parametrize(
    ("body", "options", "status", "counts"),
    [
        ("Text.", [], 0, {}),
        ("[a](missing.md)", [], 1, {"link": 1}),
        ("[a](missing.md)", ["--rule", "orphan"], 0, {}),
        ("[a](missing.md)", ["content/city/quai.md"], 0, {}),
        ("![](/x.png)", ["--strict", "--rule", "image-alt"], 1, {"image-alt": 1}),
    ],
)
def test_the_exit_status_is_1_for_an_error(
    site: Path,
    sitegen: Callable[..., Done],
    body: str,
    options: list[str],
    status: int,
    counts: dict[str, int],
) -> None:
    add_settings(site, "check: {author-unknown: off}\n")
    head = "title: Pier\ndate: 2026-11-03\nauthors: [Ann Ames]"
    (site / ARTICLE).write_text(f"---\n{head}\n---\n\n{body}\n")
    done = sitegen("check", "--json", *NOW, *options)
    made = json.loads(done.stdout)
    assert (done.status, {k: v for k, v in made["rules"].items() if k in RULES}) == (status, counts)


def test_an_unknown_rule_is_wrong_usage(site: Path, sitegen: Callable[..., Done]) -> None:
    done = sitegen("check", "--rule", "lnik")
    assert done.status == 2
    assert "Invalid value for '-r' / '--rule'" in done.stderr
