"""The list of dropped items outlives merges, and forgets what no feed shows any more."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.dropped import DROPPED, pruned, read_dropped, seen_again, write_dropped

A, B, C = "a" * 16, "b" * 16, "c" * 16
DAYS = st.dates().map(lambda day: day.isoformat())
LISTS = st.dictionaries(st.text("0123456789abcdef", min_size=16, max_size=16), DAYS, max_size=9)


def test_a_list_is_read_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert read_dropped(tmp_path, "content") == {}
    write_dropped(tmp_path, "content", {B: "2026-11-30", A: "2026-11-02"})
    text = (tmp_path / "content" / DROPPED).read_text()
    assert text.endswith(f"{A} 2026-11-02\n{B} 2026-11-30\n")
    assert read_dropped(tmp_path, "content") == {B: "2026-11-30", A: "2026-11-02"}
    assert (tmp_path / "content/.gitattributes").read_text() == f"{DROPPED} merge=union\n"


def test_attributes_of_git_that_are_there_stay(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/.gitattributes").write_text("*.png binary")
    for _ in range(2):
        write_dropped(tmp_path, "content", {A: "2026-11-02"})
    written = (tmp_path / "content/.gitattributes").read_text()
    assert written == f"*.png binary\n{DROPPED} merge=union\n"


def test_the_marks_of_a_merge_and_repeats_mean_nothing(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / DROPPED).write_text(
        f"<<<<<<< ours\n{C} 2026-11-02\r\n{A} 2026-11-01\n=======\n{A} 2026-11-30\n>>>>>>> theirs\n"
    )
    assert read_dropped(tmp_path, "content") == {A: "2026-11-30", C: "2026-11-02"}


@given(LISTS, LISTS)
def test_the_lines_of_two_versions_are_the_union_of_both(
    ours: dict[str, str], theirs: dict[str, str]
) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "content").mkdir()
        texts = []
        for days in (ours, theirs):
            write_dropped(root, "content", days)
            texts.append((root / "content" / DROPPED).read_text())
        (root / "content" / DROPPED).write_text("".join(texts))
        merged = read_dropped(root, "content")
    assert merged.keys() == ours.keys() | theirs.keys()
    assert all(day == max(ours.get(k, ""), theirs.get(k, "")) for k, day in merged.items())


def test_an_id_is_forgotten_only_when_no_feed_shows_it() -> None:
    days = {A: "2026-01-01", B: "2026-08-01", C: "2026-11-01"}
    seen = seen_again(days, {A, C}, "2026-11-30")
    assert seen == {A: "2026-11-30", B: "2026-08-01", C: "2026-11-01"}
    assert pruned(seen, "2026-11-30") == seen
    assert pruned(days, "2026-11-30") == {B: "2026-08-01", C: "2026-11-01"}
