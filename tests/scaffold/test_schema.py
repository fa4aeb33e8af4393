"""The JSON Schema of site.yaml."""

from __future__ import annotations

import json

from sitegen.config.schema import Config
from sitegen.scaffold.schema import site_schema


def test_the_schema_has_every_key_and_is_the_same_each_time() -> None:
    schema = json.loads(site_schema())
    assert set(schema["$defs"]["Config"]["properties"]) == set(Config.__struct_encode_fields__)
    assert site_schema() == site_schema()
