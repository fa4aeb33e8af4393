"""What importing makes of one input, and what it did with it."""

from __future__ import annotations

from typing import Literal

from sitegen.base.diagnostics import Diagnostic
from sitegen.model import Image, Person, Source, Struct

Outcome = Literal["created", "updated", "unchanged", "kept", "quarantined"]
Kind = Literal["text", "html", "markdown", "feed", "xml", "json", "mail", "binary", "empty"]


class Imported(Struct, frozen=True):
    """One article as it was found, before a person has looked at it.

    ``date`` and ``updated`` are RFC 3339, ``YYYY-MM-DD`` or empty; ``body`` is Markdown. ``spun`` is
    0 for ordinary text, else how sure the detector of machine-spun text is (up to 1), with the words
    that gave it away. ``evidence`` pairs a field with where its value was found; ``doubts`` says what
    keeps this from being read with confidence.
    """

    title: str = ""
    dek: str = ""
    authors: tuple[Person, ...] = ()
    credits: tuple[Person, ...] = ()
    date: str = ""
    updated: str = ""
    dateline: str = ""
    image: Image | None = None
    images: tuple[Image, ...] = ()
    source: Source = Source()
    canonical: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    lang: str = ""
    body: str = ""
    spun: float = 0.0
    spun_words: tuple[str, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = ()


class Item(Struct, frozen=True):
    """What became of one input. ``origin`` is its name as given, ``path`` the file in the site.

    ``change`` is a unified diff against the file on disk; it is filled in a dry run only.
    """

    origin: str
    outcome: Outcome
    path: str = ""
    reason: str = ""
    title: str = ""
    evidence: tuple[tuple[str, str], ...] = ()
    change: str = ""


class ImportReport(Struct, frozen=True):
    """The outcome of one run: an item for every input, in order, and what a person should look at."""

    items: tuple[Item, ...]
    diagnostics: tuple[Diagnostic, ...]

    def count(self, outcome: Outcome) -> int:
        """How many inputs had this outcome."""
        return sum(item.outcome == outcome for item in self.items)
