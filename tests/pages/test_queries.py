"""What templates may ask about the site."""

from __future__ import annotations

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.model.views import Answers
from sitegen.pages.queries import answers, with_answers
from tests.samples import document, site

DIGEST = site(
    document("old", tags=("oil", "sea")),
    document("new", "2026-11-03", tags=("sea",)),
    document("gone", "2026-11-04", status="withdrawn"),
)


def test_only_what_is_asked_is_answered() -> None:
    assert answers(DIGEST, {"front.html": ""}, ()) == Answers()
    latest = answers(DIGEST, {"front.html": "latest"}, ())
    assert [card.title for card in latest.latest] == ["New", "Old"]
    assert latest.popular_tags == ()
    tags = answers(DIGEST, {"a.html": "popular_tags"}, ()).popular_tags
    assert [(t.name, t.count) for t in tags] == [("sea", 2), ("oil", 1)]


def test_an_unknown_query_is_an_error_that_names_the_others() -> None:
    with pytest.raises(SitegenError) as error:
        answers(DIGEST, {"front.html": "newest"}, ())
    (problem,) = error.value.diagnostics
    assert "`newest`" in problem.message
    assert problem.help == "use one of: latest, popular_tags"


def test_a_template_depends_on_the_answers_that_it_asks_for() -> None:
    closures = {"front.html": "x", "list.html": "y"}
    uses = {"front.html": "latest", "list.html": ""}
    one = with_answers(closures, uses, answers(DIGEST, uses, ()))
    other = with_answers(closures, uses, answers(site(document("old")), uses, ()))
    assert one["front.html"] != other["front.html"]
    assert one["list.html"] == other["list.html"] == "y"
