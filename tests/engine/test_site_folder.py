"""A site's folder: its settings, its cache, and what may not be its output."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from sitegen.base.diagnostics import Diagnostic, SitegenError
from sitegen.engine.cache import Cache
from sitegen.engine.site_folder import (
    check_output,
    content_folder,
    in_site,
    read_settings,
)
from tests.conftest import SITE, Digest


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        (SITE, "content"),
        (SITE + "content: texts\n", "texts"),
        ("title: [", "content"),
        ("", "content"),
    ],
)
def test_the_folder_of_articles(digest: Digest, text: str, folder: str) -> None:
    digest.write("site.yaml", text)
    assert content_folder(digest.root) == folder


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (SITE + "description: D\n", False),
        (SITE + "pagination: 3\n", False),
        (SITE.replace("Europe/Berlin", "UTC"), True),
        (SITE.replace("t.example", "u.example"), True),
        (SITE + "stories: {kind: key}\n", True),
        (SITE + "sources: {s: {name: S}}\n", True),
    ],
)
def test_what_parsing_depends_on(digest: Digest, text: str, changes: bool) -> None:
    before = read_settings(digest.root).digest
    digest.write("site.yaml", text)
    assert (read_settings(digest.root).digest != before) is changes


def test_a_preview_and_a_target_read_articles_as_the_site_does(digest: Digest) -> None:
    settings = read_settings(digest.root)
    others = read_settings(digest.root, "http://localhost:8000/")
    assert others.config.base_url == "http://localhost:8000/"
    assert replace(others.config, base_url=others.written_url) == settings.config
    assert (others.written_url, others.digest) == (settings.config.base_url, settings.digest)


@pytest.mark.parametrize("name", ["content", ".", "static", "output/file"])
def test_what_may_not_be_output(digest: Digest, name: str) -> None:
    digest.write("output/file", "x")
    with pytest.raises(SitegenError) as caught:
        check_output(digest.root, digest.root / name, "content")
    assert caught.value.diagnostics[0].code == "output"
    check_output(digest.root, digest.root / "output", "content")


def test_work_is_done_again_without_a_damaged_cache(digest: Digest) -> None:
    calls: list[list[str]] = []

    def work(store: Cache, problems: list[Diagnostic]) -> int:
        calls.append([problem.code for problem in problems])
        if len(calls) == 1:
            store.put_index("x", "mark", b"kept")
            store.commit()
            raise msgspec.DecodeError("damaged")
        assert store.index("x", "mark") is None
        return 7

    assert in_site(digest.root, work) == 7
    assert calls == [[], ["cache"]]


def test_a_journal_that_cannot_be_read_is_dropped_with_a_note(digest: Digest) -> None:
    journal = digest.write(".sitegen-cache/journal.json", "{")
    codes = in_site(digest.root, lambda _, problems: [problem.code for problem in problems])
    assert codes == ["recovered"] and not journal.exists()


def test_a_folder_in_the_place_of_the_lock_gives_way(digest: Digest) -> None:
    (digest.root / ".sitegen-cache/lock").mkdir(parents=True)
    assert in_site(digest.root, lambda store, problems: problems) == []


def test_a_file_in_the_place_of_the_cache_is_named(digest: Digest) -> None:
    digest.write(".sitegen-cache", "mine")
    with pytest.raises(SitegenError) as found:
        in_site(digest.root, lambda store, problems: problems)
    assert "is a file" in found.value.diagnostics[0].message
    assert (digest.root / ".sitegen-cache").read_text() == "mine"
