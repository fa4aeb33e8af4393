"""Where the articles of one text begin."""

from __future__ import annotations

import pytest

from sitegen.importer.text.documents import signs_of_several, split_documents

STORY = "The ferry is back in the harbour of Salm, and it sails every hour. " * 6
DOCUMENT = (
    "Headline: Ferry returns {0}\nSource: The Salm Post\nDate: 2 November 2026\n"
    f"Author: Ann Ames\n\n{STORY}\n"
)


def titles(text: str) -> list[str]:
    """The first line of each document that is not empty."""
    found = split_documents(text)
    return [next(row for row in one.lines if row.strip()) for one in found]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (f"Ferry returns\n\n{STORY}", ["Ferry returns"]),
        (
            "".join(f"Document {n} of 2\n\nFerry {n}\n\n{STORY}\n\n" for n in (1, 2)),
            ["Ferry 1", "Ferry 2"],
        ),
        (
            "".join(f"{n} of 3 DOCUMENTS\n\nFerry {n}\n\n{STORY}\n\n" for n in (1, 2, 3)),
            ["Ferry 1", "Ferry 2", "Ferry 3"],
        ),
        (
            "".join(f"Ferry {n}\n\n{STORY}\n\nEnd of Document\n\n" for n in (1, 2)),
            ["Ferry 1", "Ferry 2"],
        ),
        (
            "\n".join(DOCUMENT.format(n) for n in (1, 2)),
            ["Headline: Ferry returns 1", "Headline: Ferry returns 2"],
        ),
        (
            f"Titel: Die Fähre\nAutor: Ann Ames\nDatum: 26.11.2026\n\n{STORY}",
            ["Titel: Die Fähre"],
        ),
    ],
)
def test_documents_of_a_text(text: str, first: list[str]) -> None:
    assert titles(text) == first


def test_no_word_is_lost() -> None:
    text = "".join(f"Document {n} of 2\n\nFerry {n}\n\n{STORY}\n\n" for n in (1, 2))
    words = " ".join(row for one in split_documents(text) for row in one.lines).split()
    assert words == ["Ferry", "1", *STORY.split(), "Ferry", "2", *STORY.split()]


def test_a_text_that_was_not_divided_may_show_signs_of_several() -> None:
    assert signs_of_several(STORY) == ""
    assert signs_of_several("\n".join(DOCUMENT.format(n) for n in (1, 2))) != ""


@pytest.mark.parametrize(
    "rule",
    [
        "-30-",
        "- ENDS -",
        "ENDS",
        "(end)",
        "### Ends ###",
        "– Ende –",
        "— FIN —",
        "[fin]",
        "2.",
        "(17)",
        "No. 3.",
    ],
)
def test_the_sign_of_an_end_parts_clippings(rule: str) -> None:
    text = "The harbour board opened quay nine on Monday, and many people came to see it. " * 3
    clippings = [
        f"{title} opens to ships\n\nBy Edda Lum\n\n30 November 2026\n\n{text}\n\n{text}\n"
        for title in ("Quay nine", "Pier two", "Dock one")
    ]
    found = split_documents(f"\n{rule}\n\n".join(clippings))
    assert [document.lines[0] for document in found] == [c.split("\n")[0] for c in clippings]
    assert rule not in " ".join(row for document in found for row in document.lines)
