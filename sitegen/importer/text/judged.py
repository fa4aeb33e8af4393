"""What each line of a copied page is, how sure that is, and what decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sitegen.importer.fields.chain import Chances, chain_of, chances_of
from sitegen.importer.model import Weighed
from sitegen.importer.text.headline import HOME
from sitegen.importer.text.labels import Line
from sitegen.importer.text.segments import BODY, BOX, HEAD
from sitegen.importer.text.signs import CopiedPage, signs_of
from sitegen.model.base import Struct

FIELDS = {"title": "title", "dek": "dek", "authors": "byline", "date": "date"}  # labels by field
MAX_WEIGHED = 3
_NEAR = 10  # lines below a trail of links that its headline may be in
_LEAST = 0.05  # chance of a candidate that a person is shown
_REASONS = 4
# A paragraph that the rules keep is left out only if that is nearly sure: a sentence too many is
# a smaller fault than a lost one. A short line may be a heading, and says less.
_SURELY_NO_PARAGRAPH = 0.25
_PROBABLY_NO_HEADING = 0.4
_SURELY_BODY = 0.8


class WeighedLines(Struct, frozen=True):
    """A page with the features of its lines, and how likely each label is for each line."""

    lines: Sequence[Line]
    signs: Sequence[tuple[str, ...]]
    chances: Sequence[Chances]

    def likeliest(self, label: str) -> int:
        """The line that is the likeliest to have a label."""
        return max(range(len(self.lines)), key=lambda i: self.chances[i][label])

    def title(self) -> int:
        """The headline: the likeliest line, but not one that has its text and a trail of links
        before it, or the name of the site behind it."""
        best = self.likeliest("title")
        below = range(best + 1, min(len(self.lines), best + _NEAR))
        same = (i for i in below if self._is_trail_to(best, i) or self._is_with_site(best, i))
        return next(same, best)

    def _is_trail_to(self, trail: int, i: int) -> bool:
        """Whether a line begins as `Home News` does and ends with line ``i``."""
        line, links = self.lines[i].text, self.lines[trail].text
        return links.endswith(line) and links.casefold().startswith(HOME) and links != line

    def _is_with_site(self, best: int, i: int) -> bool:
        """Whether a line is line ``i`` with something behind a bar."""
        before, bar, _ = self.lines[best].text.rpartition(" | ")
        return bool(bar) and before == self.lines[i].text

    def confidence(self, read_from: Mapping[str, int]) -> dict[str, float]:
        """How likely the fields are right that were read from the lines ``read_from``."""
        return {
            field: round(self._field(field, at), 2)
            for field, at in read_from.items()
            if field in FIELDS
        }

    def _field(self, field: str, at: int) -> float:
        """The chance of a field's label; a byline may say the date, too."""
        chance = self.chances[at][FIELDS[field]]
        return chance + self.chances[at]["byline"] if field == "date" else chance

    def of_body(self, i: int) -> float:
        """How likely a line is a paragraph or a heading of the body."""
        return self.chances[i]["body"] + self.chances[i]["heading"]

    def states(self, states: Sequence[int]) -> list[int]:
        """The ``states`` that the rules give, corrected where the weights are sure."""
        first = next((i for i, state in enumerate(states) if state == BODY), len(states))
        return [
            self._state(i, state, HEAD if i <= first else BOX) for i, state in enumerate(states)
        ]

    def _state(self, i: int, state: int, otherwise: int) -> int:
        if state == BODY:
            is_prose = self.lines[i].label == "prose"
            least = _SURELY_NO_PARAGRAPH if is_prose else _PROBABLY_NO_HEADING
            return otherwise if self.of_body(i) < least else BODY
        return BODY if self.of_body(i) > _SURELY_BODY else state

    def weighed(self) -> Iterator[Weighed]:
        """The likeliest lines for each field as a person reads them."""
        weights = chain_of("lines")
        for field, label in FIELDS.items():
            at = weights.labels.index(label)
            order = sorted(range(len(self.lines)), key=lambda i: -self.chances[i][label])
            for i in order[:MAX_WEIGHED]:
                if self.chances[i][label] >= _LEAST:
                    known = {n: row[at] for n in self.signs[i] if (row := weights.weights.get(n))}
                    reasons = sorted(known.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
                    yield Weighed(
                        field,
                        self.lines[i].text[:200],
                        round(self.chances[i][label], 3),
                        round(sum(known.values()), 2),
                        tuple(reasons[:_REASONS]),
                    )


def judge(page: CopiedPage) -> WeighedLines:
    """Weigh all lines of a copied page together."""
    signs = signs_of(page)
    return WeighedLines(page.lines, signs, chances_of(chain_of("lines"), signs))
