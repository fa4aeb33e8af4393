"""Only the theme's own templates and style sheets are judged."""

from __future__ import annotations

from pathlib import Path

from sitegen.theme_check.texts import check_texts
from tests.theme_check.subjects import subject


def test_errors_name_the_files_of_the_theme(tmp_path: Path) -> None:
    files = {
        "templates/story.html": "\n<script>alert(1)</script>",
        "assets/css/own.css": "a { background: url(missing.svg) }",
    }
    found = [(p.path, p.line, p.code) for p in check_texts(subject(tmp_path, files))]
    assert found == [
        ("mine/templates/story.html", 2, "theme-script"),
        ("mine/assets/css/own.css", 1, "theme-asset"),
    ]


def test_inherited_files_are_not_judged(tmp_path: Path) -> None:
    one = subject(tmp_path, {})
    (tmp_path / "mine/templates").mkdir(exist_ok=True)
    assert list(check_texts(one)) == []
