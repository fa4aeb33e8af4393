"""JSON of strangers."""

import pytest

from sitegen.importer.safe_json import load_json


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b'{"a":1}', {"a": 1}),
        (b"\xef\xbb\xbf[]", []),
        (b'{"a":"\xe9"}', {"a": "é"}),
        ('"ä"'.encode("utf-16"), "ä"),
    ],
)
def test_any_charset(data: bytes, value: object) -> None:
    assert load_json(data) == value


@pytest.mark.parametrize("data", [b"", b"{", b"{} {}", b"[" * 100_000, b"nope"])
def test_what_is_not_json_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="broken JSON"):
        load_json(data)
