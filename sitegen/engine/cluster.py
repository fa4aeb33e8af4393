"""A Dask cluster as a pool: batches travel to its workers as bytes, and results come back so.

Nothing that content can shape is pickled. A job is encoded by msgspec and written to a folder that
all workers can reach; items and results are msgspec encodings, too. Dask pickles the name of one
function, and arguments that are strings and bytes. Source: https://distributed.dask.org/
"""

from __future__ import annotations

import logging
import ssl
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, fail, in_words, problem
from sitegen.base.files import write_whole
from sitegen.base.install import install_line, require_extras
from sitegen.base.makers import parts
from sitegen.base.text import counted, digest
from sitegen.engine.cluster_worker import (
    BatchAnswer,
    Mission,
    do_batch,
    encoded,
    installed_parts,
    list_of,
    probe,
)
from sitegen.engine.workers import INLINE, A, B, Job, batches, in_this_process
from sitegen.model.base import Struct

FOLDER = ".sitegen-cache/cluster"
BATCH = 400  # items of a batch at most: each costs some 10 ms of processors, whatever is in it
AHEAD = 3  # batches under way for each thread: enough to keep it busy, few results in memory
PATIENCE = 10  # seconds between two looks at whether there still are workers
NO_WORKER = 60  # seconds without any worker after which a run fails
CONNECT = 15  # seconds until a scheduler must have answered
# Of a connection that one side does not want: certificates, encryption that is missing or not
# expected, settings that are missing or name no file.
_REFUSED = (ssl.SSLError, ConnectionResetError, FileNotFoundError, RuntimeError, TypeError)
_READ = "sites and inputs must be in folders that all workers share, under the same path"


class WorkDone(Struct, frozen=True):
    """The work of one worker: batches, and seconds of processor time."""

    worker: str
    batches: int = 0
    seconds: float = 0.0


class Cluster:
    """A pool of the workers that are connected to the scheduler of ``client``.

    ``folder`` is one that all of them can reach, ``versions`` is what makes bytes on this machine.
    ``shares`` says what each worker has done, ``workers`` are the addresses of those at the start.
    """

    def __init__(self, client: Any, folder: Path, versions: dict[str, str]) -> None:
        self.client = client
        self.folder = folder
        self.versions = versions
        self.shares: dict[str, WorkDone] = {}
        self.workers = frozenset(client.nthreads())
        self.began = time.process_time()

    @property
    def size(self) -> int:
        threads: dict[str, int] = self.client.nthreads()
        return max(1, sum(threads.values()))

    @property
    def here(self) -> bool:
        return False

    @property
    def address(self) -> str:
        """The address of the scheduler."""
        return str(self.client.scheduler.address)

    def described(self) -> str:
        """The cluster in a line, with the URL of Dask's dashboard."""
        workers = counted(len(self.client.nthreads()), "worker")
        where = f"; dashboard: {link}" if (link := self.client.dashboard_link) else ""
        return f"cluster: {workers}, {counted(self.size, 'thread')}{where}"

    def summary(self) -> str:
        """The processor time of the workers and of this machine, in a line."""
        away = sum(share.seconds for share in self.shares.values())
        here = time.process_time() - self.began
        part = 100 * here / (here + away)
        return (
            f"cluster: workers busy for {away:.1f} s, this machine for {here:.1f} s ({part:.0f} %)"
        )

    def lost(self) -> str:
        """The workers that have left since the start, in a line; empty if there are none."""
        try:
            left = self._known() - self.client.nthreads().keys()
        except Exception:  # noqa: BLE001 -- the work is done: the scheduler may be gone
            return ""
        if not left:
            return ""
        return f"cluster: lost {some_of(sorted(left))}; other workers did the work"

    def _known(self) -> AbstractSet[str]:
        """The addresses of workers at the start, and of those that have done something."""
        return self.workers | self.shares.keys()

    def rows(self) -> list[tuple[str, str, str]]:
        """What each worker has done: its address, batches and seconds."""
        return [
            (share.worker, counted(share.batches, "task"), f"{share.seconds:.1f} s")
            for _, share in sorted(self.shares.items())
        ]

    def run(
        self, job: Job[A, B], items: Sequence[A], inline: int = INLINE, most: int = BATCH
    ) -> Iterator[B]:
        """Do ``job`` on batches of ``items``; results are in the order of items.

        Raises SitegenError where the cluster fails, or the job does.
        """
        size = self.size
        borders = batches(len(items), size, most)
        if len(items) < inline:
            yield from in_this_process(job, items, borders)
            return
        mission = self._mission(job)
        encode = msgspec.msgpack.Encoder().encode
        decode = msgspec.msgpack.Decoder(list_of(type(job), "RESULT")).decode
        running: deque[Any] = deque()
        try:
            for start, stop in borders:
                batch = encode(list(items[start:stop]))
                running.append(self.client.submit(do_batch, mission, batch, pure=False))
                if len(running) >= AHEAD * size:
                    yield from decode(self._answer(running.popleft()))
            while running:
                yield from decode(self._answer(running.popleft()))
        finally:
            if running:
                with suppress(Exception):  # the scheduler may be gone
                    self.client.cancel(list(running))

    def _mission(self, job: Job[A, B]) -> str:
        """The file that ``job`` is in for the workers; its name is a digest of it."""
        name = f"{type(job).__module__}:{type(job).__qualname__}"
        mission = Mission(name, self.versions, msgspec.Raw(encoded(job)))
        data = msgspec.msgpack.encode(mission)
        path = self.folder / digest(data)
        write_whole(path, data)
        return str(path)

    def _answer(self, future: Any) -> msgspec.Raw:
        """The results of one batch, encoded.

        Raises SitegenError for what went wrong with it.
        """
        answer = msgspec.msgpack.decode(self._received(future), type=BatchAnswer)
        share = self.shares.get(answer.worker, WorkDone(answer.worker))
        self.shares[answer.worker] = WorkDone(
            answer.worker, share.batches + 1, share.seconds + answer.seconds
        )
        if answer.problems:
            raise SitegenError(answer.problems)
        return answer.results

    def _received(self, future: Any) -> bytes:
        """What ``future`` comes to. Raises SitegenError where nothing will come any more."""
        waited = 0
        while True:
            try:
                data: bytes = future.result(timeout=PATIENCE)
                return data
            except TimeoutError:
                waited = 0 if self.client.nthreads() else waited + PATIENCE
                if waited >= NO_WORKER:
                    what = f"all workers are gone: {some_of(sorted(self._known()))}"
                    hint = "start workers, and run the command again"
                    raise fail("cluster", what, self.address, help=hint) from None
            except Exception as error:  # noqa: BLE001 -- Dask or a broken worker may raise anything
                raise _lost(error, self.address) from None


@contextmanager
def connected(address: str, root: Path, inputs: Sequence[str] = ()) -> Iterator[Cluster]:
    """The cluster whose scheduler is at ``address``, for the site at ``root`` and for ``inputs``,
    paths of files and folders.

    Raises SitegenError where no scheduler answers, there is no worker, a worker cannot read and
    write the site's folder, or has other versions than this machine.
    """
    require_extras({"cluster": "--cluster"}, exit_status=2)
    from distributed import Client  # large

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is raised
    try:
        make_client: Any = Client
        client = make_client(address, timeout=CONNECT, set_as_default=False)
    except Exception as error:  # noqa: BLE001 -- as TLS, DNS and Dask raise many kinds
        raise _no_scheduler(address, error) from None
    folder = root.resolve() / FOLDER / uuid4().hex
    versions = parts()
    try:
        folder.mkdir(parents=True)
        check_workers(client, folder, address, inputs, versions)
        yield Cluster(client, folder, versions)
    finally:
        remove_folder(folder)
        with suppress(Exception):
            client.close(timeout=2)


def remove_folder(folder: Path) -> None:
    """Remove the folder of one run with its files."""
    with suppress(OSError):
        for file in folder.iterdir():
            file.unlink(missing_ok=True)
        folder.rmdir()


def check_workers(
    client: Any, folder: Path, address: str, inputs: Sequence[str], versions: dict[str, str]
) -> None:
    """Check that each worker can read and write ``folder``, sees ``inputs`` and has ``versions``.

    Raises SitegenError with a problem for each that does not.
    """
    if not client.nthreads():
        hint = f"start one: dask worker {address} --nthreads 1"
        raise fail("cluster", "the cluster has no workers", address, help=hint, exit_status=2)
    mark = uuid4().hex
    (folder / "probe").write_text(mark)
    paths = tuple(str(Path(path).resolve()) for path in inputs)
    problems = [
        *_each(
            client, probe, (str(folder), mark, paths), lambda said: [(said, _READ)] if said else []
        ),
        *_each(client, installed_parts, (), lambda there: _differences(versions, there)),
    ]
    if problems:
        raise SitegenError(problems, 2)


def _each(
    client: Any,
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
    judge: Callable[[Any], list[tuple[str, str]]],
) -> Iterator[Diagnostic]:
    """What ``judge`` finds wrong with the result of ``function`` on each worker."""
    try:
        said = client.run(function, *arguments, on_error="return")
    except Exception as error:  # noqa: BLE001 -- as above
        raise _lost(error, str(client.scheduler.address)) from None
    for worker, result in sorted(said.items()):
        if isinstance(result, OSError):  # it ended meanwhile, and others do its work
            continue
        if isinstance(result, Exception):
            hint = f"install it there as it is here: {install_line('cluster')}"
            yield problem("cluster", "has no sitegen of this version", worker, help=hint)
        else:
            yield from (problem("cluster", what, worker, help=hint) for what, hint in judge(result))


def _differences(here: dict[str, str], there: dict[str, str]) -> list[tuple[str, str]]:
    names = [name for name in here if here[name] != there.get(name)]
    if not names:
        return []
    hint = "all workers need the same versions; use one container image for all"
    listed = ", ".join(_difference(name, here[name], there.get(name, "")) for name in names)
    return [(f"has other versions than this machine of: {listed}", hint)]


def _difference(name: str, here: str, there: str) -> str:
    """How one part differs: `Pillow (11.0.0 there, 12.0.0 here)`."""
    own, other = _version(here), _version(there)
    if own == other:
        return f"{name} (another build of {own})"
    return f"{name} ({other} there, {own} here)"


def _version(part: str) -> str:
    """The version in what identifies a part (`base/makers.py`)."""
    first = part.removeprefix("# version ").partition(" ")[0].strip()
    return first.removesuffix(".dist-info").rpartition("-")[2] or "none"


def _no_scheduler(address: str, error: Exception) -> SitegenError:
    """Why there is no connection to a scheduler."""
    cause = _first_cause(error)
    if isinstance(error, ValueError):
        what, hint = "is not the address of a scheduler", "write one such as tcp://10.0.0.5:8786"
    elif isinstance(cause, _REFUSED):
        no_settings = isinstance(cause, TypeError)
        why = "Dask has no settings for TLS here" if no_settings else in_words(cause)
        what = f"cannot connect to the scheduler: {why}"
        hint = "check whether it needs tls://, and Dask's settings for TLS, here and there"
    else:
        what, hint = "no scheduler answers here", "start one: dask scheduler"
    return fail("cluster", what, address, help=hint, exit_status=2)


def _first_cause(error: BaseException) -> BaseException:
    """The error that led to ``error``."""
    while cause := error.__cause__ or error.__context__:
        error = cause
    return error


def _lost(error: Exception, scheduler: str) -> SitegenError:
    """An error of Dask as one of sitegen."""
    worker = getattr(getattr(error, "last_worker", None), "address", "")
    if worker:
        what = "batches ended the processes that worked on them, several times; the last one here"
        hint = "give the workers more memory, or look into their logs"
    else:
        what = "the connection to the scheduler of the cluster was lost"
        hint = "start it if it does not run, and run the command again"
    return fail("cluster", what, worker or scheduler, help=hint)


def some_of(names: Sequence[str]) -> str:
    """``names`` in words, at most three of them."""
    more = len(names) - 3
    return ", ".join(names[:3]) + (f" and {more} more" if more > 0 else "")
