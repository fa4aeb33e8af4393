"""What is said of a text by its shape, place and markup."""

from __future__ import annotations

from sitegen.importer.html.leaves import leaves_of
from sitegen.importer.html.text_signs import signs_of
from sitegen.importer.html.tree import parse_tree

PAGE = """
<body><main><h1>Eels are back</h1>
<p>In the morning the eels were seen below the weir, and in the evening above it.</p>
<p>Nobody knows how they came past it, says the keeper of the mill.</p>
<div class="related">Twelve herons at <a href=/a>the mill</a></div>
<div class="related"><a href=/b>Forty cranes</a></div></main></body>
"""


def signs(*kept: int) -> dict[int, tuple[str, ...]]:
    tree = parse_tree(PAGE)
    return dict(signs_of(list(leaves_of(tree)), set(kept), next(tree.iter("h1"))))


def test_each_text_has_signs_of_its_state() -> None:
    found = signs(1, 2)
    assert list(found) == [0, 1, 2, 3]  # and none of what is only a link
    assert [names[0] for names in found.values()] == ["left", "kept", "kept", "left"]
    assert all(name.startswith(names[0]) for names in found.values() for name in names)


def test_what_is_said_of_a_paragraph() -> None:
    said = {"kept is p", "kept ends as a sentence", "kept among", "kept inside"}
    assert said <= set(signs(1, 2)[1])


def test_what_is_in_the_box_of_a_kept_paragraph_is_beside_the_text() -> None:
    found = signs(1)
    assert "left beside the text" in found[2]
    assert "left beside the text" not in found[3]


def test_what_is_said_of_a_teaser() -> None:
    said = {"left linked to 0.5", "left behind", "left behind by to 1", "left in a small beside"}
    assert said <= set(signs(1, 2)[3])


def test_nothing_is_said_where_nothing_is_kept() -> None:
    assert signs() == {}
