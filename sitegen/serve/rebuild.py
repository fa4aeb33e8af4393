"""The build in a loop: whenever something has changed or a date has come, in a thread of its
own."""

from __future__ import annotations

import contextlib
import gc
import signal
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, problem
from sitegen.base.progress import Progress
from sitegen.config.schema import Config
from sitegen.engine.build import build
from sitegen.engine.options import BuildOptions
from sitegen.engine.renderers import LastRenderer
from sitegen.engine.site_folder import read_config
from sitegen.engine.staleness import failing
from sitegen.model.output import BuildReport
from sitegen.plugins import find_plugins
from sitegen.serve.overlay import with_lines
from sitegen.serve.state import Current
from sitegen.serve.watch import Changes, Watcher
from sitegen.theme.load import theme_chain
from sitegen.theme.places import theme_roots

LONGEST_WAIT = 30.0  # seconds after which the clock is read again: a machine may have slept
PATIENCE = 5.0  # seconds of cancelled builds after which one may finish though it is outdated
SETTLED = 1.0  # seconds without a change after which nobody waits for a page
UNCOLLECTED = 20  # builds after which the collector runs, though changes go on
RETRY = 0.2  # seconds before a build that failed in an unforeseen way is tried again

Heard = Callable[[BuildReport | None, Sequence[Diagnostic]], None]


class Cancelled(BaseException):
    """A build is outdated, or nobody waits for it any more.

    No handler for failures may catch it.
    """


class Loop(threading.Thread):
    """Builds, and puts the result into ``current``.

    ``options`` are those of a build; ``moment`` returns the present one, ``base_url`` the URL of
    the site below a path. ``heard`` is called after every build with its report, None for one that
    failed, and its problems.
    """

    def __init__(
        self,
        options: BuildOptions,
        moment: Callable[[], str],
        base_url: Callable[[str], str],
        current: Current,
        heard: Heard,
        progress: Progress,
    ) -> None:
        super().__init__(name="sitegen-build", daemon=True)
        self.options, self.moment, self.base_url = options, moment, base_url
        self.current, self.heard, self.progress = current, heard, progress
        self.root = Path(options.root)
        self.changes = Changes()
        self.watcher = Watcher(self.root, self.changes, lambda text: progress(text, 0, 0))
        current.lost = lambda: self.changes.note("")
        self.first = threading.Event()  # set after the first build, however it ended
        self.due = ""
        self.cancelled = 0.0  # when the first build since a finished one was cancelled; 0 for none
        self.retried = False
        self.uncollected = 0  # builds since what they left was collected
        self.renderer = LastRenderer()
        self.source_roots: Sequence[Path] = (self.root,)

    def run(self) -> None:
        """Build until stopped."""
        if hasattr(
            signal, "pthread_sigmask"
        ):  # inherited by the build's workers: Ctrl-C is for the server, which then ends the build
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            config = self._config()
            self._watch(config)
            while not self.changes.stopped:
                self._build()
                self.first.set()
                self._wait()
        except Cancelled:
            pass
        finally:
            self.first.set()
            self.watcher.stop()
            self._collect()

    def stop(self) -> None:
        """End the loop.

        A build that is not publishing yet is cancelled.
        """
        self.changes.stop()

    def _wait(self) -> None:
        """Wait for a change or for a due date."""
        while not self.changes.stopped:
            wait = SETTLED if self.uncollected else LONGEST_WAIT
            if self.due and not self.changes.pending():
                left = (
                    datetime.fromisoformat(self.due).timestamp()
                    - datetime.fromisoformat(self.moment()).timestamp()
                )
                if left <= 0:
                    return
                wait = min(wait, left + 0.05)
            if self.changes.take(wait):
                return
            self._collect()

    def _collect(self) -> None:
        """Free the memory of builds: not while somebody waits to see the change."""
        if self.uncollected:
            gc.unfreeze()  # the process pool has frozen what there was when it forked
            gc.collect()
            gc.enable()
            self.uncollected = 0

    def _progress(self, what: str, done: int, total: int) -> None:
        """Called by a build between its stages and batches, where it can be cancelled."""
        if what != "publish":  # then it is done, and is reported
            now = time.monotonic()
            patient = not self.cancelled or now - self.cancelled < PATIENCE
            if self.changes.stopped or (patient and self.changes.pending()):
                self.cancelled = self.cancelled or now
                raise Cancelled
        self.progress(what, done, total)

    def _config(self) -> Config | None:
        with contextlib.suppress(Exception):  # the build reports it
            return read_config(self.root, self.options.base_url)[0]
        return None

    def _watch(self, config: Config | None) -> None:
        themes: list[Path] = []
        if config:
            with contextlib.suppress(Exception):  # the build reports it
                roots = theme_roots(self.root, find_plugins(self.root, config.plugins))
                themes = [Path(spec.folder) for spec in theme_chain(config.theme, roots)]
            self.source_roots = [
                self.root,
                self.root / "theme",
                *(theme.parent for theme in themes),
            ]
        if self.watcher.started:
            self.watcher.sync(config.content if config else "content", themes)
        else:
            self.watcher.start(config.content if config else "content", themes)

    def _build(self) -> None:
        report: BuildReport | None = None
        found: tuple[Diagnostic, ...] = ()
        path = self.current.site.path
        if self.uncollected >= UNCOLLECTED:
            self._collect()
        gc.disable()  # a build makes much and drops little
        try:
            config, _ = read_config(self.root, self.options.base_url)
            self._watch(config)
            path = config.base_path
            ignore_cache = self.options.no_cache and not self.first.is_set()
            chosen = msgspec.structs.replace(
                self.options, now=self.moment(), base_url=self.base_url(path), no_cache=ignore_cache
            )
            report = build(chosen, self._progress, self.renderer)
            found = report.diagnostics
        except Cancelled:
            if self.changes.stopped:
                raise
            return  # again, after the changes have come to rest
        except SitegenError as error:
            found = tuple(error.diagnostics)
        except Exception as error:  # noqa: BLE001
            hint = (
                "save any file to try again; if it stays, this is a bug of sitegen: please"
                " report it"
            )
            found = (problem("internal", f"{type(error).__name__}: {error}", help=hint),)
            if isinstance(error, OSError):
                hint = (
                    "free some disk space or check the file permissions, then save any file to try"
                    " again"
                )
                found = (
                    problem(
                        "output",
                        f"cannot be read or written: {error.strerror or error}",
                        error.filename or "",
                        help=hint,
                    ),
                )
            if not self.retried:
                self.retried = True
                time.sleep(RETRY)
                self.changes.note("")
                return
        finally:
            self.uncollected += 1
        if not report:
            self._watch(self._config())
        self.retried = False
        self.cancelled = 0.0
        self.due = report.next_due if report else ""
        bad = failing(found, self.options.strict)
        shown = (
            with_lines((d for d in found if d.level != "note"), self.source_roots) if bad else ()
        )
        if not (report and report.published) and self.first.is_set():
            path = self.current.site.path
        self.current.replace(path, shown, report.changed if report else ())
        with contextlib.suppress(
            OSError
        ):  # nobody reads the output any more; browsers are notified all the same
            self.heard(report, found)
