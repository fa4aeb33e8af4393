"""The JSON Schema of site.yaml, for editors that complete keys and mark errors.

Made from the types that read the file. Source: JSON Schema 2020-12 (https://json-schema.org/).
"""

from __future__ import annotations

import json

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
    # A plugin may bring further kinds of deploy targets, whose keys only it knows.
    del kinds["PluginTarget"]
    targets = schema["$defs"]["Config"]["properties"]["deploy"]["additionalProperties"]
    known = [kind for kind in targets["anyOf"] if not kind["$ref"].endswith("/PluginTarget")]
    names = sorted(set(targets["discriminator"]["mapping"]) - {"(plugin)"})
    other = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"not": {"enum": names}}},
    }
    schema["$defs"]["Config"]["properties"]["deploy"]["additionalProperties"] = {
        "anyOf": [*known, other]
    }
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, indent=1, sort_keys=True) + "\n"
