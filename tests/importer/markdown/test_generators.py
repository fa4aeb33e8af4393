"""Which generator a folder is made for, and which of its files are articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.importer.archives import InputFolder
from sitegen.importer.markdown.generators import (
    Blog,
    bases,
    recognise,
    sorted_out,
    static_places,
)


def folder(root: Path, files: dict[str, str]) -> InputFolder:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return InputFolder(root)


@pytest.mark.parametrize(
    ("files", "generator"),
    [
        ({"hugo.toml": "title = 'A'", "content/a.md": ""}, "hugo"),
        ({"config.yaml": "baseURL: https://a.example/", "content/a.md": ""}, "hugo"),
        ({"config.toml": "base_url = 'https://a.example'", "content/a.md": ""}, "zola"),
        ({"zola.toml": "", "content/a.md": ""}, "zola"),
        ({"_config.yml": "title: A", "_posts/a.md": ""}, "jekyll"),
        ({"_config.yml": "title: A", "source/_posts/a.md": ""}, "hexo"),
        ({"pelicanconf.py": "SITENAME = 'A'", "content/a.md": ""}, "pelican"),
        ({"conf.py": "BLOG_TITLE = 'A'", "posts/a.md": ""}, "nikola"),
        ({"conf.py": "project = 'A'", "posts/a.md": ""}, ""),
        ({".eleventy.js": "", "posts/a.md": ""}, "eleventy"),
        ({"docusaurus.config.ts": "", "blog/a.md": ""}, "docusaurus"),
        ({"eleventy.config.mjs": "", "posts/a.md": ""}, "eleventy"),
        ({"package.json": '{"dependencies": {"@11ty/eleventy": "2"}}', "a.md": ""}, "eleventy"),
        ({"mkdocs.yml": "site_name: A", "docs/blog/posts/a.md": ""}, "mkdocs"),
        ({"mkdocs.yml": "site_name: A", "docs/a.md": ""}, ""),
        ({"a.md": ""}, ""),
    ],
)
def test_the_generator(tmp_path: Path, files: dict[str, str], generator: str) -> None:
    assert recognise(folder(tmp_path, files)).generator == generator


def test_settings_of_hugo(tmp_path: Path) -> None:
    settings = (
        "title: Salm Post\nbaseURL: https://post.example/\nlanguageCode: de\n"
        "params: {author: {name: The Desk}}\ntimeZone: Europe/Berlin\n"
        "languages: {de: {contentDir: content/de}, en: {weight: 2}}\n"
    )
    files = {
        "hugo.yaml": settings,
        "content/authors/ann/_index.md": "---\ntitle: Ann Ames\n---\n",
        "data/authors/bo.yaml": "name: Bo Beck\n",
        "content/a.md": "",
    }
    blog = recognise(folder(tmp_path, files))
    assert (blog.title, blog.home, blog.author) == (
        "Salm Post",
        "https://post.example/",
        "The Desk",
    )
    assert (blog.zone, blog.lang, blog.languages) == ("Europe/Berlin", "de", ("de", "en"))
    assert blog.roots == {"content/de": "de"}
    assert blog.authors == {"ann": "Ann Ames", "bo": "Bo Beck"}
    assert bases(blog) == [["content", "de"], ["content"]]


def test_settings_in_python_are_read_and_not_run(tmp_path: Path) -> None:
    settings = (
        "SITENAME = 'Salm Post'\nAUTHOR = open('/etc/passwd').read()\nTIMEZONE = 'UTC'  # x\n"
    )
    blog = recognise(folder(tmp_path, {"pelicanconf.py": settings, "content/a.md": ""}))
    assert (blog.title, blog.author, blog.zone) == ("Salm Post", "", "UTC")


def test_authors_of_jekyll(tmp_path: Path) -> None:
    files = {
        "_config.yml": "author: ann\nurl: not a URL\nexcerpt_separator: '---more---'\n",
        "_data/authors.yml": "ann: {name: Ann Ames}\nbo: Bo Beck\n",
        "_posts/a.md": "",
    }
    blog = recognise(folder(tmp_path, files))
    assert (blog.author, blog.home, blog.separator) == ("Ann Ames", "", "---more---")
    assert blog.authors == {"ann": "Ann Ames", "bo": "Bo Beck"}


def test_the_collection_of_authors_of_jekyll(tmp_path: Path) -> None:
    files = {
        "_config.yml": "title: A",
        "_posts/a.md": "",
        "_authors/ann.md": "---\nshort_name: aa\nname: Ann Ames\n---\n",
        "_authors/bo.html": "---\ntitle: Bo Beck\n---\n",
        "_authors/none.md": "Text.",
    }
    authors = recognise(folder(tmp_path, files)).authors
    assert authors == {"ann": "Ann Ames", "aa": "Ann Ames", "bo": "Bo Beck"}


def test_authors_of_docusaurus(tmp_path: Path) -> None:
    files = {
        "docusaurus.config.js": "",
        "blog/authors.yml": "ann:\n  name: Ann Ames\n",
        "blog/a.md": "",
    }
    assert recognise(folder(tmp_path, files)).authors == {"ann": "Ann Ames"}


PAGE = "---\ntitle: Ann Ames\n---\n"


@pytest.mark.parametrize(
    ("files", "key"),
    [
        ({"data/authors.json": '[{"slug": "ann", "name": "Ann Ames"}]'}, "ann"),
        ({"data/authors/ann.toml": "name = 'Ann Ames'"}, "ann"),
        ({"_data/authors/ann.yml": "first_name: Ann\nlast_name: Ames"}, "ann"),
        ({"src/_data/authors.yaml": "authors:\n  ann:\n    name: Ann Ames"}, "ann"),
        ({"source/_data/autoren.yml": "- id: ann\n  name: Ann Ames"}, "ann"),
        ({"src/content/authors/ann.json": '{"name": "Ann Ames"}'}, "ann"),
        ({"src/content/auteurs/ann.md": "---\nname: Ann Ames\nrole: Editor\n---\n"}, "ann"),
        ({"mkdocs.yml": "", "docs/blog/.authors.yml": "ann: {name: Ann Ames}"}, "ann"),
        ({"hugo.toml": "taxonomies = {autor = 'leute'}", "content/leute/ann.md": PAGE}, "ann"),
        ({"hugo.toml": "", "content/en/authors/ann/_index.md": PAGE}, "ann"),
        ({"_config.yml": "authors: {ann: {name: Ann Ames}}", "_posts/a.md": ""}, "ann"),
        ({"node_modules/x/authors.yml": "ann: Zed"}, ""),
        ({"authors/clock.md": "---\ntitle: The clock\n---\n"}, ""),
    ],
)  # fmt: skip
def test_the_names_behind_the_keys_of_authors(
    tmp_path: Path, files: dict[str, str], key: str
) -> None:
    texts = {"content/posts/a.md": "", "docs/blog/posts/a.md": ""}
    authors = recognise(folder(tmp_path, {**texts, **files})).authors
    assert authors == ({key: "Ann Ames"} if key else {})


def test_broken_settings_are_passed_over(tmp_path: Path) -> None:
    assert recognise(folder(tmp_path, {"_config.yml": "a: b: c", "_posts/a.md": ""})).title == ""


@pytest.mark.parametrize(
    ("generator", "name", "reason"),
    [
        ("", "any/file.md", ""),
        ("hugo", "content/posts/a.md", ""),
        ("hugo", "layouts/a.html", "is a file of Hugo"),
        ("hugo", "content/posts/_index.md", "is the page of a section"),
        ("hugo", "content/authors/ann/index.md", "says who an author is"),
        ("", "src/content/authors/ann.json", "says who an author is"),
        ("mkdocs", "docs/blog/posts/a.md", ""),
        ("mkdocs", "docs/index.md", "is a file of MkDocs"),
        ("hugo", "content/posts/a.adoc", "is AsciiDoc, which is not read"),
        ("hugo", "content/posts/README.md", "is a file about the site"),
        ("jekyll", "_posts/a.md", ""),
        ("jekyll", "blog/_posts/a.md", ""),
        ("jekyll", "about.md", ""),
        ("jekyll", "index.html", "is a page that a template makes"),
        ("jekyll", "index.md", "is a page that a template makes"),
        ("hexo", "404.md", "is a file about the site"),
        ("jekyll", "_layouts/a.html", "is a file of Jekyll"),
        ("hexo", "source/_drafts/a.md", ""),
        ("pelican", "content/a.md", ""),
        ("pelican", "content/pages/a.md", ""),
        ("nikola", "posts/a.md", ""),
        ("nikola", "posts/a.meta", "is the head of the post next to it"),
        ("nikola", "stories/a.md", ""),
        ("eleventy", "posts/a.md", ""),
        ("eleventy", "a.md", ""),
        ("eleventy", "node_modules/x/a.md", "is a file of Eleventy"),
        ("eleventy", "posts/posts.json", "has the data of the texts in its folder"),
        ("docusaurus", "blog/2026-11-26-keel.md", ""),
        ("docusaurus", "docs/intro.md", "is a file of Docusaurus"),
    ],
)
def test_which_files_are_articles(generator: str, name: str, reason: str) -> None:
    folders = {"hugo": "content", "pelican": "content", "docusaurus": "blog"}
    folders["mkdocs"] = "docs/blog/posts"
    who = frozenset(["content/authors/ann/index.md", "src/content/authors/ann.json"])
    blog = Blog(generator, folder=folders.get(generator, ""), of_authors=who)
    assert sorted_out(blog, name).startswith(reason)
    assert bool(sorted_out(blog, name)) is bool(reason)


def test_where_images_are() -> None:
    assert "static" in static_places(Blog("hugo"))
    assert static_places(Blog("unknown")) == static_places(Blog(""))
