"""Conditions that people write in settings, such as ``title ~ ferry|harbour`` or ``age > 14d``.

A condition is ``[not] FIELD SIGN VALUE``. The caller says which fields there are, and of which
kind each is.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from sitegen.base.diagnostics import did_you_mean, nearest
from sitegen.base.patterns import bounded_pattern

FieldKind = Literal["line", "text", "list", "number", "days"]
LONGEST: dict[FieldKind, int] = {"line": 400, "text": 100_000, "list": 400}  # letters matched
SIGNS: dict[FieldKind, tuple[str, ...]] = {
    "line": ("~", "is", "has"),
    "text": ("~", "has"),
    "list": ("~", "has"),
    "number": ("<", "<=", ">", ">=", "="),
    "days": ("<", "<=", ">", ">="),
}
_EXAMPLES: dict[FieldKind, str] = {
    "line": "title ~ ferry|harbour",
    "text": "text ~ ferry|harbour",
    "list": "tags has Quay",
    "number": "words < 40",
    "days": "age > 14d",
}
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}
_FORM = re.compile(
    r"(?:(not)\s+)?([a-z_]+)(?:\s*(<=|>=|[<>=~])\s*|\s+([a-z]+)(?:\s+|$))(.*)", re.DOTALL
)
_DAYS = {"h": 1 / 24, "d": 1.0, "w": 7.0}


class ConditionError(ValueError):
    """A text that is not a condition: what is wrong with it, and in ``help`` what to do."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help


class Condition(NamedTuple):
    """A condition as it was read; ``text`` is how it was written."""

    text: str
    field: str
    kind: FieldKind
    sign: str
    value: Any  # a pattern, a folded text, or a number
    negated: bool = False

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether it holds of ``values`` by field.

        A number or age that is not known fits no condition.
        """
        given = values.get(self.field)
        if given is None and self.kind in ("number", "days"):
            return False
        return self._fits(given) is not self.negated

    def _fits(self, given: Any) -> bool:
        if self.kind in ("number", "days"):
            return _COMPARE[self.sign](given, self.value)
        texts = self._texts(given)
        if isinstance(self.value, re.Pattern):
            return any(self.value.search(text) for text in texts)
        return any(text.casefold() == self.value for text in texts)

    def found(self, values: Mapping[str, Any]) -> str:
        """The words of ``values`` that fit a pattern; nothing for other conditions."""
        if self.negated or not isinstance(self.value, re.Pattern):
            return ""
        matches = (self.value.search(text) for text in self._texts(values.get(self.field)))
        return next((match[0] for match in matches if match), "")

    def _texts(self, given: Any) -> list[str]:
        """What is compared of ``given``."""
        texts = given or () if self.kind == "list" else (given,)
        return [_normal(text)[: LONGEST[self.kind]] for text in texts]


def read_condition(text: str, fields: Mapping[str, FieldKind]) -> Condition:
    """The condition that ``text`` is, about one of ``fields``.

    Raises ConditionError for anything else.
    """
    match = _FORM.fullmatch(text.strip())
    every = f"fields are {', '.join(fields)}"
    if not match:
        raise ConditionError(f"`{text}` is not a rule", "write it as `title ~ ferry|harbour`")
    negated, field, mark, word, value = match.groups()
    sign = mark or word
    if field not in fields:
        near = nearest(field, fields)
        raise ConditionError(f"unknown field `{field}`", did_you_mean(near, every))
    kind = fields[field]
    if sign not in SIGNS[kind]:
        near = nearest(sign, SIGNS[kind])
        signs = ", ".join(f"`{one}`" for one in SIGNS[kind])
        hint = did_you_mean(near, f"use {signs}, as in `{_EXAMPLES[kind]}`")
        raise ConditionError(f"`{sign}` does not compare `{field}`", hint)
    if not value:
        raise ConditionError(f"`{text}` has no value", f"write it as `{_EXAMPLES[kind]}`")
    return Condition(text.strip(), field, kind, sign, _value(kind, sign, value), bool(negated))


def _value(kind: FieldKind, sign: str, written: str) -> Any:
    if sign == "has" and kind != "list":
        return bounded_pattern(rf"(?<!\w){_words(written)}(?!\w)", LONGEST[kind])
    if sign == "~":
        try:
            return bounded_pattern(written, LONGEST[kind])
        except ValueError as error:
            raise ConditionError(f"the pattern `{written[:80]}` {error}") from None
    if kind == "number":
        if not re.fullmatch(r"\d{1,9}", written):
            raise ConditionError(f"`{written}` is not a number", "write it as `words < 40`")
        return int(written)
    if kind == "days":
        match = re.fullmatch(r"(\d{1,5})\s*([hdw])", written)
        if not match:
            hint = "write hours, days or weeks, such as 36h, 14d or 2w"
            raise ConditionError(f"`{written}` is not a span of time", hint)
        return int(match[1]) * _DAYS[match[2]]
    return _normal(written).casefold()


def _words(written: str) -> str:
    """A pattern for ``written`` as a word or a phrase, with any blanks between its words."""
    return r"\s".join(re.escape(word) for word in _normal(written).split())


def _normal(text: Any) -> str:
    return unicodedata.normalize("NFC", str(text or ""))
