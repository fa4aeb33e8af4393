"""Uploads to an object store by the workers of a cluster.

This machine decides what is sent and in which order; the workers read the files in the folder that
all of them share, and send them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import ClassVar

from sitegen.config.targets import DeployTarget, S3Target
from sitegen.deploy.model import Item, Place, Refused, SendAll, Sent, Transient
from sitegen.deploy.run import retry
from sitegen.engine.cluster_worker import worker_address
from sitegen.engine.workers import Pool
from sitegen.model.base import Struct

FEW = 32  # files that this machine sends itself
BATCH = 64  # files that a worker sends before it answers


class UploadJob(Struct, frozen=True):
    """Files are sent to the object store ``target``.

    Each worker finds its own keys, as boto3 does; none travel.
    """

    target: S3Target
    ITEM: ClassVar = Item
    RESULT: ClassVar = Sent

    def start(self) -> Callable[[Sequence[Item]], list[Sent]]:
        from sitegen.deploy.targets.s3 import S3  # boto3 is slow to import

        store = S3(self.target)
        return lambda items: send_batch(store, items)


def send_batch(place: Place, items: Iterable[Item]) -> list[Sent]:
    """Send ``items`` to ``place``, several at once; after the first failure none is begun.

    A failure names the worker that it was met on, as keys and networks may differ.
    """
    failed = threading.Event()
    address = worker_address()
    where = f" (on the worker {address})" if address else ""

    def send(item: Item) -> Sent:
        if failed.is_set():
            return Sent()
        try:
            return Sent(retry(lambda: place.put(item), failed))
        except (Transient, Refused) as error:
            failed.set()
            return Sent(failure=f"{error}{where}")

    with ThreadPoolExecutor(place.jobs) as threads:
        return list(threads.map(send, items))


def sender(target: DeployTarget, pool: Pool | None) -> SendAll | None:
    """How files are sent by the workers of ``pool``, in the order of the files.

    None where this machine sends them: without a cluster, and to other targets than object stores.
    """
    if pool is None or pool.here or not isinstance(target, S3Target):
        return None
    cluster, job = pool, UploadJob(target)
    return lambda items: cluster.run(job, items, FEW, BATCH)
