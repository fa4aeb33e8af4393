"""The words that web pages put around an article, by language: labels, buttons, requests.

They are data: `sitegen/locales/page/LANG.txt` has one entry a line below the heading of its
section, and `any.txt` what all languages share. Entries are in small letters, with straight quotes.
Pages, copied texts and bylines read the same files. The sections are:

- ``lines``: a line that is exactly this is a button, a label or part of a menu.
- ``share``: words of share bars. A line of nothing else is one.
- ``labels``: words next to a name that are part of no name (`Follow`, `Updated`).
- ``half labels``: the same in front of another label only (`Last`, `Text`).
- ``credit``: what precedes the holder of an image, with a colon.

Entries of the other sections are regular expressions:

- ``updated``: what precedes the date of an update.
- ``stamp``: words in a line that is a date and no more.
- ``relative``: a date that counts from a moment that the text does not give (`2 hours ago`).
- ``asks``: beginnings of lines that ask, offer or speak about the page.
- ``boxes``: headings of boxes with links to other articles.
- ``key points``: headings of a box with the points of the article itself.
- ``page``: words about the page. Two of them in a line speak of accounts and comments.
- ``reports``: what reports somebody's words, and so is in no caption.
- ``biography``: what follows the name of an author in a line about them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "locales" / "page"
_HEADING = re.compile(r"\[(.*)\]")
_LETTER = re.compile(r"[^\W\d_](?![?*+{])")  # neither optional nor repeated


def page_words(section: str) -> tuple[str, ...]:
    """The entries of one section in all languages, each once."""
    return tuple(
        dict.fromkeys(entry for words in _all().values() for entry in words.get(section, ()))
    )


@cache
def _all() -> dict[str, dict[str, list[str]]]:
    """Language to section to entries, in the order of the languages' codes."""
    return {path.stem: _sections(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.txt"))}


def _sections(text: str) -> dict[str, list[str]]:
    """The sections of one file, each with its entries."""
    sections: dict[str, list[str]] = {}
    entries: list[str] = []
    rows = [row for row in text.splitlines() if row and not row.startswith("#")]
    for row in rows:
        heading = _HEADING.fullmatch(row)
        if heading:
            entries = sections.setdefault(heading[1], [])
        else:
            entries.append(row)
    return sections


def by_letter(entries: Sequence[str]) -> str:
    """The alternatives ``entries`` in their order, those in a row that begin with the same letter
    behind that letter: most texts then fail at one letter instead of at each entry."""
    out: list[str] = []
    for parted, run in groupby(entries, key=_is_parted):
        if not parted:
            out.extend(run)
            continue
        letters: dict[str, list[str]] = {}
        for entry in run:
            letters.setdefault(entry[0], []).append(entry[1:])
        out.extend(f"{letter}(?:{'|'.join(rest)})" for letter, rest in letters.items())
    return "|".join(out)


def _is_parted(entry: str) -> bool:
    """Whether an entry begins with one letter: it has no alternatives but in brackets."""
    outer = re.sub(r"\[[^\]]*\]", "", entry.replace("\\", ""))
    while "(" in outer and (inner := re.sub(r"\([^()]*\)", "", outer)) != outer:
        outer = inner
    return _LETTER.match(entry) is not None and "|" not in outer
