"""What themes do in a real browser: a front page that renews itself, and notes in the margin."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import SITE, Digest
from tests.serve.helpers import eventually

pytest.importorskip("playwright.sync_api")

HOST = "https://t.example"
SHOWN = (
    "[...document.querySelectorAll('.ticker .row:not([hidden]) .headline')].map(x => x.innerText)"
)
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture
def tab(chromium: Any, digest: Digest) -> Iterator[Any]:
    """A page that finds the output of ``digest`` at its URL."""

    def answer(route: Any) -> None:
        path = digest.root / "output" / route.request.url.removeprefix(HOST).lstrip("/")
        file = path / "index.html" if path.is_dir() else path
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        route.fulfill(body=file.read_bytes(), content_type=f"{kind}; charset=utf-8")

    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.route(f"{HOST}/**", answer)
    yield page
    assert page.faults == []
    page.close()


def add(digest: Digest, name: str, day: str, source: str) -> None:
    digest.article(name, f"News {name}", date=day, more=f"source: {{name: {source}}}\n")


def test_board_renews_what_differs_and_nothing_else(digest: Digest, tab: Any) -> None:
    digest.write("site.yaml", f"{SITE}theme: board\n")
    for n in range(1, 22):
        add(digest, f"old{n}", f"2026-10-{n:02}", "Post" if n % 2 else "Courier")
    digest.build()
    tab.goto(f"{HOST}/")
    tab.select_option("[data-filter=source]", "Courier")
    before = tab.evaluate(SHOWN)
    assert before
    assert all(int(title.removeprefix("News old")) % 2 == 0 for title in before)

    add(digest, "post", "2026-11-20", "Post")
    add(digest, "courier", "2026-11-21", "Courier")
    digest.build()
    tab.focus(".ticker .row:not([hidden]) a")
    tab.evaluate(LOOK)
    tab.wait_for_timeout(300)
    assert tab.evaluate(SHOWN) == before, "replaced below the reader's keyboard"
    tab.evaluate("document.activeElement.blur()")
    tab.evaluate(LOOK)
    eventually(lambda: "News courier" in tab.evaluate(SHOWN), "the news never came")
    assert "News post" not in tab.evaluate(SHOWN), "the reader's filter is lost"
    tab.select_option("[data-filter=source]", "")
    assert tab.evaluate(SHOWN)[:2] == ["News courier", "News post"]

    first = "document.querySelector('.ticker .row')"
    tab.evaluate(f"window.row = {first}")
    tab.evaluate(LOOK)
    tab.wait_for_timeout(300)
    assert tab.evaluate(f"window.row === {first}"), "replaced though nothing is new"


BOXES = """() => {
  const box = (selector, n = 0) => {
    const found = document.querySelectorAll(selector)[n].getBoundingClientRect();
    return found.toJSON();
  };
  const mark = '.footnote-reference a', note = '.footnote-definition';
  return { text: box('.body > p'), mark: box(mark), note: box(note), next: box(note, 1) };
}"""


def test_magazine_sets_notes_into_the_margin_next_to_their_marks(digest: Digest, tab: Any) -> None:
    digest.write("site.yaml", f"{SITE}theme: magazine\n")
    notes = f"[^1]: First {'word ' * 40}\n[^2]: Second.\n"
    body = f"{'Text ' * 120}mark[^1] and mark[^2].\n\n{'More ' * 200}\n\n{notes}"
    digest.article("a", date="2026-11-01", body=body)
    digest.build()
    tab.goto(f"{HOST}/world/2026/11/01/a/")
    wide = tab.evaluate(BOXES)
    assert wide["note"]["left"] >= wide["text"]["right"]
    assert abs(wide["note"]["top"] - wide["mark"]["top"]) < 40
    assert wide["next"]["top"] >= wide["note"]["bottom"]

    tab.set_viewport_size({"width": 360, "height": 800})
    narrow = tab.evaluate(BOXES)
    assert narrow["note"]["top"] > narrow["text"]["bottom"]
    assert narrow["note"]["right"] <= 360
