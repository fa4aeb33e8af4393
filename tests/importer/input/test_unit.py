"""A text to read."""

from __future__ import annotations

import msgspec

from sitegen.importer.input.unit import WHOLE, Unit


def test_a_unit_travels_to_another_process_as_it_is() -> None:
    one = Unit("a.txt", "a.txt", "html", data=b"x", url="https://a.example/", images={"i": b"y"})
    assert one.part == WHOLE
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=Unit) == one
