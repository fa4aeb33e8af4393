"""Pages to bytes: what templates may use, and what renders each kind of view."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.base.text import digest
from sitegen.model.article import Image
from sitegen.model.output import Page
from sitegen.model.site import Card, Link
from sitegen.model.views import (
    Answers,
    PlainView,
    ReservationView,
    RobotsView,
    SheetView,
    SitemapView,
)
from sitegen.pages.articles import article_view
from sitegen.pages.site_context import frame
from sitegen.plugins import Plugin
from sitegen.render.renderer import Renderer, no_file
from sitegen.theme.load import load_theme
from tests.samples import config, document, renderer, site

THEMES = Path(__file__).parents[2] / "themes"
BELOW = {"base_url": "https://t.example/d/"}
VIEW = PlainView("Tide & ebb", "/a/")


def no_body(path: str) -> str:
    raise AssertionError(path)


def page(template: str, **values: Any) -> str:
    """What ``template`` makes of a view."""
    tools = renderer({"a.html": template}, **values)
    return tools.render(Page("a.html", "a.html", VIEW, "a page"), no_body).decode()


@pytest.mark.parametrize(
    ("template", "html"),
    [
        ("{{ page.title }}", "Tide &amp; ebb"),
        ("{{ site.title }}", "T"),
        ("{{ url('/a b/') }}", "/d/a%20b/"),
        ("{{ url('https://other.example/') }}", "https://other.example/"),
        ("{{ absurl('/a/') }}", "https://t.example/d/a/"),
        ("{{ absurl('https://other.example/ü') }}", "https://other.example/%C3%BC"),
        ("{{ asset('site.css') }}", "/d/assets/site.0f.css"),
        ("{{ date('2026-11-02') }}", "2 November 2026"),
        ("{{ date('2026-11-02', 'year') }}", "2026"),
        ("{{ t('Latest') }}", "Latest"),
        ("{% for x in 'abc' %}{{ between(loop) }}{{ x }}{% endfor %}", "a, b and c"),
        ("{{ jsonld(page) }}", ""),
        ("{{ rtl }}", "False"),
        ("{{ query('latest') | length }}", "0"),
    ],
)
def test_what_templates_may_use(template: str, html: str) -> None:
    assert page(template, **BELOW) == html


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ asset('missing.css') }}", "the theme has no asset `missing.css`"),
        ("\n{{ page.missing }}", "missing"),
        ("{% include 'missing.html' %}", "missing.html"),
    ],
)
def test_an_error_of_a_template_is_reported(template: str, message: str) -> None:
    with pytest.raises(SitegenError) as caught:
        page(template)
    assert message in caught.value.diagnostics[0].message


def test_characters_that_utf8_does_not_have_are_references() -> None:
    assert page("{{ '\\ud800' }}") == "&#55296;"


@pytest.mark.parametrize(
    ("view", "start"),
    [
        (SitemapView("/sitemap.xml", ()), b"<?xml"),
        (RobotsView("/robots.txt", ()), b"User-agent: *"),
        (SheetView("/a.css", "a{}"), b"a{}"),
        (ReservationView("/tdmrep.json"), b"["),
    ],
)
def test_views_for_machines_need_no_template(view: Any, start: bytes) -> None:
    made = renderer().render(Page("a", "", view, "a"), no_body)
    assert made.startswith(start)


@pytest.mark.parametrize(
    ("html", "show", "targets", "shown"),
    [
        ('<p><a href="/a/">x</a></p>', "full", (), '<p><a href="/d/a/">x</a></p>'),
        ('<a href="b.md">x</a>', "full", (("b.md", "/b/"),), '<a href="/d/b/">x</a>'),
        ('<a href="https://o.example/">x</a>', "full", (), '<a href="https://o.example/">x</a>'),
        ("<p>one two three</p>", "excerpt", (), "<p>one two …</p>"),
        ("<p>one two three</p>", "link", (), ""),
    ],
)
def test_a_body_is_below_the_path_of_the_site(
    html: str, show: Any, targets: tuple[tuple[str, str], ...], shown: str
) -> None:
    assert renderer(**BELOW).body(html, show, 2, targets) == shown


def test_the_body_of_an_article_has_links_to_pages_below_the_path_of_the_site() -> None:
    one = document("tide", body_digest="0f", targets=(("b.md", "/b/"),))
    view = article_view(site(one), 0, config(), {}, (None, None), None, None)
    html = renderer(**BELOW).article_body(view, {one.path: '<a href="b.md">x</a>'}.__getitem__)
    assert html == '<a href="/d/b/">x</a>'


def test_an_image_is_an_element_with_its_text_escaped() -> None:
    html = renderer(**BELOW).img(Image("/a.jpg", width=3, height=2), alt='"<', css="lead")
    assert 'src="/d/a.jpg"' in html
    assert 'class="lead" alt="&quot;&lt;"' in html


def test_structured_data_cannot_end_its_element() -> None:
    from sitegen.model.views import FrontView

    html = renderer(title="</script><!--&").jsonld(FrontView("/", "2026-11-02", None, (), ()))
    assert html.count("</script>") == 2  # of the two things on the front page
    assert "<!--" not in html
    first = html.split("</script>")[0].partition(">")[2]
    assert json.loads(first)["name"] == "</script><!--&"


def test_a_macro_is_called_once_for_the_same_arguments() -> None:
    calls = []

    class Macro:
        name = "card"

        def __call__(self, *args: Any, **kwargs: Any) -> str:
            calls.append((args, kwargs))
            return f"{args}{kwargs}"

    tools, card = renderer(), Card("Tide", "/a/", "2026-11-02", Link("World", "/world/"))
    assert tools.cached(Macro(), card, wide=True) == tools.cached(Macro(), card, wide=True)
    assert len(calls) == 1
    tools.cached(Macro(), card, wide=False)
    assert len(calls) == 2
    tools.begin()
    tools.cached(Macro(), card, wide=True)
    assert len(calls) == 3


def test_what_all_articles_show_alike_is_kept_once() -> None:
    settings, theme = config(), load_theme("base", [THEMES], {}, Path("/nonexistent"))
    both = site(document("ebb"), document("tide"))
    styles = dict.fromkeys(theme.assets, "")
    shared = frame(both, theme, settings)
    tools = Renderer(theme.templates, theme.places, shared, styles, Answers())
    kept = []
    for index in both.articles:
        view = article_view(both, index, settings, {}, (None, None), None, None)
        tools.render(Page("a.html", "article.html", view, "an article"), lambda path: "")
        kept.append(len(tools.fragments))
    assert 0 < kept[0] == kept[1]


def plugin(text: str) -> Plugin:
    return Plugin("mark", "plugins/mark.py", text, digest(text.encode()))


def with_plugin(text: str, template: str = "x") -> bytes:
    plain = renderer()
    tools = Renderer({"a.html": template}, {}, plain.frame, {}, Answers(), (plugin(text),))
    return tools.render(Page("a.html", "a.html", VIEW, "a page"), no_body)


def test_a_plugin_changes_a_page_and_has_filters() -> None:
    text = "def post_render(path, data):\n    return data + path.encode()\n"
    assert with_plugin(text) == b"xa.html"
    text = "def loud(value):\n    return value.upper()\nfilters = {'loud': loud}\n"
    assert with_plugin(text, "{{ 'tide' | loud }}") == b"TIDE"


@pytest.mark.parametrize(
    "text",
    [
        "def post_render(path, data):\n    return 7\n",
        "def post_render(path, data):\n    raise ValueError('no')\n",
    ],
)
def test_a_plugin_that_fails_is_named(text: str) -> None:
    with pytest.raises(SitegenError) as caught:
        with_plugin(text)
    assert caught.value.diagnostics[0].path == "plugins/mark.py"


def test_pages_hold_no_files_unless_they_are_given() -> None:
    with pytest.raises(FileNotFoundError):
        no_file("a.jpg")


def test_templates_are_compiled_before_pages_are_made_and_faults_wait_for_their_page() -> None:
    made = renderer({"good.html": "{{ 1 + 1 }}", "bad.html": "{% if %}"})
    made.compile(made.templates)
    cached = {name for _, name in made.environment.cache}
    assert cached == {"good.html"}
