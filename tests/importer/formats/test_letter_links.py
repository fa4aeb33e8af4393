"""Letters that gather links, and letters that do not."""

from __future__ import annotations

import pytest

from sitegen.importer.formats.letter_links import split_links
from sitegen.importer.model import Imported

ITEM = "[The crane that stopped a harbour](https://post.example/a)"


def items(body: str) -> list[tuple[str, str, str]]:
    letter = Imported(title="Links", date="2026-11-27", body=body, lang="en")
    return [(one.title, one.canonical, one.summary) for one in split_links(letter)]


OTHER = "[Ships get cables at last](https://post.example/b)"


@pytest.mark.parametrize(
    ("body", "title", "said"),
    [
        (f"{ITEM}\n\n{OTHER}", "The crane that stopped a harbour", ""),
        (
            f"{ITEM}: three days of silence.\n\n{OTHER}",
            "The crane that stopped a harbour",
            "three days of silence",
        ),
        (f"1. {ITEM}\n2. {OTHER}", "The crane that stopped a harbour", ""),
        (f"- **{ITEM}** – three long days\n- {OTHER}", "The crane that stopped a harbour", ""),
        (
            f"## Harbour news today\n\nIt stood still. [Read more](https://post.example/a)\n\n{OTHER}",
            "Harbour news today",
            "",
        ),
        (
            f"Der Kran steht wieder still. [Weiterlesen](https://post.example/a)\n\n{OTHER}",
            "Der Kran steht wieder still.",
            "",
        ),
        (
            f"La grue est encore en panne. [Lire la suite](https://post.example/a)\n\n{OTHER}",
            "La grue est encore en panne.",
            "",
        ),
        (
            f"### [The crane that stopped (again)](https://post.example/a_(b))\n\n{OTHER}",
            "The crane that stopped (again)",
            "",
        ),
    ],
)
def test_the_items_of_a_letter(body: str, title: str, said: str) -> None:
    found = items(body)
    assert len(found) == 2
    assert found[0][0] == title
    assert found[0][1].startswith("https://post.example/a")
    assert said in found[0][2]


@pytest.mark.parametrize(
    "around",
    [
        "[Unsubscribe from this list](https://list.example/u)",
        "[Newsletter jetzt abbestellen](https://list.example/u)",
        "[Se désabonner de cette lettre](https://list.example/u)",
        "[View this email in your browser](https://list.example/v)",
        "[Follow us over there now](https://www.facebook.com/list)",
        "[Our own front page](https://list.example/)",
        "[mail us any time](mailto:a@b.example)",
        "![a picture of it](https://list.example/p.png)",
        "[x](https://list.example/x)",
    ],
)
def test_what_is_beside_the_items(around: str) -> None:
    assert len(items(f"{ITEM}\n\n{OTHER}\n\n{around}")) == 2


def test_a_letter_that_gathers_nothing_stays_whole() -> None:
    letter = Imported(title="A column", body=f"A text with one link: {ITEM}.")
    assert split_links(letter) == [letter]


def test_an_item_leads_to_its_original_and_shows_no_text() -> None:
    first, _ = split_links(Imported(title="Links", date="2026-11-27", body=f"{ITEM}\n\n{OTHER}"))
    assert (first.rights.show, first.source.name, first.date) == (
        "link",
        "post.example",
        "2026-11-27",
    )


def test_a_link_that_comes_twice_is_one_item() -> None:
    twice = "[Photo of the crane](https://post.example/a?utm_source=l)"
    assert [title for title, *_ in items(f"{ITEM}\n\n{twice}: three days of it\n\n{OTHER}")] == [
        "The crane that stopped a harbour",
        "Ships get cables at last",
    ]


@pytest.mark.parametrize("sign", ["[", "](", "[a](https://x.example/", "\\[", "[[a]"])
def test_a_hostile_text_takes_no_time(sign: str) -> None:
    assert len(items(sign * 20_000)) == 1
