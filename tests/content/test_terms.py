"""Files about terms: content/terms/TAXONOMY/TERM.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.config.schema import Config, TaxonomyConfig, TermConfig
from sitegen.content.terms import with_terms
from tests.samples import config


def read(root: Path, files: dict[str, str], **own: TaxonomyConfig) -> Config:
    for name, text in files.items():
        path = root / "content/terms" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return with_terms(root, config(taxonomies=own))


def test_a_file_takes_precedence_over_the_settings(tmp_path: Path) -> None:
    said = TaxonomyConfig(terms={"europe/france": TermConfig("F", "D"), "asia": TermConfig("A")})
    files = {
        "places/europe/france.md": (
            "---\ntitle: France\nlinks: [https://f.example/]\n---\nA *land*.\n"
        ),
        "places/europe/_index.md": "---\nmedtop: '20000002'\n---\n",
        "places/notes.txt": "x",
    }
    assert read(tmp_path, files, places=said).taxonomies["places"].terms == {
        "asia": TermConfig("A"),
        "europe": TermConfig(medtop="20000002"),
        "europe/france": TermConfig(
            "France", "D", about="A *land*.", links=("https://f.example/",)
        ),
    }


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("places/a.md", "---\ntitel: A\n---\n", "unknown key `titel`"),
        ("places/a.md", "---\nlinks: {a: b}\n---\n", "`links` must be a list"),
        ("places/a.md", "no front matter", "has no front matter"),
        ("places/a.md", "---\nurl: 'javascript:x'\n---\n", "has an unsafe URL"),
        ("place/a.md", "---\ntitle: A\n---\n", "there is no taxonomy `place`"),
    ],
)
def test_what_is_wrong_in_a_file(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(SitegenError) as raised:
        read(tmp_path, {name: text}, places=TaxonomyConfig())
    assert message in raised.value.diagnostics[0].message


def test_a_taxonomy_cannot_be_called_like_another_key(tmp_path: Path) -> None:
    with pytest.raises(SitegenError, match="every article has a key `title`"):
        read(tmp_path, {}, title=TaxonomyConfig())


def test_a_site_without_taxonomies_reads_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, {"places/a.md": "x"}) == config()
