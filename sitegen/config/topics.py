"""Rules that give articles a topic: saved searches, as `topics` in site.yaml has them.

A rule is one or more conditions with `and` between them (`base/conditions.py`). A condition may
name several fields: ``title|text ~ ferry|harbour`` holds if it holds of one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sitegen.base.conditions import Condition, ConditionError, FieldKind, read_condition
from sitegen.base.validation import Misfit
from sitegen.config.schema import Config, TopicConfig

FIELDS: dict[str, FieldKind] = {
    "title": "line",
    "dek": "text",
    "summary": "text",
    "text": "text",
    "author": "list",
    "source": "line",
    "section": "line",
    "place": "line",
    "lang": "line",
    "tags": "list",
    "words": "number",
}
_ALSO = {"body": "text", "dateline": "place", "authors": "author", "tag": "tags"}
_SIGN = r"\s*(?:[~<>=]|\b(?:is|has)\b)"
_AND = re.compile(rf"\s+and\s+(?=(?:not\s+)?[a-z_]+(?:\|[a-z_]+)*{_SIGN})")
_FIELDS = re.compile(rf"(not\s+)?([a-z_]+(?:\|[a-z_]+)*)(?={_SIGN})(.*)", re.DOTALL)

Alternatives = tuple[Condition, ...]  # of which one must hold, or none where they are negated


@cache
def topic_rule(text: str) -> tuple[Alternatives, ...]:
    """The conditions of a rule, all of which must hold. Raises ConditionError for what is not
    one."""
    return tuple(_alternatives(part) for part in _AND.split(text.strip()))


def _alternatives(text: str) -> Alternatives:
    match = _FIELDS.fullmatch(text)
    if not match:
        return (read_condition(text, FIELDS),)
    negation, fields, rest = match.groups()
    names = [_ALSO.get(name, name) for name in fields.split("|")]
    return tuple(read_condition(f"{negation or ''}{name}{rest}", FIELDS) for name in names)


def why(rule: str, values: Mapping[str, Any]) -> str:
    """Why ``rule`` holds of an article with these ``values`` by field: the rule, and what was found
    by it; nothing where it does not hold."""
    reasons: list[Condition] = []
    for alternatives in topic_rule(rule):
        holding = _enough(alternatives, values)
        if not holding:
            return ""
        reasons += holding
    found = [(one.field, one.found(values)) for one in reasons]
    words = ", ".join(f"{field}: `{text}`" for field, text in found if text)
    return f"{rule} ({words})" if words else rule


def _enough(alternatives: Alternatives, values: Mapping[str, Any]) -> list[Condition]:
    """Those of ``alternatives`` that hold, if they are enough: one, or all where they are
    negated."""
    holding = [one for one in alternatives if one.holds(values)]
    negated = alternatives[0].negated
    return [] if negated and len(holding) < len(alternatives) else holding


def topics_of(topics: Mapping[str, TopicConfig], values: Mapping[str, Any]) -> dict[str, str]:
    """The topics that an article with these ``values`` has, each with why."""
    out = {}
    for name, topic in topics.items():
        reasons = (why(rule, values) for rule in topic.rules)
        if reason := next(filter(None, reasons), ""):
            out[name] = reason
    return out


def broken_topics(config: Config) -> Iterator[Misfit]:
    """The rules that cannot be read, each with its place."""
    for name, topic in config.topics.items():
        place = ("topics", name)
        if not topic.rules:
            message = f"the topic `{name}` has no rule"
            yield Misfit(place, message, f"write `{name}: title|text ~ ferry|harbour`")
        for text in topic.rules:
            try:
                topic_rule(text)
            except ConditionError as error:
                yield Misfit(place, f"`topics.{name}`: {error}", error.help)


def spell_out_topics(values: dict[str, Any]) -> None:
    """Put rules that are a text or a list into the mapping that a topic is."""
    topics = values.get("topics")
    if not isinstance(topics, dict):
        return
    for name, said in topics.items():
        if isinstance(said, str):
            topics[name] = {"rules": [said]}
        elif isinstance(said, list):
            topics[name] = {"rules": said}
        elif isinstance(said, dict) and isinstance(said.get("rules"), str):
            topics[name] = said | {"rules": [said["rules"]]}
