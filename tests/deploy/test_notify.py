"""Which tasks follow a deployment, and what they ask for."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import pytest

from sitegen.deploy import notify
from sitegen.deploy.model import Surroundings
from sitegen.deploy.notify import FEW, after, ping, request_paths, tasks
from sitegen.deploy.pending import ALL

BASE = "https://t.example/d/"
HUB = "https://hub.example/"
PURGE = {"cloudflare": "zone"}
AROUND = Surroundings({"CLOUDFLARE_API_TOKEN": "key"}, "2026-11-24", "mark")


class Posts(list[tuple[str, bytes, dict[str, str]]]):
    """Requests that were sent; each gets ``answer``."""

    answer = ""

    def __call__(self, url: str, body: bytes, headers: dict[str, str]) -> str:
        self.append((url, body, headers))
        return self.answer


@pytest.fixture
def posts(monkeypatch: pytest.MonkeyPatch) -> Posts:
    """Instead of requests."""
    posts = Posts()
    monkeypatch.setattr(notify, "_post", posts)
    return posts


@pytest.mark.parametrize(
    ("hub", "purge", "names"),
    [
        ("", {}, ()),
        (HUB, {}, (f"ping of {HUB}",)),
        (HUB, PURGE, ("purge of cloudflare", f"ping of {HUB}")),  # caches first
    ],
)
def test_tasks_in_their_order(hub: str, purge: dict[str, str], names: tuple[str, ...]) -> None:
    assert tasks(hub, purge) == names


def test_a_page_is_requested_by_its_folder_too() -> None:
    paths = request_paths(["index.html", "a/index.html", "b c/ü.html", "xindex.html"])
    assert paths == [
        "/index.html",
        "/",
        "/a/index.html",
        "/a/",
        "/b%20c/%C3%BC.html",
        "/xindex.html",
    ]


def test_a_hub_is_notified_of_changed_feeds_only(posts: Posts) -> None:
    todo = {f"ping of {HUB}": ("feed.xml", "a/index.html")}
    assert after(todo, [], BASE, HUB, {}, AROUND) == {}
    ((url, body, _),) = posts
    assert url == HUB
    assert parse_qs(body.decode()) == {
        "hub.mode": ["publish"],
        "hub.url": ["https://t.example/d/feed.xml"],
        "hub.topic": ["https://t.example/d/feed.xml"],
    }


def test_where_nothing_is_known_all_feeds_have_changed(posts: Posts) -> None:
    todo = {f"ping of {HUB}": (ALL,)}
    after(todo, ["tag/oil/feed.xml", "index.html", "feed.xml"], BASE, HUB, {}, AROUND)
    assert parse_qs(posts[0][1].decode())["hub.url"] == [
        "https://t.example/d/feed.xml",
        "https://t.example/d/tag/oil/feed.xml",
    ]


def test_without_a_changed_feed_no_hub_is_notified(posts: Posts) -> None:
    after({f"ping of {HUB}": ("a/index.html",)}, [], BASE, HUB, {}, AROUND)
    assert posts == []


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        (("a/index.html",), {"files": [f"{BASE}a/index.html", f"{BASE}a/"]}),
        (tuple(f"{n}.html" for n in range(FEW + 1)), {"purge_everything": True}),
        ((ALL,), {"purge_everything": True}),
    ],
)
def test_few_files_are_purged_by_name(
    posts: Posts, changed: tuple[str, ...], wanted: dict[str, Any]
) -> None:
    assert after({"purge of cloudflare": changed}, [], BASE, "", PURGE, AROUND) == {}
    ((url, body, headers),) = posts
    assert url.endswith("/zones/zone/purge_cache")
    assert headers["Authorization"] == "Bearer key"
    assert json.loads(body) == wanted


def test_failures_are_reported_by_task(posts: Posts) -> None:
    posts.answer = "answered 500"
    todo = {"purge of cloudflare": ("a.html",), f"ping of {HUB}": ("feed.xml",)}
    assert after(todo, [], BASE, HUB, PURGE, AROUND) == {
        "purge of cloudflare": "answered 500",
        f"ping of {HUB}": "answered 500",
    }
    bare = Surroundings({}, "2026-11-24", "mark")
    todo = {"purge of cloudflare": ("a.html",)}
    assert after(todo, [], BASE, "", PURGE, bare) == {
        "purge of cloudflare": "CLOUDFLARE_API_TOKEN is not set"
    }


def test_a_hub_without_a_valid_url_is_a_failure() -> None:
    assert ping("not a URL", ["https://t.example/feed.xml"]) != ""
