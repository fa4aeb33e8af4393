"""Where a command does its work: in processes of this machine, or on a cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.terminal import echo, line_width, table

if TYPE_CHECKING:
    from sitegen.engine.workers import Pool


@contextmanager
def pool_of(
    cluster: str,
    jobs: int | None,
    root: Path,
    quiet: bool,
    inputs: Sequence[str] = (),
    profile: bool = False,
) -> Iterator[Pool]:
    """Where the work is done: ``jobs`` processes of this machine, or the cluster whose scheduler
    is at ``cluster``, else at `cluster:` in site.yaml.

    ``inputs`` are files and folders that its workers must see. ``profile`` shows what each of them
    has done.
    """
    from sitegen.engine.site_folder import read_config
    from sitegen.engine.workers import Processes, cores

    address = cluster or ("" if jobs else read_config(root)[0].cluster)
    if not address:
        yield Processes(jobs or cores())
        return
    from sitegen.engine.cluster import connected

    with connected(address, root, inputs) as pool:
        if not quiet:
            echo(pool.described(), err=True)
        yield pool
        lost = pool.lost()
    if not quiet:
        echo(pool.summary(), err=True)
        if lost:
            echo(lost, err=True)
        for line in table(pool.rows(), 2, line_width()) if profile else ():
            echo(line, err=True)
