"""Change what the file of an edition says; its comments, and the order of its keys, stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

from sitegen.base.diagnostics import SitegenError, fail
from sitegen.base.text import printable
from sitegen.base.yaml import load_mapping, quoted
from sitegen.base.yaml_edit import entries, replaced, spans, value_rows
from sitegen.model.article import Comment
from sitegen.model.base import Struct

OPEN_HEAD = (
    "# An edition under way: its articles by `id`, else by path, in this order, and the editor's"
    " words.\n"
)
CLOSED_HEAD = (
    "# A closed edition: its page holds these articles in this order, whatever is published"
    " later.\n"
    "# An article is named by its `id`, else by its path. Deleting this file opens the edition"
    " again.\n"
)
# Facts of a closed edition come first, then words, then articles.
_ORDER = ("number", "title", "published", "intro", "outro", "lead", "articles")

Field = str | int | Comment | None


class EditionEntry(Struct, frozen=True):
    """An article of an edition: its id or path, its headline for people who read the file, and
    what the editor says of it there."""

    name: str
    title: str = ""
    comment: Comment | None = None


def with_edition(
    text: str,
    path: str,
    fields: Mapping[str, Field],
    articles: Sequence[EditionEntry] | None = None,
) -> str:
    """``text`` of an edition's file with ``fields`` by key, those that are empty removed, and with
    ``articles``, if any are given, in place of its list.

    Raises SitegenError where that is not possible without changing anything else.
    """
    old = load_mapping(text, path, "edition")[0]
    new = text
    try:
        for key, field in fields.items():
            if _plain(old.get(key)) != _plain(_value(field)):
                new = _put(new, key, _rows(key, field))
        if articles is not None:
            new = _put(new, "articles", _article_rows(text, old, articles))
    except ValueError as error:
        raise _unsafe(path, str(error)) from None
    wanted = old | {key: _value(field) for key, field in fields.items()}
    if articles is not None:
        wanted["articles"] = [_entry_value(entry) for entry in articles]
    wanted = {k: v for k, v in wanted.items() if k not in fields or v not in (None, "")}
    if _plain(load_mapping(new, path, "edition")[0]) != _plain(wanted):
        raise _unsafe(path, "the file would mean something else")
    return new


def comment_fields(comment: Comment | None) -> str | dict[str, str]:
    """What the editor says as it is written: a text, or a mapping with who says it."""
    if comment is None:
        return ""
    return {"text": comment.text, "by": comment.by} if comment.by else comment.text


def _put(text: str, key: str, rows: Sequence[str]) -> str:
    later = _ORDER[_ORDER.index(key) + 1 :]
    present = spans(text)
    return replaced(text, key, rows, next((name for name in later if name in present), ""))


def _rows(key: str, field: Field) -> list[str]:
    value = _value(field)
    if value in (None, ""):
        return []
    if isinstance(value, int) or key == "published":
        return [f"{key}: {value}"]
    return [f"{key}: {quoted(value)}"] if key == "lead" else value_rows(key, value)


def _value(field: Field) -> Any:
    return comment_fields(field) if isinstance(field, Comment) else field


def _article_rows(text: str, old: Mapping[str, Any], articles: Sequence[EditionEntry]) -> list[str]:
    """The lines of `articles`: an entry that says the same as before keeps its own."""
    before = old.get("articles") or []
    written = entries(text, "articles") if before else []
    indent = _indent(written[0]) if written else ""
    kept: dict[str, tuple[Any, list[str]]] = {}
    for value, rows in zip(before, written, strict=True):
        kept.setdefault(_name(value), (value, rows))
    out: list[str] = []
    for entry in articles:
        value, rows = kept.get(entry.name, (None, []))
        if value is not None and _same(value, entry):
            out += rows
        else:
            out += [*_remarks(rows), *_indented(_entry_rows(entry), indent)]
    return ["articles:", *out] if out else ["articles: []"]


def _indented(rows: Sequence[str], indent: str) -> list[str]:
    """``rows`` behind ``indent``; empty ones stay empty."""
    return [f"{indent}{row}" if row else "" for row in rows]


def _remarks(rows: Sequence[str]) -> list[str]:
    """The comments in front of an entry."""
    return [*takewhile(lambda row: row.lstrip().startswith("#"), rows)]


def _indent(rows: Sequence[str]) -> str:
    """The blanks in front of an entry's dash."""
    first = next(row for row in rows if row.lstrip().startswith("-"))
    return first[: len(first) - len(first.lstrip())]


def _entry_rows(entry: EditionEntry) -> list[str]:
    title = printable(" ".join(entry.title.split()), keep="")
    said = f"{quoted(entry.name)}{f'  # {title}' if title else ''}"
    if entry.comment is None:
        return [f"- {said}"]
    rows = value_rows("comment", comment_fields(entry.comment))
    return [f"- article: {said}", *(f"  {row}" if row else "" for row in rows)]


def _entry_value(entry: EditionEntry) -> Any:
    if entry.comment is None:
        return entry.name
    return {"article": entry.name, "comment": comment_fields(entry.comment)}


def _same(value: Any, entry: EditionEntry) -> bool:
    said = value.get("comment") if isinstance(value, dict) else None
    return _name(value) == entry.name and _plain(said) == _plain(comment_fields(entry.comment))


def _name(value: Any) -> str:
    return str(value.get("article")) if isinstance(value, dict) else str(value)


def _plain(value: Any) -> Any:
    """A value in one form: texts without blank ends, entries as mappings, nothing as nothing."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, list):
        return [_plain(one if isinstance(one, dict) else {"article": str(one)}) for one in value]
    return _plain_mapping(value) if isinstance(value, dict) else value


def _plain_mapping(value: Mapping[str, Any]) -> Any:
    """A mapping without what is nothing; one that has a text only is that text."""
    fields = {key: _plain(one) for key, one in value.items()}
    known = {key: one for key, one in fields.items() if one is not None}
    return known["text"] if known.keys() == {"text"} else known


def _unsafe(path: str, reason: str) -> SitegenError:
    message = f"cannot be changed safely: {reason}"
    return fail("edition", message, path, help="write each key and each article on its own line")
