"""The JSON Schema of site.yaml, for editors that complete keys and mark errors.

Made from the types that read the file. Source: JSON Schema 2020-12 (https://json-schema.org/).
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from sitegen.config.schema import Config

SCHEMA_FILE = ".site.schema.json"


def site_schema() -> str:
    """The schema as JSON text, the same for the same version of sitegen."""
    schema = msgspec.json.schema(Config)
    kinds = schema["$defs"]
    # Rights may be written as in an article, too: {show: excerpt, words: 80}.
    for name in ("SourceConfig", "IntakeConfig"):
        rights = kinds[name]["properties"]["rights"]
        kinds[name]["properties"]["rights"] = {"anyOf": [rights, {"type": "object"}]}
    for section, plugin in (("deploy", "PluginTarget"), ("send", "PluginSend")):
        _open_kinds(kinds, section, plugin)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, indent=1, sort_keys=True) + "\n"


def _open_kinds(kinds: dict[str, Any], section: str, plugin: str) -> None:
    """Let a plugin bring further kinds of targets in a part of site.yaml, whose keys only it
    knows."""
    del kinds[plugin]
    targets = kinds["Config"]["properties"][section]["additionalProperties"]
    known = [kind for kind in targets["anyOf"] if not kind["$ref"].endswith(f"/{plugin}")]
    names = sorted(set(targets["discriminator"]["mapping"]) - {"(plugin)"})
    other = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"not": {"enum": names}}},
    }
    kinds["Config"]["properties"][section]["additionalProperties"] = {"anyOf": [*known, other]}
