"""Change one field of an article's front matter; everything else in the file stays to the byte."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sitegen.base.diagnostics import SitegenError, fail
from sitegen.base.yaml_edit import list_row, replaced, value_rows
from sitegen.content.frontmatter import FrontMatter, decode, read_front_matter
from sitegen.content.seal import is_sealed, seal

_HEAD = re.compile(r"(\ufeff?---[ \t]*\r?\n)(.*?)(^---[ \t]*\r?$)", re.DOTALL | re.MULTILINE)

Value = str | Sequence[str] | Mapping[str, str]


def with_field(text: str, key: str, given: Value, path: str, by_person: bool = False) -> str:
    """``text`` of an article with ``given``, a text, texts, or texts by name, as its field ``key``;
    an empty one removes it.

    A file that is as an import wrote it is sealed again, unless ``by_person``: then no later import
    replaces it. Raises SitegenError where the field cannot be changed without changing anything
    else.
    """
    value = _plain(given)
    match = _HEAD.match(text)
    if not match:
        raise fail(
            "front-matter",
            f"`{key}` cannot be written: the front matter is not YAML between lines of `---`",
            path,
            help=f"write `{key}` yourself",
        )
    opening, head, closing = match.groups()
    before = _read(text, path)
    try:
        new = replaced(head, key, _rows(key, value), before="extra")
    except ValueError as error:
        raise _unsafe(key, path, str(error)) from None
    changed = f"{opening}{new}{closing}{text[match.end() :]}"
    after = _read(changed, path)
    wanted = {k: v for k, v in before.values.items() if k != key} | ({key: value} if value else {})
    if after.values != wanted or after.body != before.body:
        raise _unsafe(key, path, "the file would mean something else")
    return seal(changed) if is_sealed(text) and not by_person else changed


def _plain(given: Value) -> str | list[str] | dict[str, str]:
    """A value as it is read again; one text in a list is a text."""
    if isinstance(given, str):
        return given
    if isinstance(given, Mapping):
        return dict(given)
    return list(given) if len(given) > 1 else "".join(given)


def _rows(key: str, value: str | list[str] | dict[str, str]) -> list[str]:
    """The lines of YAML of ``key``; none for an empty value."""
    if not value:
        return []
    if isinstance(value, list):
        return [list_row(key, value)]
    return value_rows(key, value)


def _unsafe(key: str, path: str, reason: str) -> SitegenError:
    message = f"`{key}` cannot be written safely: {reason}"
    return fail("front-matter", message, path, help="write it yourself")


def _read(text: str, path: str) -> FrontMatter:
    return read_front_matter(decode(text.encode(), path), path)
