"""Sockets, host names and folders of a preview."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import resource
import socket
from collections.abc import Iterator
from pathlib import Path

from sitegen.base.diagnostics import fail

TRIES = 100  # ports tried after the one asked for
WILDCARDS = ("0.0.0.0", "::")


def free_socket(host: str, port: int) -> socket.socket:
    """A listening socket on ``port``, or on the next free one.

    It listens at once: two previews that start together must not get the same port.
    Raises SitegenError if the host is not this machine or no port is free.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    reason = ""
    for number in range(port, min(port + TRIES, 65536)):
        listener = socket.socket(family)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, number))
            listener.listen(2048)
        except OSError as error:
            listener.close()
            reason = error.strerror or str(error)
            if error.errno in (
                errno.EADDRINUSE,
                errno.EACCES,
            ):  # the next one may be free
                continue
            break
        return listener
    raise fail(
        "serve",
        f"cannot listen on {host}:{port}: {reason}",
        help="choose another --port or --host",
        exit_status=2,
    )


def names(host: str) -> list[str]:
    """The host names that requests to a preview on ``host`` may use."""
    known = ["localhost", "127.0.0.1", "[::1]", f"[{host}]" if ":" in host else host]
    if host in WILDCARDS:
        name = socket.gethostname()
        known += [name, name.partition(".")[0], f"{name.partition('.')[0]}.local"]
    return known


@contextlib.contextmanager
def preview_folder(cache: Path) -> Iterator[Path]:
    """A folder below ``cache`` for the output of this preview alone, held until the process ends.

    It is never the folder that is deployed. A second preview of the same site gets a second one.
    Raises SitegenError if nothing can be written.
    """
    for number in range(1, TRIES):
        folder = cache / ("preview" if number == 1 else f"preview-{number}")
        try:
            cache.mkdir(exist_ok=True)
            descriptor = os.open(f"{folder}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            hint = "the preview is built there: make it a folder that can be written to"
            raise fail(
                "output", f"cannot be written: {error.strerror}", str(cache), help=hint
            ) from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            continue
        try:
            yield folder
        finally:
            os.close(descriptor)
        return
    raise fail(
        "serve", "too many previews of this site are running", help="stop one", exit_status=2
    )


def allow_many_connections() -> None:
    """Let this process hold as many connections as the system permits."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65536 if hard == resource.RLIM_INFINITY else min(hard, 65536)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
