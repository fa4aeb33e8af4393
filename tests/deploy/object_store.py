"""An object store: moto's server in a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from tests.deploy.helpers import OURS

KEYS = {
    "AWS_ACCESS_KEY_ID": "AKIATESTONLY",
    "AWS_SECRET_ACCESS_KEY": "never-to-be-seen-secret",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a store."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number: int = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(number)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{number}/moto-api/", timeout=1)
            break
        except OSError:
            time.sleep(0.2)
    yield number
    process.terminate()
    process.wait()


class Bucket:
    """An empty bucket of the store, as a client sees it."""

    def __init__(self, port: int, name: str) -> None:
        self.port, self.name = port, name
        self.client: Any = boto3.client("s3", endpoint_url=f"http://127.0.0.1:{port}")
        self.client.create_bucket(Bucket=name)
        self.bodies: dict[str, bytes] = {}  # of each ETag

    def target(self, more: str = "", port: int = 0) -> str:
        return (
            f"{{kind: s3, bucket: {self.name}, endpoint:"
            f" 'http://127.0.0.1:{port or self.port}'{more}}}"
        )

    def get(self, key: str) -> Any:
        return self.client.get_object(Bucket=self.name, Key=key)

    def tree(self) -> dict[str, bytes]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        tags = {one["Key"]: one["ETag"] for page in pages for one in page.get("Contents", ())}
        return {key: self.body(key, tags[key]) for key in sorted(tags) if key not in OURS}

    def body(self, key: str, tag: str) -> bytes:
        if tag not in self.bodies:
            found = self.get(key)
            tag = found["ETag"]  # it may have changed since it was listed
            self.bodies[tag] = found["Body"].read()
        return self.bodies[tag]


@pytest.fixture
def bucket(port: int, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Bucket:
    """A bucket, and the keys to it in the environment."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    return Bucket(port, f"b{abs(hash(request.node.name))}")
