#!/usr/bin/env python3
"""A corpus of invented articles for timings: the same bytes for the same number, on every machine.

corpus.py --n 10000 --layout plain --out DIR      a site of sitegen
corpus.py --n 10000 --layout hugo --out DIR       the same articles with Hugo's front matter

Each article has some 5.6 KB: one to three of 200 authors, two to six of 500 tags, one of ten
sections and of 60 sources, links, subheadings, a quotation and a list; some have a drawing, a
table or a footnote. Authors and tags are as uneven as in life: the first are the most frequent.
Article number i is the same however many there are.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

SECTIONS = (
    *("world", "politics", "business", "technology", "science"),
    *("health", "culture", "sport", "climate", "opinion"),
)
DRAWINGS = 24
_START = datetime(2022, 1, 1, tzinfo=UTC)
_SPAN = 3 * 365 * 86_400  # seconds
_OFFSETS = (-8, -5, -3, 0, 0, 1, 1, 2, 8, 9, 10)  # hours from UTC
_SHORT = "the of and to in a is that for it as was with be by on not this from at which but".split()
_ONSETS = "b br c ch d dr f g gr h j k l m n p pl r s sh st t tr v w".split()
_VOWELS = "a e i o u é ea ou ai ö".split()
_ENDS = "n r l s t m nt st ck ed er ly ing ion".split()


class Article(NamedTuple):
    """What both layouts are written from."""

    slug: str
    title: str
    date: str
    section: str
    authors: list[str]
    tags: list[str]
    summary: str
    photographer: str
    source: str
    source_url: str
    body: str


class World:
    """The words and names that all articles share."""

    def __init__(self) -> None:
        rng = random.Random(7)
        invented = dict.fromkeys(_word(rng) for _ in range(4000))
        words = [*_SHORT, *invented][:2000]
        plain = [word for word in words[len(_SHORT) :] if word.isascii()]
        self.words, self.often = words, _falling(len(words))
        self.tags = [word for word in plain if len(word) > 4][:500]
        self.tags_often = _falling(len(self.tags))
        self.authors = [
            f"{first.title()} {last.title()}"
            for first, last in zip(rng.sample(plain, 200), rng.sample(plain, 200), strict=True)
        ]
        self.authors_often = _falling(len(self.authors))
        kinds = ("Times", "Wire", "Post", "Herald", "Daily", "News")
        self.sources = [
            f"{word.title()} {kinds[number % len(kinds)]}"
            for number, word in enumerate(rng.sample(plain, 60))
        ]


def _word(rng: random.Random) -> str:
    syllables = rng.choices((1, 2, 3), (6, 8, 2))[0]
    stem = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(syllables))
    return stem + rng.choice(_ENDS)


def _falling(count: int) -> list[float]:
    """Cumulated weights of ``count`` things, the first of which are the most frequent."""
    return list(accumulate(1 / (rank + 2) for rank in range(count)))


def article(world: World, number: int) -> Article:
    """Article ``number`` of every corpus."""
    rng = random.Random(number * 1_000_003 + 11)
    title = _words(world, rng, rng.randint(5, 10)).capitalize()
    ascii_words = [word for word in title.lower().split() if word.isascii()]
    zone = timezone(timedelta(hours=rng.choice(_OFFSETS)))
    moment = (_START + timedelta(seconds=rng.randrange(_SPAN))).astimezone(zone)
    source = rng.choice(world.sources)
    return Article(
        slug="-".join([*ascii_words[:6], f"{number:06d}"]),
        title=title,
        date=moment.isoformat(),
        section=rng.choice(SECTIONS),
        authors=_several(rng, world.authors, world.authors_often, rng.choice((1, 1, 1, 2, 2, 3))),
        tags=_several(rng, world.tags, world.tags_often, rng.randint(2, 6)),
        summary=f"{_sentence(world, rng)} {_sentence(world, rng)}",
        photographer=rng.choice(world.authors),
        source=source,
        source_url=f"https://www.example.org/{source.split()[0].lower()}/{number}",
        body=_body(world, rng, number),
    )


def _several(rng: random.Random, things: list[str], often: list[float], count: int) -> list[str]:
    chosen: dict[str, None] = {}
    while len(chosen) < count:
        chosen[rng.choices(things, cum_weights=often)[0]] = None
    return list(chosen)


def _words(world: World, rng: random.Random, count: int) -> str:
    return " ".join(rng.choices(world.words, cum_weights=world.often, k=count))


def _sentence(world: World, rng: random.Random) -> str:
    return _words(world, rng, rng.randint(8, 24)).capitalize() + "."


def _paragraph(world: World, rng: random.Random, number: int) -> str:
    """Two to five sentences, some with emphasis, quotation marks, dashes or a link."""
    sentences = [_sentence(world, rng) for _ in range(rng.randint(2, 5))]
    words = sentences[0].split(" ")
    at = rng.randrange(1, len(words) - 2)
    decorate = rng.choice(
        (
            "{}",
            "*{}*",
            "**{}**",
            '"{}"',
            "“{}”",
            "{} --",
            "[{}](https://www.example.com/" + f"{number}-{at})",
        )
    )
    words[at] = decorate.format(words[at])
    return " ".join([" ".join(words), *sentences[1:]])


def _body(world: World, rng: random.Random, number: int) -> str:
    length = rng.randint(4400, 5400)
    blocks: list[str] = []
    while sum(map(len, blocks)) < length:
        blocks.append(_paragraph(world, rng, number))
    count = len(blocks)
    blocks.insert(count * 3 // 4, _list(world, rng))
    blocks.insert(count // 2, f"## {_words(world, rng, 5).capitalize()}")
    blocks.insert(count // 3, f"> {_sentence(world, rng)}")
    blocks.insert(count // 4, f"## {_words(world, rng, 4).capitalize()}")
    if rng.random() < 0.5:
        alt = _words(world, rng, 4)
        blocks.insert(1, f"![{alt}](/images/drawing-{rng.randrange(DRAWINGS):02d}.svg)")
    if rng.random() < 0.25:
        blocks[0] += "[^1]"
        blocks.append(f"[^1]: {_sentence(world, rng)}")
    if rng.random() < 0.05:
        blocks.insert(count // 2, _table(world, rng))
    return "\n\n".join(blocks) + "\n"


def _list(world: World, rng: random.Random) -> str:
    items = range(rng.randint(3, 6))
    return "\n".join(f"- {_words(world, rng, rng.randint(4, 9))}" for _ in items)


def _table(world: World, rng: random.Random) -> str:
    rows = ["| Region | Before | Now |", "|---|---:|---:|"]
    for _ in range(rng.randint(3, 7)):
        before, now = rng.randrange(999), rng.randrange(999)
        rows.append(f"| {_words(world, rng, 1)} | {before} | {now} |")
    return "\n".join(rows)


# Layouts --------------------------------------------------------------------------------------
def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _front(fields: dict[str, str]) -> str:
    lines = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return f"---\n{lines}---\n\n"


def as_plain(one: Article) -> str:
    """The file of ``one`` in a site of sitegen."""
    source = f"{{name: {_json(one.source)}, url: {_json(one.source_url)}}}"
    credit = f"{{role: photo, name: {_json(one.photographer)}}}"
    fields = {
        "title": _json(one.title),
        "date": one.date,
        "slug": one.slug,
        "authors": _json(one.authors),
        "tags": _json(one.tags),
        "section": one.section,
        "summary": _json(one.summary),
        "credits": f"[{credit}]",
        "source": source,
        "status": "published",
    }
    return _front(fields) + one.body


def as_hugo(one: Article) -> str:
    """The file of ``one`` in a site of Hugo."""
    fields = {
        "title": _json(one.title),
        "date": one.date,
        "slug": one.slug,
        "authors": _json(one.authors),
        "tags": _json(one.tags),
        "summary": _json(one.summary),
        "credits": _json([f"Photo: {one.photographer}"]),
        "source_name": _json(one.source),
        "source_url": _json(one.source_url),
        "draft": "false",
    }
    return _front(fields) + one.body


LAYOUTS: dict[str, Callable[[Article], str]] = {"plain": as_plain, "hugo": as_hugo}
_SITE = """\
title: Daily Digest
base_url: https://digest.example/
timezone: Europe/Berlin
language: en
"""


def drawings() -> Iterator[tuple[str, str]]:
    """Names and SVG of the drawings that articles show."""
    rng = random.Random(5)
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60">'
    for number in range(DRAWINGS):
        places = [(rng.randrange(100), rng.randrange(60), rng.randrange(2, 9)) for _ in range(150)]
        circles = "".join(f'<circle cx="{x}" cy="{y}" r="{r}"/>' for x, y, r in places)
        yield f"drawing-{number:02d}.svg", f"{head}{circles}</svg>\n"


def write_corpus(folder: Path, count: int, layout: str) -> None:
    """Write ``count`` articles, the drawings and a style sheet below ``folder``."""
    world, write = World(), LAYOUTS[layout]
    for section in SECTIONS:
        (folder / "content" / section).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        one = article(world, number)
        path = folder / "content" / one.section / f"{one.slug}.md"
        path.write_text(write(one), encoding="utf-8")
    images = folder / "static/images"
    images.mkdir(parents=True, exist_ok=True)
    for name, drawing in drawings():
        (images / name).write_text(drawing)
    style = "body { font: 17px/1.5 Georgia, serif; max-width: 44rem; margin: auto }\n"
    (folder / "static/style.css").write_text(style * 40)
    if layout == "plain":
        (folder / "site.yaml").write_text(_SITE)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--n", type=int, required=True, help="number of articles")
    parser.add_argument("--layout", choices=LAYOUTS, default="plain")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    write_corpus(options.out, options.n, options.layout)


if __name__ == "__main__":
    main()
