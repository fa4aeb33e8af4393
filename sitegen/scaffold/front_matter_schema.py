"""The JSON Schema of front matter, of authors' files and of the records of closed editions.

What `content/article.py` reads without a word is valid here. What a schema cannot express, such as
dates that do not exist, is left to the reader. Source: JSON Schema 2020-12
(https://json-schema.org/).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import msgspec

from sitegen.config.schema import AuthorConfig
from sitegen.content.article import EXPIRY, KINDS, STATUS
from sitegen.content.frontmatter import KEYS, SYNONYMS
from sitegen.model.rights import KEYS as TERMS
from sitegen.model.rights import MOST_WORDS, SHOWS

Schema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ANY: Schema = {}
_TEXT: Schema = {"type": ["string", "number", "boolean", "null"]}
_MOMENT: Schema = {"type": ["string", "integer", "null"]}


def _one_of(words: tuple[str, ...]) -> Schema:
    """One of ``words``, whatever the case of its letters, or nothing."""
    return {"anyOf": [{"type": "null"}, {"type": "string", "pattern": f"^({_any_of(words)}|)$"}]}


def _any_of(words: tuple[str, ...]) -> str:
    return "|".join(map(_any_case, words))


def _any_case(word: str) -> str:
    """A pattern for ``word`` in any case: JSON Schema has no flags."""
    return "".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in word)


def _mapping(**values: Schema) -> Schema:
    return {"type": "object", "properties": values, "additionalProperties": False}


def _texts(*keys: str) -> dict[str, Schema]:
    return dict.fromkeys(keys, _TEXT)


def _either(*schemas: Schema) -> Schema:
    return {"anyOf": list(schemas)}


def _one_or_many(schema: Schema) -> Schema:
    return _either(schema, {"type": "array", "items": schema})


_NAMES = _one_or_many(_TEXT)
_PERSON = {
    **_mapping(**_texts("name", "role", "url", "org")),
    "anyOf": [{"required": ["name"]}, {"required": ["org"]}],
}
_PEOPLE = _one_or_many(_either(_TEXT, _PERSON))
_IMAGE = _mapping(**_texts("src", "alt", "caption", "creator", "credit", "copyright", "license"))
_SOURCE = _mapping(**_texts("name", "url", "license"))
_TERMS = _mapping(
    **_texts(*TERMS)
    | {
        "show": _one_of(SHOWS),
        "words": {"type": ["integer", "null"], "minimum": 1, "maximum": MOST_WORDS},
    }
)
_LICENCE: Schema = {"type": "string", "pattern": "[^a-z-]"}  # no licence is one word in small
_SHOWN = _either(_one_of(SHOWS), _LICENCE, _TERMS, {"type": "null"})
_CORRECTION = {**_mapping(date=_MOMENT, text=_TEXT), "required": ["date", "text"]}

_COMMENT = _either(_TEXT, {**_mapping(**_texts("text", "by")), "required": ["text"]})

_VALUES: dict[str, Schema] = {
    **dict.fromkeys(KEYS, _TEXT),
    **dict.fromkeys(("date", "updated", "first_seen", "publish_at", "expires_at"), _MOMENT),
    **dict.fromkeys(("tags", "section", "aliases", "edition"), _NAMES),
    **dict.fromkeys(("authors", "credits"), _PEOPLE),
    "status": _one_of(STATUS),
    "kind": _one_of(KINDS),
    "on_expiry": _one_of(EXPIRY),
    "image": _one_or_many(_either(_TEXT, _IMAGE)),
    "source": _one_or_many(_either(_TEXT, _SOURCE)),
    "rights": _either(_SHOWN, {"type": "array", "maxItems": 1, "items": _SHOWN}),
    "corrections": _either({"type": "null"}, _one_or_many(_CORRECTION)),
    "comment": _COMMENT,
    "lead": {"type": ["boolean", "null"]},
    "weight": {"type": ["integer", "null"]},
    "gone": {"type": ["boolean", "null"]},
    "toc": {"type": ["boolean", "null"]},
    "extra": _ANY,
}
_OTHERS: dict[str, Schema] = {"draft": _ANY, "published": _ANY}  # of Hugo, Zola, Jekyll and Hexo
_LICENCES = _either(_TEXT, _TERMS)


def front_matter_schema(own: Iterable[str] = ()) -> str:
    """The schema of the front matter of articles, as JSON text; ``own`` are the taxonomies of the
    site.

    Keys may be written in any case, and with dashes or nothing in the place of underscores.
    """
    values = {key: {"$ref": f"#/$defs/{key}"} for key in KEYS}
    values |= {name: {"$ref": f"#/$defs/{key}"} for name, key in SYNONYMS.items()}
    values |= _OTHERS | {"license": _LICENCES} | dict.fromkeys(own, _NAMES)
    schema = {
        "$schema": _DRAFT,
        "title": "Front matter of an article",
        "type": "object",
        "properties": values,
        "patternProperties": {_spelt(name): value for name, value in values.items()},
        "additionalProperties": False,
        "not": {"propertyNames": {"not": {"pattern": f"{_spelt('title')}|{_spelt('headline')}"}}},
        "$defs": _VALUES,
    }
    return _text(schema)


def _spelt(name: str) -> str:
    """A pattern for a key in all its spellings."""
    return f"^{'[-_]?'.join(map(_any_case, name.split('_')))}$"


def authors_schema() -> str:
    """The schema of the front matter of ``content/authors/NAME.md``, as JSON text."""
    schema = msgspec.json.schema(AuthorConfig)
    return _text({"$schema": _DRAFT, "title": "An author", **schema})


def editions_schema() -> str:
    """The schema of ``content/editions/KEY.yaml``, as JSON text."""
    schema = {
        "$schema": _DRAFT,
        "title": "An edition",
        "type": "object",
        "additionalProperties": False,
        "dependentRequired": {
            "published": ["number", "articles"],
            "number": ["published", "articles"],
        },
        "properties": {
            "number": {"type": "integer", "minimum": 1},
            "published": {"type": "string"},
            "title": _TEXT,
            "lead": _TEXT,
            "intro": _COMMENT,
            "outro": _COMMENT,
            "articles": {
                "type": ["array", "null"],
                "items": _either(
                    _TEXT, {**_mapping(article=_TEXT, comment=_COMMENT), "required": ["article"]}
                ),
            },
        },
    }
    return _text(schema)


def _text(schema: Schema) -> str:
    return json.dumps(schema, indent=1, sort_keys=True) + "\n"
