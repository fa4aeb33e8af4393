"""Deployment to an S3 store: moto's server in a process of its own."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import boto3
import pytest

from tests.conftest import Digest
from tests.deploy.helpers import OURS, Cut, deploy, fill, missing, remove, survive_kills
from tests.deploy.object_store import KEYS, Bucket


def test_complete_then_nothing_then_what_changed(digest: Digest, bucket: Bucket) -> None:
    fill(digest, bucket.target())
    deploy(digest)
    assert bucket.tree() == digest.tree()
    assert "0 files sent" in deploy(digest)
    digest.run("clean")
    assert "0 files sent" in deploy(digest)
    digest.article("a3", "Article 3", "2026-11-04T10:00:00+01:00", "Another text.")
    remove(digest, 1)
    bucket.client.put_object(Bucket=bucket.name, Key="foreign.txt", Body=b"mine")
    assert "0 files sent" not in deploy(digest)
    assert bucket.tree() == {**digest.tree(), "foreign.txt": b"mine"}


def test_types_and_cache_rules_are_set(digest: Digest, bucket: Bucket) -> None:
    fill(digest, bucket.target(", compress: gzip, cache: {'images/*': 'public, max-age=60'}"))
    deploy(digest)
    page = bucket.get("index.html")
    assert (page["ContentType"], page["CacheControl"]) == (
        "text/html; charset=utf-8",
        "public, max-age=0, must-revalidate",
    )
    assert page["ContentEncoding"] == "gzip"
    assert gzip.decompress(page["Body"].read()) == digest.tree()["index.html"]
    assert bucket.get("feed.xml")["ContentType"] == "application/atom+xml; charset=utf-8"
    assert bucket.get("images/pixel.png")["CacheControl"] == "public, max-age=60"
    assert "ContentEncoding" not in bucket.get("images/pixel.png")
    style = next(n for n in digest.tree() if n.endswith(".css"))
    assert bucket.get(style)["CacheControl"] == "public, max-age=31536000, immutable"
    assert "0 files sent" in deploy(digest)
    fill(digest, bucket.target(", compress: br, cache: {'images/*': 'public, max-age=90'}"))
    deploy(digest)
    assert bucket.get("images/pixel.png")["CacheControl"] == "public, max-age=90"
    assert bucket.get("index.html")["ContentEncoding"] == "br"


def test_a_lost_manifest_or_object_is_restored(digest: Digest, bucket: Bucket) -> None:
    fill(digest, bucket.target())
    deploy(digest)
    bucket.client.delete_object(Bucket=bucket.name, Key=".sitegen-manifest.json")
    assert "0 files sent" in deploy(digest)
    bucket.client.delete_object(Bucket=bucket.name, Key="404.html")
    bucket.client.put_object(Bucket=bucket.name, Key="index.html", Body=b"somebody")
    assert "2 files sent" in deploy(digest)
    assert bucket.tree() == digest.tree()


def test_a_prefix_keeps_to_itself(digest: Digest, bucket: Bucket) -> None:
    fill(digest, bucket.target(", prefix: digest"))
    deploy(digest)
    assert bucket.tree() == {f"digest/{n}": d for n, d in digest.tree().items()} | {
        k: d for k, d in bucket.tree().items() if k.endswith(OURS[0])
    }


def test_a_missing_bucket_is_reported_and_no_key_is_shown(
    digest: Digest, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(digest, bucket.target().replace(bucket.name, "nosuchbucket"))
    said = deploy(digest, "-v", expect=1)
    assert "the bucket does not exist" in said
    for name in KEYS:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", str(digest.root))
    fill(digest, bucket.target(", region: us-east-1"))
    said += deploy(digest, expect=1)
    assert "AWS_ACCESS_KEY_ID" in said
    assert KEYS["AWS_SECRET_ACCESS_KEY"] not in said


def test_a_cut_connection_is_opened_again(digest: Digest, bucket: Bucket) -> None:
    door = Cut(bucket.port, 30_000, 8)
    fill(digest, bucket.target(", jobs: 2", door.port))
    deploy(digest)
    assert bucket.tree() == digest.tree()
    door.close()


def test_a_connection_that_stays_cut_is_reported_and_the_deployment_completed_later(
    digest: Digest, bucket: Bucket
) -> None:
    door = Cut(bucket.port, 60_000, 10_000)
    fill(digest, bucket.target(", jobs: 1", door.port))
    digest.build()
    door.after = 3_000
    said = deploy(digest, expect=1)
    assert "no connection" in said
    assert not missing(bucket.tree())
    door.close()
    fill(digest, bucket.target())
    deploy(digest, "--unlock")
    assert bucket.tree() == digest.tree()


def test_kills_leave_no_page_without_its_assets_and_are_completed(
    digest: Digest, bucket: Bucket
) -> None:
    fill(digest, bucket.target(", jobs: 4"), 4)
    survive_kills(digest, bucket.tree, 3, bucket.client.exceptions.ClientError)
    deploy(digest)
    assert digest.tree().items() <= bucket.tree().items()
    digest.run("deploy", "--now", "2027-01-30T12:00:00+00:00")
    assert Path(digest.root / "output/index.html").read_bytes() == bucket.tree()["index.html"]
    assert bucket.tree() == digest.tree()


def test_the_distribution_before_the_store_is_purged(
    digest: Digest, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", f"http://127.0.0.1:{bucket.port}")
    client: Any = boto3.client("cloudfront")
    origin = {
        "Id": "o",
        "DomainName": f"{bucket.name}.s3.amazonaws.com",
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    }
    behaviour = {"TargetOriginId": "o", "ViewerProtocolPolicy": "redirect-to-https"}
    made = client.create_distribution(
        DistributionConfig={
            "CallerReference": "t",
            "Comment": "",
            "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": behaviour,
        }
    )
    name = made["Distribution"]["Id"]
    fill(digest, bucket.target(f", purge: {{cloudfront: {name}}}"))
    deploy(digest)
    (first,) = client.list_invalidations(DistributionId=name)["InvalidationList"]["Items"]
    reported = client.get_invalidation(DistributionId=name, Id=first["Id"])["Invalidation"][
        "InvalidationBatch"
    ]
    assert reported["Paths"]["Items"] == ["/*"]
    deploy(digest)
    assert len(client.list_invalidations(DistributionId=name)["InvalidationList"]["Items"]) == 1
    fill(digest, bucket.target(", purge: {cloudfront: ENOTTHERE}"))
    digest.article("a3", "Another title", "2026-11-04T10:00:00+01:00", "Another text.")
    assert "purge of cloudfront: refused" in deploy(digest, expect=1)


def test_a_page_at_an_old_url_is_a_redirect_of_the_store(digest: Digest, bucket: Bucket) -> None:
    fill(digest, bucket.target())
    digest.article("moved", "Moved", more="aliases: [/old/]\n")
    deploy(digest)
    assert bucket.get("old/index.html")["WebsiteRedirectLocation"] == "/world/2026/11/01/moved/"
    assert "WebsiteRedirectLocation" not in bucket.get("world/2026/11/01/moved/index.html")
    assert "0 files sent" in deploy(digest)
