"""Authors from site.yaml and from files of their own: their page, their articles, and what machines
read."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from sitegen.content.authors import people_in
from tests.conftest import SITE, Digest

FILE = """---
name: Ann Ames
aliases: [A. Ames]
photo: ann.jpg
url: https://ann.example/
links: ["https://social.example/@ann"]
---
Writes about *tides*. <script>alert(1)</script>
"""


def data_of(page: str) -> list[dict[str, Any]]:
    """What the page tells machines."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [one for text in found for one in json.loads(text).get("@graph", [json.loads(text)])]


def written(digest: Digest) -> None:
    digest.write("content/authors/ann-ames.md", FILE)
    digest.write("content/authors/ann.jpg", b"\xff\xd8 ann")
    digest.write("content/authors/bo.jpg", b"\xff\xd8 bo")
    digest.write("content/authors/bo.md", "---\nname: Bo Berg\nphoto: bo.jpg\n---\n")
    digest.article("a")
    digest.write(
        "content/world/b.md", "---\ntitle: B\ndate: 2026-11-02\nauthors: [A. Ames]\n---\n\nText.\n"
    )


def test_an_author_with_a_file_has_bio_photo_and_links(digest: Digest) -> None:
    written(digest)
    digest.build()
    page = digest.page("author/ann-ames/index.html")
    assert "Writes about <em>tides</em>." in page
    assert "alert(1)" not in page
    assert 'src="/authors/ann.jpg"' in page
    assert 'rel="me external" href="https://social.example/@ann"' in page
    assert page.count("<article") == 2, "also the one by an alias"
    [profile] = [x["mainEntity"] for x in data_of(page) if x["@type"] == "ProfilePage"]
    assert profile["sameAs"] == ["https://ann.example/", "https://social.example/@ann"]
    assert profile["image"] == "https://t.example/authors/ann.jpg"
    article = next(
        x
        for x in data_of(digest.page("world/2026/11/02/b/index.html"))
        if x["@type"] == "NewsArticle"
    )
    assert article["author"][0]["name"] == "Ann Ames"
    assert article["author"][0]["sameAs"] == ["https://ann.example/", "https://social.example/@ann"]


def test_an_author_who_is_named_twice_is_listed_once(digest: Digest) -> None:
    written(digest)
    digest.write(
        "content/world/c.md",
        "---\ntitle: C\ndate: 2026-11-03\nauthors: [Ann Ames, Bo Berg, A. Ames]\n---\n\nText.\n",
    )
    digest.build()
    article = next(
        x
        for x in data_of(digest.page("world/2026/11/03/c/index.html"))
        if x["@type"] == "NewsArticle"
    )
    assert [person["name"] for person in article["author"]] == ["Ann Ames", "Bo Berg"]


def test_only_photos_of_authors_with_published_articles_leave_the_build(digest: Digest) -> None:
    written(digest)
    digest.build()
    tree = digest.tree()
    assert "authors/ann.jpg" in tree
    assert "authors/bo.jpg" not in tree
    assert not any("bo" in name.split("/") for name in tree)


def test_a_file_goes_before_site_yaml_and_another_bio_makes_the_page_of_its_author(
    digest: Digest,
) -> None:
    written(digest)
    digest.write(
        "site.yaml",
        SITE + "authors:\n  ann-ames: {name: Ann Ames, bio: Old, url: https://old.example/}\n",
    )
    digest.write("content/authors/ann-ames.md", "---\nname: Ann Ames\n---\nNew words.\n")
    digest.build()
    page = digest.page("author/ann-ames/index.html")
    assert "New words." in page
    assert "old.example" in page
    before = digest.tree()
    digest.write("content/authors/ann-ames.md", "---\nname: Ann Ames\n---\nNewer words.\n")
    digest.build()
    changed = [n for n, data in digest.tree().items() if before.get(n) != data]
    assert changed == ["author/ann-ames/index.html"]


def test_the_check_knows_authors_with_files(digest: Digest) -> None:
    written(digest)
    digest.write(
        "content/world/c.md",
        "---\ntitle: C\ndate: 2026-11-02\nauthors: [Ann Amess]\n---\n\nText.\n",
    )
    said = digest.run("check", "--now", "2026-11-24T12:00:00+00:00", expect=None)
    assert "`Ann Amess` is not among `authors`" in said.stderr + said.stdout
    assert "did you mean `Ann Ames`?" in said.stderr + said.stdout
    assert "`Ann Ames` is not among" not in said.stderr + said.stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("---\nnmae: X\n---\n", "did you mean `name`?"),
        ("---\naliases: [x]\n---\n", "name"),
        ("---\nname: X\nurl: 'javascript:x'\n---\n", "unsafe URL"),
        ("no front matter", "has no front matter"),
    ],
)
def test_errors_in_an_author_s_file_are_reported(digest: Digest, text: str, told: str) -> None:
    digest.article("a")
    digest.write("content/authors/x.md", text)
    error = digest.build(expect=2).stderr
    assert "content/authors/x.md" in error
    assert told in error


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Edda Marsh, Noor Halden", ["Edda Marsh", "Noor Halden"]),
        ("Edda Marsh and Noor Halden", ["Edda Marsh", "Noor Halden"]),
        ("Edda Marsh, Noor Halden & Li Wei", ["Edda Marsh", "Noor Halden", "Li Wei"]),
        ("A. Lee und B. Roe", ["A. Lee", "B. Roe"]),
        ("María López y José Pérez", ["María López", "José Pérez"]),
        ("Jan de Vries en Piet Bos", ["Jan de Vries", "Piet Bos"]),
        ("Ноа Иванов и Пётр Сидоров", ["Ноа Иванов", "Пётр Сидоров"]),
        ("山田太郎、鈴木花子", ["山田太郎", "鈴木花子"]),
        ("Ann Lee, Reuters and AP", ["Ann Lee", "Reuters", "AP"]),
        ("Smith, Jane", ["Jane Smith"]),
        ("Smith, J. R.", ["J. R. Smith"]),
        ("Doe, John; Roe, Jane", ["John Doe", "Jane Roe"]),
        ("Jane Roe, Jr.", ["Jane Roe, Jr."]),
        ("Martin King, Jr., Ann Lee", ["Martin King, Jr.", "Ann Lee"]),
        ("Simon & Schuster", ["Simon & Schuster"]),
        ("Smith, Jones & Co.", ["Smith, Jones & Co."]),
        ("Tideway News, Inc.", ["Tideway News, Inc."]),
        ("Ministry of Health and Care", ["Ministry of Health and Care"]),
        ("Department of Energy, Office of Science", ["Department of Energy, Office of Science"]),
        ("Jane Roe, Berlin", ["Jane Roe, Berlin"]),
        ("EDDA MARSH", ["EDDA MARSH"]),
        ("jo", ["jo"]),
        ("", []),
    ],
)
def test_the_people_of_one_line(line: str, names: list[str]) -> None:
    assert [p.name for p in people_in(line)] == names


def test_a_line_of_authors_gives_each_a_page(digest: Digest) -> None:
    for name, line in (
        ("a", 'author: "Edda Marsh, Noor Halden"'),
        ("b", "authors: Edda Marsh and Li Wei"),
    ):
        digest.write(
            f"content/world/{name}.md", f"---\ntitle: {name}\ndate: 2026-11-02\n{line}\n---\n\nx\n"
        )
    digest.write(
        "content/world/c.md",
        '---\ntitle: c\ndate: 2026-11-02\nauthors: [{name: "Marsh and Halden"}]\n---\n\nx\n',
    )
    digest.build()
    pages = {name.split("/")[1] for name in digest.tree() if name.startswith("author/")}
    assert pages == {"edda-marsh", "noor-halden", "li-wei", "marsh-and-halden"}
