"""What is known of output/ is what the manifest and the bytes of the files say."""

from __future__ import annotations

import pytest

from sitegen.base.text import digest as mark
from sitegen.engine.build import build
from sitegen.engine.cache import Cache
from sitegen.engine.manifest import manifest_path, write_manifest
from sitegen.engine.options import BuildOptions
from sitegen.engine.output import KnownFiles, built, known_files, manifest_note
from sitegen.model.output import Trace
from tests.conftest import NOW, Digest

A = Trace("a.html", "k", 1, 2, mark(b"A"))


@pytest.mark.parametrize(
    ("listed", "bytes_of_a", "verify", "known", "fault"),
    [
        (["a.html"], b"A", False, {"a.html": "k"}, ""),
        (["a.html"], b"X", False, {"a.html": "k"}, ""),
        (["a.html"], b"X", True, {"a.html": ""}, ""),
        (["a.html"], b"A", True, {"a.html": "k"}, ""),
        (["a.html", "b.html"], b"A", False, {"a.html": "k", "b.html": ""}, ""),
        ([], b"A", False, {"a.html": "k"}, "is empty"),
        ([], b"X", False, {}, "is empty"),
        (["b.html"], b"A", False, {"a.html": "k", "b.html": ""}, "lacks files"),
        (None, b"A", False, {"a.html": "k"}, "is missing"),
        (None, None, False, {}, "is missing"),
    ],
)
def test_which_files_are_ours(
    digest: Digest,
    listed: list[str] | None,
    bytes_of_a: bytes | None,
    verify: bool,
    known: dict[str, str],
    fault: str,
) -> None:
    output = digest.root / "output"
    if bytes_of_a is not None:
        digest.write("output/a.html", bytes_of_a)
    if listed is not None:
        write_manifest(output, listed)
    store = Cache(digest.root / "store.db")
    store.put_traces(str(output), [A])
    traces, problem = known_files(store, output, verify)
    store.close()
    assert ({name: trace.key for name, trace in traces.items()}, problem) == (known, fault)


@pytest.mark.parametrize(
    ("known", "files", "message"),
    [
        (KnownFiles({}, {}), ["x"], ""),
        (KnownFiles({}, {}, "is missing"), [], ""),
        (KnownFiles({}, {}, "is missing"), ["x"], "0 files recognised"),
        (KnownFiles({"x": A}, {"x": (1, 2)}, "is damaged"), ["x"], "1 file recognised"),
        (KnownFiles({"x": A}, {"x": (1, 2)}, "lacks files"), ["x", "y"], "1 other file"),
    ],
)
def test_a_damaged_manifest_is_noted(
    digest: Digest, known: KnownFiles, files: list[str], message: str
) -> None:
    for name in files:
        digest.write(f"output/{name}", "")
    notes = manifest_note(digest.root / "output", known)
    assert [note.code for note in notes] == ["recovered"] * bool(message)
    assert all(message in note.message for note in notes)


def test_what_a_build_leaves(digest: Digest) -> None:
    digest.article("a")
    output = digest.root / "output"
    build(BuildOptions(str(digest.root), NOW, jobs=1))
    traces, pages = built(digest.root, output)
    assert traces.keys() == digest.tree().keys()
    assert manifest_path(output).read_text().splitlines() == sorted(traces)
    assert len(pages) == 1 and "/a/" in next(iter(pages))
