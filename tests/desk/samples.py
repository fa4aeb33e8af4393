"""A small site whose inbox has some items."""

from __future__ import annotations

from pathlib import Path

from sitegen.base.dates import read_date
from sitegen.config.load import load_config
from sitegen.config.schema import Config
from sitegen.importer.model import Imported
from sitegen.importer.place.frontmatter_writer import to_markdown
from sitegen.model.article import Person, Source
from tests.conftest import SITE

FERRY = (
    "The night ferry between Salm and Quillhaven arrived seventy minutes late on Monday because the"
    " bridge over the northern channel could not be raised. Passengers waited in the rain until the"
    " harbour master opened the warehouse, where somebody had kept blankets for exactly this event."
    " The company apologised afterwards and promised everybody a voucher for breakfast on board."
)
TODAY = "2026-11-24"


def config_of(more: str = "") -> Config:
    return load_config(SITE + more)


NOW = read_date("2026-11-24T12:00:00+01:00", config_of().zone)[1]


def put(
    root: Path,
    number: int,
    title: str = "",
    text: str = "",
    folder: str = "_inbox",
    date: str = "2026-11-23",
    source: str = "Salm Post",
    section: str = "news",
) -> Path:
    """Write an item as an import does; its id is its number, sixteen times."""
    title = title or f"Item {number}"
    article = Imported(
        title=title,
        date=date,
        authors=(Person("Ann Ames"),),
        source=Source(source, f"https://post.example/{number}"),
        canonical=f"https://post.example/{number}",
        body=text or f"Text number {number}.",
    )
    path = root / "content" / folder / f"{date}-item-{number}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    key = f"{number:x}" * 16
    path.write_text(to_markdown(article, origin="f", key=key, section=section))
    return path


def tree(root: Path) -> dict[str, bytes]:
    """Every file below content/, by its path there."""
    content = root / "content"
    return {
        path.relative_to(content).as_posix(): path.read_bytes()
        for path in sorted(content.rglob("*"))
        if path.is_file()
    }
