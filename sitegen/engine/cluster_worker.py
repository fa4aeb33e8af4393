"""What the workers of a cluster do: one batch of a job, and answers about themselves."""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, in_words, problem
from sitegen.base.makers import parts
from sitegen.model.base import Struct

_own = threading.local()  # the job that a thread does: what it prepared serves all batches


class Mission(Struct, frozen=True):
    """A job as it is written for workers: the name of its class, the versions that it needs, and
    its encoding."""

    name: str
    parts: dict[str, str]
    job: msgspec.Raw


class BatchAnswer(Struct, frozen=True):
    """What one batch came to: its results, encoded, or why there are none; ``seconds`` are of
    processor time."""

    worker: str
    seconds: float = 0.0
    results: msgspec.Raw = msgspec.Raw(b"\x90")
    problems: tuple[Diagnostic, ...] = ()


def do_batch(mission: str, items: bytes) -> bytes:
    """Do the job in the file ``mission`` on a batch of encoded items; gives an encoded BatchAnswer.

    Never raises.
    """
    began = time.thread_time()
    name = worker_address()
    try:
        function, decode = _started(mission)
        with uncollected():
            results = msgspec.Raw(msgspec.msgpack.encode(function(decode(items))))
    except SitegenError as error:
        answer = BatchAnswer(name, problems=tuple(error.diagnostics))
    except Exception as error:  # noqa: BLE001 -- an exception would travel pickled
        what = f"a batch failed on this worker: {in_words(error)}"
        answer = BatchAnswer(name, problems=(problem("cluster", what, name),))
    else:
        answer = BatchAnswer(name, time.thread_time() - began, results)
    return msgspec.msgpack.encode(answer)


@contextmanager
def uncollected() -> Iterator[None]:
    """Without garbage collection, as in a command: a batch makes much, and drops little in
    cycles."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def probe(folder: str, mark: str, inputs: tuple[str, ...]) -> str:
    """Why this worker cannot use ``folder``, in which the file `probe` holds ``mark``, or does not
    see one of ``inputs``; else empty."""
    try:
        if Path(folder, "probe").read_text() != mark:
            return f"sees another folder at {folder}"
        trial = Path(folder, uuid4().hex)
        trial.write_bytes(b"")
        trial.unlink()
    except OSError as error:
        return f"cannot use {folder}: {in_words(error)}"
    unseen = [path for path in inputs if not Path(path).exists()]
    return f"does not see {unseen[0]}" if unseen else ""


@lru_cache(maxsize=1)
def installed_parts() -> dict[str, str]:
    """What is installed here, of all that makes bytes."""
    return parts()


def encoded(job: Any) -> bytes:
    """A job for other machines; what is no struct in it gives and takes plain values."""
    return msgspec.msgpack.encode(job, enc_hook=lambda value: value.as_plain())


def _from_plain(kind: Any, plain: Any) -> Any:
    return kind.from_plain(plain)


def list_of(job: type[Any], what: str) -> Any:
    """The type of a batch of the items (``ITEM``) or results (``RESULT``) of a class of jobs."""
    return list[getattr(job, what)]  # type: ignore[misc]


def worker_address() -> str:
    """The address of the worker that this runs on; empty on another machine."""
    if "distributed" not in sys.modules:
        return ""
    from distributed import get_worker

    try:
        return str(get_worker().address)
    except ValueError:  # not on a worker
        return ""


def _started(path: str) -> tuple[Callable[[Sequence[Any]], Sequence[Any]], Callable[[bytes], Any]]:
    """The function over batches of the job in the file ``path``, and the decoder of its items.

    Raises SitegenError for a file that cannot be read, and for other versions than it needs.
    """
    if getattr(_own, "path", "") != path:
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            what = f"cannot read {path}: {in_words(error)}"
            raise SitegenError(problem("cluster", what, worker_address())) from None
        mission = msgspec.msgpack.decode(data, type=Mission)
        if mission.parts != installed_parts():
            what = "has joined the cluster with other versions than the machine that builds"
            raise SitegenError(problem("cluster", what, worker_address()))
        module, _, name = mission.name.partition(":")
        kind = getattr(import_module(module), name)
        job = msgspec.msgpack.decode(mission.job, type=kind, dec_hook=_from_plain)
        _own.decode = msgspec.msgpack.Decoder(list_of(kind, "ITEM")).decode
        _own.function = job.start()
        _own.path = path
    return _own.function, _own.decode
