"""The JSON Schema of site.yaml."""

from __future__ import annotations

import json

import yaml
from jsonschema import Draft202012Validator

from sitegen.config.schema import Config
from sitegen.scaffold.schema import site_schema


def test_the_schema_has_every_key_and_is_the_same_each_time() -> None:
    schema = json.loads(site_schema())
    assert set(schema["$defs"]["Config"]["properties"]) == set(Config.__struct_encode_fields__)
    assert site_schema() == site_schema()


def test_what_intake_and_sources_say_of_rights_may_be_a_mapping() -> None:
    schema = Draft202012Validator(json.loads(site_schema()))
    head = "title: T\nbase_url: https://t.example/\ntimezone: UTC\n"
    more = "{status: inbox, rights: {show: link}, drop: [words < 4]}"
    assert schema.is_valid(yaml.safe_load(f"{head}intake: {more}\nsources: {{a: {more}}}"))
    assert not schema.is_valid(yaml.safe_load(f"{head}intake: {{status: inbocks}}"))
