"""An index that follows an edit is the index that is made from all outlines."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.config.schema import Config, EditionsConfig, SectionConfig, StoriesConfig
from sitegen.model.article import Document, Person, Rights, Source
from sitegen.model.site import Shown
from sitegen.site.editions import editions, shows_editions
from sitegen.site.edits import Edit, Vicinity
from sitegen.site.follow import follow
from sitegen.site.index import SiteIndex, marks_of, without_articles
from sitegen.site.links import mentioned_by
from sitegen.site.outline import outline
from sitegen.site.related import related
from sitegen.site.resolve import resolve, translated
from sitegen.site.stories import shows_stories, with_stories
from sitegen.site.twins import shared_by_twins
from tests.samples import NOW, TEMPLATES, config, document

THEME = tuple(f"{name}.html" for name in TEMPLATES)
SECTIONS, TAGS, NAMES = ("world", "city", "sport"), ("oil", "Oil", "ice", "fog"), ("Ann", "Bo")
Articles = dict[str, Document]


def index_of(articles: Articles, config: Config) -> SiteIndex:
    """The index of ``articles`` without images, as it is made from all of them."""
    site, problems = resolve([articles[path] for path in sorted(articles)], config, NOW, Shown())
    site = with_stories(site, config, THEME)
    found, more = editions(site, config, ())
    site = msgspec.structs.replace(site, editions=found)
    groups: dict[int, list[int]] = {}
    for one, original in translated(site.documents).items():
        groups.setdefault(original, []).append(one)
    mentions = {
        name
        for d, card in zip(site.documents, site.cards, strict=True)
        for name in mentioned_by(d, card.url, config)
    }
    return SiteIndex(
        site=without_articles(site),
        related=related(site, config),
        translated=groups,
        marks=marks_of(site),
        copied=(),
        sized=(),
        problems=(*problems, *more),
        mentions=frozenset(mentions),
        languages=frozenset(d.lang or config.language for d in site.documents),
    )


def followed(
    before: Articles, after: Articles, config: Config, index: SiteIndex | None = None
) -> SiteIndex | None:
    """The index of ``after``, from that of ``before``."""

    def sharing(one: Document) -> set[str]:
        own = set(shared_by_twins(one))
        return {path for path, d in after.items() if not own.isdisjoint(shared_by_twins(d))}

    around = Vicinity(
        config=config,
        now=NOW,
        shown=Shown(),
        outline=after.get,
        sharing=lambda one: sharing(one) - {one.path},
        with_sizes=lambda one: one,
        stories=shows_stories(config, THEME),
        editions=shows_editions(config, THEME),
    )
    paths = sorted(path for path in before | after if before.get(path) != after.get(path))
    edits = [Edit(path, before.get(path), after.get(path)) for path in paths]
    return follow(index or index_of(before, config), edits, around)


def as_kept(index: SiteIndex) -> SiteIndex:
    """``index`` as the cache gives it, without what may hold too much."""
    index = msgspec.structs.replace(index, mentions=frozenset(), languages=frozenset())
    return msgspec.msgpack.decode(msgspec.msgpack.encode(index), type=SiteIndex)


def article(name: str, day: str = "2026-11-02", **values: Any) -> Document:
    made = document(name, day, **values)
    return outline(msgspec.structs.replace(made, signature=name.encode() * 20))


def some(chance: random.Random, number: int) -> Document:
    """An article by chance, seldom of a kind that others depend on."""

    def seldom(value: Any, otherwise: Any) -> Any:
        return value if chance.random() < 0.1 else otherwise

    return article(
        f"a{number}",
        f"2026-11-{chance.randint(1, 26):02}",
        section=chance.choice(SECTIONS),
        tags=tuple(chance.sample(TAGS, chance.randint(0, 2))),
        authors=(Person(chance.choice(NAMES)),),
        source=Source(seldom("Post", "")),
        status=seldom("withdrawn", seldom("draft", "published")),
        lead=seldom(True, False),
        weight=chance.randint(0, 1),
        lang=seldom("de", ""),
        story=seldom("quay", ""),
        translation_of=seldom("content/world/a1.md", ""),
        expires_stamp=seldom(NOW + 5, seldom(NOW - 5, 0.0)),
        title=seldom("Alike", f"Title {number} {chance.randint(0, 9)}"),
        links=seldom(("/tag/oil/", "a3.md"), ()),
        rights=Rights(seldom("link", "full")),
    )


SETTINGS = (
    {},
    {"stories": StoriesConfig("key")},
    {"stories": StoriesConfig("none"), "editions": EditionsConfig("weekly", "No. {number}")},
    {"editions": EditionsConfig("daily", order="oldest", sections=("world", "city"))},
    {"editions": EditionsConfig("key")},
    {"sections": {name: SectionConfig() for name in SECTIONS[:2]}, "language": "de"},
)


@given(st.integers(0, 10**9))
@settings(max_examples=150, deadline=None)
def test_an_index_that_follows_edits_is_the_index_of_all_articles(seed: int) -> None:
    chance = random.Random(seed)
    settings = config(**chance.choice(SETTINGS))
    known = [some(chance, number) for number in range(chance.randint(1, 9))]
    articles = {d.path: d for d in known}
    index = index_of(articles, settings)
    for _ in range(4):
        edited = dict(articles)
        for number in chance.sample(range(11), chance.choice((1, 1, 2))):
            one = some(chance, number)
            edited[one.path] = one
            if chance.random() < 0.3:
                del edited[one.path]
        made = index_of(edited, settings)
        found = followed(articles, edited, settings, index)
        if found:
            assert as_kept(found) == as_kept(made)
            assert found.mentions >= made.mentions and found.languages >= made.languages
        articles, index = edited, found or made


PLAIN = {
    d.path: d for d in (article(f"p{n}", f"2026-11-{n:02}", tags=("oil",)) for n in range(1, 8))
}


@pytest.mark.parametrize(
    ("edit", "alone"),
    [
        ({"title": "Another"}, True),
        ({"date": "2026-11-05", "stamp": NOW - 1e6}, True),
        ({"tags": ("ice",)}, True),
        ({"section": "city", "authors": (Person("Di"),)}, True),
        ({"status": "draft"}, True),
        ({"edition": ("2026-w40",)}, True),
        ({"edition": ("next",)}, False),
        ({"status": "withdrawn"}, False),
        ({"tags": ("Oil",)}, False),
        ({"translation_of": "content/world/p1.md"}, False),
        ({"story": "quay"}, False),
        ({"links": ("/tag/oil/",)}, False),
        ({"expires_stamp": NOW - 5}, True),
        ({"expires_stamp": NOW - 5, "on_expiry": "excerpt"}, False),
        ({"originals": ("post.example/1",), "title": "P2"}, True),
        ({"signature": b"p2" * 20, "title": "P2", "authors": (Person("Ann"),)}, True),
    ],
)
def test_which_edits_are_followed(edit: dict[str, Any], alone: bool) -> None:
    settings = config(editions=EditionsConfig("weekly"))
    path = "content/world/p4.md"
    after = PLAIN | {path: msgspec.structs.replace(PLAIN[path], **edit)}
    index = followed(PLAIN, after, settings)
    assert (index is not None) is alone
    if index:
        assert as_kept(index) == as_kept(index_of(after, settings))


def test_new_articles_and_deleted_ones_are_followed() -> None:
    settings = config()
    new = article("new", "2026-11-20", tags=("fog",))
    for after in (PLAIN | {new.path: new}, {path: PLAIN[path] for path in list(PLAIN)[1:]}):
        index = followed(PLAIN, after, settings)
        assert index and as_kept(index) == as_kept(index_of(after, settings))


def test_an_article_that_others_name_is_not_followed() -> None:
    linking = article("l", links=("p4.md",))
    before = PLAIN | {linking.path: linking}
    after = {path: d for path, d in before.items() if not path.endswith("p4.md")}
    assert followed(before, after, config()) is None
    assert followed(after, before, config()) is None


def test_an_index_in_which_nothing_changes_stays() -> None:
    index = index_of(PLAIN, config())
    assert followed(PLAIN, PLAIN, config(), index) is index
