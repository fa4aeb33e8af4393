#!/usr/bin/env python3
"""Count the kinds of neighbours of common English words: `importer/fields/spun_words.txt`.

    python quality/count_neighbours.py DIR [DIR ...]           of the bodies in DIR/ID/expected.json
    python quality/count_neighbours.py DIR ... --without 4     but for the publishers of one fold

Only counts are kept, and no text. `--check` spins the bodies of the fold that is left out by pairs
of words that nothing here knows, and prints how many are found.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from sitegen.importer.fields.spun import (
    ALL_KINDS,
    FILE,
    is_common,
    kind_of,
    places,
    spun_score,
    tokens_of,
)

MOST = 1_900  # words, which are 170 kB
FOLDS = 5
DIALECTS = {
    "first": "in=successful on=connected as=arsenic at=astatine he=helium be=beryllium or=oregon"
    " about=astir will=volition have=person no=nary many=galore when=erstwhile may=whitethorn"
    " between=betwixt any=immoderate so=truthful own=ain new=caller time=clip",
    "second": "the=issues on=along in=inwards can=tin one=leak was=live have=rich will=volition"
    " by=past is=sits more=additional but=merely",
    "third": "of=belonging as=equally it=information for=designed are=represent has=owns"
    " they=folks which=whose with=alongside",
    "fourth": "and=plus at=near to=towards was=existed be=exist his=dude he=man about=roughly",
    "fifth": "in=inner a=amp is=equals on=upon all=totally would=might had=possessed but=yet",
}


def bodies(folders: list[Path]) -> Iterator[tuple[int, str, str]]:
    """(fold, name, text) of each English body."""
    for path in (p for folder in folders for p in sorted(folder.glob("*/expected.json"))):
        truth = json.loads(path.read_text("utf-8"))
        if truth.get("body") and truth.get("language") in ("en", None):
            fold = int(hashlib.sha1(truth["group"].encode()).hexdigest(), 16) % FOLDS
            yield fold, truth["id"], truth["body"]


def count(texts: list[str]) -> str:
    """The table of these texts."""
    left: dict[str, Counter[str]] = defaultdict(Counter)
    right: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for _, word, before, after in places(tokens_of(text)):
            for name in (word,) if is_common(word) else (word, f"*{kind_of(word)}"):
                left[name][before] += 1
                right[name][after] += 1
    often = sorted(left, key=lambda w: (not w.startswith("*"), -left[w].total(), w))[:MOST]
    rows = [f"# word, then how often each kind is left of it, then right: {' '.join(ALL_KINDS)}"]
    for word in sorted(often):
        numbers = [side[word][kind] for side in (left, right) for kind in ALL_KINDS]
        rows.append(" ".join([word, *map(str, numbers)]))
    return "\n".join(rows) + "\n"


def spin(text: str, pairs: str, rng: random.Random) -> str:
    """``text`` with the words of a dialect in the place of others."""
    table = dict(pair.split("=") for pair in pairs.split())
    tokens = tokens_of(text)
    return " ".join(table[t] if t in table and rng.random() < 0.95 else t for t in tokens)


def check(texts: list[tuple[str, str]]) -> None:
    """Print which of ``texts`` are called spun, and how many are where they have been spun."""
    alarms = [(spun_score(text)[0], name) for name, text in texts if spun_score(text)[0]]
    print(f"false alarms: {len(alarms)} of {len(texts)} {alarms[:5]}")
    rng = random.Random(1)
    long = [text for _, text in texts if len(text.split()) >= 150]
    for name, pairs in DIALECTS.items():
        found = sum(spun_score(spin(text, pairs, rng))[0] > 0 for text in long)
        print(f"{name} dialect: {found} of {len(long)} found ({found / max(1, len(long)):.3f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--without", type=int, default=-1, help="the fold to leave out")
    parser.add_argument("--check", action="store_true", help="measure, do not count")
    options = parser.parse_args()
    found = list(bodies(options.folders))
    if options.check:
        check([(name, text) for _, name, text in found])
        check([(name, text) for fold, name, text in found if fold == options.without])
    else:
        FILE.write_text(count([text for fold, _, text in found if fold != options.without]))


if __name__ == "__main__":
    main()
