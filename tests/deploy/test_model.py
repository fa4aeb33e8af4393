"""The manifest at a target."""

from __future__ import annotations

import msgspec
import pytest

from sitegen.deploy.model import Entry, Manifest, decode_manifest


def test_a_manifest_comes_back() -> None:
    manifest = Manifest(
        release=3, files={"a/index.html": Entry("d", 1)}, retired={"a": "2026-11-01"}
    )
    assert decode_manifest(msgspec.json.encode(manifest)) == manifest


@pytest.mark.parametrize(
    "data",
    [
        None,
        b"",
        b"{",
        msgspec.json.encode(Manifest(version=2)),
        msgspec.json.encode(Manifest(files={"../secret": Entry()})),
        msgspec.json.encode(Manifest(files={"/etc/passwd": Entry()})),
    ],
)
def test_a_manifest_that_cannot_be_trusted_is_none(data: bytes | None) -> None:
    assert decode_manifest(data) is None
