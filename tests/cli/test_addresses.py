"""`addresses`: recording the URLs of a site."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Done

NOW = ("--now", "2026-11-24T12:00:00Z")


def test_urls_are_recorded_and_given_up(site: Path, sitegen: Callable[..., Done]) -> None:
    file = site / "addresses.tsv"
    dry = sitegen("addresses", "--dry-run", *NOW).stdout
    assert "+ /city/2026/11/03/pier/" in dry
    assert not file.exists()
    assert "of them new" in sitegen("addresses", *NOW).stdout
    assert ", 0 of them new" in sitegen("addresses", *NOW).stdout
    for article in (site / "content").rglob("*.md"):
        article.unlink()
        break
    sitegen("addresses", *NOW)
    before = file.read_text()
    assert "\tgone" not in before
    said = json.loads(sitegen("addresses", "--accept", "--json", *NOW).stdout)
    assert said["gone"]
    assert file.read_text().count("\tgone") == len(said["gone"])


def test_a_list_of_old_urls_without_any_is_an_error(
    site: Path, sitegen: Callable[..., Done]
) -> None:
    (site / "old.html").write_text("<p>Nothing here.</p>")
    done = sitegen("addresses", "--add", "old.html", *NOW)
    assert (done.status, "holds no URL" in done.stderr) == (1, True)
    assert not (site / "addresses.tsv").exists()


def test_a_broken_site_records_nothing(site: Path, sitegen: Callable[..., Done]) -> None:
    (site / "content/bad.md").write_text("---\ntitle: [\n---\n")
    assert sitegen("addresses", *NOW).status == 1
    assert not (site / "addresses.tsv").exists()


def test_a_site_in_several_languages_redirects_its_old_urls(
    site: Path, sitegen: Callable[..., Done]
) -> None:
    german = "---\ntitle: Der Kai\ndate: 2026-11-02\nauthors: [Ann]\nlang: de\n---\nWorte.\n"
    (site / "content/world").mkdir(parents=True, exist_ok=True)
    (site / "content/world/kai.md").write_text(german)
    imprint = "---\ntitle: Impressum\nkind: page\nlang: de\n---\nWorte.\n"
    (site / "content/impressum.md").write_text(imprint)
    sitegen("addresses", *NOW)
    with (site / "site.yaml").open("a") as file:
        file.write("languages: {de: {}}\ncheck: {address-lost: error}\n")
    assert sitegen("build", *NOW).status == 0
    for path in ("world/2026/11/02/kai", "impressum"):
        moved = (site / f"output/{path}/index.html").read_text()
        assert f'url=/de/{path}/"' in moved
        assert (site / f"output/de/{path}/index.html").is_file()
    assert sitegen("check", "--strict", *NOW).status == 0
    recorded = (site / "addresses.tsv").read_text()
    assert "\n/impressum/\t" in recorded
    assert sitegen("addresses", *NOW).status == 0
    assert "\n/de/impressum/\t" in (site / "addresses.tsv").read_text()
