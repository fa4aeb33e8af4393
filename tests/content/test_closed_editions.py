"""Files of closed editions."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.content.closed_editions import (
    manifest_files,
    read_manifest,
    read_manifests,
    stray_files,
)
from sitegen.model.article import Comment
from sitegen.model.site import ClosedEdition
from tests.samples import config

GOOD = "number: 3\ntitle:  The  tide\npublished: 2026-11-02T18:00:00+00:00\narticles: [a, b]\n"
PATH = "content/editions/autumn.yaml"


def test_a_closed_edition() -> None:
    assert read_manifest(GOOD.encode(), PATH, config()) == ClosedEdition(
        key="autumn",
        path=PATH,
        number=3,
        title="The tide",
        published="2026-11-02T18:00:00+00:00",
        articles=("a", "b"),
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "name"),
    [
        ("number: 3", "number: 0", 1, "number"),
        ("number: 3", "number: x", 1, "number"),
        ("articles: [a, b]", "articles: a", 4, "articles"),
        ("published: 2026-11-02T18:00:00+00:00", "published: soon", 3, "published"),
        ("number: 3\n", "", 1, "number"),
    ],
)
def test_a_field_that_is_not_valid(old: str, new: str, line: int, name: str) -> None:
    with pytest.raises(SitegenError) as caught:
        read_manifest(GOOD.replace(old, new).encode(), PATH, config())
    (found,) = caught.value.diagnostics
    assert (found.code, found.line) == ("edition", line)
    assert f"`{name}`" in found.message


def test_a_name_that_no_url_can_have() -> None:
    with pytest.raises(SitegenError) as caught:
        read_manifest(GOOD.encode(), "content/editions/Autumn Tide.yaml", config())
    assert caught.value.diagnostics[0].help == "call it `autumn-tide.yaml`"


def test_editions_are_in_order_and_problems_do_not_hide_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "content/editions"
    folder.mkdir(parents=True)
    (folder / "b.yaml").write_text(GOOD)
    (folder / "c.yaml").write_text(GOOD.replace("3", "2"))
    (folder / "d.yaml").write_text("number: x\n")
    (folder / "_e.yaml").write_text("hidden")
    (folder / "f.yaml").symlink_to(folder / "b.yaml")
    (folder / "\udce9.yaml").write_text(GOOD)  # reported with the other files of content/
    files = manifest_files(tmp_path, config())
    assert [f.path.rsplit("/", 1)[1] for f in files] == ["b.yaml", "c.yaml", "d.yaml"]
    editions, problems = read_manifests(tmp_path, files, config())
    assert [e.key for e in editions] == ["c", "b"]
    assert {p.path for p in problems} == {"content/editions/d.yaml"}


def test_files_that_are_not_read_are_reported(tmp_path: Path) -> None:
    folder = tmp_path / "content/editions"
    (folder / "salt/deep").mkdir(parents=True)
    for name in ("a.yaml", "salt/b.yaml", "c.yml", "d.json", "salt/deep/e.yaml", "f.png", "_g.yml"):
        (folder / name).touch()
    assert [p.path.removeprefix("content/editions/") for p in stray_files(tmp_path, config())] == [
        "c.yml",
        "d.json",
        "salt/deep/e.yaml",
    ]


def test_two_editions_of_one_number_are_reported(tmp_path: Path) -> None:
    (tmp_path / "content/editions").mkdir(parents=True)
    for name, text in (("a", GOOD), ("b", GOOD), ("c", "title: open\n"), ("d", "title: open\n")):
        (tmp_path / f"content/editions/{name}.yaml").write_text(text)
    _, problems = read_manifests(tmp_path, manifest_files(tmp_path, config()), config())
    assert [(p.path, p.level) for p in problems] == [("content/editions/b.yaml", "warning")]
    assert problems[0].message.endswith("as content/editions/a.yaml does")


def test_words_that_a_comment_ends_are_reported(tmp_path: Path) -> None:
    (tmp_path / "content/editions").mkdir(parents=True)
    (tmp_path / "content/editions/a.yaml").write_text("intro: Good morning\ntitle: Number #4\n")
    _, problems = read_manifests(tmp_path, manifest_files(tmp_path, config()), config())
    assert [(p.line, p.level, p.snippet) for p in problems] == [(2, "warning", "title: Number #4")]


def test_a_site_without_editions(tmp_path: Path) -> None:
    assert manifest_files(tmp_path, config()) == ()


OPEN = """\
intro: |
  Good morning.

  Two pieces.
outro: {text: Until Friday., by: Ruta Lind}
articles:
- {article: a, comment: {text: Read it., by: Ann}}
- b
"""


def test_what_an_editor_says_of_an_open_edition() -> None:
    assert read_manifest(OPEN.encode(), PATH, config()) == ClosedEdition(
        key="autumn",
        path=PATH,
        number=0,
        title="",
        published="",
        articles=("a", "b"),
        intro=Comment("Good morning.\n\nTwo pieces."),
        outro=Comment("Until Friday.", "Ruta Lind"),
        comments={"a": Comment("Read it.", "Ann")},
    )
    assert read_manifest(b"intro: Hello\n", PATH, config()).articles == ()


@pytest.mark.parametrize(
    ("text", "line", "message", "help"),
    [
        ("title: T\nintr: Hello", 2, "unknown key `intr`", "did you mean `intro`?"),
        ("publshed: 2026-11-02", 1, "unknown key `publshed`", "did you mean `published`?"),
        ("intro: [a]", 1, "`intro` must be text", "write `intro: …`"),
        ("outro: {txt: a}", 1, "unknown key `txt` in `outro`", "`text`?"),
        (
            "articles:\n- {artcle: a}",
            1,
            "an entry of `articles` has unknown key `artcle`",
            "`article`?",
        ),
        ("articles:\n- {comment: a}", 1, "an entry of `articles` has no `article`", "write `- {"),
        ("articles:\n- {article: a, comment: [b]}", 1, "`comment` must be text", "write"),
        ("articles: a", 1, "`articles` is missing or wrong", "list the ids"),
        ("articles: [a, b, a]", 1, "`a` is listed twice", "remove one"),
    ],
)
def test_what_is_wrong_in_the_file_of_an_edition(
    text: str, line: int, message: str, help: str
) -> None:
    with pytest.raises(SitegenError) as caught:
        read_manifest(text.encode(), PATH, config())
    (found,) = caught.value.diagnostics
    assert found.line == line
    assert found.message.startswith(message)
    assert help in found.help
