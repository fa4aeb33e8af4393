"""Licences by the names that people write."""

from __future__ import annotations

import pytest

from sitegen.base.licences import licence_url

CC = "https://creativecommons.org/licenses"


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("CC BY 4.0", f"{CC}/by/4.0/"),
        ("cc-by-sa 3.0", f"{CC}/by-sa/3.0/"),
        ("CC BY-NC-ND 4.0", f"{CC}/by-nc-nd/4.0/"),
        ("CC BY NC SA 2.5", f"{CC}/by-nc-sa/2.5/"),
        ("CC BY - SA 4.0", f"{CC}/by-sa/4.0/"),
        ("Creative Commons BY 4.0 International", f"{CC}/by/4.0/"),
        ("CC BY-NC", f"{CC}/by-nc/4.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://post.example/terms", "https://post.example/terms"),
        ("All rights reserved", ""),
        ("CCTV", ""),
        ("", ""),
    ],
)
def test_the_url_of_a_licence(name: str, url: str) -> None:
    assert licence_url(name) == url
