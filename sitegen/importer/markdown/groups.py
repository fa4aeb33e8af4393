"""Categories, tags and authors in the head of a text of another generator, whose keys have many
spellings."""

from __future__ import annotations

from collections.abc import Container, Mapping
from itertools import chain
from typing import Any

from sitegen.importer.fields.columns import field_of
from sitegen.importer.fields.text import clean_inline
from sitegen.model.base import Struct

# Of each spelling the group, and what parts a text with several: Jekyll parts categories by blanks.
_GROUPS = {
    "categories": ("categories", " "),
    "category": ("categories", ""),
    "tags": ("tags", ","),
    "keywords": ("tags", ","),
    "topics": ("tags", ","),
    "tag": ("tags", ""),
}
_MAX_DEPTH = 4


class Groups(Struct, frozen=True):
    """What an article is filed under, and who is named among that, each value once."""

    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


def take_groups(head: dict[str, Any]) -> Groups:
    """The groups in ``head`` and in its table of taxonomies; their keys are taken out of
    ``head``."""
    found: dict[str, list[str]] = {"categories": [], "tags": [], "authors": []}
    for key in list(head):
        if group := _group(key, head[key]):
            name, separator = group
            found[name] += flat(head.pop(key), separator)
    taxonomies = head.get("taxonomies")
    for key, value in taxonomies.items() if isinstance(taxonomies, dict) else ():
        is_authors = field_of(str(key)) == "authors"
        if group := ("authors", ",") if is_authors else _group(key, value):
            name, separator = group
            found[name] += flat(value, separator)
    return Groups(**{name: _clean(values) for name, values in found.items()})


def author_by_other_name(head: Mapping[str, Any], keys: Container[str]) -> tuple[Any, str] | None:
    """(authors, their key) of a head whose key for them is one of ``keys``, or theirs in another
    language."""
    for key, value in head.items():
        if value and (key in keys or field_of(str(key)) == "authors"):
            return value, key
    return None


def author_in_table(head: Mapping[str, Any]) -> tuple[Any, str] | None:
    """(authors, their key) of a table of values of one's own: `[extra]` of Zola, `[params]` of
    Hugo."""
    for table in ("extra", "params"):
        said = head.get(table)
        values = said if isinstance(said, dict) else {}
        key = next((key for key in ("authors", "author", "byline") if values.get(key)), "")
        if key:
            return values[key], f"{table}.{key}"
    return None


def flat(value: Any, separator: str = "", depth: int = 0) -> list[str]:
    """The texts in ``value``: a list, which Hexo nests, or a text of several, which commas part
    wherever a ``separator`` may."""
    if isinstance(value, list) and depth < _MAX_DEPTH:
        return list(chain.from_iterable(flat(entry, "", depth + 1) for entry in value))
    if isinstance(value, bool | dict) or value is None:
        return []
    parts = map(str.strip, _parted(str(value), separator))
    return list(filter(None, parts))


def _parted(text: str, separator: str) -> list[str]:
    if not separator:
        return [text]
    return text.split("," if "," in text else separator)


def _group(key: object, value: object) -> tuple[str, str] | None:
    """(group, separator) of a key, or nothing: categories as a table say something else."""
    name = str(key).lower()
    found = _GROUPS.get(name)
    is_table = isinstance(value, dict) and found is not None and found[0] == "categories"
    return None if is_table else found


def _clean(values: list[str]) -> tuple[str, ...]:
    """``values`` without what is empty, each once."""
    shown = (clean_inline(value) for value in values)
    return tuple(dict.fromkeys(value for value in shown if value))
