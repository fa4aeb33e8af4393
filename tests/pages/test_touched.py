"""A change touches the families of pages that show what has changed, and not those that do not."""

from __future__ import annotations

import msgspec
import pytest

from sitegen.config.schema import Config, EditionsConfig
from sitegen.model.article import Document
from sitegen.model.output import Key
from sitegen.pages.plan import translations_of
from sitegen.pages.touched import ALWAYS, differing, touched
from sitegen.site.editions import with_editions
from sitegen.site.index import SiteIndex, marks_of, without_articles
from sitegen.site.related import related
from sitegen.site.stories import with_stories
from tests.samples import config, document, site, theme

SETTINGS = config(pagination=2, editions=EditionsConfig(kind="monthly"))
TEMPLATES = theme().templates
BEFORE = {
    d.path: d
    for d in (
        *(document(f"a{n}", f"2026-11-{n:02}", tags=("ebb",)) for n in range(1, 8)),
        document("old", "2026-10-01", section="city", story="flood"),
        document("older", "2026-09-01", section="city", story="flood"),
    )
}


def index(documents: dict[str, Document], settings: Config = SETTINGS) -> SiteIndex:
    found = with_stories(site(*documents.values(), settings=settings), settings, TEMPLATES)
    found = with_editions(found, settings, (), TEMPLATES)[0]
    return SiteIndex(
        site=without_articles(found),
        related=related(found, settings),
        translated=translations_of(found),
        marks=marks_of(found),
        copied=(),
        sized=(),
        problems=(),
    )


def families(after: dict[str, Document], *read: str) -> set[Key]:
    before, now = index(BEFORE), index(after)
    changed = differing(before, now, [f"content/world/{name}.md" for name in read])
    return set(touched(before, now, changed, SETTINGS, dated=True)) - set(ALWAYS)


def edited(name: str, **values: object) -> dict[str, Document]:
    path = f"content/world/{name}.md"
    return BEFORE | {path: msgspec.structs.replace(BEFORE[path], **values)}


def of(found: set[Key], name: str) -> set[Key]:
    return {key[1:] for key in found if key[0] == name}


def test_a_title_touches_what_shows_the_card() -> None:
    found = families(edited("a3", title="Other"), "a3")
    paths = {f"content/world/{name}.md" for name in ("a3", "a2", "a4")}
    assert paths <= {path for (path,) in of(found, "article")}
    assert {n for kind, slug, n in of(found, "list") if slug == "world"} == {0, 2}
    assert {n for kind, slug, n in of(found, "list") if slug == "archive"} == {0, 3}
    assert ("tag", "ebb") in of(found, "feed") and ("section", "city") not in of(found, "feed")
    assert of(found, "edition") == {("2026-11",)} == of(found, "month")
    assert of(found, "story") == of(found, "corrections") == set()


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("2026-11-20", {0}),
        ("2026-11-03", {0, 2, 3}),
        ("2026-11-01", {0, 1, 2, 3}),
    ],
)
def test_a_new_article_touches_the_pages_from_its_place_on(name: str, numbers: set[int]) -> None:
    new = document("new", name, slug="zz")
    found = families(BEFORE | {new.path: new}, "new")
    assert {n for kind, slug, n in of(found, "list") if (kind, slug) == ("section", "world")} == (
        numbers
    )
    assert (new.path,) in of(found, "article")


def test_an_article_that_is_gone_touches_its_neighbours_and_what_it_was_in() -> None:
    after = {path: d for path, d in BEFORE.items() if d.slug != "old"}
    found = families(after, "old")
    articles = {path for (path,) in of(found, "article")}
    assert {"content/world/old.md", "content/world/older.md"} <= articles
    assert of(found, "story") == {("flood",)}
    assert {("2026-10",), ("2026-09",), ("2026-11",)} == of(found, "edition")
    assert ("2026-10",) in of(found, "month") and ("2026",) in of(found, "year")
    assert ("day", "2026-10-01", 0) in of(found, "list")


@pytest.mark.parametrize(("name", "stories"), [("old", {("flood",)}), ("a3", set())])
def test_a_title_touches_the_story_of_its_article(name: str, stories: set[Key]) -> None:
    path = next(path for path, d in BEFORE.items() if d.slug == name)
    after = BEFORE | {path: msgspec.structs.replace(BEFORE[path], title="Other")}
    before, now = index(BEFORE), index(after)
    found = set(touched(before, now, differing(before, now, [path]), SETTINGS, dated=True))
    assert of(found, "story") == stories


def test_nothing_is_touched_where_nothing_has_changed() -> None:
    assert families(BEFORE) == set()


def test_a_list_that_is_gone_touches_articles_that_link_to_it_without_being_in_it() -> None:
    gone = document("gone", "2026-11-09", status="withdrawn", tags=("fog",))
    fog = document("fog", "2026-11-10", tags=("fog",))
    before, now = (
        index({**BEFORE, gone.path: gone, fog.path: fog}),
        index({**BEFORE, gone.path: gone}),
    )
    found = touched(before, now, differing(before, now, [fog.path]), SETTINGS, True)
    assert ("article", gone.path) in found and ("list", "tag", "fog", 0) in found
