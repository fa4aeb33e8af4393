"""The editions of a site as commands see them, and closing them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.engine.editions import SiteEditions, close_edition, read_editions, to_close

NOW = "2026-11-11T12:00:00+00:00"
SITE = "title: T\nbase_url: https://t.example/\ntimezone: UTC\n"
SERIES = "editions: [{kind: weekly}, {name: Daily, kind: daily}]\n"


def given(root: Path, settings: str = SERIES) -> SiteEditions:
    (root / "site.yaml").write_text(SITE + settings)
    for day in ("2026-11-03", "2026-11-05", "2026-11-11"):
        path = root / f"content/world/{day}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: Of {day}\ndate: {day}\nauthors: [Ann Ames]\n---\n\nText.\n")
    return read_editions(root, NOW)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("", ["2026-w45", "daily/2026-11-03", "daily/2026-11-05"]),
        ("daily", ["daily/2026-11-03", "daily/2026-11-05"]),
        ("2026-W46", ["2026-w45", "2026-w46"]),
        ("daily/2026-11-03", ["daily/2026-11-03"]),
    ],
)
def test_what_is_closed_together(tmp_path: Path, name: str, keys: list[str]) -> None:
    assert [edition.key for edition in to_close(given(tmp_path), name)] == keys


def test_an_edition_is_closed_once(tmp_path: Path) -> None:
    site = given(tmp_path)
    first = to_close(site, "daily")[0]
    assert close_edition(tmp_path, first, site, dry_run=True) in close_edition(
        tmp_path, first, site
    )
    with pytest.raises(SitegenError, match="already exists"):
        close_edition(tmp_path, first, site)
    again = read_editions(tmp_path, NOW)
    assert [e.key for e in again.editions if e.published] == ["daily/2026-11-03"]
    with pytest.raises(SitegenError, match="is already closed"):
        to_close(again, "daily/2026-11-03")
    with pytest.raises(SitegenError, match="does not exist"):
        to_close(again, "daily/2026-11-04")


def test_closing_keeps_what_an_editor_wrote_into_the_file(tmp_path: Path) -> None:
    site = given(tmp_path)
    path = tmp_path / "content/editions/2026-w45.yaml"
    path.parent.mkdir()
    path.write_text(
        "# Ours.\nintro: Hello  # to all\narticles:\n"
        "- {article: content/world/2026-11-05.md, comment: Read it}\n"
    )
    site = read_editions(tmp_path, NOW)
    close_edition(tmp_path, to_close(site)[0], site)
    assert path.read_text() == (
        '# Ours.\nnumber: 1\ntitle: "2 November 2026 – 8 November 2026"\n'
        "published: 2026-11-11T12:00:00+00:00\nintro: Hello  # to all\n"
        'lead: "content/world/2026-11-05.md"\narticles:\n'
        "- {article: content/world/2026-11-05.md, comment: Read it}\n"
        '- "content/world/2026-11-03.md"  # Of 2026-11-03\n'
    )


def test_a_site_without_editions(tmp_path: Path) -> None:
    with pytest.raises(SitegenError, match="has no editions"):
        given(tmp_path, "")
