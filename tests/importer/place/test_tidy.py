"""Which items leave the inbox."""

from __future__ import annotations

from pathlib import Path

from sitegen.config.load import load_config
from sitegen.content.inbox import read_inbox
from sitegen.content.inbox_rules import refused
from sitegen.importer.model import Imported
from sitegen.importer.place.existing import Holdings
from sitegen.importer.place.frontmatter_writer import to_markdown
from sitegen.importer.place.tidy import leaving, remove_from
from sitegen.model.article import Person, Source
from tests.conftest import SITE

RULES = "drop: ['text ~ rain', 'author ~ bo']"
CONFIG = load_config(f"{SITE}sources:\n  post: {{feed: 'https://post.example/f', {RULES}}}\n")


def put(root: Path, folder: str, number: int, text: str, author: str = "Ann Ames") -> Path:
    article = Imported(
        title=f"Item {number}",
        date="2026-11-23",
        authors=(Person(author),),
        source=Source("post"),
        body=text,
    )
    path = root / "content" / folder / f"item-{number}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(to_markdown(article, origin="f", key=str(number) * 16))
    return path


def gone(root: Path, dropped: dict[str, str]) -> dict[str, str]:
    holdings = Holdings(root, "content")
    return {
        one.item.path.rpartition("/")[2]: one.reason
        for one in leaving(root, CONFIG, holdings, dropped, 0.0)
    }


def test_each_reason_to_leave_the_inbox(tmp_path: Path) -> None:
    put(tmp_path, "_inbox", 1, "It stays.")
    put(tmp_path, "_inbox", 2, "Somebody dropped it elsewhere.")
    put(tmp_path, "_inbox", 3, "Somebody picked it elsewhere.")
    put(tmp_path, "news", 3, "Somebody picked it elsewhere.")
    put(tmp_path, "_inbox", 4, "There will be rain.")
    put(tmp_path, "_inbox", 5, "By another author.", "Bo Berg")
    edited = put(tmp_path, "_inbox", 6, "Rain, and a note.")
    edited.write_text(edited.read_text() + "A note.\n")
    assert gone(tmp_path, {"2" * 16: "2026-11-20"}) == {
        "item-2.md": "dropped from the inbox on 2026-11-20",
        "item-3.md": "is in content/news/item-3.md already",
        "item-4.md": "dropped by `drop: text ~ rain`",
        "item-5.md": "dropped by `drop: author ~ bo`",
    }
    listed = {i.path: refused(tmp_path, i, CONFIG, 0.0) for i in read_inbox(tmp_path, CONFIG)}
    assert listed["content/_inbox/item-6.md"] == "dropped by `drop: text ~ rain`"


def test_files_that_are_gone_already_are_no_error(tmp_path: Path) -> None:
    path = put(tmp_path, "_inbox", 4, "There will be rain.")
    items = list(leaving(tmp_path, CONFIG, Holdings(tmp_path, "content"), {}, 0.0))
    path.unlink()
    said: list[str] = []
    remove_from(tmp_path, items, lambda name, error: said.append(name))
    assert said == []
