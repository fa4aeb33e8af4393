"""What a source's items may be judged by: the fields of `keep` and `drop` in site.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sitegen.base.conditions import Condition, ConditionError, FieldKind, read_condition
from sitegen.base.validation import Misfit, Place
from sitegen.config.schema import IntakeConfig

FIELDS: dict[str, FieldKind] = {
    "title": "line",
    "summary": "text",
    "text": "text",
    "author": "list",
    "source": "line",
    "section": "line",
    "url": "line",
    "lang": "line",
    "tags": "list",
    "words": "number",
    "age": "days",
}


@cache
def intake_rule(text: str) -> Condition:
    """A rule of `keep` or `drop`. Raises ConditionError for what is not one."""
    return read_condition(text, FIELDS)


def broken_intake(place: Place, intake: IntakeConfig) -> Iterator[Misfit]:
    """The rules of one source that cannot be read, each with its place."""
    for key in ("keep", "drop"):
        for number, text in enumerate(getattr(intake, key)):
            try:
                intake_rule(text)
            except ConditionError as error:
                where = (*place, key, str(number))
                yield Misfit(where, f"`{'.'.join((*place, key))}`: {error}", error.help)


def with_intake(values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` of site.yaml, in which each source has what `intake` says and it does not say
    itself; one without a name is called by its key."""
    general = values.get("intake") or {}
    sources = values.get("sources") or {}
    complete = {
        key: {"name": key, **general, **_without_empty(source)} for key, source in sources.items()
    }
    return {**values, "sources": complete}


def _without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
