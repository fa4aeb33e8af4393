"""`--fix` fixes what has one safe fix, changes its line only, and leaves the rest."""

from __future__ import annotations

import pytest

from sitegen.check.fix import apply_fix
from sitegen.check.model import Fix
from sitegen.config.load import load_config
from tests.conftest import NOW, SITE, Digest

CONFIG = load_config("title: T\nbase_url: https://t.example/\ntimezone: UTC\n")


@pytest.fixture
def broken(digest: Digest) -> Digest:
    """A site with an alias, an old address, a missing slash and a link to a file."""
    site = (digest.root / "site.yaml").read_text()
    digest.write("site.yaml", site + 'authors:\n  jane: {name: "Jane Doe", aliases: [J. Doe]}\n')
    digest.article(
        "b", title="B", body="A text of its own here.", more="url: /b/\naliases: [/old/b/]"
    )
    head = "title: 'J. Doe is here'\r\ndate: 2026-11-02\r\nauthors: [J. Doe, \"Ann Ames\"]\r\n"
    body = (
        "By J. Doe: [one](/old/b/) and [two](/b) and [three](b.md#x) and\r\n<a href='/b'>four</a>,"
        " `/b`, [gone](/gone/).  \r\n"
    )
    digest.write("content/world/a.md", f"---\r\n{head}---\r\n\r\n{body}")
    return digest


def test_a_dry_run_shows_the_changes_and_makes_none(broken: Digest) -> None:
    before = (broken.root / "content/world/a.md").read_bytes()
    done = broken.run("check", "--now", NOW, "--fix", "--dry-run", expect=1)
    assert '+authors: [Jane Doe, "Ann Ames"]' in done.stdout
    assert "would fix 4 problems" in done.stdout
    assert (broken.root / "content/world/a.md").read_bytes() == before


def test_only_the_lines_concerned_change(broken: Digest) -> None:
    done = broken.run("check", "--now", NOW, "--fix", expect=1)
    text = (broken.root / "content/world/a.md").read_bytes().decode()
    assert text.split("\r\n") == [
        "---",
        "title: 'J. Doe is here'",
        "date: 2026-11-02",
        'authors: [Jane Doe, "Ann Ames"]',
        "---",
        "",
        "By J. Doe: [one](/b/) and [two](/b/) and [three](/b/#x) and",
        "<a href='/b/'>four</a>, `/b`, [gone](/gone/).  ",
        "",
    ]
    assert "fixed 4 problems" in done.stdout
    assert "link-moved" not in done.stdout
    assert "`/gone/` leads nowhere" in done.stderr
    again = broken.run("check", "--now", NOW, "--fix", expect=1)
    assert "fixed 0 problems" in again.stdout


@pytest.mark.parametrize(
    ("head", "after"),
    [
        ("authors: J. Doe", "authors: Jane Doe"),
        ("author: 'J. Doe'", 'author: "Jane Doe"'),
        (
            "authors:\n- name: J. Doe\n  role: text\n- J. Doering",
            "authors:\n- name: Jane Doe\n  role: text\n- J. Doering",
        ),
    ],
)
def test_ways_to_write_authors(head: str, after: str) -> None:
    text = "---\ntitle: J. Doe\n{}\ndate: 2026-11-24\n---\n\nJ. Doe\n"
    done = apply_fix(
        text.format(head).encode(), Fix("author", "a.md", "J. Doe", "Jane Doe"), CONFIG
    )
    assert done.decode() == text.format(after)


def test_an_alias_next_to_the_name_is_reported_and_left(digest: Digest) -> None:
    digest.write("site.yaml", SITE + 'authors:\n  jane: {name: "Jane Doe", aliases: [J. Doe]}\n')
    path = digest.write(
        "content/world/a.md",
        "---\ntitle: A\ndate: 2026-11-01\nauthors: [J. Doe, Jane Doe]\n---\n\nText of its own.\n",
    )
    before = path.read_text()
    done = digest.run("check", "--now", NOW, "--fix")
    assert "`J. Doe` is an alias of `Jane Doe`, who would be listed twice" in done.stderr
    assert path.read_text() == before


def test_what_would_change_more_is_left() -> None:
    text = b"---\ntitle: T\ndate: 2026-11-24\nauthors: [A]\n---\n\n[x](/b) and `(/b)`\n"
    assert apply_fix(text, Fix("link", "a.md", "/b", "/b/"), CONFIG) == text
    assert apply_fix(b"---\nbroken", Fix("link", "a.md", "/b", "/b/"), CONFIG) == b"---\nbroken"
