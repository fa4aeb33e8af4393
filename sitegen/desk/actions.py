"""Pick and drop items of the inbox, and undo that.

Each action changes the same files that a person would. The digest of an item's file, as it was
shown, goes along; where the file has changed since, nothing is done to it. What an action removes
is kept for `undo` in the cache.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from urllib.parse import unquote

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, fail
from sitegen.base.files import is_inside, read_bytes
from sitegen.base.text import digest
from sitegen.config.schema import Config
from sitegen.content.discover import found_file
from sitegen.content.dropped import change_dropped
from sitegen.content.field_edit import with_field
from sitegen.content.inbox import INBOX, home_section, item_of
from sitegen.desk.journal import Action, Outcome, changing, move, next_batch, restore
from sitegen.desk.listing import WaitingItem
from sitegen.model.article import Document
from sitegen.site.membership import key_fault, taken_in, traits_of

_DATED = re.compile(r"^\d{4}-\d{2}-\d{2}-(?=.)")


def pick(
    root: Path,
    config: Config,
    items: Sequence[WaitingItem],
    now: str,
    closed: Collection[str] = (),
    edition: str = "",
) -> Outcome:
    """Take items into the site: into the folder of their section, and into ``edition`` or, where
    editions are bound to time, into the one of each series that is open ``now`` (local to the
    site, to the minute or a day).

    ``closed`` are the keys of closed editions. Raises SitegenError for an edition that cannot be.
    """
    _check_edition(config, closed, edition)

    def one(item: WaitingItem) -> Action:
        data, document = _as_shown(root, config, item)
        if document is None:
            raise fail("inbox", f"cannot be read: {item.problem}", item.path, help="correct it")
        target = _free_path(root, config, item, document)
        traits = traits_of(document, config, config.zone)
        keys = (edition,) if edition else taken_in(traits, config, closed, now)
        text = data.decode("utf-8")
        new = with_field(text, "edition", keys, item.path) if keys else text
        folder = target.rpartition("/")[0]
        files = [move(root, config, item.path, target, new.encode())]
        for image in _images(root, config, document):
            files.append(move(root, config, image, f"{folder}/{image.rpartition('/')[2]}"))
        return Action("pick", item.key, item.title, tuple(files))

    return _each(root, items, one)


def drop(root: Path, config: Config, items: Sequence[WaitingItem], today: str) -> Outcome:
    """Take items out of the inbox for good: no import brings them back."""

    def one(item: WaitingItem) -> Action:
        _, document = _as_shown(root, config, item)
        # First the list: if this is killed here, the item is not listed any more.
        change_dropped(root, config.content, lambda days: days | {item.key: today})
        names = [item.path, *(_images(root, config, document) if document else [])]
        files = tuple([move(root, config, name, "") for name in names])
        return Action("drop", item.key, item.title, files)

    return _each(root, items, one)


def undo(root: Path, config: Config) -> Outcome:
    """Take back what was done last: its items wait again.

    Raises SitegenError if there is nothing to take back.
    """
    with changing(root) as log:
        if not log:
            raise fail("inbox", "there is nothing to undo")
        last = log[-1].batch
        done: list[Action] = []
        problems: list[Diagnostic] = []
        while log and log[-1].batch == last:
            action = log.pop()
            try:
                restore(root, config, action)
                done.append(action)
            except SitegenError as error:
                problems += error.diagnostics
        return Outcome(tuple(done), tuple(problems))


def _each(
    root: Path, items: Sequence[WaitingItem], one: Callable[[WaitingItem], Action]
) -> Outcome:
    """Do ``one`` thing with each item; a problem with one does not keep the others."""
    done: list[Action] = []
    problems: list[Diagnostic] = []
    with changing(root) as log:
        batch = next_batch(log)
        for item in items:
            try:
                done.append(msgspec.structs.replace(one(item), batch=batch))
            except SitegenError as error:
                problems += error.diagnostics
        log += done
    return Outcome(tuple(done), tuple(problems))


def _as_shown(root: Path, config: Config, item: WaitingItem) -> tuple[bytes, Document | None]:
    """The bytes of an item's file and its article.

    Raises SitegenError where they are not those that were shown.
    """
    hint = "`sitegen inbox` shows what waits now"
    if not (root / item.path).is_file():
        raise fail("inbox", "does not wait any more", item.path, help=hint)
    data = read_bytes(root / item.path, item.path)
    if digest(data) != item.mark:
        raise fail("inbox", "has changed since it was shown", item.path, help=hint)
    file = found_file(item.path, os.stat(root / item.path))
    return data, item_of(file, data, config).document


def _free_path(root: Path, config: Config, item: WaitingItem, document: Document) -> str:
    """Where an item goes: a file of its section that no article has, with or without its day."""
    section = home_section(document, config)
    name = item.path.rpartition("/")[2]
    folder = f"{config.content}/{section}"
    if any((root / folder / other).exists() for other in (name, _DATED.sub("", name))):
        name = f"{name.removesuffix('.md')}-{item.key[:6]}.md"
    return f"{folder}/{name}"


def _images(root: Path, config: Config, document: Document) -> list[str]:
    """The files of the inbox that an item shows."""
    names = [unquote(url) for url in document.assets if url.startswith(f"/{INBOX}/")]
    files = [f"{config.content}{name}" for name in dict.fromkeys(names) if is_inside(name[1:])]
    return [path for path in files if (root / path).is_file()]


def _check_edition(config: Config, closed: Collection[str], edition: str) -> None:
    """Raise SitegenError for an edition that an article cannot be put into."""
    fault = key_fault(edition, config, closed) if edition else None
    if fault:
        raise fail("edition", fault.message, "site.yaml", help=fault.help, exit_status=2)
