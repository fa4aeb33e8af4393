"""Which reader a kind of input has."""

from __future__ import annotations

from importlib import import_module
from typing import get_args

import pytest

from sitegen.importer.input.readers import CAPTURES, FEEDS, ITEMS, LISTS, OFFICE, read_whole
from sitegen.importer.model import Batch, Imported, Kind

TABLES = CAPTURES | FEEDS | ITEMS | LISTS | OFFICE


@pytest.mark.parametrize("kind", TABLES)
def test_each_reader_exists(kind: Kind) -> None:
    module, name = TABLES[kind]
    assert callable(getattr(import_module(f"sitegen.importer.formats.{module}"), name))
    assert kind in get_args(Kind)


def test_a_table_is_read_with_the_columns_that_a_person_names() -> None:
    data = b"Line,Where\nThe clock,https://a.example/x\n"
    batch = read_whole("table", data, "", "UTC", {"title": "Line", "url": "Where"})
    assert isinstance(batch, Batch)
    [one] = batch.found
    assert isinstance(one, Imported)
    assert (one.title, one.canonical) == ("The clock", "https://a.example/x")


def test_what_is_not_of_its_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="RTF"):
        read_whole("rtf", b"no", "", "UTC", {})
