"""The program `sitegen` of shells in tests: `python -IS fork_client.py SOCKET ARGUMENTS`.

It has the command carried out by the server of tests/fork_server.py, with its own folder,
environment and standard streams, and ends with its status.
"""

from __future__ import annotations

import json
import os
import socket
import sys


def connected(path: str, arguments: list[str], cwd: str, streams: list[int]) -> socket.socket:
    """A connection to the server at ``path``, which begins `sitegen ARGUMENTS` in ``cwd`` with
    ``streams`` and the environment of this process.

    It answers with two lines: the number of the process, and later its exit status.
    """
    request = {"arguments": arguments, "cwd": cwd, "environment": dict(os.environ)}
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.connect(path)
    socket.send_fds(connection, [b"\0"], streams)
    connection.sendall(json.dumps(request).encode())
    connection.shutdown(socket.SHUT_WR)
    return connection


def main(path: str, arguments: list[str]) -> int:
    """The exit status of `sitegen ARGUMENTS`."""
    with connected(path, arguments, os.getcwd(), [0, 1, 2]) as connection:
        _process, status = connection.makefile().read().split()
    return int(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
