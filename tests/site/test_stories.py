"""Stories: what is joined, what never is, and what becomes of it on pages."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen.base.similarity import sketch, text_alike, title_alike
from sitegen.base.urls import originals
from sitegen.config.load import load_config
from sitegen.config.schema import Config
from sitegen.model.article import Document, Source
from sitegen.model.site import Shown
from sitegen.site.resolve import resolve
from sitegen.site.stories import stories
from tests.conftest import SITE, Digest

EVENTS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent.parent / "data/stories/events.yaml").read_text()
)
START = datetime(2026, 11, 20, tzinfo=UTC)
CONFIG = load_config(SITE)


def document(
    path: str, title: str, text: str, hours: float = 0, source: str | Source = "", **more: Any
) -> Document:
    moment = START + timedelta(hours=hours)
    html = "".join(f"<p>{p}</p>\n" for p in text.split("\n"))
    fields = {"source": source if isinstance(source, Source) else Source(source)} | more
    return Document(
        path=path,
        title=title,
        slug=path,
        section="world",
        date=moment.isoformat(),
        stamp=moment.timestamp(),
        signature=sketch(title, html),
        originals=originals(str(fields.get("canonical", "")), fields["source"].url),
        **fields,
    )


def groups(documents: list[Document], config: Config = CONFIG) -> set[frozenset[str]]:
    site, _ = resolve(documents, config, (START + timedelta(days=900)).timestamp(), Shown())
    return {frozenset(site.documents[i].path for i in s.documents) for s in stories(site, config)}


def labelled() -> tuple[list[Document], dict[str, str], set[str]]:
    """The labelled articles, the event of each, and those that can be found."""
    documents, events, findable = [], {}, set()
    for event in EVENTS:
        for number, a in enumerate(event["articles"]):
            path = f"{event['event']}-{number}"
            text = "\n".join(event["wire"][p] if isinstance(p, int) else p for p in a["text"])
            documents.append(document(path, a["title"], text, a["hours"], a["source"]))
            events[path] = event["event"]
            if a.get("found", True):
                findable.add(path)
    return documents, events, findable


def test_precision_and_recall_on_the_labelled_set() -> None:
    documents, events, findable = labelled()
    joined = {frozenset(p) for g in groups(documents) for p in itertools.combinations(g, 2)}
    right = {p for p in joined if len({events[x] for x in p}) == 1}
    there = {
        frozenset(p)
        for p in itertools.combinations(sorted(findable), 2)
        if events[p[0]] == events[p[1]]
    }
    assert len(there) >= 20
    assert len(right) / len(joined) >= 0.95, sorted(map(sorted, joined - right))
    assert len(right & there) / len(there) >= 0.9, sorted(map(sorted, there - joined))


def test_the_order_of_files_does_not_matter() -> None:
    documents, _, _ = labelled()
    expected = groups(documents)
    for seed in range(5):
        random.Random(seed).shuffle(documents)
        assert groups(documents) == expected


WIRE = EVENTS[0]["wire"]
WORDS = "\n".join(WIRE)


def test_no_article_is_dropped_and_reasons_are_recorded() -> None:
    documents = [
        document("a", "One title here now", WORDS, 0, "A"),
        document("b", "Quite another one instead", WORDS, 5, "B"),
    ]
    site, _ = resolve(documents, CONFIG, (START + timedelta(days=9)).timestamp(), Shown())
    (story,) = stories(site, CONFIG)
    assert story.documents == (0, 1)
    assert story.reasons == ("", "text alike (100%)")
    assert len(site.cards) == 2


def test_addresses_join_and_those_of_whole_sites_do_not() -> None:
    link = "https://www.post.example/quay?utm_source=x"
    same = [
        document("a", "A", "", 0, canonical=link),
        document("b", "B", "", 2000, source=Source("P", "http://post.example/quay/#top")),
    ]
    assert groups(same) == {frozenset("ab")}
    home = [document(n, n, "", 0, source=Source("P", "https://post.example/")) for n in "ab"]
    assert groups(home) == set()
    page = [
        document(n, n, "", 0, source=Source("P", "https://post.example/live")) for n in "abcdefg"
    ]
    assert groups(page) == set()


def test_the_window_and_one_outlet_are_kept_apart() -> None:
    def pair(hours: float, second: str = "B", text: str = WORDS) -> set[frozenset[str]]:
        return groups(
            [
                document("a", "One title here now", WORDS, 0, "A"),
                document("b", "Another one instead here", text, hours, second),
            ]
        )

    changed = "\n".join(
        [
            *WIRE[:3],
            (
                "Something else entirely happened afterwards, involving several embarrassed"
                " municipal trumpeters."
            ),
        ]
    )
    assert pair(71)
    assert not pair(73)
    assert pair(5, text=changed)
    assert not pair(5, "A", changed), "reports of every day by one outlet are alike"


def test_a_name_joins_and_parts() -> None:
    named = [
        document("a", "A", "", 0, story="Quay Nine"),
        document("b", "B", "", 2000, story="quay-nine"),
    ]
    assert groups(named) == {frozenset("ab")}
    apart = [
        document("a", "A", WORDS, 0, "A", story="one"),
        document("b", "B", WORDS, 1, "B", story="two"),
    ]
    assert groups(apart) == set()
    bridge = [*apart, document("c", "C", WORDS, 2, "C")]
    assert all(not {"a", "b"} <= g for g in groups(bridge))
    none = [document("a", "A", WORDS, 0, "A"), document("b", "B", WORDS, 1, "B", story="none")]
    assert groups(none) == set()
    only = load_config(SITE + "stories: {kind: key}\n")
    assert (
        groups([document("a", "A", WORDS, 0, "A"), document("b", "B", WORDS, 1, "B")], only)
        == set()
    )
    assert groups(named, only) == {frozenset("ab")}


def test_a_translation_is_no_other_outlet() -> None:
    assert (
        groups(
            [
                document("a", "A", WORDS, 0, "A"),
                document("b", "B", WORDS, 1, "B", translation_of="a"),
            ]
        )
        == set()
    )


def test_withdrawn_articles_are_in_no_story() -> None:
    assert (
        groups(
            [
                document("a", "A", WORDS, 0, "A"),
                document("b", "B", WORDS, 1, "B", status="withdrawn"),
            ]
        )
        == set()
    )


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Crack found in northern pillar", "Northern pillar: crack found", True),
        ("Markets gain 3 percent on Monday", "Markets gain 5 percent on Monday", False),
        ("The weather", "The weather", False),
    ],
)
def test_titles(one: str, other: str, alike: bool) -> None:
    assert (title_alike(one, other) > 0.8) is alike


def test_texts_without_blanks_between_words() -> None:
    text = (
        "港の時計は七年ぶりに動き出し、広場に集まった人びとは拍手を送った。市長は短い挨拶のあと、"
        "鐘を三度鳴らした。" * 2
    )
    other = (
        "図書館の閲覧室では冬のあいだ暖房が止まり、学生たちは毛布を持って通っている。"
        "館長は春までに直すと約束した。" * 2
    )
    assert text_alike(sketch("a", text), sketch("b", f"昨日。{text}")) > 0.7
    assert text_alike(sketch("a", text), sketch("b", other)) < 0.1


def fill(digest: Digest) -> None:
    more = "source: {name: Tideline Wire, url: 'https://wire.example/x'}\nrights: {show: link}"
    digest.article(
        "wire", title="Night ferry runs aground", date="2026-11-20T08:00:00Z", body=WORDS, more=more
    )
    digest.article(
        "ours",
        title="Soup for stranded passengers",
        date="2026-11-20T12:00:00Z",
        body=WORDS,
        more="source: Salm Courier",
    )
    digest.article(
        "other", title="Nothing to do with it", date="2026-11-20T13:00:00Z", body="Else."
    )


def test_pages_of_a_story(digest: Digest) -> None:
    fill(digest)
    digest.build("--strict")
    page = digest.page("story/2026-11-20-wire/index.html")
    assert page.index("Night ferry runs aground") < page.rindex("Soup for stranded passengers")
    assert "text alike (100%)" in page
    assert ">Soup for stranded passengers</h1>" in page, "of which more may be shown stands for all"
    article = digest.page("world/2026/11/20/wire/index.html")
    assert "Also reported by" in article
    assert 'href="/world/2026/11/20/ours/"' in article
    assert 'href="/story/2026-11-20-wire/"' in article
    front = digest.page("index.html")
    assert front.count('href="/world/2026/11/20/ours/"') == 1
    assert 'Also at <a href="/world/2026/11/20/wire/">Tideline Wire</a>' in front
    for place in ("world", "archive"):
        assert "Night ferry" in digest.page(f"{place}/index.html")
    assert "Also reported by" not in digest.page("world/2026/11/20/other/index.html")
    assert "https://t.example/story/2026-11-20-wire/" in digest.page("sitemap.xml")


def test_nothing_of_a_draft_is_shown_by_its_story(digest: Digest) -> None:
    fill(digest)
    digest.article(
        "wire",
        title="Night ferry runs aground",
        date="2026-11-20T08:00:00Z",
        body=WORDS,
        more="status: draft\nsource: Hushed",
    )
    digest.build()
    assert not any(b"Night ferry" in d or b"Hushed" in d for d in digest.tree().values())
    assert not any(n.startswith("story/") for n in digest.tree())


def test_an_edited_body_makes_and_unmakes_a_story(digest: Digest) -> None:
    fill(digest)
    digest.build()
    path = digest.root / "content/world/ours.md"
    text = path.read_text()
    path.write_text(text.replace(WORDS, "Altogether different."))
    digest.build()
    assert not any(n.startswith("story/") for n in digest.tree())
    path.write_text(text)
    digest.build()
    assert "story/2026-11-20-wire/index.html" in digest.tree()


def test_a_translation_belongs_to_the_story_of_its_original(digest: Digest) -> None:
    more = "source: {name: Tideline Wire, url: 'https://wire.example/x'}\nlang: fr\nid: wire"
    digest.article(
        "wire", title="Le bac de nuit s'échoue", date="2026-11-20T08:00:00Z", body=WORDS, more=more
    )
    digest.article(
        "english",
        title="Night ferry aground",
        date="2026-11-20T09:00:00Z",
        body="Words.",
        more="translation_of: wire",
    )
    digest.build()
    assert not any(name.startswith("story/") for name in digest.tree()), (
        "an article and its translation are no story"
    )
    front = digest.page("index.html")
    assert "Night ferry aground" in front
    assert ">Le bac de nuit" not in front, (
        "the front page shows an article once, in the language of the site, and names the other"
    )
    digest.article(
        "ours",
        title="Soup for passengers",
        date="2026-11-20T12:00:00Z",
        body=WORDS,
        more="source: Salm Courier",
    )
    digest.build()
    page = digest.page("story/2026-11-20-wire/index.html")
    assert all(
        title in page
        for title in (
            "Night ferry aground",
            "Le bac de nuit",
            "Soup for passengers",
            "a translation",
        )
    )
    also = (
        digest.page("world/2026/11/20/english/index.html")
        .partition("Also reported by")[2]
        .partition("</section>")[0]
    )
    assert "Le bac de nuit" not in also


def test_a_key_of_the_editor_is_shown_to_nobody(digest: Digest) -> None:
    for name in ("a", "b"):
        digest.article(name, more="story: budget-night")
    digest.build()
    page = digest.page("story/budget-night/index.html")
    assert "story:" not in page
    assert "`" not in page
    assert "Why it is here" not in page


def test_two_translations_into_one_language_are_reported_and_one_is_linked(digest: Digest) -> None:
    digest.article("a", more="id: o")
    for name in ("b", "c"):
        digest.article(name, more="lang: de\ntranslation_of: o")
    digest.article("d", more="translation_of: o")
    said = digest.build().stderr
    assert said.count("[translation]") == 2
    assert "--> content/world/c.md" in said
    assert "--> content/world/d.md" in said
    page = digest.page("world/2026/11/01/a/index.html")
    assert page.count('hreflang="de" href') == page.count('hreflang="en" href') == 1
    assert "hreflang" not in digest.page("world/2026/11/01/c/index.html")
