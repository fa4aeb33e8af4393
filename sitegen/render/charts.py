"""Bar and line charts as SVG that follows the colours of the page (https://www.w3.org/TR/SVG2/).

Each has a name for programs that read it aloud; the numbers follow as a table. Pure.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape

from sitegen.base.diagnostics import SitegenError, fail
from sitegen.render.data_tables import DataTable, numbers, table_html

WIDTH = 640
MOST_SERIES, MOST_BARS, MOST_POINTS = 6, 40, 400
_BAR, _GAP, _SIDE, _END = 18, 10, 190, 70
_TOP, _BOTTOM, _LEFT, _HEIGHT = 16, 40, 60, 300
_LONGEST = 26  # letters of a label
_TICKS = 5

Series = list[float | None]


def figure(table: DataTable, kind: str, title: str, say_data: str) -> str:
    """``table`` as the ``kind`` of `CHARTS`, called ``title``; ``say_data`` is the heading of the
    numbers below a chart.

    Raises SitegenError where it cannot be drawn, with file and line.
    """
    if kind == "table":
        return table_html(table, title)
    series = numbers(table)
    _check(table, series, kind)
    drawing = _bars(table, series) if kind == "bar" else _lines(table, series)
    label = escape(title)
    legend = _legend(table) if len(series) > 1 else ""
    return (
        f'<p class="chart-title">{label}</p>\n{legend}'
        f'<svg class="chart" role="img" aria-label="{label}" viewBox="0 0 {WIDTH} {drawing[0]}"'
        f' direction="ltr">{"".join(drawing[1])}</svg>\n'
        f"<details><summary>{escape(say_data)}</summary>\n"
        f"{table_html(table, title, captioned=False)}\n</details>"
    )


def _check(table: DataTable, series: list[Series], kind: str) -> None:
    def stop(said: str) -> SitegenError:
        return fail("data", said, table.path, 1, "show it as a table, or take fewer values")

    most = MOST_BARS if kind == "bar" else MOST_POINTS
    if not series or len(series) > MOST_SERIES:
        raise stop(f"a chart needs 1 to {MOST_SERIES} columns of numbers")
    if len(table.rows) > most:
        raise stop(f"has {len(table.rows)} rows, and a {kind} chart shows at most {most}")
    if not _has_numbers(series):
        raise stop("has no numbers")


def _has_numbers(series: list[Series]) -> bool:
    return any(value is not None for column in series for value in column)


def _legend(table: DataTable) -> str:
    items = "".join(
        f'<li class="series-{number}">{escape(name, quote=False)}</li>'
        for number, name in enumerate(table.head[1:], 1)
    )
    return f'<ul class="legend" aria-hidden="true">{items}</ul>\n'


def _span(series: list[Series]) -> tuple[float, float]:
    """The lowest and the highest number, with 0 among them."""
    found = [value for column in series for value in column if value is not None]
    low, high = min(0.0, *found), max(0.0, *found)
    return (low, high) if high > low else (0.0, 1.0)


def _bars(table: DataTable, series: list[Series]) -> tuple[int, list[str]]:
    """The height and the parts of a drawing with a row of bars for each row."""
    low, high = _span(series)
    room = WIDTH - _SIDE - 2 * _END
    scale = room / (high - low)
    zero = _SIDE + _END - low * scale if low < 0 else float(_SIDE)
    parts, y = [], 0
    for index, row in enumerate(table.rows):
        middle = y + _BAR * len(series) / 2
        parts.append(_text(row[0], _SIDE - 8, middle, "end"))
        for number, column in enumerate(series):
            if (value := column[index]) is not None:
                shown = row[number + 1]
                parts += _bar(zero, value * scale, y + number * _BAR, number + 1, shown)
        y += _BAR * len(series) + _GAP
    parts.append(f'<path class="axis" d="M{_at(zero)} 0V{y}"/>')
    return y, parts


def _bar(zero: float, length: float, y: float, number: int, shown: str) -> Iterator[str]:
    x, width = min(zero, zero + length), abs(length)
    yield (
        f'<rect class="series-{number}" x="{_at(x)}" y="{y + 1}" width="{_at(width)}"'
        f' height="{_BAR - 2}"/>'
    )
    side, place = ("start", x + width + 6) if length >= 0 else ("end", x - 6)
    yield _text(shown, place, y + _BAR / 2, side)


def _lines(table: DataTable, series: list[Series]) -> tuple[int, list[str]]:
    """The height and the parts of a drawing with a line for each column of numbers."""
    low, high = _span(series)
    step = _step(high - low)
    low, high = math.floor(low / step) * step, math.ceil(high / step) * step
    height = _HEIGHT - _TOP - _BOTTOM
    across = (WIDTH - _LEFT - 20) / max(1, len(table.rows) - 1)

    def y_of(value: float) -> float:
        return _TOP + height * (high - value) / (high - low)

    parts = []
    for number in range(round((high - low) / step) + 1):
        value = low + number * step
        y = y_of(value)
        parts.append(f'<path class="grid" d="M{_LEFT} {_at(y)}H{WIDTH - 10}"/>')
        parts.append(_text(f"{value:.10g}", _LEFT - 8, y, "end"))
    every = math.ceil(len(table.rows) / 6)
    for index in range(0, len(table.rows), every):
        x = _LEFT + index * across
        parts.append(_text(table.rows[index][0], x, _HEIGHT - 18, "middle", 14))
    for number, column in enumerate(series, 1):
        points = [(_LEFT + i * across, v) for i, v in enumerate(column)]
        drawn = [(x, None if v is None else y_of(v)) for x, v in points]
        parts.append(f'<path class="line series-{number}" d="{_path(drawn)}"/>')
        parts += _dots(drawn, number)
    return _HEIGHT, parts


def _path(points: list[tuple[float, float | None]]) -> str:
    """A line through ``points``, with a gap where a number is missing."""
    out, drawing = [], False
    for x, y in points:
        if y is None:
            drawing = False
            continue
        out.append(f"{'L' if drawing else 'M'}{_at(x)} {_at(y)}")
        drawing = True
    return "".join(out)


def _dots(points: list[tuple[float, float | None]], number: int) -> Iterator[str]:
    """A dot for each of ``points`` that has no neighbour to draw a line to."""
    gap = (0.0, None)
    around = zip([gap, *points], points, [*points[1:], gap], strict=False)
    for (_, before), (x, y), (_, after) in around:
        if y is not None and before is None and after is None:
            yield f'<circle class="series-{number}" cx="{_at(x)}" cy="{_at(y)}" r="3.5"/>'


def _step(span: float) -> float:
    """The distance of lines of a grid: 1, 2 or 5 with zeros."""
    rough = span / _TICKS
    size: float = 10.0 ** math.floor(math.log10(rough))
    return next(size * n for n in (1, 2, 5, 10) if size * n >= rough * 0.999)


def _text(words: str, x: float, y: float, anchor: str, most: int = _LONGEST) -> str:
    shown = words if len(words) <= most else words[: most - 1].rstrip() + "…"
    return (
        f'<text x="{_at(x)}" y="{_at(y)}" dy=".35em" text-anchor="{anchor}">'
        f"{escape(shown, quote=False)}</text>"
    )


def _at(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
