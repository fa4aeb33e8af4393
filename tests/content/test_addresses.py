"""The file of published URLs: what it holds, and what is wrong with a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.content.addresses import (
    Address,
    addresses_file,
    format_addresses,
    old_addresses,
    read_addresses,
)

ROWS = (
    Address("/world/a/", "article", "content/world/a.md", "2026-11-24", "0f0f"),
    Address("/old/", "gone", "", "2026-11-02"),
    Address("/elsewhere/", "to", "https://o.example/x"),
)


def written(root: Path, text: str) -> Path:
    (root / "addresses.tsv").write_text(text, "utf-8")
    return root


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    root = written(tmp_path, format_addresses(ROWS))
    rows, problems = read_addresses(root)
    assert problems == []
    assert [(r.path, r.kind, r.id, r.since, r.mark) for r in rows] == [
        (r.path, r.kind, r.id, r.since, r.mark) for r in sorted(ROWS, key=lambda r: r.path)
    ]
    assert [row.line for row in rows] == [2, 3, 4]


def test_the_order_of_rows_does_not_matter() -> None:
    assert format_addresses(ROWS) == format_addresses(reversed(ROWS))


def test_a_file_that_leads_nowhere_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "addresses.tsv").symlink_to("nowhere")
    rows, problems = read_addresses(tmp_path)
    assert (rows, [p.code for p in problems]) == ((), ["unreadable"])


def test_a_site_without_the_file_has_no_rows(tmp_path: Path) -> None:
    assert addresses_file(tmp_path) == ()
    assert read_addresses(tmp_path) == ((), [])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("<<<<<<< HEAD", "merge that was not completed"),
        ("/a/", "has no kind"),
        ("world/a/\tarticle", "is not the path of a URL"),
        ("/../a/\tgone", "is not the path of a URL"),
        ("/a?b/\tgone", "is not the path of a URL"),
        ("/a/\tto", "says `to` without a URL"),
        ("/a/\tto\tjavascript:x", "says `to` without a URL"),
        ("/a/\tarticle\tb\tc\td\te", "has 6 columns"),
    ],
)
def test_a_line_that_is_none(tmp_path: Path, line: str, message: str) -> None:
    rows, (problem,) = read_addresses(written(tmp_path, f"# x\n\n{line}\n/b/\tgone\n"))
    assert message in problem.message
    assert (problem.path, problem.line, problem.level) == ("addresses.tsv", 3, "error")
    assert [row.path for row in rows] == ["/b/"]


@pytest.mark.parametrize("lines", [("/a/\tgone", "/a/\ttag\toil"), ("/a/\ttag\toil", "/a/\tgone")])
def test_after_a_merge_the_line_of_an_editor_counts(tmp_path: Path, lines: tuple[str, ...]) -> None:
    (row,), _ = read_addresses(written(tmp_path, "\n".join(lines)))
    assert row.kind == "gone"


def test_lines_that_are_no_url_of_a_page_are_left_out() -> None:
    data = b"# old\n/a/\n/?p=3\n/../x\n/x://[x\n<p>words</p>\nhttps://o.example/\n"
    found, left = old_addresses(data)
    assert [row.path for row in found] == ["/a/"]
    assert left == ["/?p=3", "/../x", "/x://[x", "<p>words</p>"]


@pytest.mark.parametrize(
    "data",
    [
        b"<urlset><url><loc> https://o.example/tag/a%20b/ </loc></url><url>"
        b"<loc>https://o.example/index.xml</loc></url></urlset>",
        b"# old\nhttps://o.example/tag/a b/\n/index.xml\n\n/?p=3\nhttps://o.example/\n/../x\n",
    ],
)
def test_the_urls_of_an_old_site(data: bytes) -> None:
    page, feed = old_addresses(data)[0]
    assert (page.path, page.kind) == ("/tag/a b/", "old")
    assert page.id.startswith("https://o.example/tag/a")
    assert feed == Address("/index.xml", "feed", "site/")


def test_bytes_that_are_no_text_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "addresses.tsv").write_bytes(b"/a/\xff\tgone\n")
    assert [p.level for p in read_addresses(tmp_path)[1]] == ["error"]
