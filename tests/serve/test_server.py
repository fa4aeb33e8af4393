"""The URL that a preview is announced by."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.base.progress import silent
from sitegen.engine.options import BuildOptions
from sitegen.serve.server import Preview


class Listener:
    """A socket that knows its port only."""

    def getsockname(self) -> tuple[str, int]:
        return ("", 8000)


@pytest.mark.parametrize(
    ("host", "path", "url"),
    [
        ("127.0.0.1", "", "http://localhost:8000/"),
        ("0.0.0.0", "/d", "http://localhost:8000/d/"),
        ("::", "", "http://localhost:8000/"),
        ("::1", "", "http://[::1]:8000/"),
        ("192.168.1.7", "", "http://192.168.1.7:8000/"),
        ("desk.example", "", "http://desk.example:8000/"),
    ],
)
def test_the_url_of_a_preview(host: str, path: str, url: str) -> None:
    listener: Any = Listener()
    options = BuildOptions(root=".", now="2026-11-24")
    preview = Preview(options, listener, host, str, lambda *_: None, silent, print)
    assert preview.url(path) == url
