"""What a name on the command line means."""

from __future__ import annotations

import pytest

from sitegen.importer.input.sources import is_address, shown_name


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("https://post.example/a", True),
        ("feed.xml", False),
        ("https", False),
        ("./https://post.example", False),
        ("-", False),
    ],
)
def test_a_url_or_a_file(name: str, address: bool) -> None:
    assert is_address(name) is address


def test_a_key_in_a_url_is_not_shown() -> None:
    shown = shown_name(
        "https://ann:secret@post.example/feed?token=b5c1f00dfeed5eedb5c1f00dfeed5eed"
    )
    assert "secret" not in shown
    assert "b5c1f00d" not in shown
    assert "post.example" in shown
