"""The program `sitegen` of shells in tests: `python -IS fork_client.py SOCKET ARGUMENTS`.

It has the command carried out by the server of tests/fork_server.py, with its own folder,
environment and standard streams, and ends with its status.
"""

from __future__ import annotations

import json
import os
import socket
import sys


def main(path: str, arguments: list[str]) -> int:
    """The exit status of `sitegen ARGUMENTS`."""
    request = {"arguments": arguments, "cwd": os.getcwd(), "environment": dict(os.environ)}
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.connect(path)
        socket.send_fds(connection, [b"\0"], [0, 1, 2])
        connection.sendall(json.dumps(request).encode())
        connection.shutdown(socket.SHUT_WR)
        _process, status = connection.makefile().read().split()
    return int(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
