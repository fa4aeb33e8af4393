"""What an editor writes: comments, words and order of an edition, sections; closing an edition.

Each function changes files as a person would, is undone by `undo`, and takes the digest of the
file as it was shown. All raise ChangedSince where the file is another one now, and SitegenError
where it cannot be changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from msgspec.structs import replace

from sitegen.base.diagnostics import fail
from sitegen.base.files import utf8
from sitegen.base.text import clean_text, slugify
from sitegen.config.schema import Config
from sitegen.content.closed_editions import edition_path
from sitegen.content.comments import paragraphs_of
from sitegen.content.edition_edit import (
    OPEN_HEAD,
    EditionEntry,
    Field,
    comment_fields,
    with_edition,
)
from sitegen.content.field_edit import with_field
from sitegen.content.inbox import INBOX
from sitegen.desk.journal import Action, Moved, act, check_shown, current_bytes, move, rewrite
from sitegen.desk.under_way import EditionRow, UnderWay
from sitegen.engine.editions import SiteEditions, closed_text
from sitegen.model.article import Comment, Document
from sitegen.model.site import Edition

MAX_WORDS = 20_000  # letters of a comment or of an intro


def typed_comment(text: str, by: str = "") -> Comment | None:
    """What somebody typed, as a comment; None for nothing.

    Raises SitegenError for a text that is far too long.
    """
    if len(text) > MAX_WORDS or len(by) > MAX_WORDS:
        raise fail("inbox", f"a comment has at most {MAX_WORDS:,} letters", help="shorten it")
    said = paragraphs_of(text.replace("\r\n", "\n"))
    return Comment(said, clean_text(by)) if said else None


# Articles -------------------------------------------------------------------------------------
def comment_on(
    root: Path, config: Config, path: str, shown: str, title: str, comment: Comment | None
) -> Action:
    """Write the comment of an article or item into its front matter; None removes it.

    From then on the file counts as edited by a person: no later import replaces it.
    """

    def change(text: str) -> str:
        return with_field(text, "comment", comment_fields(comment), path, by_person=True)

    return _one(root, "comment", title, lambda: rewrite(root, config, path, shown, change))


def move_to_section(
    root: Path, config: Config, path: str, shown: str, title: str, section: str
) -> Action:
    """Write another section into an article's front matter; its file stays where it is."""
    name = slugify(section)
    if not any(sign.isalnum() for sign in section):
        raise fail("inbox", f"`{section[:40]}` cannot be a section", help="use letters or digits")

    def change(text: str) -> str:
        return with_field(text, "section", name, path)

    return _one(root, "section", title, lambda: rewrite(root, config, path, shown, change))


def put_back(
    root: Path, config: Config, document: Document, shown: str, others: Sequence[Document]
) -> Action:
    """Take an article out of the edition, into the inbox, with the images that no article of
    ``others`` shows."""
    path, home = document.path, f"{config.content}/{INBOX}"
    folder = path.rpartition("/")[0]
    used = {asset for other in others if other.path != path for asset in other.assets}
    names = [f"{config.content}{unquote(asset)}" for asset in document.assets if asset not in used]
    images = [name for name in names if name.rpartition("/")[0] == folder]

    def one() -> Action:
        data = current_bytes(root, path) or b""
        check_shown(path, data, shown)
        text = with_field(utf8(data, path), "edition", "", path)
        files = [move(root, config, path, _at(home, path), text.encode())]
        for image in images:
            if (root / image).is_file():
                files.append(move(root, config, image, _at(home, image)))
        return Action("back", document.id, document.title, tuple(files))

    return act(root, one)


def _at(folder: str, path: str) -> str:
    return f"{folder}/{path.rpartition('/')[2]}"


# Editions -------------------------------------------------------------------------------------
def write_words(
    root: Path,
    config: Config,
    edition: UnderWay,
    shown: str,
    title: str,
    intro: Comment | None,
    outro: Comment | None,
) -> Action:
    """Write the title and the editor's words at both ends of an edition; an empty title is that of
    the pattern in site.yaml."""
    fields: dict[str, Field] = {"title": clean_text(title), "intro": intro, "outro": outro}
    return _of_edition(root, config, "words", edition, shown, fields)


def write_order(
    root: Path, config: Config, edition: UnderWay, shown: str, lines: Sequence[EditionRow]
) -> Action:
    """Write the articles of an edition in the order of ``lines``."""
    return _of_edition(root, config, "order", edition, shown, {}, _entries(lines))


def write_lead(root: Path, config: Config, edition: UnderWay, shown: str, name: str) -> Action:
    """Make an article the first of an edition; an empty name takes that back."""
    return _of_edition(root, config, "lead", edition, shown, {"lead": name})


def comment_in(
    root: Path,
    config: Config,
    edition: UnderWay,
    shown: str,
    name: str,
    comment: Comment | None,
) -> Action:
    """Write what an editor says of an article in this edition only; None removes it."""
    lines = [replace(line, said=comment) if line.name == name else line for line in edition.lines]
    return _of_edition(root, config, "comment", edition, shown, {}, _entries(lines))


def close_editions(
    root: Path, given: SiteEditions, chosen: Sequence[tuple[Edition, str]]
) -> Action:
    """Close editions of ``given``, each named with the digest of its file as it was shown."""
    config = given.config

    def write(edition: Edition, shown: str) -> Moved:
        change = partial(closed_text, edition=edition, given=given)
        return rewrite(root, config, edition_path(config, edition.key), shown, change)

    def one() -> Action:
        for edition, shown in chosen:
            path = edition_path(config, edition.key)
            check_shown(path, current_bytes(root, path) or b"", shown)
        files = tuple(write(edition, shown) for edition, shown in chosen)
        last = chosen[-1][0]
        return Action("close", last.key, last.title, files)

    return act(root, one)


def _of_edition(
    root: Path,
    config: Config,
    what: str,
    edition: UnderWay,
    shown: str,
    fields: dict[str, Field],
    articles: Sequence[EditionEntry] | None = None,
) -> Action:
    if edition.published:
        hint = "correct its file by hand, if you must"
        raise fail("edition", f"edition `{edition.key}` is closed", edition.path, help=hint)

    def change(text: str) -> str:
        return with_edition(text or OPEN_HEAD, edition.path, fields, articles)

    def one() -> Action:
        file = rewrite(root, config, edition.path, shown, change)
        return Action(what, edition.key, edition.title, (file,))

    return act(root, one)


def _entries(lines: Sequence[EditionRow]) -> list[EditionEntry]:
    return [EditionEntry(line.name, line.title, line.said) for line in lines]


def _one(root: Path, what: str, title: str, write: Callable[[], Moved]) -> Action:
    """An action on one file."""

    def one() -> Action:
        file = write()
        return Action(what, file.after, title, (file,))

    return act(root, one)
