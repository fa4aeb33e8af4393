"""A deployment: look, plan, send group by group, delete last.

Running it again completes an interrupted deployment.
"""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, fail, problem
from sitegen.base.files import in_the_way
from sitegen.base.progress import Progress, silent
from sitegen.base.text import counted
from sitegen.deploy.model import (
    LOCK,
    MANIFEST,
    DeployPlan,
    DeployReport,
    Entry,
    Item,
    LostRace,
    Manifest,
    Place,
    Refused,
    Seen,
    SendAll,
    Surroundings,
    Transient,
    decode_manifest,
)
from sitegen.deploy.plan import differs, make_plan, too_many
from sitegen.model.base import Struct

T = TypeVar("T")
TRIES = 5
CHECKPOINT = 5.0  # seconds between notes of the progress at the target
SKEW = timedelta(hours=1)  # by which the clocks of two machines may differ
STALE = timedelta(minutes=15)  # after which a lock that nobody refreshes is void


class DeployOptions(msgspec.Struct, frozen=True):
    """The options of one deployment.

    ``yes`` allows whatever looks like a mistake, ``many`` to deleting most of the site, up to
    ``max_deletes``.
    """

    target: str
    kind: str
    keep: int
    max_deletes: int | str
    dry_run: bool = False
    prune: bool = False
    verify: bool = False
    unlock: bool = False
    yes: bool = False
    many: bool = False


class Lock(msgspec.Struct, frozen=True):
    """The content of the lock file: the random mark of its run, and since when it is held."""

    mark: str
    since: str


class DeployInput(Struct, frozen=True):
    """What is brought to ``place``, and how.

    ``mine`` are the marks of earlier runs on this machine, which hold no lock any more. ``lost``
    says which published URLs would lead nowhere: nothing is sent then, unless ``wish`` allows it.
    ``send_all`` sends a group of files, in place of this machine.
    """

    place: Place
    items: Mapping[str, Item]
    wish: DeployOptions
    around: Surroundings
    progress: Progress = silent
    mine: Sequence[str] = ()
    lost: Sequence[Diagnostic] = ()
    send_all: SendAll | None = None


def deploy(given: DeployInput) -> DeployReport:
    """Bring what is ``given`` to its place.

    Raises SitegenError if nothing was sent; later failures are in the report.
    """
    start, place = time.monotonic(), given.place
    try:
        for attempt in range(3):
            try:
                report = _deploy(given)
                return msgspec.structs.replace(report, seconds=round(time.monotonic() - start, 3))
            except LostRace:
                if attempt == 2:
                    break
        raise fail(
            "deploy",
            f"{place.name}: another deployment keeps changing it",
            help="run the command again later",
        )
    except (Transient, Refused) as error:
        raise fail(
            "deploy",
            f"{place.name}: {error}",
            help="nothing was deployed: check the settings and keys of the target and its host",
        ) from None
    finally:
        place.close()


def _deploy(given: DeployInput) -> DeployReport:
    """Deploy once, under the lock of the target."""
    place, writing = given.place, not given.wish.dry_run
    retry(lambda: place.begin(writing))
    if writing:
        _claim(place, given.around, given.mine, given.wish.unlock)
    try:
        return _bring(given)
    finally:
        if writing:
            _release(place)


def _bring(given: DeployInput) -> DeployReport:
    """Compare with what is at the target, and send what differs; in a dry run, only compare."""
    place, wish = given.place, given.wish
    manifest = decode_manifest(retry(lambda: place.read(MANIFEST)))
    listing = retry(lambda: place.listing(wish.verify or manifest is None))
    if wish.verify and manifest:
        manifest = msgspec.structs.replace(manifest, files=dict.fromkeys(manifest.files, Entry()))
    confirmed = _confirm(place, given.items, manifest, listing, given.progress)
    today = given.around.now[:10]
    plan = make_plan(given.items, manifest, listing, confirmed, today, wish.keep, wish.prune)
    doubts = [] if wish.yes else _doubts(plan, manifest, given)
    if doubts and not wish.dry_run:
        raise SitegenError(doubts)
    notes = (*_notes(plan, manifest, listing, given), *(doubt.message for doubt in doubts))
    report = _report(plan, manifest, wish, notes)
    if wish.dry_run or plan.empty:
        return report
    return Deployment(given, plan, manifest).run(report)


def _report(
    plan: DeployPlan, manifest: Manifest | None, wish: DeployOptions, notes: tuple[str, ...]
) -> DeployReport:
    """What is to be done."""
    return DeployReport(
        target=wish.target,
        kind=wish.kind,
        release=manifest.release if manifest else 0,
        puts=tuple(item.path for item in plan.puts),
        deletes=plan.deletes,
        unchanged=len(plan.keeps) - len(plan.retired),
        size=sum(item.size for item in plan.puts),
        retired=len(plan.retired),
        dry_run=wish.dry_run,
        reasons=plan.reasons,
        notes=notes,
    )


def _notes(
    plan: DeployPlan,
    manifest: Manifest | None,
    listing: Mapping[str, Seen] | None,
    given: DeployInput,
) -> tuple[str, ...]:
    """What a person may not expect: files at the target that sitegen did not upload."""
    out = []
    foreign = (
        [p for p in listing or {} if p not in given.items and p not in (MANIFEST, LOCK)]
        if manifest is None
        else []
    )
    if foreign and not given.wish.prune:
        before = f"{counted(len(foreign), 'file')} at the target before the first deploy"
        out.append(
            f"keeps {before}, which sitegen did not upload (--prune deletes what is not part of"
            " the site)"
        )
    if plan.overwrites:
        out.append(f"replaces {counted(len(plan.overwrites), 'file')} that sitegen did not upload")
    return tuple(out)


def _doubts(
    plan: DeployPlan, manifest: Manifest | None, given: DeployInput
) -> Sequence[Diagnostic]:
    """An error for each sign that this deployment is a mistake: a wrong clock, or missing
    articles. Those are why URLs are lost, so that lost ones are reported without such signs only.
    """
    return _mistakes(plan, manifest, given.wish, given.around.now) or given.lost


def _mistakes(
    plan: DeployPlan, manifest: Manifest | None, wish: DeployOptions, now: str
) -> list[Diagnostic]:
    out = []
    hint = "nothing was deployed; check with --dry-run, and if that is right run with "
    if manifest and is_before(now, manifest.moment):
        message = f"the clock says {now}, which is before the last deployment ({manifest.moment})"
        out.append(problem("deploy", message, help=f"set the clock; {hint}--yes"))
    count, total = len(plan.deletes) - plan.expired, len(manifest.files) if manifest else 0
    shown = ", ".join(plan.deletes[:3]) + (" …" if count > 3 else "")
    if too_many(plan, manifest, wish.max_deletes):
        message = (
            f"{counted(count, 'file')} would be deleted, more than max_deletes"
            f" ({wish.max_deletes}) allows: {shown}"
        )
        out.append(problem("deploy", message, help=f"{hint}--max-deletes {count}"))
    elif count * 2 > total > 0 and not (wish.many or wish.prune):
        message = f"{count} of the {counted(total, 'file')} of the site would be deleted: {shown}"
        out.append(problem("deploy", message, help=f"{hint}--yes"))
    return out


def is_before(now: str, earlier: str) -> bool:
    """Whether the moment ``now`` lies before ``earlier``, by more than clocks differ; not where
    that is not a moment."""
    try:
        return datetime.fromisoformat(now) + SKEW < datetime.fromisoformat(earlier)
    except (ValueError, TypeError):
        return False


def _confirm(
    place: Place,
    items: Mapping[str, Item],
    manifest: Manifest | None,
    listing: Mapping[str, Seen] | None,
    progress: Progress,
) -> dict[str, Entry]:
    """Files at the target of which nothing is known and that turn out to be right."""
    known = manifest.files if manifest else {}

    def unsure(path: str) -> bool:
        entry, seen = known.get(path), (listing or {}).get(path)
        if not seen:
            return False
        return not entry or not entry.digest or differs(seen, entry)

    doubtful = [item for path, item in items.items() if unsure(path)]
    out = {}
    with ThreadPoolExecutor(place.jobs) as pool:
        entries = pool.map(lambda item: retry(lambda: place.same(item)), doubtful)
        for number, (item, entry) in enumerate(zip(doubtful, entries, strict=True), 1):
            if entry:
                out[item.path] = entry
            progress("comparing", number, len(doubtful))
    return out


def _claim(place: Place, around: Surroundings, mine: Collection[str], unlock: bool) -> None:
    """Take the lock.

    A lock of a killed run of this machine, or one that nobody refreshed for long, is taken over.
    """
    data = msgspec.json.encode(Lock(around.mark, around.now))
    if retry(lambda: place.claim(data)):
        return
    try:
        holder = msgspec.json.decode(retry(lambda: place.read(LOCK)) or b"{}", type=Lock)
        age = datetime.fromisoformat(around.now) - datetime.fromisoformat(holder.since)
    except (msgspec.MsgspecError, ValueError, TypeError):
        holder, age = Lock("", "unknown"), timedelta(0)
    if holder.mark not in mine and age < STALE and not unlock:
        hint = (
            "wait for it; its lock expires after 15 minutes without activity, and --unlock"
            " takes it at once"
        )
        raise fail(
            "deploy",
            f"{place.name}: another deployment is under way (since {holder.since})",
            help=hint,
        )
    retry(lambda: place.write(LOCK, data))


def _release(place: Place) -> None:
    with contextlib.suppress(Transient, Refused, OSError):  # it becomes void
        place.delete([LOCK])


class Deployment:
    """The sending of one plan: what has arrived is noted at the target, so that a killed run
    forgets no file."""

    def __init__(self, given: DeployInput, plan: DeployPlan, manifest: Manifest | None) -> None:
        self.place, self.around, self.progress = given.place, given.around, given.progress
        self.send_all, self.plan = given.send_all, plan
        self.old = manifest or Manifest()
        self.begun = self.noted = time.monotonic()
        self.arrived: dict[str, Entry] = {}
        self.failed: dict[str, str] = {}
        self.deleted: set[str] = set()

    def run(self, report: DeployReport) -> DeployReport:
        """Send, note, delete; the report with what was and what was not done."""
        prepare: Callable[[], None] | None = getattr(self.place, "prepare", None)
        if prepare:
            retry(prepare)
        if not self.place.atomic:
            self.note()
        if not self.clear_way():
            return self.broken(report)
        for group in sorted({i.group for i in self.plan.puts}):
            self.send([i for i in self.plan.puts if i.group == group])
            if self.failed:
                return self.broken(report)
        try:
            if left := [name for name in self.plan.deletes if name not in self.deleted]:
                retry(lambda: self.place.delete(left))
            self.deleted = set(self.plan.deletes)
            release = self.old.release + 1
            files = dict(sorted((self.plan.keeps | self.arrived).items()))
            exact = Manifest(
                release=release, files=files, retired=self.plan.retired, moment=self.around.now
            )
            retry(lambda: self.place.write(MANIFEST, msgspec.json.encode(exact)))
            retry(lambda: self.place.finish(release))
        except (Transient, Refused) as error:
            self.failed["(the end)"] = str(error)
            return self.broken(report)
        return msgspec.structs.replace(report, release=release)

    def clear_way(self) -> bool:
        """Delete first what is in the way: a file that becomes a folder, or the reverse.

        Whether that was possible.
        """
        first = sorted(in_the_way((i.path for i in self.plan.puts), self.plan.deletes))
        try:
            if first:
                retry(lambda: self.place.delete(first))
        except (Transient, Refused) as error:
            self.failed[first[0]] = str(error)
            return False
        self.deleted = set(first)
        return True

    def broken(self, report: DeployReport) -> DeployReport:
        """The report of a deployment that failed half way; nothing was shown where the target shows
        all at once."""
        if not self.place.atomic:
            with contextlib.suppress(
                Transient, Refused, OSError
            ):  # the first note names every file
                self.note()
        done = set() if self.place.atomic else self.arrived.keys() | self.deleted
        puts = tuple(p for p in report.puts if p in done)
        missing = tuple(p for p in (*report.puts, *report.deletes) if p not in done)
        replace = msgspec.structs.replace
        return replace(
            report,
            puts=puts,
            deletes=tuple(d for d in report.deletes if d in done),
            failed=self.failed,
            not_done=missing,
        )

    def note(self) -> None:
        """Write a manifest that names every file which is ours before, during or after."""
        unsure = {i.path: Entry() for i in self.plan.puts if i.path not in self.arrived}
        files = {**self.old.files, **self.plan.keeps, **unsure, **self.arrived}
        noted = Manifest(
            release=self.old.release, files=files, retired=self.plan.retired, moment=self.old.moment
        )
        data = msgspec.json.encode(noted)
        retry(lambda: self.place.write(MANIFEST, data))
        self.noted = time.monotonic()

    def refresh(self) -> None:
        """Renew the lock of this run."""
        passed = timedelta(seconds=int(time.monotonic() - self.begun))
        now = (datetime.fromisoformat(self.around.now) + passed).isoformat()
        retry(lambda: self.place.write(LOCK, msgspec.json.encode(Lock(self.around.mark, now))))

    def send(self, items: Sequence[Item]) -> None:
        """Send one group; after the first failure nothing more is begun."""
        batch: Any = getattr(self.place, "put_all", None)
        if batch:
            self.send_at_once(items, batch)
        elif self.send_all:
            self.send_away(items, self.send_all)
        else:
            self.send_from_here(items)

    def send_at_once(self, items: Sequence[Item], batch: Callable[[Any], dict[str, Entry]]) -> None:
        """Send a group by a target that takes all of it or nothing."""
        try:
            self.arrived |= retry(lambda: batch(items))
        except (Transient, Refused) as error:
            what = items[0].path if len(items) == 1 else counted(len(items), "file")
            self.failed[what] = str(error)
        self.progress("sending", len(self.arrived), len(self.plan.puts))

    def send_away(self, items: Sequence[Item], send_all: SendAll) -> None:
        """Send a group by the workers of a cluster."""
        try:
            for item, sent in zip(items, send_all(items), strict=True):
                if sent.entry:
                    self.arrived[item.path] = sent.entry
                if sent.failure:
                    self.failed[item.path] = sent.failure
                    return
                self.progress("sending", len(self.arrived), len(self.plan.puts))
                if not self.checkpoint():
                    return
        except SitegenError as error:  # the cluster was lost
            self.failed |= {one.path or "cluster": one.message for one in error.diagnostics}

    def send_from_here(self, items: Sequence[Item]) -> None:
        """Send a group by threads of this machine."""
        stop = threading.Event()
        with ThreadPoolExecutor(self.place.jobs) as pool:
            waiting: dict[Future[Entry], Item] = {}
            for item in items:
                if stop.is_set():
                    break
                waiting[pool.submit(retry, lambda item=item: self.place.put(item), stop)] = item
                if len(waiting) >= self.place.jobs * 2:
                    self.collect(waiting, stop)
            while waiting:
                self.collect(waiting, stop)

    def collect(self, waiting: dict[Future[Entry], Item], stop: threading.Event) -> None:
        """Take what has arrived, or failed, out of ``waiting``."""
        for future in wait(waiting, return_when=FIRST_COMPLETED).done:
            item = waiting.pop(future)
            try:
                self.arrived[item.path] = future.result()
            except (Transient, Refused) as error:
                self.failed[item.path] = str(error)
                stop.set()
            self.progress("sending", len(self.arrived), len(self.plan.puts))
        if not (stop.is_set() or self.checkpoint()):
            stop.set()

    def checkpoint(self) -> bool:
        """Note the progress at the target and renew the lock, if the last note is old.

        Whether that was possible.
        """
        if self.place.atomic or time.monotonic() - self.noted <= CHECKPOINT:
            return True
        try:
            self.note()
            self.refresh()
        except (Transient, Refused) as error:
            self.failed[MANIFEST] = str(error)
            return False
        return True


def retry(work: Callable[[], T], stop: threading.Event | None = None) -> T:
    """What ``work`` returns; tried up to five times, with growing pauses, while the failure is one
    that may pass."""
    for attempt in range(TRIES):
        try:
            return work()
        except Transient:
            is_stopped = stop is not None and stop.is_set()
            if is_stopped or attempt == TRIES - 1:
                raise
            time.sleep(min(8.0, 0.25 * 2**attempt) * random.uniform(0.75, 1.25))
        except OSError as error:
            raise Refused(error.strerror or str(error)) from None
    raise AssertionError


def problems_of(report: DeployReport) -> SitegenError:
    """The errors of a deployment that failed halfway."""
    done = len(report.puts) + len(report.deletes)
    rest = len(report.not_done)
    if not report.not_done:
        hint = "the site itself is deployed; `sitegen deploy` repeats only this step"
        return SitegenError(
            [
                problem("deploy", f"{what}: {reason}", help=hint)
                for what, reason in sorted(report.failed.items())
            ]
        )
    hint = (
        f"{done} done, {rest} not done; nothing after the failure was started. Fix the cause and"
        " run the command again"
    )
    return SitegenError(
        [
            problem("deploy", f"{path}: {reason}", help=hint)
            for path, reason in sorted(report.failed.items())[:10]
        ]
    )
