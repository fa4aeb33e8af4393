"""Whole builds through the command line's own functions."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from sitegen.build import BuildOptions, build
from sitegen.cli import cli

NOW = "2026-11-24T12:00:00+00:00"
ARTICLE = """---
title: "{title}"
date: 2026-11-0{day}T10:00:00+01:00
authors: [Ann Ames, Bo Berg]
tags: [tides]
{more}
---

Water came {{{{ site.title }}}} in. <script>alert(1)</script> [x](javascript:alert(1))
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.yaml").write_text("title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n")
    for day in (1, 2):
        write(tmp_path, f"a{day}", day)
    return tmp_path


def write(root: Path, name: str, day: int, more: str = "") -> Path:
    path = root / "content" / "world" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ARTICLE.format(title=f"Title {name}", day=day, more=more))
    return path


def run(root: Path):
    return build(BuildOptions(root=str(root), now=NOW))


def tree(root: Path) -> dict[str, bytes]:
    out = root / "output"
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def test_builds_every_kind_of_page(site: Path) -> None:
    report = run(site)
    assert report.published and report.articles == 2
    files = tree(site)
    for name in ("index.html", "world/index.html", "tag/tides/index.html", "author/bo-berg/index.html",
                 "feed.xml", "sitemap.xml", "robots.txt", "404.html", "world/2026/11/01/a1/index.html"):  # fmt: skip
        assert name in files, name
    page = files["world/2026/11/01/a1/index.html"].decode()
    assert "{{ site.title }}" in page and "alert(1)" not in page and "javascript:" not in page
    assert files["feed.xml"].decode().count("<name>Bo Berg</name>") == 2


def test_second_build_writes_nothing_and_deleting_an_article_leaves_no_trace(site: Path) -> None:
    run(site)
    assert run(site).written == 0
    (site / "content/world/a2.md").unlink()
    run(site)
    assert not any(b"Title a2" in data for data in tree(site).values())


@pytest.mark.parametrize("more", ["status: draft", "date_of_birth: 1", "publish_at: 2030-01-01", "expires_at: 2026-01-01"])
def test_unpublished_articles_leave_no_trace(site: Path, more: str) -> None:
    write(site, "hidden", 3, more)
    run(site)
    shown = any(b"Title hidden" in data for data in tree(site).values())
    assert shown == more.startswith("date_of_birth")


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 1, "empty"),
        (b"---\ntitle: a: b\n---\n", 2, "YAML"),
        (b"---\ntitle: x\ndate: 2024-02-30\nauthors: a\n---\n", 3, "impossible date"),
        (b"---\ntitle: x\n\xff\n---\n", 3, "UTF-8"),
        (b"---\ntitle: x\0\n---\n", 2, "NUL"),
        (b"---\ntitle: x\ndate: 2026-01-01\nauthors: a\nslug: ../../x\n---\n", 5, "leaves"),
        (b"---\ntitle: x\ndate: 2026-01-01\nauthors: a\ncanonical: 'javascript:x'\n---\n", 5, "unsafe"),
        ((b"---\na: &a [1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n"
         b"d: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d]\n---\n"), 6, "aliases"),
    ],
)  # fmt: skip
def test_bad_input_is_named_and_output_stays(site: Path, data: bytes, line: int, words: str) -> None:
    run(site)
    before = tree(site)
    (site / "content/world/bad.md").write_bytes(data)
    report = run(site)
    errors = [d for d in report.diagnostics if d.level == "error"]
    assert not report.published and tree(site) == before
    assert errors[0].path == "content/world/bad.md"
    assert any(d.line == line and words in d.message for d in errors), errors


def test_two_articles_of_one_address_are_named(site: Path) -> None:
    write(site, "b1", 1, "slug: a1")
    errors = [d for d in run(site).diagnostics if d.code == "collision"]
    assert errors and "b1.md" in errors[0].path and "a1.md" in errors[0].message


def test_command_exits_with_one_and_shows_the_place(site: Path) -> None:
    (site / "content/world/bad.md").write_text("---\ntitle: x\n---\n")
    result = CliRunner().invoke(cli, ["build", "-s", str(site)])
    assert result.exit_code == 1
    assert "content/world/bad.md" in result.output
