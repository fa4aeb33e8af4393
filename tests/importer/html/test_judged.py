"""The second judgement of what is the article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sitegen.importer.html import judged as module
from sitegen.importer.html.body import Body, BodyPart
from sitegen.importer.html.judged import judged, keys_of, places_of
from sitegen.importer.html.leaves import Leaf, leaves_of
from sitegen.importer.html.tree import parse_tree


def leaves(html: str) -> list[Leaf]:
    return list(leaves_of(parse_tree(f"<body>{html}</body>")))


LISTED = leaves("<p>One and one</p><ul><li>two</li><li>three</li></ul><p>four</p><p>two</p>")


@pytest.mark.parametrize(
    ("parts", "places"),
    [
        ([BodyPart("One and one", 0), BodyPart("four", 3)], [[0], [3]]),
        ([BodyPart("- two\n- three", 1)], [[1, 2]]),
        ([BodyPart("two", 1), BodyPart("three", 1)], [[1], [2]]),
        ([BodyPart("one **and** [one](x), but more", 0)], [[0]]),
        ([BodyPart("something else", -1)], [[]]),
    ],
)
def test_the_texts_that_a_block_holds(parts: list[BodyPart], places: list[list[int]]) -> None:
    assert places_of(parts, keys_of(parts), LISTED) == places


def judge_by_word(monkeypatch: pytest.MonkeyPatch, right: str) -> None:
    """Let the texts that hold a word be the article."""

    def signs(found: list[Leaf], *_: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
        for at, leaf in enumerate(found):
            yield at, ("right",) if right in leaf.text else ("wrong",)

    monkeypatch.setattr(module, "weights_of", lambda field: {"right": 1.0, "wrong": -1.0})
    monkeypatch.setattr(module, "signs_of", signs)


def read(monkeypatch: pytest.MonkeyPatch, html: str, kept: set[int], right: str) -> list[str]:
    """The blocks of a page of which the texts that hold the word ``right`` are the article."""
    judge_by_word(monkeypatch, right)
    found = leaves(html)
    parts = [BodyPart(found[at].text, at) for at in sorted(kept)]
    body = Body(tuple(parts), leaves=tuple(found))
    return [part.text for part in judged(parts, body, None, "")]


@pytest.mark.parametrize(
    ("html", "kept", "blocks"),
    [
        ("<p>an eel</p><p>a heron</p>", {0, 1}, ["an eel"]),
        (
            "<p>an eel</p><h2>eels</h2><p>an eel again</p>",
            {0},
            ["an eel", "## eels", "an eel again"],
        ),
        ("<p>an eel</p><p>an eel</p>", {0}, ["an eel"]),  # no second copy
        ("<p>an eel</p><ul><li>eel one<li>eel two</ul>", {0}, ["an eel", "- eel one\n- eel two"]),
        ("<p>an eel</p><ul><li>eel<li>many herons</ul>", {0}, ["an eel"]),
        ("<p>an eel</p><ul><li>eel one<li>eel two</ul>", {0, 1}, ["an eel", "eel one"]),
        ("<p>an eel</p><div>one eel <br> no</div>", {0}, ["an eel", "one eel"]),
    ],
)
def test_texts_go_and_come_back(
    monkeypatch: pytest.MonkeyPatch, html: str, kept: set[int], blocks: list[str]
) -> None:
    assert read(monkeypatch, html, kept, "eel") == blocks


def test_the_headline_does_not_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "weights_of", lambda field: {"left": 1.0, "kept": 1.0})
    tree = parse_tree("<h2>eels</h2><p>an eel</p>")
    found = list(leaves_of(tree))
    heading = next(tree.iter("h2"))
    parts = [BodyPart("an eel", 1)]
    assert judged(parts, Body(tuple(parts), leaves=tuple(found)), heading, "") == parts


def test_what_rules_have_taken_out_does_not_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "weights_of", lambda field: {"left": 1.0, "kept": 1.0})
    found = leaves("<p>an eel</p><p>Photo: Ruta Lind</p><p>a heron</p>")
    parts = [BodyPart("an eel", 0)]
    body = Body((*parts, BodyPart("Photo: Ruta Lind", 1)), leaves=tuple(found))
    assert judged(parts, body, None, "") == [*parts, BodyPart("a heron", 2)]


def test_a_kept_text_that_reads_differently_is_not_doubled(monkeypatch: pytest.MonkeyPatch) -> None:
    judge_by_word(monkeypatch, "eel")
    found = leaves("<p>an eel of the year 2026, said to be very long</p><p>herons</p>")
    parts = [BodyPart("an eel of the year, said to be very long", 0)]
    assert judged(parts, Body(tuple(parts), leaves=tuple(found)), None, "") == parts


def test_very_long_pages_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    parts = [BodyPart("an eel", 0)]
    found = tuple(leaves("<p>an eel</p><p>eels</p>"))
    assert judged(parts, Body(tuple(parts), leaves=found), None, "") == parts


@pytest.mark.parametrize(
    ("herons", "kept"), [("<p>a heron</p>", False), ("<p>a heron flew</p>", True)]
)
def test_a_judgement_against_most_words_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, herons: str, kept: bool
) -> None:
    page = f"<p>an eel</p>{herons}"
    assert (len(read(monkeypatch, page, {0, 1}, "eel")) == 2) is kept


@pytest.mark.parametrize(("more", "kept"), [(" and many more of them", True), ("", False)])
def test_a_block_of_which_little_is_known_stays(
    monkeypatch: pytest.MonkeyPatch, more: str, kept: bool
) -> None:
    judge_by_word(monkeypatch, "eel")
    found = leaves("<p>an eel and three more eels and then all the other eels</p><p>herons</p>")
    parts = [BodyPart(found[0].text, 0), BodyPart(f"herons{more}", 1)]
    given = judged(parts, Body(tuple(parts), leaves=tuple(found)), None, "")
    assert (parts[1] in given) is kept


SENTENCE = "The keeper of the mill had counted the eels below the weir on each Sunday of that year."


@pytest.mark.parametrize(
    ("html", "kept", "back"),
    [
        (f"<h1>News</h1><p>{SENTENCE}</p><p>an eel</p>", {2}, True),
        (f"<h1>News</h1><p class=dek>{SENTENCE}</p><p>an eel</p>", {2}, False),
        ("<h1>News</h1><p>A few words.</p><p>an eel</p>", {2}, False),
        (f"<h1>News</h1><p>an eel</p><p>{SENTENCE}</p>", {1}, False),
        ("<h1>News</h1><p>an eel</p><h2>Two</h2><p>an eel</p>", {1, 3}, True),
        ("<h1>News</h1><p>an eel</p><h2>Two</h2><p>a heron</p>", {1}, False),
        (f"<h1>News</h1><h2>Two</h2><div>{SENTENCE}</div>", {1}, True),
        ("<h1>News</h1><h2>Two</h2><div>a heron</div>", {1}, False),
        (
            f"<h1>News</h1><div class=a><p>{SENTENCE}</p></div>"
            f"<div class=a><p>{SENTENCE[:-1]} too.</p></div>",
            {1},
            True,
        ),
        (
            f"<h1>News</h1><div class=a><p>{SENTENCE}</p></div>"
            f"<div class=b><p>{SENTENCE[:-1]} too.</p></div>",
            {1},
            False,
        ),
        (
            f"<h1>News</h1><div class=a><p>{SENTENCE}</p><p>{SENTENCE[:-1]} too.</p></div>",
            {1},
            False,
        ),
    ],
)
def test_a_place_speaks_for_a_text_in_doubt(
    monkeypatch: pytest.MonkeyPatch, html: str, kept: set[int], back: bool
) -> None:
    def signs(found: list[Leaf], now: set[int], _: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
        return ((at, ("kept",) if at in now else ("left",)) for at in range(len(found)))

    monkeypatch.setattr(module, "weights_of", lambda field: {"kept": 1.0, "left": -0.5})
    monkeypatch.setattr(module, "signs_of", signs)
    tree = parse_tree(f"<body>{html}</body>")
    found = list(leaves_of(tree))
    parts = [BodyPart(found[at].text, at) for at in sorted(kept)]
    body = Body(tuple(parts), leaves=tuple(found))
    assert (len(judged(parts, body, next(tree.iter("h1")), "")) > len(parts)) is back


def test_what_comes_back_brings_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each text is right if the one before it is kept."""

    def signs(found: list[Leaf], now: set[int], _: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
        right = (at in now or at - 1 in now for at in range(len(found)))
        return ((at, ("right",) if is_right else ()) for at, is_right in enumerate(right))

    monkeypatch.setattr(module, "weights_of", lambda field: {"right": 1.0})
    monkeypatch.setattr(module, "signs_of", signs)
    found = leaves("<p>eel</p><p>heron</p><p>crane</p>")
    parts = [BodyPart("eel", 0)]
    texts = [part.text for part in judged(parts, Body(tuple(parts), leaves=tuple(found)), None, "")]
    assert texts == ["eel", "heron", "crane"]
