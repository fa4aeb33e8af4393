"""S3 and what speaks its language, by boto3 (the extra `s3`).

Keys come from boto3's own chain.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from sitegen.base.diagnostics import fail, in_words
from sitegen.base.install import install_line
from sitegen.config.targets import S3Target
from sitegen.deploy.headers import content_type
from sitegen.deploy.model import LOCK, Entry, Item, Refused, Seen, Transient

T = TypeVar("T")
_PASSING = {
    "SlowDown",
    "RequestTimeout",
    "InternalError",
    "ServiceUnavailable",
    "Throttling",
    "RequestTimeTooSkewed",
    "OperationAborted",
}
_EXISTS = {"PreconditionFailed", "412", "ConditionalRequestConflict", "409"}
_ABSENT = {"NoSuchKey", "404"}


class S3:
    """A bucket, or what lies below a prefix in one."""

    atomic = False

    def __init__(self, target: S3Target, client: Any = None) -> None:
        self.target = target
        self.prefix = f"{target.prefix.strip('/')}/" if target.prefix.strip("/") else ""
        self.name = f"s3://{target.bucket}/{self.prefix}"
        self.jobs = max(1, target.jobs)
        self.client = client or _client(target)

    def begin(self, writing: bool) -> None:
        """Ask for the bucket, so that wrong keys are reported before anything else."""
        self._call(
            lambda: self.client.list_objects_v2(
                Bucket=self.target.bucket, Prefix=self.prefix, MaxKeys=1
            )
        )

    def _call(self, work: Callable[[], T]) -> T:
        """What ``work`` returns; failures in words, sorted by whether they may pass."""
        from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
        from botocore.exceptions import ConnectionError as BotoConnectionError

        try:
            return work()
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
            if (status >= 500 and status != 501) or status == 429 or code in _PASSING:
                raise Transient(f"{code or status}: the store is busy") from None
            raise Refused(_HINTS.get(code, "the store refused") + f" ({code or status})") from error
        except (HTTPClientError, BotoConnectionError) as error:
            raise Transient(f"no connection ({in_words(error)})") from None
        except BotoCoreError as error:
            known = {
                "NoCredentialsError": (
                    "no keys were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a"
                    " profile"
                )
            }
            raise Refused(
                known.get(type(error).__name__, f"{in_words(error)}: see: sitegen help deploy")
            ) from None

    def _code(self, error: Refused) -> str:
        cause: Any = error.__cause__
        return str(cause.response.get("Error", {}).get("Code", "")) if cause else ""

    def read(self, name: str) -> bytes | None:
        """An object's bytes, or None."""
        try:
            key = self.prefix + name
            found = self._call(lambda: self.client.get_object(Bucket=self.target.bucket, Key=key))
            return bytes(found["Body"].read())
        except Refused as error:
            if self._code(error) in _ABSENT:
                return None
            raise

    def listing(self, verify: bool) -> dict[str, Seen] | None:
        """All objects below the prefix."""

        def pages() -> dict[str, Seen]:
            found = {}
            for page in self.client.get_paginator("list_objects_v2").paginate(
                Bucket=self.target.bucket, Prefix=self.prefix
            ):
                for one in page.get("Contents", ()):
                    found[one["Key"][len(self.prefix) :]] = Seen(
                        one["Size"], one["ETag"].strip('"')
                    )
            return found

        return self._call(pages)

    def same(self, item: Item) -> Entry | None:
        """Ask for headers; the ETag of a plain upload is the MD5 of what is stored."""
        import hashlib

        head = self._call(
            lambda: self.client.head_object(Bucket=self.target.bucket, Key=self.prefix + item.path)
        )
        tag, body = head["ETag"].strip('"'), _encoded(item)
        headers = (
            head.get("ContentType", ""),
            head.get("CacheControl", ""),
            head.get("ContentEncoding", ""),
        )
        if (
            headers != (item.type, item.cache, item.encoding)
            or tag != hashlib.md5(body, usedforsecurity=False).hexdigest()
        ):
            return None
        return Entry(item.digest, head["ContentLength"], item.type, item.cache, item.encoding, tag)

    def put(self, item: Item) -> Entry:
        """Send an object with its headers."""
        body = _encoded(item)
        more = {"WebsiteRedirectLocation": item.redirect} if item.redirect else {}
        tag = self._put(item.path, body, item.type, item.cache, item.encoding, **more)
        return Entry(item.digest, len(body), item.type, item.cache, item.encoding, tag)

    def _put(
        self, name: str, body: bytes, kind: str, cache: str, encoding: str = "", **more: str
    ) -> str:
        if encoding:
            more["ContentEncoding"] = encoding
        if self.target.acl:
            more["ACL"] = self.target.acl
        bucket, key = self.target.bucket, self.prefix + name
        answer = self._call(
            lambda: self.client.put_object(
                Bucket=bucket, Key=key, Body=body, ContentType=kind, CacheControl=cache, **more
            )
        )
        return str(answer["ETag"]).strip('"')

    def delete(self, names: Iterable[str]) -> None:
        """Delete, a thousand at a time."""
        keys = [{"Key": self.prefix + name} for name in names]
        for start in range(0, len(keys), 1000):
            batch: Any = {"Objects": keys[start : start + 1000], "Quiet": True}
            delete = partial(self.client.delete_objects, Bucket=self.target.bucket, Delete=batch)
            answer = self._call(delete)
            if answer.get("Errors"):
                first = answer["Errors"][0]
                raise Refused(f"{first.get('Key')} cannot be deleted ({first.get('Code')})")

    def write(self, name: str, data: bytes) -> None:
        """Write one of sitegen's own files, which no cache keeps."""
        self._put(name, data, content_type(name), "no-store")

    def claim(self, data: bytes) -> bool:
        """Make the lock object, unless there is one."""
        try:
            self._put(LOCK, data, "application/json", "no-store", IfNoneMatch="*")
        except Refused as error:
            if self._code(error) in _EXISTS:
                return False
            if self._code(error) != "NotImplemented":
                raise
            if self.read(LOCK) is not None:  # a store without conditional writes
                return False
            self.write(LOCK, data)
        return True

    def finish(self, release: int) -> None:
        """Nothing is left to do."""

    def close(self) -> None:
        """Close connections."""
        self.client.close()


_HINTS = {
    "AccessDenied": "the keys do not allow this",
    "403": "the keys do not allow this",
    "InvalidAccessKeyId": "the access key is not known",
    "SignatureDoesNotMatch": "the secret key is not valid",
    "NoSuchBucket": "the bucket does not exist: create it first",
    "QuotaExceeded": "the store is full",
}


def _encoded(item: Item) -> bytes:
    """The bytes as stored; the same for the same file, whatever the clock says."""
    data = item.read()
    if item.encoding == "gzip":
        return gzip.compress(data, 9, mtime=0)
    if item.encoding == "br":
        try:
            import brotli
        except ImportError:
            hint = f"{install_line('brotli')}, or write gzip"
            raise fail("deploy", "`compress: br` needs brotli", help=hint, exit_status=2) from None
        return bytes(brotli.compress(data, quality=9))
    return data


def _client(target: S3Target) -> Any:
    try:
        import boto3
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError
    except ImportError:
        needs = "a target of kind s3 needs boto3"
        raise fail("deploy", needs, help=install_line("s3"), exit_status=2) from None
    settings = Config(
        max_pool_connections=target.jobs + 2,
        retries={"total_max_attempts": 1},
        connect_timeout=10,
        read_timeout=60,
    )
    try:
        session = boto3.Session(
            profile_name=target.profile or None, region_name=target.region or None
        )
        return session.client("s3", endpoint_url=target.endpoint or None, config=settings)
    except (BotoCoreError, ValueError) as error:
        raise fail(
            "deploy",
            f"s3: {error}",
            help="check the keys in the environment, and `region`, `profile` and `endpoint`",
            exit_status=2,
        ) from None
