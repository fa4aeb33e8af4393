"""Where a finding stands, in all three notations of front matter."""

from __future__ import annotations

import pytest

from sitegen.check.locate import find, split_rows


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\nheadline: A\nsource:\n  url: x\n  name: Post\n---\n\nPost\n", 5),
        ("+++\ntitle = 'A'\n[source]\nname = 'Post'\n+++\n\nPost\n", 4),
        ('{\n  "title": "A",\n  "source": {\n    "name": "Post"\n  }\n}\nPost\n', 4),
        ("---\r\nsource: Post\r\n---\r\n\r\nPost\r\n", 2),
    ],
)
def test_keys_and_texts(text: str, line: int) -> None:
    rows = split_rows(text)
    assert find(rows, "source", "Post")[0] == line
    assert find(rows, "", "Post")[0] == text.count("\n")
    assert find(rows, "canonical", "")[0] == 1


def test_what_cannot_be_found_is_located_where_the_text_starts() -> None:
    rows = split_rows("---\ntitle: A\n---\n\n[x](/a%20b/)\n[y](/c d/)\n")
    assert find(rows, "", "/a%20b/") == (5, 5, "[x](/a%20b/)")
    assert find(rows, "", "/c%20d/") == (6, 5, "[y](/c d/)")
    assert find(rows, "", "/nothing/") == (4, 1, "")
    assert find(split_rows(""), "", "x")[0] <= 1


def test_of_a_long_line_the_relevant_part_is_shown() -> None:
    rows = split_rows(f"---\ntitle: A\n---\n\n{'word ' * 60}[x](/gone/) {'word ' * 60}\n")
    line, column, snippet = find(rows, "", "/gone/")
    assert (line, column) == (5, 305)
    assert "[x](/gone/)" in snippet and snippet.startswith("… ") and snippet.endswith(" …")
