"""Charts show the numbers of a table."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from sitegen.render.charts import figure
from sitegen.render.data_tables import read_table


def drawing(table: str, kind: str) -> ET.Element:
    html = figure(read_table(table.encode(), "t.csv"), kind, "T", "Data")
    found = re.search(r"<svg.*?</svg>", html, re.DOTALL)
    assert found
    return ET.fromstring(found[0])


@pytest.mark.parametrize(
    ("numbers", "widths"),
    [("1 2 4", (0.25, 0.5, 1)), ("0 5 10", (0, 0.5, 1)), ("-4 2 4", (1, 0.5, 1))],
)
def test_bars_are_as_long_as_their_numbers(numbers: str, widths: tuple[float, ...]) -> None:
    rows = "".join(f"r,{value}\n" for value in numbers.split())
    found = [float(bar.get("width", "")) for bar in drawing(f"a,b\n{rows}", "bar").findall("rect")]
    assert [width / max(found) for width in found] == pytest.approx(widths, abs=0.01)


@pytest.mark.parametrize(
    ("numbers", "ticks"),
    [
        ("0 10", "10 8 6 4 2 0"),
        ("3 97", "100 80 60 40 20 0"),
        ("-1 1", "1 0.5 0 -0.5 -1"),
        ("0.001 0.005", "0.005 0.004 0.003 0.002 0.001 0"),
        ("7 7", "8 6 4 2 0"),
        ("0 0", "1 0.8 0.6 0.4 0.2 0"),
    ],
)
def test_lines_have_a_grid_of_round_numbers(numbers: str, ticks: str) -> None:
    rows = "".join(f"r,{value}\n" for value in numbers.split())
    labels = [t.text or "" for t in drawing(f"a,b\n{rows}", "line").findall("text")]
    assert labels[: len(ticks.split())] == ticks.split()[::-1]


def test_long_labels_are_cut_and_many_are_thinned_out() -> None:
    long = drawing("a,b\n" + "x" * 90 + ",1\n", "bar").findall("text")[0].text or ""
    assert long.endswith("…") and len(long) < 40
    rows = "".join(f"day {n},{n}\n" for n in range(300))
    labels = [t.text or "" for t in drawing(f"a,b\n{rows}", "line").findall("text")]
    assert sum(label.startswith("day") for label in labels) <= 6
