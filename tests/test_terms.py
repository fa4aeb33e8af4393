"""Terms that are written in several ways are one term with one name; pages of one title are told apart."""

from __future__ import annotations

import re

from conftest import SITE, Digest


def titles(digest: Digest) -> dict[str, str]:
    pages = {name: data.decode() for name, data in digest.tree().items() if name.endswith(".html")}
    return {name: m[1] for name, text in pages.items() if (m := re.search(r"<title>(.*?)</title>", text))}


def test_one_spelling_is_shown_everywhere_and_once(digest: Digest) -> None:
    digest.article("a", more="tags: [Harbour, AI, ai]\nsource: {name: Daily Post, url: 'https://p.example/a'}")
    digest.article("b", more="tags: [HARBOUR]\nsource: {name: DAILY POST, url: 'https://p.example/b'}")
    authors = "[ANN AMES, Ann Ames, {name: Ann Ames, role: photo}]"
    head = f"title: c\ndate: 2026-11-02\nauthors: {authors}\ntags: [harbour]"
    digest.write("content/world/c.md", f"---\n{head}\n---\n\nx\n")
    digest.build()
    for name, data in digest.tree().items():
        text = data.decode("utf-8", "replace")
        assert "HARBOUR" not in text, name
        assert "ANN AMES" not in text, name
        assert "DAILY POST" not in text, name
    page = digest.page("world/2026/11/01/a/index.html")
    assert page.count('rel="tag"') == 2
    assert digest.page("world/2026/11/02/c/index.html").count('rel="author"') == 1
    incremental = digest.tree()
    digest.run("clean")
    digest.build()
    assert digest.tree() == incremental


def test_a_name_of_site_yaml_is_found_in_any_case(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "authors: {ames: {name: Ann McAmes, aliases: [A. M.]}}\n")
    for name, author in (("a", "ANN MCAMES"), ("b", "Ann Mcames"), ("c", "a. m.")):
        digest.write(f"content/world/{name}.md", f"---\ntitle: {name}\ndate: 2026-11-02\nauthors: [{author}]\n---\n\nx\n")
    digest.build()
    assert digest.page("authors/index.html").count("Ann McAmes") == 1
    assert not any("MCAMES" in text or "Mcames" in text for text in titles(digest).values())


def test_pages_of_one_title_are_told_apart_in_the_language_of_the_site(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "language: de\n")
    digest.article("a", more="tags: [World, Ann Ames]\nsource: {name: Ann Ames, url: 'https://p.example/a'}")
    digest.build()
    found = titles(digest)
    assert found["world/index.html"] == "World – T"
    assert found["tag/world/index.html"] == "World (Thema) – T"
    assert found["author/ann-ames/index.html"] == "Ann Ames (Autor) – T"
    assert found["source/ann-ames/index.html"] == "Ann Ames (Quelle) – T"
    assert found["tag/ann-ames/index.html"] == "Ann Ames (Thema) – T"
    digest.article("a")
    digest.build()
    assert titles(digest)["author/ann-ames/index.html"] == "Ann Ames – T"
