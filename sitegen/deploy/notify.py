"""After a deployment: notify WebSub hubs of changed feeds, and purge changed files from caches."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote, urlencode

import msgspec

from sitegen.base.diagnostics import in_words
from sitegen.base.install import install_line
from sitegen.deploy.headers import is_feed
from sitegen.deploy.model import Surroundings
from sitegen.deploy.pending import ALL, Pending

FEW = 30  # up to as many paths, each is purged by itself
API = "https://api.cloudflare.com/client/v4"


def tasks(hub: str, purge: Mapping[str, str]) -> tuple[str, ...]:
    """The tasks after a deployment, in order: caches first, so that subscribers of the hub get the
    new pages."""
    return (*(f"purge of {service}" for service in purge), *([f"ping of {hub}"] if hub else []))


def after(
    todo: Pending,
    files: Iterable[str],
    base_url: str,
    hub: str,
    purge: Mapping[str, str],
    around: Surroundings,
) -> dict[str, str]:
    """Do the tasks of ``todo``, each with the paths that have changed for it; what failed, by task,
    with the reason.

    ``files`` are all of the site, for a task of which it is not known what has changed.
    """
    failed = {}
    for service, place in purge.items():
        changed = todo.get(f"purge of {service}", ())
        if changed and (
            reason := (_cloudfront if service == "cloudfront" else _cloudflare)(
                place, changed, base_url, around
            )
        ):
            failed[f"purge of {service}"] = reason
    changed = todo.get(f"ping of {hub}", ())
    feeds = [
        f"{base_url.rstrip('/')}/{quote(path)}"
        for path in (sorted(files) if ALL in changed else changed)
        if is_feed(path)
    ]
    if hub and feeds and (reason := ping(hub, feeds)):
        failed[f"ping of {hub}"] = reason
    return failed


def ping(hub: str, feeds: Iterable[str]) -> str:
    """Notify a WebSub hub of changed feeds (https://www.w3.org/TR/websub/).

    Returns why it failed, or an empty string.
    """
    body = urlencode(
        [("hub.mode", "publish"), *((name, f) for f in feeds for name in ("hub.url", "hub.topic"))]
    )
    return _post(hub, body.encode(), {"Content-Type": "application/x-www-form-urlencoded"})


def request_paths(changed: Iterable[str]) -> list[str]:
    """The paths under which changed files are requested."""
    out = []
    for path in changed:
        out.append("/" + quote(path))
        if path == "index.html" or path.endswith("/index.html"):
            out.append("/" + quote(path[: -len("index.html")]))
    return out


def _cloudflare(zone: str, changed: Sequence[str], base_url: str, around: Surroundings) -> str:
    token = around.env.get("CLOUDFLARE_API_TOKEN", "")
    if not token:
        return "CLOUDFLARE_API_TOKEN is not set"
    host = "/".join(base_url.split("/", 3)[:3])
    base = base_url[len(host) :].rstrip("/")
    files = [host + base + a for a in request_paths(changed)]
    wanted = (
        {"files": files} if len(files) <= FEW and ALL not in changed else {"purge_everything": True}
    )
    api = around.env.get("CLOUDFLARE_API_BASE_URL", API).rstrip("/")
    head = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    return _post(f"{api}/zones/{quote(zone)}/purge_cache", msgspec.json.encode(wanted), head)


def _cloudfront(
    distribution: str, changed: Sequence[str], base_url: str, around: Surroundings
) -> str:
    try:
        import boto3
        from botocore.exceptions import BotoCoreError, ClientError
    except ImportError:
        return f"it needs boto3: {install_line('s3')}"
    paths = request_paths(changed)
    paths = paths if len(paths) <= FEW and ALL not in changed else ["/*"]
    try:
        client = boto3.Session().client("cloudfront", region_name="us-east-1")
        batch = {"Paths": {"Quantity": len(paths), "Items": paths}, "CallerReference": around.mark}
        client.create_invalidation(DistributionId=distribution, InvalidationBatch=batch)
    except ClientError as error:
        return f"refused ({error.response.get('Error', {}).get('Code', '')})"
    except BotoCoreError as error:
        return in_words(error)
    return ""


def _post(url: str, body: bytes, headers: dict[str, str]) -> str:
    headers = headers | {"User-Agent": "sitegen"}
    try:
        request = urllib.request.Request(url, body, headers, method="POST")
        with urllib.request.urlopen(request, timeout=20):
            return ""
    except urllib.error.HTTPError as error:
        return f"answered {error.code}"
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None)
        return in_words(reason if isinstance(reason, Exception) else error)
