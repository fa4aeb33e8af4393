"""Debian's ssh server on loopback, with keys of its own."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest


class Host(NamedTuple):
    """A server that lets this user in by ``key``; ``known`` holds its own key."""

    port: int
    key: Path
    known: Path
    folder: Path

    def target(self, kind: str, path: Path, more: str = "", port: int = 0) -> str:
        known = "" if "known_hosts" in more else f", known_hosts: '{self.known}'"
        user = getpass.getuser()
        return (
            f"{{kind: {kind}, host: 127.0.0.1, port: {port or self.port}, user: {user}, path:"
            f" '{path}', key: '{self.key}'{known}{more}}}"
        )


@pytest.fixture(scope="session")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A running server."""
    program = shutil.which("sshd", path=os.environ["PATH"] + ":/usr/sbin")
    if not program or not shutil.which("rsync"):
        pytest.skip("openssh-server and rsync are not installed")
    folder = tmp_path_factory.mktemp("sshd")
    folder.chmod(0o700)
    for name in ("host", "user"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True
        )
    (folder / "allowed").write_text((folder / "user.pub").read_text())
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    public = " ".join((folder / "host.pub").read_text().split()[:2])
    (folder / "known").write_text(f"[127.0.0.1]:{port} {public}\n")
    (folder / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile"
        f" {folder}/allowed\nPidFile {folder}/pid\nStrictModes no\nUsePAM"
        " no\nPasswordAuthentication no\nPermitRootLogin yes\nMaxStartups 100\nSubsystem sftp"
        f" internal-sftp\nSetEnv HOME={folder}\n"  # the shell reads no settings of this user
    )
    if os.geteuid() == 0:
        os.makedirs("/run/sshd", exist_ok=True)
    server = subprocess.Popen(
        [program, "-D", "-e", "-f", str(folder / "config")], stderr=subprocess.DEVNULL
    )
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield Host(port, folder / "user", folder / "known", folder)
    server.terminate()
    server.wait()
