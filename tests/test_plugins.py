"""Plugins: the example of docs/plugins.md, what an edit of a plugin makes again, and what is said
when one fails."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.base.text import digest as digest_of
from sitegen.plugins import (
    Plugin,
    call,
    find_plugins,
    hook,
    hooks,
    named,
    package_folder,
)
from tests.conftest import SITE, Digest

GUIDE = (Path(__file__).parent.parent / "docs/plugins.md").read_text()
ARTICLE = "world/2026/11/01/a/index.html"


def example(digest: Digest) -> None:
    """The site of the guide, each file as it stands there."""
    for name, _, text in re.findall(
        r"`([\w/]+\.(?:py|html))`:\n\n```(\w+)\n(.*?)```", GUIDE, re.DOTALL
    ):
        digest.write(name, text)
    digest.write("site.yaml", SITE + "plugins: [minutes]\n")
    digest.article("a", body="The Merrow sails. The Merrow returns.")


def made(digest: Digest, *arguments: str) -> set[str]:
    """The files that the next build writes."""
    before = {p: p.stat().st_mtime_ns for p in (digest.root / "output").rglob("*") if p.is_file()}
    digest.build(*arguments)
    after = {p: p.stat().st_mtime_ns for p in (digest.root / "output").rglob("*") if p.is_file()}
    return {
        p.relative_to(digest.root / "output").as_posix() for p in after if before.get(p) != after[p]
    }


def test_the_example_of_the_guide_works(digest: Digest) -> None:
    example(digest)
    digest.build()
    page = digest.page(ARTICLE)
    assert (
        'The <a href="https://ships.example/merrow">Merrow</a> sails. The Merrow returns.' in page
    )
    assert "<p>1 minute</p>" in page
    assert "<!-- printed in Port Salm -->" in page
    assert "<p>1 articles, 6 words</p>" in digest.page("numbers/index.html")
    assert "https://t.example/numbers/" in digest.page("sitemap.xml")
    assert made(digest) == set()


def test_an_edit_of_a_plugin_makes_what_it_touches(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "plugins: [shout, count]\n")
    digest.write(
        "plugins/shout.py",
        "def shout(text):\n    return text.upper()\n\nfilters = {'shout': shout}\n",
    )
    digest.write(
        "plugins/count.py", "queries = {'count': lambda site: {'all': len(site.documents)}}\n"
    )
    digest.write("theme/templates/part.html", "{{ page.title | shout }}")
    digest.write("theme/templates/404.html", "{% include 'part.html' %}")
    digest.write(
        "theme/templates/terms.html",
        "{{ query('count').all }}{% for tag in query('popular_tags') %} {{ tag.name }}{% endfor %}",
    )
    digest.article("a", more="tags: [fog]\n")
    digest.build()
    assert digest.page("404.html") == "PAGE NOT FOUND"
    assert digest.page("tags/index.html") == "1 fog"
    digest.write(
        "plugins/shout.py",
        "def shout(text):\n    return text + '!'\n\nfilters = {'shout': shout}\n",
    )
    assert made(digest) == {"404.html"}
    assert digest.page("404.html") == "Page not found!"
    digest.write(
        "plugins/count.py", "queries = {'count': lambda site: {'all': 10 * len(site.documents)}}\n"
    )
    assert made(digest) == {"tags/index.html", "authors/index.html"}
    assert digest.page("tags/index.html") == "10 fog"
    assert made(digest, "--verify") == set()


def test_a_body_edit_with_plugins_comes_out_as_a_cold_build(digest: Digest) -> None:
    example(digest)
    digest.write(
        "theme/templates/404.html",
        "{% for c in query('latest') %}{{ c.title }}{% endfor %}{{ query('numbers').words }}",
    )
    digest.article("b", body="Two words.", more="summary: Kept\n")
    digest.build()
    digest.article("b", body="Now three words of Merrow.", more="summary: Kept\n")
    digest.build()
    warm = digest.tree()
    digest.run("clean")
    digest.build()
    assert digest.tree() == warm
    assert "ships.example" in digest.page("world/2026/11/01/b/index.html")


def test_plugins_run_in_the_pool_as_they_do_inline(digest: Digest) -> None:
    example(digest)
    for n in range(210):
        digest.article(f"p{n}", body="The Merrow.")
    digest.build("--jobs", "2")
    tree = digest.tree()
    assert b"ships.example" in tree["world/2026/11/01/p209/index.html"]
    digest.run("clean")
    digest.build("--jobs", "1")
    assert digest.tree() == tree


@pytest.mark.parametrize(
    ("text", "line", "reported"),
    [
        (
            "def transform_document(document, html):\n    x = 1\n    return 1 / 0\n",
            3,
            "ZeroDivisionError: division by zero",
        ),
        (
            "def transform_document(document, html):\n    return html\n",
            0,
            "gave back no document and HTML",
        ),
        ("def add_pages(site):\n    return [{}]\n", 0, "is incomplete"),
        ("def add_pages(site):\n    return [site.nothing]\n", 2, "AttributeError"),
        ("def post_render(output, data):\n    raise ValueError('no')\n", 2, "ValueError: no"),
        ("def post_render(output, data):\n    return 'text'\n", 0, "gave back no bytes"),
        ("x = (\n", 1, "SyntaxError: '(' was never closed\n"),
        ("def filters():\n    return {}\n", 0, "`filters` is not a mapping of names to functions"),
        ("queries = {'q': 1}\n", 0, "`queries` is not a mapping of names to functions"),
        ("import sys\n\nsys.exit(3)\n", 3, "SystemExit: 3"),
        ("def post_render(output, data):\n    raise SystemExit\n", 2, "SystemExit"),
        ("add_pages = []\n", 0, "`add_pages` is not a function"),
        ("import nowhere_at_all\n", 1, "ModuleNotFoundError"),
        ("def f(value):\n    return value.x\n\nfilters = {'f': f}\n", 2, "AttributeError"),
        (
            "def q(site):\n    return site\n\nqueries = {'q': lambda site: object()}\n",
            0,
            "Encoding objects of type object is unsupported",
        ),
    ],
)
def test_an_error_in_a_plugin_is_reported_with_file_and_line(
    digest: Digest, text: str, line: int, reported: str
) -> None:
    digest.write("site.yaml", SITE + "plugins: [wrong]\n")
    digest.write("plugins/wrong.py", text)
    use = (
        "{{ page.title | f }}"
        if "filters" in text
        else "{{ query('q') }}"
        if "queries" in text
        else "x"
    )
    digest.write("theme/templates/404.html", use)
    digest.article("a")
    error = digest.build(expect=1).stderr
    assert "plugin `wrong`" in error
    assert reported in error
    assert (f"plugins/wrong.py:{line}" if line else "plugins/wrong.py") in error
    assert not (digest.root / "output/index.html").exists()


def test_a_plugin_or_query_that_there_is_not_is_named_with_those_there_are(digest: Digest) -> None:
    digest.write("plugins/minutes.py", "")
    digest.write("site.yaml", SITE + "plugins: [minuts]\n")
    digest.article("a")
    assert "did you mean `minutes`?" in digest.build(expect=2).stderr
    digest.write("site.yaml", SITE + "plugins: [plugins.minutes]\n")
    assert "did you mean `minutes`?" in digest.build(expect=2).stderr
    digest.write("site.yaml", SITE + "plugins: [minutes]\n")
    digest.write("theme/templates/404.html", "{{ query('newest') }}")
    assert "use one of: latest, popular_tags" in digest.build(expect=1).stderr


def plugin(text: str, name: str = "minutes") -> Plugin:
    """A plugin of the site, as a value."""
    return Plugin(name, f"plugins/{name}.py", text, digest_of(text.encode()))


def problem_of(text: str, name: str) -> tuple[int, str]:
    """Line and message where ``name`` of a plugin is asked for."""
    with pytest.raises(SitegenError) as caught:
        hook(plugin(text), name)
    found = caught.value.diagnostics[0]
    assert found.path == "plugins/minutes.py"
    return found.line, found.message


@pytest.mark.parametrize(
    ("text", "name", "line", "message"),
    [
        ("\nraise ValueError('no')", "add_pages", 2, "ValueError: no"),
        ("x = 1\ndef f(:\n", "add_pages", 2, "SyntaxError"),
        ("import nothing_like_it", "add_pages", 1, "nothing_like_it"),
        ("raise SystemExit(3)", "add_pages", 1, "3"),
        ("add_pages = 7", "add_pages", 0, "`add_pages` is not a function"),
        ("filters = []", "filters", 0, "`filters` is not a mapping"),
        ("filters = {'a': 1}", "filters", 0, "`filters` is not a mapping"),
    ],
)
def test_a_plugin_that_cannot_be_used(text: str, name: str, line: int, message: str) -> None:
    found = problem_of(text, name)
    assert found[0] == line
    assert message in found[1]


def test_hooks_are_in_the_order_of_the_settings_and_later_names_take_precedence() -> None:
    one = plugin("def add_pages(site): return 1\nfilters = {'a': str, 'b': str}\n", "one")
    other = plugin("filters = {'a': repr}\n", "other")
    third = plugin("def add_pages(site): return 3\n", "third")
    assert [p.name for p, _ in hooks((one, other, third), "add_pages")] == ["one", "third"]
    found = named((one, other, third), "filters")
    assert {name: owner.name for name, (owner, _) in found.items()} == {"a": "other", "b": "one"}


def test_a_plugin_is_run_once_for_each_text() -> None:
    text = "calls = []\ndef add_pages(site): calls.append(1); return len(calls)\n"
    function = hook(plugin(text, "counted"), "add_pages")
    assert (function(0), hook(plugin(text, "counted"), "add_pages")(0)) == (1, 2)
    assert hook(plugin(text + "#", "counted"), "add_pages")(0) == 1


def test_an_error_of_a_function_names_its_line() -> None:
    one = plugin("def f(x):\n    y = x\n    return y / 0\n")
    function = hook(one, "f")
    with pytest.raises(SitegenError) as caught:
        call(one, function, 1, met="rendering a page")
    found = caught.value.diagnostics[0]
    assert (found.line, found.snippet) == (3, "return y / 0")
    assert "rendering a page" in found.help


def test_a_plugin_is_found_in_the_site(tmp_path: Path) -> None:
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins/minutes.py").write_text("x = 1\n")
    (found,) = find_plugins(tmp_path, ["minutes"])
    assert (found.own, found.text) == (True, "x = 1\n")
    assert package_folder(found) is None
    with pytest.raises(SitegenError) as caught:
        find_plugins(tmp_path, ["minuets"])
    assert caught.value.diagnostics[0].help == "did you mean `minutes`?"
    (tmp_path / "plugins/lost.py").symlink_to("nowhere.py")
    with pytest.raises(SitegenError) as caught:
        find_plugins(tmp_path, ["lost"])
    assert caught.value.diagnostics[0].path == "plugins/lost.py"
    assert package_folder(Plugin("json", "json:dumps", "", "")) is not None
    assert package_folder(Plugin("x", "nothing_like_it:x", "", "")) is None
