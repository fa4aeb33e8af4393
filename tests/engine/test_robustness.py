"""Kills, full disks, two builds at once, edits during a build, damaged caches: the old site or the
new one, never a mixture of halves."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import NOW, Digest, fork_server

COUNT = 40
KILLS = 20


def fill(site: Digest, word: str) -> None:
    for n in range(COUNT):
        site.article(
            f"a{n}",
            title=f"{word} {n}",
            date=f"2026-11-{n % 20 + 1:02}",
            body=f"{word} body {n}.",
            more=f"tags: [t{n % 5}]",
        )


def start(site: Digest, *arguments: str) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "sitegen",
        "build",
        "--now",
        NOW,
        "--site",
        str(site.root),
        *arguments,
    ]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


@pytest.fixture
def trees(digest: Digest) -> tuple[dict[str, bytes], dict[str, bytes], float]:
    """A built site whose articles have been edited since: the old tree, the tree to come, and the
    seconds a build takes."""
    fill(digest, "Later")
    digest.build()
    later = digest.tree()
    fill(digest, "Early")
    (digest.root / "content/world/a3.md").unlink()
    digest.build()
    early = digest.tree()
    fill(digest, "Later")
    began = time.perf_counter()
    digest.build("--dry-run")
    return early, later, time.perf_counter() - began


def test_a_killed_build_leaves_the_old_site_or_is_rolled_forward(
    digest: Digest, trees: tuple[dict[str, bytes], dict[str, bytes], float]
) -> None:
    early, later, seconds = trees
    chance = random.Random(4)
    begun = 0
    command = ["build", "--now", NOW, "--site", str(digest.root)]
    for part in chance.sample(range(KILLS), KILLS):
        process = fork_server().start(command, digest.root)
        time.sleep(seconds * 2 * (part + chance.random()) / KILLS)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        seen = digest.tree()
        publishing = (digest.root / ".sitegen-cache/journal.json").exists()
        for name, data in seen.items():
            assert data in (early.get(name), later.get(name)), f"{name} is half-written"
        if not publishing:
            assert seen in (early, later)
        begun += publishing or seen == later
        # Other work on the machine moves the moment at which publishing begins: stay around it.
        seconds *= 0.9 if publishing or seen == later else 1.2
        digest.run("list", "--json")
        if publishing:
            assert digest.tree() == later
        if digest.tree() == later:
            fill(digest, "Early")
            (digest.root / "content/world/a3.md").unlink()
            digest.build()
            assert digest.tree() == early
            fill(digest, "Later")
    assert 0 < begun < KILLS  # some before the publish, some in it or later
    digest.build()
    assert digest.tree() == later
    assert not list(digest.root.glob(".output.sitegen-staging"))


def test_a_publish_that_was_cut_anywhere_is_rolled_forward(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cut after each number of renames, which a timed kill would hardly meet."""
    from sitegen.engine import transaction as publish
    from sitegen.engine.build import build
    from sitegen.engine.options import BuildOptions

    fill(digest, "Early")
    options = BuildOptions(root=str(digest.root), now=NOW)
    build(options)
    whole = os.replace
    for cut in (0, 1, 7, 40):
        fill(digest, f"Cut {cut}")
        count = 0

        def replace(source: Path, target: Path, cut: int = cut) -> None:
            nonlocal count
            inside = "/output/" in str(target)
            if inside and count == cut:
                raise KeyboardInterrupt
            count += inside
            whole(source, target)

        monkeypatch.setattr(publish.os, "replace", replace)
        with pytest.raises(KeyboardInterrupt):
            build(options)
        monkeypatch.setattr(publish.os, "replace", whole)
        digest.run("list")
        rolled = digest.tree()
        build(options)
        assert digest.tree() == rolled
        assert f"Cut {cut} 5" in digest.page("world/2026/11/06/a5/index.html")


def test_a_full_disk_leaves_the_old_site_and_says_so(digest: Digest) -> None:
    fill(digest, "Early")
    digest.build()
    before = digest.tree()
    fill(digest, "Later " * 20)

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))

    command = [sys.executable, "-m", "sitegen", "build", "--now", NOW, "--site", str(digest.root)]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=no_room, check=False)
    assert done.returncode == 1
    assert "error[" in done.stderr
    assert "Traceback" not in done.stderr
    assert "internal" not in done.stderr
    assert digest.tree() == before
    digest.build()
    assert digest.tree() != before


@pytest.mark.skipif(os.geteuid() != 0, reason="a folder that root cannot write to does not exist")
def test_a_small_disk(digest: Digest, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(small)],
        check=False,
        capture_output=True,
    ).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        fill(digest, "Early")
        done = digest.build("-o", str(small / "output"), expect=1)
        assert "cannot be written" in done.stderr
        assert not (small / "output").exists()
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_second_build_waits_for_the_first(digest: Digest) -> None:
    fill(digest, "Early")
    both = [start(digest), start(digest)]
    errors = b"".join(p.communicate()[1] for p in both)
    assert [p.returncode for p in both] == [0, 0]
    assert errors in (b"", b"another build is running here; waiting for it\n")
    assert "0 files written" in digest.build().stdout


def test_an_edit_during_a_build_is_in_that_build_or_in_the_next(digest: Digest) -> None:
    fill(digest, "Early")
    digest.build()
    stop = threading.Event()

    def keep_editing() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            digest.article("a1", title=f"Edit {n}", body=f"Edit {n}.")
            time.sleep(0.005)

    editor = threading.Thread(target=keep_editing)
    editor.start()
    try:
        for _ in range(5):
            digest.build(expect=None)
    finally:
        stop.set()
        editor.join()
    digest.build()
    seen = digest.tree()
    shutil.rmtree(digest.root / ".sitegen-cache")
    shutil.rmtree(digest.root / "output")
    digest.build()
    assert seen == digest.tree()


def other_version(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("update meta set value='0 0.0.0' where name='schema'")
    db.commit()
    db.close()


def garbage(path: Path) -> None:
    path.write_bytes(b"not a database " * 999)


def cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def overwritten(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(data)


@pytest.mark.parametrize("damage", [other_version, garbage, cut, overwritten])
def test_a_damaged_cache_is_rebuilt_with_a_note(
    digest: Digest, damage: Callable[[Path], None]
) -> None:
    fill(digest, "Early")
    digest.build()
    before = digest.tree()
    (digest.root / "content/world/a3.md").unlink()
    damage(digest.root / ".sitegen-cache/store.db")
    for rest in (digest.root / ".sitegen-cache").glob("store.db-*"):
        rest.unlink()
    done = digest.build()
    assert "note[cache]" in done.stderr
    after = digest.tree()
    assert "world/2026/11/04/a3/index.html" in before
    assert "world/2026/11/04/a3/index.html" not in after
    assert digest.build().stderr == ""


@pytest.mark.parametrize("damage", [garbage, cut, overwritten])
def test_damaged_texts_are_rebuilt_with_a_note(
    digest: Digest, damage: Callable[[Path], None]
) -> None:
    for n in range(30):
        path = digest.article(
            f"a{n}", title=f"Title {n}", body=f"A body of some length, {n}. " * 10
        )
        os.utime(path, (1_700_000_000, 1_700_000_000))
    time.sleep(0.1)  # a file that has just changed would be read again, and its text not be needed
    digest.build()
    before = digest.tree()
    damage(digest.root / ".sitegen-cache/store.db.texts")
    shutil.rmtree(digest.root / "output")
    assert "note[cache]" in digest.build().stderr
    assert digest.tree() == before
    assert digest.build().stderr == ""


def test_texts_that_are_of_no_use_any_more_are_dropped(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sitegen.engine import cache
    from sitegen.engine.build import build
    from sitegen.engine.options import BuildOptions

    monkeypatch.setattr(cache, "SPARE", cache.SPARE // 10)
    texts = digest.root / ".sitegen-cache/store.db.texts"
    digest.article("a2", body="The other one.")
    for n in range(24):
        digest.article("a1", body=f"{n} words. " * 15_000)
        build(BuildOptions(root=str(digest.root), now=NOW, jobs=1))
    assert texts.stat().st_size < 2_200_000  # of some 3 million bytes that were added
    shutil.rmtree(digest.root / "output")
    assert digest.build().stderr == ""


def test_a_journal_that_cannot_be_read_is_dropped(digest: Digest) -> None:
    fill(digest, "Early")
    digest.build()
    digest.write(".sitegen-cache/journal.json", "{")
    digest.build()
    assert not (digest.root / ".sitegen-cache/journal.json").exists()


def test_a_journal_of_somebody_else_moves_and_deletes_nothing_outside_output(
    digest: Digest, tmp_path: Path
) -> None:
    fill(digest, "Early")
    digest.build()
    digest.write("precious.txt", "mine")
    text = (
        f'{{"output": "{digest.root}/output", "staging": "{digest.root}/x", "puts": [], "deletes":'
        ' ["../precious.txt"]}'
    )
    digest.write(".sitegen-cache/journal.json", text)
    digest.build()
    assert (digest.root / "precious.txt").exists()
