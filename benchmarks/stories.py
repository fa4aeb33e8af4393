#!/usr/bin/env python3
"""Time the grouping of articles into stories: seconds for N synthetic articles, with and without
reprints.

stories.py --n 10000

Signatures are made when an article is read, and are part of the figure of a cold build; here they
are timed apart.
"""

from __future__ import annotations

import argparse
import random
import time
from datetime import UTC, datetime, timedelta

from sitegen.base.similarity import sketch
from sitegen.config.load import load_config
from sitegen.model.article import Document, Source
from sitegen.model.site import Shown
from sitegen.site.resolve import resolve
from sitegen.site.stories import stories

START = datetime(2026, 1, 1, tzinfo=UTC)
SETTINGS = "title: T\nbase_url: https://t.example/\ntimezone: UTC\n"


def corpus(count: int, reprints: float) -> list[Document]:
    """Articles of forty outlets, twelve a day; a share of them are reprints of one of the last
    twenty."""
    rng = random.Random(3)
    words = ["".join(rng.choices("abcdefghijklmnop", k=rng.randint(2, 11))) for _ in range(4000)]
    texts: list[str] = []
    out = []
    for number in range(count):
        text = (
            rng.choice(texts[-20:])
            if texts and rng.random() < reprints
            else " ".join(rng.choices(words, k=350))
        )
        texts.append(text)
        title, moment = " ".join(rng.choices(words, k=8)), START + timedelta(hours=number / 12)
        out.append(
            Document(
                path=f"a{number}",
                title=title,
                slug=f"a{number}",
                section="world",
                date=moment.isoformat(),
                stamp=moment.timestamp(),
                source=Source(f"Outlet {number % 40}"),
                signature=sketch(title, text),
            )
        )
    return out


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--n", type=int, default=10_000)
    count = parser.parse_args().n
    config = load_config(SETTINGS)
    for reprints in (0.0, 0.3):
        started = time.perf_counter()
        documents = corpus(count, reprints)
        made = time.perf_counter() - started
        site, _ = resolve(documents, config, (START + timedelta(days=9999)).timestamp(), Shown())
        started = time.perf_counter()
        found = stories(site, config)
        took = time.perf_counter() - started
        print(
            f"{count} articles, {reprints:.0%} reprints: {len(found)} stories in {took:.2f} s"
            f" (texts and signatures made in {made:.2f} s)"
        )


if __name__ == "__main__":
    main()
