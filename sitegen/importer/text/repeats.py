"""Lines that are repeated inside a longer paragraph near them, as pull quotes are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from sitegen.importer.text.labels import Line
from sitegen.model.base import Struct

LONG = 20  # words, above which a paragraph may repeat a line
_WORDS = range(4, 46)  # of a line that may be repeated
_MORE = 20  # characters that the paragraph has at least beside the line
_NEAR = 100  # long paragraphs above and below a line that are compared with it


class LongParagraphs(Struct, frozen=True):
    """The long paragraphs of a text, in order: the index of each and its folded text."""

    at: Sequence[int]
    keys: Sequence[str]

    def repeat(self, i: int, line: Line) -> bool:
        """Whether a paragraph near the line ``i`` has it inside.

        Only near ones are compared, so the time grows with the number of lines and no faster.
        """
        if line.words not in _WORDS:
            return False
        middle = bisect_left(self.at, i)
        near = self.keys[max(0, middle - _NEAR) : middle + _NEAR]
        holders = [text for text in near if line.key in text]
        return any(len(text) > len(line.key) + _MORE for text in holders)
