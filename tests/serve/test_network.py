"""Sockets, host names and folders of a preview."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.serve.network import free_socket, names, preview_folder


def test_the_next_free_port_is_taken() -> None:
    with free_socket("127.0.0.1", 20_000) as first:
        port = first.getsockname()[1]
        with free_socket("127.0.0.1", port) as second:
            assert second.getsockname()[1] > port


def test_a_host_of_another_machine_is_refused() -> None:
    with pytest.raises(SitegenError, match=r"cannot listen on 192\.0\.2\.1:8000"):
        free_socket("192.0.2.1", 8000)


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "[::1]"),
        ("192.0.2.7", "192.0.2.7"),
        ("0.0.0.0", socket.gethostname()),
    ],
)
def test_the_names_of_a_preview(host: str, known: str) -> None:
    assert known in names(host)
    assert "localhost" in names(host)
    assert "evil.example" not in names(host)


def test_each_preview_has_a_folder_of_its_own(tmp_path: Path) -> None:
    with preview_folder(tmp_path) as first, preview_folder(tmp_path) as second:
        assert (first.name, second.name) == ("preview", "preview-2")
    with preview_folder(tmp_path) as again:
        assert again == first
