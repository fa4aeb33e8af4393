"""From five hundred items to a closed edition of twelve, in a real browser and by keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sitegen.content.dropped import read_dropped
from tests.conftest import Digest
from tests.desk.samples import put
from tests.serve.helpers import Server, eventually

pytest.importorskip("playwright.sync_api")

NOW = "2026-11-24T12:00:00+01:00"
ITEMS = 500
SETTINGS = "editions: {kind: weekly, email: true}\nsections: {news: {}, harbour: {}}\n"


@pytest.fixture
def site(digest: Digest) -> Digest:
    """Items of forty sources."""
    with open(digest.root / "site.yaml", "a") as file:
        file.write(SETTINGS)
    text = put(digest.root, 1).read_text()
    for number in range(2, ITEMS + 1):
        path = digest.root / f"content/_inbox/2026-11-23-item-{number:03}.md"
        own = text.replace("Item 1", f"Item {number}").replace("Salm Post", f"Post {number % 40}")
        path.write_text(own.replace("1" * 16, f"{number:016x}").replace("example/1", f"x/{number}"))
    return digest


@pytest.fixture
def server(site: Digest) -> Iterator[Server]:
    server = Server(site, now=NOW, command="desk")
    yield server
    assert server.stop() == 130
    assert "Traceback" not in server.text()


class Tab:
    """A page of the desk, and what went wrong in it."""

    def __init__(self, chromium: Any, server: Server) -> None:
        self.page = chromium.new_page(viewport={"width": 1280, "height": 800})
        self.page.set_default_timeout(60_000)
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda said: self._note(said))
        here = f"http://localhost:{server.port}/"
        self.page.on("request", lambda request: self._asked(here, request.url))
        self.page.goto(f"{here}_desk/")

    def _note(self, said: Any) -> None:
        if said.type == "error" and "409" not in said.text:
            self.faults.append(said.text)

    def _asked(self, here: str, url: str) -> None:
        if not url.startswith((here, "data:")):
            self.faults.append(f"asks {url}")

    def keys(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)

    def says(self, text: str) -> None:
        heard: list[str] = []

        def is_said() -> bool:
            heard.append(self.page.inner_text("#said"))
            return text in heard[-1]

        eventually(is_said, f"{text!r} was never said, but {list(dict.fromkeys(heard))}")

    def focused(self) -> str:
        """The headline of the row that has the focus."""
        return str(
            self.page.evaluate(
                "document.activeElement.closest('.row')?.querySelector('.title').innerText ?? ''"
            )
        )

    def rows(self, part: str) -> list[str]:
        return list(self.page.locator(f"#{part} .row .title").all_inner_texts())

    def edition_has(self, count: int) -> None:
        eventually(lambda: len(self.rows("edition")) == count, str(self.rows("edition")))


def test_five_hundred_items_become_a_closed_edition_of_twelve(
    site: Digest, server: Server, chromium: Any
) -> None:
    tab = Tab(chromium, server)
    assert "500 waiting" in tab.page.inner_text("#inbox-title")
    first = tab.rows("inbox")[:40]
    tab.keys("1", "o")
    dialog = tab.page.get_by_role("dialog")
    dialog.get_by_text("Text number").wait_for()
    tab.keys("o")
    dialog.wait_for(state="detached")
    assert tab.focused() == first[0]
    for _ in range(12):
        tab.keys("j", "j", "p")  # the focus goes to the next one
    tab.edition_has(12)
    tab.says("Picked")
    assert (site.root / "content/news").exists()

    tab.keys("u")  # what comes back has the focus
    tab.says("Undone")
    tab.edition_has(11)
    eventually(lambda: tab.focused() != "")
    undone = tab.focused()
    tab.keys("p")
    tab.edition_has(12)
    assert undone in tab.rows("edition")

    tab.keys("2", "j")
    title = tab.focused()
    tab.keys("Alt+ArrowDown", "Alt+ArrowDown", "Alt+ArrowDown")
    assert tab.focused() == title
    tab.says("now number 4 of its section")
    eventually(lambda: tab.rows("edition").index(title) == 4)
    tab.keys("c")
    tab.page.get_by_role("dialog").wait_for()
    tab.page.keyboard.type("The third time this month.")
    tab.keys("Control+Enter")
    tab.says("Comment saved")
    tab.page.locator("#edition .comment", has_text="The third time").wait_for()
    eventually(lambda: tab.focused() == title)

    tab.keys("w")
    tab.page.get_by_label("Intro", exact=True).fill("Good morning.")
    tab.page.locator("#words button").click()
    tab.page.locator("#edition .words", has_text="Good morning").wait_for()
    tab.keys("m")
    frame = tab.page.frame_locator("#letter iframe")

    def letter_shows() -> bool:
        tab.page.evaluate("document.querySelector('#letter iframe').src += ''")
        tab.page.wait_for_timeout(300)
        text = frame.locator("body").inner_text()
        return "The third time this month." in text and "Good morning." in text

    eventually(letter_shows, "the e-mail never had the editor's words")

    while tab.rows("inbox"):
        waiting = len(tab.rows("inbox"))
        tab.page.get_by_role("button", name=f"Drop all {waiting} listed").click()
        tab.says("Dropped")
        eventually(
            lambda before=waiting: (
                tab.rows("inbox") == [] or "Drop all" in tab.page.inner_text("#inbox")
            )
        )
        tab.page.reload()
    assert len(read_dropped(site.root, "content")) == ITEMS - 12

    tab.page.locator("#close summary").click()
    tab.page.get_by_role("button", name="Close 2026-w48").click()
    tab.page.locator("#edition .mark", has_text="closed").wait_for()
    text = (site.root / "content/editions/2026-w48.yaml").read_text()
    assert text.count("\n- ") == 12
    assert "intro: Good morning.\n" in text
    assert tab.faults == []
    tab.page.close()


def test_two_windows_see_a_conflict_and_lose_no_word(
    site: Digest, server: Server, chromium: Any
) -> None:
    one, two = Tab(chromium, server), Tab(chromium, server)
    for tab, text in ((one, "Mine."), (two, "Theirs.")):
        tab.keys("1", "c")
        tab.page.get_by_role("dialog").wait_for()
        tab.page.keyboard.type(text)
    one.keys("Control+Enter")
    one.says("Comment saved")
    two.keys("Control+Enter")
    conflict = two.page.get_by_role("dialog")
    conflict.get_by_text("Changed meanwhile").wait_for()
    assert conflict.get_by_label("Yours").first.input_value() == "Theirs."
    assert conflict.get_by_label("In the file now").first.input_value() == "Mine."
    conflict.get_by_label("Yours").first.fill("Mine and theirs.")
    conflict.get_by_role("button", name="Save mine").click()
    two.says("Comment saved")
    two.page.locator("#inbox .comment", has_text="Mine and theirs.").wait_for()

    title = two.focused()
    two.keys("d")
    two.says("Dropped")
    assert title not in two.rows("inbox")
    one.page.locator("#inbox .row").first.locator("[data-key=p]").click()
    one.says("does not wait any more")
    eventually(lambda: title not in one.rows("inbox"))
    assert one.faults == two.faults == []
    one.page.close()
    two.page.close()


def test_escape_keeps_what_was_typed_and_keys_can_be_switched_off(
    server: Server, chromium: Any
) -> None:
    tab = Tab(chromium, server)
    tab.keys("1", "c")
    tab.page.get_by_role("dialog").wait_for()
    tab.page.keyboard.type("Half a thou")
    tab.keys("Escape")
    assert tab.page.get_by_role("dialog").count() == 0
    eventually(lambda: tab.focused() != "")
    tab.keys("c")
    tab.page.get_by_role("dialog").wait_for()
    assert tab.page.get_by_label("What this digest says").input_value() == "Half a thou"
    tab.page.get_by_role("link", name="Cancel").click()
    tab.page.locator("#keys summary").click()
    tab.page.get_by_label("Use these keys").uncheck()
    before = tab.rows("inbox")
    tab.page.locator("#inbox .title a").first.focus()
    tab.keys("d", "p")
    tab.page.wait_for_timeout(200)
    assert tab.rows("inbox") == before
    assert tab.faults == []
    tab.page.close()
