"""The preview over HTTP: what it answers, what it refuses, and that it keeps up."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import time
from collections.abc import Callable

import pytest

from tests.conftest import SITE, Digest
from tests.serve.helpers import Server, eventually, serving

PAGE = "/world/2026/11/01/a/"


def test_an_edit_is_served_and_the_output_folder_is_left_alone(digest: Digest) -> None:
    digest.article("a", body="Before.")
    with serving(digest) as server:
        assert "Before." in server.get(PAGE)[2].decode()
        digest.article("a", body="After.")
        server.shows("After.", PAGE)
        digest.article("b", title="A second one")
        server.shows("A second one")
        (digest.root / "content/world/b.md").unlink()
        eventually(lambda: server.get("/world/2026/11/01/b/")[0] == 404)
        assert server.stop() == 130
    assert not (digest.root / "output").exists()
    files = [p for p in (digest.root / ".sitegen-cache/preview").rglob("*") if p.is_file()]
    assert files
    assert not any(b"_sitegen" in p.read_bytes() for p in files)


def test_what_was_built_for_the_preview_is_what_a_build_makes(
    digest: Digest, make_digest: Callable[[str], Digest]
) -> None:
    digest.article("a")
    with serving(digest) as server:
        digest.article("a", title="Anew")
        digest.article("c")
        server.shows("Anew")
        eventually(lambda: server.get("/world/2026/11/01/c/")[0] == 200)
        preview = digest.root / ".sitegen-cache/preview"
        seen = {
            p.relative_to(preview).as_posix(): p.read_bytes()
            for p in preview.rglob("*")
            if p.is_file()
        }
        address = server.address
    other = make_digest("other")
    other.article("a", title="Anew")
    other.article("c")
    other.build("--base-url", address)
    assert seen == other.tree()


def test_saves_by_rename_a_new_folder_and_a_folder_that_comes_back(digest: Digest) -> None:
    path = digest.article("a", body="Before.")
    with serving(digest) as server:
        text = path.read_text()
        for word in ("first", "second"):
            part = path.with_name(".a.md.swp")
            part.write_text(text.replace("Before", word))
            os.replace(part, path)
            server.shows(word, PAGE)
        digest.write("content/new/x.md", text.replace("title: a", "title: Xylo"))
        server.shows("Xylo")
        shutil.move(digest.root / "content", digest.root / "away")
        eventually(lambda: server.get(PAGE)[0] == 404 or "content" in server.text())
        shutil.move(digest.root / "away", digest.root / "content")
        path.write_text(text.replace("Before", "third"))
        server.shows("third", PAGE)
        shutil.rmtree(digest.root / "content")
        digest.article("a", body="fourth")
        server.shows("fourth", PAGE)


def test_a_file_that_is_being_written_is_waited_for(digest: Digest) -> None:
    path = digest.article("a", body="Before.")
    text = path.read_text().replace("Before.", "First half, second half.")
    with serving(digest) as server:
        with path.open("w") as file:
            for start in range(0, len(text), 20):
                file.write(text[start : start + 20])
                file.flush()
                time.sleep(0.05)
        server.shows("First half, second half.", PAGE)
        eventually(server.builds)
        server.stop()
        assert "Build failed" not in server.text()
        assert server.builds() == 1, server.text()


def test_settings_themes_and_static_files_are_watched(digest: Digest) -> None:
    digest.article("a")
    with serving(digest) as server:
        digest.write("static/robot.txt", "beep")
        eventually(lambda: server.get("/robot.txt")[2] == b"beep")
        digest.write("static/robot.txt", "boop")
        eventually(lambda: server.get("/robot.txt")[2] == b"boop")
        digest.write("theme/templates/404.html", "<h1>Lost, {{ site.title }}</h1>")
        server.shows("Lost, T", "/nowhere/")
        digest.write(
            "site.yaml",
            (digest.root / "site.yaml").read_text().replace("title: T", "title: Gazette"),
        )
        server.shows("Gazette")
        digest.write(
            "site.yaml",
            (digest.root / "site.yaml").read_text().replace("t.example/", "t.example/sub"),
        )
        eventually(lambda: server.get("/sub" + PAGE)[0] == 200)
        assert server.get(PAGE)[0] == 404


def test_what_links_of_a_theme_lead_to_is_watched(
    digest: Digest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for name in ("dev/templates", "parts", "words"):
        (elsewhere / name).mkdir(parents=True)
    (elsewhere / "dev/theme.yaml").write_text("extends: base\n")
    (digest.root / "themes").mkdir()
    (digest.root / "themes/dev").symlink_to(elsewhere / "dev")
    (digest.root / "theme").mkdir()
    (digest.root / "theme/templates").symlink_to(elsewhere / "parts")
    digest.write("site.yaml", SITE + "theme: dev\n")
    digest.article("a")
    with serving(digest) as server:
        (elsewhere / "dev/templates/404.html").write_text("of the linked theme")
        server.shows("of the linked theme", "/nowhere/")
        (elsewhere / "parts/404.html").write_text("of linked templates")
        server.shows("of linked templates", "/nowhere/")
        (elsewhere / "parts/404.html").unlink()
        (elsewhere / "words/lost.html").write_text("of a linked file")
        (elsewhere / "dev/templates/404.html").unlink()
        (elsewhere / "dev/templates/404.html").symlink_to(elsewhere / "words/lost.html")
        server.shows("of a linked file", "/nowhere/")


def test_five_hundred_files_at_once_are_one_rebuild(digest: Digest) -> None:
    digest.article("a")
    with serving(digest) as server:
        for number in range(500):
            digest.article(
                f"n{number}",
                title=f"Number {number}",
                date=f"2026-10-{number % 28 + 1:02}T10:00:00Z",
            )
        eventually(lambda: server.get("/world/2026/10/24/n499/")[0] == 200)
        eventually(server.builds)
        server.stop()
        assert server.builds() == 1, server.text()


def test_a_save_during_a_long_rebuild_ends_that_and_starts_the_next(digest: Digest) -> None:
    """Pages of the first rebuild are slow, so that it cannot end before the second edit; what it
    began is given up."""
    slow = f"""
import time, pathlib


def post_render(output, data):
    if b"Look one" in data:
        pathlib.Path({str(digest.root / "begun")!r}).touch()
        time.sleep(0.1)
    return data
"""
    digest.write("plugins/slow.py", slow)
    digest.write("site.yaml", (digest.root / "site.yaml").read_text() + "plugins: [slow]\n")
    for number in range(60):
        digest.article(f"n{number}", date=f"2026-10-{number % 28 + 1:02}T10:00:00Z")

    def look(name: str) -> None:
        digest.write(
            "theme/templates/base.html",
            "{% extends 'theme/base.html' %}{% block imprint %}Look " + name + "{% endblock %}",
        )

    look("none")
    with serving(digest) as server:
        look("one")
        eventually((digest.root / "begun").exists, server.text())
        look("two")
        server.shows("Look two")
        server.shows("Look two", "/world/2026/10/01/n0/")
        eventually(server.builds)
        assert server.builds() == 1, server.text()


def test_a_broken_article_leaves_the_last_good_site_up(digest: Digest) -> None:
    digest.article("a", body="Good.")
    digest.article("b")
    with serving(digest) as server:
        good = server.get("/")[2]
        digest.write("content/world/b.md", "---\ntitle: [\n---\n")
        eventually(lambda: "Build failed" in server.text())
        assert "content/world/b.md:" in server.text()
        eventually(lambda: "Still showing the last good version" in server.text())
        assert server.get("/")[2] == good
        assert server.get("/world/2026/11/01/b/")[0] == 200
        digest.article("b", body="Mended.")
        server.shows("Mended.", "/world/2026/11/01/b/")


def test_a_warning_is_shown_once_and_an_error_until_it_is_fixed(digest: Digest) -> None:
    digest.article("a", more="autor: x")
    digest.article("b")
    with serving(digest) as server:
        assert server.text().count("unknown field `autor`") == 1
        digest.write("content/world/b.md", "---\ntitle: [\n---\n")
        eventually(lambda: "Still showing the last good version" in server.text())
        digest.article("a", body="Other.", more="autor: x")
        eventually(lambda: server.text().count("Still showing the last good version") == 2)
        digest.article("b", body="Mended.")
        eventually(lambda: "Fixed and rebuilt: " in server.text())
    assert server.text().count("unknown field `autor`") == 1


@pytest.mark.parametrize("what", ["article", "settings", "template"])
def test_a_site_that_is_broken_from_the_start_is_reported_and_recovers(
    digest: Digest, what: str
) -> None:
    article = digest.article("a", body="Fine.")
    name, bad = {
        "article": ("content/world/a.md", "---\ntitle: <b>x\ndate: soon\n---\n"),
        "settings": (
            "site.yaml",
            "title: T\ntimezone: Mars/Olympus\nbase_url: https://t.example/\n",
        ),
        "template": ("theme/templates/article.html", "<p>{{ page.nothing }}"),
    }[what]
    good = {
        "article": article.read_text(),
        "settings": (digest.root / "site.yaml").read_text(),
        "template": "",
    }[what]
    digest.write(name, bad)
    with serving(digest) as server:
        status, _, body = server.get("/")
        assert status == 503
        assert "could not be built" in body.decode()
        assert "The site appears here once the errors are fixed" in server.text()
        assert name.removeprefix("theme/") in body.decode()
        assert "<b>x" not in body.decode()
        if good:
            digest.write(name, good)
        else:
            (digest.root / name).unlink()
        server.shows("Fine.", PAGE)


def test_future_articles_appear_when_they_are_due(digest: Digest) -> None:
    from datetime import UTC, datetime, timedelta

    soon = (datetime.now(UTC) + timedelta(seconds=6)).isoformat(timespec="seconds")
    digest.article("a")
    digest.article("later", title="Embargoed", date=soon)
    with serving(digest, now="") as server:
        assert "Embargoed" not in server.get("/")[2].decode()
        server.shows("Embargoed")


def test_drafts_are_shown_on_demand(digest: Digest) -> None:
    digest.article("a", title="Half done", more="status: draft")
    with serving(digest, "-D") as server:
        assert "Half done" in server.get("/")[2].decode()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Server:  # type: ignore[misc]
    site = Digest(tmp_path_factory.mktemp("site"))
    site.article("a")
    site.write("static/data.bin", bytes(range(256)) * 4000)
    site.write("static/small.txt", "0123456789")
    site.write("static/ä b/é.html", "<p>hello")
    with serving(site) as server:
        os.symlink("/etc/passwd", site.root / ".sitegen-cache/preview/link.txt")
        os.symlink("/etc", site.root / ".sitegen-cache/preview/etc")
        yield server


@pytest.mark.parametrize(
    "path",
    [
        "/..%2f..%2fsite.yaml",
        "/../../site.yaml",
        "/%2e%2e/%2e%2e/site.yaml",
        "/..\\..\\site.yaml",
        "/%5c..%5c..%5csite.yaml",
        "/link.txt",
        "/etc/passwd",
        "/etc/",
        "/small.txt/",
        "/small.txt%00.html",
        "/" + "a" * 5000,
        "//etc/passwd",
        "/%2fetc/passwd",
        "/./small.txt",
        "/_sitegen/../live.py",
        "/_sitegen/",
        "/_sitegen/nothing.js",
        "/assets/",
        "/%ff%fe",
        "/world//",
        "//evil.example/%2e%2e",
    ],
)
def test_nothing_outside_the_site_is_reached_and_no_folder_listed(
    running: Server, path: str
) -> None:
    status, headers, body = running.get(path)
    assert status == 404, path
    assert "location" not in headers
    assert b"root:" not in body
    assert b"timezone" not in body
    assert running.get("/")[0] == 200


def test_only_this_machine_s_names_are_answered(running: Server) -> None:
    for host in ("localhost", "127.0.0.1", f"localhost:{running.port}", "[::1]:80", "LOCALHOST"):
        assert running.get("/", Host=host)[0] == 200, host
    for host in (
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "192.168.0.7",
        "",
        "[::2]",
        "localhost@evil.example",
    ):
        assert running.get("/", Host=host)[0] == 400, host
    assert (
        "answers to 127.0.0.1, [::1], localhost"
        in running.get("/", Host="evil.example")[2].decode()
    )


def test_the_stream_is_for_pages_of_this_server_only(running: Server) -> None:
    own = f"http://127.0.0.1:{running.port}"
    assert running.get("/_sitegen/events?page=/", Origin=own)[0] == 200
    assert running.get("/_sitegen/events?page=/", Origin="http://evil.example")[0] == 403
    assert running.get("/_sitegen/events?page=/", Origin="null")[0] == 403
    assert running.get("/_sitegen/events?page=/", Sec_Fetch_Site="cross-site")[0] == 403
    for path in ("/", "/small.txt", "/_sitegen/live.js", "/_sitegen/events"):
        assert not [name for name in running.get(path)[1] if name.startswith("access-control")]
    assert running.get("/", "POST")[0] == 405
    assert running.get("/small.txt", "OPTIONS")[0] == 405


def test_pretty_addresses_etags_and_types(running: Server) -> None:
    status, headers, _ = running.get("/world?x=1")
    assert (status, headers["location"]) == (307, "/world/?x=1")
    status, headers, body = running.get("/")
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert b'<script src="/_sitegen/live.js"' in body
    assert running.get("/", If_None_Match=headers["etag"])[0] == 304
    assert running.get("/", If_None_Match='"other"')[0] == 200
    status, head, nothing = running.get("/", "HEAD")
    assert (status, head["content-length"], nothing) == (200, str(len(body)), b"")
    assert running.get("/%C3%A4%20b/%C3%A9.html")[2].startswith(b"<p>hello")
    assert running.get("/feed.xml")[1]["content-type"].startswith("application/xml")
    assert running.get("/nowhere")[0] == 404
    assert b"<html" in running.get("/nowhere")[2]


def test_ranges(running: Server) -> None:
    def part(asked: str, **more: str) -> tuple[int, str, bytes]:
        status, headers, body = running.get("/small.txt", Range=asked, **more)
        return status, headers.get("content-range", ""), body

    assert part("bytes=2-4") == (206, "bytes 2-4/10", b"234")
    assert part("bytes=-3") == (206, "bytes 7-9/10", b"789")
    assert part("bytes=8-99") == (206, "bytes 8-9/10", b"89")
    assert part("bytes=10-")[:2] == (416, "bytes */10")
    assert part("bytes=4-2")[0] == 416
    assert part("bytes=-0")[0] == 416
    assert part("lines=1-2") == (200, "", b"0123456789")
    assert part("bytes=1-2,4-5") == (200, "", b"0123456789")
    assert part("bytes=2-4", If_Range='"old"') == (200, "", b"0123456789")
    tag = running.get("/small.txt")[1]["etag"]
    assert part("bytes=2-4", If_Range=tag)[0] == 206
    assert running.get("/small.txt", If_None_Match=tag)[0] == 304
    whole = bytes(range(256)) * 4000
    assert running.get("/data.bin")[2] == whole
    assert running.get("/data.bin", Range="bytes=300000-900000")[2] == whole[300000:900001]
    assert running.get("/data.bin", "HEAD")[1]["content-length"] == str(len(whole))


def test_many_browsers_and_slow_ones_hold_up_nobody(digest: Digest) -> None:
    digest.article("a", body="Before.")
    digest.write("static/big.bin", b"x" * 30_000_000)
    with serving(digest) as server:

        async def look() -> None:
            async def browser(request: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
                reader, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=1000)
                writer.write(f"GET {request} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                return reader, writer

            version = server.get(PAGE)[2].decode().partition('data-version="')[2].partition('"')[0]
            open_ones = [
                await browser(f"/_sitegen/events?page={PAGE}&version={version}") for _ in range(500)
            ]
            idle = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(200)]
            slow = [await browser("/big.bin") for _ in range(20)]
            for reader, _ in open_ones:
                await asyncio.wait_for(reader.readuntil(b": sitegen"), 60)
            digest.article("a", body="After.")
            await asyncio.to_thread(server.shows, "After.", PAGE)
            for reader, _ in open_ones:
                await asyncio.wait_for(reader.readuntil(b"event: reload"), 60)
            for _, writer in (*open_ones, *idle, *slow):
                writer.close()

        asyncio.run(look())
        assert server.get("/")[0] == 200
        assert server.stop() == 130


@pytest.mark.parametrize("written", ["é", "%C3%A9"])
def test_a_sub_path_is_served_below_it(digest: Digest, written: str) -> None:
    digest.write(
        "site.yaml",
        (digest.root / "site.yaml").read_text().replace("t.example/", f"t.example/sub/{written}/"),
    )
    digest.article("a")
    with serving(digest) as server:
        assert server.get("/")[1]["location"] == "/sub/%C3%A9/"
        assert server.address.endswith("/sub/%C3%A9/")
        assert server.get("/sub/%C3%A9/")[0] == 200
        assert server.get("/world/")[0] == 404
        assert server.get("/sub/%C3%A9/world")[1]["location"] == "/sub/%C3%A9/world/"


def test_the_next_free_port_and_a_folder_of_its_own(digest: Digest) -> None:
    digest.article("a")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (
            serving(digest, "--port", str(port)) as one,
            serving(digest, "--port", str(port)) as two,
        ):
            assert len({port, one.port, two.port}) == 3
            assert f"port {port} is in use; using {one.port}\n" in one.lines
            assert f"localhost:{one.port}" in one.get("/")[2].decode()
            assert f"localhost:{two.port}" in two.get("/")[2].decode()
            digest.article("a", title="For both")
            one.shows("For both")
            two.shows("For both")
    for host in ("203.0.113.1", "nowhere.invalid"):
        assert (
            f"cannot listen on {host}:8000: "
            in digest.run("serve", "--host", host, expect=2).stderr
        )
    digest.run("serve", "--output", "x", expect=2)


def test_a_preview_says_where_it_is_when_no_browser_can_be_opened(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest.article("a")
    monkeypatch.setenv("BROWSER", "/nowhere/browser")
    with serving(digest, "--open") as server:
        eventually(
            lambda: (
                f"no browser could be opened; open this URL yourself: {server.address}"
                in server.text()
            )
        )
    assert server.lines[-1] == "stopped\n"


def test_a_second_interruption_leaves_a_build_that_does_not_end(digest: Digest) -> None:
    digest.article("a")
    begun, ended = digest.root / "begun", digest.root / "ended"
    body = (
        f"open({str(begun)!r}, 'w').close()\n    time.sleep(9)\n    open({str(ended)!r},"
        " 'w').close()\n    return data"
    )
    with serving(digest) as server:
        digest.write(
            "plugins/slow.py", f"import time\n\ndef post_render(output, data):\n    {body}\n"
        )
        digest.write("site.yaml", (digest.root / "site.yaml").read_text() + "plugins: [slow]\n")
        eventually(begun.exists)
        server.process.send_signal(signal.SIGINT)
        time.sleep(0.3)  # or the two are one
        assert server.stop() == 130
        assert not ended.exists()


def test_a_preview_that_others_can_see_says_so(digest: Digest) -> None:
    digest.article("a")
    with serving(digest, "--host", "0.0.0.0") as server:
        eventually(lambda: "everyone who can reach this machine can see it" in server.text())
    with serving(digest) as server:
        server.shows("Text.", PAGE)
    assert "everybody" not in server.text()


def test_a_folder_that_cannot_be_written_to_is_reported(digest: Digest) -> None:
    digest.article("a")
    digest.write(".sitegen-cache", "")
    error = digest.run("serve", expect=1).stderr
    assert error.startswith("error[output]: cannot be written: ")
    assert "make it a folder that can be written to" in error


def test_it_ends_at_a_termination_and_with_open_streams(digest: Digest) -> None:
    digest.article("a")
    server = Server(digest)
    with socket.create_connection(("127.0.0.1", server.port)) as stream:
        stream.sendall(b"GET /_sitegen/events?page=/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert stream.recv(100)
        assert server.stop(signal.SIGTERM) == 143
    assert "Traceback" not in server.text()


def test_a_preview_that_was_cleaned_away_is_made_again(digest: Digest) -> None:
    digest.article("a")
    with serving(digest) as server:
        digest.run("clean")
        eventually(lambda: server.get("/")[0] == 200)
        server.shows("Text.", PAGE)
