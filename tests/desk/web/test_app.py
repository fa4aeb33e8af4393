"""The desk as an editor uses it, without script: what it shows, and what files it changes."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import threading
from pathlib import Path
from typing import Any

import httpx
import lxml.html
import pytest

from sitegen.content.closed_editions import read_manifest
from sitegen.content.dropped import read_dropped
from sitegen.desk.listing import inbox
from sitegen.desk.web.app import letter_of, own_page, with_said
from sitegen.model.article import Comment
from tests.desk.samples import NOW, config_of, put, tree
from tests.desk.test_actions import git
from tests.desk.web.windows import WEEKLY, Window, desk_of

EDITION = "content/editions/2026-w48.yaml"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Five items in the inbox."""
    for number in range(1, 6):
        put(tmp_path, number)
    return tmp_path


def text_of(root: Path, name: str) -> str:
    return (root / "content" / name).read_text()


def edition_of(root: Path) -> Any:
    return read_manifest((root / EDITION).read_bytes(), EDITION, config_of())


def picked(site: Path, *numbers: int, more: str = WEEKLY) -> Window:
    """A window in which some items have been picked."""
    window = Window(desk_of(site, more))
    for number in numbers:
        window.press(f"Pick: Item {number}")
    return window


# The inbox ------------------------------------------------------------------------------------
def test_an_item_is_picked_and_that_is_undone(site: Path) -> None:
    before = tree(site)
    window = picked(site, 3)
    assert window.said == "Picked: Item 3."
    assert window.rows("edition") == ["Item 3"]
    assert "news/2026-11-23-item-3.md" in tree(site)
    window.press("Undo")
    assert window.said == "Undone (picked): Item 3."
    assert tree(site) == before
    window.press("Undo")
    assert "there is nothing to undo" in window.said


def test_items_are_dropped_one_by_one_by_selection_and_all_at_once(site: Path) -> None:
    window = Window(desk_of(site))
    window.press("Drop: Item 1")
    assert len(window.rows()) == 4
    boxes = window.page.xpath("//input[@name='item']/@value")
    window.press("Drop selected", item=boxes[:2])
    assert window.said == "Dropped: 2 items."
    window.press("Drop selected")
    assert "nothing is selected" in window.said
    window.press("Drop all 2 listed")
    assert window.rows() == []
    assert "Nothing waits." in window.answer.text
    assert len(read_dropped(site, "content")) == 5
    window.press("Undo")
    assert len(window.rows()) == 2


def test_the_list_can_be_filtered_by_words_and_by_rules(site: Path) -> None:
    window = Window(desk_of(site), "/_desk/?q=item+3")
    assert window.rows() == ["Item 3"]
    window.press("Pick: Item 3")
    assert window.answer.request.url.params["q"] == "item 3"
    window.get("/_desk/?q=title+is+item+2")
    assert window.rows() == ["Item 2"]
    window.get("/_desk/?q=words+<+x")
    assert window.rows() == []
    assert window.page.get_element_by_id("q-problem").text_content()


def test_what_was_dropped_here_comes_back_on_no_machine(site: Path) -> None:
    (site / ".gitignore").write_text(".sitegen-cache\npreview\n")
    app = desk_of(site)
    git(site, "init", "-b", "main")
    git(site, "add", "-A")
    git(site, "commit", "-m", "start")
    two = site.parent / "two"
    shutil.copytree(site, two)
    Window(app).press("Drop: Item 1")
    other = Window(desk_of(two))
    other.press("Drop: Item 2")
    other.press("Pick: Item 3")
    for root in (site, two):
        git(root, "add", "-A")
        git(root, "commit", "-m", "desk")
    git(two, "pull", "--no-rebase", "--no-edit", str(site), "main")
    put(two, 1)  # as a later import would bring them
    put(two, 2)
    put(two, 3)
    assert Window(other.app).rows() == ["Item 5", "Item 4"]
    assert len(read_dropped(two, "content")) == 2
    shutil.rmtree(two)


# Words ----------------------------------------------------------------------------------------
def test_a_comment_is_written_into_the_file_of_the_item(site: Path) -> None:
    window = Window(desk_of(site), "/_desk/comment?path=content/_inbox/2026-11-23-item-1.md")
    window.press("Save", text="The third time.\r\n\r\nMore: on Friday.", by="Ruta Lind")
    head = text_of(site, "_inbox/2026-11-23-item-1.md")
    assert (
        "comment:\n  text: |-\n    The third time.\n\n    More: on Friday.\n  by: Ruta Lind\n"
        in head
    )
    assert "The third time." in window.answer.text
    window.press("Pick: Item 1")
    assert "The third time." in text_of(site, "news/2026-11-23-item-1.md")
    window.get("/_desk/comment?path=content/news/2026-11-23-item-1.md&edition=2026-w48")
    window.press("Save", text="Here only.", only_here="yes")
    assert edition_of(site).comments == {"import-" + "1" * 16: Comment("Here only.", "Ruta Lind")}
    window.get("/_desk/comment?path=content/news/2026-11-23-item-1.md&edition=2026-w48")
    assert "Here only." in window.answer.text
    window.press("Save", text="", by="", only_here=[])
    assert edition_of(site).comments == {}
    assert "comment:" not in text_of(site, "news/2026-11-23-item-1.md")


def test_words_and_order_of_the_edition_keep_what_a_person_wrote(site: Path) -> None:
    window = picked(site, 1, 2, 3)
    names = ["import-" + str(n) * 16 for n in (1, 2, 3)]
    text = f"# Ours.\ntitle: Mine  # for now\narticles:\n# first\n- {names[2]}\n- {names[0]}\n"
    (site / "content/editions").mkdir()
    (site / EDITION).write_text(text)
    window.get()
    assert window.rows("edition") == ["Item 3", "Item 1", "Item 2"]
    window.press("Move up: Item 2")
    assert window.said == "Item 2: now number 2 of its section."
    window.press("Save", intro="Good morning.", outro="Bye.", outro_by="Ruta")
    new = f'{text.replace("articles", INTRO + "articles")}- "{names[1]}"  # Item 2\n'
    lines = (site / EDITION).read_text().splitlines()
    assert sorted(lines) == sorted(new.splitlines())
    assert lines.index("# first") + 1 == lines.index(f"- {names[2]}")
    window.press("Lead: Item 2")
    assert window.rows("edition") == ["Item 2", "Item 3", "Item 1"]
    for _ in range(3):
        window.press("Undo")
    assert (site / EDITION).read_text() == text


INTRO = "intro: Good morning.\noutro:\n  text: Bye.\n  by: Ruta\n"


def test_an_article_goes_back_to_the_inbox_with_its_images(site: Path) -> None:
    put(site, 6, text="![A crane](crane.jpg)", date="2015-03-01")
    (site / "content/_inbox/crane.jpg").write_bytes(b"jpeg")
    before = tree(site)
    window = picked(site, 6)
    assert "edition: 2026-w48\n" in text_of(site, "news/2015-03-01-item-6.md")
    window.press("Back to the inbox: Item 6")
    assert window.said == "Back in the inbox: Item 6."
    assert tree(site) == before


def test_an_article_moves_to_another_section(site: Path) -> None:
    window = picked(site, 1)
    window.get("/_desk/read?path=content/news/2026-11-23-item-1.md")
    window.press("Move", section="Harbour News")
    assert "section: harbour-news\n" in text_of(site, "news/2026-11-23-item-1.md")
    window.get("/_desk/read?path=content/news/2026-11-23-item-1.md")
    window.press("Move", section="!!")
    assert "cannot be a section" in window.said


# Closing and sending --------------------------------------------------------------------------
def test_an_edition_is_closed_with_the_older_ones_and_that_is_undone(site: Path) -> None:
    put(site, 6, date="2026-11-10", folder="news")
    window = picked(site, 1, 2)
    window.press("Save", title="The late ones", intro="Good morning.")
    (site / EDITION).write_text("# Ours.\n" + (site / EDITION).read_text())
    window.get()
    before = tree(site)
    assert "these editions, as older ones are open" in window.answer.text
    window.press("Close 2026-w48")
    assert window.said == "Closed: 2026-w46, 2026-w48."
    closed = edition_of(site)
    assert (closed.number, closed.title, len(closed.articles)) == (2, "The late ones", 2)
    assert closed.intro == Comment("Good morning.")
    assert "# Ours.\n" in (site / EDITION).read_text()
    assert "# A closed edition" in text_of(site, "editions/2026-w46.yaml")
    window.press("Pick: Item 3")
    assert "edition: 2026-w49\n" in text_of(site, "news/2026-11-23-item-3.md")
    window.press("Undo")
    window.press("Undo")
    assert tree(site) == before


def test_what_is_not_published_yet_stays_out_and_the_desk_says_so(site: Path) -> None:
    window = picked(site, 1)
    path = site / "content/news/2026-11-23-item-1.md"
    path.write_text(path.read_text().replace("date: 2026-11-23", "date: 2026-11-26"))
    window.press("Pick: Item 2")
    assert "dated in the future: not published yet" in window.answer.text
    assert "1 of the articles above is not published yet, and stays out" in window.answer.text


def test_a_closed_edition_is_sent_by_the_function_that_sends(site: Path) -> None:
    sent: list[tuple[str, str]] = []

    def send(key: str, to: str) -> tuple[str, bool]:
        sent.append((key, to))
        return f"Sent to {to or 'all'}.", True

    window = picked(site, 1)
    window.press("Close 2026-w48")
    window.get("/_desk/?edition=2026-w48")
    assert "Add <code>send:</code>" in window.answer.text
    target = "send: {letters: {kind: buttondown, env: KEY}}\n"
    window = Window(desk_of(site, WEEKLY + target, send), "/_desk/?edition=2026-w48")
    window.press("Send a trial", to="me@a.example")
    assert window.said == "Sent to me@a.example."
    window.press("Send")
    assert "nothing was sent" in window.said
    window.press("Send", sure="yes")
    assert sent == [("2026-w48", "me@a.example"), ("2026-w48", "")]


def test_a_site_without_editions_says_how_to_have_them(site: Path) -> None:
    window = picked(site, 1, more="")
    assert window.said == "Picked: Item 1."
    assert "This site has no editions" in window.answer.text


# Two windows, an editor and an import ---------------------------------------------------------
def test_what_another_window_changed_is_not_lost(site: Path) -> None:
    app = desk_of(site)
    one, two = Window(app), Window(app)
    one.press("Pick: Item 1")
    two.press("Drop: Item 1")
    assert "does not wait any more" in two.said
    assert "news/2026-11-23-item-1.md" in tree(site)
    assert two.rows() == one.rows()


def test_a_conflict_shows_both_versions_of_a_comment(site: Path) -> None:
    app, path = desk_of(site), "/_desk/comment?path=content/_inbox/2026-11-23-item-1.md"
    one, two = Window(app, path), Window(app, path)
    one.press("Save", text="Theirs.", by="Ann")
    answer = two.press("Save", text="Mine.", by="Ruta")
    assert answer.status_code == 409
    assert [node.text for node in two.page.xpath("//textarea")] == [
        "Mine.",
        "Theirs.",
        "Ruta",
        "Ann",
    ]
    assert "Theirs." in text_of(site, "_inbox/2026-11-23-item-1.md")
    two.press("Save mine", text="Mine and theirs.")
    assert two.said == "Comment saved: Item 1."
    assert "Mine and theirs." in text_of(site, "_inbox/2026-11-23-item-1.md")


def test_a_conflict_shows_both_versions_of_the_words(site: Path) -> None:
    window = picked(site, 1)
    window.press("Save", intro="One.")
    path = site / EDITION
    path.write_text(path.read_text().replace("One.", "By an editor."))
    answer = window.press("Save", intro="Two.", title="T")
    assert answer.status_code == 409
    texts = [node.text or "" for node in window.page.xpath("//textarea")]
    assert texts == ["T", "", "Two.", "By an editor.", "", "", "", "", "", ""]
    window.press("Save mine")
    assert edition_of(site).intro == Comment("Two.")
    window.get()
    path.write_text(path.read_text() + "# An editor.\n")
    window.press("Close 2026-w48")
    assert "has changed since it was shown" in window.said
    assert "number:" not in path.read_text()


def test_two_windows_an_editor_and_an_import_lose_nothing(site: Path) -> None:
    for number in range(6, 10):
        put(site, number)
    app = desk_of(site)
    windows = [Window(app) for _ in range(2)]
    names = [f"content/_inbox/2026-11-23-item-{n}.md" for n in range(1, 10)]
    edited = site / names[0]

    saved: list[bool] = []

    def editor() -> None:
        with contextlib.suppress(FileNotFoundError), open(edited, "r+") as file:
            file.seek(0, 2)
            file.write("A note.\n")
            saved.append(True)

    def arrivals() -> None:
        for number in range(10, 16):
            put(site, number, f"Late {number}")

    def act(window: Window, verb: str) -> None:
        for number in range(1, 10):
            window.press(f"{verb}: Item {number}") if f"Item {number}" in window.rows() else None

    jobs = [
        threading.Thread(target=act, args=(windows[0], "Pick")),
        threading.Thread(target=act, args=(windows[1], "Drop")),
        threading.Thread(target=editor),
        threading.Thread(target=arrivals),
    ]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    after = tree(site)
    dropped = read_dropped(site, "content")
    for number in range(1, 10):
        name = f"2026-11-23-item-{number}.md"
        places = [f"news/{name}" in after, f"_inbox/{name}" in after, str(number) * 16 in dropped]
        assert sum(places) == 1, (number, places)
    if saved and "1" * 16 not in dropped:
        assert any(b"A note." in data for data in after.values())
    waiting = {item.title for item in inbox(site, config_of(), NOW).items}
    assert {f"Late {number}" for number in range(10, 16)} <= waiting


# What others wrote ----------------------------------------------------------------------------
PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</textarea><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_a_source_is_markup(tmp_path: Path, payload: str) -> None:
    put(tmp_path, 1, payload, f"{payload}\n\n[x](javascript:alert(1)) <b onclick=alert(1)>b</b>")
    put(tmp_path, 2, "Two", source=payload)
    app = desk_of(tmp_path)
    window = Window(app)
    pages = [window.answer]
    pages.append(window.get("/_desk/read?path=content/_inbox/2026-11-23-item-1.md"))
    window.get("/_desk/comment?path=content/_inbox/2026-11-23-item-1.md")
    pages.append(window.answer)
    pages.append(window.press("Save", text=payload, by=payload))
    window.press("Pick: Two")
    pages.append(window.press("Save", title=payload, intro=payload, outro=payload))
    for page in pages:
        assert page.status_code == 200, page.text
        shown = lxml.html.fromstring(page.text)
        assert shown.xpath("//script/@src") == ["/_desk/static/desk.js"]
        assert shown.xpath("//script[not(@src)]") == []
        assert shown.xpath("//@*[starts-with(name(), 'on')]") == []
        links = [*shown.xpath("//a/@href"), *shown.xpath("//form/@action")]
        assert not any(link.strip().lower().startswith("javascript") for link in links)
        assert "{{" not in payload or "{{ 7 * 7 }}" in page.text
        policy = page.headers["content-security-policy"]
        assert "script-src http://localhost:8000/_desk/static/;" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize(
    "path",
    [
        "site.yaml",
        "content/../site.yaml",
        "/etc/passwd",
        "content/_dropped.txt",
        "content/editions/2026-w48.yaml",
        "content/.hidden.md",
        "content/_other/x.md",
        "content/link.md",
        "content/folder/x.md",
        "content/\0.md",
        "",
    ],
)
def test_no_other_file_is_read_or_opened(site: Path, path: str) -> None:
    secret = site / "secret"
    secret.mkdir()
    for name in ("x.md", "y.md"):
        (secret / name).write_text("---\ntitle: S\ndate: 2026-11-23\n---\nSecret.\n")
    (site / "content/link.md").symlink_to(secret / "x.md")
    (site / "content/folder").symlink_to(secret)
    opened: list[Path] = []
    window = Window(desk_of(site, opened=opened))
    token = window.token()
    for page in ("read", "comment"):
        answer = window.ask("GET", f"/_desk/{page}", params={"path": path})
        assert answer.status_code == 400
        assert "Secret." not in answer.text
    for action in ("open", "pick", "drop", "comment", "section", "back"):
        fields = {"token": token, "one": f" {path}", "path": path, "text": "x", "section": "x"}
        window.post(f"/_desk/{action}", fields)
        assert window.said or "Not done" in window.answer.text
    assert opened == []
    assert len(list(secret.iterdir())) == 2


def test_an_article_is_opened_in_the_editor(site: Path) -> None:
    opened: list[Path] = []
    window = Window(desk_of(site, opened=opened))
    window.press("Edit: Item 1")
    assert opened == [site / "content/_inbox/2026-11-23-item-1.md"]
    window = Window(desk_of(site, fault="code cannot be started."))
    window.press("Edit: Item 1")
    assert window.said == "code cannot be started."


def test_the_e_mail_is_shut_into_its_frame(site: Path) -> None:
    letter = site / "preview/edition/2026-w48/email.html"
    letter.parent.mkdir(parents=True)
    letter.write_text("<p>Letter</p><script>alert(1)</script>")
    window = picked(site, 1)
    frame = window.page.xpath("//iframe")[0]
    assert frame.get("sandbox") == "allow-same-origin"
    answer = window.ask("GET", frame.get("src"))
    assert "Letter" in answer.text
    assert answer.headers["content-security-policy"].startswith("sandbox allow-same-origin;")
    assert "script-src" not in answer.headers["content-security-policy"]
    assert window.get("/_desk/email?edition=2026-w01").status_code == 404
    assert letter_of(site / "preview", "../edition/2026-w48") is None


def test_the_script_gets_json_and_the_mark_of_the_edition(site: Path) -> None:
    window = picked(site, 1, 2)
    window.press("Lead: Item 1")
    name = "import-" + "2" * 16
    fields = {"token": window.token(), "edition": "2026-w48", "lead": name, "mark": "old"}
    answer = window.post("/_desk/lead", fields, accept="application/json")
    assert answer.status_code == 409
    assert answer.json()["ok"] is False
    window.get()
    fields["mark"] = window.page.xpath("//form[@action='/_desk/order']/input[@name='mark']/@value")[
        0
    ]
    saved = window.post("/_desk/lead", fields, accept="application/json").json()
    assert saved["said"] == "Lead: Item 2."
    window.get()
    marks = window.page.xpath("//form[@action='/_desk/order']/input[@name='mark']/@value")
    assert marks == [saved["mark"]]


def test_a_full_disk_is_reported_and_keeps_what_was_typed(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = Window(desk_of(site), "/_desk/comment?path=content/_inbox/2026-11-23-item-1.md")
    before = tree(site)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sitegen.desk.journal.write_whole", full)
    answer = window.press("Save", text="An hour's work.")
    assert answer.status_code == 500
    assert "No space left on device" in answer.text
    assert "An hour&#39;s work." in answer.text
    assert tree(site) == before


def test_broken_settings_are_a_page_that_says_so(site: Path) -> None:
    app = desk_of(site)
    (site / "site.yaml").write_text("title: [\n")
    answer = Window(app).answer
    assert answer.status_code == 400
    assert "site.yaml" in answer.text


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/_desk/?q=a", "/_desk/?q=a"),
        ("https://evil.example/", "/_desk/"),
        ("//evil.example/_desk/", "/_desk/"),
        ("/_desk/\r\nx: y", "/_desk/"),
        ("/_desk/\\..", "/_desk/"),
        ("", "/_desk/"),
    ],
)
def test_a_form_leads_to_pages_of_the_desk_only(asked: str, given: str) -> None:
    assert own_page(asked) == given


def test_an_answer_is_shown_once_more() -> None:
    assert with_said("/_desk/?q=a%20b&said=old", "new") == "/_desk/?q=a+b&said=new"


def test_many_requests_at_once_are_answered(site: Path) -> None:
    app = desk_of(site)
    window = Window(app)

    async def ask() -> list[int]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            paths = ["/_desk/", "/_desk/inbox", "/_desk/edition"] * 4
            return [r.status_code for r in await asyncio.gather(*map(client.get, paths))]

    assert asyncio.run(ask()) == [200] * 12
    assert window.answer.status_code == 200
