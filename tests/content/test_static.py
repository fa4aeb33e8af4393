"""What of static/ is published, what is left out, and that both are reported."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.content.static import is_left_out, static_files
from tests.conftest import Digest


@pytest.mark.parametrize(
    "name",
    [
        ".git",
        ".hg",
        ".svn",
        "CVS",
        "a.txt~",
        ".a.txt.swp",
        ".b.swo",
        "#a.txt#",
        ".#a.txt",
        "x.bak",
        "x.css.orig",
        ".DS_Store",
        "._photo.jpg",
        "Thumbs.db",
        "desktop.ini",
        ".env",
        ".env.local",
        ".idea",
    ],
)
def test_what_programs_leave_behind_is_left_out(name: str) -> None:
    assert is_left_out(name)


@pytest.mark.parametrize(
    "name",
    [
        ".well-known",
        "_headers",
        "_redirects",
        ".nojekyll",
        ".htaccess",
        "CNAME",
        ".domains",
        "robots.txt",
        "git.html",
        "a#b.txt",
        "tilde~1.txt",
        "backup.zip",
        "_a.css",
    ],
)
def test_what_hosts_and_readers_ask_for_stays(name: str) -> None:
    assert not is_left_out(name)


def test_left_out_files_are_one_note(digest: Digest) -> None:
    digest.article("a")
    for name in (
        ".git/config",
        "css/old.css~",
        "css/.site.css.swp",
        ".well-known/security.txt",
        ".nojekyll",
        "css/site.css",
    ):
        digest.write(f"static/{name}", "x")
    done = digest.build()
    assert done.stderr.count("[static]") == 1
    assert (
        "3 items not published: `static/.git`, `static/css/.site.css.swp`, `static/css/old.css~`"
        in done.stderr
    )
    there = digest.tree().keys()
    assert {".well-known/security.txt", ".nojekyll", "css/site.css"} <= there
    assert not [name for name in there if ".git" in name or name.endswith(("~", ".swp"))]


def test_links_and_devices_are_reported_in_every_build(digest: Digest) -> None:
    digest.article("a")
    digest.build()
    digest.write("elsewhere/b.txt", "words")
    digest.write("static/c.txt", "c")
    (digest.root / "static/b.txt").symlink_to("../elsewhere/b.txt")
    (digest.root / "static/more").symlink_to("../elsewhere")
    os.mkfifo(digest.root / "static/pipe")
    for _ in range(2):
        said = digest.build().stderr
        for name in ("b.txt", "more", "pipe"):
            assert said.count(f"--> static/{name}") == 1
    digest.article("a", body="Other words.")
    assert digest.build().stderr.count("[not-a-file]") == 3
    assert not {"b.txt", "more/b.txt", "pipe"} & digest.tree().keys()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_a_folder_that_cannot_be_listed_keeps_the_last_site(digest: Digest) -> None:
    digest.article("a")
    folder = digest.write("static/closed/c.txt", "c").parent
    digest.build()
    folder.chmod(0)
    try:
        assert "static/closed" in digest.build(expect=1).stderr
    finally:
        folder.chmod(0o755)
    assert "closed/c.txt" in digest.tree()


def test_a_folder_that_leads_nowhere_is_an_error(tmp_path: Path) -> None:
    assert static_files(tmp_path) == ((), [])
    (tmp_path / "static").symlink_to("nowhere")
    found, problems = static_files(tmp_path)
    assert (found, [(p.path, p.code) for p in problems]) == ((), [("static", "unreadable")])


@pytest.mark.parametrize("name", ["robots.txt", "404.html"])
def test_an_own_file_takes_the_place_of_the_generated_one(digest: Digest, name: str) -> None:
    digest.article("a")
    digest.build()
    generated = digest.page(name)
    own = digest.write(f"static/{name}", "my own\n")
    digest.build()
    assert digest.page(name) == "my own\n"
    own.unlink()
    digest.build()
    assert digest.page(name) == generated
