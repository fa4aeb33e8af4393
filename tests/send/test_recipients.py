"""The people that a letter is sent to."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.send.recipients import parcels_of, read_recipients

LIST = """\
# The list
ann@post.example
Bo Berg <bo@post.example>   # a friend

ANN@post.example
"Ruta, Lind" <ruta@münchen.example>
"""


def addresses(text: str) -> list[str]:
    return [parcel.to for parcel in parcels_of(text, "list.txt", "2026-w48")]


def test_everybody_is_on_the_list_once() -> None:
    assert addresses(LIST) == ["ann@post.example", "bo@post.example", "ruta@münchen.example"]
    (one,), (other,) = (list(parcels_of("a@b.example", "", key)) for key in ("w48", "w49"))
    assert one.mark != other.mark
    assert "a@b" not in one.mark


@pytest.mark.parametrize(
    "line",
    [
        "ann",
        "ann@post",
        "ann@@post.example",
        "ann@post.example, bo@post.example",
        "ann@post.example\tBcc: x@y.example",
        "<ann@post.example> and more",
        "ann post.example",
    ],
)
def test_a_line_that_is_not_an_address(line: str) -> None:
    with pytest.raises(SitegenError) as caught:
        addresses(f"bo@post.example\n{line}\n")
    (found,) = caught.value.diagnostics
    assert (found.path, found.line) == ("list.txt", 2)


def test_a_file(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists/a.txt").write_text(LIST)
    assert len(read_recipients(tmp_path, "lists/a.txt", (), "w48")) == 3


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("content/a.txt", "would be published"),
        ("static/a.txt", "would be published"),
        ("../a.txt", "outside"),
        ("lists/none.txt", "does not exist"),
    ],
)
def test_a_file_that_cannot_be_the_list(tmp_path: Path, file: str, said: str) -> None:
    with pytest.raises(SitegenError, match=said):
        read_recipients(tmp_path, file, (), "w48")


@pytest.mark.slow
def test_a_command(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "print('ann@post.example')")
    (one,) = read_recipients(tmp_path, "", command, "w48")
    assert one.to == "ann@post.example"
    with pytest.raises(SitegenError, match=r"failed \(1\): no list"):
        read_recipients(tmp_path, "", (sys.executable, "-c", "raise SystemExit('no list')"), "w48")
    with pytest.raises(SitegenError, match="cannot be run"):
        read_recipients(tmp_path, "", ("no-such-program",), "w48")
