"""Change one field of an article's front matter; everything else in the file stays to the byte."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sitegen.base.diagnostics import fail
from sitegen.base.yaml import quoted
from sitegen.content.frontmatter import FrontMatter, decode, read_front_matter
from sitegen.content.seal import is_sealed, seal

_HEAD = re.compile(r"(\ufeff?---[ \t]*\r?\n)(.*?)(^---[ \t]*\r?$)", re.DOTALL | re.MULTILINE)
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9/-]*|\d{4}-(?:\d\d|w\d\d)(?:-\d\d)?")


def with_field(text: str, key: str, given: str | Sequence[str], path: str) -> str:
    """``text`` of an article with the text or texts ``given`` as its field ``key``; an empty one
    removes it.

    A file that is as an import wrote it is sealed again. Raises SitegenError where the field
    cannot be changed without changing anything else.
    """
    value = given if isinstance(given, str) or len(given) > 1 else "".join(given)
    written = _written(value) if isinstance(value, str) else f"[{', '.join(map(_written, value))}]"
    match = _HEAD.match(text)
    if not match:
        raise fail(
            "front-matter",
            f"`{key}` cannot be written: the front matter is not YAML between lines of `---`",
            path,
            help=f"write `{key}: {written}` yourself",
        )
    opening, head, closing = match.groups()
    end = "\r\n" if "\r\n" in opening else "\n"
    row = f"{key}: {written}{end}" if value else ""
    own = re.compile(
        rf"^{re.escape(key)}[ \t]*:.*\n(?:[ \t]+.*\n|[ \t]*\n(?=[ \t]))*", re.MULTILINE
    )
    new = own.sub(lambda _: row, head, count=1) if own.search(head) else _added(head, row)
    changed = f"{opening}{new}{closing}{text[match.end() :]}"
    before = _read(text, path)
    after = _read(changed, path)
    new_value = value if isinstance(value, str) else list(value)
    wanted = {k: v for k, v in before.values.items() if k != key}
    wanted |= {key: new_value} if value else {}
    if after.values != wanted or after.body != before.body:
        raise fail(
            "front-matter", f"`{key}` cannot be written safely", path, help="write it yourself"
        )
    return seal(changed) if is_sealed(text) else changed


def _written(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else quoted(value)


def _added(head: str, row: str) -> str:
    """``head`` with ``row`` in front of `extra`, where programs write, else at its end."""
    extra = re.search(r"^extra[ \t]*:", head, re.MULTILINE)
    place = extra.start() if extra else len(head)
    return head[:place] + row + head[place:]


def _read(text: str, path: str) -> FrontMatter:
    return read_front_matter(decode(text.encode(), path), path)
