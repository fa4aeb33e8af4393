"""Search: what stands in the index, that its bytes are always the same, and that a reader finds
articles by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from sitegen.deploy.headers import FOREVER, cache_control, group
from tests.answering import answering
from tests.conftest import SITE, Digest
from tests.serve.helpers import eventually, serving

pytest.importorskip("playwright.sync_api")

INDEX = "search/index/"


@pytest.fixture
def searched(digest: Digest) -> Digest:
    """A site with search and an article of each kind."""
    return fill(digest)


def fill(digest: Digest) -> Digest:
    digest.write(
        "site.yaml", SITE + "search: true\nsections: {world: {title: World}, town: {title: Town}}\n"
    )
    digest.article(
        "crane",
        "The crane of quay nine",
        body="The crane lifts a **grand piano**.",
        more="dek: About lifting\n",
    )
    digest.article(
        "tram",
        "A tram to the sea",
        date="2025-03-02",
        body="The tram passes the crane.",
        more="source: {name: Tideline}\n",
    )
    digest.article(
        "linked",
        "Only a link",
        body="Secretlink words.",
        more="rights: {show: link}\ndek: Secretdek\n",
    )
    digest.article(
        "cut",
        "Only a part",
        body="Openword two three hiddenword.",
        more="rights: {show: excerpt, words: 2}\n",
    )
    digest.article("draft", "Unfinished", body="Draftword.", more="status: draft\n")
    digest.article("gone", "Taken back", body="Goneword.", more="status: withdrawn\n")
    digest.article("later", "To come", date="2027-01-01", body="Laterword.")
    digest.article("over", "Expired", body="Overword.", more="expires_at: 2026-11-10\n")
    digest.article(
        "past", "Overdue", body="Pastword.", more="expires_at: 2026-11-10\non_expiry: noindex\n"
    )
    expired = "expires_at: 2026-11-10\non_expiry: excerpt\nrights: {words: 2}\n"
    digest.article("rest", "Remnant", body="Restword two hiddenword.", more=expired)
    head = "title: Das Haus\ndate: 2026-11-02\nauthors: [Bo Beck]\nlang: de"
    digest.write("content/town/haus.md", f"---\n{head}\n---\n\nViele Häuser am Hafen.\n")
    return digest


def words(digest: Digest) -> str:
    """All that can be read in the index."""
    return "\n".join(
        data.decode() for name, data in sorted(digest.tree().items()) if name.startswith(INDEX)
    )


def test_without_search_there_is_nothing_of_it(digest: Digest) -> None:
    digest.article("a")
    digest.build()
    assert not [name for name in digest.tree() if "search" in name]
    assert "/search/" not in digest.page("index.html")


def test_rights_are_kept_and_what_is_not_published_is_not_found(searched: Digest) -> None:
    searched.build()
    found = words(searched)
    shown = (
        "grand piano",
        "About lifting",
        "The crane of quay nine",
        "Only a link",
        "Openword two",
        "Häuser am Hafen",
    )
    for there in (*shown, "Restword two"):
        assert there in found
    hidden = (
        "ecretlink",
        "ecretdek",
        "iddenword",
        "raftword",
        "nfinished",
        "oneword",
        "Taken back",
        "aterword",
        "verword",
    )
    for held in (*hidden, "Overdue", "astword"):
        assert held not in found


def test_the_bytes_are_the_same_in_every_folder(make_digest: Callable[[str], Digest]) -> None:
    trees = []
    for name in ("one", "two"):
        site = fill(make_digest(name))
        for number in range(40):
            head = (
                f"title: N {number}\ndate: 2026-{1 + number % 10:02}-01\nauthors: [Author"
                f" {number % 17}, Author {number % 13}]"
            )
            site.write(f"content/town/n{number}.md", f"---\n{head}\n---\n\nText {number}.\n")
        site.build()
        trees.append(site.tree())
    assert trees[0] == trees[1]
    assert f"{INDEX}index.json" in trees[0]


def test_a_second_build_writes_nothing_and_a_lost_file_comes_back(searched: Digest) -> None:
    searched.build()
    before = searched.tree()
    assert ": 0 files written" in searched.build().stdout
    lost = next(name for name in before if "/texts." in name)
    (searched.root / "output" / lost).unlink()
    assert ": 1 file written" in searched.build().stdout
    assert searched.tree() == before


def test_incremental_output_is_that_of_a_cold_build(
    searched: Digest, make_digest: Callable[[str], Digest]
) -> None:
    searched.build()
    searched.article(
        "crane",
        "The crane of quay nine",
        body="The crane lifts an **organ**.",
        more="dek: About lifting\n",
    )
    searched.build()
    assert "organ" in words(searched)
    assert "piano" not in words(searched)
    searched.article("new", "A new one", date="2026-11-20", body="Newword.")
    (searched.root / "content/world/tram.md").unlink()
    (searched.root / "content/town/haus.md").unlink()
    searched.build()
    cold = fill(make_digest("cold"))
    cold.article(
        "crane",
        "The crane of quay nine",
        body="The crane lifts an **organ**.",
        more="dek: About lifting\n",
    )
    cold.article("new", "A new one", date="2026-11-20", body="Newword.")
    (cold.root / "content/world/tram.md").unlink()
    (cold.root / "content/town/haus.md").unlink()
    cold.build()
    assert searched.tree() == cold.tree()
    assert not [name for name in searched.tree() if name.startswith(f"{INDEX}de/")]


def many(digest: Digest, count: int, own: int = 0) -> None:
    """``count`` articles an hour apart; the older a one, the more often it has the word. Each has
    ``own`` words that no other has."""
    digest.write("site.yaml", SITE + "search: true\n")
    for number in range(count):
        hour = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number)
        digest.article(
            f"n{number:03}",
            f"Piece {number:03}",
            hour.isoformat(),
            "gull " * (1 + (count - number) // 9)
            + " ".join(f"lot{number:03}word{n:02}" for n in range(own)),
        )


def parts(digest: Digest) -> dict[str, dict[str, bytes]]:
    """The files of each shard."""
    out: dict[str, dict[str, bytes]] = {}
    for name, data in digest.tree().items():
        if name.startswith(f"{INDEX}en/"):
            _, _, _, number, rest = name.split("/", 4)
            out.setdefault(number, {})[rest] = data
    return out


def test_the_youngest_articles_are_in_a_small_shard_and_only_theirs_changes_with_them(
    digest: Digest,
) -> None:
    many(digest, 200)
    digest.build()
    before = parts(digest)
    assert {number: len(files) for number, files in before.items()} == {"1": 128 / 16, "2": 5}
    digest.article("n199", "Piece 199", "2026-01-09T07:00:00+00:00", "heron")
    digest.article("n200", "Piece 200", "2026-01-09T08:00:00+00:00", "heron")
    digest.build()
    after = parts(digest)
    assert after["1"] == before["1"]
    assert b"heron" in words(digest).encode()
    digest.article(
        "n000", "Piece 000", "2026-01-01T00:00:00+00:00", "gull", more="status: withdrawn\n"
    )
    digest.build()
    last = parts(digest)
    assert last["2"] == after["2"], "an article that is withdrawn moves no other"
    assert last["1"] != after["1"]


def test_switching_it_off_takes_it_away(
    searched: Digest, make_digest: Callable[[str], Digest]
) -> None:
    searched.build()
    searched.write(
        "site.yaml", (searched.root / "site.yaml").read_text().replace("search: true\n", "")
    )
    searched.build()
    assert not [name for name in searched.tree() if "search" in name]


def test_a_dry_run_indexes_nothing_and_mentions_the_index(searched: Digest) -> None:
    said = searched.build("--dry-run").stdout
    assert f"{INDEX}index.json: new" in said
    assert not (searched.root / ".sitegen-cache/search").exists()
    searched.build()
    assert "belongs to search index" in searched.run("explain", f"/{INDEX}index.json").stdout


def test_an_index_that_is_lost_from_the_cache_is_made_again(searched: Digest) -> None:
    searched.build()
    before = searched.tree()
    for path in (searched.root / ".sitegen-cache/search").iterdir():
        path.unlink()
    searched.article(
        "tram",
        "A tram to the sea",
        date="2025-03-02",
        body="The tram has passed.",
        more="source: {name: Tideline}\n",
    )
    searched.build()
    searched.article(
        "tram",
        "A tram to the sea",
        date="2025-03-02",
        body="The tram passes the crane.",
        more="source: {name: Tideline}\n",
    )
    searched.build("--no-cache")
    assert searched.tree() == before


def test_a_file_of_the_site_cannot_be_in_the_index(searched: Digest) -> None:
    searched.write("static/search/index/en/mine.txt", "mine")
    assert "has the same URL as the search index" in searched.build(expect=1).stderr


def test_an_unknown_engine_is_reported(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "search: {engine: lunar}\n")
    assert "`search.engine`: unknown value `lunar`" in digest.build(expect=2).stderr


def test_the_page_says_what_to_do_without_javascript(searched: Digest) -> None:
    searched.build()
    page = searched.page("search/index.html")
    said = page.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "Search needs JavaScript" in said
    for address in ("/archive/", "/world/", "/tags/" if "/tags/" in page else "/authors/"):
        assert f'href="{address}"' in said
    assert '<form class="search" id="search" role="search" action="/search/" method="get"' in page
    assert "noindex" in page
    assert 'href="/search/"' in searched.page("index.html")
    assert "/search/" not in searched.page("sitemap.xml")


def test_what_leads_to_the_index_is_sent_after_it_and_is_not_kept_by_caches(
    searched: Digest,
) -> None:
    searched.build()
    for name in searched.tree():
        if name.startswith(INDEX):
            last = group(name, frozenset()) == 3
            assert last == name.endswith("/index.json")
            kept = cache_control(name, {}) == FOREVER
            assert kept != last


class _Files(SimpleHTTPRequestHandler):
    """A static host with a strict security policy."""

    def end_headers(self) -> None:
        self.send_header(
            "Content-Security-Policy",
            "default-src 'self'; script-src 'self'; style-src 'self'",
        )
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Reader:
    """A browser at the search page of a built site, with all that it has asked for."""

    def __init__(self, tab: Any, address: str) -> None:
        self.tab, self.address = tab, address
        self.asked: list[str] = []
        self.faults: list[str] = []
        tab.on("request", lambda request: self.asked.append(request.url))
        tab.on("pageerror", lambda error: self.faults.append(str(error)))
        tab.on(
            "console",
            lambda message: self.faults.append(message.text) if message.type == "error" else None,
        )

    def titles(self, count: int) -> list[str]:
        """The headlines found, once there are ``count``."""
        said = f"Articles found: {count}" if count else "No article was found."
        eventually(lambda: self.tab.inner_text("#found") == said, said)
        return sorted(self.tab.locator("#results .headline").all_inner_texts())


@pytest.fixture
def reader(searched: Digest, chromium: Any) -> Iterator[Reader]:
    yield from reading(searched, chromium)


def reading(digest: Digest, chromium: Any) -> Iterator[Reader]:
    """A reader of ``digest``, who must meet with no fault and no other host."""
    digest.write(
        "site.yaml",
        (digest.root / "site.yaml")
        .read_text()
        .replace("https://t.example/", "https://t.example/sub/"),
    )
    folder = digest.root / "host"
    digest.build("--output", str(folder / "sub"))
    tab = chromium.new_page()
    tab.set_default_timeout(60_000)
    handler = partial(_Files, directory=str(folder))
    with answering(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as server:
        one = Reader(tab, f"http://127.0.0.1:{server.server_port}/sub")
        yield one
        tab.close()
    assert one.faults == []
    assert [url for url in one.asked if not url.startswith(f"{one.address}/")] == []


def test_a_reader_finds_articles_and_narrows_them_down(reader: Reader) -> None:
    tab = reader.tab
    tab.goto(f"{reader.address}/search/")
    assert not [url for url in reader.asked if INDEX in url], (
        "the index is loaded before anybody searches"
    )
    tab.fill("#q", "crane")
    tab.keyboard.press("Enter")
    assert reader.titles(2) == ["A tram to the sea", "The crane of quay nine"]
    assert tab.url == f"{reader.address}/search/?q=crane"
    tab.click("summary")
    eventually(lambda: tab.locator("[name=source] option").count() > 1, "filters")
    tab.select_option("[name=source]", "Tideline")
    assert reader.titles(1) == ["A tram to the sea"]
    card = tab.locator("#results article").inner_text()
    assert "By Ann Ames" in card
    assert "2 Mar 2025" in card
    assert "The tram passes the crane." in card
    tab.select_option("[name=date]", "2026")
    assert reader.titles(0) == []
    tab.go_back()
    assert reader.titles(1) == ["A tram to the sea"]
    tab.click("#results a")
    tab.wait_for_url(f"{reader.address}/world/2025/03/02/tram/")


def test_the_head_of_other_pages_leads_to_the_answer_without_script(reader: Reader) -> None:
    tab = reader.tab
    for width in (1280, 360):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.goto(f"{reader.address}/world/2025/03/02/tram/")
        assert tab.locator("script[src*=search]").count() == 0
        form = tab.get_by_role("search")
        if width > 640:
            form.get_by_role("searchbox", name="Search for").fill("piano")
        form.get_by_role("button", name="Search").click()
        tab.wait_for_url(f"{reader.address}/search/?q={'piano' if width > 640 else ''}")
        assert tab.get_by_role("search").count() == 1, "the page has its own form"
        if width > 640:
            assert reader.titles(1) == ["The crane of quay nine"]


def test_an_address_with_a_question_is_answered(reader: Reader) -> None:
    reader.tab.goto(f"{reader.address}/search/?q=lifts&section=World&date=2026-11")
    assert reader.titles(1) == ["The crane of quay nine"]
    assert reader.tab.input_value("#q") == "lifts"
    assert reader.tab.input_value("[name=date]") == "2026-11"
    reader.tab.wait_for_load_state("networkidle")  # the other language is looked through, too
    reader.tab.goto(f"{reader.address}/search/?q=link")
    assert reader.titles(1) == ["Only a link"]
    assert reader.tab.locator("#results .summary").count() == 0


@pytest.fixture
def crowd(digest: Digest, chromium: Any) -> Iterator[Reader]:
    """A reader of a digest whose articles stand in two shards."""
    many(digest, 200)
    yield from reading(digest, chromium)


def test_results_are_sorted_by_date_across_the_shards(crowd: Reader) -> None:
    tab = crowd.tab
    tab.goto(f"{crowd.address}/search/?q=gull")
    assert len(crowd.titles(200)) == 10

    def first() -> list[str]:
        return tab.locator("#results .headline").all_inner_texts()

    assert first()[0] != "Piece 199", "the most relevant come first"
    tab.get_by_label("Sort by").focus()
    tab.keyboard.type("Newest")
    eventually(lambda: first()[:1] == ["Piece 199"], "newest")
    assert tab.url == f"{crowd.address}/search/?q=gull&sort=newest"
    assert tab.evaluate("document.activeElement.id") == "sort"
    for shown in range(20, 201, 10):
        tab.click("#more")
        eventually(lambda n=shown: len(first()) == n, "more")
    assert first() == [f"Piece {number:03}" for number in reversed(range(200))]
    tab.goto(f"{crowd.address}/search/?q=gull&sort=oldest&date=2026-01")
    crowd.titles(200)
    assert first() == [f"Piece {number:03}" for number in range(10)]
    assert tab.input_value("#sort") == "oldest"
    assert "1 Jan 2026" in tab.locator("#results article").first.inner_text()
    tab.goto(f"{crowd.address}/search/?section=World")
    crowd.titles(200)
    assert first() == [f"Piece {number:03}" for number in range(199, 189, -1)], (
        "without words the newest come first"
    )


def test_what_one_shard_lacks_is_not_replaced_there_by_something_like_it(
    digest: Digest, chromium: Any
) -> None:
    many(digest, 200, own=80)  # so that the root does not hold the index whole
    digest.article("seaplane", "Seaplane", "2026-01-01T00:30:00+00:00", "gull gullible tramway")
    digest.article("newest", "Seaplanes again", "2026-03-01", "gull tram")
    for crowd in reading(digest, chromium):
        expected = {
            "gullible": ["Seaplane"],  # and not the 201 that have "gull"
            "gull seaplane": ["Seaplane", "Seaplanes again"],
            "gull gullible": ["Seaplane"],
            "tram": ["Seaplane", "Seaplanes again"],
            '"gull tram"': ["Seaplanes again"],
            "gullible&date=2026-03": [],
            "heron": [],
            "lot150word7": ["Piece 150"],
        }
        for question, titles in expected.items():
            crowd.tab.goto(f"{crowd.address}/search/?q={question}")
            assert crowd.titles(len(titles)) == titles, question
        assert any("/words." in url for url in crowd.asked)
        crowd.tab.goto(f"{crowd.address}/search/?q=gullibles")  # another form of it
        crowd.titles(1)
        crowd.tab.goto(f"{crowd.address}/search/?q=gullxyz")  # which no article has
        crowd.titles(0)


def test_an_order_that_there_is_not_is_that_by_relevance(reader: Reader) -> None:
    reader.tab.goto(f"{reader.address}/search/?q=crane&sort=toString")
    reader.titles(2)
    assert reader.tab.input_value("#sort") == ""


def test_another_language_has_an_index_of_its_own(reader: Reader) -> None:
    reader.tab.goto(f"{reader.address}/search/?q=haus&lang=de")
    assert reader.titles(1) == ["Das Haus"]
    assert reader.tab.get_attribute("#results .headline", "lang") == "de"


def test_a_preview_makes_no_index(searched: Digest) -> None:
    with serving(searched) as server:
        assert server.shows("A preview has no search index", "/search/")
    assert not (searched.root / ".sitegen-cache/search").exists()


def test_one_box_answers_in_every_language_and_no_hit_is_invented(reader: Reader) -> None:
    tab = reader.tab
    tab.goto(f"{reader.address}/search/?q=haus")
    said = "In other languages: 1"
    eventually(lambda: tab.inner_text("#found") == said, said)
    assert tab.inner_text("#results .headline") == "Das Haus"
    assert "Deutsch" in tab.inner_text("#results .meta")
    button = tab.locator("#tongues button")
    assert button.inner_text() == "Deutsch (1)"
    assert not tab.is_visible("#more") and not tab.is_visible("#older")
    button.click()
    assert reader.titles(1) == ["Das Haus"]
    assert not tab.is_visible("#tongues")
    tab.goto(f"{reader.address}/search/?q=cranxyz")
    assert reader.titles(0) == []


def test_the_first_answer_takes_one_file_of_a_small_index(reader: Reader) -> None:
    reader.tab.goto(f"{reader.address}/search/?q=crane")
    reader.titles(2)
    reader.tab.wait_for_load_state("networkidle")
    assert [url for url in reader.asked if INDEX in url] == [f"{reader.address}/{INDEX}index.json"]


def test_the_nearest_word_is_suggested(reader: Reader) -> None:
    tab = reader.tab
    tab.goto(f"{reader.address}/search/?q=crnae+quay")
    reader.titles(0)
    tab.locator("#suggestion").wait_for()
    assert tab.inner_text("#suggestion a") == "crane quay"
    tab.click("#suggestion a")
    assert reader.titles(1) == ["The crane of quay nine"]
    assert not tab.is_visible("#suggestion")


def test_letters_without_blanks_and_parts_of_compounds_are_found(
    digest: Digest, chromium: Any
) -> None:
    digest.write("site.yaml", SITE + "search: true\n")
    texts = {
        "ja": ("冬の夜の閲覧室", "市立図書館は深夜まで開いている。室内と閲覧の違い。"),
        "zh": ("港口的夜渡", "乘客等待夜渡船。"),
        "de": ("Die Nachtfähre", "Eine Fähre fährt in der Nacht. Erkrankung."),
        "th": ("เรือกลางคืน", "เรือข้ามฟากออกจากท่า"),
    }
    for lang, (title, body) in texts.items():
        digest.article(lang, title, body=body, more=f"lang: {lang}\n")
    digest.article("en", "A ship", body="Nothing of it.")
    digest.article("de2", "Der Kran", body="Eine Nachtfähre.", more="lang: de\n")
    expected = {
        "閲覧室": ["冬の夜の閲覧室"],
        "図書館": ["冬の夜の閲覧室"],
        "室閲": [],
        "夜渡": ["港口的夜渡"],
        "กลางคืน": ["เรือกลางคืน"],
        "fähre": ["Der Kran", "Die Nachtfähre"],
        "Kran": ["Der Kran"],
    }
    for reader in reading(digest, chromium):
        for question, titles in expected.items():
            reader.tab.goto(f"{reader.address}/search/?q={question}")
            said = f": {len(titles)}" if titles else "No article was found."
            found = reader.tab.locator("#found")
            eventually(lambda found=found, said=said: found.inner_text().endswith(said), question)
            shown = reader.tab.locator("#results .headline").all_inner_texts()
            assert sorted(shown) == titles, question
