"""Themes: what a template depends on, options, and the site's own files laid over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import sitegen
from sitegen.base.diagnostics import SitegenError
from sitegen.theme.dependencies import template_closures
from sitegen.theme.load import (
    Spec,
    Theme,
    declared_options,
    load_theme,
    misfit,
    read_spec,
    theme_chain,
)
from sitegen.theme.places import own_themes
from tests.conftest import SITE, Digest

THEME = """name: t
options:
  wide: {type: boolean, default: false}
  size: {type: integer, default: 3}
  ink: {type: colour, default: '#000'}
"""


@pytest.mark.parametrize(
    ("template", "touched", "changes"),
    [
        ("{% extends 'base.html' %}", "base.html", True),
        ("{% include 'part.html' %}", "part.html", True),
        ("{% from 'part.html' import x %}", "part.html", True),
        ("{% import 'part.html' as p %}", "deep.html", True),  # part.html includes deep.html
        ("{% include ['absent.html', 'part.html'] %}", "absent.html", True),
        ("{% include name %}", "other.html", True),  # computed: depends on everything
        ("{% include 'part.html' %}", "other.html", False),
        ("{# include 'other.html' #}plain", "other.html", False),
        ("{% broken", "other.html", True),
    ],
)
def test_a_closure_holds_all_that_a_template_can_depend_on(
    template: str, touched: str, changes: bool
) -> None:
    theme = {
        "page.html": template,
        "base.html": "b",
        "part.html": "{% include 'deep.html' %}",
        "deep.html": "d",
        "other.html": "o",
    }
    before = template_closures(theme)["page.html"]
    after = template_closures(theme | {touched: "changed"})["page.html"]
    assert (before != after) is changes


@pytest.mark.parametrize(
    ("option", "words"),
    [("wide: 1", "true or false"), ("size: big", "whole number"), ("ink: red", "colour")],
)
def test_an_option_of_a_wrong_type_is_named(digest: Digest, option: str, words: str) -> None:
    digest.write("themes/t/theme.yaml", THEME)
    for name in ("front", "article", "list", "terms", "404", "redirect"):
        digest.write(f"themes/t/templates/{name}.html", "{{ site.theme_options.size }}")
    digest.write("site.yaml", f"{SITE}theme: t\ntheme_options: {{{option}}}\n")
    done = digest.build(expect=2)
    assert words in done.stderr
    digest.article("a")
    digest.write("site.yaml", f"{SITE}theme: t\ntheme_options: {{size: 7}}\n")
    digest.build()
    assert digest.page("index.html") == "7"


def test_a_theme_without_a_template_is_refused(digest: Digest) -> None:
    digest.write("themes/t/theme.yaml", THEME)
    digest.write("site.yaml", f"{SITE}theme: t\n")
    assert "template `article.html` is missing in theme `t`" in digest.build(expect=1).stderr


def test_a_site_changes_one_block_of_the_theme(digest: Digest) -> None:
    digest.article("a")
    digest.write(
        "theme/templates/article.html",
        "{% extends 'theme/article.html' %}{% block byline %}<p>By us</p>{% endblock %}",
    )
    digest.write("theme/assets/custom.css", "p{margin:0}")
    digest.build()
    page = digest.page("world/2026/11/01/a/index.html")
    assert "<p>By us</p>" in page
    assert '<h1 class="p-name">a</h1>' in page
    assert 'href="/assets/custom.' in page


def test_pages_ask_nothing_of_third_parties_and_run_the_theme_s_script(digest: Digest) -> None:
    digest.article("a")
    digest.build()
    pages = {name: data for name, data in digest.tree().items() if name.endswith(".html")}
    assert len(pages) > 5
    for name, data in pages.items():
        page = data.decode().replace('<script type="application/ld+json">', "")
        scripts = re.findall(r"<script[^>]*>", page)
        moved = 'http-equiv="refresh"' in page
        assert len(scripts) == (not moved), name
        assert all(re.fullmatch(r'<script src="/assets/reader\.\w+\.js">', x) for x in scripts)
        assert 'src="http' not in page
        assert "@import" not in page


@pytest.mark.parametrize("theme", ["base", "board", "broadsheet", "brief", "magazine", "wire"])
def test_each_theme_builds_a_digest(digest: Digest, theme: str) -> None:
    digest.article("a")
    digest.write("site.yaml", f"{SITE}theme: {theme}\n")
    digest.build()
    assert ">a</a>" in digest.page("index.html")
    assert "/assets/base." in digest.page("index.html")
    assert ("/assets/brief." in digest.page("index.html")) is (theme == "brief")


def test_a_theme_extends_another_by_template_block_style_and_option(digest: Digest) -> None:
    digest.article("a")
    digest.write(
        "themes/mine/theme.yaml",
        "name: mine\napi: 1\nextends: brief\noptions: {per_section: {default: 1}}\n",
    )
    digest.write(
        "themes/mine/templates/article.html",
        "{% extends 'brief/article.html' %}{% block ending %}<p>The end</p>{% endblock %}",
    )
    digest.write("themes/mine/assets/mine.css", "p{margin:0}")
    digest.write(
        "theme/templates/article.html",
        "{% extends 'theme/article.html' %}{% block byline %}<p>By us</p>{% endblock %}",
    )
    digest.write("site.yaml", f"{SITE}theme: mine\n")
    digest.build()
    page = digest.page("world/2026/11/01/a/index.html")
    assert "<p>The end</p>" in page
    assert "<p>By us</p>" in page
    assert page.index("/assets/base.") < page.index("/assets/brief.") < page.index("/assets/mine.")


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("extends: brieff", "did you mean `brief`?"),
        ("extends: mine", "theme `mine` extends itself"),
        ("api: 2", "written for theme API 2"),
        ("api: new", "theme.yaml:2\n   | api: new\n"),
    ],
)
def test_a_theme_that_cannot_be_used_is_named(digest: Digest, spec: str, words: str) -> None:
    digest.write("themes/mine/theme.yaml", f"name: mine\n{spec}\n")
    digest.write("site.yaml", f"{SITE}theme: mine\n")
    assert words in digest.build(expect=2).stderr


def test_a_failing_template_is_named_with_its_theme_and_line(digest: Digest) -> None:
    digest.article("a")
    digest.write("themes/mine/theme.yaml", "name: mine\napi: 1\nextends: base\n")
    digest.write(
        "themes/mine/templates/front.html",
        "{% extends 'base/front.html' %}\n{% block main %}\n{{ page.nothing }}{% endblock %}",
    )
    digest.write("site.yaml", f"{SITE}theme: mine\n")
    assert "mine/templates/front.html:3" in digest.build(expect=1).stderr


@pytest.mark.parametrize(
    ("text", "line", "message", "help"),
    [
        (
            "{% extends 'base:article.html' %}",
            1,
            "template `base:article.html` does not exist",
            "did you mean `theme/article.html`?",
        ),
        (
            "{% extends 'base.html' %}\n{% block main %}\n{% include 'no.html' %}{% endblock %}",
            3,
            "`no.html` does not exist",
            "",
        ),
        (
            "\n{{ page.titel }}",
            2,
            "`ArticleView` has no field `titel`",
            "did you mean `title`?",
        ),
        (
            "{% extends 'article.html' %}",
            1,
            "extends, includes or calls itself",
            "`theme/NAME.html`",
        ),
        ("\n{{ page.title }", 2, "unexpected '}'", "compare what is opened"),
        ("\n{{ page.title | uper }}", 2, "No filter named 'uper'", "did you mean `upper`?"),
    ],
)
def test_an_error_in_a_template_is_reported_once_with_its_line_and_what_to_do(
    digest: Digest, text: str, line: int, message: str, help: str
) -> None:
    for name in ("a", "b", "c"):
        digest.article(name)
    digest.write("theme/templates/article.html", text)
    error = digest.build(expect=1).stderr
    assert f"theme/templates/article.html:{line}\n   | {text.splitlines()[line - 1]}\n" in error
    assert message in error
    assert help in error
    assert error.count("error[template]") == 1
    assert "sitegen.model.views" not in error


def test_themes_that_others_have_installed_are_not_taken_for_those_of_sitegen(
    tmp_path: Path,
) -> None:
    package = tmp_path / "sitegen"
    package.mkdir()
    (tmp_path / "themes").mkdir()
    assert own_themes(package) == [package / "themes"]
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "another"\n')
    assert own_themes(package) == [package / "themes"]
    (tmp_path / "pyproject.toml").write_text("project = [1\n")
    assert own_themes(package) == [package / "themes"]
    (tmp_path / "pyproject.toml").write_text(
        '[project.scripts]\nsitegen = "sitegen.cli.main:main"\n'
    )
    assert own_themes(package) == [package / "themes", tmp_path / "themes"]


def test_a_checkout_has_its_themes() -> None:
    assert [
        folder
        for folder in own_themes(Path(sitegen.__file__).parent)
        if (folder / "broadsheet").is_dir()
    ]


BASE = Path(sitegen.__file__).parent.parent / "themes"


def written(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def loaded(root: Path, files: dict[str, str], name: str = "mine", **options: Any) -> Theme:
    """A theme `mine` that extends base by ``files``, below the site's own."""
    given = {"themes/mine/theme.yaml": "name: mine\nextends: base\n"} | files
    written(root, given)
    return load_theme(name, [root / "themes", BASE], options, root / "theme")


def error(root: Path, files: dict[str, str], **options: Any) -> str:
    """The message where such a theme cannot be loaded."""
    with pytest.raises(SitegenError) as caught:
        loaded(root, files, **options)
    return caught.value.diagnostics[0].message


@pytest.mark.parametrize(
    ("entry", "value", "must"),
    [
        ({"type": "boolean"}, True, ""),
        ({"type": "boolean"}, 1, "true or false"),
        ({"type": "integer"}, 3, ""),
        ({"type": "integer"}, True, "a whole number"),
        ({"type": "choice", "choices": ["a", "b"]}, "a", ""),
        ({"type": "choice", "choices": ["a", "b"]}, "c", "one of a, b"),
        ({"type": "choice"}, "c", "one of "),
        ({"type": "colour"}, "#0a5c4a", ""),
        ({"type": "colour"}, "green", "a colour such as #0a5c4a"),
        ({"type": "text"}, "x", ""),
        ({}, 7, "text"),
    ],
)
def test_what_an_option_must_be(entry: dict[str, Any], value: Any, must: str) -> None:
    assert misfit(value, entry) == must


def test_options_are_inherited_changed_and_dropped() -> None:
    wide = {"type": "boolean", "default": False}
    chain = [
        Spec("a", "/a", options={"wide": wide, "size": {"type": "integer"}}),
        Spec("b", "/b", options={"wide": {"default": True}, "size": None}),
    ]
    assert declared_options(chain) == {"wide": {"type": "boolean", "default": True}}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"themes/mine/theme.yaml": "name: mine\nextends: mine\n"}, "extends itself"),
        ({"themes/mine/theme.yaml": "name: mine\nextends: bsae\n"}, "no theme `bsae`"),
        ({"themes/mine/theme.yaml": "name: mine\napi: 7\n"}, "written for theme API 7"),
        ({"themes/mine/theme.yaml": "name: [mine]\n"}, "`name` must be text"),
        ({"themes/mine/theme.yaml": "name: mine\n"}, "template `404.html` is missing"),
        ({"themes/mine/theme.yaml": "a: b: c\n"}, "broken YAML"),
    ],
)
def test_a_theme_that_cannot_be_loaded(tmp_path: Path, files: dict[str, str], message: str) -> None:
    assert message in error(tmp_path, files)


@pytest.mark.parametrize("name", ["templates", "templates/404.html", "assets/custom.css"])
def test_an_own_file_that_leads_nowhere_is_an_error(tmp_path: Path, name: str) -> None:
    path = tmp_path / "theme" / name
    path.parent.mkdir(parents=True)
    path.symlink_to("nowhere")
    with pytest.raises(SitegenError) as caught:
        loaded(tmp_path, {})
    assert caught.value.diagnostics[0].path == f"theme/{name}"


def test_an_option_that_no_theme_has(tmp_path: Path) -> None:
    assert error(tmp_path, {}, nothing_like_it=1) == "unknown theme option `nothing_like_it`"


def test_the_sites_own_files_are_laid_over_the_theme(tmp_path: Path) -> None:
    files = {
        "themes/mine/templates/story.html": "mine {% include 'base/story.html' %}",
        "theme/templates/story.html": "own {% include 'theme/story.html' %}",
        "theme/assets/custom.css": "a{}",
    }
    theme = loaded(tmp_path, files)
    assert theme.templates["story.html"].startswith("own")
    assert theme.templates["theme/story.html"].startswith("mine")
    assert "base/story.html" in theme.templates
    assert theme.places["story.html"] == "theme/templates/story.html"
    assert theme.styles[-1] == "custom.css"


@pytest.mark.parametrize(
    ("css", "published"),
    [
        ("/* Head */\na { color: red }", " \na { color: red }"),
        ("a{margin:1px/**/2px}", "a{margin:1px 2px}"),
        ("/*! Licence */ a{}", ""),
        ('a::before{content:\'/* no */\'} b::before{content:"/*\\"*/"}', ""),
        ("a{background:url(/x/*.png)} /* */", "a{background:url(/x/*.png)}  "),
        ("a{} /* never closed", ""),
    ],
)
def test_comments_of_style_sheets_are_not_published(
    tmp_path: Path, css: str, published: str
) -> None:
    theme = loaded(tmp_path, {"themes/mine/assets/mine.css": css})
    assert theme.sheets.get("mine.css", "") == published


def test_assets_have_a_fingerprint_and_sheets_name_it(tmp_path: Path) -> None:
    files = {
        "themes/mine/assets/mine.css": "a{background:url('img/a.svg#x')} b{src:url(/c.svg)}",
        "themes/mine/assets/img/a.svg": "<svg/>",
    }
    theme = loaded(tmp_path, files)
    image = theme.asset_paths["img/a.svg"]
    assert image.startswith("/assets/img/a.")
    assert f"url('{image.removeprefix('/assets/')}#x')" in theme.sheets["mine.css"]
    assert "url(/c.svg)" in theme.sheets["mine.css"]
    before = theme.asset_paths["mine.css"]
    files["themes/mine/assets/img/a.svg"] = "<svg></svg>"
    assert loaded(tmp_path, files).asset_paths["mine.css"] != before


def test_the_digest_covers_templates_and_assets(tmp_path: Path) -> None:
    one = loaded(tmp_path, {"themes/mine/assets/a.txt": "1"})
    assert loaded(tmp_path, {}).digest == one.digest
    assert loaded(tmp_path, {"themes/mine/assets/a.txt": "2"}).digest != one.digest
    assert loaded(tmp_path, {"themes/mine/templates/x.html": "x"}).digest != one.digest


def test_the_eldest_theme_comes_first(tmp_path: Path) -> None:
    loaded(tmp_path, {})
    assert [s.name for s in theme_chain("mine", [tmp_path / "themes", BASE])] == ["base", "mine"]
    assert read_spec(tmp_path / "themes/mine").extends == "base"
