"""Authors with files of their own, and people in a line of front matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.config.schema import AuthorConfig
from sitegen.content.authors import each_once, people_in, remote_photos, with_people
from sitegen.model.article import Person
from tests.samples import config


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Ames", ["Ann Ames"]),
        ("Ann Ames and Ben Bo", ["Ann Ames", "Ben Bo"]),
        ("Ann Ames with Ben Bo", ["Ann Ames", "Ben Bo"]),
        ("Ann Ames mit Ben Bo", ["Ann Ames", "Ben Bo"]),
        ("Ann Ames, Ben Bo", ["Ann Ames", "Ben Bo"]),
        ("Ames, Ann", ["Ann Ames"]),
        ("Ann Ames, Jr.", ["Ann Ames, Jr."]),
        ("Procter and Gamble Co", ["Procter and Gamble Co"]),
        ("Ministry of Food, Drink and Tobacco", ["Ministry of Food, Drink and Tobacco"]),
        ("", []),
        ("x" * 500, ["x" * 500]),
    ],
)
def test_people_in_a_line(line: str, names: list[str]) -> None:
    assert [p.name for p in people_in(line)] == names


def test_of_two_with_one_name_the_first_stays_with_what_both_say() -> None:
    people = [Person("A", "text"), Person("B"), Person("A", "photo", "/a/", "Salm")]
    assert each_once(people) == (Person("A", "text, photo", "/a/", "Salm"), Person("B"))


def write(root: Path, name: str, text: str) -> Path:
    path = root / "content/authors" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return root


def test_a_file_takes_precedence_over_site_yaml(tmp_path: Path) -> None:
    settings = config(authors={"ann": AuthorConfig("Ann", bio="Old."), "ben": AuthorConfig("Ben")})
    write(tmp_path, "ann.md", "---\nname: Ann Ames\nphoto: ann.jpg\n---\n\nWrites.\n")
    write(tmp_path, "_draft.md", "broken")
    authors = with_people(tmp_path, settings).authors
    assert authors["ann"] == AuthorConfig("Ann Ames", bio="Writes.", photo="/authors/ann.jpg")
    assert authors["ben"] == AuthorConfig("Ben")


def test_without_files_the_settings_stay(tmp_path: Path) -> None:
    settings = config()
    assert with_people(tmp_path, settings) is settings


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("---\nnaem: Ann\n---\n", "author"),
        ("---\nbio: No name\n---\n", "author"),
        ("---\nname: Ann\nurl: 'javascript:x'\n---\n", "unsafe-url"),
        ("---\nname: Ann\nurl: https://ann:secret@t.example/\n---\n", "secret"),
    ],
)
def test_a_problem_in_an_authors_file(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(SitegenError) as caught:
        with_people(write(tmp_path, "ann.md", text), config())
    found = caught.value.diagnostics[0]
    assert (found.code, found.path) == (code, "content/authors/ann.md")


def test_a_photo_of_another_host_is_reported() -> None:
    photos = {"ann": "https://other.example/a.jpg", "ben": "/authors/ben.jpg", "cy": ""}
    authors = {key: AuthorConfig(key, photo=photo) for key, photo in photos.items()}
    found = list(remote_photos(config(authors=authors)))
    assert [(d.code, d.level) for d in found] == [("third-party", "warning")]
    assert "content/authors/ann.jpg" in (found[0].help or "")
