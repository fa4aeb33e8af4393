"""What in a mapping does not fit a struct: every such value with its place, in plain words.

msgspec reports only the first one, in words for programmers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

from sitegen.base.diagnostics import nearest_hint

_WORDS: dict[type, str] = {
    inspect.StrType: "text",
    inspect.IntType: "a whole number",
    inspect.FloatType: "a number",
    inspect.BoolType: "true or false",
    inspect.VarTupleType: "a list",
    inspect.ListType: "a list",
    inspect.DictType: "a mapping",
    inspect.StructType: "a mapping",
    inspect.NoneType: "nothing",
}
_PLAIN: dict[type, type] = {
    inspect.StrType: str,
    inspect.IntType: int,
    inspect.FloatType: float,
    inspect.BoolType: bool,
    inspect.NoneType: type(None),
}
_LISTS = (inspect.VarTupleType, inspect.ListType)
_MAX_SHOWN = 40

Place = tuple[str, ...]  # the keys that lead to a value


class Misfit(NamedTuple):
    """One value that does not fit: the keys that lead to it, what is wrong, and what to do."""

    place: Place
    message: str
    help: str = ""
    secret: bool = False  # the line holds a key or password, and is not shown


def misfits(value: Any, kind: type[msgspec.Struct]) -> list[Misfit]:
    """All that keeps ``value`` from being a ``kind``, as `msgspec.convert` with ``strict=False``
    makes it."""
    return list(_misfits(value, inspect.type_info(kind), ()))


def _misfits(value: Any, kind: inspect.Type, place: Place) -> Iterator[Misfit]:
    match kind:
        case inspect.AnyType():
            pass
        case inspect.UnionType():
            yield from _in_union(value, kind, place)
        case inspect.LiteralType():
            yield from _in_literal(value, kind, place)
        case inspect.StructType() if isinstance(value, dict):
            yield from _in_struct(value, kind, place)
        case inspect.DictType() if isinstance(value, dict):
            yield from _in_items(value.items(), kind.value_type, place)
        case _ if isinstance(kind, _LISTS) and isinstance(value, list):
            yield from _in_items(enumerate(value), kind.item_type, place)
        case _ if type(kind) in _PLAIN:
            yield from _in_plain(value, kind, place)
        case _:
            yield _other(value, kind, place, _container_help(kind))


def _in_items(
    items: Iterable[tuple[object, Any]], kind: inspect.Type, place: Place
) -> Iterator[Misfit]:
    """Misfits of values that are all of one kind, each with its key or number."""
    for key, item in items:
        yield from _misfits(item, kind, (*place, str(key)))


def _in_union(value: Any, kind: inspect.UnionType, place: Place) -> Iterator[Misfit]:
    structs, lists = _of(kind, inspect.StructType), _of(kind, *_LISTS)
    meant = [one for one in structs if _is_meant(value, one)]
    is_tagged = bool(meant and meant[0].tag_field)
    if not is_tagged and _fits_any(value, kind.types):
        return
    if len(meant) == 1:
        yield from _misfits(value, meant[0], place)
    elif isinstance(value, list) and lists:
        yield from _misfits(value, lists[0], place)
    else:
        is_one_or_many = bool(structs and lists)
        help = _container_help(structs[0]) if is_one_or_many else ""
        yield _other(value, kind, place, help)


def _of(kind: inspect.UnionType, *wanted: type) -> list[Any]:
    """The kinds that are joined in ``kind`` and are of a ``wanted`` sort."""
    return [one for one in kind.types if isinstance(one, wanted)]


def _fits_any(value: Any, kinds: Iterable[inspect.Type]) -> bool:
    return any(_fits(value, kind) for kind in kinds)


def _fits(value: Any, kind: inspect.Type) -> bool:
    return next(_misfits(value, kind, ()), None) is None


def _in_literal(value: Any, kind: inspect.LiteralType, place: Place) -> Iterator[Misfit]:
    if value not in kind.values:
        yield _other(value, kind, place, nearest_hint(str(value), [str(v) for v in kind.values]))


def _in_plain(value: Any, kind: inspect.Type, place: Place) -> Iterator[Misfit]:
    plain = _PLAIN[type(kind)]
    try:
        msgspec.convert(value, plain, strict=False)
    except msgspec.ValidationError:
        unquoted = plain is str and isinstance(value, (int, float))
        yield _other(value, kind, place, f'put it in quotes: "{value}"' if unquoted else "")


def _container_help(kind: inspect.Type) -> str:
    """How to write a value that must be a mapping or a list."""
    match kind:
        case inspect.StructType():
            names = ", ".join(f.encode_name for f in kind.fields)
            return f"write its keys below it; there are: {names}"
        case inspect.DictType():
            return "write each entry as `name: …` below it"
    return "write [one, two], also for a single entry"


def _other(value: Any, kind: inspect.Type, place: Place, help: str = "") -> Misfit:
    return Misfit(place, f"`{'.'.join(place)}` must be {_word(kind)}, not {_shown(value)}", help)


def _is_meant(value: Any, kind: inspect.StructType) -> bool:
    """Whether a mapping is meant for this of several structs, by its tag."""
    return isinstance(value, dict) and (not kind.tag_field or value.get(kind.tag_field) == kind.tag)


def _in_struct(value: dict[Any, Any], kind: inspect.StructType, place: Place) -> Iterator[Misfit]:
    fields = {f.encode_name: f for f in kind.fields}
    unknown_are_errors = kind.forbid_unknown_fields
    for key, item in value.items():
        if key in fields:
            yield from _misfits(item, fields[key].type, (*place, key))
        elif unknown_are_errors and key != kind.tag_field:
            yield _unknown(str(key), fields, place)
    for field in kind.fields:
        if field.required and field.encode_name not in value:
            yield _missing(field.encode_name, place)


def _unknown(key: str, known: Iterable[str], place: Place) -> Misfit:
    hint = nearest_hint(key, known, f"there are: {', '.join(known)}")
    return Misfit((*place, key), f"unknown key `{'.'.join((*place, key))}`", hint)


def _missing(key: str, place: Place) -> Misfit:
    inside = ".".join(place)
    message = f"`{inside}` lacks `{key}`" if inside else f"`{key}` is missing"
    return Misfit(place, message, f"add `{key}: …`")


def _word(kind: inspect.Type) -> str:
    """What a value of this kind is called."""
    match kind:
        case inspect.UnionType():
            return " or ".join(dict.fromkeys(map(_word, kind.types)))
        case inspect.LiteralType():
            return _one_of([str(value) for value in kind.values if value != ""])
        case _:
            return _WORDS.get(type(kind), "another value")


def _one_of(values: list[str]) -> str:
    *most, last = values
    return f"{', '.join(most)} or {last}" if most else last


def _shown(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case bool():
            return "true" if value else "false"
    text = str(value)
    return f"`{text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + '…'}`"


def line_of(place: Sequence[str], text: str, lines: Mapping[str, int]) -> int:
    """The line of YAML ``text`` of the value at ``place``, or of a key above it;
    ``lines`` are those of the top keys."""
    rows = text.splitlines()
    line = lines.get(place[0], 1) if place else 1
    next_key = min((n for n in lines.values() if n > line), default=len(rows) + 1)
    for key in place[1:]:
        if key.isdigit():
            line = _line_of_entry(int(key), rows, line, next_key)
        else:
            line = _line_of_key(key, rows, line, next_key)
    return line


def _line_of_key(key: str, rows: Sequence[str], line: int, end: int) -> int:
    """The line of ``key`` from ``line`` on and before ``end``; ``line`` if it is not there."""
    named = re.compile(rf"(?<![\w-])[\"']?{re.escape(key)}[\"']?\s*:")
    return next((n for n in range(line, end) if named.search(rows[n - 1])), line)


def _line_of_entry(number: int, rows: Sequence[str], line: int, end: int) -> int:
    """The line of an entry of the list whose key is on ``line``; ``line`` if it is written as
    ``[one, two]``."""
    dashes = [n for n in range(line + 1, end) if re.match(r"\s*-\s", rows[n - 1])]
    return dashes[number] if "[" not in rows[line - 1] and number < len(dashes) else line
