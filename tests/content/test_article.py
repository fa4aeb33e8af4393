"""The bytes of an article become a document, or diagnostics with lines."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.config.schema import (
    LanguageConfig,
    SectionConfig,
    SourceConfig,
    StoriesConfig,
)
from sitegen.content.article import parse, with_traits
from sitegen.model.article import Comment, Document, Image, Parsed, Person
from tests.samples import config, document

HEAD = "title: Tide\ndate: 2026-11-02\nauthors: [Ann Ames]\n"
PATH = "content/world/tide.md"


def parsed(front: str = "", body: str = "Text.", path: str = PATH, **values: Any) -> Parsed:
    """An article with ``front`` besides title, date and author."""
    return parse(f"---\n{HEAD}{front}\n---\n\n{body}\n".encode(), path, config(**values))


def good(front: str = "", body: str = "Text.", path: str = PATH, **values: Any) -> Document:
    """The same, which is read without a diagnostic."""
    one = parsed(front, body, path, **values)
    assert one.diagnostics == ()
    assert one.document
    return one.document


@pytest.mark.parametrize(
    ("path", "front", "slug", "section"),
    [
        (PATH, "", "tide", "world"),
        ("content/tide.md", "", "tide", "news"),
        ("content/world/2026-11-02-tide.md", "", "tide", "world"),
        ("content/world/tide/index.md", "", "tide", "world"),
        (PATH, "slug: Ebb & Flow", "ebb-and-flow", "world"),
        (PATH, "section: Home News", "tide", "home-news"),
    ],
)
def test_the_place_of_an_article(path: str, front: str, slug: str, section: str) -> None:
    one = good(front, path=path)
    assert (one.slug, one.section) == (slug, section)


@pytest.mark.parametrize(
    ("front", "level", "message"),
    [
        ("updated: 2026-02-30", "error", "`updated`: impossible date `2026-02-30`"),
        ("status: publishd", "error", "`status` is `publishd`"),
        ("on_expiry: delete", "error", "`on_expiry` is `delete`"),
        ("weight: heavy", "error", "`weight` must be a whole number"),
        ("slug: ../../etc", "error", "`slug` leaves its place"),
        ("url: /../a/", "error", "`url` leaves the site"),
        ("url: '/a?b/'", "error", "`url` holds `?`"),
        ("canonical: 'javascript:x'", "error", "`canonical` holds an unsafe URL"),
        ("dek: [a]", "error", "`dek` must be text"),
        ("tags: {a: b}", "error", "`tags` must be a list"),
        ("credits: [{role: photo}]", "error", "an entry of `credits` has no `name`"),
        ("comment: {txt: a}", "error", "unknown key `txt` in `comment`"),
        ("comment: [a]", "error", "`comment` must be text, or a mapping of `text` and `by`"),
        ("comment: {text: [a]}", "error", "`comment` must be text, or a mapping"),
        ("permalink: source", "error", "`permalink: source`, but the article has no `source.url`"),
        ("corrections: [wrong]", "error", "a correction needs `date` and `text`"),
        ("corrections: [{date: 2026-13-01, text: a}]", "error", "impossible date: `2026-13-01`"),
        ("colour: red", "warning", "unknown field `colour`"),
        ("image: {src: a.jpg, colour: red}", "warning", "unknown key `colour` in `image`"),
        ("credits: [{name: A, colour: red}]", "warning", "unknown key `colour` in `credits`"),
        ("lang: english", "warning", "`lang: english` is not a language tag"),
        ("dek: Room #3", "warning", "`dek` ends before ` #`"),
        ("edition: Issue #3", "warning", "`edition` ends before ` #`"),
        ("image: https://other.example/a.jpg", "warning", "is an image of another host"),
        (f"tags: [{', '.join(f't{n}' for n in range(201))}]", "warning", "`tags` has 201 entries"),
    ],
)
def test_a_problem_names_its_line(front: str, level: str, message: str) -> None:
    one = parsed(front)
    (found,) = one.diagnostics
    assert (found.level, found.path, found.line) == (level, PATH, 5)
    assert message in found.message
    assert (one.document is None) == (level == "error")


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("date: 2026-11-02\nauthors: [A]", "`title` is missing"),
        ("title: T\nauthors: [A]", "`date` is missing"),
        ("title: T\ndate: 2026-11-02", "neither `authors` nor `source` is given"),
    ],
)
def test_what_an_article_must_have(front: str, message: str) -> None:
    one = parse(f"---\n{front}\n---\nText.\n".encode(), PATH, config())
    assert [d.message for d in one.diagnostics] == [message]
    assert one.document is None


def test_a_draft_needs_no_date_and_no_author() -> None:
    one = parse(b"---\ntitle: T\nstatus: draft\n---\nText.\n", PATH, config())
    assert one.diagnostics == ()
    assert one.document


@pytest.mark.parametrize(
    ("path", "date"),
    [("content/2026-11-02-tide.md", "2026-11-02"), ("content/2026-11-02-x/index.md", "2026-11-02")],
)
def test_a_date_in_the_name_of_the_file(path: str, date: str) -> None:
    one = parse(b"---\ntitle: T\nauthors: [A]\n---\nText.\n", path, config())
    assert one.document
    assert one.document.date == date


def test_an_impossible_date_in_the_name_of_the_file() -> None:
    data = b"---\ntitle: T\nauthors: [A]\n---\nText.\n"
    one = parse(data, "content/2026-02-30-tide.md", config())
    assert "impossible date: `2026-02-30`" in one.diagnostics[0].message


@pytest.mark.parametrize(
    ("front", "people"),
    [
        ("credits: [Ann Ames]", (Person("Ann Ames"),)),
        ("credits: ['Photo: Ann Ames']", (Person("Ann Ames", "photo"),)),
        ("credits: [{name: Ann Ames, org: Salm}]", (Person("Ann Ames", org="Salm"),)),
        ("credits: [{org: Salm}]", (Person("Salm"),)),
        ("credits: [null]", ()),
    ],
)
def test_credits(front: str, people: tuple[Person, ...]) -> None:
    assert good(front).credits == people


def test_a_url_with_a_key_is_published_without_it() -> None:
    one = parsed("canonical: https://ann:secret@post.example/a")
    assert [d.code for d in one.diagnostics] == ["secret"]
    assert one.document
    assert "secret" not in one.document.canonical


SOURCES = {
    "post": SourceConfig(
        "Tide Post", "https://post.example/", rights="excerpt", words=9, notice="By leave"
    )
}


@pytest.mark.parametrize(
    ("front", "name", "show"),
    [
        ("source: Tide Post", "Tide Post", "excerpt"),
        ("source: {name: tide post}", "tide post", "excerpt"),
        ("source: https://www.post.example/a", "Tide Post", "excerpt"),
        ("source: https://other.example/a", "", "full"),
        ("source: Tide Post\nrights: full", "Tide Post", "full"),
        ("canonical: https://post.example/a", "", "excerpt"),
    ],
)
def test_rights_are_those_of_the_source_unless_the_article_says_otherwise(
    front: str, name: str, show: str
) -> None:
    one = good(front, sources=SOURCES)
    assert (one.source.name, one.rights.show) == (name, show)


def test_the_summary_is_the_opening_without_headings() -> None:
    assert good(body="## Heading\n\nThe ferry is back.").summary == "The ferry is back."
    assert good("dek: A dek").summary == "A dek"
    assert good("dek: A dek\nsummary: A summary").summary == "A summary"


def test_a_summary_that_repeats_the_text_of_a_link_is_not_shown() -> None:
    body = "The ferry came back to the old harbour today. More."
    one = parsed("rights: link\nsummary: The ferry came back to the old harbour today.", body)
    assert [d.code for d in one.diagnostics] == ["rights"]
    assert one.document
    assert one.document.summarised is False
    assert good("rights: link\nsummary: The boat is in.", body).summarised is True


@pytest.mark.parametrize(
    ("front", "updated"),
    [
        ("updated: 2026-11-05", "2026-11-05"),
        ("corrections: [{date: 2026-11-06, text: a}]", "2026-11-06"),
        ("updated: 2026-11-07\ncorrections: [{date: 2026-11-06, text: a}]", "2026-11-07"),
        ("corrections: [{date: 2026-11-01, text: a}]", ""),
    ],
)
def test_a_correction_is_a_change(front: str, updated: str) -> None:
    assert good(front).updated == updated


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("a.jpg", "/world/a.jpg"),
        ("./img/a.jpg", "/world/img/a.jpg"),
        ("../a.jpg", "/a.jpg"),
        ("../../../a.jpg", "/a.jpg"),
        ("/a.jpg", "/a.jpg"),
    ],
)
def test_images_are_below_the_root_of_the_site(written: str, url: str) -> None:
    assert good(body=f"![alt]({written})").assets == (url,)
    assert good(f"image: {written}").image == Image(url)


def test_links_that_stay_in_the_site() -> None:
    body = "[a](/a/) [b](b.md) [c](https://t.example/c/) [d](https://other.example/) [e](#e)"
    assert good(body=body).links == ("/a/", "b.md", "https://t.example/c/")


def test_what_a_page_leaves_out_is_reported_at_its_line() -> None:
    one = parsed(body="Text.\n\n<blink>Old</blink>\n\n[^1]")
    assert [(d.code, d.level, d.line) for d in one.diagnostics] == [
        ("html", "warning", 10),
        ("footnote", "warning", 12),
    ]


@pytest.mark.parametrize(
    ("written", "template"), [("wide", "wide.html"), ("wide.html", "wide.html"), ("''", "")]
)
def test_the_template_of_an_article(written: str, template: str) -> None:
    assert good(f"template: {written}").template == template


def test_bytes_that_are_not_text_are_an_error() -> None:
    one = parse(b"---\ntitle: \xff\n---\n", PATH, config())
    assert one.document is None
    assert one.diagnostics[0].line == 2


def test_traits_are_kept_where_stories_are_found_by_them() -> None:
    one = document("tide", canonical="https://post.example/a")
    assert with_traits(one, "<p>Text.</p>", config()).originals == ("//post.example/a",)
    assert with_traits(one, "<p>Text.</p>", config(stories=StoriesConfig("key"))) == one


@pytest.mark.parametrize(
    ("front", "comment"),
    [
        ("comment: Read this", Comment("Read this")),
        ("comment: {text: Read this, by: Ruta Lind}", Comment("Read this", "Ruta Lind")),
        ("comment: |\n  One\n  and on.\n\n\n  Two.", Comment("One and on.\n\nTwo.")),
        ("comment: 1.10", Comment("1.10")),
        ("comment: ''", None),
        ("comment: {text: '', by: Ruta}", None),
        ("", None),
    ],
)
def test_the_comment_of_the_digest(front: str, comment: Comment | None) -> None:
    assert good(front).comment == comment


@pytest.mark.parametrize(
    ("front", "permalink", "url"),
    [
        ("source: {url: 'https://p.example/1'}\npermalink: source", "source", ""),
        ("permalink: own", "own", ""),
        ("permalink: /a/b/", "", "/a/b/"),
        ("", "", ""),
    ],
)
def test_where_a_headline_leads_to(front: str, permalink: str, url: str) -> None:
    one = good(front)
    assert (one.permalink, one.url) == (permalink, url)


@pytest.mark.parametrize(
    ("path", "front", "kind"),
    [
        ("content/pages/about.md", "", "page"),
        ("content/pages/about/team.md", "", "page"),
        ("content/pages/about.md", "kind: article\ndate: 2026-11-02\nauthors: [A]\n", "article"),
        ("content/world/guide.md", "kind: Page\n", "page"),
        ("content/world/tide.md", "date: 2026-11-02\nauthors: [A]\n", "article"),
        ("content/de/pages/about.md", "", "page"),
    ],
)
def test_pages_are_in_their_folder_or_say_so(path: str, front: str, kind: str) -> None:
    settings = config(languages={"de": LanguageConfig()})
    one = parse(f"---\ntitle: T\n{front}---\n".encode(), path, settings)
    assert one.diagnostics == ()
    assert one.document and one.document.kind == kind


def test_a_section_called_pages_holds_articles() -> None:
    settings = config(sections={"pages": SectionConfig()})
    one = parse(f"---\n{HEAD}---\n".encode(), "content/pages/a.md", settings)
    assert one.document and (one.document.kind, one.document.section) == ("article", "pages")


def test_a_page_needs_a_title_alone_and_is_in_no_list() -> None:
    one = parsed("tags: [oil]\nlead: true\nsection: sport\n", path="content/pages/about.md")
    assert one.document
    assert (one.document.section, one.document.tags, one.document.lead) == ("", (), False)
    assert [(d.level, d.line, d.message.partition(" ")[0]) for d in one.diagnostics] == [
        ("note", 7, "`section`"),
        ("note", 5, "`tags`"),
        ("note", 6, "`lead`"),
    ]


def test_an_unknown_kind_is_an_error() -> None:
    (problem,) = parsed("kind: post\n").diagnostics
    assert (problem.level, problem.line) == ("error", 5)
    assert problem.help == "use article, page"


@pytest.mark.parametrize(
    ("path", "front", "lang", "section"),
    [
        ("content/de/sport/a.md", "", "de", "sport"),
        ("content/de/a.md", "", "de", "news"),
        ("content/de/sport/a.md", "lang: fr\n", "fr", "sport"),
        ("content/fr/sport/a.md", "", "", "fr"),
    ],
)
def test_a_folder_may_name_the_language(path: str, front: str, lang: str, section: str) -> None:
    settings = config(languages={"de": LanguageConfig()})
    one = parse(f"---\n{HEAD}{front}---\n".encode(), path, settings).document
    assert one and (one.lang, one.section) == (lang, section)
