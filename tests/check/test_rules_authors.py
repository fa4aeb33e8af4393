"""Rules on the names of authors."""

from __future__ import annotations

from sitegen.check import rules_authors as rules
from sitegen.check.model import Fix
from sitegen.model.article import Person, Source
from tests.check.facts import article, facts, said

SITE = "authors: {jane: {name: Jane Doe, aliases: [J. Doe]}}\n"


def by(*names: str) -> tuple[Person, ...]:
    return tuple(map(Person, names))


def test_unknown_are_own_authors_without_an_organisation() -> None:
    given = facts(
        article("a", authors=by("J. Doe")),
        article("b", authors=by("Jane Deo")),
        article("c", authors=by("Jane Deo")),
        article("d", authors=(Person("Guest", org="Agency"),)),
        article("e", authors=by("Other"), source=Source("Post")),
        site=SITE,
    )
    [finding] = rules.unknown(given)
    assert (finding.path[-4:], finding.text) == ("b.md", "Jane Deo")
    assert finding.help == "did you mean `Jane Doe`?"
    assert list(rules.unknown(facts(article("a", authors=by("X"))))) == []


def test_similar_is_reported_at_the_rarer_name() -> None:
    frequent = [article(name, authors=by("Ruta Lindqvist")) for name in "abcdefg"]
    given = facts(*frequent, article("z", authors=by("Ruta Lindqvst")))
    [(name, message)] = said(rules.similar(given))
    assert name == "z"
    assert message.startswith("`Ruta Lindqvst` (1 article) and `Ruta Lindqvist` (7 articles)")


def test_an_alias_is_fixed_unless_the_name_would_be_listed_twice() -> None:
    given = facts(
        article("a", authors=by("J. Doe")),
        article("b", authors=by("J. Doe", "Jane Doe")),
        site=SITE,
    )
    first, second = rules.alias(given)
    assert first.fix == Fix("author", "content/world/a.md", "J. Doe", "Jane Doe")
    assert second.fix is None
    assert "listed twice" in second.message


def test_missing() -> None:
    given = facts(article("a"), article("b", authors=by("Ann")))
    assert said(rules.missing(given)) == [("a", "the article names no author")]
