"""The texts of a page and what is shown among them."""

from __future__ import annotations

import pytest

from sitegen.importer.html.leaves import key_of, leaves_of
from sitegen.importer.html.tree import parse_tree


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>One <b>two</b></p><p>three</p>", ["One two", "three"]),
        ("<div>one<br>two<p>three</p>four</div>", ["one", "two", "three", "four"]),
        ("<ul><li>one</li><li><p>two</p></li></ul>", ["one", "two"]),
        ("<div>one<iframe src=x></iframe>two</div>", ["one", "", "two"]),
        ("<div>one<script>two</script></div>", ["one"]),
    ],
)
def test_texts_in_the_order_of_the_page(html: str, texts: list[str]) -> None:
    assert [leaf.text for leaf in leaves_of(parse_tree(f"<body>{html}</body>"))] == texts


def test_links_are_measured() -> None:
    leaves = list(leaves_of(parse_tree("<p>see <a href=/x>this</a></p><div><a>all</a></div>")))
    assert [leaf.linked for leaf in leaves] == [4, 3]


def test_keys_are_the_same_in_all_readings() -> None:
    assert key_of("One – two\n(three)") == key_of("one two three") == "onetwothree"
