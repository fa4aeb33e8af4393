"""Changes of files: events of the file system, gathered until there are no more.

Events only say *that* something has changed: the build finds what, as it checks every file. A slow
sweep over the same folders finds changes without an event (network drives, a system that is out of
watches).
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from sitegen.content.addresses import ADDRESSES
from sitegen.content.discover import TEXT_SUFFIXES

QUIET = 0.012  # seconds without an event after which an edit counts as saved
UNSETTLED = 0.5  # the same while a file is open for writing, or an editor replaces an article
STORM, STORM_QUIET = 20, 0.12  # from as many files on, more are expected: the quiet for those
LONGEST = 3.0  # seconds after which a build starts though events go on
SWEEP, SWEEP_SHARE = 5.0, 100  # seconds between sweeps, and at least this many times what one takes
POLL, POLL_SHARE = 0.5, 10  # the same without events
FOLDERS = ("themes", "theme", "static", "plugins", "data")  # of a site, besides its content
FILES = ("site.yaml", ADDRESSES)  # the same, right below the site
LINKING = ("themes", "theme", "plugins")  # those of them in which links are followed
EVENTS = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileClosedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
CLOSES = sys.platform == "linux"  # whether the system reports that a written file is closed


class Changes:
    """The changes since the last call of `take`.

    Safe to use from several threads.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._condition = threading.Condition()
        self._paths: set[str] = set()
        self._unsettled: set[str] = set()
        self._first = self._last = 0.0
        self.heard = 0  # how often something was noted
        self.stopped = False

    def note(self, path: str, unsettled: bool = False) -> None:
        """Something has happened to ``path``; ``unsettled``: and more is to be expected."""
        with self._condition:
            now = self.clock()
            if not self._paths:
                self._first = now
            self._last = now
            self.heard += 1
            self._paths.add(path)
            (self._unsettled.add if unsettled else self._unsettled.discard)(path)
            self._condition.notify_all()

    def stop(self) -> None:
        """End every wait."""
        with self._condition:
            self.stopped = True
            self._condition.notify_all()

    def pending(self) -> bool:
        """Whether something has changed since `take`."""
        return bool(self._paths)

    def rest(self) -> float:
        """Seconds until the changes so far count as finished; not positive once they do."""
        quiet = STORM_QUIET if len(self._paths) >= STORM else QUIET
        if self._unsettled:
            quiet = max(quiet, UNSETTLED)
        return min(self._last + quiet, self._first + LONGEST) - self.clock()

    def take(self, timeout: float) -> set[str]:
        """Wait for changes and for their end; empty when ``timeout`` has passed without any, or
        after `stop`."""
        with self._condition:
            self._condition.wait_for(lambda: self._paths or self.stopped, timeout)
            while self._paths and not self.stopped and (left := self.rest()) > 0:
                self._condition.wait(left)
            found, self._paths = self._paths, set()
            self._unsettled.clear()
            return set() if self.stopped else found


class _Handler(FileSystemEventHandler):
    def __init__(self, changes: Changes, folder: str, wanted: Callable[[str], bool]) -> None:
        self.changes, self.folder, self.wanted = changes, folder, wanted

    def on_any_event(self, event: FileSystemEvent) -> None:
        source, target = os.fsdecode(event.src_path), os.fsdecode(event.dest_path or "")
        if self._wanted(source):
            self.changes.note(source, _is_unsettled(event, source))
        if target and self._wanted(target):
            self.changes.note(target)

    def _wanted(self, path: str) -> bool:
        return self.wanted(os.path.relpath(path, self.folder))


def _is_unsettled(event: FileSystemEvent, path: str) -> bool:
    """Whether the next event of a file is to be expected soon: its close, or its return.

    Editors put the old file out of the way before they write the new one. What was moved or linked
    here whole is not closed.
    """
    if isinstance(event, (FileDeletedEvent, FileMovedEvent)):
        return path.endswith(TEXT_SUFFIXES) and not os.path.exists(path)
    if not CLOSES or not isinstance(event, (FileCreatedEvent, FileModifiedEvent)):
        return False
    try:
        return os.stat(path).st_size == 0 or isinstance(event, FileModifiedEvent)
    except OSError:
        return False


class Watcher:
    """Watches the files of one site.

    `sync` sets which those are, and may be called at any time.
    """

    def __init__(self, root: Path, changes: Changes, say: Callable[[str], None]) -> None:
        self.root, self.changes, self.say = root, changes, say
        self.polling = self.started = False
        self._folders: dict[str, bool] = {}  # real folder -> whether names with _ are skipped
        self._tops: set[str] = set()
        self._watches: dict[str, tuple[tuple[int, int], object]] = {}
        self._known = (0, 0)  # the files before the first build, and the events until then
        self._lock = threading.Lock()
        self._observer = Observer()
        self._stop = threading.Event()
        self._sweeper = threading.Thread(target=self._sweep, name="sitegen-sweep", daemon=True)

    def start(self, content: str, themes: Iterable[Path] = ()) -> None:
        """Begin to watch."""
        self.started = True
        try:
            self._observer.start()
        except OSError as error:
            self._fall_back(error)
        self.sync(content, themes)
        self._known = self._state(), self.changes.heard
        self._sweeper.start()

    def stop(self) -> None:
        """End every thread of this watcher."""
        self._stop.set()
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join(2)

    def sync(self, content: str, themes: Iterable[Path] = ()) -> None:
        """Watch the folders that exist now: a folder that was deleted and created again is
        another one."""
        with self._lock:
            self._tops = {*FILES, content.split("/")[0], *FOLDERS}
            wanted = {self.root / content: True, **{self.root / name: False for name in FOLDERS}}
            wanted |= dict.fromkeys(themes, False)
            wanted |= {linked: False for name in LINKING for linked in _linked(self.root / name)}
            wanted |= {linked: False for theme in themes for linked in _linked(theme)}
            self._folders = _outermost(
                {os.path.realpath(folder): bare for folder, bare in wanted.items()}
            )
            if self.polling:
                return
            try:
                self._watch(str(self.root), False, lambda name: name in self._tops)
                for folder, bare in self._folders.items():
                    marks = "._" if bare else "."
                    self._watch(folder, True, lambda name, marks=marks: _is_source(name, marks))  # type: ignore[misc]
            except OSError as error:
                self._fall_back(error)

    def _watch(self, folder: str, recursive: bool, wanted: Callable[[str], bool]) -> None:
        try:
            info = os.stat(folder)
            found: tuple[int, int] | None = (info.st_dev, info.st_ino)
        except OSError:
            found = None
        known = self._watches.get(folder)
        if known and known[0] != found:
            del self._watches[folder]
            with contextlib.suppress(KeyError, OSError):  # it has ended with its folder
                self._observer.unschedule(known[1])  # type: ignore[arg-type]
        if found and folder not in self._watches:
            handler = _Handler(self.changes, folder, wanted)
            try:
                watch = self._observer.schedule(
                    handler, folder, recursive=recursive, event_filter=list(EVENTS)
                )
            except FileNotFoundError:
                return
            self._watches[folder] = (found, watch)

    def _fall_back(self, error: OSError) -> None:
        self.polling = True
        self.say(
            f"file events are not available ({error.strerror or error}): the sources are"
            " checked at intervals instead"
        )

    def _sweep(self) -> None:
        """Check every file at intervals; a difference without an event is a change."""
        known, heard = self._known
        pause = POLL if self.polling else SWEEP
        while not self._stop.wait(pause):
            began = time.monotonic()
            found = self._state()
            cost = time.monotonic() - began
            pause = max(POLL, POLL_SHARE * cost) if self.polling else max(SWEEP, SWEEP_SHARE * cost)
            if found != known and heard == self.changes.heard:
                self.changes.note("")
            known, heard = found, self.changes.heard

    def _state(self) -> int:
        """A number that differs when a file does."""
        marks: list[tuple[str | int, ...]] = [_mark(str(self.root / name)) for name in FILES]
        with self._lock:
            folders = sorted(self._folders.items())
        for folder, bare in folders:
            stack = [folder]
            while stack:
                here = stack.pop()
                try:
                    entries = list(os.scandir(here))
                except OSError:
                    continue
                for entry in entries:
                    if not _is_source(entry.name, "._" if bare else "."):
                        continue
                    try:
                        if entry.is_dir(follow_symlinks=False):
                            stack.append(entry.path)
                        info = (
                            entry.stat()
                        )  # of what a link leads to: its file may lie where nothing is watched
                    except OSError:
                        continue
                    marks.append((entry.path, info.st_size, info.st_mtime_ns, info.st_ctime_ns))
        return hash(frozenset(marks))


def _linked(folder: Path, depth: int = 2) -> list[Path]:
    """The folders that links in ``folder`` lead to, and in the folders in it: a theme, or its
    templates, kept elsewhere."""
    out = []
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return []
    for entry in entries:
        if entry.is_symlink() and entry.is_dir():
            out.append(Path(entry.path))
        elif depth > 1 and entry.is_dir():
            out += _linked(Path(entry.path), depth - 1)
    return out


def _outermost(folders: dict[str, bool]) -> dict[str, bool]:
    """``folders`` without those in another one, which is watched with all that is in it."""
    return {
        f: bare
        for f, bare in folders.items()
        if not any(f.startswith(f"{other}/") for other, b in folders.items() if b == bare)
    }


def _mark(path: str) -> tuple[str, int, int]:
    try:
        info = os.stat(path)
    except OSError:
        return path, -1, 0
    return path, info.st_size, info.st_mtime_ns


def _is_source(name: str, marks: str) -> bool:
    """Whether a path below a watched folder can matter: not hidden files, editors' backups
    and what Python compiles."""
    parts = [part for part in name.split("/") if part]
    return name == "." or not any(_is_unwatched(part, marks) for part in parts)


def _is_unwatched(part: str, marks: str) -> bool:
    return part[0] in marks or part.endswith("~") or part == "__pycache__"
