"""Names that make one address only where case is folded: both are published, and one is
reported."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from tests.conftest import SITE, Digest

PAIRS = [
    ("Straße", "Strasse"),
    ("STRASSE", "straße"),
    ("Οδός", "ΟΔΌΣ"),
    ("ﬁlm", "film"),
    ("ſea", "sea"),
    ("ǰ", "ǰ"),
    ("ΐ", "ΐ"),
]


@pytest.mark.parametrize("key", ["tags", "authors", "source"])
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_both_names_have_a_list(digest: Digest, key: str, one: str, other: str) -> None:
    for name, day, value in (("a", 20, one), ("b", 21, other)):
        text = f"[{value}]" if key != "source" else value
        authors = "" if key == "authors" else "authors: [Ann Ames]\n"
        head = f"title: {name}\ndate: 2026-11-{day}\n{authors}{key}: {text}\n"
        digest.write(f"content/world/{name}.md", f"---\n{head}---\n\nText.\n")
    done = digest.build()
    folder = {"tags": "tag", "authors": "author", "source": "source"}[key]
    pages = [
        name
        for name in digest.tree()
        if re.fullmatch(f"{folder}/[^/]+/index.html", name) and "ann-ames" not in name
    ]
    assert 1 <= len(pages) <= 2
    if len(pages) == 2:
        assert "note[term]" in done.stderr
        assert "content/world/b.md" in done.stderr
    assert len({page.casefold() for page in pages}) == len(pages)
    for name, day in (("a", 20), ("b", 21)):
        links = re.findall(
            rf'href="/({folder}/[^"]+)"', digest.page(f"world/2026/11/{day}/{name}/index.html")
        )
        assert all(
            (digest.root / "output" / unquote(link) / "index.html").is_file() for link in links
        )


def test_the_term_of_the_oldest_article_keeps_its_url(digest: Digest) -> None:
    digest.article("a", date="2026-11-20", more="tags: [Straße]")
    digest.build()
    assert "tag/straße/index.html" in digest.tree()
    digest.article("b", date="2026-11-21", more="tags: [Strasse]")
    digest.build()
    names = sorted(
        name for name in digest.tree() if name.startswith("tag/") and name.endswith("index.html")
    )
    assert "tag/straße/index.html" in names
    assert any(re.fullmatch("tag/strasse-[0-9a-f]{6}/index.html", name) for name in names)


@pytest.mark.parametrize(("one", "other"), [("straße", "strasse"), ("ſea", "sea"), ("ﬁlm", "film")])
def test_sections_of_one_folder_are_merged_and_reported(
    digest: Digest, one: str, other: str
) -> None:
    for section, name, day in ((one, "a", 20), (other, "b", 21)):
        head = f"title: Story {name}\ndate: 2026-11-{day}\nauthors: [Ann Ames]\n"
        digest.write(f"content/{section}/{name}.md", f"---\n{head}---\n\nText {name}.\n")
    done = digest.build()
    assert f"warning[section]: the section `{other}` is merged into `{one}`" in done.stderr
    assert f"content/{other}/b.md" in done.stderr
    page = digest.page(f"{one}/index.html")
    assert "Story a" in page and "Story b" in page
    assert f"{other}/index.html" not in digest.tree()


def test_a_section_of_the_configuration_takes_the_articles_of_its_folder(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "sections: {strasse: {title: On the road}}\n")
    head = "title: Story\ndate: 2026-11-20\nauthors: [Ann Ames]\n"
    digest.write("content/straße/a.md", f"---\n{head}---\n\nText.\n")
    assert "the section `straße` is merged into `strasse`" in digest.build().stderr
    assert "On the road" in digest.page("strasse/2026/11/20/a/index.html")
