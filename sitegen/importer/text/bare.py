"""A text that was copied without the page around it: it is an article to its last line."""

from __future__ import annotations

import re
from itertools import dropwhile, groupby

import msgspec

from sitegen.importer.text.labels import BULLET, END, REPORTING, Line

URL_LINE = re.compile(
    r"(?:(?:source|url|link|quelle|original|fuente|fonte|read entire article|read full"
    r" article|from|via"
    r"|permalink)\s*:?\s*)?<?(https?://[^\s<>\"']{4,800})>?$",
    re.I,
)
COPYRIGHT = re.compile(
    r"(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?:copyright\s*)?(?:(?:19"
    r"|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?,?\s*)?(?P<name>(?:The "
    r"|[A-Z])[\w.&’' -]{2,40}?)\s*(?:,|\.|\||$|LLC|Inc|Ltd|GmbH|All |[-–])",
    re.I,
)
BREAK = re.compile(r"[\W_]{1,80}")


def is_bare(lines: list[Line]) -> bool:
    """Whether a text was copied without the page around it: no buttons, no teasers below it, one
    head."""
    signs_of_page = (_has_furniture, _has_several_heads, _has_teasers)
    return not any(shows(lines) for shows in signs_of_page)


def _has_furniture(lines: list[Line]) -> bool:
    return any(map(_is_furniture, lines))


def _has_several_heads(lines: list[Line]) -> bool:
    """Whether there are more dates or credits than an article has, or a date as only pages have
    it: `2 hours ago`."""
    stamps = [line for line in lines if line.label == "stamp"]
    credits = [line for line in lines if line.label == "credit"]
    return max(len(stamps), len(credits)) > 3 or not all(line.stamps for line in stamps)


def _has_teasers(lines: list[Line]) -> bool:
    """Whether three lines in a row, somewhere below the first paragraph, may be teasers."""
    from_prose = dropwhile(lambda line: line.label != "prose", lines)
    runs = groupby(map(_may_be_teaser, from_prose))
    return any(is_teaser and len(list(run)) > 2 for is_teaser, run in runs)


def _may_be_teaser(line: Line) -> bool:
    """Whether a line can be one of a list of other articles: short, and alone."""
    is_short = line.label in ("short", "names", "stamp")
    return is_short and line.gap > 0 and not BULLET.match(line.text)


def _is_furniture(line: Line) -> bool:
    """Whether a line is of the page around an article: a button, a share bar, a list of other
    articles."""
    if (
        line.label not in ("noise", "box")
        or BREAK.fullmatch(line.text)
        or (line.words >= 12 and END.search(line.text))
    ):
        return False
    return not (
        REPORTING.match(line.text) or COPYRIGHT.match(line.text) or URL_LINE.fullmatch(line.text)
    )


def as_text(line: Line) -> Line:
    """``line`` as what it is where there is no page around: no furniture."""
    if line.label not in ("noise", "box"):
        return line
    prose = max(line.prose, 1.2) if line.words >= 12 else line.prose
    return msgspec.structs.replace(line, label="prose" if prose > 0 else "short", prose=prose)
