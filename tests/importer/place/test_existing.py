"""The articles that a site has already."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from sitegen.importer.model import Imported
from sitegen.importer.place.existing import Holdings, identity
from sitegen.importer.place.frontmatter_writer import to_markdown
from sitegen.model.article import Person, Source

EELS = Imported(title="Eels are back", date="2026-11-20", authors=(Person("Ida Holm"),))


def holdings(root: Path) -> Holdings:
    return Holdings(root, "content", zone="UTC")


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"title": "EELS are  back!"}, True),
        ({"date": "2026-11-20T10:00:00Z"}, True),
        ({"dek": "At last"}, True),
        ({"title": "Eels are gone"}, False),
        ({"date": "2026-11-21"}, False),
        ({"authors": ()}, False),
        ({"guid": "1"}, False),
        ({"canonical": "https://tide.example/eels"}, False),
    ],
)
def test_what_makes_two_inputs_one_article(change: dict[str, object], same: bool) -> None:
    assert (identity(msgspec.structs.replace(EELS, **change)) == identity(EELS)) is same


def test_an_article_is_found_by_its_url(tmp_path: Path) -> None:
    place = tmp_path / "content/news"
    place.mkdir(parents=True)
    (place / "2026-11-20-eels.md").write_text(
        "---\ntitle: Eels\ncanonical: https://tide.example/eels/\n---\n\nText.\n"
    )
    found = msgspec.structs.replace(EELS, canonical="http://tide.example/eels")
    _, known = holdings(tmp_path).find(found)
    assert known is not None and known.path == "content/news/2026-11-20-eels.md"
    assert holdings(tmp_path).find(EELS)[1] is None


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("content/news/2026-11-20-eels.md", True),
        ("content/news/2026-11-20-weir.md", False),
        ("content/news/2026-11-21-eels.md", False),
    ],
)
def test_files_and_urls_that_are_taken(tmp_path: Path, path: str, taken: bool) -> None:
    known = holdings(tmp_path)
    known.add("content/news/2026-11-20-eels.md", "---\ntitle: Eels\n---\n\nText.\n")
    assert known.taken(path, path.rpartition("/")[2][:10]) is taken
    assert known.address(path, "2026-11-20").startswith("news/2026/11/20/")


@pytest.mark.parametrize(
    ("written", "path", "has"),
    [
        ('aliases: [/old/eels/, "/q a/"]', "/old/eels", True),
        ('aliases: ["/Old/Eels/"]', "/old/eels/", True),
        ("aliases:\n- /a/\n- '/caf%C3%A9/'", "/café/", True),
        ("aliases: [/a/]", "/a/b/", False),
        ("extra: [/a/]", "/a/", False),
    ],
)
def test_whose_alias_a_url_is(tmp_path: Path, written: str, path: str, has: bool) -> None:
    known = holdings(tmp_path)
    known.add("content/news/2026-11-20-eels.md", f"---\ntitle: Eels\n{written}\n---\n\nText.\n")
    assert bool(known.alias_of(path)) is has
    known.forget("content/news/2026-11-20-eels.md")
    assert known.alias_of(path) == ""


def test_a_new_article_does_not_get_the_old_url_of_another(tmp_path: Path) -> None:
    known = holdings(tmp_path)
    known.add("content/news/a.md", "---\ntitle: A\naliases: [/news/2026/11/20/eels/]\n---\n\nx\n")
    assert known.taken("content/news/2026-11-20-eels.md", "2026-11-20")


MOVED = Imported(
    title="Eels: they are back",
    date="2026-11-20T10:00:00+01:00",
    source=Source("Tide Post"),
    canonical="https://tide.example/new/eels",
    guid="tide-7",
)


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"title": "Eels are gone"}, False),
        ({"date": "2026-11-20T11:00:00+01:00"}, False),
        ({"source": Source("Quay Post")}, False),
        ({"canonical": "https://quay.example/eels"}, False),
        ({"guid": ""}, False),  # a page that somebody saved
    ],
)
def test_an_article_that_its_source_has_moved(
    tmp_path: Path, change: dict[str, object], same: bool
) -> None:
    place = tmp_path / "content/news"
    place.mkdir(parents=True)
    old = msgspec.structs.replace(MOVED, canonical="https://tide.example/eels", body="Text.")
    text = to_markdown(old, key=identity(old))
    (place / "2026-11-20-eels.md").write_text(text)
    key, known = holdings(tmp_path).find(msgspec.structs.replace(MOVED, **change))
    assert (known is not None) is same
    assert (key == identity(old)) is same
