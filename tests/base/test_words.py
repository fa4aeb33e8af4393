"""Errors in the words of people: no name of an exception, and what cannot be read is not called
unwritable."""

from __future__ import annotations

import http.client
import os

import pytest

from sitegen.base.diagnostics import in_words
from sitegen.importer.input.fetch import Fetcher
from tests.conftest import Digest

ERRORS = [
    TimeoutError(),
    KeyError("path"),
    RecursionError("maximum recursion depth exceeded"),
    MemoryError(),
    ValueError(),
    OSError(13, "Permission denied"),
    UnicodeDecodeError("utf-8", b"x", 0, 1, "bad"),
    http.client.BadStatusLine("x"),
    IndexError("list index out of range"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: type(e).__name__)
def test_an_error_says_what_is_wrong_and_not_its_class(error: Exception) -> None:
    said = in_words(error)
    assert said
    assert "Error" not in said
    assert "recursion" not in said


@pytest.mark.network
def test_a_connection_that_is_refused_is_not_the_fault_of_robots_txt(tmp_path: object) -> None:
    page = Fetcher(tmp_path, private=True, pause=0).page("http://127.0.0.1:9/")  # type: ignore[arg-type]
    assert "robots" not in page.reason
    assert "does not answer: " in page.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_cannot_be_read_is_said_to_be_so(digest: Digest) -> None:
    digest.article("a")
    digest.write("static/x.txt", "x").chmod(0)
    assert "cannot be read" in digest.build(expect=1).stderr
