"""Requests to the preview, without a server: what is allowed, and what is answered."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from sitegen.serve.files import PREFIX, Pages
from sitegen.serve.http import CHUNK, preview_app
from sitegen.serve.live_reload import MAX_BROWSERS, Live
from sitegen.serve.overlay import Problem
from sitegen.serve.state import Current

HOST = "localhost:8000"


class Preview:
    """A preview of a folder, below a path."""

    def __init__(self, folder: Path, path: str = "") -> None:
        self.folder = folder
        self.current, self.pages = Current(folder), Pages()
        self.current.replace(path, ())
        self.live = Live(self.current, self.pages)
        self.any_address, self.reload = False, True

    def write(self, name: str, data: str | bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)

    def get(self, path: str, method: str = "GET", **headers: str) -> httpx.Response:
        """The answer to one request; `_` in names of headers is `-`."""
        app: Any = preview_app(
            self.current, self.live, self.pages, ["localhost"], self.any_address, self.reload
        )
        given = {"host": HOST} | {name.replace("_", "-"): v for name, v in headers.items()}

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
                return await client.request(method, path, headers=given)

        return asyncio.run(ask())


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    """A site with a front page, an article, a style sheet and a page for URLs without one."""
    preview = Preview(tmp_path / "site")
    preview.write("index.html", "<body>front</body>")
    preview.write("a/index.html", "<body>article</body>")
    preview.write("site.css", "a{}")
    preview.write("404.html", "<body>none</body>")
    return preview


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/", 200, "front"),
        ("/a/", 200, "article"),
        ("/a/index.html", 200, "article"),
        ("/site.css", 200, "a{}"),
        ("/missing/", 404, "none"),
        ("/../../etc/passwd", 404, "none"),
        ("/%2e%2e/x", 404, "none"),
        ("/a/index.html/x", 404, "none"),
    ],
)
def test_a_path_is_a_file_of_the_site(preview: Preview, path: str, status: int, text: str) -> None:
    answer = preview.get(path)
    assert answer.status_code == status
    assert text in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_folder_is_redirected_to_its_slash(preview: Preview) -> None:
    answer = preview.get("/a?x=1")
    assert (answer.status_code, answer.headers["location"]) == (307, "/a/?x=1")


def test_a_site_below_a_path(tmp_path: Path) -> None:
    preview = Preview(tmp_path, "/d%20e")
    preview.write("index.html", "front")
    preview.write("404.html", "none")
    assert preview.get("/").headers["location"] == "/d%20e/"
    assert "front" in preview.get("/d%20e/").text
    assert preview.get("/index.html").status_code == 404


@pytest.mark.parametrize(
    ("host", "any_address", "status"),
    [
        ("localhost", False, 200),
        ("LOCALHOST:8000", False, 200),
        ("evil.example", False, 400),
        ("localhost.evil.example", False, 400),
        ("192.168.1.7:8000", False, 400),
        ("192.168.1.7:8000", True, 200),
        ("[::1]:8000", True, 200),
        ("evil.example", True, 400),
    ],
)
def test_requests_by_other_names_are_refused(
    preview: Preview, host: str, any_address: bool, status: int
) -> None:
    preview.any_address = any_address
    assert preview.get("/", host=host).status_code == status


def test_the_script_is_in_the_answer_and_not_in_the_file(preview: Preview) -> None:
    text = preview.get("/").text
    assert f'<script src="{PREFIX}live.js"' in text
    assert text.endswith("</script></body>")
    assert "<script" not in (preview.folder / "index.html").read_text()
    preview.reload = False
    assert preview.get("/").text == "<body>front</body>"


def test_a_page_is_sent_once(preview: Preview) -> None:
    tag = preview.get("/").headers["etag"]
    assert preview.get("/", if_none_match=f'"x", W/{tag}').status_code == 304
    preview.write("index.html", "<body>changed</body>")
    assert preview.get("/", if_none_match=tag).status_code == 200


@pytest.mark.parametrize(
    ("asked", "status", "data", "bounds"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=7-99", 206, b"789", "bytes 7-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=5-2", 416, b"", "bytes */10"),
        ("bytes=-", 200, b"0123456789", None),
        ("bytes=1-2,4-5", 200, b"0123456789", None),
    ],
)
def test_a_part_of_a_file(
    preview: Preview, asked: str, status: int, data: bytes, bounds: str | None
) -> None:
    preview.write("sound.mp3", "0123456789")
    answer = preview.get("/sound.mp3", range=asked)
    assert (answer.status_code, answer.content) == (status, data)
    assert answer.headers.get("content-range") == bounds


def test_a_part_of_another_version_is_the_complete_file(preview: Preview) -> None:
    preview.write("sound.mp3", "0123456789")
    answer = preview.get("/sound.mp3", range="bytes=2-4", if_range='"other"')
    assert (answer.status_code, answer.content) == (200, b"0123456789")


def test_a_large_file_is_sent_in_parts(preview: Preview) -> None:
    data = bytes(range(256)) * (CHUNK // 128)
    preview.write("film.mp4", data)
    assert preview.get("/film.mp4").content == data
    answer = preview.get("/film.mp4", "HEAD")
    assert (answer.content, answer.headers["content-length"]) == (b"", str(len(data)))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_other_methods_are_refused(preview: Preview, method: str) -> None:
    assert preview.get("/", method).status_code == 405
    assert preview.get(f"{PREFIX}events", method).status_code == 405


def test_files_of_the_server_itself(preview: Preview) -> None:
    answer = preview.get(f"{PREFIX}live.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert preview.get(f"{PREFIX}missing.js").status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_pages_of_other_sites_learn_nothing(preview: Preview, headers: dict[str, str]) -> None:
    assert preview.get(f"{PREFIX}events", **headers).status_code == 403


@pytest.mark.parametrize("headers", [{}, {"origin": f"http://{HOST}"}])
def test_pages_of_the_preview_itself_may_ask(preview: Preview, headers: dict[str, str]) -> None:
    preview.live.close()  # so that the stream ends at once
    assert preview.get(f"{PREFIX}events", **headers).status_code == 200


def test_browsers_are_bounded(preview: Preview) -> None:
    preview.live.browsers.update(range(MAX_BROWSERS))  # type: ignore[arg-type]
    assert preview.get(f"{PREFIX}events").status_code == 403


@pytest.mark.parametrize(
    ("problems", "title"),
    [
        ((), "The site is being built"),
        ((Problem("error", "yaml", "broken", "site.yaml", 3),), "The site could not be built"),
    ],
)
def test_before_the_first_build_the_problems_are_shown(
    tmp_path: Path, problems: tuple[Problem, ...], title: str
) -> None:
    preview = Preview(tmp_path / "missing")
    preview.current.replace("", problems)
    answer = preview.get("/")
    assert answer.status_code == 503
    assert title in answer.text


def test_a_failure_does_not_end_the_server(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> None:
        raise MemoryError

    monkeypatch.setattr(preview.pages, "read", fail)
    assert preview.get("/").status_code == 500
