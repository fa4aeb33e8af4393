"""An edit, an error and its fix, as a real browser shows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import Digest
from tests.serve.helpers import eventually, serving

playwright = pytest.importorskip("playwright.sync_api")

PAGE = "world/2026/11/01/a/"
LONG = "\n\n".join(f"Paragraph {n}." for n in range(200))


@pytest.fixture
def tab(chromium: Any) -> Iterator[Any]:
    page = chromium.new_page()
    page.set_default_timeout(60_000)
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    assert page.faults == []
    page.close()


def sees(tab: Any, text: str) -> None:
    tab.get_by_text(text).first.wait_for()


def mark(tab: Any) -> None:
    """Leaves something in the page that a reload would take away."""
    tab.evaluate("window.same = true")


def is_marked(tab: Any) -> bool:
    return bool(tab.evaluate("window.same === true"))


def becomes(tab: Any, expression: str, value: object) -> None:
    """Waits until ``expression`` has ``value`` in the page.

    Asked from outside: Playwright's `wait_for_function` evaluates text in the page, which the
    page's Content-Security-Policy forbids. A page that is being reloaded has no answer yet.
    """

    def has_value() -> bool:
        try:
            return bool(tab.evaluate(expression) == value)
        except playwright.Error:
            return False

    eventually(has_value, f"{expression} never became {value!r}")


def test_an_edit_is_seen_at_the_scroll_position(digest: Digest, tab: Any) -> None:
    digest.article("a", body=f"Before.\n\n{LONG}")
    with serving(digest) as server:
        tab.goto(server.address + PAGE)
        tab.evaluate("scrollTo(0, 2000)")
        becomes(tab, "scrollY", 2000)
        digest.article("a", body=f"After.\n\n{LONG}")
        sees(tab, "After.")
        becomes(tab, "scrollY", 2000)


def test_only_a_page_that_shows_the_change_reloads(digest: Digest, chromium: Any, tab: Any) -> None:
    digest.article("a", body="One.")
    digest.article("b", body="Two.")
    other = chromium.new_page()
    with serving(digest) as server:
        tab.goto(server.address + PAGE)
        other.goto(server.address + "world/2026/11/01/b/")
        mark(other)
        digest.article("a", body="Changed.")
        sees(tab, "Changed.")
        digest.article("a", body="Changed again.")
        sees(tab, "Changed again.")
        assert is_marked(other)
        digest.article("b", body="Its own.")
        sees(other, "Its own.")
    other.close()


def test_a_style_sheet_is_swapped_in_place(digest: Digest, tab: Any) -> None:
    digest.article("a")
    digest.write("theme/assets/custom.css", "body { color: rgb(1, 2, 3) }")
    colour = "getComputedStyle(document.body).color"
    with serving(digest) as server:
        tab.goto(server.address + PAGE)
        assert tab.evaluate(colour) == "rgb(1, 2, 3)"
        sheets = "document.querySelectorAll('link[rel=stylesheet]').length"
        count = tab.evaluate(sheets)
        mark(tab)
        for value in ("rgb(4, 5, 6)", "rgb(7, 8, 9)"):
            digest.write("theme/assets/custom.css", f"body {{ color: {value} }}")
            becomes(tab, colour, value)
        assert is_marked(tab)
        becomes(tab, sheets, count)
        digest.article("a", body="And then a text.")
        sees(tab, "And then a text.")
        assert not is_marked(tab)


def test_a_changed_image_of_the_page_is_shown_again(digest: Digest, tab: Any) -> None:
    def picture(width: int) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="9"><rect width="9"'
            ' height="9"/></svg>'
        )

    digest.write("static/p.svg", picture(11))
    digest.write("static/q.svg", picture(11))
    digest.article("a", body="![P](/p.svg)")
    width = "document.querySelector('img[src$=\"p.svg\"]').naturalWidth"
    with serving(digest) as server:
        tab.goto(server.address + PAGE)
        becomes(tab, width, 11)
        mark(tab)
        digest.write("static/q.svg", picture(12))
        server.shows('width="12"', "/q.svg")
        assert is_marked(tab)
        digest.write("static/p.svg", picture(13))
        becomes(tab, width, 13)


def test_break_overlay_fix_gone(digest: Digest, chromium: Any, tab: Any) -> None:
    digest.article("a", body="Good.")
    with serving(digest) as server:
        tab.goto(server.address + PAGE)
        mark(tab)
        tab.evaluate("document.querySelector('a').focus()")
        digest.write(
            "content/world/b.md",
            "---\ntitle: <img src=x onerror=alert(1)>\ndate: never\nauthors: [Ann"
            " Ames]\n---\n\nText.\n",
        )
        box = tab.get_by_role("alertdialog")
        box.wait_for()
        text = box.inner_text()
        assert "content/world/b.md:3" in text
        assert "date: never" in text
        assert "<img src=x onerror=alert(1)>" in text
        assert box.locator("img").count() == 0
        assert tab.evaluate("document.activeElement.localName") == "sitegen-problems"
        sees(tab, "Good.")
        late = chromium.new_page()
        late.goto(server.address + PAGE)
        late.get_by_role("alertdialog").wait_for()
        tab.keyboard.press("Escape")
        assert box.count() == 0
        assert tab.evaluate("document.activeElement.localName") == "a"
        digest.article("b", body="Mended.")
        late.get_by_role("alertdialog").wait_for(state="detached")
        late.close()
        assert is_marked(tab) or tab.get_by_text("b").count()
        digest.write("theme/templates/404.html", "{% if %}")
        box.wait_for()
        assert "404.html:1" in box.inner_text()
        box.get_by_role("button", name="Close").click()
        assert box.count() == 0
        (digest.root / "theme/templates/404.html").unlink()


def test_a_site_that_was_never_built_appears_once_it_is_right(digest: Digest, tab: Any) -> None:
    digest.write("content/world/a.md", "---\ntitle: A\n---\n")
    with serving(digest) as server:
        tab.goto(server.address)
        sees(tab, "The site could not be built")
        sees(tab, "content/world/a.md:1")
        digest.write(
            "content/world/a.md",
            "---\ntitle: A\ndate: 2026-11-01\nauthors: [Ann Ames]\ndek: [no text]\n---\n",
        )
        sees(tab, "content/world/a.md:5")
        assert tab.get_by_role("alertdialog").count() == 0  # the page itself tells
        digest.article("a", title="Here at last")
        sees(tab, "Here at last")


def test_a_page_that_is_not_there_yet_appears(digest: Digest, tab: Any) -> None:
    digest.article("b")
    with serving(digest) as server:
        tab.goto(server.address + PAGE)
        mark(tab)
        digest.article("a", body="New here.")
        sees(tab, "New here.")


def test_a_server_that_comes_back_finds_its_pages_again(digest: Digest, tab: Any) -> None:
    digest.article("a", body="Before.")
    with serving(digest) as server:
        tab.goto(server.address + PAGE)
        port = str(server.port)
    digest.article("a", body="While it was away.")
    with serving(digest, "--port", port) as server:
        assert str(server.port) == port
        sees(tab, "While it was away.")


def test_what_a_reader_sets_is_kept_and_there_before_the_first_paint(
    digest: Digest, chromium: Any
) -> None:
    digest.article("a", body=LONG)
    dark = "matchMedia('(prefers-color-scheme: dark)').matches"
    scheme = "getComputedStyle(document.documentElement).colorScheme"
    with serving(digest) as server:
        context = chromium.new_context(color_scheme="dark")
        tab = context.new_page()
        tab.goto(server.address + PAGE)
        assert tab.evaluate(dark) and tab.evaluate(scheme) == "light dark"
        first = tab.evaluate("getComputedStyle(document.body).backgroundColor")
        switch = tab.locator(".colophon [data-do=scheme]")
        assert switch.get_attribute("aria-pressed") == "true"
        switch.click()
        assert tab.evaluate(scheme) == "light"
        assert tab.evaluate("getComputedStyle(document.body).backgroundColor") != first
        tab.locator(".colophon [data-do=size]").click()
        tab.goto(server.address)
        assert tab.evaluate(scheme) == "light"
        assert tab.evaluate("getComputedStyle(document.documentElement).fontSize") == "18px"
        head = tab.evaluate("[...document.head.children].map((one) => one.rel || one.localName)")
        assert head.index("script") < head.index("stylesheet"), "it does not wait for styles"
        assert head.index("preload") < head.index("script"), "nothing waits for it"
        context.close()


def test_without_a_script_pages_follow_the_system(digest: Digest, chromium: Any) -> None:
    digest.article("a", body=LONG)
    with serving(digest) as server:
        context = chromium.new_context(java_script_enabled=False, color_scheme="dark")
        tab = context.new_page()
        tab.goto(server.address + PAGE)
        assert not tab.locator("[data-do]").first.is_visible()
        assert tab.get_by_role("link", name="E-mail").get_attribute("href").startswith("mailto:?")
        assert tab.get_by_role("link", name="Back to top").is_visible()
        context.close()
