"""Change one field of an article's front matter; everything else in the file stays to the byte."""

from __future__ import annotations

import re

from sitegen.base.diagnostics import fail
from sitegen.base.yaml import quoted
from sitegen.content.frontmatter import FrontMatter, decode, read_front_matter
from sitegen.content.seal import is_sealed, seal

_HEAD = re.compile(r"(\ufeff?---[ \t]*\r?\n)(.*?)(^---[ \t]*\r?$)", re.DOTALL | re.MULTILINE)
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*|\d{4}-(?:\d\d|w\d\d)(?:-\d\d)?")


def with_field(text: str, key: str, value: str, path: str) -> str:
    """``text`` of an article with the text ``value`` as its field ``key``; an empty one removes it.

    A file that is as an import wrote it is sealed again. Raises SitegenError where the field
    cannot be changed without changing anything else.
    """
    match = _HEAD.match(text)
    if not match:
        raise fail(
            "front-matter",
            f"`{key}` cannot be written: the front matter is not YAML between lines of `---`",
            path,
            help=f"write `{key}: {value}` yourself",
        )
    opening, head, closing = match.groups()
    end = "\r\n" if "\r\n" in opening else "\n"
    written = value if _PLAIN.fullmatch(value) else quoted(value)
    row = f"{key}: {written}{end}" if value else ""
    own = re.compile(
        rf"^{re.escape(key)}[ \t]*:.*\n(?:[ \t]+.*\n|[ \t]*\n(?=[ \t]))*", re.MULTILINE
    )
    new = own.sub(lambda _: row, head, count=1) if own.search(head) else _added(head, row)
    changed = f"{opening}{new}{closing}{text[match.end() :]}"
    before = _read(text, path)
    after = _read(changed, path)
    wanted = {k: v for k, v in before.values.items() if k != key} | ({key: value} if value else {})
    if after.values != wanted or after.body != before.body:
        raise fail(
            "front-matter", f"`{key}` cannot be written safely", path, help="write it yourself"
        )
    return seal(changed) if is_sealed(text) else changed


def _added(head: str, row: str) -> str:
    """``head`` with ``row`` in front of `extra`, where programs write, else at its end."""
    extra = re.search(r"^extra[ \t]*:", head, re.MULTILINE)
    place = extra.start() if extra else len(head)
    return head[:place] + row + head[place:]


def _read(text: str, path: str) -> FrontMatter:
    return read_front_matter(decode(text.encode(), path), path)
