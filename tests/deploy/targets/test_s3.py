"""S3 by a client in memory: what is stored, and what failures mean."""

from __future__ import annotations

import gzip
import hashlib
import io
from typing import Any

import pytest

from sitegen.config.targets import S3Target
from sitegen.deploy.model import LOCK, Entry, Item, Refused, Seen, Transient
from sitegen.deploy.targets.s3 import S3

botocore = pytest.importorskip("botocore.exceptions")


def client_error(code: str, status: int = 400) -> Exception:
    response = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    error: Exception = botocore.ClientError(response, "Put")
    return error


class Bucket:
    """The part of a client that is used, with one bucket."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, Any]] = {}
        self.fails: Exception | None = None
        self.batches: list[int] = []

    def _check(self) -> None:
        if self.fails:
            raise self.fails

    def list_objects_v2(self, **_: Any) -> dict[str, Any]:
        self._check()
        return {}

    def put_object(self, Key: str, Body: bytes, **more: Any) -> dict[str, Any]:
        self._check()
        if more.get("IfNoneMatch") and Key in self.objects:
            raise client_error("PreconditionFailed", 412)
        tag = hashlib.md5(Body, usedforsecurity=False).hexdigest()
        self.objects[Key] = {"Body": Body, "ETag": f'"{tag}"', **more}
        return {"ETag": f'"{tag}"'}

    def get_object(self, Key: str, **_: Any) -> dict[str, Any]:
        if Key not in self.objects:
            raise client_error("NoSuchKey", 404)
        return {"Body": io.BytesIO(self.objects[Key]["Body"])}

    def head_object(self, Key: str, **_: Any) -> dict[str, Any]:
        found = self.objects[Key]
        return {**found, "ContentLength": len(found["Body"])}

    def get_paginator(self, _: str) -> Any:
        rows = [
            {"Key": key, "Size": len(one["Body"]), "ETag": one["ETag"]}
            for key, one in self.objects.items()
        ]

        class Pages:
            def paginate(self, **_: Any) -> list[dict[str, Any]]:
                return [{"Contents": rows[:1]}, {"Contents": rows[1:]}, {}]

        return Pages()

    def delete_objects(self, Delete: dict[str, Any], **_: Any) -> dict[str, Any]:
        self.batches.append(len(Delete["Objects"]))
        for one in Delete["Objects"]:
            if one["Key"].endswith("kept"):
                return {"Errors": [{"Key": one["Key"], "Code": "AccessDenied"}]}
            self.objects.pop(one["Key"], None)
        return {}


@pytest.fixture
def bucket() -> Bucket:
    """An empty one."""
    return Bucket()


def place(bucket: Bucket, **values: Any) -> S3:
    return S3(S3Target(**({"bucket": "b"} | values)), bucket)


def item(path: str = "a.html", encoding: str = "") -> Item:
    return Item(path, "0f", 3, "text/html", "max-age=60", encoding, data=b"one")


def test_an_object_has_its_headers_and_lies_below_the_prefix(bucket: Bucket) -> None:
    entry = place(bucket, prefix="/site/", acl="public-read").put(item())
    (found,) = bucket.objects.values()
    assert list(bucket.objects) == ["site/a.html"]
    assert (found["ContentType"], found["CacheControl"], found["ACL"]) == (
        "text/html",
        "max-age=60",
        "public-read",
    )
    assert entry == Entry("0f", 3, "text/html", "max-age=60", "", found["ETag"].strip('"'))
    assert place(bucket, prefix="site").listing(True) == {"a.html": Seen(3, entry.etag)}


def test_the_same_file_is_compressed_to_the_same_bytes(bucket: Bucket) -> None:
    place(bucket).put(item(encoding="gzip"))
    data = bucket.objects["a.html"]["Body"]
    assert gzip.decompress(data) == b"one"
    place(bucket).put(item(encoding="gzip"))
    assert bucket.objects["a.html"]["Body"] == data
    assert bucket.objects["a.html"]["ContentEncoding"] == "gzip"


@pytest.mark.parametrize(
    ("header", "value", "same"),
    [
        ("", "", True),
        ("ContentType", "text/plain", False),
        ("CacheControl", "", False),
        ("ETag", '"other"', False),
    ],
)
def test_an_object_is_the_same_with_the_same_headers(
    bucket: Bucket, header: str, value: str, same: bool
) -> None:
    store = place(bucket)
    store.put(item())
    if header:
        bucket.objects["a.html"][header] = value
    assert (store.same(item()) is not None) is same


def test_reading(bucket: Bucket) -> None:
    store = place(bucket)
    store.write("m.json", b"{}")
    assert store.read("m.json") == b"{}"
    assert bucket.objects["m.json"]["CacheControl"] == "no-store"
    assert store.read("missing") is None


def test_a_lock_is_taken_once(bucket: Bucket) -> None:
    assert place(bucket).claim(b"one") is True
    assert place(bucket).claim(b"two") is False
    assert bucket.objects[LOCK]["Body"] == b"one"


def test_a_store_without_conditional_writes(bucket: Bucket) -> None:
    put = bucket.put_object

    def plain(**values: Any) -> dict[str, Any]:
        if "IfNoneMatch" in values:
            raise client_error("NotImplemented", 501)
        return put(**values)

    bucket.put_object = plain  # type: ignore[assignment,method-assign]
    assert place(bucket).claim(b"one") is True
    assert place(bucket).claim(b"two") is False


def test_objects_are_deleted_a_thousand_at_a_time(bucket: Bucket) -> None:
    place(bucket).delete([str(n) for n in range(1001)])
    assert bucket.batches == [1000, 1]
    with pytest.raises(Refused, match=r"kept cannot be deleted \(AccessDenied\)"):
        place(bucket).delete(["kept"])


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (client_error("SlowDown", 503), Transient, "the store is busy"),
        (client_error("", 429), Transient, "the store is busy"),
        (client_error("AccessDenied", 403), Refused, "the keys do not allow this"),
        (client_error("NoSuchBucket", 404), Refused, "create it first"),
        (client_error("Odd", 400), Refused, "the store refused (Odd)"),
        (botocore.EndpointConnectionError(endpoint_url="x"), Transient, "no connection"),
        (botocore.NoCredentialsError(), Refused, "set AWS_ACCESS_KEY_ID"),
    ],
)
def test_failures_say_whether_they_may_pass(
    bucket: Bucket, error: Exception, kind: type[Exception], message: str
) -> None:
    bucket.fails = error
    with pytest.raises(kind) as caught:
        place(bucket).begin(True)
    assert message in str(caught.value)
