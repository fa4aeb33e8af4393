"""Long runs of equal elements come back whole, in order, and in little time."""

from __future__ import annotations

import time

import pytest

from sitegen.importer.html.long_runs import LONG_PAGE, set_aside
from sitegen.importer.html.read import read_html
from sitegen.importer.html.tree import parse_tree
from sitegen.importer.to_markdown import plain_block

COUNT = 6_000


def saying(number: int) -> str:
    return f"Speaker {number} asked why the ferry was late that morning."


def read(text: str) -> str:
    head = "<title>The harbour hearing | Coast</title><h1>The harbour hearing</h1>"
    return read_html(f"<article>{head}{text}</article>".encode()).body


@pytest.mark.parametrize(
    ("before", "each", "after"),
    [
        ("", "<p>{}</p>\n", ""),
        ("", "<div class=line><span>{}</span></div>", ""),
        ("", "<section><p>{}</p></section>", ""),
        ("", "{}<br>\n", ""),
        ("<ul>", "<li>{}</li>", "</ul>"),
        ("<table>", "<tr><td>{}</td></tr>", "</table>"),
    ],
)
def test_a_long_run_is_whole_and_in_its_order(before: str, each: str, after: str) -> None:
    lines = [saying(number) for number in range(COUNT)]
    body = read(before + "".join(each.format(line) for line in lines) + after)
    places = [plain_block(body).find(line) for line in lines]
    assert -1 not in places
    assert places == sorted(places)


def test_text_behind_a_long_run_stays_behind_it() -> None:
    lines = "".join(f"<p>{saying(number)}</p>" for number in range(COUNT))
    body = read(lines + "<p>The hearing ended at noon, and everybody went home by ferry.</p>")
    assert body.rstrip().endswith("went home by ferry.")


def test_comments_are_not_brought_back() -> None:
    prose = "".join(
        f"<p>The ferry {number} lay at the quay, and nobody came.</p>" for number in "12345"
    )
    comments = "".join(f"<div class=comment>{saying(number)}</div>" for number in range(COUNT))
    body = read(f"{prose}</article><div class=comments>{comments}</div>")
    assert "The ferry 5" in body
    assert "Speaker 3000" not in body


def test_what_shows_something_stays_with_its_neighbours() -> None:
    lines = [f"<p>{saying(number)}</p>" for number in range(LONG_PAGE + 100)]
    lines[3000] = "<p><img src=quay.jpg></p>"
    tree = parse_tree(f"<article>{''.join(lines)}</article>")
    runs = set_aside(tree)
    assert len(runs) == 2
    kept = [p.text for p in tree.iter("p")]
    assert saying(2999) in kept
    assert saying(3001) in kept
    assert saying(3002) not in kept


def test_a_usual_page_stays_as_it_is() -> None:
    tree = parse_tree("<article>" + f"<p>{saying(1)}</p>" * 1000 + "</article>")
    assert set_aside(tree) == []
    assert len(list(tree.iter("p"))) == 1000


def test_twice_as_many_paragraphs_take_about_twice_as_long() -> None:
    def seconds(count: int) -> float:
        text = "".join(f"<p>{saying(number)}</p>" for number in range(count))
        start = time.process_time()
        read(text)
        return time.process_time() - start

    assert seconds(20_000) < 4 * max(0.1, seconds(10_000))
