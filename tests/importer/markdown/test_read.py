"""An article in Markdown with the head of another generator."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.importer.markdown.generators import Blog
from sitegen.importer.markdown.read import read_markdown
from sitegen.importer.model import Imported, Skipped
from sitegen.model.article import Person

HUGO = Blog("hugo", "s", folder="content", languages=("en", "de"), zone="UTC")
JEKYLL = Blog("jekyll", "s")


def read(head: str, body: str = "Text.", name: str = "a.md", blog: Blog | None = None) -> Any:
    """What a file with a YAML head gives."""
    return read_markdown(f"---\n{head}\n---\n{body}\n".encode(), name, blog, zone="UTC")


def article(head: str = "title: A", *more: Any, **values: Any) -> Imported:
    found = read(head, *more, **values)
    assert isinstance(found, Imported)
    return found


@pytest.mark.parametrize(
    ("head", "name", "blog", "date"),
    [
        ("title: A\ndate: 2026-11-02", "a.md", None, "2026-11-02"),
        ("title: A\npubDate: 2026-11-02", "a.md", None, "2026-11-02"),
        ("title: A", "2026-11-02-a.md", None, "2026-11-02"),
        ("title: A", "2026/11/02/a.md", None, "2026-11-02"),
        ("title: A\npermalink: /2026/11/2/a/", "a.md", None, "2026-11-02"),
        ("title: A\nlastmod: 2026-11-02", "content/posts/a.md", HUGO, "2026-11-02"),
        ("title: A\ndate: git Created", "a.md", None, ""),
        ("title: A\ndate: soon", "a.md", None, ""),
    ],
)
def test_the_date(head: str, name: str, blog: Blog | None, date: str) -> None:
    found = article(head, name=name, blog=blog)
    assert found.date[:10] == date
    assert bool(found.doubts) is ("soon" in head)


@pytest.mark.parametrize(
    ("head", "folder", "status"),
    [
        ("draft: true", "", "draft"),
        ("published: false", "", "draft"),
        ("title: A", "_drafts/", "draft"),
        ("status: private", "", "withheld"),
        ("status: withdrawn", "", "withdrawn"),
        ("status: published", "", ""),
    ],
)
def test_the_status(head: str, folder: str, status: str) -> None:
    assert article(f"title: A\ndate: 2026-11-02\n{head}", name=f"{folder}a.md").status == status


def test_what_is_not_an_article_is_reported() -> None:
    assert isinstance(read("title: A\nstatus: skip"), Skipped)


@pytest.mark.parametrize(
    ("head", "name", "blog", "path"),
    [
        ("layout: page", "about.md", None, "about"),
        ("type: page", "about.md", None, "about"),
        ("title: A", "content/about.md", HUGO, "about"),
        ("title: A", "content/about/index.md", HUGO, "about"),
        ("title: A", "about/team.md", JEKYLL, "about/team"),
        ("title: A", "content/pages/about.md", Blog("pelican", "s", folder="content"), "about"),
        ("title: A", "stories/about.md", Blog("nikola", "s"), "about"),
        ("title: A\nslug: us", "pages/about.md", Blog("nikola", "s"), "us"),
        ("title: A\nlayout: page\ndate: 2026-11-02", "a.md", None, ""),
        ("title: A\ndate: 2026-11-02", "content/a.md", HUGO, ""),
    ],
)
def test_a_page_of_the_site(head: str, name: str, blog: Blog | None, path: str) -> None:
    found = article(head, name=name, blog=blog)
    assert found.kind == ("page" if path else "article")
    assert found.slug == (path or "a")


@pytest.mark.parametrize(
    ("head", "people"),
    [
        ("author: Ann Ames", [Person("Ann Ames")]),
        ("authors: [Ann Ames, Bo Beck]", [Person("Ann Ames"), Person("Bo Beck")]),
        ("author: Ames, Ann; Beck, Bo", [Person("Ann Ames"), Person("Bo Beck")]),
        ("author: ann", [Person("Ann Ames")]),
        (
            "authors: [{name: Ann Ames, role: text, url: 'https://a.example/'}]",
            [Person("Ann Ames", "text", "https://a.example/")],
        ),
        ("extra: {author: ann}", [Person("Ann Ames")]),
        ("params: {authors: [Ann Ames, Bo Beck]}", [Person("Ann Ames"), Person("Bo Beck")]),
        ("author: Bo Beck\nextra: {author: ann}", [Person("Bo Beck")]),
        ("title: A", [Person("The Desk")]),
    ],
)
def test_authors(head: str, people: list[Person]) -> None:
    blog = Blog("jekyll", "s", author="The Desk", authors={"ann": "Ann Ames"})
    assert list(article(f"title: A\n{head}", blog=blog).authors) == people


@pytest.mark.parametrize(
    ("head", "name", "blog", "section", "tags"),
    [
        ("section: World", "a.md", None, "World", ()),
        ("categories: [Ports, Town]\ntags: [ferry]", "a.md", None, "Ports", ("Town", "ferry")),
        ("categories: ports town", "_posts/a.md", JEKYLL, "ports", ("town",)),
        ("tags: ferry, harbour", "a.md", None, "", ("ferry", "harbour")),
        ("title: A", "world/a.md", None, "world", ()),
        ("title: A", "posts/a.md", None, "", ()),
        ("categories: [Ports]", "content/world/a.md", HUGO, "world", ("Ports",)),
        ("title: A", "content/de/world/a.md", HUGO, "world", ()),
    ],
)
def test_the_section_and_the_tags(
    head: str, name: str, blog: Blog | None, section: str, tags: tuple[str, ...]
) -> None:
    found = article(f"title: A\ndate: 2026-11-02\n{head}", name=name, blog=blog)
    assert (found.section, found.tags) == (section, tags)


@pytest.mark.parametrize(
    ("name", "blog", "lang"),
    [
        ("a.de.md", HUGO, "de"),
        ("content/de/posts/a.md", HUGO, "de"),
        ("content/posts/a.md", HUGO, ""),
        ("a.pt-BR.md", None, "pt-BR"),
    ],
)
def test_the_language(name: str, blog: Blog | None, lang: str) -> None:
    assert article("title: A\ndate: 2026-11-02", name=name, blog=blog).lang == lang


@pytest.mark.parametrize(
    ("head", "body", "title", "rest"),
    [
        ("title: A", "Text.", "A", "Text.\n"),
        ("dek: x", "# The *ferry*\n\nText.", "The ferry", "Text.\n"),
        ("title: The ferry", "# The ferry\n\nText.", "The ferry", "Text.\n"),
        ("title: A", "# Other\n\nText.", "A", "# Other\n\nText.\n"),
        ("title: yes", "Text.", "yes", "Text.\n"),
    ],
)
def test_the_title(head: str, body: str, title: str, rest: str) -> None:
    found = article(head, body)
    assert (found.title, found.body) == (title, rest)


def test_a_canonical_url_an_image_and_aliases() -> None:
    head = (
        "title: A\ncanonical: https://post.example/a\nimage: {path: /a.jpg, alt: Fog}\n"
        "aliases: [/old/, 'https://x.example/']\nurl: /fixed/index.html\nslug: ferry"
    )
    found = article(head)
    assert found.canonical == found.source.url == "https://post.example/a"
    assert found.image
    assert (found.image.src, found.image.alt) == ("/a.jpg", "Fog")
    assert (found.aliases, found.slug) == (("/old/", "/fixed/"), "ferry")


@pytest.mark.parametrize(
    ("head", "lead"),
    [("lead: true", True), ("lead: no", False), ("status: featured", True), ("dek: x", False)],
)
def test_the_lead_of_a_section(head: str, lead: bool) -> None:
    assert article(f"title: A\n{head}").lead is lead


def test_other_keys_are_kept_below_extra() -> None:
    found = article("title: A\ncolour: red\nlayout: post\nextra: {size: 3}")
    assert found.extra == {"size": 3, "colour": "red"}


def test_rights_that_cannot_be_read_allow_a_link_only() -> None:
    assert article("title: A\nrights: exerpt").rights.show == "link"
    assert article("title: A\nrights: excerpt").rights.show == "excerpt"


def test_a_broken_head_is_reported() -> None:
    found = article("title: A: b")
    assert found.title == "A: b"
    assert "the head is broken" in found.doubts[0]


def test_code_of_templates_becomes_markdown_and_what_is_left_is_reported() -> None:
    found = article("title: A", "A\n<!--more-->\n{% vimeo 123 %} {% include x.html %}")
    assert found.body == "A\n<https://vimeo.com/123> {% include x.html %}\n"
    assert found.doubts == ("template code is left as text: include",)


def test_the_folder_of_static_files_is_no_part_of_an_address() -> None:
    assert article("title: A", "![a]({static}/a.jpg)").body == "![a](/a.jpg)\n"


@pytest.mark.parametrize(
    ("line", "kept", "note"),
    [
        ("lang: klingon language", "lang", "`lang` is no language tag"),
        ("locale: '?'", "locale", "`locale` is no language tag"),
        ("weight: heavy", "weight", "`weight` is no whole number"),
        ("order: 1.5", "order", "`order` is no whole number"),
        ("featured: perhaps", "featured", "`featured` is neither true nor false"),
        ("section: [a, b]", "section", "`section` is not the name of a section"),
        ("slug: a/b", "slug", "`slug` is a path and no slug"),
        ("canonical: not there", "canonical", "`canonical` is no address on the web"),
        (
            "corrections: [{text: no date}]",
            "corrections",
            "`corrections` has entries without a date or a text",
        ),
    ],
)
def test_what_cannot_be_read_is_kept_and_reported(line: str, kept: str, note: str) -> None:
    found = article(f"title: A\n{line}")
    assert kept in found.extra
    assert found.notes == (f"{note}: it is kept below `extra`",)


@pytest.mark.parametrize(
    "line", ["lang: pt-BR", "weight: -3", "sticky: 100", "slug: fog", "path: /a/b/", "lead: false"]
)
def test_what_can_be_read_is_not_reported(line: str) -> None:
    found = article(f"title: A\n{line}")
    assert (found.notes, found.extra) == ((), {})


def test_many_entries_are_kept() -> None:
    names = ", ".join(f"Ida E{chr(97 + number)}k" for number in range(26))
    tags = ", ".join(f"tag {number}" for number in range(120))
    found = article(f"title: {'Fog ' * 200}\nauthors: [{names}]\ntags: [{tags}]")
    assert len(found.authors) == 26
    assert len(found.tags) == 120
    assert len(found.title) == 799


def test_rights_that_cannot_be_read_are_reported() -> None:
    found = article("title: A\nrights: {show: everything}")
    assert found.notes == ("`rights.show` is `everything`: only a link is shown",)


def test_a_headline_that_a_comment_ends_is_noted() -> None:
    found = article("title: Fire at quay #3 put out")
    assert found.notes == (
        "line 2: `title` ends before ` #`: YAML takes the rest of the line for a comment",
    )


@pytest.mark.parametrize(
    ("head", "is_article"),
    [
        ("headless: true", False),
        ("build: {render: never}", False),
        ("_build: {render: false, list: false}", False),
        ("build: {list: never}", True),
        ("headless: false", True),
    ],
)
def test_what_hugo_makes_no_page_of_is_no_article(head: str, is_article: bool) -> None:
    assert isinstance(read(f"title: A\n{head}", blog=HUGO), Imported) is is_article


def test_a_date_of_publication_is_said_once() -> None:
    found = article("title: A\npubDate: Nov 26 2026")
    assert (found.date, found.publish_at) == ("2026-11-26", "")
    later = article("title: A\ndate: 2026-11-26\npublishDate: 2026-11-28")
    assert later.publish_at == "2026-11-28"
