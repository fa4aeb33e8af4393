"""The page for a URL without a page."""

from __future__ import annotations

from sitegen.model.views import PlainView
from sitegen.pages.not_found import not_found_page


def test_it_is_called_as_hosts_look_for_it() -> None:
    (page,) = not_found_page()
    assert (page.output, page.template) == ("404.html", "404.html")
    assert page.view == PlainView("Page not found", "/404.html")
