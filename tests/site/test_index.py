"""The index of a site has a mark for each article, and no article."""

from __future__ import annotations

from msgspec.structs import replace

from sitegen.site.index import MARK, SiteIndex, marks_of, without_articles
from sitegen.site.related import NOTHING
from tests.samples import document, site


def test_a_mark_changes_with_what_others_decide_of_an_article() -> None:
    digest = site(document("one"), document("two", "2026-11-03"))
    after = replace(digest, cards=(digest.cards[0], replace(digest.cards[1], source="Post")))
    one, other = (
        SiteIndex(without_articles(s), NOTHING, {}, marks_of(s), (), (), ())
        for s in (digest, after)
    )
    assert one.mark(0) == other.mark(0) and len(one.mark(0)) == MARK
    assert one.mark(1) != other.mark(1)
    assert one.site.paths == digest.paths
    assert one.site.documents == one.site.cards == ()
