"""What an editor did, kept so that it can be undone: the files of each action, and the bytes that
they had before.

All of it is in the cache. One process at a time acts on the files of a site.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, fail, problem
from sitegen.base.files import is_inside, own_bytes, read_bytes, utf8, write_whole
from sitegen.base.locks import held
from sitegen.base.text import digest
from sitegen.config.schema import Config
from sitegen.content.dropped import change_dropped
from sitegen.content.inbox import LOCK
from sitegen.model.base import Struct

FOLDER = ".sitegen-cache/desk"
LOG = f"{FOLDER}/log.json"
MAX_FILE = 32 * 1024 * 1024
MOST = 50  # actions that can be undone
_KEPT = re.compile(r"[0-9a-f]{32}")


class Moved(Struct, frozen=True):
    """A file that an action changed: where it was (empty: nowhere), where it is now (empty:
    nowhere), the digest of what is there, and the name under which the old bytes are kept."""

    before: str
    after: str
    mark: str
    kept: str


class Action(Struct, frozen=True):
    """One thing that an editor did: what, with which item or file, and which files it changed."""

    what: str  # pick, drop, back, comment, section, words, order, close
    key: str
    title: str
    files: tuple[Moved, ...]
    batch: int = 0  # what was done at once is undone at once


class Outcome(Struct, frozen=True):
    """What became of the items of an action: what was done, and why the rest was not."""

    done: tuple[Action, ...]
    problems: tuple[Diagnostic, ...] = ()


class ChangedSince(SitegenError):
    """A file is not as it was when it was shown."""


@contextmanager
def changing(root: Path) -> Iterator[list[Action]]:
    """The actions that can be undone, the last one last, while nobody else acts on the site; what
    is in the list at the end is kept."""
    with held(root / LOCK):
        log = _read_log(root)
        yield log
        latest = [action for action in log if action.batch > (log[-1].batch - MOST)]
        write_whole(root / LOG, msgspec.json.encode(latest))
        _drop_unneeded(root, latest)


def _drop_unneeded(root: Path, actions: Sequence[Action]) -> None:
    """Remove what is kept of files for none of these actions."""
    needed = {file.kept for action in actions for file in action.files}
    for path in (root / FOLDER).iterdir():
        if _KEPT.fullmatch(path.name) and path.name not in needed:
            path.unlink(missing_ok=True)


def act(root: Path, one: Callable[[], Action]) -> Action:
    """Do ``one`` action that can be undone by itself. Raises what it raises."""
    with changing(root) as log:
        action = msgspec.structs.replace(one(), batch=next_batch(log))
        log.append(action)
    return action


def next_batch(log: Sequence[Action]) -> int:
    """The number of what is done next."""
    return log[-1].batch + 1 if log else 1


def _read_log(root: Path) -> list[Action]:
    try:
        return msgspec.json.decode(own_bytes(root / LOG), type=list[Action])
    except (OSError, msgspec.DecodeError):
        return []


# Files ----------------------------------------------------------------------------------------
def move(root: Path, config: Config, before: str, after: str, data: bytes | None = None) -> Moved:
    """Move a file, with other ``data`` if any is given; without ``after``, remove it. The old
    bytes are kept.

    Raises ChangedSince where an editor saves the file meanwhile.
    """
    old = read_bytes(root / before, before, MAX_FILE)
    new = old if data is None else data
    kept = _keep(root, old)
    if after:
        _create(root, config, after, new)
    if current_bytes(root, before) != old:  # an editor saved it just now
        if after:
            (root / after).unlink()
        raise _changed(before)
    (root / before).unlink()
    return Moved(before, after, digest(new) if after else "", kept)


def rewrite(
    root: Path, config: Config, path: str, shown: str, change: Callable[[str], str]
) -> Moved:
    """Write what ``change`` makes of the text of a file below content/; the old one is kept.

    ``shown`` is the digest of the file as an editor saw it, empty for one that did not exist.
    Raises ChangedSince where it is another one now, and SitegenError as ``change`` does.
    """
    old = current_bytes(root, path)
    check_shown(path, old or b"", shown)
    new = change(utf8(old or b"", path)).encode()
    if old is None:
        _create(root, config, path, new)
        return Moved("", path, digest(new), "")
    _check_place(root, config, path)
    kept = _keep(root, old)
    if current_bytes(root, path) != old:  # an editor saved it just now
        raise _changed(path)
    write_whole(root / path, new)
    return Moved(path, path, digest(new), kept)


def check_shown(path: str, data: bytes, shown: str) -> None:
    """Raise ChangedSince where ``shown`` is not the digest of ``data``; it is empty for nothing."""
    if (digest(data) if data else "") != shown:
        raise _changed(path)


def _changed(path: str) -> ChangedSince:
    hint = "nothing was written: compare both versions"
    return ChangedSince(problem("inbox", "has changed since it was shown", path, help=hint))


def mark_of(root: Path, path: str) -> str:
    """The digest of a file, by which an action knows it again; empty where there is none."""
    data = current_bytes(root, path)
    return digest(data) if data else ""


def current_bytes(root: Path, path: str) -> bytes | None:
    """The bytes of a file, None where there is none. Raises SitegenError for what is no file."""
    return read_bytes(root / path, path, MAX_FILE) if os.path.lexists(root / path) else None


def restore(root: Path, config: Config, action: Action) -> None:
    """Put the files of an action back as they were.

    Raises SitegenError where they have changed since.
    """
    for file in action.files:
        _check_unchanged(root, config, file)
    for file in action.files:
        _restore_file(root, config, file)
    if action.what == "drop":
        change_dropped(
            root,
            config.content,
            lambda days: {key: day for key, day in days.items() if key != action.key},
        )


def _restore_file(root: Path, config: Config, file: Moved) -> None:
    """Put one file back; a copy that the action made is removed."""
    old = own_bytes(root / FOLDER / file.kept) if file.kept else b""
    if file.before and file.before == file.after:
        write_whole(root / file.before, old)
        return
    if file.before:
        _create(root, config, file.before, old)
    if file.after:
        (root / file.after).unlink()


def _check_unchanged(root: Path, config: Config, file: Moved) -> None:
    """Raise SitegenError where a file is not as an action left it, or where the log names what no
    action writes: it may have come with somebody else's site."""
    for path in filter(None, (file.before, file.after)):
        _check_place(root, config, path)
    if bool(file.before) != bool(_KEPT.fullmatch(file.kept)):
        raise fail("inbox", "what was kept of it is lost", file.before or file.after)
    if not file.after:
        return
    data = current_bytes(root, file.after)
    if data is None or digest(data) != file.mark:
        hint = f"to take it back, move it to {file.before} yourself"
        if file.before == file.after:
            hint = "to take it back, edit it yourself"
        raise fail("inbox", "has been edited since", file.after, help=hint)


def _keep(root: Path, data: bytes) -> str:
    """Keep the bytes of a file for `restore`; the name of the copy."""
    name = digest(data)
    write_whole(root / FOLDER / name, data)
    return name


def _create(root: Path, config: Config, path: str, data: bytes) -> None:
    """Write a new file below content/. Raises SitegenError where there is one."""
    _check_place(root, config, path)
    if os.path.lexists(root / path):
        raise fail("inbox", "exists already", path, help="rename one of the two")
    write_whole(root / path, data)


def _check_place(root: Path, config: Config, path: str) -> None:
    """Raise SitegenError for a path that is not below content/, or that a link leads out of it."""
    home = (root / config.content).resolve()
    is_below = path.startswith(f"{config.content}/") and is_inside(path)
    if not is_below or not (root / path).parent.resolve().is_relative_to(home):
        raise fail("unsafe-path", "leads out of the site's content", path, help="remove the link")
