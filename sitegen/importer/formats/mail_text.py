"""The plain text of a mail as HTML: broken lines joined, what is quoted as a quotation, signature
and the footer of a list left out."""

from __future__ import annotations

import html
import re
from itertools import groupby

from sitegen.base.text import count_words, unix_lines
from sitegen.importer.formats.jsonfeed import plain_html

_QUOTED = re.compile(r"(?:> ?)+")
_NEW_ROW = re.compile(r"\s*(?:[-*•]|\d{1,3}[.)])\s|\s{4,}")
# What Mailman puts below each mail.
_FOOTER = re.compile(r"\n_{20,}\n[^\n]{1,200}mailing list\n(?:[^\n]{1,300}\n?){1,4}\s*\Z")
_SIGNATURE_MARK = "-- "
# What begins a quotation or a forwarded mail.
_NO_SIGNATURE = re.compile(r">|[-_]{4,}|[^:]{1,60}:$")
MAX_SIGNATURE = 12  # lines
WORDS_OF_SIGNATURE = 80
MAX_DEPTH = 8


def own_text(text: str) -> tuple[str, str]:
    """(the plain text of a mail, its signature in one line): what a mailing list puts below it is
    left out.

    A signature is below the last line `-- ` (RFC 3676, section 4.3), as mail programs show it. If
    what is there is long, quoted or a forwarded mail, it is text.
    """
    text = _FOOTER.sub("\n", unix_lines(text))
    rows = text.split("\n")
    marks = [n for n, row in enumerate(rows) if row == _SIGNATURE_MARK]
    at = marks[-1] if marks else len(rows)
    signature = [row.strip() for row in rows[at + 1 :] if row.strip()]
    is_alone = not any(map(str.strip, rows[:at]))
    if not signature or is_alone or not _may_be_signature(signature):
        return text, ""
    return "\n".join(rows[:at]), " ".join(signature)


def _may_be_signature(rows: list[str]) -> bool:
    if len(rows) > MAX_SIGNATURE or sum(map(count_words, rows)) > WORDS_OF_SIGNATURE:
        return False
    return not any(map(_NO_SIGNATURE.match, rows))


def mail_html(text: str, *, flowed: bool = False, joined: bool = False) -> str:
    """``text`` as paragraphs and quotations.

    ``flowed`` and ``joined`` are `format=flowed` and `DelSp=yes` (RFC 3676).
    """
    rows = [_parted(row, flowed) for row in unix_lines(text).split("\n")]
    out = []
    for depth, group in groupby(rows, key=lambda r: r[0]):
        inside = [row for _, row in group]
        if flowed:
            body = _flowed(inside, joined)
        elif depth:
            body = _paragraphs(inside)
        else:
            body = plain_html("\n".join(inside))
        out.append("<blockquote>" * depth + body + "</blockquote>" * depth if body else "")
    return "".join(out)


def _parted(row: str, flowed: bool) -> tuple[int, str]:
    """(how deep a row is quoted, the row without the marks)."""
    match = _QUOTED.match(row)
    if match is None:
        return 0, (
            row.removeprefix(" ") if flowed else row
        )  # RFC 3676 stuffs a blank before some rows
    rest = row[match.end() :]
    return min(match[0].count(">"), MAX_DEPTH), rest.removeprefix(" ")


def _flowed(rows: list[str], joined: bool) -> str:
    """Rows whose last blank says that the paragraph goes on."""
    paragraphs: list[str] = []
    open_ = False
    for row in rows:
        soft = row.endswith(" ") and row != "-- "
        said = row[:-1] if soft and joined else row
        if open_:
            paragraphs[-1] += said
        else:
            paragraphs.append(said)
        open_ = soft
    return _as_html(paragraphs)


def _paragraphs(rows: list[str]) -> str:
    """Rows that a mail program broke at its width: one paragraph up to each empty row, point or
    number."""
    paragraphs: list[str] = []
    for row in rows:
        if paragraphs and paragraphs[-1] and row.strip() and not _NEW_ROW.match(row):
            paragraphs[-1] += " " + row.strip()
        else:
            paragraphs.append(row.strip())
    return _as_html(paragraphs)


def _as_html(paragraphs: list[str]) -> str:
    return "".join(f"<p>{html.escape(p.strip())}</p>" for p in paragraphs if p.strip())
