"""A site of 60 imported articles: copied texts of several outlets in one section, as `sitegen init`
and `sitegen import` leave it.

Pure, but for `make`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ARTICLES = 60
NOW = "2026-11-25T12:00:00+00:00"
OUTLETS = ("The Salm Courier", "Vantry Evening Post", "Tideline Wire", "Eastport Ledger")
PEOPLE = ("Ines Calder", "Dov Amsel", "Yuna Harrow", "Kofi Arden and Petra Nováková")
SUBJECTS = (
    ("Harbour board", "opens the north gate to small boats after nine years of repairs"),
    ("City council", "votes for longer tram hours"),
    ("Rope makers", "count what is left of the old yard, and find more than they had hoped for"),
    ("Night ferry", "is late again"),
    ("A teacher of mathematics", "measures every step of the tower"),
    ("Bay survey", "finds eelgrass where the charts show sand, and asks captains to go round it"),
    ("Market traders", "want their lamps back"),
    ("The observatory", "sees a comet twice in one week, to the surprise of the people who run it"),
)
SENTENCES = (
    "The decision was taken on Tuesday evening, after a debate that lasted until eleven.",
    "Nobody who spoke against it wished to be named.",
    "It will cost about four hundred thousand, half of which has been set aside since spring.",
    "“We have waited long enough,” said the harbour master, who had brought the plans along.",
    "Work begins in March, as soon as the ice is off the inner basin.",
    "Residents of the upper town asked for a second meeting, and were given one.",
)


def texts() -> Iterator[tuple[str, str]]:
    """The name and the text of each article, as it was copied from a page."""
    for number in range(ARTICLES):
        who, what = SUBJECTS[number % len(SUBJECTS)]
        day = 24 - number // 4
        yield (
            f"{number:02}.txt",
            "\n\n".join(
                (
                    f"{who} {what} ({number + 1})",
                    f"By {PEOPLE[number % len(PEOPLE)]}",
                    f"{day} November 2026, {8 + number % 12:02}:{number % 60:02}",
                    OUTLETS[number % 3 if number % 5 else 3],
                    *(
                        " ".join(SENTENCES[(number + part + k) % len(SENTENCES)] for k in range(3))
                        for part in range(3 + number % 4)
                    ),
                )
            )
            + "\n",
        )


def make(folder: Path, theme: str, address: str) -> None:
    """The built site in ``theme``, below ``folder``."""
    inbox = folder / "texts"
    inbox.mkdir(parents=True)
    for name, text in texts():
        (inbox / name).write_text(text)
    site, at = folder / "site", ("--now", NOW)
    run("init", str(site), "--title", "The Salm Reader", "--timezone", "Europe/Lisbon", *at)
    settings = site / "site.yaml"
    kept = [line for line in settings.read_text().split("\n") if not line.startswith("theme:")]
    settings.write_text("\n".join([*kept, f"theme: {theme}", ""]))
    run("import", str(inbox), "--site", str(site), *at)
    output = str(folder / "output")
    run("build", "-q", "--site", str(site), "-b", address, "-o", output, *at)


def run(*command: str) -> None:
    """One command of sitegen."""
    subprocess.run([sys.executable, "-m", "sitegen", *command], check=True, capture_output=True)
